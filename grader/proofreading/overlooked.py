"""(Assignment, its files) -> [Fault], [line]: what an author slips on and grading passes over in silence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.datatypes import Assignment, Check, Part
from grader.networks import IN_TITLES
from grader.proofreading.check_files import CheckFunction, check_functions
from grader.proofreading.faults import Fault, meant
from grader.proofreading.positions import Keys
from grader.proofreading.sources import Function, Sources

PUBLIC = "public"  # of a problem set: the checks that students may have
BLIND = frozenset({"answer", "verdict", "submission", "cases"})  # fixtures that lead to no network
INSERTED = re.compile(r"\{(\w+)\}")


def overlooked(assignment: Assignment) -> tuple[list[Fault], list[str]]:
    """Return what is amiss in assignment.toml, and what is in check files and public ones, in lines."""
    functions = check_functions(Sources(assignment.folder))
    here: list[Fault] = []
    elsewhere: list[str] = []
    for number, part in enumerate(assignment.parts):
        here += _of_part(part, ("parts", number), functions)
        for check in part.checks:
            if function := functions.get(check.name.partition("[")[0]):
                elsewhere += _docstring(part, check, function)
    return here, [*dict.fromkeys(elsewhere), *idle_public(assignment), *_public(assignment)]


def _of_part(part: Part, keys: Keys, functions: dict[str, CheckFunction]) -> Iterator[Fault]:
    if not part.question.strip():
        yield Fault(
            keys,
            "it has no question, so that pages and the statement of a kit have its title alone: "
            'question = "What is asked"',
        )
    asked = [functions.get(check.name.partition("[")[0]) for check in part.checks]
    if part.network and asked and all(function and _is_blind(function) for function in asked):
        yield Fault(
            (*keys, "network"),
            "no check of this part takes the fixture `network`, so that none looks at what stands here: "
            "let one take it, or take the table out",
        )


def _is_blind(function: CheckFunction) -> bool:
    """Return whether a check has no way to the network of its part."""
    given = {name for case in (function.cases or {}).values() for name in case}
    return function.cases is not None and set(function.arguments) <= BLIND | given


def _docstring(part: Part, check: Check, function: CheckFunction) -> Iterator[str]:
    """Say where students would read a check's bare name, or a {word} as it stands."""
    node = function.place.node
    if check.hidden or not isinstance(node, Function):
        return
    where = f"{function.place.module.path}: line {function.line}: test_{function.name}"
    text = ast.get_docstring(node)
    if not (text or "").strip():
        yield (
            f"{where} has no docstring, which is the line that students read, so that they read its name: "
            'write one, such as """The number of parameters.""", and never the answer'
        )
    for word in INSERTED.findall(text or ""):
        if word in IN_TITLES:
            if getattr(part.network, word, None) is None:
                way = f"[parts.network] of part {part.id} says no {word}"
                yield f"{where} has {{{word}}} in its docstring, which students read as it stands: {way}"
        elif near := meant(word, IN_TITLES):
            yield f"{where} has {{{word}}} in its docstring, which students read as it stands{near}"


def idle_public(assignment: Assignment) -> list[str]:
    """Return a line for each public check that no kit would run, since it bears no listed check's name."""
    listed = _listed(assignment)
    return [
        f"{where} is listed under no part of assignment.toml, so that no kit runs it{meant(name, listed)}"
        for name, where in _in_public(assignment)
        if name not in listed
    ]


def _public(assignment: Assignment) -> Iterator[str]:
    """Say which public checks tell what is hidden."""
    listed = _listed(assignment)
    for name, where in _in_public(assignment):
        if name in listed and listed[name].hidden:
            yield (
                f"{where} is for all to read, and assignment.toml says that {name} is hidden: take it out of "
                f"{PUBLIC}/, or do not hide it"
            )


def _listed(assignment: Assignment) -> dict[str, Check]:
    return {check.name.partition("[")[0]: check for part in assignment.parts for check in part.checks}


def _in_public(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Yield the public checks by name, each with its place."""
    for name, function in check_functions(Sources(assignment.folder, PUBLIC)).items():
        if isinstance(function.place.node, Function):
            yield name, f"{function.place.module.path}: line {function.line}: test_{name}"
