"""What a marker did is on disk, whole, and can be taken back act by act."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.marking import Act, BadBook, Book, Given, Item, Worth, books
from grader.marking.acts import forget, last, read, standing
from grader.marking.folder import FOLDER

FULL = Item("in full", 2.0)


def act(student: str, *given: Item, when: str = "2026-05-01T10:00:00Z", item: str = "why", **more) -> Act:
    return Act(when, student, "1A", (Given(item, given),), **more)


@pytest.fixture
def book(tmp_path):
    opened = Book(tmp_path, "ana")
    yield opened
    opened.close()


def test_acts_come_back_as_they_were(book, tmp_path):
    acts = [
        act("ada", FULL),
        Act("then", "bob", "1A", (Given("why", (), "No; “why”?\nSay.", 1.5),), "It …", "", decides=True),
        Act("then", worth=Worth("1A", "why", "half", 1.0, None)),
        Act("then", undoes=0),
    ]
    book.add(acts)
    assert books(tmp_path) == {"ana": tuple(acts)}


def test_the_last_mark_stands_and_what_was_before_comes_back():
    acts = [act("ada", FULL), act("ada"), Act("", undoes=1)]
    (stood,) = standing(acts, "ana").values()
    assert stood.mark.given == (FULL,)
    assert last(acts) == 0
    assert last([*acts, Act("", undoes=0)]) is None
    assert standing([*acts, Act("", undoes=0)], "ana") == {}


@given(st.lists(st.sampled_from(["ada", "bob", "undo"]), max_size=30))
def test_undo_leads_back_through_everything(steps):
    acts, states = [], [{}]
    for number, step in enumerate(steps):
        if step == "undo" and (gone := last(acts)) is not None:
            acts.append(Act("", undoes=gone))
            states.pop()
            assert standing(acts, "ana") == states[-1]
        elif step != "undo":
            acts.append(act(step, when=str(number)))
            states.append(standing(acts, "ana"))


def test_a_torn_line_is_no_act_and_the_next_one_is_whole(tmp_path):
    whole = Book(tmp_path, "ana")
    whole.add([act("ada", FULL)])
    whole.close()
    path = tmp_path / FOLDER / "ana.jsonl"
    before = path.read_bytes()
    for torn in (b'{"when":"2026', b"\x00" * 40, before[:-1]):
        path.write_bytes(before + torn)
        assert len(read(path)) == 1
        again = Book(tmp_path, "ana")
        again.add([act("bob")])
        again.close()
        assert [one.student for one in read(path)] == ["ada", "bob"]
        path.write_bytes(before)


def test_a_line_that_somebody_broke_is_named_and_nothing_is_cut_off(tmp_path):
    whole = Book(tmp_path, "ana")
    whole.add([act("ada"), act("bob"), act("zoe")])
    whole.close()
    path = tmp_path / FOLDER / "ana.jsonl"
    broken = path.read_bytes().replace(b'"bob"', b"bob")
    path.write_bytes(broken)
    with pytest.raises(BadBook, match="line 2 cannot be read"):
        Book(tmp_path, "ana")
    with pytest.raises(BadBook, match=r"ana\.jsonl: line 2"):
        books(tmp_path)
    assert path.read_bytes() == broken


@pytest.mark.parametrize("last_line", [b"garbage\n", b'{"when":\n', b"\x00" * 40 + b"\n"])
def test_a_whole_last_line_that_cannot_be_read_is_named_and_not_cut_off(tmp_path, last_line):
    whole = Book(tmp_path, "ana")
    whole.add([act("ada")])
    whole.close()
    path = tmp_path / FOLDER / "ana.jsonl"
    path.write_bytes(path.read_bytes() + last_line)
    with pytest.raises(BadBook, match=r"ana\.jsonl: line 2 cannot be read"):
        Book(tmp_path, "ana")
    assert path.read_bytes().endswith(last_line)


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ('"points":1e9', "1e\\+09 points for “why”: give 0 or more"),
        ('"points":-5', "-5 points for “why”: give 0 or more"),
        ('"given":[{"name":"a","worth":1e300},{"name":"b","worth":-1e300}]', "is worth 1e\\+300"),
        (f'"given":[{{"name":"{"n" * 200_000}","worth":1}}]', "more than 100,000 characters"),
    ],
    ids=["1e9", "-5", "worth", "name"],
)
def test_what_nobody_can_have_given_is_named_by_file_and_line(tmp_path, mark, told):
    (tmp_path / FOLDER).mkdir()
    path = tmp_path / FOLDER / "eve.jsonl"
    line = f'{{"when":"z","student":"bob","part":"1A","marks":[{{"item":"why",{mark}}}]}}\n'
    path.write_text('{"when":"y"}\n' + line)
    with pytest.raises(BadBook, match=rf"eve\.jsonl: line 2: .*{told}"):
        books(tmp_path)


def test_nobody_else_writes_into_an_open_file(book, tmp_path):
    with pytest.raises(BadBook, match="--as NAME"):
        Book(tmp_path, "ana")
    other = Book(tmp_path, "ben")
    other.add([act("ada")])
    book.add([act("ada", FULL)])
    other.close()
    assert {who: len(acts) for who, acts in books(tmp_path).items()} == {"ana": 1, "ben": 1}


def test_a_full_disk_leaves_no_half_line(book, tmp_path, monkeypatch):
    book.add([act("ada")])

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        book.add([act("bob")])
    monkeypatch.undo()
    assert len(book.acts) == 1
    book.add([act("zoe")])
    assert [one.student for one in books(tmp_path)["ana"]] == ["ada", "zoe"]


@pytest.mark.parametrize("name", ["", "../ana", "a/b", ".ana", "ana\n", "a" * 41, "a\0"])
def test_a_name_leads_into_no_other_file(name, tmp_path):
    with pytest.raises(BadBook):
        Book(tmp_path, name)


def test_who_is_forgotten_is_in_no_file_and_numbers_stay(tmp_path):
    book = Book(tmp_path, "ana")
    book.add([act("ada"), act("bob"), act("bob", FULL), Act("", undoes=2)])
    with pytest.raises(BadBook):
        forget(tmp_path, "ada")
    book.close()
    forget(tmp_path, "ada")
    acts = books(tmp_path)["ana"]
    assert b"ada" not in (tmp_path / FOLDER / "ana.jsonl").read_bytes()
    assert [stood.mark.given for stood in standing(acts, "ana").values()] == [()]


def test_files_are_their_owners_alone(book):
    assert book.path.stat().st_mode & 0o077 == 0
    assert book.path.parent.stat().st_mode & 0o077 == 0
