"""A document's items and their outline -> an answer for each part, and what belongs to none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.datatypes import Answer, Leftover, Part, Source
from grader.ingest.contents import Contents
from grader.ingest.course import Course
from grader.ingest.document import Block, Item, Line, is_transcript
from grader.ingest.headings import Heading
from grader.ingest.images import taken_out
from grader.ingest.outline import Outline, Span
from grader.ingest.questions import without_comments, without_question
from grader.ingest.resemblance import resembles
from grader.ingest.text import kept
from grader.ingest.unfilled import is_unfilled

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_MARK = re.compile(r"[=\\]|https?:|\b(?:is|are|was|were|because|we|answer|therefore|since)\b", re.IGNORECASE)
_FRAME = re.compile(r"\s{0,20}(?:\\(?:begin|end)\{\w{1,20}\*?\}|-{3,300}|\*{3,300}|_{3,300})\s{0,20}")
_ARRAY = re.compile(r"\s*\[\s*\[[-\d.\s,\[\]]{1,4000}\]\s*\]\s*")  # as NumPy prints it, and nothing else
_COVER = re.compile(r"\\(?:title|author|date|maketitle|tableofcontents|newpage|clearpage|usepackage)\b")


@dataclass(frozen=True)
class Origin:
    """What the answers of one file have in common."""

    file: str
    source: Source
    exact: bool = True
    pictures: Mapping[int, str] = field(default_factory=dict)  # page of a PDF -> what is drawn on it


def contents(items: Sequence[Item], outlined: Outline, course: Course, origin: Origin) -> Contents:
    """Return a document's answers, one a part, and a leftover for each text that has no part."""
    pieces: dict[str, list[Answer]] = {}
    leftovers: list[Leftover] = []
    parts = {part.id: part for letters in course.parts.values() for part in letters.values()}
    for span in outlined.spans:
        inside = [items[i] for i in range(span.start, span.end) if i not in outlined.contents]
        if span.part:
            page = _page(items[span.at])
            pieces.setdefault(span.part, []).append(_piece(parts[span.part], span, inside, page, origin))
        elif leftover := _leftover(span, inside, origin):
            leftovers.append(leftover)
    leftovers += [
        Leftover(origin.file, "this line may be a part's heading", text_of([items[index]]))
        for index in outlined.doubtful
    ]
    joined = (_joined(several) for several in pieces.values())
    answers = tuple(a for a in joined if a.text or a.code or a.output or a.images)
    return Contents(answers=answers, leftovers=tuple(leftovers))


def text_of(items: Sequence[Item]) -> str:
    """Return the lines of text, blank ones at either end left out, all else as written."""
    lines = [item.text for item in items if isinstance(item, Line) and not item.quiet]
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines).rstrip()


def _page(item: Item) -> int:
    return item.page if isinstance(item, Line) and item.text.strip() else 0


def _set_apart(inside: Sequence[Item]) -> list[Item]:
    """Return the items with matrices in fences as lines of text, where no code may have printed them."""
    if any(isinstance(item, Block) and (item.code.strip() or item.cell) for item in inside):
        return list(inside)
    return [
        line
        for item in inside
        for line in (_lines(item) if isinstance(item, Block) and _ARRAY.fullmatch(item.output) else [item])
    ]


def _lines(block: Block) -> list[Item]:
    return [Line(line, sure=block.sure) for line in block.output.split("\n")]


