"""[Result] -> by part, the answers that a person has to mark, in an order of the part's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from grader import marking
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.desk.difference import laid_out, sentences
from grader.marking.marks import Place, items
from grader.report.shots import Shot, shots

TWICE = 5  # of a hundred answers are marked by two, where there are two


@dataclass(frozen=True)
class Entry:
    """A criterion or a check of one answer that a person has to mark."""

    item: str  # as rows name it
    title: str  # as a person reads it
    possible: float
    place: Place
    read: str = ""  # what the grader read, and why that was not enough

    @property
    def asked(self) -> tuple[str, str]:
        """What is marked, and what of that the grader had read: another reading is another thing."""
        return self.item, self.read


@dataclass(frozen=True)
class Answered:
    """One student's answer to one part."""

    student: str
    part: PartResult
    entries: tuple[Entry, ...]
    unread: tuple[str, ...] = ()  # files that nobody could read
    shots: tuple[Shot, ...] = ()  # pictures of a PDF's pages

    @property
    def text(self) -> str:
        """What was written, in words if there are any."""
        return marking.text_of_answer(self.part)

    @cached_property  # these three are looked through for each answer of a class
    def asked(self) -> frozenset[tuple[str, str]]:
        """What it is marked for."""
        return frozenset(entry.asked for entry in self.entries)

    @cached_property
    def words(self) -> list[str]:
        """What of it is compared with other answers."""
        return marking.words(self.text)

    @cached_property
    def seen(self) -> str:
        """What was written, as it stands on the page."""
        return laid_out(self.text)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The same in sentences, whatever their order."""
        return sentences(self.seen)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """What its entries are called, in order."""
        return tuple(entry.place for entry in self.entries)

    @cached_property  # asked of a whole class with each mark
    def twice(self) -> bool:
        """Whether a second marker gets it too."""
        return _drawn(f"{self.student}\n{self.part.id}\ntwice") % 100 < TWICE


@dataclass(frozen=True)
class Waiting:
    """A part with all answers that wait in it."""

    id: str
    title: str
    question: str
    answers: tuple[Answered, ...]


def waiting_parts(results: Sequence[Result]) -> tuple[Waiting, ...]:
    """Return the parts in which something waits for a person, in the assignment's order."""
    found: dict[str, list[Answered]] = {}
    for result in results:
        for part in result.parts:
            entries = tuple(_entries(result, part))
            if entries:
                one = Answered(result.student, part, entries, result.unread, _shots(result, part))
                found.setdefault(part.id, []).append(one)
    order = dict.fromkeys(part.id for result in results for part in result.parts)
    return tuple(
        Waiting(id_, its[0].part.title, its[0].part.question, tuple(its))
        for id_ in order
        if (its := found.get(id_))
    )


def whole(result: Result, part: PartResult) -> Answered:
    """Return an answer with everything that its part can earn, whether it waits or not."""
    entries = tuple(_entry(result, part, entry) for entry in items(part))
    return Answered(result.student, part, entries, result.unread, _shots(result, part))


def in_order(answers: Sequence[Answered]) -> tuple[Answered, ...]:
    """Return answers drawn anew for each part, so that nobody is always first, then similar ones together."""
    drawn = sorted(answers, key=lambda one: _drawn(f"{one.part.id}\n{one.student}"))
    return tuple(drawn[number] for number in marking.similar_adjacent([one.text for one in drawn]))


def beginning(who: str, part: str, answers: int) -> int:
    """Return where a marker begins: two at once seldom have the same answer before them."""
    return _drawn(f"{who}\n{part}") % max(answers, 1)


def next_open(start: int, count: int, is_open: Callable[[int], bool]) -> int | None:
    """Return the first open number from `start` on, going round; None where none is."""
    around = (number % count for number in range(start, start + count))
    return next((number for number in around if is_open(number)), None)


def _entries(result: Result, part: PartResult) -> Iterable[Entry]:
    """Yield what waits, the rubric first: its digits are the same whatever else waits in an answer."""
    for entry in sorted(items(part), key=lambda one: isinstance(one, CheckResult)):
        found = entry.marked.status if entry.marked else entry.status
        if found is not Status.PENDING or (isinstance(entry, CheckResult) and entry.waits_for):
            continue
        yield _entry(result, part, entry)


def _entry(result: Result, part: PartResult, entry: CheckResult | RubricResult) -> Entry:
    item = entry.name if isinstance(entry, CheckResult) else entry.criterion
    place = (marking.key(result.student), marking.key(part.id), marking.key(item))
    return Entry(item, _title(entry), entry.possible, place, _read(entry))


def _shots(result: Result, part: PartResult) -> tuple[Shot, ...]:
    """Return pictures of a part's pages; where nothing was read, of those that belong to no part too.

    A file may be called by its student's name, which is hidden here.
    """
    nameless = replace(result, crops=tuple(replace(crop, file="the PDF") for crop in result.crops))
    others = () if marking.text_of_answer(part).strip() else shots(nameless)
    return (*shots(nameless, part.id), *others)


def _title(entry: CheckResult | RubricResult) -> str:
    return (entry.title or entry.name) if isinstance(entry, CheckResult) else entry.criterion


def _read(entry: CheckResult | RubricResult) -> str:
    if not isinstance(entry, CheckResult):
        return ""
    told = (entry.message, f"Read as {entry.actual}" if entry.actual else "")
    return "\n".join(dict.fromkeys(text for text in told if text))


def _drawn(text: str) -> int:
    return int.from_bytes(sha256(text.encode(errors="replace")).digest()[:8])
