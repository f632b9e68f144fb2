"""(a lost point, Result) -> how its student asks about it: a mail that is begun, or words to quote."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup, escape

from grader.datatypes import Result
from grader.marks import unrounded
from grader.report.losses import Loss

_LONGEST = 80  # characters of a criterion
_LINK = re.compile(r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\?subject=[\w.~%-]+&body=[\w.~%-]+", re.ASCII)


def quoted(loss: Loss) -> str:
    """Return a lost point as staff find it: its part and its check or criterion."""
    name = loss.name if len(loss.name) <= _LONGEST else f"{loss.name[:_LONGEST].rstrip()} …"
    return f"{loss.part}, {name}" if loss.part else name


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
