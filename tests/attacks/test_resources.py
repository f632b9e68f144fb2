"""Who takes more than a submission may is stopped, is told which limit it was, and leaves nothing."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import Crashed, Malformed, OverLimit, Room, Student, StudentFault, TimedOut

SMALL = {"seconds": 5, "memory_mb": 600}


@dataclass(frozen=True)
class Attack:
    """The body of a function, the fault it comes to, and what the message says."""

    name: str
    code: str
    fault: type[StudentFault]
    told: str
    limits: dict[str, float] = field(default_factory=dict)


ATTACKS = [
    Attack("map_10_gb", "import mmap\nmmap.mmap(-1, 10 << 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)", Crashed, "Cannot allocate memory"),
    Attack("bytearrays", "kept = []\nwhile True: kept.append(bytearray(50 << 20))", OverLimit, "600 MB of memory"),
    Attack("numpy", "import numpy as np\nkept = [np.ones(9 << 20) for _ in range(99)]", OverLimit, "600 MB of memory"),
    Attack("shared_memory", "import mmap\nkept = mmap.mmap(-1, 3 << 30)", Crashed, "Cannot allocate memory"),
    Attack("one_large_file", "with open('big', 'wb') as file:\n    while True: file.write(b'x' * (8 << 20))", OverLimit, "too large", {"file_mb": 32}),
    Attack("many_large_files", "for n in range(99):\n    with open(str(n), 'wb') as file: file.write(b'x' * (8 << 20))\nwhile True: pass", OverLimit, "wrote more than 64 MB to disk", {"scratch_mb": 64}),
    Attack("many_empty_files", "n = 0\nwhile True:\n    open(str(n), 'w').close()\n    n += 1", OverLimit, "wrote more than 300 files", {"scratch_files": 300}),
    Attack("print_1_gb", "while True: print('x' * (1 << 20))", OverLimit, "printed more than 64 MB"),
    Attack("loop", "while True: pass", TimedOut, "after 1 seconds", {"seconds": 1}),
    Attack("sleep", "import time\ntime.sleep(999)", TimedOut, "after 1 seconds", {"seconds": 1}),
    Attack("hashing_threads", "import hashlib, threading\ndef hash():\n    while True: hashlib.sha256(b'x' * (1 << 20))\nfor _ in range(4): threading.Thread(target=hash).start()\nhash()", OverLimit, "processor time", {"seconds": 8, "cores": 0.1}),
    Attack("deaf", "import signal\nfor n in range(1, 65):\n    if n not in (9, 19, 32, 33): signal.signal(n, signal.SIG_IGN)\nwhile True: pass", TimedOut, "after 1 seconds", {"seconds": 1}),
    Attack("threads", "import threading, time\nfor _ in range(5000): threading.Thread(target=time.sleep, args=(99,)).start()\ntime.sleep(99)", OverLimit, "started more", {"threads": 32}),
    Attack("small_stacks", "import threading, time\nthreading.stack_size(32768)\nfor _ in range(5000): threading.Thread(target=time.sleep, args=(99,)).start()\ntime.sleep(99)", OverLimit, "started more", {"threads": 32}),
    Attack("abort", "import os\nos.abort()", Crashed, "SIGABRT"),
    Attack("segfault", "import ctypes\nctypes.string_at(0)", Crashed, "SIGSEGV"),
    Attack("leave", "import os\nos._exit(0)", Crashed, "exit status 0"),
    Attack("deep_recursion", "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(n): return f(n + 1) + 1\nf(0)", StudentFault, ""),
    Attack("a_10_gb_array", "import numpy as np\nreturn np.broadcast_to(np.float64(1), (10 << 27,))", Malformed, "MB of arrays"),
    Attack("garbage_on_the_line", "import os\nos.write(3, b'\\xff' * 4096)\nreturn 608", Malformed, "spoke out of turn"),
]  # fmt: skip


def made(attack: Attack, wall) -> Student:
    body = "".join(f"    {line}\n" for line in attack.code.splitlines())
    code = CodeFile(Source.MODULE, "ps4.py", (Cell(1, f"x = 608\ndef attack():\n{body}"),))
    return Student(code, Limits(**{**SMALL, **attack.limits}), Room(wall))


@pytest.mark.parametrize("kind", ["kernel", "bubblewrap"])
@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_it_is_stopped_and_told_and_costs_that_call_only(attack: Attack, kind: str, standing):
    wall = standing(kind)
    with made(attack, wall) as student:
        with pytest.raises(attack.fault) as caught:
            student.call("attack")
        assert attack.told in caught.value.message
        assert student.value("x") == 608
    assert os.listdir(wall.scratch) == []  # noqa: PTH208 (names are enough)


def test_what_a_thread_writes_between_requests_waits(standing):
    """A thread left behind stands still, so it fills no disk while the judge does something else."""
    code = "import threading\nx = 608\ndef fill():\n    n = 0\n    while True:\n        open(str(n), 'w').close()\n        n += 1\n"
    code += "def start(): threading.Thread(target=fill, daemon=True).start()"
    wall = standing("kernel")
    with Student(CodeFile(Source.MODULE, "ps4.py", (Cell(1, code),)), Limits(), Room(wall)) as student:
        student.call("start")
        (folder,) = Path(wall.scratch).iterdir()
        time.sleep(0.1)  # the kernel takes a moment to stop all threads of a process
        before = len(list(folder.iterdir()))
        time.sleep(0.5)
        assert len(list(folder.iterdir())) == before


@pytest.mark.slow
def test_memory_that_tensorflow_cannot_have_is_reported_as_memory(standing):
    """TensorFlow waits ten seconds for memory before it says so: longer than the call may take."""
    code = "import tensorflow as tf\ndef attack(): return tf.ones((10 << 28,)).shape[0]\nx = 1"
    student = Student(
        CodeFile(Source.MODULE, "ps4.py", (Cell(1, code),)),
        Limits(seconds=5, memory_mb=2000),
        Room(standing("kernel")),
    )
    with student, pytest.raises(OverLimit, match="used more than 2000 MB of memory"):
        student.call("attack")
