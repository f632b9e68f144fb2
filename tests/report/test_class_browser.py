"""The class's page in a real browser: sorted, filtered, by keyboard, on paper, without its script."""

import re
from dataclasses import replace

import pytest

from grader.datatypes import Status
from grader.report import class_page, drawings
from grader.report.outcomes import of_checks
from tests.report.many import class_of, links

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def results():
    return class_of(30)


@pytest.fixture(scope="module")
def html(results):
    return class_page(results, *links(results))


def column(page, number: int) -> list[str]:
    return page.evaluate(
        "number => [...document.querySelectorAll('#students tbody tr')].map(row => row.cells[number].innerText)",
        number,
    )


def shown(page) -> list[str]:
    """Return the students shown, by the path of their page."""
    paths = page.evaluate(
        "[...document.querySelectorAll('#students .who a')].map(link => link.getAttribute('href'))"
    )
    return [re.findall(r"students/(\w+)/", path)[0] for path in paths]


def head(page, name: str):
    return page.locator("#students thead").get_by_role("button", name=name, exact=True)


def test_a_click_sorts_and_another_turns_it_round(opened, html, results):
    page = opened(html)
    by_name = [result.student for result in sorted(results, key=lambda result: result.who["name"])]
    assert sorted(shown(page)) == sorted(by_name)
    mark = page.locator("#students thead th").nth(1)
    mark.get_by_role("button").click()
    marks = [float(mark) for mark in column(page, 1)]
    assert marks == sorted(marks)
    assert mark.get_attribute("aria-sort") == "ascending"
    mark.get_by_role("button").click()
    assert [float(mark) for mark in column(page, 1)] == sorted(marks, reverse=True)
    assert mark.get_attribute("aria-sort") == "descending"
    assert page.locator("#students [aria-sort]").count() == 1


def test_what_has_no_number_is_last_in_both_directions(opened, html):
    page = opened(html)
    late = page.locator("#students thead th").nth(4)
    for _ in range(2):
        late.get_by_role("button").click()
        hours = column(page, 4)
        assert hours[0]
        assert hours == sorted(hours, key=lambda text: text == "")


@pytest.mark.parametrize("table", ["parts", "checks", "slips"])
def test_every_column_of_every_table_sorts_without_losing_a_row(opened, html, table):
    page = opened(html)
    body = page.locator(f"section:has(#{table}) tbody").last
    before = sorted(body.locator("tr").all_inner_texts())
    for button in page.locator(f"section:has(#{table}) .sort").all():
        button.click()
        assert sorted(body.locator("tr").all_inner_texts()) == before


def test_a_checks_number_filters_the_students(opened, html, results):
    page = opened(html)
    row = page.locator("section:has(#checks) tbody tr", has_text="What 2b_3 asks")
    row.get_by_role("button").click()
    failed = {
        result.student
        for result in results
        for part in result.parts
        for check in part.checks
        if check.name == "2b_3" and check.status not in {Status.PASSED, Status.PENDING, Status.ERROR}
    }
    assert set(shown(page)) == failed
    assert 0 < len(failed) < 30
    assert page.locator("#shown").inner_text() == f"{len(failed)} of 30 students."
    assert page.evaluate("document.activeElement.id") == "show"
    page.get_by_role("button", name="Clear").click()
    assert len(shown(page)) == 30


def test_text_and_status_filter_together(opened, html, results):
    page = opened(html)
    page.locator("#show").select_option("a")
    flagged = set(shown(page))
    broken = {
        result.student
        for result in results
        if any(check.status is Status.ERROR for part in result.parts for check in part.checks)
    }
    assert flagged == {result.student for result in results if result.needs_attention} - broken
    one = min(flagged)
    page.locator("#find").fill(one.upper())
    assert shown(page) == [one]
    page.locator("#find").fill("no such student")
    assert shown(page) == []
    assert page.locator("#shown").inner_text() == "0 of 30 students."


def test_a_sorted_table_stays_sorted_when_it_is_filtered(opened, html):
    page = opened(html)
    page.locator("#students thead th").nth(1).get_by_role("button").click()
    page.locator("#show").select_option("w")
    marks = [float(mark) for mark in column(page, 1)]
    assert len(marks) < 30
    assert marks == sorted(marks)


