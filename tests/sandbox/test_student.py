"""Values and calls cross exactly, or it is said why not; tracebacks are the student's own."""

from __future__ import annotations

import math
import sys
import time

import numpy as np
import pytest

from grader.sandbox import Crashed, Malformed, Missing, OverLimit, Purse, RunnerFault, StudentFault, TimedOut

pytestmark = pytest.mark.parametrize("wall", ["off", "kernel", "bubblewrap"], indirect=True)

VALUES = [
    "None",
    "True",
    "608",
    "-(2**63)",
    "2**64 + 1",
    "-(3**2000)",
    "0.1",
    "-0.0",
    "1e-320",
    "float('inf')",
    "1 + 2j",
    "complex('nan+infj')",
    "'28×28×8 \\x00 \U0001f642'",
    "[]",
    "()",
    "(28, 28, 8)",
    "[(1, [2.5, None]), {'a': (1,), 2: [True], 0.5: 'x', False: ()}]",
]


@pytest.mark.parametrize("text", VALUES)
def test_a_plain_value_crosses_exactly(module, text):
    value = module(f"x = {text}").value("x")
    assert repr(value) == repr(eval(text))  # repr tells -0.0, nan, True and 1, and lists and tuples apart


def test_nan_stays_nan(module):
    value = module("x = [float('nan'), (float('-inf'),)]").value("x")
    assert math.isnan(value[0])
    assert value[1] == (-math.inf,)


def test_numpy_scalars_are_plain_numbers(module):
    code = (
        "import numpy as np\nx = [np.float32(.5), np.int8(-3), np.bool_(1), np.complex64(1j), np.str_('a'),"
    )
    value = module(code + "np.longdouble(.25), np.float64(2)]").value("x")
    assert [type(one) for one in value] == [float, int, bool, complex, str, float, float]
    assert value == [0.5, -3, True, 1j, "a", 0.25, 2.0]


ARRAYS = [
    "np.arange(6.).reshape(2, 3)",
    "np.asfortranarray(np.arange(6).reshape(2, 3))",
    "np.arange(24, dtype='>u2').reshape(2, 3, 4)[:, ::-1, 1:]",
    "np.array(7, np.int16)",
    "np.zeros((0, 3), np.float32)",
    "np.zeros((2, 0, 2), order='F')",
    "np.array([True, False])",
    "np.array([1 + 2j], np.complex64)",
    "np.array([np.nan, np.inf, -0.0])",
    "np.float16([1.5])",
]


@pytest.mark.parametrize("text", ARRAYS)
def test_an_array_goes_there_and_back_exactly(module, text):
    mine = eval(text)
    student = module(
        f"import numpy as np\nmine = {text}\ndef same(a):\n    assert a.flags.writeable\n    return a"
    )
    for back in (student.value("mine"), student.call("same", mine)):
        assert type(back) is np.ndarray
        assert (back.dtype, back.shape) == (mine.dtype, mine.shape)
        assert back.tobytes() == mine.tobytes()


def test_order_of_memory_survives(module):
    student = module("def same(a): return a")
    assert student.call("same", np.ones((2, 3), order="F")).flags.f_contiguous
    assert student.call("same", np.ones((2, 3))).flags.c_contiguous


def test_arrays_inside_containers_and_texts_in_arrays(module):
    code = "import numpy as np\nnet = [(np.eye(2), np.zeros(2)), {'W': np.ones(1)}]\n"
    student = module(code + "names = np.array([['a', 'bc']])")
    (weights, bias), layer = student.value("net")
    assert weights.tolist() == [[1, 0], [0, 1]]
    assert (bias.tolist(), layer["W"].tolist()) == ([0, 0], [1])
    assert student.value("names") == [["a", "bc"]]


def test_subclasses_lose_their_lies(module):
    code = """
import numpy as np
class F(float):
    def __eq__(self, o): return True
    __hash__ = float.__hash__
    def __float__(self): return 608.0
class I(int):
    def __eq__(self, o): return True
    __hash__ = int.__hash__
    def __int__(self): return 608
class L(list):
    def __iter__(self): return iter([608])
class A(np.ndarray):
    def __eq__(self, o): return True
x = [F(1.5), I(2), L([3]), np.ones(2).view(A)]
"""
    f, i, items, array = module(code).value("x")
    assert [type(one) for one in (f, i, items, array)] == [float, int, list, np.ndarray]
    assert (f, i, items, array.tolist()) == (1.5, 2, [3], [1.0, 1.0])


