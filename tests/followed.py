"""A page whose blocks are files and commands -> what a reader does with it: written, run, compared."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
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


def environment(folder: Path) -> dict[str, str]:
    """Return the surroundings of a reader who has `grader` on the path and a window of 100 columns."""
    path = f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "COLUMNS": "100", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def run(command: str, folder: Path) -> str:
    """Run a command as a shell does."""
    ran = subprocess.run(
        command, shell=True, cwd=folder, env=environment(folder), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False, timeout=300,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in ran.stdout.strip("\n").splitlines())


def matches(shown: str, told: str) -> bool:
    """Return whether an output is what the page shows, where … stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, shown.split("…"))), told, re.DOTALL) is not None


def with_grader(folder: Path) -> Path:
    """Return the folder, with the command `grader` beside it."""
    (folder / ".bin").mkdir()
    command = folder / ".bin" / "grader"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grader "$@"\n')
    command.chmod(0o755)
    return folder


def follow(page: str, folder: Path) -> None:
    """Do what a page says, in a folder that has the command; each output has to be what it shows."""
    for sentence, kind, block in BLOCK.findall(page):
        if kind == "console":
            for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = session.partition("\n")
                told = run(command, folder)
                assert matches(shown.strip("\n"), told), f"$ {command}\n{told}"
        else:
            path = folder / SENTENCE.search(sentence)[2]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(write(path.read_text() if path.exists() else "", sentence, block))


def blocks_without_a_place(page: str) -> list[str]:
    """Return the blocks of which no sentence says what becomes of them."""
    found = BLOCK.findall(page)
    assert len(found) == page.count("```") / 2
    return [
        block
        for sentence, kind, block in found
        if not (block.startswith("$ ") if kind == "console" else SENTENCE.search(sentence))
    ]
