"""(the markers' acts, marks.csv, the rubric) -> marks.csv with what they gave, and where they differ."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.marking.acts import Acts, Given, Stood, history, line_of, standing
from grader.marking.bounds import above
from grader.marking.comments import cut
from grader.marking.folder import FILE, BadBook
from grader.marking.given import Item, Rubric, given_cell, given_in, names, points_of
from grader.marking.marks import Place, place, possible_in
from grader.marking.rubric import worth_now
from grader.marking.sheet import Row, Sheet, text_cell, text_of
from grader.marks import unrounded

Books = Mapping[str, Acts]  # marker -> what they did


@dataclass(frozen=True)
class Conflict:
    """An entry that markers gave different points, and nobody has decided."""

    place: Place
    stood: tuple[Stood, ...]


@dataclass(frozen=True)
class Gathered:
    """marks.csv as it is to be, and what people have to decide."""

    sheet: Sheet
    conflicts: tuple[Conflict, ...] = ()


def gather(sheet: Sheet, books: Books, rubric: Rubric, rows: Mapping[Place, Row]) -> Gathered:
    """Put what markers gave into the rows of a sheet.

    What a person wrote into the sheet stays, and wins over every marker. A row that came from a marker
    follows them: their last mark, by what its items are worth now. Where markers differ the row is empty
    until somebody decides. `rows`: all that waits or was marked, as the grader writes it. Raises BadBook for
    points of a marker that are more than what is possible.
    """
    each = {who: standing(acts, who) for who, acts in books.items()}
    stood = _together(map(_each, each.values()))
    ever = _together(history(acts, who) for who, acts in books.items())
    before = {place(row): row for row in sheet.rows}
    hand = {where for where, row in before.items() if by_hand(row, ever.get(where, ()), rubric)}
    _refuse_above(books, each, rows, before, hand)
    conflicts: list[Conflict] = []
    after: list[Row] = []
    for where in dict.fromkeys([*before, *ever]):
        row = before.get(where)
        if row and (where not in ever or where in hand):
            after.append(_scored_again(row, where, rubric, rows.get(where, row).possible))
            continue
        plain = rows.get(where) or row or _bare(where)
        marks = decided(stood.get(where, ()))
        if differ(marks, where, rubric, possible_in(plain)):
            conflicts.append(Conflict(where, tuple(marks)))
            marks = ()
        after.append(_marked(row, plain, marks, rubric))
    new = tuple(after)
    return Gathered(sheet if new == sheet.rows else replace(sheet, rows=new), tuple(conflicts))


def _refuse_above(
    books: Books,
    each: Mapping[str, Mapping[Place, Stood]],
    rows: Mapping[Place, Row],
    before: Mapping[Place, Row],
    hand: Collection[Place],
) -> None:
    """Raise BadBook with file and line, before they get into marks.csv, which would be blamed for them.

    What is in there already was possible once, and is mended there: a person who writes into it wins.
    """
    for who, its in each.items():
        for where, one in its.items():
            if where in hand or (where in before and _has(before[where], one.mark.points)):
                continue
            possible = possible_in(rows[where]) if where in rows else math.inf
            if told := above(one.mark.points, possible):
                line = line_of(books[who], where)
                told = f"{told} for “{one.mark.item}”. Mend it: nothing was changed."
                raise BadBook(f"{FILE.format(who)}: line {line}: {told}")


def _has(row: Row, points: float | None) -> bool:
    there = row.points.strip()
    return bool(there and points is not None) and float(text_of(there).replace(",", ".")) == points


def worths(
    given: Iterable[Item], where: Place, rubric: Rubric, possible: float = math.inf
) -> tuple[Item, ...]:
    """Return items with what they are worth now."""
    return tuple(worth_now(rubric, where[1], where[2], item, possible) for item in given)


def called_now(stood: Stood, where: Place, rubric: Rubric, possible: float) -> Stood:
    """Return a mark whose items are called, and worth, what they are now."""
    given = worths(stood.mark.given, where, rubric, possible)
    return replace(stood, mark=replace(stood.mark, given=given))


def points_now(stood: Stood, where: Place, rubric: Rubric, possible: float) -> float:
    """Return the points of a mark, by what its items are worth now."""
    if stood.mark.points is not None:
        return stood.mark.points
    return points_of(worths(stood.mark.given, where, rubric, possible), possible)


def decided(marks: Sequence[Stood]) -> Sequence[Stood]:
    """Return the marks that count: after somebody decided, the last decision and what was given since."""
    since = max((one.when for one in marks if one.decides), default="")
    if not since:  # what was copied from marks.csv may not say when
        return marks
    return [one for one in marks if one.when > since or (one.decides and one.when == since)]


def differ(marks: Sequence[Stood], where: Place, rubric: Rubric, possible: float) -> bool:
    """Return whether markers gave an entry different points."""
    return len({unrounded(points_now(one, where, rubric, possible)) for one in marks}) > 1


def written(row: Row) -> Stood:
    """Return the mark that somebody wrote into a row, as one of theirs; it has points."""
    points = float(text_of(row.points).replace(",", "."))
    items = given_in(row.given)
    follows = unrounded(points) == unrounded(points_of(items, possible_in(row)))
    mark = Given(text_of(row.item), items, cut(row.comment.strip()), None if follows else points)
    return Stood(mark, row.who.strip(), row.when.strip(), text_of(row.answer))


def by_hand(row: Row, ever: Iterable[Stood], rubric: Rubric) -> bool:
    """Return whether a person wrote points into a row that no marker's file says."""
    if not row.points.strip():
        return False
    where = place(row)
    return _sign_of(written(row), where, rubric) not in {_sign_of(one, where, rubric) for one in ever}


