import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import Torn, Unreadable, versions

NAMES = ("tensorflow", "keras")


def both(a, b):
    return {"tensorflow": a, "keras": b}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TensorFlow 1.14.0\n\nKeras 2.3.1", both("1.14.0", "2.3.1")),
        ("TF version: 2.15.0, keras==3.0.5", both("2.15.0", "3.0.5")),
        ("tf.__version__ '2.21.0'", {"tensorflow": "2.21.0"}),
        ("TensorFlow 2.4.1 (Keras 2.4.0)", both("2.4.1", "2.4.0")),
        ("2.21.0 for tensorflow and 3.15.1 for keras", both("2.21.0", "3.15.1")),
        ("2.15.0 (TensorFlow), 3.0.5 (Keras)", both("2.15.0", "3.0.5")),
        ("Keras 2", {"keras": "2"}),
        ("TF v2.15, keras 2.16.0-rc1", both("2.15", "2.16.0-rc1")),
        ("tensorflow 2.15.0+cpu", {"tensorflow": "2.15.0+cpu"}),
        ("TensorFlow and Keras versions: 2.4.1 and 2.4.0", both("2.4.1", "2.4.0")),
        ("TensorFlow and Keras are 2.4.1 and 2.4.0 respectively", both("2.4.1", "2.4.0")),
        ("I used Python 3.6, TF 1.12 and Keras 2.2", both("1.12", "2.2")),
        ("TensorFlow 2.15.0 with Keras 2.14.0 on Python 3.10.12", both("2.15.0", "2.14.0")),
        ("tensorflow-gpu==1.14.0\nKeras==2.3.1", both("1.14.0", "2.3.1")),
        ("The version of TensorFlow is 2.15.0, and that of Keras is 2.14.0.", both("2.15.0", "2.14.0")),
        ("Both TensorFlow and Keras are 2.15.0", both("2.15.0", "2.15.0")),
        ("print(tf.__version__)\n2.21.0\nprint(keras.__version__)\n3.15.1", both("2.21.0", "3.15.1")),
        ("TensorFlow: 2.15.0. Keras: 3.0.", both("2.15.0", "3.0")),
        ("Tensorflow Version = 2.8.2\nKeras Version = 2.8.0", both("2.8.2", "2.8.0")),
        ("**TensorFlow**: `2.15.0`, **Keras**: `3.0.5`", both("2.15.0", "3.0.5")),
        ("| TensorFlow | 2.15.0 |\n| Keras | 3.0.5 |", both("2.15.0", "3.0.5")),
        ("- tensorflow: 2.15.0\n- keras: 3.0.5", both("2.15.0", "3.0.5")),
        ("tf.keras 2.2.4-tf", {"keras": "2.2.4-tf"}),
        ("Keras 3.0.5, TensorFlow 2.15.0", both("2.15.0", "3.0.5")),
        ("2.15.0\n3.0.5", both("2.15.0", "3.0.5")),
        ("TensorFlow's version is 2.15.0. Keras' version is 2.15.0.", both("2.15.0", "2.15.0")),
        ("I ran TensorFlow 2.15.0 (Colab). The Keras version there is 3.4.1.", both("2.15.0", "3.4.1")),
        ("For TensorFlow I used 2.15.0 and for Keras I used 3.0.5.", both("2.15.0", "3.0.5")),
        ("TensorFlow and Keras 2.15.0", both("2.15.0", "2.15.0")),
        ("TensorFlow/Keras 2.15.0", both("2.15.0", "2.15.0")),
        ("both 2.15.0", both("2.15.0", "2.15.0")),
        ("2.16.0-rc1 and 3.0.5", both("2.16.0-rc1", "3.0.5")),
        ("keras 2.2.4 running on tensorflow 1.12.0", both("1.12.0", "2.2.4")),
    ],
)
def test_versions_are_read(text, expected):
    assert versions(text, names=NAMES).value == expected


@pytest.mark.parametrize(
    "text", ["", "none", "TensorFlow and Keras", "Python 3.6", "the newest", "tensorflow 97%", "2.15.0",
     "TensorFlow 2.15.0, Keras came with it", "I used the Keras that comes with TensorFlow 2.15.0", "it took 2.5 hours and 3.5 GB",
     "2.5 h and 3.5 GB", "Problem 2.1 and 3.4", "not tensorflow 2, not keras 3", "no tensorflow 1.2, no keras 3.4",
     "tensorflow 2024 keras 2023", "I didn't use TensorFlow 1.14", "TensorFlow is not 2.15.0, Keras 3.0.5"],
)  # fmt: skip
def test_no_version_is_for_a_person(text):
    with pytest.raises(Unreadable):
        versions(text, names=NAMES)


def test_two_versions_of_one_library_are_torn():
    with pytest.raises(Torn):
        versions("tensorflow 1.12 tensorflow 2.15", names=NAMES)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"tensorflow": "2.1", "keras": "2.2"}, both("2.1", "2.2")),
        ({"TF": "2.1"}, {"tensorflow": "2.1"}),
        (("2.21.0", "3.15.1"), both("2.21.0", "3.15.1")),
        (["2.21.0", "3.15.1"], both("2.21.0", "3.15.1")),
        (("keras 3.15.1", "tensorflow 2.21.0"), both("2.21.0", "3.15.1")),
    ],
)
def test_data(value, expected):
    assert versions(value, names=NAMES).value == expected


@pytest.mark.parametrize("value", [None, 2, 2.1, (2, 3), {"keras": 2}, [None], [], {}, ("2.1",) * 100])
def test_other_data_is_unreadable(value):
    with pytest.raises(Unreadable):
        versions(value, names=NAMES)


VERSION = st.lists(st.integers(0, 30), min_size=2, max_size=3).map(lambda parts: ".".join(map(str, parts)))
STYLES = [
    "tensorflow {}\nkeras {}",
    "TF {}, Keras {}",
    "tensorflow=={}\nkeras=={}",
    "TensorFlow: {} Keras: {}",
    "{} for TensorFlow, {} for Keras",
]


@given(VERSION, VERSION, st.sampled_from(STYLES))
def test_versions_printed_in_any_style_read_back(a, b, style):
    assert versions(style.format(a, b), names=NAMES).value == both(a, b)
