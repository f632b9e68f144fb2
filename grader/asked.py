"""what the command line names -> a problem set, its data, a class; or an exit that says the way out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, NoReturn

import click

from grader import piped
from grader.datatypes import Assignment, Result, Status

if TYPE_CHECKING:
    from grader.classes import Class

FROM_AN_EXAMPLE = (
    "Inputs are drawn from the example's secret, which others know: write any other text in "
    "assignment.toml, [cases] secret."
)


def problem_set_for(path: Path, given: Path | None, parts: str | None) -> Assignment:
    """Load the problem set for a path, restricted to the parts asked for; exit 2 where that fails."""
    from grader import assignment as assignments

    if not path.exists():
        refuse(f"{path}: no such file or folder")
    try:
        problem_set = assignments.load(assignments.locate(given, path, Path.cwd()))
        if parts is None:
            return problem_set
        return assignments.only_parts(problem_set, frozenset(parts.upper().replace(",", " ").split()))
    except assignments.NoAssignment as fault:
        if given in {None, path}:
            refuse(str(fault))
        refuse(f"{fault.file}: no such file. --assignment takes the folder that holds {assignments.NAME}.")
    except assignments.BadAssignment as fault:
        refuse(str(fault))


def with_data(problem_set: Assignment, asked: str, *, quiet: bool = False) -> Assignment:
    """Hold the problem set against its check files, settle where the data lie, and say so.

    Exit 2 where check files and assignment.toml do not agree, or the data are not where they were said to
    be. It takes a moment: say first what is going to be done.
    """
    from grader import assignment as assignments
    from grader.proofreading import of_an_example

    try:
        assignments.agree(problem_set)
    except assignments.BadAssignment as fault:
        refuse(str(fault))
    if of_an_example(problem_set):
        click.echo(FROM_AN_EXAMPLE, err=True)
    if not problem_set.trains:
        return problem_set
    from grader import datasets, terminal
    from grader.training import cache

    try:
        with terminal.working("looking for MNIST"):
            place = datasets.located(asked)
    except datasets.BadData as problem:
        refuse(f"{'--data' if asked else 'GRADER_MNIST'}: {problem}")
    if trouble := cache.trouble(cache.usual_place()):
        click.echo(f"Trainings are not kept, and are done again the next time: {trouble}", err=True)
    if not quiet:
        terminal.say(
            "Networks are trained on a stand-in for MNIST: accuracies give no marks (--data mnist.npz for "
            "MNIST)"
            if place == datasets.STAND_IN
            else f"Networks are trained on MNIST: {place}"
        )
    return replace(problem_set, data=place)


def faults(result: Result) -> str:
    """Say that the grader or the problem set broke on a submission, and nothing else; '' where it did not."""
    broken = [check for part in result.parts for check in part.checks if check.status is Status.ERROR]
    if not broken:
        return ""
    why = dict.fromkeys(line for check in broken for line in check.attention)
    return "\n".join([f"The grader failed on {result.student}; no points were lost by it:", *why])


@contextmanager
def stoppable(problem_set: Assignment, told: str) -> Iterator[None]:
    """Exit 130 on Ctrl-C, saying what became of what was done until then."""
    try:
        yield
    except piped.ReaderGone:
        raise
    except KeyboardInterrupt:
        refuse(f"\nStopped: {told}{_kept(problem_set)}.", 130)


def _kept(problem_set: Assignment) -> str:
    from grader.training import cache

    place = cache.usual_place()
    if not problem_set.trains or place is None or cache.trouble(place):
        return ""
    return "; trainings are kept as far as they came, and the same command goes on from there"


def refuse(message: str, status: int = 2) -> NoReturn:
    """Exit with a message that says what is wrong and the way out."""
    from grader.terminal import clean

    click.echo(clean(message), err=True)  # it may name what a student called a file
    sys.exit(status)


def in_words(fault: OSError) -> str:
    """Say what the system said, and of which file, where it says that."""
    if str(fault) == "AF_UNIX path too long":  # of a socket between our processes, which lies there
        return (
            f"the folder for temporary files has too long a name, {gettempdir()}: set TMPDIR to a short one"
        )
    why = fault.strerror or str(fault) or type(fault).__name__
    return f"{fault.filename}: {why}" if fault.filename else why


def refuse_nothing(path: Path) -> None:
    """Exit 2 where there is nothing in a file or folder that could be looked at."""
    if path.is_file() and not path.stat().st_size:
        refuse(f"{path} is empty: there is nothing in it to check.")
    if path.is_dir() and not any(one.is_file() and one.name[0] != "." for one in path.rglob("*")):
        refuse(
            f"{path}: nothing in there to check. Put your write-up, notebook or module into it, or name one."
        )


def usual_place(submissions: Path, problem_set: Assignment) -> Path:
    """Return where results go unless somebody says: those of specimens apart from the class's."""
    own = (problem_set.folder / "specimens").resolve()
    of_specimens = "-specimens" if submissions.resolve().is_relative_to(own) else ""
    return Path("reports") / f"{problem_set.id}{of_specimens}"


