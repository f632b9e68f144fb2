"""Submission -> what tracebacks call each piece of its code, and the code that stands under no part."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import PurePath

from grader.datatypes import Answer, CodeFile, CodeShown, Source, Submission


def excerpts(submission: Submission) -> tuple[Answer, ...]:
    """Return the answers whose code is run as an excerpt: the write-ups', or else the PDFs'.

    A write-up and its PDF hold the same code, which is run once.
    """
    for source in (Source.WRITEUP, Source.PDF):
        found = tuple(answer for answer in submission.answers if answer.source is source)
        if any(answer.code for answer in found):
            return found
    return ()


def labels(submission: Submission) -> dict[Answer, tuple[str, ...]]:
    """Return for each answer what each piece of its code is called: "cell 3", '' where it is never run.

    The code of all write-ups is numbered through, as it is run.
    """
    numbers = count(1)
    return {answer: tuple(_labels(answer, submission, numbers)) for answer in submission.answers}


def _labels(answer: Answer, submission: Submission, numbers: Iterator[int]) -> Iterator[str]:
    cells = [
        cell
        for file in submission.code
        for cell in file.cells
        if (file.source, file.file, cell.part) == (answer.source, answer.file, answer.part)
    ]
    for code in answer.code:
        if answer in excerpts(submission):
            yield f"cell {next(numbers)}"
        elif cell := next((cell for cell in cells if cell.code == code), None):
            cells.remove(cell)
            yield f"cell {cell.number}"
        else:
            yield ""


def others(submission: Submission) -> tuple[CodeShown, ...]:
    """Return modules, and the cells of notebooks that stand under no part."""
    return tuple(shown for file in submission.code for shown in _others(file))


def _others(file: CodeFile) -> Iterator[CodeShown]:
    for cell in file.cells:
        if file.source is Source.MODULE:
            yield CodeShown(file.file, PurePath(file.file).name, cell.code)
        elif cell.part is None and cell.code.strip():
            yield CodeShown(file.file, f"cell {cell.number}", cell.code)
