"""bytes from a runner -> plain data, or Torn.

Nothing a runner says is believed: each header is checked against a type, each array's size against its shape
before memory is set aside, and every value is rebuilt here from exact built-in types and plain arrays.
The layout is described in inside/wire.py.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from grader.sandbox.inside import wire as inside

Fill = Callable[[memoryview], None]  # fills the buffer it is given, or raises
Size = Annotated[int, Meta(ge=0, le=2**62)]
Short = Annotated[str, Meta(max_length=32)]


class Torn(Exception):
    """What came is not what a runner sends."""


class BigInt(Struct, array_like=True, tag="i", forbid_unknown_fields=True, frozen=True):
    """An integer of more than 64 bits, in hexadecimal."""

    text: Annotated[str, Meta(pattern=r"\A-?0x[0-9a-f]{1,1024}\Z")]


class Special(Struct, array_like=True, tag="f", forbid_unknown_fields=True, frozen=True):
    """A float that JSON has no name for."""

    text: Literal["nan", "inf", "-inf"]


class Complex(Struct, array_like=True, tag="c", forbid_unknown_fields=True, frozen=True):
    """A complex number."""

    real: Short
    imaginary: Short


class Items(Struct, array_like=True, tag="l", forbid_unknown_fields=True, frozen=True):
    """A list."""

    items: list[Node]


class Fixed(Struct, array_like=True, tag="t", forbid_unknown_fields=True, frozen=True):
    """A tuple."""

    items: list[Node]


class Pairs(Struct, array_like=True, tag="d", forbid_unknown_fields=True, frozen=True):
    """A dict."""

    items: Annotated[list[tuple[bool | int | float | str, Node]], Meta(max_length=inside.MAX_COUNT)]


class NextArray(Struct, array_like=True, tag="a", forbid_unknown_fields=True, frozen=True):
    """The next of the arrays behind the header."""


Node = None | bool | int | float | str | BigInt | Special | Complex | Items | Fixed | Pairs | NextArray


class Head(Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """An array's kind and size."""

    dtype: Annotated[str, Meta(pattern=r"\A[<>|][" + inside.KINDS + r"](1|2|4|8|16|32)\Z")]
    shape: Annotated[list[Size], Meta(max_length=32)]
    order: Literal["C", "F"]
    nbytes: Annotated[int, Meta(ge=0, le=inside.MAX_ARRAYS)]


class Ready(Struct, tag_field="kind", tag="ready", forbid_unknown_fields=True, frozen=True):
    """The runner waits for student code; `layers` are the parts of the wall that hold around it."""

    layers: Annotated[list[Short], Meta(max_length=8)] = []


class Unready(Struct, tag_field="kind", tag="unready", forbid_unknown_fields=True, frozen=True):
    """The runner could not make ready."""

    reason: str


class Entering(Struct, tag_field="kind", tag="entering", forbid_unknown_fields=True, frozen=True):
    """A cell is about to run."""

    id: int
    cell: int


class Loaded(Struct, tag_field="kind", tag="loaded", forbid_unknown_fields=True, frozen=True):
    """All cells ran."""

    id: int
    notes: list[str]


class Fault(Struct, tag_field="kind", tag="fault", forbid_unknown_fields=True, frozen=True):
    """There is no value, and why."""

    id: int
    fault: Literal["missing", "crashed", "malformed", "over_limit", "untrained"]
    message: str
    traceback: str


class Value(Struct, tag_field="kind", tag="value", forbid_unknown_fields=True, frozen=True):
    """A value, still as it came."""

    id: int
    value: Node
    arrays: Annotated[list[Head], Meta(max_length=inside.MAX_COUNT)] = []


class Ask(Struct, tag_field="kind", tag="ask", forbid_unknown_fields=True, frozen=True):
    """Something is wanted of the judge, still as it came."""

    id: int
    what: Short
    value: Node
    arrays: Annotated[list[Head], Meta(max_length=inside.MAX_COUNT)] = []


@dataclass(frozen=True)
class Plain:
    """A value rebuilt: exact built-in types and plain arrays."""

    id: int
    value: object


@dataclass(frozen=True)
class Asked:
    """What is wanted of the judge during the request `id`, rebuilt like a value."""

    id: int
    what: str
    value: object


Message = Ready | Unready | Entering | Loaded | Fault | Plain | Asked
DECODER = msgspec.json.Decoder(Ready | Unready | Entering | Loaded | Fault | Value | Ask)


