"""what the command line names -> a problem set, its data, a class; or an exit that says the way out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from grader.datatypes import Assignment, Result
from grader.roster import Entry


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
        refuse(str(fault) if given in {None, path} else f"{fault} --assignment takes that folder.")
    except assignments.BadAssignment as fault:
        refuse(str(fault))


def with_data(problem_set: Assignment, asked: str) -> Assignment:
    """Hold the problem set against its check files, settle where the data lie, and say so.

    Exit 2 where check files and assignment.toml do not agree, or the data are not where they were said to
    be. It takes a moment: say first what is going to be done.
    """
    from grader import assignment as assignments

    try:
        assignments.agree(problem_set)
    except assignments.BadAssignment as fault:
        refuse(str(fault))
    if not problem_set.trains:
        return problem_set
    from grader import datasets, terminal

    try:
        with terminal.working("looking for MNIST"):
            place = datasets.located(asked)
    except datasets.BadData as problem:
        refuse(f"{'--data' if asked else 'GRADER_MNIST'}: {problem}")
    terminal.say(
        "Networks are trained on a stand-in for MNIST: accuracies give no marks (--data mnist.npz for MNIST)"
        if place == datasets.STAND_IN
        else f"Networks are trained on MNIST: {place}"
    )
    return replace(problem_set, data=place)


def exit_on_faults(results: list[Result], where: Callable[[], str]) -> None:
    """Exit 1, naming the students on whom the grader itself broke."""
    from grader.pipeline import is_faulted

    if broken := [result.student for result in results if is_faulted(result)]:
        click.echo(
            f"The grader failed on {', '.join(broken)}; no points were lost by it: {where()}", err=True
        )
        sys.exit(1)


def refuse(message: str, status: int = 2) -> NoReturn:
    """Exit with a message that says what is wrong and the way out."""
    click.echo(message, err=True)
    sys.exit(status)


def class_of(submissions: Path, problem_set: Assignment) -> tuple[Entry, ...]:
    """List the class; exit 2 where there is nobody, or where the folder above the class was named."""
    from grader import roster

    class_ = roster.entries(submissions)
    if not class_:
        refuse(f"{submissions}: nothing in there to grade. Each student is a folder or a file in it.")
    if [entry.student for entry in class_] == [problem_set.id] and class_[0].path.is_dir():
        refuse(
            f"{submissions} holds one folder called {problem_set.id}: is the class meant, {class_[0].path}?"
        )
    return class_
