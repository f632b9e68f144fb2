"""Gradescope's export: metadata that is read as plain text, and what lies beside it."""

import pytest

from grader.classes import BadClass
from tests.classes import exports
from tests.classes.conftest import everybody, handed

TOP = "assignment_7_export/"


def export(metadata: str, *files: tuple[str, bytes]) -> list[tuple[str, bytes]]:
    return [
        (f"{TOP}submission_metadata.yml", metadata.encode()),
        *((TOP + name, data) for name, data in files),
    ]


def one(submitters: str, when: str = "2026-02-03 22:58:00.123456789 Z") -> str:
    return f"submission_5:\n  :submitters:\n{submitters}  :created_at: {when}\n"


ADA = "  - :name: Ada Lovelace\n    :sid: 00123\n    :email: ada@x.example\n"


def test_who_and_when_and_an_id_keeps_its_zeros(read) -> None:
    ada = everybody(read(export(one(ADA), ("submission_5/ps4.md", b"x"))))["Ada Lovelace (00123)"]
    assert ada.who == {"name": "Ada Lovelace", "sis": "00123", "email": "ada@x.example", "gradescope": "5"}
    assert ada.submitted.isoformat() == "2026-02-03T22:58:00.123456+00:00"
    assert handed(ada) == {"ps4.md": "x"}


def test_a_pdf_lies_beside_the_metadata(read) -> None:
    metadata = one(ADA).replace("submission_5", "5.pdf")
    assert handed(everybody(read(export(metadata, ("5.pdf", b"%PDF"))))["Ada Lovelace (00123)"]) == {
        "5.pdf": "%PDF"
    }


def test_unpacked_it_is_the_same(problem_set, tmp_path) -> None:
    from grader import classes

    for name, data in exports.gradescope_files(exports.pupils()):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    for place in (tmp_path / "in", tmp_path / "in" / TOP):
        class_ = everybody(classes.read(place, problem_set, tmp_path / "work"))
        assert len(class_) == 28
        assert handed(class_["Bob Twice (10020)"]) == {"ps4.md": exports.RIGHT}


@pytest.mark.parametrize(
    ("policy", "text", "submission"),
    [("latest", "third", "7"), ("first", "first", "5"), ("last on time", "second", "6")],
)
def test_which_attempt_counts(read, policy: str, text: str, submission: str) -> None:
    times = ("2026-02-01 10:00:00 +01:00", "2026-02-03 23:59:30 +01:00", "2026-02-05 10:00:00 +01:00")
    metadata = "".join(
        one(ADA, when).replace("submission_5", f"submission_{5 + number}")
        for number, when in enumerate(times)
    )
    files = [
        (f"submission_{5 + n}/a.md", word.encode()) for n, word in enumerate(("first", "second", "third"))
    ]
    ada = everybody(read(export(metadata, *files), attempts=policy))["Ada Lovelace (00123)"]
    assert handed(ada) == {"a.md": text}
    assert ada.who["gradescope"] == submission
    assert ada.attempt == int(submission) - 4
    assert "handed in 3 times" in ada.notes[0]


def test_a_group_without_numbers_is_still_two_people(read) -> None:
    group = "  - :name: Ann\n    :email:\n  - :name: Ben\n    :email: null\n"
    assert list(everybody(read(export(one(group), ("submission_5/a.md", b""))))) == ["Ann (5)", "Ben (5)"]


def taken(by: str, files: tuple[str, ...] = ("mine", "hers")) -> list[tuple[str, bytes]]:
    """Return an export in which somebody bears one of Ada's ids, and hands in before her."""
    return export(
        one(by) + one(ADA).replace("_5", "_6"),
        *((f"submission_{5 + number}/a.md", text.encode()) for number, text in enumerate(files)),
    )


MALLORY = "  - :name: Mallory M\n    :sid: '00123'\n    :email: mal@x.example\n"
POSES = "  - :name: Ada Lovelace\n    :sid: '00123'\n    :email: mal@x.example\n"
SENT = "  - :name: Mallory M\n    :sid:\n    :email: ada@x.example\n"


@pytest.mark.parametrize(("by", "names"), [
    (MALLORY, {"Ada Lovelace (ada@x.example)": "hers", "Mallory M (mal@x.example)": "mine"}),
    (POSES, {"Ada Lovelace (ada@x.example)": "hers", "Ada Lovelace (mal@x.example)": "mine"}),
    (SENT, {"Ada Lovelace (00123)": "hers", "Mallory M (5)": "mine"}),
])  # fmt: skip
def test_an_id_that_two_bear_is_nobodys(read, by: str, names: dict[str, str]) -> None:
    class_ = everybody(read(taken(by)))
    assert {student: handed(entry)["a.md"] for student, entry in class_.items()} == names
    assert all(any("whose is it?" in line for line in entry.attention) for entry in class_.values())


