"""The tutorial is followed to the letter: each file is written, each command run, each output compared."""

from pathlib import Path

import pytest

from tests.followed import blocks_without_a_place, follow, with_grader

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "new-problem-set.md").read_text(encoding="utf-8")


def test_each_block_is_a_file_or_a_command() -> None:
    assert blocks_without_a_place(PAGE) == []


@pytest.mark.slow
def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    follow(PAGE, with_grader(tmp_path))
