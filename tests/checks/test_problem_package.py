"""A problem set can be imported from any folder, under any name, beside any other."""

from pathlib import Path

from grader.checks.problem_package import check_module, package


def make(folder: Path, value: int) -> Path:
    (folder / "checks").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "answers.py").write_text(f"VALUE = {value}\n")
    (folder / "checks" / "test_it.py").write_text("from ..answers import VALUE\n")
    return folder


def test_two_sets_of_one_name_stand_side_by_side(tmp_path: Path) -> None:
    one, two = make(tmp_path / "a" / "ps.4 (new)", 1), make(tmp_path / "b" / "ps.4 (new)", 2)
    assert package(one) != package(two)
    assert check_module(one, one / "checks" / "test_it.py").VALUE == 1
    assert check_module(two, two / "checks" / "test_it.py").VALUE == 2
    assert package(one) == package(one)


def test_a_set_needs_no_init_file(tmp_path: Path) -> None:
    bare = make(tmp_path / "bare", 3)
    (bare / "__init__.py").unlink()
    assert check_module(bare, bare / "checks" / "test_it.py").VALUE == 3
