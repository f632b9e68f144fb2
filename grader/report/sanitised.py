"""Markup -> the same with our own elements and attributes alone: behind escaping, before the policy.

Escaping is what keeps a student's text from being markup. This is for the day on which it fails, and for
markup that a library made from what a student wrote.
"""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup

MATH = frozenset(
    """math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mtable mtr mtd""".split()  # noqa: SIM905 (as words it can be read)
)
_DRAWING = frozenset(
    """svg g path rect circle ellipse line polyline polygon text tspan title desc defs pattern clipPath
    marker""".split()  # noqa: SIM905
)
_PROSE = frozenset(
    """a b bdi blockquote br button caption code dd details div dl dt em figcaption figure footer h1 h2 h3 h4
    header i img input label li main mark nav ol optgroup option p pre section select small span strong sub
    summary sup table tbody td th thead tr ul""".split()  # noqa: SIM905
)
_SIZES = {"x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "width", "height"}
_STROKES = {"d", "points", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity"}
_STROKES |= {"text-anchor", "dominant-baseline", "vector-effect", "clip-path", "font-size", "pathLength"}
_PATTERNS = {"patternUnits", "patternTransform", "clipPathUnits", "markerWidth", "markerHeight"}
_PATTERNS |= {"refX", "refY", "orient", "viewBox", "preserveAspectRatio", "focusable"}
_OF_MATH = {
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "fence", "form", "separator"},
    "mover": {"accent"},
    "munder": {"accentunder"},
}
_VALUES = {
    "mtd": {"columnalign": {"left", "center", "right"}},
    "mspace": {"width": {"0.167em", "0.222em", "0.278em", "1em", "2em", "0.5em"}},
    "mfrac": {"linethickness": {"0", "0pt", "0em"}},  # \binom
    "mstyle": {"scriptlevel": {"0", "1", "2"}, "displaystyle": {"true", "false"}},
}
_OF_PROSE = {
    "a": {"href"},
    "button": {"type", "disabled"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "autocomplete", "spellcheck", "checked", "value", "name"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"start"},
    "option": {"value", "selected"},
    "optgroup": {"label"},
    "td": {"colspan", "rowspan"},
    "th": {"scope", "colspan", "rowspan"},
}
_EVERYWHERE = {"class", "id", "role", "tabindex", "hidden", "title", "lang", "dir"}
_LINK = re.compile(
    r"#[\w-]+|(?:students|staff)/[\w%./~-]+"
    r"|mailto:[\w.+-]+@[\w.-]+\?subject=[\w.~%-]+&body=[\w.~%-]+",  # as `asking.mail` writes it
    re.ASCII,
)
_DRAWN = re.compile(r"data:image/png;base64,iVBORw0KGgo[A-Za-z0-9+/=]{1,200000}")  # as PNGs begin
_PICTURE = re.compile(r'<img(?: (?!src=)[a-z-]+="[^"]*")*(?P<src> src="[^"]*")?(?: [a-z-]+="[^"]*")*>')
_ELSEWHERE = re.compile(r"url\((?!#[\w-]+\))", re.IGNORECASE)

_OF_PAGES = nh3.Cleaner(
    tags=set(_PROSE | MATH | _DRAWING),
    attributes={
        "*": _EVERYWHERE,
        **_OF_PROSE,
        **_OF_MATH,
        **dict.fromkeys(_DRAWING, _SIZES | _STROKES | _PATTERNS),
    },
    tag_attribute_values=_VALUES,
    attribute_filter=lambda _, name, value: _attribute(name, value),
    generic_attribute_prefixes={"aria-", "data-"},
    link_rel=None,
    url_schemes={"data", "mailto"},  # of pictures; of links, which are looked at besides
)
_OF_FORMULAS = nh3.Cleaner(
    tags=set(MATH),
    attributes=_OF_MATH,
    tag_attribute_values=_VALUES,
    link_rel=None,
    url_schemes=set(),
)


def page(html: str) -> Markup:
    """Return what stands in a page's body with nothing in it but what our templates write.

    Links lead into the page, to files beside it or to a mail that is begun; a picture is in the page itself.
    """
    cleaned = _PICTURE.sub(lambda found: found[0] if found["src"] else "", _OF_PAGES.clean(html))
    return Markup(cleaned)  # noqa: S704 - as said


def formula(mathml: str) -> Markup:
    """Return a formula with nothing in it but MathML: no prose, no ids or classes, no lengths."""
    return Markup(_OF_FORMULAS.clean(mathml))  # noqa: S704 - cleaned, as said


def _attribute(name: str, value: str) -> str | None:
    if name in {"href", "src"}:
        known = _LINK if name == "href" else _DRAWN
        return value if known.fullmatch(value) else None
    return None if "(" in value and _ELSEWHERE.search(value) else value
