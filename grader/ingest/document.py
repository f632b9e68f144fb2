"""A write-up's text -> lines to search for headings, and the code and printed output between them."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from dataclasses import dataclass

from grader.ingest.headings import heading

_FENCE = re.compile(r"[ \t]{0,12}(?P<bar>`{3,}|~{3,})[ \t]{0,4}(?P<info>[^`\s][^`]{0,200})?$")
_BEGIN = re.compile(r"\s{0,12}\\begin\{(?P<name>verbatim|Verbatim|lstlisting|minted)\}(?P<info>.{0,200})$")
_CLOSE = re.compile(r"\s{0,12}\\end\{(verbatim|Verbatim|lstlisting|minted)\}")
_PYTHON = frozenset({"python", "python3", "python2", "py", "py3", "ipython", "ipython3", "sage"})
_PROSE = frozenset({"math", "latex", "tex", "markdown", "md", "table", "csv"})
_CODE_LINE = re.compile(
    r"\s{0,40}(?:import\s|from\s+\S{1,80}\s+import\s|def\s|class\s|return\b|print\s|[%!@]\w|#|model\.|\w{1,40}\s?=\s)"
)
_TRANSCRIPT = re.compile(
    r"\b(?:epoch|loss|acc|accuracy|score|params|param)\b|^[^:=\n]{1,60}[:=]\s", re.IGNORECASE | re.MULTILINE
)
_MOST_CODE = 100_000  # characters that are parsed to see whether they are Python


@dataclass(frozen=True)
class Line:
    """A line of text. A quiet one may be a heading (a code cell's comment) and is never text."""

    text: str
    page: int = 0
    quiet: bool = False
    sure: bool = True  # False: it may be misread


@dataclass(frozen=True)
class Block:
    """What stands between lines and holds no headings. `cell` is a notebook's code cell, from 1."""

    code: str = ""
    output: str = ""
    images: tuple[str, ...] = ()
    cell: int = 0
    sure: bool = True


Item = Line | Block


@dataclass(frozen=True)
class _Opening:
    """A line that opens a fence, or may close one."""

    kind: str  # "`", "~" or a LaTeX environment's name
    length: int
    info: str


def items(text: str) -> tuple[list[Item], bool]:
    """Return a text's items, and whether a fence was never closed (what follows it is text then)."""
    lines = text.split("\n")
    openings = [_opening(line) for line in lines]
    closed = _closed(lines, openings)
    found: list[Item] = []
    unclosed, position = False, 0
    while position < len(lines):
        opening = openings[position]
        if opening is None:
            found.append(Line(lines[position]))
            position += 1
            continue
        end = closed.get(position)
        if end is not None:
            found += _block(lines[position + 1 : end], opening.info)
        unclosed = unclosed or end is None
        position = position + 1 if end is None else end + 1
    return found, unclosed


def _closed(lines: list[str], openings: list[_Opening | None]) -> dict[int, int]:
    """Return where each fence ends that its author did not forget to close."""
    forgotten = _never_closed(lines, openings)
    odd = sum(1 for opening in openings if opening and opening.length) % 2 == 1
    breaks = [odd and _plain_heading(line) for line in lines]
    ends: dict[int, int] = {}
    position = 0
    while position < len(lines):
        opening = openings[position]
        end = None
        if opening and position not in forgotten:
            end = _end(lines, openings, position, breaks)
        if end is not None:
            ends[position] = end
        position = position + 1 if end is None else end + 1
    return ends


def _never_closed(lines: list[str], openings: list[_Opening | None]) -> frozenset[int]:
    """Return the openings after which nothing comes that could close them."""
    longest: dict[str, int] = {}
    forgotten: set[int] = set()
    for index in range(len(lines) - 1, -1, -1):
        opening = openings[index]
        if opening is None:
            if found := _CLOSE.match(lines[index]):
                longest[found[1]] = 0
            continue
        if opening.length > longest.get(opening.kind, -1):
            forgotten.add(index)
        if opening.length and not opening.info:
            longest[opening.kind] = max(opening.length, longest.get(opening.kind, -1))
    return frozenset(forgotten)


def _opening(line: str) -> _Opening | None:
    if found := _FENCE.match(line):
        return _Opening(found["bar"][0], len(found["bar"]), (found["info"] or "").strip())
    if found := _BEGIN.match(line):
        return _Opening(found["name"], 0, found["info"])
    return None


def _end(lines: list[str], openings: list[_Opening | None], start: int, breaks: list[bool]) -> int | None:
    """Return the closing line's index, or None for a fence that its author forgot to close.

    A second opening, or where fences do not pair up a plain "Problem B", shows that it was forgotten.
    """
    opened = openings[start]
    assert opened is not None
    for index in range(start + 1, len(lines)):
        here = openings[index]
        if breaks[index]:
            return None
        if not opened.length:
            closing = _CLOSE.match(lines[index])
            if closing and closing[1] == opened.kind:
                return index
        elif here and here.kind == opened.kind and here.length >= opened.length:
            return None if here.info else index
    return None


def _plain_heading(line: str) -> bool:
    """Say whether a line is a heading that no Python comment could be."""
    found = heading(line)
    return found is not None and found.word and bool(found.letter) and not line.lstrip().startswith("#")


def _block(lines: list[str], info: str) -> list[Item]:
    content = textwrap.dedent("\n".join(lines)).strip("\n")
    language = "".join(re.findall(r"[a-z0-9]+", info.casefold())[:1])
    if "python" in info.casefold() or language in _PYTHON:
        return [Block(code=content)] if content.strip() else []
    if language in _PROSE or not content.strip():
        return [Line(line) for line in lines]
    return [Block(code=content)] if is_python(content) else [Block(output=content)]


def is_python(content: str) -> bool:
    """Say whether a fenced text is Python that does something, rather than what a program printed."""
    if len(content) <= _MOST_CODE:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # "\d" in a student's string is no concern here
                body = ast.parse(content).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass
        else:
            return not body or any(_acts(statement) for statement in body)
    written = [line for line in content.split("\n") if line.strip()]
    return 2 * sum(1 for line in written if _CODE_LINE.match(line)) >= len(written)


def _acts(statement: ast.stmt) -> bool:
    """Say whether a statement does more than the lines "228", "(480,)" or "accuracy: 0.977"."""
    if isinstance(statement, ast.AnnAssign):
        return statement.value is not None
    if not isinstance(statement, ast.Expr):
        return True
    return isinstance(statement.value, ast.Call | ast.Await)


def is_transcript(output: str) -> bool:
    """Say whether a fence looks like what a program printed, rather than like an answer set apart."""
    return bool(_TRANSCRIPT.search(output[:20_000]))
