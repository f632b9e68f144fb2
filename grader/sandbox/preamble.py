"""(the cell that a course handed out, a student's code) -> the statements of it that the code uses.

And of an excerpt in a write-up: the usual names of the official arrays that it uses and does not define.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.datatypes import CodeFile, Source

LONGEST = 20_000  # characters of a cell that are looked at
OFFICIAL = {
    **{f"{letter}_{part}": f"{letter.lower()}_{part}" for letter in "xXyY" for part in ("train", "test")},
    "train_images": "x_train",
    "train_labels": "y_train",
    "test_images": "x_test",
    "test_labels": "y_test",
}


def needed_of(preamble: str, code: CodeFile) -> str:
    """Return the preamble's top-level statements that bind a name occurring in the cells.

    What nobody uses is left out, so that answers alone do not wait for TensorFlow. The preamble is the
    course's own and is not run here; of the student's code only the words are looked at. '' for a module.
    """
    if not preamble or code.source is Source.MODULE:
        return ""
    words = set(re.findall(r"\w+", "\n".join(cell.code for cell in code.cells)))
    kept = []
    for statement in reversed(ast.parse(preamble).body):  # what is kept may itself need what stands above it
        source = ast.get_source_segment(preamble, statement) or ""
        if words & _bound(statement):
            kept.append(source)
            words |= set(re.findall(r"\w+", source))
    return "\n".join(reversed(kept))


def _bound(statement: ast.stmt) -> set[str]:
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    for node in ast.walk(statement):
        if isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
    return names


def official_of(code: CodeFile) -> dict[str, str]:
    """Return which official array stands for each name that an excerpt uses before it gives it a value.

    Only code in a write-up is an excerpt. It is parsed and not run.
    """
    if code.source is not Source.WRITEUP:
        return {}
    taken: dict[str, str] = {}
    known: set[str] = set()
    for cell in code.cells:
        for used, bound in _uses(cell.code[:LONGEST]):
            taken |= {name: OFFICIAL[name] for name in sorted(used & OFFICIAL.keys()) if name not in known}
            known |= bound
    return taken


def _uses(code: str) -> Iterator[tuple[set[str], set[str]]]:
    """Yield of each statement the names that it takes from outside, and those that it gives a value."""
    lines = (line for line in code.splitlines() if not line.lstrip().startswith(("%", "!")))  # magics
    try:
        body = ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in body:
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        yield used - _parameters(statement), _bound(statement)


def _parameters(statement: ast.stmt) -> set[str]:
    return {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
