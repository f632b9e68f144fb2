"""the bytes of regrade_requests.csv <-> its requests, and what cannot be meant in them, by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.gradebook import cell
from grader.marking.comments import cut
from grader.marking.records import (
    Complaint,
    Table,
    Torn,
    about_the_head,
    complaints_about_cells,
    line_of_cells,
    table,
)
from grader.marking.sheet import text_cell, text_of

MOST_ROWS = 20_000
NEEDED = ("student", "part", "text")
NO_WORDS = "(no words)"  # what is read where a student sent nothing: that stops nobody else's request
ANSWERED = ("decision", "by", "old", "new", "decided")
COLUMNS = (*NEEDED, *ANSWERED, "when")
# Words by which a form's own heading is known: for an error that whoever reads it can judge.
_HEADINGS = (
    ("when", {"timestamp", "time", "date", "submitted"}),
    ("student", {"student", "name", "login"}),
    ("part", {"part", "question", "problem", "exercise"}),
    ("text", {"what", "why", "reason", "request", "explain", "describe", "look"}),
)
_PLAIN = re.compile(r"[+-]?\d[\d.,]*")  # no spreadsheet runs a number


@dataclass(frozen=True)
class Request:
    """A student asks for another look at a part; what somebody decided, where that was."""

    student: str  # as results name them
    part: str
    text: str
    decision: str = ""  # what the student reads of it; '' as long as it is open
    by: str = ""  # staff only
    old: str = ""  # points of the part before it was decided
    new: str = ""
    when: str = ""  # as the form that collected it stamps it
    line: int = field(default=0, compare=False)
    decided: str = ""  # when it was decided


@dataclass(frozen=True)
class Answer:
    """What somebody decided about a request: the cells that are filled in."""

    decision: str = ""
    by: str = ""
    old: str = ""
    new: str = ""
    decided: str = ""


@dataclass(frozen=True)
class Record:
    """A line of the file: what it asks, and all of its cells as they stand there, the course's own too."""

    request: Request
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The file, in the dialect of whatever saved it last."""

    records: tuple[Record, ...] = ()
    head: tuple[str, ...] = COLUMNS
    delimiter: str = ","
    end: str = "\n"


# ---- bytes -> Sheet --------------------------------------------------------------------------


def parse(raw: bytes) -> tuple[Sheet, tuple[Complaint, ...]]:
    """Read a file as forms and spreadsheets leave it; never raises.

    As marks.csv is read, but columns of the course's own are kept. Where it cannot be understood there are
    no requests.
    """
    try:
        found = table(raw, COLUMNS)
    except Torn as fault:
        return Sheet(), (fault.complaint,)
    if found is None:
        return Sheet(), ()
    over = _of_a_form(found)
    needed = [name for name in NEEDED if name not in over]
    if complaints := [*about_the_head(found, needed), *_about_a_form(found, over), *_too_many(found)]:
        return Sheet(), tuple(complaints)
    records = tuple(Record(_request(line, found, cells), cells) for line, cells in found.records)
    wrong = (told for record in records for told in _wrong(record.request))
    sheet = Sheet(records, found.head, found.delimiter, found.end)
    return sheet, (*complaints_about_cells(found), *wrong)


def _of_a_form(found: Table) -> Mapping[str, str]:
    """Return our names that belong over headings of a form, where a needed one is not there."""
    if {*NEEDED} <= {*found.names}:
        return {}
    own = [name for name in found.names if name not in COLUMNS]
    over = {}
    for name, known in _HEADINGS:
        meant = next((one for one in own if known & {*re.findall(r"\w+", one)}), None)
        if meant is not None and name not in found.names:
            own.remove(meant)
            over[name] = found.head[found.names.index(meant)].strip()
    return over


def _about_a_form(found: Table, over: Mapping[str, str]) -> Iterator[Complaint]:
    headings = {name: text if len(text) <= 60 else f"{text[:60]} …" for name, text in over.items()}
    pairs = ", ".join(f"“{name}” over “{heading}”" for name, heading in headings.items())
    if pairs:
        yield Complaint(found.line, "", f"these headings are a form's own: write {pairs}")


def _too_many(found: Table) -> Iterator[Complaint]:
    if len(found.records) > MOST_ROWS:
        line, _ = found.records[MOST_ROWS]
        yield Complaint(line, "", f"more than {MOST_ROWS:,} requests: take out what was answered long ago")


def _request(line: int, found: Table, cells: Sequence[str]) -> Request:
    told = {name: text for name, text in zip(found.names, cells, strict=False) if name in COLUMNS}
    names = {name: text_of(told.get(name, "")) for name in COLUMNS}
    texts = {name: cut(_words(told.get(name, ""))) for name in ("text", "decision")}
    return Request(**{**names, **texts, "text": texts["text"] or NO_WORDS}, line=line)


def _wrong(request: Request) -> Iterator[Complaint]:
    for name in ("student", "part"):
        if not getattr(request, name):
            told = "empty: a request names its student and its part"
            yield Complaint(request.line, name, told)


def _words(written: str) -> str:
    """Return a text of somebody's own: an apostrophe before it is the file's only where one was needed."""
    text = written.strip()
    return text[1:].strip() if text.startswith("'") and inert(text[1:]) != text[1:] else text


# ---- Sheet -> bytes --------------------------------------------------------------------------


def render(sheet: Sheet) -> str:
    """Write a sheet's text, as `marking.render` does; nothing in it is run by a spreadsheet."""
    lines = [sheet.head, *(record.cells for record in sheet.records)]
    cells = ([inert(text) for text in line] for line in lines)
    return "\ufeff" + "".join(line_of_cells(line, sheet.delimiter, sheet.end) for line in cells)


def inert(text: str) -> str:
    """Return a cell that no spreadsheet runs, with its line ends; a number stays one."""
    plain = not text.strip() or _PLAIN.fullmatch(text.strip()) or text.lstrip().startswith("'")
    return text if plain or not cell(text).startswith("'") else f"'{text}"


def answered(sheet: Sheet, answers: Mapping[int, Answer]) -> Sheet:
    """Return the sheet with what was decided, by the number of the record; columns are added that lack."""
    if not answers:
        return sheet
    known = [name.strip().casefold() for name in sheet.head]
    head = (*sheet.head, *(name for name in ANSWERED if name not in known))
    places = {name: [one.strip().casefold() for one in head].index(name) for name in ANSWERED}
    records = tuple(
        _answered(record, answers[number], places, len(head)) if number in answers else record
        for number, record in enumerate(sheet.records)
    )
    return replace(sheet, head=head, records=records)


def _answered(record: Record, answer: Answer, places: Mapping[str, int], width: int) -> Record:
    cells = [*record.cells, *[""] * (width - len(record.cells))]
    for name, at in places.items():
        cells[at] = _cell(getattr(answer, name), number=name in {"old", "new"})
    told = {name: getattr(answer, name) for name in ANSWERED}
    return Record(replace(record.request, **told), tuple(cells))


def as_read(answer: Answer) -> Answer:
    """Return an answer as it is read back from its own cells."""
    decision, by = cut(_words(text_cell(answer.decision))), text_of(text_cell(answer.by))
    return replace(answer, decision=decision, by=by)


def _cell(text: str, *, number: bool) -> str:
    return text if number and _PLAIN.fullmatch(text) else text_cell(text)
