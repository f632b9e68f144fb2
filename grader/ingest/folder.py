"""A folder, or a single file -> the files in it. Links are not followed."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from grader.ingest.contents import WHOLE, Contents, unread
from grader.ingest.entry import MAX_FILE, UNREAD, Entry, Kind, kind_of
from grader.ingest.text import safe_name

MAX_FILES = 200
MAX_SEEN = 20_000  # entries looked at, junk included
MAX_DEPTH = 20
MAX_TOTAL = 200_000_000  # bytes


def entries(root: Path) -> Iterator[Entry | Contents]:
    """Yield the files below a folder in the order of their names, and a leftover for each unreadable one."""
    files, total = 0, 0
    for path, name in _walk(root):
        if name is None:
            yield unread(path, "this folder could not be read whole: too deep, too full or closed")
            continue
        kind = kind_of(PurePosixPath(path))
        if kind is Kind.JUNK:
            continue
        files += 1
        if files > MAX_FILES:
            yield unread(WHOLE, f"more than {MAX_FILES} files: the others were not read")
            return
        found = _file(name, safe_name(path), kind, MAX_TOTAL - total)
        total += len(found.data) if isinstance(found, Entry) else 0
        yield found


def single(path: Path) -> Entry | Contents:
    """Return a file that is a submission by itself."""
    kind = kind_of(PurePosixPath(path.name.lstrip(".") or "file"))
    return _file(path.resolve(), safe_name(path.name), kind, MAX_TOTAL)


def _walk(root: Path) -> Iterator[tuple[str, Path | None]]:
    """Yield relative paths and files. A folder that cannot be read whole comes with None."""
    folders: list[tuple[str, Path]] = [("", root)]
    seen = 0
    while folders:
        below, folder = folders.pop()
        try:
            listed = sorted(entry.name for entry in folder.iterdir())[: MAX_SEEN + 1]
        except OSError:
            listed = None
        if listed is None or below.count("/") > MAX_DEPTH or seen + len(listed) > MAX_SEEN:
            yield safe_name(below.rstrip("/") or WHOLE), None
            continue
        seen += len(listed)
        for name in listed:
            path = folder / name
            if path.is_symlink() or not path.is_dir():
                yield below + name, path
            elif kind_of(PurePosixPath(below + name, "_.md")) is not Kind.JUNK:
                folders.append((f"{below}{name}/", path))


def _file(path: Path, name: str, kind: Kind, left: int) -> Entry | Contents:
    """Read a plain file. A pipe or a device is never opened: it could block for ever."""
    try:
        state = path.lstat()
        if stat.S_ISLNK(state.st_mode):
            return unread(name, "it is a link, and links are not followed")
        if not stat.S_ISREG(state.st_mode):
            return unread(name, "it is no plain file")
        too_large = state.st_size > min(MAX_FILE, left)
        if not kind.read and (kind is not Kind.DATA or too_large):
            return Entry(name, kind, UNREAD if state.st_size else b"")
        if too_large:
            return unread(name, "it is larger than a submission may be")
        return Entry(name, kind, path.read_bytes())
    except OSError:
        return unread(name, "it could not be opened")
