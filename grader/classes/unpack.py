"""(Handed, a folder) -> the student's files in it, and what could not be unpacked."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterable
from itertools import count
from pathlib import Path, PurePosixPath

from grader.classes import online_text
from grader.classes.fault import BadClass, Unreadable
from grader.classes.listing import Member
from grader.datatypes import Leftover
from grader.ingest import text
from grader.ingest.archive import MAX_ENTRIES, MAX_UNPACKED
from grader.ingest.entry import Kind, kind_of
from grader.roster import safe_name

MARK = ".unpacked"  # a folder that holds this file was made here and may be removed
_TYPED = frozenset({"onlinetext.html", "_text.html"})  # as Moodle and Canvas call what was typed in
_DEEPEST = 12


def workplace(folder: Path) -> Path:
    """Make an empty private folder for unpacked submissions. Raises BadClass where it is somebody else's."""
    if folder.is_symlink() or (folder.exists() and not (folder / MARK).is_file()):
        raise BadClass(
            f"{folder}: submissions are unpacked there, and something else is there already. "
            "Move it away, or choose another --out"
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    (folder / MARK).write_text("made by grader: removed and made again\n", encoding="utf-8")
    return folder


def unpack(files: Iterable[tuple[str, Member]], folder: Path) -> tuple[Leftover, ...]:
    """Write a student's files below `folder`, which is made; return a leftover for each that could not be.

    Names become safe and stay apart. Limits are those of one submission, whatever the others hand in.
    """
    folder.mkdir(mode=0o700, parents=True)
    left, unread = MAX_UNPACKED, []
    taken: dict[str, int] = {}
    wanted = ((name, member) for name, member in files if kind_of(PurePosixPath(name)) is not Kind.JUNK)
    for number, (name, member) in enumerate(wanted):
        try:
            if number >= MAX_ENTRIES:
                raise Unreadable(f"more than {MAX_ENTRIES} files: the others were not unpacked")  # noqa: TRY301
            data = member.read(left)
            left -= len(data)
            unread += _put(folder, _apart(name, taken), data, name)
        except Unreadable as reason:
            unread.append(Leftover(text.safe_name(name), str(reason)))
            if number >= MAX_ENTRIES:
                break
    return tuple(unread)


def _put(folder: Path, path: PurePosixPath, data: bytes, name: str) -> list[Leftover]:
    """Write one file; what was typed in becomes text. Returns what only a person can read of it."""
    unread = []
    if name in _TYPED:
        html = text.decoded(data)[0]
        if len(html) > online_text.MAX_HTML:
            raise Unreadable("the text typed in is longer than any answer")
        path, data = path.with_name("online text.md"), _typed(html)
        if online_text.has_picture(html):
            unread.append(Leftover("online text.md", "a picture was put in: a person has to look"))
    if name == "_link.html":
        raise Unreadable("a web address was handed in: a person has to open it")
    target = folder / path
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except (FileExistsError, NotADirectoryError):
        raise Unreadable("it has the name of something else that was handed in") from None
    return unread


def _typed(html: str) -> bytes:
    """Return what was typed in as text. Raises Unreadable, whatever goes wrong: the class goes on."""
    try:
        return online_text.text(html).encode()
    except Exception as fault:  # noqa: BLE001
        raise Unreadable(f"what was typed in cannot be read as a page ({type(fault).__name__})") from None


def _apart(name: str, taken: dict[str, int]) -> PurePosixPath:
    """Return a path whose steps are safe, and which no disk takes for one before it.

    `taken` holds of each path the last number it bore, so that many of one name are counted on from there.
    """
    steps = [step for step in name.split("/") if step not in {"", "."}][-_DEEPEST:] or ["file"]
    folder = PurePosixPath(*(safe_name(step) for step in steps[:-1]))
    stem, ending = _halves(steps[-1])
    plain = _on_disk(folder / f"{stem}{ending}")
    for number in count(taken.get(plain, 0) + 1):
        path = folder / (f"{stem}{ending}" if number == 1 else f"{stem} ({number}){ending}")
        key = _on_disk(path)
        if key not in taken:
            taken |= {key: 1, plain: number}
            return path
    raise AssertionError


def _on_disk(path: PurePosixPath) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def _halves(name: str) -> tuple[str, str]:
    """Split a safe file name before its ending, and shorten it there: the ending says what it is."""
    ending = PurePosixPath(name).suffix
    ending = safe_name(ending[1:]) if 1 < len(ending) <= 12 else ""
    stem = safe_name(name[: -len(ending) - 1] if ending else name)
    return stem, f".{ending}" if ending else ""
