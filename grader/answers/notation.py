"""LaTeX, Markdown and Unicode as people write them -> plain notation: digits, operators, brackets, words."""

from __future__ import annotations

import re
import unicodedata

from .reading import within_limits

BOX, UNBOX = "\x02", "\x03"  # around what was boxed; a student's own control characters are dropped before

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", "0123456789+-()n")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ]{1,20}")
_VULGAR = re.compile("(?<!\\d)(\\d{1,9})?[ \u2009]?([¼½¾⅐-⅞↉])")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2013\u2012\u2010\u2011\uff0d\ufe63", "-"),
        **dict.fromkeys("\u2014\u2015", ";"),  # an em dash separates clauses
        **dict.fromkeys("\u2044\u2215\u00f7", "/"),
        **dict.fromkeys("\u00b7\u22c5\u2217\u2219\u2022\u2022", "*"),
        **dict.fromkeys("\u2715\u2a2f\u2a09\u2716", "×"),
        **dict.fromkeys("\u2018\u2019\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u21d2\u27f9\u2234", "⇒"),
        "\u27f6": "→",
    }
)
_THOUSANDS = re.compile(r"(?<![\w.,])(\d{1,3})[kK](?=\s*(?:[x×*,)]|by\b|\\times|[a-z]{3}))")  # 50k x 480
_THIN_BLANK = re.compile("(?<=\\d)[\u2009\u202f](?=\\d{3}(?!\\d))")  # a typesetter's, within a number
_ENTITIES = {"times": "×", "nbsp": " ", "minus": "-", "ndash": "-", "amp": "&", "middot": "*", "sdot": "*"}
_ENTITY = re.compile(r"&(times|nbsp|minus|ndash|amp|middot|sdot);")
_TAG = re.compile(
    r"</?(?:b|i|u|p|em|strong|span|div|code|pre|center|mark|font|small|sub)(?: [^<>]{0,200})?>", re.IGNORECASE
)
_ATTRIBUTES = re.compile(  # of a tag: <meta content="0;url=/">, not "if a <b then n=228"
    r"<([A-Za-z][A-Za-z0-9-]{0,20})(?:\s++[A-Za-z_:@][\w:.-]{0,40}+"
    r"(?:\s?=\s?(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}')|=[^\s\"'<>=]{1,500}+)?)+\s{0,9}/?>"
)
_STRUCK = re.compile(
    r"~~[^~]{1,2000}~~|<(del|s|strike) ?>(?:(?!<(?:del|s|strike)\b).){0,2000}?</\1\s?>"
    r"|\\(?:cancel|sout|st|xcancel)\{[^{}]{0,500}\}",
    re.IGNORECASE | re.DOTALL,
)
_BOLD = re.compile(r"(?<![\w)*])(\*\*|__)(?=[^\s*_])([^*\n]{0,500}?[^\s*])\1(?![\w(*])")
_ITALIC = re.compile(
    r"(?<![\w)*])(?<![\d)] )([*_])(?=[^\s*_])([^*_\n]{0,500}?[^\s*_]|[^\s*_])\1(?![\w(*])(?! [\d(])"
)
_NUMPY_2 = re.compile(r"\bnp\.(?:u?int|float)\d{1,3}\(([^()\n]{1,60})\)")  # how NumPy 2 prints a number
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)[^\n]*$", re.MULTILINE)


def tidy(text: str) -> str:
    """Return the text with one character for each sign and no control characters; LaTeX is kept.

    Unreadable: longer than 20 kB.
    """
    text = (
        _NUMPY_2.sub(r"\1", within_limits(text))
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
    )
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    text = _ATTRIBUTES.sub(_bare, _THIN_BLANK.sub("'", text))
    text = _VULGAR.sub(_vulgar, text)
    text = _SUPERSCRIPT.sub(lambda found: f"^({found[0].translate(_SUPERSCRIPTS)})", text)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    text = "".join(_digit(c) for c in text)
    text = _THOUSANDS.sub(r"\g<1>000", text)
    text = _ENTITY.sub(lambda found: _ENTITIES[found[1]], text)
    return within_limits(_STRUCK.sub(" ", text))


def _bare(found: re.Match[str]) -> str:
    """Leave out a tag with attributes, or its attributes where the tag means something here."""
    return f"<{found[1]}>" if found[1].lower() in ("del", "s", "strike", "sup", "br") else " "


def _vulgar(found: re.Match[str]) -> str:
    fraction = unicodedata.normalize("NFKC", found[2]).replace("\u2044", "/")
    return f"({found[1]}+{fraction})" if found[1] else f"({fraction})"


def _digit(character: str) -> str:
    """Digits of every script are digits."""
    return str(unicodedata.digit(character)) if character.isdecimal() else character


