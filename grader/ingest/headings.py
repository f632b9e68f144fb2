"""A line -> the heading it may be: "## 3.B Parameters", "Q3 b) 228", "Problem B", "3 Networks"."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Every repetition is bounded: a line of a million blanks costs no more than one of ten.
_S = r"\s{0,4}"
_LONG = r"(?:sub-?problem|sub-?part|problem|prob|question|ques|exercise|exer|ex|task|part)"
_WORD = rf"(?:(?:{_LONG}|section|sec|chapter)(?:\.?\s{{1,4}}#?|[.#]|(?=[\d(\[]))|(?:q|p|pr)(?=[\d(\[.\s]))"
_SAID = rf"(?:(?:my\s)?(?:answer|solution|ans|sol)\.?{_S}(?:to|for|of)?{_S}:?{_S})?"

_FULL = re.compile(
    rf"{_SAID}(?P<word>{_WORD}[.]?{_S}(?:no\.?|number)?{_S})?(?P<round>[(\[])?"
    rf"(?P<number>\d{{1,2}})(?P<gap>{_S}[.,:;/_)–—-]?{_S})"
    rf"(?P<inner>{_LONG}(?:\.?\s{{1,4}}|(?=[(\[])))?"
    rf"(?P<open>[(\[])?\s?(?P<letter>[a-z])\s?(?P<close>[)\]])?(?![^\W_]|['’])",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"{_SAID}(?P<word>{_LONG}(?:\.?\s{{1,4}}|(?=[(\[])))?"
    rf"(?P<open>[(\[])?\s?(?P<letter>[a-z])\s?(?P<close>[)\]])?(?![^\W_]|['’])",
    re.IGNORECASE,
)
_SECTION = re.compile(
    rf"(?P<word>{_WORD}[.]?{_S})?(?P<number>\d{{1,2}})(?=\s|$|[.:)*_}}<\]–—-]+(?:\s|$|\*|_))", re.IGNORECASE
)

_OPENERS = re.compile(
    r"(?P<hash>\#{1,6}(?=[\s\d(*_\w]))\s{0,4}"
    r"|(?P<bullet>[-+*•]\s{1,4}|\\item\s{1,4})"
    r"|\\(?P<latex>part|chapter|(?:sub){0,2}section|(?:sub)?paragraph)\*?\s?\{\s?"
    r"|\\(?P<face>textbf|textit|textsc|emph|underline)\s?\{\s?"
    r"|(?P<group>\{)\s?\\(?:bf|bfseries|large|Large|LARGE|it|sc)\s{1,2}"
    r"|(?P<item>\\item\s?\[)"
    r"|(?P<list>\\begin\{(?:enumerate|itemize|description)\}(?:\[[^\]]{0,60}\])?)\s{0,4}(?=\\item)"
    r"|(?P<skip>\\(?:noindent|newpage|clearpage|bigskip|medskip|large|Large|LARGE|bf|bfseries)(?![A-Za-z])\s{0,4})"
    r"|(?P<stars>\*{1,3}|_{1,3})(?=\S)"
    r"|<(?P<tag>h[1-6]|b|strong|u|em|i|p|div|span|center|font)(?:\s[^<>]{0,200})?>\s{0,4}"
)
_DELIMITER = re.compile(r"\s{0,4}(?:[:)\]]{1,3}|\.(?=\s|$|[*_}<])|[-–—]{1,3}(?=\s|$))")
_POINTS = re.compile(
    r"\s{0,4}(?:[(\[]\s?\d{1,3}(?:\.\d)?\s?(?:points?|pts?\.?|marks?|p\.?)\s?[)\]]"
    r"|[-–—,:]\s?\d{1,3}\s?(?:points?|pts?\.?|marks?)\s{0,4}$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """A heading by its looks alone: whether it is one depends on what stands around it."""

    number: str = ""  # of the section; "" where only a letter is given
    letter: str = ""  # "" where only a section is named
    word: bool = False  # "Problem", "Question", "Part" …
    mark: str = ""  # "#": a heading of the markup; "*": bold and the like; "": a bare line
    delimiter: str = ""  # what ends the label: ":", ")", "." …
    title: str = ""  # what follows inside the markup
    rest: str = ""  # what follows outside it
    style: str = ""  # how the letter is written, its case and a lone one's brackets: "(x)", "X)", "x." …
    glued: bool = False  # "3D", "3-D": also a word of the field

    @property
    def rank(self) -> int:
        """3: names its part or says "Problem"; 2: a letter set as a heading; 1: a letter like a list's."""
        return 3 if self.word or self.number else 2 if self.mark else 1


