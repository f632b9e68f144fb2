"""The pages in a real browser: light, dark, narrow, on paper."""

import shutil
from dataclasses import replace

import pytest

from grader.datatypes import AnswerRead
from grader.report import class_page, student_page

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the pages were not opened"),
]
XSS = "</pre><script>document.title = 'stolen'</script><img src=x onerror=\"document.title = 'stolen'\">"


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens a page and fails the test for what it asked for or complained of."""
    heard, asked, pages = [], [], []

    def open_page(html, *, width=1000, scheme="light"):
        file = tmp_path / f"{len(pages)}.html"
        file.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        pages.append(file.as_uri())
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in browser.contexts:
        context.close()
    assert heard == []
    assert [url for url in asked if url != "data:,"] == pages


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_no_page_is_wider_than_the_screen(opened, redacted, staff_result, width, scheme):
    for html in (student_page(redacted), class_page([staff_result], {"ada": "students/ada/index.html"})):
        page = opened(html, width=width, scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_style_is_let_in_and_follows_the_scheme(opened, redacted):
    html = student_page(redacted)
    grounds = {
        scheme: opened(html, scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert grounds == {"light": "rgb(246, 246, 243)", "dark": "rgb(20, 23, 26)"}


def test_paper_is_white_and_has_no_links_to_jump_by(opened, redacted):
    page = opened(student_page(redacted))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 32, 36)"
    assert not page.locator("nav").is_visible()


def test_the_first_tab_skips_to_the_results_and_every_scrolled_box_is_reached(opened, redacted):
    page = opened(student_page(redacted), width=320)
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the results"
    unreachable = page.evaluate(
        "[...document.body.querySelectorAll('*')].filter(box => box.scrollWidth > box.clientWidth + 1"
        " && ['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.tabIndex < 0).length"
    )
    assert unreachable == 0


def test_what_a_student_wrote_is_shown_and_does_not_run(opened, redacted):
    part = replace(
        redacted.parts[0], title=XSS, code=(XSS,), output=XSS, answer=(AnswerRead("PDF", XSS, XSS, XSS),)
    )
    hostile = replace(redacted, parts=(part,), notes=(XSS,))
    for html in (student_page(hostile), class_page([replace(hostile, student=XSS)], {})):
        page = opened(html)
        assert page.locator("script, img").count() == 0
        assert page.title().startswith("Deep Learning: ")
        assert XSS in page.locator("body").inner_text()


def test_the_policy_stops_markup_that_got_through(browser, redacted, tmp_path):
    file = tmp_path / "through.html"
    file.write_text(student_page(redacted).replace("ps4.md was read", XSS), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.locator("script").count() == 1
    assert page.title() == "Deep Learning: ada"
    page.close()
