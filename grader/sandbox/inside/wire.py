"""a value of any kind -> plain data and raw arrays; frames <-> a socket.

A frame is `u32 length, big-endian | JSON header | raw bytes of the arrays`, the arrays in the order in which
they stand in the header. A plain value in a header is null, a boolean, a number or a text as itself, else
["i", hex], ["f", text], ["c", real, imaginary], ["l", items], ["t", items], ["d", [[key, value], ...]] or
["a"] for the next array. The other end, which trusts nothing of it, is grader/sandbox/wire.py.
"""

from __future__ import annotations

import gc
import json
import math
import numbers
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MAX_PLAIN = 8 << 20  # bytes of a value in a header, by an upper estimate
MAX_HEADER = MAX_PLAIN + (1 << 16)
MAX_ARRAYS = 512 << 20  # bytes of all arrays of a frame
MAX_COUNT = 10_000  # arrays of a frame, entries of a dict
MAX_DEPTH = 32
MAX_BITS = 4096
KINDS = "biufc"  # of NumPy: booleans, integers, floats, complex numbers


class NotPlain(Exception):
    """The value cannot be handed over; the text says what it is: "a function"."""


class Refused(Exception):
    """The judge does not do what it was asked; the text says why."""


@dataclass
class Packing:
    """What has gathered so far while a value is taken apart."""

    arrays: list[Any] = field(default_factory=list)
    room: int = MAX_PLAIN  # bytes left for plain data
    array_room: int = MAX_ARRAYS

    def spend(self, size: int) -> None:
        """Account for `size` more bytes, so that a small tangle cannot unfold without end."""
        self.room -= size
        if self.room < 0:
            raise NotPlain("more than 8 MB of plain data")

    def paid(self, node: Any) -> Any:
        """Return a number's node, accounted for."""
        self.spend(len(repr(node)))
        return node

    def add(self, array: Any) -> None:
        """Take an array along."""
        self.arrays.append(array)
        self.array_room -= array.nbytes
        self.spend(64 + 20 * array.ndim)
        if self.array_room < 0:
            raise NotPlain(f"more than {MAX_ARRAYS >> 20} MB of arrays")
        if len(self.arrays) > MAX_COUNT:
            raise NotPlain(f"more than {MAX_COUNT} arrays")


def pack(value: Any) -> tuple[Any, list[Any]]:
    """Return the value as a header's node and its arrays. Raises NotPlain.

    Subclasses are reduced by the means of their base classes, whatever they say of themselves.
    """
    packing = Packing()
    collecting = gc.isenabled()
    gc.disable()  # it would go through all that was packed so far, again and again, and find nothing
    try:
        return _node(value, 0, packing), packing.arrays
    finally:
        if collecting:
            gc.enable()


