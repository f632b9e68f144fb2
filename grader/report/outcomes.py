"""[Result] -> [Item]: what came of each check, criterion and part, student by student."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.report import words

# The kinds of `words.Word`, in the order in which they are drawn.
KINDS = ("right", "partly", "wrong", "missing", "waiting", "fault")
_OPEN = frozenset({"waiting", "fault"})
_UNMARKED = frozenset({Status.PENDING, Status.ERROR, Status.MISSING})
Key = tuple[str, bool, str]  # part, whether a person marks it, name


@dataclass(frozen=True)
class Outcome:
    """What one student got for one item. `kind` is a `words.Word`'s."""

    kind: str
    earned: float
    possible: float
    slip: str = ""

    @property
    def decided(self) -> bool:
        """Whether it counts: it neither waits for a person nor broke the grader."""
        return self.kind not in _OPEN


@dataclass(frozen=True)
class Item:
    """Something that points are given for: a check, a criterion, or a whole part, whose name is ''."""

    part: str
    name: str
    title: str
    possible: float
    by_hand: bool  # a criterion: a person marks it
    outcomes: tuple[Outcome | None, ...]  # one a student, in their order; None: was not asked


def of_parts(results: Sequence[Result]) -> tuple[Item, ...]:
    """Return an item for each part as a whole. A part is right where all its points are earned."""
    return _items(results, lambda part: [((part.id, False, ""), part.title, _of_part(part))])


def of_checks(results: Sequence[Result]) -> tuple[Item, ...]:
    """Return an item for each check, and for each criterion that a person marked on somebody's work."""
    marked = {
        (part.id, criterion.criterion)
        for result in results
        for part in result.parts
        for criterion in part.rubric
        if criterion.status not in _UNMARKED
    }

    def inside(part: PartResult) -> Iterable[tuple[Key, str, Outcome]]:
        for check in part.checks:
            yield (part.id, False, check.name), _staff_title(check), _of_check(check)
        for criterion in part.rubric:
            if (part.id, criterion.criterion) in marked:
                yield (part.id, True, criterion.criterion), criterion.criterion, _of_criterion(criterion)

    return _items(results, inside)


def _items(
    results: Sequence[Result], inside: Callable[[PartResult], Iterable[tuple[Key, str, Outcome]]]
) -> tuple[Item, ...]:
    titles: dict[Key, str] = {}
    found: dict[Key, dict[int, Outcome]] = {}
    order: dict[str, int] = {}
    for student, result in enumerate(results):
        for part in result.parts:
            order.setdefault(part.id, len(order))
            for key, title, outcome in inside(part):
                titles.setdefault(key, title)
                found.setdefault(key, {})[student] = outcome
    return tuple(
        Item(
            part=key[0],
            name=key[2],
            title=titles[key],
            possible=max(outcome.possible for outcome in found[key].values()),
            by_hand=key[1],
            outcomes=tuple(found[key].get(student) for student in range(len(results))),
        )
        for key in sorted(found, key=lambda key: order[key[0]])
    )


def _of_part(part: PartResult) -> Outcome:
    kind = words.of_part(part).kind
    open_ = part.pending > 0 and kind != "fault"
    return Outcome("waiting" if open_ else kind, part.earned, part.possible)


def _of_check(check: CheckResult) -> Outcome:
    return Outcome(words.of_check(check).kind, check.earned, check.possible, check.slip)


def _of_criterion(criterion: RubricResult) -> Outcome:
    return Outcome(words.of_criterion(criterion).kind, criterion.earned, criterion.possible)


def _staff_title(check: CheckResult) -> str:
    """Return a check's line; staff see a hidden one's too."""
    return f"{check.title or check.name} (hidden)" if check.hidden else check.title or check.name
