"""Words around a shape -> a fuller shape: "30 x 30 with 12 channels", "vector of length 480"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .levels import Candidate
from .words import VALUES

Shape = tuple[int, ...]

_NUMBER = rf"(\d{{1,3}}(?:[ ,]\d{{3}})+|\d{{1,9}}|{'|'.join(VALUES)})"
_CHANNELS = r"(?:output |feature )?(?:channels?|feature[- ]maps?|activation[- ]maps?|maps?)"
_IMAGES = (
    r"(?:training |input |grayscale |gray |different )*(?:images?|examples?|samples?"
    r"|pictures?|arrays?|matrices|data ?points?|digits)"
)
_DEPTH_AFTER = re.compile(
    rf"^[\s$,(]{{0,3}}(?:(?:pixels?|outputs?|results?)\b[\s,]{{0,3}})?"
    rf"(?:(?:with|and|times|by|having|in|on|has|x|×|(?:for|in) (?:each"
    rf"|all) of(?: the)?|for(?: the| all)?)\s+){{0,2}}"
    rf"(?:(?:a |the )?(?:depth|channels|number of (?:channels|filters))\s*(?:of|=|:"
    rf"|is|equal to the number of (?:filters|channels),)?\s*{_NUMBER}\b|(?:a depth of )?{_NUMBER}[ -]"
    rf"(?:{_CHANNELS}|filters?|kernels?|deep\b))\)?",
    re.IGNORECASE,
)
_OF_SIZE = (
    r"\s*,?\s*(?:(?:each|all|that are|which are|with|having|of|are|being|in|the|a"
    r"|an)\s+){0,3}(?:size|shape|dimensions?)?\s*(?:of|=|:|is)?\s*[($\[]?\s*"
)
_MAPS_BEFORE = re.compile(rf"\b{_NUMBER}\s+(?:{_CHANNELS}){_OF_SIZE}$", re.IGNORECASE)
_IMAGES_BEFORE = re.compile(rf"\b{_NUMBER}\s+(?:{_IMAGES}){_OF_SIZE}$", re.IGNORECASE)
_AT_BEFORE = re.compile(r"\b(\d{1,9})\s?@\s?[(\[]?$")  # 12@30x30
_COUNT_BEFORE = re.compile(rf"\b{_NUMBER}\s+(?:of\s+)?\(?$", re.IGNORECASE)
_MAPS_AFTER = re.compile(rf"^\)?\s*(?:{_CHANNELS})\b", re.IGNORECASE)
_IMAGES_AFTER = re.compile(rf"^\)?\s*(?:{_IMAGES})\b", re.IGNORECASE)


def with_third(text: str, candidate: Candidate[Shape]) -> Candidate[Shape]:
    """Add to height × width the channels (last) or images (first) that the words around it count."""
    if len(candidate.value) != 2:
        return _doubted(text, candidate)
    before, after = (
        text[max(0, candidate.start - 120) : candidate.start],
        text[candidate.end : candidate.end + 120],
    )
    height_width, start = candidate.value, candidate.start - len(before)
    depth = _DEPTH_AFTER.match(after)
    if depth:
        value, end = (*height_width, _depth_of(depth)), candidate.end + depth.end()
        return _doubted(text, _grown(candidate, value, candidate.start, end), grown=True)
    found = (
        _AT_BEFORE.search(before)
        or _MAPS_BEFORE.search(before)
        or (_MAPS_AFTER.match(after) and _COUNT_BEFORE.search(before))
    )
    if found:
        return _grown(candidate, (*height_width, _int(found[1])), start + found.start(), candidate.end)
    found = _IMAGES_BEFORE.search(before) or (_IMAGES_AFTER.match(after) and _COUNT_BEFORE.search(before))
    if found and _int(found[1]) > 1:  # "one example is (1, 480)" counts nothing
        return _grown(candidate, (_int(found[1]), *height_width), start + found.start(), candidate.end)
    return candidate


_OR_DEPTH = re.compile(rf"^[\s,(]{{0,3}}(?:or|/|and/or)\s+{_NUMBER}\b", re.IGNORECASE)


def _doubted(text: str, candidate: Candidate[Shape], *, grown: bool = False) -> Candidate[Shape]:
    """Doubt "30x30x12 with 5 channels" and "30x30 with 12 channels or 3 channels"."""
    after = text[candidate.end : candidate.end + 120]
    depth = _DEPTH_AFTER.match(after) if len(candidate.value) > 2 else None
    other = _depth_of(depth) if depth else None
    alternative = _OR_DEPTH.match(after) if grown else None
    other = _int(alternative[1]) if alternative else other
    if other is None or other == 1 or other in candidate.value:
        return candidate
    shown = " × ".join(map(str, (*candidate.value[:2], other)))
    return replace(candidate, doubts=(*candidate.doubts, shown))


def _depth_of(found: re.Match[str]) -> int:
    return _int(found[1] or found[2])


def _grown(candidate: Candidate[Shape], value: Shape, start: int, end: int) -> Candidate[Shape]:
    return replace(candidate, start=start, end=end, value=value, read_as=" × ".join(map(str, value)))


def _int(words: str) -> int:
    return VALUES[words.lower()] if words.lower() in VALUES else int(re.sub(r"\D", "", words))


_OTHERS = ("filter", "kernel", "window", "stride", "padding", "pool", "weight", "input", "image", "patch")


_OF_ANYTHING = ("shape", "size", "tensor", "dimension", "dimensions")


def aside_of(text: str, candidate: Candidate[Shape], nouns: Sequence[str]) -> bool:
    """Say whether a shape is that of a filter, a window or an input, where that is not what is asked."""
    nouns = [noun for noun in nouns if noun.lower() not in _OF_ANYTHING]
    asked = " ".join(nouns).lower()
    others = [
        word for word in _OTHERS if word not in asked and (nouns or word not in ("input", "image", "weight"))
    ]
    word = rf"(?:{'|'.join(others)})\w{{0,4}}"
    before, after = (
        re.split(r"[.!?]\s|\n", text[max(0, candidate.start - 200) : candidate.start])[-1],
        text[candidate.end : candidate.end + 30],
    )
    own = re.search(
        rf"\b{word}\s*(?:(?:are|is|of|with|has|have|each|:|=|the|size|shape|dimensions?|a"
        rf"|an)\s*){{0,5}}[$(]?\s*$",
        before,
        re.IGNORECASE,
    )
    states = own and re.search(r"\b(?:is|are|has|have)\b|[:=]", own[0])
    if states and nouns and re.search(rf"\b(?:{'|'.join(map(re.escape, nouns))})\b", before, re.IGNORECASE):
        own = None  # "the output of these filters is"
    return bool(own or re.match(rf"^[\s$-]{{0,3}}(?:rgb |color |colour )?{word}\b", after, re.IGNORECASE))


_VECTOR = re.compile(
    r"\b(?:vectors?|arrays?|lists?|1d|flattened)\b[^.\n\d]{0,40}?\b(?:length|size"
    r"|dimensions?|of|with|having|to)\s*(?:of|=|:)?\s*(\d[\d,]{0,8}\d)\b(?! ?[x×*]"
    r"| by)"
    r"|\blength(?: of| is| =|-|:)?\s*(\d[\d,]{0,8}\d)\b"
    r"|\b(\d[\d,]{0,8}\d)[- ](?:dimensional|dim\b|d\b|long\b|(?:element|entry"
    r"|component|length|pixel)s?[- ](?:\w+ )?(?:vector|array))",
    re.IGNORECASE,
)


def vectors(text: str) -> list[Candidate[Shape]]:
    """Read "vector of length 480", "480-dimensional"."""
    found: list[Candidate[Shape]] = []
    for match in _VECTOR.finditer(text):
        length = _int(match[1] or match[2] or match[3])
        found.append(Candidate(match.start(), match.end(), (length,), f"({length},)"))
        count = _COUNT_OF_VECTORS.search(text[max(0, match.start() - 60) : match.start()])
        if count and match[0].lower().startswith(("vectors", "arrays", "lists")):
            both = (_int(count[1]), length)
            start = match.start() - len(count[0])
            found.append(Candidate(start, match.start(), both, " × ".join(map(str, both))))
    return found


_COUNT_OF_VECTORS = re.compile(
    r"(?<![\d,x×*])(\d{1,3}(?:[ ,]\d{3})+|\d{2,9})\s+(?:(?!by\b|x\b)[a-z]{2,20}\s+){0,2}$", re.IGNORECASE
)
_EXAMPLE = re.compile(
    r"\b(?:each|every|one|a|single|individual|per)\s+(?:(?:single|individual|training|flattened)\s+){0,2}"
    r"(?:example|image|sample|row|picture|digit|data ?point|input)\b(?:\s+of\s+the\s+data\b)?\s*"
    r"(?:(?:(?:has|is|with|of)\s+)?(?:(?:a|the)\s+)?(?:new\s+)?shape\s*(?:(?:is|of)\b|[:=])?"
    r"|(?:is|becomes)\b(?:\s+(?:now|then)\b)?|[:=→])?\s*"
    r"[(\[]?\b(\d[\d,]{0,8}\d)[)\]]?(?=\s*(?:\.(?!\d)|;|$))",
    re.IGNORECASE | re.MULTILINE,
)


def examples(text: str) -> list[Candidate[Shape]]:
    """Read the shape in "each example is 480" and "One example: 480.".

    "each example has 480 entries" gives no shape: those of (1, 480) are as many.
    """
    found: list[Candidate[Shape]] = []
    for match in _EXAMPLE.finditer(text):
        length = _int(match[1])
        found.append(Candidate(match.start(), match.end(), (length,), f"({length},)"))
    return found


_NAMED = re.compile(
    r"\b(?:(height|rows|h)|(width|columns|w)|(depth|channels|filters|d"
    r"|c))\b[ \t]*(?:_?out)?[ \t]*(?:=|:|is"
    r"|of)?[ \t]*(?:[-+*/() \d]{1,60}=[ \t]*)?(\d{1,7})\b",
    re.IGNORECASE,
)


_BOTH = re.compile(
    r"\bheight and (?:the )?width\b(?:(?!not\b)[^.\n\d]){0,30}?(\d{1,7})\b(?:(?!not\b)[^.\n\d]){0,30}?"
    r"\b(?:depth|(?:number of )?channels)\b[^.\n\d]{0,15}?(\d{1,7})\b",
    re.IGNORECASE,
)


def named_dimensions(text: str) -> list[Candidate[Shape]]:
    """Read "height 30, width 30, depth 12", or "height and width are 30", as height × width × depth."""
    both = list(_BOTH.finditer(text))
    if len(both) == 1 and len(re.findall(r"\d+", text)) == 2 and "input" not in text.lower():
        value = (int(both[0][1]), int(both[0][1]), int(both[0][2]))
        return [Candidate(both[0].start(), both[0].end(), value, " × ".join(map(str, value)))]
    matches = list(_NAMED.finditer(text))
    sides = {next(group for group in (1, 2, 3) if match[group]): int(match[4]) for match in matches}
    if len(matches) != 3 or len(sides) != 3:
        return []
    value = (sides[1], sides[2], sides[3])
    return [Candidate(matches[0].start(), matches[-1].end(), value, " × ".join(map(str, value)))]
