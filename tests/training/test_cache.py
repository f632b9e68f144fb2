"""What was trained is kept, whole or as far as it came, and a broken file costs nothing but time."""

from __future__ import annotations

import multiprocessing
import pickle
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.training import cache as kept
from grader.training.cache import Cache
from grader.training.result import TrainingResult

RESULT = TrainingResult(
    seed=3,
    epochs=(0, 1),
    history={"accuracy": (0.5, 0.75), "loss": (2.0, float("nan"))},
    accuracy=(0.4, 0.7),
    weights=(np.arange(6, dtype=np.float32).reshape(2, 3), np.zeros(3, np.float32)),
    optimizer=(np.array(12), np.ones(6, np.float32)),
    callbacks=({"best": 0.5, "wait": 1}, {}),
    seconds=1.5,
    finished=False,
    checkpoint=(np.ones(2, np.float32),),
)


def same(one: TrainingResult, other: TrainingResult) -> bool:
    arrays = ("weights", "optimizer", "checkpoint")
    plain = all(
        repr(getattr(one, name)) == repr(getattr(other, name))
        for name in one.__dataclass_fields__
        if name not in arrays
    )
    return plain and all(
        len(getattr(one, name)) == len(getattr(other, name))
        and all(map(np.array_equal, getattr(one, name), getattr(other, name)))
        for name in arrays
    )


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "trainings.sqlite")
    assert cache.get("a") is None
    cache.put("a", RESULT)
    assert same(cache.get("a"), RESULT)
    assert cache.get("b") is None


def test_of_a_finished_training_the_optimizer_keeps_its_steps_alone(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "trainings.sqlite")
    cache.put("a", replace(RESULT, finished=True))
    assert [array.tolist() for array in cache.get("a").optimizer] == [12]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_none_is_as_good_as_no_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "trainings.sqlite"
    file.write_bytes(content)
    cache = Cache(file)
    cache.put("a", RESULT)
    assert content == b"" or cache.get("a") is None


def test_a_place_that_cannot_be_written_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for cache in (Cache(tmp_path / "file" / "trainings.sqlite"), Cache(None)):
        cache.put("a", RESULT)
        assert cache.get("a") is None


def test_a_pickle_that_somebody_put_there_is_not_loaded(tmp_path: Path) -> None:
    file = tmp_path / "trainings.sqlite"
    cache = Cache(file)
    cache.put("a", RESULT)
    with sqlite3.connect(file) as database:
        evil = np.array([{"a": 1}], dtype=object)
        for content in (pickle.dumps(evil), b"PK"):
            database.execute("UPDATE trainings SET arrays = ?", (content,))
            database.commit()
            assert cache.get("a") is None
        database.execute("UPDATE trainings SET told = '{}'")
        database.commit()
    database.close()
    assert cache.get("a") is None


def write(file: Path, name: str) -> None:
    cache = Cache(file)
    for number in range(25):
        cache.put(f"{name}{number}", RESULT)
        assert cache.get(f"{name}{number}") is not None


@pytest.mark.slow
def test_many_processes_write_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "trainings.sqlite"
    context = multiprocessing.get_context("forkserver")
    writers = [context.Process(target=write, args=(file, name)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 4
    cache = Cache(file)
    assert all(same(cache.get(f"{name}{number}"), RESULT) for name in "abcd" for number in range(25))


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path, monkeypatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(kept.time, "time", lambda: float(next(clock)))
    cache = Cache(tmp_path / "trainings.sqlite")
    cache.put("a", RESULT)
    size = len(kept._written(RESULT)[1])
    monkeypatch.setattr(kept, "LARGEST", 3 * size)
    for key in "bc":
        cache.put(key, RESULT)
    assert cache.get("a") is not None
    cache.put("d", RESULT)
    assert [key for key in "abcd" if cache.get(key) is None] == ["b"]


def test_where_it_lies_can_be_said(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GRADER_CACHE", "off")
    assert kept.usual_place() is None
    monkeypatch.setenv("GRADER_CACHE", str(tmp_path / "mine.sqlite"))
    assert kept.usual_place() == tmp_path / "mine.sqlite"
    monkeypatch.delenv("GRADER_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert kept.usual_place() == tmp_path / "nn-grader" / "trainings.sqlite"


def test_why_nothing_is_kept_is_known(tmp_path: Path) -> None:
    assert kept.trouble(None) == ""
    assert kept.trouble(tmp_path / "new" / "trainings.sqlite") == ""
    (tmp_path / "text").write_text("no database")
    assert "file is not a database" in kept.trouble(tmp_path / "text")
    assert str(tmp_path / "text" / "below") in kept.trouble(tmp_path / "text" / "below")
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE trainings (something TEXT)")
    other.close()
    assert "no such column" in kept.trouble(tmp_path / "other")
