"""(Assignment, its check functions) -> [Fault]: answers that are to count as right too and never could."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from grader.answers import Unreadable, canonical
from grader.datatypes import Assignment, Correction
from grader.proofreading.check_files import CheckFunction, literal
from grader.proofreading.faults import Fault, shown
from grader.proofreading.positions import Keys
from grader.proofreading.sources import Place

RUN = frozenset({"cases", "network"})  # the fixtures of checks that run what was handed in
OTHERWISE = "say also_accept_slip where it is a known mistake, or give the points in marks.csv"
Asked = Mapping[str, Any]


def acceptance_faults(assignment: Assignment, functions: Mapping[str, CheckFunction]) -> Iterator[Fault]:
    """Yield which `also_accept` could never be decided by what a check read, and why."""
    for number, one in enumerate(assignment.corrections):
        function = functions.get(one.check.partition("[")[0])
        if one.also_accept and function:
            yield from _of_one(one, function, ("corrections", number, "also_accept"))


def _of_one(one: Correction, function: CheckFunction, keys: Keys) -> Iterator[Fault]:
    calls = list(_reading(function))
    if RUN.intersection(function.arguments) or any(name == "function" for name, _ in calls):
        yield Fault(keys, f"{function.told} runs code, and no answer in words is its result: {OTHERWISE}")
        return
    readers = {name: asked for name, asked in calls if name in canonical.READERS}
    if len(readers) != 1:
        told = " and ".join(sorted(readers)) or "nothing that could be compared"
        yield Fault(keys, f"{function.told} reads {told}, where one kind of answer is needed: {OTHERWISE}")
        return
    for place, text in enumerate(one.also_accept):
        problems = [_problem(name, text, asked) for name, asked in calls if name in readers]
        if all(problems):
            told = f"{shown(text)} cannot be read as this check reads answers: {problems[0]}"
            yield Fault((*keys, place) if len(one.also_accept) > 1 else keys, told)


def _reading(function: CheckFunction) -> Iterator[tuple[str, Asked | None]]:
    """Yield the readers that a check calls, with what each is told; None where that is computed."""
    for call, method, place in function.calls:
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "answer":
            yield method, _asked(call, method, place, function)


def _asked(call: ast.Call, method: str, place: Place, function: CheckFunction) -> Asked | None:
    known = canonical.READERS[method][1] if method in canonical.READERS else ()
    found = {
        keyword.arg: literal(keyword.value, place.module, function.sources)
        for keyword in call.keywords
        if keyword.arg in known
    }
    needed = {name: value for name, value in found.items() if name != "nouns"}  # these only help to find it
    return None if None in needed.values() else {name: value for name, value in found.items() if value}


def _problem(reader: str, text: str, asked: Asked | None) -> str:
    """Return why a text cannot be read, '' where it can, or where what the reader is told is computed."""
    if asked is None:
        return ""
    try:
        canonical.read(reader, text, asked)
    except Unreadable as fault:
        return str(fault)
    return ""
