"""What the kernel is asked for: the filter decides as the table says, on both machines; old kernels hold too."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.inside import jail, landlock, seccomp
from grader.sandbox.inside.syscalls import LAST, NUMBERS

PID = 4242
KILL, ALLOW = "kill", "allow"
ARCHES = ("x86_64", "aarch64")


def decided(machine: seccomp.Machine, number: int, *arguments: int, arch: int | None = None) -> str | int:
    """Run the filter as the kernel does (linux/filter.h) and say what it answers: "kill", "allow" or an errno."""
    data = {0: number, 4: seccomp.AUDIT_ARCH[machine.arch] if arch is None else arch}
    for index in range(6):
        value = arguments[index] if index < len(arguments) else 0
        data[16 + 8 * index], data[20 + 8 * index] = value & 0xFFFFFFFF, value >> 32 & 0xFFFFFFFF
    program, at, register = seccomp.instructions(machine), 0, 0
    while True:
        code, if_true, if_false, constant = program[at]
        at += 1
        if code == seccomp.BPF_LD_W_ABS:
            register = data[constant]
        elif code == seccomp.BPF_AND:
            register &= constant
        elif code == seccomp.BPF_RET:
            action = constant & 0xFFFF0000
            if action == seccomp.SECCOMP_RET_ERRNO:
                return constant & 0xFFFF
            return {seccomp.SECCOMP_RET_KILL_PROCESS: KILL, seccomp.SECCOMP_RET_ALLOW: ALLOW}[action]
        else:
            tests = {
                seccomp.BPF_JEQ: register == constant,
                seccomp.BPF_JGT: register > constant,
                seccomp.BPF_JGE: register >= constant,
                seccomp.BPF_JSET: bool(register & constant),
            }
            at += if_true if tests[code] else if_false


def number(name: str, arch: str) -> int | None:
    return NUMBERS[name][ARCHES.index(arch)]


@pytest.mark.parametrize("arch", ARCHES)
def test_what_is_refused_is_refused_and_the_rest_is_not(arch):
    machine = seccomp.Machine(arch, PID, 7)
    refused = {name for names in seccomp.REFUSED.values() for name in names}
    for name in refused | set(seccomp.PRETENDED):
        if (call := number(name, arch)) is not None:
            assert decided(machine, call) == (0 if name in seccomp.PRETENDED else errno.EPERM), name
    named = {number(name, arch) for name in NUMBERS if name != "truncate"}
    for call in set(range(LAST + 1)) - named:
        assert decided(machine, call) == ALLOW
    assert decided(machine, LAST + 1) == errno.ENOSYS
    assert decided(machine, number("clone3", arch)) == errno.ENOSYS


@pytest.mark.parametrize("arch", ARCHES)
def test_arguments_decide_where_they_must(arch):
    machine = seccomp.Machine(arch, PID, 7)

    def asked(name: str, *arguments: int) -> str | int:
        return decided(machine, number(name, arch), *arguments)

    thread, shared, private = 0x3D0F00, 0x21, 0x22
    assert (asked("clone", thread), asked("clone", 0x11)) == (ALLOW, errno.EPERM)
    assert (asked("mmap", 0, 0, 0, private), asked("mmap", 0, 0, 0, 0x01)) == (ALLOW, ALLOW)
    assert (asked("mmap", 0, 0, 0, shared), asked("mmap", 0, 0, 0, 0x23)) == (errno.ENOMEM, errno.ENOMEM)
    for name in ("kill", "tgkill"):
        assert asked(name, PID) == ALLOW
        for other in (0, 1, PID + 1, -1, -PID, 1 << 32 | PID + 1):
            assert asked(name, other & (1 << 64) - 1) == errno.EPERM
    assert (asked("prlimit64", 0), asked("prlimit64", PID), asked("prlimit64", 1)) == (
        ALLOW,
        ALLOW,
        errno.EPERM,
    )
    assert (asked("setpriority", 0, 0), asked("setpriority", 0, 1)) == (ALLOW, errno.EPERM)
    for name, itself in {"setpriority": 0, "ioprio_set": 1}.items():
        others = [kind for kind in range(4) if kind != itself]
        assert asked(name, itself, 0) == ALLOW
        assert {asked(name, kind, 0) for kind in others} == {errno.EPERM}, (
            "0 of a group or a user is everybody"
        )
    assert (asked("socketpair", 1), asked("socketpair", 2)) == (ALLOW, errno.EPERM)
    assert (asked("ioctl", 0, 0x5401), asked("ioctl", 0, 0x5412), asked("ioctl", 0, 1 << 32 | 0x5412)) == (
        ALLOW, errno.EPERM, errno.EPERM,
    )  # fmt: skip
    assert (asked("prctl", 15), asked("prctl", 1)) == (ALLOW, errno.EPERM)


def test_another_machine_s_calls_end_the_process():
    machine = seccomp.Machine("x86_64", PID, 7)
    assert decided(machine, 0, arch=0x40000003) == KILL  # 32-bit calls
    assert decided(machine, 0x40000000 | 39) == KILL  # x32 calls


@pytest.mark.parametrize("arch", ARCHES)
def test_cutting_a_file_by_its_path_is_refused_where_landlock_cannot(arch):
    call = number("truncate", arch)
    answers = [decided(seccomp.Machine(arch, PID, version), call) for version in (1, 2, 3, 7)]
    assert answers == [errno.EPERM, errno.EPERM, ALLOW, ALLOW]


CONFINED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {parent!r})
from inside import jail, landlock, seccomp
here = Path({here!r})
jail._drop_capabilities() if os.getuid() == 0 else None
jail._prctl(jail.PR_SET_NO_NEW_PRIVS, 1)
landlock.restrict(jail.Paths(("/usr", "/lib", "/lib64", sys.prefix, sys.base_prefix, f"/proc/{{os.getpid()}}"), (str(here / "mine"),)), {version})
seccomp.install(seccomp.Machine(seccomp.here(0).arch, os.getpid(), {version}))
def tried(act):
    try: act()
    except OSError: return 0
    return 1
mine, secret = here / "mine", here / "secret"
print(*map(tried, (
    lambda: secret.read_text(), lambda: os.listdir(here), lambda: (here / "new").write_text("x"),
    lambda: secret.write_text("x"), lambda: os.truncate(secret, 0), lambda: secret.unlink(),
    lambda: secret.rename(mine / "x"), lambda: os.link(secret, mine / "y"), lambda: (mine / "z").symlink_to(secret),
    lambda: os.mkfifo(mine / "p"), lambda: Path("/proc/1/environ").read_bytes(), lambda: os.kill(os.getppid(), 0))))
print(*map(tried, (
    lambda: (mine / "a").write_text("x"), lambda: (mine / "a").read_text(), lambda: os.listdir(mine),
    lambda: (mine / "d").mkdir(), lambda: (mine / "a").rename(mine / "b"), lambda: os.unlink(mine / "b"),
    lambda: open("/dev/null", "w").write("x"), lambda: open("/dev/urandom", "rb").read(4), lambda: os.kill(os.getpid(), 0))))
"""


@pytest.mark.skipif(not (jail.landlock_version() and jail.has_seccomp()), reason="no Landlock or no seccomp")
@pytest.mark.parametrize("version", range(1, 8))
def test_every_version_of_landlock_keeps_the_same_in(tmp_path: Path, version: int):
    """Older kernels are stood in for by asking for no more than they have."""
    if version > jail.landlock_version():
        pytest.skip(f"this kernel has Landlock {jail.landlock_version()}")
    (tmp_path / "mine").mkdir()
    (tmp_path / "secret").write_text("secret")
    code = CONFINED.format(
        parent=str(Path(landlock.__file__).parents[1]), here=str(tmp_path), version=version
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    refused, allowed = told.stdout.splitlines()
    assert refused.split() == ["0"] * 12
    assert allowed.split() == ["1"] * 9
    assert (tmp_path / "secret").read_text() == "secret"
