"""A zip's bytes -> the files in it, read into memory: nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from grader.ingest.contents import Contents, unread
from grader.ingest.entry import MAX_FILE, UNREAD, Entry, Kind, kind_of
from grader.ingest.text import safe_name

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200_000_000  # bytes of all files together
MAX_RATIO = 200  # unpacked to packed; text and JSON stay below 100
_SMALL = 1_000_000  # bytes below which any ratio is harmless
_MEMBER = b"PK\x01\x02"  # each entry of a zip's list of files begins so
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,  # a method of packing that Python has not
    RuntimeError,  # a password
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


def entries(data: bytes, file: str, inside: str = "", left: int = MAX_UNPACKED) -> Iterator[Entry | Contents]:
    """Yield the files of a zip, and a leftover for each that could not be read.

    `inside` is put before the members' names; `left` is how many bytes they may have together.
    Paths that leave the zip, links and bombs are not read.
    """
    if data.count(_MEMBER) > MAX_ENTRIES:
        yield unread(file, f"this zip lists more than {MAX_ENTRIES} files")
        return
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in packed.infolist() if not member.filename.endswith("/")]
    except FAULTS:
        yield unread(file, "this zip could not be opened: it is damaged or no zip")
        return
    for member in members:
        name = safe_name(inside + member.orig_filename)
        kind = kind_of(PurePosixPath(member.orig_filename.replace("\\", "/")))
        if kind is Kind.JUNK:
            continue
        if reason := refusal(member, left):
            yield unread(name, reason)
            continue
        content = unpacked(packed, member) if kind.read or kind is Kind.DATA else UNREAD
        left -= len(content or b"")
        yield (
            unread(name, "this file in a zip is damaged or needs a password")
            if content is None
            else Entry(name, kind, content)
        )


def refusal(member: zipfile.ZipInfo, left: int, largest: int = MAX_FILE) -> str:
    """Return why a member is not to be read, or ''. `largest`: the bytes that a file of its kind may have."""
    path = member.orig_filename.replace("\\", "/")
    if "\0" in path or path.startswith("/") or ".." in path.split("/") or path[1:2] == ":":
        return "its path leads out of the zip, so it was not read"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link, and links are not followed"
    if member.file_size > largest:
        return "it is larger than a submission's file may be"
    packed = member.file_size > _SMALL and member.file_size > MAX_RATIO * max(1, member.compress_size)
    if packed and largest <= MAX_FILE:  # a learning system's own list may hold what students printed
        return "it unpacks to far more than any homework"
    if member.file_size > left:
        return "the zip unpacks to more than a submission may hold"
    return ""


def unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """Return a member's bytes, never more than its listed size says, or None."""
    try:
        with packed.open(member) as stream:
            return stream.read(member.file_size + 1)
    except FAULTS:
        return None
