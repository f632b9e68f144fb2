"""The class's page: what stands there, and what cannot."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.datatypes import CheckResult, Lateness, PartResult, Result, RubricResult, Status
from grader.report import Publication, class_page, student_page
from tests.report.hostile import XSS, hostile_result
from tests.report.many import class_of, links
from tests.report.reading import OURS_FOR_STAFF, Page, as_shown, assert_harmless


def harmless(html: str) -> Page:
    """Assert that the page holds our elements alone, and one script: ours, by its hash."""
    page = assert_harmless(html, OURS_FOR_STAFF)
    assert [tag for tag, _ in page.elements].count("script") == 1
    return page


def cells(html: str, student: str) -> list[str]:
    """Return the cells of a student's row as text, the first without its links."""
    (row,) = [
        row for row in re.findall(r"<tr data-t=.*?</tr>", html, re.DOTALL) if f"<bdi>{student}</bdi>" in row
    ]
    return [Page(cell).text.strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]


def tags(html: str, student: str) -> set[str]:
    (found,) = re.findall(rf'<tr data-t="([^"]*)">(?:(?!</tr>).)*<bdi>{student}</bdi>', html, re.DOTALL)
    return set(found.split())


def choices(html: str) -> dict[str, str]:
    """Return what the table can be filtered by: label -> tag."""
    return {
        Page(label).text.strip(): tag
        for tag, label in re.findall(r'<option value="(\w+)"[^>]*>(.*?)</option>', html)
    }


def test_a_class_of_nobody_has_a_page():
    assert "0 students" in harmless(class_page([], {})).text


@pytest.mark.parametrize(
    ("others", "told"),
    [
        (0, "These are the marks that were published."),
        (1, "The marks of 1 student are others now"),
        (7, "The marks of 7 students are others now"),
    ],
)
def test_what_is_published_stands_on_top_and_nothing_does_where_nothing_is(staff_result, others, told):
    page = harmless(class_page([staff_result], {}, {}, Publication("<b onclick=x>today", others)))
    assert f"Published on <b onclick=x>today. {told}" in " ".join(page.text.split())
    assert page.text.index("Published on") < page.text.index("Needs attention")
    assert ("grader publish" in page.text) is bool(others)
    assert "Published" not in harmless(class_page([staff_result], {})).text


def test_everyone_is_listed_with_links_and_reasons(result, staff_result):
    few = replace(result, student="Chi", parts=result.parts[:2])
    pages = {"ada": "students/ada/index.html", "bo #1": "students/bo #1/index.html"}
    records = {"bo #1": "staff/bo #1/result.json"}
    html = class_page([few, replace(staff_result, student="bo #1"), result], pages, records)
    page = harmless(html)
    assert {link for link in page.all("href") if link.startswith("s")} == {
        "students/ada/index.html",
        "students/bo%20%231/index.html",
        "staff/bo%20%231/result.json",
    }
    assert "3D: two answers differ bo #1" in page.text
    assert cells(html, "bo #1")[:3] == ["30.75", "53", "! Grader fault 1 2 3"]
    assert cells(html, "Chi")[-17:] == ["…", *["–"] * 16]
    assert "106 points in all are waiting for a person" in page.text  # 2 x 48 and 10, without what broke


def test_what_to_mark_is_said_and_code_in_a_reason_is_code(result):
    odd = replace(result, needs_attention=True, attention=("3G: no `train_cnn`",))
    html = class_page([odd], {})
    assert "3G: no <code>train_cnn</code>" in html
    assert re.search(r"\d+ answers wait for a person: grader mark\b(?!s).*grader marks", Page(html).text)
    assert "3G: no train_cnn (1)" in choices(html)


def test_where_all_waits_for_a_person_there_is_no_empty_table_and_no_empty_map():
    part = PartResult("1A", "Why", 0.0, 5.0, 5.0, rubric=(RubricResult("It says why", 5.0),))
    prose = Result("ps4", "Set 4", "ada", 0.0, 5.0, 5.0, (part,))
    page = harmless(class_page([prose], {}))
    headings = re.findall(r"<h2[^>]*>([^<]*)", class_page([prose], {}))
    assert "1 answer waits for a person" in page.text
    assert "Nobody." not in page.text
    assert "Parts" in headings
    assert not {"Checks", "Known mistakes", "Map"} & {*headings}


