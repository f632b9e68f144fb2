"""(CodeFile, preamble) -> the libraries that their import lines name, found without running them."""

from __future__ import annotations

import re

from grader.datatypes import CodeFile

LIBRARIES = {"numpy": r"numpy", "matplotlib": r"matplotlib|pylab", "keras": r"tensorflow|keras"}


def libraries(code: CodeFile, preamble: str = "") -> list[str]:
    """Return the names of the libraries, as the warm parents have them."""
    lines = [line for cell in code.cells for line in cell.code.splitlines()]
    importing = "\n".join(
        line
        for line in [*lines, *preamble.splitlines()]
        if re.search(r"\bimport\b|__import__|import_module", line)
    )
    return [name for name, pattern in LIBRARIES.items() if re.search(rf"\b(?:{pattern})\b", importing)]
