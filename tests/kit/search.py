"""(files, secrets) -> where a secret stands in them: written out, computed, spelled, hashed or encoded."""

from __future__ import annotations

import ast
import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from tests.kit.disguises import ONES, TENS, disguised
from tests.kit.numbers import Numbers, runs, tree

DEEPEST = 3  # an encoding within an encoding within an encoding
TOKEN = re.compile(r"[A-Za-z0-9+/_-]{3,}={0,2}")
HASHED = 8  # characters by which a digest is known
HASHES = sorted(name for name in hashlib.algorithms_guaranteed if "shake" not in name)
NAMED = ("parameter_count", "output_shape", "training_shape", "average_pooled", "max_pooled")
ROMAN = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")


@dataclass(frozen=True)
class Secret:
    """Numbers in their order, or words; `what` says whose answer it is."""

    what: str
    numbers: Numbers = ()
    words: str = ""

    @property
    def spellings(self) -> set[str]:
        """The numbers as somebody might write them down before hashing them."""
        plain = [float(one) if one.denominator > 1 else int(one) for one in self.numbers]
        if len(plain) == 1:
            (one,) = plain
            return {str(one), f"{one}\n", f"{one}.0", f"{one:,}"}
        joined = {sep.join(map(str, plain)) for sep in (",", ", ", " ", "x", "×", " x ", " × ")}
        return joined | {f"({one})" for one in joined} | {f"[{one}]" for one in joined}


def found(files: Mapping[str, bytes], secrets: Sequence[Secret]) -> list[str]:
    """Return a line for each secret in each file, in the order of the files."""
    known = Known(secrets)
    lines = [
        f"{name}: {secret.what} ({how})"
        for name, data in files.items()
        for view, way in views(data, name)
        for secret, how in known.standing_in(view, way)
    ]
    return list(dict.fromkeys(lines))


class Known:
    """Secrets with all that they may stand there as, worked out once."""

    def __init__(self, secrets: Sequence[Secret]) -> None:
        self.numbers = [one for one in secrets if one.numbers]
        self.words = {one.words.lower(): one for one in secrets if one.words}
        self.digests = {digest: one for one in self.numbers for digest in _digests(one)}
        self.spelled = {in_words(one): one for one in self.numbers if _is_whole(one)}
        self.roman = {
            roman(int(one.numbers[0])): one for one in self.spelled.values() if one.numbers[0] < 4000
        }
        self.raw = {pattern: one for one in self.numbers for pattern in _raw(one)}

    def standing_in(self, view: View, way: str) -> Iterator[tuple[Secret, str]]:
        """Yield each secret that a view holds, and how."""
        lower = view.text.lower()
        yield from ((one, way) for one in self.numbers if any(_within(run, one.numbers) for run in view.runs))
        yield from ((one, way) for text, one in self.words.items() if text in lower)
        tokens = TOKEN.findall(lower)
        beginnings = {token.removeprefix("0x")[:HASHED] for token in tokens}
        beginnings |= {f"{int(token):08x}" for token in tokens if token.isdecimal() and 6 < len(token) < 11}
        yield from ((self.digests[one], f"hashed, {way}") for one in beginnings & self.digests.keys())
        words = " ".join(re.sub(r"[\s-]+|\band\b", " ", lower).split())
        yield from ((one, f"in words, {way}") for text, one in self.spelled.items() if text in words)
        roman = set(re.findall(r"\b[IVXLCDM]{3,}\b", view.text)) & self.roman.keys()
        yield from ((self.roman[one], f"in Roman numerals, {way}") for one in roman)
        yield from ((one, f"raw, {way}") for pattern, one in self.raw.items() if pattern in view.data)


@dataclass(frozen=True)
class View:
    """One way to read bytes; `runs` are numbers that stand next to each other."""

    data: bytes
    text: str
    runs: tuple[Numbers, ...]


def views(
    data: bytes, name: str = "", depth: int = 0, how: str = "as it stands"
) -> Iterator[tuple[View, str]]:
    """Yield the bytes as they stand, and as all that they may be an encoding of."""
    text = data.decode("utf-8", "replace")
    yield View(data, text, tuple(runs(data, text))), how
    if depth == DEEPEST:
        return
    for kind, inner in _decoded(data, text, name):
        if inner and inner != data:
            yield from views(inner, "", depth + 1, kind if depth == 0 else f"{how}, {kind}")


