"""Keras comes without downloads and without training; where it is not installed, that is said."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import Crashed, Missing, NotTrained, launch
from grader.sandbox.inside import reach
from grader.sandbox.libraries import libraries

BUILD = """
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input
def build():
    model = Sequential([Input((784,)), Dense(10, activation='softmax')])
    model.compile(loss='categorical_crossentropy', metrics=['accuracy'])
    return model
"""


@pytest.mark.slow
def test_training_is_left_to_the_grader(notebook):
    student = notebook(
        BUILD + "shapes = [w.shape for w in build().get_weights()]",
        "model = build()\ntry:\n    history = model.fit([], [])\nexcept Exception:\n    history = 0",
        "losses = history.history['loss']",
        "late = 5",
        "def train():\n    return build().train_on_batch([], [])",
        load_seconds=60,
    )
    assert student.value("shapes") == [(784, 10), (10,)]
    assert student.value("late") == 5
    assert student.notes[0] == "cell 2: training is left to the grader"
    for name in ("history", "losses"):
        with pytest.raises(NotTrained, match="training is left to the grader"):
            student.value(name)
    with pytest.raises(NotTrained):
        student.call("train")
    with pytest.raises(Missing):
        student.value("other")


@pytest.mark.slow
def test_mnist_is_there_under_every_name_without_a_download(module):
    code = """
import numpy as np, keras, tensorflow as tf
from keras.datasets import mnist as a
from tensorflow.keras.datasets import mnist as b
import matplotlib
matplotlib.use('TkAgg')
import matplotlib.pyplot as plt
ways = (a.load_data, b.load_data, keras.datasets.mnist.load_data, tf.keras.datasets.mnist.load_data)
((x, y), (x_test, y_test)) = ways[0]('mnist.npz')
same = [all(np.array_equal(p, q) for p, q in zip(way()[1], (x_test, y_test))) for way in ways]
arrays = [(v.shape, str(v.dtype), int(v.min()), int(v.max())) for v in (x, y, x_test, y_test)]
plt.imshow(x[0])
plt.show()
tensor = tf.constant([[1, 2]], tf.int16) * 2
variable = tf.Variable([1.5])
symbol = keras.Input((3,))
draws = float(tf.random.uniform([]))
"""
    student = module(code)
    assert student.value("same") == [True] * 4
    assert student.value("arrays") == [
        ((60000, 28, 28), "uint8", 0, 255),
        ((60000,), "uint8", 0, 9),
        ((10000, 28, 28), "uint8", 0, 255),
        ((10000,), "uint8", 0, 9),
    ]
    tensor = student.value("tensor")
    assert (tensor.tolist(), str(tensor.dtype)) == ([[2, 4]], "int16")
    assert student.value("variable").tolist() == [1.5]
    with pytest.raises(Crashed):
        student.value("symbol")
    assert module("import tensorflow as tf\ndraws = float(tf.random.uniform([]))").value(
        "draws"
    ) == student.value("draws")


@pytest.fixture
def bare_python(monkeypatch, tmp_path):
    """Use an interpreter that has NumPy, and no TensorFlow."""
    bare = sys._base_executable
    probe = "import importlib.util as u, sys; sys.exit(u.find_spec('tensorflow') is not None)"
    if subprocess.run([bare, "-I", "-c", probe], check=False).returncode:
        pytest.skip("the interpreter beneath this environment has TensorFlow too")
    packages = tmp_path / "packages"
    packages.mkdir()
    for path in Path(np.__file__).parents[1].glob("numpy*"):
        (packages / path.name).symlink_to(path)
    started = tmp_path / "python"
    started.write_text(f'#!/bin/sh\nPYTHONPATH="{packages}" exec "{bare}" "$@"\n')
    started.chmod(0o700)
    monkeypatch.setattr(launch, "PYTHON", str(started))


@pytest.mark.parametrize("wall", ["off"], indirect=True)  # a fresh process: warm parents have TensorFlow
def test_where_tensorflow_is_not_installed_it_is_said(module, notebook, bare_python):
    student = module("x = 1\nfrom tensorflow.keras import layers\ny = 2")
    assert student.value("x") == 1
    with pytest.raises(
        NotTrained, match="TensorFlow is not installed here: networks are measured by the grader"
    ):
        student.value("layers")
    assert student.value("y") == 2
    with pytest.raises(Missing):
        student.value("z")
    student = notebook("import keras", "model = keras.Sequential()", "def f():\n    import tensorflow")
    with pytest.raises(NotTrained):
        student.value("model")
    with pytest.raises(NotTrained):
        student.call("f")
    with pytest.raises(Crashed, match="nothing_such"):
        module("import nothing_such").value("nothing_such")


def test_installed_packages_may_be_read_wherever_the_path_leads_to_them(monkeypatch):
    before = reach.readable()
    monkeypatch.setattr(
        sys, "path", [*sys.path, "/opt/tf/lib/site-packages/", "/opt/dist-packages", "/opt/own"]
    )
    assert set(reach.readable()) - set(before) == {"/opt/tf/lib/site-packages/", "/opt/dist-packages"}


@pytest.mark.parametrize("wall", ["off"], indirect=True)  # a fresh process: warm parents were started before
def test_packages_outside_the_environment_are_found_where_it_leads_to_them(module, monkeypatch, tmp_path):
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    (packages,) = (tmp_path / "env").glob("lib/python*/site-packages")
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout" / "answers.py").write_text("x = 42")
    elsewhere = Path(np.__file__).parents[1]
    (packages / "beside.pth").write_text(f"{elsewhere}\n{tmp_path / 'checkout'}\n")
    monkeypatch.setattr(launch, "PYTHON", str(tmp_path / "env" / "bin" / "python"))
    assert module("import numpy as np\nx = int(np.ones(3).sum())").value("x") == 3
    with pytest.raises(Crashed, match="No module named 'answers'"):
        module("import answers").value("answers")


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("versions = {'tensorflow': '2.21', 'keras': '3'}\nimport numpy as np", ["numpy"]),
        ("# keras is of no import here", ["keras"]),  # a mention too many costs seconds, one too few training
        ("x = 1; import tensorflow as tf", ["keras"]),
        ("    from keras.layers import Dense", ["keras"]),
        ("t = __import__('tensorflow')", ["keras"]),
        ("import numpy, matplotlib.pyplot, keras", ["numpy", "matplotlib", "keras"]),
        ("x = 608", []),
    ],
)
def test_only_what_is_imported_is_waited_for(module, code, wanted):
    assert libraries(module(code)._code) == wanted
