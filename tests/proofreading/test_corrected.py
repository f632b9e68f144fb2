"""A correction that cannot be meant is refused with its line, before anybody is scored."""

import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignment import BadAssignment, agree, load

REFERENCE = Path(__file__).parents[2] / "reference"
TOML = (REFERENCE / "ps4" / "assignment.toml").read_text(encoding="utf-8")
LINES = TOML.count("\n")
COUNT = 'part = "3B"\ncheck = "parameter_count"\nreason = "So."\n'
PART = 'part = "3D"\nreason = "So."\n'


def complaint(folder: Path, *tables: str, reference: str = "ps4") -> str:
    """What is said of a problem set with these corrections at its end, '' where nothing is."""
    if not folder.joinpath(reference).exists():
        ignored = shutil.ignore_patterns("__pycache__", "specimens", "calibration*", "starter")
        shutil.copytree(REFERENCE / reference, folder / reference, ignore=ignored)
        (folder / reference / "starter").mkdir()
        (folder / reference / "starter" / "first_cell.py").write_text("")
    text = (REFERENCE / reference / "assignment.toml").read_text(encoding="utf-8")
    added = "".join(f"[[corrections]]\n{one}\n" for one in tables)
    (folder / reference / "assignment.toml").write_text(text + added, encoding="utf-8")
    try:
        agree(load(folder / reference))
    except BadAssignment as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize(
    ("tables", "line", "said"),
    [
        (['part = "3B"\nvoid = true'], 1, "correction number 1: 'reason' is missing"),
        (['part = "3B"\nreason = " "\nvoid = true'], 3, "correction number 1, reason: empty: pages print it"),
        ([f'part = "3B"\nreason = "{"x" * 301}"\nvoid = true'], 3, "301 characters: at most 300"),
        (['part = "3b"\nreason = "So."\nvoid = true'], 2, "no part \"3b\": did you mean '3B'?"),
        (['part = "Z"\nreason = "So."\nvoid = true'], 2, 'no part "Z"; there are 1A, 1B'),
        ([f"{PART}check = 'max_poold'\nvoid = true"], 4, 'part 3D has no check "max_poold": did you mean'),
        ([f"{PART}check = 'max_pooled'\nvoid = true"], 4, "it is one of part 3E"),
        (
            ["part = '2B'\nreason = 'So.'\nvoid = true\ncriterion = 'A value is the brightness'"],
            5,
            "part 2B has no criterion \"A value is the brightness\": did you mean 'A value is the brightness of one",
        ),
        ([f"{COUNT}criterion = 'why'\nvoid = true"], 5, "a check and a criterion at once: a table for each"),
        ([f"{COUNT}void = true\nbonus = 1"], 1, "void and bonus at once: a table for each"),
        ([COUNT], 1, "nothing is corrected here (one of also_accept, also_accept_slip, void = true and bonus)"),
        ([f"{COUNT}void = false"], 1, "nothing is corrected here"),
        ([f"{COUNT}bonus = -1"], 5, "-1 points: a bonus is above 0"),
        ([f"{COUNT}bonus = 0"], 5, "0 points: a bonus is above 0"),
        ([f"{COUNT}bonus = 'two'"], 5, '"two" stands where a number is wanted'),
        ([f"{COUNT}also_accept = 600"], 5, "600 stands where a text in quotes is wanted"),
        ([f"{COUNT}also_accept = []"], 1, "nothing is corrected here"),
        ([f"{COUNT}also_accept = ' '"], 5, "an answer as a student writes it: 1 to 300 characters"),
        ([f"{COUNT}also_acept = '600'"], 5, "no such key; there are part, reason, check"),
        ([f"{COUNT}also_accept_slip = 'bias forgoten'"], 5, "under [hints]: did you mean 'bias forgotten'?"),
        ([f"{PART}also_accept = '600'"], 1, "'check' is missing: which check is to count it as right?"),
        (
            [f"{PART}void = true", f"{PART}check = 'average_pooled'\nalso_accept_slip = 'off by one'"],
            5,
            "part 3D is void, so that also_accept_slip there changes nothing: see correction number 1",
        ),
        (
            [f"{COUNT}bonus = 2", 'part = "3B"\nreason = "So."\nvoid = true'],
            6,
            "part 3B is void, so that bonus there changes nothing: see correction number 1",
        ),
        ([f"{COUNT}bonus = 2", f"{COUNT}bonus = 1"], 10, "the same has a bonus already: see correction number 1"),
        ([f"{COUNT}also_accept = 'many'"], 5, '"many" cannot be read as this check reads answers: '),
        ([f"{COUNT}also_accept = ['600', '600 or 700']"], 5, "Several different answers can be read here"),
        (
            ["part = '2D'\ncheck = 'mlp_units[100]'\nreason = 'So.'\nalso_accept = '101'"],
            5,
            "runs code, and no answer in words is its result: say also_accept_slip",
        ),
        (
            ["part = '2C'\ncheck = 'prepared_data'\nreason = 'So.'\nalso_accept = '(60000, 784)'"],
            5,
            "runs code, and no answer in words is its result",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_with_its_line(
    tmp_path: Path, tables: list[str], line: int, said: str
) -> None:
    told = complaint(tmp_path, *tables)
    assert said in told
    assert f"assignment.toml: line {LINES + line}, correction number" in told


@pytest.mark.parametrize(
    ("part", "check", "text"),
    [
        ("1E", "xor_layers", "three layers"),
        ("2B", "training_shape", "(60000, 784)"),
        ("3B", "parameter_count", "There are 600 parameters."),
        ("3C", "output_shape", "32×32×8"),
        ("3D", "average_pooled", "[[1, 1], [1, 1]] for all four"),
        ("2A", "versions", "TensorFlow 2.4 and Keras 2.4"),
        ("1D", "or_network", "w = (1, 1), b = 0.5"),
        ("3G", "sweep_rows", "| 0.1 | 0.9 |\n|---|---|\n| 0.1 | 0.9 |\n| 0.2 | 0.8 |"),
    ],
)
def test_what_a_check_reads_may_be_accepted(tmp_path: Path, part: str, check: str, text: str) -> None:
    table = f"part = '{part}'\ncheck = '{check}'\nreason = 'So.'\nalso_accept = '''{text}'''"
    assert complaint(tmp_path, table) == ""


def test_functions_that_are_tried_have_no_answer_in_words(tmp_path: Path) -> None:
    table = "part = '1A'\nreason = 'So.'\nalso_accept = '3'\ncheck = '{}'"
    toml = tomllib.loads((REFERENCE / "convlab" / "assignment.toml").read_text(encoding="utf-8"))
    [part, *_] = toml["parts"]
    check = next(iter(part["checks"]))
    said = table.replace("1A", part["id"]).format(check)
    assert "runs code, and no answer in words is its result" in complaint(tmp_path, said, reference="convlab")


KEYS = ("part", "check", "criterion", "reason", "also_accept", "also_accept_slip", "void", "bonus", "other")
VALUES = st.one_of(
    *(
        st.text(max_size=8),
        st.booleans(),
        st.integers(-3, 3),
        st.floats(),
        st.lists(st.text(max_size=4), max_size=2),
    ),
    st.sampled_from(["3B", "3D", "parameter_count", "bias forgotten", "600", "1 / 0", "x" * 400]),
)


def toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(one):08x}" for one in value if not "\ud800" <= one <= "\udfff") + '"'
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else str(value)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5), min_size=1, max_size=3))
def test_no_table_ends_in_another_exception(tmp_path_factory: pytest.TempPathFactory, tables: list) -> None:
    folder = tmp_path_factory.getbasetemp() / "corrected"
    folder.mkdir(exist_ok=True)
    told = complaint(
        folder, *("\n".join(f"{key} = {toml(one)}" for key, one in each.items()) for each in tables)
    )
    assert not told or "assignment.toml: line " in told
