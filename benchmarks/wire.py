"""() -> what it costs to bring 200 MB across from a runner, as a multiple of a copy of it in memory.

The sender is a process of its own at the other end of a socket with the judge's buffer sizes; the receiver is
the judge's own decoder, filled as the judge fills it, by a selector and `recv_into`.
"""

from __future__ import annotations

import os
import selectors
import socket
import statistics
import time
from collections.abc import Callable

import numpy as np

from grader.sandbox import wire
from grader.sandbox.inside import wire as inside
from grader.sandbox.process import BUFFER

SIZE = 200_000_000  # bytes
ROUNDS = 9


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    kept = work()  # the array is given back to the system after the clock has stopped
    taken = time.perf_counter() - start
    del kept
    return taken


def serve(channel: socket.socket, array: np.ndarray) -> None:
    """Send the array whenever a byte asks for it, packed anew each time."""
    while channel.recv(1):
        node, arrays = inside.pack(array)
        inside.send(channel, {"kind": "value", "id": 1, "value": node}, arrays)


def fetch(channel: socket.socket) -> wire.Message:
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ)

        def fill(view: memoryview) -> None:
            while view:
                selector.select(1)
                got = channel.recv_into(view)
                if not got:
                    raise EOFError
                view = view[got:]

        channel.sendall(b"1")
        return wire.receive(fill)


def measured(array: np.ndarray) -> tuple[float, float]:
    """Return the medians, in seconds, of bringing the array across and of copying it, measured in turns."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    for end in (ours, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    child = os.fork()
    if not child:
        ours.close()
        serve(theirs, array)
        os._exit(0)
    theirs.close()
    assert np.array_equal(fetch(ours).value, array)  # type: ignore[union-attr]
    pairs = [(seconds(lambda: fetch(ours)), seconds(lambda: np.copy(array))) for _ in range(ROUNDS)]
    ours.close()
    os.waitpid(child, 0)
    across, copied = (statistics.median(times) for times in zip(*pairs, strict=True))
    return across, copied


def main() -> None:
    for dtype in ("float32", "float64"):
        array = np.arange(SIZE // np.dtype(dtype).itemsize).astype(dtype)
        across, copied = measured(array)
        print(
            f"200 MB of {dtype}: {across * 1000:.0f} ms across, {copied * 1000:.0f} ms copied, "
            f"ratio {across / copied:.2f} (aim: 3 at most)"
        )


if __name__ == "__main__":
    main()
