r"""Text with LaTeX in it -> the same text with its formulas as MathML, everything else escaped.

Formulas stand between $ … $, $$ … $$, \( … \) and \[ … \]. What cannot be set stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from latex2mathml.converter import convert
from markupsafe import Markup, escape

from grader.report import sanitised
from grader.report.clusters import breakable

_LONGEST = 2_000  # characters of a formula
_MOST = 4_000  # of all formulas of a text: MathML is ten times as long
_MOST_OF_PAGE = 12_000  # of all formulas of a page: a quarter of a second
_EACH = 8  # characters that a formula counts for at least
_WIDE = 24  # characters, or half ems: what is longer may be wider than a telephone, and scrolls by itself
_LONG, _LONGEST_PRINTED = 80, 150  # half ems that fit on paper, as they are and at half the size
_HALF_EMS = re.compile(r"\\[A-Za-z]+|[^\s{}_^&$\\]")  # what has a width
_NARROW = re.compile(r"[a-ln-vx-z0-9.,;:|!'()\[\]]")  # half an em; others have a whole one
_ROW = re.compile(r"\\\\|\\(?:begin|end)\s*\{[a-z*]*\}")
_FORMULA = re.compile(
    r"`[^`\n]{1,200}`|\\\$"  # code, and a dollar that is one
    r"|\n?\$\$(?P<apart>[^$]{1,2000})\$\$\n?"
    r"|\n?\\\[(?P<bracketed>(?:(?!\\[\[\]]|\n\s*\n).){1,2000})\\\]\n?"
    r"|\\\((?P<round>(?:(?!\\[()]|\n\s*\n).){1,2000})\\\)"
    # As in Pandoc: no space inside next to the dollars, no digit after: "$5 and $6" is money.
    r"|\$(?P<inline>(?![\s$])(?:(?!\n\s*\n)[^$]){1,2000})(?<![\s\\])\$(?!\d)",
    re.DOTALL,
)
_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,} +[A-Za-z]{3,}")  # prose between two prices
_SPOKEN = re.compile(r"\\(?:text\w*|mbox|mathrm|operatorname\*?)\s*\{[^{}]*\}")
_NAMED = re.compile(r"(\\(?:begin|end)\s*\{)([A-Za-z]+\*?)(\})")
# What latex2mathml sets; others by what looks the same.
_KNOWN = frozenset(
    """matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases split align* equation
    equation*""".split()  # noqa: SIM905 (as words it can be read)
)
_ALIKE = {"align": "align*", "aligned": "split", "gathered": "split", "gather": "split", "gather*": "split"}
_DECIMAL = re.compile(r"<mi>(\.\d+)</mi>")  # .5 is a number too
_ELEMENT = re.compile(r"<([A-Za-z][\w-]*)")
_TAG = re.compile(r"<[^>]*>")
# A matrix between brackets: the stylesheet draws these, as tall as it is.
_FENCED = re.compile(
    r"<mo[^>]*>([\[(|])</mo><mtable>((?:(?!</?mtable).)*)</mtable><mo[^>]*>([\])|])</mo>", re.DOTALL
)
_DRAWN = {"[]": "square", "()": "round", "||": "straight"}
# Definitions can grow without bounds (each twice the one before), and what follows a % is left out.
_REFUSED = re.compile(r"\\(?:\w*def|\w*new\w+|\w*let|declare\w+|provide\w+)(?![a-z])|(?<!\\)%", re.IGNORECASE)


class Formulas:
    """The formulas that a page has room for, less those that it has."""

    def __init__(self) -> None:
        self._left = _MOST_OF_PAGE

    def fit(self, source: str) -> bool:
        """Return whether there is room for one more, and take it."""
        self._left -= max(len(source), _EACH)
        return self._left >= 0


def with_formulas(text: str, formulas: Formulas) -> Markup:
    """Return a text, made visible before, as markup."""
    return Markup("").join(_pieces(text, formulas))


def _pieces(text: str, formulas: Formulas) -> Iterator[Markup]:
    at, left = 0, _MOST
    for found in _FORMULA.finditer(text):
        kind = found.lastgroup
        if kind is None:
            continue
        yield escape(breakable(text[at : found.start()]))
        source, at = found[kind], found.end()
        apart = kind in {"apart", "bracketed"}
        left -= len(source)
        prose = kind == "inline" and _WORDS.search(_SPOKEN.sub("", source))
        fits = not prose and left >= 0 and formulas.fit(source)
        yield escape(breakable(found[0])) if prose else _set(found[0], source, apart=apart, fits=fits)
    yield escape(breakable(text[at:]))


def _set(written: str, source: str, *, apart: bool, fits: bool) -> Markup:
    """Return a formula, in a box of its own where it may be wide; as code where it cannot be set."""
    mathml = formula(source, apart=apart) if fits else None
    if mathml is None:
        return Markup("<code>{}</code>").format(breakable(written.strip("\n")))
    width = _width(source)
    if not apart and len(source) <= _WIDE and width <= _WIDE:
        return mathml
    kind = "apart" if apart else "within"
    if width > _LONG:
        kind += " longest" if width > _LONGEST_PRINTED else " long"
    source = Markup('<code class="written">{}</code>').format(breakable(written.strip("\n")))
    box = Markup('<span class="formula {}" tabindex="0" role="group" aria-label="Formula">{}{}</span>')
    return box.format(kind, mathml, source if width > _LONGEST_PRINTED else "")


def _width(source: str) -> int:
    """Return about how wide a formula is at most, in half ems: its longest row."""
    rows = (_HALF_EMS.findall(row) for row in _ROW.split(source))
    return max(sum(1 if _NARROW.fullmatch(sign) else 2 for sign in row) for row in rows)


@lru_cache(maxsize=2 * _MOST_OF_PAGE // _EACH)  # a page that is made again sets none again
def formula(latex: str, *, apart: bool = False) -> Markup | None:
    """Return a formula as MathML, None where it cannot be set or would hold anything else."""
    names = {_ALIKE.get(name, name) for _, name, _ in _NAMED.findall(latex)}
    if len(latex) > _LONGEST or not names <= _KNOWN or _REFUSED.search(latex):
        return None
    latex = _NAMED.sub(lambda found: found[1] + _ALIKE.get(found[2], found[2]) + found[3], latex)
    try:
        mathml = convert(latex, display="block" if apart else "inline")
    except Exception:  # noqa: BLE001  it raises what it likes, and a formula stops no page
        return None
    clean = sanitised.formula(_DECIMAL.sub(r"<mn>\1</mn>", mathml))
    return Markup(_FENCED.sub(_fenced, clean)) if _is_whole(clean, mathml) else None  # noqa: S704 - cleaned


def _fenced(found: re.Match[str]) -> str:
    opening, rows, closing = found.groups()
    kind = _DRAWN.get(opening + closing)
    table = f'<mtable class="{kind}">{rows}</mtable>'
    fences = (f'<mo class="fence">{sign}</mo>' for sign in (opening, closing))
    return table.join(fences) if kind else found[0]


def _is_whole(clean: str, mathml: str) -> bool:
    """Return whether nothing of what is read was lost: no word, no element, no line's end."""
    known = set(_ELEMENT.findall(mathml)) <= sanitised.MATH
    return known and "linebreak" not in mathml and _text(clean) == _text(mathml)


def _text(markup: str) -> str:
    return unescape(_TAG.sub("", markup))
