"""[Result], rows of another system -> whose row is whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.datatypes import Result
from grader.gradebook.grades import Grade


@dataclass(frozen=True)
class Claims:
    """`rows` holds only rows that one student alone claims."""

    rows: Mapping[int, Result]
    nowhere: tuple[str, ...]  # students whose row was not found
    doubled: tuple[str, ...]  # students who claim a row that another claims too

    @property
    def nobody(self) -> bool:
        """Whether there are students, and none of them has a row."""
        return bool(self.nowhere) and not (self.rows or self.doubled)


def claims(results: Iterable[Result], row_of: Callable[[Result], int | None]) -> Claims:
    """Find everybody's row. Two students with one row get nothing: one would get a stranger's mark."""
    found = [(result, row_of(result)) for result in results]
    times = Counter(row for _, row in found)
    return Claims(
        {row: result for result, row in found if row is not None and times[row] == 1},
        tuple(result.student for result, row in found if row is None),
        tuple(result.student for result, row in found if row is not None and times[row] > 1),
    )


def ungraded(
    claimed: Claims, given: Mapping[int, Grade], doubled: str, nowhere: str
) -> Iterator[tuple[str, str]]:
    """Yield why there is no grade, and for which student: waiting, two on one row, on none."""
    for place, one in given.items():
        if not one.text:
            yield one.why, claimed.rows[place].student
    yield from ((doubled, student) for student in claimed.doubled)
    yield from ((nowhere, student) for student in claimed.nowhere)


def unique(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return id -> row, without empty ids and without those that stand in several rows."""
    listed = [(name, row) for name, row in pairs if name]
    times = Counter(name for name, _ in listed)
    return {name: row for name, row in listed if times[name] == 1}