def _decoded(data: bytes, text: str, name: str) -> Iterator[tuple[str, bytes]]:
    if name.endswith((".ipynb", ".json")):
        for one in _strings(json.loads(text)):
            yield "in its JSON", one.encode(errors="replace")
    if re.search(r"\\[uxU][0-9a-fA-F]{2}", text):
        yield (
            "escaped",
            re.sub(
                r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})", lambda m: chr(int(m[1] or m[2], 16)), text
            ).encode(errors="replace"),
        )
    for literal in _literals(text):
        yield "in a literal", literal
    for token in set(TOKEN.findall(text)):
        if inner := _base64(token):
            yield "base64", inner
        if re.fullmatch(r"(?:[0-9a-fA-F]{2}){2,}", token):
            yield "hex", binascii.unhexlify(token)
    yield from disguised(data, text)


@cache
def _base64(token: str) -> bytes:
    """Return what a token stands for, b"" where that is nothing: almost every word is base64 of something."""
    padded = token.rstrip("=") + "=" * (-len(token.rstrip("=")) % 4)
    try:
        decoded = base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        return b""
    if decoded.isascii() and decoded.decode().replace("\n", "").isprintable():
        return decoded
    return decoded if len(token) > 10 and re.search("[0-9+/]", token) else b""


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        yield "".join(value)
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _literals(text: str) -> Iterator[bytes]:
    parsed = tree(text) if len(text) > 8 else None
    for node in ast.walk(parsed) if parsed else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            yield node.value


def _is_whole(secret: Secret) -> bool:
    return len(secret.numbers) == 1 and secret.numbers[0].denominator == 1


def _within(run: Numbers, numbers: Numbers) -> bool:
    length = len(numbers)
    return any(run[start : start + length] == numbers for start in range(len(run) - length + 1))


def _digests(secret: Secret) -> Iterator[str]:
    """Yield the beginnings of what a secret hashes to, by itself, behind a name, and hashed twice."""
    part = secret.what.removeprefix("the answer to ")[:2]
    named = {
        f"{name}{sep}{one}" for one in secret.spellings for name in (part, *NAMED) for sep in ("", "=", ":")
    }
    for spelling in (*secret.spellings, *named):
        data = spelling.encode()
        yield from (f"{sum32(data):08x}" for sum32 in (zlib.crc32, zlib.adler32))
        for kind in HASHES:
            digest = hashlib.new(kind, data)
            again = hashlib.new(kind, digest.hexdigest().encode())
            yield from (one.hexdigest()[:HASHED] for one in (digest, again))
            yield base64.b64encode(digest.digest()).decode().lower()[:HASHED]


def _raw(secret: Secret) -> Iterator[bytes]:
    """Yield the numbers as arrays hold them in memory."""
    kinds = ["<f8", ">f8", "<f4", "<f2"]
    if _are_whole(secret):
        kinds += ["<i8", ">i8", "<i4", ">i4", "<i2", ">i2"]
        kinds += ["u1"] if max(secret.numbers) < 256 else []
    for kind in kinds:
        with np.errstate(over="ignore"):
            raw = np.array([float(one) for one in secret.numbers]).astype(kind).tobytes()
        if len(raw) > 2 and len(set(raw)) > 1:
            yield raw


def _are_whole(secret: Secret) -> bool:
    return all(one.denominator == 1 for one in secret.numbers)


def roman(number: int) -> str:
    """Return a whole number in Roman numerals."""
    pairs = zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), ROMAN, strict=True)
    written = ""
    for value, letters in pairs:
        written += letters * (number // value)
        number %= value
    return written


def in_words(secret: Secret) -> str:
    """Return a whole number below a million in words, without "and" and hyphens."""
    return " ".join(_words(int(secret.numbers[0])))


def _words(number: int) -> list[str]:
    if number >= 1000:
        return [*_words(number // 1000), "thousand", *(_words(number % 1000) if number % 1000 else [])]
    if number >= 100:
        return [ONES[number // 100], "hundred", *(_words(number % 100) if number % 100 else [])]
    if number >= 20:
        return [TENS[number // 10 - 2], *([ONES[number % 10]] if number % 10 else [])]
    return [ONES[number]]
