"""regrade_requests.csv on disk: what is open, what was answered, and never over somebody's edit."""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader import marking, requests
from grader.requests import BadRequests, Request, answer, current, ids, open_in
from grader.requests import file as requests_file

HEAD = "student,part,text,decision,by,old,new\n"
THREE = HEAD + "ada,3B,why?,,,,\nbob,3A,and this?,stays: it is as asked,kim,1,1\nada,3B,why?,,,,\n"


def put(out: Path, text: str = THREE) -> Path:
    (out / requests.NAME).write_text(text, encoding="utf-8")
    return out


def test_no_file_is_no_request(tmp_path):
    assert open_in(tmp_path) == ()
    assert current(tmp_path) == {}


def test_what_nobody_has_decided_is_open(tmp_path):
    assert [one.line for one in open_in(put(tmp_path))] == [2, 4]
    assert open_in(tmp_path)[0] == Request("ada", "3B", "why?")
    assert [*current(tmp_path)] == ["ada", "bob"]


def test_what_is_wrong_is_told_by_file_and_line(tmp_path):
    put(tmp_path, HEAD + "ada,,why?\n")
    with pytest.raises(BadRequests, match=r"regrade_requests\.csv: line 2, part: empty"):
        open_in(tmp_path)
    with pytest.raises(marking.BadMarks, match="line 2, part"):
        current(tmp_path)


def test_the_same_words_twice_are_two_requests_with_their_own_names(tmp_path):
    first, _, third = (record.request for record in requests_file.read(put(tmp_path))[0].records)
    names = ids([first, third])
    assert len({*names}) == 2
    assert ids([replace(first, decision="stays: no", line=9)]) == names[:1]


def test_an_answer_is_on_disk_and_the_rest_as_it_was(tmp_path):
    _, third = open_in(put(tmp_path))
    answer(tmp_path, third, "changed: =600 is right", "kim", "0", "2.5")
    head, *below = (tmp_path / requests.NAME).read_text(encoding="utf-8-sig").splitlines()
    before = THREE.splitlines()
    assert head == f"{before[0]},decided"
    assert below[:-1] == before[1:-1]
    answered, _, decided = below[-1].rpartition(",")
    assert answered == "ada,3B,why?,changed: =600 is right,kim,0,2.5"
    assert datetime.now(UTC) - datetime.fromisoformat(decided) < timedelta(days=1)
    assert [one.line for one in open_in(tmp_path)] == [2]


def test_what_was_answered_meanwhile_or_is_gone_is_told(tmp_path):
    first, _ = open_in(put(tmp_path, HEAD + "ada,3B,why?,,,,\nbob,3B,x,,,,\n"))
    answer(tmp_path, first, "stays: no", "kim", "1", "1")
    before = (tmp_path / requests.NAME).read_bytes()
    with pytest.raises(BadRequests, match="line 2: this request is not there any more as it was"):
        answer(tmp_path, first, "changed: yes", "ben", "1", "2")
    assert (tmp_path / requests.NAME).read_bytes() == before


def test_it_is_never_written_over_an_edit(tmp_path):
    sheet, seen = requests_file.read(put(tmp_path))
    put(tmp_path, THREE + "zoe,3B,me too,,,,\n")
    with pytest.raises(BadRequests, match="changed while it was read"):
        requests_file.write(sheet, tmp_path, seen)
    assert "zoe" in (tmp_path / requests.NAME).read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links are those of Unix")
def test_what_is_no_file_of_the_class_is_refused(tmp_path):
    place = tmp_path / requests.NAME
    os.mkfifo(place)
    with pytest.raises(BadRequests, match="this is no file"):
        open_in(tmp_path)
    place.unlink()
    (tmp_path / "other.csv").write_text(THREE)
    place.symlink_to(tmp_path / "other.csv")
    with pytest.raises(BadRequests, match="a link to elsewhere"):
        open_in(tmp_path)


def test_a_file_larger_than_any_class_asks_is_not_read(tmp_path):
    with (tmp_path / requests.NAME).open("wb") as file:
        file.truncate(requests_file.MOST_BYTES + 1)
    with pytest.raises(BadRequests, match="more than 20 MB"):
        open_in(tmp_path)
