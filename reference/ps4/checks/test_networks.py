"""2D to 2F and 3G: the trained networks, measured by the grader."""

import pytest

from ..networks import (
    MLP_THRESHOLDS,
    NOISE,
    SEEDS,
    UNITS,
    conventions,
    hidden_units,
    not_allowed,
)

NOT_MEASURED_YET = "Networks of this part are not trained and measured here yet: a person looks at yours."
CAPS = pytest.mark.parametrize("units", UNITS)


@CAPS
def test_mlp_units(network, verdict, units):
    """The hidden units are within the cap."""
    found = hidden_units(network.of(f"mlp_{units}").config)
    verdict.expect(f"at most {units}")
    verdict.measure(hidden_units=found)
    if found > units:
        verdict.fail(f"Your network has {found} hidden units: {units} are allowed.")


@CAPS
def test_mlp_layers(network, verdict, units):
    """Only Dense, Dropout, ReLU and softmax are used."""
    config = network.of(f"mlp_{units}").config
    if wrong := not_allowed(config):
        verdict.fail(f"Your network has {' and '.join(wrong)}: that is not allowed here.")
    for kind in conventions(config):
        verdict.note(f"{kind} is accepted beside the layers that are allowed")


@CAPS
def test_mlp_accuracy(network, verdict, units):
    """The test accuracy that is asked for is reached."""
    found = network.of(f"mlp_{units}")
    threshold = MLP_THRESHOLDS[units]
    verdict.expect(f"at least {threshold} on the test images, after any epoch")
    if network.on_test_images(found):
        verdict.fail("Your network is trained on test images: what it reaches on them says nothing.")
    if hidden_units(found.config) > units or not_allowed(found.config):
        verdict.fail(
            "An accuracy counts where the network keeps to the rules: see the checks beside this one."
        )
    _judge(network, verdict, found, threshold)


def _judge(network, verdict, found, threshold):
    measured = network.measured(found, threshold, seeds=SEEDS, noise=NOISE)
    verdict.measure(accuracy=measured.reached, last_accuracy=measured.last[0], seeds=len(measured.best))
    told = f"Trained as written, your network reached {measured.reached:.4f} after its best epoch"
    seeds = f" of {len(measured.best)} trainings from different weights" if len(measured.best) > 1 else ""
    told = f"{told}{seeds}, and {measured.last[0]:.4f} after its last"
    if network.provisional:
        verdict.pend(
            f"{told}. That is on a stand-in for MNIST, which was not to be found here: it is no mark yet.",
            "measured on the stand-in: say where MNIST is (GRADER_MNIST) and grade again",
        )
    if measured.reached >= threshold:
        verdict.note(f"{told}.")
        return
    scaled = network.scaled(found)
    if scaled is not None:
        verdict.measure(accuracy_scaled=scaled.reached)
        told = f"{told}. With pixels scaled to [0, 1] it reaches {scaled.reached:.4f}"
        verdict.flag(f"pixels are not scaled: {measured.reached:.4f} as written, {scaled.reached:.4f} scaled")
    if found.excerpt:
        verdict.pend(
            f"{told}; {threshold} is asked for. Code in a write-up is an excerpt, so a person looks.",
            f"measured {measured.reached:.4f} as written in the write-up, {threshold} asked for",
        )
    verdict.fail(f"{told}; {threshold} is asked for.")


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
