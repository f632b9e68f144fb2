"""Result -> a student's code as the page shows it: coloured, numbered, the places where it stopped marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from grader.datatypes import Result
from grader.report.coloured import Piece, coloured
from grader.report.folded import MOST_BLANK
from grader.report.places import Place, place
from grader.report.visible import visible

MOST_SHOWN = 150_000  # characters of all code of a page
MOST_COLOURED = 64_000  # characters of a page: a fifth of a second; what comes after them is plain
_LINE = 10  # characters that a line counts for besides its own
_LONGEST = 1_000  # characters shown of a line
_BEFORE, _AFTER = 3, 2  # lines around the one that is marked


@dataclass(frozen=True)
class Line:
    """A line of code. `said` is what the error said that stopped it; `blank` lines after it are left out."""

    number: int
    pieces: tuple[Piece, ...]
    said: str = ""
    blank: int = 0


@dataclass(frozen=True)
class Listing:
    """A piece of code. `label` is what messages call it; `left_out` counts lines.

    `more` counts the pieces after it that there is no room for; their lines are among those left out.
    """

    file: str
    label: str
    lines: tuple[Line, ...]
    left_out: int = 0
    more: int = 0

    @property
    def stops(self) -> tuple[int, ...]:
        """The numbers of the lines that are marked."""
        return tuple(line.number for line in self.lines if line.said)


@dataclass(frozen=True)
class Listings:
    """All code of a page."""

    parts: Mapping[str, tuple[Listing, ...]]  # by part
    others: tuple[Listing, ...]  # that stands under no part
    excerpts: Mapping[str, Listing]  # by check: the lines around the one in which it stopped

    @property
    def files(self) -> Mapping[str, tuple[Listing, ...]]:
        """The others by file; under '' what there was no room for."""
        names = dict.fromkeys(listing.file for listing in self.others)
        return {name: tuple(one for one in self.others if one.file == name) for name in names}


@dataclass(frozen=True)
class _Source:
    """Code as it was given, in lines as Python counts them."""

    part: str | None
    file: str
    label: str
    lines: tuple[str, ...]


def listings(result: Result, limit: int, pieces: int) -> Listings:
    """Return the code of a result: at most `limit` characters of each part and each file, so many pieces."""
    sources = list(_sources(result))
    stops = list(_stops(result, sources))
    said = {(number, found.line): found.said for _, number, found in stops}
    shown = list(_shown(sources, said, limit, pieces))
    parts: dict[str | None, list[Listing]] = {}
    for source, listing in zip(sources, shown, strict=True):
        parts.setdefault(source.part, []).append(listing)
    return Listings(
        parts={part: _gathered(pieces) for part, pieces in parts.items() if part is not None},
        others=_gathered(parts.get(None, ())),
        excerpts={check: _excerpt(sources[number], shown[number], found) for check, number, found in stops},
    )


def _gathered(shown: Sequence[Listing]) -> tuple[Listing, ...]:
    """Return the pieces that have a line, and one for all others of a file, or of files that have none."""
    kept = [replace(listing, lines=tuple(_folded(listing.lines))) for listing in shown if listing.lines]
    files = {listing.file for listing in kept}
    empty: dict[str, list[Listing]] = {}
    for listing in shown:
        if not listing.lines:
            empty.setdefault(listing.file if listing.file in files else "", []).append(listing)
    rest = (
        Listing(file, "", (), sum(listing.left_out for listing in listings), len(listings))
        for file, listings in empty.items()
    )
    return (*kept, *rest)


def _folded(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with one in place of a run of blank ones."""
    for is_blank, group in groupby(lines, lambda line: not "".join(text for _, text in line.pieces).strip()):
        run = list(group)
        if is_blank and len(run) > MOST_BLANK:
            yield replace(run[0], blank=len(run) - 1)
        else:
            yield from run


def _sources(result: Result) -> Iterator[_Source]:
    for part in result.parts:
        labels = (*part.labels, *[""] * len(part.code))
        for label, code in zip(labels, part.code, strict=False):
            yield _Source(part.id, "", label, _split(code))
    for shown in result.code:
        yield _Source(None, shown.file, shown.label, _split(shown.text))


def _split(code: str) -> tuple[str, ...]:
    return tuple(code.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n"))


# ---- where it stopped ------------------------------------------------------------------------


def _stops(result: Result, sources: Sequence[_Source]) -> Iterator[tuple[str, int, Place]]:
    """Yield each check that stopped in a line that is here, the number of its source, and the place."""
    for check in (check for part in result.parts for check in part.checks):
        found = place(check.traceback)
        number = _source_of(found, sources) if found else None
        if found and number is not None:
            yield check.name, number, found


def _source_of(found: Place, sources: Sequence[_Source]) -> int | None:
    """Return the source in which a place lies: two notebooks may both have a third cell."""
    there = [
        number
        for number, source in enumerate(sources)
        if source.label == found.label and 0 < found.line <= len(source.lines)
    ]
    alike = [number for number in there if sources[number].lines[found.line - 1].strip() == found.source]
    return (alike or there)[0] if alike or len(there) == 1 else None


# ---- what of it is shown ---------------------------------------------------------------------


def _shown(
    sources: Sequence[_Source], said: Mapping[tuple[int, int], str], limit: int, pieces: int
) -> Iterator[Listing]:
    """Yield a listing for each source, of what its part or file and the page have room for."""
    room: dict[object, int] = {}
    left, colour = MOST_SHOWN, MOST_COLOURED
    for number, source in enumerate(sources):
        key = source.part if source.part is not None else number
        fits = min(room.setdefault(key, limit), left) * (pieces > 0)
        lines = _first(source.lines, fits)
        size = sum(len(line) + _LINE for line in lines)
        room[key], left, colour = room[key] - size, left - size, colour - size
        pieces -= bool(lines)
        marks = {line: text for (of, line), text in said.items() if of == number}
        yield Listing(
            source.file,
            source.label,
            _lines(lines, 1, marks, plain=colour < 0),
            len(source.lines) - len(lines),
        )


def _first(lines: Sequence[str], limit: int) -> list[str]:
    """Return the lines that there is room for; many short ones take room too."""
    found: list[str] = []
    for line in lines:
        limit -= min(len(line), _LONGEST) + _LINE
        if limit < 0:
            break
        found.append(_cut(line))
    return found


def _cut(line: str) -> str:
    more = len(line) - _LONGEST
    return f"{line[:_LONGEST]} [… {more:,} more characters]" if more > 0 else line


def _lines(
    lines: Sequence[str], first: int, said: Mapping[int, str], *, plain: bool = False
) -> tuple[Line, ...]:
    if not lines:
        return ()
    text = "\n".join(lines)
    clean = visible(text, 10 * len(text)).split("\n")
    pieces = [(("", line),) for line in clean] if plain else coloured(clean)
    return tuple(
        Line(number, piece, said.get(number, "")) for number, piece in enumerate(pieces, start=first)
    )


def _excerpt(source: _Source, listing: Listing, found: Place) -> Listing:
    """Return the lines around a place, of the listing where they are in it, with its mark and no other."""
    first = max(1, found.line - _BEFORE)
    last = min(len(source.lines), found.line + _AFTER)
    lines = listing.lines[first - 1 : last]
    if last > len(listing.lines):
        lines = _lines(
            [_cut(line) for line in source.lines[first - 1 : last]], first, {found.line: found.said}
        )
    marked = (replace(line, said=found.said if line.number == found.line else "") for line in lines)
    return replace(listing, lines=tuple(marked), left_out=0)
