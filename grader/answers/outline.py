"""A student's text -> the same text without what claims nothing: labels, bullets, restated questions."""

from __future__ import annotations

import re

_POINTS = re.compile(r"[\[(]?\b\d{1,3}\s*(?:points?|pts?|marks?)\b\.?[\])]?", re.IGNORECASE)
_LABEL = re.compile(
    r"^[ \t]*(?:[#>]+[ \t]*)?(?:(?:problem|question|part|exercise|ex"
    r"|q)\b\.?[ \t]*\d{0,2}[ \t]*[.(]?(?:[a-z]\b)?\)?[ \t]*[:.)-]?"
    r"|\(?\d?[a-hA-H]\)[:.]?|\d[.(]?[a-hA-H]\)?[:.)]?(?=\s)|[A-H][:.)](?=\s))",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTE = re.compile(r"^[ \t]*>+(?=[ \t])", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+](?=[ \t])", re.MULTILINE)
_NUMBERED = re.compile(r"^[ \t]*(\d{1,2})[.)](?=[ \t])", re.MULTILINE)


def outline(text: str) -> str:
    """Return the text with labels, bullets, points and restated questions blanked, at equal length."""
    text = "".join(_unless_question(piece) for piece in re.split(r"(?<=[.?!\n])", text))
    text = _blanked(_blanked(_blanked(text, _QUOTE), _POINTS), _LABEL)
    if len(text.strip().splitlines()) > 1:
        text = _blanked(text, _BULLET)
    numbers = [int(found[1]) for found in _NUMBERED.finditer(text)]
    followed_by_number = re.match(r"[ \t]*\d{1,2}[.)][ \t]+[-(]?\d", text.lstrip("\n"))
    if (len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))) or followed_by_number:
        text = _blanked(text, _NUMBERED)
    return _without_outer_brackets(text)


def _unless_question(sentence: str) -> str:
    """Blank a question of at least three words; "228?" is an answer given in doubt."""
    is_question = sentence.endswith("?") and len(sentence.split()) > 2
    return " " * len(sentence) if is_question else sentence


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _without_outer_brackets(text: str) -> str:
    for _ in range(5):
        inner = text.strip().rstrip(".")
        is_list = re.search(r"[,;]|\d\s+\d", inner)
        if is_list or not (inner[:1] in ("(", "[") and pairs_of(inner).get(0) == len(inner) - 1):
            break
        first = text.index(inner)
        text = f"{text[:first]} {inner[1:-1]} {text[first + len(inner) :]}"
    return text


def pairs_of(text: str) -> dict[int, int]:
    """Return where each bracket that is closed is closed."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for at, character in enumerate(text):
        if character in "([":
            opened.append(at)
        elif character in ")]" and opened:
            pairs[opened.pop()] = at
    return pairs
