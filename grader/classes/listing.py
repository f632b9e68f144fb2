"""a zip or a folder -> the files in it, each with a way to read it under limits."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from grader.classes.fault import BadClass, Unreadable
from grader.ingest import archive
from grader.ingest.entry import MAX_FILE
from grader.roster import IGNORED

MAX_MEMBERS = 200_000  # of a whole class
_UTF8 = 0x800  # the flag of a member whose name says that it is UTF-8


@dataclass(frozen=True)
class Member:
    """A file of a class. `open` takes how many bytes it may have, and how many are left for all."""

    path: str  # as the zip or the folder writes it, with slashes
    open: Callable[[int, int], bytes]

    def read(self, left: int, largest: int = MAX_FILE) -> bytes:
        """Return the content. Raises Unreadable."""
        return self.open(left, largest)

    @property
    def top(self) -> str:
        """The first step of the path: what a system names after a student."""
        return self.path.split("/", 1)[0]

    @property
    def below(self) -> str:
        """The rest of the path, "" where the file lies at the top."""
        return self.path.partition("/")[2]


@contextmanager
def listed(path: Path) -> Iterator[tuple[Member, ...]]:
    """Yield the files of a zip or of a folder, sorted by path. Raises BadClass where it cannot be opened."""
    if path.is_dir():
        yield _sorted(_of_folder(path))
        return
    try:
        packed = zipfile.ZipFile(path)
    except archive.FAULTS as fault:
        raise BadClass(f"{path}: this zip cannot be opened ({fault}). Download it once more?") from None
    with packed:
        if len(packed.infolist()) > MAX_MEMBERS:
            raise BadClass(f"{path}: more than {MAX_MEMBERS:,} files are more than a class hands in")
        yield _sorted(_of_zip(packed))


def _sorted(members: Iterator[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: member.path))


def glimpsed(root: Path) -> tuple[Member, ...]:
    """Return what lies at the top of a folder and of the folders there, enough to know a system by."""
    paths = [*root.iterdir(), *root.glob("assignment_*_export/*")]
    names = (path.relative_to(root).as_posix() + "/" * path.is_dir() for path in paths)
    return tuple(Member(name, _never) for name in names if not is_junk(name))


def _never(_left: int, _largest: int) -> bytes:
    raise Unreadable("it was only looked at")


def is_junk(path: str) -> bool:
    """Say whether a path is what machines leave lying about: hidden, or a cache."""
    return any(step in IGNORED or step.startswith(("._", ".DS_Store")) for step in path.split("/"))


def _of_zip(packed: zipfile.ZipFile) -> Iterator[Member]:
    for info in packed.infolist():
        name = _name(info)
        if not (name.endswith("/") or is_junk(name)):
            yield Member(name, partial(_from_zip, packed, info))


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's path: UTF-8 also where its flag was forgotten, else code page 437 as zips say."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    return name.replace("\\", "/")


def _from_zip(packed: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, largest: int) -> bytes:
    if reason := archive.refusal(info, left, largest):
        raise Unreadable(reason)
    data = archive.unpacked(packed, info)
    if data is None:
        raise Unreadable("this file in the zip is damaged or needs a password")
    return data


def _of_folder(root: Path) -> Iterator[Member]:
    below = (path for path in root.rglob("*") if path.is_symlink() or not path.is_dir())
    files = list(islice(below, MAX_MEMBERS + 1))
    if len(files) > MAX_MEMBERS:
        raise BadClass(f"{root}: more than {MAX_MEMBERS:,} files are more than a class hands in")
    for path in files:
        name = path.relative_to(root).as_posix()
        if not is_junk(name):
            yield Member(name, partial(_from_folder, path))


def _from_folder(path: Path, left: int, largest: int) -> bytes:
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode):
            link = stat.S_ISLNK(state.st_mode)
            raise Unreadable("it is a link, and links are not followed" if link else "it is no plain file")
        if state.st_size > min(largest, left):
            raise Unreadable("it is larger than a submission may be")
        return path.read_bytes()
    except OSError as fault:
        raise Unreadable(f"it could not be opened: {fault.strerror}") from None
