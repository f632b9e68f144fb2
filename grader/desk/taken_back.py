"""(a desk, what is shown) -> the last thing done, undone, where it is and what it was, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from grader import marking
from grader.desk.desk import At, Desk, Stale
from grader.desk.identical import points
from grader.desk.rescored import Change, take_back
from grader.desk.saved import comments_of
from grader.marking.gather import worths


class Again(TypedDict):
    """What an entry was given, as a window wishes for it."""

    given: list[str]  # names of levels
    comment: str


@dataclass(frozen=True)
class TakenBack:
    """What is shown then."""

    at: At
    told: str
    changes: tuple[Change, ...] = ()
    again: tuple[Again, ...] = ()  # what was given, to be changed and saved anew; () where older marks stand


def taken_back(desk: Desk, at: At, *, sure: bool = True) -> TakenBack:
    """Take back what this marker did last. Raises Stale where that is nothing, or of an answer that is gone.

    A mark is shown where it was, also in another part; what was done to a level where the window is. Nobody
    sees what is done in another part: who is not `sure` of that is told first, by Stale.
    """
    act = desk.last
    where = desk.where(act) if act else None
    if act and not sure:
        _refuse_unseen(desk, act, at)
    before = points(desk, where) if where else ""
    comments = comments_of(desk, where) if where else []
    desk.undo()
    if act is None:
        raise Stale("There is nothing left to take back.")
    if act.worth or act.renamed:
        return TakenBack(at, *take_back(desk, act))
    if where is None:
        raise Stale("Taken back: a mark of an answer that waits no more.")
    again = _again(desk, act, where)
    shows = " Not saved now: change it, or press Enter." if again else ""
    return TakenBack(where, _told(desk, act, where, before, comments) + shows, again=again)


def _refuse_unseen(desk: Desk, act: marking.Act, at: At) -> None:
    about = act.worth or act.renamed
    part = about.part if about else act.part
    if part and part != desk.parts[at.part].id:
        raise Stale(f"What was saved last is in {part}: u again takes that back.")


def _again(desk: Desk, act: marking.Act, where: At) -> tuple[Again, ...]:
    """Return what an act gave an answer that is open without it, beside what still stands of it."""
    marks = {marking.key(mark.item): mark for mark in act.marks}
    entries = desk.at(where).entries
    stood = [desk.given(entry) for entry in entries]
    if all(stood) or act.decides or any(mark.points is not None for mark in act.marks):
        return ()
    found = []
    for entry, one in zip(entries, stood, strict=True):
        mark = one.mark if one else marks.get(entry.place[2], marking.Given(entry.item))
        given = worths(mark.given, entry.place, desk.rubric, entry.possible)
        found.append(Again(given=[item.name for item in given], comment=mark.comment))
    return tuple(found)


def _told(desk: Desk, act: marking.Act, where: At, before: str, comments: list[str]) -> str:
    answer = f"{desk.parts[where.part].id}, answer {where.answer + 1}"
    what = f"{before} {'point' if before == '1' else 'points'}" if before else "what was given"
    if act.decides:
        what = "the decision"
    after = points(desk, where)
    if after and after == before and not act.decides:
        what = "the last change" if comments == comments_of(desk, where) else "the last change of a comment"
        return f"{answer}: {what} taken back; the points stay {after}."
    again = f"; {after} {'counts' if after == '1' else 'count'} again" if after else ""
    return f"{answer}: {what} taken back{again}."
