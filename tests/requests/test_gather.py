"""Decisions of markers get into the file, follow their marker, and never take the place of a person's words."""

from dataclasses import replace

import pytest

from grader.marking import Act, Book, Settled
from grader.marking.acts import forget
from grader.requests import NAME, BadRequests, all_in, gather, ids
from grader.requests.gather import gathered
from grader.requests.sheet import Answer, answered, parse

TWO = "student,part,text,decision,by,old,new\nada,3B,why?,,,,\nbob,3A,and this?,,,,\n"


def sheet_of(text=TWO):
    return parse(text.encode())[0]


def names(sheet):
    return ids([record.request for record in sheet.records])


def act(sheet, number=0, told="stays: no", when="2026-12-01T00:00:00Z", **more):
    return Act(when, "ada", "3B", settles=Settled(names(sheet)[number], told, "1", "1"), **more)


def decisions(sheet):
    return [(record.request.decision, record.request.by) for record in sheet.records]


def test_a_decision_is_filled_in_and_goes_when_it_is_taken_back():
    sheet = sheet_of()
    done = gathered(sheet, {"kim": [act(sheet)]})
    assert decisions(done) == [("stays: no", "kim"), ("", "")]
    assert gathered(done, {"kim": [act(sheet)]}) is done
    undone = gathered(done, {"kim": [act(sheet), Act("", undoes=0)]})
    assert decisions(undone) == [("", ""), ("", "")]


def test_the_last_decision_counts_whoever_gave_it():
    sheet = sheet_of()
    later = act(sheet, told="changed: yes", when="2026-12-02T00:00:00Z")
    done = gathered(sheet, {"kim": [act(sheet)], "ben": [later]})
    assert decisions(done)[0] == ("changed: yes", "ben")
    back = gathered(done, {"kim": [act(sheet)], "ben": [later, Act("", undoes=0)]})
    assert decisions(back)[0] == ("stays: no", "kim")


def test_what_a_person_wrote_stays():
    sheet = sheet_of()
    own = answered(sheet, {0: Answer("we talked about it", "the professor", "", "")})
    assert gathered(own, {"kim": [act(sheet)]}) is own


def test_columns_that_moved_and_rows_that_were_sorted_are_no_matter():
    sheet = sheet_of()
    moved = sheet_of("seat,decision,text,student,part\n9,,and this?,bob,3A\n7,,why?,ada,3B\n")
    assert decisions(gathered(moved, {"kim": [act(sheet)]})) == [("", ""), ("stays: no", "kim")]


@pytest.mark.parametrize(
    "told", ["stays: =1+1", "=HYPERLINK(1)", "two\nlines", "'so", "3/4", "x" * 9_000, "+1 point"]
)
def test_a_decision_of_any_words_is_known_again_once_it_is_written(told):
    sheet = sheet_of()
    done = gathered(sheet, {"kim": [act(sheet, told=told)]})
    assert gathered(done, {"kim": [act(sheet, told=told)]}) is done
    assert decisions(gathered(done, {"kim": [act(sheet, told=told), Act("", undoes=0)]}))[0] == ("", "")


def test_the_file_is_written_only_where_something_is_new(tmp_path):
    gather(tmp_path, {"kim": []})
    assert not (tmp_path / NAME).exists()
    (tmp_path / NAME).write_text(TWO)
    sheet = sheet_of()
    gather(tmp_path, {"kim": []})
    assert (tmp_path / NAME).read_text() == TWO
    gather(tmp_path, {"kim": [act(sheet)]})
    assert [one.decision for one in all_in(tmp_path)] == ["stays: no", ""]
    (tmp_path / NAME).write_text("student,part\n")
    with pytest.raises(BadRequests, match="text not among them"):
        gather(tmp_path, {"kim": [act(sheet)]})


def test_a_decision_outlives_its_file_and_a_student_who_is_forgotten_does_not(tmp_path):
    sheet = sheet_of()
    book = Book(tmp_path, "kim")
    book.add([act(sheet), replace(act(sheet, 1), student="bob")])
    book.close()
    book = Book(tmp_path, "kim")
    assert [one.settles and one.settles.decision for one in book.acts] == ["stays: no"] * 2
    book.close()
    forget(tmp_path, "ada")
    book = Book(tmp_path, "kim")
    assert [bool(one.settles) for one in book.acts] == [False, True]
    book.close()
