"""a training that cannot be put as a request -> Keras's own, in here, for as long as the judge gives leave.

Nothing outside vouches for the weights that come of it: they are measured, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import asking, describe, wire

notes: list[str] = []
_trained: dict[int, Any] = {}


def train(model: Any, why: str, training: Callable[[], Any], *, shown: bool = True) -> Any:
    """Return what the training returns. Raises wire.Refused where there is no leave."""
    asking.ask("train", {"why": why})
    note = f"trained as written, where your code runs, and not by the grader: {why}"
    if note not in notes:
        notes.append(note)
    try:
        return training()
    finally:
        _trained[id(model)] = model
        asking.ask("trained", {"why": why, "network": _told(model) if shown else None})


def was_trained(model: Any) -> bool:
    """Return whether a network was trained in here: its weights are none of the judge's."""
    return _trained.get(id(model)) is model


def _told(model: Any) -> Any:
    try:
        description = describe.described(model)
        wire.pack(description)
    except Exception:  # noqa: BLE001 (a class of the student's own may raise anything)
        return None
    return description
