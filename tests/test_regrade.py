"""[regrade] in assignment.toml: when it is meant in which zone, and what cannot be meant, by line."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignment import BadAssignment, load
from grader.datatypes import Regrade
from grader.regrade import BadRegrade, regrade

LAB = """id = "lab"
title = "A lab"
[sections]
1 = "One"
{more}
[[parts]]
id = "1A"
title = "Which"
checks = {{ how_many = 2 }}
"""
DUE = "[deadline]\ndue = 2026-02-03T23:59:00\nzone = 'Europe/Zurich'\n"


def lab(tmp_path: Path, more: str) -> Path:
    (tmp_path / "assignment.toml").write_text(LAB.format(more=more))
    return tmp_path


def test_a_set_that_says_nothing_of_it(tmp_path):
    assert load(lab(tmp_path, "")).regrade is None


def test_it_is_meant_in_the_zone_of_the_deadline_or_in_its_own(tmp_path):
    found = load(lab(tmp_path, f"{DUE}[regrade]\nuntil = 2026-07-10T23:59:00\n")).regrade
    assert found == Regrade("", "2026-07-10T23:59:00+02:00", "2026-07-10 23:59 CEST")
    own = "[regrade]\nuntil = 2026-12-10T23:59:00\ntime_zone = 'America/Los_Angeles'\nmail = 'ps4@course.example'\n"
    found = load(lab(tmp_path, own)).regrade
    assert found == Regrade("ps4@course.example", "2026-12-10T23:59:00-08:00", "2026-12-10 23:59 PST")
    found = load(lab(tmp_path, f"{DUE}[regrade]\nuntil = 2026-12-10T23:59:00Z\n")).regrade
    assert found.told == "2026-12-11 00:59 CET"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "line 5, [regrade] mail: nothing is said: give until"),
        (
            "until = 2026-12-10T23:59:00",
            "line 6, [regrade] until: until = 2026-12-10T23:59:00 says no time zone",
        ),
        ("until = '10 December'", 'line 6, [regrade] until: "10 December" stands where a day with its time'),
        ("until = 2926-12-10T23:59:00Z", "is that the year?"),
        (
            "untill = 2026-12-10T23:59:00",
            "line 6, [regrade] untill: no such key; there are until, time_zone, mail",
        ),
        ("mail = 'ps4 at course'", 'line 6, [regrade] mail: "ps4 at course" is no address'),
        ("mail = 'a@b.example?cc=x@y.example'", "is no address that a link can lead to"),
        ("mail = 3", "line 6, [regrade] mail: 3 stands where a text in quotes"),
        (
            "until = 2026-12-10T23:59:00\ntime_zone = 'Mars/Base'",
            'line 7, [regrade] time_zone: "Mars/Base" is no',
        ),
        (
            "until = 2026-03-29T02:30:00\ntime_zone = 'Europe/Zurich'",
            "clocks in Europe/Zurich skip this time",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_by_line(tmp_path, table, said):
    with pytest.raises(BadAssignment) as raised:
        load(lab(tmp_path, f"[regrade]\n{table}\n"))
    assert said in str(raised.value)


values = st.none() | st.integers() | st.text(max_size=12) | st.datetimes(timezones=st.just(UTC) | st.none())


@given(st.dictionaries(st.sampled_from(["until", "time_zone", "mail", "x"]), values), st.booleans())
def test_any_table_is_read_or_told(table, zoned):
    try:
        found = regrade(table, ZoneInfo("Europe/Zurich") if zoned else None)
    except BadRegrade:
        return
    assert found.mail or found.until
    assert not found.until or datetime.fromisoformat(found.until).tzinfo
    assert replace(found) == found
