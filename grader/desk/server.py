"""a desk, a door -> the pages and what their script asks for, served to this machine alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from socket import create_server
from threading import Thread
from typing import Any

import msgspec
from flask import Flask, Response, abort, request
from markupsafe import Markup
from werkzeug.serving import WSGIRequestHandler, make_server

from grader import marking
from grader.desk import deciding, pages, rescored, second
from grader.desk.beside import NOTHING, Beside
from grader.desk.desk import At, Desk, Stale
from grader.desk.door import HOST, Door, new_door, refused
from grader.desk.identical import spelled, unlike
from grader.desk.listed import listed
from grader.desk.regrade_server import AT, Counter
from grader.desk.regrading import counts
from grader.desk.saved import saved
from grader.desk.sent import sent
from grader.desk.taken_back import Again, taken_back
from grader.desk.view import shown
from grader.desk.wished import given_by
from grader.marking import BadBook, BadMarks

LARGEST = 1_000_000  # bytes of what a window sends
MOST_WORTH = 1000  # points of a level, below 0 too
MOST_DIGITS = 10  # of a number in an address


class _Wish(msgspec.Struct):
    given: list[str]
    comment: str = ""


class _Marked(msgspec.Struct):
    seen: str
    entries: list[_Wish]


class _Item(msgspec.Struct):
    entry: int
    name: str
    worth: float | None  # None: take it out
    called: str = ""  # from now on


class _Decision(msgspec.Struct):
    conflict: str
    who: str


def app(desk: Desk, door: Door, beside: Beside = NOTHING) -> Flask:
    """Return the application. Nothing is answered to whoever the door does not let in."""
    made = Flask("grader.desk", static_folder=None, template_folder=None)
    made.config["MAX_CONTENT_LENGTH"] = LARGEST
    made.before_request(lambda: _kept_out(door))
    made.after_request(pages.headed)
    for kind in (Stale, BadMarks, BadBook, OSError):
        made.register_error_handler(kind, _told)
    for path, (method, answer) in _routes(desk, door, beside).items():
        rule = f"/{door.token}/{path}"
        made.add_url_rule(rule, endpoint=path, view_func=_locked(desk, answer), methods=[method])
    return made


def _routes(desk: Desk, door: Door, beside: Beside) -> Mapping[str, tuple[str, Callable[..., Any]]]:
    root = f"/{door.token}/"
    room, counter = _Room(desk, beside, root), Counter(desk, beside, root)
    return {
        **counter.routes(),
        "": ("GET", room.overview),
        "part/<int:part>": ("GET", room.part),
        "part/<int:part>/all": ("GET", room.all),
        "part/<int:part>/<int:answer>": ("GET", room.answer),
        "part/<int:part>/<int:answer>/step": ("GET", room.step),
        "part/<int:part>/<int:answer>/mark": ("POST", room.mark),
        "part/<int:part>/<int:answer>/item": ("POST", room.item),
        "undo": ("POST", lambda: room.undo(counter)),
        "part/<int:part>/<int:answer>/picture/<int:number>": ("GET", room.picture),
        "conflicts": ("GET", room.conflicts),
        "decide": ("POST", room.decide),
    }


class _Room:
    """What each address answers."""

    def __init__(self, desk: Desk, beside: Beside, root: str) -> None:
        self._desk, self._beside, self._root = desk, beside, root

    def overview(self) -> str:
        self._desk.gather()
        agreements = marking.agreements(self._desk.books, self._desk.rubric, self._desk.rows)
        return self._page(
            "overview.html", agreements=agreements, asked=counts(self._desk), second=second.told(self._desk)
        )

    def part(self, part: int) -> str:
        self._known(part)
        number = self._desk.next(part)
        at = At(part, number or 0)
        return self._page("desk.html", at=at, html=Markup(self._fragment(at)))  # noqa: S704

    def all(self, part: int) -> str:
        """List the answers of a part, with what each was given."""
        self._known(part)
        self._desk.look()
        return self._page("all.html", part=part, rows=listed(self._desk, part))

    def answer(self, part: int, answer: int) -> str:
        at = self._at(part, answer)
        return self._page("desk.html", at=at, html=Markup(self._fragment(at)))  # noqa: S704 - a page of ours

    def step(self, part: int, answer: int) -> dict[str, Any]:
        """Go to the answer before, the one after, or the next open one, without marking."""
        at, count = self._at(part, answer), len(self._desk.answers(part))
        by = request.args.get("by", "")
        to = {"before": (at.answer - 1) % count, "after": (at.answer + 1) % count}.get(by)
        if to is None:
            to = self._desk.next(part, answer)
        return self._moved(At(part, at.answer if to is None else to))

    def mark(self, part: int, answer: int) -> dict[str, Any]:
        at = self._at(part, answer)
        asked = sent(_Marked)
        wishes = [(wish.given, wish.comment) for wish in asked.entries]
        before = spelled(self._desk, at)
        self._desk.mark(at, asked.seen, given_by(self._desk, self._desk.at(at), wishes))
        number = self._desk.next(part, answer)
        after = At(part, answer if number is None else number)
        said = saved(self._desk, at, before)
        return self._moved(after, told=said.told, look=said.look)

    def undo(self, counter: Counter) -> dict[str, Any]:
        asked = request.args.get("at", "")
        case = counter.known(asked) if asked.startswith(AT) else ""  # before anything is taken back
        if not case and asked not in {"", "conflicts"}:
            self._at(*_where(asked))
        last = self._desk.last
        if last and (case or last.settles):
            self._desk.undo()
            return counter.undone(last, case)
        if asked == "conflicts":
            return self._left_to_decide(taken_back(self._desk, At(0, 0)).told)
        back = taken_back(self._desk, self._at(*_where(asked)), sure=request.args.get("sure") == "yes")
        return self._moved(back.at, changes=back.changes, told=back.told, again=back.again)

    def item(self, part: int, answer: int) -> dict[str, Any]:
        """Add a level, change what it is worth or called, or take it out."""
        at = self._at(part, answer)
        asked = sent(_Item)
        entries = self._desk.at(at).entries
        if not (0 <= asked.entry < len(entries) and abs(asked.worth or 0.0) <= MOST_WORTH):
            abort(400)
        change = rescored.Wish(asked.name, asked.worth, asked.called)
        told, changes = rescored.done(self._desk, part, entries[asked.entry], change)
        return self._moved(at, changes=changes, told=told)

    def picture(self, part: int, answer: int, number: int) -> Response:
        return self._beside.picture(self._desk.at(self._at(part, answer)), number)

    def conflicts(self) -> str:
        self._desk.gather()
        return self._page("conflicts.html", conflicts=deciding.shown(self._desk), told="")

    def decide(self) -> dict[str, Any]:
        asked = sent(_Decision)
        return self._left_to_decide(deciding.decide(self._desk, asked.conflict, asked.who))

    def _left_to_decide(self, told: str) -> dict[str, Any]:
        self._desk.gather()
        html = self._page("between.html", conflicts=deciding.shown(self._desk), told=told)
        return {"html": html, "at": "conflicts"}

    def _page(self, template: str, **values: Any) -> str:
        return pages.page(template, desk=self._desk, root=self._root, **values)

    def _known(self, part: int) -> None:
        if not 0 <= part < len(self._desk.parts):
            abort(404)

    def _at(self, part: int, answer: int) -> At:
        self._known(part)
        if not 0 <= answer < len(self._desk.answers(part)):
            abort(404)
        return At(part, answer)

    def _fragment(
        self,
        at: At,
        changes: Sequence[rescored.Change] = (),
        told: str = "",
        look: bool = False,
        again: Sequence[Again] = (),
    ) -> str:
        self._desk.look()
        part, done = self._desk.parts[at.part], not self._desk.left(at.part)
        return pages.fragment(
            shown(self._desk, at),
            root=self._root,
            parts=self._desk.parts,
            demonstration=self._beside.demonstrations.get(part.id, ""),
            shows=self._beside.shows(self._desk.at(at)),
            done=done,
            onward=self._onward(at.part) if done else None,
            unlike=unlike(self._desk, at.part) if done else (),
            changes=changes,
            told=told,
            look=look,
            again=again,
        )

    def _onward(self, after: int) -> int | None:
        """Return the part after one in which something is open, going round."""
        count = len(self._desk.parts)
        around = (number % count for number in range(after + 1, after + count))
        return next((number for number in around if self._desk.left(number)), None)

    def _moved(self, at: At, **values: Any) -> dict[str, Any]:
        """Return an answer for a window, with the heading of its part: it may be another one."""
        part = self._desk.parts[at.part]
        return {
            "html": self._fragment(at, **values),
            "head": pages.page("head.html", part=part),
            "title": pages.title(part),
            "at": f"part/{at.part}/{at.answer}",
        }


def _locked(desk: Desk, answer: Callable[..., Any]) -> Callable[..., Any]:
    """Let one request in at a time: what a window sees is whole. Who sends slowly keeps nobody waiting."""

    @wraps(answer)
    def alone(**numbers: int) -> Any:
        request.get_data()  # kept by the request for whoever asks again
        with desk.lock:
            return answer(**numbers)

    return alone


def _where(text: str) -> tuple[int, int]:
    part, _, answer = text.removeprefix("part/").partition("/")
    known = all(one.isdecimal() and len(one) < MOST_DIGITS for one in (part, answer))
    return (int(part), int(answer)) if known else (-1, -1)


def _kept_out(door: Door) -> Response | None:
    why = refused(door, request.method, request.path, dict(request.headers))
    return Response(why + "\n", 403, content_type="text/plain; charset=utf-8") if why else None


def _told(fault: Exception) -> Response:
    """Say what went wrong: nothing was written, and the window shows it as it is."""
    kind = 409 if isinstance(fault, Stale) else 500
    if "text/html" in request.headers.get("Accept", ""):  # somebody went there; our script takes anything
        return Response(pages.page("broken.html", told=str(fault)), kind)
    return Response(f"{fault}\n", kind, content_type="text/plain; charset=utf-8")


class _Quiet(WSGIRequestHandler):
    """Says nothing in the terminal."""

    def log(self, *_: object, **__: object) -> None:
        """Keep to itself what a marker looked at."""


@contextmanager
def serving(desk: Desk, port: int, beside: Beside) -> Iterator[Door]:
    """Serve a desk on a port of this machine, 0 for any that is free, as long as a block runs.

    Raises OSError for a port that is taken.
    """
    socket = create_server((HOST, port))
    door = new_door(socket.getsockname()[1])
    served = app(desk, door, beside)
    server = make_server(HOST, door.port, served, threaded=True, request_handler=_Quiet, fd=socket.fileno())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield door
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        socket.close()
