"""(number of students) -> results of an invented class whose prose waits for a person, and its reports."""

import random
from pathlib import Path

from grader import record
from grader.datatypes import AnswerRead, CheckResult, PartResult, Result, RubricResult, Status

CAUSES = (
    "With zero weights every ReLU's input is 0, so its output is zero and the gradient is zero as well.",
    "All gradients vanish, because nothing comes out of the hidden units.",
    "No gradient reaches the weights through backpropagation: $\\partial L/\\partial W = 0$, so they stay.",
    "I think the learning rate was too small.",
    "Random weights leave some of the units active, hence gradients can flow.",
)
BENEFITS = (
    "The border is seen as often as the middle, and the output keeps its size.",
    "It keeps the size of the image. A drawback is that zeros are no real pixels.",
    "More padding is more computing.",
)
RUBRIC_1A = {
    "With zero weights output and gradient are 0": 2.0,
    "Random weights leave some units active": 1.0,
}
RUBRIC_3A = {"A benefit, with its reason": 2.5, "A drawback, with its reason": 2.5}


def part(
    id_: str, title: str, text: str, rubric: dict[str, float], *checks: CheckResult, **more
) -> PartResult:
    entries = tuple(RubricResult(criterion, worth) for criterion, worth in rubric.items())
    possible = sum(entry.possible for entry in (*entries, *checks))
    answer = (AnswerRead("write-up", "ps4.md", text),)
    return PartResult(
        id_, title, 0.0, possible, possible, checks, f"{title}?", answer, rubric=entries, **more
    )


def student(number: int, chance: random.Random) -> Result:
    told = " ".join(chance.sample(CAUSES, chance.randrange(1, 4)))
    drawn = CheckResult(
        "network", Status.PENDING, "The network", "Several can be read (7, 9).", actual="7", possible=2.0
    )
    checks = (drawn,) if number % 5 == 0 else ()
    parts = (
        part("1A", "Why zero weights never learn", told, RUBRIC_1A),
        part("3A", "Zero padding", chance.choice(BENEFITS), RUBRIC_3A, *checks),
    )
    possible = sum(part.possible for part in parts)
    return Result("lab", "Lab", f"Student{number:04d} Invented", 0.0, possible, possible, parts)


def class_of(count: int) -> list[Result]:
    chance = random.Random(155)
    return [student(number, chance) for number in range(count)]


def written(results: list[Result], out: Path) -> Path:
    for result in results:
        record.write(result, out / "staff" / result.student / "result.json")
    return out
