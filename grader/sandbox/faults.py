"""What can go wrong behind the door, and whose fault it is."""

from __future__ import annotations

from collections.abc import Mapping


class StudentFault(Exception):
    """The student's code gave no value.

    `message` is one sentence for the student, `traceback` holds their own frames only, `output` is what their
    code had printed by then.
    """

    def __init__(self, message: str, traceback: str = "", output: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.traceback = traceback
        self.output = output

    def again(self) -> StudentFault:
        """Return the same fault, to be raised once more."""
        return type(self)(self.message, self.traceback, self.output)


class Missing(StudentFault):
    """The code ran and does not have that name."""


class Crashed(StudentFault):
    """The code raised, called `sys.exit`, or its process ended."""


KILLED = "was ended by SIGKILL"  # by which a result is recognised that a calmer machine may change


class Killed(Crashed):
    """The process ended by a SIGKILL that we did not send, as a machine does that runs out of memory.

    Code can send it to itself, so that it is graded once more and then left to a person, with no zero.
    """


class TimedOut(StudentFault):
    """The code was still running at its deadline."""


class Malformed(StudentFault):
    """There is a value, and it is not plain data."""


class Tampered(Malformed):
    """What came on the grader's own line is nothing that a runner sends: staff are told."""


class OverLimit(StudentFault):
    """The code used more memory, processor time, disk or output than it may."""


class NotTrained(StudentFault):
    """There is no value since a network would have had to be trained, which is left to the grader."""


class RunnerFault(Exception):
    """Our own process could not be started or broke before student code ran: never the student's fault."""


class NotHere(RunnerFault):
    """No code can be run on this system at all: it is run where it is graded."""


class Refusal(Exception):
    """A handler's answer that there is none; the text is told to the code that asked."""


FAULTS: Mapping[str, type[StudentFault]] = {  # by what a runner calls them
    "missing": Missing,
    "crashed": Crashed,
    "malformed": Malformed,
    "over_limit": OverLimit,
    "untrained": NotTrained,
}
