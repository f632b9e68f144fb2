"""(a check's docstring, its part) -> the line that a student reads, with the part's own numbers in it."""

from __future__ import annotations

import re

from grader.datatypes import Part
from grader.networks import IN_TITLES

RULE = re.compile(rf"\{{({'|'.join(IN_TITLES)})\}}")


def title(docstring: str, part: Part) -> str:
    """Fill in what `[parts.network]` asks for, as in "At most {hidden_units} hidden units"."""
    line = " ".join(docstring.split())
    return RULE.sub(lambda found: _rule(part, found), line)


def _rule(part: Part, found: re.Match[str]) -> str:
    value = getattr(part.network, found[1], None)
    if value is None:
        return found[0]
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"
