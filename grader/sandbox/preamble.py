"""(the cell that a course handed out, a student's code) -> the statements of it that the code uses."""

from __future__ import annotations

import ast
import re

from grader.datatypes import CodeFile, Source


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
