"""Headings that name a letter alone ("Problem B", "(b)") -> the parts they mean."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grader.ingest.candidates import Candidate
from grader.ingest.course import Course

Placed = dict[int, tuple[str, str]]  # index of a heading -> its section and part, '' where not clear


def assigned(found: Sequence[Candidate], course: Course) -> Placed:
    """Return what each part heading means. Letters of a list inside an answer are left out."""
    placed: Placed = {}
    scopes = _scopes(found)
    for position, (section, members) in enumerate(scopes):
        following = scopes[position + 1][0] if position + 1 < len(scopes) else ""
        possible = _possible(section, following, list(course.titles))
        for member in members:
            if member.heading.number:
                part = course.parts[section][member.heading.letter]
                placed[member.index] = (section, part.id)
        letters = _letters(members, possible, course, certain=bool(section))
        placed |= _resolve(letters, possible, course, certain=bool(section))
    return placed


def _possible(section: str, following: str, order: list[str]) -> list[str]:
    """Return the sections that a scope may hold: from the one named up to the next one named."""
    start = order.index(section) if section else 0
    end = order.index(following) if following else len(order)
    return order[start : max(end, start + bool(section))]


def _scopes(found: Sequence[Candidate]) -> list[tuple[str, list[Candidate]]]:
    """Group part headings by the section named last. The first group has no section."""
    scopes: list[tuple[str, list[Candidate]]] = [("", [])]
    for candidate in found:
        number = candidate.heading.number
        if number and number != scopes[-1][0]:
            scopes.append((number, []))
        if candidate.heading.letter:
            scopes[-1][1].append(candidate)
    return scopes if scopes[0][1] else scopes[1:]


def _letters(
    members: Sequence[Candidate], possible: Sequence[str], course: Course, *, certain: bool
) -> list[Candidate]:
    """Return the headings by letter that count: of the strongest form there is in the scope."""
    known = {letter for section in possible for letter in course.parts[section]}
    alone = [m for m in members if not m.heading.number and m.heading.letter in known]
    named = [m for m in members if m.heading.number]
    if worded := [m for m in alone if m.heading.rank == 3]:
        return worded
    rank = max((m.heading.rank for m in alone), default=0)
    weak = [m for m in alone if m.heading.rank == rank]
    weak = [m for m in weak if m.heading.style == weak[0].heading.style]
    if not named:
        rising = _rising(weak) or not (certain or len(possible) == 1)
        return weak if rising and _like_headings(weak, possible, course) else []
    # "1. (a) …" and then "(b) …": the list goes on from the one heading that names its section.
    sequence = [named[0], *weak]
    goes_on = len({m.heading.letter for m in named}) == 1 and all(
        m.index < weak[0].index for m in named if weak
    )
    return weak if weak and goes_on and _rising(sequence) else []


def _like_headings(weak: Sequence[Candidate], possible: Sequence[str], course: Course) -> bool:
    """Say whether letters run as parts do rather than as a list inside an answer does."""
    if not weak:
        return False
    listed = weak[0].heading.rank == 1 and weak[0].heading.style[-1] not in ")]"
    firsts = {course.first(section) for section in possible}
    return not listed or (len(weak) > 1 and weak[0].heading.letter in firsts)


def _rising(run: Sequence[Candidate]) -> bool:
    return all(left.heading.letter < right.heading.letter for left, right in pairwise(run))


def _resolve(
    letters: Sequence[Candidate], possible: Sequence[str], course: Course, *, certain: bool
) -> Placed:
    """Give letters their sections: one named above them, or as many runs from A as sections are possible."""
    if not letters:
        return {}
    runs = [list(letters)] if len(possible) == 1 else _runs(letters)
    pairs = list(zip(runs, possible, strict=False))
    fits = all(m.heading.letter in course.parts[section] for run, section in pairs for m in run)
    if len(runs) == len(possible) and fits:
        sections = [*possible]
    elif certain:
        sections = [possible[0], *[""] * (len(runs) - 1)]
    else:
        sections = [""] * len(runs)
    placed: Placed = {}
    for run, section in zip(runs, sections, strict=True):
        for member in run:
            part = course.part(section, member.heading.letter)
            if part or not section:
                placed[member.index] = (section, part.id if part else "")
    return placed


def _runs(letters: Sequence[Candidate]) -> list[list[Candidate]]:
    """Divide headings where their letters start again."""
    runs: list[list[Candidate]] = []
    for member in letters:
        if not runs or member.heading.letter < runs[-1][-1].heading.letter:
            runs.append([])
        runs[-1].append(member)
    return runs
