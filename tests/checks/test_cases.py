"""Inputs are drawn for each student, tried on their function, and what fails can be pasted and drawn again."""

import re

import numpy as np
import pytest

from grader.datatypes import Status

TOML = """
id = "lab"
title = "A lab"
[sections]
1 = "Counting"
[cases]
secret = "s"
[limits]
seconds = 2
load_seconds = 5
[hints]
"one short" = "Count the last one too."
"sign" = "The other sign."
"a factor" = "What is it divided by?"
"rough" = "What kind are your arrays?"
"changed" = "It is needed still."
[[parts]]
id = "1A"
title = "Sums"
checks = { total = 2, precise = 1, untouched = 1, refused = 1 }
"""
CHECKS = '''
import numpy as np

def draw(rng):
    kind = rng.choice([np.float32, np.float64])
    return np.round(rng.uniform(-1, 1, (3, int(rng.integers(1, 6)))), 3).astype(kind), int(rng.integers(1, 4))

def doubles(rng):
    return np.round(rng.uniform(-1, 1, (3, 4)), 3), 2

def total(array, times):
    return array.sum(axis=0) * times

SLIPS = {"one short": lambda array, times: total(array[:-1], times)}

def test_total(cases):
    """The sums of the columns."""
    cases.of("total", draw, total).compare(slips=SLIPS, alike=("sign", "a factor"))

def test_precise(cases):
    """As precise as they can be."""
    cases.of("total", doubles, total).precise(slip="rough")

def test_untouched(cases):
    """Nothing is changed."""
    cases.of("total", draw, total).untouched(slip="changed")

def test_refused(cases):
    """What cannot be is refused."""
    nothing = cases.of("total", lambda rng: (np.zeros((0, int(rng.integers(3)))), 1))
    nothing.refused("ValueError", possible=cases.of("total", draw))
'''
RIGHT = """
import numpy as np
def total(array, times):
    if not len(array):
        raise ValueError("nothing")
    return times * array.sum(0)
"""


@pytest.fixture
def graded(lab, hand_in):
    """Hand in a module and return what came of each check."""
    (lab / "assignment.toml").write_text(TOML)

    def grade(code: str):
        return {result.name: result for result in hand_in(CHECKS, lab__py=code).results}

    return grade


def test_a_right_function_passes(graded):
    found = graded(RIGHT)
    assert {result.status for result in found.values()} == {Status.PASSED}
    assert found["total"].measured == {"cases": 40, "cases_right": 40}
    assert (found["total"].tried.drawn, found["total"].tried.wrong, found["total"].tried.smallest) == (
        40,
        0,
        "",
    )
    assert re.fullmatch("[0-9a-f]{16}", found["total"].tried.seed)


@pytest.mark.parametrize(
    "code",
    [
        "return (times * array.sum(0)).tolist()",
        "return tuple(map(float, times * array.sum(0)))",
        "return np.repeat(times * array.sum(0), 2)[::2]",
        "array.flags.writeable = False; return np.broadcast_to(times * array.sum(0), array.shape[1:])",
        "print('hello'); return [np.array(x) for x in times * array.sum(0)]",
    ],
)
def test_how_it_is_returned_costs_nothing(graded, code):
    found = graded(RIGHT.replace("return times * array.sum(0)", code))
    assert {result.status for result in found.values()} == {Status.PASSED}


@pytest.mark.parametrize(
    ("code", "slip"),
    [
        ("times * array[:-1].sum(0)", "one short"),
        ("-times * array.sum(0)", "sign"),
        ("array.sum(0) * times / 9", "a factor"),
        ("array.sum(0)", "a factor"),
        ("times * array.sum(1)", ""),
        ("times * array.sum(0) + 1e-4", ""),
        ("None", ""),
    ],
)
def test_a_mistake_is_named_where_it_explains_everything(graded, code, slip):
    found = graded(RIGHT.replace("times * array.sum(0)", code))
    assert (found["total"].status, found["total"].slip) == (Status.FAILED, slip)
    assert found["precise"].status is found["untouched"].status is Status.FAILED
    assert found["precise"].slip == found["untouched"].slip == "", "one mistake is told once"


def test_single_values_that_are_wrong_share_no_factor(graded):
    found = graded(RIGHT.replace("times * array.sum(0)", "times * array.sum(0) + (array.shape[1] == 1)"))
    assert (found["total"].status, found["total"].slip) == (Status.FAILED, "")


def test_the_smallest_that_fails_can_be_pasted(graded):
    found = graded(RIGHT.replace("return times", "if array.shape[1] > 3: times = 0\n    return times"))
    told = found["total"]
    line = told.tried.smallest
    head, smallest, pasted, why = told.message.splitlines()
    assert re.fullmatch(r"Wrong for \d+ of 40 inputs drawn for you.", head), (
        "a line of its own, for overviews"
    )
    assert (smallest, pasted) == ("The smallest of them:", f"`{line}`")
    assert why.startswith("It gives np.array([")
    given = eval(line, {"np": np, "total": lambda array, times: (array, times)})
    assert given[0].shape == (3, 4), "smaller ones are right"
    assert told.measured["cases_right"] == 40 - told.tried.wrong
    right = given[0].sum(axis=0) * given[1]
    assert str(right.tolist()) not in told.message
    assert told.expected.startswith(f"{line} is np.array(")


def test_what_stops_tells_for_what(graded):
    found = graded(
        RIGHT.replace("return times", "if array.shape[1] == 2: raise KeyError('two')\n    return times")
    )
    assert found["total"].status is Status.CRASHED
    assert "KeyError" in found["total"].message
    assert "KeyError" in found["total"].traceback
    why, head, _, line = found["total"].message.splitlines()
    assert why.startswith("`total` stopped in line")
    assert re.fullmatch(r"So it is for \d+ of 40 inputs drawn for you.", head)
    assert line.startswith("`total(np.array([[")


