"""mutants of the reference, graded as submissions: which earn all points, which are told their mistake.

    python benchmarks/mutants.py [--count 500] [--jobs 2] [--out mutants.json]

Each is a function of reference/convlab, with what it needs, and one thing changed in its syntax tree: an
operator, a comparison, a number (axes among them), a bound of a slice, a method, an order, a branch. Where
these are not enough, functions of two right specimens, written in other ways, are changed as well. Each is
graded through the pipeline. One that earns all points has to be equivalent: it is compared with the reference
on thousands of drawn inputs beyond those graded.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib
import io
import json
import random
import signal
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from grader import assignment, judges, pipeline
from grader.checks import near
from grader.roster import Entry
from grader.sandbox import walled

ROOT = Path(__file__).parents[1]
CONVLAB = ROOT / "reference" / "convlab"
ORIGINS = (
    *(CONVLAB / f"{name}.py" for name in ("padding", "sizes", "convolution", "pooling", "networks")),
    *(CONVLAB / "specimens" / name for name in ("right.py", "other-ways.py")),
)
REFERENCES = {
    "pad": "padding",
    "output_shape": "sizes",
    "parameter_count": "sizes",
    "convolve": "convolution",
    "pool": "pooling",
    "relu_network": "networks",
    "gradient": "networks",
}
PARTS = {"pad": "1A", "output_shape": "1B", "parameter_count": "1B", "convolve": "1C", "pool": "1D"} | {
    "relu_network": "1E",
    "gradient": "1E",
}
DRAWN = 400  # of each kind, for a mutant that earns all points
SECONDS = 60  # for these
CALL = 4.0  # seconds of one check: some mutants never end
OPERATORS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.FloorDiv),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Mult, ast.Div),
    ast.MatMult: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
METHODS = {"max": "min", "min": "max", "mean": "sum", "sum": "mean", "maximum": "minimum", "ceil": "floor"}
Change = Callable[[ast.AST], None]


@dataclass(frozen=True)
class Mutant:
    function: str
    what: str
    code: str


def changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Yield what can be changed in a node, in words and as what changes a copy of it."""
    yield from _operators(node)
    yield from _values(node)
    match node:
        case ast.Slice():
            there = (bound for bound in ("lower", "upper", "step") if getattr(node, bound) is not None)
            yield from ((f"no {bound} bound", _sets(bound, lambda: None)) for bound in there)
        case ast.Tuple(elts=[_, _] as two, ctx=ast.Load()):
            yield "order of two", _sets("elts", two[::-1].copy)
        case ast.If() | ast.IfExp():
            yield "always", _sets("test", lambda: ast.Constant(value=True))
            yield "never", _sets("test", lambda: ast.Constant(value=False))


def _operators(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op) | ast.BoolOp(op=op):
            for kind in OPERATORS.get(type(op), ()):
                yield f"{type(op).__name__} for {kind.__name__}", _sets("op", kind)
        case ast.Compare(ops=[op, *others]):
            for kind in OPERATORS.get(type(op), ()):
                told = f"{type(op).__name__} for {kind.__name__}"
                yield told, _sets("ops", lambda kind=kind: [kind(), *others])
        case ast.UnaryOp(op=ast.USub()):
            yield "sign", _sets("op", ast.UAdd)


def _values(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Constant(value=int(value)) if type(value) is int:
            for other in (value + 1, value - 1):
                yield f"{value} for {other}", _sets("value", lambda other=other: other)
        case ast.Constant(value=bool(value)):
            yield f"not {value}", _sets("value", lambda: not value)
        case ast.Attribute(attr=name) if name in METHODS:
            yield f"{name} for {METHODS[name]}", _sets("attr", lambda: METHODS[name])


def _sets(field: str, make: Callable[[], object]) -> Change:
    return lambda node: setattr(node, field, make())


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield all mutants of a module's functions, each with all that it needs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for name in PARTS:
        needed = _needed(tree, name)
        unchanged = ast.unparse(ast.Module(needed, []))
        for at, statement in enumerate(needed):
            if not isinstance(statement, ast.FunctionDef):
                continue
            for number, node in enumerate(ast.walk(statement)):
                for what, change in changes(node):
                    mutant = copy.deepcopy(statement)
                    change(list(ast.walk(mutant))[number])
                    body = [*needed[:at], mutant, *needed[at + 1 :]]
                    code = ast.unparse(ast.fix_missing_locations(ast.Module(body, [])))
                    line = f"{path.name}, line {getattr(node, 'lineno', statement.lineno)}"
                    if code != unchanged:  # two that are the same may change places
                        yield Mutant(name, f"{line}: {what}", code)


def _needed(tree: ast.Module, name: str) -> list[ast.stmt]:
    """Return the imports, and the definitions that a function leads to, in their order."""
    defined = {_name(node): node for node in tree.body}
    found, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one in defined and one not in found:
            found.add(one)
            waiting += [node.id for node in ast.walk(defined[one]) if isinstance(node, ast.Name)]
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    return [*imports, *(node for node in tree.body if _name(node) in found)] if name in found else []


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign):
        return getattr(node.targets[0], "id", "")
    return getattr(node, "name", "")


def chosen(count: int) -> list[Mutant]:
    """Return so many different mutants, those of the reference first."""
    picked: dict[str, Mutant] = {}
    for path in ORIGINS:
        found = [mutant for mutant in mutants(path) if mutant.code not in picked]
        random.Random(155).shuffle(found)
        picked |= {mutant.code: mutant for mutant in found}
    return list(picked.values())[:count]


