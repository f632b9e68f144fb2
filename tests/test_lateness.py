"""Coming late, by the rules of a course: pure arithmetic over moments."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.deadlines import BadDeadline, Deadline, deadline
from grader.lateness import assess

ZURICH = ZoneInfo("Europe/Zurich")
DUE = datetime(2026, 2, 3, 23, 59, tzinfo=ZURICH)
HOUR = timedelta(hours=1)


def of(**rules: object) -> Deadline:
    return Deadline(DUE, **rules)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "hours", "taken"),
    [
        ({"share": 0.1}, -1, 0),
        ({"share": 0.1}, 0, 0),
        ({"share": 0.1}, 0.01, 1),
        ({"share": 0.1}, 24, 1),
        ({"share": 0.1}, 24.01, 2),
        ({"share": 0.1, "per": "hour"}, 2.5, 3),
        ({"share": 0.1, "at_most": 0.25, "per": "hour"}, 9, 2.5),
        ({"share": 0.3}, 24 * 9, 10),
        ({"share": 0.1, "grace_minutes": 30}, 0.5, 0),
        ({"share": 0.1, "grace_minutes": 30, "per": "hour"}, 1.5, 2),
        ({"share": 0.1, "closes_after_hours": 48}, 48, 2),
        ({"share": 0.1, "closes_after_hours": 48}, 48.1, 10),
        ({"late_hours": 48, "share": 1.0}, 48, 0),
        ({"late_hours": 48, "share": 1.0}, 48.1, 10),
        ({"late_hours": 48, "share": 0.1, "per": "hour"}, 50, 2),
        ({}, 100, 0),
    ],
)
def test_what_it_costs_of_ten_points(rules: dict[str, object], hours: float, taken: float) -> None:
    assert assess(of(**rules), DUE.astimezone(UTC) + hours * HOUR, 10).points == taken


def test_it_is_told_in_words() -> None:
    told = assess(of(late_hours=48, share=0.1), DUE.astimezone(UTC) + 4.5 * HOUR, 10).told
    assert told == (
        "It was due 2026-02-03 23:59 CET and came 2026-02-04 04:29 CET, 4 hours 30 minutes late: "
        "5 of 48 late hours are used."
    )


def test_an_extension_moves_the_deadline_and_is_never_shorter_by_a_clock_change() -> None:
    until = datetime(2026, 3, 29, 12, 0, tzinfo=ZURICH)  # the day clocks are set forward
    late = assess(of(share=0.5), datetime(2026, 3, 29, 10, 30, tzinfo=UTC), 10, until)
    assert (late.hours, late.points) == (0.5, 5)
    assert late.told.startswith("With your extension it was due 2026-03-29 12:00 CEST")


@pytest.mark.parametrize(
    ("due", "submitted", "days", "hours"),
    [
        ("2026-03-28T12:00", "2026-03-29T12:00", 1, 23),  # 23 hours later the clock shows the same
        ("2026-10-24T12:00", "2026-10-25T12:00", 1, 25),
        ("2026-10-24T12:00", "2026-10-25T12:01", 2, 26),
    ],
)
def test_a_day_ends_when_the_clock_shows_the_same_again(
    due: str, submitted: str, days: int, hours: int
) -> None:
    moments = [datetime.fromisoformat(text).replace(tzinfo=ZURICH) for text in (due, submitted)]
    for per, count in (("day", days), ("hour", hours)):
        rule = Deadline(moments[0], share=0.01, per=per)  # type: ignore[arg-type]
        assert assess(rule, moments[1], 100).points == count


def test_points_are_exact_and_unrounded() -> None:
    assert assess(of(share=0.1), DUE + HOUR, 2.625).points == 0.2625


@given(
    st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400)),
    st.floats(0, 1), st.floats(0, 1), st.floats(0, 100), st.sampled_from(["hour", "day"]), st.floats(0, 1000),
)  # fmt: skip
def test_it_never_takes_more_than_was_earned_and_nothing_from_who_is_in_time(
    after: timedelta, share: float, most: float, free: float, per: str, earned: float
) -> None:
    rule = of(share=share, at_most=most, late_hours=free, per=per)
    late = assess(rule, DUE.astimezone(UTC) + after, earned)
    assert 0 <= late.points <= earned
    assert late.points == 0 or after > timedelta(0)


# ---- the table of an assignment.toml --------------------------------------------------------


def test_a_local_time_needs_its_zone() -> None:
    told = deadline({"due": datetime(2026, 2, 3, 23, 59), "zone": "Europe/Zurich", "share": 0.1})  # noqa: DTZ001
    assert told == of(share=0.1)
    assert deadline({"due": DUE}).due == DUE


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"due": datetime(2026, 2, 3, 23, 59)}, "says no time zone. Add zone ="),  # noqa: DTZ001
        ({"due": datetime(2026, 2, 3), "zone": "Mars/Olympus"}, "is no time zone that is known"),  # noqa: DTZ001
        ({"due": datetime(2026, 2, 3), "zone": "../../etc/passwd"}, "is no time zone that is known"),  # noqa: DTZ001
        ({"due": datetime(2026, 3, 29, 2, 30), "zone": "Europe/Zurich"}, "clocks in Europe/Zurich skip"),  # noqa: DTZ001
        ({"due": DUE, "share": 10}, "from 0 to 1"),
        ({"due": DUE, "late_hours": 48}, "what do later ones cost"),
        ({"due": DUE, "late_hours": 48, "closes_after_hours": 24}, "no less than late_hours"),
        ({"due": DUE, "grace_minutes": -1}, "0 or more"),
        ({"due": DUE, "late_hours": float("nan"), "share": 1}, "0 or more"),
        ({"due": DUE, "closes_after_hours": float("inf")}, "no less than late_hours"),
        ({"due": DUE.replace(year=9999)}, "is that the year"),
        ({"due": DUE, "penalty": 1}, "penalty"),
        ({"due": DUE, "per": "week"}, "week"),
        ({}, "due"),
    ],
)
def test_what_a_deadline_cannot_mean_is_refused(table: dict[str, object], said: str) -> None:
    with pytest.raises(BadDeadline, match=said):
        deadline(table)


def test_of_an_hour_that_comes_twice_the_later_is_meant() -> None:
    twice = deadline({"due": datetime(2026, 10, 25, 2, 30), "zone": "Europe/Zurich"})  # noqa: DTZ001
    assert twice.due.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_examples_in_the_documents_are_deadlines() -> None:
    page = (Path(__file__).parents[1] / "docs" / "classes.md").read_text(encoding="utf-8")
    tables = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", page, re.DOTALL)]
    assert [deadline(table["deadline"]).late_hours for table in tables if "deadline" in table] == [0, 48]


@pytest.mark.parametrize("due", ["2026-10-24T02:15", "2026-03-28T02:15", "2026-10-23T02:45"])
def test_who_comes_later_never_pays_less(due: str) -> None:
    rule = Deadline(datetime.fromisoformat(due).replace(tzinfo=ZURICH), share=0.01)
    moments = [rule.due.astimezone(UTC) + timedelta(minutes=5 * number) for number in range(1, 800)]
    costs = [assess(rule, moment, 100).points for moment in moments]
    assert costs == sorted(costs)
    assert costs[-1] == 3