@dataclass(frozen=True)
class _Core:
    """A line without the markup around its beginning."""

    text: str
    mark: str
    bullet: bool
    closers: tuple[str, ...]


def heading(line: str, *, underlined: bool = False) -> Heading | None:
    """Return the heading that a line looks like, if it does."""
    if len(line) - len(line.lstrip()) > 3 or "\t" in line[:1]:
        return None  # indented as a code block or a list's inner lines are
    core = _unwrapped(line.strip(), underlined=underlined)
    return _full(core) or _relative(core) or _section(core)


def without_points(text: str) -> str:
    """Return a title without "(2 points)" at either end."""
    if start := _POINTS.match(text):
        text = text[start.end() :]
    tail = max(0, len(text) - 60)
    found = list(_POINTS.finditer(text, tail))
    if found and not text[found[-1].end() :].strip(" .:"):
        text = text[: found[-1].start()]
    return text.strip()


def _unwrapped(text: str, *, underlined: bool) -> _Core:
    mark, bullet, closers = "#" if underlined else "", False, []
    for _ in range(6):
        found = _OPENERS.match(text)
        if not found:
            break
        text = text[found.end() :]
        tag, stars = found["tag"], found["stars"]
        bullet = bullet or bool(found["bullet"])
        if found["hash"] or found["latex"] or (tag and tag[0] == "h"):
            mark = "#"
        elif stars or found["face"] or found["group"] or found["item"] or tag in {"b", "strong", "u"}:
            mark = mark or "*"
        closer = stars or (f"</{tag}>" if tag else "]" if found["item"] else "")
        if found["latex"] or found["face"] or found["group"]:
            closer = "}"
        closers += [closer] if closer else []
    return _Core(text.rstrip("# ") if mark == "#" else text, mark, bullet, tuple(closers))


def _full(core: _Core) -> Heading | None:
    found = _FULL.match(core.text)
    if not found or (found["open"] and not found["close"]):
        return None
    number, letter, gap = found["number"], found["letter"], found["gap"]
    delimiter, title, rest = _after(core, found.end(), found["close"] or "")
    if letter in "eE" and not gap and re.match(r"[-+]\d", core.text[found.end() :]):
        return None  # 1e-3
    apart = bool(re.search(r"\s", gap)) and not (found["inner"] or found["open"])
    if apart and not delimiter and (title or rest):
        return None  # "1. A benefit of", "Problem 3: A network"
    word = bool(found["word"] or found["inner"])
    glued = gap in {"", "-"} and not found["open"] and not word
    style = "X" if letter.isupper() else "x"
    return Heading(_number(number), letter.upper(), word, core.mark, delimiter, title, rest, style, glued)


def _relative(core: _Core) -> Heading | None:
    found = _RELATIVE.match(core.text)
    if not found or (found["open"] and not found["close"]):
        return None
    word, letter = bool(found["word"]), found["letter"]
    if core.bullet and not word:
        return None
    delimiter, title, rest = _after(core, found.end(), found["close"] or "")
    follows = title or rest
    if (
        not word
        and follows
        and not delimiter
        and (core.mark != "#" or letter in "aAI" or follows[0].islower())
    ):
        return None  # "A benefit of", "# A network"
    style = ("(" if found["open"] else "") + ("X" if letter.isupper() else "x") + delimiter[:1]
    return Heading("", letter.upper(), word, core.mark, delimiter, title, rest, style)


def _section(core: _Core) -> Heading | None:
    found = _SECTION.match(core.text)
    if not found or core.bullet:
        return None
    delimiter, title, rest = _after(core, found.end(), "")
    return Heading(_number(found["number"]), "", bool(found["word"]), core.mark, delimiter, title, rest)


def _number(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _after(core: _Core, position: int, delimiter: str) -> tuple[str, str, str]:
    """Return what ends a label, what follows inside the markup and what follows outside."""
    text, closers = core.text[position:], list(core.closers)
    for _ in range(12):
        found = _DELIMITER.match(text) or _POINTS.match(text)
        ahead = text.lstrip()
        if closers and ahead.startswith(closers[-1]):
            closer = closers.pop()
            text, delimiter = ahead[len(closer) :], delimiter or closer
        elif found:
            text, delimiter = text[found.end() :], delimiter or found[0].strip()[:1]
        else:
            break
    if core.mark == "#" and "}" not in core.closers:
        for closer in closers:
            text = text.removesuffix(closer)
        return delimiter, without_points(text), ""
    if not closers or closers[0] not in text:
        return delimiter, "", without_points(text)
    inside, _, outside = text.partition(closers[0])
    return delimiter, without_points(inside), _DELIMITER.sub("", outside, count=1).strip()
