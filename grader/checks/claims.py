"""[Answer] -> the test accuracy that a student gives for the network of a part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.answers import claimed
from grader.datatypes import Answer


def claim_of(answers: Sequence[Answer]) -> float | None:
    """Return what the words say, else what the code printed; None where nothing is clear."""
    return next((float(claim.value) for text in _texts(answers) if (claim := claimed(text))), None)


def _texts(answers: Sequence[Answer]) -> Iterator[str]:
    yield from (answer.text for answer in answers)
    yield from (answer.output for answer in answers)
