"""1D and 1E: OR and XOR, by the truth table of the network that is given."""

from .truth_table import fineness, units, wrong_rows
from .unseen import ready

LARGEST = 50  # layers, and units of a layer: exact arithmetic on a deeper network takes minutes
FINEST = 4096  # bits of a common denominator: 50 layers of decimals of 17 digits have 2850


def test_or_network(answer, verdict):
    """The network computes OR: at least 1 for (1,0), (0,1) and (1,1), and 0 for (0,0)."""
    if wrong := wrong_rows(network_given(answer, verdict, "or_network"), "or"):
        verdict.fail(f"It is wrong for {', '.join(wrong)}.")


def test_or_units(answer, verdict):
    """It is the smallest such network."""
    layers = network_given(answer, verdict, "or_network")
    computes_or(layers, verdict)
    if units(layers) > 1:  # one cannot have fewer
        ready(verdict, ", and so is whether a smaller one will do")


def test_xor_layers(answer, verdict):
    """The fewest fully connected ReLU layers that compute XOR."""
    layers = answer.integer("xor_layers", nouns=("layers", "layer"))
    if layers < 1:
        verdict.fail(f"{layers} is no number of layers.")
    if fewer := _own_layers(answer, layers):
        verdict.fail(f"Your own network computes XOR with {fewer}, which are fewer than {layers}.")
    ready(verdict)


def test_xor_network(answer, verdict):
    """The network that is given computes XOR: at least 1 for (1,0) and (0,1), and 0 for (0,0) and (1,1)."""
    pend_in_words(answer, verdict)
    layers = network_given(answer, verdict, "xor_network")
    if wrong := wrong_rows(layers, "xor"):
        verdict.fail(f"It is wrong for {', '.join(wrong)}.")
    claimed = answer.if_readable(lambda: answer.integer("xor_layers", nouns=("layers", "layer")))
    if claimed is not None and len(layers) > claimed:
        verdict.fail(f"It computes XOR, with more layers than the {claimed} that you say are enough.")
    ready(verdict)


def _own_layers(answer, claimed):
    """How many layers of the student's own network compute XOR, where these are fewer than are claimed."""
    own = answer.if_readable(lambda: answer.network("xor_network", inputs=2))
    if not (own and answer.has("xor_network")) or "input" in answer.text.lower():
        return 0
    return len(own) if len(own) < claimed and _is_small(own) and not wrong_rows(own, "xor") else 0


def network_given(answer, verdict, name):
    """The student's network as exact layers; what would take too long, or has several outputs, is told."""
    layers = answer.network(name, inputs=2)
    if _units_or_layers(layers) > LARGEST:
        verdict.pend(
            f"Your network has more than {LARGEST} layers or units in a layer: a person looks at it."
        )
    if fineness(layers) > FINEST:
        verdict.pend("Your weights are too many different fractions to be multiplied out: a person looks.")
    if outputs := len(layers[-1][1]) - 1:
        verdict.fail(f"Your network has {outputs + 1} outputs: one is asked for.")
    return layers


def _units_or_layers(layers):
    return max(len(layers), *(len(bias) for _, bias in layers))


def _is_small(layers):
    """Whether exact arithmetic on a network ends soon, and it has one output."""
    return _units_or_layers(layers) <= LARGEST and fineness(layers) <= FINEST and len(layers[-1][1]) == 1


def computes_or(layers, verdict):
    """Fail where a network does not compute OR."""
    if wrong_rows(layers, "or"):
        verdict.fail("A network that does not compute OR is not a smallest one.")


def pend_in_words(answer, verdict):
    """Leave a network in words to a person."""
    if not answer.has("xor_network") and answer.in_words():
        verdict.pend("You describe the network in words or in a drawing: a person looks at it.")
