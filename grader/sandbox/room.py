"""what stands around a student's code -> Room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from grader.sandbox.clock import Purse
from grader.sandbox.wall import Wall

Handler = Callable[[object], object]  # plain data -> plain data; raises Refusal


@dataclass(frozen=True)
class Room:
    """What stands around a student's code."""

    wall: Wall = field(default_factory=Wall)
    files: Mapping[str, bytes] = field(default_factory=dict)  # handed in beside it, by relative name
    preamble: str = ""  # Python that runs before a notebook's own cells, as far as they use it
    handlers: Mapping[str, Handler] = field(default_factory=dict)  # for what it asks, at no time of its own
    purse: Purse | None = None  # the time it shares with other code
    training: Purse | None = None  # the same, for what it trains itself
