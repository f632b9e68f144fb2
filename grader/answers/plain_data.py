"""An expression of Python's, as syntax -> the numbers, lists and texts that it writes down, not run."""

from __future__ import annotations

import ast
from fractions import Fraction

from .expressions import Apply, Number, sized, value_of
from .reading import CELLS, DEPTH, Unreadable

_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "+",  # of the negative
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "^",
}
_ARRAYS = ("np.array", "numpy.array", "np.asarray", "numpy.asarray")


def written_down(node: ast.expr, depth: int = DEPTH) -> object:
    """Return exact numbers, texts, and lists, tuples and dicts of them: (3*3*2 + 1) * 12, [[1, 2]] * 3.

    Unreadable: a name, a call (but np.array), what is too large or too deep.
    """
    if depth < 0:
        raise Unreadable("Brackets stand too deep here to be read.")
    match node:
        case ast.Constant(str() as text):
            return text
        case ast.List(elts=elements):
            return [written_down(each, depth - 1) for each in elements]
        case ast.Tuple(elts=elements):
            return tuple(written_down(each, depth - 1) for each in elements)
        case ast.Dict(keys=keys, values=elements) if all(keys):  # not {**other}
            pairs = zip(keys, elements, strict=True)
            return {_key(key, depth): written_down(value, depth - 1) for key, value in pairs if key}
        case ast.Call(func=function, args=[array]) if ast.unparse(function) in _ARRAYS:
            return written_down(array, depth - 1)
    return _arithmetic(node, depth - 1)


def _arithmetic(node: ast.expr, depth: int) -> object:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return _number(value)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
            number = _exact(written_down(operand, depth))
            return -number if isinstance(sign, ast.USub) else number
        case ast.BinOp(left=left, op=operator, right=right):
            return _joined(left, operator, right, depth)
    raise Unreadable("This would have to be run to be read.")


def _number(value: float) -> Fraction:
    try:
        return sized(Fraction(repr(value) if isinstance(value, float) else value))
    except ValueError:  # 1e999 is infinite
        raise Unreadable(f"{value} is not a number that can be marked.") from None


def _exact(value: object) -> Fraction:
    if not isinstance(value, Fraction):
        raise Unreadable("There is arithmetic with more than numbers here.")
    return value


def _key(node: ast.expr, depth: int) -> str | Fraction:
    value = written_down(node, depth - 1)
    return value if isinstance(value, str) else _exact(value)


def _joined(left: ast.expr, operator: ast.operator, right: ast.expr, depth: int) -> object:
    """Return a number, or a list that is repeated or joined; an array's arithmetic is another."""
    if isinstance(left, ast.Call) or isinstance(right, ast.Call) or type(operator) not in _SIGNS:
        raise Unreadable("This would have to be run to be read.")
    one, other = written_down(left, depth), written_down(right, depth)
    if isinstance(operator, ast.Mult) and isinstance(one, list | tuple):
        return _repeated(one, _exact(other))
    if isinstance(operator, ast.Mult) and isinstance(other, list | tuple):
        return _repeated(other, _exact(one))
    if isinstance(operator, ast.Add) and isinstance(one, list) and isinstance(other, list):
        return one + other
    first, second = _exact(one), _exact(other)
    if isinstance(operator, ast.Sub):
        second = -second
    return value_of(Apply(_SIGNS[type(operator)], (Number(first), Number(second))))


def _repeated(several: list[object] | tuple[object, ...], times: Fraction) -> object:
    if times.denominator != 1 or len(several) * times > CELLS:
        raise Unreadable("There is more here than can be read.")
    return several * int(times)
