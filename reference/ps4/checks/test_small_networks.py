"""1D and 1E: OR and XOR with the fewest ReLUs and layers."""

import re

from ..public.test_small_networks import computes_or, network_given, pend_in_words
from ..public.truth_table import units, wrong_rows
from ..relu import fewest_layers_for, or_slip, xor_layers_conventions, xor_layers_slips, xor_slip

COUNTED = re.compile(
    r"(count|includ|consider)\w*\W+(?:\w+\W+){0,3}?input|input\W+(?:\w+\W+){0,3}?(count|includ)",
    re.IGNORECASE,
)
NOT_COUNTED = re.compile(r"\b(not|without|n't|excluding|except|no)\b", re.IGNORECASE)
ONE_CLAIMED = re.compile(
    r"\b(one|1|single)\b[^.\n]{0,40}\b(enough|suffic\w*|do|does|works?)\b"
    r"|\b(minimum|fewest|least|need\w*|answer)\b|^\W*(one|1)(\s+layer)?\W*$",
    re.IGNORECASE,
)


def test_or_network(answer, verdict):
    """The network computes OR: at least 1 for (1,0), (0,1) and (1,1), and 0 for (0,0)."""
    layers = network_given(answer, verdict, "or_network")
    verdict.expect("every single unit with b ≤ 0, w1 + b ≥ 1 and w2 + b ≥ 1")
    if wrong := wrong_rows(layers, "or"):
        verdict.fail(f"It is wrong for {', '.join(wrong)}.", or_slip(layers) or "")


def test_or_units(answer, verdict):
    """It is the smallest such network."""
    layers = network_given(answer, verdict, "or_network")
    verdict.expect("1 unit")
    verdict.measure(units=units(layers))
    computes_or(layers, verdict)
    if units(layers) > 1:
        verdict.fail(f"Your network has {units(layers)} units.", "more units than needed")


def test_xor_layers(answer, verdict):
    """The fewest fully connected ReLU layers that compute XOR."""
    layers = answer.integer("xor_layers", nouns=("layers", "layer"))
    right = fewest_layers_for("xor")
    if layers in xor_layers_conventions().values() and "input" in answer.text.lower():
        if not COUNTED.search(answer.text) or NOT_COUNTED.search(answer.text):
            verdict.pend("You may count the input as a layer: a person looks at it.")
        verdict.note("the input is counted as a layer, as you say: the same answer by another count")
        layers = right
    if layers in xor_layers_slips().values() and answer.text and not ONE_CLAIMED.search(answer.text):
        verdict.pend("One layer is mentioned, and not said to be enough: a person looks at it.")
    verdict.equal(layers, right, slips=xor_layers_slips())


def test_xor_network(answer, verdict):
    """The network that is given computes XOR: at least 1 for (1,0) and (0,1), and 0 for (0,0) and (1,1)."""
    pend_in_words(answer, verdict)
    layers = network_given(answer, verdict, "xor_network")
    verdict.expect(f"{fewest_layers_for('xor')} layers that compute XOR")
    if wrong := wrong_rows(layers, "xor"):
        verdict.fail(f"It is wrong for {', '.join(wrong)}.", xor_slip(layers) or "")
    if len(layers) > fewest_layers_for("xor"):
        verdict.fail(f"It computes XOR, with {len(layers)} layers: it can be done with fewer.")
