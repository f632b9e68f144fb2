"""(a desk, an answer) -> the marked answer most like it, its marks, and what this one has otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader import marking
from grader.desk.desk import At, Desk
from grader.desk.difference import Difference, difference
from grader.desk.identical import points
from grader.desk.queue import Answered
from grader.marks import unrounded

ALIKE = 80  # percent of the words: from there on two answers are called alike


@dataclass(frozen=True)
class Nearest:
    """A marked answer that says nearly the same. `number` is from 1, as it is shown."""

    number: int
    percent: int
    differs: Difference | None  # None where it is much
    points: tuple[str, ...]  # by entry
    given: tuple[tuple[str, ...], ...]  # the names of levels, by entry
    comments: tuple[str, ...]

    @property
    def wishes(self) -> list[dict[str, object]]:
        """The same, as the window sends it; a comment only where there is one."""
        pairs = zip(self.given, self.comments, strict=True)
        return [{"given": given} | ({"comment": told} if told else {}) for given, told in pairs]


def nearest(desk: Desk, at: At) -> Nearest | None:
    """Return the marked answer of the same part that is most like one, the last before it of several."""
    found = alike(desk, at)
    if not found:
        return None
    other, percent = found[0]
    marks = [stood.mark for entry in desk.at(other).entries if (stood := desk.given(entry))]
    return Nearest(
        number=other.answer + 1,
        percent=percent,
        differs=difference(desk.at(other).text, desk.at(at).text),
        points=tuple(unrounded(desk.points(entry) or 0.0) for entry in desk.at(other).entries),
        given=tuple(tuple(item.name for item in mark.given) for mark in marks),
        comments=tuple(mark.comment for mark in marks),
    )


def alike(desk: Desk, at: At) -> list[tuple[At, int]]:
    """Return the marked answers that are alike, and how much in percent, the most alike first."""
    answered = desk.at(at)
    others = [other for other in _marked(desk, at) if _asks_the_same(desk.at(other), answered)]
    if not answered.words:
        return []
    found = marking.most_alike(answered.words, [desk.at(other).words for other in others], ALIKE)
    return [(others[number], int(percent)) for number, percent in found]


def _asks_the_same(other: Answered, answered: Answered) -> bool:
    return [one.item for one in other.entries] == [one.item for one in answered.entries]


def _marked(desk: Desk, at: At) -> Iterator[At]:
    """Yield the other answers of a part that this marker has marked, going back from one and round."""
    count = len(desk.answers(at.part))
    for number in range(1, count):
        other = At(at.part, (at.answer - number) % count)
        if points(desk, other):
            yield other
