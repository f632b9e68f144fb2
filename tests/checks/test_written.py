"""Code in a write-up under the name that a check asks for is read as far as it writes a value down."""

import pytest

from grader.datatypes import Status

MATRICES = """
def test_how_many(answer, verdict):
    right = (((1, 1), (1, 1)),) * 4
    verdict.entries(answer.matrices("pooled", count=4, size=(2, 2)), right, slips={})
"""
NETWORK = """
def test_how_many(answer, verdict):
    assert answer.has("net"), "no net"
    assert len(answer.network("net", inputs=2)) == 2, "not two layers"
"""
SHAPE = """
def test_how_many(answer, verdict):
    assert answer.shape("out", rank=3) == (62, 62, 6), "another shape"
"""
FUNCTION = """
def test_how_many(answer, verdict):
    if answer.function("f") is None:
        answer.shapes("f")
"""
NET = "net = [([[1, 1], [1, 1]], [0, -1]), ([[1], [-2]], [0])]"


def under(code: str, words: str = "") -> str:
    return f"## 1A\n\n{words}\n\n```python\n{code}\n```\n"


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        (MATRICES, "pooled = [[[1, 1], [1, 1]]] * 4"),
        (MATRICES, "pooled = np.array([[[1, 1], [1, 1]]] * 4)\nprint(pooled)\npooled"),
        (MATRICES, "pooled = None\npooled = 4 * [[[1, 2 - 1], [1.0, 2 / 2]]]"),
        (SHAPE, "out = (62, 62, 2 * 3)\nassert out[2] == 6"),
        (NETWORK, NET),
        (NETWORK, f"{NET}\nprint(net)"),
    ],
)
def test_a_value_that_is_written_down_is_read(how_many, checks: str, code: str) -> None:
    assert how_many(checks, answers__md=under(code, "Two layers, all four.")).status is Status.PASSED


@pytest.mark.parametrize(
    ("text", "is_given"),
    [
        ("## 1A\n```python\nhow_many = 7\n```\n", True),
        ("## 1A\n```python\nhow_many = None\n```\n", False),
        ("## 1A\n```python\nhow_many = ...\n```\n", False),
        ("## 1A\n\n## 1B\n```python\nhow_many = 7\n```\n", False),
    ],
)
def test_a_value_in_the_code_of_a_write_up_is_given_under_its_own_heading(how_many, text, is_given) -> None:
    checks = """
    def test_how_many(answer, verdict):
        assert answer.given("how_many"), "nothing given"
    """
    assert how_many(checks, answers__md=text).status is (Status.PASSED if is_given else Status.FAILED)


@pytest.mark.parametrize(
    ("checks", "code", "name"),
    [
        (MATRICES, "pooled = [pool(m) for m in inputs]", "pooled"),
        (MATRICES, "pooled = [[[0, 0], [0, 0]]] * 4\nfor k in range(4):\n    pooled[k] = pool(k)", "pooled"),
        (MATRICES, "pooled = [[[0, 0], [0, 0]]] * 4\npooled += other", "pooled"),
        (MATRICES, "pooled = [[[0, 0], [0, 0]]] * 4\nfill(pooled)", "pooled"),
        (MATRICES, "pooled = [[[0, 0], [0, 0]]] * 4\nif True:\n    pooled = pool(2)", "pooled"),
        (FUNCTION, "def f(x):\n    return x", "f"),
    ],
)
def test_what_would_have_to_be_run_is_for_a_person_and_said(how_many, checks, code, name) -> None:
    result = how_many(checks, answers__md=under(code, "This is my code:"))
    assert result.status is Status.PENDING
    assert result.message.startswith(
        f"`{name}` stands in code of answers.md, and code of a write-up is run for"
    )
    assert "in a notebook" in result.message


def test_a_function_without_any_words_is_said_to_be_there(how_many) -> None:
    checks = 'def test_how_many(answer, verdict):\n    raise answer.absent("f")'
    assert (
        "`f` stands in code of answers.md"
        in how_many(checks, answers__md=under("def f(x): return x")).message
    )


def test_a_module_goes_before_a_write_ups_code(how_many) -> None:
    result = how_many(answers__md=under("how_many = 12"), lab__py="how_many = 7")
    assert result.status is Status.PASSED
    assert "lab.py says 7, answers.md says 12" in result.attention[0]


def test_where_its_words_differ_the_code_goes_first_and_staff_hear_of_it(how_many) -> None:
    result = how_many(answers__md=under("how_many = 3 + 4", "There are 12."))
    assert result.status is Status.PASSED
    assert result.attention == ("1A: the code of answers.md says 7, its words say 12: the code goes first",)


def test_a_number_that_is_used_further_down_stays_what_it_is(how_many) -> None:
    code = "a = how_many = 3 + 4\nassert how_many == 7\nprint(double(how_many))\nx = [how_many]"
    assert how_many(answers__md=under(code)).status is Status.PASSED


def test_a_number_that_is_changed_further_down_is_for_a_person(how_many) -> None:
    assert (
        how_many(answers__md=under("how_many = 0\nfor _ in x:\n    how_many += 1")).status is Status.PENDING
    )


def test_a_name_that_is_left_open_in_a_fence_is_no_answer(how_many) -> None:
    assert how_many(answers__md=under("how_many = ...", "There are 7.")).status is Status.PASSED
