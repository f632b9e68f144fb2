"""(a network as measured, the accuracy that is claimed, the rules) -> the verdict on it, in words."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.checks import sentences
from grader.checks.sentences import FAR, near, values
from grader.checks.trained import Measured, Network
from grader.checks.verdict import Verdict
from grader.datatypes import Source
from grader.training import BadRecipe, once
from grader.training.seeds import FIRST_SEED
from grader.training.variants import Variant, on_test_images_too, variants

if TYPE_CHECKING:
    from grader.checks.networks import Networks

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
    if claim is None or claim <= max(values(measured)):
        return False
    return not near(claim, values(measured), FAR * spread)


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
            case.told,
            "measured on the stand-in: say where MNIST is (--data, or GRADER_MNIST) and grade again",
            slip,
            waits_for="MNIST",
        )
    if case.reached:
        verdict.note(case.told)
        return
    if found.fit.short:
        verdict.pend(
            f"{case.told} A person looks.",
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
        verdict.pend(f"{case.told} Code that you did not paste may matter, so a person decides.", case.told)
    verdict.fail(case.told)


def _charge(networks: Networks, found: Network, verdict: Verdict, case: _Case, slip: str) -> None:
    """Do with a mistake that explains the miss what the course wants; charge it once in a submission."""
    assert case.explained is not None
    enough = case.explained.best >= networks.threshold
    wanted = networks.price(found.source)
    earlier = networks.charged(slip)
    if wanted == PENDING:
        why = "That step may be in code that you did not paste, so" if found.source is Source.WRITEUP else ""
        verdict.pend(f"{case.told} {why or 'With that step,'} a person decides.", case.told, slip)
    if enough and (wanted == ACCEPT or earlier):
        why = f"is charged in {earlier} already" if earlier else "is accepted here"
        verdict.credit(f"Not reached; credited, since the one mistake, “{slip}”, {why}. {case.told}")
        return
    networks.charge(slip)
    verdict.fail(f"{case.told} {sentences.ALONE}" if networks.first_of_some else case.told, slip)


def _told(
    networks: Networks, found: Network, measured: Measured, claim: float | None, explained: Explained | None
) -> str:
    """Say what was measured, whether that agrees with what is claimed, and what one change does to it."""
    told = [sentences.STAND_IN] if networks.provisional else []
    told.append(sentences.trained(found, measured, networks.threshold, networks.asked))
    if claim is not None:
        told.append(sentences.compared(claim, found, measured, _spread(measured, networks)))
    if explained is not None:
        told.append(_with(explained, claim, networks.calibration.steady))
    return " ".join(told)


def _with(explained: Explained, claim: float | None, spread: float) -> str:
    how = explained.variant.how
    matches = claim is not None and near(claim, [explained.best, explained.last], FAR * spread)
    end = f", which matches your {claim:g}" if matches else ""
    return f"{how[0].upper()}{how[1:]} it reaches {explained.best:.4f}{end}."


def _explained(networks: Networks, found: Network, claim: float | None, *, reached: bool) -> Explained | None:
    """Return the change that leads to what is claimed, else to what is asked for; tried one by one."""
    slack = FAR * networks.calibration.steady
    fallback: Explained | None = None
    for variant in _tried(networks, found, claim):
        tried = _measured(networks, variant, None if claim is not None else networks.threshold)
        if tried is None:
            continue
        if claim is not None and near(claim, [tried.best, tried.last], slack):
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
