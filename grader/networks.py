"""What a part's network has to be, and what pages show of one: nouns."""

from __future__ import annotations

from dataclasses import dataclass

# The steps that are tried where a network falls short; each is a slip, whose hint `[hints]` holds.
MISTAKES = ("pixels not scaled", "pixels scaled twice", "softmax missing")
# What of the rules a check's docstring may name in braces, for the line that students read.
IN_TITLES = ("threshold", "hidden_units", "parameters", "epochs", "batch_size")


@dataclass(frozen=True)
class NetworkRules:
    """What a part's network has to be and to reach. None and () leave it free."""

    data: str  # what it is trained and tested on: "mnist"
    threshold: float  # test accuracy, after any epoch
    fits: str = ""  # the function of the student's that returns it fitted
    compiled: str = ""  # the one that returns it compiled, to be trained by the grader
    arguments: tuple[float, ...] = ()  # what `compiled` takes, where a check does not say otherwise
    hidden_units: int | None = None  # at most, all hidden layers together
    parameters: int | None = None  # and fewer
    layers: tuple[str, ...] = ()  # kinds that are allowed
    accepted: tuple[str, ...] = ()  # kinds that are accepted beside these, and said
    activations: tuple[str, ...] = ()
    epochs: int | None = None  # at most, where the grader trains a network that code only compiles
    batch_size: int = 32  # there


@dataclass(frozen=True)
class LayerShown:
    """One layer of a student's network. Shapes are without the axis that counts the images."""

    kind: str
    output_shape: tuple[int, ...]
    parameters: int | None  # by the problem set's own arithmetic, None where it has none for that kind
    parameters_built: int  # as Keras built it


@dataclass(frozen=True)
class CapShown:
    """What a network may have at most, and how much of it each layer takes."""

    of: str  # what is counted: "hidden units", "parameters"
    most: int
    taken: tuple[int, ...]  # by each layer, in their order; 0 where it does not count
    fewer: bool = False  # `most` itself is too many

    @property
    def total(self) -> int:
        """What all layers take together."""
        return sum(self.taken)

    @property
    def over(self) -> bool:
        """Whether that is more than is allowed."""
        return self.total > self.most or (self.fewer and self.total == self.most)


@dataclass(frozen=True)
class SweepRow:
    """A row of a sweep: what the student gives at a setting, and what was measured there, if anything."""

    setting: float
    claimed: float  # test accuracy
    measured: float | None = None


@dataclass(frozen=True)
class SweepShown:
    """A student's table of test accuracies over one setting of a network."""

    setting: str  # what goes from row to row: "dropout probability"
    epochs: int  # after which each accuracy is taken
    rows: tuple[SweepRow, ...]
    slack: float | None = None  # how far a claim may lie from what is measured; None where nothing was


@dataclass(frozen=True)
class NetworkShown:
    """A student's network as the grader trained and measured it."""

    layers: tuple[LayerShown, ...]
    curves: tuple[tuple[float, ...], ...]  # test accuracy after each epoch, for each seed
    threshold: float
    claimed: float | None = None  # the test accuracy that the student gives
    last: float | None = None  # the test accuracy of the network as the first training left it
    provisional: bool = False  # measured on a stand-in for the data that are asked for
    rule: str = ""  # by which it passes, in a sentence
    cap: CapShown | None = None
    sweep: SweepShown | None = None
