"""(labels of a class, whom results stand of) -> the labels, the old one for who bears another name now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from grader.classes.handed import Who
from grader.classes.people import IDS
from grader.classes.table import folded

# A Gradescope id is a submission's, which the members of a group share.
_LASTING = tuple(kind for kind in IDS if kind != "gradescope")


def kept(
    labels: Sequence[str], whos: Sequence[Who], came: Sequence[bool], known: Mapping[str, Who]
) -> list[str]:
    """Return each label, or the one that results of the same person bear already.

    Who has a label that is known is that student. The first id that both have decides, never a name. But
    results that bear a group's name by its number are nobody's alone, and who handed in nothing (`came` is
    false) has none under another name.
    """
    teams = {folded(who["group"]) for who in whos if who.get("group")}
    free = {
        label: who
        for label, who in known.items()
        if label not in labels and folded(who.get("name", "")) not in teams
    }
    found = [
        label if label in known else _same(who, free, handed=handed)
        for label, who, handed in zip(labels, whos, came, strict=True)
    ]
    times = Counter(found)
    return [old if old and times[old] == 1 else label for old, label in zip(found, labels, strict=True)]


def _same(who: Who, known: Mapping[str, Who], *, handed: bool) -> str:
    """Return the only label whose ids are somebody's, '' where there is none or more than one."""
    same = [label for label, other in known.items() if _is_same(who, other)]
    named = len(same) == 1 and folded(known[same[0]].get("name", "")) == folded(who.get("name", ""))
    return same[0] if len(same) == 1 and (handed or named) else ""


def _is_same(one: Who, other: Who) -> bool:
    kind = next((kind for kind in _LASTING if one.get(kind) and other.get(kind)), None)
    return kind is not None and one[kind].casefold() == other[kind].casefold()
