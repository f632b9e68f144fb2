"""Each lost point says where to ask; requests and what came of them are text, and say nobody's name."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import record
from grader.datatypes import Asked, CheckResult, PartResult, Regrade, Result, RubricResult, Status
from grader.report import class_page, student_page
from grader.report.asking import mail, quoted
from grader.report.losses import Loss, losses
from grader.report.sanitised import page as sanitised
from grader.scoring import of_part, of_result
from grader.status import Marked
from tests.report.conftest import ps4
from tests.report.every_page import LATE, handed_in_nothing
from tests.report.many import links
from tests.report.payloads import PAYLOADS
from tests.report.reading import Page, as_shown, assert_harmless, in_a_line
from tests.report.test_accessible import assert_accessible
from tests.report.test_links import assert_whole


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


REGRADE = Regrade("ps4@course.example", "2026-12-10T23:59:00+01:00", "2026-12-10 23:59 CET")
HUGE = "why " * 20_000


def shown(result: Result) -> Page:
    return Page(student_page(record.for_student(result)))


def mails(page: Page) -> list[tuple[str, str]]:
    """Return the subject and the first line of each mail that a page begins."""
    links = [urlsplit(link) for link in page.all("href") if link.startswith("mailto:")]
    assert {link.path for link in links} <= {REGRADE.mail}
    fields = [parse_qs(link.query, strict_parsing=True) for link in links]
    assert all(one.keys() == {"subject", "body"} for one in fields)
    return [(one["subject"][0], one["body"][0]) for one in fields]


def test_each_lost_point_has_a_mail_that_is_begun():
    result = replace(ps4(), regrade=REGRADE, lateness=LATE)
    page = shown(result)
    lost = losses(record.for_student(result))
    found = mails(page)
    assert len(found) == len(lost) > 3
    subjects = [subject for subject, _ in found]
    assert all(subject.startswith("ps4, ") for subject in subjects)
    assert subjects[-1] == "ps4, handed in late, 3 points"
    assert "ps4, part 3B, parameter_count, 2 points" in subjects
    assert all(body == f"About {subject.removeprefix('ps4, ')}:\r\n\r\n" for subject, body in found)
    assert result.student not in " ".join(map(unquote, page.all("href")))
    assert "begins a mail about it. Requests are taken until 2026-12-10 23:59 CET." in page.text
    assert [link for link in assert_whole(page) if not link.startswith("mailto:ps4@course.example?")] == []


def test_without_an_address_each_line_has_its_words_and_the_sentence_stands_once():
    page = shown(replace(ps4(), another_look="Come to the office hours.", regrade=replace(REGRADE, mail="")))
    assert mails(page) == []
    assert page.text.count("Come to the office hours.") == 1
    assert page.text.index("Where the points went") < page.text.index("Come to the office hours.")
    assert "To ask about it, name “3B, parameter_count”." in page.text
    assert "Requests are taken until 2026-12-10 23:59 CET." in page.text


def test_where_the_course_says_nothing_no_line_does():
    page = shown(ps4())
    assert "ask about it, name" not in page.text
    assert page.text.count("Ask the course’s staff for another look") == 1


def test_where_nothing_is_lost_the_address_stands_at_the_foot():
    part = PartResult("1A", "a", 1.0, 1.0, 0.0, (CheckResult("c", Status.PASSED, earned=1.0, possible=1.0),))
    page = shown(Result("ps4", "t", "ada", 1.0, 1.0, 0.0, (part,), regrade=REGRADE))
    assert "Write to ps4@course.example." in page.text


def test_the_address_stands_in_words_too_for_paper_and_other_mailers():
    text = shown(replace(ps4(), regrade=REGRADE)).text
    assert "Write to ps4@course.example, or use the link beside a lost point" in text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("short enough", "short enough"),
        ("word " * 16 + "straddles the end", "word " * 16 + "…"),
        ("they stay as they are and " * 4, "they stay as they are and " * 3 + "…"),
        ("x" * 200, "x" * 80 + " …"),
        ("a " + "x" * 200, "a " + "x" * 78 + " …"),
    ],
)
def test_a_long_criterion_is_cut_between_words(name, told):
    assert quoted(Loss(1.0, "3B", "t", "a", name)) == f"3B, {told}"


@pytest.mark.parametrize(
    ("requests", "told"),
    [
        ([("changed: yes", "1", "2")], "Your request about 3B was answered: 1 → 2 points."),
        ([("stays: no", "1", "1")], "Your request about 3B was answered: 1 point, as before."),
        ([("we talked", "", "")], "Your request about 3B was answered."),
        ([("", "", "")], "Your request about 3B is open: a person looks at it."),
        ([("stays", "1", "1"), ("stays", "1", "1")], "Your 2 requests about 3B were answered."),
        ([("stays", "1", "1"), ("", "", "")], "1 of your 2 requests about 3B was answered."),
        ([("", "", ""), ("", "", "")], "Your 2 requests about 3B are open: a person looks at them."),
    ],
)
def test_what_came_of_a_request_stands_beside_the_mark_and_leads_to_its_place(requests, told):
    asked = tuple(Asked("3B", "why?", *one, "2026-12-01") for one in requests)
    page = shown(replace(ps4(), requests=asked))
    summary = page.text[: page.text.index("Where the points went")]
    assert told in summary
    assert "#asked-3B" in page.all("href")
    assert ("Answer, 2026-12-01" in page.text) == any(decision for decision, *_ in requests)
    assert_whole(page)


def test_a_request_about_a_part_that_is_not_on_the_page_leads_nowhere():
    page = shown(replace(ps4(), requests=(Asked("9Z", "why?", "stays: no", "1", "1"),)))
    assert "asked-9Z" not in " ".join(page.all("href"))


def test_blank_parts_are_one_line_with_one_mail():
    found = mails(shown(replace(handed_in_nothing(), regrade=REGRADE)))
    assert any(re.fullmatch(r"ps4, part .*, no answer, [\d.]+ points", subject) for subject, _ in found)


@given(st.text(max_size=200), st.text(max_size=20), st.floats(0, 100))
def test_no_name_breaks_out_of_a_link(name, part, points):
    result = replace(ps4(), regrade=REGRADE)
    link = mail(Loss(points, part, "t", "a", name), result)
    assert re.fullmatch(r"mailto:ps4@course\.example\?subject=[\w.~%-]+&amp;body=[\w.~%-]+", link, re.ASCII)
    assert sanitised(f'<a href="{link}">x</a>') == f'<a href="{link}">x</a>'


@pytest.mark.parametrize(
    "link",
    [
        "mailto:x@y.example",
        "mailto:x@y.example?cc=z@y.example&amp;body=a",
        "mailto:x@y.example?subject=a&amp;body=b&amp;bcc=z",
        "mailto:x@y.example,z@y.example?subject=a&amp;body=b",
        "mailto:x@y.example?subject=a&amp;body=b\nc",
        "MAILTO:x@y.example?subject=a&amp;body=b",
        "javascript:mailto:x@y.example?subject=a&amp;body=b",
        "tel:1",
    ],
)
def test_other_mails_are_taken_away(link):
    assert "href" not in sanitised(f'<a href="{link}">x</a>')


@pytest.mark.parametrize("mail_", ["x", "a@b.example?cc=c@d.example", '"><script>window.ran=1</script>'])
def test_a_forged_address_makes_no_link(mail_):
    page = student_page(replace(ps4(), regrade=Regrade(mail_)))
    assert "mailto:" not in page
    assert_harmless(page)


# ---- requests and comments ---------------------------------------------------------------------------


def asking(text: str, decision: str = "") -> Result:
    """A student whose comment, request and answer are a text."""
    marked = Marked("kim", "2026-12-01", Status.FAILED)
    check = CheckResult("count", Status.FAILED, "How many.", "No.", possible=2.0, comment=text, marked=marked)
    rubric = RubricResult("says why", 1.0, Status.FAILED, comment=text, marked=marked)
    part = of_part(PartResult("3B", "b", 0.0, 0.0, 0.0, (check,), rubric=(rubric,)))
    other = of_part(replace(part, id="3C", checks=(replace(check, name="other", comment=""),), rubric=()))
    asked = (Asked("3B", text, decision, "0", "2"), Asked("3B", "second", "", "", ""))
    return of_result(Result("ps4", "t", "ada", 0.0, 0.0, 0.0, (part, other), requests=asked))


def test_the_answer_stands_under_the_part_and_not_who_gave_it():
    html = student_page(record.for_student(asking("The sheet did not say so.", "changed: You are right.")))
    page = Page(html)
    assert "1 of your 2 requests about 3B was answered." in page.text
    assert "Your request about 3B was answered" in page.text[page.text.index("Where the points went") :]
    assert page.all("id").count("asked-3B") == 1
    of_3b = page.text.split("Your request for another look")
    assert len(of_3b) == 3, "two requests, both under their own part"
    assert "The sheet did not say so." in of_3b[1]
    assert "Answer changed: You are right. Points of this part: 0 → 2" in of_3b[1]
    assert "open A person looks at it." in of_3b[2]
    assert "kim" not in html
    assert "2026-12-01" not in html


@pytest.mark.parametrize("text", [*PAYLOADS[::7], "\u202eesrever\u202c مرحبا", "a\u0300" * 400, "=1+1"])
def test_comments_requests_and_answers_are_text(text):
    page = student_page(record.for_student(asking(text, text)))
    assert_harmless(page)
    assert Page(page).text.count(as_shown(text)[:40].strip()) >= 4, "two comments, a request, an answer"


def test_a_text_without_end_leaves_a_page_that_can_be_mailed():
    many = tuple(Asked("3B", HUGE, HUGE, "0", "0") for _ in range(20))
    page = student_page(record.for_student(replace(asking(HUGE, HUGE), requests=many)))
    assert len(page.encode()) < 500_000
    assert "more characters are left out" in page


def test_the_class_page_says_how_many_are_open_and_nothing_of_what_they_say():
    result = asking("The sheet did not say so.", "stays: it did.")
    page = Page(class_page([result], *links([result])))
    assert "1 regrade request is open:" in page.text
    assert "The sheet did not say so." not in page.text


@pytest.mark.browser
def test_what_asks_and_what_was_answered_has_no_barrier(opened, axe):
    result = replace(ps4(), regrade=REGRADE, requests=asking("why?", "stays: no").requests)
    assert_accessible(opened(student_page(record.for_student(result)), bypass_csp=True), axe)


@pytest.mark.browser
def test_in_a_browser_nothing_of_it_runs(browser):
    page = browser.new_page(bypass_csp=True)
    for text in PAYLOADS[::9]:
        page.set_content(student_page(record.for_student(asking(text, text))))
        assert page.evaluate("window.ran") is None
        assert as_shown(text)[:40].strip() in in_a_line(page.locator(".asked blockquote").first.inner_text())
    page.context.close()
