"""a problem set's folder -> the digest of its files that grading runs or reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

NOT_RUN = frozenset({"specimens", "starter", "calibration", "__pycache__"})


@lru_cache(maxsize=8)
def digest(folder: Path) -> str:
    """Return the digest, looked up once a process; what assignment.toml says is not in it."""
    inside = (path for path in sorted(folder.rglob("*")) if _counts(path.relative_to(folder)))
    return of(folder, (path for path in inside if path.name != "assignment.toml"))


def look_again() -> None:
    """Forget the digests: in a process that outlives a class, files may be others by now."""
    digest.cache_clear()


def of(folder: Path, files: Iterable[Path]) -> str:
    """Return the digest of files in a folder, with their names."""
    found = sha256()
    for path in files:
        if path.is_file():
            found.update(f"{path.relative_to(folder).as_posix()}\n".encode())
            found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _counts(path: Path) -> bool:
    return not (NOT_RUN & set(path.parts) or any(step.startswith(".") for step in path.parts))
