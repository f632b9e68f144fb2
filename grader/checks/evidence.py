"""(Grading, Part) -> the student's answer to a question, from wherever they gave it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from grader import answers
from grader.answers import Expression, Reading, Torn, Unreadable, canonical
from grader.checks import lacking, tabled, written
from grader.checks.functions import StudentFunction
from grader.checks.grading import Door, Grading
from grader.checks.verdict import Absent, Pending, Verdict
from grader.checks.written import Offer
from grader.datatypes import Answer, AnswerRead, Part, Source
from grader.sandbox import Missing, StudentFault
from grader.taken import Taken

T = TypeVar("T")
Matrix = tuple[tuple[Fraction, ...], ...]
Layers = tuple[tuple[Matrix, tuple[Fraction, ...]], ...]


@dataclass(frozen=True)
class Found:
    """An offer that could be read."""

    offer: Offer
    reading: Reading[Any]


class Evidence:
    """The fixture `answer`: reads the answer of the check's own part, one method for each kind.

    Each method returns an exact plain value. A module decides before a notebook, a notebook before a
    write-up; where two differ, staff are told. Raises what becomes PENDING, MISSING, CRASHED or TIMEOUT.
    """

    def __init__(self, grading: Grading, part: Part, verdict: Verdict) -> None:
        self._grading = grading
        self._part = part
        self._verdict = verdict
        self._left_open: list[str] = []  # what is as the starter file leaves it, and where
        self.read_as = ""
        self.text = ""  # the text the answer was read from, '' where it is a value
        self.taken: list[Taken] = []  # each answer that was read, by which reader

    def integer(self, name: str = "", *, nouns: Sequence[str] = (), or_else: Sequence[str] = ()) -> int:
        """Read a whole number; `nouns` are what it counts ("layers"), `or_else` other words for it."""

        def reader(given: object) -> Reading[int]:
            try:
                return answers.integer(given, nouns=nouns)
            except Torn:
                raise
            except Unreadable:
                return answers.integer(given, nouns=(*nouns, *or_else))

        found = self.read(name, reader, f"number of {nouns[0]}" if nouns else "whole number")
        return self._take("integer", found, nouns=nouns)

    def number(self, name: str = "", *, nouns: Sequence[str] = ()) -> Fraction:
        """Read a number, exactly."""
        found = self.read(name, lambda given: answers.number(given, nouns=nouns), "number")
        return self._take("number", found, nouns=nouns)

    def shape(self, name: str = "", *, rank: int | None = None, nouns: Sequence[str] = ()) -> tuple[int, ...]:
        """Read a shape of `rank` dimensions."""
        found = self.read(name, lambda given: answers.shape(given, rank=rank, nouns=nouns), "shape")
        return self._take("shape", found, rank=rank, nouns=nouns)

    def shapes(self, name: str = "") -> tuple[tuple[int, ...], ...]:
        """Read every shape that is asserted."""
        return self.read(name, answers.shapes, "shape")

    def network(self, name: str = "", *, inputs: int) -> Layers:
        """Read a network as (W, b) for each layer; W[i][j] leads from input i to unit j."""
        found = self.read(name, lambda given: answers.weights(given, inputs=inputs), "weights")
        return self._take("network", found, inputs=inputs)

    def matrices(self, name: str = "", *, count: int, size: tuple[int, int]) -> tuple[Matrix, ...]:
        """Read `count` matrices, expected to have `size` rows and columns."""
        sought = f"list of {count} matrices"
        found = self.read(name, lambda given: answers.matrices(given, count=count, size=size), sought)
        self._verdict.compared = tabled.matrices(found)
        return self._take("matrices", found, count=count, size=size)

    def table(self, name: str = "", *, columns: int, of: str = "") -> tuple[tuple[Fraction, ...], ...]:
        """Read the rows of numbers of a table; `of` says what they are."""
        sought = f"table of {of or f'{columns} columns'}"
        found = self.read(name, lambda given: answers.table(given, columns=columns), sought)
        return self._take("table", found, columns=columns)

    def versions(self, name: str = "", *, names: Sequence[str]) -> dict[str, str]:
        """Read the versions of the packages named; only those found are returned."""
        found = self.read(name, lambda given: answers.versions(given, names=names), "version")
        return self._take("versions", found, names=names)

    def has(self, name: str) -> bool:
        """Return whether the student's code has that name."""
        return self._door_with(name) is not None or written.has(self._here(), name)

    def expression(self, name: str = "") -> Expression:
        """Read a formula; `same` compares two."""
        return self._take("expression", self.read(name, answers.expression, "formula"))

    def _take(self, reader: str, value: T, **asked: Any) -> T:
        """Remember what a check read, and return it."""
        self.taken.append(Taken(reader, canonical.written(value), canonical.told(asked)))
        return value

    def same(self, one: Expression, other: str) -> bool | None:
        """Return whether a formula equals another, which the check writes as text; None if unknown."""
        return answers.equal(one, answers.expression(other).value)

    def function(self, name: str) -> StudentFunction | None:
        """Return the student's function of that name, to be called behind the wall; None if there is none."""
        door = self._door_with(name)
        if door is None:
            return None
        self.read_as = f"the function {name} of {door.file.file}"
        self._understood(Offer(door.file.source, door.file.file, None), self.read_as)
        return StudentFunction(door, name)

    def _door_with(self, name: str) -> Door | None:
        for door in self._grading.doors:
            with suppress(StudentFault):  # code that crashed has no names; `absent` says so
                if name in door.names():
                    return door
        return None

    def _label(self) -> re.Pattern[str]:
        """Return what names this part in running text: "3C)", "3(c):", "<h2>3C</h2>"."""
        found = re.fullmatch(r"(\d+)([A-Z])", self._part.id)
        number, letter = found.groups() if found else (re.escape(self._part.id), "")
        return re.compile(rf"(?<![\w.]){number}\s?[.(-]?\s?{letter}\s?(?:\)\s?[:.]?|[:.<])", re.IGNORECASE)

    def given(self, *names: str) -> bool:
        """Return whether anything at all stands under this part's heading, or in the code as one of names."""
        return lacking.given(self._grading, self._part.id, names)

    def _here(self) -> tuple[Answer, ...]:
        return self._grading.submission.of(self._part.id)

    def in_words(self) -> bool:
        """Return whether there are words or pictures under this part's heading."""
        return any(one.text.strip() or one.images for one in self._here())

    def noted(self, words: str) -> bool:
        """Return whether the reader noted a convention of the answer, such as "channels first"."""
        return any(words in note for note in self._verdict.notes)

    def if_readable(self, read: Callable[[], T]) -> T | None:
        """Return what one of the methods here reads, None where it can read nothing; decides nothing."""
        said = self._verdict
        before = self.read_as, self.text, said.unsure, said.text, said.compared, self.taken
        self.taken = []
        try:
            return read()
        except (Pending, Absent, StudentFault):
            return None
        finally:
            self.read_as, self.text, said.unsure, said.text, said.compared, self.taken = before

    def read(self, name: str, reader: Callable[[object], Reading[T]], sought: str = "answer") -> T:
        """Read the answer with `reader` from every place it stands in; the first place decides.

        `sought` is what is looked for, in words: where there is none, that is said.
        """
        found: list[Found] = []
        problems: list[Exception] = []
        for offer in self._offers(name, problems):
            if any(one.offer.file == offer.file and not _beside(one.offer, offer) for one in found):
                continue
            try:
                found.append(Found(offer, reader(offer.given)))
            except Unreadable as problem:
                problems.append(problem)
        if not found:
            raise self._nothing(problems, name, sought)
        first: Reading[T] = found[0].reading
        self._decide(found, problems)
        return first.value

    def _offers(self, name: str, problems: list[Exception]) -> Iterator[Offer]:
        """Yield the places in order of precedence; student faults met on the way are kept, not raised."""
        for source in Source:
            if name:
                yield from self._values(name, source, problems)
            for answer in self._here():
                if answer.source is source:
                    yield from written.offers(answer, name)

    def _values(self, name: str, source: Source, problems: list[Exception]) -> Iterator[Offer]:
        for door in self._grading.doors:
            if door.file.source is source and name in door.unfilled:
                self._left_open.append(f"`{name}` in {door.file.file}")
            elif door.file.source is source:
                try:
                    value = door.student.value(name)
                except Missing:
                    continue
                except StudentFault as fault:
                    problems.append(fault)
                    continue
                if value is None:  # as the starter file leaves it
                    self._left_open.append(f"`{name}` in {door.file.file}")
                else:
                    yield Offer(source, door.file.file, value)

    def _decide(self, found: list[Found], problems: list[Exception]) -> None:
        first, *others = found
        self.read_as = first.reading.read_as
        self.text = first.offer.given if isinstance(first.offer.given, str) else ""
        self._verdict.unsure = first.offer.doubt
        self._verdict.text = self.text
        self._verdict.notes.extend(first.reading.notes)
        for one in found:
            self._understood(one.offer, one.reading.read_as)
        for other in others:
            if other.reading.value != first.reading.value and _beside(first.offer, other.offer):
                said = f"{first.reading.read_as}, its words say {other.reading.read_as}"
                self._verdict.flag(f"the code of {first.offer.file} says {said}: the code goes first")
            elif other.reading.value != first.reading.value:
                self._verdict.flag(
                    f"{first.offer.file} says {first.reading.read_as}, {other.offer.file} "
                    f"says {other.reading.read_as}: {first.offer.source} goes first"
                )
        for problem in problems:
            if isinstance(problem, StudentFault):
                self._verdict.flag(f"answered from {first.offer.file}, since {problem}")

    def _understood(self, offer: Offer, read_as: str) -> None:
        text = offer.given if isinstance(offer.given, str) else ""
        reads = self._grading.reads.setdefault(self._part.id, [])
        entry = AnswerRead(str(offer.source), offer.file, text, read_as)
        if entry not in reads:
            reads.append(entry)

    def _nothing(self, problems: list[Exception], name: str, sought: str) -> Exception:
        """Say why there is no answer: unreadable before crashed, crashed before missing."""
        for problem in problems:
            if isinstance(problem, Unreadable):
                if written.not_run(self._here(), name):
                    return self._unplaced(name, sought, "")
                where = lacking.where(self._part.id, name)
                told = f"no {sought} could be read {where}: {problem}"
                return Pending(f"{problem} A person will read your answer.", told)
        return self._why_absent(problems, name, sought)

    def absent(self, name: str = "", sought: str = "answer", there: str = "", also: str = "") -> Exception:
        """Say why there is no answer, nor a `name` in the code; MISSING only if all could be placed.

        `there` says what stands in place of what was `sought`, `also` is another name that it may have.
        """
        problems: list[Exception] = []
        for one in filter(None, (name, also)):
            for source in Source:
                list(self._values(one, source, problems))
        return self._why_absent(problems, name, sought, there)

    def _unplaced(self, name: str, sought: str, there: str) -> Pending:
        """Say that what stands here is no answer, or that it would have to be run."""
        if not_run := written.not_run(self._here(), name):
            return Pending(f"{not_run} A person looks.", not_run)
        there = there or lacking.instead(self._grading.submission, self._part.id)
        told = f"o {sought} was found {lacking.where(self._part.id, name)}: {there}"
        return Pending(f"N{told}. A person looks.", f"n{told}")

    def _why_absent(self, problems: list[Exception], name: str, sought: str, there: str = "") -> Exception:
        if any(answer.images for answer in self._here()):
            return Pending("Your answer is a picture: a person will look at it.", "answered by a picture")
        if problems:
            return problems[0]
        if self.given():
            return self._unplaced(name, sought, there)
        if self._grading.submission.leftovers:
            return Pending(
                "No answer was found under this part's heading, but something you handed in could not be "
                "placed: a person will look for it there."
            )
        if any(self._label().search(answer.text) for answer in self._grading.submission.answers):
            return Pending(
                "This part is named among your answers to others: a person will look for it there.",
                "no heading found, but the text of another part names it",
            )
        told = f" Not filled in: {', '.join(dict.fromkeys(self._left_open))}." if self._left_open else ""
        return Absent(f"No answer to this question was found in what you handed in.{told}")


def _beside(first: Offer, other: Offer) -> bool:
    """Say whether the words of a write-up stand beside its own code: where they differ, staff hear of it."""
    return first.in_code and not other.in_code and first.file == other.file and not other.doubt
