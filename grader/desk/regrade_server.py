"""a desk -> the pages of regrade requests, and what their script asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec
from flask import Response, abort, request
from markupsafe import Markup

from grader import marking
from grader.desk import pages, regrading
from grader.desk.beside import Beside
from grader.desk.desk import Desk, Stale
from grader.desk.regrade_view import shown_case
from grader.desk.regrading import Case, Wish
from grader.desk.sent import sent

AT = "request/"  # how the place of one begins


class _Wish(msgspec.Struct):
    entry: int
    given: list[str]
    comment: str = ""
    points: float | None = None


class _Decided(msgspec.Struct):
    seen: str
    entries: list[_Wish]
    kind: Literal["changed", "stays"]
    sentence: str


class Counter:
    """What each address of them answers."""

    def __init__(self, desk: Desk, beside: Beside, root: str) -> None:
        """Begin with nothing: whatever is shown is read anew."""
        self._desk, self._beside, self._root = desk, beside, root

    def routes(self) -> Mapping[str, tuple[str, Callable[..., Any]]]:
        """Return the addresses below the token."""
        return {
            "requests": ("GET", self.first),
            "request/<string:id_>": ("GET", self.one),
            "request/<string:id_>/step": ("GET", self.step),
            "request/<string:id_>/answer": ("POST", self.answer),
            "request/<string:id_>/picture/<int:number>": ("GET", self.picture),
        }

    def first(self) -> str:
        """Show the first open request."""
        regrading.flush(self._desk)
        found = regrading.cases(self._desk)
        case = next((one for one in found if not one.request.decision), found[0] if found else None)
        if case is None:
            return self._page("requests.html", html="")
        return self._whole(case, done=bool(case.request.decision))

    def one(self, id_: str) -> str:
        """Show a request."""
        return self._whole(self._case(id_))

    def step(self, id_: str) -> dict[str, Any]:
        """Go to the request before, the one after, or the next open one, without deciding."""
        case, found = self._case(id_), regrading.cases(self._desk)
        at = [one.id for one in found].index(case.id)
        by = request.args.get("by", "")
        if by in {"before", "after"}:
            return self._moved(found[(at + (1 if by == "after" else -1)) % len(found)])
        return self._next(case)

    def answer(self, id_: str) -> dict[str, Any]:
        """Decide a request, and show the next open one."""
        case, asked = self._case(id_), sent(_Decided)
        wishes = [Wish(one.entry, one.given, one.comment, one.points) for one in asked.entries]
        settled = regrading.decide(self._desk, case, asked.seen, wishes, (asked.kind, asked.sentence))
        points = settled.new if settled.old == settled.new else f"{settled.old} → {settled.new}"
        return self._next(case, told=f"Saved: {case.answered.part.id} {asked.kind}, {points} points.")

    def picture(self, id_: str, number: int) -> Response:
        """Return a picture of the answer that a request is about."""
        return self._beside.picture(self._case(id_).answered, number)

    def undone(self, act: marking.Act, id_: str) -> dict[str, Any]:
        """Show what an act that was taken back was about; where that is no request, the one that was seen."""
        regrading.flush(self._desk)
        about = act.settles.request if act.settles else id_
        case = next((one for one in regrading.cases(self._desk) if one.id == about), None)
        if case is None:
            raise Stale("Taken back: an answer to a request that is not there any more.")
        told = "this request is open again" if act.settles else "what you did last"
        if case.request.decision and act.settles:
            hand = regrading.is_by_hand(self._desk, case.request)
            told = "what is written in the file stays" if hand else "what was decided before stands again"
        return self._moved(case, told=f"Taken back: {told}.")

    def known(self, at: str) -> str:
        """Return the id of a place that a window names, or 404."""
        return self._case(at.removeprefix(AT)).id

    def _case(self, id_: str) -> Case:
        case = next((one for one in regrading.cases(self._desk) if one.id == id_), None)
        return case or abort(404)

    def _next(self, case: Case, told: str = "") -> dict[str, Any]:
        """Show the open request after one; where none is left that one as it is now."""
        found = regrading.cases(self._desk)
        at = [one.id for one in found].index(case.id)
        around = (*found[at + 1 :], *found[: at + 1])
        after = next((one for one in around if not one.request.decision), None)
        return self._moved(after or found[at], done=after is None, told=told)

    def _whole(self, case: Case, *, done: bool = False) -> str:
        return self._page("requests.html", html=Markup(self._fragment(case, done=done)))  # noqa: S704 - ours

    def _page(self, template: str, **values: Any) -> str:
        return pages.page(template, desk=self._desk, root=self._root, **values)

    def _fragment(self, case: Case, *, done: bool = False, told: str = "") -> str:
        part = case.answered.part
        return pages.page(
            "request.html",
            shown=shown_case(self._desk, case),
            answered=case.answered,
            place=f"{AT}{case.id}",
            root=self._root,
            wanted=pages.wanted(part),
            demonstration=self._beside.demonstrations.get(part.id, ""),
            shows=self._beside.shows(case.answered),
            done=done,
            told=told,
        )

    def _moved(self, case: Case, **values: Any) -> dict[str, Any]:
        return {"html": self._fragment(case, **values), "at": f"{AT}{case.id}"}
