"""paths -> a process that the kernel keeps in: no powers, no other files, no other processes, no network.

In this order: capabilities, no_new_privs, Landlock, seccomp. Each is for good, and for every thread to come;
the process must have one thread when they are put in place.
"""

from __future__ import annotations

import ctypes
import os
import sys

from . import landlock, seccomp
from .landlock import Paths

__all__ = ["Paths", "confine", "has_seccomp", "landlock_version"]

PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = (
    24,
    38,
    47,
    4,
)  # linux/prctl.h
LINUX_CAPABILITY_VERSION_3 = 0x20080522  # linux/capability.h
CAPABILITIES = 64  # more than there are: what a kernel does not know is passed over


class Header(ctypes.Structure):
    """struct __user_cap_header_struct."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


Sets = ctypes.c_uint32 * 6  # struct __user_cap_data_struct, twice: effective, permitted, inheritable


def landlock_version() -> int:
    """Return the version of Landlock that the kernel has, 0 for none."""
    return landlock.version()


def has_seccomp() -> bool:
    """Return whether a seccomp filter can be installed here."""
    return seccomp.available()


def confine(paths: Paths) -> tuple[str, ...]:
    """Put every layer in place that this machine has; return their names. Raises OSError where one fails."""
    if sys.platform != "linux":
        return ()
    layers = ["no capabilities"] if _has_capabilities() else []
    if layers:
        _drop_capabilities()
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    if version := landlock.version():
        landlock.restrict(paths, version)
        layers.append(f"landlock {version}")
    machine = seccomp.here(version)
    if machine is not None and seccomp.available():
        seccomp.install(machine)
        layers.append("seccomp")
    return tuple(layers)


def _has_capabilities() -> bool:
    sets = Sets()
    _libc().capget(ctypes.byref(Header(LINUX_CAPABILITY_VERSION_3, 0)), ctypes.byref(sets))
    return os.getuid() == 0 or any(sets)


def _drop_capabilities() -> None:
    """Give up root's powers and keep its number: nothing that the interpreter needs becomes unreadable."""
    for capability in range(CAPABILITIES):
        _libc().prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # those it may not drop, it cannot gain either
    _libc().prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    libc = _libc()
    if libc.capset(ctypes.byref(Header(LINUX_CAPABILITY_VERSION_3, 0)), ctypes.byref(Sets())):
        raise OSError(ctypes.get_errno(), f"capset: {os.strerror(ctypes.get_errno())}")


def _prctl(option: int, value: int) -> None:
    libc = _libc()
    if libc.prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), f"prctl: {os.strerror(ctypes.get_errno())}")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
