"""(a submission, a part, what was looked for) -> where that was, and what stands there instead."""

from __future__ import annotations

from collections.abc import Sequence

from grader.checks.grading import Grading
from grader.datatypes import Answer, Submission


def where(part: str, name: str = "") -> str:
    """Say where an answer was looked for."""
    return f"under {part} or as `{name}`" if name else f"under {part}"


def instead(submission: Submission, part: str) -> str:
    """Say what stands under a part's heading."""
    answers = submission.of(part)
    kinds = [word for word, there in _kinds(answers).items() if there]
    if not kinds:
        return "nothing stands there"
    if len(kinds) == 1:
        return f"only {kinds[0]} {'stand' if kinds == ['words'] else 'stands'} there"
    return f"{', '.join(kinds[:-1])} and {kinds[-1]} stand there, and none of it is one"


def anything(answers: tuple[Answer, ...]) -> bool:
    """Return whether anything stands in answers."""
    return any(_kinds(answers).values()) or any(answer.images for answer in answers)


def given(grading: Grading, part: str, names: Sequence[str]) -> bool:
    """Return whether anything stands under a part's heading, or as one of the names. Raises StudentFault."""
    if anything(grading.submission.of(part)):
        return True
    return any(door.fills(name) for name in names for door in grading.doors)


def no_network(submission: Submission, part: str) -> str:
    """Say why a part has no network."""
    if _code(submission, part):
        return f"no `model.fit` call was found in the code under {part}"
    return f"there is no code under {part} in what was handed in"


def network_to_hand_in(submission: Submission, part: str) -> str:
    """Say what would have to be handed in so that a network could be measured."""
    if _code(submission, part):
        return "no `model.fit` call was found in your code: hand it in"
    return "no code was found: hand it in"


def _code(submission: Submission, part: str) -> bool:
    return any(answer.code for answer in submission.of(part))


def _kinds(answers: tuple[Answer, ...]) -> dict[str, bool]:
    return {
        "words": any(answer.text.strip() for answer in answers),
        "code": any(answer.code for answer in answers),
        "printed output": any(answer.output.strip() for answer in answers),
    }
