"""Bytes of any kind decode to plain data or are Torn; what is packed is rebuilt exactly."""

from __future__ import annotations

import json
import socket
import struct
import threading
import tracemalloc
from contextlib import suppress
from pathlib import Path

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
        {"kind": "ask", "id": 1, "what": "fit", "value": node},
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
    heads = [["|u1", [200 << 20], "C", 200 << 20]] * 3
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


HEADERS = st.sampled_from(
    [
        {"kind": "value", "id": 1},
        {"kind": "ask", "id": 7, "what": "fit"},
    ]
)
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
FRAMES = st.builds(
    lambda header, value: b"".join(
        bytes(piece)
        for node, arrays in [inside.pack(value)]
        for piece in inside.frame({**header, "value": node}, arrays)
    ),
    HEADERS,
    st.tuples(PLAIN, ARRAYS, st.lists(ARRAYS, max_size=2)),
)


@given(FRAMES, st.data())
def test_a_frame_cut_short_is_torn(frame, data):
    end = data.draw(st.integers(0, len(frame) - 1))
    with pytest.raises(wire.Torn):
        decoded(frame[:end])


def test_every_truncation_of_a_frame_is_torn():
    node, arrays = inside.pack([np.arange(6.0).reshape(2, 3), {"a": (1, 2j)}, np.array([True])])
    frame = b"".join(map(bytes, inside.frame({"kind": "value", "id": 1, "value": node}, arrays)))
    for end in range(len(frame)):
        with pytest.raises(wire.Torn):
            decoded(frame[:end])
    assert isinstance(decoded(frame), wire.Plain)


@given(
    FRAMES,
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4),
)
def test_a_frame_with_other_bytes_in_it_is_a_message_or_torn(frame, changes):
    changed = bytearray(frame)
    for place, byte in changes:
        changed[int(place * len(changed))] = byte
    with suppress(wire.Torn):
        assert isinstance(decoded(bytes(changed)), wire.Message)


@pytest.mark.parametrize("end", ["decoder", "send"])
def test_arrays_in_every_order_and_byte_order_are_rebuilt(end):
    base = np.arange(24.0).reshape(2, 3, 4)
    arrays = [
        base,
        base.T,
        np.asfortranarray(base),
        base[:, ::2, ::-1],
        base.astype(">f4"),
        base.astype("<i2"),
    ]
    arrays += [
        np.broadcast_to(base[0, 0], (5, 4)),
        np.zeros((0, 3)),
        np.array(2.5),
        base > 3,
        base.astype("<f2"),
    ]
    back = crossed(arrays) if end == "decoder" else echoed(arrays)
    for sent, got in zip(arrays, back, strict=True):
        assert (got.dtype, got.shape, got.tobytes()) == (sent.dtype, sent.shape, sent.tobytes())


def echoed(value: object) -> object:
    """Ask, over a real socket, somebody who answers with what is asked."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        judge = threading.Thread(
            target=reply, args=(theirs, lambda asked: wire.answer(asked.id, asked.value))
        )
        judge.start()
        try:
            return inside.ask(ours, 7, "echo", value)
        finally:
            judge.join()


def reply(channel: socket.socket, pieces) -> None:
    def fill(view: memoryview) -> None:
        while view:
            view = view[channel.recv_into(view) :]

    asked = wire.receive(fill)
    for piece in pieces(asked):
        channel.sendall(piece)


def test_what_is_asked_for_is_answered_or_refused():
    assert echoed({"epochs": 3, "x": [1.5, None, "é"]}) == {"epochs": 3, "x": [1.5, None, "é"]}
    large = np.arange(3_000_000.0)
    assert np.array_equal(echoed(large), large)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        judge = threading.Thread(
            target=reply, args=(theirs, lambda asked: wire.refusal(asked.id, "not today"))
        )
        judge.start()
        with pytest.raises(inside.Refused, match="not today"):
            inside.ask(ours, 7, "fit", None)
        judge.join()


def test_what_is_asked_for_is_rebuilt_like_a_value():
    message = decoded(
        framed(
            {"kind": "ask", "id": 7, "what": "fit", "value": ["a"], "arrays": [["<f8", [1], "C", 8]]},
            bytes(8),
        )
    )
    assert isinstance(message, wire.Asked)
    assert (message.id, message.what, message.value.tolist()) == (7, "fit", [0.0])
    for header in (
        {"kind": "ask", "id": 7, "what": "x" * 33, "value": 1},
        {"kind": "ask", "id": 7, "value": 1},
        {"kind": "ask", "id": 7, "what": "fit", "value": 1, "passed": True},
    ):
        with pytest.raises(wire.Torn):
            decoded(framed(header))


def test_only_plain_data_is_answered():
    with pytest.raises(TypeError, match="not a function"):
        wire.answer(1, print)


def test_a_runner_that_is_ready_names_what_holds_around_it():
    assert decoded(framed({"kind": "ready"})).layers == []
    assert decoded(framed({"kind": "ready", "layers": ["landlock 7", "seccomp"]})).layers[1] == "seccomp"
    for layers in (["x"] * 9, ["x" * 33], [1], "seccomp"):
        with pytest.raises(wire.Torn):
            decoded(framed({"kind": "ready", "layers": layers}))


@pytest.mark.parametrize(
    "item", ['["l",[]]', '["a"]', '["d",[]]', '["i","0x1"]', '["l",[0]]', '""', "1e999", "9" * 5000]
)
def test_a_header_takes_memory_in_proportion(item):
    many = (1 << 18) // (len(item) + 1)
    data = f'{{"kind":"value","id":1,"value":["l",[{",".join([item] * many)}]]}}'.encode()
    data = struct.pack(">I", len(data)) + data
    tracemalloc.start()
    try:
        with suppress(wire.Torn):
            decoded(data)
        assert tracemalloc.get_traced_memory()[1] < 64 * len(data)
    finally:
        tracemalloc.stop()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="nothing tells how much memory is in use")
def test_arrays_that_are_claimed_and_do_not_come_take_no_memory():
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

    claimed = ["<f8", [inside.MAX_ARRAYS // 8], "C", inside.MAX_ARRAYS]
    header = framed({"kind": "value", "id": 1, "value": ["a"], "arrays": [claimed]})
    grown = []

    def fill(view: memoryview) -> None:
        nonlocal header
        if len(header) < len(view):
            grown.append(resident() - before)
            raise wire.Torn("the bytes end")
        view[:], header = header[: len(view)], header[len(view) :]

    before = resident()
    with pytest.raises(wire.Torn, match="the bytes end"):
        wire.receive(fill)
    assert grown[0] < 16 << 20
