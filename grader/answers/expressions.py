"""Tokens -> Expression, by a bounded grammar of our own, and its exact value; no code is ever evaluated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .reading import BITS, DEPTH, EXPONENT, EXPRESSION_LENGTH, Unreadable
from .tokens import Token


@dataclass(frozen=True)
class Number:
    """An exact number."""

    value: Fraction


@dataclass(frozen=True)
class Variable:
    """A letter, perhaps with an index, or a Greek name."""

    name: str


@dataclass(frozen=True)
class Apply:
    """An operator ("+", "*", "/", "^") or a function ("relu") and what it is applied to."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Number | Variable | Apply
Parsed = tuple[Expression, int]  # and the index of the first token that is not part of it

ALIASES = {"ln": "log", "maximum": "max", "minimum": "min", "sigma": "sigmoid", "logistic": "sigmoid"}
ONE_ARGUMENT = {"exp", "log", "sqrt", "abs", "relu", "sigmoid", "tanh", "sin", "cos", "softplus", "factorial"}
FUNCTIONS = ONE_ARGUMENT | {"max", "min"}
GREEK = {"alpha", "beta", "gamma", "theta", "lambda", "mu", "sigma", "epsilon", "eta", "rho", "tau", "phi"}
_MINUS_ONE = Number(Fraction(-1))


def whole(tokens: Sequence[Token]) -> Expression | None:
    """Return the expression that all the tokens make, if they make one."""
    parsed = parse(tokens, 0)
    return parsed[0] if parsed and parsed[1] == len(tokens) else None


def parse(tokens: Sequence[Token], at: int, depth: int = 0) -> Parsed | None:
    """Return the longest sum that starts at a token. Unreadable: more than 200 characters of it."""
    parsed = _product(tokens, at, depth)
    while parsed:
        left, end = parsed
        sign, operand = _operator(tokens, end, "+-")
        right = _product(tokens, operand, depth) if sign else None
        if right is None:
            return parsed
        term = right[0] if sign == "+" else Apply("*", (_MINUS_ONE, right[0]))
        parsed = Apply("+", (left, term)), _bounded(tokens, at, right[1])
    return None


def _bounded(tokens: Sequence[Token], start: int, end: int) -> int:
    if tokens[end - 1].end - tokens[start].start > EXPRESSION_LENGTH:
        raise Unreadable("An expression here is longer than 200 characters; a person has to read it.")
    return end


def _operator(tokens: Sequence[Token], at: int, signs: str) -> tuple[str, int]:
    """Return the operator at a token and where its operand starts; a unit may stand before + and ×."""
    after = at
    while after < min(len(tokens), at + 4) and tokens[after].kind == "unit":
        after += 1
    if after < len(tokens) and tokens[after].kind == "op":
        sign = {"×": "*", "**": "^"}.get(tokens[after].text, tokens[after].text)
        if sign in signs and (after == at or sign in "+*"):
            return sign, after + 1
    return "", at


def _product(tokens: Sequence[Token], at: int, depth: int) -> Parsed | None:
    parsed = _signed(tokens, at, depth)
    while parsed:
        left, end = parsed
        sign, operand = _operator(tokens, end, "*/")
        if sign:
            right = _signed(tokens, operand, depth)
        else:
            sign, right = "*", _power(tokens, end, depth) if _multiplies(tokens, end) else None
        if right is None:
            return parsed
        parsed = Apply(sign, (left, right[0])), _bounded(tokens, at, right[1])
    return None


def _multiplies(tokens: Sequence[Token], at: int) -> bool:
    """2(3 + 4), (1 + 2)(3 + 4), 2x and x y are products; "1 1/2" and ")3" are not."""
    if not 0 < at < len(tokens):
        return False
    before, here = tokens[at - 1], tokens[at]
    if here.text == "(":
        return before.end == here.start and (before.kind in ("num", "name") or before.text == ")")
    return here.kind == "name" and (before.kind in ("num", "name") or before.text == ")")


def _signed(tokens: Sequence[Token], at: int, depth: int) -> Parsed | None:
    negative, start = False, at
    while at < len(tokens) and tokens[at].text in ("-", "+") and at - start < DEPTH:
        negative ^= tokens[at].text == "-"
        at += 1
    parsed = _power(tokens, at, depth)
    if parsed and negative:
        return Apply("*", (_MINUS_ONE, parsed[0])), parsed[1]
    return parsed


def _power(tokens: Sequence[Token], at: int, depth: int) -> Parsed | None:
    """Powers bind to the right: 2^3^2 is 2^9."""
    if depth > DEPTH:
        return None
    parsed = _postfixed(tokens, at, depth)
    if parsed is None:
        return None
    sign, operand = _operator(tokens, parsed[1], "^")
    if not sign:
        return parsed
    exponent = _signed(tokens, operand, depth + 1)
    return (Apply("^", (parsed[0], exponent[0])), exponent[1]) if exponent else None


