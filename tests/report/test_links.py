"""Every link of the pages leads to something that is there, in the file or beside it, and every id is alone."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from grader import pipeline
from tests.report.conftest import ps4
from tests.report.every_page import EVERY, LATE, STUDENTS, handed_in_nothing
from tests.report.reading import Page

NAMES = ("ada", "Grace Hopper (12)", "100% sure #1?", "José & Ko; ü+ß", "漢字", "a=b'c", "…~-._")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list", "form")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The reports of a class with names that mean something in a URL."""
    out = tmp_path_factory.mktemp("reports")
    first, *others = NAMES
    results = [replace(handed_in_nothing(), student=first)]
    results += [replace(ps4(), student=name, lateness=LATE, needs_attention=True) for name in others]
    pipeline.write_class([pipeline.write_out(result, out) for result in results], out)
    return out


def assert_whole(page: Page) -> list[str]:
    """Assert that ids are alone and that what names one is right; return the links that lead out of the page."""
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    named = [name for attribute in REFERENCES for value in page.all(attribute) for name in value.split()]
    inside = [unquote(link[1:]) for link in page.all("href") if link.startswith("#")]
    assert set(named) | set(inside) <= set(ids)
    return [link for link in page.all("href") if not link.startswith("#") and link != "data:,"]


@pytest.mark.parametrize("kind", EVERY)
def test_ids_are_alone_and_every_fragment_is_there(kind):
    page = Page(EVERY[kind]())
    leading_out = assert_whole(page)
    assert all(re.match(r"(students|staff)/", link) for link in leading_out)
    assert all(source.startswith("data:image/png;base64,") for source in page.all("src"))
    if kind in STUDENTS:
        assert leading_out == []


def test_every_file_that_a_page_leads_to_is_there(out):
    pages = sorted(out.rglob("*.html"))
    assert len(pages) == len(NAMES) + 1
    for file in pages:
        for link in assert_whole(Page(file.read_text(encoding="utf-8"))):
            aim = (file.parent / unquote(link)).resolve()
            assert aim.is_file(), link
            assert out.resolve() in aim.parents, link


def test_what_is_handed_out_leads_nowhere(out):
    for file in out.glob("students/*/*"):
        assert assert_whole(Page(file.read_text(encoding="utf-8"))) == []


@pytest.mark.browser
def test_a_click_on_a_name_opens_its_page(browser, out):
    page = browser.new_page()
    for name in NAMES:
        page.goto((out / "index.html").as_uri())
        page.locator("#students .who").get_by_role("link", name=name, exact=True).click()
        assert page.locator("header bdi").inner_text() == name
        assert Path(unquote(page.url)).parent.name == name
    page.context.close()
