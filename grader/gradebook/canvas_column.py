"""(a Canvas gradebook's header, what was asked for) -> the column of one assignment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.datatypes import Result
from grader.gradebook.outcome import CannotExport

# Canvas's own rule (Assignment.title_and_id). A title without an id it knows would make a new assignment.
_TITLE_AND_ID = re.compile(r"(.*)\s\(([0-9]+)\)")


def chosen(header: Sequence[str], results: Sequence[Result], asked: str, where: str) -> int:
    """Return the column that was asked for, else the only one whose title fits the problem set's.

    Only columns that carry an assignment's id are looked at. Raises CannotExport, which lists them.
    """
    titles = titled(header)
    if asked:
        fitting = [place for place, (title, number) in titles.items() if _is_asked(asked, title, number)]
        what = f"--column {asked}"
    else:
        fitting = _fitting(titles, results)
        what = f"no --column was given, and {' or '.join(sorted(_names(results)))}"
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(header[place] for place in (fitting or titles)) or "there is none"
    fits = f"fits {len(fitting)} columns" if fitting else "fits no assignment's column"
    raise CannotExport(
        f"{where}: {what} {fits}: {listed}. Name one with --column, by its title or its number. A column is "
        "never made up: create the assignment in Canvas and export the gradebook again."
    )


def titled(header: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Return the columns of assignments that exist in Canvas, with title and id."""
    after = header.index("Section")
    return {
        place: (found[1], found[2])
        for place, name in enumerate(header)
        if place > after and (found := _TITLE_AND_ID.fullmatch(name))
    }


def _is_asked(asked: str, title: str, number: str) -> bool:
    wanted = asked.strip()
    return (
        wanted in {number, f"({number})", f"{title} ({number})"}
        or wanted.casefold() == title.strip().casefold()
    )


def _fitting(titles: dict[int, tuple[str, str]], results: Sequence[Result]) -> list[int]:
    """Return the columns with the words of the problem set's title or id, else those within or around."""
    ours = [_words(name) for name in _names(results)]
    theirs = {place: _words(title) for place, (title, _) in titles.items()}
    same = [place for place, words in theirs.items() if words in ours]
    return same or [place for place, words in theirs.items() if any(_near(words, one) for one in ours)]


def _names(results: Sequence[Result]) -> set[str]:
    return {name for result in results for name in (result.title, result.assignment) if _words(name)}


def _near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether the shorter stands in the longer and says which of its kind it is: Set 4, not Set."""
    short, long = sorted((one, other), key=len)
    runs = [long[at : at + len(short)] for at in range(len(long) - len(short) + 1)]
    return short in runs and any(any(map(str.isdigit, word)) for word in short)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))
