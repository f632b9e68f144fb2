"""an act of a marker's file -> why nobody can have done it, '' where somebody can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.marks import unrounded

if TYPE_CHECKING:
    from grader.marking.acts import Act

MOST = 1e9  # points: more than marks.csv and rubric.csv take
LONGEST = 100_000  # characters of a name or an answer; comments are cut


def out_of_bounds(act: Act) -> str:
    """Return what in an act no cell of marks.csv can hold."""
    for mark in act.marks:
        if mark.points is not None and not 0 <= mark.points < MOST:
            return f"{mark.points:g} points for “{mark.item[:60]}”: give 0 or more, below {MOST:g}"
    wide = [worth for worth in _worths(act) if not abs(worth) < MOST]
    if wide:
        return f"a level is worth {wide[0]:g}: more than can be given"
    if any(len(text) > LONGEST for text in _texts(act)):
        return f"a name or an answer has more than {LONGEST:,} characters"
    return ""


def above(points: float | None, possible: float) -> str:
    """Return that points are more than what is possible, where they are."""
    if points is None or points <= possible:
        return ""
    return f"{unrounded(points)} is more than the {unrounded(possible)} possible"


def _worths(act: Act) -> Iterator[float]:
    for mark in act.marks:
        yield from (item.worth for item in mark.given)
    if act.worth:
        yield act.worth.worth or 0.0
        yield act.worth.before or 0.0


def _texts(act: Act) -> Iterator[str]:
    yield from (act.when, act.student, act.part, act.answer, act.who or "")
    for mark in act.marks:
        yield mark.item
        yield "; ".join(item.name for item in mark.given)
    if act.settles:
        yield from (act.settles.request, act.settles.decision, act.settles.old, act.settles.new)
    if act.renamed:
        yield from (act.renamed.part, act.renamed.item, act.renamed.before, act.renamed.name)
    if act.worth:
        yield from (act.worth.part, act.worth.item, act.worth.name)
