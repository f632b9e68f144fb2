"""[Result for a student] -> results.json for each, as a Gradescope autograder leaves it.

The format is gradescope-autograders.readthedocs.io/en/latest/specs.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader import corrections, marks
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.gradebook import grades
from grader.gradebook.grades import Terms
from grader.gradebook.outcome import CannotExport, Outcome, by_reason, counted
from grader.gradebook.spreadsheet import cell

LONGEST = 10_000  # characters of one output
WHEN = "after_published"  # nothing is seen before the instructor publishes grades
INDEX = "students.csv"
_SAID = {
    Status.CRASHED: "Your code stopped with an error.",
    Status.TIMEOUT: "Your code took too long.",
    Status.MISSING: "No answer was found.",
    Status.PENDING: "A person still has to look at this. No points are lost by it.",
    Status.ERROR: "The grader failed here. No points are lost by it.",
}
_UNDECIDED = frozenset({Status.PENDING, Status.ERROR})


def files(folder: Path, pairs: Sequence[tuple[Result, Result]], terms: Terms) -> Outcome:
    """Return FOLDER/<student>/results.json for each who has a grade, and FOLDER/students.csv to find them by.

    `pairs` holds each result beside what `record.for_student` returns of it: only that is shown, the whole
    result decides whether there is a grade, and under which ids it is found. Raises CannotExport.
    """
    if folder.exists() and not folder.is_dir():
        raise CannotExport(f"{folder}: this is a file: --gradescope takes a folder to write into")
    given = [(whole, shown, grades.grade(whole, terms)) for whole, shown in pairs]
    handed = [(whole, shown, grade.text) for whole, shown, grade in given if grade.text]
    written = {
        folder / whole.student / "results.json": _json(document(shown, float(text)))
        for whole, shown, text in handed
    }
    without = by_reason((grade.why, whole.student) for whole, _, grade in given if not grade.text)
    on_top = grades.above(
        ((whole.student, text, grades.exact(whole.possible)) for whole, _, text in handed), "Gradescope"
    )
    notes = (*filter(None, [on_top]), *_left(folder, set(written)))
    written[folder / INDEX] = _index([whole for whole, _, _ in handed])
    return Outcome(folder, written, f"{counted(len(handed), 'result')}, and {INDEX}", without, notes)


def document(result: Result, score: float) -> dict[str, Any]:
    """Return a student's results.json. `score` counts, whatever the tests add up to: it knows of lateness."""
    tests = [test for part in result.parts for test in _tests(part)]
    return {
        "score": score,
        "output": _text("\n".join(_summary(result, score))),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": WHEN,
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def _summary(result: Result, score: float) -> list[str]:
    lines = [f"{result.title}: {marks.unrounded(score)} of {marks.unrounded(result.possible)} points."]
    if result.pending > 0:
        lines.append(f"{marks.unrounded(result.pending)} points still wait for a person.")
    given = [one for part in result.parts for one in part.bonuses if one.earned]
    lines += [f"{marks.unrounded(one.earned)} on top of what is possible: {one.reason}" for one in given]
    if result.lateness and result.lateness.told:
        lines.append(result.lateness.told)
    return [*lines, *result.notes]


def _tests(part: PartResult) -> list[dict[str, Any]]:
    entries: list[CheckResult | RubricResult] = [*part.checks, *part.rubric]
    return [_test(f"{part.id}.{place}", part, entry) for place, entry in enumerate(entries, 1)]


def _test(number: str, part: PartResult, entry: CheckResult | RubricResult) -> dict[str, Any]:
    """Return one line of Gradescope's list. What is undecided has no score there: a 0 would look like one."""
    if isinstance(entry, RubricResult):
        name = entry.criterion or "an explanation in words"  # the course may not show its rubric
    else:
        name = entry.title or entry.name
    test: dict[str, Any] = {"number": number, "name": _text(f"{part.title}: {name}"), "name_format": "text"}
    if entry.status not in _UNDECIDED:
        test |= {"score": entry.earned, "max_score": entry.possible}
        test["status"] = "passed" if entry.earned >= entry.possible else "failed"
    return test | {"output": _text(_output(entry)), "output_format": "text", "visibility": WHEN}


def _output(entry: CheckResult | RubricResult) -> str:
    said = "\n".join(filter(None, (_SAID.get(entry.status, ""), _correction(entry))))
    if isinstance(entry, RubricResult):
        return "\n".join(filter(None, (said, entry.comment)))
    lines = (
        said,
        entry.message,
        *([entry.traceback] if isinstance(entry, CheckResult) else []),
        f"Read as: {entry.actual}" if entry.actual else "",
        f"Expected: {entry.expected}" if entry.expected else "",
        f"Hint: {entry.hint}" if entry.hint else "",
        *(f"Note: {note}" for note in entry.notes),
    )
    return "\n".join(filter(None, lines))


def _correction(entry: CheckResult | RubricResult) -> str:
    """Return the course's reason for points that it gave after it had graded, '' where it gave none."""
    label = corrections.label(entry)
    return f"{label}: {entry.corrected.reason}" if entry.corrected and label else ""


def _text(text: str) -> str:
    """Return text without what moves a cursor or turns a line round, and not longer than is read."""
    plain = "".join(char if char in "\n\t" or char.isprintable() else "�" for char in text)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}\n[…]"


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _index(results: Sequence[Result]) -> bytes:
    """Return whose file is whose: Gradescope's submission number, the address, the file."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(("submission", "email", "file"))
    for result in results:
        number = re.search(r"[0-9]{1,18}\s*$", result.who.get("gradescope", ""))
        ids = (number[0].strip() if number else "", cell(result.who.get("email", "")))
        out.writerow((*ids, cell(f"{result.student}/results.json")))
    return text.getvalue().encode()


def _left(folder: Path, written: set[Path]) -> tuple[str, ...]:
    """Say which files of an earlier export are no longer meant."""
    there = sorted(folder.glob("*/results.json")) if folder.is_dir() else []
    old = [path.parent.name for path in there if path not in written]
    return (f"Left by an earlier export, and not to be handed over: {', '.join(old)}",) if old else ()
