"""(Assignment, its check functions) -> [Fault]: inputs that are drawn from what everybody can guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.datatypes import Assignment
from grader.proofreading.check_files import CheckFunction
from grader.proofreading.faults import Fault

EXAMPLE = "change me"  # how the secrets of examples begin


def without_secret(assignment: Assignment, asked: Iterable[CheckFunction]) -> Iterator[Fault]:
    """Yield that inputs are to be drawn and nothing is there that students cannot know."""
    drawing = next((function for function in asked if "cases" in function.arguments), None)
    if drawing and not assignment.cases.secret.strip():
        told = f"{drawing.told} draws inputs, and without a secret students can draw theirs: any text will do"
        yield Fault(("cases", "secret"), told)


def of_an_example(assignment: Assignment) -> bool:
    """Return whether the secret is still that of the example that a problem set was made from."""
    return assignment.cases.secret.strip().casefold().startswith(EXAMPLE)
