"""A class of two with a hidden check and a criterion, and how it is published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader import published, record
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.published import Manifest
from grader.scoring import of_part, of_result


def result(student: str = "ada", status: Status = Status.PASSED, points: float = 2.0) -> Result:
    """Return a result with a check, a hidden one and a criterion that waits."""
    checks = (
        CheckResult("open", status, "Open.", earned=points, possible=2.0, message="so", expected="SECRET"),
        CheckResult("secret_one", Status.PASSED, hidden=True, category="more", earned=1.0, possible=1.0),
    )
    part = of_part(PartResult("1A", "One", 0, 4.0, 0, checks, rubric=(RubricResult("says why", 1.0),)))
    return of_result(replace(Result("lab", "Lab", student, 0, 4.0, 0, (part,)), attention=("look",)))


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Manifest]:
    """Return what publishes results as the next number into a folder."""

    def publish(*results: Result, out: Path = tmp_path) -> Manifest:
        last = published.last(out)
        number, before = (last.number + 1, last.checksum) if last else (1, "")
        head = Manifest(number, "2026-12-01T14:05:00+00:00", "lab", before, 0, ())
        return published.add(out, head, ((record.for_student(one), b"<p>page") for one in results))

    return publish
