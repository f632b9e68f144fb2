"""what this process is about, in a few words -> whoever listens to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str], None]
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)
_subject: ContextVar[str] = ContextVar("subject", default="")


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell `listener` what is being done, while a block runs."""
    listening, subject = _listener.set(listener), _subject.set("")
    try:
        yield
    finally:
        _listener.reset(listening)
        _subject.reset(subject)


def about(subject: str) -> None:
    """Say what part the work is about from now on."""
    if _subject.get() != subject:
        _subject.set(subject)
        say("")


def say(what: str) -> None:
    """Say what is being done for that part: "training, epoch 7 of 20"."""
    if listener := _listener.get():
        listener(" ".join(filter(None, (_subject.get(), what))))
