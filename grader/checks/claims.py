"""[Answer] -> the test accuracy that a student gives for the network of a part."""

from __future__ import annotations

from collections.abc import Sequence

from grader.datatypes import Answer


def claim_of(answers: Sequence[Answer]) -> float | None:  # noqa: ARG001
    """Return what the words say, else what the code printed; None where nothing is clear."""
    return None
