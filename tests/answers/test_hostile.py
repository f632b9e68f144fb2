"""What a hostile answer may do: be Unreadable, quickly, and nothing else."""

import random
import signal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import (
    Reading,
    Unreadable,
    expression,
    integer,
    matrices,
    number,
    shape,
    shapes,
    table,
    versions,
    weights,
)
from grader.answers.expressions import value_of

READERS = {
    "integer": lambda given: integer(given, nouns=("parameters", "layers")),
    "number": number,
    "expression": expression,
    "shape": lambda given: shape(given, rank=3, nouns=("output",)),
    "shapes": shapes,
    "weights": lambda given: weights(given, inputs=2),
    "matrices": lambda given: matrices(given, count=4, size=(2, 2)),
    "matrix": lambda given: matrices(given, count=1),
    "table": lambda given: table(given, columns=2),
    "versions": lambda given: versions(given, names=("tensorflow", "keras")),
}

LONG = ["9" * 1_000_000, "-" * 100_000, "(" * 100_000, "a" * 20_001, "é" * 10_001, "\ufdfa" * 6000]
NEVER = [
    "9**9**9**9",
    "9^{9^{9^9}}",
    "2**100000",
    "1e999",
    "(" * 10_000,
    "[" * 10_000,
    "(" * 9000 + ")" * 9000,
    "[" * 9000 + "]" * 9000,
    "-" * 19_000,
    "9" * 19_000,
    "1+" * 9000,
    r"\frac{" * 3000,
    r"\begin{bmatrix}" * 1300,
    "\\" * 19_000,
    "factorial(99999999)",
    "10**10**10",
    "1" * 5000,
]
STRESS = [
    "(1+" * 5000, "((1)+" * 3000, "1 " * 9000, "1," * 9000, "1\n" * 9000, "1 2\n" * 4000, "1x" * 9000, "28x28x8 " * 2400, "= 1 " * 4000,
    "**a " * 4900, "*a " * 6000, "~~" * 9000, "~~a" * 6000, "<del>" * 3900, "one " * 4900, "so " * 6000, "not " * 4900, "? " * 9000,
    "layers " * 2800, "weights 1 and " * 1400, "keras " * 3300, "tf 1.0 " * 2800, "1.0 " * 4900, "|" * 19_000, "\t" * 19_000,
    " " * 19_990, "\n" * 19_990, ":" * 19_000, "a:" * 9000, "{{" * 9000, "^{" * 9000, "_{" * 9000, "²" * 6000, "1½" * 3000, "x" * 19_000,
    "for all " * 2400, "(28, " * 3900, "(28,28)," * 2400, "(a," * 6000, "8 feature maps of size " * 800, "2^2" * 6000, "1e" * 9000,
    "1,608," * 2800, "1.608." * 2800, "1 608 " * 3000, "[[1,2],[3,4]] " * 1400, "[1 2]\n" * 2800, "1 .5\n?\n" * 2000, "a " * 9900,
    "608 " + "$" * 19_500, "608 " + r"\left" * 3800, "608 " + "```" * 6400, "608 " + "** `" * 3800, ("608 " + "$" * 980 + "\n") * 20,
    (r"\left" * 190 + "\n") * 17, ("** `" * 480 + "\n") * 10, ("|1 " * 600 + "\n") * 10, "1 2" + " " * 19_000 + "x", "1 1 / " * 3000,
    "- " * 9500, "({" * 9500, "<td>" * 4900, "</tr" * 4900, "<" * 19_000, "{1:" * 6000, "),  " * 4900, "not " * 2000 + "keras 2 " * 1400,
    "relu(x1+" * 2400, "or all ones " * 1600, "[[1,2],[3,4]]=" * 1400,
]  # fmt: skip
ODD = [
    "\x00608", "\ud800", "\u202e806", "\u2066\u2069", "٣x٤x٥", "²x²", "Ⅷ", "①", "\ufdfa", "1/0", "0^-1", "(1/(1-1), 2)", "[[1/0,1],[1,1]]",
    "[[1,2],[3,4]]/0", r"\frac{1}{0}[[1,2],[3,4]]", "1/0 x 3", "'; DROP TABLE", "<script>alert(1)</script>", "{{7*7}}", "%s%n", "../../x",
]  # fmt: skip


def outcome(read, given):
    try:
        return read(given)
    except Unreadable as unreadable:
        return unreadable


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", LONG, ids=lambda text: f"{text[:3]}-{len(text)}")
def test_what_is_too_long_is_never_parsed(name, text):
    with pytest.raises(Unreadable, match="20 kB"):
        READERS[name](text)


