"""the files of a Gradescope "Export submissions" -> Export: submission_metadata.yml and what lies beside it.

The keys of the metadata are the names beside it (`submission_123`, or `123.pdf`); those below are Ruby's
symbols (`:submitters:`), here plain text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from grader.classes.fault import BadClass, Unreadable
from grader.classes.handed import Export, Handed, System, Who
from grader.classes.listing import Member
from grader.classes.metadata import FAULT, MAX_METADATA, metadata
from grader.classes.table import folded
from grader.classes.times import moment

_AT_THE_TOP = re.compile(r"(?:assignment_\d+_export/)?submission_metadata\.yml")
_NAMED = re.compile(
    r"assignment_\d+_export/.*|submission_metadata\.yml|submission_\d+(?:/.*)?|\d+(?:\.\w+)?/?", re.DOTALL
)
_SET_BY_PEOPLE = ("sis", "email")


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
    submissions = _metadata(found[0])
    files: dict[str, list[tuple[str, Member]]] = {key: [] for key in submissions}
    aside = []
    for member in members:
        top, _, below = member.path.removeprefix(folder).partition("/")
        if member.path.startswith(folder) and top in files:
            files[top].append((below or top, member))
        elif member is not found[0]:
            aside.append(member.path)
    handed = [_handed(key, told, files[key]) for key, told in submissions.items()]
    shared = _shared([who for one in handed for who in one.who])
    return Export(System.GRADESCOPE, tuple(replace(one, claimed=shared) for one in handed), tuple(aside))


def _shared(whos: Sequence[Who]) -> frozenset[str]:
    """Return the ids that several people bear: whoever sets a student ID may set another's."""
    bearers: dict[tuple[str, str], list[Who]] = defaultdict(list)
    for who in whos:
        for kind in _SET_BY_PEOPLE:
            if own := who.get(kind, "").casefold():
                bearers[kind, own].append(who)
    return frozenset(
        own for (kind, own), same in bearers.items() if not all(_one(same[0], who, kind) for who in same)
    )


def _one(who: Who, other: Who, kind: str) -> bool:
    """Say whether two who share an id are one: by the other id, or by the name where one has none."""
    further = next(key for key in _SET_BY_PEOPLE if key != kind)
    if who.get(further) and other.get(further):
        return who[further].casefold() == other[further].casefold()
    return folded(who.get("name", "")) == folded(other.get("name", ""))


def _handed(key: str, told: Mapping[str, Any], files: list[tuple[str, Member]]) -> Handed:
    """Return a submission; what its metadata do not say plainly, a person has to settle, for it alone."""
    number = re.sub(r"\D", "", key)
    listed, created = told.get(":submitters"), told.get(":created_at")
    who = [_who(one, number) for one in listed or [] if isinstance(one, Mapping)]
    doubts = [f"the export's metadata: {told[FAULT]}"] if FAULT in told else []
    if not who:
        doubts.append("the export's metadata do not say whose this is")
    submitted = None
    try:
        submitted = moment(created, None) if isinstance(created, str) else None
    except ValueError as fault:
        doubts.append(f"the export's metadata, :created_at: {fault}")
    return Handed(
        who=tuple(who) or ({"name": key, "gradescope": number},),
        files=tuple(files),
        submitted=submitted,
        order=int(number[:18] or 0),
        attention=tuple(doubts),
    )


def _who(submitter: Mapping[str, Any], number: str) -> Who:
    told = {"name": ":name", "sis": ":sid", "email": ":email"}
    who = {key: str(submitter.get(name) or "").strip() for key, name in told.items()}
    return {key: text for key, text in who.items() if text and text != "null"} | {"gradescope": number}


def _metadata(member: Member) -> Mapping[str, Mapping[str, Any]]:
    """Read the metadata as plain text. Raises BadClass."""
    try:
        return metadata(member.read(MAX_METADATA, MAX_METADATA))
    except (yaml.YAMLError, Unreadable, ValueError) as fault:
        raise BadClass(f"{member.path}: {' '.join(str(fault).split())}") from None
