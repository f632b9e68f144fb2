"""(a class, Assignment, a folder) -> [Result]: only what is not there yet, or no longer true, is graded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from grader import (
    busy,
    freshness,
    ingest,
    judges,
    marking,
    members,
    pipeline,
    problem_files,
    published,
    record,
    requests,
    scoring,
)
from grader.changes import Change, changes
from grader.datatypes import Assignment, Result
from grader.judges import Execute, Heard, Task
from grader.marking import Marks
from grader.published import Manifest
from grader.requests import ByStudent
from grader.roster import Entry
from grader.sandbox import FRESH, Wall, hasten


@dataclass(frozen=True)
class Plan:
    """What is to be done about one student. Results are light: a class of them fits in memory."""

    entry: Entry
    before: Result | None = None  # what stands
    after: Result | None = None  # what is to take its place; the same where nothing changed
    why: tuple[str, ...] = ()  # what makes it necessary to grade; empty where it is not
    trainings: int = 0  # calls of `fit` in it: these take long
    to_write: bool = False  # whether what stands is to be written again
    of: Entry | None = None  # for a member of a group: who handed it in for them
    because: tuple[str, ...] = ()  # what has changed since what stands was graded


@dataclass(frozen=True)
class Audience:
    """Whom to tell of a class that is being graded, and whom to ask."""

    planned: Callable[[Sequence[Plan]], None] = lambda _: None
    done: Callable[[Result], None] = lambda _: None
    heard: Heard | None = None
    approve: Callable[[Sequence[Change]], bool] = lambda _: True


@dataclass(frozen=True)
class Graded:
    """A class as it stands now."""

    results: tuple[Result, ...]  # sorted by student
    changes: tuple[Change, ...] = ()  # of marks that had been given before
    replaced: bool = True  # whether they were approved
    kept: int = 0  # students who needed nothing run again
    faulted: tuple[str, ...] = ()  # students on whom the grader broke
    waiting: tuple[str, ...] = ()  # students beside whose result a new one waits, where it was not replaced
    torn: str = ""  # what is wrong in marks.csv since the class was begun: the marks of before count


@dataclass(frozen=True)
class _Place:
    """Into what a class is graded, by how many, behind what, by whose hands, over what people said."""

    out: Path
    jobs: int
    wall: Wall
    execute: Execute
    marks: Marks
    shown: Manifest | None  # what students were shown last
    asked: ByStudent


def grade_class(  # noqa: PLR0913  (a class has what it has)
    class_: Sequence[Entry],
    assignment: Assignment,
    out: Path,
    jobs: int,
    audience: Audience | None = None,
    wall: Wall = FRESH,
    *,
    force: bool = False,
    execute: Execute = judges.in_parallel,
) -> Graded:
    """Grade a class on `jobs` processes, 0 for this one, into `out`; `execute` may do it elsewhere.

    What stands there already and is still true is kept. Marks that would change are changed only where
    `audience.approve` says so; until then they wait beside those that stand. What it is shown is told
    against what was published last, where anything was. Raises BadMarks and BadPublished, before anything is
    graded, where what people gave in `out`, or what was published, cannot be read.
    """
    problem_files.look_again()  # this process may have graded before
    jobs = jobs if len(class_) > 1 else 0  # one that is left of many may be the one that takes its judge
    place = _Place(out, jobs, wall, execute, marking.current(out), published.last(out), requests.current(out))
    audience = audience or Audience()
    plans = [plan for entry in class_ for plan in _plans(entry, assignment, place, force=force)]
    audience.planned(plans)
    graded = {result.student: result for result in _graded(plans, assignment, place, audience)}
    place, torn = _with_marks_of_now(place)
    plans = _settled(plans, graded, assignment, place)
    changed = tuple(change for plan in plans for change in _changes(plan, place))
    replaced = not changed or audience.approve(changed)
    results = tuple(
        sorted(_results(plans, assignment, place, replaced=replaced), key=lambda result: result.student)
    )
    pipeline.write_class(results, out)
    faulted = tuple(student for student, result in graded.items() if pipeline.is_faulted(result))
    waiting = () if replaced else _waiting(results, out)
    return Graded(results, changed, replaced, sum(not plan.why for plan in plans), faulted, waiting, torn)


def _waiting(results: Sequence[Result], out: Path) -> tuple[str, ...]:
    return tuple(one.student for one in results if pipeline.proposed(out, one.student) is not None)


def _with_marks_of_now(place: _Place) -> tuple[_Place, str]:
    """Return the place with what people gave meanwhile too; with what is wrong in it, where it cannot be."""
    try:
        out = place.out
        return replace(place, marks=marking.current(out), asked=requests.current(out)), ""
    except marking.BadMarks as fault:
        return place, str(fault)


# ---- what is to be done ----------------------------------------------------------------------


def _plans(entry: Entry, assignment: Assignment, place: _Place, *, force: bool) -> Iterator[Plan]:
    """Yield what is to be done about a submission, and then about each further member of its group."""
    own = _plan(entry, assignment, place, force=force)
    yield own
    for member in entry.members:
        before = pipeline.standing(place.out, member.student)
        yield Plan(member, before and pipeline.light(before), of=entry, because=own.because)


def _plan(entry: Entry, assignment: Assignment, place: _Place, *, force: bool) -> Plan:
    out, now = place.out, freshness.made_from(entry.path, assignment, place.wall)
    before = pipeline.standing(out, entry.student)
    kept = before and pipeline.light(before)
    because = freshness.changed(before, now) if before else ()
    waiting = pipeline.proposed(out, entry.student)
    if waiting is None or force or freshness.changed(waiting, now):
        pipeline.withdraw(out, entry.student)
        waiting = None
    for known in () if force else (waiting, before):
        if known is not None and not freshness.changed(known, now):
            after = _with_people(_rescored(known, assignment, entry), place)
            if pipeline.is_faulted(
                after
            ):  # a correction that is gone had stood in for what the grader failed at
                trainings = ingest.trainings(entry.path) if assignment.trains else 0
                return Plan(entry, None, None, ("not graded yet",), trainings, to_write=True)
            return Plan(entry, kept, pipeline.light(after), to_write=after != before, because=because)
    why = because or (("asked for",) if before else ("not graded yet",))
    trainings = ingest.trainings(entry.path) if assignment.trains else 0
    return Plan(entry, kept, None, why, trainings, because=because)


def _with_people(result: Result, place: _Place) -> Result:
    """Return a result with what people gave, and what its student asks."""
    return requests.applied(marking.apply(result, place.marks), place.asked)


def _rescored(result: Result, assignment: Assignment, entry: Entry) -> Result:
    return members.owned(scoring.rescore(assignment, marking.unmarked(result)), entry, assignment)


# ---- doing it --------------------------------------------------------------------------------


def _graded(
    plans: Sequence[Plan], assignment: Assignment, place: _Place, audience: Audience
) -> Iterator[Result]:
    """Grade who has to be, short work first.

    Who ran out of time or was killed, or lost their judge, is graded once more when nobody else is. Until
    then nothing of it is written: a run that is stopped before leaves no mark that is the machine's doing.
    """
    work, out = partial(pipeline.grade_into, place.out), place.out
    first_try = partial(work, last=False)
    first = sorted((plan for plan in plans if plan.why), key=lambda plan: plan.trainings)
    tasks: list[Task] = [(plan.entry, assignment, place.wall) for plan in first]
    again: list[Task] = []
    if place.jobs and any(ingest.needs_keras(plan.entry.path) for plan in first):
        hasten(place.wall)
    for task, outcome in place.execute(first_try, tasks, place.jobs, audience.heard):
        if isinstance(outcome, BaseException) or busy.is_to_blame(outcome):
            again.append(task)
            continue
        audience.done(outcome)
        yield outcome
    standing = {plan.entry.student for plan in plans if plan.before is not None}
    for task in again:
        if task[0].student not in standing:  # what was written a moment ago has no standing
            pipeline.remove(out, task[0].student)
    for task, outcome in place.execute(work, again, min(place.jobs, 1), audience.heard):
        result = pipeline.lost(*task, outcome) if isinstance(outcome, BaseException) else outcome
        if isinstance(outcome, BaseException) and result.student not in standing:
            result = pipeline.put(_with_people(result, place), out)
        audience.done(result)
        yield result


# ---- what comes of it ------------------------------------------------------------------------


def _settled(
    plans: Sequence[Plan], graded: Mapping[str, Result], assignment: Assignment, place: _Place
) -> list[Plan]:
    """Return the plans with their outcomes: graded now, standing, or what somebody else handed in."""
    own = [replace(plan, after=graded[plan.entry.student]) if plan.why else plan for plan in plans]
    outcomes = {plan.entry.student: plan.after for plan in own}
    return [_outcome(plan, outcomes, assignment, place) for plan in own]


def _outcome(
    plan: Plan, outcomes: Mapping[str, Result | None], assignment: Assignment, place: _Place
) -> Plan:
    found = outcomes[(plan.of or plan.entry).student]
    assert found is not None
    if plan.of is not None:
        own = _their_own(found, plan.of, plan.entry, assignment)
        return replace(plan, after=_with_people(own, place), to_write=True)
    after = _with_people(found, place)
    is_new = plan.before is not None and bool(plan.why)
    return replace(plan, after=after, to_write=plan.to_write or is_new or after != found)


def _their_own(theirs: Result, handed_in_by: Entry, member: Entry, assignment: Assignment) -> Result:
    everybody = members.everybodys(marking.unmarked(theirs), handed_in_by, assignment)
    return next(one for one in everybody if one.student == member.student)


def _changes(plan: Plan, place: _Place) -> tuple[Change, ...]:
    if plan.before is None or plan.after is None or pipeline.is_faulted(plan.after):
        return ()
    found = now = changes(plan.before, plan.after)
    if place.shown is not None:
        found = published.replacing(place.out, place.shown, plan.before, plan.after)
    cause = (freshness.told(plan.because),) if plan.because else ()
    own = {one.part for one in now}  # others changed since what was published, before what is new now
    return tuple(replace(one, why=(*cause, *one.why)) if one.part in own else one for one in found)


def _results(
    plans: Sequence[Plan], assignment: Assignment, place: _Place, *, replaced: bool
) -> Iterator[Result]:
    """Yield the result that each student has now; put those in place that may be.

    Where nobody agreed, whoever has a result keeps it, also where only its words would be others: what a
    class reads comes from one state of the problem set.
    """
    out = place.out
    for plan in plans:
        before, after = plan.before, plan.after
        assert after is not None
        if before is not None and pipeline.is_faulted(after):  # what stands is worth more than our fault
            _see_to_page(before, out)
            yield replace(before, needs_attention=True, attention=(*before.attention, *after.attention))
        elif before is not None and not replaced:
            _see_to_page(before, out)
            yield before
        else:
            if plan.to_write or not pipeline.has_page(out, after.student):
                _put_in_place(plan, assignment, place)
            pipeline.withdraw(out, after.student)  # it stands now
            yield after


def _put_in_place(plan: Plan, assignment: Assignment, place: _Place) -> None:
    """Write what was proposed, or what stands as it is scored now."""
    source, out = plan.of or plan.entry, place.out
    standing = pipeline.folder_of(out, source.student) / pipeline.RESULT
    whole = pipeline.proposed(out, source.student) or record.read(standing)
    own = _rescored(whole, assignment, source)
    if plan.of is not None:
        own = _their_own(own, plan.of, plan.entry, assignment)
    pipeline.put(_with_people(own, place), out)


def _see_to_page(result: Result, out: Path) -> None:
    """Make the page of a result that stands, where the machine stopped before it was written."""
    if not pipeline.has_page(out, result.student):
        standing = pipeline.folder_of(out, result.student) / pipeline.RESULT
        pipeline.write_page(record.read(standing), out)
