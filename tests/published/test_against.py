"""What is other than students were shown is told with what it was, what it is, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader import published, record, report
from grader.changes import Marks
from grader.datatypes import Bonus, Lateness, Status
from grader.published import against
from grader.scoring import of_part, of_result
from tests.published.conftest import result

WRONG = result("ada", Status.FAILED, 0.0)


def hidden_wrong():
    part = WRONG.parts[0]
    wrong = replace(part.checks[1], status=Status.FAILED, earned=0.0)
    return of_result(replace(WRONG, parts=(of_part(replace(part, checks=(part.checks[0], wrong))),)))


def marked(points: float):
    part = result().parts[0]
    given = replace(part.rubric[0], status=Status.PASSED, earned=points)
    return of_result(replace(result(), parts=(of_part(replace(part, rubric=(given,))),)))


def test_what_stays_is_no_change_and_what_changed_is_told_with_its_reason(tmp_path: Path, publish) -> None:
    manifest = publish(result("ada"), result("bob"))
    assert published.others(manifest, [result("ada"), result("bob")]) == ()
    assert published.since(tmp_path, manifest, result("ada")) == ()
    assert published.others(manifest, [WRONG, result("bob")]) == ("ada",)
    [change] = published.since(tmp_path, manifest, WRONG)
    assert (change.before, change.after, change.totals) == (Marks(3, 1, 4), Marks(1, 1, 4), (3, 1))
    assert change.why == ("open: passed → failed",)


def test_staff_are_told_hidden_checks_and_criteria_by_their_names(tmp_path: Path, publish) -> None:
    manifest = publish(WRONG)
    [change] = published.since(tmp_path, manifest, hidden_wrong())
    assert change.why == ("secret_one: passed → failed",)
    manifest = publish(result())
    [change] = published.since(tmp_path, manifest, marked(1.0))
    assert change.why == ("says why: pending → passed",)


def test_a_check_more_is_told_though_numbers_of_hidden_ones_move(tmp_path: Path, publish) -> None:
    manifest = publish(result())
    part = result().parts[0]
    more = replace(part.checks[1], name="first_hidden")
    after = of_result(replace(result(), parts=(of_part(replace(part, checks=(more, *part.checks))),)))
    [change] = published.since(tmp_path, manifest, after)
    assert "first_hidden is new" in change.why


def test_several_changes_since_are_one_against_what_was_published(tmp_path: Path, publish) -> None:
    manifest = publish(result())
    stood, after = WRONG, marked(1.0)
    [change] = published.replacing(tmp_path, manifest, stood, after)
    assert (change.before, change.after) == (Marks(3, 1, 4), Marks(4, 0, 4))
    assert change.why == ("says why: pending → passed",)


def test_a_change_back_to_what_was_published_says_so(tmp_path: Path, publish) -> None:
    manifest = publish(result())
    [change] = published.replacing(tmp_path, manifest, WRONG, result())
    assert (change.before, change.after, change.totals) == (Marks(3, 1, 4), Marks(3, 1, 4), (3, 3))
    assert change.why == (against.AS_SHOWN,)


def test_what_stands_and_stays_is_no_change_though_it_is_not_as_published(tmp_path: Path, publish) -> None:
    assert published.replacing(tmp_path, publish(result()), WRONG, WRONG) == ()


def test_who_was_never_published_is_compared_with_what_stands(tmp_path: Path, publish) -> None:
    manifest = publish(result("bob"))
    assert published.others(manifest, [result("ada")]) == ("ada",)
    assert published.since(tmp_path, manifest, result("ada")) == ()
    [change] = published.replacing(tmp_path, manifest, result("ada"), WRONG)
    assert change.why == ("open: passed → failed", against.NEVER)


def test_a_record_that_is_gone_costs_the_reason_and_not_the_marks(tmp_path: Path, publish) -> None:
    manifest = publish(result())
    (tmp_path / "published" / "1" / "students" / "ada" / "result.json").unlink()
    [change] = published.since(tmp_path, manifest, WRONG)
    assert (change.before, change.after, change.totals) == (Marks(3, 1, 4), Marks(1, 1, 4), (3, 1))
    assert change.why == (against.UNREADABLE,)


def test_a_bonus_counts_once_where_the_record_is_gone(tmp_path: Path, publish) -> None:
    part = replace(result().parts[0], bonuses=(Bonus(1.5, "A hard one.", earned=1.5),))
    given = replace(result(), parts=(part,), bonus=1.5)
    manifest = publish(given)
    assert published.others(manifest, [given]) == ()
    (tmp_path / "published" / "1" / "students" / "ada" / "result.json").unlink()
    more = replace(part, bonuses=(Bonus(2.5, "A hard one.", earned=2.5),))
    [change] = published.since(tmp_path, manifest, replace(given, parts=(more,), bonus=2.5))
    assert (change.before, change.after, change.totals) == (Marks(4.5, 1, 4), Marks(5.5, 1, 4), (4.5, 5.5))


def test_what_coming_late_costs_counts(tmp_path: Path, publish) -> None:
    manifest = publish(result())
    late = replace(result(), lateness=Lateness("", "", 1.0, 0.5, "an hour late"))
    assert published.others(manifest, [late]) == ("ada",)
    [change] = published.since(tmp_path, manifest, late)
    assert (change.part, change.totals, change.why) == ("lateness", (3, 2.5), ("an hour late",))


def with_bonus(points: float):
    part = result().parts[0]
    extra = Bonus(points, "for the general case", "open")
    return of_result(replace(result(), parts=(of_part(replace(part, bonuses=(extra,))),)))


@pytest.mark.parametrize("readable", [True, False])
def test_points_on_top_count_and_are_told_once(tmp_path: Path, publish, readable: bool) -> None:
    manifest = publish(with_bonus(0.5))
    if not readable:
        (tmp_path / "published" / "1" / "students" / "ada" / "result.json").unlink()
    assert published.others(manifest, [with_bonus(0.5)]) == ()
    [change] = published.since(tmp_path, manifest, with_bonus(1.0))
    assert (change.before, change.after, change.totals) == (Marks(3.5, 1, 4), Marks(4, 1, 4), (3.5, 4))
    told = "bonus: 0.5 → 1 points (for the general case)"
    assert change.why == ((told,) if readable else (against.UNREADABLE,))


def page(redacted) -> str:
    return report.student_page(published.timeless(redacted))


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (replace(result(), provenance={"date": "tomorrow"}), True),
        (replace(result(), parts=(replace(result().parts[0], title="Two"),)), False),
        (replace(result(), notes=("read otherwise",)), False),
    ],
)
def test_dates_and_seconds_are_no_other_words(tmp_path: Path, publish, now, same: bool) -> None:
    shown = published.record_in(tmp_path, publish(result()), "ada")
    assert (page(shown) == page(record.for_student(now))) is same
    part = result().parts[0]
    slow = replace(
        result(), parts=(replace(part, checks=(replace(part.checks[0], seconds=9.0), *part.checks[1:])),)
    )
    assert page(shown) == page(record.for_student(slow))


def test_a_sentence_names_some_of_many() -> None:
    assert published.named(["ada", "bob"]) == "ada, bob"
    assert published.named([str(number) for number in range(20)]) == "0, 1, 2, 3, 4, 5, 6, 7 and 12 more"
