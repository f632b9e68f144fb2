"""What is shown beside an answer: pictures of the student's own, marked words, the reference's text."""

from pathlib import Path

import pytest
from markupsafe import Markup

from grader.desk.demonstrated import demonstrations
from grader.desk.highlight import marked, stems
from grader.desk.pictures import picture

PNG = b"\x89PNG\r\n\x1a\n rest"


@pytest.fixture
def handed_in(tmp_path):
    (tmp_path / "in" / "ada" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "bob").mkdir()
    (tmp_path / "in" / "ada" / "a.png").write_bytes(PNG)
    (tmp_path / "in" / "ada" / "sub" / "deep[1].jpg").write_bytes(b"\xff\xd8\xff rest")
    (tmp_path / "in" / "ada" / "page.png").write_bytes(b"<script>")
    (tmp_path / "in" / "ada" / "drawn.svg").write_bytes(b"<svg onload='x'/>")
    (tmp_path / "in" / "bob" / "b.png").write_bytes(PNG)
    (tmp_path / "in" / "ada" / "link.png").symlink_to(tmp_path / "in" / "bob" / "b.png")
    (tmp_path / "in" / "eve").symlink_to(tmp_path / "in" / "ada")
    (tmp_path / "secret.png").write_bytes(PNG)
    return tmp_path / "in"


def test_a_picture_of_ones_own_is_shown(handed_in):
    assert picture([handed_in / "none", handed_in], "ada", "a.png") == (PNG, "image/png")
    assert picture([handed_in], "ada", "deep[1].jpg")[1] == "image/jpeg"


@pytest.mark.parametrize(
    ("student", "name"),
    [
        ("ada", "../bob/b.png"),
        ("ada", "sub/../../bob/b.png"),
        ("ada", "/etc/passwd"),
        ("ada", "..\\bob\\b.png"),
        ("ada", "link.png"),
        ("ada", "page.png"),
        ("ada", "drawn.svg"),
        ("ada", ""),
        ("ada", "."),
        ("ada", "a\0.png"),
        ("ada", "*.png/.."),
        ("eve", "a.png"),
        ("..", "secret.png"),
        (".", "secret.png"),
        ("", "a.png"),
        ("ada/../bob", "b.png"),
    ],
)
def test_nothing_else_of_the_disk_is(handed_in, student, name):
    assert picture([handed_in], student, name) is None


def test_who_is_called_by_a_file_has_that_file(handed_in):
    (handed_in / "zoe.png").write_bytes(PNG)
    assert picture([handed_in], "zoe", "zoe.png") == (PNG, "image/png")
    assert picture([handed_in], "ada", "zoe.png") is None


def test_words_of_the_rubric_are_marked_and_nothing_else_changes():
    wanted = stems(["No gradient reaches the weights, which stay below"])
    html = Markup(
        'Gradients &amp; WEIGHTS reach <b class="weights">it</b> <math><mi>weights</mi></math> below'
    )
    told = marked(html, wanted)
    assert told == (
        "<mark>Gradients</mark> &amp; <mark>WEIGHTS</mark> reach "
        '<b class="weights">it</b> <math><mi>weights</mi></math> below'
    )
    assert marked(html, frozenset()) == html


def test_demonstrations_by_part(tmp_path: Path):
    assert demonstrations(tmp_path) == {}
    (tmp_path / "demonstrations.md").write_text("# All\nintro\n## 1A Why\nIt is 0.\n\n## 1B\nThe other.\n")
    assert demonstrations(tmp_path) == {"1A": "It is 0.", "1B": "The other."}
