"""a training's key -> TrainingResult, from the file that keeps them: the same recipe is trained once.

SQLite in WAL mode, so that many judges read and write at a time. Values are JSON and the bytes of an .npz
file, read without pickle: broken, full or not to be written it costs time and nothing else.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from grader.training.result import TrainingResult

FORMAT = 1
LARGEST = 2 << 30  # bytes of all that is kept; what was not used for longest goes first
PATIENCE = 20.0  # seconds that one process waits while another writes
ARRAYS = ("weights", "optimizer", "checkpoint")
TABLE = """CREATE TABLE IF NOT EXISTS trainings
(key TEXT PRIMARY KEY, told TEXT NOT NULL, arrays BLOB NOT NULL, used REAL NOT NULL)"""


def usual_place() -> Path | None:
    """Return where trainings are kept: GRADER_CACHE, else the user's cache; None where it says 'off'."""
    named = os.environ.get("GRADER_CACHE", "")
    if named == "off":
        return None
    with suppress(RuntimeError):  # nobody's home
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return Path(named) if named else folder / "nn-grader" / "trainings.sqlite"
    return None


def trouble(file: Path | None) -> str:
    """Return why nothing can be kept in a file, '' where it can or where nothing is to be kept."""
    if file is None:
        return ""
    try:
        with closing(_connected(file)) as database:
            database.execute("SELECT key, told, arrays, used FROM trainings LIMIT 0")
    except (OSError, sqlite3.Error) as fault:
        return f"{file}: {fault} (GRADER_CACHE=FILE names another place, GRADER_CACHE=off none)"
    return ""


class Cache:
    """What was trained before, in one file; without a file it keeps nothing."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def get(self, key: str) -> TrainingResult | None:
        """Return what is kept under a key, None where there is nothing that can be read."""
        with self._open() as database, suppress(sqlite3.Error, ValueError, KeyError, TypeError, OSError):
            if database is None:
                return None
            row = database.execute("SELECT told, arrays FROM trainings WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            database.execute("UPDATE trainings SET used = ? WHERE key = ?", (time.time(), key))
            return _read(*row)
        return None

    def put(self, key: str, result: TrainingResult) -> None:
        """Keep a result, whole or as far as it has come."""
        with self._open() as database, suppress(sqlite3.Error):
            if database is not None:
                values = (key, *_written(result), time.time())
                database.execute("INSERT OR REPLACE INTO trainings VALUES (?, ?, ?, ?)", values)
                _prune(database)

    def forget(self, keys: Iterable[str]) -> int:
        """Remove what is kept under some keys; return how many there were."""
        with self._open() as database, suppress(sqlite3.Error):
            if database is not None:
                rows = database.executemany("DELETE FROM trainings WHERE key = ?", [(key,) for key in keys])
                return max(rows.rowcount, 0)
        return 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection | None]:
        """Open the file for this moment: a connection is never carried into another process."""
        database = None
        if self._file is not None:
            with suppress(OSError, sqlite3.Error):
                database = _connected(self._file)
        if database is None:
            yield None
            return
        with closing(database):
            yield database


def _connected(file: Path) -> sqlite3.Connection:
    """Open a file, made where there is none. Raises OSError, sqlite3.Error."""
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(TABLE)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _prune(database: sqlite3.Connection) -> None:
    """Forget what was not used for longest, until the rest is no larger than it may be."""
    (total,) = database.execute("SELECT COALESCE(SUM(LENGTH(arrays)), 0) FROM trainings").fetchone()
    while total > LARGEST:
        key, size = database.execute(
            "SELECT key, LENGTH(arrays) FROM trainings ORDER BY used LIMIT 1"
        ).fetchone()
        database.execute("DELETE FROM trainings WHERE key = ?", (key,))
        total -= size


def _written(result: TrainingResult) -> tuple[str, bytes]:
    """Return a result as JSON and .npz. What only a continued training needs goes once all is done."""
    kept = replace(result, optimizer=result.optimizer[:1]) if result.finished else result
    told = {field.name: getattr(kept, field.name) for field in fields(kept) if field.name not in ARRAYS}
    file = io.BytesIO()
    arrays = {
        f"{name}{number:04}": array for name in ARRAYS for number, array in enumerate(getattr(kept, name))
    }
    np.savez(file, **arrays)
    return json.dumps({"format": FORMAT, **told}), file.getvalue()


def _read(told: str, content: bytes) -> TrainingResult:
    """Return a result from JSON and .npz. Raises ValueError, KeyError, TypeError, OSError."""
    values: dict[str, Any] = json.loads(told)
    if values.pop("format") != FORMAT:
        raise ValueError("another format")
    history: Mapping[str, list[float]] = values.pop("history")
    callbacks = tuple(values.pop("callbacks"))
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays: dict[str, Any] = {
                name: tuple(file[key] for key in sorted(file) if key[:-4] == name) for name in ARRAYS
            }
    except zipfile.BadZipFile as broken:
        raise ValueError(str(broken)) from None
    return TrainingResult(
        history={name: tuple(values) for name, values in history.items()},
        callbacks=callbacks,
        **plain,
        **arrays,
    )
