"""[parts.drawn]: what cannot be drawn is refused with its line, before anybody is graded."""

import pytest

from grader.assignment import BadAssignment, load

GOOD = """
id = "lab"
title = "A lab"
sections = { 1 = "Pooling" }
[[parts]]
id = "1A"
title = "Averages"
checks = { averages = 2 }
[parts.drawn]
check = "averages"
window = 2
stride = 2
inputs = [
  [[1, 0.5], [0, -1]],
  [[0, 0], [0, 0]],
]
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        (tmp_path / "assignment.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_drawing_is_read(written):
    drawn = load(written(GOOD)).parts[0].drawn
    assert drawn.inputs == (((1, 0.5), (0, -1)), ((0, 0), (0, 0)))
    assert (drawn.window, drawn.stride, drawn.check) == (2, 2, "averages")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"averages"',
            '"average"',
            'line 10, part 1A, drawn, check: "average" is no check of this part: did',
        ),
        ("window = 2", "window = 0", "line 11, part 1A, drawn, window: 0 is too few"),
        ("stride = 2", "stride = -1", "line 12, part 1A, drawn, stride: -1 is too few"),
        ("stride = 2", "", "'stride' is missing"),
        (
            "window = 2",
            "window = 3",
            "line 14, part 1A, drawn, inputs: a window of 3×3 does not fit into 2 rows",
        ),
        (
            "[0, 0], [0, 0]",
            "[0, 0], [0]",
            "line 15, part 1A, drawn, inputs: the rows of an input are equally",
        ),
        ("[[0, 0], [0, 0]]", "[]", "line 15, part 1A, drawn, inputs: the rows of an input are equally"),
        ("[[0, 0], [0, 0]]", f"[{[0] * 13}, {[0] * 13}]", "line 15, part 1A, drawn, inputs: 2 rows of 13"),
        ("  [[1, 0.5], [0, -1]],", "  [[1, 0.5], [0, -1]]," * 12, "inputs: 13 inputs: a page draws 1 to 12"),
        ("0.5", '"half"', '"half" stands where a number is wanted'),
        ("stride = 2", "stride = 2\noutputs = []", "outputs: no such key; there are inputs, window, stride"),
    ],
)
def test_what_cannot_be_drawn_is_refused(written, old, new, said):
    assert GOOD.count(old) == 1 or old == '"averages"'
    with pytest.raises(BadAssignment) as refused:
        load(written(GOOD.replace(old, new)))
    assert said in str(refused.value)
