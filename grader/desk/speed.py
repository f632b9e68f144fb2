"""when answers of a part were marked -> the pace, and how long the rest takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

from grader.pace import spoken

PAUSE = 300  # seconds: whoever takes longer for one answer was away
_LATELY = 30  # answers that the pace is of


class Speed:
    """How fast somebody marks, since the page was opened."""

    def __init__(self) -> None:
        """Begin now."""
        self._last = time.monotonic()
        self._taken: dict[int, list[float]] = {}

    def one_more(self, part: int) -> None:
        """An answer of a part was marked."""
        before, self._last = self._last, time.monotonic()
        self._taken.setdefault(part, []).append(self._last - before)

    def told(self, part: int, left: int) -> str:
        """Say a part's own pace: "12 s each, about 40 min left"; "" as long as nobody knows."""
        return pace(self._taken.get(part, ()), left)


def pace(taken: Sequence[float], left: int) -> str:
    """Say the pace from what each answer took, in seconds."""
    taken = [one for one in taken if one < PAUSE][-_LATELY:]
    if len(taken) < 3:
        return ""
    each = statistics.median(taken)
    told = f"{each:.0f} s each" if each >= 1 else "under 1 s each"
    return f"{told}, about {spoken(each * left)} left" if left else told
