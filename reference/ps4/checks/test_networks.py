"""2D to 2F and 3G: the trained networks. Until the trainer measures them, a person does."""

import pytest

NOT_MEASURED_YET = "Networks are not trained and measured here yet: a person looks at yours."
UNITS = pytest.mark.parametrize("units", [100, 200, 1000])


@UNITS
def test_mlp_units(answer, verdict, units):
    """The hidden units are within the cap."""
    _left_to_a_person(answer, verdict, f"mlp_{units}")


@UNITS
def test_mlp_layers(answer, verdict, units):
    """Only Dense, Dropout, ReLU and softmax are used."""
    _left_to_a_person(answer, verdict, f"mlp_{units}")


@UNITS
def test_mlp_accuracy(answer, verdict, units):
    """The test accuracy that is asked for is reached."""
    _left_to_a_person(answer, verdict, f"mlp_{units}")


def test_cnn_parameters(answer, verdict):
    """The network has fewer than 1,000,000 parameters."""
    _left_to_a_person(answer, verdict, "cnn")


def test_cnn_accuracy(answer, verdict):
    """The test accuracy that is asked for is reached within 10 epochs."""
    _left_to_a_person(answer, verdict, "cnn")


def _left_to_a_person(answer, verdict, name):
    if not (answer.has(name) or answer.given()):
        raise answer.absent(name)
    verdict.pend(NOT_MEASURED_YET)
