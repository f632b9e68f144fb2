"""a student's network as the grader trained and measured it: nouns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.datatypes import Source
from grader.training.ledger import Fit
from grader.training.size import Size


@dataclass(frozen=True)
class Network:
    """A student's network as we trained it."""

    fit: Fit
    source: Source
    file: str
    taken: tuple[str, ...] = ()  # names that an excerpt does not define, which stood for official arrays

    @property
    def config(self) -> Any:
        """What Keras calls the config of the network."""
        return self.fit.model.config

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of one image as the network gets it."""
        return self.fit.recipe.images.shape

    @property
    def size(self) -> Size:
        """Its layers with their output shapes and parameters, as Keras counts them."""
        return self.fit.size

    @property
    def excerpt(self) -> bool:
        """Whether the code stands in a write-up."""
        return self.source is Source.WRITEUP


@dataclass(frozen=True)
class Measured:
    """The highest test accuracy after any epoch for each seed; `last` is the first network's as left."""

    best: tuple[float, ...]
    last: float
    curves: tuple[tuple[float, ...], ...] = ()  # after each epoch, for each seed

    @property
    def reached(self) -> float:
        """The highest of all."""
        return max(self.best)
