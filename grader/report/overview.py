"""[Result] -> the class's page, in one file: its only script is our own, and it reads well without."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from grader.datatypes import PartResult, Result
from grader.marks import unrounded
from grader.report import drawings, words
from grader.report.choices import choices, tags
from grader.report.corrected import in_class
from grader.report.figures import ClassFigures, Reason, class_figures
from grader.report.pages import environment, inlined

_LIMIT = 2_000  # characters shown of one text
_REASONS = 50  # reasons shown: a class in which everything is odd has still a page
_OF_ONE = 3  # reasons of a student that come before those who have more of them
_NAMED = 8  # students named beside a reason; the table has all of them
_HISTOGRAM = (600, 150)  # width and height of its columns


@dataclass(frozen=True)
class Row:
    """One student's line. `tags` are what it can be filtered by."""

    result: Result
    alias: int  # stands for the name where names are hidden: from 1, in no order that tells the name
    tags: str
    reasons: tuple[int, ...]
    signs: str  # of all checks
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Publication:
    """What students were shown last."""

    when: str
    others: int  # students whose marks are others since


def class_page(
    results: Sequence[Result],
    links: Mapping[str, str],
    records: Mapping[str, str] = MappingProxyType({}),
    published: Publication | None = None,
) -> str:
    """Return the staff's page of a class.

    `links`, `records`: student -> path of their page and of their result.json, relative to this one.
    `published`: None where nothing is.
    """
    ordered = sorted(results, key=lambda result: (_name(result).casefold(), result.student))
    figures = class_figures(ordered)
    aliases = _aliases(ordered)
    reasons = _numbered(figures, aliases)
    filters = choices(ordered, figures, reasons)
    items = [check.item for check in figures.checks]
    by_total = sorted(range(len(ordered)), key=lambda place: -ordered[place].total)
    page = environment(_LIMIT).get_template("class.html")
    return page.render(
        **inlined(("style.css", "class.css"), "class.js"),
        figures=figures,
        rows=_rows(ordered, figures, tags(filters, len(ordered)), reasons, aliases),
        choices=filters,
        reasons=reasons,
        named=_NAMED,
        map=drawings.class_map(items, by_total),
        by_total=by_total,
        histogram=_HISTOGRAM,
        drawings=drawings,
        links=links,
        records=records,
        published=published,
        corrections=in_class(ordered),
    )


def _name(result: Result) -> str:
    return result.who.get("name", "") or result.student


def _rows(
    results: Sequence[Result],
    figures: ClassFigures,
    tagged: Sequence[str],
    reasons: Sequence[tuple[int, Reason]],
    aliases: Sequence[int],
) -> list[Row]:
    items = [check.item for check in figures.checks]
    numbers: list[list[int]] = [[] for _ in results]
    for number, reason in reasons:
        for student in reason.students:
            numbers[student].append(number)
    return [
        Row(
            result=result,
            alias=alias,
            tags=tagged[student],
            reasons=tuple(numbers[student]),
            signs=drawings.signs(items, student),
            parts=_cells(result, figures),
        )
        for student, (result, alias) in enumerate(zip(results, aliases, strict=True))
    ]


def _cells(result: Result, figures: ClassFigures) -> tuple[str, ...]:
    parts = {part.id: part for part in result.parts}
    return tuple(_cell(parts.get(part.item.part)) for part in figures.parts)


def _aliases(results: Sequence[Result]) -> list[int]:
    """Return a number for each student, by a digest of their name: the alphabet would tell who it is."""
    digests = [hashlib.sha256(result.student.encode(errors="replace")).digest() for result in results]
    order = sorted(range(len(results)), key=lambda place: digests[place])
    numbers = {place: number for number, place in enumerate(order, start=1)}
    return [numbers[place] for place in range(len(results))]


def _cell(part: PartResult | None) -> str:
    """Return a part's points as they stand in the table; no 0 where all of them wait."""
    if part is None:
        return "–"
    if words.of_part(part).kind == "fault":
        return f"{unrounded(part.earned)} !"
    if part.pending >= part.possible > 0:
        return "…"
    return f"{unrounded(part.earned)} …" if part.pending > 0 else unrounded(part.earned)


def _numbered(figures: ClassFigures, aliases: Sequence[int]) -> list[tuple[int, Reason]]:
    """Return the reasons that are shown, numbered from 1, the grader's faults first.

    The students of each stand in the order of their aliases: where names are hidden, no order tells them.
    """
    everything = (*figures.faults, *figures.reasons)
    chosen = sorted(islice(_in_turn(everything), _REASONS))
    ordered = (
        replace(
            everything[place], students=tuple(sorted(everything[place].students, key=aliases.__getitem__))
        )
        for place in chosen
    )
    return list(enumerate(ordered, start=1))


def _in_turn(reasons: Sequence[Reason]) -> Iterator[int]:
    """Yield the places of reasons: first those of students who have none so far, then of those with few."""
    shown: Counter[int] = Counter()
    rest = list(range(len(reasons)))
    for most in (1, _OF_ONE):
        later = []
        for place in rest:
            students = reasons[place].students
            if min(shown[student] for student in students) < most:
                shown.update(students)
                yield place
            else:
                later.append(place)
        rest = later
    yield from rest
