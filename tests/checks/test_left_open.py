"""A function that is as the starter file leaves it is no answer; one that was begun is."""

import pytest

from grader.datatypes import Cell, CodeFile, Source, Status
from grader.ingest.unfilled import is_unfilled, left_open
from tests.checks.test_evidence import notebook

STUB = 'def f(x):\n    """Return it."""\n    raise NotImplementedError\n'


def unfilled(*cells: str) -> frozenset[str]:
    return left_open(
        CodeFile(Source.NOTEBOOK, "a.ipynb", tuple(Cell(n, code) for n, code in enumerate(cells, 1)))
    )


@pytest.mark.parametrize(
    "body",
    [
        "raise NotImplementedError",
        "raise NotImplementedError()",
        'raise NotImplementedError("to be done")',
        "...",
        "pass",
        '"""Return it."""',
        '"""Return it."""\n    # your code here\n    pass',
    ],
)
def test_a_function_without_a_body_is_left_open(body: str) -> None:
    assert unfilled(f"def f(x):\n    {body}\n") == {"f"}


@pytest.mark.parametrize(
    "body",
    [
        "return None",
        "raise ValueError",
        "raise",
        "x = x + 1\n    raise NotImplementedError",
        "if not x:\n        raise NotImplementedError\n    return x",
        "return ...",
    ],
)
def test_one_that_does_anything_is_not(body: str) -> None:
    assert unfilled(f"def f(x):\n    {body}\n") == frozenset()


@pytest.mark.parametrize(
    "below",
    [
        "def f(x):\n    return x",
        "f = abs",
        "f: object = abs",
        "if True:\n    f = abs",
        "try:\n    def f(x): return x\nexcept OSError: pass",
        "for f in [abs]: pass",
        "class f: pass",
        "from mine import f",
        "from mine import abs as f",
        "from mine import *",
        "def g():\n    global f\n    f = abs\ng()",
        "exec(text)",
        "globals()['f'] = abs",
        "setattr(sys.modules['__main__'], 'f', abs)",
        "f.__code__ = g.__code__",
        "(f := abs)",
    ],
)
def test_what_may_give_it_a_body_below_is_seen(below: str) -> None:
    assert unfilled(STUB, below) == frozenset()


@pytest.mark.parametrize(
    "below", ["f(3)", "def g():\n    f = 1\n    return f", "g = f", "%matplotlib inline\nh = 1", "no Python"]
)
def test_what_only_uses_the_name_leaves_it_open(below: str) -> None:
    assert unfilled(STUB, below) == {"f"}


def test_the_last_definition_decides() -> None:
    assert unfilled("def f(x):\n    return x", STUB) == {"f"}


def test_a_decorator_may_do_all_the_work() -> None:
    assert unfilled(f"@cached\n{STUB}") == frozenset()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = None", True),
        (f"{STUB}\nx = None\ny: int = None", True),
        ("x = ...\ny: int = ...", True),
        ("x: int", False),
        ("%matplotlib inline\nx = None", True),
        ("x = 1", False),
        (f"{STUB}\nf(1)", False),
        ("# nothing but a thought", False),
        ("x = None  # since it is dying", False),
        ('"""Since it is dying."""\nx = None', False),
        ("this is no Python", False),
    ],
)
def test_code_that_is_as_the_starter_has_it(code: str, expected: bool) -> None:
    assert is_unfilled(code) is expected


def test_a_name_that_is_an_ellipsis_is_left_open() -> None:
    assert unfilled("x = y = ...", "z: int = ...", "y = 1") == {"x", "z"}


# ---- graded ---------------------------------------------------------------------------------

CALLED = """
def test_how_many(answer, verdict):
    count = answer.function("how_many")
    if count is None:
        raise answer.absent("how_many")
    verdict.equal(count(), 7)
"""


def test_a_starter_file_left_as_it_is_hands_nothing_in(how_many) -> None:
    result = how_many(CALLED, lab__py="def how_many():\n    raise NotImplementedError\n")
    assert result.status is Status.MISSING
    assert result.message.endswith("Not filled in: `how_many` in lab.py.")


def test_one_that_was_begun_crashed(how_many) -> None:
    result = how_many(CALLED, lab__py="def how_many():\n    x = 3\n    raise NotImplementedError\n")
    assert result.status is Status.CRASHED


def test_one_left_open_in_a_notebook_hands_nothing_in(how_many) -> None:
    text = notebook(("markdown", "## 1A"), ("code", "def how_many():\n    ...\n"))
    assert how_many(CALLED, work__ipynb=text).status is Status.MISSING


def test_the_notebook_answers_where_the_module_is_left_open(how_many) -> None:
    text = notebook(("markdown", "## 1A"), ("code", "def how_many():\n    return 7\n"))
    stub = "def how_many():\n    raise NotImplementedError\n"
    assert how_many(CALLED, work__ipynb=text, lab__py=stub).status is Status.PASSED


def test_a_module_that_stops_below_one_left_open_is_missing_that_and_not_crashed(how_many) -> None:
    stub = "def how_many():\n    raise NotImplementedError\n\n1 / 0\n"
    assert how_many(CALLED, lab__py=stub).status is Status.MISSING


def test_a_value_that_is_none_is_told_by_its_name(how_many) -> None:
    assert "Not filled in: `how_many` in lab.py." in how_many(lab__py="how_many = None").message


def test_a_name_that_is_an_ellipsis_is_not_answered(how_many) -> None:
    assert how_many(lab__py="how_many = ...").status is Status.MISSING


def test_beside_a_name_that_is_an_ellipsis_another_file_counts(how_many) -> None:
    assert how_many(lab__py="how_many = ...", answers__md="## 1A\n7\n").status is Status.PASSED
