"""Assignment -> what a course hands out: statement, starter files, public checks, and no answer."""

from __future__ import annotations

import ast
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from grader import assignment as assignments
from grader.datatypes import Assignment
from grader.kit.page import readme, statement
from grader.kit.problem_set import assignment_toml, unseen_checks
from grader.proofreading import Sources, check_functions, idle_public

PUBLIC, STARTER, STATEMENT = "public", "starter", "statement.md"  # of a problem set
WORK = "hand-in"  # of a kit: where students work, and nothing else lies
LEFT_OUT = frozenset("._")  # what begins so is hidden, or Python's own
Files = Mapping[str, bytes]  # by path in the kit


class NoKit(Exception):
    """No kit can be made, or not there. The message names the file and the way out."""


def write(assignment: Assignment, out: Path) -> None:
    """Write the kit into a folder that is new or empty, whole or not at all.

    Without public checks it says of each part no more than whether there is an answer.
    Raises NoKit where there is something already, or what is public needs what is not; OSError.
    """
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise NoKit(f"{out} is there already and not empty: name a new folder. It may hold somebody's work.")
    if idle := idle_public(assignment):
        raise NoKit("\n".join(idle))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".kit-") as beside:
        folder = Path(beside) / (out.name or "kit")
        _fill(folder, _plain(assignment))
        _fill(folder, _described(assignment, folder))
        _proofread(assignment, folder)
        if out.exists():
            out.rmdir()
        shutil.move(folder, out)


def tried(assignment: Assignment) -> None:
    """See that what is public makes a kit, and keep nothing of it. Raises NoKit, OSError."""
    if (assignment.folder / PUBLIC).is_dir() and (assignment.folder / STARTER).is_dir():
        with tempfile.TemporaryDirectory() as beside:
            write(assignment, Path(beside) / "kit")


def has_public(assignment: Assignment) -> bool:
    """Return whether there are public checks, without which a kit says that work is there and no more."""
    return bool(Sources(assignment.folder, PUBLIC).check_files())


def work_in(path: Path) -> Path:
    """Return where the student's own work lies: in a kit's own folder, what is handed in; else the path."""
    work = path / WORK
    return work if (path / assignments.NAME).is_file() and work.is_dir() else path


def _plain(assignment: Assignment) -> Files:
    """Return what is handed out as it lies in the problem set: the public checks and the starter files."""
    if not (assignment.folder / STARTER).is_dir():
        raise NoKit(
            f"{assignment.folder}: there is no {STARTER}/ to make a kit of: put into it what students fill "
            "in (docs/kit.md)."
        )
    files = {f"checks/{name}": data for name, data in _read(assignment.folder / PUBLIC)}
    for name, data in _read(assignment.folder / STARTER):
        if data.decode("utf-8", "replace") == assignment.preamble and assignment.preamble:
            continue  # it lies beside assignment.toml
        files[name if name == STATEMENT else f"{WORK}/{name}"] = data
    return files


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder and those below, but no hidden ones, and no links: they lead anywhere."""
    for path in sorted(folder.rglob("*")):
        steps = path.relative_to(folder).parts
        if path.is_file() and not path.is_symlink() and not LEFT_OUT.intersection(step[0] for step in steps):
            yield "/".join(steps), path.read_bytes()


def _described(assignment: Assignment, folder: Path) -> Files:
    """Return what is written anew, for the public checks that lie in the folder already."""
    functions = check_functions(Sources(folder))
    texts = {
        assignments.NAME: assignment_toml(assignment, functions),
        "checks/test_unseen.py": unseen_checks(
            assignment, functions, check_functions(Sources(assignment.folder)), _starter_names(folder / WORK)
        ),
        "first_cell.py": assignment.preamble,
        "README.md": readme(assignment, sorted(path.name for path in (folder / WORK).iterdir())),
    }
    if not (folder / STATEMENT).exists():
        texts[STATEMENT] = statement(assignment)
    return {name: text.encode() for name, text in texts.items() if text}


def _starter_names(work: Path) -> list[str]:
    """Return the names that the starter modules bind at their top level, in their order."""
    found: list[str] = []
    for path in sorted(work.glob("*.py")):
        with suppress(SyntaxError, ValueError):
            for node in ast.parse(path.read_bytes()).body:
                if isinstance(node, ast.FunctionDef):
                    found.append(node.name)
                elif isinstance(node, ast.Assign):
                    found += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return found


def _fill(folder: Path, files: Files) -> None:
    (folder / WORK).mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _proofread(assignment: Assignment, folder: Path) -> None:
    """Refuse a kit whose own problem set does not hold together by itself: what it imports is not in it."""
    try:
        problem_set = assignments.load(folder)
        assignments.agree(problem_set)
    except assignments.BadAssignment as fault:
        kit = f"{folder.resolve()}"  # as they are told; of a relative path only the end would be found
        told = str(fault).replace(f"{kit}/checks", str(assignment.folder / PUBLIC))
        told = re.sub(rf"there is no {re.escape(kit)}/(\S+)", r"there is no \1 in the kit", told)
        told = told.replace(kit, "the kit")
        raise NoKit(
            f"{told}\nPublic checks import nothing of the problem set but each other (docs/kit.md)."
        ) from None
