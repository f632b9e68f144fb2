"""a file or a folder -> a signal now, and one each time that something in there is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

OFTEN = 100  # milliseconds between two looks; the wait that makes one signal of several files at once
IGNORED = frozenset({"__pycache__"})


class NoWatcher(Exception):
    """The library that watches files is not installed. The message says the way out."""


def saves(path: Path) -> Iterator[None]:
    """Yield once as soon as nothing is missed any more, then after each save. Ctrl-C comes through.

    What is saved while the caller is busy is told when it comes back. Raises NoWatcher.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise NoWatcher(
            "--watch needs the package watchfiles, which is not installed: pip install 'nn-grader[watch]'"
        ) from None
    # Editors put a new file in the old one's place: the folder is what stays the same.
    folder = path if path.is_dir() else path.parent
    changes = watch(
        folder.resolve(),
        watch_filter=_matter(path),
        step=OFTEN // 2,
        rust_timeout=OFTEN,
        yield_on_timeout=True,
        recursive=path.is_dir(),
    )
    next(changes, None)
    yield
    yield from (None for changed in changes if changed)


def _matter(path: Path) -> Callable[[object, str], bool]:
    """Return what tells of a changed file whether it belongs to the work: nothing hidden, no cache."""
    place = path.resolve()

    def matters(_: object, changed: str) -> bool:
        if not place.is_dir():
            return Path(changed).name == place.name
        inside = Path(changed).relative_to(place).parts
        return not any(name.startswith(".") or name in IGNORED for name in inside)

    return matters
