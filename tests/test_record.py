"""result.json: what is written is read back, what a student may not see is not there."""

import json
import math
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import record
from grader.arrays import Compared, Pooling, Tried
from grader.crops import Crop
from grader.datatypes import (
    AnswerRead,
    Asked,
    Bonus,
    CheckResult,
    CodeShown,
    Lateness,
    PartResult,
    Regrade,
    Result,
    RubricResult,
    Status,
)
from grader.networks import CapShown, LayerShown, NetworkShown, SweepRow, SweepShown
from grader.report import student_page
from grader.status import Corrected, Marked
from grader.taken import Taken

DOCUMENT = Path(__file__).parents[1] / "docs" / "result-format.md"


def one(check: CheckResult | None = None, **more) -> Result:
    by = Marked("kim", "2026-05-01", Status.CRASHED, 0.0)
    given = Corrected("void", "The question was misprinted.", Status.MISSING, 0.0)
    check = check or CheckResult(
        *("average_pooled", Status.FAILED),
        earned=2.625,
        possible=3.0,
        marked=by,
        compared=Compared(((("1", "-0.5"),),), ((("1", "0.5"),),)),
        tried=Tried(40, 12, "pool(np.array([[0.5]]), 1)", "0123456789abcdef"),
        taken=Taken("matrices", '[[["1", "-1/2"]]]', {"count": 1, "size": [1, 2]}),
    )
    answer = AnswerRead("write-up", "ps4.md", "½ and -½", "1/2, -1/2")
    part = PartResult(
        *("3D", "Average pooling", 2.625, 3.0, 0.0),
        checks=(check,),
        answer=(answer,),
        rubric=(RubricResult("says why", 1.0, Status.PASSED, 1.0, "well said", by, given),),
        bonuses=(Bonus(1.0, "Nobody was to find this.", "average_pooled", 1.0),),
        drawn=Pooling((((0.0, 1.0), (0.5, 1.0)),), 2, 2, "average_pooled"),
        network=NetworkShown(
            *((LayerShown("Dense", (10,), None, 7850),), ((0.9, 0.95), ()), 0.975, 0.96),
            cap=CapShown("parameters", 10_000, (7850,), fewer=True),
            sweep=SweepShown("dropout probability", 1, (SweepRow(0.5, 0.9), SweepRow(0.6, 0.8, 0.7)), 0.02),
        ),
    )
    late = Lateness(
        "2026-03-02T00:59:00+00:00", "2026-03-01T23:59:00+00:00", 1.0, 0.25, "a tenth an hour", 0.1
    )
    crop = Crop("3D", "hw.pdf", 2, "a picture", 1, 1, "iVBORw0KGgoAAAA=")
    asked = (Asked("3B", "why?", "stays: no", "0", "0"),)
    code = (CodeShown("a/ps4.py", "ps4.py", "x = 1"),)
    more = {"crops": (crop,), "lateness": late, "code": code, "requests": asked, **more}
    return Result("ps4", "Deep Learning", "ada", 2.625, 3.0, 0.0, (part,), **more)


# ---- there and back --------------------------------------------------------------------------

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
points = st.floats(0, 1000)
checks = st.builds(
    CheckResult,
    name=text,
    status=st.sampled_from(Status),
    title=text,
    message=text,
    measured=st.dictionaries(text, st.floats(allow_nan=False), max_size=3),
    seconds=points,
    notes=st.lists(text, max_size=2).map(tuple),
    hidden=st.booleans(),
    earned=points,
    possible=points,
)


@given(checks, text, st.booleans(), points)
def test_what_is_written_is_read_back(check, student, show, step):
    result = replace(one(check), student=student, show_expected=show, step=step)
    assert record.load(record.dump(result)) == result


def test_points_are_written_unrounded_and_whole_ones_whole():
    raw = json.loads(record.dump(one()))
    assert raw["parts"][0]["earned"] == 2.625
    assert '"possible": 3,' in record.dump(one())
    assert list(raw)[:5] == ["format", "assignment", "student", "title", "earned"]


