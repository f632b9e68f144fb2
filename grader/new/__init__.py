"""(a name, a folder) -> a small problem set that verifies at once, to be changed into one's own."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from string import Template

BLANK = Path(__file__).with_name("blank")
FORM = re.compile(r"[a-z][a-z0-9_-]{0,39}")
STARTER = "starter/name.py"  # called as the problem set is: what students fill in


class NotNew(Exception):
    """Nothing can be written under that name, or there. The message says why and the way out."""


def write(name: str, out: Path) -> None:
    """Write the problem set into a folder that is new or empty, whole or not at all.

    Raises NotNew for a name that is none, and where there is something already; OSError.
    """
    _refuse_name(name)
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise NotNew(
            f"{out} is there already{' and not empty' * out.is_dir()}, and nothing in it is overwritten: "
            "take another name, or another place with --out DIR."
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".new-") as beside:
        folder = Path(beside) / "set"
        for path, text in files(name).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        if out.exists():
            out.rmdir()
        shutil.move(folder, out)


def files(name: str) -> Mapping[str, str]:
    """Return the texts of a new problem set, by path."""
    found = {}
    for path in sorted(path for path in BLANK.rglob("*") if path.suffix in {".py", ".toml", ".md"}):
        inside = path.relative_to(BLANK).as_posix()
        text = Template(path.read_text(encoding="utf-8")).substitute(name=name)
        found[f"starter/{name}.py" if inside == STARTER else inside] = text
    return found


def _refuse_name(name: str) -> None:
    """Raise NotNew for what could be no folder's, no module's and no id's name on every machine."""
    if FORM.fullmatch(name):
        return
    if "/" in name or "\\" in name:
        last = _near(re.split(r"[/\\]", name.rstrip("/\\"))[-1]) or "lab"
        raise NotNew(f"{name} is a path, and a name is wanted: grader new {last} --out {name}")
    near = _near(name)
    raise NotNew(
        f"'{name}' cannot be the name: up to 40 small letters, digits, - and _, the first a letter"
        f"{f'. Perhaps {near}?' if near else '.'}"
    )


def _near(name: str) -> str:
    """Return a name that can be one and looks like what was given, '' for none."""
    found = re.sub(r"[^a-z0-9_]+", "-", name.casefold()).strip("-_")[:40]
    return found if FORM.fullmatch(found) else ""
