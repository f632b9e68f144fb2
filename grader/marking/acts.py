"""OUT/marking/<marker>.jsonl: what a marker did, a line an act, each on disk before it counts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import msgspec

from grader import atomic
from grader.marking.bounds import out_of_bounds
from grader.marking.comments import cut
from grader.marking.folder import ENDING, BadBook, folder_of, made
from grader.marking.given import Item
from grader.marking.marks import Place
from grader.marking.regular import bytes_of, only_a_file
from grader.marking.sheet import key

_NAME = re.compile(r"\w[\w .@-]{0,39}")


@dataclass(frozen=True)
class Given:
    """What an entry, a criterion or a check, was given."""

    item: str
    given: tuple[Item, ...] = ()
    comment: str = ""
    points: float | None = None  # set by hand, where that is not what its items come to


@dataclass(frozen=True)
class Worth:
    """A level that was added, whose worth was changed, or that was taken out."""

    part: str
    item: str
    name: str
    worth: float | None  # None: it was taken out
    before: float | None = None  # None: it was not there


@dataclass(frozen=True)
class Renamed:
    """A level that is called otherwise. Marks that were given before follow it."""

    part: str
    item: str
    before: str
    name: str


@dataclass(frozen=True)
class Settled:
    """A regrade request that was decided, by the name that `requests.ids` gives it."""

    request: str
    decision: str
    old: str  # points of the part
    new: str


@dataclass(frozen=True)
class Act:
    """A line of the file: an answer marked, a level changed, or an earlier act taken back."""

    when: str
    student: str = ""
    part: str = ""
    marks: tuple[Given, ...] = ()
    answer: str = ""  # how it began when it was marked
    who: str | None = None  # where it is not the file's own: copied from marks.csv before it was changed
    decides: bool = False  # between what markers gave
    worth: Worth | None = None
    undoes: int | None = None  # the number of an act, from 0
    settles: Settled | None = None
    renamed: Renamed | None = None


@dataclass(frozen=True)
class Stood:
    """The mark of one entry as a marker left it."""

    mark: Given
    who: str
    when: str
    answer: str = ""
    decides: bool = False


Acts = Sequence[Act]
_READ = msgspec.json.Decoder(Act)


# ---- what came of acts -----------------------------------------------------------------------


def undone(acts: Acts) -> frozenset[int]:
    """Return the numbers of acts that were taken back."""
    return frozenset(act.undoes for act in acts if act.undoes is not None)


def standing(acts: Acts, who: str) -> dict[Place, Stood]:
    """Return the marks that stand: of each entry the last one that was not taken back."""
    gone = undone(acts)
    kept = [act for number, act in enumerate(acts) if number not in gone]
    return {place_of(act, mark): _stood(act, mark, who) for act in kept for mark in act.marks}


def history(acts: Acts, who: str) -> dict[Place, list[Stood]]:
    """Return all marks that ever stood, also those that were taken back."""
    found: dict[Place, list[Stood]] = {}
    for act in acts:
        for mark in act.marks:
            found.setdefault(place_of(act, mark), []).append(_stood(act, mark, who))
    return found


def last(acts: Acts) -> int | None:
    """Return the number of the act that `undo` takes back next; None where there is none left."""
    gone = undone(acts)
    own = (
        number
        for number, act in enumerate(acts)
        if number not in gone and act.who is None and (act.marks or act.worth or act.settles or act.renamed)
    )
    return max(own, default=None)


def line_of(acts: Acts, where: Place) -> int:
    """Return the line, from 1, of the last act about an entry that was not taken back; 0 for none."""
    gone = undone(acts)
    lines = (
        number
        for number, act in enumerate(acts, start=1)
        if number - 1 not in gone and any(place_of(act, mark) == where for mark in act.marks)
    )
    return max(lines, default=0)


def place_of(act: Act, mark: Given) -> Place:
    """Return what a mark is about, as rows name it."""
    return (key(act.student), key(act.part), key(mark.item))


def _stood(act: Act, mark: Given, who: str) -> Stood:
    mark = replace(mark, comment=cut(mark.comment))
    return Stood(mark, who if act.who is None else act.who, act.when, act.answer, act.decides)


# ---- the files -------------------------------------------------------------------------------


def books(out: Path) -> dict[str, tuple[Act, ...]]:
    """Read the acts of all markers, by name. Raises OSError."""
    return {path.name.removesuffix(ENDING): read(path) for path in files(out)}


def files(out: Path) -> list[Path]:
    """List the markers' files, sorted. Raises BadBook where the folder lies elsewhere."""
    folder = folder_of(out)
    found = sorted(folder.glob(f"*{ENDING}")) if folder.is_dir() else []
    return [path for path in found if path.is_file() and not path.is_symlink() and path.name[0] != "."]


