"""(a desk, an answer just marked, what it had before) -> what is said of that."""

from __future__ import annotations

from dataclasses import dataclass

from grader.desk.desk import At, Desk
from grader.desk.identical import same, spelled, twins
from grader.desk.nearest import alike
from grader.marks import total, unrounded

MOST = 3  # answers that are named


@dataclass(frozen=True)
class Saved:
    """What is said of a mark, and whether that is to be looked at."""

    told: str
    look: bool = False


def saved(desk: Desk, at: At, before: str) -> Saved:
    """Say what an answer was given, and which ones like it were given otherwise, or as it was `before`."""
    possible = unrounded(total(entry.possible for entry in desk.at(at).entries))
    comments = sum(map(bool, comments_of(desk, at)))
    with_ = f", with {'a comment' if comments == 1 else f'{comments} comments'}" if comments else ""
    told = f"Answer {at.answer + 1}: {spelled(desk, at)} of {possible} saved{with_}."
    if others := same(desk, at)[:MOST]:
        given = " and ".join(f"{one.points} in answer {one.number}" for one in others)
        return Saved(f"{told} The same text has {given}.{_kept(desk, at, before)}", look=True)
    kept, own = _kept(desk, at, before), comments_of(desk, at)
    if odd := [one for one in _word_for_word(desk, at) if comments_of(desk, one) != own]:
        other = "other comments" if any(comments_of(desk, odd[0])) else "no comment"
        return Saved(f"{told} The same text has {other} in answer {odd[0].answer + 1}.{kept}", look=True)
    return Saved(f"{told}{kept}", look=bool(kept))


def _word_for_word(desk: Desk, at: At) -> list[At]:
    """Return the other answers of a part that say the very same, are marked, and for the same."""
    asked = [entry.item for entry in desk.at(at).entries]
    others = (other for other in twins(desk, at) if spelled(desk, other))
    return [other for other in others if [entry.item for entry in desk.at(other).entries] == asked]


def comments_of(desk: Desk, at: At) -> list[str]:
    """Return what was said to the student of each criterion."""
    return [stood.mark.comment for entry in desk.at(at).entries if (stood := desk.given(entry))]


def _kept(desk: Desk, at: At, before: str) -> str:
    """Name answers alike that have the points which this one had: whoever thinks better of one may of all."""
    if before in {"", spelled(desk, at)}:
        return ""
    own = desk.at(at).seen
    near = [other for other, _ in alike(desk, at) if desk.at(other).seen != own]
    alike_ = [other.answer + 1 for other in near if spelled(desk, other) == before]
    if not alike_:
        return ""
    named = ", ".join(map(str, sorted(alike_[:MOST]))) + (" and others" if len(alike_) > MOST else "")
    who, have = ("Answers", "have") if len(alike_) > 1 else ("Answer", "has")
    return f" {who} {named}, nearly the same, {have} {before} still."
