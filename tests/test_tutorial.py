"""The tutorial is followed to the letter: each file is written, each command run, each output compared."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "new-problem-set.md").read_text(encoding="utf-8")
# A sentence that says what becomes of the block below it: Write `FILE`: or Add to `FILE`, below `LINE`:
SENTENCE = re.compile(r"(Write|Add to) `([^`]+)`(?:, below `([^`]+)`)?:$")
BLOCK = re.compile(r"([^\n]*)\n\n```(\w+)\n(.*?)```", re.DOTALL)


def write(text: str, sentence: str, block: str) -> str:
    """Return a file's text as a reader leaves it."""
    what, _, line = SENTENCE.search(sentence).groups()
    if what == "Write":
        return block
    if line is None:
        return text + block
    lines = text.splitlines(keepends=True)
    (place,) = (number for number, one in enumerate(lines) if one.startswith(line))
    return "".join([*lines[: place + 1], block, *lines[place + 1 :]])


def run(command: str, folder: Path) -> str:
    """Run a command as a shell does, where `grader` is on the path and the window is 100 columns wide."""
    path = f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False, timeout=300,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in ran.stdout.strip("\n").splitlines())


def matches(shown: str, told: str) -> bool:
    """Return whether an output is what the page shows, where … stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, shown.split("…"))), told, re.DOTALL) is not None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".bin").mkdir()
    command = tmp_path / ".bin" / "grader"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grader "$@"\n')
    command.chmod(0o755)
    return tmp_path


def test_each_block_is_a_file_or_a_command() -> None:
    blocks = BLOCK.findall(PAGE)
    assert len(blocks) == PAGE.count("```") / 2
    for sentence, kind, block in blocks:
        assert block.startswith("$ ") if kind == "console" else SENTENCE.search(sentence), block


@pytest.mark.slow
def test_the_tutorial_does_what_it_says(folder: Path) -> None:
    for sentence, kind, block in BLOCK.findall(PAGE):
        if kind == "console":
            for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = session.partition("\n")
                told = run(command, folder)
                assert matches(shown.strip("\n"), told), f"$ {command}\n{told}"
        else:
            path = folder / SENTENCE.search(sentence)[2]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(write(path.read_text() if path.exists() else "", sentence, block))
