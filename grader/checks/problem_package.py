"""a problem set's folder -> an importable package, whatever the folder is called and wherever it lies."""

from __future__ import annotations

import hashlib
import sys
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType

from grader import problem_files


def package(folder: Path) -> str:
    """Register the folder as a package of its own and return the package's name.

    The name is made from the path and from what lies there, so that two problem sets called the same, or one
    before and after it was mended, stand side by side. The folder's own `__init__.py` is not run: a problem
    set is its modules.
    """
    which = f"{folder}\n{problem_files.digest(folder)}"
    name = "problem_set_" + hashlib.sha256(which.encode()).hexdigest()[:12]
    if name not in sys.modules:
        invalidate_caches()
        module = ModuleType(name)
        module.__path__ = [str(folder)]
        sys.modules[name] = module
    return name


def check_module(folder: Path, path: Path) -> ModuleType:
    """Import a check file as part of its problem set, so that its relative imports work."""
    dotted = ".".join(path.relative_to(folder).with_suffix("").parts)
    return import_module(f"{package(folder)}.{dotted}")
