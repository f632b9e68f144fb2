"""(a class, a marker's file) -> what is given now, what is open, and every change of it, on disk first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from grader import marking, requests
from grader.datatypes import Result
from grader.desk.handwritten import copied, marks_in, notes_in
from grader.desk.keys import Keys, dealt
from grader.desk.queue import Answered, Entry, beginning, in_order, next_open, waiting_parts
from grader.desk.speed import Speed
from grader.desk.stood import Others, Standing
from grader.marking import rubric
from grader.marking.acts import last, place_of
from grader.marking.folder import one_at_a_time
from grader.marking.gather import called_now, points_now
from grader.marking.marks import Place, items
from grader.marking.rubric import offered, plain, with_item

Where = tuple[str, str]  # a part and an item, as the rubric names them

_TRIES = 3  # at a file that somebody else writes


class At(NamedTuple):
    """An answer: the number of its part, and its own within that part."""

    part: int
    answer: int


class Stale(Exception):
    """Something changed meanwhile in another window. The message says what to do."""


class Desk:
    """One marker at work. Every method takes the lock: a browser asks for several things at once."""

    def __init__(self, out: Path, results: Sequence[Result], book: marking.Book) -> None:
        """Take in what was given until now. Raises BadMarks, BadBook, OSError."""
        self.out, self.book, self.lock = out, book, RLock()
        self.results = {marking.key(result.student): result for result in results}
        self.parts = waiting_parts(results)
        self.places = {
            entry.place: (number, answered, entry)
            for number, part in enumerate(self.parts)
            for answered in part.answers
            for entry in answered.entries
        }
        self.rows = {marking.place(row): row for row in marking.waiting(results, ordered=False)}
        self.own, self.others, self.speed = Standing(book.who, book.acts), Others(out, book.who), Speed()
        self.hand: Mapping[Place, marking.Stood] = {}
        self.notes: Mapping[Place, str] = {}  # comments in marks.csv of entries that have no points yet
        self.conflicts: tuple[marking.Conflict, ...] = ()
        self.rubric: marking.Rubric = {}
        self._keys: dict[tuple[str, ...], Keys] = {}  # by what an answer is marked for
        self._gathered: tuple[tuple[object, ...], marking.Gathered] | None = None
        self.answers = lru_cache(maxsize=None)(self._answers)
        self.identical = lru_cache(maxsize=None)(self._identical)
        self.gather()

    def _answers(self, part: int) -> tuple[Answered, ...]:
        return in_order(self.parts[part].answers)

    def _identical(self, part: int) -> Mapping[str, tuple[int, ...]]:
        """Return the numbers of answers that say the same, by what is seen of them."""
        found: dict[str, list[int]] = {}
        for number, answered in enumerate(self.answers(part)):
            if answered.seen.strip():
                found.setdefault(answered.seen, []).append(number)
        return {seen: tuple(numbers) for seen, numbers in found.items() if len(numbers) > 1}

    # ---- what is on disk ---------------------------------------------------------------------

    def look(self) -> None:
        """Take in what others did since. Raises BadMarks, BadBook, OSError."""
        self.others.look()
        self.rubric = marking.read_rubric(self.out)

    def gather(self) -> marking.Gathered:
        """Put what all markers gave into marks.csv. Raises BadMarks, BadBook, OSError."""
        with self.lock, one_at_a_time(self.out):
            self.look()
            if self._gathered and self._gathered[0] == self._stamp():
                return self._gathered[1]
            for _ in range(_TRIES):
                sheet, _, seen = marking.read(self.out)
                gathered = marking.gather(sheet, self.books, self.rubric, self.rows_by_place())
                if gathered.sheet is sheet or marking.raw(self.out) == seen:
                    break  # a spreadsheet or `grader marks` may write there too
            if gathered.sheet is not sheet:
                marking.write(gathered.sheet, self.out, seen)
            self.hand = marks_in(gathered.sheet, self.books, self.rubric)
            self.notes = notes_in(gathered.sheet)
            self.conflicts = gathered.conflicts
            self._gathered = self._stamp(), gathered
            return gathered

    def rows_by_place(self) -> Mapping[Place, marking.Row]:
        """Return a row for all that can be marked here: what waits, and what a student asks another look for.

        Raises BadRequests.
        """
        pairs = ((self.results.get(marking.key(one.student)), one) for one in requests.all_in(self.out))
        rows = (
            marking.row_of(result, part, entry)
            for result, one in pairs
            if result and (part := requests.part_of(one, result))
            for entry in items(part)
        )
        return {marking.place(row): row for row in rows} | self.rows

    def progress(self) -> tuple[int, int]:
        """Return how many answers are marked and how many wait for a person, whoever marks them."""
        sheet = self.gather().sheet
        there = {marking.place(row) for row in sheet.rows}
        unmarked = [row for where, row in self.rows.items() if where not in there]
        return marking.answers(replace(sheet, rows=(*sheet.rows, *unmarked)))

    def _stamp(self) -> tuple[object, ...]:
        """Return what is another wherever there is something new to gather."""
        acts = [len(acts) for acts in self.books.values()]
        return (*acts, *(_changed(self.out / name) for name in (marking.NAME, rubric.NAME)))

    @property
    def books(self) -> Mapping[str, Sequence[marking.Act]]:
        """What every marker did."""
        return {one.who: one.acts for one in (self.own, *self.others.by_name.values())}

    # ---- what is given, what is open ---------------------------------------------------------

    def at(self, at: At) -> Answered:
        """Return an answer. Raises IndexError where there is none."""
        if at.part < 0 or at.answer < 0:
            raise IndexError(at)
        return self.answers(at.part)[at.answer]

    def given(self, entry: Entry) -> marking.Stood | None:
        """Return what this marker gave; what somebody wrote into marks.csv since. Items are called as now."""
        stood = self.hand.get(entry.place) or self.own.marks.get(entry.place)
        return stood and called_now(stood, entry.place, self.rubric, entry.possible)

    def points(self, entry: Entry) -> float | None:
        """Return the points of an entry, None where nothing is given yet."""
        stood = self.given(entry)
        return None if stood is None else points_now(stood, entry.place, self.rubric, entry.possible)

    def seen(self, at: At) -> str:
        """Return what an answer was given, as a window has to know it before it changes it."""
        return "; ".join(str(stood.when if stood else "") for stood in map(self.given, self.at(at).entries))

    def is_open(self, answered: Answered) -> bool:
        """Return whether this marker still has to look at an answer."""
        places = answered.places
        if all(place in self.own.marks or place in self.hand for place in places):
            return False
        others = sum(all(place in one.marks for place in places) for one in self.others.by_name.values())
        return others < (2 if answered.twice else 1)

    def left(self, part: int) -> int:
        """Return how many answers of a part are open."""
        return sum(self.is_open(one) for one in self.parts[part].answers)

    def next(self, part: int, after: int | None = None) -> int | None:
        """Return the open answer after one, else the one to begin with; None where none is open."""
        answers = self.answers(part)
        start = 0 if after is None else after + 1
        if after is None and self.others:  # two who begin at once have other answers before them
            start = beginning(self.book.who, self.parts[part].id, len(answers))
        return next_open(start, len(answers), lambda number: self.is_open(answers[number]))

    def items(self, entry: Entry) -> tuple[marking.Item, ...]:
        """Return the levels of an entry, “half” among them where it is ready-made."""
        own = marking.items_of(self.rubric, entry.place[1], entry.item, entry.possible)
        return own if self._was(entry, marking.HALF) else offered(own, entry.possible)

    def _was(self, entry: Entry, name: str) -> bool:
        """Return whether another item was called so: marks under that name are its."""
        own = self.rubric.get(entry.place[1:], ())
        return any(name in one.was and one.name != name for one in own)

    def keys(self, answered: Answered) -> Keys:
        """Return the keys of the levels: each keeps its own, a new one gets the next free."""
        with self.lock:
            kind = (answered.part.id, *(entry.item for entry in answered.entries))
            levels = {entry.item: (entry.possible, self.items(entry)) for entry in answered.entries}
            self._keys[kind] = dealt(levels, self._keys.get(kind, {}))
            return self._keys[kind]

    def rename_key(self, entry: Entry, before: str, name: str) -> None:
        """Let a level that is called otherwise keep its key."""
        for kind, keys in list(self._keys.items()):
            own = keys.get(entry.item, {})
            if before in own:
                renamed = {name if one == before else one: key for one, key in own.items()}
                self._keys[kind] = {**keys, entry.item: renamed}

    # ---- changes -----------------------------------------------------------------------------

    def mark(self, at: At, seen: str, marks: Sequence[marking.Given]) -> None:
        """Give an answer its marks; they are on disk when this returns.

        Raises Stale where another window gave it others meanwhile, OSError where nothing could be written.
        """
        answered = self.at(at)
        with self.lock:
            if seen != self.seen(at):
                raise Stale("This answer was marked meanwhile in another window: look at it once more.")
            kept = [copied(self.hand[e.place], answered) for e in answered.entries if e.place in self.hand]
            answer = self.rows[answered.entries[0].place].answer
            act = marking.Act(now(), answered.student, answered.part.id, tuple(marks), answer)
            self.do([*kept, act])
            self.hand = {place: stood for place, stood in self.hand.items() if place not in answered.places}
            self.speed.one_more(at.part)

    @property
    def last(self) -> marking.Act | None:
        """What `undo` takes back next."""
        number = last(self.own.acts)
        return None if number is None else self.own.acts[number]

    def undo(self) -> marking.Act | None:
        """Take back the last act, also one of yesterday, and return it; None where there is none left."""
        with self.lock:
            number = last(self.own.acts)
            if number is None:
                return None
            act = self.own.acts[number]
            self.do([marking.Act(now(), undoes=number)])
            return act

    def do(self, acts: Sequence[marking.Act]) -> None:
        """Do something; it is on disk when this returns. Raises BadMarks, BadBook, OSError."""
        halves = {
            (marking.key(act.part), marking.key(mark.item)): item
            for act in acts
            for mark in act.marks
            for item in mark.given
            if item.name == marking.HALF
        }
        if new := {where: item for where, item in halves.items() if not self._known(where)}:
            self._make(new)
        self.book.add(acts)
        self.own.take(acts)

    def _known(self, where: Where) -> bool:
        return any(marking.HALF in (one.name, *one.was) for one in self.rubric.get(where, ()))

    def _make(self, halves: Mapping[Where, marking.Item]) -> None:
        """Put “half” into the rubric of entries in which it is given for the first time."""
        with one_at_a_time(self.out):
            self.look()
            for where, item in halves.items():
                self.rubric = with_item(self.rubric, where, plain(item))
            marking.write_rubric(self.rubric, self.out)

    def where(self, act: marking.Act) -> At | None:
        """Return the answer that an act is about."""
        found = [self.places[place] for mark in act.marks if (place := place_of(act, mark)) in self.places]
        if not found:
            return None
        part, answered, _ = found[0]
        return At(part, self.answers(part).index(answered))


def opened(out: Path, results: Sequence[Result], who: str) -> Desk:
    """Open a marker's desk. Raises BadMarks, BadBook, OSError."""
    book = marking.Book(out, who)
    try:
        return Desk(out, results, book)
    except BaseException:
        book.close()
        raise


def _changed(path: Path) -> tuple[int, int]:
    with suppress(OSError):
        return path.stat().st_mtime_ns, path.stat().st_size
    return 0, 0


def now() -> str:
    """Return the time as acts hold it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
