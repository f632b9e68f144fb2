"""Lines -> those that look like headings and are in a place where headings stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.ingest.course import Course
from grader.ingest.document import Item, Line
from grader.ingest.headings import Heading, heading

_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,}|~{3,}|\^{3,}|\"{3,}|\*{3,})\s*$")
_LEADERS = re.compile(r"(?:\.{3,}|(?:\s\.){3,}|…{2,})[\s.]{0,9}(?:\d{1,3}|[ivx]{1,5})?\s*$")
_ANCHOR = re.compile(r"\s{0,12}(?:[-+*]|\d{1,2}[.)])?\s{0,4}\[[^\]]{1,200}\]\(#[^)]{0,200}\)\s*$")
_SENTENCE = re.compile(
    r"is|are|was|were|has|had|have|does|did|can|could|will|would|shows?|showed|asks?|asked|says?|said|and|or|but"
    r"|uses?|used|above|below|for|in|of|on|to|as|with|where|which|that|from|gives?|gave|states?"
)


@dataclass(frozen=True)
class Candidate:
    """A line that may be a heading. Its body begins at `body`, after a line that underlines it."""

    index: int
    body: int
    heading: Heading
    fresh: bool  # a paragraph begins here
    wrapped: bool  # the line goes on with a long one's sentence


def candidates(items: Sequence[Item], course: Course) -> tuple[list[Candidate], frozenset[int]]:
    """Return what may be headings, and the indexes of a table of contents' lines."""
    found: list[Candidate] = []
    contents: set[int] = set()
    for index, item in enumerate(items):
        if not isinstance(item, Line) or not item.text.strip():
            continue
        if _ANCHOR.match(item.text) or _is_leader(item.text):
            contents.add(index)
            continue
        underlined = _underlined(items, index)
        looks = _looks(item, course, underlined=underlined)
        if looks and (not looks.letter or _listed(looks, course)):
            before = _before(items, index, found)
            candidate = Candidate(index, index + 1 + underlined, looks, _fresh(before), _wrapped(before))
            if _plausible(candidate):
                found.append(candidate)
    return found, frozenset(contents)


def _looks(line: Line, course: Course, *, underlined: bool) -> Heading | None:
    found = _title_alone(line.text, course) or heading(line.text, underlined=underlined)
    if found and underlined and found.rank < 3:
        found = heading(line.text)  # "(b) 228" above a rule is no more of a heading than without it
    return None if line.quiet and found and found.rank < 3 else found


def _is_leader(line: str) -> bool:
    found = _LEADERS.search(line, max(0, len(line) - 200))
    return bool(found) and heading(line) is not None


def _underlined(items: Sequence[Item], index: int) -> bool:
    below = items[index + 1] if index + 1 < len(items) else None
    return isinstance(below, Line) and bool(_UNDERLINE.match(below.text[:300])) and len(below.text) < 300


def _title_alone(line: str, course: Course) -> Heading | None:
    r"""Return a section's heading where its title stands alone: "## Networks", "\section{Networks}"."""
    if len(line) > 200:
        return None
    bare = re.sub(r"^\s*(?:\#{1,6}|\*{1,3}|\\\w{1,15}\*?\{)?\s*|[\s}*#:.]+$", "", line).casefold()
    for number, title in course.titles.items():
        if title and bare == title.casefold():
            return Heading(number, mark="#", title=title)
    return None


def _listed(looks: Heading, course: Course) -> bool:
    """Say whether some part has the heading's section and letter."""
    if looks.number:
        return course.part(looks.number, looks.letter) is not None
    return any(looks.letter in letters for letters in course.parts.values())


def _before(items: Sequence[Item], index: int, found: Sequence[Candidate]) -> str:
    """Return the line above, or '' where nothing that goes on stands there."""
    above = items[index - 1] if index else None
    if not isinstance(above, Line) or above.quiet or (found and found[-1].body == index):
        return ""
    return above.text.strip()


def _fresh(before: str) -> bool:
    return not before or before[-1] in ".!?:;$}>"


def _wrapped(before: str) -> bool:
    return len(before) >= 50 and (before[-1].islower() or before[-1] == ",")


def _plausible(candidate: Candidate) -> bool:
    """Say whether a part's label begins a heading here, rather than a sentence."""
    looks = candidate.heading
    if not looks.letter:
        return True
    follows = looks.title or looks.rest
    if candidate.wrapped and not looks.mark and (looks.delimiter == "." or (follows and not looks.delimiter)):
        return False
    if not follows or looks.delimiter or not follows[0].isalpha():
        return not follows or not _formula(looks, follows)
    return _begins_a_title(candidate, follows)


def _begins_a_title(candidate: Candidate, follows: str) -> bool:
    """Say whether words right after a label are a title or an answer: "3B Parameters", not "3B is like"."""
    first = follows.split(maxsplit=1)[0].strip(",.;")
    if _SENTENCE.fullmatch(first):
        return False
    return candidate.fresh or first[0].isupper()


def _formula(looks: Heading, follows: str) -> bool:
    """Say whether "2a + b = 1" is a line of algebra."""
    if looks.word or looks.mark or not looks.glued or looks.style == "X":
        return False
    return follows[0] in "+*/^<>|&" or (follows[0] in "=-–" and not looks.delimiter and "=" in follows)
