"""assignment.toml: what is read, what is refused and how it is said, and where it is found."""

from pathlib import Path

import pytest

from grader import assignment
from grader.assignment import BadAssignment, load, locate, only_parts

ROOT = Path(__file__).parents[1]
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
        (
            "how_many = 2",
            'how_many = "two"',
            "line 11, part 1A, check 'how_many': \"two\" stands where a number",
        ),
        (
            'title = "Why"',
            'titel = "Why"',
            "line 15, part 1B, titel: no such key; there are id, title, question",
        ),
        ('title = "Why"', 'titel = "Why"', "did you mean 'title'?"),
        ('title = "Why"', "", "line 13, part 1B: 'title' is missing"),
        ('id = "1B"', 'id = "1A"', "line 14, part 1A, id: part 1A is listed 2 times"),
        ('id = "1B"', 'id = "2B"', "line 14, part 2B, id: an id is a number listed under [sections] (1)"),
        ("share =", "how_many =", "line 16, part 1B, check 'how_many': check how_many is listed 2 times"),
        ("how_many = 2", "how_many = -2", "none are below 0"),
        ("how_many = 2", "how_many = nan", "nan is no number"),
        ('"Says why" = 2.5', '"Says why" = -2.5', "line 18, part 1B, criterion 'Says why': -2.5 points"),
        ('category = "style"', 'category = ""', "check 'neat': a hidden check needs the category"),
        ('title = "A lab"', 'title = "A lab"\nstep = 0', "line 4, step"),
        ('title = "A lab"', 'title = "A lab"\nanother_look = 3', "line 4, another_look"),
        ('title = "A lab"', f'title = "A lab"\nanother_look = "{"x" * 501}"', "501 characters"),
        (
            "[sections]",
            "[limits]\nsecondz = 3\n[sections]",
            "line 6, [limits] secondz: no such key; there are sec",
        ),
        ("[sections]", "[limits]\nseconds = 0\n[sections]", "[limits] seconds: 0 would stop everybody"),
        (
            "[sections]",
            "[limits]\nteraflop = -1.5\n[sections]",
            "[limits] teraflop: -1.5 would stop everybody",
        ),
        (
            "[sections]",
            "[explained]\nmodule = 'chagre'\n[sections]",
            "line 6, [explained] module: \"chagre\" is none of charge, pending, accept: did you mean 'charge'?",
        ),
        ("[sections]", "[explained]\nmodul = 'charge'\n[sections]", "did you mean 'module'?"),
        (
            "full = 4",
            "full = 4, ful = 5",
            "line 16, part 1B, check 'share', ramp, ful: no such key; there are of, full",
        ),
        (
            "[sections]",
            "[deadline]\ndue = 2026-02-03T23:59:00\n[sections]",
            "line 6, [deadline] due: due = 2026-02-03T23:59:00",
        ),
        (
            "[sections]",
            "[deadline]\nzone = 'UTC'\n[sections]",
            "line 5, [deadline]: 'due' is missing: due = 2026-02-03T23:59:00",
        ),
        (
            "[sections]",
            "[deadline]\ndue = 'Feb 3, 23:59'\n[sections]",
            'line 6, [deadline] due: "Feb 3, 23:59" stands where a day with its time, without quotes (2026-',
        ),
        (
            "[sections]",
            "[deadline]\ndue = 2026-02-03\n[sections]",
            "line 6, [deadline] due: 2026-02-03 stands where a day with its time",
        ),
        (
            "[sections]",
            "[deadline]\ndue = 2026-02-03T23:59:00Z\nper = 'week'\n[sections]",
            'line 7, [deadline] per: "week" is none of hour, day',
        ),
        (
            "[sections]",
            "[deadline]\ndue = 2026-02-03T23:59:00Z\nlate_hour = 4\n[sections]",
            "line 7, [deadline] late_hour: no such key; there are due, zone, grace_minutes, late_hours",
        ),
        (
            "[sections]",
            "[deadline]\ndue = 2026-02-03T23:59:00Z\nat_most = 10\n[sections]",
            "line 7, [deadline] at_most: share and at_most are parts",
        ),
        ('title = "A lab"', 'title = "A lab"\nattempts = "best"', "line 4, attempts"),
        ('"Says why"', '"share"', "share is a check and a criterion"),
        ("full = 4", "full = 0", "between them lies nothing"),
        ("full = 4", "full = -4", "less would earn more. If that is meant, say so: lower_is_better = true"),
        ("full = 4", "full = 4, lower_is_better = true", "though lower is better: then full lies below zero"),
        ("nothing_up_to = 1", "nothing_up_to = 4", "4 does not lie between zero (0) and full (4)"),
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


def test_a_missing_file_says_what_a_problem_set_is(tmp_path: Path) -> None:
    with pytest.raises(BadAssignment, match="A problem set is a folder that holds"):
        load(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(BadAssignment, match="A problem set is a folder that holds"):
        load(tmp_path / "file")


def test_all_faults_of_a_kind_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadAssignment) as told:
        load(write(tmp_path, GOOD.replace("title = ", "titel = ")))
    assert [line.split(",")[0] for line in str(told.value).splitlines()] == [
        f"{tmp_path / 'assignment.toml'}: line {number}" for number in (1, 3, 8, 10, 13, 15)
    ]


