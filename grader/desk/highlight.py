"""(an answer's markup, what the rubric says) -> the markup with the rubric's words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

SHORTEST = 5  # letters: shorter words are everywhere
_STEM = 6  # letters that two words share: gradient, gradients; multiply, multiplies
_WORD = re.compile(r"[^\W\d_]{5,}")
_PIECES = re.compile(r"(<math.*?</math>|<[^>]*>|&[#\w]+;)", re.DOTALL)
_COMMON = frozenset(
    """about above after again against already another answer because before being below between could doing
    during either every everything first found given gives their there these thing things think those though
    through times under until using value values where whether which while whole within without would
    point points shown stays other others should still says since same""".split()  # noqa: SIM905
)


def stems(texts: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of the words that say something."""
    words = (word.casefold() for text in texts for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)


def marked(html: Markup, wanted: frozenset[str]) -> Markup:
    """Return markup in which those words stand in <mark>: never in a formula, a tag or an entity."""
    if not wanted:
        return html
    pieces = _PIECES.split(str(html))
    pieces[::2] = [_WORD.sub(lambda word: _mark(word[0], wanted), text) for text in pieces[::2]]
    return Markup("".join(pieces))  # noqa: S704 - text between tags of ours, escaped before


def _mark(word: str, wanted: frozenset[str]) -> str:
    return f"<mark>{word}</mark>" if word.casefold()[:_STEM] in wanted else word
