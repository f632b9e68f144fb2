"""(a desk, regrade_requests.csv) -> each request beside what was given, and its decision, on disk first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from grader import marking, requests
from grader.datatypes import CheckResult, PartResult, Result, RubricResult
from grader.desk.desk import Desk, Stale, now
from grader.desk.handwritten import copied
from grader.desk.queue import Answered, Entry, whole
from grader.marking.comments import too_long
from grader.marking.folder import one_at_a_time
from grader.marking.gather import written
from grader.marking.marks import Place, items
from grader.marks import unrounded
from grader.requests import Request
from grader.scoring import WAITING

CHANGED, STAYS = "changed", "stays"  # how a decision begins, as the student reads it
BY_HAND = (
    "Somebody wrote this decision into regrade_requests.csv, which wins over the page: change it there, or "
    "empty its cells and decide here."
)
LOOK_AGAIN = (
    "This was changed meanwhile, in another window or in a file: open it again, and look at it once more."
)


@dataclass(frozen=True)
class Case:
    """A request with the answer that it is about. `id` stands for it: names are hidden here too."""

    id: str
    request: Request
    result: Result
    answered: Answered  # with all checks and criteria of its part

    @property
    def found(self) -> Sequence[CheckResult | RubricResult]:
        """What came of each of its entries."""
        return items(self.answered.part)


@dataclass(frozen=True)
class Wish:
    """What a window wants one entry of a case to be given."""

    entry: int  # its number in the part
    given: Sequence[str] = ()  # names of levels
    comment: str = ""
    points: float | None = None  # set by hand


def cases(desk: Desk) -> tuple[Case, ...]:
    """Return all requests that fit a student and a part, by part, else as they stand in the file.

    Raises BadRequests.
    """
    asked = requests.all_in(desk.out)
    order = [part.id for result in desk.results.values() for part in result.parts]
    rank = {marking.key(id_): number for number, id_ in reversed([*enumerate(dict.fromkeys(order))])}
    found = [_case(desk, *one) for one in zip(requests.ids(asked), asked, strict=True)]
    return tuple(
        sorted((case for case in found if case), key=lambda case: rank[marking.key(case.answered.part.id)])
    )


def _case(desk: Desk, id_: str, request: Request) -> Case | None:
    result = desk.results.get(marking.key(request.student))
    part = requests.part_of(request, result) if result else None
    return Case(id_, request, result, whole(result, part)) if result and part else None


def counts(desk: Desk) -> tuple[int, int, int]:
    """Return how many requests are open, how many there are, and how many fit no student or part."""
    found = cases(desk)
    every = len(requests.all_in(desk.out))
    return sum(not case.request.decision for case in found), every, every - len(found)


# ---- what counts now -------------------------------------------------------------------------


def flush(desk: Desk) -> None:
    """Put what was decided into marks.csv and regrade_requests.csv. Raises BadMarks, BadBook, OSError."""
    desk.gather()
    with one_at_a_time(desk.out):
        requests.gather(desk.out, desk.books)


def standing(desk: Desk, case: Case) -> Mapping[Place, marking.Stood]:
    """Return what people gave the entries of a case, whoever they are."""
    return {
        marking.place(row): written(row)
        for row in _rows(desk.gather().sheet, case)
        if row.points.strip() and marking.place(row) in case.answered.places
    }


def points_in(sheet: marking.Sheet, case: Case) -> float:
    """Return what a part earns with what a sheet gives it."""
    return _part_in(sheet, case).earned


def _part_in(sheet: marking.Sheet, case: Case) -> PartResult:
    own = replace(sheet, rows=_rows(sheet, case))
    marks, _ = marking.of(own)
    result = marking.apply(case.result, marks)
    return next(part for part in result.parts if part.id == case.answered.part.id)


def _rows(sheet: marking.Sheet, case: Case) -> tuple[marking.Row, ...]:
    student = marking.key(case.result.student)
    return tuple(row for row in sheet.rows if marking.place(row)[0] == student)


def seen(desk: Desk, case: Case) -> str:
    """Return what stands of a case, as a window has to know it before it changes it."""
    told = repr((case.request, sorted(standing(desk, case).items(), key=lambda one: one[0])))
    return sha256(told.encode(errors="replace")).hexdigest()[:20]


# ---- decisions -------------------------------------------------------------------------------


def decide(
    desk: Desk, case: Case, known: str, wishes: Sequence[Wish], decision: tuple[str, str]
) -> marking.Settled:
    """Decide a request: `changed` or `stays`, and a sentence to the student, with the marks that go with it.

    One act holds all of it, and is on disk when this returns; so are marks.csv and the file of requests.
    Returns what was decided. Raises Stale, with what to do, where it cannot be meant; BadMarks, BadBook,
    OSError.
    """
    kind, sentence = decision[0], " ".join(decision[1].split())
    with desk.lock, one_at_a_time(desk.out):  # two who decide at once: the second looks at it once more
        flush(desk)  # what a full disk kept out of the files until now
        if known != seen(desk, case := _as_it_is(desk, case)):
            raise Stale(LOOK_AGAIN)
        if is_by_hand(desk, case.request):
            raise Stale(BY_HAND)
        if not sentence:
            raise Stale("Write a sentence to the student first: what you looked at, and why it is so.")
        if told := too_long(f"{kind}: {sentence}"):
            raise Stale(told)
        acts = _acts(desk, case, wishes)
        before, after = _before_and_after(desk, case, acts)
        _refuse_waiting(case, after)
        old, new = told_points(case.request, unrounded(before.earned), unrounded(after.earned))
        if (kind == CHANGED) != (old != new):
            raise Stale(_contrary(old, new))
        settled = marking.Settled(case.id, f"{kind}: {sentence}", old, new)
        desk.do([*acts[:-1], replace(acts[-1], settles=settled)])
        flush(desk)
    return settled


def told_points(request: Request, now_: str, after: str) -> tuple[str, str]:
    """Return the points before and after that a decision tells, where the part has `now_` and then `after`.

    Whoever decides a request again mends the first decision: its words alone, or what it led to as well. Once
    something else changed the part in between, a decision begins with what it has now.
    """
    old, new = requests.number(request.old), requests.number(request.new)
    if not request.decision or old is None or new is None:
        return now_, after
    if now_ == after:
        return old, new
    return (old if new == now_ else now_), after


def is_by_hand(desk: Desk, request: Request) -> bool:
    """Return whether somebody wrote what is decided into the file: it wins over the page."""
    return request in requests.by_hand(requests.all_in(desk.out), desk.books)


def _as_it_is(desk: Desk, case: Case) -> Case:
    """Return a case as it stands in the file now. Raises Stale where it is not there any more."""
    found = next((one for one in cases(desk) if one.id == case.id), None)
    if found is None:
        raise Stale(LOOK_AGAIN)
    return found


def _contrary(old: str, new: str) -> str:
    if old == new:
        return f"The part has {old} points as before: give other points first, or choose “stays”."
    return f"The part would have {new} points in place of {old}: choose “changed”, or give what it had."


def _acts(desk: Desk, case: Case, wishes: Sequence[Wish]) -> list[marking.Act]:
    """Return what is to be done, last what this marker gives; before it what stood in marks.csv by hand."""
    stood = standing(desk, case)
    entries = case.answered.entries
    if any(not 0 <= wish.entry < len(entries) for wish in wishes):
        raise Stale(LOOK_AGAIN)
    marks = tuple(_given(desk, entries[wish.entry], stood, wish) for wish in wishes)
    touched = [entries[wish.entry].place for wish in wishes]
    by_hand = (copied(desk.hand[place], case.answered) for place in touched if place in desk.hand)
    kept = [replace(act, decides=True) for act in by_hand]  # it had won over every marker
    answer = marking.row_of(case.result, case.answered.part, case.found[0]).answer
    student, part = case.answered.student, case.answered.part.id
    return [*kept, marking.Act(now(), student, part, marks, answer, decides=bool(marks))]


def _given(desk: Desk, entry: Entry, stood: Mapping[Place, marking.Stood], wish: Wish) -> marking.Given:
    """Return the mark that a window wishes for. Raises Stale for one that cannot be."""
    comment = wish.comment.strip()
    if told := too_long(comment):
        raise Stale(told)
    if wish.points is not None:
        if not 0 <= wish.points <= entry.possible:
            raise Stale(f"“{entry.title}” takes 0 to {unrounded(entry.possible)} points.")
        return marking.Given(entry.item, (), comment, wish.points)
    items_ = {item.name: item for item in (*_own(stood.get(entry.place)), *desk.items(entry))}
    if any(name not in items_ for name in wish.given):
        raise Stale(LOOK_AGAIN)
    if not wish.given and not _own(stood.get(entry.place)):
        raise Stale(f"Give “{entry.title}” points first, by a level or with o.")
    return marking.Given(entry.item, tuple(items_[name] for name in dict.fromkeys(wish.given)), comment)


def _own(stood: marking.Stood | None) -> tuple[marking.Item, ...]:
    return stood.mark.given if stood else ()


def _refuse_waiting(case: Case, after: PartResult) -> None:
    """Raise Stale where something of the part waits still: a decision would tell its points as 0."""
    for entry, found in zip(case.answered.entries, items(after), strict=True):
        if found.status in WAITING:
            raise Stale(
                f"Nobody has marked “{entry.title}” yet: give it points here too, by a level or with o."
            )


def _before_and_after(desk: Desk, case: Case, acts: Sequence[marking.Act]) -> tuple[PartResult, PartResult]:
    """Return the part as it is, and as it would be after these acts."""
    sheet = desk.gather().sheet
    own = [*desk.own.acts, *acts]
    after = marking.gather(sheet, {**desk.books, desk.book.who: own}, desk.rubric, desk.rows_by_place())
    return _part_in(sheet, case), _part_in(after.sheet, case)