def graded(picked: list[Mutant], jobs: int) -> list[dict]:
    """Grade each with the checks of its function alone; other functions of its part are missing."""
    lab = assignment.load(CONVLAB)
    lab = replace(lab, limits=replace(lab.limits, seconds=CALL))
    found: list[dict] = [{} for _ in picked]
    with walled() as wall, tempfile.TemporaryDirectory() as scratch:
        tasks = []
        for number, mutant in enumerate(picked):
            path = Path(scratch) / f"{number}.py"
            path.write_text(mutant.code)
            wanted = assignment.only_parts(lab, frozenset({PARTS[mutant.function]}))
            tasks.append((Entry(str(number), path), wanted, wall))
        for task, outcome in judges.in_parallel(pipeline.grade, tasks, jobs):
            if isinstance(outcome, BaseException):
                raise outcome
            number = int(task[0].student)
            checks = [check for part in outcome.parts for check in part.checks if check.status != "missing"]
            found[number] = {
                "all points": all(check.status == "passed" for check in checks),
                "slips": sorted({check.slip for check in checks if check.slip}),
                "statuses": dict(Counter(str(check.status) for check in checks)),
            }
    return found


def kinds_drawn() -> dict[str, list[Callable]]:
    """Return how the checks draw for each function."""
    sys.path.insert(0, str(CONVLAB.parent))
    draws = importlib.import_module("convlab.draws")
    return {
        "pad": [draws.images_to_pad(mode) for mode in ("zero", "edge", "reflect")],
        "output_shape": [draws.layer, draws.impossible_layer],
        "parameter_count": [draws.filters, draws.impossible_filters],
        "convolve": [
            *(draws.convolution, draws.same_convolution, draws.padded_convolution, draws.strided_convolution),
            draws.precise_convolution,
        ],
        "pool": [
            *(draws.pooling("max"), draws.pooling("average"), draws.pooling_with_border),
            draws.precise_pooling,
        ],
        "relu_network": [draws.network],
        "gradient": [draws.network_with_target, draws.precise_network],
    }


def outcome(function: Callable, arguments: tuple) -> object:
    given = copy.deepcopy(arguments)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            value = function(*given)
        except Exception as error:  # noqa: BLE001 (a mutant may raise anything)
            return isinstance(error, ValueError), None
    return repr(given) == repr(arguments), value


def disagreement(mutant: Mutant, draws: list[Callable]) -> str:
    """Return an input on which a mutant and the reference differ, '' where none of those drawn is one."""
    names: dict[str, object] = {}
    exec(mutant.code, names)
    right = getattr(importlib.import_module(f"convlab.{REFERENCES[mutant.function]}"), mutant.function)
    rng = np.random.default_rng(8)
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(SECONDS * len(draws))
    try:
        for draw, _ in product(draws, range(DRAWN)):
            arguments = draw(rng)
            if not _same(outcome(names[mutant.function], arguments), outcome(right, arguments)):
                return repr(arguments)
    finally:
        signal.alarm(0)
    return ""


def _late(*_: object) -> None:
    raise TimeoutError


def _same(one: tuple[bool, object], other: tuple[bool, object]) -> bool:
    if one[1] is None or other[1] is None:
        return one == other
    return one[0] == other[0] and near.close(one[1], other[1], 1e-12 if _double(other[1]) else 1e-5)


def _double(value: object) -> bool:
    """Return whether no array in a value is float32."""
    if isinstance(value, (list, tuple)):
        return all(map(_double, value))
    return getattr(value, "dtype", np.dtype(float)) != np.float32


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--jobs", type=int, default=judges.default_jobs())
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    picked = chosen(given.count)
    found = graded(picked, given.jobs)
    drawn = kinds_drawn()
    survived = []
    for mutant, result in zip(picked, found, strict=True):
        if result["all points"]:
            result["differs"] = disagreement(mutant, drawn[mutant.function])
            survived.append((mutant, result))
    report(picked, found, survived)
    if given.out:
        rows = [{**vars(mutant), **result} for mutant, result in zip(picked, found, strict=True)]
        given.out.write_text(json.dumps(rows, indent=1))


def report(picked: list[Mutant], found: list[dict], survived: list[tuple[Mutant, dict]]) -> None:
    wrong = [result for result in found if not result["all points"]]
    told = [result for result in wrong if result["slips"]]
    print(f"{len(picked)} mutants; {len(survived)} earn all points; {len(wrong)} lose some")
    print(f"told a named mistake: {len(told)} of {len(wrong)} ({len(told) / max(len(wrong), 1):.0%})")
    answered = [result for result in wrong if not {"crashed", "timeout"} & set(result["statuses"])]
    named = sum(bool(result["slips"]) for result in answered)
    print(f"of those that neither stop nor run on: {named} of {len(answered)}")
    for mutant, result in survived:
        state = (
            f"DIFFERS for {result['differs']}" if result["differs"] else "equivalent on all that was drawn"
        )
        print(f"  {mutant.function}, {mutant.what}: {state}")
    slips = Counter(slip for result in wrong for slip in result["slips"])
    print("\n".join(f"  {count:4} {slip}" for slip, count in slips.most_common()))


if __name__ == "__main__":
    main()
