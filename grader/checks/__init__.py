"""(Submission, Assignment) -> [CheckResult], by way of pytest."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from grader.datatypes import AnswerRead, Assignment, CheckResult, Part, Submission
from grader.networks import NetworkShown
from grader.piped import ReaderGone

if TYPE_CHECKING:
    import pytest

    from grader.checks.grading import Grading
    from grader.sandbox import Wall

# Each of these would cost every submission time for something that nobody reads.
UNUSED = (
    *("cacheprovider", "terminal", "unraisableexception", "threadexception", "faulthandler", "junitxml"),
    *("debugging", "unittest", "legacypath", "recwarn", "pastebin", "doctest", "setuponly", "setupplan"),
    *("stepwise", "warnings", "logging", "capture", "subtests"),
)
# Settings of the folder the grader is called from must not reach the checks: this file has none.
EMPTY_CONFIG = Path(__file__).with_name("pytest.ini")


@dataclass(frozen=True)
class Checked:
    """What the checks of one submission came to."""

    results: tuple[CheckResult, ...]  # in the assignment's order
    reads: dict[str, list[AnswerRead]]  # by part: what was understood
    notes: tuple[str, ...]  # of the student's code as it ran
    networks: Mapping[str, NetworkShown] = field(default_factory=dict)  # by part: as trained and measured


@dataclass(frozen=True)
class PartChecked:
    """What the checks of one part came to, before the others of the submission are known."""

    part: str
    results: tuple[CheckResult, ...]
    reads: tuple[AnswerRead, ...]
    network: NetworkShown | None


def run(
    submission: Submission,
    assignment: Assignment,
    wall: Wall | None = None,
    heard: Callable[[PartChecked], None] | None = None,
) -> Checked:
    """Run every check that the assignment lists on one submission; tell of each part once it is known.

    A check that is listed and never ran comes back as ERROR.
    """
    from grader.checks.crashes import told_once
    from grader.checks.grading import opened
    from grader.checks.results import never_ran
    from grader.sandbox import FRESH

    with opened(submission, assignment, wall or FRESH) as grading:
        if heard is not None:
            grading.heard = _by_part(grading, heard)
        _pytest(grading)
        why = "".join(f"\n{fault}" for fault in grading.faults)
        results = tuple(
            grading.results.get(check.name) or never_ran(check, why)
            for part in assignment.asked
            for check in part.checks
        )
        notes = tuple(_note(door.file.file, note) for door in grading.doors for note in door.student.notes)
    results = told_once(results, assignment, submission.code)
    return Checked(results, grading.reads, notes, grading.shown)


def _by_part(grading: Grading, heard: Callable[[PartChecked], None]) -> Callable[[CheckResult], None]:
    """Tell of the parts without checks; return what hears of each check and tells of a part with its last."""

    def tell(part: Part) -> None:
        results = tuple(grading.results[check.name] for check in part.checks if check.name in grading.results)
        if len(results) == len(part.checks):
            reads = tuple(grading.reads.get(part.id, ()))
            heard(PartChecked(part.id, results, reads, grading.shown.get(part.id)))

    for part in grading.assignment.asked:
        tell(part)
    parts = {check.name: part for part in grading.assignment.asked for check in part.checks}
    return lambda result: tell(parts[result.name])


def _note(file: str, note: str) -> str:
    """Say which file a note is about, unless it says so itself."""
    return note if note.startswith(PurePath(file).name) else f"{file}: {note}"


def _pytest(grading: Grading) -> None:
    """Run pytest on the problem set's checks/, quietly, with our plugin alone."""
    import pytest

    from grader.checks import plugin

    checks = grading.assignment.folder / "checks"
    harness = _Harness(grading)
    arguments = [str(checks), "-c", str(EMPTY_CONFIG), "--rootdir", str(checks), "--assert=plain"]
    arguments += ["--disable-plugin-autoload", *(word for name in UNUSED for word in ("-p", f"no:{name}"))]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as complaints:
        code = pytest.main(arguments, plugins=[plugin, harness])
    if harness.stopped is not None:  # pytest keeps Ctrl-C to itself
        raise harness.stopped
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED}:
        grading.faults.append(f"pytest ended with {code!r} {complaints.getvalue()}".strip())


class _Harness:
    """The pytest plugin that hands one grading to the fixtures and keeps collection faults."""

    def __init__(self, grading: Grading) -> None:
        self._grading = grading
        self.stopped: BaseException | None = None

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        # pytest stops for a check file that does not import in the same way, by a kind of its own.
        if excinfo.type in {KeyboardInterrupt, ReaderGone}:
            self.stopped = excinfo.value

    def pytest_configure(self, config: pytest.Config) -> None:
        from grader.checks.plugin import GRADING

        config.stash[GRADING] = self._grading

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # pytest would draw each failed check with its source, which takes longer than the checks themselves.
        for item in items:
            item.repr_failure = _in_a_word  # type: ignore[assignment,method-assign]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._grading.faults.append(report.longreprtext)


def _in_a_word(fault: pytest.ExceptionInfo[BaseException], style: str | None = None) -> str:  # noqa: ARG001 (pytest's own)
    return fault.typename
