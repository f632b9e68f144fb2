"""Nobody but the marker's own window is let in."""

import json
import socket
import time
import urllib.request

import pytest

from grader import marking
from grader.desk import Door, app
from grader.desk.beside import Beside
from grader.desk.door import refused
from tests.desk.people import class_of

DOOR = Door("a-token-that-nobody-guesses", 4321)
HOST = "127.0.0.1:4321"
OWN = {"Host": HOST}
SENT = {**OWN, "Origin": f"http://{HOST}", "Content-Type": "application/json"}


@pytest.fixture
def ask(desk_of):
    client = app(desk_of("ana"), DOOR, Beside()).test_client()

    def ask(path, method="GET", headers=OWN, data=None):
        return client.open(path, method=method, headers=headers, data=data, base_url=f"http://{HOST}")

    return ask


def own(path):
    return f"/{DOOR.token}/{path}"


MARK = json.dumps({"seen": "; ", "entries": [{"given": ["in full"]}, {"given": []}]})


def test_the_marker_is_let_in(ask):
    assert ask(own("")).status_code == 200
    assert ask(own("part/0/0/mark"), "POST", SENT, MARK).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/part/0", "/wrong/", f"/{DOOR.token}", f"/{DOOR.token[:-1]}/", "/a-token/", "/é/", "//"]
)
def test_without_the_token(ask, path):
    answer = ask(path)
    assert answer.status_code == 403
    assert b"Student" not in answer.data


@pytest.mark.parametrize(
    "changed",
    [
        {"Host": "evil.example:4321"},
        {"Host": "127.0.0.1"},
        {"Host": "localhost:4321"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
    ids=str,
)
def test_from_elsewhere_nothing_is_marked(changed, desk_of):
    desk = desk_of("ana")
    client = app(desk, DOOR, Beside()).test_client()
    answer = client.post(own("part/0/0/mark"), headers={**SENT, **changed}, data=MARK)
    assert answer.status_code == 403
    assert desk.own.acts == []


@pytest.mark.parametrize(
    "path",
    [
        "part/9",
        "part/-1",
        "part/0/60",
        "part/0/-1",
        "part/0/0/picture/0",
        "part/0/0/picture/../../../../etc/passwd",
        "part/..%2f..%2fetc",
        "marks.csv",
        "static/desk.js",
        f"part/{'9' * 5_000}",
        f"part/0/{'9' * 5_000}",
    ],
)
def test_forged_paths_lead_nowhere(ask, path):
    assert ask(own(path)).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        '{"seen": 1, "entries": []}',
        '{"seen": "; ", "entries": [{"given": "in full"}]}',
        "\udcff",
    ],
)
def test_what_no_window_sends_is_refused(desk_of, body):
    desk = desk_of("ana")
    client = app(desk, DOOR, Beside()).test_client()
    data = body.encode("utf-8", "surrogateescape")
    assert client.post(own("part/0/0/mark"), headers=SENT, data=data).status_code == 400
    assert desk.own.acts == []


def test_items_that_are_none_and_answers_marked_meanwhile_are_told(ask):
    unknown = json.dumps({"seen": "; ", "entries": [{"given": ["all of it"]}, {"given": []}]})
    answer = ask(own("part/0/0/mark"), "POST", SENT, unknown)
    assert (answer.status_code, "no level any more" in answer.text) == (409, True)
    assert ask(own("part/0/0/mark"), "POST", SENT, MARK).status_code == 200
    answer = ask(own("part/0/0/mark"), "POST", SENT, MARK)
    assert (answer.status_code, "in another window" in answer.text) == (409, True)
    assert ask(own("part/0/0/mark"), "GET").status_code == 405


def test_a_comment_without_end_is_told_and_not_saved(desk_of, out):
    desk = desk_of("ana")
    client = app(desk, DOOR, Beside()).test_client()
    entries = [{"given": ["in full"], "comment": "c" * 140_000}, {"given": []}]
    body = json.dumps({"seen": "; ", "entries": entries})
    answer = client.post(own("part/0/0/mark"), headers=SENT, data=body)
    assert (answer.status_code, "5,000 characters at most" in answer.text) == (409, True)
    assert desk.own.acts == []
    entries[0]["comment"] = "c" * 5_000
    body = json.dumps({"seen": "; ", "entries": entries})
    assert client.post(own("part/0/0/mark"), headers=SENT, data=body).status_code == 200
    assert desk.gather() == desk.gather()
    assert marking.read(out)[1]


@pytest.mark.parametrize("at", [f"part/{'9' * 5_000}/1", "part/²/1", "part/9/9", "x"], ids=lambda at: at[:8])
def test_undo_seen_from_nowhere_takes_nothing_back(desk_of, at):
    desk = desk_of("ana")
    client = app(desk, DOOR, Beside()).test_client()
    assert client.post(own("part/0/0/mark"), headers=SENT, data=MARK).status_code == 200
    worth = json.dumps({"entry": 0, "name": "most of it", "worth": 1.5})
    assert client.post(own("part/0/0/item"), headers=SENT, data=worth).status_code == 200
    assert client.post(own("undo"), headers=SENT, data="{}", query_string={"at": at}).status_code == 404
    assert len(desk.own.acts) == 2


def test_who_sends_slowly_keeps_nobody_waiting(served):
    address = served("ana")[1]
    host, path = address.removeprefix("http://").split("/", 1)
    head = f"POST /{path}part/0/0/mark HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    name, port = host.split(":")
    with socket.create_connection((name, int(port))) as slow:
        slow.sendall(f"{head}Content-Length: 900000\r\n\r\n{{".encode())
        time.sleep(0.3)  # until it is being read; too short would let the test pass, not fail
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert answer.status == 200


def test_every_answer_carries_the_policy(ask):
    for path in (own(""), own("part/0"), own("nowhere"), "/"):
        headers = ask(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
        assert "Access-Control-Allow-Origin" not in headers


def test_no_page_says_whose_an_answer_is(ask):
    names = {result.student for result in class_of(60)}
    for path in ("", "part/0", "part/0/3", "part/1/7/step?by=after", "conflicts"):
        text = ask(own(path)).text
        assert text
        assert not [name for name in names if name in text]


def test_only_this_machine_can_reach_it(served):
    port = int(served("ana")[1].split(":")[2].split("/")[0])
    here = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in here - {"127.0.0.1"}:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, port), timeout=5)


ARRIVES = {**OWN, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def test_a_window_may_come_from_a_file_to_the_first_page_and_nowhere_else():
    assert refused(DOOR, "GET", own(""), ARRIVES) == ""
    assert refused(DOOR, "GET", own("part/0"), ARRIVES)
    assert refused(DOOR, "POST", own(""), {**ARRIVES, "Content-Type": "application/json"})
    assert refused(DOOR, "GET", own(""), {**ARRIVES, "Sec-Fetch-Dest": "iframe"})
    assert refused(DOOR, "GET", own(""), {**ARRIVES, "Sec-Fetch-Mode": "no-cors"})
    assert refused(DOOR, "GET", "/wrong/", ARRIVES)


def test_a_head_asks_for_nothing_more():
    assert refused(DOOR, "HEAD", own(""), OWN) == ""
