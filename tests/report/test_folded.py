"""Blank lines are counted and not drawn; a text is so many lines high and no higher."""

from dataclasses import replace

from grader.datatypes import CodeShown
from grader.report import student_page
from grader.report.folded import folded
from grader.report.listings import listings
from tests.report.reading import Page


def test_a_run_of_blank_lines_is_a_word():
    assert folded("a\n\n\n\n\nb", 1000) == "a\n\n\n\n\nb"
    assert folded("a" + "\n" * 98 + "b", 1000) == "a\n\n[… 97 blank lines]\n\nb"
    assert folded("a" + "\n \t" * 5_000 + "\nb", 20_000) == "a\n\n[… 5,000 blank lines]\n\nb"


def test_what_was_folded_stays():
    for text in ("a" + "\n" * 98 + "b", "a\n\nb\n" * 9_000):
        assert folded(folded(text, 1000), 1000) == folded(text, 1000)


def test_lines_beyond_the_limit_are_counted():
    shown = folded("a\n\n" * 5_000, 4_000)
    assert shown.count("\n") == 100
    assert shown.endswith("\n[… 9,901 more lines are left out on this page]")


def test_blank_lines_of_code_are_folded_and_the_others_keep_their_numbers(result):
    code = CodeShown("a.py", "a.py", "x = 1" + "\n" * 60 + "y = 2\n\nz = 3")
    (shown,) = listings(replace(result, code=(code,)), 20_000, 400).others
    assert [(line.number, line.blank) for line in shown.lines] == [(1, 0), (2, 58), (61, 0), (62, 0), (63, 0)]
    assert "[… 58 more blank lines]" in Page(student_page(replace(result, code=(code,)))).text


def test_code_below_many_blank_lines_is_there(result):
    code = CodeShown("a.ipynb", "cell 1", "\n" * 29 + "x=1")
    (shown,) = listings(replace(result, code=(code,)), 20_000, 400).others
    assert "".join(text for _, text in shown.lines[-1].pieces) == "x=1"
    assert shown.lines[-1].number == 30
