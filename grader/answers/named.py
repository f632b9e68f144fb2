"""A text that counts something -> the same without matrices, and without numbers that are given names."""

from __future__ import annotations

import re

from .reading import within_limits

_MATRIX = re.compile(
    r"\\begin\s*\{([pbvBV]matrix\*?|smallmatrix)\}(?:(?!\\begin)[^&]){0,400}(?:&|\\\\).{0,2000}?\\end\s*\{\1\}"
    r"|\[\s*\[[-\d.\s/]{1,200}[,\]][-\d.,\s/\[\]]{0,2000}\]\s*\]",
    re.DOTALL,
)
_NAMED = re.compile(  # b_1 = (0, -1), $b_2 = 0$, b2 = 0
    r"(?<![A-Za-z\\+*/-])[A-Za-z](?:_?\d|_\{\d\})\s*=\s*(?:[(\[][-\d.,\s/]{1,200}[)\]]|-?\d{1,9}(?:\.\d{1,9})?(?![\d.]))"
)


def without_named(text: str) -> str:
    """Blank matrices, and beside one what is named like it: they give a network and count no layers.

    Unreadable: longer than 20 kB.
    """
    without, found = _MATRIX.subn(" ", within_limits(text))
    return _NAMED.sub(" ", without) if found else text
