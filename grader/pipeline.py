"""(a submission, Assignment) -> Result, and its files."""

from __future__ import annotations

import platform
import shutil
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path

from grader import (
    atomic,
    busy,
    checks,
    datasets,
    freshness,
    gradebook,
    ingest,
    marking,
    members,
    published,
    record,
    report,
    requests,
    scoring,
)
from grader.checks.results import never_ran
from grader.datatypes import Assignment, Leftover, Result, Status, Submission
from grader.roster import Entry
from grader.sandbox import FRESH, Wall
from grader.training import once
from grader.training.seeds import FIRST_SEED, most_seeds

PROVISIONAL = (
    "provisional: networks are graded on a stand-in for MNIST, and their accuracies wait for the real one"
)
Heard = Callable[[Result], None]
RESULT, PROPOSED = "result.json", "proposed.json"


def grade(entry: Entry, assignment: Assignment, wall: Wall = FRESH) -> Result:
    """Grade one submission. A fault of the grader becomes ERROR on every check, never a zero."""
    try:
        submission = read(entry, assignment)
    except Exception:  # noqa: BLE001  whatever breaks here is ours: told, flagged, and costing nothing
        return _broken(Submission(entry.student, entry.path), entry, assignment, wall)
    return judge(submission, entry, assignment, wall)


def read(entry: Entry, assignment: Assignment) -> Submission:
    """Read one submission; nothing of it is run. Raises FileNotFoundError."""
    return members.whole(ingest.read(entry.path, assignment, entry.student), entry)


def judge(
    submission: Submission,
    entry: Entry,
    assignment: Assignment,
    wall: Wall = FRESH,
    heard: Heard | None = None,
) -> Result:
    """Grade what was read. `heard` gets each part, alone in a result, as soon as it is known."""
    early = partial(_early, submission, entry, assignment, heard) if heard else None
    try:
        with once.recorded() as trainings:
            checked = checks.run(submission, assignment, wall, early)
        told = {**provenance(assignment, wall), "trainings": sorted(trainings)}
        result = scoring.score(assignment, submission, checked.results, checked.reads, told)
    except Exception:  # noqa: BLE001  as above
        return _broken(submission, entry, assignment, wall)
    parts = tuple(replace(part, network=checked.networks.get(part.id)) for part in result.parts)
    notes = (*result.notes, *checked.notes, *_provisional(checked))
    return members.owned(replace(result, parts=parts, notes=notes), entry, assignment)


def _broken(submission: Submission, entry: Entry, assignment: Assignment, wall: Wall) -> Result:
    """Return the result of a submission on which the grader raises what is being handled now."""
    return members.owned(faulted(submission, assignment, traceback.format_exc(), wall), entry, assignment)


def _early(
    submission: Submission, entry: Entry, assignment: Assignment, heard: Heard, known: checks.PartChecked
) -> None:
    """Tell of one part while others are still to be checked."""
    alone = replace(assignment, only=frozenset({known.part}))
    result = scoring.score(alone, submission, known.results, {known.part: known.reads}, {})
    parts = tuple(replace(part, network=known.network) for part in result.parts)
    heard(members.owned(replace(result, parts=parts), entry, alone))


def _provisional(checked: checks.Checked) -> list[str]:
    """Say what was measured on other data than those that are asked for."""
    return [PROVISIONAL] if any(network.provisional for network in checked.networks.values()) else []


def faulted(submission: Submission, assignment: Assignment, why: str, wall: Wall) -> Result:
    """Return the result of a submission on which the grader itself broke: all its points are pending."""
    file = submission.path.name if submission.path.is_file() else ingest.WHOLE
    unread = Leftover(file, "the grader failed before all of it was graded")
    submission = replace(submission, leftovers=(*submission.leftovers, unread))
    broken = [never_ran(check, f"\n{why}") for part in assignment.asked for check in part.checks]
    return scoring.score(assignment, submission, broken, {}, provenance(assignment, wall))


def lost(entry: Entry, assignment: Assignment, wall: Wall, fault: BaseException) -> Result:
    """Return the result of a submission that took its judge with it."""
    why = f"the process that graded it gave no result: {type(fault).__name__}: {fault}"
    broken = faulted(Submission(entry.student, entry.path), assignment, why, wall)
    return members.owned(broken, entry, assignment)


def is_faulted(result: Result) -> bool:
    """Return whether the grader itself broke somewhere on this submission."""
    return any(check.status is Status.ERROR for part in result.parts for check in part.checks)


def provenance(assignment: Assignment, wall: Wall) -> dict[str, object]:
    """Return what produced a result: versions, date, data, and how student code was kept apart."""
    versions = {"python": platform.python_version()}
    for name in freshness.LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    return {
        "versions": versions,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "sandbox": wall.told,
        "seeds": {"first": FIRST_SEED, "most": most_seeds()} if assignment.trains else {},
        "data": datasets.provenance(assignment.data) if assignment.trains and assignment.data else {},
    }


# ---- the files of one student ----------------------------------------------------------------


