"""Assignment -> [Fault]: what the types allow and no problem set can mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from grader.datatypes import Assignment, Check, Limits, Part, Ramp
from grader.networks import NetworkRules
from grader.proofreading.corrected import correction_faults
from grader.proofreading.drawn import pooling_faults
from grader.proofreading.faults import Fault, meant, shown
from grader.proofreading.keras_names import ACTIVATIONS, LAYERS, OTHER_NAMES
from grader.proofreading.positions import Keys

COUNTS = ("hidden_units", "parameters", "epochs", "batch_size")  # of a network, each 1 or more
LONGEST = 500  # characters of a sentence for the foot of a page
ACCURACY = "accuracy"  # what `network.judge` measures, and a threshold is about


def contradictions(assignment: Assignment) -> Iterator[Fault]:
    """Yield what is wrong with a problem set that has the right types."""
    parts = assignment.parts
    yield from _repeated("part", [(("parts", number, "id"), part.id) for number, part in enumerate(parts)])
    listed = [
        (("parts", number, "checks", check.name), check.name)
        for number, part in enumerate(parts)
        for check in part.checks
    ]
    yield from _repeated("check", listed)
    for number, part in enumerate(parts):
        yield from _of_part(part, ("parts", number), assignment.sections)
    yield from correction_faults(assignment)
    yield from limits_faults(assignment.limits, ("limits",))
    if not assignment.step > 0:
        yield Fault(("step",), "marks are rounded to a step above 0")
    if len(assignment.another_look) > LONGEST:
        told = f"{len(assignment.another_look)} characters stand at the foot of every page: at most {LONGEST}"
        yield Fault(("another_look",), told)


def limits_faults(limits: Limits, keys: Keys) -> Iterator[Fault]:
    """Yield the limits under which nobody's code could run."""
    for field in fields(limits):
        value = getattr(limits, field.name)
        if not value > 0:
            yield Fault((*keys, field.name), f"{value:g} would stop everybody's code: a limit is above 0")


def _repeated(kind: str, named: Sequence[tuple[Keys, str]]) -> Iterator[Fault]:
    counts = Counter(name for _, name in named)
    last = {name: keys for keys, name in named}
    for name, count in counts.items():
        if count > 1:
            yield Fault(last[name], f"{kind} {name} is listed {count} times; a name stands once")


def _of_part(part: Part, keys: Keys, sections: Mapping[str, str]) -> Iterator[Fault]:
    section = re.fullmatch(r"(\d{1,2})[A-Z]", part.id)
    if not section or section[1] not in sections:
        known = ", ".join(sections)
        yield Fault(
            (*keys, "id"), f"an id is a number listed under [sections] ({known}) and a capital letter"
        )
    if not part.checks and not part.rubric:
        yield Fault(keys, "points are listed for at least one check or criterion")
    for criterion, points in part.rubric.items():
        if points < 0:
            yield Fault((*keys, "rubric", criterion), f"{points:g} points: none are below 0")
    for check in part.checks:
        yield from _of_check(check, part, (*keys, "checks", check.name))
        if check.name in part.rubric:
            yield Fault(
                (*keys, "rubric", check.name),
                f"{check.name} is a check and a criterion; marks.csv tells items apart by their names",
            )
    if part.network:
        yield from _of_network(part.network, (*keys, "network"))
    if part.drawn:
        yield from pooling_faults(part.drawn, part, (*keys, "drawn"))


def _of_check(check: Check, part: Part, keys: Keys) -> Iterator[Fault]:
    if check.points < 0:
        yield Fault(keys, f"{check.points:g} points: none are below 0")
    if check.hidden and not check.category:
        yield Fault(keys, "a hidden check needs the category that students see instead")
    if check.ramp:
        yield from _of_ramp(check.ramp, (*keys, "ramp"))
        if part.network and check.ramp.of == ACCURACY:
            yield from _beside_threshold(check.ramp, part.network.threshold, (*keys, "ramp"))


def _of_ramp(ramp: Ramp, keys: Keys) -> Iterator[Fault]:
    """Yield what makes a ramp earn nothing, or points for the wrong end."""
    ends = f"full is {ramp.full:g} and zero is {ramp.zero:g}"
    if ramp.full == ramp.zero:
        yield Fault((*keys, "full"), f"{ends}: between them lies nothing that could earn a share")
    elif ramp.lower_is_better:
        if ramp.full > ramp.zero:
            yield Fault((*keys, "full"), f"{ends}, though lower is better: then full lies below zero")
        if ramp.nothing_up_to is not None:
            yield Fault((*keys, "nothing_up_to"), "where lower is better, zero alone says what earns nothing")
    elif ramp.full < ramp.zero:
        yield Fault(
            (*keys, "full"),
            f"{ends}: less would earn more. If that is meant, say so: lower_is_better = true",
        )
    elif ramp.nothing_up_to is not None and not ramp.zero <= ramp.nothing_up_to < ramp.full:
        yield Fault(
            (*keys, "nothing_up_to"),
            f"{ramp.nothing_up_to:g} does not lie between zero ({ramp.zero:g}) and full ({ramp.full:g})",
        )


def _beside_threshold(ramp: Ramp, threshold: float, keys: Keys) -> Iterator[Fault]:
    """Yield what contradicts a threshold: a network that fails earns the ramp's share, one that passes all.

    A `full` above the threshold is sensible: whoever falls short by little earns clearly less than all.
    """
    if not 0 < threshold <= 1:
        return
    if ramp.full > 1:
        yield Fault((*keys, "full"), f"{ramp.full:g} is no accuracy: it is at most 1")
    elif ramp.full < threshold:
        yield Fault(
            (*keys, "full"),
            f"{ramp.full:g} lies below the part's threshold, {threshold:g}: a network between them would "
            "fail and earn all points",
        )
    elif ramp.full > ramp.zero >= threshold:
        yield Fault(
            (*keys, "zero"),
            f"{ramp.zero:g} is not below the part's threshold, {threshold:g}: what falls short of that "
            "could earn nothing, so that the ramp has no effect",
        )


def _of_network(rules: NetworkRules, keys: Keys) -> Iterator[Fault]:
    if not 0 < rules.threshold <= 1:
        way = f": {rules.threshold:g} % is {rules.threshold / 100:g}" if 1 < rules.threshold <= 100 else ""
        yield Fault((*keys, "threshold"), f"a test accuracy is above 0 and at most 1{way}")
    if not rules.fits and not rules.compiled:
        yield Fault(
            keys, "'fits' or 'compiled' has to name a function of the student's, or no network is found"
        )
    for name in ("fits", "compiled"):
        function = getattr(rules, name)
        if function and not function.isidentifier():
            yield Fault((*keys, name), f"{shown(function)} can be no function's name")
    for name in COUNTS:
        count = getattr(rules, name)
        if count is not None and count < 1:
            yield Fault((*keys, name), f"{count} is too few: 1 or more, or leave it out")
    for name, known in (("layers", LAYERS), ("accepted", LAYERS), ("activations", ACTIVATIONS)):
        for number, word in enumerate(getattr(rules, name)):
            if word not in known:
                yield Fault((*keys, name, number), _unknown(word, name, known))


def _unknown(word: str, where: str, known: frozenset[str]) -> str:
    """Say that Keras knows no such name: a student's layer would never match it."""
    kind = "activation" if where == "activations" else "layer"
    if word in OTHER_NAMES:
        return f"Keras itself writes '{OTHER_NAMES[word]}' for {shown(word)}, and that is what is compared"
    near = meant(word, known)
    return f"{shown(word)} is no {kind} of Keras, so that no student's could be one{near}"
