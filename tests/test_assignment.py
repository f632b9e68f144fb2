"""assignment.toml: what is read, what is refused and how it is said, and where it is found."""

from pathlib import Path

import pytest

from grader.assignment import BadAssignment, load, locate, only_parts

GOOD = """
id = "lab"
title = "A lab"

[sections]
1 = "Counting"

[[parts]]
id = "1A"
title = "How many"
checks = { how_many = 2, neat = { points = 1, hidden = true, category = "style" } }

[[parts]]
id = "1B"
title = "Why"
checks = { share = { points = 3, ramp = { of = "right", full = 4, nothing_up_to = 1 } } }
[parts.rubric]
"Says why" = 2.5
"""


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assignment.toml").write_text(text, encoding="utf-8")
    return folder


def test_reads_parts_points_rubric_and_ramps(tmp_path: Path) -> None:
    lab = load(write(tmp_path, GOOD))
    assert [part.points for part in lab.parts] == [3, 5.5]
    assert lab.parts[0].checks[1].hidden
    assert lab.parts[1].checks[0].ramp.nothing_up_to == 1
    assert lab.step == 0.25


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "lab"', 'id = "lab', "line 2"),
        ("how_many = 2", 'how_many = "two"', "$.parts[0].checks[...]"),
        ('title = "Why"', 'titel = "Why"', "titel"),
        ('id = "1B"', 'id = "1A"', "part 1A is listed 2 times"),
        ('id = "1B"', 'id = "2B"', "line 14, part 2B"),
        ("share =", "how_many =", "line 16: check how_many is listed 2 times"),
        ("how_many = 2", "how_many = -2", "none below 0"),
        ('category = "style"', 'category = ""', "check neat: a hidden check needs the category"),
        ('title = "A lab"', 'title = "A lab"\nstep = 0', "step"),
        ("[sections]", "[limits]\nsecondz = 3\n[sections]", "limits: 'secondz' is none of seconds, "),
        (
            "[sections]",
            "[deadline]\ndue = 2026-02-03T23:59:00\n[sections]",
            "[deadline]: due = 2026-02-03T23:59:00",
        ),
        (
            "[sections]",
            "[deadline]\nzone = 'UTC'\n[sections]",
            "[deadline]: Object missing required field `due`",
        ),
        ('title = "A lab"', 'title = "A lab"\nattempts = "best"', "$.attempts"),
        ('"Says why"', '"share"', "part 1B: share is a check and a criterion"),
        ("full = 4", "full = 4, ful = 5", "part 1B, check share, ramp: 'ful' is none of of, full"),
    ],
)
def test_refuses_what_no_problem_set_can_mean(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(BadAssignment) as told:
        load(write(tmp_path, GOOD.replace(old, new, 1)))
    assert said in str(told.value)
    assert str(tmp_path / "assignment.toml") in str(told.value)


def test_a_deadline_and_a_policy_are_read(tmp_path: Path) -> None:
    rules = (
        'attempts = "last on time"\n[deadline]\ndue = 2026-02-03T23:59:00\nzone = "Europe/Zurich"\n[sections]'
    )
    lab = load(write(tmp_path, GOOD.replace("[sections]", rules)))
    assert lab.attempts == "last on time"
    assert lab.deadline.due.isoformat() == "2026-02-03T23:59:00+01:00"
    assert load(write(tmp_path, GOOD)).deadline is None


def test_a_missing_file_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(BadAssignment, match="--assignment takes the folder"):
        load(tmp_path)


def test_only_parts_restricts_and_refuses_unknown_ones(tmp_path: Path) -> None:
    lab = load(write(tmp_path, GOOD))
    assert [part.id for part in only_parts(lab, frozenset({"1B"})).asked] == ["1B"]
    assert len(lab.asked) == 2
    with pytest.raises(BadAssignment, match=r"7Z.*1A, 1B"):
        only_parts(lab, frozenset({"1A", "7Z"}))
    with pytest.raises(BadAssignment, match="names no part"):
        only_parts(lab, frozenset())


def test_locate_takes_what_is_given(tmp_path: Path) -> None:
    assert locate(tmp_path / "x", tmp_path, tmp_path) == tmp_path / "x"
    assert locate(tmp_path / "x" / "assignment.toml", tmp_path, tmp_path) == tmp_path / "x"


def test_locate_looks_above_then_by_name_then_for_the_only_one(tmp_path: Path) -> None:
    course = tmp_path / "course"
    one = write(course / "reference" / "one", GOOD.replace('"lab"', '"ps1"'))
    answers = course / "submissions" / "ps2"
    answers.mkdir(parents=True)
    assert locate(None, answers, tmp_path) == one, "the only one there is"
    two = write(course / "reference" / "two", GOOD.replace('"lab"', '"ps2"'))
    assert locate(None, answers, tmp_path) == two, "the one whose id is the folder's name"
    assert locate(None, course / "ps2.md", course) == two, "the one whose id is the file's stem"
    assert locate(None, two / "specimens" / "x.md", tmp_path) == two, "the one above"


def test_locate_lists_what_it_found(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / "reference" / name, GOOD.replace('"lab"', f'"{name}"'))
    with pytest.raises(BadAssignment) as told:
        locate(None, tmp_path / "my-answers.md", tmp_path)
    assert f"--assignment {tmp_path / 'reference' / 'one'}" in str(told.value)
    assert f"--assignment {tmp_path / 'reference' / 'two'}" in str(told.value)


def test_locate_says_so_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadAssignment, match="--assignment DIR"):
        locate(None, tmp_path, tmp_path)


def test_a_preamble_is_read_and_checked(tmp_path: Path) -> None:
    head = 'id = "x"\ntitle = "X"\npreamble = "first.py"\n[sections]\n1 = "One"\n[[parts]]\nid = "1A"\ntitle = "A"\nchecks = { a = 1 }\n'
    (tmp_path / "assignment.toml").write_text(head)
    with pytest.raises(BadAssignment, match=r"preamble: .*first\.py"):
        load(tmp_path)
    (tmp_path / "first.py").write_text("import = 3")
    with pytest.raises(BadAssignment, match=r"preamble: .*first\.py: invalid syntax"):
        load(tmp_path)
    (tmp_path / "first.py").write_text("import numpy as np\n")
    assert load(tmp_path).preamble == "import numpy as np\n"
