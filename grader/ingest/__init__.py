"""Whatever a student handed in -> Submission. Nothing of it is run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from grader.datatypes import Assignment, CodeFile, Submission
from grader.ingest import archive, folder, module, notebook, pdf, writeup
from grader.ingest.contents import WHOLE, Contents, together, unread
from grader.ingest.course import Course, course
from grader.ingest.entry import PICTURES, UNREAD, Entry, Kind

__all__ = ["WHOLE", "digest", "needs_keras", "read", "trainings", "trains"]

_KERAS = re.compile(rb"\b(?:import|from)\s+(?:tensorflow|keras)\b")
MAX_EACH = 12  # files of one kind: each notebook, module or PDF may take seconds
_READERS = {
    Kind.WRITEUP: writeup.read,
    Kind.NOTEBOOK: notebook.read,
    Kind.MODULE: module.read,
    Kind.PDF: pdf.read,
}


def read(path: Path, assignment: Assignment, student: str) -> Submission:
    """Read a student's folder or file, and sort it by the assignment's parts.

    All parts are read, whichever are asked for: a heading that is not known is text of the part above it.
    Raises FileNotFoundError; whatever else cannot be read is a leftover.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file or folder")
    sections = course(assignment)
    files = tuple(_limited(_distinct(_files(path))))
    beside = {
        file.name: file.data
        for file in files
        if isinstance(file, Entry) and file.kind in {Kind.MODULE, Kind.DATA} and file.data != UNREAD
    }
    found = together(_sorted_out(file, sections) for file in files)
    return Submission(
        student=student,
        path=path,
        answers=found.answers,
        code=tuple(sorted(found.code, key=lambda code: not _is_contract(code, assignment))),
        leftovers=tuple(left for left in found.leftovers if not _shown(left.file, found)),
        notes=found.notes,
        files=beside,
        crops=found.crops,
        empty=not files,
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of what `read` would read of a submission, names and bytes."""
    told = sha256()
    for found in [folder.single(path)] if not path.is_dir() else folder.entries(path):
        if isinstance(found, Entry):
            told.update(f"{found.name}\n{len(found.data)}\n".encode("utf-8", "replace") + found.data)
        else:
            told.update(f"{found.leftovers}\n".encode("utf-8", "replace"))
    return told.hexdigest()


def trainings(path: Path) -> int:
    """Return how many calls of `fit` stand in a submission: about so long will it take."""
    return sum(data.count(b".fit(") for data in _at_a_glance(path))


def needs_keras(path: Path) -> bool:
    """Return whether a submission's code imports TensorFlow or Keras, as far as a glance can tell."""
    return any(_KERAS.search(data) for data in _at_a_glance(path))


def trains(path: Path) -> bool:
    """Return whether there are networks in a submission's code, as far as a glance can tell."""
    return trainings(path) > 0 or needs_keras(path)


def _at_a_glance(path: Path) -> Iterator[bytes]:
    """Yield what lies there to be read, zips unopened."""
    found = [folder.single(path)] if not path.is_dir() else folder.entries(path)
    return (one.data for one in found if isinstance(one, Entry) and one.kind.read)


def _files(path: Path) -> Iterator[Entry | Contents]:
    """Yield what was handed in, with a zip's files in the zip's place. A zip in a zip stays closed."""
    single = not path.is_dir()
    left = archive.MAX_UNPACKED
    for found in [folder.single(path)] if single else folder.entries(path):
        if isinstance(found, Entry) and found.kind is Kind.ZIP and found.data:
            for member in archive.entries(found.data, found.name, "" if single else f"{found.name}/", left):
                left -= len(member.data) if isinstance(member, Entry) else 0
                yield member
        else:
            yield found


def _limited(files: Iterable[Entry | Contents]) -> Iterator[Entry | Contents]:
    """Yield no more files of a kind than a submission has."""
    seen: Counter[Kind] = Counter()
    for found in files:
        if isinstance(found, Entry) and found.kind.read:
            seen[found.kind] += 1
            if seen[found.kind] > MAX_EACH:
                yield unread(found.name, "one file too many for a submission: it was not read")
                continue
        yield found


def _distinct(files: Iterable[Entry | Contents]) -> Iterator[Entry | Contents]:
    """Leave out a file that is the same as one before: a folder beside its own zip."""
    first: dict[tuple[Kind, bytes], str] = {}
    for found in files:
        if isinstance(found, Entry) and found.kind.read and found.data:
            earlier = first.setdefault((found.kind, sha256(found.data).digest()), found.name)
            if earlier != found.name:
                yield Contents(notes=(f"{found.name}: the same as {earlier}",))
                continue
        yield found


def _sorted_out(found: Entry | Contents, sections: Course) -> Contents:
    """Read one file by its kind."""
    if isinstance(found, Contents):
        return found
    if not found.data:
        return Contents()
    if found.kind in _READERS:
        return _READERS[found.kind](found.data, found.name, sections)
    if found.kind is Kind.DATA:
        return Contents(notes=(f"{found.name}: not read, it looks like data or settings",))
    if found.kind is Kind.ZIP:
        return unread(found.name, "a zip inside a zip: a person has to look")
    return unread(found.name, "this is a kind of file the grader does not read: a person has to look")


def _is_contract(code: CodeFile, assignment: Assignment) -> bool:
    return PurePosixPath(code.file).name.casefold() == f"{assignment.id}.py".casefold()


def _shown(file: str, found: Contents) -> bool:
    """Say whether a picture is one that an answer shows: it is listed there."""
    path = PurePosixPath(file)
    if path.suffix.casefold() not in PICTURES:
        return False
    return any(PurePosixPath(name).name == path.name for answer in found.answers for name in answer.images)