def test_figures_are_those_of_the_marks_and_may_change():
    part = PartResult("1A", "t", 20.8125, 40.0, 19.0, rubric=(RubricResult("why", 19.0),))
    ada = Result("ps4", "t", "ada", 20.8125, 40.0, 19.0, (part,))
    text = Page(class_page([ada], {})).text
    assert "median 20.75 so far" in text
    assert "Lowest 20.75 Lower quartile 20.75" in text
    done = replace(ada, pending=0.0, parts=(replace(part, pending=0.0, rubric=()),))
    assert "so far" not in Page(class_page([done], {})).text.split("of 1")[0]


def test_a_name_that_is_the_id_is_not_said_twice():
    part = PartResult("1A", "t", 1.0, 1.0, 0.0)
    html = class_page([Result("ps4", "t", "ada", 1.0, 1.0, 0.0, (part,), who={"name": "ada"})], {})
    (row,) = re.findall(r"<tr data-t=.*?</tr>", html, re.DOTALL)
    assert row.count("<bdi>ada</bdi>") == 1


def test_the_graders_faults_stand_above_all():
    page = harmless(class_page(class_of(60), {}))
    headings = [
        "The grader failed",
        "Needs attention",
        "60 students",
        "Parts",
        "Checks",
        "Known mistakes",
        "Map",
        "Marks",
    ]
    places = [page.text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_lateness_is_taken_off_and_told():
    late = Lateness("2026-03-02T08:00:00+01:00", "2026-03-01T23:59:00+01:00", 8.02, 3.0, "a tenth off")
    part = PartResult("1A", "t", 30.0, 40.0, 0.0)
    ada = Result("ps4", "t", "ada", 30.0, 40.0, 0.0, (part,), lateness=late)
    html = class_page([ada, replace(ada, student="bo", lateness=None)], {})
    assert cells(html, "ada")[:4] == ["27", "0", "✓ Complete", "8 h −3"]
    assert cells(html, "bo")[:4] == ["30", "0", "✓ Complete", ""]
    assert "1 came late, and what that costs" in Page(html).text
    graced = Lateness("2026-03-02T00:03:00+01:00", "2026-03-01T23:59:00+01:00", 0.07, 0.0, "within grace")
    text = Page(class_page([ada, replace(ada, student="bo", lateness=graced)], {})).text
    assert (
        "1 came late, and what that costs is taken off here. 1 more came after the due time at no cost."
        in text
    )
    assert "Late" not in Page(class_page([replace(ada, lateness=None)], {})).text


def test_what_is_left_out_and_few_students_are_said():
    checks = [
        CheckResult("a", status, "Asks a", possible=1.0)
        for status in (Status.FAILED, Status.PENDING, Status.ERROR)
    ]
    results = [
        Result(
            "ps4",
            "t",
            f"s{n}",
            0,
            1,
            check.status is not Status.FAILED,
            (PartResult("1A", "t", 0, 1, 0, (check,)),),
        )
        for n, check in enumerate(checks)
    ]
    text = harmless(class_page(results, {})).text
    assert "1A Asks a a 0 of 1 0 % 0 of 1 0.00 hard 2" in text
    assert f"is told from 5 students on: this class has {len(results)}" in text
    assert text.count("Discrimination") == 1, "said once, and no column of dashes"
    assert "Among fewer than 30" not in text
    assert "Among fewer than 30, discrimination is mostly chance" in Page(class_page(class_of(29), {})).text
    assert "Few students" not in Page(class_page(class_of(30), {})).text


def test_rows_are_tagged_by_what_they_can_be_filtered_by():
    results = class_of(40)
    html = class_page(results, *links(results))
    found = choices(html)
    (missed,) = [tag for label, tag in found.items() if label.startswith("1A: What 1a_0 asks (")]
    (slip,) = [
        tag for label, tag in found.items() if label.startswith("1A: bias forgotten, What 1a_0 asks (")
    ]
    for result in results:
        check = result.parts[0].checks[0]
        decided = check.status not in {Status.PENDING, Status.ERROR}
        assert (missed in tags(html, result.student)) == (decided and check.status is not Status.PASSED)
        assert ("l" in tags(html, result.student)) == (result.lateness is not None)
    bias = {result.student for result in results if result.parts[0].checks[0].slip == "bias forgotten"}
    assert {result.student for result in results if slip in tags(html, result.student)} == bias
    assert {tag for result in results for tag in tags(html, result.student)} == set(found.values())


def test_every_filter_that_the_page_offers_is_in_the_list():
    html = class_page(class_of(40), {})
    assert set(re.findall(r'data-filter="(\w+)"', html)) <= set(choices(html).values())


def test_a_number_stands_for_each_name_and_not_in_the_order_of_the_alphabet():
    results = class_of(30)
    numbers = [
        int(number)
        for number in re.findall(r'<th scope="row"><span class="who" data-n="(\d+)"', class_page(results, {}))
    ]
    assert sorted(numbers) == list(range(1, 31))
    assert numbers != sorted(numbers)


def test_names_stand_only_where_they_can_be_hidden():
    """Without what the stylesheet hides there is no name, no id and no reason on the page."""
    results = class_of(30)
    html = class_page(results, *links(results))
    html = re.sub(r'(<span class="who" data-n="\d+">).*?</span>', r"\1</span>", html, flags=re.DOTALL)
    html = re.sub(r"</span>\s*<bdi>.*?</th>", "</span></th>", html)  # `#students th > :is(a, bdi)`
    html = re.sub(r'<(a|span|optgroup|details)\b[^>]*class="private.*?</\1>', "", html, flags=re.DOTALL)
    for result in results:
        assert result.student not in html
        assert result.who["name"] not in html
        assert not any(line.split("\n")[0] in html for line in result.attention)


def test_a_thousand_students_stay_light():
    results = class_of(1000)
    html = class_page(results, *links(results))
    harmless(html)
    assert len(html.encode()) < 1_500_000


def test_a_class_in_which_everything_is_odd_has_still_a_page():
    odd = [
        Result(
            "ps4",
            "t",
            f"s{n}",
            0,
            0,
            0,
            (),
            needs_attention=True,
            attention=tuple(f"{n}, {line}: " + "x" * 9000 for line in range(9)),
        )
        for n in range(200)
    ]
    html = class_page(odd, {})
    assert "1750 rarer reasons are left out here" in Page(html).text
    assert len(html.encode()) < 1_000_000


def flagged(student: str, *attention: str) -> Result:
    return Result("ps4", "t", student, 0, 0, 0, (), needs_attention=True, attention=attention)


def test_one_student_with_many_reasons_hides_nobody_elses():
    results = [flagged("aa", *(f"odd {n}" for n in range(90)))]
    results += [flagged(f"b{n}", f"look at {n}") for n in range(20)]
    html = class_page(results, {})
    assert all(f">look at {n}<" in html for n in range(20))
    assert "60 rarer reasons are left out here" in Page(html).text


def test_a_reason_names_people_in_no_order_that_tells_their_names():
    results = [flagged(f"s{n}", "the same") for n in range(8)]
    reasons = class_page(results, {}).partition('<h2 id="attention">')[2].partition("</section>")[0]
    aliases = [int(number) for number in re.findall(r'data-n="(\d+)"', reasons)]
    assert aliases == list(range(1, 9))


@pytest.mark.parametrize("text", XSS)
def test_nothing_a_student_writes_becomes_markup(text):
    def page_of(words: str) -> Page:
        hostile = replace(
            hostile_result(words), needs_attention=True, attention=(words, f"{words}.md: {words}\n{words}")
        )
        broken = replace(hostile.parts[0].checks[0], status=Status.ERROR, attention=(words,), slip=words)
        part = replace(hostile.parts[0], checks=(*hostile.parts[0].checks, broken))
        hostile = replace(hostile, parts=(part,), who={"name": words, words: words})
        return harmless(
            class_page([hostile], {words: f"students/{words}/index.html"}, {words: f"staff/{words}/x"})
        )

    page = page_of(text)
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in page_of("plain words").elements]
    assert as_shown(text) in page.text


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_no_text_breaks_the_page(text):
    hostile = replace(hostile_result(text), needs_attention=True, attention=(text,), who={"name": text})
    html = class_page([hostile], {text: f"students/{text}/index.html"})
    html.encode()
    harmless(html)


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(result):
    html = class_page([result], {})
    digests = {}
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digests[tag] = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert not re.search(
            r"url\(|@import|https?:|innerHTML|eval|Function\(", text.replace("http://www.w3.org/2000/svg", "")
        )
    (policy,) = [attrs["content"] for _, attrs in Page(html).elements if "http-equiv" in attrs]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests['script']}'; style-src 'sha256-{digests['style']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_a_students_page_allows_no_script(redacted):
    html = student_page(redacted)
    assert "script" not in html
    assert "#hide" not in html
