"""Names that differ in little are two names: of files, and of what links lead to."""

from dataclasses import replace

import pytest

from grader.datatypes import CodeShown
from grader.report import student_page
from grader.report.pages import environment
from tests.report.reading import Page


def test_files_that_differ_in_case_alone_are_two(result):
    codes = (CodeShown("PS4.py", "PS4.py", "x = 'upper'"), CodeShown("ps4.py", "ps4.py", "y = 'lower'"))
    html = student_page(replace(result, code=codes))
    assert html.count("<summary>PS4.py</summary>") == html.count("<summary>ps4.py</summary>") == 1


@pytest.mark.parametrize(("one", "other"), [("ü", "ö"), ("a.b", "a-b"), ("a b", "a.b"), ("", "-")])
def test_every_name_has_an_id_of_its_own(result, one, other):
    slug = environment(1000).filters["slug"]
    assert slug(one) != slug(other)
    assert slug(f"check-{one}") == f"check-{slug(one)}", "links are made of the whole, ids of the name"
    first = result.parts[0]
    checks = tuple(replace(result.parts[7].checks[0], name=name) for name in (one, other))
    page = Page(student_page(replace(result, parts=(replace(first, checks=checks),))))
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
