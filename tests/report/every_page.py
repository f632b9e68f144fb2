"""() -> a page of every kind, by what is on it."""

from collections.abc import Callable
from dataclasses import replace

from grader import corrections, record
from grader.crops import Crop
from grader.datatypes import CheckResult, Correction, Lateness, PartResult, Result, Status
from grader.report import class_page, student_page
from grader.scoring import of_part, of_result
from tests.report.conftest import ps4
from tests.report.hostile import PNG, hostile_class, hostile_result
from tests.report.many import class_of, links
from tests.report.payloads import PAYLOADS

SOME = PAYLOADS[::35]
LATE = Lateness(
    "2026-03-02T08:00+01:00", "2026-03-01T23:59+01:00", 8.02, 3.0, "It came 8.02 hours late: a tenth."
)


def with_every_check(status: Status, part: PartResult) -> PartResult:
    """Return a part on which each check ended alike, and each criterion with it."""
    shown = status is Status.PASSED
    checks = tuple(
        CheckResult(check.name, status, check.title, earned=check.possible * shown, possible=check.possible)
        for check in part.checks
    )
    rubric = tuple(replace(one, status=status, earned=one.possible * shown) for one in part.rubric)
    entries = [*checks, *rubric]
    waits = sum(entry.possible for entry in entries) if status in {Status.ERROR, Status.PENDING} else 0.0
    earned = sum(entry.earned for entry in entries)
    return replace(part, earned=earned, pending=waits, checks=checks, rubric=rubric)


def ended(status: Status) -> Result:
    parts = tuple(with_every_check(status, part) for part in ps4().parts)
    earned, pending = (sum(getattr(part, name) for part in parts) for name in ("earned", "pending"))
    return replace(ps4(), parts=parts, earned=earned, pending=pending)


def handed_in_nothing() -> Result:
    missing = ended(Status.MISSING)
    parts = [replace(part, answer=(), code=(), output="", figures=(), network=None) for part in missing.parts]
    return replace(missing, parts=tuple(parts))


def corrected() -> Result:
    """A student for whom a part is void, an answer counts as right, a criterion is void, and points are on top."""
    why = "The sheet did not say whether biases count."
    tables = [
        Correction("3D", "The matrices were misprinted.", void=True),
        Correction("3B", why, check="parameter_count", also_accept_slip="bias forgotten"),
        Correction("1D", why, criterion="the drawing shows the two units", void=True),
        Correction("3C", "Few gave both orders.", bonus=1.5),
    ]
    parts = [of_part(corrections.corrected(part, tables, handed_in=True)) for part in ps4().parts]
    return of_result(replace(ps4(), parts=tuple(parts)))


def all_payloads(texts: list[str]) -> Result:
    """A student whose every answer is another payload, in every field of it."""
    parts = [
        replace(hostile_result(text).parts[0], id=f"{number}{text}") for number, text in enumerate(texts)
    ]
    checks = [
        tuple(replace(check, name=f"{number}{place}{check.name}") for place, check in enumerate(part.checks))
        for number, part in enumerate(parts)
    ]
    parts = [replace(part, checks=named) for part, named in zip(parts, checks, strict=True)]
    return replace(hostile_result("x"), parts=tuple(parts), notes=tuple(texts))


def a_class(*results: Result) -> str:
    return class_page(results, *links(list(results)))


def flagged() -> Result:
    return replace(ps4(), needs_attention=True, attention=("3D: two answers differ", "1D: a drawing"))


CROPS = tuple(
    Crop(part, "hw.pdf", page, "could not be read: it looks like a scan or a drawing", 1, 1, PNG)
    for part, page in (("3D", 2), ("", 3))
)
STUDENTS: dict[str, Callable[[], str]] = {
    "everything": lambda: student_page(record.for_student(ps4())),
    "no parts": lambda: student_page(Result("ps4", "Deep Learning", "ada", 0.0, 0.0, 0.0, ())),
    "nothing handed in": lambda: student_page(record.for_student(handed_in_nothing())),
    "all right": lambda: student_page(record.for_student(ended(Status.PASSED))),
    "the grader failed": lambda: student_page(record.for_student(ended(Status.ERROR))),
    "late": lambda: student_page(record.for_student(replace(ps4(), parts=ps4().parts[:4], lateness=LATE))),
    "corrected": lambda: student_page(record.for_student(corrected())),
    "pictures of pages": lambda: student_page(record.for_student(replace(ps4(), crops=CROPS))),
    "hostile": lambda: student_page(all_payloads(SOME)),
}
CLASSES: dict[str, Callable[[], str]] = {
    "a class of none": a_class,
    "a class of three": lambda: a_class(
        flagged(),
        replace(ended(Status.ERROR), student="alan", needs_attention=True),
        replace(ps4(), student="emmy", lateness=LATE),
    ),
    "a class with corrections": lambda: a_class(corrected(), replace(corrected(), student="emmy")),
    "a class of thirty": lambda: a_class(*class_of(30)),
    "a hostile class": lambda: a_class(*hostile_class(SOME)),
}
EVERY = STUDENTS | CLASSES
