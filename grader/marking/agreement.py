"""the markers' acts -> how far markers agree on each entry that two of them marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.marking.acts import Act, Acts, standing
from grader.marking.gather import Books, points_now
from grader.marking.given import Rubric
from grader.marking.marks import Place, possible_in
from grader.marking.sheet import Row
from grader.marks import unrounded

Pair = tuple[float, float]  # points of one marker, of the other


@dataclass(frozen=True)
class Agreement:
    """Two markers on one entry, over all answers that both marked."""

    part: str
    item: str
    who: str
    other: str
    pairs: tuple[Pair, ...]

    @property
    def same(self) -> int:
        """How often they gave the same points."""
        return sum(_same(pair) for pair in self.pairs)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa, each number of points a category."""
        return kappa(self.pairs)

    @property
    def more(self) -> float:
        """How many points more `other` gives than `who`, on average."""
        return sum(theirs - own for own, theirs in self.pairs) / len(self.pairs)


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Return Cohen's kappa: 1 always the same, 0 as often as by chance; None where chance alone is sure.

    (p_o - p_e) / (1 - p_e), with p_o the share of pairs that agree and p_e what it would be if both gave
    their points as often and independently (Cohen 1960).
    """
    if not pairs:
        return None
    told = [(unrounded(own), unrounded(theirs)) for own, theirs in pairs]
    ones, others = Counter(own for own, _ in told), Counter(theirs for _, theirs in told)
    chance = sum(ones[points] * others[points] for points in ones) / len(told) ** 2
    seen = sum(own == theirs for own, theirs in told) / len(told)
    return None if chance == 1 else (seen - chance) / (1 - chance)


def agreements(books: Books, rubric: Rubric, rows: Mapping[Place, Row]) -> tuple[Agreement, ...]:
    """Return each entry and pair of markers with at least one answer that both marked, in order."""
    points = {who: _points(acts, who, rubric, rows) for who, acts in sorted(books.items())}
    entries = dict.fromkeys(where[1:] for where in rows)
    return tuple(
        Agreement(part, item, who, other, pairs)
        for part, item in entries
        for who, other in combinations(points, 2)
        if (pairs := tuple(_pairs(points[who], points[other], (part, item))))
    )


def _points(acts: Acts, who: str, rubric: Rubric, rows: Mapping[Place, Row]) -> Mapping[Place, float]:
    stood = standing(_own(acts), who)
    return {
        where: points_now(one, where, rubric, possible_in(rows[where]))
        for where, one in stood.items()
        if where in rows
    }


def _own(acts: Acts) -> Acts:
    """Empty what was copied from marks.csv, and decisions; acts keep their numbers."""
    return [act if act.who is None and not act.decides else Act(act.when) for act in acts]


def _pairs(
    own: Mapping[Place, float], theirs: Mapping[Place, float], entry: tuple[str, str]
) -> Iterator[Pair]:
    for where, points in own.items():
        if where[1:] == entry and where in theirs:
            yield points, theirs[where]


def _same(pair: Pair) -> bool:
    return unrounded(pair[0]) == unrounded(pair[1])