def test_other_exact_numbers_are_read(module):
    code = "from fractions import Fraction\nfrom decimal import Decimal\nx = [Fraction(1, 4), Fraction(3)]"
    assert module(code).value("x") == [0.25, 3.0]


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("def x(): pass", "`x` is a function"),
        ("import math as x", "`x` is a module"),
        ("x = (i for i in range(3))", "`x` is a generator"),
        ("class x: pass", "`x` is a class"),
        ("x = object()", "`x` is an object of type object"),
        ("x = [1, print]", "`x` is a list with a function in it."),
        ("import numpy as np\nx = np.array([1, None])", "`x` is an array of objects"),
        ("import numpy as np\nx = np.array(['2020-01-01'], 'M8')", "`x` is an array of datetime64"),
        ("x = []\nx.append(x)", "nested more than 32 deep"),
        ("x = 0\nfor _ in range(9999): x = [x]", "nested more than 32 deep"),
        ("x = 0\nfor _ in range(30): x = [x, x, x, x]", "more than 8 MB"),
        ("x = 'a' * (9 << 20)", "more than 8 MB"),
        ("x = '\\0' * (2 << 20)", "more than 8 MB"),
        ("x = '\\ud800'", "lone surrogate"),
        ("x = 1 << 4096", "an integer of more than 4096 bits"),
        ("x = {(1, 2): 3}", "a dict with a key"),
        ("x = {i: 0 for i in range(10001)}", "a dict of more than 10000 entries"),
        ("import numpy as np\nx = [np.zeros(9 << 20)] * 8", "more than 512 MB of arrays"),
        ("import numpy as np\nx = [np.zeros(1)] * 10001", "more than 10000 arrays"),
    ],
)
def test_what_is_not_plain_is_malformed_and_named(module, code, what):
    student = module(f"y = 5\n{code}", seconds=60)
    with pytest.raises(Malformed) as caught:
        student.value("x")
    assert what in caught.value.message
    assert student.value("y") == 5  # the same process goes on


def test_a_call_gets_copies(module):
    student = module("def f(a, b):\n    a[0] = 9\n    b.append(1)\n    return a, b")
    array, items = np.zeros(2), [0]
    assert student.call("f", array, items)[0].tolist() == [9, 0]
    assert (array.tolist(), items) == ([0, 0], [0])


def test_only_plain_arguments_go_in(module):
    with pytest.raises(TypeError, match="not an object of type object"):
        module("def f(a): return a").call("f", object())


def test_names_are_those_the_code_bound(module):
    student = module(
        "import os\n_a = 1\nb = 2\ndef c(): pass\nif __name__ == '__main__':\n    d = 4\nname = __name__"
    )
    assert student.names() == ("os", "b", "c", "name")
    assert student.value("name") == "ps4"


def test_a_missing_name_is_missing(module):
    student = module("x = 1")
    for ask in (student.value, student.call):
        with pytest.raises(Missing, match=r"`parameter_count` is not in ps4\.py"):
            ask("parameter_count")


def test_a_number_is_no_function(module):
    with pytest.raises(Malformed, match="`x` is not a function"):
        module("x = 1").call("x")


def test_a_module_that_crashes_keeps_the_names_before(module):
    student = module("x = 1\ny = 1 / 0\nz = 3")
    assert student.names() == ("x",)
    assert student.value("x") == 1
    with pytest.raises(Crashed) as caught:
        student.value("z")
    assert caught.value.message == "ps4.py stopped in line 2: ZeroDivisionError: division by zero"
    assert caught.value.traceback.splitlines() == [
        "Traceback (most recent call last):",
        '  File "ps4.py", line 2, in <module>',
        "    y = 1 / 0",
        "ZeroDivisionError: division by zero",
    ]
    assert student.notes == ("ps4.py stopped: ZeroDivisionError: division by zero",)


def test_a_traceback_holds_their_frames_only(module):
    code = "import json, numpy as np\ndef g(a):\n    return json.loads(a)\ndef f(a):\n    return g(a)\n"
    student = module(code + "def h(a):\n    return np.ones(2) @ np.ones(3)\ndef i(): open('none/x')")
    with pytest.raises(Crashed) as caught:
        student.call("f", "{")
    files = [line for line in caught.value.traceback.splitlines() if line.startswith("  File")]
    assert files == ['  File "ps4.py", line 5, in f', '  File "ps4.py", line 3, in g']
    for name, argument in (("h", 0), ("i", 0)):
        with pytest.raises(Crashed) as caught:
            student.call(name, argument)
        assert sys.prefix not in caught.value.traceback
        assert "grader" not in caught.value.traceback


