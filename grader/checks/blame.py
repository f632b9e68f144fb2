"""an exception from a problem set's own code -> where it was raised, and what it says, in one sentence."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from grader.checks import literals


def raised(fault: BaseException, folder: Path) -> str:
    """Say an exception with the last place in a folder: 'filters.py, line 15: your f raises …'.

    '' where no code of that folder took part.
    """
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if _in(frame.filename, folder)]
    if not frames:
        return ""
    named = next((frame.name for frame in reversed(frames) if not frame.name.startswith("<")), "code")
    place = f"{_in(frames[-1].filename, folder)}, line {frames[-1].lineno}"
    return f"{place}: your {named} raises {_words(fault)}"


def of_slip(fault: BaseException, folder: Path, name: str, function: Callable[..., Any]) -> str:
    """Say that the function of a slip raised; where it could not even be called, with where it begins."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if _in(frame.filename, folder)]
    while isinstance(function, partial):
        function = function.func
    code = getattr(function, "__code__", None)
    begins = (code.co_filename, code.co_firstlineno) if code else (str(folder / "checks"), 1)
    file, line = (frames[-1].filename, frames[-1].lineno) if frames else begins
    return f"{_in(file, folder) or Path(file).name}, line {line}: slip '{name}' raises {_words(fault)}"


def on(name: str, arguments: tuple[Any, ...]) -> str:
    """Say which call it was."""
    return f"on `{literals.brief(name, arguments)}`"


def _words(fault: BaseException) -> str:
    notes = getattr(fault, "__notes__", ())
    return " ".join([f"{type(fault).__name__}: {fault}".rstrip(": "), *notes])


def _in(file: str, folder: Path) -> str:
    """Return a file's path in a folder, '' for one elsewhere."""
    path = Path(file)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""
