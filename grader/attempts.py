"""a problem set -> submissions that have to earn nothing: its starter files, an empty one, nonsense."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.datatypes import Assignment
from grader.proofreading import Sources, check_functions

STARTER, STATEMENT = "starter", "statement.md"
WORDS = "I do not know."
VALUE = '{name} = "nothing"\n'
FUNCTION = "def {name}(*given, **named):\n    return None\n\n\n"


def attempts(assignment: Assignment, scratch: Path) -> Mapping[str, Path]:
    """Return each submission by what a sentence calls it; those that are no starter files go to `scratch`."""
    names = sorted(_names(assignment))
    texts = {
        "an empty submission": ("empty.md", ""),
        f"'{WORDS}' under each heading": ("words.md", _under_headings(assignment)),
        "a module in which each name is a text": ("texts.py", _each(VALUE, names)),
        "a module of functions that return None": ("functions.py", _each(FUNCTION, names)),
    }
    scratch.mkdir(exist_ok=True)
    for file, text in texts.values():
        (scratch / file).write_text(text, encoding="utf-8")
    return {
        **{f"{STARTER}/{name} as it is handed out": path for name, path in _starters(assignment)},
        **{told: scratch / file for told, (file, _) in texts.items()},
    }


def _starters(assignment: Assignment) -> Iterator[tuple[str, Path]]:
    """Yield the files that students fill in; not the statement, nor the first cell that runs with any."""
    folder = assignment.folder / STARTER
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = any(step[0] in "._" for step in name.split("/"))
        if hidden or name == STATEMENT or path.is_symlink() or not path.is_file():
            continue
        if not assignment.preamble or path.read_bytes() != assignment.preamble.encode():
            yield name, path


def _names(assignment: Assignment) -> set[str]:
    """Return all names under which a check may look for something: too many do no harm."""
    functions = check_functions(Sources(assignment.folder)).values()
    modules = {place.module for function in functions for place in function.reached}
    texts = {
        node.value
        for module in modules
        for node in module.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    rules = [part.network for part in assignment.parts if part.network]
    texts |= {name for one in rules for name in (one.fits, one.compiled)}
    return {
        text
        for text in texts
        if text.isidentifier() and not keyword.iskeyword(text) and not text.startswith("_")
    }


def _each(form: str, names: list[str]) -> str:
    return "".join(form.format(name=name) for name in names)


def _under_headings(assignment: Assignment) -> str:
    return "\n".join(f"## Problem {part.id}\n\n{WORDS}\n" for part in assignment.parts)
