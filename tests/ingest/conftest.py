"""An invented problem set, and a way to hand something in for it."""

from pathlib import Path

import pytest

from grader.datatypes import Assignment, Part
from grader.ingest import read


@pytest.fixture(scope="session")
def homework():
    return Assignment(
        id="hw",
        title="Homework",
        folder=Path(),
        sections={
            "1": "Deep Learning Principles",
            "2": "Depth vs Width",
            "3": "Convolutional Neural Networks",
        },
        parts=(
            Part("1A", "Zero weights", "Why does a network with zero weights never learn?"),
            Part("1B", "Layers for XOR", "How many layers does XOR need?"),
            Part("2A", "Versions", "Which versions did you use?"),
            Part("2B", "The training input", "What is the shape of the training input?"),
            Part("2C", "One-hot labels"),
            Part("3A", "Zero padding", "Give one benefit and one drawback of zero padding."),
            Part("3B", "Parameters of a convolutional layer", "How many parameters has the layer?"),
            Part("3C", "Output shape", "What is the shape of the output?"),
            Part("3D", "Average pooling", "Apply 2x2 average pooling."),
        ),
    )


@pytest.fixture
def submit(tmp_path, homework):
    """Write one file, hand it in, return the submission."""

    def hand_in(content, name="hw.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return read(path, homework, "ada")

    return hand_in
