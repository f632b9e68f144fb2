"""The text a person wrote, or a value a program returned -> the versions of named libraries."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .contrary import refuse_not_knowing
from .notation import tidy
from .reading import Reading, Torn, Unreadable, shortened
from .values import listed

ALIASES = {
    "tensorflow": r"(?:tensor[\s-]?flow(?:[-_ ](?:gpu|cpu|macos|nightly))?|tf(?:-nightly)?)(?!\.keras)",
    "keras": r"(?:(?:tf|tensorflow)\.)?keras",
    "numpy": r"numpy|np",
    "python": r"python3?",
}
_OTHERS = (
    "python",
    "numpy",
    "cuda",
    "cudnn",
    "jupyter",
    "sklearn",
    "scikit-learn",
    "matplotlib",
    "pytorch",
    "torch",
    "theano",
)
_VERSION = (
    r"(?<![\w.])v?(\d{1,4}(?:\.\d{1,8}){0,4}(?:[-._]?(?:rc|alpha|beta|dev|post|a|b"
    r"|tf)\.?\d{0,8}(?![a-z]))?(?:\+[A-Za-z0-9.]{1,30})?)(?![\w%])(?!\.\d)"
)


@dataclass(frozen=True)
class _Piece:
    """A library's name ("tensorflow") or a version's number, standing in text[start:end]."""

    start: int
    end: int
    name: str = ""
    version: str = ""


def versions(given: object, *, names: Sequence[str]) -> Reading[dict[str, str]]:
    """Read which version of which library was used; only the names found are in the answer.

    names: lower case, in the order in which a pair of bare versions is meant.
    Torn: two versions of one library. Unreadable: none, or a library is named and its version is not clear.
    """
    text = given if isinstance(given, str) else _as_text(given, names)
    text = re.sub(r"[*`]|<[^<>]{1,40}>", " ", tidy(text).replace(r"\_", "_"))
    pieces = _pieces(text, names)
    found, notes = _in_order(text, pieces, names)
    if len(found) < 2 and (paired := _paired(text, pieces)):
        found, notes = paired, ()
    unbound = [name for name in names if name not in found and any(each.name == name for each in pieces)]
    if found and unbound:
        raise Unreadable(f"No version of {unbound[0]}, which is named here, could be read.")
    _refuse_denied(text, pieces)
    refuse_not_knowing(text)
    answer = {name: _one(name, found[name]) for name in names if name in found}
    if not answer:
        raise Unreadable("No version could be found here.")
    read_as = ", ".join(f"{name} {version}" for name, version in answer.items())
    return Reading(answer, shortened(text), read_as, notes)


def _as_text(given: object, names: Sequence[str]) -> str:
    """Write a dict, a pair of strings or one string as a person would."""
    pairs = list(given.items()) if type(given) is dict else [("", value) for value in listed(given)]
    if not 0 < len(pairs) <= 20 or not all(_is_short(name) and _is_short(value) for name, value in pairs):
        raise Unreadable("Versions were expected as text, for example “2.15.0”.")
    bare = not any(_named(f"{name} {value}", names) for name, value in pairs)
    if bare and type(given) is not dict and len(pairs) == len(names):
        pairs = [(name, value) for name, (_, value) in zip(names, pairs, strict=True)]
    return "\n".join(f"{name} {value}" for name, value in pairs)


def _is_short(value: object) -> bool:
    return type(value) is str and len(value) <= 200


def _named(text: str, names: Sequence[str]) -> bool:
    return any(piece.name for piece in _pieces(text, names))


def _pieces(text: str, names: Sequence[str]) -> list[_Piece]:
    known = [*names, *(name for name in _OTHERS if name not in names)]
    patterns = "|".join(f"({ALIASES.get(name, re.escape(name))})" for name in known)
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{patterns})(?![a-z])|{_VERSION}", re.IGNORECASE)
    found = []
    for match in pattern.finditer(text):
        if match.lastindex and match.lastindex <= len(known):
            found.append(_Piece(match.start(), match.end(), name=known[match.lastindex - 1]))
        elif len(re.split(r"\D", match[len(known) + 1])[0]) < 3:  # 2024 is a year
            found.append(_Piece(match.start(), match.end(), version=match[len(known) + 1]))
    return found


_AFTER = re.compile(
    r"(?:[\s:=\-'\"(),_.>\[\]|]|version|v\b|(?<=')s\b|is|was|used|number|print|and|backend"
    r"|\bthe\b|\bof\b|run\w*|we|are|\bI\b|using|there|here|my|had|have|has|installed|release){0,30}",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"[\s('\"]*(?:for|of|\(|as|is|with)?[\s('\"]*(?:the\s+)?", re.IGNORECASE)


_BOTH = re.compile(r"\s*(?:/|&|\+|and)\s*(?:the\s+)?", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|neither|nor|without|instead of)\b|n't\b)[^.,;\n]{0,30}$", re.IGNORECASE
)


def _refuse_denied(text: str, pieces: list[_Piece]) -> None:
    if any(_DENIED.search(text[max(0, piece.start - 45) : piece.start]) for piece in pieces):
        raise Unreadable("It is said here what was not used; a person has to read it.")


def _paired(text: str, pieces: list[_Piece]) -> dict[str, list[str]]:
    """Give each version to the name before it, or to the one behind it: "2.21.0 for tensorflow"."""
    kinds = "".join("n" if piece.name else "v" for piece in pieces)
    if kinds and kinds == "vn" * (len(kinds) // 2):  # "2.15.0 (TensorFlow), 3.0.5 (Keras)"
        return {name.name: [version.version] for version, name in zip(pieces[::2], pieces[1::2], strict=True)}
    found: dict[str, list[str]] = {}
    taken: set[int] = set()
    for behind in (True, False):
        for index, (a, b) in enumerate(itertools.pairwise(pieces)):
            gap = text[a.end : b.start]
            joined = (_BEFORE if behind else _AFTER).fullmatch(gap) and len(gap) <= 60
            name, version = (b, a) if behind else (a, b)
            at = index if behind else index + 1
            says = not behind or re.search(r"for|of", gap)
            if (
                joined
                and says
                and name.name
                and version.version
                and at not in taken
                and _is_list(text, pieces, at) is False
            ):
                found.setdefault(name.name, []).append(version.version)
                taken.add(at)
                partner = pieces[index - 1] if index and not behind else name
                if partner.name and _BOTH.fullmatch(
                    text[partner.end : name.start]
                ):  # "TensorFlow/Keras 2.15.0"
                    found.setdefault(partner.name, []).append(version.version)
    return found


def _is_list(text: str, pieces: list[_Piece], at: int) -> bool:
    """Say whether versions follow each other after names that follow each other: a and b: 1.0 and 2.0."""
    follows = (
        at + 1 < len(pieces)
        and pieces[at + 1].version
        and re.fullmatch(r"[\s,;&/]*(?:and)?\s*", text[pieces[at].end : pieces[at + 1].start])
    )
    precedes = at and pieces[at - 1].version
    names_before = [piece.name for piece in pieces[:at] if piece.name]
    return bool(follows or precedes) and len(set(names_before)) > 1


def _in_order(
    text: str, pieces: list[_Piece], names: Sequence[str]
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Read "TensorFlow and Keras: 2.4.1 and 2.4.0", "both are 2.15.0", and versions without names."""
    named = list(dict.fromkeys(piece.name for piece in pieces if piece.name))
    numbers = [piece.version for piece in pieces if piece.version]
    if len(named) > 1 and len(numbers) == 1 and re.search(r"\bboth\b", text, re.IGNORECASE):
        return dict.fromkeys(named, numbers), ()
    first_number = next((at for at, piece in enumerate(pieces) if piece.version), 0)
    names_first = (
        len(named) > 1
        and first_number == len(named)
        and len(numbers) == len(named) == len(pieces) - first_number
    )
    rest = "".join(text[a:b] for a, b in _gaps(text, pieces))
    alone = not re.search(r"[A-Za-z]", re.sub(r"(?i)\b(?:and|versions?|both|are|is)\b", "", rest))
    if re.search(r"\bboth\b", text, re.IGNORECASE) and alone and not named and len(numbers) == 1:
        return dict.fromkeys(names, numbers), ()
    bare = not named and alone and len(numbers) == len(names) and all("." in number for number in numbers)
    if names_first or bare:
        return {name: [number] for name, number in zip(named or names, numbers, strict=True)}, (
            "read in the order given",
        )
    return {}, ()


def _gaps(text: str, pieces: list[_Piece]) -> list[tuple[int, int]]:
    ends = [0, *(piece.end for piece in pieces)]
    return list(zip(ends, [*(piece.start for piece in pieces), len(text)], strict=True))


def _one(name: str, found: list[str]) -> str:
    """Return the one version; "2" beside "2.15.0" says the same less exactly."""
    longest = max(found, key=len)
    if any(not (longest + ".").startswith(each + ".") and each != longest for each in found):
        raise Torn(*(f"{name} {version}" for version in dict.fromkeys(found)))
    return longest
