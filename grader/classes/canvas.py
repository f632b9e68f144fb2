"""the files of a Canvas submissions zip -> Export. Format: canvas-lms, lib/content_zipper.rb.

`<name>[_LATE]_<user id>_<file id>_<file>`, or `…_<user id>_text.html` and `…_link.html`; `anon_<id>` for the
user where grading is anonymous. The name is the sortable one in small letters, all signs left out; of a group
it is the group's, with the id of one of its members. No time stands anywhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.classes.handed import Export, Handed, System
from grader.classes.listing import Member

# Canvas itself takes the first two numbers between underscores for the user's id and the file's.
_FILE = re.compile(
    r"(?:(?P<name>[^/]*?)_)??(?P<late>LATE_)?(?P<user>\d{1,19}|anon_[A-Za-z0-9]{1,40})_"
    r"(?:(?P<file>\d{1,19})_(?P<original>[^/]+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
_AGAIN = re.compile(r"(.+)-(\d{1,2})(\.[^.]*)?")  # what Canvas makes of a name that was uploaded before


@dataclass(frozen=True)
class _File:
    name: str
    user: str
    late: bool
    number: int  # of the upload: a later one has a higher
    original: str
    member: Member


def knows(members: Sequence[Member]) -> bool:
    """Say whether most of the files are named as Canvas names them, all in one heap."""
    return 2 * sum(_told(member) is not None for member in members) > len(members)


def export(members: Sequence[Member], attempts: str) -> Export:
    """Return the submissions of a Canvas class.

    Of files of one student that were uploaded again (`ps4.py`, `ps4-1.py`), the last counts, or the first.
    """
    files, aside = [], []
    for member in members:
        told = _told(member)
        if told is None:
            aside.append(member.path)
        else:
            files.append(_file(told, member))
    whose: dict[tuple[str, str], list[_File]] = defaultdict(list)
    for file in files:
        whose[file.user, file.name].append(file)
    names = Counter(user for user, _ in whose)
    handed = [_handed(*key, own, attempts, disputed=names[key[0]] > 1) for key, own in whose.items()]
    return Export(System.CANVAS, tuple(handed), tuple(aside))


def _told(member: Member) -> re.Match[str] | None:
    return None if "/" in member.path else _FILE.fullmatch(member.path)


def _file(told: re.Match[str], member: Member) -> _File:
    original = f"_{told['typed']}.html" if told["typed"] else told["original"]
    number = int(told["file"] or 0)
    return _File(told["name"] or "", told["user"], bool(told["late"]), number, original, member)


def _handed(user: str, name: str, files: list[_File], attempts: str, *, disputed: bool) -> Handed:
    kept = _counted(files, first=attempts == "first")
    again = f"files were uploaded several times: the {'first' if attempts == 'first' else 'last'} count"
    return Handed(
        who=({"name": name or "anonymous", "canvas": user.removeprefix("anon_")},),
        files=tuple(_named(kept)),
        team=name,
        late=any(file.late for file in files),
        disputed=disputed,
        notes=(again,) if len(kept) < len(files) else (),
    )


def _counted(files: Iterable[_File], *, first: bool) -> list[_File]:
    """Return of each file that was uploaded several times the one that counts, by the order of uploads."""
    chosen: dict[str, _File] = {}
    for file in sorted(files, key=lambda file: file.number, reverse=first):
        chosen[_before(file.original)] = file
    return sorted(chosen.values(), key=lambda file: file.number)


def _before(original: str) -> str:
    """Return the name under which a file was uploaded the first time: ps4-1.py was ps4.py."""
    again = _AGAIN.fullmatch(original)
    return f"{again[1]}{again[3] or ''}" if again else original


def _named(files: Sequence[_File]) -> Iterable[tuple[str, Member]]:
    for file in files:
        yield _before(file.original) if PurePosixPath(file.original).suffix else file.original, file.member
