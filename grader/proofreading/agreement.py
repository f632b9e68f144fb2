"""(Assignment, its check files) -> [Fault]: where the two do not agree, which only grading would show."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from grader.datatypes import Assignment, Check, Part
from grader.networks import MISTAKES
from grader.proofreading.accepted import acceptance_faults
from grader.proofreading.check_files import CheckFunction, check_functions, repeated
from grader.proofreading.faults import Fault, meant
from grader.proofreading.positions import Keys
from grader.proofreading.secret import without_secret
from grader.proofreading.slips import slips_of, written
from grader.proofreading.sources import Function, Module, Sources

FIXTURES = frozenset({"answer", "verdict", "submission", "part", "assignment", "network", "cases"})
PYTESTS_OWN = frozenset(
    """cache capfd capfdbinary caplog capsys capsysbinary doctest_namespace monkeypatch pytestconfig pytester
    record_property record_testsuite_property record_xml_attribute recwarn request subtests testdir tmp_path
    tmp_path_factory tmpdir tmpdir_factory""".split()  # noqa: SIM905 (as words it can be read)
)
Functions = Mapping[str, CheckFunction]
Listed = list[tuple[Keys, Part, Check]]


def disagreements(assignment: Assignment) -> tuple[list[Fault], list[str]]:
    """Return the faults of assignment.toml beside the check files, and those of the check files, in lines."""
    sources = Sources(assignment.folder)
    listed: Listed = [
        (("parts", number, "checks", check.name), part, check)
        for number, part in enumerate(assignment.parts)
        for check in part.checks
    ]
    if listed and not sources.check_files() and not sources.broken:
        return [], [
            f"{sources.checks}: no test_*.py there, and {len(listed)} checks are listed in assignment.toml"
        ]
    functions = check_functions(sources)
    elsewhere = [*sources.broken, *(line for module in sources.modules for line in _imports(module, sources))]
    if elsewhere:
        return [], list(dict.fromkeys(elsewhere))  # once for all names that one line imports
    open_ended = any("*" in module.imported for module in sources.check_files())
    faults = [
        fault
        for keys, part, check in listed
        if not (open_ended and _function(check, functions) is None)
        for fault in _of_check(keys, part, check, functions, sources)
    ]
    for number, part in enumerate(assignment.parts):
        if part.network:
            faults += _held_to(number, part, functions)
    asked = list(
        dict.fromkeys(function for _, _, check in listed if (function := _function(check, functions)))
    )
    faults += [*_hints(assignment, asked, sources), *without_secret(assignment, asked)]
    faults += acceptance_faults(assignment, functions)
    return faults, [*_twice(asked, sources), *_fixtures(asked, sources)]


def _imports(module: Module, sources: Sources) -> Iterator[str]:
    """Say what a file wants of others of the problem set that they have not."""
    for taken in module.imported.values():
        if not taken.file.is_file():
            known = [one.path.stem for one in sources.modules if one.path.parent == taken.file.parent]
            if not taken.file.is_dir():
                yield (
                    f"{module.path}: line {taken.line}: there is no {taken.file}.py"
                    f"{meant(taken.file.name, known)}"
                )
            continue
        other = sources.module(taken.file)
        known = sorted(other.names) if other else []
        open_ended = not other or "*" in other.imported or "__getattr__" in known
        if taken.name not in {"", "*", *known} and not open_ended:
            yield (
                f"{module.path}: line {taken.line}: {taken.file.name} has no '{taken.name}'"
                f"{meant(taken.name, known)}"
            )


def _twice(asked: Iterable[CheckFunction], sources: Sources) -> Iterator[str]:
    """Say which listed check is written twice: which of the two decides, nobody could tell."""
    listed = {function.name for function in asked}
    for first, other in repeated(sources):
        if other.name in listed:
            yield (
                f"{other.place.module.path}: line {other.line}: there is another test_{other.name}, "
                f"{first.told.rstrip(',')}, and one of the two would never count: give one another name"
            )


def _misplaced(name: str, sources: Sources) -> str:
    """Say where a function stands that was meant for a check, and why it is none; '' where none does."""
    found = set(sources.check_files())
    for module in sources.modules:
        node = module.defined.get(f"test_{name}")
        where = f"{module.path.relative_to(sources.folder)}, line {getattr(node, 'lineno', 1)}"
        if isinstance(node, Function) and module not in found and sources.checks in module.path.parents:
            return f". One stands in {where}: only files called test_….py are looked into"
    for module in found:
        node = module.defined.get(name)
        if isinstance(node, Function) and FIXTURES & {one.arg for one in node.args.args}:
            where = f"{module.path.relative_to(sources.folder)}, line {node.lineno}"
            return f". There is {name} ({where}): call it test_{name}"
    return ""


def _function(check: Check, functions: Functions) -> CheckFunction | None:
    return functions.get(check.name.partition("[")[0])


def _of_check(
    keys: Keys, part: Part, check: Check, functions: Functions, sources: Sources
) -> Iterator[Fault]:
    name, _, case = check.name.partition("[")
    function = _function(check, functions)
    if function is None:
        near = _misplaced(name, sources) or meant(name, functions)
        yield Fault(keys, f"there is no test_{name} under checks/{near}")
        return
    cases = function.cases
    if cases is not None and case.removesuffix("]") not in cases:
        known = [f"{name}[{one}]" if one else name for one in cases]
        yield Fault(keys, f"{function.told} has {', '.join(known)}{meant(check.name, known)}")
        return
    if "network" in function.arguments and part.network is None:
        yield Fault(
            keys, f"{function.told} asks for the part's network, and there is no [parts.network] here"
        )
    yield from _ramp(keys, check, function)


def _held_to(number: int, part: Part, functions: Functions) -> Iterator[Fault]:
    """Say where checks are parametrised by what [parts.network] says otherwise: each key of it once."""
    wanted: dict[tuple[str, object], list[str]] = {}
    for check in part.checks:
        name, _, case = check.name.partition("[")
        function = functions.get(name)
        arguments = ((function and function.cases) or {}).get(case.removesuffix("]"), {})
        for key, value in arguments.items():
            if hasattr(part.network, key) and getattr(part.network, key) != value:
                wanted.setdefault((key, value), []).append(check.name)
    for (key, value), names in wanted.items():
        has = getattr(part.network, key)
        told = f"{'not given' if has is None else has} here, and {', '.join(names)} of this part want {value}"
        yield Fault(("parts", number, "network", key), told)


def _ramp(keys: Keys, check: Check, function: CheckFunction) -> Iterator[Fault]:
    measured = function.measures
    if check.ramp and measured is not None and check.ramp.of not in measured:
        known = ", ".join(sorted(measured)) or "nothing"
        told = f"{function.told} measures {known}, and no '{check.ramp.of}'{meant(check.ramp.of, measured)}"
        yield Fault((*keys, "ramp", "of"), told)


def _fixtures(asked: Iterable[CheckFunction], sources: Sources) -> Iterator[str]:
    """Say what a check asks for that pytest will not find."""
    if any("pytest_plugins" in module.names for module in sources.modules):
        return
    own = {
        node.name
        for module in sources.modules
        for node in module.nodes
        if isinstance(node, Function) and any("fixture" in ast.unparse(one) for one in node.decorator_list)
    }
    for function in asked:
        given = {name for case in (function.cases or {}).values() for name in case}
        known = FIXTURES | PYTESTS_OWN | own | given
        for name in function.arguments if function.cases is not None else ():
            if name not in known:
                where, near = f"{function.place.module.path}: line {function.line}", meant(name, known)
                yield f"{where}: test_{function.name} asks for '{name}', which is no fixture{near}"


def _hints(assignment: Assignment, asked: list[CheckFunction], sources: Sources) -> Iterator[Fault]:
    """Say which slip has no hint, and which hint no slip."""
    hints = assignment.hints
    texts, patterns = written(sources)
    for hint in hints:
        if hint not in texts and hint not in MISTAKES and not any(one.fullmatch(hint) for one in patterns):
            near = meant(hint, [text for text in texts if text not in hints])
            yield Fault(("hints", hint), f"nothing under checks/ or beside it tells this slip{near}")
    told = slips_told(asked)
    for slip in sorted(told.keys() - hints.keys()):
        yield Fault(("hints",), f"{told[slip]} '{slip}', which has no hint{meant(slip, hints)}")


def slips_told(functions: Iterable[CheckFunction]) -> dict[str, str]:
    """Return the slips that check functions may tell, each with the function that does, in words."""
    told: dict[str, str] = {}
    for function in functions:
        for slip in slips_of(function):
            told.setdefault(slip, f"{function.told} or what it calls, tells the slip")
        if any(method == "judge" for _, method, _ in function.calls):
            for slip in MISTAKES:
                told.setdefault(slip, f"{function.told} has its network judged, which may tell the slip")
    return told


def without_hint(assignment: Assignment) -> tuple[str, ...]:
    """Return the slips that stand in the tables of the checks and may be told, and have no hint.

    Whether an answer can equal one, only the code that leaves some out can say.
    """
    functions = check_functions(Sources(assignment.folder))
    found = {
        slip
        for part in assignment.parts
        for check in part.checks
        if (function := _function(check, functions))
        for slip in slips_of(function, assignment.hints)
    }
    return tuple(sorted(found - assignment.hints.keys()))
