"""Garbage through the front door: nothing hangs, nothing breaks, nothing is executed, nothing earns a point."""

import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader import assignment, pipeline
from grader.roster import Entry

PS4 = assignment.load(Path(__file__).parents[1] / "reference" / "ps4")
PARTS = [part.id for part in PS4.parts if part.checks]
MARKER = "grader-was-here"
RUNS = [
    f'__import__("os").system("touch {MARKER}")',
    f"eval(\"open('{MARKER}', 'w')\")",
    f"{{{{ ''.__class__.__mro__[1].__subclasses__() }}}} $(touch {MARKER}) `touch {MARKER}`",
    f"@pytest.fixture\ndef x(): open('{MARKER}', 'w')",
]
HEAVY = [
    "9**9**9**9",
    "2^2^2^2^2^2",
    "(" * 10_000,
    "[" * 10_000,
    "-" * 100_000,
    "9" * 1_000_000,
    "1e999999999",
    "99999999!",
]
HEAVY += [
    r"\frac" * 2_000,
    r"\begin{bmatrix}" * 2_000,
    "1 & " * 50_000,
    "1\t2\n" * 50_000,
    "*a " * 20_000,
    "`" * 50_000,
]
PIECES = [
    *"0123456789.,;:+-*/^=()[]{}<>|&\\$#_~`'\"!?%@\n\n\n\t   ",
    *["608", "28x28x8", "\\begin{bmatrix}", "\\end{bmatrix}", "\\\\", "\\frac12", "$$", "```", "for all 4", "\u202e", "\x00"],
    *["\ud7ff", "🙂", "٣", "½", "is", "weights", "TensorFlow", "None", "np.array(", "]])", "Problem 3B", "## 3.C", "| 1 | 2 |"],
]  # fmt: skip


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail whatever hangs: a guard, not a measurement."""

    def hung(*_: object) -> None:
        raise TimeoutError(f"still busy after {seconds} s")

    # Processor time, which others on the machine do not take; and a wall clock for what only waits.
    clocks = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
    before = {sign: signal.signal(sign, hung) for sign in clocks}
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 60 * seconds)
    try:
        yield
    finally:
        for sign, clock in clocks.items():
            signal.setitimer(clock, 0)
            signal.signal(sign, before[sign])


def graded(tmp_path: Path, texts: dict[str, str]) -> None:
    path = tmp_path / "garbage.md"
    written = "\n\n".join(f"## Problem {part}\n\n{text}" for part, text in texts.items())
    path.write_text(written, encoding="utf-8", errors="replace")
    with at_most(2):
        result = pipeline.grade(Entry("garbage", path), PS4)
    assert not pipeline.is_faulted(result), result.attention
    assert not Path(MARKER).exists()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run where a marker file would show."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True, scope="module")
def _imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Import beforehand what is imported once: the guard is for reading."""
    pipeline.grade(Entry("first", tmp_path_factory.mktemp("empty")), PS4)


@pytest.mark.parametrize("text", RUNS)
def test_nothing_is_executed(tmp_path: Path, text: str) -> None:
    graded(tmp_path, dict.fromkeys(PARTS, text))


@pytest.mark.parametrize("text", HEAVY, ids=lambda text: f"{text[:15]}… {len(text)}")
def test_nothing_hangs(tmp_path: Path, text: str) -> None:
    graded(tmp_path, dict.fromkeys(["3B", "3D"] if len(text) > 1_000 else PARTS, text))


@pytest.mark.parametrize("seed", range(25))
def test_random_garbage_under_every_heading(tmp_path: Path, seed: int) -> None:
    assert 25 * len(PARTS) >= 300
    rng = random.Random(seed)
    graded(tmp_path, {part: "".join(rng.choices(PIECES, k=rng.choice([5, 50, 500]))) for part in PARTS})


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("ending", ["md", "ipynb", "py", "pdf", "zip", "tex"])
def test_random_bytes_under_every_ending(tmp_path: Path, seed: int, ending: str) -> None:
    path = tmp_path / f"garbage.{ending}"
    head = {"pdf": b"%PDF-1.7\n", "zip": b"PK\x03\x04", "ipynb": b'{"cells": ['}.get(ending, b"")
    path.write_bytes(head + random.Random(seed).randbytes(2_000))
    result = pipeline.grade(Entry("garbage", path), assignment.only_parts(PS4, frozenset({"3B"})))
    assert not pipeline.is_faulted(result), result.attention
    assert result.earned == 0
