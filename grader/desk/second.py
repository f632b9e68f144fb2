"""a desk -> what its marker is told of answers that come to two."""

from __future__ import annotations

from grader.desk.desk import Desk
from grader.desk.queue import TWICE


def told(desk: Desk) -> str:
    """Say that more may be open here than waits for a person; '' where nothing is, or nobody else marks.

    How many such answers there are is not told: of the last ones it would say which.
    """
    if not desk.others or not any(map(desk.left, range(len(desk.parts)))):
        return ""
    return (
        f"Of what others marked, {TWICE} % come to you too, to see how far markers agree; nobody is told "
        "which. So more may be open for you than `grader marks` says wait for a person."
    )
