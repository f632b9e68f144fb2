"""the machine -> what it offers for grading, and what each lack costs."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec

from grader import datasets
from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import NoWall, RunnerFault, Sandbox, Student, StudentFault, walled
from grader.sandbox.inside import jail

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KERAS = CodeFile(Source.MODULE, "doctor.py", (Cell(1, "import keras\nversion = keras.__version__"),))
GIGABYTE = 1 << 30


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for. `costs` says what its lack means, '' where nothing lacks."""

    what: str
    found: str
    costs: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """All that was found. `can_grade` says whether `grader grade` can keep student code in here."""

    findings: tuple[Finding, ...]
    can_grade: bool


def examine(told: Callable[[Finding], None]) -> Diagnosis:
    """Look at everything; `told` hears of each finding as it is made."""
    findings = []
    for finding in _findings():
        told(finding)
        findings.append(finding)
    can_grade = not any(finding.what == "the wall" and finding.costs for finding in findings)
    return Diagnosis(tuple(findings), can_grade)


def _findings() -> Iterator[Finding]:
    yield Finding("system", f"{platform.system()} {platform.release()}, {platform.machine()}")
    yield Finding("Python", f"{platform.python_version()} ({sys.executable})")
    yield from _layers()
    yield _root()
    yield _machine()
    yield _wall()
    yield _tensorflow()
    yield _mnist()
    yield _browser()


def _layers() -> Iterator[Finding]:
    version = jail.landlock_version()
    lacks = "student code could read files it must not: needs Linux 5.13 or newer, with Landlock switched on"
    yield Finding("Landlock", f"version {version}" if version else "none", "" if version else lacks)
    holds = jail.has_seccomp()
    lacks = "student code could use the network and start processes: needs Linux on x86_64 or aarch64"
    yield Finding("seccomp", "yes" if holds else "none", "" if holds else lacks)
    path = shutil.which("bwrap")
    lacks = (
        "student code can see that a file exists, though not what is in it (install the package bubblewrap)"
    )
    yield Finding("bubblewrap", _bubblewrap_version(path) if path else "none", "" if path else lacks)


def _bubblewrap_version(path: str) -> str:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 (found on the path)
    return told.stdout.strip() or path


def _root() -> Finding:
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return Finding("user", "not root")
    return Finding(
        "user",
        "root: student code runs as root without any of its powers",
        "an ordinary user is one line of defence more",
    )


def _machine() -> Finding:
    cores = os.cpu_count() or 1
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return Finding("machine", f"{cores} processors")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIGABYTE
    need = cores * Limits().memory_mb / 1024
    costs = f"{cores} submissions at a time may want {need:.0f} GB: use --jobs" if memory < need else ""
    return Finding("machine", f"{cores} processors, {memory:.0f} GB of memory", costs)


def _wall() -> Finding:
    """Raise the wall as `grader grade` does, and try to get through."""
    try:
        with walled(Sandbox.AUTO, ()) as wall:
            return Finding("the wall", f"holds: {wall.told}")
    except NoWall as fault:
        return Finding("the wall", "does not hold", str(fault))


def _tensorflow() -> Finding:
    """Import Keras behind the wall, where students' networks are built."""
    lacks = "networks cannot be looked at: their checks wait for a person"
    try:
        installed = metadata.version("tensorflow")
        with Student(KERAS, Limits()) as student:
            return Finding("TensorFlow", f"{installed}, Keras {student.value('version')}, starts in a runner")
    except metadata.PackageNotFoundError:
        return Finding("TensorFlow", "not installed", lacks)
    except (StudentFault, RunnerFault) as fault:
        return Finding("TensorFlow", f"{installed}, does not start in a runner", f"{lacks} ({fault})")


def _mnist() -> Finding:
    """Look for MNIST as grading does without --data, the network included."""
    named = os.environ.get("GRADER_MNIST", "")
    try:
        place = datasets.located()
    except datasets.BadData as problem:
        return Finding("MNIST", "none", f"nothing that trains is graded: GRADER_MNIST: {problem}")
    if place != datasets.STAND_IN:
        where = "GRADER_MNIST" if named else "where Keras keeps it"
        return Finding("MNIST", f"{place} ({where}; --data FILE names another)")
    found = (
        "not looked for: GRADER_MNIST says stand-in"
        if named
        else f"none: not in {datasets.keras_cache()}, and the network does not give it"
    )
    stand_in = "a stand-in" if find_spec("sklearn") else "nothing (pip install scikit-learn for a stand-in)"
    return Finding(
        "MNIST",
        found,
        f"networks are trained on {stand_in}, and their accuracies give no mark: say where it is, with "
        "--data mnist.npz or GRADER_MNIST=mnist.npz",
    )


def _browser() -> Finding:
    path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    lacks = "our own tests of the pages are skipped; grading needs none"
    return Finding("browser", path or "none", "" if path else lacks)
