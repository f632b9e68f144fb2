"""Number words ("two", "two hundred and twenty-eight") -> whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

from .tokens import Token

_SMALL_TEXT = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""
_SMALL = _SMALL_TEXT.split()
_TENS_TEXT = """
    twenty thirty forty fifty sixty seventy eighty ninety
"""
_TENS = _TENS_TEXT.split()
VALUES = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * n for n, word in enumerate(_TENS, 2)
}
_SCALES = {"hundred": 100, "thousand": 1000}

_PARTS_TEXT = """
    half third quarter fourth fifth sixth seventh eighth ninth tenth
"""
PARTS = dict(zip(_PARTS_TEXT.split(), (2, 3, 4, 4, 5, 6, 7, 8, 9, 10), strict=True))
PARTS |= {"twentieth": 20, "hundredth": 100, "thousandth": 1000}


def parts_word(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return n of the n-ths that follow a number ("eighths", "-eighths"), and the index after them.

    "One fifth" is one of five parts as well, "two fifth" is not.
    """
    at += at + 1 < len(tokens) and tokens[at].text == "-"
    word = tokens[at].text.lower() if at < len(tokens) else ""
    several = {"halves": "half"}.get(word, word.removesuffix("s") if word.endswith("s") else "")
    single = (
        word if at and VALUES.get(tokens[at - 1 - (tokens[at - 1].text == "-")].text.lower()) == 1 else ""
    )
    number = PARTS.get(several) or PARTS.get(single)
    return (number, at + 1) if number else None


def and_parts(tokens: Sequence[Token], at: int) -> str:
    """Return "and a half" where that follows a number, "" elsewhere."""
    words = [token.text.lower() for token in tokens[at : at + 3]]
    goes_on = words[:1] == ["and"] and words[1:2] in (["a"], ["one"]) and words[2:3] and words[2] in PARTS
    return " ".join(words) if goes_on else ""


def number_word(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the value of the number words that start at a token, and the index after them."""
    if tokens[at].text.lower() not in VALUES:
        return None
    thousands = below = 0
    end = at
    while end < len(tokens):
        word = tokens[end].text.lower()
        if word == "thousand":
            thousands, below = below * 1000, 0
        elif word == "hundred":
            below *= 100
        elif word in VALUES and _goes_on(
            below, VALUES[word], started=end > at and tokens[end - 1].text.lower() != "thousand"
        ):
            below += VALUES[word]
        elif not (word in ("and", "-") and end > at and _joins(tokens, end, below or thousands)):
            break
        end += 1
    return thousands + below, end


def _goes_on(below: int, value: int, *, started: bool) -> bool:
    """Twenty-eight and hundred eight go on; "two three" are two numbers."""
    if not started:
        return True
    return (below > 0 and below % 100 == 0) or (below % 100 >= 20 and below % 10 == 0 and 0 < value < 10)


def _joins(tokens: Sequence[Token], at: int, so_far: int) -> bool:
    if at + 1 >= len(tokens) or tokens[at + 1].text.lower() not in VALUES:
        return False
    if tokens[at].text == "-":
        return 20 <= so_far % 100 <= 90 and so_far % 10 == 0
    return tokens[at - 1].text.lower() in _SCALES
