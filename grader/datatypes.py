"""The nouns: what a problem set asks, what a student handed in, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from grader.arrays import Compared, Drawing, Pooling, Tried
from grader.crops import Crop
from grader.deadlines import Deadline
from grader.limits import Limits as Limits  # noqa: PLC0414  (the nouns are imported from here)
from grader.networks import NetworkRules, NetworkShown
from grader.shown import CodeShown as CodeShown  # noqa: PLC0414  (the same)
from grader.status import Marked
from grader.status import Status as Status  # noqa: PLC0414  (the same)


class Source(StrEnum):
    """Where an answer stands. The order is the order of precedence when two differ."""

    MODULE = "module"
    NOTEBOOK = "notebook"
    WRITEUP = "write-up"
    PDF = "PDF"


# ---- what is asked -------------------------------------------------------------------------


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


# ---- what was handed in --------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """A piece of code: a module is one, a notebook has many. `part` is whose heading it stands under."""

    number: int  # from 1, counting code cells
    code: str
    part: str | None = None


@dataclass(frozen=True)
class CodeFile:
    """Code that a student handed in, as text; it runs behind the sandbox's door only."""

    source: Source
    file: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Answer:
    """What stands under one part's heading in one file."""

    part: str
    source: Source
    file: str  # relative to what was handed in
    text: str = ""  # as written: Markdown, LaTeX, plain; code and printed output left out
    code: tuple[str, ...] = ()
    output: str = ""  # what a notebook's cells or a write-up's transcripts printed
    images: tuple[str, ...] = ()  # drawings and screenshots: only a person can read them
    pages: tuple[int, ...] = ()  # of a PDF, from 1
    exact: bool = True  # False: it may be misread (a PDF's text layer)


@dataclass(frozen=True)
class Leftover:
    """Something handed in that belongs to no part, or that could not be read."""

    file: str
    reason: str  # one sentence for staff
    text: str = ""


@dataclass(frozen=True)
class Submission:
    """All that one student handed in, read and sorted, nothing of it run."""

    student: str
    path: Path
    answers: tuple[Answer, ...] = ()
    code: tuple[CodeFile, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    notes: tuple[str, ...] = ()  # worth saying, costs nothing: "read as Latin-1"
    files: Mapping[str, bytes] = field(default_factory=dict)  # code and data, for the code to find
    crops: tuple[Crop, ...] = ()
    empty: bool = False  # not one file was handed in

    def of(self, part: str) -> tuple[Answer, ...]:
        """Return the part's answers, in order of precedence."""
        order = list(Source)
        mine = (answer for answer in self.answers if answer.part == part)
        return tuple(sorted(mine, key=lambda answer: order.index(answer.source)))


# ---- what came of it -----------------------------------------------------------------------


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
    credited: bool = False  # passed though it is not as asked: the message says why
    waits_for: str = ""  # what a pending check waits for, where that is no person
    lacks: str = ""  # what the student did not hand in, where a pending check cannot be made without
    traceback: str = ""  # of the student's own code
    compared: Compared | None = None  # arrays, where the answer is some
    tried: Tried | None = None  # inputs that were drawn, where the answer is a function
    extra: Mapping[str, Any] = field(default_factory=dict)  # fields of a newer format


@dataclass(frozen=True)
class RubricResult:
    """One criterion that a person marks."""

    criterion: str
    possible: float
    status: Status = Status.PENDING
    earned: float = 0.0
    comment: str = ""
    marked: Marked | None = None


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
    unread: tuple[str, ...] = ()  # files that could not be read, or not placed under a part
    crops: tuple[Crop, ...] = ()  # what a person has to see of pages that could not be read
    whole: float = 0.0  # points of the whole problem set, where only `parts` of it were asked for; else 0
    format: int = 1
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The points that count so far: what is earned, less what coming late costs."""
        return self.earned - (self.lateness.points if self.lateness else 0.0)
