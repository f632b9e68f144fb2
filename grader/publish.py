"""a reports folder -> what publishing it would show students anew; and the publication, frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader import graded, pipeline, published, record, remark, report, requests
from grader.changes import Change
from grader.datatypes import Result
from grader.published import Manifest, named
from grader.requests import Request


class NotReady(Exception):
    """The class is not fit to be published. The message says all that is in the way, and each way out."""


@dataclass(frozen=True)
class Proposal:
    """What would be published, and how it differs from what was published last."""

    out: Path
    number: int
    last: Manifest | None
    results: tuple[Result, ...]  # of the class as it was graded last
    changes: tuple[Change, ...] = ()  # of marks
    texts: tuple[str, ...] = ()  # who reads something else beside the same marks
    new: tuple[str, ...] = ()  # who was not in what was published last
    gone: tuple[str, ...] = ()  # who was, and is not in the class any more
    left: tuple[str, ...] = ()  # who has results here of an earlier class, which are not published
    requests: tuple[Request, ...] = ()  # for a regrade, that nobody has answered
    strangers: tuple[str, ...] = ()  # rows of regrade_requests.csv to look at, a line each

    @property
    def is_new(self) -> bool:
        """Whether anybody would be shown anything else."""
        return self.last is None or bool(self.changes or self.texts or self.new or self.gone)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who has points that wait for a person."""
        return tuple(result.student for result in self.results if result.pending > 0)


def propose(out: Path) -> Proposal:
    """Compare what stands with what was published last; write nothing.

    Raises NotReady, graded.NoReports, marking.BadMarks, published.BadPublished, requests.BadRequests.
    """
    class_ = graded.read(out)
    results = tuple(pipeline.of_class(class_.results, out))
    strangers = remark.strangers(out, class_.results)
    if obstacles := [*_damaged(out), *_unreadable(class_.broken), *_obstacles(results, out)]:
        raise NotReady("\n".join((*obstacles, *strangers)))
    stay = {result.student for result in results}
    left = tuple(result.student for result in class_.results if result.student not in stay)
    last = published.last(out)
    number = max(published.numbers(out), default=0) + 1
    open_ = requests.open_in(out)
    if last is None:
        return Proposal(out, number, last, results, left=left, requests=open_, strangers=strangers)
    before = {one.student for one in last.students}
    return Proposal(
        out,
        number,
        last,
        results,
        changes=tuple(change for result in results for change in published.since(out, last, result)),
        texts=tuple(result.student for result in results if _reads_otherwise(result, last, out)),
        new=tuple(result.student for result in results if result.student not in before),
        gone=tuple(sorted(before - stay)),
        left=left,
        requests=open_,
        strangers=strangers,
    )


def publish(proposal: Proposal) -> Manifest:
    """Freeze what students are shown now, whole or not at all. Raises OSError."""
    last = proposal.last
    head = Manifest(
        number=proposal.number,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        assignment=proposal.results[0].assignment if proposal.results else "",
        before=last.checksum if last else "",
        requests=len(proposal.requests),
        students=(),
    )
    pages = ((record.for_student(result), _page(result, proposal.out)) for result in proposal.results)
    manifest = published.add(proposal.out, head, pages)
    pipeline.write_class_page([pipeline.light(result) for result in proposal.results], proposal.out)
    return manifest


def _page(result: Result, out: Path) -> bytes:
    page = graded.page(out, result.student)
    if page is None:
        raise OSError(0, "this page was there a moment ago", str(out / pipeline.page_of(result.student)))
    return page


def _reads_otherwise(result: Result, last: Manifest, out: Path) -> bool:
    """Return whether a student had the same marks and reads something else beside them."""
    if last.of(result.student) is None or published.others(last, [result]):
        return False
    before = published.record_in(out, last, result.student)
    if before is None:
        return True
    pages = (report.student_page(published.timeless(one)) for one in (before, record.for_student(result)))
    return next(pages) != next(pages)


# ---- what is in the way ----------------------------------------------------------------------


def _damaged(out: Path) -> Iterator[str]:
    """Say what of all that was published is not as it was: another one is no proof of anything beside it."""
    if found := tuple(published.complaints(out)):
        yield from found
        yield (
            "  Put back a copy of what was changed or is missing; take out what was added. Where there is "
            f"no copy, move all of {out / published.FOLDER} elsewhere and keep it: then number 1 is next."
        )


def _unreadable(broken: tuple[str, ...]) -> Iterator[str]:
    for line in broken:
        yield f"{line}\n  Delete that file and grade again: `grader grade` writes it anew."


def _obstacles(results: tuple[Result, ...], out: Path) -> Iterator[str]:
    """Say why these results cannot be published, and what to do about it."""
    names: Sequence[str]
    if not results:
        yield f"Nobody of {out} is in {out / 'gradebook.csv'}, the class as it was graded last: grade again."
    if names := [one.student for one in results if pipeline.is_faulted(one)]:
        yield f"The grader failed on {named(names)}: grade again. Nobody is shown a fault of ours as a mark."
    if names := [one.student for one in results if one.whole]:
        yield f"Only some parts were graded (--parts) of {named(names)}: grade all parts first."
    if names := [one.student for one in results if _is_proposed(one.student, out)]:
        yield (
            f"A new result waits beside the one that stands, of {named(names)}: give `grader grade` again "
            "and agree to it (--yes), or take back what changed and grade again."
        )
    if names := remark.unapplied(results, out):
        yield f"What people gave is not in the results of {named(names)}: `grader marks {out}` first."
    if names := remark.unshown(results, out):
        yield (
            f"A regrade request, or its answer, is not on the page yet, of {named(names)}: "
            f"`grader marks {out}` first."
        )
    if names := [one.student for one in results if not _has_page(one.student, out)]:
        yield f"The page is not that of the result, of {named(names)}: `grader report {out}` first."


def _is_proposed(student: str, out: Path) -> bool:
    return (pipeline.folder_of(out, student) / pipeline.PROPOSED).exists()


def _has_page(student: str, out: Path) -> bool:
    """Return whether the page is that of the result, and lies in the class's own folder."""
    folder = (out / pipeline.page_of(student)).parent
    ours = not folder.is_symlink() and not folder.parent.is_symlink()
    return ours and pipeline.has_page(out, student) and graded.page(out, student) is not None
