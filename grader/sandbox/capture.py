"""what student code prints -> its first kilobytes, as text."""

from __future__ import annotations

FLOOD = 64 << 20  # bytes; who prints more is stopped


class Flood(Exception):
    """More was printed than anyone prints by mistake."""


class Capture:
    """Keeps the first `most` bytes, counts the rest. `muted` drops what is printed a second time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept = bytearray()
        self._seen = 0
        self.muted = False

    def take(self, chunk: bytes) -> None:
        """Take in more output. Raises Flood."""
        self._seen += len(chunk)
        if not self.muted:
            self._kept += chunk[: max(0, self._most + 1 - len(self._kept))]
        if self._seen > FLOOD:
            raise Flood

    def restart(self) -> None:
        """Count anew, for a new process; what was kept stays."""
        self._seen = 0

    @property
    def text(self) -> str:
        """What was printed; it says so where it was cut."""
        text = self._kept[: self._most].decode("utf-8", "replace")
        if len(self._kept) <= self._most:
            return text
        return f"{text}\n[only the first {self._most // 1024} kB of the output are kept]\n"
