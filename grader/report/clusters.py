"""Text -> the same with no more marks on a letter than scripts put on one, and with places to break it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby

MOST_MARKS = 4  # on one letter: Hebrew with its accents has four, Tibetan three, Vietnamese two
_MOST_JOINED = 6  # letters that become one sign: a Sanskrit conjunct has five, a family of emoji four
_MOST_JAMO = 4  # leading, or middle, or closing letters of one Korean syllable: old ones have three
_MOST_UNBROKEN = (
    100  # characters: a browser looks up where Thai may break, in a time that grows as the square
)
_JAMO = ("\u1100-\u115f\ua960-\ua97f", "\u1160-\u11a7\ud7b0-\ud7c6", "\u11a8-\u11ff\ud7cb-\ud7fb")
_LAST = 0x1F000  # above lie no marks but variation selectors
_RARE = "\U000e0100-\U000e01ef"  # these
_SKINS = "\U0001f3fb-\U0001f3ff"  # of emoji
_JOINER = "\u200d"
_HOLDER = "\u25cc"  # the dotted circle: what a mark stands on that has no letter
BREAK = "\u200b"  # the zero width space: a line may end here


def uncrowded(text: str) -> str:
    """Return the text with four marks on a letter at most, and in words how many were left out."""
    if text.isascii():
        return text
    bare, crowd = _marks()
    return crowd.sub(_counted, bare.sub(_HOLDER, text))


def breakable(text: str) -> str:
    """Return the text, made visible before, with zero width spaces where lines would not break."""
    if text.isascii():
        return text
    for long in _unbroken():
        text = long.sub(rf"\g<0>{BREAK}", text)
    return text


def _counted(found: re.Match[str]) -> str:
    more = len(found[0]) - MOST_MARKS
    return f"{found[0][:MOST_MARKS]}[+{more:,} {'mark' if more == 1 else 'marks'}]"


@cache
def _on() -> str:
    """Return what stands on a letter or joins it to the next, as a set of characters without its brackets."""
    return f"{_set(lambda sign: unicodedata.category(sign)[0] == 'M')}{_RARE}\u200c{_JOINER}"


@cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return marks with no letter, and letters with too many."""
    holds_none = f"[{_on()}](?<![\u200c{_JOINER}])"
    return re.compile(rf"^(?={holds_none})", re.MULTILINE), re.compile(rf"[{_on()}]{{{MOST_MARKS + 1},}}")


@cache
def _unbroken() -> tuple[re.Pattern[str], ...]:
    """Return what no browser breaks, and what takes it long to."""
    joins = _set(lambda sign: unicodedata.combining(sign) == 9) + _JOINER  # viramas
    joined = rf"\S[{_on()}{_SKINS}]{{0,8}}(?<=[{joins}])"
    return (
        re.compile(rf"(?:{joined}){{{_MOST_JOINED}}}"),
        *(re.compile(rf"[{jamo}]{{{_MOST_JAMO}}}") for jamo in _JAMO),
        re.compile(rf"[^\s{BREAK}\x00-\x7f]{{{_MOST_UNBROKEN}}}(?![{_on()}])"),
    )


def _set(wanted: Callable[[str], bool]) -> str:
    return "".join(_ranges(wanted))


def _ranges(wanted: Callable[[str], bool]) -> Iterator[str]:
    for is_wanted, signs in groupby(map(chr, range(0x80, _LAST)), wanted):
        if is_wanted:
            run = list(signs)
            yield f"{run[0]}-{run[-1]}"
