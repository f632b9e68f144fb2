"""one's own work -> its Result, once or again at each save; each part is told as soon as it is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader import doing, piped
from grader.asked import faults, refuse
from grader.datatypes import Assignment, Result, Source, Submission

if TYPE_CHECKING:
    from grader.progress import Progress
    from grader.roster import Entry
    from grader.sandbox import Wall

Tell = Callable[[Result, "Progress"], None]  # what is to be done with each result, besides telling its parts


@dataclass(frozen=True)
class Place:
    """Where checks are run, and what makes networks ready to be trained there."""

    wall: Wall
    prepare: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Run:
    """One check that was made."""

    submission: Submission
    result: Result  # the grader's own: only record.for_student of it is told


def once(path: Path, problem_set: Assignment, place: Place, tell: Tell) -> Result:
    """Check one's own work."""
    from grader import pipeline
    from grader.progress import Progress

    entry, progress = _entry(path), Progress()
    with progress.working() as now, doing.listening(now):
        try:
            submission = pipeline.read(entry, problem_set)
        except Exception:  # noqa: BLE001  (ours: told as all our faults are)
            result = pipeline.grade(entry, problem_set, place.wall)
        else:
            _say_what_is_run(submission, problem_set)
            result = _judged(submission, entry, problem_set, place, progress)
    tell(result, progress)
    return result


def at_each_save(path: Path, problem_set: Assignment, place: Place, tell: Tell) -> Result:
    """Check again at each save, until Ctrl-C; return what came of the last one."""
    from grader import terminal, watching
    from grader.progress import Progress

    progress, last = Progress(), None
    try:
        for _ in watching.saves(path):
            again = _again(path, problem_set, place, progress, last)
            if again is None or again is last:
                continue
            tell(again.result, progress)
            if fault := faults(again.result):
                terminal.say(fault)
            last = again
            terminal.say(f"Watching {path}: save it and it is checked again. Ctrl-C ends this.")
    except watching.NoWatcher as fault:
        refuse(str(fault))
    except piped.ReaderGone:
        raise
    except KeyboardInterrupt:
        if last is None:
            raise
    if last is None:
        raise KeyboardInterrupt
    terminal.say("\nStopped watching.")
    return last.result


def _again(
    path: Path, problem_set: Assignment, place: Place, progress: Progress, last: Run | None
) -> Run | None:
    """Check what may come out differently than last; None where the work cannot be read just now."""
    from grader import pipeline, rerun, terminal

    entry = _entry(path)
    with progress.working() as now, doing.listening(now):
        try:
            submission = pipeline.read(entry, problem_set)
        except OSError as fault:  # an editor has taken the old file away, and will put the new one there
            terminal.say(f"{path} cannot be read just now ({fault.strerror or 'it is not there'}): waiting")
            return None
        except Exception as fault:  # noqa: BLE001  (ours, and perhaps over with the next save)
            terminal.say(f"The grader failed to read {path} ({type(fault).__name__}: {fault}): waiting")
            return None
        if last is None:
            _say_what_is_run(submission, problem_set)
            return Run(submission, _judged(submission, entry, problem_set, place, progress))
        parts = rerun.to_check(last.submission, submission, problem_set)
        if not parts:
            return last
        left = ", ".join(part.id for part in problem_set.asked if part.id not in parts)
        but = f" all but {left}, whose networks are the same" if left else ""
        terminal.say(f"\nSaved: checking again{but}")
        result = _judged(submission, entry, replace(problem_set, only=parts), place, progress)
        return Run(submission, rerun.merged(last.result, result))


def _entry(path: Path) -> Entry:
    from grader import roster

    return roster.Entry(roster.safe_name(path.resolve().stem), path)


def _judged(
    submission: Submission, entry: Entry, problem_set: Assignment, place: Place, progress: Progress
) -> Result:
    """Run the checks, and print each part once it is known as a student may see it."""
    from grader import pipeline, record

    quick = {part.id for part in problem_set.asked if part.network is None}

    def heard(part: Result) -> None:
        for one in record.for_student(part).parts:
            progress.heard(one)
            quick.discard(one.id)
        if not quick:  # the first network's turn has come
            place.prepare()

    # A notebook asks for its trainings as soon as it runs.
    if not quick or any(file.source is Source.NOTEBOOK for file in submission.code):
        place.prepare()
    return pipeline.judge(submission, entry, problem_set, place.wall, heard)


def _say_what_is_run(submission: Submission, problem_set: Assignment) -> None:
    """Say how much of a notebook is run for the parts asked for."""
    from grader import terminal
    from grader.checks.shortened import shortened

    for file in submission.code:
        if problem_set.only and file.source is Source.NOTEBOOK:
            kept = shortened(file, problem_set).cells
            which = f"the first {len(kept)} of {len(file.cells)}" if kept != file.cells else "all"
            terminal.say(f"{file.file}: {which} code cells are run, since cells share their names")
