"""acts as they come, of one's own or another's file -> the marks that stand now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.marking.acts import Act, Stood, files, read, standing
from grader.marking.marks import Place


class Standing:
    """The marks of one marker. What comes is added; only taking back reads everything again."""

    def __init__(self, who: str, acts: Iterable[Act] = ()) -> None:
        """Begin with what the file holds."""
        self.who = who
        self.acts: list[Act] = []
        self.marks: dict[Place, Stood] = {}
        self.take(acts)

    def take(self, new: Iterable[Act]) -> None:
        """Add acts that follow."""
        new = list(new)
        self.acts += new
        taken_back = any(act.undoes is not None for act in new)
        self.marks = standing(self.acts, self.who) if taken_back else self.marks | standing(new, self.who)


class Others:
    """What other markers have on disk; read again where a file is another than it was."""

    def __init__(self, out: Path, own: str) -> None:
        """Look at the folder."""
        self._out, self._own = out, own
        self._seen: dict[Path, tuple[int, int]] = {}
        self.by_name: dict[str, Standing] = {}

    def look(self) -> None:
        """Take in what came since. Raises marking.BadBook, OSError."""
        for path in files(self._out):
            if path.stem == self._own:
                continue
            stamp = (path.stat().st_size, path.stat().st_mtime_ns)
            if self._seen.get(path) != stamp:
                self._take(path)
                self._seen[path] = stamp

    def _take(self, path: Path) -> None:
        acts = read(path)
        known = self.by_name.get(path.stem)
        if known and tuple(known.acts) == acts[: len(known.acts)]:
            known.take(acts[len(known.acts) :])
        else:
            self.by_name[path.stem] = Standing(path.stem, acts)

    def __bool__(self) -> bool:
        """Return whether there is anybody else."""
        return bool(self.by_name)
