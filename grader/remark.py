"""reports and their marks.csv -> the reports with what people gave in them; no student code runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader import graded, marking, pipeline, published, requests
from grader.changes import Change, changes
from grader.datatypes import Result
from grader.marking import BadMarks, Complaint, Conflict, Gathered, Marks, Sheet
from grader.requests import Request
from grader.requests.gather import Books


@dataclass(frozen=True)
class Remarked:
    """A result before and after what people gave."""

    before: Result
    after: Result

    @property
    def counts(self) -> bool:
        """Whether the total or what waits is another."""
        before, after = self.before, self.after
        return (before.total, before.pending) != (after.total, after.pending)


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    file: Path
    marked: int  # answers, each a student's to a part
    waiting: int  # answers that wait for a person
    stray: int  # rows with points that fit nothing
    changes: tuple[Remarked, ...]
    conflicts: tuple[str, ...]  # entries that markers gave different points, a line each
    kept: tuple[str, ...]  # what to look at: what counts for nothing and stays in the file, a line each
    by_part: Mapping[str, int] = field(default_factory=dict)  # how many of these wait in which part
    others: tuple[str, ...] = ()  # whose marks are other than they were published
    asked: int = 0  # regrade requests
    unanswered: int = 0  # of these
    strangers: tuple[str, ...] = ()  # of these, those that fit no student, part or points, a line each


Approve = Callable[[Sequence[Change]], bool]


def remark(reports: Path, approve: Approve = lambda _: True) -> Outcome | None:
    """Put what people gave into results and pages, and a row for all that waits into the file.

    `approve` is told which marks change, against what was published where anything was. Unless it says so
    nothing is written, and None is returned. Raises BadMarks and BadPublished, before anything is written,
    where a file cannot be read or a mark is above what is possible.
    """
    results = _results_in(reports)
    requests.all_in(reports)  # refused before anything is written
    before, _, seen = marking.read(reports)
    gathered = _gathered(before, results, reports)
    above, _ = marking.against(gathered.sheet, results, marking.read_rubric(reports))
    if above:
        raise BadMarks("\n".join(marking.lines(reports, above)))
    if not approve(_would_change(gathered.sheet, results, reports)):
        return None
    full = marking.merged(gathered.sheet, results)
    if full is not before or seen is None:
        marking.write(full, reports, seen)
    sheet, marks, _ = marking.read(reports)
    asked = _decided(results, marks, reports)
    given = {row.line for row in sheet.rows if row.points.strip()}
    unknown = {told.line for told in marking.against(sheet, results)[1]}
    marked, waiting = marking.answers(sheet, without=unknown)
    remarked = [_applied(result, marks, reports) for result in results]
    pipeline.write_class(pipeline.of_class((one.after for one in remarked), reports), reports)
    return Outcome(
        reports / marking.NAME,
        marked=marked,
        waiting=waiting,
        stray=len(unknown & given),
        changes=tuple(one for one in remarked if one.counts),
        conflicts=_undecided(gathered.conflicts, sheet, reports),
        kept=marking.lines(reports, _to_look_at(sheet, results)),
        by_part=marking.waiting_by_part(sheet, without=unknown),
        others=_others(remarked, reports),
        asked=len(asked),
        unanswered=sum(not request.decision for request in asked),
        strangers=strangers(reports, [one.after for one in remarked]),
    )


def too_high(results: Sequence[Result], reports: Path) -> tuple[str, ...]:
    """Return the rows of marks.csv that give more than is possible now, a line each. Raises BadMarks."""
    sheet, _, _ = marking.read(reports)
    return marking.lines(reports, marking.against(sheet, results, marking.read_rubric(reports))[0])


def unapplied(results: Sequence[Result], reports: Path) -> tuple[str, ...]:
    """Return the students whose result would be another with what people gave until now. Raises BadMarks."""
    marks = _marks(_gathered(marking.read(reports)[0], results, reports).sheet, reports)
    return tuple(result.student for result in results if marking.apply(result, marks) != result)


def unshown(results: Sequence[Result], reports: Path) -> tuple[str, ...]:
    """Return the students whose result has not all that they ask now, with its answers. Raises BadMarks."""
    return tuple(result.student for result in results if requests.kept(result, reports) != result)


def _would_change(sheet: Sheet, results: Sequence[Result], reports: Path) -> tuple[Change, ...]:
    """Return what marks change with what people gave, against what was published where anything was."""
    marks, shown = _marks(sheet, reports), published.last(reports)
    pairs = [(result, requests.kept(marking.apply(result, marks), reports)) for result in results]
    if shown is None:
        return tuple(change for pair in pairs for change in changes(*pair))
    return tuple(change for pair in pairs for change in published.replacing(reports, shown, *pair))


def _marks(sheet: Sheet, reports: Path) -> Marks:
    marks, wrong = marking.of(sheet, marking.read_rubric(reports))
    if wrong:
        raise BadMarks("\n".join(marking.lines(reports, wrong)))
    return marks


def _others(remarked: Sequence[Remarked], reports: Path) -> tuple[str, ...]:
    """Return whose marks are other than they were published; nobody's where nothing was."""
    shown = published.last(reports)
    class_ = pipeline.of_class((one.after for one in remarked), reports)
    return published.others(shown, class_) if shown else ()


