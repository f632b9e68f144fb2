"""the commands of who hands out pages -> the same calls as Python makes: publish, report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import piped
from grader.agreed import NOT_REPLACED
from grader.asked import in_words, refuse, sole

if TYPE_CHECKING:
    from grader.publish import Proposal

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
    from grader import graded, published, rebuild, terminal

    try:
        students = graded.students(reports)
        with sole(reports), terminal.counting("pages made", len(students), after=PATIENCE) as one_more:
            outcome = rebuild.rebuild(reports, one_more)
            shown = published.last(reports)
    except (graded.NoReports, published.BadPublished) as fault:
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
    if shown and (told := published.told(shown, outcome.others, reports)):
        terminal.say(told)
    for line in outcome.broken:
        click.echo(terminal.clean(line), err=True)
    sys.exit(1 if outcome.broken else 0)


@click.command(
    epilog="Exit status: 0 published, or nothing is new; 1 --check found something; 2 not fit to be "
    "published, which says why, or the command is wrong; 4 nobody agreed, or a regrade request is open; "
    "130 stopped."
)
@click.argument("reports", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Publish without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be published, and publish nothing.")
@click.option(
    "--despite-requests", is_flag=True, help="Publish though regrade requests are open; the record says so."
)
@click.option("--check", is_flag=True, help="Say whether all that was published is there as it was.")
def publish(reports: Path, *, yes: bool, dry_run: bool, despite_requests: bool, check: bool) -> None:
    """Freeze what students are shown, as the proof of it, and show what changed since the last time.

    \b
    REPORTS/published/1/students/<student>/    the page, and the record it was made of: what they may see
    REPORTS/published/1/published.json         all marks, and a checksum of everything

    REPORTS is the folder that `grader grade` wrote. Hand out REPORTS/students right after. From then on
    `grader grade` and `grader marks` show what would change against what was published, before they replace
    anything. Given again, it shows that too, asks, and writes the next number. All of it is for staff.
    """
    from grader import graded, published, terminal
    from grader.marking import BadMarks
    from grader.publish import NotReady

    if check:
        _check(reports)
    try:
        with sole(reports):
            _publish(reports, yes=yes, dry_run=dry_run, despite=despite_requests)
    except (graded.NoReports, NotReady) as fault:
        refuse(f"{fault}\nNothing was published.")
    except (BadMarks, published.BadPublished) as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(f"{in_words(fault)}. Nothing was published: mend that and give the command again.")
    terminal.say(f"Hand out now: {reports / 'students'}")


def _publish(reports: Path, *, yes: bool, dry_run: bool, despite: bool) -> None:
    """Show what would be published, and publish it where somebody agrees; exit where nobody does."""
    from grader import publish as publishing
    from grader import published, terminal

    with terminal.working("comparing with what was published"):
        proposal = publishing.propose(reports)
    _show(proposal)
    if not proposal.is_new:
        terminal.say("Nothing is new since then: nothing was written.")
        sys.exit(0)
    if proposal.requests and not despite:
        refuse(
            "Nothing was published, for who asked should not find other marks without an answer. Answer them "
            f"first (grader mark {reports}), or say --despite-requests.",
            NOT_REPLACED,
        )
    if not _agreed(proposal, yes=yes, dry_run=dry_run):
        why, how = (": this was a dry run", "--yes instead of --dry-run") if dry_run else ("", "--yes")
        refuse(f"Nothing was published{why}. The same command with {how} publishes this.", NOT_REPLACED)
    with terminal.working("publishing"):
        manifest = publishing.publish(proposal)
    terminal.say(
        f"Published on {published.moment(manifest)}: {published.folder_of(reports, manifest.number)}"
    )
    terminal.say(f"  checksum {manifest.checksum}")
    terminal.say(
        "  Note it elsewhere, in a mail to yourself say: it proves what was shown. That another folder was "
        "put in the place of published/, or its last number taken away, shows by your note alone."
    )


def _show(proposal: Proposal) -> None:
    """Say what would be published: against the last time, where there was one."""
    from grader import published, terminal

    students = len(proposal.results)
    terminal.say(f"{'1 student' if students == 1 else f'{students} students'} of {proposal.out}")
    if proposal.last:
        terminal.say(f"Published last on {published.moment(proposal.last)}")
    if proposal.changes:
        terminal.changed(proposal.changes, published.compared_with(proposal.last))
    asked = tuple(dict.fromkeys(f"{one.student}: {one.part}" for one in proposal.requests))
    told = {
        "Regrade requests that nobody has answered": asked,
        "Points wait for a person, which their pages say": proposal.waiting,
        "Comments or messages are others, and no mark is": proposal.texts,
        "Not published before": proposal.new,
        "Published before, and not of this class now": proposal.gone,
        "Not of this class, and not published": proposal.left,
    }
    for what, who in told.items():
        if who:
            terminal.say(f"{what}: {len(who)} ({published.named(who)})")
    for line in proposal.strangers:
        terminal.say(line)


def _agreed(proposal: Proposal, *, yes: bool, dry_run: bool) -> bool:
    """Return whether it may be published: nobody has to be asked of a first time with nothing open."""
    if dry_run:
        return False
    if yes or (proposal.last is None and not proposal.waiting):
        return True
    return sys.stdin.isatty() and click.confirm(f"Publish this as number {proposal.number}?", default=False)


def _check(reports: Path) -> None:
    """Hold all that was published against its checksums, and exit."""
    from grader import published, terminal

    try:
        found = list(published.complaints(reports))
        numbers = published.numbers(reports)
        for line in found:
            click.echo(terminal.clean(line), err=True)
        for number in () if found else numbers:
            manifest = published.manifest_in(reports, number)
            terminal.say(f"{published.moment(manifest)}: {manifest.checksum}")
    except published.BadPublished as fault:
        refuse(str(fault), 1)
    except OSError as fault:
        refuse(in_words(fault))
    if not numbers and not found:
        refuse(f"{reports}: nothing was published there. `grader publish {reports}` does that.")
    if not found:
        terminal.say(
            "All that is here is as it was published. Is the last of these the checksum that you noted last? "
            "That all was replaced, or the last number taken away, shows by that alone."
        )
    sys.exit(1 if found else 0)
