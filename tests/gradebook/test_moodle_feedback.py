"""The feedback zip, taken apart by the rules of Moodle's own importer."""

import io
import zipfile
from pathlib import Path

import pytest

from grader.gradebook import moodle_feedback

WHERE = Path("w-feedback.zip")


def imported(data: bytes, participants: set[int]) -> dict[int, dict[str, bytes]]:
    """Read a zip as mod/assign/feedback/file/importziplib.php does: number -> file -> content."""
    found: dict[int, dict[str, bytes]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for entry in file.infolist():
            parts = entry.filename.split("/")
            if parts[-1].startswith((".", "~")):
                continue
            while parts:
                info = parts.pop(0).split("_", 4)
                if len(info) < 4 or not info[1].isdecimal() or int(info[1]) not in participants:
                    continue
                assert info[2:4] == ["assignsubmission", "file"], "get_plugin_by_type knows this one"
                name = "/".join([*(info[4:] or [""]), *parts]).lstrip("/")
                found.setdefault(int(info[1]), {})[name] = file.read(entry)
                break
    return found


def page(student: str) -> bytes | None:
    return None if student == "gone" else f"<p>{student}".encode()


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace",
        "Ada_9_Love_lace",
        "Zoë Ünal",
        "../../etc",
        "~ada",
        ".ada",
        "_",
        "a/b\\c",
        "a" * 300,
        "102",
    ],
)
def test_each_page_reaches_its_student_whatever_the_name(make, name):
    handed = {"101": make("ada", who={"name": name}), "102": make(name.replace("/", "-"))}
    done = moodle_feedback.pack(WHERE, handed, page)
    got = imported(done.files[WHERE], {101, 102})
    assert got[101] == {"feedback-ps4.html": b"<p>ada"}
    assert list(got[102]) == ["feedback-ps4.html"]


def test_the_zip_unpacks_nowhere_else_and_is_the_same_each_time(make):
    handed = {"7": make("ada", who={"name": "/../x"}), "30": make("bo")}
    data = moodle_feedback.pack(WHERE, handed, page).files[WHERE]
    assert data == moodle_feedback.pack(WHERE, handed, page).files[WHERE]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            assert name.count("/") == 1
            assert not name.startswith(("/", ".."))


def test_who_has_no_page_is_named_and_an_empty_zip_is_not_written(make):
    done = moodle_feedback.pack(WHERE, {"7": make("gone")}, page)
    assert not done.files
    assert list(done.without.values()) == [("gone",)]