def test_hidden_names_are_nowhere_to_be_seen(opened, html, results):
    page = opened(html)
    page.locator("#hide").check()
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    text = page.locator("body").inner_text()
    for result in results:
        assert result.student not in text
        assert result.who["name"] not in text
    assert "not readable here" not in text
    assert page.locator("#students tbody a:visible, .reasons a:visible").count() == 0
    numbers = page.evaluate("[...document.querySelectorAll('#students .who')].map(who => +who.dataset.n)")
    assert numbers == list(range(1, 31))
    page.locator("#hide").uncheck()
    assert "not readable here" in page.locator("#show").inner_text()
    assert page.locator("#students tbody a:visible").count() == 60


def test_keyboard_alone_sorts_filters_and_hides(opened, html):
    page = opened(html)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "hide"
    page.keyboard.press("Space")
    assert page.locator("#hide").is_checked()
    page.locator("#clear").focus()
    page.keyboard.press("Tab")  # the table itself, which scrolls
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#students thead th").nth(1).get_attribute("aria-sort") == "ascending"
    unreachable = page.evaluate(
        "[...document.body.querySelectorAll('*')].filter(box => box.scrollWidth > box.clientWidth + 1"
        " && ['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.tabIndex < 0).length"
    )
    assert unreachable == 0


def test_a_large_class_is_laid_out_in_part_and_printed_in_whole(opened):
    results = class_of(150)
    page = opened(class_page(results, *links(results)))
    assert len(shown(page)) == 60
    assert page.locator("#shown").inner_text() == "150 of 150 students; the first 60 are shown."
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(shown(page)) == 150


def test_the_button_shows_the_rest(opened):
    results = class_of(150)
    page = opened(class_page(results, *links(results)))
    page.get_by_role("button", name="Show all of them").click()
    assert len(shown(page)) == 150
    assert not page.locator("#rest").is_visible()


def test_without_script_all_is_there_and_nothing_is_dead(browser, html, tmp_path):
    file = tmp_path / "class.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("#students tbody tr").count() == 30
    assert page.get_by_role("button").count() == 0
    assert re.fullmatch(r"([✓◐✗○…!]+ )+[✓◐✗○…!]+", page.locator("#students tbody .signs").first.inner_text())
    assert not page.locator("#controls").is_visible()
    page.locator("#hide").check()
    assert page.locator("#students tbody a:visible").count() == 0
    context.close()


def test_another_script_does_not_run(browser, html, tmp_path):
    file = tmp_path / "class.html"
    file.write_text(
        html.replace("<script>", "<script>document.title = 'stolen'</script><script>"), encoding="utf-8"
    )
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.locator("script").count() == 2
    assert page.title() == "Deep Learning: class"
    assert page.locator("#controls").is_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_no_class_is_wider_than_the_screen(opened, html, width, scheme):
    page = opened(html, width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_signs_are_drawn_as_everything_else(opened, html, results):
    """The script draws a student's row; the stylesheet, the key and the bars are Python's: one code."""
    page = opened(html)
    row = page.locator("#students tbody tr", has_text=results[0].student)
    paths = row.locator("svg path").evaluate_all(
        "paths => paths.map(path => [path.classList[0], path.getAttribute('d')])"
    )
    drawn = {
        (float(x), kind, float(y))
        for kind, data in paths
        for x, y in re.findall(r"M([\d.]+) ([\d.]+)h6", data)
    }
    kinds = {sign: kind for kind, sign in drawings.SIGN.items()}
    x, told = 0, set()
    items = of_checks(results)
    for sign in drawings.signs(items, 0):
        if sign in kinds:
            told.add((x, kinds[sign], drawings.middle(kinds[sign])))
        x += 3 if sign == " " else 8
    assert drawn == told
    assert len({kind for _, kind, _ in drawn}) > 3


def test_numbers_in_names_sort_as_people_count(opened):
    one = class_of(1)[0]
    named = [replace(one, student=f"x{n}", who={"name": f"Student {n}"}) for n in (10, 9, 1)]
    page = opened(class_page(named, *links(named)))
    page.locator("#students thead th").first.get_by_role("button").click()
    page.locator("#students thead th").first.get_by_role("button").click()
    assert shown(page) == ["x1", "x9", "x10"]
