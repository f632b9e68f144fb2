"""the [deadline] table of an assignment.toml -> Deadline."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec

FIRST_YEAR, LAST_YEAR = 1990, 2200  # beyond these a time is a slip, and arithmetic would leave the calendar


class BadDeadline(ValueError):
    """A deadline cannot mean anything. The message says why, and the way out; `key` is where it stands."""

    def __init__(self, says: str, key: str = "due") -> None:
        super().__init__(says)
        self.key = key


@dataclass(frozen=True)
class Deadline:
    """When a problem set is due, and what coming later costs.

    Taken off is `share` of the points earned for each begun `per` after `due` and the free hours, up to
    `at_most` of them; all of them `closes_after_hours` after `due`.
    """

    due: datetime  # aware; its zone is the course's
    grace_minutes: float = 0.0  # later by no more than this is in time
    late_hours: float = 0.0  # a bank of hours that cost nothing
    share: float = 0.0
    per: Literal["hour", "day"] = "day"
    at_most: float = 1.0
    closes_after_hours: float | None = None

    @property
    def zone(self) -> tzinfo:
        """The zone in which times without one are meant."""
        return self.due.tzinfo or UTC


class Table(msgspec.Struct, forbid_unknown_fields=True):
    """What may stand in `[deadline]`."""

    due: datetime
    zone: str = ""
    grace_minutes: float = 0.0
    late_hours: float = 0.0
    share: float = 0.0
    per: Literal["hour", "day"] = "day"
    at_most: float = 1.0
    closes_after_hours: float | None = None


def deadline(table: Any) -> Deadline:
    """Check what `[deadline]` says. Raises BadDeadline."""
    try:
        told = msgspec.convert(table, Table)
    except msgspec.ValidationError as fault:
        raise BadDeadline(str(fault)) from None
    _refuse(told)
    settings = msgspec.structs.asdict(told)
    del settings["zone"]
    return Deadline(**settings | {"due": _aware(told.due, told.zone)})


def _refuse(told: Table) -> None:
    """Refuse numbers that contradict each other. Raises BadDeadline."""
    for key, share in (("share", told.share), ("at_most", told.at_most)):
        if not 0 <= share <= 1:
            says = "share and at_most are parts of the points earned, from 0 to 1: share = 0.1"
            raise BadDeadline(says, key)
    for key, time in (("grace_minutes", told.grace_minutes), ("late_hours", told.late_hours)):
        if not 0 <= time < math.inf:
            raise BadDeadline("grace_minutes and late_hours are 0 or more", key)
    if not FIRST_YEAR <= told.due.year <= LAST_YEAR:
        raise BadDeadline(f"due = {told.due.isoformat()}: is that the year?")
    if told.late_hours and not told.share and told.closes_after_hours is None:
        raise BadDeadline(
            "late_hours cost nothing, but what do later ones cost? Give share (1: nothing counts any more), "
            "or closes_after_hours",
            "late_hours",
        )
    if told.closes_after_hours is not None and not told.late_hours <= told.closes_after_hours < math.inf:
        raise BadDeadline(
            "closes_after_hours counts from due, so it is no less than late_hours", "closes_after_hours"
        )


def _aware(due: datetime, zone: str) -> datetime:
    """Return the moment that is meant, in the course's zone. Raises BadDeadline."""
    if not zone:
        if due.tzinfo is None:
            raise BadDeadline(
                f'due = {due.isoformat()} says no time zone. Add zone = "Europe/Zurich", or the like, '
                f"or write an offset: due = {due.isoformat()}+01:00"
            )
        return due
    place = _zone(zone)
    if due.tzinfo is not None:
        return due.astimezone(place)
    try:
        return later(due, place)
    except ValueError as fault:
        raise BadDeadline(f"due = {due.isoformat()}: {fault}") from None


def later(local: datetime, zone: tzinfo) -> datetime:
    """Return the moment of a local time; of one that comes twice the later, in the students' favour.

    Raises ValueError where clocks skip it.
    """
    moment = local.replace(tzinfo=zone, fold=1)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ValueError(f"clocks in {zone} skip this time on that day")
    return moment


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise BadDeadline(
            f'zone = "{name}" is no time zone that is known here; write one like "America/Los_Angeles"',
            "zone",
        ) from None
