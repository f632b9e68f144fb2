"""Names that a student gave are told as names, never in the page's own voice."""

from dataclasses import replace

import pytest

from grader.report import student_page
from grader.report.noted import Noted, noted, shortened
from tests.report.reading import Page

VERDICT = "✓ Full marks, Prof. X.png"


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("a.md: read as Latin-1", Noted("read as Latin-1", "a.md")),
        ("b/a.py: the same as ✓ Right.py", Noted("the same as", "b/a.py", "✓ Right.py")),
        ("✓ Mark: 100 of 100.md: read as Latin-1", Noted("read as Latin-1", "✓ Mark: 100 of 100.md")),
        ("provisional: networks wait", Noted("provisional: networks wait")),
        ("Nothing was handed in.", Noted("Nothing was handed in.")),
    ],
)
def test_the_name_and_what_is_said_of_it_are_apart(note, found):
    assert noted(note) == found


def test_a_long_name_keeps_its_beginning_and_its_ending():
    assert shortened("ps4.py") == "ps4.py"
    assert shortened("a" * 100 + ".py") == "a" * 30 + "…" + "a" * 27 + ".py"


def test_names_of_pictures_and_files_stand_in_frames(result):
    first = replace(result.parts[0], figures=(VERDICT, "data:x", "data:y"))
    html = student_page(replace(result, parts=(first,), notes=(f"{VERDICT}: not read",), unread=(VERDICT,)))
    assert html.count(VERDICT) == html.count(f'<bdi class="name">{VERDICT}</bdi>') == 2
    assert "2 inside your file. A person looks at them." in Page(html).text


def test_many_notes_are_folded(result):
    html = student_page(replace(result, notes=tuple(f"{n}.txt: not read" for n in range(92))))
    assert "<summary>and 87 more notes</summary>" in html
    assert "<summary>and" not in student_page(replace(result, notes=("a.txt: not read",) * 5))
