"""(Assignment, its check files) -> [line]: checks that stand under no part, so that they never count."""

from __future__ import annotations

from collections.abc import Iterator

from grader.datatypes import Assignment
from grader.proofreading.check_files import CheckFunction, check_functions
from grader.proofreading.sources import Function, Sources


def unlisted(assignment: Assignment) -> list[str]:
    """Return a line for each check function, or case of one, that assignment.toml does not list."""
    listed = {check.name for part in assignment.parts for check in part.checks}
    functions = check_functions(Sources(assignment.folder)).values()
    return [line for function in functions for line in _of(function, listed)]


def _of(function: CheckFunction, listed: set[str]) -> Iterator[str]:
    if not isinstance(function.place.node, Function):
        return  # a variable whose name begins with `test`, or what cannot be followed
    where = f"{function.place.module.path}: line {function.line}: test_{function.name}"
    way = "list it with its points under [[parts]]"
    if not any(name.partition("[")[0] == function.name for name in listed):
        yield (
            f"{where} is listed under no part of assignment.toml, so that it never counts: {way}, "
            f"checks = {{ {function.name} = 1 }}, or take 'test_' off its name"
        )
        return
    for case in function.cases or {}:
        name = f"{function.name}[{case}]" if case else function.name
        if name not in listed:
            listing = f'checks = {{ "{name}" = 1 }}'
            yield f"{where} has a case that no part of assignment.toml lists: {way}, {listing}"
