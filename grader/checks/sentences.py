"""(a network as measured, what is claimed, what is asked for) -> the sentences that say so."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from fractions import Fraction

from grader.checks.trained import Measured, Network
from grader.training.ledger import Fit

NEAR, FAR = 2.5, 4.0  # spreads between what is claimed and what is measured: agrees, and within noise
STAND_IN = (
    "Measured on a stand-in for MNIST: that is no mark yet, and what you claim of MNIST is not compared with "
    "it."
)
ALONE = (
    "It is charged here, since the parts before were not graded: in a whole submission it is charged once, "
    "in the first part that has it."
)


def asked(threshold: float, wanted: float) -> str:
    """Say what test accuracy is asked for; `threshold` stands for it where networks are measured."""
    if threshold == wanted:
        return f"{wanted:.4g} is asked for"
    return f"on the stand-in {threshold:.4g} stands for the {wanted:.4g} that is asked for"


def rule(threshold: float, wanted: float, seeds: int) -> str:
    """Say by what rule a network passes."""
    passes = (
        f"It passes if its test accuracy is {wanted:.4g} or more after any epoch, trained from any of up to "
        f"{seeds} fixed seeds"
    )
    if threshold == wanted:
        return f"{passes}."
    return f"{passes} on MNIST; {asked(threshold, wanted)}."


def trained(found: Network, measured: Measured, threshold: float, wanted: str) -> str:
    """Say how a network was trained and what it reached; `wanted` says what is asked for."""
    how = f"{_how(found.fit)}, this network reached"
    best = spoken(measured.best)
    if not found.fit.result.finished and len(measured.best) == 1 and measured.reached >= threshold:
        epochs = "epoch" if len(measured.curves[0]) == 1 else f"{len(measured.curves[0])} epochs"
        return f"{how} {best} after {epochs}, and training ended there: {wanted}."
    if len(measured.best) == 1:
        return f"{how} {best} after its best epoch and {measured.last:.4f} after its last; {wanted}."
    seeds = f"{len(measured.best)} seeds"
    return f"{how} {measured.reached:.4f} from the best of {seeds} (mean and deviation {best}); {wanted}."


def _how(fit: Fit) -> str:
    """Say whether it was trained as written, or for how many of its epochs."""
    raw = (fit.recipe.images.divide, fit.recipe.images.add) == (1.0, 0.0)
    pixels = " (raw 0–255 pixels)" if raw else ""
    if not fit.short:
        return f"Trained as written{pixels}"
    done = len(fit.accuracy)
    return (
        f"Trained for {done} of the {done + fit.short} epochs that you ask for, since no more were in the "
        f"budget, and else as written{pixels}"
    )


def spoken(values: Sequence[float]) -> str:
    """Write accuracies over seeds: 0.9430 ± 0.0040."""
    spread = f" ± {statistics.stdev(values):.4f}" if len(values) > 1 else ""
    return f"{statistics.fmean(values):.4f}{spread}"


def compared(claim: float, found: Network, measured: Measured, spread: float) -> str:
    """Say whether what is claimed agrees with what was measured."""
    if near(claim, values(measured), NEAR * spread):
        return f"That agrees with your {claim:g}."
    if near(claim, values(measured), FAR * spread):
        return f"Your {claim:g} is within the noise of that."
    if claim < max(values(measured)):
        return f"You give {claim:g}, which is less."
    if near(claim, _on_training_images(found), spread):
        return f"Your {claim:g} is its accuracy on the training images."
    return f"The grader could not reproduce your {claim:g}."


def _on_training_images(found: Network) -> list[float]:
    history = found.fit.result.history
    return [history[name][-1] for name in found.fit.recipe.metrics if history.get(name)]


def values(measured: Measured) -> list[float]:
    """Return every accuracy that a claim may be about."""
    return [measured.last, *measured.best, *(curve[-1] for curve in measured.curves if curve)]


def near(claim: float, given: Sequence[float], slack: float) -> bool:
    """Return whether a claim is one of these, up to noise and to how it was rounded."""
    digits = next(digits for digits in range(20) if (Fraction(str(claim)) * 10**digits).denominator == 1)
    slack = max(slack, 0.5 * 10.0**-digits)
    return any(abs(claim - value) <= slack for value in given)
