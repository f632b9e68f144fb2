"""a class and the options of `grader grade` -> graded, told, and exited."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.agreed import NOT_REPLACED, agreed, those
from grader.asked import refuse
from grader.datatypes import Assignment

if TYPE_CHECKING:
    from grader.batch import Graded
    from grader.changes import Change
    from grader.classes import Class
    from grader.display import Display
    from grader.judges import Execute
    from grader.sandbox import Wall


def run(
    submissions: Path,
    class_: Class,
    problem_set: Assignment,
    target: Path,
    how: Mapping[str, Any],
) -> None:
    """Grade a class behind the wall, show how it goes, print what came of it."""
    from grader import batch, judges, terminal
    from grader.display import Display, Manner

    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    jobs = how["jobs"] or judges.fitting_jobs(problem_set)
    display = Display(Manner(how["quiet"], how["verbose"], how["log"]), jobs)
    approval = _approval(display, how, target)
    audience = batch.Audience(display.planned, display.done, display.heard, approval)
    with _place(how, (submissions, problem_set.folder, target)) as (wall, execute):
        if not (how["quiet"] and wall.jail):
            terminal.say(_kept_in(wall, how["scheduler"]))
        with display, _at_once_the_second_time():
            everybody, force = class_.entries, how["force"]
            graded = batch.grade_class(
                *(everybody, problem_set, target, jobs, audience, wall), force=force, execute=execute
            )
    if graded.replaced and not how["quiet"]:
        terminal.summary(graded.results, target)
    if graded.replaced and not graded.torn:
        _too_high(graded, target)
    if not how["quiet"]:
        _compare(graded, target)
    _leave(graded, target, dry_run=how["dry_run"])


@contextmanager
def _place(how: Mapping[str, Any], secrets: Sequence[Path]) -> Iterator[tuple[Wall, Execute]]:
    """Raise the wall here, or find the cluster whose workers raise their own. Raises NoWall, NoCluster."""
    from grader import judges
    from grader.sandbox import Sandbox, Wall, walled

    level = Sandbox(how["sandbox"])
    if not how["scheduler"]:
        with walled(level, secrets) as wall:
            yield wall, judges.in_parallel
        return
    from grader import cluster

    cluster.refuse_open(how["scheduler"], open_allowed=how["open_cluster"])
    guard = cluster.Guard(level, tuple(secret.resolve() for secret in secrets))
    yield Wall(level), cluster.executor(how["scheduler"], guard)


def _kept_in(wall: Wall, scheduler: str) -> str:
    """Say what stands around student code."""
    if scheduler and wall.jail:
        return f"Student code is kept in by a wall on each worker of {scheduler}"
    if wall.jail:
        return f"Student code is kept in by {wall.told}"
    return (
        "WARNING: --sandbox off: student code can read your files and use the network. Every result says so."
    )


def _approval(display: Display, how: Mapping[str, Any], target: Path) -> Callable[[Sequence[Change]], bool]:
    """Return what shows the marks that change, and says whether they may."""

    def approve(changes: Sequence[Change]) -> bool:
        from grader import published

        display.rest()
        against = published.compared_with(published.last(target))
        return agreed(changes, against, yes=how["yes"], dry_run=how["dry_run"], quiet=how["quiet"])

    return approve


@contextmanager
def _at_once_the_second_time() -> Iterator[None]:
    """Stop cleanly at the first Ctrl-C, which takes a moment, and at once at the second."""
    before = signal.getsignal(signal.SIGINT)

    def first(*_: object) -> None:
        with suppress(ValueError):  # not the main thread
            signal.signal(signal.SIGINT, lambda *_: os._exit(130))
        raise KeyboardInterrupt

    with suppress(ValueError):
        signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        with suppress(ValueError):
            signal.signal(signal.SIGINT, before)


def _compare(graded: Graded, target: Path) -> None:
    """Say whose marks are other than students were shown."""
    from grader import published, terminal

    shown = published.last(target)
    if shown and (told := published.told(shown, published.others(shown, graded.results), target)):
        terminal.say(told)


def _too_high(graded: Graded, target: Path) -> None:
    """Say which rows of marks.csv count for nothing, since fewer points are possible now."""
    from grader import remark, terminal

    if rows := remark.too_high(graded.results, target):
        told = "\n".join(("Marks that count for nothing, since fewer points are possible now:", *rows))
        click.echo(terminal.clean(told), err=True)


def _leave(graded: Graded, target: Path, *, dry_run: bool) -> None:
    """Say what of the outcome needs a decision, and exit by it."""
    if graded.torn:
        click.echo(
            f"{graded.torn}\nThat came while the class was graded: the marks as they stood before are in the "
            f"results, and none is lost. Mend the file, and then: grader marks {target}",
            err=True,
        )
    if not graded.replaced:
        refuse(_not_replaced(graded, dry_run=dry_run), NOT_REPLACED)
    if graded.faulted:
        refuse(
            f"The grader failed on {', '.join(graded.faulted)}; no points were lost by it: what broke is "
            f"told in {target}/staff/<student>/result.json, 'attention'. They are graded again next time.",
            1,
        )
    if graded.torn:
        sys.exit(2)


def _not_replaced(graded: Graded, *, dry_run: bool) -> str:
    """Say what stands now, and how the marks that were shown get in its place."""
    from grader import published

    which = those(graded.changes)
    told = f"This was a dry run: {which}" if dry_run else f"{which[0].upper()}{which[1:]}"
    waiting = (
        f"; new results wait beside those of {published.named(graded.waiting)}" if graded.waiting else ""
    )
    how = "--yes instead of --dry-run" if dry_run else "--yes"
    return (
        f"{told} were not replaced, and all results that stood are as they were{waiting}. "
        f"The same command with {how} replaces them; nothing is run again for it."
    )
