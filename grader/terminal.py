"""Result -> lines in a terminal."""

from __future__ import annotations

import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader import piped
from grader.changes import LATENESS, Change, Marks
from grader.datatypes import PartResult, Result, Status
from grader.marks import rounded, unrounded
from grader.scoring import answers_waiting, waiting

# Told by sign and word, not by colour alone.
SIGNS = {
    Status.PASSED: ("✓", "green"),
    Status.FAILED: ("✗", "red"),
    Status.CRASHED: ("✗", "red"),
    Status.TIMEOUT: ("✗", "red"),
    Status.MISSING: ("–", "red"),
    Status.PENDING: ("…", "yellow"),
    Status.ERROR: ("!", "magenta"),
}
LOST = frozenset({Status.FAILED, Status.CRASHED, Status.TIMEOUT, Status.MISSING})
MOST_ROWS = 50  # of a table of changes
WIDTH = 100  # of what was read, in a line


class PipedConsole(Console):
    """A console that stops the command where nobody reads on."""

    def on_broken_pipe(self) -> NoReturn:
        """Raise ReaderGone."""
        self.quiet = True
        piped.stop(self.file)


def _console() -> Console:
    """Make the console anew each time, for redirected output. No markup: the texts are strangers'."""
    return PipedConsole(markup=False, highlight=False, emoji=False, soft_wrap=False)


