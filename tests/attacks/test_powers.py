"""Rows that need real arguments or a privilege: each is tried without the wall first, so that it can fail.

A row that this machine refuses to everybody is skipped with the refusal. Behind the wall an attack must be
refused with an OSError or have no effect; any other exception is a mistake in the attack itself.
"""

from __future__ import annotations

import os
import platform
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import Crashed, Room, Student, Wall
from grader.sandbox.inside.syscalls import NUMBERS

PREFACE = """
import ctypes, fcntl, os, resource, signal, socket, time
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]

def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def call(name, *arguments):
    return checked(libc.syscall(numbers[name], *arguments))

def in_a_fork(act):
    # some powers are for processes of one thread only, and some are better not kept
    try:
        child = os.fork()
    except OSError:
        return act()
    if not child:
        status = 1
        try:
            status = not act()
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0

class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]

def attack(goal):
    global numbers
    numbers = goal["numbers"]
    try:
        return bool(tried(goal))
    except OSError as refused:
        return f"refused: {refused}"

def tried(goal):
    here, victim = goal["folder"] + "/", goal["victim"]
"""

# The kernel sends it, on behalf of who owns the pipe: no `kill` is called.
BY_DESCRIPTOR = """
def signalled(pid, number):
    read, write = os.pipe()
    fcntl.fcntl(read, fcntl.F_SETOWN, pid)
    fcntl.fcntl(read, fcntl.F_SETSIG if hasattr(fcntl, 'F_SETSIG') else 10, number)
    fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC)
    os.write(write, b'x')
    time.sleep(.1)
"""


@dataclass(frozen=True)
class Attack:
    """`code` returns True where it gets through, or leaves a file `through` beside the secret."""

    name: str
    code: str


