"""a reports folder -> its pages made anew from the results alone; nothing is graded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader import graded, pipeline, published
from grader.datatypes import Result
from grader.record import BadRecord

GRADE_AGAIN = "Delete that file and grade again: `grader grade` writes it anew."


@dataclass(frozen=True)
class Rebuilt:
    """What came of it."""

    pages: int  # of students
    broken: tuple[str, ...]  # each result of which no page could be made: its file, why, and the way out
    others: tuple[str, ...] = ()  # whose marks are other than they were published


def rebuild(reports: Path, one_more: Callable[[], None] = lambda: None) -> Rebuilt:
    """Write each student's page and the class's from result.json; `one_more` is called after each student.

    One result at a time is in memory. Raises graded.NoReports, published.BadPublished, OSError.
    """
    shown = published.last(reports)
    results: list[Result] = []
    broken: list[str] = []
    for folder in graded.students(reports):
        try:
            results.append(_rebuilt(folder, reports))
        except BadRecord as fault:
            broken.append(f"{fault}\n  {GRADE_AGAIN}")
        graded.refuse_several(reports, results)
        one_more()
    class_ = pipeline.of_class(results, reports)
    pipeline.write_class_page(class_, reports)
    return Rebuilt(len(results), tuple(broken), published.others(shown, class_) if shown else ())


def _rebuilt(folder: Path, reports: Path) -> Result:
    """Write the page of one student; return what the class's page needs of the result. Raises BadRecord."""
    result = graded.result_in(folder)
    try:
        pipeline.write_page(result, reports)
    except OSError:
        raise
    except Exception as fault:  # noqa: BLE001  whatever no grader writes: it costs the others nothing
        why = f"{fault} ({type(fault).__name__}: no page can be made of it)"
        raise BadRecord(f"{folder / pipeline.RESULT}: {why}") from None
    return pipeline.light(result)
