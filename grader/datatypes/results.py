"""What came of it: checks, parts, a student's result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.arrays import Compared, Pooling, Tried
from grader.crops import Crop
from grader.networks import NetworkShown
from grader.regrade import Regrade
from grader.shown import CodeShown
from grader.status import Corrected, Marked, Status
from grader.taken import Taken


@dataclass(frozen=True)
class CheckResult:
    """One check's outcome. `earned` and `possible` are set by scoring, or by a person where it is marked."""

    name: str
    status: Status
    title: str = ""  # the check's docstring: the line a student reads
    message: str = ""  # why, in a sentence or a few lines; never holds the answer
    hint: str = ""
    expected: str = ""  # staff only, unless the course shows it
    actual: str = ""
    measured: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    slip: str = ""  # the known mistake that the answer equals
    notes: tuple[str, ...] = ()  # conventions accepted
    attention: tuple[str, ...] = ()  # for staff
    hidden: bool = False
    category: str = ""
    earned: float = 0.0
    possible: float = 0.0
    comment: str = ""  # what a person who marked it says to the student
    marked: Marked | None = None
    corrected: Corrected | None = None  # the course gave all points after it had graded
    credited: bool = False  # passed though it is not as asked: the message says why
    waits_for: str = ""  # what a pending check waits for, where that is no person
    lacks: str = ""  # what the student did not hand in, where a pending check cannot be made without
    traceback: str = ""  # of the student's own code
    compared: Compared | None = None  # arrays, where the answer is some
    taken: Taken | None = None  # the one answer that was read, to hold others against
    tried: Tried | None = None  # inputs that were drawn, where the answer is a function
    extra: Mapping[str, Any] = field(default_factory=dict)  # fields of a newer format

    @property
    def found(self) -> Status:
        """What the grader alone had found, whatever a person or the course decided after it."""
        return _found(self)


@dataclass(frozen=True)
class RubricResult:
    """One criterion that a person marks."""

    criterion: str
    possible: float
    status: Status = Status.PENDING
    earned: float = 0.0
    comment: str = ""
    marked: Marked | None = None
    corrected: Corrected | None = None

    @property
    def found(self) -> Status:
        """What the grader alone had found, whatever a person or the course decided after it."""
        return _found(self)


def _found(entry: CheckResult | RubricResult) -> Status:
    before = entry.corrected or entry.marked  # a mark comes after a correction
    return before.status if before else entry.status


@dataclass(frozen=True)
class Bonus:
    """Points on top of what is possible, for whoever has all points of what it is about."""

    points: float
    reason: str
    item: str = ""  # a check or a criterion; '' for the whole part
    earned: float = 0.0


@dataclass(frozen=True)
class AnswerRead:
    """What was understood from one of the student's answers, as the page shows it."""

    source: str
    file: str
    text: str
    read_as: str = ""


@dataclass(frozen=True)
class PartResult:
    """One part's outcome with all that its page needs. Points are unrounded."""

    id: str
    title: str
    earned: float
    possible: float
    pending: float
    checks: tuple[CheckResult, ...] = ()
    question: str = ""
    answer: tuple[AnswerRead, ...] = ()
    rubric: tuple[RubricResult, ...] = ()
    code: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # of each of `code`: what the student's own tracebacks call it
    output: str = ""
    figures: tuple[str, ...] = ()
    network: NetworkShown | None = None
    drawn: Pooling | None = None
    bonuses: tuple[Bonus, ...] = ()  # all that the course gives here, earned or not
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lateness:
    """When a submission came, by the clock of the system that took it, and what that costs."""

    submitted: str  # ISO 8601 with its offset
    due: str  # as it holds for this student, an extension counted in
    hours: float  # after that; 0 in time
    points: float  # taken off what is earned so far, unrounded
    told: str  # the rule that was applied, in a sentence
    share: float = 0.0  # of what is earned, that `points` is
    free_hours: float = 0.0  # the student's late hours that cost nothing


@dataclass(frozen=True)
class Asked:
    """What the student asked another look for, and what was decided. All of it is text."""

    part: str
    text: str
    decision: str = ""  # '' as long as it is open
    old: str = ""  # points of the part before it was decided; '' where nobody knows
    new: str = ""
    decided: str = ""  # the day, YYYY-MM-DD; as somebody wrote it where they did


@dataclass(frozen=True)
class Result:
    """The one artefact: everything after it is a view of it. Points are unrounded."""

    assignment: str
    title: str
    student: str
    earned: float
    possible: float
    pending: float
    parts: tuple[PartResult, ...]
    needs_attention: bool = False
    attention: tuple[str, ...] = ()  # for staff
    notes: tuple[str, ...] = ()  # for the student
    step: float = 0.25
    show_expected: bool = False
    show_rubric: str = "marked"
    provenance: Mapping[str, Any] = field(default_factory=dict)
    who: Mapping[str, str] = field(default_factory=dict)  # name, email, and the ids of other systems
    lateness: Lateness | None = None
    code: tuple[CodeShown, ...] = ()
    another_look: str = ""  # how the course wants to be asked for one
    regrade: Regrade | None = None  # where to, and until when
    requests: tuple[Asked, ...] = ()  # in the order in which they came
    unread: tuple[str, ...] = ()  # files that could not be read, or not placed under a part
    crops: tuple[Crop, ...] = ()  # what a person has to see of pages that could not be read
    handed_in: bool = True  # whether there was anything that could hold an answer
    bonus: float = 0.0  # points on top of what is possible: not in `earned`
    whole: float = 0.0  # points of the whole problem set, where only `parts` of it were asked for; else 0
    format: int = 1
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The points that count so far: what is earned, and the bonus, less what coming late costs."""
        return self.earned + self.bonus - (self.lateness.points if self.lateness else 0.0)
