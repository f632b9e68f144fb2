"""(a submission, Assignment, Wall) -> digests of all that a result depends on: is it still that?

Points, rubrics, hints and the class's settings are left out: they need nothing run again, only scoring.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from grader import datasets, ingest, problem_files
from grader.datatypes import Assignment, Part, Result
from grader.sandbox import Wall

FIELD = "made_from"  # of a result's provenance
# What of us decides about a check; the rest of the package only shows what was decided.
DECIDING = ("answers", "checks", "ingest", "sandbox", "training", "datasets.py", "networks.py")
LIBRARIES = ("nn-grader", "pytest", "numpy", "sympy", "tensorflow", "keras")
MadeFrom = Mapping[str, str]
TOLD = {  # to whoever reads why a mark changes
    "the submission": "handed in anew",
    "the problem set": "checks, references or parts are others",
    "the grader": "graded by another version",
    "the wall around student code": "the wall is another",
}


def made_from(path: Path, assignment: Assignment, wall: Wall) -> MadeFrom:
    """Return digests by what they are of; whoever compares them can say what has changed."""
    return {
        "the submission": ingest.digest(path),
        **graded_with(assignment),
        "the wall around student code": "up" if wall.jail else "down",
    }


def graded_with(assignment: Assignment) -> MadeFrom:
    """Return the digests of what is the same for a whole class, as this process finds it."""
    return {"the problem set": _problem_set(assignment), "the grader": _grader()}


def changed(result: Result, now: MadeFrom) -> tuple[str, ...]:
    """Return what a result was made from that is no longer the same."""
    before = result.provenance.get(FIELD)
    before = before if isinstance(before, Mapping) else {}
    return tuple(what for what, digest in now.items() if before.get(what) != digest)


def told(changed: Iterable[str]) -> str:
    """Say what has changed, for whoever reads why a mark does; '' for nothing."""
    return "; ".join(TOLD[what] for what in changed)


def _problem_set(assignment: Assignment) -> str:
    """Return the digest of the problem set's code, and of what assignment.toml says to it."""
    said: dict[str, Any] = {
        "only": sorted(assignment.only),
        "sections": dict(assignment.sections),
        "parts": [_part(part) for part in assignment.parts],
        "limits": repr(assignment.limits),
        "cases": repr(assignment.cases),
        "preamble": assignment.preamble,
        "explained": dict(assignment.explained),
        "thorough": assignment.thorough,
        "data": datasets.provenance(assignment.data) if assignment.trains and assignment.data else {},
    }
    text = json.dumps(said, sort_keys=True)
    return sha256(f"{problem_files.digest(assignment.folder)}\n{text}".encode()).hexdigest()


def _part(part: Part) -> list[Any]:
    return [part.id, part.title, part.question, [check.name for check in part.checks], repr(part.network)]


@lru_cache(maxsize=1)
def _grader() -> str:
    """Return the digest of what of the grader decides, and of the libraries below it."""
    ours = Path(__file__).parent
    files = (path for name in DECIDING for path in _python(ours / name))
    versions = " ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    return sha256(f"{problem_files.of(ours, files)}\n{versions}".encode()).hexdigest()


def _python(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"
