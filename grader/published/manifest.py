"""published.json <-> Manifest: whose marks were shown, under one checksum that stays when one is forgotten.

Each student's entry has a digest, and the checksum is that of all digests and of what is said of the whole.
Whoever is forgotten leaves the digest behind: it was made with a secret of the entry's own that went with the
entry, so that nobody can find out by trying names whose it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

import msgspec

from grader.changes import Marks

FORMAT = 1
NAME = "published.json"


class Broken(Exception):
    """A manifest is not as it was written. The message says what is wrong."""


@dataclass(frozen=True)
class Shown:
    """What a student was shown. Points are unrounded; `page` and `record` are the SHA-256 of the files."""

    student: str
    total: float  # what coming late costs taken off
    pending: float
    possible: float
    parts: Mapping[str, Marks]
    page: str
    record: str
    secret: str  # goes into the digest alone

    @property
    def digest(self) -> str:
        """The digest of all of it."""
        return _digest(asdict(self))


@dataclass(frozen=True)
class Manifest:
    """One publication of a class."""

    number: int  # from 1
    when: str  # ISO 8601, UTC
    assignment: str
    before: str  # the checksum of the publication before it, empty for the first
    requests: int  # regrade requests that were open, and published despite
    students: tuple[Shown, ...]  # sorted by name
    forgotten: tuple[str, ...] = ()  # the digests of who was forgotten since, sorted
    checksum: str = ""
    format: int = FORMAT

    def of(self, student: str) -> Shown | None:
        """Return what a student was shown, None where nothing was."""
        return next((one for one in self.students if one.student == student), None)


def sealed(manifest: Manifest) -> Manifest:
    """Return the manifest with its checksum."""
    return replace(manifest, checksum=_checksum(manifest))


def without(manifest: Manifest, student: str) -> Manifest:
    """Return the manifest without a student; its checksum is the same."""
    gone = [one.digest for one in manifest.students if one.student == student]
    stay = tuple(one for one in manifest.students if one.student != student)
    return replace(manifest, students=stay, forgotten=tuple(sorted((*manifest.forgotten, *gone))))


def dump(manifest: Manifest) -> bytes:
    """Write a manifest as JSON, always in the same bytes."""
    return (json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n").encode()


def load(data: bytes) -> Manifest:
    """Read a manifest. Raises Broken for any byte that is another than it was."""
    try:
        _refuse_newer(msgspec.json.decode(data))
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeError) as fault:
        raise Broken(str(fault)) from None
    except RecursionError:
        raise Broken("nested too deeply") from None
    names = [one.student for one in manifest.students]
    if len(set(names)) < len(names) or not all(map(_is_plain, names)):
        raise Broken("a student's name stands twice in it, or leads elsewhere")
    if manifest.checksum != _checksum(manifest):
        raise Broken("its checksum is not that of what it holds")
    if dump(manifest) != data:
        raise Broken("it is written otherwise than the grader writes it")
    return manifest


def _refuse_newer(raw: Any) -> None:
    number = raw.get("format") if isinstance(raw, dict) else None
    if isinstance(number, int) and number > FORMAT:
        raise Broken(f"it is of format {number}, and this grader knows {FORMAT}: use a newer grader")


def _is_plain(name: str) -> bool:
    """Return whether a name is that of a folder, and leads nowhere else."""
    return name not in {"", ".", ".."} and not set(name) & set("/\\\0")


def _checksum(manifest: Manifest) -> str:
    whole = asdict(replace(manifest, students=(), forgotten=(), checksum=""))
    digests = sorted((*(one.digest for one in manifest.students), *manifest.forgotten))
    return _digest({**whole, "forgotten": digests})


def _digest(value: Mapping[str, Any]) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
