"""a reports folder -> no other command writes into it as long as a block runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

NAME = ".grading"


class Busy(Exception):
    """Another command is writing into the folder. The message says the way out."""


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold a lock on a folder, which is made; a process that is killed lets go. Raises Busy, OSError.

    Where the system has no such locks (Windows) nothing is held. What was made for it goes afterwards.
    """
    made = not out.exists()
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = _locked(out / NAME)
    try:
        yield
    finally:
        if held is not None:
            (out / NAME).unlink(missing_ok=True)
            os.close(held)
        if made:
            with suppress(OSError):  # something was graded into it
                out.rmdir()


def _locked(path: Path) -> int | None:
    """Return the descriptor of a locked file, None where there are no locks."""
    try:
        fcntl = import_module("fcntl")
    except ImportError:
        return None
    while True:
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
            raise Busy(
                f"{path.parent}: another command of the grader is at work there (grade, marks, report, "
                "forget or export). Wait until it is done, or give another folder."
            ) from None
        except OSError:  # a disk of another machine that has no locks
            return held
        if _is(held, path):
            return held
        os.close(held)  # whoever held it before has removed it meanwhile


def _is(held: int, path: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(held), path.stat())
    return False
