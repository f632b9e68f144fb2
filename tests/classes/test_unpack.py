"""What strangers packed: nothing leaves the folder, nothing grows, one bad file is one leftover."""

import io
import stat
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader import classes
from grader.classes import BadClass, online_text, unpack
from grader.classes.listing import Member
from grader.ingest import archive
from tests.classes import exports
from tests.classes.conftest import everybody, handed

EVE = "Eve_66_assignsubmission_file/"


def raw(*members: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for info, data in members:
            packed.writestr(info, data, method)
    return target.getvalue()


@pytest.mark.parametrize(
    "name", ["../../x.md", "../Ada_12_assignsubmission_file/x.md", "a/../../x.md", "..\\..\\x.md"]
)
def test_nothing_leaves_the_students_folder(read, tmp_path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if "work" not in path.parts}
    eve = everybody(read(raw((EVE + name, b"evil"), (EVE + "a.md", b"x"))))["Eve (66)"]
    assert handed(eve) == {"a.md": "x"}
    assert "leads out" in eve.unread[0].reason
    outside = {path for path in tmp_path.rglob("*") if "work" not in path.relative_to(tmp_path).parts}
    assert {path.name for path in outside - before} <= {"in", "class.zip"}


def test_what_lies_above_everybody_is_nobodys_and_said(read) -> None:
    class_ = read(
        raw(("../../etc/passwd", b"x"), ("README.txt", b"y"), *((f"{EVE}{n}.md", b"") for n in range(5)))
    )
    assert "Belongs to nobody, left aside: ../../etc/passwd, README.txt" in class_.notes


def test_a_link_is_not_followed(read) -> None:
    link = zipfile.ZipInfo(EVE + "link.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    eve = everybody(read(raw((link, b"/etc/passwd"))))["Eve (66)"]
    assert handed(eve) == {}
    assert "links are not followed" in eve.unread[0].reason


def test_a_bomb_is_one_leftover_and_costs_nobody_else(read) -> None:
    members = [(f"{EVE}bomb.md", b"0" * 19_000_000), ("Ada_12_assignsubmission_file/a.md", b"x")]
    class_ = everybody(read(raw(*members)))
    assert "unpacks to far more" in class_["Eve (66)"].unread[0].reason
    assert handed(class_["Ada (12)"]) == {"a.md": "x"}


def test_each_has_a_limit_of_their_own(read, monkeypatch) -> None:
    monkeypatch.setattr(unpack, "MAX_UNPACKED", 10)
    members = [(f"{EVE}{n}.md", b"12345678") for n in range(3)] + [
        ("Ada_12_assignsubmission_file/a.md", b"12345678")
    ]
    class_ = everybody(read(raw(*members)))
    assert [len(class_[name].unread) for name in ("Eve (66)", "Ada (12)")] == [2, 0]


def test_too_many_files(read, monkeypatch) -> None:
    monkeypatch.setattr(unpack, "MAX_ENTRIES", 3)
    eve = everybody(read(raw(*((f"{EVE}{n}.md", b"x") for n in range(9)))))["Eve (66)"]
    assert len(handed(eve)) == 3
    assert [left.reason for left in eve.unread] == ["more than 3 files: the others were not unpacked"]


def test_a_password(read) -> None:
    data = bytearray(raw((EVE + "a.md", b"secret")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    eve = everybody(read(bytes(data)))["Eve (66)"]
    assert "needs a password" in eve.unread[0].reason


def test_names_on_one_disk_stay_apart(read) -> None:
    members = [
        (EVE + name, name.encode())
        for name in ("A.md", "a.md", "a:.md", "a*.md", "e\u0301.md", "é.md", "b", "b/c")
    ]
    eve = everybody(read(raw(*members)))["Eve (66)"]
    files = handed(eve)
    assert set(files) == {"A.md", "a (2).md", "a_.md", "a_ (2).md", "e\u0301.md", "é (2).md", "b"}
    assert [left.file for left in eve.unread] == ["b/c"]


def test_many_names_that_are_one_on_disk_are_counted_and_not_tried_anew(read, monkeypatch) -> None:
    asked = []
    real = unpack._on_disk
    monkeypatch.setattr(unpack, "_on_disk", lambda path: asked.append(path) or real(path))
    names = [f"{'a' * 250}{number}.md" for number in range(300)]
    eve = everybody(read(raw(*((EVE + name, b"x") for name in names))))["Eve (66)"]
    assert len(handed(eve)) == 300
    assert len(asked) < 4 * 300


@pytest.mark.parametrize("flagged", [True, False])
def test_utf_8_is_known_also_where_its_flag_was_forgotten(read, flagged: bool) -> None:
    data = raw(("Zoë_12_assignsubmission_file/Lösung.md", b"x"))
    if not flagged:
        data = data.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    assert handed(everybody(read(data))["Zoë (12)"]) == {"Lösung.md": "x"}


def test_long_names_keep_their_ending_and_their_id(read) -> None:
    name = "🙂" * 90
    class_ = everybody(read(raw((f"{name}_12345_assignsubmission_file/{'長' * 120}.py", b"x"))))
    [(student, entry)] = class_.items()
    assert student.endswith(" (12345)")
    assert next(iter(handed(entry))).endswith(".py")


def test_caches_and_hidden_files_are_nobodys(read) -> None:
    members = [
        (EVE + name, b"x") for name in (".git/config", "__MACOSX/a.md", "._a.md", "a.md", "__pycache__/a.pyc")
    ]
    assert handed(everybody(read(raw(*members)))["Eve (66)"]) == {"a.md": "x"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.lists(st.text(min_size=1, max_size=30), max_size=6))
def test_whatever_the_names_all_lie_within(tmp_path, names: list[str]) -> None:
    folder = unpack.workplace(tmp_path / "work") / "eve"
    files = [(name, Member(name, lambda _left, _largest: b"x")) for name in names]
    unread = unpack.unpack(files, folder)
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert all(path.resolve().is_relative_to(folder.resolve()) for path in written)
    assert len(written) + len(unread) <= len(names)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["work"]


def test_somebody_elses_folder_is_not_removed(read, tmp_path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "thesis.tex").write_text("years")
    with pytest.raises(BadClass, match="something else is there already"):
        read(raw((EVE + "a.md", b"x")))
    assert (tmp_path / "work" / "thesis.tex").read_text() == "years"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_a_damaged_zip_is_refused_or_read(problem_set, tmp_path, data) -> None:
    whole = bytearray(
        exports.packed([(f"{EVE}a.md", b"608 " * 20), ("Ada_12_assignsubmission_file/b.md", b"x")])
    )
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "class.zip").write_bytes(whole)
    try:
        class_ = classes.read(tmp_path / "class.zip", problem_set, tmp_path / "work")
    except BadClass:
        return
    assert class_.entries


def test_the_limits_are_those_of_a_single_submission() -> None:
    assert unpack.MAX_UNPACKED == archive.MAX_UNPACKED


# ---- text that was typed in ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb\n"),
        ("a<br>b", "a\nb\n"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n\n- two\n"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "| 1 | 2 |\n"),
        ("<pre>def f():\n    return 1</pre>", "def f():\n    return 1\n"),
        ("3 &lt; 4 &amp; x<sup>2</sup>", "3 < 4 & x^2\n"),
        ("<style>b</style><script>alert(1)</script>ok", "ok\n"),
        ("<p>\\(\\frac{1}{2}\\)</p>", "\\(\\frac{1}{2}\\)\n"),
        ("<img src=x alt='my plot'>", "[picture: my plot]\n"),
        ("see <![x </p> 608", "see <![x\n608\n"),
        ("<![CDATA[x]]><!DOCTYPE html><?php x ?>608", "608\n"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2\n"),
        ("a<!-- b <p> <!-- c --> d", "a d\n"),
        ("a <!-- 608", "a <!-- 608\n"),
        ("<script>if (a<b) { '</style>' }</script>ok", "ok\n"),
        ("&#" + "9" * 5_000 + ";608", "\ufffd608\n"),
    ],
)
def test_what_was_typed_in_is_read_as_it_shows(html: str, text: str) -> None:
    assert online_text.text(html) == text


@given(st.text(st.sampled_from("<>/apbr!-&;\"'= \n"), max_size=200))
def test_any_html_becomes_text(html: str) -> None:
    assert isinstance(online_text.text(html), str)


@pytest.mark.parametrize(
    "evil", ["<a b", "<!--", "<svg", '<a "', "<a '\"", "<![", "&#", "</", "<!", "<pre>", "-->"]
)
def test_a_page_that_was_typed_in_to_cost_time_is_read(evil: str) -> None:
    """Where time grew with the square of the length, this took hours."""
    assert isinstance(online_text.text(evil * (online_text.MAX_HTML // len(evil))), str)


def test_what_cannot_be_read_of_one_is_no_end_of_the_others(read, monkeypatch) -> None:
    def fails(html: str) -> str:
        raise AssertionError(html)

    monkeypatch.setattr(online_text, "text", fails)
    members = [("Eve_66_assignsubmission_onlinetext/onlinetext.html", b"<![x "), (EVE + "a.md", b"x")]
    eve = everybody(read(members))["Eve (66)"]
    assert handed(eve) == {"a.md": "x"}
    assert "AssertionError" in eve.unread[0].reason


def test_a_picture_that_was_put_in_is_a_persons(read) -> None:
    eve = everybody(
        read([("Eve_66_assignsubmission_onlinetext/onlinetext.html", b"<p>3B</p><img src='x'>")])
    )["Eve (66)"]
    assert "a person has to look" in eve.unread[0].reason
