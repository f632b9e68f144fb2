"""An answer's text -> the same without the question it repeats and the comments of a template."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby

_WORDS = re.compile(r"[^\W_]+")
_WORTH = re.compile(r"[(\[]\s*\d+(?:\.\d+)?\s*(?:points?|pts?)\.?\s*[)\]]", re.IGNORECASE)
_LONGEST = 1000  # characters that are compared: the matcher's time is quadratic


def without_question(text: str, question: str) -> str:
    """Leave out a paragraph, a quotation or a line that repeats the question almost word for word.

    Its numbers would be taken for the student's, and a template handed in as it was for an answer.
    """
    meant = _plain(question)
    if not meant:
        return text
    lines = text.split("\n")
    kept: list[str] = []
    for _, group in groupby(lines, key=_kind):
        run = [line for line in group if not _repeats(line, meant)]
        if not _repeats(" ".join(run), meant):
            kept += run
    return "\n".join(kept).strip("\n") if len(kept) < len(lines) else text


def without_comments(text: str) -> str:
    """Leave out HTML comments: they show on no page, and templates put hints there."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + len("-->")
    return "".join([*kept, text[at:]])


def _kind(line: str) -> str:
    """Return what a line is to its neighbours: blank, quoted or written."""
    stripped = line.strip()
    return "blank" if not stripped else "quoted" if stripped.startswith(">") else "written"


def _repeats(phrase: str, meant: str) -> bool:
    said = _plain(_WORTH.sub("", phrase))
    # A word or number that the question has not is the student's own, and may be the answer.
    if len(said) < 0.8 * len(meant) or not set(said.split()) <= set(meant.split()):
        return False
    return SequenceMatcher(None, said, meant, autojunk=False).ratio() >= 0.9


def _plain(phrase: str) -> str:
    return " ".join(_WORDS.findall(phrase[:_LONGEST].casefold()))
