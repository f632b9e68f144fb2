"""a function, many tuples of arguments -> what each call came to, in one answer: [node], [array].

An outcome is ("returned", value, changed) or ("raised", [fault, message, traceback], kinds): `changed` says
whether the call changed its arguments, `kinds` are the built-in exceptions that what it raised is one of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from . import wire
from .stops import Stop

Described = Callable[[BaseException], Stop]  # what an exception in student code comes to
Told = Callable[[Any, wire.NotPlain], str]  # what is wrong with a value that cannot be handed over


def outcomes(
    function: Callable[..., Any], cases: Sequence[Sequence[Any]], described: Described, told: Told
) -> tuple[Any, list[Any]]:
    """Call the function once for each case; return all outcomes as a node and its arrays.

    Each value is copied before the next call, so that what a call does to an earlier value changes nothing.
    Raises NotPlain where all of them together are more than an answer can hold.
    """
    packing = wire.Packing()
    nodes = [_outcome(function, arguments, packing, described, told) for arguments in cases]
    return ["l", nodes], packing.arrays


def _outcome(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    packing: wire.Packing,
    described: Described,
    told: Told,
) -> Any:
    before = _fingerprint(arguments)
    try:
        value = function(*arguments)
    except BaseException as error:  # noqa: BLE001 (student code may raise anything, SystemExit included)
        return _raised(described(error), error, packing)
    try:
        node, arrays = wire.pack(value)
    except wire.NotPlain as not_plain:
        return _raised(Stop("malformed", told(value, not_plain), ""), not_plain, packing)
    except BaseException as error:  # noqa: BLE001 (the value's own methods are the student's)
        return _raised(described(error), error, packing)
    packing.spend(len(json.dumps(node)))
    for array in arrays:
        packing.add(array.copy(order="K"))
    return ["t", ["returned", node, _fingerprint(arguments) != before]]


def _raised(stop: Stop, error: BaseException, packing: wire.Packing) -> Any:
    kinds = [base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"]
    node, _ = wire.pack(("raised", [stop.fault, stop.message[:2000], stop.traceback[:10_000]], kinds))
    packing.spend(len(json.dumps(node)))
    return node


def _fingerprint(arguments: Sequence[Any]) -> object:
    """Return what is the same only while the arguments are: kinds, sizes and every byte."""
    try:
        node, arrays = wire.pack(list(arguments))
    except wire.NotPlain:  # something was put into a list
        return None
    return node, [(array.dtype.str, array.shape, array.tobytes()) for array in arrays]
