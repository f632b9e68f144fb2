"""(a function of the student's, how inputs are drawn, the right function) -> passed, or why not."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from grader.arrays import Drawing, Tried
from grader.checks import blame, literals, near
from grader.checks.evidence import Evidence
from grader.checks.grading import Grading
from grader.checks.verdict import Verdict
from grader.sandbox import Called

Arguments = tuple[Any, ...]
Draw = Callable[[Any], Arguments]  # a NumPy generator -> the arguments of one call
Function = Callable[..., Any]
NONE: Mapping[str, Function] = MappingProxyType({})
LONGEST = 2000  # characters of a line that is printed
RAISED = object()  # what a function comes to that raises an exception
BUGS = (
    TypeError,
    NameError,
    AttributeError,
    ImportError,
)  # of a slip's own code, and of no student's mistake
ROUGH = "Right only as far as float32 goes, from float64 arrays,"
CHANGED = "What was given is something else afterwards,"
ELSEWHERE = "This counts where the values are right: see the checks beside this one."
REFUSED_ALL = "This counts where what can be is not refused."


class Cases:
    """The fixture `cases`: inputs are drawn for each student, check by check, from the course's secret."""

    def __init__(self, grading: Grading, answer: Evidence, verdict: Verdict, check: str) -> None:
        assignment, student = grading.assignment, grading.submission.student
        about = f"{assignment.id}\n{check}\n{student}".encode()
        self.seed = hmac.new(assignment.cases.secret.encode(), about, hashlib.sha256).hexdigest()[:16]
        self._drawing = assignment.cases
        self._folder = assignment.folder
        self._answer = answer
        self._verdict = verdict

    def of(self, name: str, draw: Draw, right: Function | None = None, count: int = 40) -> Outcomes:
        """Call the student's function of that name on so many inputs, all in one request.

        `draw` makes the arguments of one call from a NumPy generator. Raises what becomes MISSING, PENDING,
        CRASHED or TIMEOUT.
        """
        function = self._answer.function(name)
        if function is None:
            raise self._answer.absent(name, f"function `{name}`")
        rng = np.random.default_rng(int(self.seed, 16))
        drawn = [draw(rng) for _ in range(count)]
        calls = function.each(drawn)
        return Outcomes(name, drawn, calls, right, self._verdict, self._drawing, self.seed, self._folder)


