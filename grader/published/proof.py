"""OUT/published -> each file in it that is not as it was published, a line each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from grader.published.folder import (
    FOLDER,
    BadPublished,
    bytes_of,
    folder_of,
    manifest_in,
    numbers,
    page_of,
    record_of,
)
from grader.published.manifest import NAME, Manifest

_TORN = re.compile(r"\.[0-9a-f]{16}\.part")  # the machine stopped: no harm, and the next one removes it


def complaints(out: Path) -> Iterator[str]:
    """Say what was changed, is missing or was added. Raises BadPublished where nothing can be looked at."""
    before = ""
    found = numbers(out)
    for number in range(1, max(found, default=0) + 1):
        if number not in found:
            yield f"{folder_of(out, number)}: missing, all of it"
            continue
        try:
            manifest = manifest_in(out, number)
        except BadPublished as fault:
            yield str(fault)
            before = ""
            continue
        if before and manifest.before != before:
            yield f"{folder_of(out, number)}: published after another number {number - 1} than the one there"
        before = manifest.checksum
        yield from _files(folder_of(out, number), manifest)
    yield from _strangers(out, found)


def _files(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Hold the files of a publication against its manifest."""
    expected = {
        folder / of(one.student): digest
        for one in manifest.students
        for of, digest in ((page_of, one.page), (record_of, one.record))
    }
    for path, digest in expected.items():
        if not os.path.lexists(path):
            yield f"{path}: missing"
        elif _digest(path) != digest:
            yield f"{path}: changed"
    yield from _added(folder, expected)


def _added(folder: Path, expected: Mapping[Path, str]) -> Iterator[str]:
    known = {folder / NAME, *expected}
    folders = {folder / "students", *(above for path in known for above in path.parents)}
    for path in sorted(folder.rglob("*")):
        if path not in known and (path not in folders or path.is_symlink()):
            yield f"{path}: added"


def _strangers(out: Path, found: tuple[int, ...]) -> Iterator[str]:
    above, known = out / FOLDER, set(map(str, found))
    for path in sorted(above.iterdir()) if above.is_dir() else ():
        if path.name not in known and not _TORN.fullmatch(path.name):
            yield f"{path}: added"


def _digest(path: Path) -> str:
    try:
        return sha256(bytes_of(path)).hexdigest()
    except OSError:
        return ""
