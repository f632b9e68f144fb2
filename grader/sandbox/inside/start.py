"""("fresh" or "warm", its arguments) -> that module's `main`, out of sight for `import`.

Started by its path by grader/sandbox/launch.py and warm.py. Nothing of the grader stays importable: student
code sees the interpreter and its packages, whatever a checkout has put on the path.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

Main = Callable[[list[str]], None]


def main_of(name: str) -> Main:
    """Return `main` of the module beside this one, with the modules it imported out of sight again."""
    folder = str(Path(__file__).resolve().parent.parent)
    sys.path.insert(0, folder)
    main = cast("Main", importlib.import_module(f"inside.{name}").main)
    readable = importlib.import_module("inside.reach").readable()
    sys.path[:] = [path for path in sys.path if any(_below(path, top) for top in readable)]
    for module in [module for module in sys.modules if module.split(".")[0] == "inside"]:
        del sys.modules[module]
    return main


def _below(path: str, top: str) -> bool:
    """Return whether a path is a folder or lies in it, once links are followed."""
    real, real_top = os.path.realpath(path), os.path.realpath(top)
    return real == real_top or real.startswith(real_top + os.sep)


if __name__ == "__main__":
    which, *arguments = sys.argv[1:]
    sys.argv = [""]
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        del os.environ[name]
    main_of(which)(arguments)
