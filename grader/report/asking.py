"""(a lost point, Result) -> how its student asks about it, by mail or in words, and what came of that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from grader.datatypes import Asked, Result
from grader.marks import unrounded
from grader.report.losses import Loss

_LONGEST = 80  # characters of a criterion
_LINK = re.compile(r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\?subject=[\w.~%-]+&body=[\w.~%-]+", re.ASCII)


def quoted(loss: Loss) -> str:
    """Return a lost point as staff find it: its part and its check or criterion."""
    name = loss.name if len(loss.name) <= _LONGEST else f"{_whole_words(loss.name)} …"
    return f"{loss.part}, {name}" if loss.part else name


def _whole_words(name: str) -> str:
    """Return the beginning of a long name, cut between words where these are not endless."""
    words = name[: _LONGEST + 1].rpartition(" ")[0].rstrip()
    return words if len(words) > _LONGEST // 2 else name[:_LONGEST].rstrip()


def mail(loss: Loss, result: Result) -> Markup:
    """Return the link to a mail about a lost point, subject and first line begun; '' where there is none.

    No name of the student's is in it: whoever sends it says who they are.
    """
    if result.regrade is None or not result.regrade.mail:
        return Markup()
    points = unrounded(loss.points)
    what = f"{'part ' if loss.part else ''}{quoted(loss)}, {points} {'point' if points == '1' else 'points'}"
    subject = quote(f"{result.assignment}, {what}", safe="", errors="replace")
    body = quote(f"About {what}:\r\n\r\n", safe="", errors="replace")
    link = f"mailto:{result.regrade.mail}?subject={subject}&body={body}"
    return escape(link) if _LINK.fullmatch(link) else Markup()


def until(result: Result) -> str:
    """Return until when requests are taken, as people read it; '' where nobody says."""
    return result.regrade.told if result.regrade else ""


@dataclass(frozen=True)
class Told:
    """What came of the requests about a part, in a sentence."""

    part: str
    text: str
    answered: bool


def told(result: Result) -> tuple[Told, ...]:
    """Return what came of what the student asked another look for, part by part of those on the page."""
    asked = {part.id: [one for one in result.requests if one.part == part.id] for part in result.parts}
    return tuple(_told(part, own) for part, own in asked.items() if own)


def _told(part: str, asked: Sequence[Asked]) -> Told:
    answered = sum(bool(one.decision) for one in asked)
    if len(asked) == 1:
        came = f"was answered{_points(asked[0])}" if answered else "is open: a person looks at it"
        return Told(part, f"Your request about {part} {came}.", bool(answered))
    if answered in {0, len(asked)}:
        came = "were answered" if answered else "are open: a person looks at them"
        return Told(part, f"Your {len(asked)} requests about {part} {came}.", bool(answered))
    was = "was" if answered == 1 else "were"
    return Told(part, f"{answered} of your {len(asked)} requests about {part} {was} answered.", answered=True)


def _points(asked: Asked) -> str:
    """Return the points before and after; '' where nobody knows them."""
    if not (asked.old and asked.new):
        return ""
    word = "point" if asked.new == "1" else "points"
    if asked.old == asked.new:
        return f": {asked.new} {word}, as before"
    return f": {asked.old} → {asked.new} {word}"
