"""(a desk, an answer just marked, what it had before) -> what is said of that."""

from __future__ import annotations

from grader.desk.desk import At, Desk
from grader.desk.identical import points, same
from grader.desk.nearest import alike
from grader.marks import total, unrounded

MOST = 3  # answers that are named


def saved(desk: Desk, at: At, before: str) -> str:
    """Say what an answer was given, and which ones like it were given otherwise, or as it was `before`."""
    possible = unrounded(total(entry.possible for entry in desk.at(at).entries))
    given = " + ".join(unrounded(desk.points(entry) or 0.0) for entry in desk.at(at).entries)
    told = f"Answer {at.answer + 1}: {given} of {possible} saved."
    if others := same(desk, at):
        others_told = f" The same text has {others[0].points} in answer {others[0].number}."
        return f"{told}{others_told}{_kept(desk, at, before)}"
    if twins := [one for one in _word_for_word(desk, at) if comments_of(desk, one) != comments_of(desk, at)]:
        return f"{told} The same text has other comments in answer {twins[0].answer + 1}."
    return f"{told}{_kept(desk, at, before)}"


def _word_for_word(desk: Desk, at: At) -> list[At]:
    """Return the other answers of a part that say the very same and are marked."""
    others = (At(at.part, number) for number in desk.identical(at.part).get(desk.at(at).says, ()))
    return [other for other in others if other != at and points(desk, other)]


def comments_of(desk: Desk, at: At) -> list[str]:
    """Return what was said to the student of each criterion."""
    return [stood.mark.comment for entry in desk.at(at).entries if (stood := desk.given(entry))]


def _kept(desk: Desk, at: At, before: str) -> str:
    """Name answers alike that have the points which this one had: whoever thinks better of one may of all."""
    if before in {"", points(desk, at)}:
        return ""
    own = desk.at(at).seen
    near = [other for other, _ in alike(desk, at) if desk.at(other).seen != own]
    twins = [other.answer + 1 for other in near if points(desk, other) == before]
    if not twins:
        return ""
    named = ", ".join(map(str, sorted(twins[:MOST]))) + (" and others" if len(twins) > MOST else "")
    who, have = ("Answers", "have") if len(twins) > 1 else ("Answer", "has")
    return f" {who} {named}, nearly the same, {have} {before} still."
