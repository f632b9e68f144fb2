"""Recipe -> Keras's own callbacks at work on our network, and what each was left with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.training.compiled import Config
from grader.training.recipe import Recipe

GIVEN_BACK = ("best", "best_epoch", "stopped_epoch", "wait", "saved_epoch")


def made(recipe: Recipe) -> list[Any]:
    """Return a fresh callback for each that the recipe names, in its order."""
    return [_made(told, recipe) for told in recipe.callbacks]


def left(callback: Any) -> dict[str, Any]:
    """Return what a callback was left with, as plain numbers."""
    state = {name: getattr(callback, name, None) for name in GIVEN_BACK}
    return {
        name: float(value) if name == "best" else int(value)
        for name, value in state.items()
        if value is not None
    }


def saved(callbacks: Sequence[Any]) -> tuple[Any, ...]:
    """Return the weights that a ModelCheckpoint saved last, () where there is none."""
    return next((tuple(one.weights) for one in reversed(callbacks) if hasattr(one, "saved_epoch")), ())


def can_resume(recipe: Recipe) -> bool:
    """Return whether the callbacks' state follows from the logs: those that remember weights do not."""
    return not any(
        told.get("restore_best_weights") or told["kind"] == "ModelCheckpoint" for told in recipe.callbacks
    )


def restores(recipe: Recipe) -> bool:
    """Return whether the network may be left with other weights than those of its last epoch."""
    return any(told.get("restore_best_weights") for told in recipe.callbacks)


def _made(told: Config, recipe: Recipe) -> Any:
    import keras

    first = recipe.initial_epoch
    settings = {name: value for name, value in told.items() if name != "kind"}
    if "monitor" in settings:
        settings["monitor"] = monitor = _monitored(str(settings["monitor"]), recipe)
        if (
            settings.get("mode") == "auto"
        ):  # our network is compiled without the metrics that say which is better
            settings["mode"] = "min" if monitor.endswith("loss") else "max"
    if told["kind"] == "LearningRateScheduler":
        rates = settings["rates"]
        return keras.callbacks.LearningRateScheduler(lambda epoch, _=None: rates[epoch - first])
    if told["kind"] == "ModelCheckpoint":
        return _checkpoint(settings)
    if told["kind"] == "TerminateOnNaN":
        return keras.callbacks.TerminateOnNaN()
    return getattr(keras.callbacks, told["kind"])(**settings)


def _monitored(name: str, recipe: Recipe) -> str:
    """Return today's name of what a callback watches: `val_acc` was Keras 2's."""
    today = {"acc": "accuracy", "val_acc": "val_accuracy"}.get(name, name)
    return name if name.removeprefix("val_") in recipe.metrics else today


def _checkpoint(settings: Mapping[str, Any]) -> Any:
    """Return Keras's ModelCheckpoint with memory for a file, which is written where the student's code is."""
    import keras

    class Checkpoint(keras.callbacks.ModelCheckpoint):  # type: ignore[misc]  # Keras has no types
        best: Any
        saved_epoch: int | None = None
        weights: Sequence[Any] = ()

        def _save_model(self, epoch: int, batch: int | None, logs: Mapping[str, Any] | None) -> None:
            del batch
            current = (logs or {}).get(self.monitor)
            if self.save_best_only and (current is None or not self._is_improvement(current, self.best)):
                return
            self.best = current if self.save_best_only else self.best
            self.saved_epoch, self.weights = epoch, self.model.get_weights()

    return Checkpoint(
        "never-written.keras",
        monitor=settings["monitor"],
        save_best_only=settings["save_best_only"] is True,
        mode=settings["mode"],
    )
