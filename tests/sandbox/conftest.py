"""code strings -> Students, closed when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import Student

Make = Callable[..., Student]


@pytest.fixture
def doors() -> Iterator[list[Student]]:
    """Close every student of a test, whatever happens in it."""
    opened: list[Student] = []
    yield opened
    for student in opened:
        student.close()


@pytest.fixture
def module(doors: list[Student]) -> Make:
    """Give a Student of a module `ps4.py` with the code; keywords are its limits."""

    def make(code: str, file: str = "ps4.py", **limits: float) -> Student:
        doors.append(Student(CodeFile(Source.MODULE, file, (Cell(1, code),)), Limits(**limits)))
        return doors[-1]

    return make


@pytest.fixture
def notebook(doors: list[Student]) -> Make:
    """Give a Student of a notebook with a cell for each code; keywords are its limits."""

    def make(*codes: str, **limits: float) -> Student:
        cells = tuple(Cell(number, code) for number, code in enumerate(codes, start=1))
        doors.append(Student(CodeFile(Source.NOTEBOOK, "hw.ipynb", cells), Limits(**limits)))
        return doors[-1]

    return make
