"""(Deadline, when it came, what it earned) -> Lateness: pure arithmetic, exact, unrounded."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from itertools import count

from grader import marks
from grader.datatypes import Lateness
from grader.deadlines import Deadline

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def assess(
    deadline: Deadline,
    submitted: datetime,
    earned: float,
    until: datetime | None = None,
    free_hours: float | None = None,
) -> Lateness:
    """Return what coming at `submitted` takes off `earned` points, by the clock of the system that took it.

    `until` is this student's own deadline where they have an extension, `free_hours` what is left of their
    own bank of late hours. Both times are aware. Later by no more than the grace costs nothing; later than
    that, all of it counts.
    """
    due = (until or deadline.due).astimezone(deadline.zone)
    free = deadline.late_hours if free_hours is None else free_hours
    late = max(timedelta(0), submitted.astimezone(UTC) - due.astimezone(UTC))
    share, told = _cost(deadline, due, submitted, free)
    came = f"{_shown(due)} and came {_shown(submitted.astimezone(deadline.zone))}"
    return Lateness(
        submitted=submitted.isoformat(),
        due=due.isoformat(),
        hours=late / _HOUR,
        points=float(share * Fraction(str(earned))),
        share=float(share),
        told=f"{'With your extension it' if until else 'It'} was due {came}{told}.",
        free_hours=free,
    )


def _cost(deadline: Deadline, due: datetime, submitted: datetime, free: float) -> tuple[Fraction, str]:
    """Return the share of the points that is taken off, and the rule in words."""
    late = submitted.astimezone(UTC) - due.astimezone(UTC)
    if late <= timedelta(0):
        return Fraction(0), ": in time"
    hours = late / _HOUR
    if late <= timedelta(minutes=deadline.grace_minutes):
        return Fraction(0), f", within {marks.unrounded(deadline.grace_minutes)} minutes of grace"
    if deadline.closes_after_hours is not None and hours > deadline.closes_after_hours:
        after = marks.unrounded(deadline.closes_after_hours)
        return Fraction(1), f", {_late(hours)}: more than {after} hours late, nothing counts any more"
    if hours <= free:
        bank = f"{math.ceil(hours)} of {marks.unrounded(free)} late hours are used"
        return Fraction(0), f", {_late(hours)}: {bank}"
    begun = _begun(deadline, (due.astimezone(UTC) + free * _HOUR).astimezone(deadline.zone), submitted)
    share = min(begun * Fraction(str(deadline.share)), Fraction(str(deadline.at_most)))
    return share, f", {_late(hours)}{_rule(deadline, begun, share, free)}"


def _begun(deadline: Deadline, start: datetime, submitted: datetime) -> int:
    """Count the begun hours or days after `start`.

    A day ends when clocks in the course's zone show the same time again, also where it has 23 or 25 hours.
    """
    if deadline.per == "hour":
        return math.ceil((submitted.astimezone(UTC) - start.astimezone(UTC)) / _HOUR)
    wall = submitted.astimezone(deadline.zone).replace(tzinfo=None) - start.replace(tzinfo=None)
    about = max(1, math.ceil(wall / _DAY))
    # Clocks that are set back show a time twice: what came between must not cost more than what came after.
    return next(days for days in count(max(1, about - 1)) if submitted <= _end(start, days, deadline.zone))


def _end(start: datetime, days: int, zone: tzinfo) -> datetime:
    """Return when so many days end: the later moment where clocks show that time twice, or skip it."""
    local = start.replace(tzinfo=None) + days * _DAY
    return max(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def _rule(deadline: Deadline, begun: int, share: Fraction, free: float) -> str:
    """Say in words how a share came about."""
    if not share:
        return ": that costs nothing"
    each = f"{_percent(Fraction(str(deadline.share)))} for each begun {deadline.per}"
    beyond = f" beyond {marks.unrounded(free)} late hours" if free else ""
    cap = f", {_percent(share)} at most" if begun * Fraction(str(deadline.share)) > share else ""
    return f": {each}{beyond} is taken off{cap}"


def _late(hours: float) -> str:
    """Write how late something is: "40 minutes late", "5 hours 10 minutes late"."""
    whole, minutes = divmod(math.ceil(hours * 60 - 1e-9), 60)
    words = [f"{whole} hour{'s' * (whole != 1)}"] if whole else []
    words += [f"{minutes} minute{'s' * (minutes != 1)}"] if minutes else []
    return f"{' '.join(words)} late"


def _percent(share: Fraction) -> str:
    return f"{marks.unrounded(float(share * 100))} %"


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}".rstrip()