def refuse_place(out: Path, submissions: Path, problem_set: Assignment, *, force: bool) -> None:
    """Exit 2 where a class cannot be graded into a folder, or another problem set's results lie there."""
    if submissions.is_dir() and out.resolve().is_relative_to(submissions.resolve()):
        refuse(
            f"--out {out} lies in {submissions}, where each folder is a student: the next time it would be "
            "one too. Nothing was graded: name a folder elsewhere with --out."
        )
    there = next(place for place in (out, *out.absolute().parents) if place.exists())
    if not there.is_dir():
        what = "is a file" if there == out else f"cannot be made there: {there} is a file"
        refuse(f"--out {out} {what}. Nothing was graded: name a folder.")
    if not os.access(there, os.W_OK | os.X_OK):
        refuse(f"--out {out} cannot be written: {there} is not yours to write. Nothing was graded.")
    holds = "" if force else _graded_in(out)
    if holds not in {"", problem_set.id}:
        refuse(
            f"{out} holds {holds}, and this is {problem_set.id}: its results would take the place of those. "
            "Nothing was graded: name another folder with --out, or say --force."
        )


def _graded_in(out: Path) -> str:
    """Return the id of the problem set whose results lie in a folder, '' for none."""
    from grader import graded, record

    try:
        folders = graded.students(out)
    except graded.NoReports:
        return ""
    for folder in folders:
        with suppress(record.BadRecord):
            return graded.result_in(folder).assignment
    return ""


def class_of(submissions: Path, problem_set: Assignment, out: Path, how: Mapping[str, Any]) -> Class:
    """Read the class; exit 2 where there is nobody, or where the folder above the class was named."""
    from grader import classes, terminal

    try:
        with terminal.working("reading the class"):
            class_ = _read(submissions, problem_set, out, how)
    except classes.BadClass as fault:
        refuse(str(fault))
    except OSError as fault:
        ours = Path(str(fault.filename)).is_relative_to(out)
        refuse(f"{f'--out {out}: ' if ours else ''}{in_words(fault)}")
    entries = class_.entries
    if not entries:
        refuse(f"{submissions}: nothing in there to grade. Each student is a folder or a file in it.")
    if [entry.student for entry in entries] == [problem_set.id] and entries[0].path.is_dir():
        refuse(
            f"{submissions} holds one folder called {problem_set.id}: is the class meant, {entries[0].path}?"
        )
    return class_


def _read(submissions: Path, problem_set: Assignment, out: Path, how: Mapping[str, Any]) -> Class:
    """Read the class; exit 2 where only others were graded into `out`, unless `how` says force."""
    from grader import classes, graded

    read = partial(classes.read, submissions, problem_set, out / "work", how["class_list"], how["extended"])
    try:
        return read(graded.known(out))
    except classes.AnotherClass as fault:
        if how["force"]:
            return read()
        refuse(
            f"{out} holds {fault}. Their class page and gradebook would be written over. Nothing was "
            "graded: name another folder with --out, or say --force."
        )


@contextmanager
def sole(reports: Path) -> Iterator[None]:
    """Write into a folder of reports that is there, and nobody else meanwhile; exit 2 where somebody does."""
    from grader import alone

    if not reports.is_dir():
        yield  # what is wrong with it is told by who reads it
        return
    try:
        with alone.alone(reports):
            yield
    except alone.Busy as fault:
        refuse(str(fault))


@contextmanager
def still(reports: Path) -> Iterator[None]:
    """Read a folder of reports that nobody writes into meanwhile; exit 2 where somebody does.

    Who may only read there holds nobody off.
    """
    with sole(reports) if os.access(reports, os.W_OK | os.X_OK) else nullcontext():
        yield
