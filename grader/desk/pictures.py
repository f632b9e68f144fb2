"""(folders, a student, the name of a picture) -> its bytes and kind; nothing else of the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

LARGEST = 20_000_000  # bytes
# By their first bytes, not by their names. No SVG: it is a document, and may hold scripts.
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def picture(folders: Sequence[Path], student: str, name: str) -> tuple[bytes, str] | None:
    """Return a picture that a student handed in, None where there is none that can be shown."""
    path = found(folders, student, name)
    if path is None:
        return None
    data = path.read_bytes()
    return data, next(kind for magic, kind in _KINDS.items() if data.startswith(magic))


def found(folders: Sequence[Path], student: str, name: str) -> Path | None:
    """Return where a student's picture lies, None where there is none that can be shown."""
    for path in _places(folders, student, name):
        if path.is_file() and path.stat().st_size <= LARGEST:
            with path.open("rb") as file:
                begins = file.read(16)
            if begins.startswith(tuple(_KINDS)):
                return path
    return None


def _places(folders: Sequence[Path], student: str, name: str) -> Iterator[Path]:
    """Yield where it may lie: below the student's own folder, no link on the way."""
    steps = PurePosixPath(name).parts
    if not steps or PurePosixPath(name).is_absolute() or ".." in steps or "\\" in name or "\0" in name:
        return
    for folder in folders:
        alone = folder / name  # handed in as one file, by which the student is called
        if len(steps) == 1 and alone.stem == student and not alone.is_symlink():
            yield alone
        home = folder / student
        if home.parent != folder or student == ".." or home.is_symlink() or not home.is_dir():
            continue
        for path in (home.joinpath(*steps), *sorted(home.glob(f"*/{_literal(steps[-1])}"))):
            if not path.is_symlink() and path.resolve().is_relative_to(home.resolve()):
                yield path


def _literal(name: str) -> str:
    """Return a name as glob takes it to the letter."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