def test_paths_of_this_machine_stay_out_of_messages(module):
    with pytest.raises(Crashed) as caught:
        module("import os, numpy\nopen(os.path.join(os.getcwd(), 'x.csv'))").value("x")
    assert caught.value.message.endswith("FileNotFoundError: [Errno 2] No such file or directory: 'x.csv'")
    with pytest.raises(Crashed) as caught:
        module("from numpy import nothing").value("nothing")
    assert "cannot import name 'nothing'" in caught.value.message
    assert sys.prefix not in caught.value.message + caught.value.traceback


def test_a_syntax_error_names_its_line(module):
    student = module("x = 1\ny = = 2\n")
    assert student.names() == ()
    with pytest.raises(Crashed, match=r"ps4\.py stopped in line 2: SyntaxError: invalid syntax"):
        student.value("x")


@pytest.mark.parametrize(
    "code", ["x = '\ud800'", "\0", "(" * 10_000, "-" * 100_000 + "1", "x" * 10_000 + "?"]
)
def test_odd_text_is_a_crash_or_nothing(module, code):
    student = module(code)
    with pytest.raises(StudentFault):
        student.value("x")


@pytest.mark.parametrize(
    "what", ["sys.exit()", "sys.exit('bye')", "raise KeyboardInterrupt", "exit(3)", "input('?')"]
)
def test_leaving_is_a_crash_and_the_process_survives(module, what):
    student = module(f"import sys\nx = 1\ndef f():\n    {what}\n{what}\ny = 2")
    with pytest.raises(Crashed):
        student.value("y")
    with pytest.raises(Crashed, match="`f` stopped in line 4"):
        student.call("f")
    assert student.value("x") == 1


def test_exceptions_that_lie_or_break_are_crashes(module):
    code = "class E(Exception):\n    def __str__(self): raise SystemExit\ndef f(): raise E\n"
    student = module(code + "def g(): return g()\nx = 1")
    with pytest.raises(Crashed, match=r"E: <exception str\(\) failed>"):
        student.call("f")
    with pytest.raises(Crashed, match="RecursionError"):
        student.call("g")
    assert student.value("x") == 1


def test_memory_is_limited_and_named(module):
    student = module("x = 1\ndef f():\n    return len(bytearray(2 << 30))", memory_mb=512)
    with pytest.raises(OverLimit, match="`f` used more than 512 MB of memory"):
        student.call("f")
    assert student.value("x") == 1


def test_files_are_limited(module):
    code = "def f():\n    with open('big', 'wb') as file:\n        file.truncate(300 << 20)"
    with pytest.raises(OverLimit, match="too large"):
        module(code).call("f")


def test_output_is_captured_in_order_and_with_the_fault(module):
    code = "import sys\nprint('one')\nprint('two', file=sys.stderr)\ndef f():\n    print('three')\n    1 / 0"
    student = module(code)
    with pytest.raises(Crashed) as caught:
        student.call("f")
    assert caught.value.output == student.output == "one\ntwo\nthree\n"


def test_a_chatty_student_keeps_the_answer_and_loses_the_rest(module):
    student = module("for i in range(30_000): print('x' * 99)\nanswer = 608", output_kb=2)
    assert student.value("answer") == 608
    assert student.output.startswith("x" * 99 + "\n")
    assert "only the first 2 kB" in student.output
    assert len(student.output) < 2200


def test_a_flood_is_stopped(module):
    student = module("import os\ndef f():\n    while True: os.write(1, b'x' * 65536)\nx = 1", output_kb=1)
    with pytest.raises(OverLimit, match="printed more than 64 MB"):
        student.call("f")
    assert student.value("x") == 1


def test_warnings_cost_nothing(module):
    code = "import warnings\nwarnings.warn('old')\nimport numpy as np\nx = float(np.log(np.float64(0)))\n"
    student = module(code + "s = '\\d'")
    assert student.value("x") == -math.inf
    assert (student.output, student.notes) == ("", ())


