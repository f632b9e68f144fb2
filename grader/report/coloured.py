"""Python as somebody wrote it -> its lines, in pieces that each have one colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

Piece = tuple[str, str]  # the stylesheet's name of its colour, '' for plain; the text
# Pygments' expressions take time in the cube of a line's length ('%000…') and in the square of a run of
# blank lines: measured, 20 s and 8 s for 20,000 characters. Nobody writes code like that.
LONGEST_LINE = 400
MOST_BLANK = 20
_INKS = {
    "Comment": "remark",
    "Keyword": "keyword",
    "Operator.Word": "keyword",
    "Literal.String": "string",
    "Literal.Number": "number",
    "Name.Function": "name",
    "Name.Class": "name",
    "Name.Decorator": "name",
    "Name.Builtin": "builtin",
}


def coloured(lines: list[str]) -> list[tuple[Piece, ...]]:
    """Return each line in pieces; in one plain piece where colouring them would take its time."""
    if not _is_quick(lines):
        return [(("", line),) for line in lines]
    return list(_by_line(_tokens()("\n".join(lines))))


def _is_quick(lines: list[str]) -> bool:
    blank = 0
    for line in lines:
        blank = 0 if line.strip() else blank + 1
        if blank > MOST_BLANK or len(line) > LONGEST_LINE:
            return False
    return True


@cache
def _tokens() -> Callable[[str], Iterable[tuple[int, Any, str]]]:
    """Return the lexer, imported when a page first has code."""
    from pygments.lexers.python import PythonLexer

    lexer: Callable[[str], Iterable[tuple[int, Any, str]]] = PythonLexer().get_tokens_unprocessed
    return lexer


def _by_line(tokens: Iterable[tuple[int, Any, str]]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces of each line, neighbours of one colour joined."""
    pieces: list[Piece] = []
    for _, kind, text in tokens:
        ink = _ink(kind)
        for number, run in enumerate(text.split("\n")):
            if number:
                yield tuple(pieces)
                pieces = []
            if run and pieces and pieces[-1][0] == ink:
                pieces[-1] = (ink, pieces[-1][1] + run)
            elif run:
                pieces.append((ink, run))
    yield tuple(pieces)


@cache
def _ink(kind: Any) -> str:
    """Return the colour of a kind of token: its own, else that of the kind it is one of."""
    while kind:
        if ink := _INKS.get(".".join(kind)):
            return ink
        kind = kind.parent
    return ""
