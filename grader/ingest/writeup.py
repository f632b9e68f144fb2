"""Markdown, LaTeX or plain text -> Contents, by the write-up's own headings."""

from __future__ import annotations

import re

from grader.datatypes import Source
from grader.ingest.answers import Origin, contents
from grader.ingest.contents import Contents, together, unread
from grader.ingest.course import Course
from grader.ingest.document import items
from grader.ingest.images import without_embedded
from grader.ingest.outline import TooLong, outline
from grader.ingest.text import MAX_TEXT, decoded

_BEGIN, _END = r"\begin{document}", r"\end{document}"


def read(data: bytes, file: str, course: Course) -> Contents:
    """Read a write-up. What cannot be divided into parts is one leftover with all of the text."""
    text, guessed = decoded(data)
    if not text.strip():
        return Contents()
    text = without_embedded(text)
    if len(text) > MAX_TEXT:
        return unread(file, "this is too long for a write-up: a person has to look", text)
    found, unclosed = items(_body(text))
    origin = Origin(file, Source.WRITEUP)
    try:
        outlined = outline(found, course)
    except TooLong:
        return unread(file, "this has far more lines or headings than a write-up has", text)
    if len(outlined.spans) == 1:
        return unread(file, "no part's heading was found in this text", text)
    notes = [f"{file}: read as {guessed}"] if guessed else []
    if unclosed:
        notes.append(f"{file}: a code block is never closed; what follows it was read as text")
    return together([contents(found, outlined, course, origin), Contents(notes=tuple(notes))])


def _body(text: str) -> str:
    r"""Return what stands between \begin{document} and \end{document}, or all where they are not."""
    start, end = text.find(_BEGIN), text.rfind(_END)
    if start < 0:
        return text
    return re.sub(
        r"\\(?:maketitle|tableofcontents)\b", "", text[start + len(_BEGIN) : end if end > start else None]
    )
