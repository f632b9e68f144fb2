"""Bytes of any kind decode to plain data or are Torn; what is packed is rebuilt exactly."""

from __future__ import annotations

import json
import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox import wire
from grader.sandbox.inside import wire as inside


def decoded(data: bytes) -> wire.Message:
    """Decode bytes that end where they end."""
    at = 0

    def fill(view: memoryview) -> None:
        nonlocal at
        piece = data[at : at + len(view)]
        if len(piece) < len(view):
            raise wire.Torn("the bytes end")
        view[:] = piece
        at += len(view)

    return wire.receive(fill)


def framed(header: object, raw: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text + raw


def value_of(node: object, *heads: object, raw: bytes = b"") -> object:
    message = decoded(framed({"kind": "value", "id": 1, "value": node, "arrays": heads}, raw))
    assert isinstance(message, wire.Plain)
    return message.value


def crossed(value: object) -> object:
    node, arrays = inside.pack(value)
    pieces = inside.frame({"kind": "value", "id": 1, "value": node}, arrays)
    message = decoded(b"".join(bytes(piece) for piece in pieces))
    assert isinstance(message, wire.Plain)
    return message.value


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_torn(data):
    with pytest.raises(wire.Torn):
        decoded(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(list("aifcltd")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.binary(max_size=64))
def test_arbitrary_headers_are_torn_or_plain(node, raw):
    heads = [["<f8", [len(raw) // 8], "C", len(raw) // 8 * 8]]
    for header in (
        node,
        {"kind": "value", "id": 1, "value": node},
        {"kind": "value", "id": 1, "value": ["a"], "arrays": node},
    ):
        try:
            decoded(framed(header, raw))
        except wire.Torn:
            continue
    with suppress(wire.Torn):
        value_of(["l", [["a"], node]], *heads, raw=raw)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**300), 2**300)
    | st.floats()
    | st.complex_numbers()
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=4) | st.integers(-9, 9) | st.floats(-9, 9), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_data_is_rebuilt_exactly(value):
    assert repr(crossed(value)) == repr(value)
    node, arrays = inside.pack(value)
    assert repr(inside.unpack(json.loads(json.dumps(node)), arrays)) == repr(value)


DTYPES = hnp.boolean_dtypes() | hnp.integer_dtypes() | hnp.floating_dtypes() | hnp.complex_number_dtypes()


@given(hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)), st.booleans())
def test_arrays_are_rebuilt_exactly(array, transposed):
    array = array.T if transposed else array
    back = crossed((array, [array]))
    for one in (back[0], back[1][0]):
        assert type(one) is np.ndarray
        assert (one.dtype, one.shape, one.tobytes()) == (array.dtype, array.shape, array.tobytes())


@pytest.mark.parametrize(
    ("node", "heads"),
    [
        (["a"], []),
        (1, [["<f8", [1], "C", 8]]),
        (["a"], [["<f8", [2], "C", 8]]),
        (["a"], [["<f8", [1 << 40], "C", 1 << 43]]),
        (["a"], [["<f8", [0, 1 << 62, 1 << 62], "C", 0]]),
        (["a"], [["<f8", [-1], "C", -8]]),
        (["a"], [["|O8", [1], "C", 8]]),
        (["a"], [["|S8", [1], "C", 8]]),
        (["a"], [["<f1", [8], "C", 8]]),
        (["a"], [["<f8,<f8", [1], "C", 16]]),
        (["a"], [["<f8", [1] * 33, "C", 8]]),
        (["a"], [["<f8", [1], "A", 8]]),
        (["i", "0x" + "f" * 1025], []),
        (["i", "608"], []),
        (["f", "1.5"], []),
        (["c", "1", "x"], []),
        (["d", [[["l", []], 1]]], []),
        (["d", [[1 << 70, 1]]], []),
        (["x", 1], []),
        (["l", [], 1], []),
        ({"passed": True}, []),
    ],
)
def test_what_no_runner_sends_is_torn(node, heads):
    with pytest.raises(wire.Torn):
        value_of(node, *heads, raw=bytes(64))


def test_depth_and_size_are_limited():
    def nested(depth: int) -> object:
        node: object = 0
        for _ in range(depth):
            node = ["l", [node]]
        return node

    assert value_of(nested(inside.MAX_DEPTH)) is not None
    with pytest.raises(wire.Torn, match="too deeply"):
        value_of(nested(inside.MAX_DEPTH + 1))
    deep = b'{"kind":"value","id":1,"value":' + b'["l",[' * 100_000
    for data in (struct.pack(">I", len(deep)) + deep, struct.pack(">I", inside.MAX_HEADER + 1)):
        with pytest.raises(wire.Torn):
            decoded(data)


def test_many_arrays_count_together():
    heads = [["|u1", [100 << 20], "C", 100 << 20]] * 3
    with pytest.raises(wire.Torn, match="too large"):
        value_of(["l", [["a"]] * 3], *heads)


def test_a_boolean_is_0_or_1():
    array = value_of(["a"], ["|b1", [4], "C", 4], raw=b"\0\1\2\xff")
    assert array.tobytes() == b"\0\1\1\1"


def test_the_largest_plain_value_fits_the_header():
    for value in (
        "\0" * ((inside.MAX_PLAIN - 64) // 6),
        [0.1 + i for i in range(350_000)],
        [-i for i in range(600_000)],
    ):
        assert crossed(value) == value
