"""Times as systems and people write them."""

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classes.times import moment

ZURICH = ZoneInfo("Europe/Zurich")
WHEN = datetime(2026, 2, 3, 22, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    "told",
    [
        "2026-02-03 23:58",
        "2026-02-03T23:58:00",
        "2026-02-03T22:58:00Z",
        "2026-02-03 22:58 UTC",
        "2026-02-03 14:58:00 -0800",
        "2026-02-03 14:58:00.000000000 -08:00",
        "Tuesday, 3 February 2026, 11:58 PM",
        "Tuesday, 3 February 2026, 11:58 pm",
        "3 February 2026, 23:58",
        "Dienstag, 3. Februar 2026, 23:58",
        "mardi 3 février 2026, 23:58",
        "martes, 3 de febrero de 2026, 23:58",
        "martedì, 3 febbraio 2026, 23:58",
        "terça-feira, 3 de fevereiro de 2026, 23:58",
        "dinsdag, 3 februari 2026, 23:58",
        "3.2.2026 23:58",
    ],
)
def test_one_moment_in_many_ways(told: str) -> None:
    assert moment(told, ZURICH) == WHEN


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("März", 3),
        ("mars", 3),
        ("maart", 3),
        ("août", 8),
        ("juillet", 7),
        ("juin", 6),
        ("gennaio", 1),
        ("décembre", 12),
    ],
)
def test_months_in_several_languages(month: str, number: int) -> None:
    assert moment(f"3 {month} 2026, 12:00", UTC) == datetime(2026, number, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 pm", 13), ("11:05 a.m.", 11)]
)
def test_halves_of_the_day(clock: str, hour: int) -> None:
    assert moment(f"3 February 2026, {clock}", UTC).hour == hour


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("02/03/2026 11:58 PM", "write it like 2026-02-03 23:58"),
        ("2026-02-30 10:00", "day is out of range"),
        ("2026-02-03", "write it like"),
        ("3 Blursday 2026, 10:00", "write it like"),
        ("2026-02-03 23:58", "says no time zone"),
        ("", "is no time"),
        ("9999-12-31 23:58", "in the year 9999"),
        ("0001-01-01 00:00 +14:00", "in the year 1: "),
    ],
)
def test_what_is_no_time_is_refused_with_the_way_out(told: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        moment(told, None)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_iso_is_read_back(when: datetime) -> None:
    assert moment(when.isoformat(), UTC) == when.replace(tzinfo=UTC)


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_refused(told: str) -> None:
    with suppress(ValueError):
        assert moment(told, UTC).tzinfo is not None
