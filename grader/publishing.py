"""the command of who hands out pages -> the same call as Python makes: report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader import piped
from grader.asked import in_words, refuse, sole

PATIENCE = 2.0  # seconds before anything is said of how far it is


@click.command(
    epilog="Exit status: 0 all pages are made, 1 some could not be made (named), 2 the command is wrong, "
    "130 stopped."
)
@click.argument("reports", type=click.Path(path_type=Path))
def report(reports: Path) -> None:
    """Make every page anew from the results: after an update of the grader, or when pages were lost.

    \b
    REPORTS/staff/<student>/result.json      is read, and nothing else of a student
    REPORTS/students/<student>/index.html    is written: what that student may see
    REPORTS/index.html                       is written: the class, for staff

    REPORTS is the folder that `grader grade` wrote. Nothing is graded and no mark changes: neither
    submissions nor the problem set are needed. Points that people gave are in the results since the last
    `grader marks` or `grader grade`; for what was written into marks.csv after that, give `grader marks`.
    A result that cannot be read is named, keeps the page it has, and the others go on.
    """
    from grader import graded, rebuild, terminal

    try:
        students = graded.students(reports)
        with sole(reports), terminal.counting("pages made", len(students), after=PATIENCE) as one_more:
            outcome = rebuild.rebuild(reports, one_more)
    except graded.NoReports as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(f"{in_words(fault)}. Mend that and give the command again.")
    except piped.ReaderGone:
        raise
    except KeyboardInterrupt:
        refuse(
            "Stopped. Each page is whole, the old one or the new: the same command makes all of them.", 130
        )
    pages = "1 page" if outcome.pages == 1 else f"{outcome.pages} pages"
    terminal.say(f"For students (hand out this folder only): {reports / 'students'}, {pages}")
    terminal.say(f"For staff: {reports / 'index.html'}")
    for line in outcome.broken:
        click.echo(terminal.clean(line), err=True)
    sys.exit(1 if outcome.broken else 0)
