"""What a student's code may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a student's code may use. Seconds are wall seconds; each allows `cores` of processor time."""

    seconds: float = 10.0  # one call
    load_seconds: float = 60.0  # a module's or a notebook's own top level, all of it
    total_seconds: float = 300.0  # all that is done with one file of code
    cores: float = 2.0
    memory_mb: int = 4096
    threads: int = 128
    file_mb: int = 256  # one file that is written
    scratch_mb: int = 512  # all that is written
    scratch_files: int = 5000
    output_kb: int = 64  # captured print output that is kept
    epochs: int = 600  # of all trainings of one submission that the grader does
    training_seconds: float = 300.0  # in which a submission's code may train itself what is no recipe
    teraflop: float = 250.0  # the arithmetic of these, in 10^12 operations
