"""code strings -> Students behind a wall, closed when the test is over."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import NoWall, Room, Sandbox, Student, Wall, walled
from grader.sandbox.inside import jail
from grader.sandbox.warm import can_fork

Make = Callable[..., Student]
# What the contract holds for: a fresh process without a jail, warm ones with the kernel's, warm ones in bubblewrap.
WALLS = ("off", "kernel", "bubblewrap")


@pytest.fixture(scope="session")
def raise_wall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Wall]]:
    """Raise each kind of wall once, when it is first wanted."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patched:
        standing: dict[str, Wall] = {"off": Wall(Sandbox.OFF)}

        def wanted(kind: str) -> Wall:
            if kind not in standing:
                level = Sandbox.STRICT if kind == "bubblewrap" else Sandbox.AUTO
                if kind == "kernel":  # as on a machine where bubblewrap is not installed
                    patched.setattr(shutil, "which", lambda *_: None)
                try:
                    standing[kind] = stack.enter_context(walled(level, ()))
                except NoWall as fault:  # a container may forbid bubblewrap; the kernel's layers it may not
                    if kind != "bubblewrap":
                        raise
                    pytest.skip(f"bubblewrap does not start here: {fault}")
                finally:
                    patched.undo()
            return standing[kind]

        yield wanted


def has_kernel_layers() -> bool:
    return can_fork() and jail.landlock_version() > 0 and jail.has_seccomp()


@pytest.fixture
def wall(request: pytest.FixtureRequest, raise_wall: Callable[[str], Wall]) -> Wall:
    """The wall of a test: the kind it is parametrised with, else the best of this machine but bubblewrap."""
    kind = getattr(request, "param", "kernel" if has_kernel_layers() else "off")
    if kind != "off" and not has_kernel_layers():
        pytest.skip("this machine has no Landlock or no seccomp")
    if kind == "bubblewrap" and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")
    return raise_wall(kind)


@pytest.fixture
def doors() -> Iterator[list[Student]]:
    """Close every student of a test, whatever happens in it."""
    opened: list[Student] = []
    yield opened
    for student in opened:
        student.close()


@pytest.fixture
def module(doors: list[Student], wall: Wall) -> Make:
    """Give a Student of a module `ps4.py` with the code; keywords are its limits, or those of its Room."""

    def make(code: str, file: str = "ps4.py", **given: object) -> Student:
        doors.append(opened(CodeFile(Source.MODULE, file, (Cell(1, code),)), wall, given))
        return doors[-1]

    return make


@pytest.fixture
def notebook(doors: list[Student], wall: Wall) -> Make:
    """Give a Student of a notebook with a cell for each code; keywords are its limits, or those of its Room."""

    def make(*codes: str, **given: object) -> Student:
        cells = tuple(Cell(number, code) for number, code in enumerate(codes, start=1))
        doors.append(opened(CodeFile(Source.NOTEBOOK, "hw.ipynb", cells), wall, given))
        return doors[-1]

    return make


def opened(code: CodeFile, wall: Wall, given: dict[str, object]) -> Student:
    around = {name: given.pop(name) for name in ("files", "preamble", "handlers", "purse") if name in given}
    return Student(code, Limits(**given), Room(wall, **around))


@pytest.fixture
def scratch_of(wall: Wall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """Give the scratch folders that are there now, of this test alone where there is no wall to hold them."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return lambda: list(Path(wall.scratch or tmp_path).glob("grader-????????"))
