"""(a network as measured, the accuracy that is claimed, the rules) -> the verdict on it, in words."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.checks.trained import Measured, Network
from grader.checks.verdict import Verdict
from grader.datatypes import Source
from grader.training import BadRecipe, once
from grader.training.seeds import FIRST_SEED
from grader.training.variants import Variant, on_test_images_too, variants

if TYPE_CHECKING:
    from grader.checks.networks import Networks

NEAR, FAR = 2.5, 4.0  # spreads between what is claimed and what is measured: borne out, and within noise
SEEDS = 3  # over which a network is measured before somebody's claim is doubted
CHARGE, PENDING, ACCEPT = "charge", "pending", "accept"


@dataclass(frozen=True)
class Explained:
    """The one change with which a network reaches what is claimed, or what is asked for."""

    variant: Variant
    best: float
    last: float


def judge(networks: Networks, found: Network, verdict: Verdict) -> None:
    """Pass, or raise what the accuracy comes to."""
    measured = networks.measured(found)
    claim = networks.claim()
    steady = networks.calibration.steady
    if _doubted(claim, measured, steady):
        measured = networks.over(found, max(SEEDS, len(measured.best)))
    spread = _spread(measured, networks)
    doubted = _doubted(claim, measured, spread)
    networks.show(curves=measured.curves, last=measured.last, claimed=claim)
    verdict.measure(accuracy=measured.reached, last_accuracy=measured.last, seeds=len(measured.best))
    reached = measured.reached >= networks.threshold
    explained = None
    if not reached or doubted:
        explained = _explained(networks, found, claim, reached=reached)
    told = _told(networks, found, measured, claim, explained)
    if explained is not None:
        verdict.measure(explained_accuracy=explained.best)
    if doubted:
        verdict.flag(told)
    _decide(networks, found, verdict, _Case(told, explained, reached=reached))


def _doubted(claim: float | None, measured: Measured, spread: float) -> bool:
    """Return whether more is claimed than was measured, and more than chance explains."""
    if claim is None or claim <= _highest(measured):
        return False
    return not _near(claim, _values(measured), FAR * spread)


def _spread(measured: Measured, networks: Networks) -> float:
    """Return how far seeds lie apart: as these do, between the least and the most that calibration found."""
    known = networks.calibration
    if len(measured.best) < SEEDS:
        return known.steady
    return min(max(known.steady, statistics.stdev(measured.best)), known.spread)


@dataclass(frozen=True)
class _Case:
    told: str
    explained: Explained | None
    reached: bool


def _decide(networks: Networks, found: Network, verdict: Verdict, case: _Case) -> None:
    """Pass, or raise, by what is known now."""
    slip = case.explained.variant.mistake if case.explained and not case.reached else ""
    if networks.provisional:
        verdict.pend(
            f"{case.told} That is on a stand-in for MNIST, which is not to be found here: it is no mark yet.",
            "measured on the stand-in: say where MNIST is (--data, or GRADER_MNIST) and grade again",
            slip,
        )
    if case.reached:
        verdict.note(case.told)
        return
    if found.fit.short:
        verdict.pend(
            f"{case.told} {found.fit.short} of the epochs that you ask for are not in the budget.",
            f"the budget for trainings ended before {found.fit.short} of its epochs",
        )
    if found.fit.assigned:
        verdict.pend(
            f"{case.told} Weights were put into your network before it was trained; ours were drawn anew.",
            "weights were put into the network before fit: whether they may count is for a person",
        )
    if slip:
        _charge(networks, found, verdict, case, slip)
        return
    if found.excerpt:
        verdict.pend(f"{case.told} Code in a write-up is an excerpt, so a person looks.", case.told)
    verdict.fail(case.told)


def _charge(networks: Networks, found: Network, verdict: Verdict, case: _Case, slip: str) -> None:
    """Do with a mistake that explains the miss what the course wants; charge it once in a submission."""
    assert case.explained is not None
    enough = case.explained.best >= networks.threshold
    wanted = networks.price(found.source)
    earlier = networks.charged(slip)
    if wanted == PENDING:
        why = "Code in a write-up is an excerpt, so" if found.source is Source.WRITEUP else "With that step,"
        verdict.pend(f"{case.told} {why} a person looks.", case.told, slip)
    if enough and (wanted == ACCEPT or earlier):
        why = f"that is charged in {earlier} already" if earlier else "that is accepted here"
        verdict.note(f"{case.told} The one mistake is “{slip}”, and {why}.")
        return
    networks.charge(slip)
    verdict.fail(case.told, slip)


def _told(
    networks: Networks, found: Network, measured: Measured, claim: float | None, explained: Explained | None
) -> str:
    """Say what was measured, whether what is claimed is borne out, and what one change does to it."""
    raw = (found.fit.recipe.images.divide, found.fit.recipe.images.add) == (1.0, 0.0)
    written = "as written (raw 0–255 pixels)" if raw else "as written"
    lasts = [measured.last, *(curve[-1] for curve in measured.curves[1:] if curve)]
    over = f", over {len(measured.best)} seeds" if len(measured.best) > 1 else ""
    stopped = "" if found.fit.result.finished else ", where training stopped, since that decides it"
    told = (
        f"Trained {written}, this network reached {_spoken(measured.best)} after its best epoch and "
        f"{_spoken(lasts)} after its last{stopped}{over}; {networks.threshold:.4g} is asked for."
    )
    steady = networks.calibration.steady
    if claim is not None:
        told = f"{told} {_compared(claim, found, measured, _spread(measured, networks))}"
    return told if explained is None else f"{told} {_with(explained, claim, steady)}"


def _with(explained: Explained, claim: float | None, spread: float) -> str:
    how = explained.variant.how
    matches = claim is not None and _near(claim, [explained.best, explained.last], FAR * spread)
    end = f", which matches your {claim:g}" if matches else ""
    return f"{how[0].upper()}{how[1:]} it reaches {explained.best:.4f}{end}."


def _spoken(values: Sequence[float]) -> str:
    """Write accuracies over seeds: 0.9430 ± 0.0040."""
    spread = f" ± {statistics.stdev(values):.4f}" if len(values) > 1 else ""
    return f"{statistics.fmean(values):.4f}{spread}"


def _compared(claim: float, found: Network, measured: Measured, spread: float) -> str:
    """Say whether what is claimed is borne out."""
    if _near(claim, _values(measured), NEAR * spread):
        return f"Your {claim:g} is borne out."
    if _near(claim, _values(measured), FAR * spread):
        return f"Your {claim:g} is within the noise of that."
    if claim < _highest(measured):
        return f"You give {claim:g}, which is less."
    if _near(claim, _on_training_images(found), spread):
        return f"Your {claim:g} is its accuracy on the training images."
    return f"Your {claim:g} is not borne out."


def _on_training_images(found: Network) -> list[float]:
    history = found.fit.result.history
    return [history[name][-1] for name in found.fit.recipe.metrics if history.get(name)]


def _explained(networks: Networks, found: Network, claim: float | None, *, reached: bool) -> Explained | None:
    """Return the change that leads to what is claimed, else to what is asked for; tried one by one."""
    slack = FAR * networks.calibration.steady
    fallback: Explained | None = None
    for variant in _tried(networks, found, claim):
        tried = _measured(networks, variant, None if claim is not None else networks.threshold)
        if tried is None:
            continue
        if claim is not None and _near(claim, [tried.best, tried.last], slack):
            return tried
        if not reached and tried.best >= networks.threshold:
            fallback = fallback or tried
    return fallback


def _tried(networks: Networks, found: Network, claim: float | None) -> Iterator[Variant]:
    yield from variants(found.fit.steps)
    if claim is not None and not networks.on_test_images(found):
        yield on_test_images_too(found.fit.steps, networks.data)


def _measured(networks: Networks, variant: Variant, enough: float | None) -> Explained | None:
    """Train a variant: where nothing is claimed, no longer than until it reaches what is asked for."""
    try:
        result = once.train(variant.steps, networks.data, FIRST_SEED, enough)
        best = max(once.best_of(variant.steps, networks.data, FIRST_SEED, enough), default=0.0)
    except BadRecipe:
        return None
    return Explained(variant, best, result.last)


def _values(measured: Measured) -> list[float]:
    return [measured.last, *measured.best, *(curve[-1] for curve in measured.curves if curve)]


def _highest(measured: Measured) -> float:
    return max(_values(measured))


def _near(claim: float, values: Sequence[float], slack: float) -> bool:
    """Return whether a claim is one of these, up to noise and to how it was rounded."""
    digits = next(digits for digits in range(20) if (Fraction(str(claim)) * 10**digits).denominator == 1)
    slack = max(slack, 0.5 * 10.0**-digits)
    return any(abs(claim - value) <= slack for value in values)