def test_a_file_is_utf_8_and_reads_back(tmp_path):
    path = tmp_path / "staff" / "ada" / "result.json"
    record.write(one(), path)
    assert "½ and -½" in path.read_text(encoding="utf-8")
    assert record.read(path) == one()


def test_half_a_surrogate_pair_does_not_stop_the_writing(tmp_path):
    path = tmp_path / "result.json"
    record.write(replace(one(), student="a\udc80b", notes=("\ud83d\ude00",)), path)
    assert record.read(path).student == "a\ufffdb"
    assert record.read(path).notes == ("\U0001f600",)


def test_measured_values_that_are_no_numbers_survive():
    measured = {"nan": math.nan, "up": math.inf, "down": -math.inf, "loss": 0.5}
    written = record.dump(one(CheckResult("fit", Status.PENDING, measured=measured)))
    back = record.load(written).parts[0].checks[0].measured
    assert math.isnan(back["nan"])
    assert (back["up"], back["down"], back["loss"]) == (math.inf, -math.inf, 0.5)
    assert not re.search(r":\s*(NaN|-?Infinity)", written)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_points_that_are_no_numbers_are_never_written(value):
    with pytest.raises(ValueError, match=r"Result\.earned"):
        record.dump(replace(one(), earned=value))


def test_unknown_fields_survive_a_rewrite_at_every_level():
    raw = json.loads(record.dump(one())) | {"format": 2, "signed_by": {"name": "bo", "when": [1, None, "x"]}}
    raw["parts"][0]["weather"] = "fine"
    raw["parts"][0]["checks"][0]["retries"] = 3
    raw["parts"][0]["checks"][0]["extra"] = "a field that is really called so"
    assert json.loads(record.dump(record.load(json.dumps(raw)))) == raw


def test_a_result_from_before_caps_and_sweeps_were_kept_is_read():
    raw = json.loads(record.dump(one()))
    del raw["parts"][0]["network"]["cap"], raw["parts"][0]["network"]["sweep"]
    read = record.load(json.dumps(raw)).parts[0].network
    assert read == replace(one().parts[0].network, cap=None, sweep=None)


def test_a_newer_format_is_read_as_far_as_it_is_known():
    raw = json.loads(record.dump(one())) | {"format": 7, "new": 1}
    assert record.load(json.dumps(raw)).parts == one().parts


# ---- what cannot be read ---------------------------------------------------------------------


def broken(change) -> str:
    raw = json.loads(record.dump(one()))
    change(raw)
    return json.dumps(raw)


@pytest.mark.parametrize(
    ("given_text", "named"),
    [
        (broken(lambda raw: raw.pop("student")), "student"),
        (broken(lambda raw: raw.update(earned="many")), "$.earned"),
        (
            broken(lambda raw: raw["parts"][0]["checks"][0].update(status="fine")),
            "$.parts[0].checks[0].status",
        ),
        (broken(lambda raw: raw["parts"][0]["checks"][0].update(measured={"a": "b"})), "measured"),
        (broken(lambda raw: raw.update(parts={})), "$.parts"),
        (broken(lambda raw: raw.update(parts=["x"])), "$.parts[0]"),
        (broken(lambda raw: raw["parts"][0].update(checks=3)), "$.parts[0].checks"),
        (broken(lambda raw: raw.update(format=0)), "$.format"),
        (broken(lambda raw: raw.update(format="1")), "$.format"),
        (broken(lambda raw: raw.update(format=3, step="?")), "format 3"),
        ("[]", "object"),
        ('{"earned": NaN}', "malformed"),
        ("", "truncated"),
        ("\ud800", "surrogates"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_named(given_text, named):
    with pytest.raises(record.BadRecord, match=re.escape(named)):
        record.load(given_text)


def test_the_file_is_named(tmp_path):
    path = tmp_path / "result.json"
    with pytest.raises(record.BadRecord, match=re.escape(f"{path}: No such file")):
        record.read(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(record.BadRecord, match=re.escape(f"{path}: ")):
        record.read(path)
    path.write_text('{"format": 1}')
    with pytest.raises(record.BadRecord, match=re.escape(f"{path}: ") + ".*assignment"):
        record.read(path)


@given(st.text(max_size=200))
def test_no_text_ends_in_another_exception(anything):
    with pytest.raises(record.BadRecord):
        record.load(anything)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | text,
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["parts", "checks", "measured", "format"]), inner)
        ),
    )
)
def test_no_json_ends_in_another_exception(anything):
    with pytest.raises(record.BadRecord):
        record.load(json.dumps(anything))


