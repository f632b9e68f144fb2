"""OUT/regrade_requests.csv on disk: read, written only over what was read, by student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from grader import atomic
from grader.marking import BadMarks, Complaint, key
from grader.marking.records import MEND
from grader.marking.regular import bytes_of
from grader.requests.sheet import Answer, Request, Sheet, answered, parse, render

NAME = "regrade_requests.csv"
MOST_BYTES = 20_000_000
ByStudent = Mapping[str, tuple[Request, ...]]  # a student, as `marking.key` writes it -> their requests


class BadRequests(BadMarks):
    """regrade_requests.csv cannot be used. The message names the file, the lines, the way out."""


def lines(out: Path, complaints: Iterable[Complaint]) -> tuple[str, ...]:
    """Return complaints in the order of the file, each as a line that names it."""
    ordered = sorted(complaints, key=lambda complaint: complaint.line)
    return tuple(f"{out / NAME}: {complaint}" for complaint in ordered)


def raw(out: Path) -> bytes | None:
    """Return what lies there now, None for no file. Raises BadRequests."""
    path = out / NAME
    try:
        if path.is_symlink():
            raise BadRequests(f"{path}: a link to elsewhere. Put the file itself in its place.")
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            most = f"{MOST_BYTES // 1_000_000} MB"
            raise BadRequests(f"{path}: more than {most}: take out what was answered long ago")
        return bytes_of(path)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise BadRequests(f"{path}: {fault.strerror or fault}. {MEND}") from None


def read(out: Path) -> tuple[Sheet, bytes | None]:
    """Read the file. Raises BadRequests for what is wrong in it, by line and column."""
    found = raw(out)
    sheet, wrong = parse(found or b"")
    if wrong:
        raise BadRequests("\n".join(lines(out, wrong)))
    return sheet, found


def write(sheet: Sheet, out: Path, seen: bytes | None) -> None:
    """Write the file over the bytes that were read. Raises BadRequests for other bytes, OSError."""
    text = render(sheet)
    if raw(out) != seen:
        raise BadRequests(f"{out / NAME}: changed while it was read, and left as it is: try again")
    atomic.write(text, out / NAME)


def all_in(out: Path) -> tuple[Request, ...]:
    """Return all requests, in the order of the file; () where there is no file. Raises BadRequests."""
    stamp = _stamp(out)
    return _all(out, *stamp) if stamp else ()


def open_in(out: Path) -> tuple[Request, ...]:
    """Return the requests that nobody has decided; () where there is no file. Raises BadRequests."""
    return tuple(request for request in all_in(out) if not request.decision)


def current(out: Path) -> ByStudent:
    """Return what students ask now, by student. Raises BadRequests for what is wrong in the file."""
    stamp = _stamp(out)
    return _by_student(out, *stamp) if stamp else {}


def _stamp(out: Path) -> tuple[int, int] | None:
    try:
        found = (out / NAME).lstat()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise BadRequests(f"{out / NAME}: {fault.strerror or fault}. {MEND}") from None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=2)
def _all(out: Path, _changed: int, _size: int) -> tuple[Request, ...]:
    """Read the file once a process and state."""
    return tuple(record.request for record in read(out)[0].records)


@lru_cache(maxsize=2)
def _by_student(out: Path, changed: int, size: int) -> ByStudent:
    found: dict[str, tuple[Request, ...]] = {}
    for request in _all(out, changed, size):
        found[key(request.student)] = (*found.get(key(request.student), ()), request)
    return found


def forget(out: Path, student: str) -> int:
    """Take a student's requests out; return how many. Raises BadRequests, OSError."""
    sheet, seen = read(out)
    stay = tuple(one for one in sheet.records if key(one.request.student) != key(student))
    if len(stay) < len(sheet.records):
        write(replace(sheet, records=stay), out, seen)
    return len(sheet.records) - len(stay)


def fill(out: Path, answers: Mapping[Request, Answer]) -> None:
    """Put answers to these very requests into the file; with none it is left alone.

    Raises BadRequests, OSError.
    """
    if not answers:
        return
    sheet, seen = read(out)
    own = enumerate(record.request for record in sheet.records)
    write(answered(sheet, {number: answers[one] for number, one in own if one in answers}), out, seen)


def ids(requests: Sequence[Request]) -> tuple[str, ...]:
    """Return what stands for each request wherever no name may: the same as long as its words are."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for request in requests:
        own = (key(request.student), key(request.part), " ".join(request.text.split()))
        seen[own] += 1
        text = "\n".join((*own, str(seen[own])))
        found.append(sha256(text.encode(errors="replace")).hexdigest()[:20])
    return tuple(found)


def answer(out: Path, request: Request, decision: str, by: str, old: str, new: str) -> None:
    """Fill in what is decided about a request now; it is on disk when this returns.

    Raises BadRequests where it is not there any more, or was answered meanwhile, or the file changed while
    it was read; OSError.
    """
    sheet, seen = read(out)
    own = [record.request for record in sheet.records]
    places = [number for number, one in enumerate(own) if one == request]
    if not places:
        told = "this request is not there any more as it was: look at it once more"
        raise BadRequests(f"{out / NAME}: line {request.line}: {told}")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    place = min(places, key=lambda number: abs(own[number].line - request.line))
    write(answered(sheet, {place: Answer(decision, by, old, new, now)}), out, seen)
