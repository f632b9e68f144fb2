"""2D to 2F and 3G: the trained networks, measured by the grader."""

import pytest

from .networks import UNITS, kinds, not_allowed
from .networks import hidden_units as hidden_units_of

# Named as the cap in [parts.network]: what each is for and what stands there are held against each other.
CAPS = pytest.mark.parametrize("hidden_units", UNITS)


@CAPS
def test_mlp_units(network, verdict, hidden_units):
    """At most {hidden_units} hidden units."""
    within_units(network, verdict, mlp(network, hidden_units))


@CAPS
def test_mlp_layers(network, verdict, hidden_units):
    """Only Dense, Dropout, ReLU and softmax are used."""
    found = mlp(network, hidden_units)
    if wrong := _not_allowed(network, found):
        verdict.fail(f"Your network has {' and '.join(wrong)}: that is not allowed here.")
    for kind in kinds(found.config, network.rules.accepted):
        verdict.note(f"{kind} is accepted beside the layers that are allowed")


@CAPS
def test_mlp_accuracy(network, verdict, hidden_units):
    """A test accuracy of {threshold} or more."""
    found = mlp(network, hidden_units)
    _expect(network, verdict, found)
    if sum(_units(found)) > network.rules.hidden_units or _not_allowed(network, found):
        network.show(curves=(found.fit.accuracy,))
        verdict.fail(
            "An accuracy counts where the network keeps to the rules: see the checks beside this one."
        )
    network.judge(found)


def test_cnn_parameters(answer, network, verdict):
    """Fewer than {parameters} parameters."""
    within_parameters(network, verdict, cnn(answer, network))


def test_cnn_accuracy(answer, network, verdict):
    """A test accuracy of {threshold} or more within {epochs} epochs."""
    found = cnn(answer, network)
    _expect(network, verdict, found)
    if found.size.parameters >= network.rules.parameters:
        network.show(curves=(found.fit.accuracy,))
        verdict.fail(
            "An accuracy counts where the network keeps to the rules: see the check beside this one."
        )
    if found.fit.recipe.batch_size != network.rules.batch_size:
        verdict.note(f"trained in batches of {found.fit.recipe.batch_size}, as your code has it")
    network.judge(found)


def mlp(network, cap):
    """The network of 2D, 2E or 2F; a check that stands under another part's cap is a mistake of ours."""
    if network.rules.hidden_units != cap:
        raise LookupError(f"a check for {cap} units stands under a cap of {network.rules.hidden_units}")
    return network.of()


def within_units(network, verdict, found):
    """Fail where a network has more hidden units than it may."""
    taken, most = _units(found), network.rules.hidden_units
    network.show_cap("hidden_units", taken)
    verdict.expect(f"at most {most}")
    verdict.measure(hidden_units=sum(taken))
    if sum(taken) > most:
        each = [units for units in taken if units]
        told = " + ".join(map(str, each)) + (f" = {sum(each)}" if len(each) > 1 else "")
        verdict.fail(f"Your network has {told} hidden units: {most} are allowed.")


def cnn(answer, network):
    """The network of 3G: trained by the student's code, or compiled there for the sweep's best dropout."""
    return network.of(lambda: _dropout(answer) or network.rules.arguments)


def within_parameters(network, verdict, found):
    """Fail where a network has as many parameters as it must not have, or more."""
    most = network.rules.parameters
    network.show_cap("parameters", [layer.parameters for layer in found.size.layers])
    verdict.expect(f"fewer than {most:,}")
    verdict.measure(parameters=found.size.parameters)
    if found.size.parameters >= most:
        verdict.fail(
            f"Your network has {found.size.parameters:,} parameters: fewer than {most:,} are allowed."
        )


def _dropout(answer):
    rows = answer.if_readable(lambda: answer.table("dropout_sweep", columns=2)) or ()
    usable = [row for row in rows if 0 <= row[0] < 1]
    return (float(max(usable, key=lambda row: row[1])[0]),) if usable else ()


def _expect(network, verdict, found):
    verdict.expect(f"a test accuracy of that much after any epoch: {network.asked}")
    if network.on_test_images(found):
        network.show(curves=(found.fit.accuracy,))
        verdict.fail("Your network is trained on test images: what it reaches on them says nothing.")


def _units(found):
    return hidden_units_of([(layer.kind, layer.output_shape) for layer in found.size.layers])


def _not_allowed(network, found):
    rules = network.rules
    return not_allowed(found.config, (*rules.layers, *rules.accepted), rules.activations)
