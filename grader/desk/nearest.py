"""(a desk, an answer) -> the marked answer most like it, its marks, and what this one has otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader import marking
from grader.datatypes import Status
from grader.desk.desk import At, Desk
from grader.desk.difference import Difference, difference, is_told, one_sentence
from grader.desk.identical import spelled
from grader.desk.queue import Answered, Entry
from grader.marking.order import LONGEST
from grader.marks import unrounded

ALIKE = 80  # percent of the words: from there on two answers are called alike
TRIED = 3  # of those that are alike: the first whose difference is told in words is named


@dataclass(frozen=True)
class Given:
    """What an entry was given: points, names of levels, a comment."""

    points: str
    levels: tuple[str, ...]
    comment: str


@dataclass(frozen=True)
class Nearest:
    """A marked answer that says nearly the same. `number` is from 1, as it is shown."""

    number: int
    percent: int
    differs: Difference | None  # None where it is much
    beside: tuple[str, ...]  # what is there beside words, and is another, or may be
    marks: tuple[Given | None, ...]  # by entry, None where it is not marked for that
    lacks: tuple[str, ...] = ()  # what it is not marked for

    @property
    def points(self) -> tuple[str, ...]:
        """What it was given, by entry."""
        return tuple(mark.points if mark else "–" for mark in self.marks)

    @property
    def wishes(self) -> list[dict[str, object] | None]:
        """The same, as the window sends it."""
        return [{"given": mark.levels, "comment": mark.comment} if mark else None for mark in self.marks]


def nearest(desk: Desk, at: At) -> Nearest | None:
    """Return the marked answer of the same part that is most like one, the last before it of several."""
    answered = desk.at(at)
    by_hand = any(stood and stood.mark.points is not None for stood in map(desk.given, answered.entries))
    found = None if by_hand else _best(desk, answered, list(_marked(desk, at)))
    if found is None:
        return None
    at_, percent = found
    other = desk.at(at_)
    marks = tuple(_mark_for(desk, other, entry) for entry in answered.entries)
    differs = difference(other.seen, answered.seen)
    same = differs is not None and not (differs.without or differs.with_)
    return Nearest(
        number=at_.answer + 1,
        percent=percent,
        differs=differs,
        beside=_beside(other, answered, same=same),
        marks=marks,
        lacks=tuple(entry.title for entry, mark in zip(answered.entries, marks, strict=True) if not mark),
    )


def _best(desk: Desk, answered: Answered, marked: Sequence[At]) -> tuple[At, int] | None:
    """Return the first one of which can be told in words what is otherwise, else simply the first."""
    found = _alike(desk, answered, marked)
    for one in found[:TRIED]:
        if is_told(difference(desk.at(one[0]).seen, answered.seen)):
            return one
    return _but_for_a_sentence(desk, answered, marked) or next(iter(found), None)


def _mark_for(desk: Desk, other: Answered, entry: Entry) -> Given | None:
    """Return what another answer was given for an entry that is the same there."""
    for one, mark in zip(other.entries, _marks(desk, other), strict=True):
        if one.asked == entry.asked:
            points = unrounded(desk.points(one) or 0.0)
            return Given(points, tuple(item.name for item in mark.given), mark.comment)
    return None


def alike(desk: Desk, at: At) -> list[tuple[At, int]]:
    """Return the marked answers that are alike, and how much in percent.

    The very same are first, also where they are marked for something else too, then those with the same
    sentences in another order.
    """
    return _alike(desk, desk.at(at), list(_marked(desk, at)))


def _alike(desk: Desk, answered: Answered, marked: Sequence[At]) -> list[tuple[At, int]]:
    if not answered.seen.strip():
        return []
    same = [(other, 100) for other in _same(desk, answered, marked)]
    if not _is_whole(answered):
        return same
    others = _others(desk, answered, marked)
    moved = [other for other in others if desk.at(other).sentences == answered.sentences]
    words = [desk.at(other).words for other in others]
    found = [
        (others[number], percent) for number, percent in marking.most_alike(answered.words, words, ALIKE)
    ]
    less = [(other, min(int(percent), 99)) for other, percent in found if other not in set(moved)]
    return [*same, *((other, 99) for other in moved), *less]


def _same(desk: Desk, answered: Answered, marked: Sequence[At]) -> list[At]:
    """Return the marked answers that say the very same, those first that are the same otherwise too."""
    same = [one for one in marked if desk.at(one).seen == answered.seen]
    return sorted(
        _last_judged_first(desk, same),
        key=lambda one: (
            desk.at(one).asked != answered.asked,
            _beside(desk.at(one), answered, same=True),
        ),
    )


def _others(desk: Desk, answered: Answered, marked: Sequence[At]) -> list[At]:
    """Return the marked answers with other words that are marked for the same and compared whole."""
    found = []
    for one in marked:
        other = desk.at(one)
        if other.seen != answered.seen and other.asked == answered.asked and _is_whole(other):
            found.append(one)
    return found


def _but_for_a_sentence(desk: Desk, answered: Answered, marked: Sequence[At]) -> tuple[At, int] | None:
    """Return the first answer that has a sentence more or less, however much of it that is."""
    if not (answered.seen.strip() and _is_whole(answered)):
        return None
    own = answered.sentences
    near = (one for one in marked if abs(len(own) - len(desk.at(one).sentences)) == 1)
    few = [one for one in near if len({*own} ^ {*desk.at(one).sentences}) < 2]
    for one in _others(desk, answered, few):
        if one_sentence(desk.at(one).seen, answered.seen):
            [(_, percent)] = marking.most_alike(answered.words, [desk.at(one).words], 0)
            return one, int(percent)
    return None


def _last_judged_first(desk: Desk, same: list[At]) -> list[At]:
    """Return answers that say the same: as they come if given the same, else the last word first."""
    if len({spelled(desk, one) for one in same}) < 2:
        return same
    when = {
        one: max(stood.when for entry in desk.at(one).entries if (stood := desk.given(entry))) for one in same
    }
    return sorted(same, key=lambda one: when[one], reverse=True)


def _is_whole(answered: Answered) -> bool:
    """Return whether all of an answer is compared."""
    return len(answered.words) < LONGEST


def _marked(desk: Desk, at: At) -> Iterator[At]:
    """Yield the answers that this marker marked for something that one is, going back from it and round."""
    asked, count = desk.at(at).asked, len(desk.answers(at.part))
    for number in range(1, count):
        other = At(at.part, (at.answer - number) % count)
        if not asked.isdisjoint(desk.at(other).asked) and _is_marked(desk, desk.at(other)):
            yield other


def _is_marked(desk: Desk, answered: Answered) -> bool:
    return len(_marks(desk, answered)) == len(answered.entries)


def _marks(desk: Desk, answered: Answered) -> list[marking.Given]:
    """Return the marks of an answer as it is now that were made of levels."""
    stood = ((entry, desk.given(entry)) for entry in answered.entries)
    return [
        one.mark for entry, one in stood if one and one.mark.points is None and _is_of_now(desk, entry, one)
    ]


def _is_of_now(desk: Desk, entry: Entry, stood: marking.Stood) -> bool:
    """Return whether a mark is of the answer as it is, and of levels that are there."""
    row, there = desk.rows.get(entry.place), {item.name for item in desk.items(entry)}
    return (row is None or stood.answer in {"", row.answer}) and there.issuperset(
        item.name for item in stood.mark.given
    )


def _beside(other: Answered, answered: Answered, *, same: bool) -> tuple[str, ...]:
    """Name what is not words and differs; pictures whenever there are any: nobody here can say."""
    parts = other.part, answered.part
    pictures = any(one.part.figures or one.shots for one in (other, answered))
    named: Sequence[tuple[str, bool]] = (
        ("its pictures", pictures),
        ("its code", parts[0].code != parts[1].code),
        ("its output", parts[0].output != parts[1].output),
        ("what the grader checked", _checked(other) != _checked(answered)),
        ("how it was read", same and _read(other) != _read(answered)),
    )
    return tuple(name for name, differs in named if differs)


def _checked(answered: Answered) -> list[tuple[str, Status, str]]:
    """Return what was decided without a person."""
    decided = (check for check in answered.part.checks if check.status is not Status.PENDING)
    return [(check.name, check.status, check.actual) for check in decided]


def _read(answered: Answered) -> list[str]:
    return [answer.read_as for answer in answered.part.answer]
