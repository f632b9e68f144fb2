"""The foot of the page: how it came about, and how to ask for another look."""

from dataclasses import replace

from grader import record
from grader.report import student_page
from grader.report.origins import origins
from tests.report.reading import Page, assert_harmless

FACTS = {
    "versions": {"python": "3.13.1", "numpy": "2.4"},
    "date": "2026-03-01T14:05:03+00:00",
    "sandbox": "bubblewrap, landlock 7, seccomp",
    "seeds": {"first": 1, "most": 11},
    "data": {"name": "mnist", "checksum": "ab" * 32},
}


def test_all_of_it_is_told(result):
    page = Page(student_page(record.for_student(replace(result, provenance=FACTS))))
    for words in (
        "ps4, graded 2026-03-01 14:05 UTC, with python 3.13.1, numpy 2.4.",
        f"Networks are trained on MNIST (SHA-256 of its arrays: {'ab' * 32}), from up to 11 fixed seeds",
        "the first of which is 1.",
        "Your code ran behind a wall: bubblewrap, landlock 7, seccomp.",
    ):
        assert words in page.text


def test_what_few_want_to_know_is_folded_and_so_is_what_was_skipped_no_headline(result):
    html = student_page(record.for_student(replace(result, provenance=FACTS, notes=("`!pip` skipped",))))
    foot = html[html.index("<footer") :]
    assert (
        foot.index("graded 2026-03-01")
        < foot.index("<details>")
        < foot.index("SHA-256")
        < foot.index("wall:")
    )
    assert "<code>!pip</code> skipped" in foot
    assert "!pip" not in html[: html.index("<footer")]


def test_what_stood_around_the_code_is_said_where_there_was_no_wall(result):
    for sandbox, words in (("off", "Nothing but limits"), ("process", "in a process of its own")):
        assert any(words in line for line in origins(replace(result, provenance={"sandbox": sandbox})))


def test_provenance_of_any_shape_makes_a_page(result):
    for odd in ({}, {"data": "mnist", "seeds": [1], "sandbox": 3, "versions": [], "date": 5}, {"data": {}}):
        assert_harmless(student_page(replace(result, provenance=odd)))


def test_the_course_says_how_to_ask_for_another_look(result):
    usual = Page(student_page(result)).text
    assert "Ask the course’s staff for another look, and name the part and the check." in usual
    own = Page(student_page(replace(result, another_look="Write to <staff@x.example> by Friday."))).text
    assert "does a mark look wrong? Write to <staff@x.example> by Friday." in own
    assert "Ask the course’s staff" not in own
