"""what came of a training -> TrainingResult."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Arrays = tuple[np.ndarray[Any, Any], ...]


@dataclass(frozen=True)
class TrainingResult:
    """A trained network and how it got there. `accuracy` is ours: of our test images, after each epoch."""

    seed: int
    epochs: tuple[int, ...]  # those that ran, from 0 as in Keras
    history: Mapping[str, tuple[float, ...]]
    accuracy: tuple[float, ...]
    weights: Arrays  # in the order of Keras's `get_weights`
    optimizer: Arrays  # its variables, the first of them its steps; that one alone if it came from the cache
    callbacks: tuple[Mapping[str, Any], ...]  # what each was left with
    seconds: float
    finished: bool = True  # whether all epochs ran that were asked for, or a callback ended it
    restored: float | None = None  # test accuracy of `weights`, where a callback put older ones back
    checkpoint: Arrays = ()  # the weights that a ModelCheckpoint saved last

    @property
    def best(self) -> float:
        """The highest test accuracy after any epoch."""
        return max(self.accuracy, default=0.0)

    @property
    def last(self) -> float:
        """The test accuracy of the network as it was left."""
        if self.restored is not None:
            return self.restored
        return self.accuracy[-1] if self.accuracy else 0.0
