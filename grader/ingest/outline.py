"""Headings found in a document -> which lines stand under which part's heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.ingest.candidates import Candidate, candidates
from grader.ingest.course import Course
from grader.ingest.dimensions import divided
from grader.ingest.document import Item, Line
from grader.ingest.headings import Heading
from grader.ingest.letters import assigned
from grader.ingest.resemblance import names
from grader.ingest.text import MAX_LINES

MAX_HEADINGS = 1_000


class TooLong(Exception):
    """A document has more lines, or more that look like headings, than any write-up."""


@dataclass(frozen=True)
class Span:
    """The items [start, end) under a heading: a part's, a section's, or one that could not be placed."""

    start: int
    end: int
    at: int = 0  # where the heading stands
    heading: Heading | None = None  # None: before the first heading
    part: str | None = None
    section: str | None = None
    doubt: str = ""  # why staff should look at it


@dataclass(frozen=True)
class Outline:
    """A document's spans, in order."""

    spans: tuple[Span, ...]
    contents: frozenset[int]  # lines of a table of contents
    doubtful: tuple[int, ...] = ()  # lines inside a span that may be headings


def outline(items: Sequence[Item], course: Course) -> Outline:
    """Divide a document by its own headings. Raises TooLong."""
    if len(items) > MAX_LINES:
        raise TooLong
    looked_like, contents = candidates(items, course)
    found, doubtful = divided(looked_like, course)
    if sum(1 for candidate in found if candidate.heading.rank > 1) > MAX_HEADINGS:
        raise TooLong
    sections = _sections(items, found, course)
    placed = assigned([c for c in found if c.heading.letter or c.index in sections], course)
    cuts = [c for c in found if c.index in sections or c.index in placed]
    ends = [*(cut.index for cut in cuts[1:]), len(items)]
    spans = [Span(0, cuts[0].index if cuts else len(items))]
    for cut, end in zip(cuts, ends, strict=False):
        spans.append(_span(cut, end, sections, placed))
    return Outline(tuple(spans), contents, tuple(candidate.index for candidate in doubtful))


def _span(
    cut: Candidate, end: int, sections: Mapping[int, str], placed: Mapping[int, tuple[str, str]]
) -> Span:
    if cut.index in sections:
        doubt = sections[cut.index]
        return Span(cut.body, end, cut.index, cut.heading, section=cut.heading.number, doubt=doubt)
    section, part = placed[cut.index]
    doubt = "" if part else f'it is not clear which section "{_label(cut.heading)}" belongs to'
    return Span(cut.body, end, cut.index, cut.heading, part or None, section or None, doubt)


def _label(heading: Heading) -> str:
    return f"{'Problem ' if heading.word else ''}{heading.letter}"


def _sections(items: Sequence[Item], found: Sequence[Candidate], course: Course) -> dict[int, str]:
    """Return the section headings' indexes, each with a doubt that staff should know of, or ''."""
    accepted: dict[int, str] = {}
    previous: Candidate | None = None
    for position, candidate in enumerate(found):
        looks = candidate.heading
        if looks.letter:
            previous = candidate
        elif looks.number in course.titles:
            following = found[position + 1] if position + 1 < len(found) else None
            doubt = _section_doubt(items, candidate, previous, following, course)
            if doubt is not None:
                accepted[candidate.index] = doubt
                previous = None
    return accepted


def _section_doubt(
    items: Sequence[Item],
    candidate: Candidate,
    previous: Candidate | None,
    following: Candidate | None,
    course: Course,
) -> str | None:
    """Return '' for a section's heading, a doubt for a line that may be one, None for one that is not."""
    looks = candidate.heading
    title = looks.title or looks.rest
    begins = following is not None and _begins(following.heading, looks.number, course)
    if title and names(title, course.titles[looks.number]):
        return ""
    worded = looks.word and (not title or looks.delimiter or looks.mark == "#" or begins)
    if worded or (looks.mark == "#" and (begins or not title)):
        return "this section's heading may hold an answer" if re.search(r"\d", title) else ""
    if not begins or following is None or not _blank(items, candidate.body, following.index):
        return None
    if previous and (title[:1].islower() or (not title and _unanswered(items, previous, candidate.index))):
        # "2" right above "Problem A" may be the next section's number or the last part's answer.
        return "this line is the next section's heading or the answer of the part above it"
    return ""


def _begins(heading: Heading, section: str, course: Course) -> bool:
    return heading.letter == course.first(section) and heading.number in {"", section}


def _unanswered(items: Sequence[Item], part: Candidate, end: int) -> bool:
    return not (part.heading.title or part.heading.rest) and _blank(items, part.body, end)


def _blank(items: Sequence[Item], start: int, end: int) -> bool:
    return all(isinstance(item, Line) and not item.text.strip() for item in items[start:end])
