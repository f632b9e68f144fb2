"""What a process may try on the machine: each works without the wall, and none with it."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import Room, Student, StudentFault

PREFACE = """
import ctypes, os, socket, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    result = libc.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
def attack(goal):
    here = goal["folder"] + "/"
"""


@dataclass(frozen=True)
class Attack:
    """`code` raises or returns something false where it does not get through."""

    name: str
    code: str
    bare: str = ""  # why it is not tried without the wall: not safe, or not allowed to anybody here
    stat_only: bool = False  # gets through where bubblewrap does not hide the file: docs/security.md says so


ATTACKS = [
    Attack("read_secret", "return open(here + 'secret').read()"),
    Attack("read_other_student", "return open(here + 'other/ps4.py').read()"),
    Attack("list_other_dir", "return os.listdir(here + 'other')"),
    Attack("stat_secret", "return os.stat(here + 'secret').st_size", stat_only=True),
    Attack("read_etc_passwd", "return open('/etc/passwd').read()"),
    Attack("symlink_read", "os.symlink(here + 'secret', 'link')\nreturn open('link').read()"),
    Attack(
        "hardlink_read",
        "os.link(here + 'secret', here + 'other/hard')\nreturn open(here + 'other/hard').read()",
    ),
    Attack("write_outside", "return open(here + 'new', 'w').write('x')"),
    Attack("overwrite_outside", "return open(here + 'victim', 'w').write('x')"),
    Attack("truncate_outside", "os.truncate(here + 'victim', 0)\nreturn True"),
    Attack("unlink_outside", "os.unlink(here + 'victim')\nreturn True"),
    Attack("rename_outside", "os.rename(here + 'victim', here + 'gone')\nreturn True"),
    Attack(
        "chmod_outside",
        "os.chmod(here + 'victim', 0o600)\nreturn os.stat(here + 'victim').st_mode & 0o777 == 0o600",
    ),
    Attack(
        "utime_outside", "os.utime(here + 'victim', (1, 1))\nreturn os.stat(here + 'victim').st_mtime == 1"
    ),
    Attack(
        "devshm_write",
        "name = '/dev/shm/grader-attack'\nopen(name, 'w').close()\nos.unlink(name)\nreturn True",
    ),
    Attack("tcp_connect", "socket.create_connection(('127.0.0.1', goal['port']), 2).close()\nreturn True"),
    Attack(
        "udp_send",
        "return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', goal['datagrams']))",
    ),
    Attack(
        "mptcp_connect",
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262).connect(('127.0.0.1', goal['port']))\nreturn True",
        bare="multipath TCP may be switched off",
    ),
    Attack("unix_connect", "socket.socket(socket.AF_UNIX).connect(here + 'door')\nreturn True"),
    Attack(
        "abstract_connect", "socket.socket(socket.AF_UNIX).connect('\\0' + goal['abstract'])\nreturn True"
    ),
    Attack("listen_tcp", "socket.create_server(('127.0.0.1', 0)).close()\nreturn True"),
    Attack("netlink", "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()\nreturn True"),
    Attack(
        "io_uring",
        "buffer = ctypes.create_string_buffer(120)\nreturn call(425, 1, buffer) >= 0",
        bare="RLIMIT_MEMLOCK stops it too",
    ),
    Attack("execve", "import subprocess\nreturn subprocess.run(['/bin/true']).returncode == 0"),
    Attack("exec_inplace", "os.execv('/bin/sleep', ['sleep', '9'])", bare="the process would be gone"),
    Attack("system", "return os.system('true') == 0"),
    Attack("fork", "child = os.fork()\nif not child: os._exit(0)\nos.waitpid(child, 0)\nreturn True"),
    Attack(
        "daemon",
        "child = os.fork()\nif not child:\n    os.setsid()\n    os._exit(0)\nos.waitpid(child, 0)\nreturn True",
    ),
    Attack("setsid_escape", "os.setpgid(0, 0)\nreturn True", bare="a leader of a session cannot"),
    Attack("clone3", "return call(435, 0, 0)", bare="needs a structure"),
    Attack("kill_victim", "os.kill(goal['victim'], 0)\nreturn True"),
    Attack("kill_judge", "os.kill(goal['judge'], 0)\nreturn True"),
    Attack("kill_parent", "os.kill(os.getppid(), 0)\nreturn True"),
    Attack("kill_everybody", "os.kill(-1, 0)\nreturn True"),
    Attack("kill_group", "os.kill(0, 0)\nreturn True"),
    Attack("tgkill", "return call(234, goal['victim'], goal['victim'], 0) == 0"),
    Attack("pidfd_open", "return os.pidfd_open(goal['victim']) >= 0"),
    Attack(
        "ptrace_victim",
        "return libc.ptrace(16, goal['victim'], 0, 0) == 0",
        bare="may be forbidden to all (Yama)",
    ),
    Attack(
        "proc_mem",
        "open(f\"/proc/{goal['victim']}/mem\", 'rb').close()\nreturn True",
        bare="may be forbidden to all (Yama)",
    ),
    Attack(
        "proc_environ",
        "return b'hush' in open(f\"/proc/{goal['victim']}/environ\", 'rb').read()",
        bare="may be forbidden to all (Yama)",
    ),
    Attack("proc_cmdline", "return open(f\"/proc/{goal['victim']}/cmdline\").read()"),
    Attack(
        "proc_list",
        "return [name for name in os.listdir('/proc') if name.isdigit() and int(name) != os.getpid()]",
    ),
    Attack(
        "vm_readv",
        "return call(310, goal['victim'], 0, 0, 0, 0, 0) == 0",
        bare="may be forbidden to all (Yama)",
    ),
    Attack(
        "prlimit_victim",
        "import resource\nresource.prlimit(goal['victim'], resource.RLIMIT_CORE, (0, 0))\nreturn True",
    ),
    Attack(
        "affinity_victim",
        "os.sched_setaffinity(goal['victim'], os.sched_getaffinity(goal['victim']))\nreturn True",
    ),
    Attack("setpriority_victim", "os.setpriority(os.PRIO_PROCESS, goal['victim'], 1)\nreturn True"),
    Attack(
        "inherited_descriptors",
        "return [n for n in range(4, 1024) if os.path.exists(f'/proc/self/fd/{n}')]",
        bare="there are none",
    ),
    Attack("setuid_0", "os.setuid(0)\nreturn os.getuid() == 0", bare="root only"),
    Attack(
        "regain_powers",
        "header = (ctypes.c_uint32 * 2)(0x20080522, 0)\nsets = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)\nreturn libc.capset(header, sets) == 0",
        bare="root only",
    ),
    Attack("user_namespace", "return call(272, 0x10000000) == 0", bare="may be switched off"),
    Attack("mount", "return libc.mount(b'none', b'.', b'tmpfs', 0, None) == 0", bare="root only"),
    Attack("chroot", "os.chroot('.')\nreturn True", bare="root only"),
    Attack(
        "tiocsti",
        "import fcntl, termios\nfcntl.ioctl(0, termios.TIOCSTI, b'x')\nreturn True",
        bare="needs a terminal",
    ),
    Attack("keyctl", "return call(250, 0, -3, 1) > 0", bare="may be switched off"),
    Attack("bpf", "return call(321, 0, 0, 0) >= 0", bare="root only"),
    Attack("perf", "return call(298, 0, 0, -1, -1, 0) >= 0", bare="may be switched off"),
    Attack("userfaultfd", "return call(323, 0) >= 0", bare="may be switched off"),
    Attack("sysv_shm", "identity = call(29, 0, 4096, 0o1600)\ncall(31, identity, 0, 0)\nreturn True"),
    Attack("memfd", "os.close(os.memfd_create('x'))\nreturn True"),
    Attack("shared_anonymous", "import mmap\nmmap.mmap(-1, 4096).close()\nreturn True"),
    Attack("open_by_handle", "return call(304, -100, 0, 0) >= 0", bare="root only"),
    Attack("become_dumpable", "return libc.prctl(4, 1, 0, 0, 0) == 0", bare="harmless alone"),
    Attack("outlive_the_parent", "return libc.prctl(1, 0, 0, 0, 0) == 0", bare="would leave a process"),
    Attack("x32_call", "call(0x40000000 + 39)\nreturn True", bare="may be switched off"),
    Attack("newer_than_the_table", "return call(451, 0, 0, 0, 0) >= 0", bare="has no effect"),
    Attack(
        "packages_of_ours", "import grader\nreturn grader.__file__", bare="they are off the path, wall or not"
    ),
]
IDS = [attack.name for attack in ATTACKS]


def got_through(attack: Attack, goal: dict[str, object], wall) -> bool:
    if "call(" in attack.code and platform.machine() != "x86_64":
        pytest.skip("the numbers of system calls here are those of x86_64")
    code = PREFACE + "".join(f"    {line}\n" for line in attack.code.splitlines())
    with Student(CodeFile(Source.MODULE, "ps4.py", (Cell(1, code),)), Limits(), Room(wall)) as student:
        try:
            return bool(student.call("attack", goal))
        except StudentFault:
            return False


BARE = [attack for attack in ATTACKS if not attack.bare]


@pytest.mark.parametrize("attack", BARE, ids=[attack.name for attack in BARE])
def test_without_the_wall_it_works(attack: Attack, goal, standing):
    assert got_through(attack, goal, standing("off"))


@pytest.mark.parametrize("kind", ["kernel", "bubblewrap"])
@pytest.mark.parametrize("attack", ATTACKS, ids=IDS)
def test_with_the_wall_it_does_not(attack: Attack, kind: str, goal, standing):
    folder = Path(goal["folder"])
    before = sorted(folder.rglob("*")), (folder / "victim").stat()
    works = got_through(attack, goal, standing(kind))
    assert works == (attack.stat_only and kind == "kernel")
    after = sorted(folder.rglob("*")), (folder / "victim").stat()
    assert before[0] == after[0]
    assert (before[1].st_mode, before[1].st_mtime, before[1].st_size) == (
        after[1].st_mode, after[1].st_mtime, after[1].st_size,
    )  # fmt: skip
    assert (folder / "victim").read_text() == "whole"