def test_a_ramp_may_fall_where_it_says_so(tmp_path: Path) -> None:
    ramp = "full = 4, zero = 10, lower_is_better = true"
    lab = load(write(tmp_path, GOOD.replace("full = 4, nothing_up_to = 1", ramp)))
    assert lab.parts[1].checks[0].ramp.lower_is_better


NETWORK = """
[parts.network]
data = "mnist"
threshold = 0.9
fits = "mlp"
layers = ["Dense", "Dropout"]
activations = ["relu"]
"""
ACCURACY = 'checks = { share = { points = 3, ramp = { of = "accuracy", full = 0.9, zero = 0.8 } } }'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["Dense"', '["Dence"', 'line 24, part 1B, network, layers: "Dence" is no layer of Keras'),
        ('["Dense"', '["Dence"', "did you mean 'Dense'?"),
        ('["Dense",', '["Dense",\n# two lines down\n', None),
        ('"Dropout"', '\n"MaxPool2D"', "line 25, part 1B, network, layers: Keras itself writes 'MaxPooling2D'"),
        ("layers =", "accepted = ['flatten']\nlayers =", "did you mean 'Flatten'?"),
        ('["relu"]', '["Relu"]', "line 25, part 1B, network, activations: \"Relu\" is no activation of Keras, so that no student's could be one: did you mean 'relu'?"),
        ('fits = "mlp"', "", "line 20, part 1B, network: 'fits' or 'compiled' has to name a function"),
        ('fits = "mlp"', 'fits = "m l p"', "can be no function's name"),
        ("threshold = 0.9", "treshold = 0.9", "line 22, part 1B, network, treshold: no such key; there are data, threshold"),
        ("threshold = 0.9", "treshold = 0.9", "line 20, part 1B, network: 'threshold' is missing"),
        ("threshold = 0.9", "threshold = 97.5", "line 22, part 1B, network, threshold: a test accuracy is above 0 and at most 1: 97.5 % is 0.975"),
        ("threshold = 0.9", "threshold = 0.95", "ramp, full: 0.9 lies below the part's threshold, 0.95"),
        ("threshold = 0.9", "threshold = 0.75", "ramp, zero: 0.8 is not below the part's threshold, 0.75"),
        ("full = 0.9,", "full = 90,", "ramp, full: 90 is no accuracy"),
        ("full = 0.9,", "full = 0.95,", None),
        ('fits = "mlp"', 'fits = "mlp"\nhidden_units = 0', "hidden_units: 0 is too few"),
        ('fits = "mlp"', 'fits = "mlp"\nbatch_size = 0', "batch_size: 0 is too few"),
        ('fits = "mlp"', 'compiled = "mlp"', None),
        ('data = "mnist"', 'data = "mnits"', "\"mnits\" is none of mnist: did you mean 'mnist'?"),
    ],
)  # fmt: skip
def test_a_network_that_nobody_could_hand_in_is_refused(
    tmp_path: Path, old: str, new: str, said: str | None
) -> None:
    good = GOOD.replace(GOOD.splitlines()[15], ACCURACY) + NETWORK
    assert load(write(tmp_path / "good", good)).trains
    assert old in good
    bad = write(tmp_path / "bad", good.replace(old, new, 1))
    if said is None:
        assert load(bad).trains
        return
    with pytest.raises(BadAssignment) as told:
        load(bad)
    assert said in str(told.value)


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
    assert locate(None, course / "ps2-writeup.md", course) == two, "the one whose id a name begins with"
    with pytest.raises(BadAssignment, match="Which problem set"):
        locate(None, course / "ps22.md", course)
    assert locate(None, two / "specimens" / "x.md", tmp_path) == two, "the one above"


def test_locate_lists_what_it_found(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / "reference" / name, GOOD.replace('"lab"', f'"{name}"'))
    with pytest.raises(BadAssignment) as told:
        locate(None, tmp_path / "my-answers.md", tmp_path)
    assert f"--assignment {tmp_path / 'reference' / 'one'}" in str(told.value)
    assert f"--assignment {tmp_path / 'reference' / 'two'}" in str(told.value)


def test_locate_says_so_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadAssignment) as told:
        locate(None, tmp_path / "small.md", tmp_path)
    assert f"no assignment.toml in or above {tmp_path / 'small.md'} or {tmp_path}" in str(told.value)
    assert f"  --assignment {ROOT / 'reference' / 'ps4'}" in str(told.value), (
        "the one of this checkout is named"
    )
    monkeypatch.setattr(assignment, "OURS", tmp_path)
    with pytest.raises(BadAssignment, match="--assignment DIR"):
        locate(None, tmp_path, tmp_path)


def test_a_preamble_is_read_and_checked(tmp_path: Path) -> None:
    head = 'id = "x"\ntitle = "X"\npreamble = "first.py"\n[sections]\n1 = "One"\n[[parts]]\nid = "1A"\ntitle = "A"\nchecks = { a = 1 }\n'
    (tmp_path / "assignment.toml").write_text(head)
    with pytest.raises(BadAssignment, match=r"line 3, preamble: .*first\.py"):
        load(tmp_path)
    (tmp_path / "first.py").write_text("import = 3")
    with pytest.raises(BadAssignment, match=r"preamble: .*first\.py: invalid syntax"):
        load(tmp_path)
    (tmp_path / "first.py").write_text("import numpy as np\n")
    assert load(tmp_path).preamble == "import numpy as np\n"
