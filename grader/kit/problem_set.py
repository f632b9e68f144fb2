"""(Assignment, its public checks) -> the assignment.toml of a kit, and a check for what stays unseen."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from grader.datatypes import Assignment, Check, Limits, Part
from grader.proofreading import CheckFunction, slips_told
from grader.scoring import THE_COURSE

Functions = Mapping[str, CheckFunction]
Names = Sequence[str]
BARE = re.compile(r"[A-Za-z0-9_-]+")  # a key of TOML without quotes
UNSEEN = "unseen"
READ = "In your own words: a person reads it"
UNSEEN_CHECKS = '''"""What only the course's own checks look at."""

import pytest

PARTS = {parts!r}


@pytest.mark.parametrize("unseen", PARTS)
def test_unseen(answer, verdict, submission, unseen):
    """What only the course's own checks look at."""
    names = PARTS[unseen]  # of the starter files
    if not answer.given(*names) and (names or not submission.code):
        raise answer.absent(*names[:1])
    verdict.pend("This is seen only when it is graded.", waits_for={course!r})
'''


def assignment_toml(assignment: Assignment, functions: Functions) -> str:
    """Return the assignment as students have it: no criteria, no hidden checks, no hints but public ones."""
    public = [function for check in _public(assignment, functions) if (function := _of(check, functions))]
    top: dict[str, Any] = {"id": assignment.id, "title": assignment.title, "step": assignment.step}
    if assignment.preamble:
        top["preamble"] = "first_cell.py"
    hints = {name: assignment.hints[name] for name in slips_told(public) if name in assignment.hints}
    usual = asdict(Limits())
    limits = {name: value for name, value in asdict(assignment.limits).items() if value != usual[name]}
    lines = [f"# {assignment.title}, as it is handed out: no answer is in here.", *_pairs(top)]
    tables = {
        "sections": assignment.sections,
        "explained": assignment.explained,
        "limits": limits,
        "hints": hints,
    }
    for name, table in tables.items():
        lines += ["", f"[{name}]", *_pairs(table)] if table else []
    for part in assignment.parts:
        lines += ["", *_part(part, functions)]
    return "\n".join(lines) + "\n"


def unseen_checks(assignment: Assignment, functions: Functions, own: Functions, starter: Names) -> str:
    """Return the check file that stands for all that is not public, '' where everything is.

    It says nothing of the names that the course's `own` checks ask for but those of the `starter` files.
    """
    parts = {part.id: _asked_for(part, own, starter) for part in assignment.parts if _unseen(part, functions)}
    return UNSEEN_CHECKS.format(parts=parts, course=THE_COURSE) if parts else ""


def _public(assignment: Assignment, functions: Functions) -> Iterator[Check]:
    yield from (check for part in assignment.parts for check in part.checks if _is_public(check, functions))


def _is_public(check: Check, functions: Functions) -> bool:
    """Return whether students have a check of that name; what is hidden has not even a name for them."""
    return not check.hidden and _of(check, functions) is not None


def _of(check: Check, functions: Functions) -> CheckFunction | None:
    return functions.get(check.name.partition("[")[0])


def _unseen(part: Part, functions: Functions) -> float:
    """Return the points of a part's checks that students do not have."""
    return sum(check.points for check in part.checks if not _is_public(check, functions))


def _asked_for(part: Part, own: Functions, starter: Names) -> tuple[str, ...]:
    """Return the names of the starter files that a part's checks ask for; all, where that is not seen."""
    found = {
        argument.value
        for check in part.checks
        if (function := _of(check, own))
        for call, _, _ in function.calls
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    return tuple(name for name in starter if name in found) or tuple(starter)


def _part(part: Part, functions: Functions) -> Iterator[str]:
    yield "[[parts]]"
    yield from _pairs({"id": part.id, "title": part.title, "question": part.question})
    checks = {check.name: _listing(check, functions) for check in part.checks if _is_public(check, functions)}
    if unseen := _unseen(part, functions):
        checks[f"{UNSEEN}[{part.id}]"] = unseen
    network = asdict(part.network) if part.network else {}
    tables: dict[str, Mapping[str, Any]] = {
        "checks": checks,
        "rubric": {READ: sum(part.rubric.values())} if part.rubric else {},
        "network": {name: value for name, value in network.items() if value not in (None, "", ())},
    }
    for name, table in tables.items():
        yield from (f"[parts.{name}]", *_pairs(table)) if table else ()


def _listing(check: Check, functions: Functions) -> object:
    """Return a check's points, with its ramp where the public check measures what that is over."""
    function = _of(check, functions)
    measures = function.measures if function else None
    if check.ramp is None or (measures is not None and check.ramp.of not in measures):
        return check.points
    ramp = {name: value for name, value in asdict(check.ramp).items() if value not in (None, False)}
    return {"points": check.points, "ramp": ramp}


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [
        f"{name if BARE.fullmatch(name) else _text(name)} = {_value(value)}" for name, value in table.items()
    ]


def _value(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_pairs(value)) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """Return a string as JSON and TOML both write it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
