"""(the markers' acts, regrade_requests.csv) -> the file with what they decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader.marking.acts import Acts, Settled, undone
from grader.requests.file import ids, read, write
from grader.requests.sheet import Answer, Request, Sheet, answered, as_read

Books = Mapping[str, Acts]  # marker -> what they did
_Sign = tuple[str, str]


def gather(out: Path, books: Books) -> None:
    """Put what markers decided into the file; without one nothing is done. Raises BadRequests, OSError."""
    sheet, seen = read(out)
    after = gathered(sheet, books)
    if after is not sheet:
        write(after, out, seen)


def gathered(sheet: Sheet, books: Books) -> Sheet:
    """Return the sheet with what markers decided.

    What a person wrote into the sheet stays. A decision that came from a marker follows them, and goes
    where they took it back.
    """
    ever: dict[str, set[_Sign]] = {}
    standing: dict[str, tuple[str, Answer]] = {}
    for who, acts in books.items():
        for when, settled, stands in _settled(acts):
            found = _answer(who, when, settled)
            ever.setdefault(settled.request, set()).add((found.decision, found.by))
            if stands and when >= standing.get(settled.request, ("", found))[0]:
                standing[settled.request] = when, found
    requests = [record.request for record in sheet.records]
    answers = {}
    for number, (id_, request) in enumerate(zip(ids(requests), requests, strict=True)):
        if id_ not in ever or (request.decision and (request.decision, request.by) not in ever[id_]):
            continue
        _, wanted = standing.get(id_, ("", Answer()))
        if wanted != _of(request):
            answers[number] = wanted
    return answered(sheet, answers)


def _of(request: Request) -> Answer:
    return Answer(request.decision, request.by, request.old, request.new, request.decided)


def _answer(who: str, when: str, settled: Settled) -> Answer:
    return as_read(Answer(settled.decision, who, settled.old, settled.new, when))


def by_hand(requests: Sequence[Request], books: Books) -> frozenset[Request]:
    """Return the requests whose decision no marker gave on the page: somebody wrote it into the file."""
    settled = {
        (settled.request, _answer(who, when, settled))
        for who, acts in books.items()
        for when, settled, _ in _settled(acts)
    }
    pairs = zip(ids(requests), requests, strict=True)
    return frozenset(one for id_, one in pairs if one.decision and (id_, _of(one)) not in settled)


def _settled(acts: Acts) -> Iterator[tuple[str, Settled, bool]]:
    """Yield when each request was decided, how, and whether that still stands."""
    gone = undone(acts)
    for number, act in enumerate(acts):
        if act.settles:
            yield act.when, act.settles, number not in gone
