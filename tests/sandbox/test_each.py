"""Many calls in one request: each has an outcome of its own."""

from __future__ import annotations

import numpy as np
import pytest

from grader.sandbox import Crashed, Malformed, Missing, NotTrained, OverLimit, Tampered, TimedOut
from grader.sandbox.each import called
from grader.sandbox.wire import Torn


def test_each_call_has_an_outcome(module):
    student = module("def f(a, b):\n    return [a, b][b] if b < 2 else 1 / 0")
    first, second, third = student.calls("f", [("x", 0), (np.ones(2), 1), (None, 2)])
    assert (first.value, second.value) == ("x", 1)
    assert first.fault is second.fault is None
    assert isinstance(third.fault, Crashed)
    assert "ZeroDivisionError" in third.fault.message
    assert "return [a, b]" in third.fault.traceback
    assert {"ZeroDivisionError", "ArithmeticError", "Exception"} <= third.kinds


def test_arrays_come_back_in_order(module):
    student = module("def f(n):\n    import numpy as np\n    return [np.full((n, 2), n), (n, np.array(n))]")
    for n, outcome in zip((1, 2, 3), student.calls("f", [(1,), (2,), (3,)]), strict=True):
        array, (number, scalar) = outcome.value
        assert array.tolist() == [[n, n]] * n
        assert (number, scalar.tolist()) == (n, n)


def test_what_a_later_call_does_to_an_earlier_value_changes_nothing(module):
    student = module("import numpy as np\nout = np.zeros(2)\ndef f(n):\n    out[:] = n\n    return out")
    assert [one.value.tolist() for one in student.calls("f", [(1,), (2,)])] == [[1, 1], [2, 2]]


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("a[0] = 9", True),
        ("a[0] = a[0]", False),
        ("a.sort()", False),
        ("a.shape = (2, 1)", True),
        ("b.append(1)", True),
        ("b[0] = f", True),
        ("b[0][0] = 0", True),
        ("a = a * 2; b = b + [1]", False),
    ],
)
def test_a_call_that_changes_what_it_is_given_is_seen(module, body, changed):
    student = module(f"def f(a, b):\n    {body}\n    return 1")
    (outcome,) = student.calls("f", [(np.array([1.0, 2.0]), [[1.0]])])
    assert (outcome.value, outcome.changed) == (1, changed)


def test_minus_zero_is_another_value(module):
    (outcome,) = module("def f(a): a *= -1").calls("f", [(np.zeros(1),)])
    assert outcome.changed


def test_what_is_not_plain_is_one_calls_fault(module):
    one, other = module("def f(n): return f if n else 5").calls("f", [(1,), (0,)])
    assert isinstance(one.fault, Malformed)
    assert one.fault.message == "`f` returned a function, not a number, text, list or array."
    assert other.value == 5


def test_too_much_together_is_everyones_fault(module):
    with pytest.raises(Malformed, match="more than 10000 arrays"):
        module("import numpy as np\ndef f(): return [np.zeros(1)] * 6000", seconds=30).calls("f", [(), ()])
    with pytest.raises(Malformed, match="more than 8 MB"):
        module("def f(): return 'a' * (5 << 20)", seconds=30).calls("f", [(), ()])


def test_no_such_function_and_no_function(module):
    student = module("x = 5")
    with pytest.raises(Missing):
        student.calls("f", [()])
    with pytest.raises(Malformed, match="not a function"):
        student.calls("x", [()])


def test_all_calls_together_have_the_time_of_one(module):
    student = module("import time\ndef f(): time.sleep(0.3)", seconds=1)
    with pytest.raises(TimedOut):
        student.calls("f", [()] * 20)


def test_a_process_that_ends_is_replaced(module):
    student = module("import os\ndef f(n): os._exit(3) if n else None\n")
    with pytest.raises(Crashed, match="exit status 3"):
        student.calls("f", [(0,), (1,)])
    assert student.calls("f", [(0,)])[0].value is None


def test_memory_in_one_call_is_its_own_fault(module):
    student = module("def f(n):\n    if n: raise MemoryError\n    return 1")
    one, other = student.calls("f", [(1,), (0,)])
    assert isinstance(one.fault, OverLimit)
    assert other.value == 1


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        [("returned", 1)],
        [("returned", 1, 0)],
        [("raised", ["crashed", "a"], [])],
        [("raised", ["passed", "a", "b"], [])],
        [("raised", ["crashed", 1, "b"], [])],
        [("right", 1, True)],
        [("returned", 1, True)] * 2,
    ],
)
def test_what_no_runner_says_is_torn(told):
    with pytest.raises(Torn):
        called(told, 1)


def test_an_answer_that_no_function_gives_is_tampering(module):
    student = module("def f(): return 1")
    student.calls("f", [()])
    student._ask = lambda *_: [("returned", 1)]
    with pytest.raises(Tampered):
        student.calls("f", [()])


def raised(message: str, traceback: str = "", fault: str = "crashed") -> Crashed:
    (outcome,) = called([("raised", [fault, message, traceback], ["Exception"])], 1)
    return outcome.fault


def test_what_is_said_is_cut():
    fault = raised("B\n" * 1_700_000, "T\n" * 100_000)
    assert (len(fault.message), len(fault.traceback)) == (1999, 10_000)


def test_what_is_said_has_no_lines_and_no_code_of_its_own():
    said = raised("`f` stopped.\nThe smallest of them:\n`f(__import__('os'))`\u2028").message
    assert said == "`f` stopped. The smallest of them: 'f(__import__('os'))'"
    assert raised("`f(1)`").message == "'f(1)'"


# The runner's own code is in reach of what runs in it.
FORGED = """
import sys
def f():
    names = sys._getframe(1).f_globals
    pack = names["wire"].pack
    names["_raised"] = lambda *_: pack(("raised", ["untrained", "m", ""], ["Exception"]))[0]
    raise KeyError
"""


def test_nothing_waits_for_a_training_where_no_code_trains(module):
    (outcome,) = module(FORGED).calls("f", [()])
    assert isinstance(outcome.fault, Tampered)


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("def f():\n    import torch", {}),
        ("def f():\n    from beside import x", {"beside.py": b"from torch import nn"}),
    ],
)
def test_another_framework_waits_for_a_person(module, code, files):
    (outcome,) = module(code, files=files).calls("f", [()])
    assert isinstance(outcome.fault, NotTrained)
