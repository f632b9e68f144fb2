"""Zips: read in memory, never unpacked; what leads out, links, bombs and junk are named."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.ingest import archive, read


def packed(members, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return target.getvalue()


def test_a_zip_in_a_folder_and_one_zip_deep(submit, tmp_path, homework):
    inner = packed([("a.md", "3C: 5")])
    outer = packed([("hw/a.md", "3B: 608"), ("hw/inner.zip", inner)])
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "hand in.zip").write_bytes(outer)
    submission = read(tmp_path / "ada", homework, "ada")
    assert [(answer.part, answer.file) for answer in submission.answers] == [("3B", "hand in.zip/hw/a.md")]
    assert [left.reason for left in submission.leftovers] == ["a zip inside a zip: a person has to look"]


@pytest.mark.parametrize(
    "name", ["../../evil.md", "/etc/evil.md", "a/../../evil.md", "..\\evil.md", "C:\\evil.md", "a\x00.md"]
)
def test_paths_that_lead_out_are_not_read(submit, tmp_path, name):
    member = zipfile.ZipInfo("placeholder.md")
    member.filename = name
    data = packed([(member, "3B: 608"), ("good.md", "3C: 5")])
    before = sorted(tmp_path.rglob("*"))
    submission = submit(data, "hw.zip")
    assert sorted(tmp_path.rglob("*")) == [*before, tmp_path / "hw.zip"]
    assert [answer.part for answer in submission.answers] == ["3C"]
    assert ["leads out" in left.reason for left in submission.leftovers] == [True]
    assert "\x00" not in submission.leftovers[0].file


def test_a_link_is_not_followed(submit):
    link = zipfile.ZipInfo("link.md")
    link.external_attr = 0o120777 << 16
    submission = submit(packed([(link, "/etc/passwd")]), "hw.zip")
    assert submission.answers == ()
    assert "link" in submission.leftovers[0].reason


def test_a_bomb_is_not_unpacked(submit):
    submission = submit(packed([("bomb.md", b"0" * 19_000_000), ("a.md", "3B: 608")]), "hw.zip")
    assert [answer.text for answer in submission.answers] == ["608"]
    assert ["far more" in left.reason for left in submission.leftovers] == [True]


def test_many_large_members_stop_at_the_total(submit, monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)
    submission = submit(packed([(f"{n}.txt", f"3B: {n}" + " " * 390) for n in range(5)]), "hw.zip")
    assert submission.answers[0].text.split() == ["0"]
    assert [left.file for left in submission.leftovers] == ["2.txt", "3.txt", "4.txt"]


def test_a_hundred_thousand_entries(submit):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for number in range(3_000):
            file.writestr(f"{number}.md", "")
    submission = submit(target.getvalue() + b"PK\x01\x02" * 100_000, "hw.zip")
    assert ["more than 2000 files" in left.reason for left in submission.leftovers] == [True]


@pytest.mark.parametrize(
    "data",
    [
        b"junk",
        b"PK\x03\x04" + b"\x00" * 50,
        packed([("a.md", "3B: 608")])[:-30],
        b"PK\x05\x06" + b"\xff" * 18,
    ],
)
def test_a_broken_zip_is_a_leftover(submit, data):
    submission = submit(data, "hw.zip")
    assert submission.answers == ()
    assert "could not be opened" in submission.leftovers[0].reason


def test_a_damaged_member_is_a_leftover_and_the_others_are_read(submit):
    data = packed([("a.md", "3B: 608, of course"), ("b.md", "3C: 5")], zipfile.ZIP_STORED)
    submission = submit(data.replace(b"608, of course", b"609, of course", 1), "hw.zip")
    assert [answer.part for answer in submission.answers] == ["3C"]
    assert [left.file for left in submission.leftovers] == ["a.md"]


def test_a_locked_member_is_a_leftover(submit):
    data = bytearray(packed([("a.md", "3B: 608")], zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    submission = submit(bytes(data), "hw.zip")
    assert "password" in submission.leftovers[0].reason


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_raises(data):
    whole = bytearray(packed([("a.md", "3B: 608"), ("b/c.txt", "3C: 5" * 20)]))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert all(found is not None for found in archive.entries(bytes(whole), "x.zip"))
