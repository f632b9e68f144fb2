"""ReLU(x1 + 2 x2 - 1), as text -> its weights and its bias in words."""

from __future__ import annotations

import re

_FORMULA = re.compile(
    r"(?:\by\s*=\s*)?\b(?:relu\s*\(|max\s*\(\s*0\s*,)\s*(-?\s*\d{0,4})\s*\*?\s*x_?1"
    r"\s*([-+]\s*\d{0,4})\s*\*?\s*x_?2"
    r"\s*(?:([-+]\s*\d{1,4}(?:\.\d{1,4})?)\s*)?\)",
    re.IGNORECASE,
)


def in_words(text: str) -> str:
    """Write "ReLU(x1 + 2 x2 - 1)" as weights and a bias, where no other number stands beside it."""
    found = _FORMULA.search(text)
    beside = text[: found.start()] + text[found.end() :] if found else text
    if not found or re.search(r"[-\d+*/^(=<>]|\b(?:weights?|bias|not|or)\b", beside):
        return text
    one, other, bias = (re.sub(r"[\s+]", "", sign or "") for sign in found.groups())
    one, other = (f"{sign}1" if sign in ("", "-") else sign for sign in (one, other))
    words = f"weights {one} and {other}, b = {bias or 0}"
    return text[: found.start()] + words + text[found.end() :]