@pytest.fixture
def two_seconds():
    """Stop what uses more than two seconds of processor time, whatever the clock says."""

    def stop(signum, frame):
        pytest.fail("more than two seconds of work")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2.0)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", NEVER, ids=lambda text: f"{text[:12]}-{len(text)}")
def test_what_has_no_value_is_unreadable(name, text, two_seconds):
    def read(given):
        return READERS[name](given) if name != "expression" else value_of(expression(given).value)

    with pytest.raises(Unreadable):
        read(text)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", STRESS, ids=lambda text: f"{text[:12]!r}-{len(text)}")
def test_the_work_is_bounded(name, text, two_seconds):
    assert isinstance(outcome(READERS[name], text), (Reading, Unreadable))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_characters_are_read_or_unreadable(name, text):
    assert isinstance(outcome(READERS[name], text), (Reading, Unreadable))


def test_nothing_is_executed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    marker = tmp_path / "marker"
    attempts = [
        f"__import__('os').system('touch {marker}')",
        f'__import__("os").system("touch {marker}")',
        f"open('{marker}', 'w')",
        f"[[open('{marker}', 'w'), 1], [1, 1]]",
        f"(28, 28, open('{marker}','w'))",
        f"{{{{open('{marker}','w')}}}}",
        f"exec(\"open('{marker}','w')\") 608",
        rf"\immediate\write18{{touch {marker}}}",
        rf"\input{{{marker}}}",
        f"$(touch {marker})",
        f"`touch {marker}`",
    ]
    for text in attempts:
        for read in READERS.values():
            for handed_in in (text, [text], {"keras": text}):
                assert isinstance(outcome(read, handed_in), (Reading, Unreadable))
    assert not marker.exists()


FRAGMENTS = [
    r"1",
    r"608",
    r"28",
    r"x",
    r"×",
    r"(",
    r")",
    r"[",
    r"]",
    r",",
    r";",
    r"=",
    r"+",
    r"-",
    r"*",
    r"**",
    r"/",
    r"^",
    r"\frac",
    r"{",
    r"}",
    r"\begin{bmatrix}",
    r"\end{bmatrix}",
    r"&",
    r"\\",
    r"$",
    r"or",
    r"not",
    r"so",
    r"layers",
    r"parameters",
    r"the",
    r"is",
    r"weights",
    r"bias",
    r"b",
    r"w1",
    r"all",
    r"4",
    r"two",
    r"ones",
    r"?",
    r"!",
    r".",
    r"0.5",
    r"%",
    r"|",
    r"tf",
    r"keras",
    r"1.2.3",
    r"\boxed{",
    r"²",
    r"½",
    r"\times",
    r"by",
    r"None",
    r"length",
    r"vector",
    r"size",
]


def test_three_hundred_pieces_of_garbage():
    generator = random.Random(300)
    for _ in range(300):
        pieces = (
            generator.choice([*FRAGMENTS, "\n", "\t"]) + generator.choice(["", " "])
            for _ in range(generator.randint(1, 40))
        )
        text = "".join(pieces)
        for read in READERS.values():
            found = outcome(read, text)
            assert isinstance(found, (Reading, Unreadable))
            assert str(found)


class Liar(list):
    def __len__(self):
        return 3

    def __iter__(self):
        return iter((28, 28, 8))

    def __eq__(self, other):
        return True

    __hash__ = None


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "value", [None, True, object(), b"608", 1j, {1, 2}, range(3), Liar([1]), [[[[[]]]]], [None], [float("nan")], "", {}, iter([1])],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_odd_data_is_unreadable(name, value):
    assert isinstance(outcome(READERS[name], value), Unreadable)


@given(st.text(max_size=300), st.sampled_from(sorted(READERS)))
def test_any_text_is_read_or_unreadable(text, name):
    found = outcome(READERS[name], text)
    assert isinstance(found, Reading) or str(found).endswith(".")


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40), st.sampled_from(sorted(READERS)))
def test_any_pieces_are_read_or_unreadable(pieces, name):
    found = outcome(READERS[name], " ".join(pieces))
    assert isinstance(found, Reading) or str(found).endswith(".")


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_an_array_without_a_value_is_not_written_out(read):
    with pytest.raises(Unreadable):
        read(np.zeros((10**9, 0)))
