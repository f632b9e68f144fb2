"""bytes, text -> the numbers that stand in them next to each other, written, computed, listed or stored."""

import ast
import io
import pickletools
import re
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from tests.kit.folding import flat, folded, names, texts

Numbers = tuple[Fraction, ...]
NUMBER = re.compile(
    r"0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d{1,2}(?!\d))?"
)
THOUSANDS = re.compile(r"(?<=\d)[, \u00a0\u2009'](?=\d{3}(?!\d))")
FRACTION = re.compile(r"\\[dt]?frac\s*\{?(\d+)\}?\s*\{?(\d+)\}?|(?<![\d./])(\d+)\s*/\s*(\d+)(?![\d./])")
ARITHMETIC = re.compile(r"[(\d][\d ()+\-*/×·x^._]{0,50}[+\-*/×·x^][\d ()+\-*/×·x^._]{0,50}[\d)]")
GAP = 14  # characters between two numbers of one answer, and no more than one word


def runs(data: bytes, text: str) -> Iterator[Numbers]:
    """Yield every run of numbers that bytes and the text that they are may stand for."""
    for read in (_runs, _computed, _of_python):
        yield from read(text)
    yield from _of_binary(data)


def tree(text: str) -> ast.AST | None:
    """Return a text as Python, None where it is none."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _value(text: str) -> Fraction | None:
    try:
        return Fraction(int(text, 0)) if text[:2].lower() in {"0x", "0b", "0o"} else Fraction(text)
    except ValueError:
        return None


def _runs(text: str) -> Iterator[Numbers]:
    """Yield the numbers that stand next to each other, with and without commas between thousands."""
    text = re.sub(r"\bu?(?:int|float)\d+", "", text)  # uint8 is no 8
    text = text.replace("½", " 1/2").replace("¼", " 1/4").replace("−", "-")
    for one in {text, THOUSANDS.sub("", text)}:
        yield from _next_to_each_other(FRACTION.sub(lambda m: _decimal(m[1] or m[3], m[2] or m[4]), one))


def _decimal(above: str, below: str) -> str:
    return f" {int(above) / int(below)} " if int(below) else " "


def _next_to_each_other(text: str) -> Iterator[Numbers]:
    run: list[Fraction] = []
    end = 0
    for match in NUMBER.finditer(text):
        value = _value(match[0])
        gap = text[end : match.start()]
        if run and (len(gap) > GAP or len(re.findall(r"[A-Za-z]{2,}", gap)) > 1):
            yield tuple(run)
            run = []
        if value is not None:
            run.append(-value if text[match.start() - 1 : match.start()] == "-" else value)
        end = match.end()
    yield tuple(run)


def _computed(text: str) -> Iterator[Numbers]:
    """Yield what arithmetic in a text comes to, and each piece of it."""
    for match in ARITHMETIC.finditer(text):
        written = re.sub(r"[×·x]", "*", match[0]).replace("^", "**")
        for line in written.splitlines():
            parsed = tree(line.strip())
            yield from ((value,) for node in _nodes(parsed) if (value := folded(node, {})) is not None)


def _nodes(parsed: ast.AST | None) -> Iterator[ast.AST]:
    return ast.walk(parsed) if parsed else iter(())


def _of_python(text: str) -> Iterator[Numbers]:
    """Yield what constant expressions of code come to, the numbers of its lists, and texts put together."""
    parsed = tree(text)
    known = names(parsed) if parsed else {}
    for node in _nodes(parsed):
        if isinstance(node, ast.BinOp | ast.Call) and (value := folded(node, known)) is not None:
            yield (value,)
        if isinstance(node, ast.List | ast.Tuple | ast.Dict | ast.BinOp | ast.Call):
            yield tuple(flat(node, known))
        if isinstance(node, ast.BinOp) and (written := texts(node)):
            yield from _runs(written)


def _of_binary(data: bytes) -> Iterator[Numbers]:
    """Yield the numbers of a pickle and of NumPy's own files; nothing is unpickled."""
    if data.startswith(b"\x93NUMPY"):
        values = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
        yield tuple(Fraction(str(one)) for one in values.ravel().tolist())
    if data[:1] == b"\x80" or data.endswith(b"."):
        try:
            given = [argument for _, argument, _ in pickletools.genops(data)]
        except (ValueError, KeyError, IndexError):
            return
        numbers = [one for one in given if type(one) in {int, float}]
        yield tuple(Fraction(str(one)) for one in numbers)
        yield tuple(Fraction(str(one)) for one in numbers[1:])  # without the protocol's number
