"""(a desk, an answer, what a window wishes for) -> the marks that it is given, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader import marking
from grader.desk.desk import Desk, Stale
from grader.desk.queue import Answered, Entry
from grader.marking.comments import too_long
from grader.marking.given import named


def given_by(
    desk: Desk, answered: Answered, wishes: Sequence[tuple[Sequence[str], str]]
) -> list[marking.Given]:
    """Return the marks that a window wishes for, an entry each.

    Raises Stale for items that are gone and for a comment that is too long.
    """
    if len(wishes) != len(answered.entries):
        raise Stale("What is asked for is another than it was: look at this answer once more.")
    return [
        _given(desk, entry, wanted, comment)
        for entry, (wanted, comment) in zip(answered.entries, wishes, strict=True)
    ]


def _given(desk: Desk, entry: Entry, wanted: Sequence[str], comment: str) -> marking.Given:
    if told := too_long(comment.strip()):
        raise Stale(told)
    items = {item.name: item for item in desk.items(entry)}
    if unknown := [name for name in wanted if name not in items]:
        raise Stale(f"“{named(unknown[0])}” is no level any more: look at this answer once more.")
    stood = desk.given(entry)
    if stood and stood.mark.points is not None and not wanted:  # set by hand, and not touched here
        return replace(stood.mark, comment=comment.strip())
    return marking.Given(entry.item, tuple(items[name] for name in dict.fromkeys(wanted)), comment.strip())
