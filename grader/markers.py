"""the commands of who marks -> the same calls as Python makes: marks, mark."""

from __future__ import annotations

import getpass
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.agreed import NOT_REPLACED, agreed, those
from grader.asked import in_words, refuse, sole
from grader.changes import Change
from grader.options import assignment_option

if TYPE_CHECKING:
    from grader.desk import Desk
    from grader.desk.beside import Beside
    from grader.remark import Outcome


@click.command(
    epilog="Exit status: 0 done; 1 marks or requests that fit nobody or nothing, or decisions whose points "
    "cannot be: they are named, and the others are in; or --check found something; 2 the command or the file "
    "of marks is wrong: nothing was changed; 4 marks that were published would change, and nobody agreed: "
    "nothing was changed."
)
@click.argument("reports", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Change marks that were published without asking.")
@click.option("--dry-run", is_flag=True, help="Show whose marks would change, and change nothing.")
@click.option(
    "--check", is_flag=True, help="Say what is wrong in REPORTS/marks.csv, by line; change nothing."
)
def marks(reports: Path, *, yes: bool, dry_run: bool, check: bool) -> None:
    """List what waits for a person, and put what people gave into the reports.

    REPORTS is the folder that `grader grade` wrote. REPORTS/marks.csv gets a row for all that waits, similar
    answers next to each other. Write points and a comment for the student into it, in any spreadsheet, and
    give the command again: results, pages and gradebook follow, and you are told whose total is another now.
    To override a check, add a row of your own with its name as the item. What people gave stays, whatever is
    graded again. Once marks were published (grader publish), you are shown what would change of these, and
    asked.
    """
    from grader import published, remark, terminal
    from grader.marking import BadMarks

    try:
        with nullcontext() if check else sole(reports):
            found = remark.complaints(reports) if check else ()
            outcome = None if check else _remarked(reports, yes=yes, dry_run=dry_run)
            pointless = remark.pointless(reports)
            shown = published.last(reports)
    except (BadMarks, published.BadPublished) as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(in_words(fault))
    for line in (*(_named(outcome) if outcome else found), *pointless):
        terminal.say(line)
    if outcome:
        _tell(outcome)
        if shown and (told := published.told(shown, outcome.others, reports)):
            terminal.say(told)
    elif not found:
        terminal.say(f"{reports}: nothing is wrong with the marks")
    sys.exit(1 if found or (outcome and (outcome.stray or outcome.strangers)) else 0)


def _named(outcome: Outcome) -> tuple[str, ...]:
    """Return the lines of what to look at."""
    return (*outcome.kept, *outcome.conflicts, *outcome.strangers)


def _remarked(reports: Path, *, yes: bool, dry_run: bool) -> Outcome:
    """Put what people gave into the reports; exit where published marks would change and nobody agrees."""
    from grader import published, remark, terminal

    shown, seen = published.last(reports), list[Change]()
    with ExitStack() as showing:
        showing.enter_context(
            terminal.working("reading the results and putting similar answers next to each other")
        )

        def approve(changes: Sequence[Change]) -> bool:
            showing.close()  # a question stands alone
            seen.extend(changes)
            concerned = shown is not None and any(shown.of(change.student) for change in changes)
            if not changes or not (concerned or dry_run):
                return not dry_run
            return agreed(changes, published.compared_with(shown), yes=yes, dry_run=dry_run)

        outcome = remark.remark(reports, approve)
    if outcome is None and not seen:
        terminal.say("No mark would change. This was a dry run: nothing was written.")
        sys.exit(0)
    if outcome is None:
        told = f"This was a dry run: {those(seen)}" if dry_run else f"T{those(seen)[1:]}"
        asks = shown is not None and any(shown.of(change.student) for change in seen)
        how = (("with --yes instead of" if asks else "without") + " --dry-run") if dry_run else "with --yes"
        refuse(
            f"{told} were not changed, and nothing was written: what people gave stays where it is. "
            f"The same command {how} puts it in.",
            NOT_REPLACED,
        )
    return outcome


def _tell(outcome: Outcome) -> None:
    from grader import terminal

    terminal.remarked([(change.before, change.after) for change in outcome.changes])
    told = terminal.answers_marked(outcome.marked, outcome.waiting, outcome.stray)
    terminal.say(f"{outcome.file}: {told}")
    if outcome.by_part:
        terminal.say(terminal.by_part(outcome.by_part))
    if outcome.waiting and not outcome.marked + outcome.stray:
        terminal.say("Write points and comments into it, save it as CSV, and give the command again.")
    if outcome.asked:
        terminal.say(f"regrade_requests.csv: {outcome.unanswered} open of {outcome.asked}")
    terminal.students_pages(outcome.file.parent)


@click.command(
    epilog="Exit status: 0 the page was closed with Ctrl-C, and all marks are in marks.csv; 2 the command or "
    "a file of marks is wrong: nothing was changed."
)
@click.argument("reports", type=click.Path(path_type=Path))
@click.option("--as", "who", metavar="NAME", help="Who marks. Default: your name on this machine.")
@click.option(
    "--submissions",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="What was handed in, for pictures. Default: what the class was unpacked to, and submissions/ here.",
)
@assignment_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Default: any.")
@click.option("--no-open", is_flag=True, help="Open no window; the address is printed.")
def mark(
    reports: Path,
    who: str | None,
    submissions: Path | None,
    assignment: Path | None,
    port: int,
    no_open: bool,
) -> None:
    """Mark what waits for a person, on a page in the browser of this machine.

    REPORTS is the folder that `grader grade` wrote. By part, names hidden, similar answers after each other;
    by keyboard alone if you like. Each mark is in REPORTS/marking/NAME.jsonl before the next answer shows,
    and all of them get into REPORTS/marks.csv. Ctrl-C ends it, and the same command goes on from there.
    Several markers each give a name (--as). `grader marks REPORTS` puts all into results and pages.
    """
    from grader import terminal

    terminal.say(f"Reading the results in {reports} …")
    from grader.desk import serving
    from grader.marking import BadBook, BadMarks

    try:
        desk = _opened(reports, who or _user())
        with serving(desk, port, _beside(reports, submissions, assignment)) as door:
            _wait(desk, door.address, no_open)
        gathered = desk.gather()
        desk.book.close()
    except (BadMarks, BadBook) as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(f"{fault.filename or f'port {port}'}: {fault.strerror or fault}")
    terminal.say(f"\n{reports / 'marks.csv'}: {terminal.answers_marked(*desk.progress())}")
    if gathered.conflicts:
        terminal.say(
            f"Criteria for which markers gave different points: {len(gathered.conflicts)}. The same command "
            "shows them side by side, to decide."
        )
    terminal.say(f"`grader marks {reports}` puts them into results, pages and gradebook.")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "marker"


def _opened(reports: Path, who: str) -> Desk:
    from grader import graded, remark, terminal
    from grader.desk import opened
    from grader.marking import BadMarks

    try:
        class_ = graded.read(reports)
        for line in class_.broken:
            terminal.say(f"Left out: {line}")
        for line in remark.too_high(class_.results, reports):
            terminal.say(f"Counts for nothing until it is mended: {line}")
        return opened(reports, class_.results, who)
    except graded.NoReports as fault:
        raise BadMarks(str(fault)) from None


def _beside(reports: Path, submissions: Path | None, assignment: Path | None) -> Beside:
    from grader import assignment as assignments
    from grader.desk.beside import Beside
    from grader.desk.demonstrated import demonstrations

    try:
        folder = assignments.locate(assignment, reports, Path.cwd())
    except assignments.BadAssignment:  # nothing but the demonstrations is taken from there
        folder = None
    folders = (*([submissions] if submissions else []), reports / "work", Path("submissions") / reports.name)
    return Beside(demonstrations(folder) if folder else {}, tuple(one.absolute() for one in folders))


def _wait(desk: Desk, address: str, no_open: bool) -> None:
    """Say where the page is, and wait for Ctrl-C."""
    from grader import browser, terminal
    from grader.desk import second
    from grader.desk.regrading import counts
    from grader.desk.ticket import ticket

    waiting = sum(map(desk.left, range(len(desk.parts))))
    asked = counts(desk)[0]
    also = f", {asked} regrade request{'s' * (asked != 1)}" if asked else ""
    terminal.say(f"Marking as {desk.book.who}: {waiting} answers are open{also}")
    if also_marked := second.told(desk):
        terminal.say(also_marked)
    terminal.say(f"  {address}")
    terminal.say("The address is for you alone, on this machine alone. Ctrl-C when you are done.")
    sys.stdout.flush()
    with nullcontext() if no_open else ticket(address) as page, suppress(KeyboardInterrupt):
        if page:
            browser.opened(page)
        threading.Event().wait()