def read(path: Path) -> tuple[Act, ...]:
    """Return the acts of a file; one that is torn, since the machine stopped, is none. Raises BadBook."""
    return _acts(bytes_of(path), path)[0]


def _acts(raw: bytes, path: Path) -> tuple[tuple[Act, ...], int]:
    """Return whole acts, and the number of bytes that they take. Raises BadBook."""
    acts: list[Act] = []
    at = 0
    for line in raw.splitlines(keepends=True):
        act = _act(line)
        if act is None:
            break
        if told := out_of_bounds(act):
            raise BadBook(f"{path}: line {len(acts) + 1}: {told}. Mend it: nothing was changed.")
        acts.append(act)
        at += len(line)
    if b"\n" in raw[at:]:  # a line without its end is a crash, a whole one is somebody's hand
        raise BadBook(
            f"{path}: line {len(acts) + 1} cannot be read. Mend it or take it out: nothing was changed."
        )
    return tuple(acts), at


def _act(line: bytes) -> Act | None:
    with suppress(msgspec.MsgspecError, UnicodeError):
        return _READ.decode(line) if line.endswith(b"\n") else None
    return None


class Book:
    """A marker's own file, held by one process: nobody else writes there as long as it is open."""

    def __init__(self, out: Path, who: str) -> None:
        """Open it, and take off what a crash left torn. Raises BadBook, OSError."""
        if not _NAME.fullmatch(who):
            raise BadBook(f"{who!r} is no name for a file: use letters, digits, spaces and “. _ - @”")
        folder = made(out)
        self.who, self.path = who, folder / f"{who}{ENDING}"
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.open(self.path, flags, 0o600)
        try:
            _lock(self._file, who)
            only_a_file(self._file, self.path)
            acts, whole = _acts(bytes_of(self.path), self.path)
            os.ftruncate(self._file, whole)
            _on_disk(folder)
        except BaseException:
            os.close(self._file)
            raise
        self.acts: list[Act] = list(acts)

    def add(self, acts: Iterable[Act]) -> None:
        """Append acts; they are on disk when this returns. Raises OSError: then none of them counts."""
        new = list(acts)
        before = os.fstat(self._file).st_size
        try:
            _write(self._file, b"".join(map(_line, new)))
            os.fsync(self._file)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file, before)  # a full disk: half a line is no act
            raise
        self.acts += new

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


def _write(file: int, data: bytes) -> None:
    """Write all of it: a system may take a part at a time."""
    while data:
        data = data[os.write(file, data) :]


def _on_disk(folder: Path) -> None:
    """See to it that the file is found in its folder after a power cut, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _lock(file: int, who: str) -> None:
    try:
        fcntl = import_module("fcntl")
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BadBook(
            f"{who} is marking here already, in another window: go on there, or close it. "
            "Somebody else gives their own name: --as NAME."
        ) from None
    except OSError:  # a disk of another machine that has no locks
        return


def forget(out: Path, student: str) -> None:
    """Take a student out of all markers' files. Raises BadBook where one is open, OSError."""
    gone = key(student)
    for path in files(out):
        if not any(key(act.student) == gone for act in read(path)):
            continue
        book = Book(out, path.name.removesuffix(ENDING))
        try:  # acts are taken back by number: those that go leave a line behind
            kept = (Act(act.when) if key(act.student) == gone else act for act in book.acts)
            atomic.write_bytes(b"".join(map(_line, kept)), path)
        finally:
            book.close()


def _line(act: Act) -> bytes:
    return msgspec.json.encode(act) + b"\n"
