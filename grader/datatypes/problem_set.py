"""What a problem set asks: parts, checks, points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.arrays import Drawing, Pooling
from grader.datatypes.corrections import Correction
from grader.deadlines import Deadline
from grader.limits import Limits
from grader.networks import NetworkRules
from grader.regrade import Regrade


@dataclass(frozen=True)
class Ramp:
    """Partial credit: linear in a measured value from `zero` to `full`, nothing up to `nothing_up_to`."""

    of: str
    full: float
    zero: float = 0.0
    nothing_up_to: float | None = None
    lower_is_better: bool = False  # `full` lies below `zero`: a number of parameters, an error


@dataclass(frozen=True)
class Check:
    """A listed check. `test_<name>` under the problem set's checks/ decides it."""

    name: str
    points: float
    ramp: Ramp | None = None
    hidden: bool = False  # a student sees the category, never the content
    category: str = ""


@dataclass(frozen=True)
class Part:
    """One question: `checks` are decided here, the criteria of `rubric` by a person."""

    id: str
    title: str
    question: str = ""
    checks: tuple[Check, ...] = ()
    rubric: Mapping[str, float] = field(default_factory=dict)  # criterion -> points
    network: NetworkRules | None = None
    drawn: Pooling | None = None  # what pages draw of the question

    @property
    def points(self) -> float:
        """All that can be earned here."""
        return sum(check.points for check in self.checks) + sum(self.rubric.values())


@dataclass(frozen=True)
class Assignment:
    """A problem set: `folder` holds its assignment.toml, checks/ and reference implementations."""

    id: str
    title: str
    folder: Path
    sections: Mapping[str, str]  # "3" -> "Convolutional Neural Networks"
    parts: tuple[Part, ...]
    hints: Mapping[str, str] = field(default_factory=dict)  # slip -> the hint that names it
    limits: Limits = field(default_factory=Limits)
    cases: Drawing = field(default_factory=Drawing)
    step: float = 0.25  # totals are rounded to this where a person reads them
    show_expected: bool = False
    show_rubric: str = "marked"  # when students see a criterion's text: "always", once "marked", "never"
    preamble: str = ""  # Python: the first cell that the course handed out
    explained: Mapping[str, str] = field(default_factory=dict)  # source -> what one missing step costs
    deadline: Deadline | None = None
    attempts: str = "latest"  # which of several counts: "latest", "first" or "last on time"
    another_look: str = ""  # how a student asks for one: a sentence of the course's own
    corrections: tuple[Correction, ...] = ()
    regrade: Regrade | None = None  # where to, and until when
    only: frozenset[str] = frozenset()  # ids of the parts asked for; empty: all
    data: str = ""  # where the data lie: a path, or "stand-in"; empty: wherever they are found
    thorough: bool = False  # whether every claim is measured, not only the cheapest

    @property
    def asked(self) -> tuple[Part, ...]:
        """The parts to grade. A write-up is split by the headings of all parts, whichever are asked for."""
        return tuple(part for part in self.parts if not self.only or part.id in self.only)

    @property
    def whole(self) -> float:
        """The points of all its parts where only some are asked for, else 0."""
        return sum(part.points for part in self.parts) if len(self.asked) < len(self.parts) else 0.0

    @property
    def trains(self) -> bool:
        """Whether there are networks to train among the parts to grade."""
        return any(part.network for part in self.asked)
