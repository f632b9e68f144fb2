"""A text -> the shapes written out in it: (30, 30, 12), 30 x 30 x 12, "30, 30, 12" on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from .expressions import parse, value_of, whole
from .levels import Candidate
from .reading import Torn
from .tokens import Token, tokens_of

Shape = tuple[int, ...]
RANKS = 8
_BATCH = re.compile(r"none|\?|batch(?:[_ ]?size)?|n|m|b|-1", re.IGNORECASE)


def shown(value: Shape) -> str:
    """Return "30 × 30 × 12", or "(480,)" for a single axis."""
    return " × ".join(map(str, value)) if len(value) != 1 else f"({value[0]},)"


def written_out(text: str, rank: int | None) -> list[Candidate[Shape]]:
    """Return every shape that is written out. Torn: a comma may mark thousands, and rank does not tell."""
    return (
        _bracketed(text, rank) + _products(text, tokens_of(text, words=True, integers=True)) + _listed(text)
    )


def _of_sides(start: int, end: int, sides: Sequence[int | None]) -> Candidate[Shape] | None:
    """Return a candidate from sizes of axes; None stands for a batch axis, which may only come first."""
    known = tuple(side for side in sides if side is not None)
    batch = bool(sides) and sides[0] is None
    if not known or len(known) != len(sides) - batch or len(known) > RANKS or any(side < 0 for side in known):
        return None
    notes = ("a batch axis in front was left out",) if batch else ()
    return Candidate(start, end, known, shown(known), notes=notes)


_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{0,160}(?:\([^()\[\]\n]{0,40}\)[^()\[\]\n]{0,60}){0,6})[)\]]")
_CALL = re.compile(r"[A-Za-z_]\w*$")
_SHAPED = re.compile(r"(?:shape|size|reshape|dims?)$", re.IGNORECASE)


def _bracketed(text: str, rank: int | None) -> list[Candidate[Shape]]:
    found = []
    for match in _BRACKET.finditer(text):
        called = _CALL.search(text[max(0, match.start() - 24) : match.start()])
        if "," not in match[1] and ";" not in match[1] and not re.search(r"\d[ ]+\d", match[1]):
            continue
        if called and not _SHAPED.search(called[0]):
            continue
        candidate = _of_sides(match.start(), match.end(), _sides(match[1], rank))
        if candidate:
            found.append(candidate)
    return found


def _sides(inside: str, rank: int | None) -> list[int | None]:
    """Return the sizes between brackets, [] where they are no sizes. Torn: a comma may mark thousands."""
    if "," not in inside and ";" not in inside:
        pieces = inside.split()
    else:
        pieces = _grouped(re.split(r"([,;]\s*)", inside.strip().rstrip(",; ")), rank)
    sides: list[int | None] = []
    for piece in pieces:
        side = None if _BATCH.fullmatch(piece.strip()) else _side(piece)
        if side is None and not _BATCH.fullmatch(piece.strip()):
            return []
        sides.append(side)
    return sides if len(sides) > 1 or "," in inside else []


def _grouped(parts: list[str], rank: int | None) -> list[str]:
    """Join "50,000" again in "(50,000, 480)": pieces and separators alternate in parts."""
    pieces, marks = parts[::2], parts[1::2]
    joined, unsure = [pieces[0]], False
    spaced = any(mark != "," for mark in marks)
    for mark, piece in zip(marks, pieces[1:], strict=True):
        may = mark == "," and re.fullmatch(r"\d{3}", piece) and re.search(r"(?<!\d)[1-9]\d{0,2}$", joined[-1])
        if may and (piece.startswith("0") or spaced):
            unsure |= not piece.startswith("0")
            joined[-1] += piece
        else:
            joined.append(piece)
    if unsure:
        if rank not in (len(joined), len(pieces)):
            raise Torn(" × ".join(pieces), " × ".join(joined))
        return joined if rank == len(joined) else pieces
    return joined


def _side(piece: str) -> int | None:
    tokens = tokens_of(piece.strip(), words=True, integers=True)
    node = (
        whole(tokens) if tokens and not any(token.doubt or token.kind == "unit" for token in tokens) else None
    )
    value = value_of(node) if node is not None else Fraction(1, 2)
    return int(value) if value.denominator == 1 else None


def _products(text: str, tokens: list[Token]) -> list[Candidate[Shape]]:
    found: list[Candidate[Shape]] = []
    at = 0
    while at < len(tokens):
        end, sides = _product(tokens, at)
        start = at
        at = max(end, at + 1)
        whole_one = len(sides) > 1 and not _goes_on(tokens, start, end)
        candidate = _of_sides(tokens[start].start, tokens[end - 1].end, sides) if whole_one else None
        if candidate and found and re.fullmatch(r"\s*=\s*", text[found[-1].end : candidate.start]):
            candidate = _equated(found.pop(), candidate)
        if candidate:
            found.append(candidate)
    return found


def _equated(left: Candidate[Shape], right: Candidate[Shape]) -> Candidate[Shape]:
    doubts = () if left.value == right.value else (left.read_as,)
    return replace(right, start=left.start, equation=True, doubts=(*left.doubts, *doubts))


def _product(tokens: list[Token], at: int) -> tuple[int, list[int | None]]:
    """Return the end and the sizes of a × b × c from a token on."""
    sides: list[int | None] = []
    while at < len(tokens):
        side, after = _factor(tokens, at, first=not sides)
        if after == at:
            break
        sides.append(side)
        at = after
        if at < len(tokens) and tokens[at].kind == "unit" and tokens[at].text.startswith("("):
            at += 1  # 28 (height) x 28 (width)
        if at >= len(tokens) or tokens[at].text not in ("×", "*", "x", "X", "by", "-by-"):
            return at, sides
        at += 1
    return at, []


def _factor(tokens: list[Token], at: int, *, first: bool) -> tuple[int | None, int]:
    """A number or a bracket; a batch axis may stand first."""
    token = tokens[at]
    if first and token.kind in ("unit", "word", "other") and _BATCH.fullmatch(token.text):
        return None, at + 1
    if token.kind == "num" and token.value is not None and token.value.denominator == 1 and not token.doubt:
        return int(token.value), at + 1
    if token.text == "(":
        inner = parse(tokens, at + 1)
        closed = inner and inner[1] < len(tokens) and tokens[inner[1]].text == ")"
        if inner and closed and value_of(inner[0]).denominator == 1:
            return int(value_of(inner[0])), inner[1] + 1
    return None, at


def _goes_on(tokens: list[Token], start: int, end: int) -> bool:
    """Say whether the product is a piece of some arithmetic, or a * b = number."""
    before = tokens[start - 1] if start else None
    after = tokens[end] if end < len(tokens) else None
    glued = before is not None and before.end == tokens[start].start
    if before and before.kind == "op" and before.text not in "=≈":
        return not (before.text in "*-" and not glued)
    if before and glued and before.kind in ("word", "unit", "num"):
        return True
    if after is None:
        return False
    if after.kind == "op" and after.text not in "=≈":
        return not (after.text == "-" and end + 1 < len(tokens) and tokens[end + 1].kind != "num")
    stars = any(token.text == "*" for token in tokens[start:end])
    cut = after.start == tokens[end - 1].end and after.kind in ("word", "unit", "num")
    return cut or (stars and after.text == "=")


_LIST = re.compile(
    r"(?:^|[:=]|\b(?:is|are|shape|size"
    r"|dimensions?)\b)[ \t$]*(\d{1,7}(?:,[ \t]+\d{1,7}|(?:,[ \t]*\d{1,7}){2}){1,4})[ \t$]*\.?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


def _listed(text: str) -> list[Candidate[Shape]]:
    """Read "30, 30, 12" at the end of a line."""
    found = []
    for match in _LIST.finditer(text):
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+", match[1]):
            continue  # 50,000,480
        value = tuple(int(side) for side in re.split(r",\s*", match[1]))
        found.append(Candidate(match.start(1), match.end(1), value, shown(value)))
    return found
