"""(a process, its scratch folder, Limits) -> the limit that it has passed, if any: the watchdog's eyes.

What the kernel caps by itself (memory by RLIMIT_DATA, a file's size) rarely comes to be seen here. Without
/proc, as on macOS, only the scratch folder is looked at.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from grader.datatypes import Limits

EVERY = 0.05  # seconds between two looks
FOLDER_EVERY = 0.25  # of which a scratch folder full of files needs more
DEEPEST = 64  # folders in folders
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Watch:
    """Looks at one process while it works; `spell` starts a new account of processor time."""

    def __init__(self, pid: int, scratch: Path, limits: Limits) -> None:
        self._proc = Path(f"/proc/{pid}")
        self._scratch = scratch
        self._limits = limits
        self._next = self._next_folder = 0.0
        self._begun = self._cpu_before = 0.0
        self._cpu_allowed = 0.0

    def spell(self, wall_seconds: float) -> None:
        """Allow processor time for so many wall seconds of work."""
        self._begun = time.monotonic()
        self._cpu_before = self._cpu()
        self._cpu_allowed = wall_seconds * self._limits.cores

    def idles(self) -> bool:
        """Return whether it used next to no processor time since the account was begun."""
        return self._cpu() - self._cpu_before < (time.monotonic() - self._begun) / 10

    def look(self, *, at_once: bool = False) -> str:
        """Return what was passed, as a predicate ("used more than ..."), '' for nothing or nothing yet."""
        now = time.monotonic()
        if at_once:
            self._next = self._next_folder = 0.0
        if now < self._next:
            return ""
        self._next = now + EVERY
        return self._of_process() or self._of_folder(now)

    def _of_process(self) -> str:
        limits, status = self._limits, self._status()
        if status.get("RssAnon", 0) + status.get("RssShmem", 0) > limits.memory_mb << 10:
            return f"used more than {limits.memory_mb} MB of memory"
        if status.get("Threads", 0) > limits.threads:
            return f"started more than {limits.threads} threads"
        if self._cpu_allowed and self._cpu() - self._cpu_before > self._cpu_allowed:
            return f"used more than {self._cpu_allowed:g} seconds of processor time"
        return ""

    def _status(self) -> dict[str, int]:
        """Return the numbers in /proc/<pid>/status; sizes are in kB (proc_pid_status(5))."""
        numbers = {}
        with suppress(OSError, ValueError):
            for line in (self._proc / "status").read_text(encoding="utf-8", errors="replace").splitlines():
                name, _, value = line.partition(":")
                if name in {"RssAnon", "RssShmem", "Threads"}:
                    numbers[name] = int(value.split()[0])
        return numbers

    def _cpu(self) -> float:
        """Return the processor seconds used so far: fields 14 and 15 of proc_pid_stat(5)."""
        with suppress(OSError, ValueError, IndexError):
            after_name = (self._proc / "stat").read_text(errors="replace").rpartition(")")[2].split()
            return (int(after_name[11]) + int(after_name[12])) / TICKS
        return 0.0

    def _of_folder(self, now: float) -> str:
        if now < self._next_folder:
            return ""
        self._next_folder = now + FOLDER_EVERY
        files, used = _filled(self._scratch, self._limits.scratch_files)
        if files > self._limits.scratch_files:
            return f"wrote more than {self._limits.scratch_files} files"
        if used + self._removed() > self._limits.scratch_mb << 20:
            return f"wrote more than {self._limits.scratch_mb} MB to disk"
        return ""

    def _removed(self) -> int:
        """Return the bytes of files that were removed and are still open or mapped: they stay on the disk."""
        sizes = {}
        with suppress(OSError), os.scandir(self._proc / "fd") as descriptors:
            for descriptor in descriptors:
                with suppress(OSError):
                    state = descriptor.stat()
                    if stat.S_ISREG(state.st_mode) and not state.st_nlink:
                        sizes[state.st_ino] = state.st_blocks * 512
        with suppress(OSError, ValueError):
            for line in (self._proc / "maps").read_text(encoding="utf-8", errors="replace").splitlines():
                if line.endswith(" (deleted)") and str(self._scratch) in line:
                    span, _, _, _, inode = line.split()[
                        :5
                    ]  # address perms offset dev inode: proc_pid_maps(5)
                    start, end = (int(edge, 16) for edge in span.split("-"))
                    sizes[int(inode)] = max(sizes.get(int(inode), 0), end - start)
        return sum(sizes.values())


def _filled(folder: Path, most: int) -> tuple[int, int]:
    """Return how many entries are below a folder and how many bytes they hold; counting ends above `most`.

    A folder too deep to be a homework's, or closed to us, counts as more than `most`: something hides in it.
    """
    try:
        top = os.open(folder, FOLDER)
    except OSError:  # gone, with its runner
        return 0, 0
    try:
        return _below(top, most, 0)
    finally:
        os.close(top)


def _below(folder: int, most: int, depth: int) -> tuple[int, int]:
    """Count below an open folder. By descriptors: a path may be longer than any path may be."""
    if depth > DEEPEST:
        return most + 1, 0
    count = used = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            count += 1
            with suppress(FileNotFoundError):  # removed meanwhile
                used += entry.stat(follow_symlinks=False).st_blocks * 512
                if entry.is_dir(follow_symlinks=False):
                    more, size = _inside(folder, entry.name, most - count, depth)
                    count, used = count + more, used + size
            if count > most:
                break
    return count, used


def _inside(folder: int, name: str, most: int, depth: int) -> tuple[int, int]:
    try:
        below = os.open(name, FOLDER, dir_fd=folder)
    except FileNotFoundError:
        raise
    except OSError:
        return most + 1, 0
    try:
        return _below(below, most, depth + 1)
    finally:
        os.close(below)
