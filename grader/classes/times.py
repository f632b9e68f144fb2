"""a time as a system or a person writes it -> an aware datetime."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta, tzinfo

from grader.deadlines import FIRST_YEAR, LAST_YEAR

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d?:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
# As Moodle writes it: "Tuesday, 3 February 2026, 11:58 PM" or "martes, 3 de febrero de 2026, 23:58".
_WORDS = re.compile(
    r"(?:[^\d,]+,?\s+)?(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]+)\.?,?\s+(?:de\s+)?(\d{4}),?\s+"
    r"(?:um\s+|à\s+|at\s+)?(\d{1,2})[:.](\d\d)(?::(\d\d))?\s*([ap]\.?\s?m\.?)?(?:\s*Uhr)?",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}),?\s+(\d{1,2}):(\d\d)(?::(\d\d))?")
# The first letters of the months in English, German, French, Spanish, Italian, Portuguese and Dutch.
_MONTHS = (
    "jan gen ene", "feb fev fév", "mar maa mrt", "apr avr abr", "mai may mag mei", "jun juin giu",
    "jul juil lug", "aug aou ago", "sep set", "oct okt ott out", "nov", "dec dez dic",
)  # fmt: skip
_BY_START = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split()}
NOT_A_TIME = "is no time that can be read; write it like 2026-02-03 23:58, or 2026-02-03T23:58+01:00"


def moment(told: str, zone: tzinfo | None, *, whole_day: bool = False) -> datetime:
    """Return the moment, in `zone` where it names none; a date alone, where that may be, lasts to its end.

    Raises ValueError with a reason.
    """
    clean = " ".join(unicodedata.normalize("NFC", told).split())
    if iso := _ISO.fullmatch(clean):
        return _of_iso(clean, iso, zone, whole_day=whole_day)
    try:
        if words := _WORDS.fullmatch(clean):
            return _placed(_of_words(words), zone)
        if dotted := _DOTTED.fullmatch(clean):
            day, month, year, hour, minute, second = (int(number or 0) for number in dotted.groups())
            return _placed(datetime(year, month, day, hour, minute, second), zone)  # noqa: DTZ001
    except (KeyError, ValueError) as fault:
        raise ValueError(f"'{clean[:60]}' {NOT_A_TIME if isinstance(fault, KeyError) else fault}") from None
    raise ValueError(f"'{clean[:60]}' {NOT_A_TIME}")


def _of_iso(clean: str, iso: re.Match[str], zone: tzinfo | None, *, whole_day: bool) -> datetime:
    date, clock, fraction, offset = iso.groups()
    try:
        if clock is None:
            if offset or not whole_day:
                raise ValueError(NOT_A_TIME)  # noqa: TRY301
            return _placed(datetime.combine(datetime.fromisoformat(date), time()), zone, days=1)
        text = f"{date} {clock.zfill(5) if clock.count(':') == 1 else clock.zfill(8)}"
        micro = f".{(fraction + '000000')[:6]}" if fraction else ""
        seconds = ":00" if micro and clock.count(":") == 1 else ""
        local = datetime.fromisoformat(text + seconds + micro)
        if offset is None:
            return _placed(local, zone)
        _refuse_other_ages(local)
        return datetime.fromisoformat(f"{local.isoformat()}{'Z' if offset[0].isalpha() else offset}")
    except ValueError as fault:
        raise ValueError(f"'{clean[:60]}' {fault}") from None


def _of_words(words: re.Match[str]) -> datetime:
    day, name, year, hour, minute, second, half = words.groups()
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    return datetime(int(year), _month(name), int(day), hours, int(minute), int(second or 0))  # noqa: DTZ001


def _month(name: str) -> int:
    plain = unicodedata.normalize("NFD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _BY_START[letters[:4]] if letters[:4] in _BY_START else _BY_START[letters[:3]]


def _refuse_other_ages(local: datetime) -> None:
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise ValueError(f"is in the year {local.year}: is that so?")


def _placed(local: datetime, zone: tzinfo | None, days: int = 0) -> datetime:
    """Return a local time as a moment in the course's zone, the earlier one where clocks are set back."""
    _refuse_other_ages(local)
    if zone is None:
        raise ValueError("says no time zone; write it like 2026-02-03T23:58+01:00")
    return (local + timedelta(days=days)).replace(tzinfo=zone)
