"""A small problem set in a folder of its own, and submissions to it."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from grader import assignment, ingest
from grader.checks import Checked, run
from grader.datatypes import CheckResult

TOML = """
id = "lab"
title = "A lab"
[sections]
1 = "Counting"
[limits]
seconds = 2
load_seconds = 5
[hints]
"one short" = "Count the last one too."
[[parts]]
id = "1A"
title = "How many"
question = "How many are there?"
checks = { how_many = 2 }
[[parts]]
id = "1B"
title = "Why"
checks = { other = 1 }
"""
CHECKS = '''
from ..counting import right

def test_how_many(answer, verdict):
    """The number of things."""
    verdict.equal(answer.integer("how_many"), right(), slips={"one short": right() - 1})

def test_other(answer):
    """Another thing."""
    assert answer.integer("other") == 1, "It is not that."
'''


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A problem set whose folder's name is no Python name."""
    folder = tmp_path / "my lab (2026)"
    (folder / "checks").mkdir(parents=True)
    (folder / "assignment.toml").write_text(TOML)
    (folder / "__init__.py").write_text("")
    (folder / "counting.py").write_text("def right():\n    return 7\n")
    (folder / "checks" / "test_all.py").write_text(CHECKS)
    return folder


@pytest.fixture
def hand_in(lab: Path, tmp_path: Path) -> Callable[..., Checked]:
    """Grade files given as name=text (a double underscore stands for the dot), with other checks if given."""

    def grade(checks: str = "", **files: str) -> Checked:
        if checks:
            (lab / "checks" / "test_all.py").write_text(dedent(checks))
        folder = tmp_path / "ada"
        folder.mkdir()
        for name, text in files.items():
            (folder / name.replace("__", ".")).write_text(dedent(text))
        problem_set = assignment.load(lab)
        return run(ingest.read(folder, problem_set, "ada"), problem_set)

    return grade


@pytest.fixture
def how_many(hand_in: Callable[..., Checked]) -> Callable[..., CheckResult]:
    """Hand in files and return what came of the check how_many."""

    def grade(checks: str = "", **files: str) -> CheckResult:
        return hand_in(checks, **files).results[0]

    return grade
