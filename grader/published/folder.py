"""OUT <-> OUT/published: a numbered folder for each publication, and what stands in the last one."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from grader import atomic, record
from grader.changes import Marks, changes
from grader.datatypes import Result
from grader.published import manifest as manifests
from grader.published.manifest import NAME, Broken, Manifest, Shown

FOLDER = "published"
LARGEST = 64_000_000  # bytes of a file of ours; all are far smaller
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
Page = tuple[Result, bytes]  # a result that was redacted, and the page that was made of it


class BadPublished(Exception):
    """What was published cannot be read. The message names the file and the way out."""


# ---- what is there ---------------------------------------------------------------------------


def folder_of(out: Path, number: int) -> Path:
    """Return where a publication lies."""
    return out / FOLDER / str(number)


def page_of(student: str) -> str:
    """Return where a student's page lies in a publication."""
    return f"students/{student}/index.html"


def record_of(student: str) -> str:
    """Return where the record that a student was shown lies in a publication."""
    return f"students/{student}/result.json"


def numbers(out: Path) -> tuple[int, ...]:
    """Return the numbers of what was published, in order. Raises BadPublished for a link."""
    above = out / FOLDER
    if above.is_symlink():
        raise BadPublished(f"{above}: a link to elsewhere. Put the folder itself in its place.")
    names = [path.name for path in above.iterdir()] if above.is_dir() else []
    return tuple(sorted(int(name) for name in names if _NUMBER.fullmatch(name)))


def last(out: Path) -> Manifest | None:
    """Return what was published last, None where nothing was. Raises BadPublished."""
    found = numbers(out)
    return manifest_in(out, found[-1]) if found else None


def manifest_in(out: Path, number: int) -> Manifest:
    """Read the manifest of a publication. Raises BadPublished."""
    path = folder_of(out, number) / NAME
    try:
        return _numbered(path, number)
    except (Broken, OSError) as fault:
        why = fault.strerror if isinstance(fault, OSError) and fault.strerror else fault
        raise BadPublished(
            f"{path}: {why}. What students were shown is not known for sure: put back a copy of the folder, "
            f"or move {path.parent} away. `grader publish {out} --check` looks at all of them."
        ) from None


def _numbered(path: Path, number: int) -> Manifest:
    if path.parent.is_symlink():
        raise Broken("its folder is a link to elsewhere")
    manifest = manifests.load(bytes_of(path))
    if manifest.number != number:
        raise Broken(f"this is the manifest of number {manifest.number}, in another's folder")
    return manifest


def record_in(out: Path, manifest: Manifest, student: str) -> Result | None:
    """Return the record that a student was shown, None where it is not there as it was."""
    shown = manifest.of(student)
    with suppress(OSError, record.BadRecord, UnicodeError):
        data = bytes_of(folder_of(out, manifest.number) / record_of(student))
        if shown and sha256(data).hexdigest() == shown.record:
            return record.load(data.decode())
    return None


def bytes_of(path: Path) -> bytes:
    """Return what a file of ours holds. Raises OSError, also for a link, a pipe and what is far too large."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise OSError(0, "no file of the grader's: a pipe, a folder, or far too large", str(path))
        return file.read()


# ---- another one -----------------------------------------------------------------------------


def add(out: Path, head: Manifest, pages: Iterable[Page]) -> Manifest:
    """Freeze what students are shown, whole or not at all. Raises OSError.

    `head`: the publication without its students. `pages` are asked for one by one.
    """
    _clear_torn(out)
    done: list[Manifest] = []
    atomic.write_folder(_files(head, pages, done), folder_of(out, head.number))
    return done[0]


def _files(head: Manifest, pages: Iterable[Page], done: list[Manifest]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a publication, and at last the manifest, which is put into `done` too."""
    students: list[Shown] = []
    for result, page in pages:
        data = record.dump(result).encode()
        yield page_of(result.student), page
        yield record_of(result.student), data
        students.append(_shown(result, page, data))
    students.sort(key=lambda one: one.student)
    done.append(manifests.sealed(replace(head, students=tuple(students))))
    yield NAME, manifests.dump(done[0])


def _clear_torn(out: Path) -> None:
    """Remove what a publication, or a manifest without somebody, had begun when the machine stopped."""
    for folder in (out / FOLDER, *(folder_of(out, number) for number in numbers(out))):
        atomic.clear_torn(folder)


def _shown(result: Result, page: bytes, data: bytes) -> Shown:
    return Shown(
        result.student,
        float(result.total),
        float(result.pending),
        float(result.possible),
        marks_of(result),
        sha256(page).hexdigest(),
        sha256(data).hexdigest(),
        secrets.token_hex(32),
    )


def marks_of(result: Result) -> dict[str, Marks]:
    """Return the points of each part, by what counts as a change of them."""
    found = {change.part: change.after for change in changes(replace(result, parts=()), result)}
    return {
        part: Marks(float(marks.earned), float(marks.pending), float(marks.possible))
        for part, marks in found.items()
        if marks
    }


# ---- without one -----------------------------------------------------------------------------


def knows(out: Path, student: str) -> bool:
    """Return whether anything of a student was published. Raises BadPublished."""
    all_ = [manifest_in(out, number) for number in numbers(out)]
    return any(one.of(student) or _theirs(out, one.number, student) for one in all_)


def forget(out: Path, student: str) -> tuple[Path, ...]:
    """Remove a student from all that was published; all checksums stay. Return the folders that are gone.

    Given again after the machine stopped in between, it removes the rest. Raises BadPublished, OSError.
    """
    _clear_torn(out)
    gone = []
    for one in [manifest_in(out, number) for number in numbers(out)]:
        for theirs in _theirs(out, one.number, student):
            if theirs.is_dir() and not theirs.is_symlink():
                shutil.rmtree(theirs)
            else:
                theirs.unlink()  # somebody put it there; what a link leads to is not ours
            gone.append(theirs)
        if one.of(student):
            path = folder_of(out, one.number) / NAME
            atomic.write_bytes(manifests.dump(manifests.without(one, student)), path)
            path.chmod(atomic.READ_ONLY)
    return tuple(gone)


def _theirs(out: Path, number: int, student: str) -> list[Path]:
    """Return what has a student's name in a publication: a name that leads elsewhere is nobody's."""
    above = folder_of(out, number) / "students"
    inside = above.iterdir() if above.is_dir() and not above.is_symlink() else ()
    return [path for path in inside if path.name == student]
