"""The text a person wrote, or a plain value their code returned -> an exact value."""

from __future__ import annotations

from .accuracies import Claim, accuracies, claimed
from .equality import equal
from .expressions import Expression
from .formula import expression
from .matrices import Matrix, matrices
from .plain_data import written_down
from .reading import Reading, Torn, Unreadable
from .scalars import integer, number
from .shapes import shape, shapes
from .tables import table
from .versions import versions
from .weights import weights

__all__ = [
    "Claim",
    "Expression",
    "Matrix",
    "Reading",
    "Torn",
    "Unreadable",
    "accuracies",
    "claimed",
    "equal",
    "expression",
    "integer",
    "matrices",
    "number",
    "shape",
    "shapes",
    "table",
    "versions",
    "weights",
    "written_down",
]
