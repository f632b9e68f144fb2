"""The class page of many students: seconds to make, bytes, and milliseconds that a browser takes to sort it.

    python benchmarks/class_page.py                  # 30, 300 and 1,000 students of reference/ps4
    python benchmarks/class_page.py 5000

The browser's times need Playwright and a Chromium; without them they are left out.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from grader import assignment
from grader.datatypes import Assignment, CheckResult, Part, PartResult, Result, RubricResult, Status
from grader.report import class_page

ROOT = Path(__file__).parents[1]
SORT = """() => [...document.querySelectorAll('#students .sort')].slice(0, 8).map(button => {
    const begun = performance.now();
    button.click();
    const sorted = performance.now();
    document.body.offsetHeight;
    return [sorted - begun, performance.now() - begun];
})"""


def outcome(skill: float, chance: random.Random) -> Status:
    """Draw a status: right more often for the strong, now and then nothing or something to look at."""
    if chance.random() < 0.04:
        return chance.choice((Status.MISSING, Status.PENDING, Status.CRASHED))
    return Status.PASSED if chance.gauss(0, 1) < skill else Status.FAILED


def part_of(part: Part, slips: list[str], skill: float, chance: random.Random) -> PartResult:
    checks = []
    for check in part.checks:
        status = outcome(skill, chance)
        share = {Status.PASSED: 1.0, Status.FAILED: chance.choice((0.0, 0.5))}.get(status, 0.0)
        slip = chance.choice(slips[:3]) if status is Status.FAILED and not share else ""
        attention = (f"{part.id}: not readable here",) if status is Status.PENDING else ()
        earned = check.points * share
        checks.append(
            CheckResult(
                *(check.name, status, f"What {check.name} asks."),
                slip=slip,
                attention=attention,
                earned=earned,
                possible=check.points,
            )
        )
    rubric = [
        RubricResult(criterion, worth, Status.FAILED, worth * chance.choice((0.0, 0.5, 1.0)))
        for criterion, worth in part.rubric.items()
    ]
    pending = sum(check.possible for check in checks if check.status is Status.PENDING)
    earned = sum(entry.earned for entry in (*checks, *rubric))
    return PartResult(part.id, part.title, earned, part.points, pending, tuple(checks), rubric=tuple(rubric))


def student(number: int, problem_set: Assignment, chance: random.Random) -> Result:
    skill = chance.gauss(0.8, 1)
    slips = sorted(problem_set.hints)
    parts = tuple(part_of(part, slips, skill, chance) for part in problem_set.parts)
    attention = tuple(line for part in parts for check in part.checks for line in check.attention)
    return Result(
        *(problem_set.id, problem_set.title, f"student-{number:05d}"),
        earned=sum(part.earned for part in parts),
        possible=sum(part.possible for part in parts),
        pending=sum(part.pending for part in parts),
        parts=parts,
        needs_attention=bool(attention),
        attention=attention,
        who={"name": f"Invented Student {number}"},
    )


def in_browser(html: str) -> str:
    """Return the medians over some columns: the script's own time, and with the layout that follows."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return ""
    if chromium is None:
        return ""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "index.html"
        file.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(file.as_uri())
        script, whole = map(statistics.median, zip(*page.evaluate(SORT), strict=True))
        browser.close()
    return f"   sorts in {script:.0f} ms, laid out after {whole:.0f} ms"


def main() -> None:
    problem_set = assignment.load(ROOT / "reference" / "ps4")
    for count in map(int, sys.argv[1:] or (30, 300, 1000)):
        chance = random.Random(count)
        results = [student(number, problem_set, chance) for number in range(count)]
        links = {result.student: f"students/{result.student}/index.html" for result in results}
        records = {result.student: f"staff/{result.student}/result.json" for result in results}
        begun = time.perf_counter()
        html = class_page(results, links, records)
        seconds = time.perf_counter() - begun
        print(f"{count:6} students   {seconds:.2f} s   {len(html.encode()):,} bytes{in_browser(html)}")


if __name__ == "__main__":
    main()
