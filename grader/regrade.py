"""the [regrade] table of an assignment.toml -> Regrade."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from grader.deadlines import FIRST_YEAR, LAST_YEAR, later

_MAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}")


class BadRegrade(ValueError):
    """A table cannot mean anything. The message says why, and the way out; `key` is where it stands."""

    def __init__(self, says: str, key: str) -> None:
        super().__init__(says)
        self.key = key


@dataclass(frozen=True)
class Regrade:
    """Where students ask for another look, and until when."""

    mail: str = ""
    until: str = ""  # ISO 8601 with its offset; '' for no end
    told: str = ""  # the same as people read it, in the course's zone


class Table(msgspec.Struct, forbid_unknown_fields=True):
    """What may stand in `[regrade]`."""

    until: datetime | None = None
    time_zone: str = ""
    mail: str = ""


def regrade(table: object, zone: tzinfo | None) -> Regrade:
    """Check what `[regrade]` says; `zone` is that of `[deadline]`. Raises BadRegrade."""
    try:
        told = msgspec.convert(table, Table)
    except msgspec.ValidationError as fault:
        raise BadRegrade(str(fault), "until") from None
    if told.until is None and not told.mail:
        raise BadRegrade(
            'nothing is said: give until = 2026-12-10T23:59:00, mail = "ps4@course.example" or both', "mail"
        )
    if told.mail and not _MAIL.fullmatch(told.mail):
        raise BadRegrade(
            f'"{told.mail[:60]}" is no address that a link can lead to; write one like ps4@course.example',
            "mail",
        )
    if told.until is None:
        return Regrade(told.mail)
    until = _moment(told.until, _zone(told.time_zone) if told.time_zone else zone)
    return Regrade(told.mail, until.isoformat(), f"{until:%Y-%m-%d %H:%M %Z}".rstrip())


def _moment(until: datetime, zone: tzinfo | None) -> datetime:
    """Return the moment that is meant, in the course's zone. Raises BadRegrade."""
    if not FIRST_YEAR <= until.year <= LAST_YEAR:
        raise BadRegrade(f"until = {until.isoformat()}: is that the year?", "until")
    if until.tzinfo is not None:
        return until.astimezone(zone or until.tzinfo or UTC)
    if zone is None:
        raise BadRegrade(
            f"until = {until.isoformat()} says no time zone, and there is no [deadline] that would: add "
            'time_zone = "America/Los_Angeles", or the like',
            "until",
        )
    try:
        return later(until, zone)
    except ValueError as fault:
        raise BadRegrade(f"until = {until.isoformat()}: {fault}", "until") from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise BadRegrade(
            f'"{name[:60]}" is no time zone that is known here; write one like "America/Los_Angeles"',
            "time_zone",
        ) from None
