"""what the commands have in common -> their options, each told where `--help` is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

assignment_option = click.option(
    "--assignment",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The problem set's folder. Without it: the assignment.toml above PATH or here, else the one under "
    "reference/ whose id is PATH's name, else the only one there.",
)
sandbox_option = click.option(
    "--sandbox",
    type=click.Choice(["auto", "strict", "off"]),
    default="auto",
    show_default=True,
    help="What must keep student code in: Landlock and seccomp (auto; bubblewrap too where it works), "
    "bubblewrap as well (strict), or nothing but a process with limits (off: it could read your files).",
)
roster_option = click.option(
    "--roster",
    "class_list",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Who is in the class: Moodle's grading worksheet, Canvas's or Gradescope's grades, or a table with "
    "columns student, id, email, group, submitted. Who handed in nothing has a row too.",
)
extensions_option = click.option(
    "--extensions",
    "extended",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Who may hand in later: columns student, until. Default: extensions.csv beside SUBMISSIONS.",
)
parts_option = click.option(
    "--parts",
    metavar="3B,3C",
    help="Only these parts; totals count only them, and nothing of it is published or exported as whole.",
)
thorough_option = click.option(
    "--thorough",
    is_flag=True,
    help="Measure every claim again, not only the cheapest: all rows of a sweep.",
)
quiet_option = click.option(
    "--quiet", is_flag=True, help="Print warnings and what needs somebody's decision, nothing else."
)
data_option = click.option(
    "--data",
    default="",
    metavar="FILE",
    help="What networks are trained on: MNIST as an .npz file, or 'stand-in', scikit-learn's digits, which "
    "give no marks for accuracies. Without it: GRADER_MNIST, Keras's own copy, the network, else the "
    "stand-in.",
)


def cluster_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where else a class is graded."""
    for option in (
        click.option(
            "--scheduler",
            default="",
            metavar="ADDRESS",
            help="Grade on the workers of a Dask scheduler, tls://HOST:PORT (docs/cluster.md).",
        ),
        click.option(
            "--open-cluster", is_flag=True, help="Allow tcp:// to other machines, where everybody is trusted."
        ),
    ):
        command = option(command)
    return command


def manner_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how much is told."""
    for option in (
        quiet_option,
        click.option(
            "--verbose", is_flag=True, help="Print each step of each submission, and how long it took."
        ),
        click.option(
            "--log",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Append each step to a file, with its time.",
        ),
    ):
        command = option(command)
    return command
