"""an exception in student code -> what kind it is, one sentence, their own frames."""

from __future__ import annotations

import errno
import re
import site
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from .absent import FRAMEWORKS
from .stand_ins import NETWORKS, TrainingLeft, installed

TRAINING = "training is left to the grader"
NO_TENSORFLOW = "TensorFlow is not installed here: networks are measured by the grader"
LONGEST = 600  # characters of an exception's own text


@dataclass(frozen=True)
class Stop:
    """Code that did not get to its end. `lost` are the names it did not come to bind."""

    fault: str  # "crashed", "untrained" or "over_limit"
    message: str
    note: str
    traceback: str = ""
    lost: frozenset[str] = frozenset()
    parsed: bool = True
    goes_on: bool = False  # an import that failed: what stands below it ran all the same


@dataclass(frozen=True)
class Blame:
    """What is needed to describe an exception: the student's own files, and the paths they must not see."""

    labels: set[str]
    scratch: str
    memory_mb: int


def stopped(subject: str, error: BaseException, blame: Blame) -> Stop:
    """Describe what ended `subject`: a file, a cell or a function."""
    if isinstance(error, TrainingLeft):
        why = f"{TRAINING}, and not repeated as it is: {error}" if str(error) else TRAINING
        return Stop("untrained", f"{subject}: {why}.", f"{subject}: {why}")
    if framework := _other_framework(error):
        other = f"{subject} uses {framework}, which is not graded here: a person looks"
        return Stop("untrained", f"{other}.", other)
    if _lacks_tensorflow(error):
        return Stop("untrained", f"{NO_TENSORFLOW}.", f"{subject}: {NO_TENSORFLOW}")
    trace = _trace(error, blame)
    limit = _limit(error, blame)
    if limit:
        return Stop("over_limit", f"{subject} {limit}.", f"{subject} {limit}", trace)
    said = _said(error, blame)
    return Stop(
        "crashed", f"{subject} stopped{_line(error, blame)}: {said}", f"{subject} stopped: {said}", trace
    )


def _other_framework(error: BaseException) -> str:
    root = (getattr(error, "name", None) or "").split(".")[0] if isinstance(error, ImportError) else ""
    return FRAMEWORKS.get(root, "")


def _lacks_tensorflow(error: BaseException) -> bool:
    root = (getattr(error, "name", None) or "").split(".")[0] if isinstance(error, ImportError) else ""
    return root in NETWORKS and not installed("tensorflow")


def _limit(error: BaseException, blame: Blame) -> str:
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return f"used more than {blame.memory_mb} MB of memory"
    if isinstance(error, RuntimeError) and error.args == ("can't start new thread",):
        return "started more threads than it may"
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return "wrote a file that is too large"
    return ""


def _said(error: BaseException, blame: Blame) -> str:
    """Return the exception's kind and text on one line."""
    lines = traceback.format_exception_only(error)
    said = lines[-1 if isinstance(error, SyntaxError) else 0]  # notes that were added come after
    return trimmed(" ".join(said.split()), blame)[:LONGEST]


def _line(error: BaseException, blame: Blame) -> str:
    """Return where the student's own code stopped: " in line 3"; '' where it cannot be said."""
    if isinstance(error, SyntaxError) and error.filename in blame.labels:
        return f" in line {error.lineno}"
    lines = [frame.lineno for frame in _frames(error, blame)]
    return f" in line {lines[-1]}" if lines else ""


def _frames(error: BaseException, blame: Blame) -> traceback.StackSummary:
    kept = [
        (frame, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename in blame.labels
    ]
    return traceback.StackSummary.extract(iter(kept))


def _trace(error: BaseException, blame: Blame) -> str:
    frames = _frames(error, blame)
    head = ["Traceback (most recent call last):\n"] if frames else []
    text = "".join([*head, *frames.format(), *traceback.format_exception_only(error)])
    return trimmed(text, blame).rstrip()[-8000:]


def trimmed(text: str, blame: Blame) -> str:
    """Take paths of this machine out of a text, and what is not valid Unicode."""
    ours = (blame.scratch, *site.getsitepackages(), str(Path(__file__).parent), sys.prefix, sys.base_prefix)
    for path in sorted(ours, key=len, reverse=True):
        text = re.sub(re.escape(path) + r"[/\\]", "", text)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
