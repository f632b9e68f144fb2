"""The pages in a real browser: light, dark, narrow, on paper."""

from dataclasses import replace

import pytest

from grader.datatypes import AnswerRead
from grader.report import class_page, student_page

pytestmark = pytest.mark.browser
XSS = "</pre><script>document.title = 'stolen'</script><img src=x onerror=\"document.title = 'stolen'\">"


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
        assert page.locator("main script, img").count() == 0
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
