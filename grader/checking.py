"""one's own work and the options of `grader check` -> checked, told, and exited."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.asked import faults, problem_set_for, refuse, refuse_nothing, stoppable, with_data
from grader.datatypes import Assignment, Result

if TYPE_CHECKING:
    from grader.progress import Progress

PAGES = frozenset({".html", ".htm"})
OWN_CHECK = (
    "This is a check of your own: nothing is marked yet. Write the answer more plainly, and check again."
)


@dataclass(frozen=True)
class Wishes:
    """What is wanted of a check, besides lines in the terminal."""

    watch: bool = False
    page: Path | None = None  # where the student's page is to be written
    open: bool = False
    json: bool = False


def options(command: Any) -> Any:
    """Add the options that only `grader check` has."""
    for option in (
        click.option(
            "--json",
            is_flag=True,
            help="Print the result as JSON, alone on standard output; lines for people go to standard error.",
        ),
        click.option("--open", is_flag=True, help="Open the page in a browser."),
        click.option(
            "--html",
            "page",
            type=click.Path(path_type=Path),
            metavar="FILE.html",
            help="Write the page that says all of it.",
        ),
        click.option(
            "--watch", is_flag=True, help="Stay, and check again on each save what may have changed."
        ),
    ):  # the last one is told first
        command = option(command)
    return command


def run(path: Path, assignment: Path | None, parts: str | None, data: str, wishes: Wishes) -> None:
    """Check one's own work, tell of it as it goes, and exit by what came of it."""
    printed = sys.stdout
    with _for_people() if wishes.json else nullcontext():
        problem_set = problem_set_for(path, assignment, parts)
        refuse_nothing(path)
        _refuse(path, wishes)
        from grader import terminal

        terminal.say(f"Checking {path} against {problem_set.title}")
        with stoppable(problem_set, "your work is not checked"):
            result = _checked(path, problem_set, data, wishes)
    if wishes.json:
        _print_json(result, printed)
    gc.freeze()  # an interpreter with Keras in it looks for seconds through all that it has before it ends
    if fault := faults(result):
        refuse(fault, 1)
    sys.exit(1 if terminal.anything_failed(result) else 0)


@contextmanager
def _for_people() -> Iterator[None]:
    """Send what is printed for people to standard error: by a descriptor of its own, which stays heard."""
    with ExitStack() as stack:
        stream = sys.stderr
        with suppress(OSError, AttributeError):  # no file, as in a test
            own = os.fdopen(os.dup(sys.stderr.fileno()), "w", 1, encoding=stream.encoding, errors="replace")
            stream = stack.enter_context(own)
        with redirect_stdout(stream):
            yield


def _checked(path: Path, problem_set: Assignment, data: str, wishes: Wishes) -> Result:
    """Start Keras in both processes that will need it, side by side, and check."""
    from grader import ingest, selfcheck
    from grader.sandbox import FRESH, warmed
    from grader.selfcheck import Place

    work = selfcheck.at_each_save if wishes.watch else selfcheck.once
    tell = _Teller(wishes)
    if not (problem_set.trains and ingest.trains(path)):
        return work(path, with_data(problem_set, data), Place(FRESH), tell)
    with warmed() as wall:
        problem_set = with_data(problem_set, data)
        from grader.training import ready

        with ready.meanwhile() as begin:
            return work(path, problem_set, Place(wall, begin), tell)


def _refuse(path: Path, wishes: Wishes) -> None:
    """Exit 2 where what is wished for would do harm, or cannot be had together."""
    if wishes.watch and wishes.json:
        refuse("--json is for one run: leave out --watch.")
    if wishes.page is None:
        return
    if wishes.page.suffix.casefold() not in PAGES:
        refuse(f"--html {wishes.page}: give a name that ends in .html, so that no work is written over.")
    if path.is_dir() and wishes.page.resolve().is_relative_to(path.resolve()):
        refuse(
            f"--html {wishes.page}: that is in what is checked, as if you handed it in: write it elsewhere."
        )


# ---- what comes of it ------------------------------------------------------------------------


class _Teller:
    """Says what is left to be said of each result, and keeps the page up to date: opened once."""

    def __init__(self, wishes: Wishes) -> None:
        self._to_open = wishes.open
        self._page = wishes.page
        if wishes.open and wishes.page is None:
            self._page = Path(tempfile.mkdtemp(prefix="grader-page-")) / "index.html"

    def __call__(self, result: Result, progress: Progress) -> None:
        """Tell of one result."""
        from grader import record

        seen = record.for_student(result)
        progress.rest(seen)
        progress.closing(seen)
        if self._page is not None:
            self._write(seen, self._page)

    def _write(self, seen: Result, page: Path) -> None:
        """Write the student's page, open it where that is wished for, and say where it is."""
        from grader import atomic, browser, report, terminal

        try:
            atomic.write(report.student_page(seen, instead=OWN_CHECK), page)
        except OSError as fault:
            refuse(f"--html {page}: {fault.strerror}")
        unopened = self._to_open and not browser.opened(page)
        self._to_open = False
        why = " (no browser could be opened here: open it yourself)" if unopened else ""
        terminal.say(f"The page is {page.resolve()}{why}")


def _print_json(result: Result, to: Any) -> None:
    from grader import record

    click.echo(record.dump(record.for_student(result)).encode(), file=to, nl=False)
