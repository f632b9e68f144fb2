"""-> a fork server whose judges end in silence where who asked for them is gone. For its preloading alone."""

from __future__ import annotations

import sys
from types import TracebackType


def _unless_left(kind: type[BaseException], fault: BaseException, trace: TracebackType | None, /) -> None:
    """Say what broke, unless it is what a judge finds that comes up after Ctrl-C: nothing is there."""
    if not issubclass(kind, OSError | EOFError):
        sys.__excepthook__(kind, fault, trace)


sys.excepthook = _unless_left