def _piece(part: Part, span: Span, inside: Sequence[Item], page: int, origin: Origin) -> Answer:
    inside = _set_apart(inside)
    text, images = taken_out(without_question(without_comments(text_of(inside)), part.question))
    text = text_of([Line(line) for line in text.split("\n")])
    blocks = [item for item in inside if isinstance(item, Block)]
    written = tuple(block.code for block in blocks if block.code.strip())
    code = tuple(one for one in written if not is_unfilled(one))
    output = "\n".join(block.output for block in blocks if block.output.strip())
    pages = sorted({page, *map(_page, inside)} - {0})
    drawn = (origin.pictures[number] for number in pages if number in origin.pictures)
    pictures = (*images, *(name for block in blocks for name in block.images), *drawn)
    if output and not (text or code or pictures or is_transcript(output)):
        text, output = output, ""  # an answer set apart in a fence
    assert span.heading is not None
    filled = bool(text or written or output or pictures)
    said, more = taken_out(_said(span.heading, part, filled=filled))
    return Answer(
        part=part.id,
        source=origin.source,
        file=origin.file,
        text="\n\n".join(piece for piece in (said.strip(), text) if piece),
        code=code,
        output=output,
        images=tuple(dict.fromkeys((*more, *pictures))),
        pages=tuple(pages),
        exact=origin.exact and all(item.sure for item in inside),
    )


def _said(heading: Heading, part: Part, *, filled: bool) -> str:
    """Return what of a heading's own line is an answer rather than a title."""
    title, rest = heading.title, heading.rest
    if filled and heading.mark and not re.search(r"\d", title):
        title = ""
    said = (words for words in (title, rest) if words and not _restates(words, part, filled=filled))
    return " ".join(said)


def _restates(words: str, part: Part, *, filled: bool) -> bool:
    if filled and words.endswith("?") and len(words.split()) >= 4:
        return True
    numbers = set(_NUMBER.findall(words))
    known = (text for text in (part.title, part.question) if numbers <= set(_NUMBER.findall(text)))
    return any(resembles(words, text) for text in known)


def _joined(several: Sequence[Answer]) -> Answer:
    """Return one answer of what stands under a heading that comes more than once."""
    return replace(
        several[0],
        text="\n\n".join(piece.text for piece in several if piece.text),
        code=tuple(code for piece in several for code in piece.code),
        output="\n".join(piece.output for piece in several if piece.output),
        images=tuple(dict.fromkeys(name for piece in several for name in piece.images)),
        pages=tuple(sorted({page for piece in several for page in piece.pages})),
        exact=all(piece.exact for piece in several),
    )


def _leftover(span: Span, inside: Sequence[Item], origin: Origin) -> Leftover | None:
    """Return what stands under no part's heading, unless it is a cover's lines or nothing."""
    written = "\n".join(_written(item, origin) for item in inside)
    written = "\n".join(line for line in written.split("\n") if not _FRAME.fullmatch(line))
    if span.heading is None:
        lines = [line for line in written.split("\n") if line.strip()]
        if all(_on_a_cover(line) for line in lines):
            return None
        return Leftover(origin.file, "text before the first heading", kept(written.strip()))
    said = " ".join(filter(None, (span.heading.title, span.heading.rest)))
    if span.doubt:
        label = f"{span.heading.number}{span.heading.letter}"
        shown = "\n".join((f"{label} {said}".strip(), written.strip())).strip()
        return Leftover(origin.file, span.doubt, kept(shown))
    if not written.strip():
        return None
    reason = f"text under section {span.section} that stands under none of its parts"
    return Leftover(origin.file, reason, kept(written.strip()))


def _written(item: Item, origin: Origin) -> str:
    """Return an item as a person would see it. A notebook's code is kept as code, not here."""
    if isinstance(item, Line):
        return "" if item.quiet else item.text
    if item.cell and origin.source is Source.NOTEBOOK:
        return ""
    return "\n".join(filter(None, (item.code, item.output, *item.images)))


def _on_a_cover(line: str) -> bool:
    """Say whether a line is a name, a course, a date, an address: short, and no sentence."""
    words = _WORD.findall(line[:400])
    if not words or _COVER.search(line[:200]):
        return not re.search(r"\d", line[:400]) or bool(_DATE.search(line[:400]) or _COVER.search(line[:200]))
    short = len(line) <= 120 and len(line.split()) <= 12
    return (
        short and not line[:1].isdigit() and not _MARK.search(line) and not line.rstrip().endswith((".", "!"))
    )
