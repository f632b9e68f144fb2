"""Places on a PDF's pages -> pictures of them for a page: drawn by us, grey, bounded in number and size."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.crops import Crop
from grader.ingest.pdf.page import Box, Page
from grader.ingest.pdf.reader import Drawn, drawn

MOST = 8  # pictures of one file
LARGEST = 50_000  # bytes of one
ALTOGETHER = 120_000  # bytes of all: a page of ours stays below 500 kB
WIDE, HIGH, SCALE = 800, 1000, 1.6  # pixels, and pixels for a point
MARGIN = 8.0  # points around what could not be read
# How many shades of grey, and how many pixels are made one: the first that is small enough is taken.
_COARSER = ((16, 1), (4, 1), (16, 2), (4, 2), (2, 2))


@dataclass(frozen=True)
class Wanted:
    """A place that a person has to see, the whole page where there is no box."""

    part: str
    page: int
    why: str
    box: Box | None = None


def crops(data: bytes, file: str, pages: Sequence[Page], wanted: Sequence[Wanted]) -> tuple[Crop, ...]:
    """Return pictures of the places, as many as there is room for."""
    sizes = {page.number: page for page in pages if page.width > 0 and page.height > 0}
    asked = [one for one in dict.fromkeys(wanted) if one.page in sizes][:MOST]
    places = [_place(sizes[one.page], one.box) for one in asked]
    left = ALTOGETHER
    found: list[Crop] = []
    for picture in drawn(data, places):
        one = asked[picture.place]
        for width, height, png in _encoded(picture):
            if len(png) <= min(left, LARGEST):
                left -= len(png)
                text = base64.b64encode(png).decode("ascii")
                found.append(Crop(one.part, file, one.page, one.why, width, height, text))
                break
    return tuple(found)


def _place(page: Page, box: Box | None) -> tuple[int, Box, float]:
    box = box or Box(0, 0, page.width, page.height)
    x0, top = (
        max(0.0, min(box.x0 - MARGIN, page.width - 40)),
        max(0.0, min(box.top - MARGIN, page.height - 20)),
    )
    x1, bottom = min(page.width, box.x1 + MARGIN), min(page.height, box.bottom + MARGIN)
    x1, bottom = max(x1, min(page.width, x0 + 40)), max(bottom, min(page.height, top + 20))
    scale = min(SCALE, WIDE / (x1 - x0), HIGH / (bottom - top))
    return page.number, Box(x0, top, x1, bottom), scale


def _encoded(picture: Drawn) -> Iterator[tuple[int, int, bytes]]:
    """Yield (width, height, PNG), each coarser than the one before."""
    import numpy as np

    grey = np.frombuffer(picture.grey, np.uint8).reshape(picture.height, picture.width)
    for shades, side in _COARSER:
        height, width = (length // side for length in grey.shape)
        if not (height and width):
            return
        tiles = grey[: height * side, : width * side].reshape(height, side, width, side)
        step = 255 / (shades - 1)
        pixels = (np.round(tiles.mean(axis=(1, 3)) / step) * step).astype(np.uint8)
        lines = np.insert(pixels, 0, 0, axis=1).tobytes()  # each begins with its filter: none
        yield width, height, _png(width, height, lines)


def _png(width: int, height: int, lines: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
