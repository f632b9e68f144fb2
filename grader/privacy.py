"""the command that keeps privacy -> the same call as Python makes: forget."""

from __future__ import annotations

from pathlib import Path

import click

from grader.asked import in_words, refuse, sole


@click.command(epilog="Exit status: 0 removed, 2 no such student or folder: nothing was removed.")
@click.argument("student")
@click.argument("reports", type=click.Path(path_type=Path))
@click.option("--log", type=click.Path(path_type=Path), metavar="FILE", help="The file given to grade --log.")
def forget(student: str, reports: Path, log: Path | None) -> None:
    """Remove a student from REPORTS: results, pages, published ones too, marks, unpacked files, trainings.

    STUDENT is the name in the reports or an id: Moodle's, Canvas's, the university's, a login, an address.
    What they handed in and the class list stay as they are. Remove them there as well: else the next
    `grader grade` grades the work again, or has a row for somebody who handed in nothing.
    """
    from grader import forget as forgetting
    from grader import terminal
    from grader.graded import NoReports
    from grader.marking import BadBook, BadMarks
    from grader.published import BadPublished

    try:
        with sole(reports):
            found = forgetting.forget(reports, student, log)
    except (forgetting.Unknown, NoReports, BadMarks, BadBook, BadPublished) as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(in_words(fault))
    for folder in found.folders:
        terminal.say(f"Removed: {folder}")
    rows = f"{found.marks} rows of marks.csv, {found.asked} of regrade_requests.csv"
    terminal.say(f"Removed: {rows}, {found.trainings} trainings, {found.lines} lines of a log")
    terminal.say("gradebook.csv and index.html are written without them. What was exported is not touched.")
    terminal.say(
        "Take them out of the submissions and of the class list (--roster) too: else the next grader grade "
        "grades their work again, or has a row for somebody who handed in nothing."
    )
