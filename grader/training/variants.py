"""a training -> the same training with one step put right that people leave out, or take twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.datasets import Dataset
from grader.training.once import Step, Steps
from grader.training.recipe import Recipe, View

WHITE = 255.0
Change = Callable[[Recipe], Recipe | None]


@dataclass(frozen=True)
class Variant:
    """One change. `mistake` is what the code does without it, `how` what is said of the network with it.

    A change that puts nothing right, and only explains what is claimed, has no mistake.
    """

    mistake: str
    how: str
    steps: Steps


def variants(steps: Steps) -> list[Variant]:
    """Return what may explain a training that fell short, what is likeliest first."""
    found = []
    for mistake, (how, change) in CHANGES.items():
        changed = [change(step.recipe) for step in steps]
        if all(recipe is not None for recipe in changed):
            new = tuple(
                replace(step, recipe=recipe)
                for step, recipe in zip(steps, changed, strict=True)
                if recipe is not None
            )
            found.append(Variant(mistake, how, new))
    return found


def on_test_images_too(steps: Steps, data: Dataset) -> Variant:
    """Return the training with the test images among those that it is trained on."""
    first = len(data.arrays["x_train"])
    test = np.arange(first, first + len(data.arrays["x_test"]), dtype=np.int32)

    def change(step: Step) -> Step:
        rows = np.concatenate([step.recipe.images.rows, test])
        return replace(step, recipe=replace(step.recipe, images=replace(step.recipe.images, rows=rows)))

    return Variant("", "trained on the test images too", tuple(map(change, steps)))


def _scaled(recipe: Recipe, applies: Callable[[View], bool]) -> Recipe | None:
    """Return the recipe on pixels from 0 to 1, None where its own are scaled in another way."""
    if not applies(recipe.images):
        return None
    images = replace(recipe.images, divide=WHITE, add=0.0)
    validation = recipe.validation and replace(recipe.validation, divide=WHITE, add=0.0)
    return replace(recipe, images=images, validation=validation)


def _not_scaled(recipe: Recipe) -> Recipe | None:
    return _scaled(recipe, lambda view: (view.divide, view.add) == (1.0, 0.0))


def _scaled_twice(recipe: Recipe) -> Recipe | None:
    return _scaled(recipe, lambda view: isinstance(view.divide, float) and abs(view.divide) > WHITE * 64)


def _no_softmax(recipe: Recipe) -> Recipe | None:
    crossentropy = "crossentropy" in recipe.loss["name"]
    if not crossentropy or recipe.loss["from_logits"] or _last_activation(recipe) != "linear":
        return None
    return replace(recipe, loss={**recipe.loss, "from_logits": True})


def _last_activation(recipe: Recipe) -> str:
    """Return what the last layer does to its sums."""
    last: Mapping[str, Any] = recipe.network["layers"][-1]
    if last["class_name"] == "Softmax":
        return "softmax"
    activation = last["config"].get("activation")
    return activation if isinstance(activation, str) else ""


# By mistake: what is said of the network without it, and the change.
CHANGES: Mapping[str, tuple[str, Change]] = {
    "pixels not scaled": ("with pixels scaled to [0, 1]", _not_scaled),
    "pixels scaled twice": ("with pixels scaled to [0, 1] once", _scaled_twice),
    "softmax missing": ("with a softmax after its last layer", _no_softmax),
}
