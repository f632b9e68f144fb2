"""(Grading, Part) -> the network that a part is about, trained by us, and its accuracy over our seeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.checks.evidence import Evidence
from grader.checks.grading import Door, Grading
from grader.checks.verdict import Pending, Verdict
from grader.datasets import Dataset, known
from grader.datatypes import AnswerRead, Part, Source
from grader.sandbox import StudentFault
from grader.training.ledger import FIRST_SEED, Fit, again, scaled_to_one, trained_on_test_images

MIXED = "the code as written came back with weights that none of its own trainings gave"


@dataclass(frozen=True)
class Network:
    """A student's network as we trained it."""

    fit: Fit
    source: Source
    file: str

    @property
    def config(self) -> Any:
        """What Keras calls the config of the network."""
        return self.fit.model.config

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of one image as the network gets it."""
        return self.fit.recipe.images.shape

    @property
    def parameters(self) -> tuple[int, ...]:
        """The number of values of each array of weights."""
        return tuple(array.size for array in self.fit.result.weights)

    @property
    def excerpt(self) -> bool:
        """Whether the code stands in a write-up."""
        return self.source is Source.WRITEUP


@dataclass(frozen=True)
class Measured:
    """The highest test accuracy after any epoch for each seed, and that after the last epoch."""

    best: tuple[float, ...]
    last: tuple[float, ...]

    @property
    def reached(self) -> float:
        """The highest of all."""
        return max(self.best)


class Networks:
    """The fixture `network`: finds the part's network, has it trained, measures it.

    A module's function goes first; then the last network fitted in the part's own cells of a notebook, then
    of a write-up.
    """

    def __init__(self, grading: Grading, part: Part, evidence: Evidence, verdict: Verdict) -> None:
        self._grading = grading
        self._part = part
        self._evidence = evidence
        self._verdict = verdict

    @property
    def _data(self) -> Dataset:
        return known(self._grading.assignment.data)

    def of(self, name: str) -> Network:
        """Return the network. Raises what becomes PENDING, MISSING, CRASHED or TIMEOUT."""
        key = f"{self._part.id} {name}"
        found = self._grading.networks
        if key not in found:
            try:
                found[key] = self._found(name)
            except (Pending, StudentFault) as fault:
                found[key] = fault
        outcome = found[key]
        if isinstance(outcome, Exception):
            raise outcome
        if not isinstance(outcome, Network):
            raise self._evidence.absent(name)
        self._tell(outcome)
        return outcome

    def measured(self, network: Network, threshold: float, *, seeds: int, noise: float) -> Measured:
        """Measure over up to `seeds` seeds: until one reaches the threshold, or misses it by more."""
        results = [network.fit.result]
        while len(results) < seeds:
            best = max(result.best for result in results)
            if best >= threshold or best < threshold - noise:
                break
            results.append(again(network.fit, self._data, FIRST_SEED + len(results)))
        return Measured(tuple(one.best for one in results), tuple(one.last for one in results))

    def scaled(self, network: Network) -> Measured | None:
        """Measure the same network on pixels from 0 to 1; None where its own were not left at 0 to 255."""
        fit = scaled_to_one(network.fit)
        if fit is None:
            return None
        result = again(fit, self._data, FIRST_SEED)
        return Measured((result.best,), (result.last,))

    def on_test_images(self, network: Network) -> bool:
        """Return whether test images were among the training images."""
        return trained_on_test_images(network.fit, self._data)

    @property
    def provisional(self) -> bool:
        """Whether the data are the stand-in: what is measured on it is no mark."""
        return self._data.provisional

    def _found(self, name: str) -> Network | None:
        stopped: StudentFault | None = None
        for door in self._grading.doors:
            try:
                if door.file.source is Source.MODULE and name in door.student.names():
                    return self._returned(door, name)
                if door.file.source is Source.NOTEBOOK and (network := self._in_cells(door)):
                    return network
            except StudentFault as fault:
                stopped = stopped or fault
        excerpt = self._grading.excerpts()
        if excerpt is not None and (network := self._in_cells(excerpt)):
            return network
        if stopped is not None:
            raise stopped
        return None

    def _returned(self, door: Door, name: str) -> Network:
        arrays = self._data.arrays
        given = (arrays["x_train"], arrays["y_train"], arrays["x_test"], arrays["y_test"])
        model = door.student.describe_returned(name, *given)
        fit = door.ledger.of(model.weights)
        if fit is None:
            raise Pending(
                f"`{name}` returned a network with weights that we did not train: a person looks.", MIXED
            )
        return Network(fit, door.file.source, door.file.file)

    def _in_cells(self, door: Door) -> Network | None:
        """Return the last network fitted in the part's own cells; None where none was."""
        own = {cell.number for cell in door.file.cells if cell.part == self._part.id}
        door.student.names()
        fits = [fit for fit in door.ledger.fits if fit.cell in own]
        if not fits and own and (why := next(self._stops(door), "")):
            raise Pending(f"The network of these cells was not trained: {why}", f"not trained: {why}")
        return Network(fits[-1], door.file.source, door.file.file) if fits else None

    def _stops(self, door: Door) -> Iterator[str]:
        for cell in door.file.cells:
            if cell.part == self._part.id and ".fit(" in cell.code:
                yield from (note for note in door.student.notes if note.startswith(f"cell {cell.number}"))

    def _tell(self, network: Network) -> None:
        result, recipe = network.fit.result, network.fit.recipe
        layers = len(network.config["layers"])
        read_as = f"a network of {layers} layers, trained by us for {len(result.epochs)} epochs"
        reads = self._grading.reads.setdefault(self._part.id, [])
        entry = AnswerRead(str(network.source), network.file, "", read_as)
        if entry not in reads:
            reads.append(entry)
        if any(fit.assigned for fit in network.fit.chain):
            self._verdict.note(
                "weights were put into the network before fit: ours are drawn anew, and not those"
            )
        if (
            recipe.validation is not None
            and (recipe.validation.rows >= len(self._data.arrays["x_train"])).any()
        ):
            self._verdict.note("test images are used for validation: fine, and said")
