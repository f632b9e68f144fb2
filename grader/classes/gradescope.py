"""the files of a Gradescope "Export submissions" -> Export: submission_metadata.yml and what lies beside it.

The keys of the metadata are the names beside it (`submission_123`, or `123.pdf`); those below are Ruby's
symbols (`:submitters:`), here plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from grader.classes.fault import BadClass, Unreadable
from grader.classes.handed import Export, Handed, System, Who
from grader.classes.listing import Member
from grader.classes.times import moment

_AT_THE_TOP = re.compile(r"(?:assignment_\d+_export/)?submission_metadata\.yml")
_NAMED = re.compile(
    r"assignment_\d+_export/.*|submission_metadata\.yml|submission_\d+(?:/.*)?|\d+(?:\.\w+)?/?", re.DOTALL
)
MAX_METADATA = 200_000_000  # bytes: what autograders printed is in there
_DEEPEST = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WANTED = (":submitters", ":created_at")


def knows(members: Sequence[Member]) -> bool:
    """Say whether the metadata lie at the top, or in the only folder there.

    A student's own file of that name, in a class from elsewhere, lies in a folder with another name.
    """
    return any(_AT_THE_TOP.fullmatch(member.path) for member in members)


def named(member: Member) -> bool:
    """Say whether Gradescope names a file so."""
    return _NAMED.fullmatch(member.path) is not None


def export(members: Sequence[Member]) -> Export:
    """Return the submissions of a Gradescope class. Raises BadClass where its metadata are odd."""
    found = [member for member in members if _AT_THE_TOP.fullmatch(member.path)]
    folder = found[0].path.removesuffix("submission_metadata.yml")
    metadata = _metadata(found[0])
    files: dict[str, list[tuple[str, Member]]] = {key: [] for key in metadata}
    aside = []
    for member in members:
        top, _, below = member.path.removeprefix(folder).partition("/")
        if member.path.startswith(folder) and top in files:
            files[top].append((below or top, member))
        elif member is not found[0]:
            aside.append(member.path)
    handed = (_handed(key, told, files[key], found[0]) for key, told in metadata.items())
    return Export(System.GRADESCOPE, tuple(handed), tuple(aside))


def _handed(key: str, told: Any, files: list[tuple[str, Member]], metadata: Member) -> Handed:
    submitters = told.get(":submitters") if isinstance(told, Mapping) else None
    number = re.sub(r"\D", "", key)
    who = [_who(one, number) for one in submitters or [] if isinstance(one, Mapping)]
    created = told.get(":created_at") if isinstance(told, Mapping) else None
    try:
        submitted = moment(created, None) if isinstance(created, str) else None
    except ValueError as fault:
        raise BadClass(f"{metadata.path}, {key}, :created_at: {fault}") from None
    return Handed(
        who=tuple(who) or ({"name": key, "gradescope": number},),
        files=tuple(files),
        submitted=submitted,
        order=int(number[:18] or 0),
    )


def _who(submitter: Mapping[str, Any], number: str) -> Who:
    told = {"name": ":name", "sis": ":sid", "email": ":email"}
    who = {key: str(submitter.get(name) or "").strip() for key, name in told.items()}
    return {key: text for key, text in who.items() if text and text != "null"} | {"gradescope": number}


def _metadata(member: Member) -> Mapping[str, Any]:
    """Read the metadata as plain text. Raises BadClass."""
    try:
        events = yaml.parse(
            member.read(MAX_METADATA, MAX_METADATA).decode("utf-8", "replace"), Loader=_LOADER
        )
        told = _document(events)
    except (yaml.YAMLError, Unreadable, ValueError, RecursionError) as fault:
        raise BadClass(f"{member.path}: {' '.join(str(fault).split())}") from None
    if not isinstance(told, Mapping) or not told:
        raise BadClass(f"{member.path}: expected the submissions, each with its :submitters:")
    return told


def _document(events: Iterator[yaml.Event]) -> Any:
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            return _node(next(events), events, {}, 0)
    return None


def _node(event: yaml.Event, events: Iterator[yaml.Event], texts: dict[str, str], depth: int) -> Any:
    """Build what an event begins: text, lists and mappings of text, nothing else.

    No scalar is a number (an id may start with 0), no tag is followed, and only text may be repeated by an
    alias, so that nothing grows. Of a submission only what is wanted is kept.
    """
    if depth > _DEEPEST:
        raise ValueError("nested more deeply than any export")
    if isinstance(event, yaml.AliasEvent):
        if event.anchor not in texts:
            raise ValueError(f"{_line(event)}: an alias that is no text is not followed")
        return texts[event.anchor]
    if (tag := getattr(event, "tag", None)) not in {None, "!"}:
        raise ValueError(f"{_line(event)}: the tag {tag} is not followed")
    if isinstance(event, yaml.ScalarEvent):
        if event.anchor:
            texts[event.anchor] = event.value
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return [_node(item, events, texts, depth + 1) for item in _until(yaml.SequenceEndEvent, events)]
    found = {}
    for key_event in _until(yaml.MappingEndEvent, events):
        key = _node(key_event, events, texts, depth + 1)
        value = _node(next(events), events, texts, depth + 1)
        if isinstance(key, str) and (depth != 1 or key.removesuffix(":") in _WANTED):
            found[key.removesuffix(":")] = value
    return found


def _line(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else "somewhere"


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, end):
            return
        yield event
