"""Cells run in order; one that stops loses neither those before it nor those after it."""

from __future__ import annotations

import pytest

from grader.sandbox import Crashed, Missing, OverLimit, TimedOut


def test_a_failing_cell_is_noted_and_the_rest_runs(notebook):
    student = notebook("a = 1", "b = 2\n1 / 0\nc = 3", "d = a + b")
    assert student.names() == ("a", "b", "d")
    assert student.value("d") == 3
    assert student.notes == ("cell 2 stopped: ZeroDivisionError: division by zero",)
    with pytest.raises(Crashed) as caught:
        student.value("c")
    assert caught.value.message == "cell 2 stopped in line 2: ZeroDivisionError: division by zero"
    assert '  File "cell 2", line 2, in <module>\n    1 / 0' in caught.value.traceback


def test_an_absent_name_is_missing_unless_a_cell_that_stopped_would_have_bound_it(notebook):
    with pytest.raises(Missing, match=r"`x` is not in hw\.ipynb"):
        notebook("a = 1", "b = 2").value("x")
    with pytest.raises(Missing):
        notebook("import nothing_of_that_name", "b = 2").value("x")
    assert notebook("import nothing_of_that_name\nx = 1", "b = 2").value("x") == 1
    with pytest.raises(Crashed, match="cell 1"):
        notebook("from nothing_of_that_name import *", "b = 2").value("x")
    with pytest.raises(Crashed, match="cell 1"):
        notebook("x = = 1", "b = 2").value("x")


def test_the_cell_that_would_bind_the_name_is_blamed(notebook):
    student = notebook("1 / 0", "x = [][0]", "def f(): pass")
    with pytest.raises(Crashed, match="cell 2 stopped in line 1: IndexError"):
        student.value("x")
    with pytest.raises(Missing):
        student.value("y")


def test_a_syntax_error_loses_its_own_cell_only(notebook):
    student = notebook("a = 1", "b = = 2", "c = a")
    assert student.value("c") == 1
    assert student.notes == ("cell 2 stopped: SyntaxError: invalid syntax",)


def test_exit_in_a_cell_goes_on(notebook):
    student = notebook("exit()", "import sys; sys.exit(1)", "x = 5")
    assert student.value("x") == 5
    assert len(student.notes) == 2


def test_memory_in_a_cell_is_named(notebook):
    student = notebook("a = 1", "b = bytearray(2 << 30)", memory_mb=512)
    assert student.value("a") == 1
    with pytest.raises(OverLimit, match="cell 2 used more than 512 MB"):
        student.value("b")


def test_a_cell_that_runs_on_is_named_and_says_what_is_lost(notebook):
    student = notebook("a = 1", "while True: pass", "b = 2", load_seconds=2)
    with pytest.raises(TimedOut) as caught:
        student.value("a")
    assert caught.value.message.startswith("cell 2 was still running after 2 seconds")
    assert "the cells before it had computed is lost" in caught.value.message


def test_a_cell_that_ends_the_process_is_named(notebook):
    with pytest.raises(Crashed, match="cell 2 stopped: its process ended"):
        notebook("a = 1", "import os\nos._exit(0)").value("a")


def test_functions_and_guards_work_across_cells(notebook):
    student = notebook(
        "def f(a):\n    return g(a) + 1", "def g(a):\n    return a * 2", "if __name__ == '__main__': x = 1"
    )
    assert student.call("f", 3) == 7
    assert student.value("x") == 1


MAGICS = """%matplotlib inline
!pip install numpy \\
    scipy
import math
%time x = math.floor(
    2.5)
len?
?len
files = !ls
if x:
    !echo ")"
    y = '''
%magic and !shell stay in a text?
'''
z = (7
% 4)
x"""


def test_magics_are_skipped_with_a_note(notebook):
    student = notebook(MAGICS, "%%time\nw = 1", "%%bash\nrm -rf x", "\n%%writefile a.py\nv = 1")
    assert [student.value(name) for name in "xzw"] == [2, 3, 1]
    assert student.value("y") == "\n%magic and !shell stay in a text?\n"
    assert student.notes == (
        "cell 1, line 1 `%matplotlib inline` skipped",
        "cell 1, line 2 `!pip install numpy \\` skipped",
        "cell 1, line 7 `len?` skipped",
        "cell 1, line 8 `?len` skipped",
        "cell 1, line 9 `files = !ls` skipped",
        'cell 1, line 11 `!echo ")"` skipped',
        "cell 2, line 1 `%%time` skipped",
        "cell 3, line 1 `%%bash` skipped",
        "cell 4, line 2 `%%writefile a.py` skipped",
    )
    assert student.names() == ("math", "x", "y", "z", "w")


def test_lines_keep_their_numbers_after_a_magic(notebook):
    student = notebook("%matplotlib inline\n!ls\nx = 1 / 0")
    student.names()
    with pytest.raises(Crashed, match="cell 1 stopped in line 3"):
        student.value("x")


def test_line_ends_and_odd_separators_of_windows_and_elsewhere(notebook):
    student = notebook("%pylab\r\nx = 'a\u2028b\x0cc'\r\ny = 1\rz = 2")
    assert student.value("x") == "a\u2028b\x0cc"
    assert (student.value("y"), student.value("z")) == (1, 2)


def test_names_of_ipython_are_there_and_are_not_the_students(notebook, module):
    student = notebook("get_ipython().run_line_magic('matplotlib', 'inline')\ndisplay('hi')\nx = 1")
    assert student.names() == ("x",)
    assert student.output == "hi\n"
    exported = module("!pip install numpy\nget_ipython().system('ls')\nx = 2")
    assert exported.value("x") == 2
    assert exported.notes == ("line 1 `!pip install numpy` skipped",)
