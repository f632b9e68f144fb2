"""OUT/published: whole or not at all, for its owner alone, and nothing is read that is not what was written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grader import published, record
from grader.published import BadPublished
from tests.published.conftest import result


def test_pages_and_redacted_records_are_kept_by_number(tmp_path: Path, publish) -> None:
    assert published.last(tmp_path) is None
    first, second = publish(result("ada"), result("bob")), publish(result("bob"))
    assert published.numbers(tmp_path) == (1, 2)
    assert published.last(tmp_path) == second
    assert published.manifest_in(tmp_path, 1) == first
    assert second.before == first.checksum
    assert [one.student for one in first.students] == ["ada", "bob"]
    folder = tmp_path / "published" / "1" / "students" / "ada"
    assert (folder / "index.html").read_bytes() == b"<p>page"
    kept = record.read(folder / "result.json")
    assert kept == record.for_student(result("ada"))
    assert "SECRET" not in (folder / "result.json").read_text()
    assert "secret_one" not in (folder / "result.json").read_text()
    assert published.record_in(tmp_path, first, "ada") == kept
    assert published.record_in(tmp_path, first, "eve") is None


def test_it_is_its_owners_alone_and_read_only(tmp_path: Path, publish) -> None:
    publish(result())
    inside = [*(tmp_path / "published").rglob("*")]
    assert {oct(path.stat().st_mode & 0o777) for path in inside if path.is_dir()} == {"0o700"}
    assert {oct(path.stat().st_mode & 0o777) for path in inside if path.is_file()} == {"0o400"}


def test_a_fault_in_the_middle_leaves_nothing_and_the_last_one_stands(tmp_path: Path, publish) -> None:
    first = publish(result())

    def pages():
        yield record.for_student(result("ada")), b"page"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        published.add(tmp_path, published.Manifest(2, "", "lab", "", 0, ()), pages())
    assert [path.name for path in (tmp_path / "published").iterdir()] == ["1"]
    assert published.last(tmp_path) == first


def test_what_a_machine_that_stopped_had_begun_is_removed_by_the_next(tmp_path: Path, publish) -> None:
    torn = tmp_path / "published" / ".0123456789abcdef.part"
    (torn / "students" / "ada").mkdir(parents=True)
    (torn / "students" / "ada" / "index.html").write_text("half")
    assert published.last(tmp_path) is None
    assert [*published.complaints(tmp_path)] == []
    publish(result())
    assert not torn.exists()


def test_nothing_is_ever_written_over(tmp_path: Path, publish) -> None:
    first = publish(result())
    with pytest.raises(FileExistsError):
        published.add(tmp_path, published.Manifest(1, "", "lab", "", 0, ()), [])
    assert published.last(tmp_path) == first


def unreadable(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"{}")


def elsewhere(path: Path) -> None:
    shutil.move(path, path.parent.parent.parent / "elsewhere.json")
    path.symlink_to(path.parent.parent.parent / "elsewhere.json")


def folder_elsewhere(path: Path) -> None:
    shutil.move(path.parent, path.parents[2] / "elsewhere")
    path.parent.symlink_to(path.parents[2] / "elsewhere")


def of_another(path: Path) -> None:
    shutil.copytree(path.parent, path.parents[1] / "7")


def huge(path: Path) -> None:
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.truncate(65_000_000)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "spoilt", [unreadable, elsewhere, folder_elsewhere, of_another, huge, a_pipe, Path.unlink]
)
def test_a_manifest_that_is_not_as_it_was_is_refused_with_the_way_out(
    tmp_path: Path, publish, spoilt
) -> None:
    publish(result())
    spoilt(tmp_path / "published" / "1" / "published.json")
    with pytest.raises(BadPublished, match="put back a copy of the folder") as told:
        published.last(tmp_path)
    assert "published.json: " in str(told.value)
    assert [*published.complaints(tmp_path)]


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "published").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadPublished, match="a link to elsewhere"):
        published.last(tmp_path)


def test_a_record_that_was_changed_is_none(tmp_path: Path, publish) -> None:
    manifest = publish(result())
    path = tmp_path / "published" / "1" / "students" / "ada" / "result.json"
    path.chmod(0o600)
    path.write_text(path.read_text().replace('"earned": 3', '"earned": 4'))
    assert published.record_in(tmp_path, manifest, "ada") is None


def test_who_is_forgotten_is_nowhere_and_the_check_holds(tmp_path: Path, publish) -> None:
    # By a name that no digest can hold.
    first, second = publish(result("vera"), result("bob")), publish(result("vera", points=1.0), result("bob"))
    assert published.knows(tmp_path, "vera")
    assert [path.parents[1].name for path in published.forget(tmp_path, "vera")] == ["1", "2"]
    assert not published.knows(tmp_path, "vera")
    assert [*published.complaints(tmp_path)] == []
    assert [published.manifest_in(tmp_path, number).checksum for number in (1, 2)] == [
        first.checksum, second.checksum,
    ]  # fmt: skip
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [
        path for path in files if "vera" in str(path.relative_to(tmp_path)) or b"vera" in path.read_bytes()
    ]
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o400"}


@pytest.mark.parametrize("kept", ["folder", "entry"])
def test_forgetting_goes_on_where_the_machine_stopped(tmp_path: Path, publish, kept: str) -> None:
    publish(result("ada"))
    copy = shutil.copytree(tmp_path / "published" / "1", tmp_path / "copy")
    published.forget(tmp_path, "ada")
    if kept == "folder":
        shutil.copytree(copy / "students" / "ada", tmp_path / "published" / "1" / "students" / "ada")
    else:
        shutil.copy(copy / "published.json", tmp_path / "published" / "1" / "published.json")
    assert published.knows(tmp_path, "ada")
    published.forget(tmp_path, "ada")
    assert not published.knows(tmp_path, "ada")
    assert [*published.complaints(tmp_path)] == []


def test_a_link_with_the_name_of_who_is_forgotten_goes_and_what_it_leads_to_stays(
    tmp_path: Path, publish
) -> None:
    publish(result("ada"))
    theirs = tmp_path / "published" / "1" / "students" / "ada"
    shutil.move(theirs, tmp_path / "elsewhere")
    theirs.symlink_to(tmp_path / "elsewhere")
    assert published.forget(tmp_path, "ada") == (theirs,)
    assert not theirs.is_symlink()
    assert (tmp_path / "elsewhere" / "index.html").is_file()
    assert [*published.complaints(tmp_path)] == []


@pytest.mark.parametrize("name", ["..", ".", "", "../students/ada", "../../precious"])
def test_a_name_that_leads_elsewhere_is_nobodys(tmp_path: Path, publish, name: str) -> None:
    publish(result("ada"))
    (tmp_path / "published" / "precious").mkdir()
    assert not published.knows(tmp_path, name)
    assert published.forget(tmp_path, name) == ()
    assert (tmp_path / "published" / "precious").is_dir()
    assert (tmp_path / "published" / "1" / "students" / "ada").is_dir()
