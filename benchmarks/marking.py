"""The marking page for a large class: seconds to open, and milliseconds from Enter to the next answer drawn.

    python benchmarks/marking.py                 # 1,000 students of reference/ps4, 100 answers marked
    python benchmarks/marking.py 300 50

A second marker has marked half of the class already. Needs Playwright and a Chromium.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from grader import assignment, marking, record
from grader.datatypes import (
    AnswerRead,
    Assignment,
    CheckResult,
    Part,
    PartResult,
    Result,
    RubricResult,
    Status,
)

ROOT = Path(__file__).parents[1]
WORDS = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8").split()
FORMULA = r"$\frac{\partial L}{\partial W} = 0$"
WATCH = """
    let pressed = 0;
    window.took = [];
    addEventListener('keydown', event => { if (event.key === 'Enter') pressed = performance.now(); }, true);
    addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
        const since = pressed;
        requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - since)));
    }).observe(document.getElementById('main'), {childList: true}));
"""


def part_of(part: Part, chance: random.Random) -> PartResult:
    words = [chance.choice(WORDS) for _ in range(chance.randrange(20, 200))]
    rubric = tuple(RubricResult(criterion, worth) for criterion, worth in part.rubric.items())
    checks = tuple(
        CheckResult(check.name, Status.PASSED, f"What {check.name} asks.", possible=check.points)
        for check in part.checks
    )
    return PartResult(
        *(part.id, part.title, 0.0, part.points, sum(part.rubric.values()), checks, part.question),
        answer=(AnswerRead("write-up", "ps4.md", f"{FORMULA} {' '.join(words)}"),),
        rubric=rubric,
    )


def student(number: int, problem_set: Assignment, chance: random.Random) -> Result:
    parts = tuple(part_of(part, chance) for part in problem_set.parts)
    possible = sum(part.possible for part in parts)
    pending = sum(part.pending for part in parts)
    return Result(problem_set.id, problem_set.title, f"student-{number:05d}", 0.0, possible, pending, parts)


def half_marked(results: list[Result], out: Path) -> None:
    """Let a second marker have marked every other student."""
    book = marking.Book(out, "second")
    book.add(
        marking.Act(
            *("2026-05-01T10:00:00Z", result.student, part.id),
            tuple(
                marking.Given(one.criterion, (marking.Item("in full", one.possible),)) for one in part.rubric
            ),
        )
        for result in results[::2]
        for part in result.parts
        if part.rubric
    )
    book.close()


def mark(page: Page, answers: int) -> list[float]:
    for number in range(answers):
        page.keyboard.press(("1", "h", "0")[number % 3])
        page.keyboard.press("Enter")
        page.wait_for_function(f"() => window.took.length > {number}")
    return page.evaluate("window.took")


def told(name: str, taken: list[float]) -> None:
    ordered = sorted(taken)
    most = ordered[int(0.95 * len(taken))]
    print(
        f"{name}: median {statistics.median(taken):.0f} ms, 95 % {most:.0f} ms, at most {ordered[-1]:.0f} ms"
    )


def measured(out: Path, answers: int) -> None:
    begun = time.perf_counter()
    command = [sys.executable, "-m", "grader", "mark", out, "--as", "first", "--no-open"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    address = next(found[0] for line in process.stdout or () if (found := re.search(r"http://\S+", line)))
    print(f"`grader mark` to its address: {time.perf_counter() - begun:.1f} s")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(WATCH)
        for path in ("", "part/0", "part/0"):
            begun = time.perf_counter()
            page.goto(address + path)
            print(f"/{path}: {time.perf_counter() - begun:.2f} s")
        told("Enter to the next answer drawn", mark(page, answers))
        begun = time.perf_counter()
        page.keyboard.press("u")
        page.wait_for_function(f"() => window.took.length > {answers}")
        print(f"taken back: {1000 * (time.perf_counter() - begun):.0f} ms")
        browser.close()
    process.send_signal(signal.SIGINT)
    process.communicate()


def main() -> None:
    count, answers = map(int, sys.argv[1:] or (1000, 100))
    problem_set, chance = assignment.load(ROOT / "reference" / "ps4"), random.Random(155)
    results = [student(number, problem_set, chance) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for result in results:
            record.write(result, out / "staff" / result.student / "result.json")
        half_marked(results, out)
        print(f"{count} students, {sum(len(part.rubric) for part in problem_set.parts)} criteria")
        measured(out, answers)


if __name__ == "__main__":
    main()
