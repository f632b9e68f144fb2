"""the files of a Canvas submissions zip -> Export. Format: canvas-lms, lib/content_zipper.rb.

`<name>[_LATE]_<user id>_<file id>_<file>`, or `…_<user id>_text.html` and `…_link.html`; `anon_<id>` for the
user where grading is anonymous. The name is the sortable one in small letters, all signs left out; of a group
it is the group's, with the id of one of its members. No time stands anywhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.classes.handed import Export, Handed, System
from grader.classes.listing import Member

# Canvas itself takes the first two numbers between underscores for the user's id and the file's. A name is
# before them, which may be a number; none is where grading is anonymous.
_FILE = re.compile(
    r"(?:(?=(?:LATE_)?anon_)|(?P<name>[^/]*?)_)(?P<late>LATE_)?(?P<user>\d{1,19}|anon_[A-Za-z0-9]{1,40})_"
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
    return 2 * sum(map(named, members)) > len(members)


def named(member: Member) -> bool:
    """Say whether Canvas names a file so."""
    return _told(member) is not None


def export(members: Sequence[Member], attempts: str) -> Export:
    """Return the submissions of a Canvas class.

    Of a student's files that were uploaded again (`ps4.py`, then `ps4-1.py`), the last counts, or the first.
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
        files=tuple((called, file.member) for called, file in kept.items()),
        team=name,
        late=any(file.late for file in files),
        disputed=disputed,
        notes=(again,) if len(kept) < len(files) else (),
        attention=tuple(_unsure(files, kept)),
    )


def _counted(files: Sequence[_File], *, first: bool) -> dict[str, _File]:
    """Return of each file that was uploaded several times the one that counts, by the order of uploads.

    ps4-1.py was uploaded again where a ps4.py came before it; problem-1.md beside problem-2.md is a name.
    """
    numbers = {file.original: file.number for file in files}
    chosen: dict[str, _File] = {}
    for file in sorted(files, key=lambda file: file.number, reverse=first):
        before = _before(file.original)
        chosen[before if numbers.get(before, file.number + 1) < file.number else file.original] = file
    alike = Counter(map(_before, chosen))
    called = ((_before(name) if alike[_before(name)] == 1 else name, file) for name, file in chosen.items())
    named = {name if PurePosixPath(name).suffix else file.original: file for name, file in called}
    return dict(sorted(named.items(), key=lambda item: item[1].number))


def _unsure(files: Sequence[_File], kept: Mapping[str, _File]) -> Iterator[str]:
    """Say which numbers may be a student's own or Canvas's: staff have to look."""
    families: dict[str, list[str]] = defaultdict(list)
    for file in files:
        if (before := _before(file.original)) != file.original:
            families[before].append(file.original)
    count = {file.original for file in kept.values()}
    for names in families.values():
        if len(names) > 1:
            left_out = ", ".join(name for name in names if name not in count)
            read = f"not read: {left_out}" if left_out else "all are read"
            yield f"{', '.join(names)}: several files, or one that was uploaded again? ({read})"


def _before(original: str) -> str:
    """Return the name under which a file was uploaded the first time: ps4-1.py was ps4.py."""
    again = _AGAIN.fullmatch(original)
    return f"{again[1]}{again[3] or ''}" if again else original
