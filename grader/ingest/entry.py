"""A file's name -> what kind of thing it is: read, ignored, or for a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

MAX_FILE = 20_000_000  # bytes
UNREAD = b"-"  # stands for the content of a file that is not empty and of no interest


class Kind(Enum):
    """What is done with a file, by its name alone."""

    WRITEUP = "write-up"
    NOTEBOOK = "notebook"
    MODULE = "module"
    PDF = "PDF"
    ZIP = "zip"
    DATA = "data"  # ignored, and said so
    JUNK = "junk"  # what machines leave lying about
    OTHER = "other"  # could hold an answer: a person has to look

    @property
    def read(self) -> bool:
        """Say whether the file's content matters."""
        return self not in {Kind.DATA, Kind.JUNK, Kind.OTHER}


@dataclass(frozen=True)
class Entry:
    """A file that was handed in. `name` is relative and safe to show."""

    name: str
    kind: Kind
    data: bytes = b""


_SUFFIXES = {
    Kind.WRITEUP: ".md .markdown .txt .text .rst .tex",
    Kind.NOTEBOOK: ".ipynb",
    Kind.MODULE: ".py",
    Kind.PDF: ".pdf",
    Kind.ZIP: ".zip",
    Kind.DATA: ".npz .npy .csv .tsv .json .h5 .hdf5 .keras .weights .pkl .pt .pth .ckpt"
    " .yml .yaml .log .toml .cfg .ini .lock .bib .sty .cls .aux .toc",
    Kind.JUNK: ".pyc .pyo .swp .tmp",
}
_BY_SUFFIX = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_JUNK_FOLDERS = frozenset({"__pycache__", "__MACOSX", "node_modules", "site-packages"})
_JUNK_FILES = frozenset({"thumbs.db", "desktop.ini"})
_DATA_FILES = frozenset({"requirements.txt", "makefile", "license", "license.txt"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".heic"})


def kind_of(path: PurePath) -> Kind:
    """Return what is done with a file at a path below the submission."""
    name = path.name.casefold()
    hidden = any(step.startswith(".") and step not in {".", ".."} for step in path.parts)
    if hidden or name in _JUNK_FILES or not _JUNK_FOLDERS.isdisjoint(path.parts):
        return Kind.JUNK
    if name in _DATA_FILES:
        return Kind.DATA
    return _BY_SUFFIX.get(path.suffix.casefold().strip(), Kind.OTHER)