def _node(value: Any, depth: int, packing: Packing) -> Any:
    packing.spend(4 + depth * depth // 8)  # a tangle nested deep takes the longest, and is nobody's answer
    if depth > MAX_DEPTH:
        raise NotPlain(f"nested more than {MAX_DEPTH} deep, or holds itself")
    if value is None or value is True or value is False:
        return value
    kind = type(value)
    for base, reduce in REDUCERS.items():
        if issubclass(kind, base):
            return reduce(value, depth, packing)
    numpy = sys.modules.get("numpy")
    if numpy is not None and (issubclass(kind, numpy.ndarray) or hasattr(kind, "__array__")):
        return _array(value, depth, packing, numpy)
    if issubclass(kind, numbers.Integral):
        return _int(int(value), depth, packing)
    if issubclass(kind, numbers.Real):
        return _float(float(value), depth, packing)
    raise NotPlain(kind_of(value))


def _int(value: int, _depth: int, packing: Packing) -> Any:
    value = int.__int__(value)
    if value.bit_length() > MAX_BITS:
        raise NotPlain(f"an integer of more than {MAX_BITS} bits")
    return packing.paid(value if value.bit_length() < 64 else ["i", hex(value)])


def _float(value: float, _depth: int, packing: Packing) -> Any:
    value = float.__float__(value)
    return packing.paid(value if math.isfinite(value) else ["f", repr(value)])


def _complex(value: complex, _depth: int, packing: Packing) -> Any:
    value = complex.__complex__(value)
    return packing.paid(["c", repr(value.real), repr(value.imag)])


def _str(value: str, _depth: int, packing: Packing) -> Any:
    value = str.__str__(value)
    packing.spend(len(json.dumps(value)))
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotPlain("a text with half a character in it (a lone surrogate)") from None
    return value


def _list(value: list[Any], depth: int, packing: Packing) -> Any:
    packing.spend(8)
    return ["l", [_node(item, depth + 1, packing) for item in list.__iter__(value)]]


def _tuple(value: tuple[Any, ...], depth: int, packing: Packing) -> Any:
    packing.spend(8)
    return ["t", [_node(item, depth + 1, packing) for item in tuple.__iter__(value)]]


def _dict(value: dict[Any, Any], depth: int, packing: Packing) -> Any:
    if dict.__len__(value) > MAX_COUNT:
        raise NotPlain(f"a dict of more than {MAX_COUNT} entries")
    packing.spend(8 + 4 * dict.__len__(value))
    return ["d", [[_key(key, packing), _node(item, depth + 1, packing)] for key, item in dict.items(value)]]


def _key(key: Any, packing: Packing) -> Any:
    node = _node(key, 0, packing)
    if isinstance(node, (str, int, float)):
        return node
    raise NotPlain("a dict with a key that is neither a text nor a number")


def _array(value: Any, depth: int, packing: Packing, numpy: Any) -> Any:
    array = numpy.asarray(value)
    if array.dtype.kind == "U" and array.size <= MAX_PLAIN:
        return _node(array.tolist(), depth, packing)
    if array.dtype.kind == "O":
        raise NotPlain("an array of objects instead of numbers")
    if array.dtype.kind not in KINDS:
        raise NotPlain(f"an array of {array.dtype.name} instead of numbers")
    if issubclass(type(value), numpy.generic):
        return _node(_scalar(array), depth, packing)
    packing.add(array)
    return ["a"]


def _scalar(array: Any) -> Any:
    """Return the Python number in a 0-d array; `item` leaves a long double as it is."""
    number = array.item()
    if array.dtype.kind == "c":
        return complex(number)
    return float(number) if array.dtype.kind == "f" else number


REDUCERS: dict[type, Callable[[Any, int, Packing], Any]] = {
    int: _int,
    float: _float,
    complex: _complex,
    str: _str,
    list: _list,
    tuple: _tuple,
    dict: _dict,
}


def kind_of(value: Any) -> str:
    """Return what a value is, for a sentence: "a function"."""
    name = type(value).__name__
    known = {
        "builtin_function_or_method": "a function",
        "function": "a function",
        "method": "a function",
        "type": "a class",
        "ABCMeta": "a class",
        "module": "a module",
        "generator": "a generator",
        "coroutine": "a coroutine",
        "set": "a set",
        "ellipsis": "`...`",
    }
    return known.get(name, f"an object of type {name[:60]}")


def frame(header: dict[str, Any], arrays: list[Any]) -> list[Any]:
    """Return the pieces of a frame, to be sent one after the other."""
    laid = [_laid_out(array) for array in arrays]
    if arrays:
        header = {**header, "arrays": [head for head, _ in laid]}
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode("ascii")
    return [struct.pack(">I", len(text)) + text, *(raw for _, raw in laid)]


def _laid_out(array: Any) -> tuple[list[Any], memoryview]:
    """Return an array's head, [dtype, shape, order, bytes], and its bytes in that order."""
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    flat = array.reshape(-1, order=order).view("u1")
    return [array.dtype.str, list(array.shape), order, array.nbytes], memoryview(flat)


def send(channel: socket.socket, header: dict[str, Any], arrays: list[Any]) -> None:
    """Send a frame. Raises OSError."""
    for piece in frame(header, arrays):  # an array's own memory, where it lies in one piece
        channel.sendall(piece)


def ask(channel: socket.socket, number: int, what: str, value: Any) -> Any:
    """Return what the judge answers to a wish during request `number`. Raises Refused, NotPlain, EOFError."""
    node, arrays = pack(value)
    send(channel, {"kind": "ask", "id": number, "what": what, "value": node}, arrays)
    header, answered = receive(channel)
    if header["op"] == "refuse":
        raise Refused(header["message"])
    return unpack(header["value"], answered)


def receive(channel: socket.socket) -> tuple[dict[str, Any], list[Any]]:
    """Return the next request's header and its arrays. Raises EOFError. Only the judge writes here."""
    (size,) = struct.unpack(">I", _exactly(channel, bytearray(4)))
    header: dict[str, Any] = json.loads(_exactly(channel, bytearray(size)))
    return header, [_receive_array(channel, head) for head in header.pop("arrays", [])]


def _receive_array(channel: socket.socket, head: list[Any]) -> Any:
    import numpy as np

    dtype, shape, order, _ = head
    array = np.empty(shape, dtype, order=order)
    _exactly(channel, array.reshape(-1, order=order).view(np.uint8))
    return array


def _exactly(channel: socket.socket, buffer: Any) -> Any:
    view = memoryview(buffer)
    while view:
        got = channel.recv_into(view, 0, socket.MSG_WAITALL)  # one call, not one for each full buffer
        if not got:
            raise EOFError
        view = view[got:]
    return buffer


def unpack(node: Any, arrays: list[Any]) -> Any:
    """Return the value that `pack` made a node of; `arrays` is used up, first to last."""
    if not isinstance(node, list):
        return node
    tag, *rest = node
    if tag == "a":
        return arrays.pop(0)
    if tag == "i":
        return int(rest[0], 16)
    if tag in "fc":
        numbers_ = [float(text) for text in rest]
        return numbers_[0] if tag == "f" else complex(*numbers_)
    if tag == "d":
        return {key: unpack(item, arrays) for key, item in rest[0]}
    items = [unpack(item, arrays) for item in rest[0]]
    return items if tag == "l" else tuple(items)
