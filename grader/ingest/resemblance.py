"""Two phrases -> do they say the same."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_WORDS = re.compile(r"[^\W_]+")
_SMALL = frozenset({"a", "an", "and", "in", "of", "on", "or", "the", "to", "with"})
_LONGEST = 300  # characters that are compared: the matcher's time is quadratic


@lru_cache(maxsize=4096)
def resembles(phrase: str, other: str) -> bool:
    """Say whether a phrase repeats another one (a title, a question), give or take some words."""
    left, right = _plain(phrase), _plain(other)
    if not left or not right:
        return False
    if len(left) >= 8 and " " in left and not re.search(r"\d", left) and f" {left} " in f" {right} ":
        return True
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= 0.75


def names(phrase: str, title: str) -> bool:
    """Say whether a phrase names what the title names: half of its words, and few others."""
    said, meant = _content_words(phrase), _content_words(title)
    common = len(said & meant)
    return bool(common) and 2 * common >= len(meant) and 2 * common > len(said)


def _plain(phrase: str) -> str:
    return " ".join(_WORDS.findall(phrase[:_LONGEST].casefold()))


def _content_words(phrase: str) -> frozenset[str]:
    words = _WORDS.findall(phrase[:_LONGEST].casefold())
    return frozenset(word.rstrip("s") for word in words) - _SMALL
