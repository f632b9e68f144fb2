"""OUT/marks.csv on disk: read, written only over what was read, applied to whatever is graded into OUT."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from grader import atomic
from grader.datatypes import Result
from grader.marking.apply import NAME, apply
from grader.marking.marks import Marks, of
from grader.marking.records import MEND, BadMarks, Complaint
from grader.marking.regular import bytes_of
from grader.marking.rubric import NAME as RUBRIC
from grader.marking.rubric import read_rubric
from grader.marking.sheet import Sheet, parse, render


def lines(out: Path, complaints: Iterable[Complaint]) -> tuple[str, ...]:
    """Return complaints in the order of the file, each as a line that names it."""
    ordered = sorted(complaints, key=lambda complaint: complaint.line)
    return tuple(f"{out / NAME}: {complaint}" for complaint in ordered)


def raw(out: Path) -> bytes | None:
    """Return what lies there now, None for no file. Raises BadMarks."""
    try:
        return bytes_of(out / NAME)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise BadMarks(f"{out / NAME}: {fault.strerror or fault}. {MEND}") from None


def read(out: Path) -> tuple[Sheet, Marks, bytes | None]:
    """Read the file for a class that is to be graded or marked. Raises BadMarks for what is wrong in it."""
    found = raw(out)
    sheet, torn = parse(found or b"")
    marks, wrong = of(sheet, read_rubric(out))
    if torn or wrong:
        raise BadMarks("\n".join(lines(out, (*torn, *wrong))))
    return sheet, marks, found


def write(sheet: Sheet, out: Path, seen: bytes | None) -> None:
    """Write the file over the bytes that were read, None for no file. Raises BadMarks for other bytes."""
    text = render(sheet)
    if raw(out) != seen:
        raise BadMarks(f"{out / NAME}: changed while it was read, and left as it is: give the command again")
    atomic.write(text, out / NAME)


def kept(result: Result, out: Path) -> Result:
    """Return a result with the marks that lie in OUT now. Raises BadMarks for what is wrong in the file."""
    return apply(result, current(out))


def current(out: Path) -> Marks:
    """Return the marks that lie in OUT now. Raises BadMarks for what is wrong in the file."""
    marks, rubric = _stamp(out / NAME), _stamp(out / RUBRIC)
    return _marks(out, marks, rubric) if marks else {}


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        now = file.stat()
    except FileNotFoundError:
        return None
    return now.st_mtime_ns, now.st_size


@lru_cache(maxsize=2)
def _marks(out: Path, _marks: tuple[int, int], _rubric: tuple[int, int] | None) -> Marks:
    """Read the file once a process and state: a class of thousands has tens of thousands of lines."""
    return read(out)[1]
