"""paths -> a process that may touch no others: the kernel's Landlock, by ctypes.

Every constant has its name of linux/landlock.h. Needs Linux 5.13; what later ones add is used too.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass

LANDLOCK_CREATE_RULESET_VERSION = 1 << 0
LANDLOCK_RULE_PATH_BENEATH = 1
FS = {  # LANDLOCK_ACCESS_FS_*: bit, and the version that brought it
    "EXECUTE": (0, 1),
    "WRITE_FILE": (1, 1),
    "READ_FILE": (2, 1),
    "READ_DIR": (3, 1),
    "REMOVE_DIR": (4, 1),
    "REMOVE_FILE": (5, 1),
    "MAKE_CHAR": (6, 1),
    "MAKE_DIR": (7, 1),
    "MAKE_REG": (8, 1),
    "MAKE_SOCK": (9, 1),
    "MAKE_FIFO": (10, 1),
    "MAKE_BLOCK": (11, 1),
    "MAKE_SYM": (12, 1),
    "REFER": (13, 2),
    "TRUNCATE": (14, 3),
    "IOCTL_DEV": (15, 5),
}
LANDLOCK_ACCESS_NET_BIND_TCP, LANDLOCK_ACCESS_NET_CONNECT_TCP = 1 << 0, 1 << 1  # from version 4
LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET, LANDLOCK_SCOPE_SIGNAL = 1 << 0, 1 << 1  # from version 6
READ = ("READ_FILE", "READ_DIR")
WRITE = (*READ, "WRITE_FILE", "REMOVE_DIR", "REMOVE_FILE", "MAKE_DIR", "MAKE_REG", "REFER", "TRUNCATE")
ON_FILES = ("READ_FILE", "WRITE_FILE", "EXECUTE", "TRUNCATE", "IOCTL_DEV")  # of a rule for a single file
DEVICES = {
    "/dev/null": ("READ_FILE", "WRITE_FILE"),
    "/dev/zero": ("READ_FILE", "WRITE_FILE"),
    "/dev/full": ("READ_FILE", "WRITE_FILE"),
    "/dev/urandom": ("READ_FILE",),
    "/dev/random": ("READ_FILE",),
}
# asm/unistd_64.h and asm-generic/unistd.h: these are the same everywhere.
NR_landlock_create_ruleset, NR_landlock_add_rule, NR_landlock_restrict_self = 444, 445, 446


class RulesetAttr(ctypes.Structure):
    """struct landlock_ruleset_attr."""

    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class PathBeneathAttr(ctypes.Structure):
    """struct landlock_path_beneath_attr."""

    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


@dataclass(frozen=True)
class Paths:
    """What may be touched: absolute paths. One that does not exist is passed over."""

    read: tuple[str, ...]  # files and folders
    write: tuple[str, ...]  # folders


def version() -> int:
    """Return the version that the kernel has, 0 for none."""
    if sys.platform != "linux":
        return 0
    found = _libc().syscall(
        NR_landlock_create_ruleset, None, ctypes.c_size_t(0), LANDLOCK_CREATE_RULESET_VERSION
    )
    return max(int(found), 0)


def restrict(paths: Paths, upto: int) -> None:
    """Give up everything but the paths, by what versions up to `upto` can refuse. Raises OSError.

    Needs no_new_privs. Holds for this thread and for what it starts, for good.
    """
    attr = RulesetAttr(_bits(FS, upto))
    if upto >= 4:
        attr.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP
    if upto >= 6:
        attr.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL
    size = 8 if upto < 4 else 16 if upto < 6 else 24  # an older kernel knows a shorter structure
    ruleset = _checked(
        _libc().syscall(NR_landlock_create_ruleset, ctypes.byref(attr), ctypes.c_size_t(size), 0), "Landlock"
    )
    try:
        for path, rights in _rules(paths):
            _allow(ruleset, path, rights, upto)
        _checked(_libc().syscall(NR_landlock_restrict_self, ruleset, 0), "Landlock")
    finally:
        os.close(ruleset)


def _rules(paths: Paths) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield from ((path, READ) for path in paths.read)
    yield from ((path, WRITE) for path in paths.write)
    yield from DEVICES.items()


def _allow(ruleset: int, path: str, rights: Iterable[str], upto: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this machine
    try:
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            rights = [right for right in rights if right in ON_FILES]
        rule = PathBeneathAttr(_bits(rights, upto), opened)
        _checked(
            _libc().syscall(NR_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, ctypes.byref(rule), 0),
            path,
        )
    finally:
        os.close(opened)


def _bits(rights: Iterable[str], upto: int) -> int:
    return sum(1 << FS[right][0] for right in rights if FS[right][1] <= upto)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
    return result
