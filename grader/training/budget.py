"""(Limits, Size) -> the epochs that a submission can still have: counted in work, never in seconds."""

from __future__ import annotations

from grader.datatypes import Limits
from grader.training.compiled import BadRecipe
from grader.training.size import Size

SLOWEST = 0.005  # 10^12 operations that a slow and busy machine trains in a second
PATIENCE = 120.0  # seconds


class Budget:
    """What all trainings of one submission may take together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._epochs = 0
        self._teraflop = 0.0

    def epochs(self, asked: int, teraflop: float) -> int:
        """Return how many of the epochs that are asked for there are, each taking so much arithmetic."""
        left = self._limits.epochs - self._epochs
        if teraflop > 0:
            left = min(left, int((self._limits.teraflop - self._teraflop) / teraflop))
        return max(min(asked, left), 0)

    def spend(self, epochs: int, teraflop: float, written: float = 0.0) -> None:
        """Take epochs out of the budget, each of so much arithmetic, and what writing the graph down took."""
        self._epochs += epochs
        self._teraflop += epochs * teraflop + written

    @staticmethod
    def seconds(teraflop: float, epochs: int) -> float:
        """Return seconds that so many epochs never take on any machine, unless they were counted wrongly."""
        return PATIENCE + max(epochs, 1) * teraflop / SLOWEST

    def admit(self, size: Size, batch: int) -> None:
        """Raise BadRecipe where a network would need more memory than there may be."""
        needs = size.bytes(batch) >> 20
        if needs > self._limits.memory_mb:
            raise BadRecipe(
                f"training it takes about {needs:,} MB of memory: {self._limits.memory_mb:,} are allowed"
            )

    def __str__(self) -> str:
        return f"{self._limits.epochs} epochs, or {self._limits.teraflop:g}·10¹² operations, for a submission"
