"""Both pages by keyboard alone: everything is reached, in reading order, is seen, and lets go again."""

import re

import pytest

from tests.report.every_page import CLASSES, EVERY, STUDENTS

pytestmark = pytest.mark.browser
UNFOLD = "document.querySelectorAll('details').forEach(folded => folded.open = true)"
# What may be used or scrolled: by kind, or since more is in it than can be seen.
WATCH = """() => {
    const scrolls = (box) => ['auto', 'scroll'].includes(getComputedStyle(box).overflowX)
        && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1);
    const useful = [...document.body.querySelectorAll('*')].filter(one =>
        (one.matches('a[href], button, input, select, textarea, summary, [tabindex="0"]') || scrolls(one))
        && one !== document.documentElement && one.checkVisibility() && !one.disabled);
    window.useful = useful;
    window.reached = [];
    document.addEventListener('focusin', ({target}) => {
        const style = getComputedStyle(target);
        const place = target.getBoundingClientRect();
        window.reached.push({
            place: useful.indexOf(target),
            ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
            seen: place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth,
            named: target.outerHTML.slice(0, 120),
        });
    });
    return useful.length;
}"""

# Whether what has the focus stands behind what a link led to, if anything there can have it.
GOES_ON = """id => {
    const aim = document.getElementById(id);
    const behind = (one) => one.checkVisibility() && aim.compareDocumentPosition(one) & 4;
    const left = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].some(behind);
    return !left || document.activeElement === document.body || !!behind(document.activeElement);
}"""


def walked(page, key: str, steps: int) -> list[dict]:
    page.evaluate("window.reached.length = 0")
    for _ in range(steps):
        page.keyboard.press(key)
    return page.evaluate("window.reached")


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("kind", ["everything", "a class of three"])
def test_tab_reaches_everything_in_reading_order_and_goes_back(opened, kind, width):
    page = opened(EVERY[kind](), width=width)
    page.evaluate(UNFOLD)
    useful = page.evaluate(WATCH)
    assert useful > 20
    there = walked(page, "Tab", useful)
    assert [step["place"] for step in there] == list(range(useful))
    assert [step for step in there if not (step["ringed"] and step["seen"])] == []
    back = walked(page, "Shift+Tab", useful - 1)
    assert [step["place"] for step in back] == list(range(useful - 2, -1, -1))


def test_nothing_folded_is_reached_and_enter_unfolds_it(opened):
    page = opened(STUDENTS["everything"]())
    folded = page.locator("summary").first
    before = page.evaluate(WATCH)
    folded.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None
    assert page.evaluate(WATCH) > before
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is None


def test_enter_on_a_link_leads_to_what_it_names(opened):
    page = opened(STUDENTS["everything"]())
    for link in page.locator("main a[href^='#']").all():
        aim = link.get_attribute("href")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("aim => location.hash === aim", arg=aim)
        top, bottom = page.evaluate(
            "id => { const box = document.getElementById(id).getBoundingClientRect(); return [box.top, innerHeight] }",
            aim[1:],
        )
        assert -1 <= top < bottom, aim
        # From there the next Tab goes on below, and not from where the link stood.
        page.keyboard.press("Tab")
        assert page.evaluate(
            GOES_ON,
            aim[1:],
        ), aim


def test_arrows_scroll_a_box_that_is_too_wide(opened):
    page = opened(STUDENTS["everything"](), width=320)
    page.evaluate(UNFOLD)
    wide = page.evaluate_handle(
        "[...document.querySelectorAll('pre, .wide')].find(box => box.scrollWidth > box.clientWidth + 40)"
    )
    wide.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=wide)


def test_a_class_is_found_sorted_and_shown_again_by_keyboard(opened):
    page = opened(CLASSES["a class of thirty"]())
    page.locator("#find").focus()
    page.keyboard.type("s0007")
    assert page.locator("#shown").inner_text() == "1 of 30 students."
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "clear"
    page.keyboard.press("Space")
    assert page.locator("#shown").inner_text() == "30 of 30 students."
    first = page.locator("section:has(#checks) .link").first
    first.focus()
    page.keyboard.press("Enter")
    assert re.fullmatch(r"\d+ of 30 students\.", page.locator("#shown").inner_text())
    assert page.evaluate("document.activeElement.id") == "show"
