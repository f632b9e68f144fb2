"""A reports folder, read back."""

import pytest

from grader import atomic, graded, record
from grader.datatypes import Result


def write(folder, student: str, *, into: str = "", assignment: str = "ps4") -> None:
    result = Result(assignment, "t", student, 1.0, 2.0, 0.0, ())
    atomic.write(record.dump(result), folder / "staff" / (into or student) / "result.json")


def test_all_results_sorted_whatever_the_case(tmp_path):
    for student in ("bo", "Ada", "chi"):
        write(tmp_path, student)
    class_ = graded.read(tmp_path)
    assert [result.student for result in class_.results] == ["Ada", "bo", "chi"]
    assert class_.broken == ()


def test_what_cannot_be_read_is_that_row_and_not_the_end(tmp_path):
    write(tmp_path, "ada")
    write(tmp_path, "bo", into="chi")
    atomic.write("{", tmp_path / "staff" / "dan" / "result.json")
    (tmp_path / "staff" / "eve").mkdir()
    (tmp_path / "staff" / "fay").symlink_to(tmp_path / "staff" / "ada")
    class_ = graded.read(tmp_path)
    assert [result.student for result in class_.results] == ["ada"]
    assert [line.split(":")[0] for line in class_.broken] == ["chi", "dan", "eve"]
    assert "the result of 'bo', in another's folder" in class_.broken[0]


@pytest.mark.parametrize("there", ["nothing", "staff"])
def test_a_folder_without_results_is_refused_with_the_way_out(tmp_path, there):
    (tmp_path / there).mkdir()
    with pytest.raises(graded.NoReports, match=str(tmp_path)):
        graded.read(tmp_path)


def test_two_problem_sets_in_one_folder_are_refused(tmp_path):
    write(tmp_path, "ada")
    write(tmp_path, "bo", assignment="ps5")
    with pytest.raises(graded.NoReports, match="several problem sets"):
        graded.read(tmp_path)


def test_a_page_is_read_and_a_link_is_not_followed(tmp_path):
    atomic.write("<p>", tmp_path / "students" / "ada" / "index.html")
    (tmp_path / "students" / "bo").mkdir()
    (tmp_path / "students" / "bo" / "index.html").symlink_to(tmp_path / "students" / "ada" / "index.html")
    assert graded.page(tmp_path, "ada") == b"<p>"
    assert graded.page(tmp_path, "bo") is None
    assert graded.page(tmp_path, "chi") is None
