"""Sources -> the check functions that pytest will find, and what each measures, asks for and tells."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from grader.proofreading.sources import Function, Module, Place, Sources, statements

# What the fixtures' methods measure by themselves: grader/checks/verdict.py, cases.py, accuracy.py.
MEASURED_BY = {
    "compare": {"cases", "cases_right"},
    "refused": {"cases", "cases_right"},
    "entries": {"entries", "entries_right"},
    "judge": {"accuracy", "last_accuracy", "seeds", "explained_accuracy"},
}
SAYS = {"verdict", "network"}  # the fixtures that measure: who gets one from a check may measure too
Cases = Mapping[str, Mapping[str, object]]  # by what stands in brackets: the arguments


@dataclass(frozen=True, eq=False)
class CheckFunction:
    """A test function. `cases` is None where what it is parametrised by cannot be read here."""

    name: str  # as assignment.toml lists it, without brackets
    place: Place
    sources: Sources = field(repr=False)
    cases: Cases | None = None

    @property
    def line(self) -> int:
        """Where it begins in its file."""
        return getattr(self.place.node, "lineno", 1)

    @property
    def told(self) -> str:
        """Its file in the problem set's folder, and its line there."""
        return f"{self.place.module.path.relative_to(self.sources.folder)}, line {self.line},"

    @property
    def arguments(self) -> list[str]:
        """The fixtures, and whatever else it takes."""
        node = self.place.node
        return [one.arg for one in node.args.args if one.arg != "self"] if isinstance(node, Function) else []

    @cached_property
    def reached(self) -> list[Place]:
        """The function itself and all of the problem set's functions that it leads to."""
        found, waiting = {id(self.place.node): self.place}, [self.place]
        while waiting:
            place = waiting.pop()
            for node in place.nodes:
                other = self.sources.find(node, place.module)
                if other and isinstance(other.node, Function) and id(other.node) not in found:
                    found[id(other.node)] = other
                    waiting.append(other)
        return list(found.values())

    @cached_property
    def calls(self) -> list[tuple[ast.Call, str, Place]]:
        """The calls of methods, with the method's name, wherever the check leads."""
        return [
            (node, node.func.attr, place)
            for place in self.reached
            for node in place.nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        ]

    @cached_property
    def measures(self) -> frozenset[str] | None:
        """Return the names of the values that it measures, None where that cannot be read here."""
        if not isinstance(self.place.node, Function) or any(map(self._hands_on, self.reached)):
            return None
        found: set[str] = set()
        for call, method, _ in self.calls:
            found |= MEASURED_BY.get(method, set())
            if method == "measure":
                if any(keyword.arg is None for keyword in call.keywords):
                    return None
                found |= {keyword.arg for keyword in call.keywords if keyword.arg}
        return frozenset(found)

    def _hands_on(self, place: Place) -> bool:
        """Return whether a fixture that measures goes where it cannot be followed."""
        called = {id(node.func) for node in place.nodes if isinstance(node, ast.Call)}
        for node in place.nodes:
            if isinstance(node, ast.Attribute) and node.attr == "measure" and id(node) not in called:
                return True
            if isinstance(node, ast.Call):
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                hands = any(isinstance(one, ast.Name) and one.id in SAYS for one in given)
                other = self.sources.find(node.func, place.module)
                if hands and not (other and isinstance(other.node, Function)):
                    return True
        return False


def check_functions(sources: Sources) -> dict[str, CheckFunction]:
    """Return all check functions by name."""
    cases_known = not any("pytest_generate_tests" in module.names for module in sources.modules)
    found: dict[str, CheckFunction] = {}
    for module in sources.check_files():
        for name, place, plain in _tests(module, sources):
            cases = _cases(place, sources) if cases_known and plain else None
            check = CheckFunction(name.removeprefix("test_"), place, sources, cases)
            found[check.name] = check
    return found


def repeated(sources: Sources) -> Iterator[tuple[CheckFunction, CheckFunction]]:
    """Yield the tests that bear another's name, each after the first: only one of the two would count.

    The branches of an `if` may define one name twice, and a test may be imported by another file.
    """
    first: dict[str, CheckFunction] = {}
    for module in sources.check_files():
        for name, place, _ in _tests(module, sources):
            plain = isinstance(place.node, Function) and place.module is module
            if not plain or (node := place.node) in _in_branches(module):
                continue
            check = CheckFunction(name.removeprefix("test_"), place, sources)
            if first.setdefault(check.name, check).place.node is not node:
                yield first[check.name], check


def _in_branches(module: Module) -> set[ast.AST]:
    return set(statements(module.tree)) - set(module.tree.body)


def _tests(module: Module, sources: Sources) -> Iterator[tuple[str, Place, bool]]:
    """Yield tests with their names; last, whether all that parametrises one stands above it."""
    for node in statements(module.tree):
        if isinstance(node, Function) and node.name.startswith("test"):
            yield node.name, Place(module, node), True
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            for inner in node.body:
                if isinstance(inner, Function) and inner.name.startswith("test"):
                    yield inner.name, Place(module, inner), False
    for name in module.names:  # made by a call, or taken from another file
        if name.startswith("test") and not isinstance(module.defined.get(name), Function):
            place = sources.find(ast.Name(name), module)
            plain = place is not None and isinstance(place.node, Function)
            yield name, place or Place(module, module.tree), plain


def _cases(place: Place, sources: Sources) -> Cases | None:
    """Return the cases of a test, {"": {}} for one without, None where they cannot be read here."""
    assert isinstance(place.node, Function)
    tables: list[Cases] = []
    for decorator in reversed(place.node.decorator_list):  # as pytest writes them: the lowest first
        found = sources.find(decorator, place.module)
        mark, module = (found.node, found.module) if found else (decorator, place.module)
        if (
            isinstance(mark, ast.Call)
            and isinstance(mark.func, ast.Attribute)
            and mark.func.attr == "parametrize"
        ):
            table = _table(mark, module, sources)
            if table is None:
                return None
            tables.append(table)
        elif not _is_marker(mark):
            return None
    return {
        "-".join(name for name, _ in row): {key: value for _, values in row for key, value in values.items()}
        for row in itertools.product(*(table.items() for table in tables))
    }


def _table(mark: ast.Call, module: Module, sources: Sources) -> Cases | None:
    """Return the cases of one parametrize as pytest names them, None where they are no plain values."""
    if len(mark.args) != 2 or mark.keywords:
        return None
    names, values = (literal(one, module, sources) for one in mark.args)
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names or ())
    if not isinstance(values, list | tuple):
        return None
    rows = [row if len(keys) > 1 else (row,) for row in values]
    if not keys or not all(len(row) == len(keys) and all(map(_is_plain, row)) for row in rows):
        return None
    cases = {"-".join(map(str, row)): dict(zip(keys, row, strict=True)) for row in rows}
    return cases if len(cases) == len(rows) else None


def literal(node: ast.AST, module: Module, sources: Sources) -> Any:
    """Return a value that is written out, there or where a name leads; None for what is computed."""
    found = sources.find(node, module)
    try:
        return ast.literal_eval(found.node if found else node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return None


def _is_plain(value: object) -> bool:
    """Return whether pytest names a case by the value as Python writes it."""
    return value is None or isinstance(value, int | float) or (isinstance(value, str) and value.isascii())


def _is_marker(node: ast.AST) -> bool:
    """Return whether a decorator is another of pytest's marks, which changes no names."""
    return ast.unparse(node).startswith("pytest.mark.")
