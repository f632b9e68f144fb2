"""bytes, the text that they are -> other texts that they may stand for: in other alphabets, packed, taken apart."""

import base64
import binascii
import bz2
import html
import lzma
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from urllib.parse import unquote

TOKEN = re.compile(r"[^\s'\"]{5,}")
BASE32 = re.compile(r"[A-Z2-7]{5,}={1,6}|[A-Z2-7]{16,}")
CODES = re.compile(r"\d{2,3}(?:\s*,\s*\d{2,3})+")  # of characters
APART = re.compile(r"(?<![\w.])['\"]?\d{1,2}['\"]?(?:[\s,+]{1,3}['\"]?\d{1,2}['\"]?){1,7}(?![\w.])")
OCTAL = re.compile(r"\\([0-3]?[0-7]{1,2})")
LATEX_GAP = re.compile(r"(?<=\d)(?:\\,|\{,\}|\\;|~|\.)(?=\d{2,3}(?!\d))")
PERCENT = re.compile(r"(?<![\d.])(\d{1,3}) ?%")
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {
    **{word: str(number) for number, word in enumerate(ONES)},
    **{word: str(10 * number) for number, word in enumerate(TENS, start=2)},
    "half": "1/2",
    "halves": "1/2",
    "quarter": "1/4",
    "quarters": "1/4",
}
_TEN, _ONE = "|".join(TENS), "|".join(ONES)
SPOKEN = re.compile(
    rf"\b(?:(?:{_TEN})[- ](?:{_ONE})|{_TEN}|{_ONE}|(?:an? )?(?:half|halves|quarters?))\b", re.IGNORECASE
)
UNPACKED: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("compressed", lambda data: zlib.decompressobj(zlib.MAX_WBITS).decompress(data)),
    ("compressed", lambda data: zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data)),
    ("compressed", lambda data: bz2.BZ2Decompressor().decompress(data)),
    ("compressed", lambda data: lzma.LZMADecompressor().decompress(data)),
)


def disguised(data: bytes, text: str) -> Iterator[tuple[str, bytes]]:
    """Yield how, and what it is without that disguise; nothing where it is the same."""
    for how, plain in (*_unpacked(data), *_in_other_letters(text), *_apart(text), *_in_other_alphabets(text)):
        if plain not in {data, b""}:
            yield how, plain


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    for how, unpack in UNPACKED:
        try:
            yield how, unpack(data)
        except (zlib.error, OSError, lzma.LZMAError, EOFError):
            continue


def _in_other_letters(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield the text with what stands for a letter replaced by it."""
    yield "percent-encoded", unquote(text).encode(errors="replace")
    yield "as entities", html.unescape(text).encode(errors="replace")
    yield "in other digits", unicodedata.normalize("NFKC", text).encode(errors="replace")
    yield "with gaps of LaTeX", LATEX_GAP.sub("", text).encode(errors="replace")
    yield "in words", spoken(text).encode(errors="replace")
    yield "in percent", PERCENT.sub(lambda found: f"{int(found[1]) / 100}", text).encode(errors="replace")
    yield "in octal", OCTAL.sub(lambda found: chr(int(found[1], 8)), text).encode(errors="replace")


def spoken(text: str) -> str:
    """Return a text with the numbers below a hundred, and halves and quarters, in digits."""
    return SPOKEN.sub(lambda found: f" {_value(found[0])} ", text)


def _value(words: str) -> str:
    known = [WORDS[one] for one in re.findall(r"[a-z]+", words.lower()) if one in WORDS]
    return known[-1] if "/" in known[-1] else str(sum(map(int, known)))


def _apart(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield numbers whose digits stand apart, in either direction, and texts listed by their characters."""
    for found in APART.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        yield "digit by digit", digits.encode()
        yield "digit by digit, reversed", digits[::-1].encode()
    for found in re.finditer(r"['\"](\d{3,})['\"]", text):
        yield "reversed", found[1][::-1].encode()
    for found in CODES.finditer(text):
        codes = [int(one) for one in re.findall(r"\d+", found[0])]
        if all(32 <= one < 127 for one in codes):
            yield "as codes of characters", bytes(codes)


def _in_other_alphabets(text: str) -> Iterator[tuple[str, bytes]]:
    for token in set(BASE32.findall(text)):
        yield from _read("base32", lambda one: base64.b32decode(one + "=" * (-len(one) % 8)), token)
    for token in set(TOKEN.findall(text)):
        if not token.isalnum() or len(token) >= 10:
            yield from _read("base85", base64.b85decode, token)
            yield from _read("ascii85", base64.a85decode, token)


def _read(how: str, decode: Callable[[str], bytes], token: str) -> Iterator[tuple[str, bytes]]:
    try:
        plain = decode(token)
    except (ValueError, binascii.Error):
        return
    if plain.isascii() and plain.decode().isprintable():
        yield how, plain