ATTACKS = [
    Attack("ptrace_attach", "checked(libc.ptrace(16, victim, None, None))\nos.waitpid(victim, 0x40000000)\nchecked(libc.ptrace(17, victim, None, None))\nreturn True"),
    Attack("proc_mem", "with open(f'/proc/{victim}/mem', 'rb', 0) as memory:\n    memory.seek(goal['mapped'])\n    return memory.read(4) == b'\\x7fELF'"),
    Attack("proc_environ", "return b'hush' in open(f'/proc/{victim}/environ', 'rb').read()"),
    Attack("proc_descriptors", "return os.listdir(f'/proc/{victim}/fd')"),
    Attack("proc_root", "return open(f'/proc/{victim}/root{here}secret').read()"),
    Attack("own_root", "return open(f'/proc/self/root{here}secret').read()"),
    Attack("vm_readv", "found = ctypes.create_string_buffer(4)\nmine, theirs = Piece(ctypes.addressof(found), 4), Piece(goal['mapped'], 4)\ncall('process_vm_readv', victim, ctypes.byref(mine), ctypes.c_ulong(1), ctypes.byref(theirs), ctypes.c_ulong(1), ctypes.c_ulong(0))\nreturn found.raw == b'\\x7fELF'"),
    Attack("pidfd_signal", "return call('pidfd_send_signal', call('pidfd_open', victim, 0), 0, None, 0) == 0"),
    Attack("exec_in_place", "os.set_inheritable(3, True)  # the judge would notice its line being closed\nos.execv('/bin/sh', ['sh', '-c', f'echo > {here}through'])"),
    Attack("exec_of_an_own_file", "open('tool', 'w').write('#!/bin/sh\\n')\nos.chmod('tool', 0o700)\nimport subprocess\nreturn subprocess.run(['./tool'], executable='./tool').returncode == 0"),
    Attack("fork_bomb", "children = []\ntry:\n    for _ in range(20):\n        child = os.fork()\n        if not child:\n            time.sleep(20)\n            os._exit(0)\n        children.append(child)\nfinally:\n    for child in children: os.kill(child, 9)\nreturn len(children) == 20"),
    Attack("daemon_that_stays", "child = os.fork()\nif not child:\n    os.setsid()\n    if not os.fork():\n        open(here + 'through', 'w').write(str(os.getpid()))\n        time.sleep(20)\n    os._exit(0)\nos.waitpid(child, 0)\ntime.sleep(.2)"),
    Attack("setuid", "return in_a_fork(lambda: os.setresuid(12345, 12345, 12345) is None)"),
    Attack("setgroups", "return in_a_fork(lambda: os.setgroups([4]) is None)"),
    Attack("all_powers_of_root", "status = open('/proc/self/status').read()\nreturn 'CapEff:\\t0000000000000000' not in status"),
    Attack("new_powers_by_exec", "return 'NoNewPrivs:\\t0' in open('/proc/self/status').read()"),
    Attack("user_namespace", "return in_a_fork(lambda: checked(libc.unshare(0x10000000)) == 0)"),
    Attack("mount", "def mounted():\n    try: checked(libc.unshare(0x00020000))\n    except OSError: pass\n    libc.mount(None, b'/', None, 0x44000, None)\n    return checked(libc.mount(b'none', os.getcwdb(), b'tmpfs', 0, None)) == 0\nreturn in_a_fork(mounted)"),
    Attack("terminal_input", "ours, theirs = os.openpty()\nfcntl.ioctl(theirs, 0x5412, b'x')\nreturn True"),
    Attack("keyring", "return call('keyctl', 0, ctypes.c_long(-3), 1) > 0"),
    Attack("bpf_map", "wanted = (ctypes.c_uint32 * 16)(2, 4, 4, 1)\nos.close(call('bpf', 0, ctypes.byref(wanted), ctypes.sizeof(wanted)))\nreturn True"),
    Attack("performance_events", "wanted = (ctypes.c_uint32 * 28)(1, 112, 9)\nos.close(call('perf_event_open', ctypes.byref(wanted), 0, -1, -1, 0))\nreturn True"),
    Attack("page_faults", "os.close(call('userfaultfd', 0))\nreturn True"),
    Attack("io_uring", "try: resource.setrlimit(resource.RLIMIT_MEMLOCK, (1 << 20, 1 << 20))\nexcept ValueError: pass\nbuffer = ctypes.create_string_buffer(120)\nos.close(call('io_uring_setup', 1, buffer))\nreturn True"),
    Attack("multipath_tcp", "socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262).connect(('127.0.0.1', goal['port']))\nreturn True"),
    Attack("packets", "socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()\nreturn True"),
    Attack("a_pair_that_sends_elsewhere", "ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\nreturn ours.sendto(b'x', here + 'letters') == 1"),
    Attack("a_pair_that_sends_to_a_name", "ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\nreturn ours.sendto(b'x', '\\0' + goal['name']) == 1"),
    Attack("a_warm_parent's_door", "line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)\nline.connect(goal['door'])\nreturn True"),
    Attack("other_rooms", "return os.listdir('..')"),
    Attack("a_neighbour's_room", "return os.listdir(goal['neighbour'])"),
    Attack("a_neighbour's_file", "return open(goal['neighbour'] + '/kept').read()"),
    Attack("packages_of_everybody", "return open(os.__file__, 'r+').close() is None"),
    Attack("flags_of_everybody's_file", "file, word = os.open(os.__file__, os.O_RDONLY), bytearray(8)\nfcntl.ioctl(file, 0x80086601, word)\nfcntl.ioctl(file, 0x40086602, bytes(word))\nreturn True"),
    Attack("priority_of_everybody", "before = os.getpriority(os.PRIO_PROCESS, victim)\nos.setpriority(os.PRIO_USER, 0, before)\nreturn True"),
    Attack("a_lease_on_everybody's_file", "return fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, 1) == 0"),
    Attack("a_watch_on_everybody's_folder", "return fcntl.fcntl(os.open(os.path.dirname(os.__file__), os.O_RDONLY), 1026, 4) == 0"),
    Attack("affinity_of_the_victim", "os.sched_setaffinity(victim, {min(os.sched_getaffinity(victim))})\nreturn True"),
    Attack("limits_of_the_victim", "resource.prlimit(victim, resource.RLIMIT_NOFILE, (9, 9))\nreturn True"),
    Attack("a_signal_by_descriptor", BY_DESCRIPTOR + "\nsignalled(victim, 9)"),
]  # fmt: skip
IDS = [attack.name for attack in ATTACKS]
NEIGHBOUR = "import os\nhome = os.getcwd()\nopen('kept', 'w').write('608')\nx = 608"


def module(code: str) -> CodeFile:
    return CodeFile(Source.MODULE, "ps4.py", (Cell(1, code),))