def grade_into(
    out: Path, entry: Entry, assignment: Assignment, wall: Wall = FRESH, *, last: bool = True
) -> Result:
    """Grade one submission and write what comes of it; return what a class needs to know of it.

    Where a result stands already, or marks.csv has been torn meanwhile, the new one is only proposed: it is
    written beside. Where the machine may be to blame and this is not the last try, nothing is written.
    """
    # Before it is read: it may change meanwhile, and is graded again then.
    made_from = freshness.made_from(entry.path, assignment, wall)
    result = grade(entry, assignment, wall)
    result = replace(result, provenance={**result.provenance, freshness.FIELD: dict(made_from)})
    if not last and busy.is_to_blame(result):
        return light(result)
    theirs = _marked(result, out)
    if theirs is not None and standing(out, entry.student) is None:
        return light(put(theirs, out))
    atomic.write(record.dump(result), folder_of(out, entry.student) / PROPOSED)
    return light(theirs or result)


def _marked(result: Result, out: Path) -> Result | None:
    """Return a result with what people gave; None where that cannot be read now and the result can wait."""
    try:
        return _with_people(result, out)
    except marking.BadMarks:
        return result if is_faulted(result) else None


def _with_people(result: Result, out: Path) -> Result:
    """Return a result with what people gave in OUT, and what its student asks there. Raises BadMarks."""
    return requests.kept(marking.kept(result, out), out)


def standing(out: Path, student: str) -> Result | None:
    """Return the result that a student has; None for none, one that cannot be read or a fault of ours."""
    return _read(_place(out, student))


def proposed(out: Path, student: str) -> Result | None:
    """Return the result that waits to take the place of the one that stands."""
    return _read(folder_of(out, student) / PROPOSED)


def withdraw(out: Path, student: str) -> None:
    """Remove what was proposed for a student: it is true no more."""
    (folder_of(out, student) / PROPOSED).unlink(missing_ok=True)


def _read(path: Path) -> Result | None:
    with suppress(record.BadRecord):
        result = record.read(path)
        return None if is_faulted(result) else result
    return None


def folder_of(out: Path, student: str) -> Path:
    """Return where a student's files for staff lie."""
    return out / "staff" / student


def page_of(student: str) -> str:
    """Return where a student's page lies, from the class page."""
    return f"students/{student}/index.html"


def record_of(student: str) -> str:
    """Return where a student's record lies, from the class page."""
    return f"staff/{student}/{RESULT}"


def write_out(result: Result, out: Path) -> Result:
    """Write a student's page and result.json with what people gave: what was written. Raises BadMarks."""
    return put(_with_people(result, out), out)


def put(result: Result, out: Path) -> Result:
    """Write a student's page and result.json as they are, and return the result.

    They bear one date; where the machine stops between the two, `has_page` is false.
    """
    place = _place(out, result.student)
    atomic.write_together({out / page_of(result.student): _page(result), place: record.dump(result).encode()})
    return result


def write_page(result: Result, out: Path) -> None:
    """Write the page of a student from the result that stands, as far as they may see it."""
    path = out / page_of(result.student)
    atomic.write_bytes(_page(result), path)
    atomic.date_like(path, _place(out, result.student))


def has_page(out: Path, student: str) -> bool:
    """Return whether the page of the result that stands is there, and not one of before or after it."""
    with suppress(OSError):
        return (out / page_of(student)).stat().st_mtime_ns == _place(out, student).stat().st_mtime_ns
    return False


def _page(result: Result) -> bytes:
    return report.student_page(record.for_student(result)).encode()


def _place(out: Path, student: str) -> Path:
    return folder_of(out, student) / RESULT


def write_class(results: Sequence[Result], out: Path) -> None:
    """Write the files of a class that are made from all its results."""
    gradebook.write_csv(results, out / "gradebook.csv")
    write_class_page(results, out)


def write_class_page(results: Sequence[Result], out: Path) -> None:
    """Write the class's page, which says what of it is published. Raises published.BadPublished."""
    pages = {result.student: page_of(result.student) for result in results}
    records = {result.student: record_of(result.student) for result in results}
    atomic.write(report.class_page(results, pages, records, _published(results, out)), out / "index.html")


def _published(results: Sequence[Result], out: Path) -> report.Publication | None:
    """Return what was published last, and how many marks are others now; None where nothing was."""
    shown = published.last(out)
    if shown is None:
        return None
    return report.Publication(published.moment(shown), len(published.others(shown, results)))


def of_class(results: Iterable[Result], out: Path) -> list[Result]:
    """Return the results of the class that was graded last: others may be left of earlier runs."""
    class_ = gradebook.listed(out / "gradebook.csv")
    return [result for result in results if class_ is None or gradebook.cell(result.student) in class_]


def remove(out: Path, student: str) -> None:
    """Remove a student's files."""
    shutil.rmtree(folder_of(out, student), ignore_errors=True)
    shutil.rmtree((out / page_of(student)).parent, ignore_errors=True)


def light(result: Result) -> Result:
    """Return a result without the student's own texts and curves: a class of them fits in memory."""
    parts = (
        replace(
            part, answer=(), code=(), labels=(), output="", figures=(), network=None, drawn=None, extra={}
        )
        for part in result.parts
    )
    return replace(result, parts=tuple(parts), code=(), extra={})
