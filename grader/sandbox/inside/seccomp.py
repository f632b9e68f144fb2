"""a table of system calls -> a filter in the kernel that refuses them: seccomp, by ctypes.

Constants have their names of linux/seccomp.h, linux/filter.h, linux/audit.h, linux/sched.h, linux/prctl.h,
asm-generic/mman-common.h and asm-generic/ioctls.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from .syscalls import LAST, NUMBERS

BPF_LD_W_ABS, BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET, BPF_AND, BPF_RET = 0x20, 0x15, 0x25, 0x35, 0x45, 0x54, 0x06
SECCOMP_SET_MODE_FILTER, SECCOMP_GET_ACTION_AVAIL, SECCOMP_FILTER_FLAG_TSYNC = 1, 2, 1
SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_ERRNO, SECCOMP_RET_ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
NR_SECCOMP = {"x86_64": 317, "aarch64": 277}
X32_SYSCALL_BIT = 0x40000000
NR_AT, ARCH_AT, ARGS_AT = 0, 4, 16  # offsets in struct seccomp_data; an argument's low half comes first
CLONE_THREAD, AF_UNIX, MAP_SHARED, MAP_ANONYMOUS = 0x10000, 1, 0x01, 0x20
SOCK_DGRAM, SOCK_TYPE_MASK = 2, 0xF
IOCTL_REFUSED = {  # asm-generic/ioctls.h, asm-generic/sockios.h, linux/fs.h
    "TIOCSTI": 0x5412,
    "TIOCLINUX": 0x541C,
    "FIOSETOWN": 0x8901,
    "SIOCSPGRP": 0x8902,
    "FS_IOC_SETFLAGS": 0x40086602,
    "FS_IOC_FSSETXATTR": 0x401C5820,
}
FCNTL_REFUSED = {
    "F_SETOWN": 8,
    "F_SETSIG": 10,
    "F_SETOWN_EX": 15,  # asm-generic/fcntl.h: the kernel would kill
    "F_SETLEASE": 1024,  # linux/fcntl.h: whoever opens the file would wait
    "F_NOTIFY": 1026,
}
PR_REFUSED = {  # PR_SET_* and PR_CAPBSET_DROP
    "PDEATHSIG": 1,
    "DUMPABLE": 4,
    "SECCOMP": 22,
    "CAPBSET_DROP": 24,
    "SECUREBITS": 28,
    "MM": 35,
    "CHILD_SUBREAPER": 36,
    "PTRACER": 0x59616D61,
}

REFUSED = {  # by what it would be good for
    "other processes": (
        *("fork", "vfork", "execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev", "kcmp"),
        *("process_madvise", "process_mrelease", "move_pages", "migrate_pages"),
        *("pidfd_open", "pidfd_send_signal", "pidfd_getfd", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"),
    ),
    "out of the session": ("setsid", "setpgid"),
    "a network": ("socket", "connect", "bind", "listen", "accept", "accept4", "setsockopt"),
    "shared memory": (
        *("shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semtimedop", "semctl"),
        *("msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive"),
        *("mq_notify", "mq_getsetattr", "memfd_create", "memfd_secret"),
    ),
    "other powers": (
        *("setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setfsuid"),
        *("setfsgid", "capset", "personality", "modify_ldt", "ioperm", "iopl", "keyctl", "add_key"),
        "request_key",
    ),
    "other file systems": (
        *("mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "open_tree", "move_mount"),
        *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "mknod", "mknodat"),
        *("name_to_handle_at", "open_by_handle_at", "fanotify_init", "fanotify_mark"),
    ),
    "the kernel's weak spots": (
        *("io_uring_setup", "io_uring_enter", "io_uring_register", "bpf", "perf_event_open", "userfaultfd"),
        "seccomp",
    ),
    "the whole machine": (
        *(
            "reboot",
            "kexec_load",
            "kexec_file_load",
            "init_module",
            "finit_module",
            "delete_module",
            "swapon",
        ),
        *("swapoff", "quotactl", "quotactl_fd", "acct", "settimeofday", "clock_settime", "clock_adjtime"),
        *("adjtimex", "sethostname", "setdomainname", "vhangup", "syslog"),
    ),
}
# Landlock does not cover these. `shutil.copy` ends in them, so they seem to succeed and do nothing.
PRETENDED = (
    *("chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat"),
    *("utime", "utimes", "utimensat", "futimesat"),
    *("setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
)
# Allowed where this argument is this process or 0, which stands for it.
ON_ITSELF = {
    "prlimit64": 0,
    "sched_setaffinity": 0,
    "sched_setscheduler": 0,
    "sched_setparam": 0,
    "sched_setattr": 0,
    "setpriority": 1,
    "ioprio_set": 1,
}
# ... and first, what that argument is a number of, where it could be of a user: who sets 0 means everybody.
OF_A_PROCESS = {"setpriority": 0, "ioprio_set": 1}  # PRIO_PROCESS, IOPRIO_WHO_PROCESS
ON_ITSELF_BY_NUMBER = {"kill": 0, "tgkill": 0}  # 0 is the whole group there

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


@dataclass(frozen=True)
class Machine:
    """What a filter is made for."""

    arch: str
    pid: int
    landlock: int  # its version


class Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def here(landlock: int) -> Machine | None:
    """Return this machine, None where the table has no numbers for it."""
    arch = platform.machine()
    if sys.platform != "linux" or arch not in AUDIT_ARCH or struct.calcsize("P") != 8:
        return None
    return Machine(arch, os.getpid(), landlock)


def available() -> bool:
    """Return whether a filter can be installed here."""
    machine = here(0)
    if machine is None:
        return False
    action = ctypes.c_uint32(SECCOMP_RET_ERRNO)
    return not _seccomp(machine, SECCOMP_GET_ACTION_AVAIL, 0, ctypes.byref(action))


def install(machine: Machine) -> None:
    """Put the filter in place for all threads, for good. Needs no_new_privs. Raises OSError."""
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions(machine))
    buffer = ctypes.create_string_buffer(packed, len(packed))
    program = Program(len(packed) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if _seccomp(machine, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(program)):
        raise OSError(ctypes.get_errno(), f"seccomp: {os.strerror(ctypes.get_errno())}")


def _seccomp(machine: Machine, operation: int, flags: int, argument: object) -> int:
    return int(
        ctypes.CDLL(None, use_errno=True).syscall(NR_SECCOMP[machine.arch], operation, flags, argument)
    )


def instructions(machine: Machine) -> list[Instruction]:
    """Return the filter. What is not named, and not newer than the table, is allowed."""
    return [
        (BPF_LD_W_ABS, 0, 0, ARCH_AT),
        (BPF_JEQ, 1, 0, AUDIT_ARCH[machine.arch]),
        (BPF_RET, 0, 0, SECCOMP_RET_KILL_PROCESS),
        (BPF_LD_W_ABS, 0, 0, NR_AT),
        (BPF_JGE, 0, 1, X32_SYSCALL_BIT),
        (BPF_RET, 0, 0, SECCOMP_RET_KILL_PROCESS),
        (BPF_JGT, 0, 1, LAST),
        (BPF_RET, 0, 0, _answered(errno.ENOSYS)),
        *_rules(machine),
        (BPF_RET, 0, 0, SECCOMP_RET_ALLOW),
    ]


def _rules(machine: Machine) -> Iterator[Instruction]:
    before_landlock_3 = ("truncate",) if machine.landlock < 3 else ()
    for name in (*(name for names in REFUSED.values() for name in names), *before_landlock_3):
        yield from _on(machine, name, [_ret(errno.EPERM)])
    for name in PRETENDED:
        yield from _on(machine, name, [_ret(0)])
    yield from _on(machine, "clone3", [_ret(errno.ENOSYS)])  # its flags lie in memory: glibc then takes clone
    for name, at in ON_ITSELF.items():
        kind = (
            [_argument(0), (BPF_JEQ, 1, 0, OF_A_PROCESS[name]), _ret(errno.EPERM)]
            if name in OF_A_PROCESS
            else []
        )
        yield from _on(machine, name, [*kind, *_only(at, (0, machine.pid))])
    for name, at in ON_ITSELF_BY_NUMBER.items():
        yield from _on(machine, name, _only(at, (machine.pid,)))
    yield from _on(machine, "socketpair", _pairs_of_streams())
    yield from _on(machine, "ioctl", _never(1, tuple(IOCTL_REFUSED.values())))
    yield from _on(machine, "fcntl", _never(1, tuple(FCNTL_REFUSED.values())))
    yield from _on(machine, "prctl", _never(0, tuple(PR_REFUSED.values())))
    threads = [_argument(0), (BPF_JSET, 1, 0, CLONE_THREAD), _ret(errno.EPERM), _allow()]
    yield from _on(machine, "clone", threads)
    shared = MAP_SHARED | MAP_ANONYMOUS  # memory that RLIMIT_DATA does not see
    mapped = [_argument(3), (BPF_AND, 0, 0, shared), (BPF_JEQ, 0, 1, shared), _ret(errno.ENOMEM), _allow()]
    yield from _on(machine, "mmap", mapped)


def _pairs_of_streams() -> list[Instruction]:
    """Allow AF_UNIX without datagrams: one end of such a pair can send to any socket that has a name."""
    kind = [_argument(1), (BPF_AND, 0, 0, SOCK_TYPE_MASK), (BPF_JEQ, 0, 1, SOCK_DGRAM)]
    refused = _ret(errno.EPERM)
    return [_argument(0), (BPF_JEQ, 1, 0, AF_UNIX), refused, *kind, refused, _allow()]


def _on(machine: Machine, name: str, body: list[Instruction]) -> list[Instruction]:
    """Return `body` for this call alone; every way through it ends."""
    number = NUMBERS[name][0 if machine.arch == "x86_64" else 1]
    return [] if number is None else [(BPF_JEQ, 0, len(body), number), *body]


def _only(at: int, values: tuple[int, ...]) -> list[Instruction]:
    """Refuse any other value of the argument's low half: the kernel, too, takes these as 32 bits."""
    tests = [(BPF_JEQ, len(values) - index, 0, value) for index, value in enumerate(values)]
    return [_argument(at), *tests, _ret(errno.EPERM), _allow()]


def _never(at: int, values: tuple[int, ...]) -> list[Instruction]:
    tests = [(BPF_JEQ, len(values) - index, 0, value) for index, value in enumerate(values)]
    return [_argument(at), *tests, _allow(), _ret(errno.EPERM)]


def _argument(number: int) -> Instruction:
    return (BPF_LD_W_ABS, 0, 0, ARGS_AT + 8 * number)


def _ret(error: int) -> Instruction:
    return (BPF_RET, 0, 0, _answered(error))


def _allow() -> Instruction:
    return (BPF_RET, 0, 0, SECCOMP_RET_ALLOW)


def _answered(error: int) -> int:
    return SECCOMP_RET_ERRNO | error