def _postfixed(tokens: Sequence[Token], at: int, depth: int) -> Parsed | None:
    parsed = _atom(tokens, at, depth)
    if parsed and parsed[1] < len(tokens):
        mark, end = tokens[parsed[1]], parsed[1] + 1
        if mark.kind == "percent":
            return Apply("/", (parsed[0], Number(Fraction(100)))), end
        if mark.kind == "factorial":
            return Apply("factorial", (parsed[0],)), end
    return parsed


def _atom(tokens: Sequence[Token], at: int, depth: int) -> Parsed | None:
    if at >= len(tokens) or depth > DEPTH:
        return None
    token = tokens[at]
    if token.kind == "num" and token.value is not None:
        return Number(token.value), at + 1
    if token.text == "(":
        inner = parse(tokens, at + 1, depth + 1)
        return (inner[0], inner[1] + 1) if inner and _is(tokens, inner[1], ")") else None
    if token.kind == "name":
        return _named(tokens, at, depth)
    return None


def _is(tokens: Sequence[Token], at: int, text: str) -> bool:
    return at < len(tokens) and tokens[at].text == text


def _named(tokens: Sequence[Token], at: int, depth: int) -> Parsed | None:
    """A function with its arguments, or a variable."""
    name = tokens[at].text
    function = ALIASES.get(name.lower(), name.lower())
    if function in FUNCTIONS and _is(tokens, at + 1, "("):
        return _call(tokens, at, function, depth)
    if name in ("f", "g", "h") and _is(tokens, at + 1, "("):
        return None  # f(x) is a function that is not known here
    letter = name.replace("_", "")
    is_variable = (len(letter) == 1 or letter[1:].isdecimal()) and letter[0].isalpha()
    return (Variable(letter), at + 1) if is_variable or letter in GREEK else None


def _call(tokens: Sequence[Token], at: int, function: str, depth: int) -> Parsed | None:
    arguments: list[Expression] = []
    end = at + 1
    while _is(tokens, end, "(" if not arguments else ",") and len(arguments) < 8:
        argument = parse(tokens, end + 1, depth + 1)
        if argument is None:
            return None
        arguments.append(argument[0])
        end = argument[1]
    fits = len(arguments) == 1 if function in ONE_ARGUMENT else len(arguments) >= 2
    return (Apply(function, tuple(arguments)), end + 1) if fits and _is(tokens, end, ")") else None


# ---- exact values --------------------------------------------------------------------------


def value_of(node: Expression, known: dict[str, Fraction] | None = None) -> Fraction:
    """Return the exact value. Unreadable: a function or variable, division by zero, over 256 bits."""
    if isinstance(node, Number):
        return sized(node.value)
    if isinstance(node, Variable):
        if known is None or node.name not in known:
            raise Unreadable(f"“{node.name}” is not a number.")
        return known[node.name]
    if node.function not in _EXACT:
        raise Unreadable(f"The value of {node.function} cannot be given exactly.")
    return sized(_EXACT[node.function](*(value_of(each, known) for each in node.arguments)))


def sized(value: Fraction) -> Fraction:
    """Return the value. Unreadable: more than 256 bits above or below the line."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > BITS:
        raise Unreadable("A number here is too large to be read.")
    return value


def _divide(a: Fraction, b: Fraction) -> Fraction:
    if not b:
        raise Unreadable("Something here is divided by zero.")
    return a / b


def _raise(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > EXPONENT:
        raise Unreadable("An exponent here is not a whole number of at most 64.")
    if not base and exponent < 0:
        raise Unreadable("Something here is divided by zero.")
    return Fraction(base ** int(exponent))


def _factorial(n: Fraction) -> Fraction:
    if n.denominator != 1 or not 0 <= n <= EXPONENT:
        raise Unreadable("A factorial here is too large to be read.")
    product = Fraction(1)
    for factor in range(2, int(n) + 1):
        product *= factor
    return product


_EXACT: dict[str, Callable[..., Fraction]] = {
    "+": lambda a, b: a + b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "^": _raise,
    "factorial": _factorial,
    "abs": abs,
    "max": max,
    "min": min,
    "relu": lambda a: max(a, Fraction(0)),
}
EXACT_FUNCTIONS = frozenset(_EXACT)


def shown(node: Expression) -> str:
    """Return the expression in one line, fully bracketed."""
    if isinstance(node, Number):
        return str(node.value)
    if isinstance(node, Variable):
        return node.name
    arguments = [shown(each) for each in node.arguments]
    if node.function in "+*/^":
        return f"({f' {node.function} '.join(arguments)})"
    return f"{node.function}({', '.join(arguments)})"