def _each(stood: Mapping[Place, Stood]) -> Mapping[Place, Sequence[Stood]]:
    return {where: (one,) for where, one in stood.items()}


def _together(books: Iterable[Mapping[Place, Sequence[Stood]]]) -> dict[Place, list[Stood]]:
    found: dict[Place, list[Stood]] = {}
    for book in books:
        for where, ones in book.items():
            found.setdefault(where, []).extend(ones)
    return found


def _sign_of(stood: Stood, where: Place, rubric: Rubric) -> tuple[object, ...]:
    """Return what makes a mark this one and no other; what its items are worth and called may change."""
    comment = " ".join(stood.mark.comment.split())
    given = names(worths(stood.mark.given, where, rubric))
    return (stood.who, stood.when, comment, given, stood.mark.points)


def _bare(where: Place) -> Row:
    student, part, item = map(text_cell, where)
    return Row(student=student, part=part, item=item)


def _marked(row: Row | None, plain: Row, marks: Sequence[Stood], rubric: Rubric) -> Row:
    """Return the row with the mark; `row`, to the letter, where it has it already."""
    if not marks and row and not row.points.strip():
        return row
    if not marks:
        return replace(plain, points="", comment="", who="", when="", given="")
    last = max(marks, key=lambda one: (bool(one.mark.comment), one.when))
    items = worths(last.mark.given, place(plain), rubric, possible_in(plain))
    points = unrounded(points_now(last, place(plain), rubric, possible_in(plain)))
    if row and row.points.strip() and _is(row, last, items, points, rubric):
        return _out_of(row, plain.possible)
    return replace(
        plain,
        points=points,
        comment=_harmless(last.mark.comment),
        who=last.who,
        when=last.when,
        given=given_cell(items),
        answer=text_cell(last.answer) if last.answer else plain.answer,
    )


def _is(row: Row, stood: Stood, items: tuple[Item, ...], points: str, rubric: Rubric) -> bool:
    one, where = written(row), place(row)
    same = (
        set(one.mark.given) == set(items)
        and unrounded(float(text_of(row.points).replace(",", "."))) == points
    )
    return same and _sign_of(one, where, rubric) == _sign_of(stood, where, rubric)


def _scored_again(row: Row, where: Place, rubric: Rubric, possible: str) -> Row:
    """Follow the rubric in a row that names its items; points that are not theirs were set by hand.

    `possible`: what the row is out of now, as a cell.
    """
    after = _out_of(row, possible)
    one = written(row) if row.points.strip() and row.given.strip() else None
    if one is None or one.mark.points is not None:
        return after
    most = possible_in(Row(possible=possible))
    now = worths(one.mark.given, where, rubric, most)
    points = points_of(now, most)
    if now == one.mark.given and points == points_of(now, possible_in(row)):
        return after
    return replace(after, points=unrounded(points), given=given_cell(now))


def _out_of(row: Row, possible: str) -> Row:
    """Return a row that says what it is out of now; it says nothing where somebody wrote it alone."""
    now = Row(possible=possible)
    stale = row.possible.strip() and possible_in(row) != possible_in(now)
    return replace(row, possible=possible) if stale else row


def _harmless(comment: str) -> str:
    """Return a comment that no spreadsheet runs: a blank before it is passed over when it is read."""
    return f" {comment}" if comment.startswith(("=", "+", "-", "@")) else comment