def test_float32_for_float64_is_told_apart(graded):
    found = graded(RIGHT.replace("array.sum(0)", "array.astype(np.float32).sum(0)"))
    assert found["total"].status is Status.PASSED
    assert (found["precise"].status, found["precise"].slip) == (Status.FAILED, "rough")


THIRDS = CHECKS.replace("return array.sum(axis=0) * times", "return array.sum(axis=0) * times / 3")


@pytest.mark.parametrize(
    ("value", "slip", "head"),
    [
        ("np.round(right, 6)", "", "Right, but rounded to 6 decimal places, for"),
        ("[round(float(one), 7) for one in right]", "", "Right, but rounded to 7 decimal places, for"),
        ("np.trunc(right * 1e6) / 1e6", "", "Right, but rounded to 6 decimal places, for"),
        ("right.astype(np.float32)", "rough", "Right only as far as float32 goes, from float64 arrays, for"),
        ("right + 1e-7 * np.sin(right)", "rough", "Right only as far as float32 goes"),
    ],
)
def test_values_that_are_rounded_are_told_apart_from_float32(lab, hand_in, value, slip, head):
    (lab / "assignment.toml").write_text(TOML)
    code = RIGHT.replace("return times", "right = times").replace("sum(0)", f"sum(0) / 3\n    return {value}")
    found = {result.name: result for result in hand_in(THIRDS, lab__py=code).results}
    assert found["total"].status is Status.PASSED
    assert (found["precise"].status, found["precise"].slip) == (Status.FAILED, slip)
    assert found["precise"].message.startswith(head)


def test_a_slip_for_values_that_are_rounded_has_its_own_hint(lab, hand_in):
    (lab / "assignment.toml").write_text(TOML.replace('"changed" =', '"rounded" = "Why?"\n"changed" ='))
    code = RIGHT.replace("return times * array.sum(0)", "return np.round(times * array.sum(0) / 3, 6)")
    checks = THIRDS.replace('precise(slip="rough")', 'precise(slip="rough", rounded="rounded")')
    precise = {result.name: result for result in hand_in(checks, lab__py=code).results}["precise"]
    assert (precise.slip, precise.hint) == ("rounded", "Why?")


def test_an_input_that_is_changed_is_told_apart(graded):
    found = graded(RIGHT.replace("return times * array.sum(0)", "array *= times; return array.sum(0)"))
    assert found["total"].status is Status.PASSED
    assert (found["untouched"].status, found["untouched"].slip) == (Status.FAILED, "changed")
    assert found["untouched"].tried.wrong < 40, "times 1 changes nothing"


@pytest.mark.parametrize(
    ("instead", "status"),
    [
        ("return 0", Status.FAILED),
        ("raise TypeError('no')", Status.FAILED),
        ("class Mine(ValueError): pass\n        raise Mine", Status.PASSED),
        ("raise SystemExit", Status.FAILED),
    ],
)
def test_what_is_to_be_refused(graded, instead, status):
    assert graded(RIGHT.replace('raise ValueError("nothing")', instead))["refused"].status is status


def test_who_refuses_everything_earns_nothing(graded):
    found = graded("def total(*arguments):\n    raise ValueError")["refused"]
    assert found.status is Status.FAILED
    first, head, _, line = found.message.splitlines()
    assert first == "This counts where what can be is not refused."
    assert head == "There is no value for 40 of 40 inputs drawn for you."
    assert line == f"`{found.tried.smallest}`"


@pytest.mark.parametrize("value", ["2**4000", "[2**4000, 1.0]", "['a' * 100_000] + ['b'] * 400", "'`f(1)`'"])
def test_a_value_that_is_none_is_wrong_and_no_fault_of_ours(graded, value):
    found = graded(RIGHT.replace("times * array.sum(0)", value))
    assert {name: result.status for name, result in found.items()} == {
        "total": Status.FAILED,
        "precise": Status.FAILED,
        "untouched": Status.FAILED,
        "refused": Status.PASSED,
    }


def test_no_function_is_missing_and_one_that_never_ends_is_late(graded):
    assert graded("x = 1")["total"].status is Status.MISSING


def test_one_that_never_ends_is_late(graded):
    found = graded(RIGHT.replace("return times", "while array.shape[1] == 2: pass\n    return times"))
    assert found["total"].status is Status.TIMEOUT


def test_a_slip_without_a_hint_is_the_problem_sets_fault(lab, hand_in):
    (lab / "assignment.toml").write_text(TOML.replace('"sign" = "The other sign."', ""))
    found = hand_in(CHECKS, lab__py=RIGHT.replace("return times", "return -times"))
    assert found.results[0].status is Status.ERROR


def drawn_for(lab, hand_in, tmp_path, secret="s"):
    (lab / "assignment.toml").write_text(TOML.replace('secret = "s"', f'secret = "{secret}"'))
    found = hand_in(CHECKS, lab__py="def total(array, times): return 0")
    (tmp_path / "ada" / "lab.py").unlink()
    (tmp_path / "ada").rmdir()
    return [(result.tried.seed, result.tried.smallest) for result in found.results]


def test_the_same_secret_student_and_check_draw_the_same_again(lab, hand_in, tmp_path):
    once = drawn_for(lab, hand_in, tmp_path)
    assert drawn_for(lab, hand_in, tmp_path) == once
    other = drawn_for(lab, hand_in, tmp_path, secret="t")
    assert not {seed for seed, _ in once} & {seed for seed, _ in other}
    assert len({seed for seed, _ in once}) == 4, "each check draws its own"
