"""OUT -> OUT/marking, where each marker has a file; one process at a time for what they share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import local

FOLDER = "marking"
ENDING = ".jsonl"
FILE = f"{FOLDER}/{{}}{ENDING}"  # of a marker, as sentences name it
_mine = local()  # the folders that this thread holds already


class BadBook(Exception):
    """A marker's file cannot be used now. The message names it, says why, and the way out."""


def folder_of(out: Path) -> Path:
    """Return where the files are. Raises BadBook for a link: what lies elsewhere is not the class's own."""
    folder = out / FOLDER
    if folder.is_symlink():
        raise BadBook(f"{folder}: a link to elsewhere. Put a folder of the class in its place.")
    return folder


def made(out: Path) -> Path:
    """Return the folder, which is there then. Raises BadBook, OSError."""
    folder = folder_of(out)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def one_at_a_time(out: Path) -> Iterator[None]:
    """Let only one process of this machine write what markers share; wait for it.

    A thread that holds it already goes on. Raises BadBook, OSError.
    """
    folder, held = made(out), vars(_mine).setdefault("held", set())
    if folder in held:
        yield
        return
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    held.add(folder)
    try:
        with suppress(ImportError, OSError):  # Windows; a disk of another machine that has no locks
            fcntl = import_module("fcntl")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        held.discard(folder)
        os.close(lock)
