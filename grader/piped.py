"""standard output whose reader went away (`| head`) -> what stops a command quietly."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO, NoReturn

STATUS = 141  # as a shell tells of a command that SIGPIPE ended


class ReaderGone(KeyboardInterrupt):
    """Nobody reads on. It stops what runs as Ctrl-C does: pytest, for one, takes all else for a fault."""


def stop(stream: IO[str]) -> NoReturn:
    """Raise ReaderGone; what is still printed to the stream goes nowhere."""
    with suppress(OSError, ValueError):  # no descriptor
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    raise ReaderGone