def plain(text: str) -> str:
    """Return the text without Markdown's and LaTeX's marks; what is boxed stands between BOX and UNBOX."""
    text = _FENCE.sub("", tidy(text)).replace("`", "").replace("->", "→").replace("=>", "⇒")
    text = re.sub(r"<br */?>", "\n", text, flags=re.IGNORECASE)
    text = re.sub(r"<sup>([^<>]{1,40})</sup>", r"^(\1)", text, flags=re.IGNORECASE)
    text = _TAG.sub("", text)
    for _ in range(2):
        text = _ITALIC.sub(r"\2", _BOLD.sub(r"\2", text))
    return _latex(text)


# ---- LaTeX ---------------------------------------------------------------------------------

_NAMES_TEXT = """
    exp log ln max min sin cos tanh sigma alpha beta gamma theta lambda mu epsilon eta rho tau phi
    pi
"""
_NAMES = _NAMES_TEXT.split()
_COMMANDS = {
    "times": "×", "cdot": "*", "ast": "*", "star": "*", "bullet": "*", "div": "/", "pm": "±", "le": "≤",
    "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "lt": "<", "gt": ">", "approx": "≈",
    "simeq": "≈", "sim": "≈", "equiv": "=", "to": "→", "rightarrow": "→", "mapsto": "→",
    "longrightarrow": "→", "Rightarrow": "⇒", "implies": "⇒", "therefore": "⇒", "ldots": "...",
    "dots": "...", "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ",
    "newline": "\n", "par": "\n", "hline": " ", "hfill": " ", "item": "\n", "lbrack": "[", "rbrack": "]",
    "lbrace": "[", "rbrace": "]", "left": "", "right": "", "big": "", "Big": "", "bigg": "", "Bigg": "",
    "bigl": "", "bigr": "", "Bigl": "", "Bigr": "", "displaystyle": "", "textstyle": "", "limits": "",
    "nolimits": "", "centering": "", "bf": "", "rm": "", "it": "", "textbf": "", "textit": "", "text": "",
    "textrm": "", "texttt": "", "textsf": "", "mathrm": "", "mathbf": "", "mathit": "", "mathsf": "",
    "mathtt": "", "mathbb": "", "boldsymbol": "", "bm": "", "mbox": "", "hbox": "", "emph": "",
    "underline": "", "operatorname": "", "vec": "", "mathcal": "",
    **{name: name for name in _NAMES},
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_SPACES = re.compile(r"\\[,;: >]|~(?!~)")
_MARKS = re.compile(r"\$+|\\[()\[\]]")
_FRACTION = re.compile(
    r"(\d ?)?\\(?:frac|dfrac|tfrac|cfrac|nicefrac|sfrac)\s*(\{[^{}]{1,200}\}|\d)\s*(\{[^{}]{1,200}\}|\d)"
)
_GROUP = re.compile(
    r"\\(sqrt|boxed|fbox|framebox)\s*\{([^{}]{0,500})\}|\^\s*\{([^{}]{0,200})\}|_\s*\{([^{}]{0,40})\}"
)
_TWICE = re.compile(r"\{\s?\{([^{}]{0,500})\}\s?\}")


def _latex(text: str) -> str:
    text = text.replace("{,}", ",").replace("{.}", ".").replace(r"\!", "")
    text = re.sub(r"\\\\(?:\[[^\]\n]{0,20}\])?", "\n", text)
    text = re.sub(r"\\(?:begin|end)\s*\{[A-Za-z]{1,20}\*?\}", "\n", text)
    text = re.sub(r"(?<!\s)\s+\\(?:left|big[gl]?|Big[gl]?)\s*\(", "(", text)
    text = _MARKS.sub(" ", _SPACES.sub(" ", text.replace(r"\$", " ")))
    text = re.sub(r"\\([%#&_])", r"\1", text).replace(r"\{", "[").replace(r"\}", "]")
    text = _COMMAND.sub(lambda found: _COMMANDS.get(found[1], found[0]), text)
    for _ in range(8):
        before = text
        text = _TWICE.sub(r"{\1}", text)
        text = _GROUP.sub(_group, _FRACTION.sub(_fraction, text))
        if text == before:
            break
    return text.replace("{", "").replace("}", "")


def _fraction(found: re.Match[str]) -> str:
    """Return the quotient; "1\\frac12" is 3/2 to some and 1/2 to others, so it stays unreadable."""
    quotient = f"(({found[2].strip('{}')})/({found[3].strip('{}')}))"
    return f"{found[1]}\\{quotient}" if found[1] else quotient


def _group(found: re.Match[str]) -> str:
    if found[1]:
        return f"sqrt({found[2]})" if found[1] == "sqrt" else f"{BOX}{found[2]}{UNBOX}"
    return f"^({found[3]})" if found[3] is not None else f"_{found[4]}".rstrip("_")