@pytest.fixture
def prey(goal: dict[str, object]) -> Iterator[dict[str, object]]:
    """Add what these attacks need: where a library is mapped in the victim, sockets for letters, numbers."""
    machine = ["x86_64", "aarch64"].index(platform.machine())
    mapped = until(lambda: elf_in(goal["victim"]))
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as letters,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as named,
    ):
        letters.bind(f"{goal['folder']}/letters")
        named.bind(b"\0grader-letters-%d" % os.getpid())
        yield {
            **goal,
            "numbers": {name: pair[machine] for name, pair in NUMBERS.items()},
            "mapped": mapped,
            "name": f"grader-letters-{os.getpid()}",
        }


def until(found: Callable[[], int]) -> int:
    """Wait for a number that is not 0: a process that was just started has nothing mapped yet."""
    for _ in range(500):
        if number := found():
            return number
        time.sleep(0.01)
    raise TimeoutError


def elf_in(pid: object) -> int:
    """Return where a library's own header is mapped in a process, 0 for nowhere."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        if "libc" in line and line.split()[2] == "00000000":
            return int(line.split("-")[0], 16)
    return 0


def state_of(prey: dict[str, object]) -> tuple[object, ...]:
    """Return all of the prey that an attack might change."""
    folder, victim = Path(str(prey["folder"])), int(str(prey["victim"]))
    status = Path(f"/proc/{victim}/stat").read_text().rpartition(")")[2].split()[0]
    return (
        sorted(path.relative_to(folder) for path in folder.rglob("*")),
        (folder / "secret").read_text(),
        status in "RS",
        status in "RS" and (os.getpriority(os.PRIO_PROCESS, victim), sorted(os.sched_getaffinity(victim))),
        status in "RS" and resource.prlimit(victim, resource.RLIMIT_NOFILE),
        os.getpriority(os.PRIO_PROCESS, 0),
    )


def came_of(attack: Attack, prey: dict[str, object], wall: Wall) -> object:
    """Return True where the attack got through, else what it was told. A neighbour is at work all the while."""
    body = "".join(f"    {line}\n" for line in attack.code.splitlines())
    with (
        Student(module(NEIGHBOUR), Limits(), Room(wall)) as neighbour,
        Student(module(f"x = 608\n{PREFACE}{body}"), Limits(), Room(wall)) as student,
    ):
        before = state_of(prey)
        doors = {"door": next(iter(wall.doors.values()), "")}
        try:
            told = student.call("attack", {**prey, **doors, "neighbour": neighbour.value("home")})
        except Crashed as crashed:  # a process that has become another program answers nothing
            told = crashed.message
            assert "process ended" in told
        assert student.value("x") == neighbour.value("x") == 608
    return told is True or state_of(prey) != before or told


def cleared(prey: dict[str, object]) -> None:
    """End a daemon that got away, by the number that it left."""
    left = Path(str(prey["folder"])) / "through"
    if left.exists() and left.read_text().strip().isdigit():
        os.kill(int(left.read_text()), signal.SIGKILL)


@pytest.mark.parametrize("attack", ATTACKS, ids=IDS)
def test_without_the_wall_it_works(attack: Attack, prey, standing):
    told = came_of(attack, prey, standing("off"))
    cleared(prey)
    if isinstance(told, str) and told.startswith("refused"):
        pytest.skip(f"not possible for anybody here, {told}")
    assert told is True


@pytest.mark.parametrize("kind", ["kernel", "bubblewrap"])
@pytest.mark.parametrize("attack", ATTACKS, ids=IDS)
def test_with_the_wall_it_does_not(attack: Attack, kind: str, prey, standing):
    told = came_of(attack, prey, standing(kind))
    cleared(prey)
    assert told is False or str(told).startswith("refused"), told


@pytest.mark.parametrize("version", range(1, 8))
def test_an_older_landlock_lets_no_signal_out_by_a_descriptor(version: int, prey, standing):
    """Landlock keeps signals in from version 6 on (Linux 6.12); before that the filter has to."""
    standing("kernel")
    code = f"""
import fcntl, os, time
from grader.sandbox.inside import jail, landlock, seccomp
{BY_DESCRIPTOR}
version = min({version}, landlock.version())
jail._drop_capabilities()
jail._prctl(jail.PR_SET_NO_NEW_PRIVS, 1)
landlock.restrict(landlock.Paths(("/usr",), ()), version)
seccomp.install(seccomp.here(version))
signalled({prey["victim"]}, 9)
"""
    before = state_of(prey)
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=30
    )
    assert not done.returncode or "PermissionError" in done.stderr, done.stderr
    assert state_of(prey) == before