def _gathered(sheet: Sheet, results: Sequence[Result], reports: Path) -> Gathered:
    """Return the sheet with what was given on the page of `grader mark`. Raises BadMarks."""
    rows = {marking.place(row): row for row in marking.open_or_marked(results)}
    try:
        return marking.gather(sheet, _books(reports), marking.read_rubric(reports), rows)
    except marking.BadBook as fault:
        raise BadMarks(str(fault)) from None


def _books(reports: Path) -> Books:
    """Return what every marker did. Raises BadMarks."""
    try:
        return marking.books(reports)
    except marking.BadBook as fault:
        raise BadMarks(str(fault)) from None


def _decided(results: Sequence[Result], marks: Marks, reports: Path) -> tuple[Request, ...]:
    """Put what markers decided into the file of requests, and points that a decision leaves out; return all.

    Raises BadMarks, OSError.
    """
    requests.gather(reports, _books(reports))
    asked = requests.current(reports)
    own = [result for result in results if marking.key(result.student) in asked]
    pairs = ((result, marking.apply(result, marks)) for result in own)
    requests.fill(reports, requests.to_fill(requests.all_in(reports), pairs))
    return requests.all_in(reports)


def strangers(reports: Path, results: Sequence[Result]) -> tuple[str, ...]:
    """Return the lines of requests that name a student or a part that is not there, or points that none has.

    `results`: with what people gave.
    """
    try:
        asked = requests.all_in(reports)
        doubtful = requests.doubtful(asked, results, requests.by_hand(asked, _books(reports)))
        return requests.lines(reports, [*requests.unknown(asked, results), *doubtful])
    except requests.BadRequests as fault:
        return tuple(str(fault).splitlines())


def _undecided(conflicts: Sequence[Conflict], sheet: Sheet, reports: Path) -> tuple[str, ...]:
    """Say where markers gave different points, by the row in which somebody has to decide."""
    at = {marking.place(row): row.line for row in sheet.rows}
    told = [Complaint(at.get(one.place, 0), "points", _told(one)) for one in conflicts]
    return marking.lines(reports, told)


def _told(conflict: Conflict) -> str:
    student, part, item = conflict.place
    markers = " and ".join(one.who for one in conflict.stood)
    return (
        f"{student}, {part}, “{item}”: {markers} gave different points, and nobody has decided: write those "
        "that count here, or decide on the page of `grader mark`"
    )


def pointless(reports: Path) -> tuple[str, ...]:
    """Return the lines of comments without points, which are no marks yet. Raises BadMarks, OSError."""
    sheet, _ = marking.parse(marking.raw(reports) or b"")
    told = "a comment without points is no mark yet, and nobody sees it: write points beside it"
    lines = [row.line for row in sheet.rows if row.comment.strip() and not row.points.strip()]
    return marking.lines(reports, [Complaint(line, "points", told) for line in lines])


def complaints(reports: Path) -> tuple[str, ...]:
    """Return all that is wrong with the file, a line each, and write nothing. Raises BadMarks."""
    results = _results_in(reports)
    sheet, torn = marking.parse(marking.raw(reports) or b"")
    rubric = marking.read_rubric(reports)
    marks, wrong = marking.of(sheet, rubric)
    above, _ = marking.against(sheet, results, rubric)
    of_marks = marking.lines(reports, [*torn, *wrong, *above, *_to_look_at(sheet, results)])
    return (*of_marks, *strangers(reports, [marking.apply(result, marks) for result in results]))


def _results_in(reports: Path) -> list[Result]:
    """Read all results, sorted by student. Raises BadMarks where there is none, or a broken one."""
    try:
        class_ = graded.read(reports)
    except graded.NoReports as fault:
        raise BadMarks(str(fault)) from None
    if class_.broken:
        told = "\n".join(class_.broken)
        raise BadMarks(f"{told}\nDelete these files and grade again: `grader grade` writes them anew.")
    return sorted(class_.results, key=lambda result: result.student)


def _applied(result: Result, marks: Marks, reports: Path) -> Remarked:
    after = requests.kept(marking.apply(result, marks), reports)
    if after != result or not pipeline.has_page(reports, result.student):
        after = pipeline.write_out(result, reports)
    return Remarked(result, after)


def _to_look_at(sheet: Sheet, results: list[Result]) -> list[Complaint]:
    _, unknown = marking.against(sheet, results)
    return [*unknown, *marking.outdated(sheet, marking.waiting(results, ordered=False))]
