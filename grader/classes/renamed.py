"""(labels of a class, whom results stand of) -> the labels, the old one for who bears another name now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from grader.classes.handed import Who
from grader.classes.people import IDS

# A Gradescope id is a submission's, which the members of a group share.
_LASTING = tuple(kind for kind in IDS if kind != "gradescope")


def kept(labels: Sequence[str], whos: Sequence[Who], known: Mapping[str, Who]) -> list[str]:
    """Return each label, or the one that results of the same person bear already.

    Who has a label that is known is that student. The first id that both have decides, never a name.
    """
    free = {label: who for label, who in known.items() if label not in labels}
    found = [label if label in known else _same(who, free) for label, who in zip(labels, whos, strict=True)]
    times = Counter(found)
    return [old if old and times[old] == 1 else label for old, label in zip(found, labels, strict=True)]


def _same(who: Who, known: Mapping[str, Who]) -> str:
    """Return the only label whose ids are somebody's, '' where there is none or more than one."""
    same = [label for label, other in known.items() if _is_same(who, other)]
    return same[0] if len(same) == 1 else ""


def _is_same(one: Who, other: Who) -> bool:
    kind = next((kind for kind in _LASTING if one.get(kind) and other.get(kind)), None)
    return kind is not None and one[kind].casefold() == other[kind].casefold()
