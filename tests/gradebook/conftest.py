"""Reports folders as `grader grade` writes them, without grading anything."""

from pathlib import Path

import pytest

from grader import atomic, record, report
from grader.datatypes import CheckResult, Lateness, PartResult, Result, Status


def graded(student: str, earned=17.25, *, possible=20.0, pending=0.0, who=None, late=0.0, **more) -> Result:
    """Return a result of two checks and what waits."""
    waiting = more.pop("waiting", Status.PENDING)
    checks = (
        CheckResult("kernel", Status.PASSED, "The size of the kernel.", earned=earned, possible=earned),
        CheckResult(
            *("stride", Status.FAILED, "The stride."),
            message="A stride of 2 skips every other pixel.",
            expected="SECRET",
            actual="2",
            possible=possible - earned - pending,
        ),
    )
    if pending:
        checks += (CheckResult("why", waiting, "Why.", possible=pending),)
    parts = (PartResult("3B", "Convolution", earned, possible, pending, checks=checks),)
    lateness = (
        Lateness("2026-03-02T00:30:00+00:00", "2026-03-01T23:59:00+00:00", 0.52, late, "late")
        if late
        else None
    )
    return Result(
        *("ps4", "CS 155 Set 4", student, earned, possible, pending, parts),
        who=who or {},
        lateness=lateness,
        **more,
    )


def write_reports(folder: Path, results) -> Path:
    for result in results:
        atomic.write(record.dump(result), folder / "staff" / result.student / "result.json")
        page = report.student_page(record.for_student(result))
        atomic.write(page, folder / "students" / result.student / "index.html")
    return folder


@pytest.fixture(scope="session")
def make():
    return graded


@pytest.fixture
def reports(tmp_path):
    """Return what writes results into a reports folder and returns it."""
    return lambda *results: write_reports(tmp_path / "reports", results)
