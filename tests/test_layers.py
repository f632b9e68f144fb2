"""Imports point down the layers, and each library stays in its room."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# From the top: a module imports only from rows below its own (or from its own package).
LAYERS = [
    {"__main__"},
    {"cli"},
    {"authors", "checking", "exports", "grading", "markers", "privacy", "publishing"},
    {"selfcheck"},
    {"options", "asked", "agreed", "display", "progress", "desk", "publish"},
    {"verify", "doctor", "calibrate", "kit", "new", "remark", "forget", "rebuild"},
    {"batch", "graded", "cluster"},
    {"pipeline"},
    {"requests"},
    {"marking", "published"},
    {"report", "record", "gradebook", "terminal", "judges", "standing", "rerun", "busy"},
    {"checks", "scoring", "freshness", "changes", "members"},
    {"training", "classes", "attempts", "soundness", "broke", "lost", "corrections"},
    {"assignment", "ingest", "sandbox", "datasets", "roster", "lateness", "labels"},
    {"proofreading"},
    {"datatypes", "answers", "marks", "atomic", "alone", "forked", "problem_files"},
    {
        "arrays",
        "crops",
        "networks",
        "doing",
        "pace",
        "status",
        "taken",
        "limits",
        "shown",
        "watching",
        "browser",
        "piped",
        "regrade",
    },
    {"deadlines"},
]
ROW = {room: row for row, rooms in enumerate(LAYERS) for room in rooms}
HOME = {
    "pytest": {"checks"},
    "jinja2": {"report", "desk"},
    "flask": {"desk"},
    "werkzeug": {"desk"},
    "nh3": {"report"},
    "latex2mathml": {"report"},
    "tensorflow": {"training", "datasets"},
    "keras": {"training", "datasets"},
    "rich": {"terminal", "display", "progress"},
    "click": {
        *("cli", "authors", "checking", "exports", "grading", "markers", "privacy", "publishing"),
        *("options", "asked", "agreed"),
    },
    "pygments": {"report"},
    "rapidfuzz": {"marking"},
    "distributed": {"cluster"},
    "pypdfium2": {"ingest"},
    "pdfplumber": {"ingest"},
    "nbformat": {"ingest"},
    "yaml": {"classes"},
    "watchfiles": {"watching"},
}
BLANK = ROOT / "grader" / "new" / "blank"  # what `grader new` writes: no code of ours
MODULES = sorted(path for path in (ROOT / "grader").rglob("*.py") if not path.is_relative_to(BLANK))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "grader").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_inside(path: Path) -> bool:
    return "inside" in path.parts


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("grader.")}
    if is_inside(path):
        assert not rooms, "what runs beside student code imports nothing of ours"
    upward = {other for other in rooms - {room} if room != "__init__" and ROW[other] <= ROW[room]}
    assert not upward, f"{room} imports {upward}, which is not below it"
    assert not any(name.split(".")[0] == "reference" for name in imported(path))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_stays_in_its_room(path: Path) -> None:
    if is_inside(path):
        return
    strays = {
        top
        for name in imported(path)
        if room_of(path) not in HOME.get(top := name.split(".")[0], {room_of(path)})
    }
    assert not strays


def test_every_room_is_in_a_layer() -> None:
    assert {room_of(path) for path in MODULES} - {"__init__"} <= ROW.keys()


def test_reference_never_imports_the_engine() -> None:
    for path in (ROOT / "reference").glob("*/**/*.py"):
        if not {"specimens", "starter"} & set(path.parts):
            assert not {name for name in imported(path) if name.split(".")[0] == "grader"}, path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_are_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 300
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module's first line says its type"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 40, f"{node.name} is too long"
