"""a reports folder -> files for Moodle, Canvas, Gradescope, a spreadsheet, a mail merge. Nothing is sent."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.asked import refuse, still

if TYPE_CHECKING:
    from grader.gradebook.grades import Terms
    from grader.gradebook.outcome import Outcome
    from grader.graded import Graded

TARGETS = """Nothing was exported: say for whom.

  grader export REPORTS --moodle WORKSHEET.csv     Moodle's grading worksheet, and feedback files
  grader export REPORTS --canvas GRADEBOOK.csv     Canvas's gradebook (--column "Set 4" says which column)
  grader export REPORTS --gradescope DIR           a results.json for each student
  grader export REPORTS --csv grades.csv           a plain list
  grader export REPORTS --mail mail.csv            a list for a mail merge

REPORTS is the folder that `grader grade` wrote: reports/ps4, say. WORKSHEET.csv and GRADEBOOK.csv are what
you download from Moodle and Canvas: a copy beside the file is filled in, the file itself never changes.
docs/exports.md says where to click. Several at once are fine. Nothing is ever sent."""


@dataclass(frozen=True)
class Targets:
    """What was asked for; None what was not."""

    moodle: Path | None = None
    canvas: Path | None = None
    gradescope: Path | None = None
    csv: Path | None = None
    mail: Path | None = None


@click.command(
    epilog="Exit status: 0 written; 1 written, but somebody has no grade by a fault of the grader (named); "
    "2 nothing was written, the message says why: another command is at work there, say."
)
@click.argument("reports", type=click.Path(path_type=Path), required=False)
@click.option(
    "--moodle",
    type=click.Path(path_type=Path),
    metavar="WORKSHEET.csv",
    help="Fill a copy of Moodle's grading worksheet, and pack the students' pages as feedback files.",
)
@click.option(
    "--canvas",
    type=click.Path(path_type=Path),
    metavar="GRADEBOOK.csv",
    help="Fill a copy of Canvas's gradebook, in the column of this assignment.",
)
@click.option(
    "--column",
    default="",
    metavar="TITLE",
    help="Canvas's column: the assignment's title or its number. Default: the only one that fits.",
)
@click.option(
    "--gradescope",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write DIR/<student>/results.json, as an autograder of Gradescope leaves it.",
)
@click.option(
    "--csv", type=click.Path(path_type=Path), metavar="FILE", help="Write the class as a plain list."
)
@click.option(
    "--mail",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a list for a mail merge: email, name, total, possible, pending, page.",
)
@click.option("--include-pending", is_flag=True, help="Hand over marks that still wait for a person, too.")
@click.option("--include-partial", is_flag=True, help="Hand over marks of some parts alone (--parts), too.")
@click.option("--scale", is_flag=True, help="Convert marks where the other system counts to another maximum.")
def export(
    reports: Path | None,
    *,
    column: str,
    include_pending: bool,
    include_partial: bool,
    scale: bool,
    **targets: Path | None,
) -> None:
    """Turn REPORTS, as `grader grade` wrote it, into files for other systems. Nothing is ever sent.

    A grade stays blank while points wait for a person, and where the grader itself failed. Where only some
    parts were graded, nothing is written.
    """
    wanted = Targets(**targets)
    if reports is None or wanted == Targets():
        refuse(TARGETS)
    if column and not wanted.canvas:
        refuse("--column names a column of Canvas's gradebook: say --canvas GRADEBOOK.csv too")
    from grader import graded, published, terminal
    from grader.gradebook.grades import Terms
    from grader.gradebook.outcome import CannotExport

    try:
        with still(reports), terminal.working("reading the results"):
            class_, left = _of_class(graded.read(reports))
            if not include_partial:
                _refuse_partial(class_)
            outcomes = list(_outcomes(class_, wanted, Terms(include_pending, scale), column))
            shown = published.last(reports)
    except (graded.NoReports, CannotExport, published.BadPublished) as fault:
        refuse(str(fault))
    _refuse_nobody(outcomes)
    _refuse_to_write_twice(outcomes)
    _write(outcomes)
    for outcome in outcomes:
        _tell(outcome)
    if shown and (told := published.told(shown, published.others(shown, class_.results), reports)):
        terminal.say(told)
    _close(class_, left, include_pending=include_pending)


def _of_class(all_: Graded) -> tuple[Graded, list[str]]:
    """Return the class that was graded last, and who only has a result of an earlier one."""
    from grader import pipeline

    results = pipeline.of_class(all_.results, all_.folder)
    stay = {result.student for result in results}
    left = [result.student for result in all_.results if result.student not in stay]
    return replace(all_, results=tuple(results)), left


def _refuse_partial(class_: Graded) -> None:
    """Raise CannotExport where a mark is that of some parts alone: elsewhere it would count as the whole."""
    from grader.gradebook.outcome import CannotExport
    from grader.marks import unrounded

    partial_ = [result for result in class_.results if result.whole]
    for result in partial_[:1]:
        names = ", ".join(part.id for part in result.parts)
        points = f"{unrounded(result.possible)} of {unrounded(result.whole)} points"
        who = "" if len(partial_) == len(class_.results) else f" of {result.student}"
        raise CannotExport(
            f"{class_.folder}: only {names}{who} {'was' if len(result.parts) == 1 else 'were'} graded "
            f"({points}): grade all parts first, or say --include-partial"
        )


def _outcomes(class_: Graded, wanted: Targets, terms: Terms, column: str) -> Iterator[Outcome]:
    """Work out all that was asked for before anything is written."""
    from grader import graded
    from grader.gradebook import canvas, gradescope, lists
    from grader.record import for_student

    if wanted.moodle:
        yield from _moodle(class_, wanted.moodle, terms)
    if wanted.canvas:
        yield canvas.fill(canvas.read(wanted.canvas), class_.results, terms, column)
    if wanted.gradescope:
        pairs = [(result, for_student(result)) for result in class_.results]
        yield gradescope.files(wanted.gradescope, pairs, terms)
    if wanted.csv:
        yield lists.plain(wanted.csv, class_.results, terms)
    if wanted.mail:
        yield lists.mail(wanted.mail, class_.results, terms, partial(graded.page_path, class_.folder))


def _moodle(class_: Graded, path: Path, terms: Terms) -> Iterator[Outcome]:
    from grader import graded
    from grader.gradebook import moodle, moodle_feedback

    filled = moodle.fill(moodle.read(path), class_.results, terms)
    yield filled.outcome
    feedback = path.with_name(f"{path.stem}-feedback.zip")
    yield moodle_feedback.pack(feedback, filled.handed, partial(graded.page, class_.folder))


def _refuse_nobody(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.nobody:
            refuse(
                f"{outcome.where} is not written: nobody of these results is in the file that it would be a "
                "copy of, by a number or a login. Is it this class's? Where they were graded without their "
                "numbers, give that file as --roster to `grader grade`, and export again."
            )


def _refuse_to_write_twice(outcomes: list[Outcome]) -> None:
    paths = [path.absolute() for outcome in outcomes for path in outcome.files]
    if twice := [str(path) for path in paths if paths.count(path) > 1]:
        refuse(f"{twice[0]}: two exports go there: give each a name of its own")


def _write(outcomes: list[Outcome]) -> None:
    from grader import atomic

    for outcome in outcomes:
        for path, data in outcome.files.items():
            try:
                atomic.write_bytes(data, path)
            except OSError as fault:
                refuse(f"{path}: {fault.strerror or fault}. Files named before it are written.")


def _tell(outcome: Outcome) -> None:
    """Say what is in a file, who has nothing in it and why, and what to know before it is handed over."""
    from grader.terminal import say

    say(f"{outcome.where}" if outcome.files else f"{outcome.where} is not written, there is nothing for it")
    say(f"  {outcome.what}")
    for why, who in outcome.without.items():
        say(f"  {len(who)} without: {why}: {', '.join(who)}")
    for note in outcome.notes:
        say(f"  {note}")


def _close(class_: Graded, left: list[str], *, include_pending: bool) -> None:
    """Say what holds for all files, and exit 1 where somebody has no grade by a fault of the grader."""
    from grader.gradebook.grades import is_faulted
    from grader.terminal import say

    if left:
        say(
            f"Not handed over, for they are not in {class_.folder / 'gradebook.csv'}, the class as it was "
            f"graded last: {', '.join(left)}"
        )
    waiting = [one.student for one in class_.results if one.pending > 0 and not is_faulted(one)]
    if include_pending and waiting:
        say(f"Not final, handed over all the same (--include-pending): {', '.join(waiting)}")
    flagged = [
        one.student
        for one in class_.results
        if one.needs_attention and one.pending == 0 and not is_faulted(one)
    ]
    if flagged:
        say(f"Worth a look before you hand over ({class_.folder / 'index.html'}): {', '.join(flagged)}")
    for line in class_.broken:
        click.echo(f"No result, and no grade: {line}", err=True)
    if faulted := [one.student for one in class_.results if is_faulted(one)]:
        click.echo(f"The grader failed on {', '.join(faulted)}: no grade, grade again", err=True)
    sys.exit(1 if class_.broken or faulted else 0)
