"""(trainings one after the other, Dataset, seed) -> TrainingResult: from the cache, or done now and kept."""

from __future__ import annotations

import hashlib
import math
import re
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from typing import Any

from grader.datasets import Dataset
from grader.training.cache import Cache, usual_place
from grader.training.compiled import BadRecipe
from grader.training.recipe import Recipe
from grader.training.result import TrainingResult

MATHEMATICS = 2  # goes up when the trainer comes to give other numbers
_used: ContextVar[set[str] | None] = ContextVar("used", default=None)
KEPT_EVERY = 1.0  # seconds, at least, between two times that a training on its way is kept


@dataclass(frozen=True)
class Step:
    """One call of `fit` on a network. `same_optimizer`: it goes on with that of the call before."""

    recipe: Recipe
    same_optimizer: bool = False


Steps = tuple[Step, ...]


def train(
    steps: Steps, data: Dataset, seed: int, enough: float | None = None, seconds: float = math.inf
) -> TrainingResult:
    """Do the last of these steps, after those before it. Once a test accuracy of `enough` is reached, stop.

    Raises BadRecipe where TensorFlow cannot do it, or not in so many seconds.
    """
    cache = Cache(usual_place())
    key = key_of(steps, data, seed)
    if (used := _used.get()) is not None:
        used.add(key)
    found = cache.get(key)
    if found is not None and (found.finished or (enough is not None and found.best >= enough)):
        return found
    with within(seconds):
        result = _trained(steps, data, seed, enough, (cache, key, found))
    cache.put(key, result)
    return result


@contextmanager
def recorded() -> Iterator[set[str]]:
    """Yield the keys of all trainings that are done, or found in the cache, in a block."""
    keys: set[str] = set()
    token = _used.set(keys)
    try:
        yield keys
    finally:
        _used.reset(token)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise BadRecipe in a block that takes longer: at the next line of Python, which in a training is near.

    Only in a process's main thread, where signals arrive; elsewhere, and on Windows, nothing is stopped.
    """
    can_stop = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if math.isinf(seconds) or not can_stop:
        yield
        return

    def late(*_: object) -> None:
        raise BadRecipe(
            f"it takes longer than the {seconds:.0f} seconds that its arithmetic can take anywhere"
        )

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def key_of(steps: Steps, data: Dataset, seed: int) -> str:
    """Return what tells a training from others: recipes, data, seed and versions."""
    digest = hashlib.sha256(f"{MATHEMATICS} {_versions()} {data.checksum} {seed}\n".encode())
    for step in steps:
        digest.update(f"{step.recipe.key()} {step.same_optimizer}\n".encode())
    return digest.hexdigest()


def _trained(
    steps: Steps,
    data: Dataset,
    seed: int,
    enough: float | None,
    kept: tuple[Cache, str, TrainingResult | None],
) -> TrainingResult:
    from grader.training.trainer import Memory

    before = _before(steps, data, seed)
    cache, key, so_far = kept
    last = [time.monotonic()]

    def keep(result: TrainingResult) -> None:
        if time.monotonic() - last[0] >= KEPT_EVERY:
            cache.put(key, result)
            last[0] = time.monotonic()

    recipe, same = steps[-1].recipe, steps[-1].same_optimizer
    try:
        trainer = _trainer(recipe.key(), _Held(recipe), data)
        result: TrainingResult = trainer.train(
            seed, before, same_optimizer=same, enough=enough, memory=Memory(so_far, keep)
        )
    except BadRecipe:
        raise
    except Exception as fault:  # whatever TensorFlow says of a network that it cannot train
        said = " ".join(re.sub(r"\x1b\[\d*m", "", str(fault)).split())[:200]
        raise BadRecipe(f"training it failed: {type(fault).__name__}: {said}") from fault
    return result


def _before(steps: Steps, data: Dataset, seed: int) -> TrainingResult | None:
    """Return what the last step goes on from; done again where the cache has it without its optimizer."""
    if len(steps) == 1:
        return None
    before = train(steps[:-1], data, seed)
    if steps[-1].same_optimizer and len(before.optimizer) == 1:
        before = _trained(steps[:-1], data, seed, None, (Cache(None), "", None))
    return before


@lru_cache(maxsize=1)
def _versions() -> str:
    return " ".join(f"{name} {metadata.version(name)}" for name in ("tensorflow", "keras", "numpy"))


@dataclass(frozen=True)
class _Held:
    """A recipe that is told apart by its key alone."""

    recipe: Recipe

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=2)
def _trainer(_key: str, held: _Held, data: Dataset) -> Any:
    from grader.training.trainer import Trainer

    return Trainer(held.recipe, data)


def best_of(steps: Steps, data: Dataset, seed: int, enough: float | None = None) -> Sequence[float]:
    """Return the test accuracy after each epoch of all these steps."""
    accuracy: list[float] = []
    for count in range(1, len(steps) + 1):
        accuracy += train(steps[:count], data, seed, enough).accuracy
        if enough is not None and max(accuracy, default=0.0) >= enough:
            break
    return accuracy
