"""axe finds nothing on the marking page, light on a desk and dark on a telephone; nothing is wider than it."""

import pytest

from tests.desk.conftest import SHOWS
from tests.desk.test_window import go_on
from tests.report.test_accessible import OF_LOOKS, PHONE, found

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def assert_accessible(page, axe):
    report = found(page, axe)
    assert not report.violations_count, report.generate_report()
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    report = found(page, axe, "rule", OF_LOOKS)
    assert not report.violations_count, f"dark, 360 px: {report.generate_report()}"
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": 1200, "height": 900})
    page.emulate_media(color_scheme="light")


def test_nothing_stands_in_the_way(served, window, axe):
    _, address = served("ana", demonstrations={"1A": SHOWS, "3A": SHOWS})
    _, theirs = served("ben")
    page = window(address, bypass_csp=True)
    assert_accessible(page, axe)
    page.goto(address + "part/0/0")
    page.keyboard.press("1")
    assert_accessible(page, axe)
    for key in "ci?":
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        assert_accessible(page, axe)
        page.locator("dialog[open] [data-do=close]").click()
        page.wait_for_selector("dialog[open]", state="detached")
    go_on(page)
    page.locator("[data-do=go]").click()
    page.wait_for_selector("#said.wrong")
    assert_accessible(page, axe)
    other = window(theirs + "part/0/0", bypass_csp=True)
    go_on(other, "2")
    page.goto(address)
    assert_accessible(page, axe)
    page.goto(address + "part/0/all")
    assert_accessible(page, axe)
    page.goto(address + "conflicts")
    page.wait_for_selector(".side")
    assert_accessible(page, axe)


def test_the_next_answer_has_the_keyboard_and_is_said(served, window):
    page = window(served("ana")[1] + "part/0")
    go_on(page, "1")
    assert page.evaluate("document.activeElement.id") == "which"
    assert page.locator("#said").get_attribute("role") == "status"
