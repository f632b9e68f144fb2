"""A Python module -> its code as text, and the answers that its comments and docstrings hold."""

from __future__ import annotations

import io
import re
import textwrap
import tokenize
from collections.abc import Iterator
from dataclasses import replace

from grader.datatypes import Cell, CodeFile, Source
from grader.ingest.answers import Origin, contents
from grader.ingest.contents import Contents
from grader.ingest.course import Course
from grader.ingest.document import Block, Item, items
from grader.ingest.outline import Outline, TooLong, outline
from grader.ingest.text import decoded

MAX_MODULE = 300_000  # characters whose comments are read; the code itself is kept whatever its length
_DOCSTRING = re.compile(r"(?s)[A-Za-z]{0,2}(\"\"\"|'''|\"|')(.*)\1")
_APART = -1  # what comes after a docstring is no part of it
_MARGIN = frozenset(
    {tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT, tokenize.ENCODING}
)


def read(data: bytes, file: str, course: Course) -> Contents:
    """Read a module without running or compiling it. One that does not parse is kept all the same."""
    text, guessed = decoded(data)
    if not text.strip():
        return Contents()
    code = CodeFile(Source.MODULE, file, (Cell(1, text),))
    notes = (f"{file}: read as {guessed}",) if guessed else ()
    if len(text) > MAX_MODULE:
        return Contents(code=(code,), notes=(*notes, f"{file}: too long, its comments were not read"))
    found = list(_items(text))
    try:
        outlined = outline(found, course)
    except TooLong:
        return Contents(code=(code,), notes=notes)
    answers = contents(found, _one_comment_each(found, outlined), course, Origin(file, Source.MODULE)).answers
    prose = (replace(answer, code=(), output="") for answer in answers)
    return Contents(
        answers=tuple(answer for answer in prose if answer.text or answer.images), code=(code,), notes=notes
    )


def _items(text: str) -> Iterator[Item]:
    """Yield comments and docstrings line by line, with an empty block wherever code stands between."""
    row = 0
    for start, end, written in _prose(text):
        if start != row + 1:
            yield Block()
        yield from items(written)[0]
        row = end


def _prose(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield first row, last row and text of each comment line and each string that stands alone."""
    before = tokenize.NEWLINE
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
                comment = token.string[1:].removeprefix(" ")
                yield token.start[0], token.end[0], "" if comment.startswith("%%") else comment
            elif token.type == tokenize.STRING and before in _MARGIN:
                yield token.start[0], _APART, _unquoted(token.string)
            before = token.type
    except (tokenize.TokenError, SyntaxError, ValueError):
        return  # what was read up to the fault counts; the sandbox reports the fault itself


def _unquoted(literal: str) -> str:
    r"""Return a string's text as typed: the `\\` of a matrix is no escape here."""
    found = _DOCSTRING.fullmatch(literal)
    first, _, others = (found[2] if found else "").partition("\n")
    return f"{first.strip()}\n{textwrap.dedent(others)}"


def _one_comment_each(found: list[Item], outlined: Outline) -> Outline:
    """Return the outline with each span ending where its comment does: later comments explain code."""
    spans = []
    for span in outlined.spans:
        gaps = (i for i in range(span.start, span.end) if found[i] == Block())
        spans.append(replace(span, end=next(gaps, span.end)))
    return replace(outlined, spans=tuple(spans))
