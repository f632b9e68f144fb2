"""a level -> Wall, with its warm parents running behind it for as long as a block lasts."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from grader.sandbox.inside.reach import readable
from grader.sandbox.inside.warm import SOON
from grader.sandbox.launch import AT_HOME, COMMAND, INSIDE, PYTHON, QUIET, START
from grader.sandbox.wall import FRESH, NETWORKS, PLAIN, NoWall, Sandbox, Wall

# TensorFlow takes seconds to import: the parent that has it waits until a submission needs it.
PARENTS: Mapping[str, Mapping[str, object]] = {
    PLAIN: {"preload": ["numpy", "matplotlib"], "at_once": True},
    NETWORKS: {"preload": ["numpy", "matplotlib", "keras"], "at_once": False},
}
BACKLOG = 128  # judges that wait for a parent to finish its imports
LOOKED_AFTER = 0.5  # seconds between two looks whether a parent is still there
PATIENCE = 20.0  # seconds for a parent to say that it is there; its imports come after that


@contextmanager
def raised(level: Sandbox, kinds: Sequence[str] = (PLAIN, NETWORKS)) -> Iterator[Wall]:
    """Start the warm parents, in bubblewrap where that works and is not off; end them with the block.

    Without forks by descriptor (anything but Linux) there are none, and each runner starts afresh. Raises
    NoWall where the level cannot be had.
    """
    if not can_fork():
        if level is Sandbox.STRICT:
            raise NoWall("--sandbox strict needs bubblewrap, which is for Linux only.")
        yield Wall(level)
        return
    from grader.sandbox import ours  # which needs locks that not every system has

    with ours.folder() as folder, ExitStack() as stack:
        yield _built(level, folder, kinds, stack)


def hasten(wall: Wall) -> None:
    """Let the parent that has Keras import it now, while judges get ready: somebody will need it."""
    if door := wall.doors.get(NETWORKS):
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
            line.connect(door)
            line.send(SOON)


@contextmanager
def warmed() -> Iterator[Wall]:
    """Start the parent that has Keras, importing it at once, for one's own code on one's own machine.

    Where it does not start, or nothing can be forked, each runner starts afresh, as without this.
    """
    with ExitStack() as stack:
        try:
            wall = stack.enter_context(raised(Sandbox.OFFERED, (NETWORKS,)))
        except NoWall:
            wall = FRESH
        hasten(wall)
        yield wall


def can_fork() -> bool:
    """Return whether a process can be forked here, handed over and killed by descriptor: Linux from 5.3."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(socket, "SOCK_SEQPACKET")


def _built(level: Sandbox, folder: Path, kinds: Sequence[str], stack: ExitStack) -> Wall:
    """Start the parents, wrapped or, where bubblewrap fails and is not required, not."""
    rooms = folder / "rooms"
    home = folder / "home"
    for new in (rooms, home):
        new.mkdir()
    wall = Wall(level, scratch=str(rooms))
    if level is not Sandbox.OFF and shutil.which("bwrap"):
        with suppress(NoWall):
            doors = _parents(folder, kinds, bubblewrap(rooms, home), stack)
            return replace(wall, doors=doors, bubblewrapped=True)
    if level is Sandbox.STRICT:
        raise NoWall(
            "--sandbox strict needs bubblewrap (bwrap), which is not installed or does not start here."
        )
    return replace(wall, doors=_parents(folder, kinds, (), stack))


def _parents(folder: Path, kinds: Sequence[str], wrapped: Sequence[str], stack: ExitStack) -> dict[str, str]:
    """Start a parent of each kind; return where they listen. Raises NoWall, with none left running."""
    with ExitStack() as so_far:
        doors = {}
        for kind in kinds:
            door = str(folder / f"{kind}-{'wrapped' if wrapped else 'bare'}")
            start = partial(_started, door, wrapped, folder / "home", PARENTS[kind])
            so_far.callback(_Kept(start).close)
            doors[kind] = door
        stack.push(so_far.pop_all())
    return doors


class _Kept:
    """A warm parent that is started again when it is lost, to memory that ran out, say."""

    def __init__(self, start: Callable[[], _Lifeline]) -> None:
        """Start it. Raises NoWall."""
        self._start = start
        self._lifeline = start()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._closed.wait(LOOKED_AFTER):
            if self._lifeline.ended():
                self._lifeline.close()
                with suppress(NoWall, OSError):  # tried again at the next look
                    self._lifeline = self._start()

    def close(self) -> None:
        """End it."""
        self._closed.set()
        self._thread.join()
        self._lifeline.close()


class _Lifeline:
    """A warm parent's process; closing it ends the parent and every runner that it forked."""

    def __init__(self, process: subprocess.Popen[bytes], line: socket.socket) -> None:
        self._process = process
        self._line = line

    def said(self) -> bool:
        """Wait until the parent has said that it is there."""
        self._line.settimeout(PATIENCE)
        try:
            return self._line.recv(1) == b"+"
        except OSError:
            return False

    def ended(self) -> bool:
        """Return whether the parent is gone."""
        return self._process.poll() is not None

    def close(self) -> None:
        """End it."""
        self._line.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _started(door: str, wrapped: Sequence[str], home: Path, wanted: Mapping[str, object]) -> _Lifeline:
    """Start one parent. Only it holds the listening socket, so that its end is seen by who connects."""
    Path(door).unlink(missing_ok=True)  # of a parent that was lost
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with theirs, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(door)
        listener.listen(BACKLOG)
        numbers = (listener.fileno(), theirs.fileno())
        try:
            process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own file)
                [*wrapped, PYTHON, *COMMAND, str(START), "warm", *map(str, numbers), json.dumps(wanted)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=home,
                env={**QUIET, **dict.fromkeys(AT_HOME, str(home))},
                pass_fds=numbers,
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise NoWall(f"no process could be started for student code: {error}") from None
    lifeline = _Lifeline(process, ours)
    if not lifeline.said():
        lifeline.close()
        raise NoWall("the process that student code is forked from did not start.")
    return lifeline


def bubblewrap(rooms: Path, home: Path) -> tuple[str, ...]:
    """Return the command that runs a warm parent where nothing else of the machine exists.

    Seen inside: the interpreter, the system's libraries, the scratch folders. No network, no other process.
    """
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    interpreter = [f"{prefix}/{name}" for prefix in sorted(prefixes) for name in ("bin", "pyvenv.cfg")]
    shown = [*readable(), *interpreter, str(INSIDE)]
    binds = [word for path in dict.fromkeys(shown) for word in ("--ro-bind-try", path, path)]
    own = [word for path in (rooms, home) for word in ("--bind", str(path), str(path))]
    return ("bwrap", "--unshare-all", "--die-with-parent", "--proc", "/proc", "--dev", "/dev", *binds, *own)
