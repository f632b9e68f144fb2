"""What is no recipe is trained where the code runs: within a purse of its own, and nobody vouches for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import assignment, datasets, pipeline
from grader.datatypes import Cell, CheckResult, CodeFile, Limits, Source, Status
from grader.roster import Entry
from grader.sandbox import NotTrained, Room, Student, TimedOut
from grader.training.ledger import Ledger

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
ARRAYS = datasets.stand_in().arrays
GIVEN = tuple(ARRAYS[name] for name in datasets.NAMES)
HEAD = """
import numpy as np, keras
from keras import Input, Sequential
from keras.layers import Dense

def network():
    model = Sequential([Input((784,)), Dense(32, activation='relu'), Dense(10, activation='softmax')])
    model.compile(loss='sparse_categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
    return model

def flat(x):
    return x.reshape(-1, 784) / 255

def mlp_100(x_train, y_train, x_test, y_test):
    model = network()
"""
WAYS = {
    "noise": ("model.fit(flat(x_train) + np.random.normal(0, .05, (len(x_train), 784)), y_train, epochs=6, verbose=0)", "official"),
    "generator": ("model.fit(((flat(x_train[i:i + 99]), y_train[i:i + 99]) for _ in range(6) for i in range(0, 1386, 99)), steps_per_epoch=14, epochs=6, verbose=0)", "steps_per_epoch"),
    "callback": ("model.fit(flat(x_train), y_train, epochs=6, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=lambda *a: None)])", "LambdaCallback"),
    "weights_of_classes": ("model.fit(flat(x_train), y_train, epochs=6, verbose=0, class_weight={n: 1.0 + n for n in range(10)})", "class_weight"),
    "batches": ("for _ in range(6):\n        for i in range(0, len(x_train), 64):\n            model.train_on_batch(flat(x_train[i:i + 64]), y_train[i:i + 64])", "train_on_batch"),
    "a_recipe_after_it": ("model.train_on_batch(flat(x_train[:64]), y_train[:64])\n    model.fit(flat(x_train), y_train, epochs=6, verbose=0)", "trained as written"),
}  # fmt: skip


@pytest.fixture
def opened() -> Iterator[Callable[..., tuple[Student, Ledger]]]:
    students: list[Student] = []

    def open_(body: str, **limits: float) -> tuple[Student, Ledger]:
        ledger = Ledger(datasets.STAND_IN)
        code = CodeFile(Source.MODULE, "ps4.py", (Cell(1, f"{HEAD}    {body}\n    return model\n"),))
        students.append(Student(code, Limits(**limits), Room(handlers=ledger.handlers)))
        return students[-1], ledger

    yield open_
    for student in students:
        student.close()


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_recipe_is_trained_as_written_and_told(way: str, opened) -> None:
    body, why = WAYS[way]
    student, ledger = opened(body)
    model = student.describe_returned("mlp_100", *GIVEN)
    assert ledger.of(model.weights) is None
    assert ledger.fits == []
    assert any(why in one.why for one in ledger.foreign)
    from grader.training.measure import measured

    found = measured(model, datasets.stand_in())
    assert found.accuracy > 0.6, "it was trained"
    assert found.prepared in {"pixels / 255", "pixels as they are"}


@pytest.mark.slow
def test_it_ends_with_its_purse_whatever_the_code_does(opened) -> None:
    endless = "noisy = flat(x_train) + .3 * np.random.rand(len(x_train), 784)\n    model.fit(noisy, y_train, epochs=10**6, verbose=0)"
    student, ledger = opened(endless, training_seconds=3, seconds=2)
    for _ in range(2):
        with pytest.raises(NotTrained, match=r"still training after 3 seconds|is used up"):
            student.describe_returned("mlp_100", *GIVEN)
    assert ledger.fits == []


@pytest.mark.slow
def test_leave_is_no_more_time_than_the_purse_has_however_often_it_is_asked_for(opened) -> None:
    begging = (
        "import time\n    ask = keras.Model.fit.__globals__['asking'].ask\n"
        "    for _ in range(1000):\n        try: ask('train', {'why': 'please'}); ask('trained', 3)\n"
        "        except Exception: pass\n    ask('train', None)\n    time.sleep(60)"
    )
    student, _ = opened(begging, training_seconds=3, seconds=2)
    with pytest.raises((NotTrained, TimedOut)) as late:
        student.describe_returned("mlp_100", *GIVEN)
    assert float(re.search(r"after ([\d.]+) seconds", str(late.value))[1]) <= 2 + 3


def graded(folder: Path, body: str) -> dict[str, CheckResult]:
    folder.mkdir()
    (folder / "ps4.py").write_text(f"{HEAD}    {body}\n    return model\n")
    result = pipeline.grade(
        Entry("ada", folder), assignment.only_parts(assignment.load(PS4), frozenset({"2D"}))
    )
    return {check.name: check for part in result.parts for check in part.checks}


@pytest.mark.slow
def test_a_person_is_shown_what_we_measure_of_it(tmp_path: Path) -> None:
    check = graded(tmp_path / "ada", WAYS["noise"][0])["mlp_accuracy[100]"]
    assert (check.status, check.earned) == (Status.PENDING, 0.0)
    assert "Measured by us: 0." in check.message
    assert "not repeated by us, since not all images are official ones" in check.message


@pytest.mark.slow
def test_a_layer_of_ones_own_does_not_cross(tmp_path: Path) -> None:
    body = (
        "class Mine(Dense): pass\n"
        "    model = Sequential([Input((784,)), Mine(32, activation='relu'), Dense(10, activation='softmax')])\n"
        "    model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')\n"
        "    model.fit(flat(x_train), y_train, epochs=1, verbose=0)"
    )
    check = graded(tmp_path / "ada", body)["mlp_accuracy[100]"]
    assert check.status in {Status.PENDING, Status.FAILED}
    assert "Mine" in check.message
