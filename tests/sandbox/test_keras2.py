"""Code written for Keras 2 runs as it was written, and the report says when that was needed."""

from __future__ import annotations

import pytest

from grader.sandbox import Crashed, Missing, NotTrained
from grader.sandbox.libraries import libraries

OLD = """
import keras
from keras.utils import np_utils
import tensorflow.keras.utils.np_utils as np_utils_too
from keras.layers.core import Dense, Dropout, Activation, Flatten
from tensorflow.keras.layers.convolutional import Conv2D
from keras.layers import Convolution2D, MaxPooling2D
from keras.models import Sequential
from keras.datasets import mnist
from keras.optimizers import SGD, Adam
import tensorflow as tf
one_hot = np_utils.to_categorical([0, 2], 3)
kind = [Dense(output_dim=10, init='uniform').units, Dropout(p=.25).rate]
conv = Convolution2D(32, 3, 3, border_mode='same', subsample=(2, 2), dim_ordering='tf')
told = [conv.kernel_size, conv.padding, conv.strides, conv.data_format]
rows = Convolution2D(nb_filter=8, nb_row=3, nb_col=5).kernel_size
modern = Conv2D(8, 3, 2).strides
rate = float(SGD(lr=0.5).learning_rate)
slow = SGD(lr=0.5, decay=0.25, momentum=0.9)
falling = [float(slow._learning_rate(step)) for step in (0, 4)]
legacy = keras.optimizers.legacy.Adam(lr=0.125)
legacy_rate = float(legacy.learning_rate)
tf_legacy = float(tf.keras.optimizers.legacy.SGD(learning_rate=0.25).learning_rate)
with tf.device('/GPU:0'):
    on_device = float(tf.constant(1.0) + 1)
history = keras.callbacks.History()
history.history['accuracy'] = [0.5, 0.75]
acc = history.history['acc']
also = [history.history.get('acc'), history.history.get('val_acc'), list(history.history)]
try:
    history.history['nothing']
except KeyError:
    lost = True
model = Sequential([keras.Input((4,)), Dense(3, activation='softmax')])
classes = model.predict_classes(one_hot.repeat(2, 1)[:, :4], verbose=0)
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
figures = plt.get_fignums()
"""


@pytest.mark.slow
def test_old_names_and_keywords_are_read(module):
    student = module(OLD, load_seconds=120)
    assert student.value("one_hot").tolist() == [[1, 0, 0], [0, 0, 1]]
    assert student.value("kind") == [10, 0.25]
    assert student.value("told") == [(3, 3), "same", (2, 2), "channels_last"]
    assert student.value("rows") == (3, 5)
    assert student.value("modern") == (2, 2)
    assert student.value("rate") == 0.5
    assert student.value("falling") == pytest.approx([0.5, 0.25])  # 0.5 / (1 + 0.25 * 4), by hand
    assert student.value("legacy_rate") == 0.125
    assert student.value("tf_legacy") == 0.25
    assert student.value("on_device") == 2
    assert student.value("acc") == [0.5, 0.75]
    assert student.value("also") == [[0.5, 0.75], None, ["accuracy"]]
    assert student.value("lost") is True
    assert student.value("classes").shape == (2,)
    assert student.value("figures") == [1]
    assert student.output == ""
    noted = [note for note in student.notes if note.startswith("written for Keras 2: ")]
    assert len(noted) == len(set(noted))
    for old in (
        "keras.utils.np_utils",
        "keras.layers.core",
        "lr",
        "decay",
        "acc",
        "p",
        "border_mode",
        "predict_classes",
    ):
        assert any(f"`{old}` was read as" in note for note in noted), old


@pytest.mark.slow
def test_code_of_today_is_left_alone_and_training_is_noted(notebook):
    student = notebook(
        "import keras\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\nx = 1",
        "model.compile('sgd', 'mse')\nhistory = model.fit([1], [1], nb_epoch=3)",
    )
    assert student.value("x") == 1
    with pytest.raises(NotTrained):
        student.value("history")
    assert [note for note in student.notes if "Keras 2" in note] == [
        "written for Keras 2: `nb_epoch` was read as `epochs`"
    ]