def test_dataclasses_and_sources_work_as_in_a_file(module):
    code = "import dataclasses, inspect\n@dataclasses.dataclass\nclass A:\n    x: int\n"
    code += "def f():\n    return A(3).x\n"
    student = module(code + "text = inspect.getsource(f)")
    assert student.call("f") == 3
    assert student.value("text") == "def f():\n    return A(3).x\n"


def test_a_file_named_like_a_library_does_not_shadow_it(module):
    student = module("import numpy as np\nx = float(np.random.rand()) < 2", file="random.py")
    assert student.value("x") is True


def test_a_closed_door_stays_closed(module):
    student = module("x = 1")
    assert student.value("x") == 1
    student.close()
    student.close()
    with pytest.raises(RunnerFault, match="closed"):
        student.value("x")


def test_nothing_runs_before_it_is_needed(module, scratch_of):
    before = scratch_of()
    student = module("x = 1")
    assert scratch_of() == before
    assert student.value("x") == 1
    assert len(scratch_of()) == len(before) + 1


def test_nothing_carries_over_to_the_next_student(module):
    code = "import random, sys, builtins, os\nimport numpy as np\n"
    first = module(
        code + "random.seed(7)\nnp.random.seed(7)\nbuiltins.secret = sys.modules['secret'] = 1\nx = 1"
    )
    assert first.value("x") == 1
    first.close()
    drawn = "x = [random.random(), float(np.random.rand()), hash('a'), str({'a', 'b', 'c'})]\n"
    probe = "y = hasattr(builtins, 'secret') or 'secret' in sys.modules\nz = os.listdir('.')"
    second, third = module(code + drawn + probe), module(code + drawn + probe)
    assert second.value("x") == third.value("x")  # seeded alike, so that the same work draws the same
    assert (second.value("y"), second.value("z")) == (False, [])


def test_files_handed_in_together_find_each_other(module):
    files = {
        "mine.py": b"seven = 7",
        "data/x.csv": b"1,2\n",
        "../out.py": b"",
        "/etc/x": b"",
        "random.py": b"bad = 1",
    }
    student = module(
        "from mine import seven\nimport random\nx = open('data/x.csv').read()\ny = random.random() < 2",
        files=files,
    )
    assert (student.value("seven"), student.value("x"), student.value("y")) == (7, "1,2\n", True)


def test_a_handler_answers_outside_of_the_deadline(module):
    code = """
import sys
def asking():
    frame = sys._getframe()
    while "asking" not in frame.f_globals or not hasattr(frame.f_globals["asking"], "ask"):
        frame = frame.f_back
    return frame.f_globals["asking"].ask
def double(a): return asking()("double", a) + 1
def nobody(): return asking()("triple", 1)
"""

    def slow(value: object) -> object:
        time.sleep(2.5)
        return value * 2

    student = module(code, seconds=2, handlers={"double": slow})
    assert student.call("double", np.arange(3)).tolist() == [1, 3, 5]
    with pytest.raises(Crashed, match="nobody here answers 'triple'"):
        student.call("nobody")
    assert student.call("double", 4) == 9


def test_a_handler_that_breaks_is_our_fault(module):
    code = """
import sys
def f():
    frame = sys._getframe()
    while "asking" not in frame.f_globals or not hasattr(frame.f_globals["asking"], "ask"):
        frame = frame.f_back
    return frame.f_globals["asking"].ask("break", 1)
x = 1
"""
    student = module(code, handlers={"break": lambda _: 1 / 0})
    with pytest.raises(ZeroDivisionError):
        student.call("f")
    assert student.value("x") == 1


def test_the_seconds_of_a_submission_are_shared(module):
    purse = Purse(1.0)
    loop = "def f():\n    while True: pass\nx = 1"
    with pytest.raises(TimedOut, match="after 0"):
        module(loop, purse=purse).call("f")
    with pytest.raises(TimedOut, match=r"after 0\.01 seconds"):
        module(loop, purse=purse).call("f")


def test_background_threads_stand_still_between_requests(module):
    code = "import threading\ncount = 0\ndef spin():\n    global count\n    while True: count += 1\n"
    student = module(code + "threading.Thread(target=spin, daemon=True).start()")
    first = student.value("count")
    time.sleep(1)
    moved = student.value("count") - first
    time.sleep(0.001)
    assert moved < max(10 * (student.value("count") - first - moved), 2_000_000)
