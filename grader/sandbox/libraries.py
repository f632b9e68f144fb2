"""(CodeFile, preamble) -> the libraries that their import lines name, found without running them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.datatypes import CodeFile
from grader.sandbox.inside.absent import FRAMEWORKS

LIBRARIES = {"numpy": r"numpy", "matplotlib": r"matplotlib|pylab", "keras": r"tensorflow|keras"}


def libraries(code: CodeFile, preamble: str = "") -> list[str]:
    """Return the names of the libraries, as the warm parents have them."""
    importing = _importing(code, preamble)
    return [name for name, pattern in LIBRARIES.items() if re.search(rf"\b(?:{pattern})\b", importing)]


def may_train(code: CodeFile, preamble: str, files: Mapping[str, bytes]) -> bool:
    """Return whether import lines, those of files beside it too, name a library that trains networks."""
    beside = [text.decode(errors="replace") for name, text in files.items() if name.endswith(".py")]
    trains = "|".join((LIBRARIES["keras"], *FRAMEWORKS))
    return bool(re.search(rf"\b(?:{trains})\b", _importing(code, "\n".join((preamble, *beside)))))


def _importing(code: CodeFile, preamble: str) -> str:
    lines = [line for cell in code.cells for line in cell.code.splitlines()]
    return "\n".join(
        line
        for line in [*lines, *preamble.splitlines()]
        if re.search(r"\bimport\b|__import__|import_module", line)
    )
