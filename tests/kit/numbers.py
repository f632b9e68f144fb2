"""bytes, text -> the numbers that stand in them next to each other, written, computed, listed or stored."""

import ast
import io
import pickletools
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

import numpy as np

Numbers = tuple[Fraction, ...]
NUMBER = re.compile(
    r"0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d{1,2}(?!\d))?"
)
THOUSANDS = re.compile(r"(?<=\d)[, \u00a0\u2009'](?=\d{3}(?!\d))")
FRACTION = re.compile(r"\\[dt]?frac\s*\{?(\d+)\}?\s*\{?(\d+)\}?|(?<![\d./])(\d+)\s*/\s*(\d+)(?![\d./])")
ARITHMETIC = re.compile(r"[(\d][\d ()+\-*/×·x^._]{0,50}[+\-*/×·x^][\d ()+\-*/×·x^._]{0,50}[\d)]")
GAP = 14  # characters between two numbers of one answer, and no more than one word
OPERATIONS: Mapping[type, Callable[[Fraction, Fraction], Fraction | None]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b if b else None,
    ast.Pow: lambda a, b: a**b if b.denominator == 1 and 0 <= b <= 20 and abs(a) < 1000 else None,
}


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
            yield from ((value,) for node in _nodes(parsed) if (value := _folded(node)) is not None)


def _nodes(parsed: ast.AST | None) -> Iterator[ast.AST]:
    return ast.walk(parsed) if parsed else iter(())


def _of_python(text: str) -> Iterator[Numbers]:
    """Yield the constants that code computes, and the numbers of its lists, however deep."""
    for node in _nodes(tree(text)):
        if isinstance(node, ast.BinOp) and (value := _folded(node)) is not None:
            yield (value,)
        if isinstance(node, ast.List | ast.Tuple):
            yield tuple(_flat(node))


def _flat(node: ast.AST) -> Iterator[Fraction]:
    for one in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
        if isinstance(one, ast.List | ast.Tuple):
            yield from _flat(one)
        elif (value := _folded(one)) is not None:
            yield value


def _folded(node: ast.AST) -> Fraction | None:
    """Return the value of arithmetic on plain numbers, None for anything else."""
    if isinstance(node, ast.Expression | ast.Expr):
        return _folded(node.body if isinstance(node, ast.Expression) else node.value)
    if isinstance(node, ast.Constant):
        plain = type(node.value) in {int, float} and abs(node.value) < 1e12
        return Fraction(str(node.value)) if plain else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = ast.BinOp(ast.Constant(0), ast.Sub(), node.operand)
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Fraction") and len(node.args) == 2:
        node = ast.BinOp(node.args[0], ast.Div(), node.args[1])
    rule = OPERATIONS.get(type(node.op)) if isinstance(node, ast.BinOp) else None
    left, right = (_folded(node.left), _folded(node.right)) if rule else (None, None)
    return None if left is None or right is None else rule(left, right)


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
