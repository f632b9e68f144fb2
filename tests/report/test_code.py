"""A student's code on the page: as given, coloured, numbered, the place where it stopped marked."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.datatypes import CheckResult, CodeShown, PartResult, Result, Status
from grader.report import student_page
from grader.report.coloured import LONGEST_LINE, MOST_BLANK, coloured
from grader.report.listings import MOST_COLOURED, listings
from grader.report.places import Place, place
from tests.report.hostile import XSS
from tests.report.reading import Page, as_shown, assert_harmless
from tests.report.test_pages import luminance

MODULE = """import keras

def prepare(x, y):
    '''Flatten them.'''
    x = x.reshape(len(x), 784)  # pixels
    y = keras.utils.np_utils(y, 10)
    return x, y
"""
TRACEBACK = """Traceback (most recent call last):
  File "ps4.py", line 6, in prepare
    y = keras.utils.np_utils(y, 10)
        ^^^^^^^^^^^^^^^^^^^^
AttributeError: no np_utils"""


def crashed(*codes: CodeShown, traceback: str = TRACEBACK, code=(), labels=(), **more) -> Result:
    check = CheckResult(
        *("prepare", Status.CRASHED, "It prepares", "`prepare` stopped"),
        possible=4.0,
        traceback=traceback,
        **more,
    )
    part = PartResult("2C", "Preparing", 0.0, 4.0, 0.0, checks=(check,), code=code, labels=labels)
    return Result("ps4", "t", "ada", 0.0, 4.0, 0.0, (part,), code=codes)


def ps4(text: str = MODULE) -> CodeShown:
    return CodeShown("ps4.py", "ps4.py", text)


# ---- colours ---------------------------------------------------------------------------------


def test_each_kind_of_word_has_its_colour():
    lines = coloured(MODULE.rstrip("\n").split("\n"))
    inks = {text.strip(): ink for line in lines for ink, text in line}
    assert inks["def"] == inks["import"] == inks["return"] == "keyword"
    assert inks["'''Flatten them.'''"] == "string"
    assert inks["# pixels"] == "remark"
    assert inks["784"] == "number"
    assert inks["prepare"] == "name"
    assert inks["len"] == "builtin"


def test_what_colours_are_given_has_a_rule_in_the_stylesheet():
    sheet = (Path(__file__).parents[2] / "grader/report/templates/style.css").read_text(encoding="utf-8")
    inks = {ink for line in coloured(MODULE.split("\n")) for ink, _ in line} - {""}
    assert inks == set(re.findall(r"\.code \.(\w+) \{ color: var\(--code-\w+\)", sheet))


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_colour_of_code_can_be_read(scheme):
    sheet = (Path(__file__).parents[2] / "grader/report/templates/style.css").read_text(encoding="utf-8")
    roots = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    code = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", root)) for root in roots if "--stopped" in root][
        scheme
    ]
    plain = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", roots[scheme]))
    inks = [colour for name, colour in code.items() if name != "stopped"]
    assert len(inks) == 6
    for ground in (plain["page"], code["stopped"]):
        for ink in (*inks, plain["text"], plain["quiet"], plain["wrong"]):
            lights = sorted([luminance(ground), luminance(ink)])
            assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, (ground, ink)


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=30), min_size=1, max_size=12))
def test_no_character_is_lost_or_moved(lines):
    assert ["".join(text for _, text in line) for line in coloured(lines)] == lines


@pytest.mark.parametrize(
    "lines",
    [["'%" + "0" * LONGEST_LINE], [" "] * (MOST_BLANK + 1), ["x = 1", "(" * 1_000_000]],
    ids=["a long line", "blank lines", "brackets"],
)
def test_what_would_take_time_is_plain(lines):
    assert coloured(lines) == [(("", line),) for line in lines]


# ---- where it stopped ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("traceback", "found"),
    [
        (TRACEBACK, Place("ps4.py", 6, "y = keras.utils.np_utils(y, 10)", "AttributeError: no np_utils")),
        (
            '  File "cell 3", line 2\n    x = (\n        ^\nSyntaxError: never closed',
            Place("cell 3", 2, "x = (", "SyntaxError: never closed"),
        ),
        (
            'Traceback (most recent call last):\n  File "a.py", line 9, in f\n  File "a.py", line 4, in g\nE: 1\nmore',
            Place("a.py", 4, "", "E: 1"),
        ),
        (
            TRACEBACK + '\n  File "ps4.py", line 3, in x\n    forged = 1\nRight: 5 of 5 points',
            Place("ps4.py", 6, "y = keras.utils.np_utils(y, 10)", "AttributeError: no np_utils"),
        ),
        (
            f"{TRACEBACK.replace('AttributeError: no np_utils', 'RuntimeError: ' + TRACEBACK)}",
            Place(
                "ps4.py",
                6,
                "y = keras.utils.np_utils(y, 10)",
                "RuntimeError: Traceback (most recent call last):",
            ),
        ),
        (
            (
                '  File "a.py", line 2, in f\n    f()\n  [Previous line repeated 9 more times]\n'
                '  File "a.py", line 1, in f\n    x\n    ^\nRecursionError: deep'
            ),
            Place("a.py", 1, "x", "RecursionError: deep"),
        ),
        ("ValueError: \n" + TRACEBACK, None),
        ("MemoryError", None),
        ("", None),
    ],
)
def test_the_innermost_line_of_the_students_own_is_the_place(traceback, found):
    assert place(traceback) == found


@given(st.text(max_size=200))
def test_any_text_may_be_a_traceback(text):
    place(text)
    place(f'  File "{text}", line 3\n{text}')


def test_the_line_is_marked_by_sign_and_word_and_stands_at_the_check():
    html = student_page(crashed(ps4()))
    page = assert_harmless(html)
    marked = '<span class="line stopped" data-n="6">'
    assert html.count(marked) == 2, "at the check, and in the whole file"
    assert page.text.count("✗ It stopped here: AttributeError: no np_utils") == 2
    assert "it stopped in line 6" in page.text
    excerpt = html[html.index("Where your code stopped") :].partition("</pre>")[0]
    assert re.findall(r'data-n="(\d+)"', excerpt) == ["3", "4", "5", "6", "7"]


def test_a_traceback_is_folded_where_the_line_is_shown_and_open_where_it_is_all_there_is():
    assert "<summary>Traceback</summary>" in student_page(crashed(ps4()))
    assert "<summary>Traceback</summary>" not in student_page(crashed())
    long = "".join(f'  File "ps4.py", line {n}, in f\n    g()\n' for n in range(20)) + "RecursionError: deep"
    assert "<summary>Traceback</summary>" in student_page(crashed(traceback=long))


def test_a_cell_of_the_part_is_found_by_its_label_and_two_of_one_label_by_what_stands_there():
    traceback = '  File "cell 3", line 1, in <module>\n    y = 1 / 0\nZeroDivisionError: division by zero'
    result = crashed(traceback=traceback, code=("x = 2", "y = 1 / 0"), labels=("cell 3", "cell 3"))
    found = listings(result, 1000, 400)
    assert [listing.stops for listing in found.parts["2C"]] == [(), (1,)]
    assert found.excerpts["prepare"].lines[0].pieces[0] == ("", "y = ")
    elsewhere = listings(
        crashed(traceback=traceback, code=("a", "b"), labels=("cell 3", "cell 3")), 1000, 400
    )
    assert elsewhere.excerpts == {}, "which of the two nobody can say"
    assert listings(crashed(traceback=traceback, code=("a",), labels=("cell 4",)), 1000, 400).excerpts == {}


def test_a_line_beyond_what_is_shown_is_shown_at_its_check():
    text = "x = 1\n" * 5000 + "y = nothing\n" + "x = 1\n" * 5000
    traceback = '  File "ps4.py", line 5001, in <module>\n    y = nothing\nNameError: nothing'
    (listing,) = listings(crashed(ps4(text), traceback=traceback), 20_000, 400).others
    assert listing.stops == ()
    assert len(listing.lines) + listing.left_out == 10_001
    excerpt = listings(crashed(ps4(text), traceback=traceback), 20_000, 400).excerpts["prepare"]
    assert [line.number for line in excerpt.lines] == [4998, 4999, 5000, 5001, 5002, 5003]
    assert excerpt.stops == (5001,)


def test_an_excerpt_has_the_mark_of_its_own_check_alone():
    other = TRACEBACK.replace("line 6", "line 5").replace("y = keras.utils.np_utils(y, 10)", "x = x.reshape")
    result = crashed(ps4())
    part = result.parts[0]
    again = replace(part.checks[0], name="other", traceback=other)
    both = replace(result, parts=(replace(part, checks=(*part.checks, again)),))
    found = listings(both, 20_000, 400)
    assert found.others[0].stops == (5, 6)
    assert {name: excerpt.stops for name, excerpt in found.excerpts.items()} == {
        "prepare": (6,),
        "other": (5,),
    }


def test_a_hidden_checks_traceback_marks_nothing():
    """Redaction takes it out; where it did not, no page is made of it."""
    result = crashed(ps4(), traceback="", hidden=True)
    hidden = replace(result.parts[0].checks[0], message="")
    html = student_page(replace(result, parts=(replace(result.parts[0], checks=(hidden,)),)))
    assert "stopped here" not in html
    assert "<summary>ps4.py</summary>" in html


# ---- as given --------------------------------------------------------------------------------


def test_code_stands_there_as_it_was_given_and_its_numbers_are_the_stylesheets():
    page = Page(student_page(crashed(ps4("if x:\r\n\ty = '<b>'\r\n"), traceback="")))
    assert "if x: y = '<b>'" in page.text
    html = student_page(crashed(ps4("if x:\n    y = 1\n\n    z = 2"), traceback=""))
    block = html[html.index('<pre class="code"') :].partition("</pre>")[0]
    assert re.sub(r"<[^>]*>", "", block) == "if x:\n    y = 1\n\n    z = 2\n"


@pytest.mark.parametrize("text", XSS)
def test_no_code_becomes_markup(text):
    page = assert_harmless(student_page(crashed(CodeShown(text, text, text), code=(text,), labels=(text,))))
    assert as_shown(text).replace(" ", "") in re.sub(r"\s+", "", page.text)


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "\n" * 100_000, "x\n" * 100_000, "[" * 200_000, "'%0 " * 100_000, "\x00\u202e" * 1000],
)
def test_hostile_code_makes_a_page_that_can_be_mailed(text):
    html = student_page(crashed(ps4(text), code=(text,) * 3, labels=("cell 1",) * 3))
    assert_harmless(html)
    assert len(html.encode()) < 500_000
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", html)


def test_what_is_left_out_is_said():
    text = Page(student_page(crashed(ps4("x = 1\n" * 100_000), traceback=""))).text
    assert re.search(r"\d\d,\d{3} more lines are left out on this page", text)
    assert "[… 999,000 more characters]" in Page(student_page(crashed(ps4("x" * 1_000_000)))).text


def test_a_page_colours_so_much_code_and_shows_the_rest_plain():
    piece = "if x: y = 1  # one\n" * 200
    many = tuple(CodeShown(f"{n}.py", f"{n}.py", piece) for n in range(2 * MOST_COLOURED // len(piece)))
    found = listings(crashed(*many, traceback=""), 20_000, 400).others
    inks = [bool(listing.lines[0].pieces[0][0]) for listing in found if listing.lines]
    assert inks[0]
    assert not inks[-1]
    assert inks == sorted(inks, reverse=True)


def test_a_result_of_before_has_its_code_all_the_same():
    result = crashed(code=("x = 1", "y = 2"), traceback="")
    assert [one.label for one in listings(result, 1000, 400).parts["2C"]] == ["", ""]
    assert "x = 1" in Page(student_page(result)).text


@pytest.mark.browser
def test_what_is_copied_is_the_code_without_its_numbers_and_signs(opened):
    page = opened(
        student_page(crashed(ps4("if x:\n    y = 1\n\n    z = 2\ny = 3\ny = keras.utils.np_utils(y, 10)")))
    )
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('section[aria-labelledby=code] pre'))"
    )
    copied = page.evaluate("getSelection().toString()").rstrip()
    assert copied == "if x:\n    y = 1\n\n    z = 2\ny = 3\ny = keras.utils.np_utils(y, 10)"


@pytest.mark.browser
def test_the_mark_is_seen_without_colour_and_fits_a_narrow_screen(opened):
    page = opened(student_page(crashed(ps4())), width=320)
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sign = "getComputedStyle(document.querySelector('.stopped'), '::before').content"
    assert page.evaluate(sign) == '"✗ 6"'