# ---- what a student may see ------------------------------------------------------------------


KINDS = {
    "measured": lambda secret: {secret: 77.125},
    "corrected": lambda _: None,
    "compared": lambda secret: Compared((((secret,),),), (((secret,),),)),
    "taken": lambda secret: Taken(secret, secret, {secret: secret}),
    "tried": lambda secret: Tried(1, 1, secret, secret),
}


def planted(noun: type, plain: dict, **more):
    """Build a noun with a distinctive secret in every field that is neither plain nor given."""
    secrets = {}
    for field in fields(noun):
        secret = f"SECRET-{noun.__name__}-{field.name}"
        if field.name in plain or field.name in more:
            continue
        if field.name in {"extra", "provenance"}:
            secrets[field.name] = {secret: secret, "path": f"/home/{secret}"}
        elif field.name == "marked":
            unseen = more.get("hidden") or more["status"] in {Status.PENDING, Status.MISSING}
            items = (f"{secret}-given",) if unseen else ("seen",)
            secrets[field.name] = Marked(f"{secret}-by", f"{secret}-when", more["status"], 0.5, items)
        elif field.name in KINDS:
            secrets[field.name] = KINDS[field.name](secret)
        elif str(field.type).startswith("tuple"):
            secrets[field.name] = (secret,)
        else:
            secrets[field.name] = secret
    return noun(**secrets, **plain, **more)


def secret_result(*, show_expected: bool = False, show_rubric: str = "marked") -> Result:
    points = {"earned": 0.0, "possible": 1.0, "comment": "seen"}
    visible = {"name": "visible", "title": "seen", "message": "seen", "hint": "seen", "actual": "seen"}
    checks = (
        planted(
            CheckResult, points, hidden=True, status=Status.FAILED, category="edge cases", seconds=98.765
        ),
        planted(
            CheckResult, points, hidden=True, status=Status.CRASHED, category="edge cases", seconds=98.765
        ),
        planted(
            CheckResult,
            points,
            hidden=False,
            status=Status.ERROR,
            name="broke",
            title="seen",
            category="",
            seconds=1.0,
        ),
        planted(
            *(CheckResult, points | visible),
            hidden=False,
            status=Status.FAILED,
            category="",
            seconds=1.0,
            slip="seen",
            notes=("seen",),
            measured={"seen": 1.0},
            compared=Compared(((("seen",),),), ((("SECRET-CheckResult-right",),),)),
            tried=Tried(1, 1, "seen", "SECRET-CheckResult-seed"),
            credited=False,
            waits_for="seen",
            lacks="seen",
            traceback="seen",
        ),
        planted(
            *(CheckResult, points),
            hidden=False,
            status=Status.PASSED,
            marked=Marked("SECRET-who", "SECRET-when", Status.ERROR, 0.0),
            name="broke, and marked by a person",
            title="seen",
            category="",
            seconds=1.0,
        ),
        planted(
            *(CheckResult, points),
            hidden=False,
            status=Status.PASSED,
            marked=None,
            corrected=Corrected("void", "seen", Status.ERROR, 0.0),
            name="broke, and void",
            title="seen",
            category="",
            seconds=1.0,
        ),
        planted(
            *(CheckResult, points),
            hidden=True,
            status=Status.PASSED,
            marked=None,
            corrected=Corrected("accepted", "seen", Status.FAILED, 0.0),
            category="edge cases",
            seconds=98.765,
        ),
    )
    rubric = (
        planted(RubricResult, {"possible": 1.0, "earned": 0.0, "comment": "seen"}, status=Status.PENDING),
        planted(RubricResult, {"possible": 1.0, "earned": 0.0, "comment": "seen"}, status=Status.MISSING),
        planted(
            *(RubricResult, {"possible": 1.0, "earned": 0.0, "comment": "seen"}),
            criterion="said once it is marked",
            status=Status.FAILED,
        ),
    )
    part = planted(
        PartResult,
        {"id": "3D", "title": "seen", "earned": 0.0, "possible": 4.0, "pending": 1.0},
        checks=checks,
        question="seen",
        answer=(),
        rubric=rubric,
        code=("seen",),
        labels=("seen",),
        output="seen",
        figures=(),
        network=planted(
            NetworkShown, {"threshold": 0.5, "claimed": None, "last": None, "provisional": False}
        ),
        drawn=Pooling((((1.0,),),), 1, 1, "visible"),
        bonuses=(
            Bonus(1.0, "SECRET-Bonus-reason", "SECRET-Bonus-item"),
            Bonus(1.0, "seen", "SECRET-Bonus-item", 1.0),
        ),
    )
    provenance = {
        "versions": {"grader": "0.1.0", "python": "/opt/SECRET-path/python", "numpy": "2.4"},
        "date": "2026-03-01",
        "assignment": "ps4",
        "seeds": ["SECRET-seed"],
        "sandbox": {"root": "C:\\SECRET-root"},
    }
    return planted(
        *(
            Result,
            {
                "assignment": "ps4",
                "title": "seen",
                "student": "ada",
                "earned": 0.0,
                "possible": 4.0,
                "pending": 1.0,
            },
        ),
        parts=(part,),
        needs_attention=True,
        notes=("seen",),
        step=0.25,
        show_expected=show_expected,
        show_rubric=show_rubric,
        provenance=provenance,
        who={"name": "seen", "email": "SECRET-Result-who", "moodle": "SECRET-Result-id"},
        lateness=Lateness("2026-03-02T00:30:00+00:00", "2026-03-01T23:59:00+00:00", 0.52, 1.0, "seen", 0.1),
        code=(CodeShown("seen", "seen", "seen"),),
        another_look="seen",
        regrade=Regrade("seen@course.example", "2026-12-10T23:59:00+01:00", "seen"),
        requests=(Asked("seen", "seen", "seen", "seen", "seen"),),
        unread=("seen",),
        crops=(Crop("seen", "seen", 1, "seen", 1, 1, "seen"),),
        whole=100.0,
        handed_in=True,
        bonus=0.0,
        format=1,
    )


