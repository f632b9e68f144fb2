"""how much is asked for -> Wall: what stands around student code, and who forks its processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

REQUIRED = ("landlock", "seccomp")  # of the kernel's layers, as inside/jail.py names them
PLAIN, NETWORKS = "plain", "networks"  # the two kinds of warm parent


class Sandbox(StrEnum):
    """How much must stand around student code before any of it runs."""

    OFF = "off"  # a process with limits and nothing else; recorded in every result
    OFFERED = "offered"  # whatever this machine has: for one's own code on one's own machine
    AUTO = "auto"  # the kernel's layers, and bubblewrap where it works
    STRICT = "strict"  # bubblewrap too


class NoWall(Exception):
    """Student code cannot be kept in on this machine. The message says what is lacking and the ways out."""


@dataclass(frozen=True)
class Wall:
    """What a Student needs to know. Plain data: it goes from the grader's process to its judges."""

    level: Sandbox = Sandbox.OFFERED
    doors: Mapping[str, str] = field(default_factory=dict)  # where the warm parents listen; none: fresh ones
    scratch: str = ""  # the folder that scratch folders lie in; '' for the system's own
    bubblewrapped: bool = False
    layers: tuple[str, ...] = ()  # what was found to hold, for the record

    @property
    def jail(self) -> bool:
        """Whether the kernel is asked to keep student code in, as far as it can."""
        return self.level is not Sandbox.OFF

    def door_for(self, preload: Sequence[str]) -> str:
        """Return where the parent with these libraries listens, '' where a fresh process is to be started."""
        return self.doors.get(NETWORKS if "keras" in preload else PLAIN, "")

    def lacks(self, layers: Sequence[str]) -> list[str]:
        """Return the layers that must hold around a runner and do not."""
        if self.level in {Sandbox.OFF, Sandbox.OFFERED}:
            return []
        return [need for need in REQUIRED if not any(layer.startswith(need) for layer in layers)]

    @property
    def told(self) -> str:
        """What stood around student code, as results record it."""
        return ", ".join(self.layers) or ("off" if self.level is Sandbox.OFF else "process")


FRESH = Wall()  # no warm parents, and the kernel's layers where there are any