def test_colab_and_ipython_do_nothing(notebook):
    student = notebook(
        "from google.colab import drive, files\nimport google.colab.output as out\ndrive.mount('/content/drive')\n"
        "up = files.upload()\nfiles.download('x')\nout.clear()",
        "from IPython.display import Image, display, clear_output\nclear_output()\nImage('x.png')\ny = 2",
    )
    assert (student.value("up"), student.value("y"), student.notes) == ({}, 2, ())


def test_a_failed_import_costs_its_names_and_no_more(module, notebook):
    code = "import nothing_such\nfrom math import nowhere, pi\nx = 1\ny = nothing_such.z\nz = 3"
    for made in (module(code), notebook(code)):
        assert made.value("x") == 1
        with pytest.raises(Crashed, match="No module named 'nothing_such'"):
            made.value("nothing_such")
        with pytest.raises(Crashed, match="cannot import name 'nowhere'"):
            made.value("nowhere")
        with pytest.raises(Crashed, match="line 4: NameError"):
            made.value("z")
        assert made.notes[0].endswith("ModuleNotFoundError: No module named 'nothing_such'")


def test_an_import_of_the_student_s_that_crashes_is_a_crash(module):
    student = module("import mine\nx = 1", files={"mine.py": b"1 / 0"})
    with pytest.raises(Crashed, match="ZeroDivisionError"):
        student.value("x")


def test_what_a_failed_import_does_not_bind_is_missing(module):
    with pytest.raises(Missing):
        module("import nothing_such\nx = 1").value("y")


@pytest.mark.parametrize(
    "what", ["import torch", "from torch import nn", "import torchvision.datasets as torch"]
)
def test_another_framework_is_left_to_a_person(module, what):
    name = what.split()[-1]
    student = module(f"{what}\nx = 1\nnet = {name}.Linear(3, 2)")
    assert student.value("x") == 1
    for lost in (name, "net"):
        with pytest.raises(NotTrained, match="PyTorch, which is not graded here: a person looks"):
            student.value(lost)


def test_future_imports_hold_for_the_whole_file(module):
    code = "'''doc'''\nfrom __future__ import annotations\nimport math\ndef f(x: Nowhere) -> Nowhere: return x\nd = __doc__"
    student = module(code)
    assert student.call("f", 3) == 3
    assert student.value("d") == "doc"


PREAMBLE = "import numpy as np\nimport nothing_such\nimport tensorflow as tf\nseven = 7\ntwice = seven * 2\n"


def test_the_course_s_first_cell_runs_as_far_as_it_is_used(notebook, module):
    made = notebook("x = float(np.ones(2).sum()) + twice", preamble=PREAMBLE)
    assert made.value("x") == 16
    assert made.names() == ("x",)
    assert libraries(made._code, made._preamble) == ["numpy"]
    with pytest.raises(Missing):
        made.value("nothing")
    broken = notebook("y = nothing_such\n", "z = 1", preamble=PREAMBLE)
    assert broken.value("z") == 1
    assert any("first cell" in note for note in broken.notes)
    with pytest.raises(Crashed, match="NameError"):
        module("x = np.ones(2)", preamble=PREAMBLE).value("x")


@pytest.mark.slow
def test_an_old_module_is_there_for_who_never_imports_it(module):
    code = "import keras\nimport tensorflow as tf\n"
    code += "x = [k.utils.np_utils.to_categorical([1], 3).tolist() for k in (keras, tf.keras)]\n"
    student = module(code, load_seconds=120)
    assert student.value("x") == [[[0, 1, 0]], [[0, 1, 0]]]
    assert "written for Keras 2: `keras.utils.np_utils` was read as `keras.utils`" in student.notes
