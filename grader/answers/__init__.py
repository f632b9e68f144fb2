"""The text a person wrote, or a plain value their code returned -> an exact value."""

from __future__ import annotations

from .equality import equal
from .expressions import Expression
from .formula import expression
from .matrices import Matrix, matrices
from .reading import Reading, Torn, Unreadable
from .scalars import integer, number
from .shapes import shape, shapes
from .tables import table
from .versions import versions
from .weights import weights

__all__ = [
    "Expression",
    "Matrix",
    "Reading",
    "Torn",
    "Unreadable",
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
]
