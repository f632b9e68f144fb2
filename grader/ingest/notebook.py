"""A Jupyter notebook -> Contents: its code cells, and its Markdown divided by headings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.datatypes import Cell, CodeFile, Leftover, Source
from grader.ingest.answers import Origin, contents, text_of
from grader.ingest.contents import Contents, together, unread
from grader.ingest.course import Course
from grader.ingest.document import Block, Item, Line, items
from grader.ingest.images import without_embedded
from grader.ingest.outline import Outline, TooLong, outline
from grader.ingest.text import cleaned, decoded, kept, printed

MAX_CELLS = 2_000
MAX_OUTPUT = 20_000  # characters of one cell's output that are kept
_COMMENT = re.compile(r"\s{0,80}#+\s{0,8}(.{0,300})")
_FIGURE = re.compile(r"<(?:Figure|matplotlib)[^\n]{0,200}>")


class NotANotebook(Exception):
    """A file that is called a notebook holds none. The message says what was found."""


@dataclass(frozen=True)
class _Cell:
    """A cell of any version of the format: what was typed, what came of it, what was pasted in."""

    kind: str
    source: str
    output: str = ""
    images: tuple[str, ...] = ()


def read(data: bytes, file: str, course: Course) -> Contents:
    """Read a notebook. One that is broken is a leftover with all of its text."""
    text, _ = decoded(data)
    if not text.strip():
        return Contents()
    try:
        cells = _cells(text)
    except NotANotebook as reason:
        return unread(file, f"this notebook could not be read: {reason}", text)
    found, unclosed = _items(cells)
    try:
        outlined = outline(found, course)
    except TooLong:
        code = CodeFile(Source.NOTEBOOK, file, _code(cells, {}))
        much = unread(file, "this notebook's text is too long to be divided into parts", text_of(found))
        return together([Contents(code=(code,)), much])
    sorted_out = contents(found, outlined, course, Origin(file, Source.NOTEBOOK))
    code = CodeFile(Source.NOTEBOOK, file, _code(cells, _owners(found, outlined)))
    notes = (f"{file}: a code block in its text is never closed",) if unclosed else ()
    rest = Contents(code=(code,) if code.cells else (), leftovers=tuple(_orphans(cells, file)), notes=notes)
    return together([sorted_out, rest])


def _cells(text: str) -> list[_Cell]:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise NotANotebook("it is not whole, or something else under a notebook's name") from fault
    if not isinstance(notebook, dict) or not ("cells" in notebook or "worksheets" in notebook):
        raise NotANotebook("it holds no cells")
    if "cells" not in notebook:
        notebook = _upgraded(text)
    listed = notebook.get("cells")
    if not isinstance(listed, list) or len(listed) > MAX_CELLS:
        raise NotANotebook("its cells are no list, or far too many")
    if not all(isinstance(cell, dict) for cell in listed):
        raise NotANotebook("one of its cells is none")
    return [_cell(cell) for cell in listed]


def _upgraded(text: str) -> Mapping[str, Any]:
    """Return a notebook of format 3 or older as one of format 4."""
    import nbformat  # a fifth of a second, for old notebooks alone
    from nbformat.validator import NotebookValidationError

    try:
        old = nbformat.reader.reads(text)  # type: ignore[no-untyped-call]  # its __init__ has no types
        new: Mapping[str, Any] = nbformat.convert(old, 4)  # type: ignore[no-untyped-call]  # the same
    except (NotebookValidationError, nbformat.ValidationError, ValueError, RecursionError) as fault:
        raise NotANotebook("its old format could not be brought up to date") from fault
    except (AttributeError, KeyError, TypeError, IndexError) as fault:  # nbformat trusts what it upgrades
        raise NotANotebook("its old format is broken") from fault
    return new


def _cell(cell: Mapping[str, Any]) -> _Cell:
    """Read a cell leniently: a missing id, odd metadata or a deleted output costs nobody a mark."""
    kind = cell.get("cell_type")
    source = cleaned(_string(cell.get("source")))
    if kind == "code":
        outputs = cell.get("outputs")
        shown = (_output(output) for output in (outputs if isinstance(outputs, list) else []))
        output = "\n".join(filter(None, shown))
        return _Cell("code", source, output[:MAX_OUTPUT])
    attachments = cell.get("attachments")
    names = tuple(cleaned(name) for name in attachments) if isinstance(attachments, dict) else ()
    return _Cell("text", without_embedded(source), images=names)


def _string(value: object) -> str:
    if isinstance(value, list):
        return "".join(piece for piece in value if isinstance(piece, str))
    return value if isinstance(value, str) else ""


def _output(output: object) -> str:
    """Return what a cell printed or showed as text. Warnings and tracebacks are no answers."""
    if not isinstance(output, dict) or output.get("name") == "stderr":
        return ""
    data = output.get("data")
    plain = _string(data.get("text/plain")) if isinstance(data, dict) else ""
    shown = printed((_string(output.get("text")) + plain)[: 10 * MAX_OUTPUT]).strip("\n")
    return "" if _FIGURE.fullmatch(shown.strip()) else shown


def _items(cells: list[_Cell]) -> tuple[list[Item], bool]:
    found: list[Item] = []
    unclosed, number = False, 0
    for cell in cells:
        if cell.kind == "code":
            number += 1
            found += [Line(comment, quiet=True) for comment in _first_comment(cell.source)]
            if cell.source.strip():
                found.append(Block(code=cell.source, output=cell.output, cell=number))
        else:
            lines, left_open = items(cell.source)
            unclosed = unclosed or left_open
            found += [*lines, Block(images=cell.images), Line("")]
    return found, unclosed


def _first_comment(source: str) -> Iterator[str]:
    """Yield the comment on a cell's first line: "# Problem 2B" says whose code it is."""
    first = source.lstrip().partition("\n")[0]
    if found := _COMMENT.match(first):
        yield found[1]


def _owners(found: list[Item], outlined: Outline) -> dict[int, str]:
    """Return the part under whose heading each code cell stands."""
    return {
        item.cell: span.part
        for span in outlined.spans
        if span.part
        for item in found[span.start : span.end]
        if isinstance(item, Block) and item.cell
    }


def _code(cells: list[_Cell], owners: Mapping[int, str]) -> tuple[Cell, ...]:
    sources = (cell.source for cell in cells if cell.kind == "code")
    return tuple(
        Cell(number, source, owners.get(number)) for number, source in enumerate(sources, 1) if source.strip()
    )


def _orphans(cells: list[_Cell], file: str) -> Iterator[Leftover]:
    """Yield output whose code is gone: whose answer it was can no longer be seen."""
    number = 0
    for cell in cells:
        number += cell.kind == "code"
        if cell.kind == "code" and cell.output.strip() and not cell.source.strip():
            yield Leftover(file, f"code cell {number} has output and no code", kept(cell.output))
