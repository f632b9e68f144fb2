"""1D and 1E: OR and XOR with the fewest ReLUs and layers."""

import re

from ..relu import (
    fewest_layers_for,
    or_slip,
    units,
    wrong_rows,
    xor_layers_conventions,
    xor_layers_slips,
    xor_slip,
)

COUNTING_THE_INPUT = re.compile(r"(count|includ)\w*\W+(the\W+)?input", re.IGNORECASE)


def test_or_network(answer, verdict):
    """The network computes OR: at least 1 for (1,0), (0,1) and (1,1), and 0 for (0,0)."""
    layers = answer.network("or_network", inputs=2)
    verdict.expect("every single unit with b ≤ 0, w1 + b ≥ 1 and w2 + b ≥ 1")
    if wrong := wrong_rows(layers, "or"):
        verdict.fail(f"It is wrong for {', '.join(wrong)}.", or_slip(layers) or "")


def test_or_units(answer, verdict):
    """It is the smallest such network."""
    layers = answer.network("or_network", inputs=2)
    verdict.expect("1 unit")
    verdict.measure(units=units(layers))
    if wrong_rows(layers, "or"):
        verdict.fail("A network that does not compute OR is not a smallest one.")
    if units(layers) > 1:
        verdict.fail(f"Your network has {units(layers)} units.", "more units than needed")


def test_xor_layers(answer, verdict):
    """The fewest fully connected ReLU layers that compute XOR."""
    layers = answer.integer("xor_layers", nouns=("layers", "layer"))
    right = fewest_layers_for("xor")
    if layers in xor_layers_conventions().values() and "input" in answer.text.lower():
        if not COUNTING_THE_INPUT.search(answer.text):
            verdict.pend("You may count the input as a layer: a person looks at it.")
        verdict.note("the input is counted as a layer, as you say: the same answer by another count")
        layers = right
    verdict.equal(layers, right, slips=xor_layers_slips())


def test_xor_network(answer, verdict):
    """The network that is given computes XOR: at least 1 for (1,0) and (0,1), and 0 for (0,0) and (1,1)."""
    if not answer.has("xor_network") and answer.in_words():
        verdict.pend("You describe the network in words or in a drawing: a person looks at it.")
    layers = answer.network("xor_network", inputs=2)
    verdict.expect(f"{fewest_layers_for('xor')} layers that compute XOR")
    if wrong := wrong_rows(layers, "xor"):
        verdict.fail(f"It is wrong for {', '.join(wrong)}.", xor_slip(layers) or "")
    if len(layers) > fewest_layers_for("xor"):
        verdict.fail(f"It computes XOR, with {len(layers)} layers: it can be done with fewer.")
