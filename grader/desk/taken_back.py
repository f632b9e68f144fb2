"""(a desk, what is shown) -> the last thing done, undone, where it is and what it was, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from grader import marking
from grader.desk.desk import At, Desk, Stale
from grader.desk.identical import points
from grader.desk.rescored import Change, take_back


@dataclass(frozen=True)
class TakenBack:
    """What is shown then."""

    at: At
    told: str
    changes: tuple[Change, ...] = ()


def taken_back(desk: Desk, at: At) -> TakenBack:
    """Take back what this marker did last. Raises Stale where that is nothing, or of an answer that is gone.

    A mark is shown where it was, also in another part; what was done to a rubric item where the window is.
    """
    act = desk.last
    where = desk.where(act) if act else None
    before = points(desk, where) if where else ""
    desk.undo()
    if act is None:
        raise Stale("There is nothing left to take back.")
    if act.worth or act.renamed:
        return TakenBack(at, *take_back(desk, act))
    if where is None:
        raise Stale("Taken back: a mark of an answer that waits no more.")
    return TakenBack(where, _told(desk, act, where, before))


def _told(desk: Desk, act: marking.Act, where: At, before: str) -> str:
    answer = f"{desk.parts[where.part].id}, answer {where.answer + 1}"
    what = f"{before} {'point' if before == '1' else 'points'}" if before else "what was given"
    if act.decides:
        what = "the decision"
    after = points(desk, where)
    again = f" It has {after} {'point' if after == '1' else 'points'} as before." if after else ""
    return f"{answer}: {what} taken back.{again}"
