"""(Seat, the policy, the deadline) -> the attempt that counts, and what is to be said of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from grader.classes.handed import Handed
from grader.classes.joined import Seat
from grader.deadlines import Deadline

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def counted(
    seat: Seat, policy: str, deadline: Deadline | None, until: datetime | None
) -> tuple[Handed | None, int | None]:
    """Return the attempt that counts by the policy, and its number from 1; the number only of several.

    Their order is by time, then as the system counts. "last on time" is the latest where none was.
    """
    ordered = sorted(seat.handed, key=lambda handed: (handed.submitted or _LONG_AGO, handed.order))
    if len(ordered) < 2:
        return (ordered[0] if ordered else None), None
    chosen = ordered[0 if policy == "first" else -1]
    if policy == "last on time" and deadline is not None:
        end = (until or deadline.due).astimezone(UTC) + timedelta(minutes=deadline.grace_minutes)
        on_time = [handed for handed in ordered if handed.submitted and handed.submitted <= end]
        chosen = on_time[-1] if on_time else chosen
    return chosen, 1 + ordered.index(chosen)