def test_the_secrets_are_really_planted():
    whole = record.dump(secret_result())
    names = {
        "attention",
        "expected",
        "message",
        "hint",
        "actual",
        "measured",
        "slip",
        "notes",
        "name",
        "title",
        "extra",
        "compared",
        "right",
        "tried",
        "seed",
    }
    assert all(f"SECRET-CheckResult-{name}" in whole for name in names)
    assert "SECRET-Result-attention" in whole
    assert "SECRET-Result-extra" in whole
    assert "SECRET-Result-who" in whole
    assert "SECRET-CheckResult-marked-by" in whole
    assert "SECRET-RubricResult-marked-when" in whole
    assert "SECRET-PartResult-extra" in whole
    assert "SECRET-CheckResult-traceback" in whole
    assert "SECRET-RubricResult-criterion" in whole


@pytest.mark.parametrize(
    ("show_rubric", "seen"), [("marked", {"said once it is marked"}), ("never", set()), ("always", None)]
)
def test_a_criterion_is_a_model_answer_and_seen_when_the_course_says_so(show_rubric, seen):
    whole = secret_result(show_rubric=show_rubric)
    redacted = record.for_student(whole)
    criteria = [one.criterion for one in redacted.parts[0].rubric]
    every = [one.criterion for one in whole.parts[0].rubric]
    assert criteria == every if seen is None else set(criteria) - {""} == seen
    assert [one.possible for one in redacted.parts[0].rubric] == [1.0, 1.0, 1.0], "points are told"
    assert all(one.comment == "seen" for one in redacted.parts[0].rubric), "what was said to the student"
    assert all(one.criterion or not one.marked.given for one in redacted.parts[0].rubric), "nor what it lacks"
    shown = record.dump(redacted) + student_page(redacted)
    assert ("SECRET-RubricResult-criterion" in shown) == (seen is None)
    assert ("said once it is marked" in shown) == (show_rubric != "never")


