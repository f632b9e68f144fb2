"""A wall that leaks or lacks a layer is refused before any student's code runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.sandbox import NoWall, Sandbox, Wall, probe, walled


class Open(Wall):
    """Asks for a wall and gets none: what a kernel without Landlock comes to."""

    jail = False


class Blind(Open):
    """Gets no wall, and does not look at the layers either."""

    def lacks(self, _layers):
        return []


@contextmanager
def standing(wall: Wall) -> Iterator[Wall]:
    yield wall


@pytest.mark.parametrize("wall", ["kernel", "bubblewrap"], indirect=True)
def test_a_wall_that_holds_says_by_what(wall):
    assert any(layer.startswith("landlock") for layer in wall.layers)
    assert "seccomp" in wall.layers
    assert wall.told == ", ".join(wall.layers)
    assert wall.bubblewrapped == ("bubblewrap" in wall.told)


@pytest.mark.parametrize("level", [Sandbox.AUTO, Sandbox.STRICT])
def test_a_missing_layer_is_refused_with_the_ways_out(monkeypatch, level):
    monkeypatch.setattr(probe, "raised", lambda _: standing(Open(level)))
    with pytest.raises(NoWall) as refused, walled(level, ()):
        pass
    message = str(refused.value)
    assert "no landlock and no seccomp" in message
    for way_out in ("Linux", "kernel from 5.13", "docs/security.md", "--sandbox off", "grader doctor"):
        assert way_out in message


def test_what_gets_through_is_named(monkeypatch):
    monkeypatch.setattr(probe, "raised", lambda _: standing(Blind(Sandbox.AUTO)))
    with pytest.raises(NoWall) as refused, walled(Sandbox.AUTO, ()):
        pass
    for leak in (
        "read a file of ours",
        "connect to a port",
        "connect to a socket",
        "start a process",
        "signal the grader",
    ):
        assert leak in str(refused.value)


def test_without_a_wall_nothing_is_tried(monkeypatch):
    with walled(Sandbox.OFF, ()) as wall:
        assert (wall.told, wall.layers) == ("off", ())


def test_one_s_own_code_is_never_refused(monkeypatch):
    monkeypatch.setattr(probe, "raised", lambda _: standing(Open(Sandbox.OFFERED)))
    with walled(Sandbox.OFFERED, ()) as wall:
        assert wall.told == "process"


def test_secrets_below_what_student_code_may_read_are_refused():
    inside = Path(sys.prefix) / "lib" / "course"
    with pytest.raises(NoWall, match="move it elsewhere"), walled(Sandbox.AUTO, (inside,)):
        pass
