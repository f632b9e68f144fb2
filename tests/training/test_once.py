"""The same recipe is trained once, and a training that was killed goes on after its last epoch."""

from __future__ import annotations

import signal
import time
from dataclasses import replace

import numpy as np
import pytest
from keras import layers as L  # noqa: N812 (as everybody writes it)

from grader.training import BadRecipe, once
from grader.training.cache import Cache
from grader.training.once import Step
from grader.training.trainer import Trainer
from tests.training.conftest import DATA

STOPPING = {
    "kind": "EarlyStopping", "monitor": "accuracy", "patience": 9, "min_delta": 0.0, "baseline": None,
    "restore_best_weights": False, "start_from_epoch": 0, "mode": "auto",
}  # fmt: skip
PLATEAU = {
    "kind": "ReduceLROnPlateau", "monitor": "loss", "patience": 1, "min_delta": 1.0, "factor": 0.5, "cooldown": 0,
    "min_lr": 0.0, "mode": "auto",
}  # fmt: skip


@pytest.fixture
def counted(monkeypatch, tmp_path) -> list[int]:
    """Return the epochs that are trained from now on, with a cache that is empty and kept after each."""
    monkeypatch.setenv("GRADER_CACHE", str(tmp_path / "trainings.sqlite"))
    monkeypatch.setattr(once, "KEPT_EVERY", 0.0)
    trained: list[int] = []
    real = Trainer._one
    monkeypatch.setattr(
        Trainer, "_one", lambda self, epoch, run: (trained.append(epoch), real(self, epoch, run))
    )
    return trained


def same(one: object, other: object) -> bool:
    return all(map(np.array_equal, one.weights, other.weights)) and one.accuracy == other.accuracy


def test_a_training_is_done_once(recipe, counted) -> None:
    steps = (Step(recipe()),)
    first = once.train(steps, DATA, 1)
    assert counted == [0, 1, 2]
    assert same(first, once.train((Step(recipe()),), DATA, 1))
    assert counted == [0, 1, 2], "the same again comes from the cache"
    once.train(steps, DATA, 2)
    once.train((Step(recipe(epochs=2)),), DATA, 1)
    assert len(counted) == 8, "another seed and another recipe do not"


def killed(trainer: object, epochs: int) -> object:
    """Return what was kept of a training that ended in its next epoch."""

    class Killed(BaseException):
        pass

    def keep(result: object) -> None:
        kept.append(result)
        if len(kept) == epochs:
            raise Killed

    from grader.training.trainer import Memory

    kept: list[object] = []
    with pytest.raises(Killed):
        trainer.train(7, memory=Memory(None, keep))
    return kept[-1]


@pytest.mark.parametrize("callbacks", [[], [STOPPING], [PLATEAU]], ids=["none", "stopping", "plateau"])
def test_what_was_kept_is_taken_up_as_if_nothing_had_happened(
    recipe, counted, callbacks, monkeypatch
) -> None:
    stack = (L.Dense(12, activation="relu"), L.Dropout(0.3), L.Dense(10, activation="softmax"))
    wanted = recipe(*stack, epochs=6, callbacks=callbacks)
    whole = Trainer(wanted, DATA).train(7)
    half = killed(Trainer(wanted, DATA), 4)
    assert len(half.epochs) == 4
    cache, key = Cache(once.usual_place()), once.key_of((Step(wanted),), DATA, 7)
    cache.put(key, half)
    counted.clear()
    result = once.train((Step(wanted),), DATA, 7)
    assert counted == [4, 5]
    assert same(whole, result)
    assert result.history == whole.history
    assert result.callbacks == whole.callbacks


def test_enough_is_enough_and_the_rest_comes_when_it_is_asked_for(recipe, counted) -> None:
    steps = (Step(recipe(epochs=6)),)
    cut = once.train(steps, DATA, 1, enough=0.3)
    assert not cut.finished
    assert cut.best >= 0.3
    before = len(counted)
    assert before < 6
    once.train(steps, DATA, 1, enough=0.2)
    assert len(counted) == before, "what was enough once is enough again"
    whole = once.train(steps, DATA, 1)
    assert whole.finished
    assert counted == list(range(6)), "it went on where it had stopped"
    assert same(whole, Trainer(recipe(epochs=6), DATA).train(1))


def test_a_second_fit_goes_on_with_the_optimizer_of_the_first(recipe, counted) -> None:
    first, second = recipe(epochs=2), recipe(epochs=4, initial_epoch=2)
    alone = Trainer(recipe(epochs=4), DATA).train(3)
    once.train((Step(first),), DATA, 3)
    counted.clear()
    chain = (Step(first), Step(second, same_optimizer=True))
    result = once.train(chain, DATA, 3)
    assert all(map(np.array_equal, alone.weights, result.weights)), "the cache has its optimizer no more"
    assert once.best_of(chain, DATA, 3) == [*alone.accuracy]


def test_a_training_that_takes_too_long_is_stopped(recipe, counted) -> None:
    with pytest.raises(BadRecipe, match="takes longer than the 1 seconds"):
        once.train((Step(recipe(epochs=1000)),), DATA, 1, seconds=1.0)
    assert 0 < len(counted) < 1000
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_what_tensorflow_cannot_train_is_a_sentence(recipe) -> None:
    wanted = recipe()
    broken = replace(wanted, optimizer={"class_name": "SGD", "config": {"learning_rate": "fast"}})
    with pytest.raises(BadRecipe, match="training it failed"):
        once.train((Step(broken),), DATA, 1)


def test_a_system_without_alarms_trains_without_an_end(monkeypatch) -> None:
    monkeypatch.delattr("signal.setitimer")
    with once.within(0.001):
        time.sleep(0.01)