@pytest.mark.parametrize("roster", [
    "name,sid,email\nAda Lovelace,00123,ada@x.example\nMallory M,77,mal@x.example\n",
    "name,sid\nAda Lovelace,00123\nMallory M,77\n",
])  # fmt: skip
@pytest.mark.parametrize("by", [MALLORY, SENT])
def test_the_class_list_says_whose_an_id_is(read, roster: str, by: str) -> None:
    ada = everybody(read(taken(by), roster))["Ada Lovelace (00123)"]
    assert handed(ada) == {"a.md": "hers"}
    assert ada.attempt is None


def test_another_name_with_the_same_ids_is_the_same_person(read) -> None:
    class_ = everybody(read(taken(ADA.replace("Ada Lovelace", "Ada L"))))
    assert [handed(entry) for entry in class_.values()] == [{"a.md": "hers"}]


def test_nobody_named_is_a_row_all_the_same(read) -> None:
    metadata = "submission_5:\n  :submitters: []\n  :created_at: 2026-02-03 22:58:00 Z\nsubmission_6: oops\n"
    assert list(everybody(read(export(metadata)))) == ["submission_5 (5)", "submission_6 (6)"]


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ("[" * 500 + "]" * 500, "expected the submissions"),
        ("submission_5: {:submitters: [", "submission_metadata.yml"),
        ("just text", "expected the submissions"),
    ],
)
def test_odd_metadata_are_refused_with_a_reason(read, metadata: str, said: str) -> None:
    with pytest.raises(BadClass, match=said):
        read(export(metadata))


DEEP = "[" * 60 + "]" * 60


@pytest.mark.parametrize(
    "printed",
    [
        "!binary |-\n    aGVsbG8=",
        "!ruby/object:Gem {}",
        "!!python/object/apply:os.system ['true']",
        DEEP,
        "&a [&b [x], *b]",
        "{? [a, b] : c, <<: {d: e}}",
    ],
)
def test_what_an_autograder_printed_ends_nothing(read, printed: str) -> None:
    metadata = one(ADA) + f"  :results: {printed}\n"
    class_ = everybody(read(export(metadata + one("").replace("_5", "_6"))))
    assert class_["Ada Lovelace (00123)"].submitted is not None
    assert "submission_6 (6)" in class_


def test_a_million_of_one_letter_printed_end_nothing(read) -> None:
    printed = one(ADA) + f"  :results:\n    :output: {'x' * 2_000_000}\n"
    assert list(everybody(read(export(printed)))) == ["Ada Lovelace (00123)"]


@pytest.mark.parametrize(
    ("submission", "said"),
    [
        ("submission_5: !!python/object/apply:os.system ['true']\n", "do not say whose"),
        (f"submission_5:\n  :submitters: {DEEP}\n", "nested more deeply"),
        ("submission_5:\n  a: &a [x]\n  :submitters: [*a, *a]\n", "repeats by an alias what is no text"),
        (one(ADA, "yesterday"), "is no time"),
        (one(ADA) + one(ADA), "lists it twice"),
        (one(ADA, "2026-02-03 22:58:00"), "says no time zone"),
    ],
)
def test_an_odd_entry_is_that_students_row(read, submission: str, said: str) -> None:
    bob = one(ADA.replace("Ada", "Bob").replace("ada@", "bob@").replace("00123", "7")).replace("_5", "_6")
    class_ = everybody(read(export(submission + bob)))
    assert class_.pop("Bob Lovelace (7)").attention == ()
    [odd] = class_.values()
    assert any(said in reason for reason in odd.attention)


def test_a_name_in_bytes_is_read(read) -> None:
    ada = "  - :name: !binary |-\n      QWRh\n    :sid: '1'\n"
    assert list(everybody(read(export(one(ada))))) == ["Ada (1)"]


def test_text_may_be_repeated_by_an_alias(read) -> None:
    metadata = one("  - :name: &n Ada\n    :sid: '1'\n  - :name: *n\n    :sid: '2'\n")
    assert list(everybody(read(export(metadata)))) == ["Ada (1)", "Ada (2)"]


def test_a_students_own_metadata_do_not_make_a_class(problem_set, tmp_path) -> None:
    from grader import classes

    (tmp_path / "class" / "eve").mkdir(parents=True)
    (tmp_path / "class" / "eve" / "submission_metadata.yml").write_text(one(ADA))
    (tmp_path / "class" / "ada.md").write_text("x")
    assert list(everybody(classes.read(tmp_path / "class", problem_set, tmp_path / "work"))) == ["ada", "eve"]
