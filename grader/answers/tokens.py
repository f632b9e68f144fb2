"""Plain notation -> tokens: numbers as people write them, operators, brackets, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from .reading import BITS, Unreadable

NUMERAL_LENGTH = 80


@dataclass(frozen=True)
class Token:
    """A piece of the text from `start` to `end`."""

    kind: str  # num, op, bracket, percent, factorial, name, word, unit, other
    text: str
    start: int
    end: int
    value: Fraction | None = None  # of a num
    doubt: str = ""  # another way to read a num


# Words that say something about the sentence; any other word after a number may be its unit.
_GRAMMAR_TEXT = """
    a an and are as at be because but by either equals equal for from gives giving has have hence i
    if in is it its like makes means neither nor not of on or otherwise since so than that the then
    there therefore these this thus to total was we were when where which while with without yields
    you your per each every all both only also actually instead rather plus minus times
"""
GRAMMAR = frozenset(_GRAMMAR_TEXT.split())

_NUMERAL = (
    r"\d{1,3}(?:,\d{3})+(?![\d])(?!,\d)(?:\.\d+)?"  # 1,228  50,000.5
    r"|\d{1,3}(?:[ ]\d{3})+(?![\d])(?:[.,]\d+(?![.,]?\d))?"  # 50 000
    r"|\d{1,3}(?:'\d{3})+(?!\d)"  # 50'000
    r"|\d{1,3}(?:\.\d{3}){2,}(?![\d.])(?:,\d+)?"  # 1.000.000
    r"|\d+,\d+(?![.,]?\d)"  # 0,5
    r"|\d+\.\d+(?!\.?\d)|\.\d+(?!\.?\d)|\d+(?:_\d{3})+(?!\d)|\d+(?![.,]?\d)|\d+(?=,\d)"
)
_EXPONENT = r"(?:[eE][+-]?\d{1,3}(?![\w.]))?"
_PROSE = re.compile(
    rf"(?P<hex>0[xX][0-9a-fA-F]+)|(?P<num>(?:{_NUMERAL}){_EXPONENT})|(?P<other>\d+(?:[.,]\d+)*)"
    r"|(?P<note>\([A-Za-z][A-Za-z ]{0,38}\))|(?P<word>[^\W\d]\w*(?:'\w+)?)"
    r"|(?P<op>\*\*|[-+*/^×=≈])|(?P<bracket>[()\[\]])|(?P<percent>%)|(?P<space>\s+)|(?P<mark>.)",
    re.DOTALL,
)
_SYMBOLS = re.compile(
    rf"(?P<num>(?:\d+\.\d*|\.\d+|\d+(?:_\d{{3}})*){_EXPONENT})(?![.]\d)"
    r"|(?P<name>[^\W\d_]+(?:_?\d+)?)"
    r"|(?P<op>\*\*|[-+*/^×])|(?P<bracket>[()\[\]])|(?P<percent>%)|(?P<factorial>!)"
    r"|(?P<space>\s+)|(?P<mark>.)",
    re.DOTALL,
)
_TIMES = re.compile(r"[xX](?=\s*[\d(.])")
_GLUED_TIMES = re.compile(r"[xX](?=\d)")
# "layer 3 228 parameters": the 3 is a label, not thousands.
_LABEL = re.compile(
    r"\b(?:layer|problem|part|question|section|figure|step|exercise|network|model|table|task)\s*$",
    re.IGNORECASE,
)


def tokens_of(text: str, *, words: bool, integers: bool = False) -> list[Token]:
    """Return the tokens without spaces.

    words: prose, where letters make words and x between numbers is "times"; otherwise letters are variables.
    integers: "1,228" is surely a whole number; otherwise it may be a decimal comma as well.
    """
    return list(_prose(text, integers) if words else _symbols(text))


def _prose(text: str, integers: bool) -> Iterator[Token]:
    at, previous = 0, ""
    while at < len(text):
        times = _TIMES.match(text, at) if previous in ("num", ")") else None
        if times:
            found, kind = times, "op"
        else:
            match = _PROSE.match(text, at)
            assert match, "the last alternative matches any character"
            found, kind = match, str(match.lastgroup)
        if kind == "num" and " " in found[0] and _LABEL.search(text[max(0, at - 20) : at]):
            found = re.compile(r"\d+").match(text, at) or found
        at = found.end()
        if kind != "space":
            token = _token(found, kind, integers)
            if kind == "num" and _is_split(found[0], alone=found[0] == text.strip()):
                token = replace(token, doubt=" and ".join(found[0].split(" ", 1)))
            previous = token.text if token.kind == "bracket" else token.kind
            yield token


_BLANKS = re.compile(r"(\d+)((?: \d{3})+)(?:[.,]\d+)?")


def _is_split(numeral_: str, *, alone: bool) -> bool:
    """Say whether a blank may stand between two numbers: "19 228", not "50 000", nor "1 228" and no more."""
    found = _BLANKS.fullmatch(numeral_)
    return found is not None and not found[2].endswith(" 000") and not (alone and len(found[1]) == 1)


def _token(found: re.Match[str], kind: str, integers: bool) -> Token:
    text, start, end = found[0], found.start(), found.end()
    if kind == "num":
        value, doubt = numeral(text, integers=integers)
        return Token("num", text, start, end, value, doubt)
    if kind == "op":
        return Token("op", "×" if text in "xX" else text, start, end)
    if kind in ("note", "word"):
        is_unit = kind == "note" or (text.lower() not in GRAMMAR and text.isalpha())
        return Token("unit" if is_unit else "word", text, start, end)
    return Token("other" if kind in ("mark", "hex") else kind, text, start, end)


def _symbols(text: str) -> Iterator[Token]:
    at, previous = 0, ""
    while at < len(text):
        times = _GLUED_TIMES.match(text, at) if previous == "num" else None
        match = times or _SYMBOLS.match(text, at)
        assert match, "the last alternative matches any character"
        kind = "op" if times else str(match.lastgroup)
        value = numeral(match[0], integers=False)[0] if kind == "num" else None
        at, previous = match.end(), kind
        if kind == "op":
            yield Token("op", "×" if times else match[0], match.start(), at)
        elif kind != "space":
            yield Token("other" if kind == "mark" else kind, match[0], match.start(), at, value)


def numeral(text: str, *, integers: bool) -> tuple[Fraction, str]:
    """Return a numeral's value, and what else it may mean ("" where it is sure).

    Unreadable: longer than 80 characters.
    """
    if len(text) > NUMERAL_LENGTH:
        raise Unreadable("A number here is too long to be read.")
    value, doubt = _numeral(text, integers)
    if value.numerator.bit_length() > BITS or value.denominator.bit_length() > BITS:
        raise Unreadable("A number here is too large to be read.")
    return value, doubt


@lru_cache(maxsize=1024)  # a table of thousands of cells has few different ones
def _numeral(text: str, integers: bool) -> tuple[Fraction, str]:
    plain_digits = text.replace(" ", "").replace("'", "").replace("_", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", plain_digits):
        doubt = (
            "" if integers or plain_digits.count(",") > 1 or "." in text else plain_digits.replace(",", ".")
        )
        return Fraction(plain_digits.replace(",", "")), doubt
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", plain_digits):
        return Fraction(plain_digits.replace(".", "").replace(",", ".")), ""
    if "," in plain_digits:
        doubt = "" if plain_digits.startswith("0,") or " " in text else " and ".join(plain_digits.split(","))
        return Fraction(plain_digits.replace(",", ".")), doubt
    is_thousands = integers and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain_digits)
    return Fraction(plain_digits), plain_digits.replace(".", "") if is_thousands else ""