def say(line: str) -> None:
    """Print a line at once, never broken: it may hold a path."""
    _console().print(clean(line), soft_wrap=True)


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show in a terminal, while a block runs, that it does, and what it is about; elsewhere show nothing.

    Yields what is to be called with what is being done now.
    """
    # Bound to the stream of now: while checks run, it is redirected.
    console = Console(markup=False, highlight=False, emoji=False, file=sys.stdout)
    with console.status(Text(f"{what} …")) as status:
        yield lambda now: status.update(Text(f"{what}: {clean(now)} …" if now else f"{what} …"))


@contextmanager
def counting(what: str, total: int, *, after: float = 0.0) -> Iterator[Callable[[], None]]:
    """Show while a block runs how many of so many are done; it calls what it is given after each.

    Where there is no terminal, a line is printed for each tenth, none in the first `after` seconds.
    """
    console, done = Console(markup=False, highlight=False, emoji=False, file=sys.stdout), 0
    begun = time.monotonic()
    with console.status(Text(f"{what}: 0 of {total} …")) as status:

        def one_more() -> None:
            nonlocal done
            done += 1
            status.update(Text(f"{what}: {done} of {total} …"))
            patient = console.is_terminal or time.monotonic() - begun < after
            if not patient and 10 * done // total > 10 * (done - 1) // total:
                say(f"{what}: {done} of {total}")

        yield one_more


def clean(text: str) -> str:
    """Replace what would move the cursor, ring or turn the line round; newlines stay, tabs become spaces."""
    spaced = text.replace("\t", "  ")
    return "".join(char if char == "\n" or char.isprintable() else "�" for char in spaced)


def finding(what: str, found: str, costs: str) -> None:
    """Print one line of what a machine offers, and below it what a lack costs."""
    sign, colour = ("–", "yellow") if costs else ("✓", "green")
    line = Text.assemble((f"  {sign} ", colour), f"{what:<12}", clean(found))
    console = _console()
    console.print(line, soft_wrap=True)
    if costs:
        console.print(Padding(Text(clean(costs), style="dim"), (0, 0, 0, 16)))


def marks_of(result: Result) -> str:
    """Say what a result comes to: "31.5 of 100, 67 wait for a person"."""
    marks = f"{rounded(result.total, result.step)} of {unrounded(result.possible)}"
    late = result.lateness.points if result.lateness else 0.0
    marks += f" ({unrounded(result.bonus)} of them a bonus)" if result.bonus else ""
    marks += f" ({unrounded(late)} taken off: late)" if late else ""
    return ", ".join([marks, *waits(result.parts)])


def waits(parts: Sequence[PartResult]) -> list[str]:
    """Say how many points wait for what."""
    faults = sum(check.possible for part in parts for check in part.checks if check.status is Status.ERROR)
    found = {**waiting(parts), **({"the grader to be mended": faults} if faults else {})}
    return [f"{unrounded(points)} {verb(points)} for {what}" for what, points in found.items()]


def verb(points: float) -> str:
    """Return what points do that are not given yet: one waits, two wait."""
    return "waits" if points == 1 else "wait"


def answers_marked(marked: int, waiting: int, stray: int = 0) -> str:
    """Say how far marking is: "12 answers marked, 4 waiting for a person"."""
    fit = "1 row fits" if stray == 1 else f"{stray} rows fit"
    told = f"{marked} {'answer' if marked == 1 else 'answers'} marked"
    return f"{told}, {f'{fit} nothing, ' if stray else ''}{waiting} waiting for a person"


def by_part(waiting: Mapping[str, int]) -> str:
    """Say in which parts answers wait: "Waiting by part: 3 in 1A, 1 in 2B"."""
    return f"Waiting by part: {', '.join(f'{count} in {part}' for part, count in waiting.items())}"


def summary(results: Sequence[Result], out: Path) -> None:
    """Print the class as a table, and where the files are."""
    table = Table(title=f"\n{results[0].title}", title_justify="left", title_style="bold")
    table.add_column("student")
    beside = _beside(results)
    for heading in ("earned", *beside, "of", "waiting"):
        table.add_column(heading, justify="right")
    table.add_column("look at")
    for result in results:
        table.add_row(
            clean(result.student),
            rounded(result.earned, result.step),
            *(told(result) for told in beside.values()),
            unrounded(result.possible),
            unrounded(result.pending),
            clean(_look_at(result.attention)),
        )
    _console().print(table)
    known = {result.student for result in results}
    for page in sorted((out / "students").iterdir()):
        if page.name not in known:
            say(f"Not of this class, left by an earlier run: {page}")
    if answers := answers_waiting(results):
        wait = "answer waits" if answers == 1 else "answers wait"
        say(f"{answers} {wait} for a person: grader mark {out} (in the browser; then grader marks {out})")
    students_pages(out)
    say(f"For staff: {out / 'index.html'}, {out / 'gradebook.csv'}, {out / 'staff'}/<student>/result.json")


def students_pages(out: Path) -> None:
    """Say where the pages are that students get."""
    say(f"For students (hand out this folder only): {out / 'students'}/<student>/index.html")


def changed(changes: Sequence[Change], against: str = "") -> None:
    """Print whose marks would change, from what to what and why.

    `against` says what they are compared with, where that is not what stands.
    """
    table = Table(
        title=f"\nMarks that change{against}",
        title_justify="left",
        title_style="bold",
        show_edge=False,  # with a short name it fits into 80 columns
        pad_edge=False,
    )
    for heading in ("student", "total", "part", "was", "would be", "because"):
        table.add_column(heading)
    for change in changes[:MOST_ROWS]:
        why = "\n".join(cut(clean(line)) for line in change.why)
        table.add_row(
            *(clean(change.student), _totals(change.totals, change.step), clean(change.part)),
            *(_points(change.before, change.part), _points(change.after, change.part)),
            why,
        )
    _console().print(table)
    if len(changes) > MOST_ROWS:
        parts = Counter(change.part for change in changes)
        told = ", ".join(f"{clean(part)} of {count} students" for part, count in parts.items())
        say(f"and {len(changes) - MOST_ROWS} more. In all: {told}")


def _totals(totals: tuple[float, float], step: float) -> str:
    """Return totals before and after as people read them; unrounded where rounding hides that they differ."""
    exact = [unrounded(total) for total in totals]
    told = [rounded(total, step) for total in totals]
    before, after = exact if told[0] == told[1] else told
    return told[0] if exact[0] == exact[1] else _arrow(before, after)


def _arrow(before: str, after: str) -> str:
    """Return what was and what is; one of them where both are the same."""
    return after if before == after else f"{before} → {after}"


def _points(marks: Marks | None, part: str) -> str:
    if marks is None:
        return "–"
    if part == LATENESS:
        return f"{unrounded(abs(marks.earned))} taken off"
    waiting = f", {unrounded(marks.pending)} wait" if marks.pending else ""
    return f"{unrounded(marks.earned)} of {unrounded(marks.possible)}{waiting}"


def _beside(results: Sequence[Result]) -> Mapping[str, Callable[[Result], str]]:
    """Return the columns of what makes the total another than what is earned, where anybody has any."""
    columns: dict[str, Callable[[Result], str]] = {}
    if any(result.bonus for result in results):
        columns["bonus"] = lambda result: unrounded(result.bonus) if result.bonus else ""
    if any(result.lateness and result.lateness.hours for result in results):
        columns["hours late"] = _late
    return {**columns, "total": lambda result: rounded(result.total, result.step)} if columns else {}


def _late(result: Result) -> str:
    """Return how many hours late it came, '' in time."""
    hours = result.lateness.hours if result.lateness else 0.0
    return unrounded(math.ceil(hours * 10) / 10) if hours else ""


def remarked(changes: Sequence[tuple[Result, Result]]) -> None:
    """Print whose total is another than before, or what waits of it, and from what to what."""
    if not changes:
        say("Nobody's total changed.")
        return
    table = Table(title=f"\n{changes[0][1].title}", title_justify="left", title_style="bold")
    table.add_column("student")
    for heading in ("total, before → now", "points waiting, before → now"):
        table.add_column(heading)
    for before, after in changes:
        totals = _totals((before.total, after.total), after.step)  # as the gradebook has them
        table.add_row(
            clean(after.student), totals, _arrow(unrounded(before.pending), unrounded(after.pending))
        )
    _console().print(table)


def _look_at(attention: Sequence[str]) -> str:
    """Return the first lines of what staff have to look at; all of it stands on the class page."""
    first = [line.splitlines()[0] for line in attention[:2]]
    more = len(attention) - len(first)
    return "\n".join([*(cut(line) for line in first), *([f"and {more} more"] if more else [])])


def cut(line: str) -> str:
    """Return a line that is not too long to be read at a glance."""
    return line if len(line) <= WIDTH else line[:WIDTH].rsplit(" ", 1)[0] + " …"


def anything_failed(result: Result) -> bool:
    """Return whether a check failed, crashed, ran out of time or found no answer."""
    return any(check.status in LOST for part in result.parts for check in part.checks)


def verified(
    specimens: int,
    broken: Sequence[str],
    unsound: Sequence[str],
    never_told: Sequence[str],
    without_hint: Sequence[str],
    left_out: Sequence[str],
) -> None:
    """Print what verifying a problem set came to."""
    crosses((*broken, *unsound))
    if never_told:
        say(f"No specimen is promised the slip: {', '.join(never_told)}")
    if without_hint:
        say(f"Slips without a hint (an answer that equals one is an error): {', '.join(without_hint)}")
    for line in left_out:
        say(line)
    kept = "all promises kept" if not broken else f"promises broken: {len(broken)}"
    say(f"{specimens} specimens: {kept}{f'; to be mended besides: {len(unsound)}' if unsound else ''}")


def crosses(lines: Sequence[str]) -> None:
    """Print what is to be mended, a line each."""
    for line in lines:
        say(f"✗ {line}")
