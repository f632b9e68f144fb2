"""the command of who marks -> the same calls as Python makes: marks."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from grader.asked import refuse, sole


@click.command(
    epilog="Exit status: 0 done; 1 marks that fit nobody or nothing, which are named, the others are in, or "
    "--check found something; 2 the command or the file of marks is wrong: nothing was changed."
)
@click.argument("reports", type=click.Path(path_type=Path))
@click.option(
    "--check", is_flag=True, help="Say what is wrong in REPORTS/marks.csv, by line; change nothing."
)
def marks(reports: Path, check: bool) -> None:
    """List what waits for a person, and put what people gave into the reports.

    REPORTS is the folder that `grader grade` wrote. REPORTS/marks.csv gets a row for all that waits, similar
    answers next to each other. Write points and a comment for the student into it, in any spreadsheet, and
    give the command again: results, pages and gradebook follow, and you are told whose total is another now.
    To override a check, add a row of your own with its name as the item. What people gave stays, whatever is
    graded again.
    """
    from grader import remark, terminal
    from grader.marking import BadMarks

    try:
        with (
            nullcontext() if check else sole(reports),
            terminal.working("reading the results and putting similar answers next to each other"),
        ):
            found = remark.complaints(reports) if check else ()
            outcome = None if check else remark.remark(reports)
            pointless = remark.pointless(reports)
    except BadMarks as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(f"{fault.filename}: {fault.strerror}")
    for line in (*(outcome.kept if outcome else found), *pointless):
        terminal.say(line)
    if outcome:
        terminal.remarked([(change.before, change.after) for change in outcome.changes])
        stray = f", {_rows(outcome.stray)} nothing" if outcome.stray else ""
        terminal.say(f"{outcome.file}: {outcome.marks} marked{stray}, {outcome.waiting} waiting for a person")
        if outcome.waiting and not outcome.marks + outcome.stray:
            terminal.say("Write points and comments into it, save it as CSV, and give the command again.")
    elif not found:
        terminal.say(f"{reports}: nothing is wrong with the marks")
    sys.exit(1 if found or (outcome and outcome.stray) else 0)


def _rows(number: int) -> str:
    return "1 row fits" if number == 1 else f"{number} rows fit"
