from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.answers import Expression, Unreadable, equal, expression
from grader.answers.expressions import Apply, Number, Variable, value_of


def read(text: str) -> Expression:
    return expression(text).value


EQUAL = [
    ("(k^2 c + 1) n", "n*c*k**2 + n"),
    ("(x + 1)^2", "x^2 + 2x + 1"),
    ("x/2", r"\frac{1}{2} x"),
    ("-x^2", "-(x^2)"),
    ("2^3^2", "512"),
    ("x y", "y*x"),
    ("(a+b)(a-b)", "a^2 - b^2"),
    ("1/(1/x)", "x"),
    ("(x^2-1)/(x-1)", "x+1"),
    ("relu(x)", "max(0, x)"),
    ("relu(x) - relu(-x)", "x"),
    ("abs(x)", "relu(x) + relu(-x)"),
    (r"\max(0, x)", "(x + abs(x))/2"),
    ("sigmoid(x)", "1/(1+exp(-x))"),
    (r"\frac{1}{1+e}", "1/(e+1)"),
    ("tanh(x)", "2 sigmoid(2x) - 1"),
    ("log(exp(x))", "x"),
    ("ln(a b^2)", "ln(a) + 2 ln(b)"),
    (r"\sqrt{x}\sqrt{x}", "x"),
    ("softplus(x)", "log(1 + exp(x))"),
    ("sin(x)^2 + cos(x)^2", "1"),
    (r"\mathrm{ReLU}(w_1 x_1 + b)", "relu(b + x1*w1)"),
    ("y = 2x + 1", "1 + x + x"),
    ("x²", "x*x"),
    ("3!", "6"),
    ("50%", "1/2"),
    ("((n + 2p - k)/s) + 1", "(n - k + 2p + s)/s"),
]
DIFFERENT = [
    ("x", "x + 1"),
    ("relu(x)", "x"),
    ("relu(x - 1000)", "0"),
    ("(k^2 c + 1) n", "k^2 c n + 1"),
    ("abs(x)", "-x"),
    ("exp(x)", "exp(x) + 1"),
    ("sigmoid(x)", "tanh(x)"),
    ("1/3", "0.333333"),
    ("x^2", "2^x"),
    ("log(x)", "log(x)/log(10)"),
]


@pytest.mark.parametrize(("a", "b"), EQUAL)
def test_equal_in_other_words(a, b):
    assert equal(read(a), read(b)) is True


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different(a, b):
    assert equal(read(a), read(b)) is False


@pytest.mark.parametrize(
    ("a", "b"), [("log(-x^2-1)", "x"), ("1/(x-x)", "1/(x-x)"), ("sqrt(-1-abs(x))", "x"), ("log(-1)", "2")]
)
def test_what_has_no_value_cannot_be_told(a, b):
    assert equal(read(a), read(b)) is None


@pytest.mark.parametrize(
    "text",
    ["", "x +", "(x", "x)", "1 2", "1,608", "hello world", "x.y", "__import__('os')", "f(x)", "exp", "exp(1, 2)", "max(1)", r"1\frac12",
     "x = ", "[1, 2]", "(" * 30 + "x" + ")" * 30, "1+" * 150 + "1", "9" * 100, "lambda: 0", "x if x else y", "a;b", r"\input{x}"],
)  # fmt: skip
def test_what_is_no_formula_is_for_a_person(text):
    with pytest.raises(Unreadable):
        expression(text)


@pytest.mark.parametrize(
    "text", ["9**9**9**9", "2^65", "2^(1/2)", "1/0", "0^(-1)", "(10^64)^64", "65!", "exp(1)"]
)
def test_values_have_limits(text):
    with pytest.raises(Unreadable):
        value_of(read(text))


def test_data_is_a_number():
    assert read(0.1) == Number(Fraction(1, 10))


X, Y = sympy.symbols("x y")
SYMBOLS = {"x": X, "y": Y}
BUILDERS = {
    "+": sympy.Add,
    "*": sympy.Mul,
    "/": lambda a, b: a / b,
    "max": sympy.Max,
    "abs": sympy.Abs,
    "relu": lambda a: sympy.Max(a, 0),
}


def by_hand(node: Expression) -> sympy.Expr:
    if isinstance(node, Number):
        return sympy.Rational(node.value.numerator, node.value.denominator)
    if isinstance(node, Variable):
        return SYMBOLS[node.name]
    return BUILDERS[node.function](*map(by_hand, node.arguments))


LEAVES = st.one_of(
    st.integers(-5, 5).map(lambda n: Number(Fraction(n))), st.sampled_from([Variable("x"), Variable("y")])
)
POLYNOMIALS = st.recursive(
    LEAVES,
    lambda parts: st.tuples(st.sampled_from("+*"), st.tuples(parts, parts)).map(lambda p: Apply(*p)),
    max_leaves=6,
)
PIECEWISE = st.recursive(
    POLYNOMIALS,
    lambda parts: st.one_of(
        st.tuples(st.just("max"), st.tuples(parts, parts)).map(lambda p: Apply(*p)),
        st.tuples(st.sampled_from(["abs", "relu"]), st.tuples(parts)).map(lambda p: Apply(*p)),
    ),
    max_leaves=3,
)


@given(POLYNOMIALS, POLYNOMIALS)
def test_polynomials_are_equal_where_sympy_says_so(a, b):
    assert equal(a, b) is (sympy.expand(by_hand(a) - by_hand(b)) == 0)
    assert equal(a, Apply("+", (a, Number(Fraction(0))))) is True


@given(PIECEWISE, st.integers(-9, 9), st.integers(1, 9))
def test_values_are_sympys(node, x, y):
    value = by_hand(node).subs({X: sympy.Rational(x, 7), Y: sympy.Rational(y, 3)})
    assume(value.is_Rational)
    assert value_of(node, {"x": Fraction(x, 7), "y": Fraction(y, 3)}) == Fraction(int(value.p), int(value.q))


@given(POLYNOMIALS)
def test_a_formula_that_is_shown_reads_back(node):
    assert equal(read(expression_shown(node)), node) is True


def expression_shown(node: Expression) -> str:
    if isinstance(node, Number):
        return f"({node.value})"
    return (
        node.name
        if isinstance(node, Variable)
        else f"({f' {node.function} '.join(map(expression_shown, node.arguments))})"
    )
