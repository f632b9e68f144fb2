"""published.json: not a byte of it can be another, and whoever is forgotten leaves nothing that tells of them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.changes import Marks
from grader.published.manifest import Broken, Manifest, Shown, dump, load, sealed, without

names = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="/\\"), min_size=1)
points = st.floats(-1e6, 1e6)
marks = st.builds(Marks, points, points, points)
shown = st.builds(
    Shown, names.filter(lambda name: name not in {".", ".."}), points, points, points,
    st.dictionaries(st.text(st.characters(blacklist_categories=["Cs"]), max_size=3), marks, max_size=3),
    *[st.text("0123456789abcdef", min_size=64, max_size=64)] * 3,
)  # fmt: skip
manifests = st.builds(
    Manifest, st.integers(1, 99), st.just("2026-12-01T14:05:00+00:00"), st.just("lab"), st.just(""),
    st.integers(0, 9), st.lists(shown, max_size=4, unique_by=lambda one: one.student).map(tuple),
).map(sealed)  # fmt: skip


@given(manifests)
def test_what_is_written_is_read(manifest: Manifest) -> None:
    assert load(dump(manifest)) == manifest


@given(manifests, st.data())
def test_any_other_byte_is_told(manifest: Manifest, data: st.DataObject) -> None:
    whole = bytearray(dump(manifest))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Broken):
        load(bytes(whole))


@given(st.binary() | st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_what_is_no_manifest_is_told(data: bytes) -> None:
    with pytest.raises(Broken):
        load(data)


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"format": 2}', b"\xff\xfe", b'{"number": 1e999}'])
def test_hostile_ones_are_told(data: bytes) -> None:
    with pytest.raises(Broken):
        load(data)


def one(student: str = "ada") -> Shown:
    return Shown(
        student, 1.0, 0.0, 2.0, {"1A": Marks(1.0, 0.0, 2.0)}, "a" * 64, "b" * 64, f"secret of {student}"
    )


def of(*students: Shown) -> Manifest:
    return sealed(Manifest(1, "2026-12-01T14:05:00+00:00", "lab", "", 0, students))


def test_a_newer_format_is_named() -> None:
    with pytest.raises(Broken, match="of format 7, and this grader knows 1"):
        load(dump(sealed(replace(of(one()), format=7))))


@pytest.mark.parametrize("students", [("ada", "ada"), ("../ada",), ("..",), ("",), ("a\\b",)])
def test_a_name_that_stands_twice_or_leads_elsewhere_is_refused_though_the_seal_fits(students) -> None:
    with pytest.raises(Broken, match="twice in it, or leads elsewhere"):
        load(dump(of(*map(one, students))))


def test_every_word_of_it_is_under_the_seal() -> None:
    manifest = of(one("ada"), one("bob"))
    others = [
        replace(manifest, number=2),
        replace(manifest, when="2026-12-02T14:05:00+00:00"),
        replace(manifest, assignment="other"),
        replace(manifest, before="c"),
        replace(manifest, requests=1),
        replace(manifest, students=manifest.students[:1]),
        replace(manifest, forgotten=("c",)),
        *(
            replace(manifest, students=(replace(one("ada"), **{field: value}), one("bob")))
            for field, value in {
                "student": "eve", "total": 2.0, "pending": 1.0, "possible": 3.0, "parts": {}, "page": "c", "record": "c", "secret": "c",
            }.items()
        ),
    ]  # fmt: skip
    for other in others:
        with pytest.raises(Broken, match="its checksum is not that of what it holds"):
            load(dump(other))


def test_who_is_forgotten_leaves_the_checksum_and_nothing_of_themselves() -> None:
    manifest = of(one("ada"), one("bob"))
    left = load(dump(without(manifest, "ada")))
    assert left.checksum == manifest.checksum
    assert left.of("ada") is None
    assert left.of("bob") == one("bob")
    assert b"ada" not in dump(left)
    assert without(left, "ada") == left
    assert load(dump(without(left, "bob"))).checksum == manifest.checksum


def test_the_digest_that_stays_is_made_with_a_secret() -> None:
    assert one("ada").digest != replace(one("ada"), secret="another").digest
