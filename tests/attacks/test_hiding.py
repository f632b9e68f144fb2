"""Ways to take more than the limits allow where a watchdog does not look."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import OverLimit, Room, Student

DEEP = """
import os, time
for _ in range(20):  # together longer than any path may be
    os.mkdir('d' * 250)
    os.chdir('d' * 250)
"""
TOUCHED = """
import ctypes, mmap, os, threading
def touched(memory):
    start, half = ctypes.addressof((ctypes.c_char * len(memory)).from_buffer(memory)), len(memory) // 2
    ctypes.memset(start, 1, half)
    ctypes.memset(start + half, 1, half)
"""


@dataclass(frozen=True)
class Hiding:
    """The body of a function that takes more than `limits` say, and what must be said of it."""

    name: str
    code: str
    told: str
    limits: dict[str, float] = field(default_factory=dict)


HIDINGS = [
    Hiding("files_too_deep_to_list", f"{DEEP}for n in range(12):\n    with open(str(n), 'wb') as file: file.write(b'x' * (16 << 20))\ntime.sleep(2)", "MB to disk", {"scratch_mb": 64}),
    Hiding("too_many_files_too_deep_to_list", f"{DEEP}for n in range(2000): open(str(n), 'w').close()\ntime.sleep(2)", "300 files", {"scratch_files": 300}),
    Hiding("files_that_are_unlinked_and_open", "import os, time\nkept = []\nfor n in range(12):\n    kept.append(open(str(n), 'wb'))\n    os.unlink(str(n))\n    kept[-1].write(b'x' * (16 << 20))\n    kept[-1].flush()\ntime.sleep(2)", "MB to disk", {"scratch_mb": 64}),
    Hiding("files_that_are_unlinked_and_mapped", "import mmap, os, time\nkept = []\nfor n in range(12):\n    with open(str(n), 'w+b') as file:\n        file.write(b'x' * (16 << 20))\n        file.flush()\n        kept.append(mmap.mmap(file.fileno(), 0))\n    os.unlink(str(n))\ntime.sleep(2)", "MB to disk", {"scratch_mb": 64}),
    Hiding("files_in_a_folder_that_cannot_be_listed", "import os, time\nos.mkdir('closed', 0o300)\nfor n in range(12):\n    with open(f'closed/{n}', 'wb') as file: file.write(b'x' * (16 << 20))\ntime.sleep(2)", "MB to disk", {"scratch_mb": 64}),
    Hiding("memory_as_a_stack", f"{TOUCHED}touched(mmap.mmap(-1, 3 << 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x100))", "MB of memory"),
    Hiding("memory_of_a_device", f"{TOUCHED}touched(mmap.mmap(os.open('/dev/zero', os.O_RDWR), 3 << 30))", "MB of memory"),
    Hiding("memory_in_the_kernel", "import socket, time\nkept = []\nfor _ in range(100):\n    for end in socket.socketpair():\n        kept.append(end)\n        try: end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)\n        except OSError: pass\nfor end in kept:\n    end.setblocking(False)\n    try:\n        while True: end.send(b'x' * 65536)\n    except OSError: pass\nassert sum(end.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) for end in kept) < 600 << 20\nraise MemoryError", "MB of memory"),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["kernel", "bubblewrap"])
@pytest.mark.parametrize("hiding", HIDINGS, ids=[hiding.name for hiding in HIDINGS])
def test_what_is_hidden_counts(hiding: Hiding, kind: str, standing):
    body = "".join(f"    {line}\n" for line in hiding.code.splitlines())
    code = CodeFile(Source.MODULE, "ps4.py", (Cell(1, f"x = 608\ndef attack():\n{body}"),))
    limits = Limits(**{"seconds": 20, "memory_mb": 600, "file_mb": 32, **hiding.limits})
    with Student(code, limits, Room(standing(kind))) as student:
        with pytest.raises(OverLimit, match=hiding.told):
            student.call("attack")
        assert student.value("x") == 608
