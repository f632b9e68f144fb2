"""Python, as a tree -> the numbers that its constant expressions come to; nothing is run."""

import ast
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import prod

Names = Mapping[str, ast.expr]
FAR = 1_000_000_000_000
Operation = Callable[[Fraction, Fraction], Fraction | None]


def _whole(rule: Callable[[int, int], int]) -> Operation:
    """Return an operation on whole numbers, None of others."""
    return lambda a, b: (
        Fraction(rule(int(a), int(b))) if a.denominator == b.denominator == 1 and 0 <= b < FAR else None
    )


OPERATIONS: Mapping[type, Operation] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b if b else None,
    ast.FloorDiv: lambda a, b: Fraction(a // b) if b else None,
    ast.Mod: lambda a, b: a % b if b else None,
    ast.Pow: lambda a, b: a**b if b.denominator == 1 and 0 <= b <= 20 and abs(a) < 1000 else None,
    ast.BitXor: _whole(lambda a, b: a ^ b),
    ast.BitOr: _whole(lambda a, b: a | b),
    ast.BitAnd: _whole(lambda a, b: a & b),
    ast.LShift: _whole(lambda a, b: a << b if b < 40 else 0),
    ast.RShift: _whole(lambda a, b: a >> b),
}


def names(tree: ast.AST) -> Names:
    """Return what the names of a module stand for, where they are bound to an expression."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                found |= dict(_bound(target, node.value))
    return found


def _bound(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, given in zip(target.elts, value.elts, strict=False):
            yield from _bound(one, given)


def folded(node: ast.AST, known: Names, depth: int = 0) -> Fraction | None:
    """Return the number that an expression comes to, None where it is none or is not known."""
    found: Fraction | None = None
    match node:
        case _ if depth > 20:
            pass
        case ast.Expression(body=inner) | ast.Expr(value=inner):
            found = folded(inner, known, depth)
        case ast.Constant(int() | float() as value) if type(value) is not bool and abs(value) < FAR:
            found = Fraction(str(value))
        case ast.Name(id=name) if name in known:
            found = folded(known[name], known, depth + 1)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            found = folded(ast.BinOp(ast.Constant(0), ast.Sub(), inner), known, depth + 1)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATIONS:
            one, other = folded(left, known, depth + 1), folded(right, known, depth + 1)
            found = None if one is None or other is None else OPERATIONS[type(op)](one, other)
        case ast.Call(func=function, args=given) if given:
            found = _called(ast.unparse(function).split(".")[-1], given, known, depth)
    return found


def _called(name: str, given: list[ast.expr], known: Names, depth: int) -> Fraction | None:
    if name == "int" and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str):
        base = folded(given[1], known) if len(given) > 1 else Fraction(10)
        try:
            return Fraction(int(given[0].value, int(base or 10)))
        except ValueError:
            return None
    values = [value for one in given for value in flat(one, known, depth + 1)]
    if name == "Fraction" and len(values) == 2:
        return values[0] / values[1] if values[1] else None
    if name in {"prod", "sum"} and values:
        return Fraction(prod(values) if name == "prod" else sum(values))
    return values[0] if name in {"int", "float", "Fraction", "Integer"} and len(values) == 1 else None


def flat(node: ast.AST, known: Names, depth: int = 0) -> list[Fraction]:
    """Return the numbers of a list, however deep, repeated where it is multiplied."""
    match node:
        case _ if depth > 20:
            return []
        case ast.List(elts=inner) | ast.Tuple(elts=inner):
            return [value for one in inner for value in flat(one, known, depth + 1)]
        case ast.Dict(values=inner):
            return [value for one in inner for value in flat(one, known, depth + 1)]
        case ast.BinOp(left=ast.List() | ast.Tuple() as several, op=ast.Mult(), right=times):
            count = folded(times, known, depth + 1)
            return flat(several, known, depth + 1) * (int(count) if count and 0 < count < 100 else 1)
        case ast.Call(func=ast.Name(id="ones") | ast.Attribute(attr="ones"), args=[shape, *_]):
            return [Fraction(1)] * min(int(prod(flat(shape, known, depth + 1))), 100)
    value = folded(node, known, depth)
    return [] if value is None else [value]


def texts(node: ast.AST) -> str:
    """Return the text that added texts come to, '' where it is none."""
    match node:
        case ast.Constant(str() as value):
            return value
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = texts(left), texts(right)
            return one + other if one and other else ""
    return ""
