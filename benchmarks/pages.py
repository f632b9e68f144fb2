"""A student's page: milliseconds and bytes, bare, with code, with networks, with both; and 1,000 of them.

    python benchmarks/pages.py                  # 1,000 pages of reference/ps4
    python benchmarks/pages.py 50

Aims: below 50 ms without drawings and code, below 500 ms with them. Ratios hold on any machine.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from grader import assignment, record, scoring
from grader.datatypes import (
    AnswerRead,
    Assignment,
    CheckResult,
    CodeShown,
    Part,
    PartResult,
    Result,
    RubricResult,
    Status,
)
from grader.networks import LayerShown, NetworkShown
from grader.report import student_page

ROOT = Path(__file__).parents[1]
PROSE = "With all weights at zero every hidden unit computes the same sum, and nothing flows back. " * 6
CODE = (
    """model = Sequential()
model.add(Dense(70, activation="relu", input_shape=(784,)))  # hidden
model.add(Dropout(0.25))
model.add(Dense(10, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=20, batch_size=256, validation_data=(x_test, y_test))
"""
    * 3
)
MODULE = (
    '''def prepare(x, y):
    """Flatten the images, and one-hot the labels."""
    x = x.reshape(len(x), 784) / 255.0
    return x, keras.utils.np_utils.to_categorical(y, 10)


'''
    * 40
)
TRACEBACK = (
    'Traceback (most recent call last):\n  File "ps4.py", line 4, in prepare\n'
    "    return x, keras.utils.np_utils.to_categorical(y, 10)\nAttributeError: no np_utils"
)


def check_of(name: str, points: float, chance: random.Random) -> CheckResult:
    status = chance.choice([Status.PASSED, Status.FAILED, Status.CRASHED, Status.PENDING])
    return CheckResult(
        *(
            name,
            status,
            f"What {name} asks.",
            "600 is not it.\nLine by line." if status is Status.FAILED else "",
        ),
        earned=points if status is Status.PASSED else 0.0,
        possible=points,
        actual="[[1, 1/2], [1/2, 1/4]]",
        hint="Each filter has something besides its weights." if status is Status.FAILED else "",
        measured={"entries_right": 14},
    )


def part_of(part: Part, chance: random.Random) -> PartResult:
    checks = tuple(check_of(check.name, check.points, chance) for check in part.checks)
    rubric = tuple(RubricResult(criterion, worth) for criterion, worth in part.rubric.items())
    answer = (AnswerRead("write-up", "ps4.md", PROSE, "[[1, 1/2], [1/2, 1/4]]"),)
    bare = PartResult(
        *(part.id, part.title, 0.0, 0.0, 0.0),
        checks=checks,
        question=part.question,
        answer=answer,
        rubric=rubric,
    )
    return scoring.of_part(bare)


def bare(number: int, problem_set: Assignment) -> Result:
    chance = random.Random(number)
    parts = tuple(part_of(part, chance) for part in problem_set.parts)
    empty = Result(problem_set.id, problem_set.title, f"student-{number}", 0.0, 0.0, 0.0, parts)
    return record.for_student(scoring.of_result(empty))


def with_code(result: Result) -> Result:
    """Add code to every second part, a module, and the traceback of each check that stopped in it."""
    parts = tuple(
        replace(
            part,
            code=(CODE,) if number % 2 else (),
            labels=(f"cell {number}",) if number % 2 else (),
            output="Epoch 20/20 - loss: 0.0873 - accuracy: 0.9741\n" * 20,
            checks=tuple(
                replace(check, traceback=TRACEBACK) if check.status is Status.CRASHED else check
                for check in part.checks
            ),
        )
        for number, part in enumerate(result.parts)
    )
    return replace(result, parts=parts, code=(CodeShown("ps4.py", "ps4.py", MODULE),))


def with_networks(result: Result) -> Result:
    """Add four networks, each measured over 20 epochs from eleven seeds."""
    chance = random.Random(155)
    curves = tuple(
        tuple(0.9 + 0.004 * epoch + chance.gauss(0, 0.002) for epoch in range(20)) for _ in range(11)
    )
    layers = tuple(LayerShown("Dense", (units,), 784 * units, 784 * units) for units in (70, 30, 10))
    shown = NetworkShown(layers, curves, 0.975, claimed=0.977, last=0.974, rule="It passes if …")
    parts = tuple(
        replace(part, network=shown) if part.id in {"2D", "2E", "2F", "3G"} else part for part in result.parts
    )
    return replace(result, parts=parts)


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 1000
    problem_set = assignment.load(ROOT / "reference" / "ps4")
    results = [bare(number, problem_set) for number in range(count)]
    kinds: dict[str, Callable[[Result], Result]] = {
        "bare": lambda result: result,
        "with code": with_code,
        "with networks": with_networks,
        "with both": lambda result: with_networks(with_code(result)),
    }
    begun = time.perf_counter()
    student_page(kinds["with both"](results[0]))
    print(f"the first page, with imports and templates: {1000 * (time.perf_counter() - begun):.0f} ms")
    usual = 0.0
    for kind, make in kinds.items():
        times, sizes = [], []
        for result in map(make, results):
            begun = time.perf_counter()
            page = student_page(result)
            times.append(time.perf_counter() - begun)
            sizes.append(len(page.encode()))
        median = statistics.median(times)
        usual = usual or median
        print(
            f"{kind:14} {1000 * median:6.1f} ms a page (slowest {1000 * max(times):.0f}), "
            f"{median / usual:.1f} times the bare one, {statistics.median(sizes):,.0f} bytes; "
            f"{count:,} pages in {sum(times):.1f} s"
        )


if __name__ == "__main__":
    main()
