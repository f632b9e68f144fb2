"""A page's objects, as pdfium has them -> where text stands that nobody sees. Part of child.py.

Boxes are [left, bottom, right, top] in the file's own points. Nothing of the grader is imported.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

INVISIBLE = frozenset({3, 7})  # modes of text that leave nothing on the page
FILLED = frozenset({0, 4})  # modes in which a letter has its fill's colour and no other
PALE = 60  # of 255: letters and ground that differ by less in all three colours are one to the eye
FAINT = 64  # of 255: a fill that hides nothing, letters that do not show
LEAST = 4.0  # points: a ground that is lower or narrower is a rule
CORNERS = 6  # of a path that is a rectangle
MOST_GROUNDS = 400
MOST_POINTS = 100  # of a path that clips
CUT = 3.0  # points that may be cut off a text's ends
WHITE = (255, 255, 255)

Sides = tuple[float, float, float, float]
Colour = tuple[int, int, int]


@dataclass
class Unseen:
    """What was found of a page. `ghosts`: text in a mode that paints nothing, as OCR adds it to scans."""

    boxes: list[Sides] = field(default_factory=list)
    ghosts: int = 0
    everywhere: bool = False  # some text is hidden where its place is not known


@dataclass(frozen=True)
class _Text:
    sides: Sides
    at: int


@dataclass(frozen=True)
class _Ground:
    """A rectangle or picture. `colour` is None where it has more than one."""

    sides: Sides
    at: int
    colour: Colour | None


def unseen(things: Iterable[Any]) -> Unseen:
    """Return which text of a page's objects, from the lowest to the topmost, does not show."""
    import pypdfium2.raw as pdfium

    found = Unseen()
    texts: list[_Text] = []
    grounds: list[_Ground] = []
    for at, thing in enumerate(things):
        if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            sides = thing.get_bounds()
            _judge(thing, sides, grounds, found)
            texts.append(_Text(sides, at))
        elif thing.level == 0 and len(grounds) < MOST_GROUNDS:
            grounds += _ground(thing, at)
    found.everywhere = found.everywhere or len(grounds) == MOST_GROUNDS
    found.boxes += [
        text.sides
        for text in texts
        for ground in grounds
        if ground.at > text.at and _meet(text.sides, ground)
    ]
    return found


def _judge(thing: Any, sides: Sides, grounds: list[_Ground], found: Unseen) -> None:
    """Note a text that does not show for its mode, colour or layer, or for what it is clipped to."""
    import pypdfium2.raw as pdfium

    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing.raw)
    found.ghosts += mode in INVISIBLE
    nested = thing.level > 0
    pale = mode in FILLED and _is_pale(thing, [] if nested else [g for g in grounds if _meet(sides, g)])
    if mode in INVISIBLE or pale or _is_in_a_layer(thing) or (not nested and _is_cut(thing, sides)):
        found.everywhere = found.everywhere or nested  # an object inside another has its place from there
        found.boxes.append(sides)


# ---- colour --------------------------------------------------------------------------------


def _fill(thing: Any) -> tuple[Colour, int] | None:
    """Return what a thing is filled with, and how much of what is below it that hides; None for patterns."""
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(thing.raw, red, green, blue, alpha):
        return None
    return (red.value, green.value, blue.value), alpha.value


def _is_pale(thing: Any, under: list[_Ground]) -> bool:
    filled = _fill(thing)
    if filled is None:
        return False
    colour, alpha = filled
    ground = under[-1].colour if under else WHITE
    if ground is None or alpha < FAINT:
        return True
    return all(abs(one - other) * alpha / 255 < PALE for one, other in zip(colour, ground, strict=True))


# ---- what lies over or under ---------------------------------------------------------------


def _ground(thing: Any, at: int) -> list[_Ground]:
    """Return a picture, or a rectangle that is filled, as what may hide a text or lie under it."""
    import pypdfium2.raw as pdfium

    sides = thing.get_bounds()
    if min(sides[2] - sides[0], sides[3] - sides[1]) < LEAST:
        return []
    if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return [_Ground(sides, at, None)]
    if thing.type != pdfium.FPDF_PAGEOBJ_PATH or pdfium.FPDFPath_CountSegments(thing.raw) > CORNERS:
        return []
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing.raw, mode, stroked)
    filled = _fill(thing) if mode.value else None
    return [_Ground(sides, at, filled[0])] if filled and filled[1] >= FAINT else []


def _meet(sides: Sides, ground: _Ground) -> bool:
    """Say whether a ground lies under or over some letters of a text, not only along its edge."""
    left, bottom, right, top = sides
    x0, low, x1, high = ground.sides
    return min(right, x1) - max(left, x0) > 1 and min(top, high) - max(bottom, low) > 0.4 * (top - bottom)


# ---- clips and layers ----------------------------------------------------------------------


def _is_cut(thing: Any, sides: Sides) -> bool:
    """Say whether a text is clipped so that letters of it are cut off."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(thing.raw)
    left, bottom, right, top = sides
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = _points(clip, path)
        if not points:
            continue
        across, up = zip(*points, strict=True)
        wide = min(right, max(across)) - max(left, min(across))
        high = min(top, max(up)) - max(bottom, min(up))
        if wide < right - left - CUT or high < 0.5 * (top - bottom):
            return True
    return False


def _points(clip: Any, path: int) -> list[tuple[float, float]]:
    import pypdfium2.raw as pdfium

    points = []
    for index in range(min(MOST_POINTS, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
        x, y = ctypes.c_float(), ctypes.c_float()
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            points.append((x.value, y.value))
    return points


def _is_in_a_layer(thing: Any) -> bool:
    """Say whether a text belongs to a layer, which viewers can switch off."""
    import pypdfium2.raw as pdfium

    for index in range(min(20, pdfium.FPDFPageObj_CountMarks(thing.raw))):
        name, length = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(thing.raw, index)
        pdfium.FPDFPageObjMark_GetName(mark, name, 16, length)
        if length.value == 6 and bytes(map(int, name[:2])) == b"OC":
            return True
    return False
