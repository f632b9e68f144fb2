"""Result -> the student's page, in one file: no script, no request, everything a student wrote escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from grader import marks, scoring
from grader.datatypes import CheckResult, Result, Status
from grader.report import asking, corrected, sanitised, windows, words
from grader.report.advice import advice
from grader.report.clusters import breakable
from grader.report.curves import curves, reached
from grader.report.figures import broken_points
from grader.report.folded import folded
from grader.report.formulas import Formulas, with_formulas
from grader.report.layers import layer_table
from grader.report.listings import listings
from grader.report.losses import losses, together
from grader.report.matrices import pairs
from grader.report.noted import noted, shortened
from grader.report.origins import another_look, origins
from grader.report.paragraphs import unwrapped
from grader.report.room import MOST_BYTES, ROOMS, Room, bare, pictured, rooms
from grader.report.shots import shots
from grader.report.spread import spread
from grader.report.sweep import sweep
from grader.report.visible import visible

_CODE = re.compile(r"`([^`\n]{1,9999})`")


def student_page(result: Result, instead: str = "") -> str:
    """Return the student's page from a result that was redacted by `record.for_student`.

    `instead` stands where else is said how to ask for another look, where there is nobody to ask.
    Raises ValueError for a result that is still the staff's.
    """
    _refuse_staff_only(result)
    result = pictured(result)
    for room in rooms(result):
        page = _rendered(result, room, instead)
        if len(page.encode()) <= MOST_BYTES:
            return page
    return _rendered(bare(result), ROOMS[-1], instead)


def _rendered(result: Result, room: Room, instead: str) -> str:
    template = environment(room.text).get_template("student.html")
    return template.render(
        result=result,
        advice=advice(result),
        code=listings(result, room.text, room.pieces),
        room=room,
        asked=bool(result.another_look or result.regrade) and not instead,
        instead=instead,
        formulas=Formulas(),
    )


def _refuse_staff_only(result: Result) -> None:
    checks = [check for part in result.parts for check in part.checks]
    marked = [check.marked for check in checks] + [one.marked for part in result.parts for one in part.rubric]
    if (
        result.needs_attention
        or result.attention
        or any(check.attention for check in checks)
        or any(mark and (mark.by or mark.when) for mark in marked)
        or any(check.hidden and (check.message or check.actual or check.expected) for check in checks)
        or (not result.show_expected and any(_tells(check) for check in checks))
        or any(
            one.criterion and not scoring.shows(result, one) for part in result.parts for one in part.rubric
        )
    ):
        raise ValueError("this result is the staff's: a student's page is made of record.for_student(result)")


def _tells(check: CheckResult) -> bool:
    """Return whether a check's result says what would be right."""
    return bool(check.expected or (check.compared and check.compared.right))


@cache
def environment(limit: int) -> Environment:
    """Return the one door to HTML: every value passes `finalize`, then is escaped."""
    room = Environment(
        loader=PackageLoader("grader.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: _finalized(value, limit),
    )
    room.filters.update(_filters())
    room.filters.update(
        with_formulas=lambda text, formulas: with_formulas(folded(visible(text, limit), limit), formulas),
        with_code=lambda text: _with_code(text, limit),
    )
    room.tests.update(inside=lambda figure: figure.startswith("data:"))
    room.globals.update(rounded=marks.rounded, lost=marks.lost, Status=Status, **inlined(("style.css",)))
    return room


def _filters() -> dict[str, Callable[..., Any]]:
    return {**_about_marks(), **_about_answers()}


def _about_marks() -> dict[str, Callable[..., Any]]:
    return {
        "points": marks.unrounded,
        "count": _count,
        "only": words.only,
        "slug": _slug,
        "path": _path,
        "check_title": words.title,
        "check_word": words.of_check,
        "criterion_word": words.of_criterion,
        "explained": words.explained,
        "part_word": words.of_part,
        "result_word": words.of_result,
        "faults": broken_points,
        "losses": losses,
        "corrected": corrected.of_entry,
        "part_corrected": corrected.of_part,
        "together": together,
        "origins": origins,
        "another_look": another_look,
        "quoted": asking.quoted,
        "mail": asking.mail,
        "until": asking.until,
        "came_of_requests": asking.told,
    }


def _about_answers() -> dict[str, Callable[..., Any]]:
    return {
        "number": _number,
        "measured": _measured,
        "waits": _waits,
        "unwrapped": unwrapped,
        "noted": noted,
        "shortened": shortened,
        "arrays": pairs,
        "grids": windows.grids,
        "sanitised": sanitised.page,
        "curves": curves,
        "layer_table": layer_table,
        "reached": reached,
        "shots": shots,
        "path_data": _path_data,
        "spread": spread,
        "sweep": sweep,
    }


def _finalized(value: Any, limit: int) -> Any:
    plain = isinstance(value, str) and not isinstance(value, Markup)
    return _shown(value, limit) if plain else value


def _shown(text: str, limit: int) -> str:
    return breakable(folded(visible(text, limit), limit))


@cache
def inlined(sheets: Sequence[str], script: str = "") -> dict[str, str]:
    """Return stylesheets and script as a page holds them, and the policy that allows these and data images.

    Each is a file of our own beside the templates; no part of it is a value.
    """
    style = "".join(map(_own, sheets))
    code = _own(script) if script else ""
    allowed = f"script-src '{_digest(code)}'; " if script else ""
    policy = (
        f"default-src 'none'; {allowed}style-src '{_digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"style": Markup(style), "script": Markup(code), "policy": policy}  # noqa: S704 - ours, as said


def _own(name: str) -> str:
    return files("grader.report").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _count(points: float) -> str:
    """Write points with their word: "1 point", "2.625 points"."""
    text = marks.unrounded(points)
    return f"{text} point" if text == "1" else f"{text} points"


def _slug(name: str) -> str:
    """Return what an id and a link within the page may hold, another for every name."""
    return re.sub(r"[^A-Za-z0-9_-]", lambda odd: f"_u{ord(odd[0]):x}_", name)


def _path(link: str) -> str:
    """Return a relative path as a URL: quoted, so that it has no scheme and leads nowhere else."""
    return quote(link.lstrip("/"), safe="/", errors="replace")


def _path_data(data: str) -> Markup:
    """Return what draws an SVG path as it is, however long. Raises ValueError for anything but a path."""
    if not re.fullmatch(r"[MmHVhv0-9 .-]*", data):
        raise ValueError(f"no path data: {data[:40]!r}")
    return Markup(data)  # noqa: S704 - letters and numbers alone


def _waits(result: Result) -> list[tuple[str, float]]:
    """Return what points wait for, where that is not the grader."""
    return list(scoring.waiting(result.parts).items())


def _with_code(text: str, limit: int) -> Markup:
    """Escape a text of ours, and set what stands in backticks as code; a student's words may be in it."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(_shown(text, limit)))))  # noqa: S704


def _measured(value: float) -> str:
    """Write a measured value: a count as it is, anything else with four digits."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.4f}"


def _number(value: float) -> str:
    return f"{value:.6g}"
