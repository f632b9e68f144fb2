"""(number, seed) -> results of an invented class, whose strong students do better on most checks."""

import random
from dataclasses import replace

from grader.datatypes import CheckResult, Lateness, PartResult, Result, RubricResult, Status

PARTS = {"1A": 2, "1B": 1, "2A": 3, "2B": 4, "3A": 2, "3B": 1, "3C": 3}
SLIPS = ("bias forgotten", "channels forgotten")


def check(name: str, skill: float, chance: random.Random) -> CheckResult:
    title = f"What {name} asks"
    if chance.gauss(0, 1) < skill:
        return CheckResult(name, Status.PASSED, title, earned=2.0, possible=2.0)
    outcomes = [
        CheckResult(name, Status.FAILED, title, possible=2.0, slip=chance.choice(SLIPS)),
        CheckResult(name, Status.FAILED, title, earned=0.625, possible=2.0),
        CheckResult(name, Status.CRASHED, title, possible=2.0),
        CheckResult(name, Status.MISSING, title, possible=2.0),
        CheckResult(name, Status.PENDING, title, possible=2.0, attention=(f"{name}: not readable here",)),
    ]
    if chance.random() < 0.02:
        why = f"check {name} is broken: KeyError: 7\nTraceback (most recent call last):\nKeyError: 7"
        return CheckResult(name, Status.ERROR, title, possible=2.0, attention=(why,))
    return chance.choice(outcomes)


def part(name: str, checks: int, skill: float, chance: random.Random) -> PartResult:
    done = tuple(check(f"{name.lower()}_{number}", skill, chance) for number in range(checks))
    marked = chance.random() < 0.8
    rubric = RubricResult(
        "says why", 3.0, Status.FAILED if marked else Status.PENDING, chance.choice((0.0, 1.5, 3.0)) * marked
    )
    entries = (*done, rubric)
    waiting = (Status.PENDING, Status.ERROR)
    return PartResult(
        name,
        f"Part {name}",
        earned=sum(entry.earned for entry in entries),
        possible=sum(entry.possible for entry in entries),
        pending=sum(entry.possible for entry in entries if entry.status in waiting),
        checks=done,
        rubric=(rubric,),
    )


def student(number: int, chance: random.Random) -> Result:
    skill = chance.gauss(0.8, 1)
    parts = tuple(part(name, checks, skill, chance) for name, checks in PARTS.items())
    attention = tuple(line for part in parts for check in part.checks for line in check.attention)
    earned = sum(part.earned for part in parts)
    result = Result(
        "ps4",
        "Deep Learning",
        f"s{number:04d}",
        earned,
        sum(part.possible for part in parts),
        sum(part.pending for part in parts),
        parts,
        needs_attention=bool(attention),
        attention=attention,
        who={"name": f"Student{chance.randrange(10**6)} Invented"},
    )
    late = Lateness("2026-03-02T08:00:00+01:00", "2026-03-01T23:59:00+01:00", 8.5, earned / 10, "a tenth off")
    return replace(result, lateness=late) if chance.random() < 0.1 else result


def class_of(students: int, seed: int = 155) -> list[Result]:
    chance = random.Random(seed)
    return [student(number, chance) for number in range(students)]


def links(results: list[Result]) -> tuple[dict[str, str], dict[str, str]]:
    return (
        {result.student: f"students/{result.student}/index.html" for result in results},
        {result.student: f"staff/{result.student}/result.json" for result in results},
    )
