"""A line that begins with "2D" or "3D": a part's label, or a word of the field."""

from __future__ import annotations

from collections.abc import Sequence

from grader.ingest.candidates import Candidate
from grader.ingest.course import Course
from grader.ingest.headings import Heading
from grader.ingest.resemblance import names, resembles


def divided(found: Sequence[Candidate], course: Course) -> tuple[list[Candidate], list[Candidate]]:
    """Return the headings, and the lines that may be one: "3D layers …" where "3C shape …" is a heading."""
    plain = [c for c in found if not _dimension(c.heading)]
    kept = [c for c in found if not _dimension(c.heading) or _is_heading(c, plain, course)]
    labelled = {c.heading.number + c.heading.letter for c in kept}
    doubtful = [
        c
        for c in found
        if _dimension(c.heading) and c.heading.number + c.heading.letter not in labelled and _alike(c, plain)
    ]
    return kept, doubtful


def _dimension(looks: Heading) -> bool:
    return looks.glued and looks.letter == "D" and looks.number in {"1", "2", "3", "4"}


def _is_heading(candidate: Candidate, others: Sequence[Candidate], course: Course) -> bool:
    """Say whether the line is a label: it names the part's title, or looks like its neighbours."""
    looks = candidate.heading
    follows = looks.title or looks.rest
    part = course.part(looks.number, looks.letter)
    if part and follows and (resembles(follows, part.title) or names(follows, part.title)):
        return True
    if follows[:1].isalpha() and not looks.delimiter:
        return looks.mark == "#" and _alike(candidate, others)
    better = any(c.heading.letter and (c.heading.word or c.heading.mark) for c in others)
    return bool(looks.mark) or not better


def _alike(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Say whether another part's heading is written the same way: "3C" beside "3D"."""
    looks = candidate.heading
    return any(c.heading.glued and c.heading.letter and c.heading.mark == looks.mark for c in others)
