"""Result -> lines in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.datatypes import CheckResult, PartResult, Result, Status
from grader.marks import rounded, unrounded
from grader.scoring import A_PERSON, waiting

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
WIDTH = 100  # of what was read, in a line


def _console() -> Console:
    """Make the console anew each time, for redirected output. No markup: the texts are strangers'."""
    return Console(markup=False, highlight=False, emoji=False, soft_wrap=False)


def say(line: str) -> None:
    """Print a line at once, never broken: it may hold a path."""
    _console().print(clean(line), soft_wrap=True)


def working(what: str) -> AbstractContextManager[object]:
    """Show in a terminal, while a block runs, that it does; elsewhere show nothing."""
    return _console().status(Text(f"{what} …"))


def clean(text: str) -> str:
    """Replace what would move the cursor, ring or turn the line round; newlines stay, tabs become spaces."""
    spaced = text.replace("\t", "  ")
    return "".join(char if char == "\n" or char.isprintable() else "�" for char in spaced)


def progress(total: int) -> Callable[[Result], None]:
    """Return what is to be called with each result as it comes: a line each."""
    done = 0

    def told(result: Result) -> None:
        nonlocal done
        done += 1
        say(f"  {done:>{len(str(total))}}/{total}  {result.student}  {_marks(result)}")

    return told


def finding(what: str, found: str, costs: str) -> None:
    """Print one line of what a machine offers, and below it what a lack costs."""
    sign, colour = ("–", "yellow") if costs else ("✓", "green")
    line = Text.assemble((f"  {sign} ", colour), f"{what:<12}", clean(found))
    console = _console()
    console.print(line, soft_wrap=True)
    if costs:
        console.print(Padding(Text(clean(costs), style="dim"), (0, 0, 0, 16)))


def _marks(result: Result) -> str:
    marks = f"{rounded(result.earned, result.step)} of {unrounded(result.possible)}"
    return ", ".join([marks, *_waits(result.parts)])


def _waits(parts: Sequence[PartResult]) -> list[str]:
    """Say how many points wait for what."""
    faults = sum(check.possible for part in parts for check in part.checks if check.status is Status.ERROR)
    found = {**waiting(parts), **({"the grader to be mended": faults} if faults else {})}
    return [f"{unrounded(points)} {_verb(points)} for {what}" for what, points in found.items()]


def _verb(points: float) -> str:
    return "waits" if points == 1 else "wait"


def summary(results: Sequence[Result], out: Path) -> None:
    """Print the class as a table, and where the files are."""
    table = Table(title=f"\n{results[0].title}", title_justify="left", title_style="bold")
    table.add_column("student")
    for heading in ("earned", "of", "waiting"):
        table.add_column(heading, justify="right")
    table.add_column("look at")
    for result in results:
        table.add_row(
            clean(result.student),
            rounded(result.earned, result.step),
            unrounded(result.possible),
            unrounded(result.pending),
            clean(_look_at(result.attention)),
        )
    _console().print(table)
    known = {result.student for result in results}
    for page in sorted((out / "students").iterdir()):
        if page.name not in known:
            say(f"Not of this class, left by an earlier run: {page}")
    say(f"For students (hand out this folder only): {out / 'students'}/<student>/index.html")
    say(f"For staff: {out / 'index.html'}, {out / 'gradebook.csv'}, {out / 'staff'}/<student>/result.json")


def _look_at(attention: Sequence[str]) -> str:
    """Return the first lines of what staff have to look at; all of it stands on the class page."""
    first = [line.splitlines()[0] for line in attention[:2]]
    more = len(attention) - len(first)
    return "\n".join([*(_cut(line) for line in first), *([f"and {more} more"] if more else [])])


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else line[:WIDTH].rsplit(" ", 1)[0] + " …"


def checks(result: Result) -> None:
    """Print one's own work: a line for each check, with the reason and the hint; then what to make of it."""
    for part in result.parts:
        _part(part)
    console = _console()
    for note in result.notes:
        console.print(Text(f"note: {clean(note)}", style="dim"))
    console.print()
    console.print(Text(_closing(result), style="bold"))


def _part(part: PartResult) -> None:
    marks = f"{unrounded(part.earned)} of {unrounded(part.possible)}"
    told_marks = ", ".join([marks, *_waits([part])])
    _console().print(Text.assemble(f"\n{part.id} {part.title}  ", (told_marks, "dim")))
    told: set[str] = set()  # what several checks of a part have in common is said once
    for check in part.checks:
        _check(check, told)
    for status, points in _rubric(part).items():
        sign, style = SIGNS[status]
        what = f"{unrounded(points)} {'point' if points == 1 else 'points'} for your words"
        what += ": no answer was found" if status is Status.MISSING else f" {_verb(points)} for {A_PERSON}"
        _console().print(Padding(Text.assemble((f"{sign} {status.value}", style), f"  {what}"), (0, 2)))


def _rubric(part: PartResult) -> dict[Status, float]:
    """Return the points of the rubric by status."""
    statuses = dict.fromkeys(criterion.status for criterion in part.rubric)
    return {status: sum(one.possible for one in part.rubric if one.status is status) for status in statuses}


def _check(check: CheckResult, told: set[str]) -> None:
    sign, style = SIGNS[check.status]
    word = "credited" if check.credited else check.status.value
    head = Text.assemble((f"{sign} {word}", style), f"  {clean(check.title)}")
    read_as = "; ".join(" ".join(row.split()) for row in clean(check.actual).splitlines())
    if read_as and read_as not in told:
        head.append(f"  (read as {_cut(read_as)})", style="dim")
    _console().print(Padding(head, (0, 2)))
    lines = [*check.message.splitlines(), *check.traceback.splitlines()]
    lines += [f"note: {note}" for note in check.notes]
    if check.hint:
        lines.append(f"hint: {check.hint}")
    for line in lines:
        if line not in told:
            _console().print(Padding(Text(clean(line)), (0, 6)))
    told.update(lines, [read_as])


def _closing(result: Result) -> str:
    lost = sum(1 for part in result.parts for check in part.checks if check.status in LOST)
    what = {0: "Nothing failed", 1: "1 check did not pass"}.get(lost, f"{lost} checks did not pass")
    return f"{what}. {_marks(result)}."


def anything_failed(result: Result) -> bool:
    """Return whether a check failed, crashed, ran out of time or found no answer."""
    return any(check.status in LOST for part in result.parts for check in part.checks)


def verified(
    specimens: int, broken: Sequence[str], never_failed: Sequence[str], never_told: Sequence[str]
) -> None:
    """Print what verifying a problem set came to."""
    for line in broken:
        say(f"✗ {line}")
    if never_failed:
        say(f"No specimen fails: {', '.join(never_failed)}")
    if never_told:
        say(f"No specimen is promised the slip: {', '.join(never_told)}")
    kept = "all promises kept" if not broken else f"{len(broken)} promises broken"
    say(f"{specimens} specimens: {kept}")
