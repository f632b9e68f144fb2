"""the moments at which answers were marked -> the pace, and how long the rest takes."""

from __future__ import annotations

import statistics
import time
from itertools import pairwise

from grader.pace import spoken

PAUSE = 300  # seconds: whoever takes longer for one answer was away
_LATELY = 30  # answers that the pace is of


class Speed:
    """How fast somebody marks, since the page was opened."""

    def __init__(self) -> None:
        """Begin now."""
        self._marked: list[float] = [time.monotonic()]

    def one_more(self) -> None:
        """An answer was marked."""
        self._marked.append(time.monotonic())

    def told(self, left: int) -> str:
        """Say the pace: "12 s each, about 40 min left"; "" as long as nobody knows."""
        return pace(self._marked, left)


def pace(marked: list[float], left: int) -> str:
    """Say the pace from moments in seconds, the first when it began."""
    taken = [after - before for before, after in pairwise(marked[-_LATELY:]) if after - before < PAUSE]
    if len(taken) < 3:
        return ""
    each = statistics.median(taken)
    told = f"{each:.0f} s each" if each >= 1 else "under 1 s each"
    return f"{told}, about {spoken(each * left)} left" if left else told