@dataclass(frozen=True)
class Outcomes:
    """What a student's function gave for the inputs that were drawn, and what is right."""

    name: str
    drawn: Sequence[Arguments]
    calls: Sequence[Called]
    function: Function | None  # the right one
    verdict: Verdict
    drawing: Drawing
    seed: str
    folder: Path = Path()  # the problem set's

    def compare(
        self, *, slips: Mapping[str, Function] = NONE, alike: Sequence[str] = (), exact: bool = False
    ) -> None:
        """Pass if all values are right; else fail with the smallest input that went wrong and the mistake.

        `slips` are functions, each with a mistake in it; `alike` names mistakes of `near.ALIKE` that may be
        told. Values have to be right to float32's tolerance, or exactly. Measures `cases` and `cases_right`.
        """
        __tracebackhide__ = True
        wrong = self._wrong(exact=exact)
        if not wrong:
            return
        known: dict[str, Callable[[int], Any]] = {
            **{name: partial(self._made, name, function) for name, function in slips.items()},
            **{name: partial(self._alike, name) for name in self._told_apart(alike, wrong)},
        }
        slip = near.named(wrong, known, lambda _, made: self._explained(made, wrong, exact=exact))
        self._fail(wrong, slip, exact=exact)

    def precise(self, *, slip: str, rounded: str = "") -> None:
        """Pass if values from float64 keep to float64's tolerance; `slip` is told where they do not.

        `rounded` is told in its place where all of them are rounded to some decimal place.
        """
        __tracebackhide__ = True
        self._right_at_all()
        rough = [
            case for case in range(len(self.drawn)) if not self._agrees(case, self.right[case], strict=True)
        ]
        self._keep(rough)
        if rough and (to := self._rounded_to(rough)):
            self.verdict.fail(self._told(rough, f"Right, but rounded to {to},"), rounded)
        if rough:
            self.verdict.fail(self._told(rough, ROUGH), slip)

    def untouched(self, *, slip: str) -> None:
        """Pass if no argument was changed; `slip` is the mistake where one was."""
        __tracebackhide__ = True
        self._right_at_all()
        changed = [case for case, call in enumerate(self.calls) if call.changed]
        self._keep(changed)
        if changed:
            self.verdict.fail(self._told(changed, CHANGED), slip)

    def refused(self, kind: str = "ValueError", *, possible: Outcomes) -> None:
        """Pass if each call raises an exception of this kind, and none of `possible` raises one at all.

        Measures `cases` and `cases_right`.
        """
        __tracebackhide__ = True
        possible.accepted()
        wrong = [case for case, call in enumerate(self.calls) if kind not in call.kinds]
        self._keep(wrong)
        self.verdict.expect(f"{kind} for each")
        self.verdict.measure(cases=len(self.drawn), cases_right=len(self.drawn) - len(wrong))
        if wrong:
            call = self.calls[self._smallest(wrong)]
            gave = call.fault.message if call.fault else f"It gives {literals.shown(call.value)}"
            self.verdict.fail(self._told(wrong, why=f"{gave.rstrip('.')}, where {kind} is to be raised."))

    def accepted(self) -> None:
        """Stop where a call comes to no value: who refuses everything refuses nothing in particular."""
        __tracebackhide__ = True
        stopped = [case for case, call in enumerate(self.calls) if call.fault]
        if stopped:
            self._keep(stopped)
            self.verdict.measure(cases=len(self.drawn), cases_right=0)
            self.verdict.fail(f"{REFUSED_ALL}\n{self._told(stopped, 'There is no value')}")

    # ---- what agrees --------------------------------------------------------------------------

    @cached_property
    def right(self) -> list[Any]:
        """The right value for each input."""
        return [self._rightly(arguments) for arguments in self.drawn]

    def _rightly(self, arguments: Arguments) -> Any:
        """Return the right value; where the reference raises, note on which input."""
        assert self.function is not None
        try:
            return self.function(*arguments)
        except Exception as fault:
            fault.add_note(blame.on(self.name, arguments))
            raise

    def _wrong(self, *, exact: bool) -> list[int]:
        """Return the cases that are not right, and keep how many these are."""
        wrong = [case for case, right in enumerate(self.right) if not self._agrees(case, right, exact=exact)]
        self._keep(wrong)
        self.verdict.measure(cases=len(self.drawn), cases_right=len(self.drawn) - len(wrong))
        return wrong

    def _right_at_all(self) -> None:
        """Stop where a value is not even roughly right: that is told elsewhere."""
        __tracebackhide__ = True
        if wrong := [case for case, right in enumerate(self.right) if not self._agrees(case, right)]:
            self._keep(wrong)
            self.verdict.fail(ELSEWHERE)

    def _rounded_to(self, rough: Sequence[int]) -> str:
        """Return what values are rounded to, in words; '' where float32 is the reason, or another."""
        valued = [case for case in rough if not self.calls[case].fault]
        given = [self.calls[case].value for case in valued]
        count = near.places(given, [self.right[case] for case in valued])
        if count is None:
            return ""
        return f"{count} decimal place{'s' * (count != 1)}" if count else "whole numbers"

    def _agrees(self, case: int, made: Any, *, exact: bool = False, strict: bool = False) -> bool:
        """Return whether a call came to what a function makes of the same input."""
        call = self.calls[case]
        if call.fault or made is RAISED:
            return "Exception" in call.kinds and made is RAISED
        return near.close(call.value, made, 0.0 if exact else self._tolerance(case, strict=strict))

    def _tolerance(self, case: int, *, strict: bool) -> float:
        double = strict and not _has_float32(self.drawn[case])
        return self.drawing.float64 if double else self.drawing.float32

    def _explained(self, made: Callable[[int], Any], wrong: Sequence[int], *, exact: bool) -> bool:
        """Return whether a mistake makes of every input what was given, those that went wrong first."""
        first = sorted(range(len(self.drawn)), key=lambda case: case not in wrong)
        return all(self._agrees(case, made(case), exact=exact) for case in first)

    def _made(self, slip: str, function: Function, case: int) -> Any:
        """Return what a slip makes of an input, RAISED where it raises; a bug of its is told to staff."""
        made, fault = _outcome(function, self.drawn[case])
        if fault and not self.calls[case].fault and self._is_bug(fault, function):
            told = blame.of_slip(fault, self.folder, slip, function)
            self.verdict.flag(f"{told} {blame.on(self.name, self.drawn[case])}")
        return made

    def _is_bug(self, fault: Exception, function: Function) -> bool:
        """Return whether a slip is not meant to raise this: a bug by its kind, or one on every input."""
        return isinstance(fault, BUGS) or all(_outcome(function, drawn)[1] for drawn in self.drawn)

    def _told_apart(self, alike: Sequence[str], wrong: Sequence[int]) -> list[str]:
        """Return the mistakes that can be told: what is right has the factor 1, and says nothing of one."""
        shared = near.tells_factors([self.right[case] for case in wrong])
        return [name for name in alike if name != "a factor" or shared]

    def _alike(self, name: str, case: int) -> Any:
        return near.ALIKE[name](self.right[case], self.calls[case].value)

    # ---- what is told -------------------------------------------------------------------------

    def _line(self, case: int) -> str:
        return literals.call(self.name, self.drawn[case])

    def _smallest(self, cases: Sequence[int]) -> int:
        return min(cases, key=lambda case: len(self._line(case)))

    def _keep(self, wrong: Sequence[int]) -> None:
        """Record what was drawn, so that it can be drawn again."""
        line = self._line(self._smallest(wrong)) if wrong else ""
        self.verdict.tried = Tried(len(self.drawn), len(wrong), line, self.seed)

    def _told(self, cases: Sequence[int], what: str = "Wrong", why: str = "") -> str:
        """Say for how many inputs something is so, and what is wrong with the smallest of these."""
        line = self._line(self._smallest(cases))
        smallest = (
            f"The smallest of them:\n`{line}`" if len(line) <= LONGEST else "All are too long to print."
        )
        told = f"{what} for {len(cases)} of {len(self.drawn)} inputs drawn for you."
        return "\n".join(filter(None, [told, smallest, why]))

    def _fail(self, wrong: Sequence[int], slip: str, *, exact: bool) -> None:
        """Fail, or raise the fault of the student's code where that is what went wrong."""
        __tracebackhide__ = True
        case = self._smallest(wrong)
        self.verdict.expect(f"{self._line(case)} is {literals.literal(self.right[case])}")
        if (fault := self.calls[case].fault) and not slip:
            raise type(fault)(f"{fault.message}\n{self._told(wrong, 'So it is')}", fault.traceback)
        self.verdict.fail(self._told(wrong, why=self._gave(case, exact=exact)), slip)

    def _gave(self, case: int, *, exact: bool) -> str:
        """Say what is wrong with a value, and nothing of what is right."""
        call, right = self.calls[case], self.right[case]
        if call.fault:
            return call.fault.message
        gives = f"It gives {literals.shown(call.value)}"
        mine = near.array_of(call.value)
        if mine is None or not isinstance(right, np.ndarray):
            return f"{gives}, which is not right."
        if mine.shape != right.shape:
            return f"{gives}, which has not the right shape."
        tolerance = 0.0 if exact else self._tolerance(case, strict=False)
        off = [at for at in np.ndindex(right.shape) if not near.close(mine[at], right[at], tolerance)]
        return (
            f"{gives}, where {len(off)} of {right.size} entries are not right, the first of them at {off[0]}."
        )


def _outcome(function: Function, arguments: Arguments) -> tuple[Any, Exception | None]:
    """Return what a function makes of an input; RAISED and the exception where it raises one."""
    try:
        return function(*arguments), None
    except Exception as fault:  # noqa: BLE001 (a mistake may stop anyhow)
        return RAISED, fault


def _has_float32(value: Any) -> bool:
    if isinstance(value, (tuple, list)):
        return any(map(_has_float32, value))
    return isinstance(value, np.ndarray) and value.dtype == np.float32