def receive(fill: Fill) -> Message:
    """Return the next message. Raises Torn, and what `fill` raises."""
    prefix = bytearray(4)
    fill(memoryview(prefix))
    (size,) = struct.unpack(">I", prefix)
    if size > inside.MAX_HEADER:
        raise Torn(f"a header of {size} bytes")
    header = bytearray(size)
    fill(memoryview(header))
    try:
        message: Message | Value | Ask = DECODER.decode(header)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Torn(f"a header that cannot be read: {error}") from None
    match message:
        case Value():
            return Plain(message.id, _value(message, fill))
        case Ask():
            return Asked(message.id, message.what, _value(message, fill))
        case _:
            return message


def _value(message: Value | Ask, fill: Fill) -> object:
    """Return what a message carries. Only what is claimed of arrays and comes takes up memory."""
    if sum(head.nbytes for head in message.arrays) > inside.MAX_ARRAYS:
        raise Torn("arrays that are too large")
    arrays = iter([_array(head, fill) for head in message.arrays])
    value = _rebuilt(message.value, arrays, 0)
    if next(arrays, None) is not None:
        raise Torn("an array that belongs nowhere")
    return value


def _array(head: Head, fill: Fill) -> Any:
    """Return a new array, filled. Its size is checked first; a boolean's byte is made 0 or 1.

    `np.empty` asks for addresses, not for memory: that comes page by page as bytes are written. So a header
    that claims much and brings nothing costs nothing.
    """
    import numpy as np

    try:
        dtype = np.dtype(head.dtype)
        if math.prod(head.shape) * dtype.itemsize != head.nbytes:
            raise Torn("an array whose size is not its shape's")
        array = np.empty(head.shape, dtype, order=head.order)
    except (TypeError, ValueError) as error:
        raise Torn(f"an array that cannot be: {error}") from None
    raw: Any = array.reshape(-1, order=head.order).view(np.uint8)
    fill(memoryview(raw))
    if dtype.kind == "b":
        np.minimum(raw, 1, out=raw)  # in place: `raw != 0` would take as much memory again
    return array


def _rebuilt(node: Node, arrays: Iterator[Any], depth: int) -> object:
    if depth > inside.MAX_DEPTH:
        raise Torn("a value that is nested too deeply")
    match node:
        case Items(items):
            return [_rebuilt(item, arrays, depth + 1) for item in items]
        case Fixed(items):
            return tuple(_rebuilt(item, arrays, depth + 1) for item in items)
        case Pairs(items):
            return {_key(key): _rebuilt(item, arrays, depth + 1) for key, item in items}
        case NextArray():
            return _next(arrays)
        case _:
            return _number(node)


def _key(key: bool | int | float | str) -> bool | int | float | str:  # noqa: PYI041 (an int is no float here)
    """Return a dict's key. Long integers are refused: many of them can be made to share one hash."""
    if isinstance(key, int) and key.bit_length() > 64:
        raise Torn("a long integer as a key")
    return key


def _next(arrays: Iterator[Any]) -> Any:
    array = next(arrays, None)
    if array is None:
        raise Torn("an array that did not come")
    return array


def _number(node: object) -> object:
    match node:
        case BigInt(text):
            return int(text, 16)
        case Special(text):
            return float(text)
        case Complex(real, imaginary):
            try:
                return complex(float(real), float(imaginary))
            except ValueError:
                raise Torn("a complex number that is none") from None
        case _:
            return node


def request(header: dict[str, object], arguments: tuple[object, ...]) -> list[Any]:
    """Return a request's frame in pieces. Raises TypeError where an argument is not plain data."""
    node, arrays = _packed(list(arguments), "handed to student code")
    return inside.frame({**header, "arguments": node[1]}, arrays)


def answer(number: int, value: object) -> list[Any]:
    """Return the frame, in pieces, that answers what was asked. Raises TypeError where that is not plain."""
    node, arrays = _packed(value, "answered to student code")
    return inside.frame({"op": "answer", "id": number, "value": node}, arrays)


def refusal(number: int, message: str) -> list[Any]:
    """Return the frame, in pieces, that says why there is no answer."""
    return inside.frame({"op": "refuse", "id": number, "message": message}, [])


def _packed(value: object, use: str) -> tuple[Any, list[Any]]:
    try:
        return inside.pack(value)
    except inside.NotPlain as not_plain:
        raise TypeError(f"only plain data can be {use}, not {not_plain}") from None
