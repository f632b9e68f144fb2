"""a block -> the same block, in which Keras can be imported while something else is done."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def meanwhile() -> Iterator[Callable[[], None]]:
    """Yield what begins to import Keras in a thread, once: who needs it waits for what is left of that.

    The process's error stream is still as long as that takes.
    """
    thread = threading.Thread(target=_import)
    try:
        yield lambda: None if thread.ident else thread.start()
    finally:
        if thread.ident:
            thread.join()


def _import() -> None:
    gc.disable()  # nothing that an import makes is garbage, and looking for it takes a fifth of the time
    try:
        with suppress(Exception):  # a broken installation is told to who first needs it
            from grader.training.network import quiet

            quiet()
            import keras  # noqa: F401
    finally:
        gc.enable()
        gc.freeze()
