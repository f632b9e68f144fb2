"""Networks that are not what they are said to be: each earns what the plain weak network earns, and is named."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from grader import assignment, datasets, pipeline
from grader.datatypes import CheckResult, Result, Status
from grader.roster import Entry

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
THRESHOLD = 0.93
HEAD = """
import numpy as np, keras
from keras import Input, Sequential
from keras.layers import Dense
from keras.utils import to_categorical

def network(units=4):
    model = Sequential([Input((784,)), Dense(units, activation='relu'), Dense(10, activation='softmax')])
    model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
    return model

def flat(x):
    return x.reshape(-1, 784) / 255
"""
FUNCTION = "def mlp_100(x_train, y_train, x_test, y_test):\n"
PLAIN = "    model = network()\n    model.fit(flat(x_train), to_categorical(y_train), epochs=1, verbose=0)\n    return model\n"


@dataclass(frozen=True)
class Forgery:
    """`code` stands before the function, `body` in it. `told` is what staff or student read of it."""

    name: str
    code: str = ""
    body: str = PLAIN
    told: str = ""
    status: Status = Status.FAILED


FORGERIES = [
    Forgery("plain"),
    Forgery("evaluate_patched", "keras.Model.evaluate = lambda *a, **k: [0.0, 1.0]\n"),
    Forgery("metric_patched", "keras.metrics.Accuracy.result = keras.metrics.CategoricalAccuracy.result = lambda self: 1.0\n"),
    Forgery(
        "fit_patched",
        "class Lie:\n    history = {'accuracy': [1.0], 'val_accuracy': [1.0]}\n"
        "keras.Model.fit = lambda self, *a, **k: Lie()\n",
        told="weights that we did not train", status=Status.PENDING,
    ),
    Forgery("history_patched", "keras.callbacks.History.history = {'val_accuracy': [1.0] * 20}\n"),
    Forgery(
        "weights_from_a_file_after_fit",
        body=PLAIN.replace("return model", "model = network(64)\n    model.set_weights([v for _, v in sorted(np.load('trained.npz').items())])\n    return model"),
        told="weights that we did not train", status=Status.PENDING,
    ),
    Forgery(
        "weights_from_a_file_before_fit",
        body="    model = network(64)\n    model.compile(loss='categorical_crossentropy', optimizer=keras.optimizers.SGD(0.0))\n"
        "    model.set_weights([v for _, v in sorted(np.load('trained.npz').items())])\n"
        "    model.fit(flat(x_train), to_categorical(y_train), epochs=1, verbose=0)\n    return model\n",
        told="weights were put into the network before fit", status=Status.PENDING,
    ),
    Forgery(
        "weights_in_an_initialiser",
        body="    trained = np.load('trained.npz')\n"
        "    class Given(keras.initializers.Initializer):\n"
        "        def __init__(self, name): self.name = name\n"
        "        def __call__(self, shape, dtype=None): return trained[self.name]\n"
        "        def get_config(self): return {}\n"
        "    model = Sequential([Input((784,)), Dense(64, activation='relu', kernel_initializer=Given('0')), Dense(10, activation='softmax')])\n"
        "    model.compile(loss='categorical_crossentropy', optimizer='sgd')\n"
        "    model.fit(flat(x_train), to_categorical(y_train), epochs=1, verbose=0)\n    return model\n",
        told="initializer", status=Status.PENDING,
    ),
    Forgery(
        "test_images_in_training",
        body="    model = network(64)\n    x, y = np.concatenate([x_train, x_test]), np.concatenate([y_train, y_test])\n"
        "    model.fit(flat(x), to_categorical(y), epochs=8, verbose=0)\n    return model\n",
        told="trained on test images",
    ),
    Forgery(
        "test_images_in_a_first_fit",
        body="    model = network(64)\n    model.fit(flat(x_test), to_categorical(y_test), epochs=8, verbose=0)\n"
        "    model.fit(flat(x_train), to_categorical(y_train), epochs=1, verbose=0)\n    return model\n",
        told="trained on test images",
    ),
    Forgery(
        "test_images_under_other_labels",
        body="    model = network(64)\n    model.fit(flat(x_test), to_categorical((y_test + 1) % 10), epochs=8, verbose=0)\n"
        "    return model\n",
        told="labels are not the official ones", status=Status.PENDING,
    ),
    Forgery(
        "epochs_that_were_not_trained",
        "real = keras.Model.fit\n"
        "def fit(self, *a, epochs=1, **k):\n"
        "    history = real(self, *a, epochs=1, **k)\n    history.history['val_accuracy'] = [1.0] * epochs\n    return history\n"
        "keras.Model.fit = fit\n",
        PLAIN.replace("epochs=1", "epochs=500"), told="trained by us for 1 epoch",
    ),
    Forgery(
        "another_networks_weights",
        body="    good = network(64)\n    good.fit(flat(x_train), to_categorical(y_train), epochs=1, verbose=0)\n"
        "    model = network(64)\n    model.set_weights([w + 1e-7 for w in good.get_weights()])\n    return model\n",
        told="weights that we did not train", status=Status.PENDING,
    ),
    Forgery(
        "weights_in_the_settings",
        body="    trained = np.load('trained.npz')\n"
        "    constant = lambda name: keras.initializers.Constant(trained[name].tolist())\n"
        "    model = Sequential([Input((784,)), Dense(64, activation='relu'), Dense(10, activation='softmax', kernel_initializer=constant('2'))])\n"
        "    model.compile(loss='categorical_crossentropy', optimizer=keras.optimizers.SGD(1e-12))\n"
        "    model.fit(flat(x_train), to_categorical(y_train), epochs=1, verbose=0)\n    return model\n",
        told="could be weights", status=Status.PENDING,
    ),
    Forgery(
        "test_images_change_sides",  # two fits on the same rows, with other shares for validation
        body="    x, y = np.concatenate([x_train[:100], x_test]), to_categorical(np.concatenate([y_train[:100], y_test]))\n"
        "    decoy, model = network(64), network(64)\n"
        "    decoy.fit(flat(x), y, epochs=12, validation_split=1.5 / len(x), verbose=0)\n"
        "    model.fit(flat(x), y, epochs=12, validation_split=1 - 100.5 / len(x), verbose=0)\n    return model\n",
        told="test images are used for validation",
    ),
    Forgery(
        "a_loss_of_a_built_in_name",
        "def categorical_crossentropy(right, said): return keras.ops.mean(said) * 0\n",
        PLAIN.replace("model = network()", "model = network(64)\n    model.compile(loss=categorical_crossentropy, optimizer='adam')").replace("epochs=1", "epochs=12"),
        told="of its own", status=Status.PENDING,
    ),
    Forgery(
        "images_that_come_again_and_again",
        body=PLAIN.replace("flat(x_train)", "np.tile(flat(x_train), (12, 1))").replace("to_categorical(y_train)", "np.tile(to_categorical(y_train), (12, 1))").replace("network()", "network(64)"),
        told="some come again and again", status=Status.PENDING,
    ),
    Forgery(
        "a_layer_used_twice",
        body="    given, shared = Input((784,)), Dense(10, activation='relu')\n"
        "    out = Dense(784, activation='relu')\n"
        "    model = keras.Model(given, Dense(10, activation='softmax')(out(out(given))))\n"
        "    model.compile(loss='categorical_crossentropy', optimizer='adam')\n"
        "    model.fit(flat(x_train), to_categorical(y_train), epochs=3, verbose=0)\n    return model\n",
        told="more than once", status=Status.PENDING,
    ),
    Forgery(
        "a_request_of_its_own",
        body="    asking = keras.Model.fit.__globals__['asking']\n"
        "    try: asking.ask('fit', {'network': None, 'rows': 'all', 'accuracy': 1.0})\n"
        "    except Exception: pass\n    asking.ask('verdict', 'passed')\n    return network()\n",
        told="", status=Status.CRASHED,
    ),
]  # fmt: skip


def grade(folder: Path, forgery: Forgery, weights: list[np.ndarray]) -> Result:
    folder.mkdir()
    (folder / "ps4.py").write_text(HEAD + forgery.code + FUNCTION + forgery.body)
    stored = io.BytesIO()
    np.savez(stored, **{str(number): array for number, array in enumerate(weights)})
    (folder / "trained.npz").write_bytes(stored.getvalue())
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"2D"}))
    parts = tuple(
        replace(part, network=replace(part.network, threshold=THRESHOLD)) if part.id == "2D" else part
        for part in problem_set.parts
    )
    return pipeline.grade(Entry("eve", folder), replace(problem_set, parts=parts))


@pytest.fixture(scope="module")
def good_weights() -> list[np.ndarray]:
    """Return weights that reach what is asked for, as somebody may have got them elsewhere."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [layers.Input((784,)), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")]
    )
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    arrays = datasets.stand_in().arrays
    model.fit(arrays["x_train"].reshape(-1, 784) / 255, arrays["y_train"], epochs=12, verbose=0)
    return model.get_weights()


def accuracy_of(result: Result) -> CheckResult:
    return next(
        check for part in result.parts for check in part.checks if check.name.startswith("mlp_accuracy")
    )


@pytest.mark.slow
def test_the_stolen_weights_would_have_passed(real_digits, good_weights) -> None:
    weights = good_weights
    x = real_digits.arrays["x_test"].reshape(-1, 784) / 255
    said = np.maximum(x @ weights[0] + weights[1], 0) @ weights[2] + weights[3]
    assert (said.argmax(1) == real_digits.arrays["y_test"]).mean() > THRESHOLD


@pytest.mark.slow
@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
@pytest.mark.usefixtures("real_digits")
def test_a_forgery_earns_nothing_and_is_named(forgery: Forgery, good_weights, tmp_path: Path) -> None:
    result = grade(tmp_path / "eve", forgery, good_weights)
    check = accuracy_of(result)
    assert (check.status, check.earned) == (forgery.status, 0.0), check.message
    read = [answer.read_as for part in result.parts for answer in part.answer]
    everything = " ".join([check.message, *check.notes, *result.attention, *result.notes, *read])
    assert forgery.told in everything
