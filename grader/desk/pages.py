"""what a desk shows -> HTML: everything a student wrote escaped, cleaned, and under our own policy."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from grader.datatypes import PartResult
from grader.desk.around import Run
from grader.desk.highlight import marked, stems
from grader.desk.queue import Waiting
from grader.desk.view import Shown
from grader.marks import unrounded
from grader.report import sanitised
from grader.report.clusters import breakable
from grader.report.folded import folded
from grader.report.formulas import Formulas, with_formulas
from grader.report.paragraphs import unwrapped
from grader.report.visible import visible

_SCRIPTS = ("given.js", "request.js", "dialogs.js", "desk.js")  # in this order
_QUOTES = str.maketrans("“”", '""')
_NOT_IN_LINE = re.compile(r"\$\$|\\(text|mbox|tag|begin|\\)|''|``")  # leaves the line, or may end a quotation
_LONGEST = 20_000  # characters of one text


@cache
def environment() -> Environment:
    """Return the one door to HTML: every value is made visible, then escaped."""
    room = Environment(
        loader=PackageLoader("grader.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    room.filters.update(
        points=unrounded, prose=_prose, underlined=_underlined, asked_for=_asked_for, title_of=title
    )
    room.globals.update(nothing=frozenset())
    room.globals.update(style=Markup(_style()), script=Markup(_script()))  # noqa: S704 - files of ours
    return room


@cache
def policy() -> str:
    """Return what a page may do: run our script, wear our style, ask this server, and nothing else."""
    return (
        f"default-src 'none'; script-src '{_digest(_script())}'; style-src '{_digest(_style())}'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def headed(response: Response) -> Response:
    """Say beside whatever is sent what it may do, and that nobody keeps it."""
    response.headers.update(
        {
            "Content-Security-Policy": policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
    )
    return response


def page(template: str, **values: Any) -> str:
    """Return a page, or a fragment of one."""
    return environment().get_template(template).render(**values)


def fragment(shown: Shown, **values: Any) -> str:
    """Return an answer with its rubric, which takes the place of the one before."""
    answered = shown.answered
    place = f"part/{shown.at.part}/{shown.at.answer}"
    return page(
        "answer.html", shown=shown, answered=answered, place=place, wanted=wanted(answered.part), **values
    )


def title(part: Waiting) -> str:
    """Return what a window is called, as `desk.html` has it; text, not HTML."""
    return f"{part.id} {part.title}: marking"


def wanted(part: PartResult) -> frozenset[str]:
    """Return the words of a part's rubric, as they are looked for in an answer."""
    return stems(criterion.criterion for criterion in part.rubric)


def _prose(text: str, wanted: frozenset[str]) -> Markup:
    """Set a student's text: formulas as such, the rubric's words marked."""
    shown = folded(visible(unwrapped(text), _LONGEST), _LONGEST)
    html = sanitised.page(with_formulas(shown, Formulas()))
    return marked(html, wanted)


def _underlined(text: str, wanted: frozenset[str]) -> Markup:
    """Set a student's words within a line of ours: their quotation marks do not end it."""
    plain = text.translate(_QUOTES)
    if "$" in plain and plain.count("$") % 2 == 0 and not _NOT_IN_LINE.search(plain):
        return _prose(plain, wanted)
    return marked(escape(breakable(visible(plain, _LONGEST))), wanted)


def _asked_for(runs: Sequence[Run], wanted: frozenset[str]) -> bool:
    """Return whether words of the rubric are among those that one answer has and another has not."""
    return any("<mark>" in marked(escape(run.words), wanted) for run in runs)


def _finalized(value: Any) -> Any:
    plain = isinstance(value, str) and not isinstance(value, Markup)
    return breakable(visible(value, _LONGEST)) if plain else value


def _style() -> str:
    shared = files("grader.report").joinpath("templates", "style.css").read_text(encoding="utf-8")
    return shared + _own("desk.css")


def _script() -> str:
    """Return our one script: a block, so that nothing of it is seen from elsewhere."""
    return '"use strict";\n{\n' + "\n".join(map(_own, _SCRIPTS)) + "}\n"


def _own(name: str) -> str:
    return files("grader.desk").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
