"""axe-core finds nothing on any page, light, dark, on a telephone and on paper."""

import pytest

from tests.report.every_page import CLASSES, EVERY, STUDENTS

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# What is found on one ground and at one width may hide on another; all else is the same there.
OF_LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
ROWS = {"exclude": [".full ~ main tbody tr:nth-child(n+5)"]}  # of a class: the others are like the first
UNFOLD = "document.querySelectorAll('details').forEach(folded => folded.open = true)"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def found(page, axe, kind="tag", rules=RULES):
    only = {"type": kind, "values": rules}
    if page.evaluate("'axe' in window"):
        axe = type(axe)("0")  # its half a megabyte is there already: once to a page is enough
    return axe.run(page, ROWS, {"runOnly": only, "resultTypes": ["violations"], "preload": False})


def assert_accessible(page, axe):
    """Assert that axe finds nothing in the light on a desk, nor in the dark on a telephone."""
    page.evaluate(UNFOLD)
    report = found(page, axe)
    assert not report.violations_count, report.generate_report()
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    report = found(page, axe, "rule", OF_LOOKS)
    assert not report.violations_count, f"dark, 360 px: {report.generate_report()}"


@pytest.mark.parametrize("kind", EVERY)
def test_no_page_has_a_barrier(opened, axe, kind):
    assert_accessible(opened(EVERY[kind](), bypass_csp=True), axe)


@pytest.mark.parametrize("kind", ["everything", "a class of thirty"])
def test_nor_has_paper(opened, axe, kind):
    page = opened(EVERY[kind](), scheme="dark", bypass_csp=True)
    page.evaluate(UNFOLD)
    page.emulate_media(media="print")
    report = found(page, axe, "rule", OF_LOOKS)
    assert not report.violations_count, report.generate_report()


def test_nor_has_a_class_whose_names_are_hidden(opened, axe):
    page = opened(CLASSES["a class of thirty"](), bypass_csp=True)
    page.locator("#hide").check()
    assert_accessible(page, axe)


def test_axe_would_find_something(opened, axe):
    page = opened(STUDENTS["no parts"]().replace(' lang="en"', ""), bypass_csp=True)
    page.add_style_tag(content="footer { color: #999; }")
    broken = {violation["id"] for violation in found(page, axe).response["violations"]}
    assert broken == {"html-has-lang", "color-contrast"}