@pytest.mark.parametrize("show_expected", [False, True])
def test_nothing_secret_reaches_a_student(show_expected):
    redacted = record.for_student(secret_result(show_expected=show_expected))
    everything = record.dump(redacted) + student_page(redacted)
    secrets = set(re.findall(r"SECRET[\w-]*|98\.765|77\.125", everything))
    assert secrets == (
        {"SECRET-CheckResult-expected", "SECRET-CheckResult-right"} if show_expected else set()
    )
    assert not redacted.needs_attention


def test_a_hidden_check_keeps_category_status_and_points():
    hidden = record.for_student(secret_result()).parts[0].checks[:2]
    assert [check.name for check in hidden] == ["hidden-1", "hidden-2"]
    assert [check.title for check in hidden] == ["edge cases", "edge cases"]
    assert [check.status for check in hidden] == [Status.FAILED, Status.CRASHED]
    assert [(check.earned, check.possible) for check in hidden] == [(0.0, 1.0), (0.0, 1.0)]


def test_a_hidden_check_hides_its_expected_value_even_where_others_show_it():
    shown = record.for_student(secret_result(show_expected=True)).parts[0].checks
    assert [check.expected for check in shown] == ["", "", "", "SECRET-CheckResult-expected", "", "", ""]


def test_provenance_keeps_versions_date_and_assignment_without_paths():
    kept = record.for_student(secret_result()).provenance
    assert kept == {
        "versions": {"grader": "0.1.0", "numpy": "2.4"},
        "date": "2026-03-01",
        "assignment": "ps4",
        "sandbox": {},
    }


def test_what_a_person_says_reaches_the_student_and_who_says_it_does_not():
    seen = record.for_student(secret_result()).parts[0]
    for entry in (*seen.checks[:5], *seen.rubric):
        assert (entry.comment, entry.marked.by, entry.marked.when) == ("seen", "", "")
    assert [check.marked.status for check in seen.checks[:2]] == [Status.FAILED, Status.CRASHED]


def test_what_a_student_may_see_stays():
    seen = record.for_student(secret_result())
    check = seen.parts[0].checks[3]
    assert (check.message, check.hint, check.actual, check.slip, check.notes) == (
        "seen",
        "seen",
        "seen",
        "seen",
        ("seen",),
    )
    assert (seen.notes, seen.parts[0].code, seen.parts[0].question) == (("seen",), ("seen",), "seen")
    assert (seen.who, seen.total) == ({"name": "seen"}, -1.0)


def test_redacting_twice_changes_nothing_more():
    once = record.for_student(secret_result())
    assert record.for_student(once) == once


# ---- the document ----------------------------------------------------------------------------


def documented() -> dict[str, set[str]]:
    sections = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    tables = {
        section.splitlines()[0]: set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
        for section in sections
    }
    return {heading: names for heading, names in tables.items() if names}


def test_the_document_names_every_field_and_no_other():
    result = json.loads(record.dump(one()))
    part = result["parts"][0]
    written = {
        "The result": result,
        "A request": result["requests"][0],
        "Lateness": result["lateness"],
        "A part": part,
        "A check": part["checks"][0],
        "Compared arrays": part["checks"][0]["compared"],
        "Drawn inputs": part["checks"][0]["tried"],
        "An answer taken": part["checks"][0]["taken"],
        "A drawing": part["drawn"],
        "A network": part["network"],
        "A sweep": part["network"]["sweep"],
        "An answer": part["answer"][0],
        "Code that stands under no part": result["code"][0],
        "A picture of a page": result["crops"][0],
        "A criterion": part["rubric"][0],
        "A mark": part["rubric"][0]["marked"],
        "A correction": part["rubric"][0]["corrected"],
        "A bonus": part["bonuses"][0],
    }
    assert documented() == {heading: set(fields) for heading, fields in written.items()}


def test_the_document_names_every_status():
    assert all(f"`{status}`" in DOCUMENT.read_text(encoding="utf-8") for status in Status)
