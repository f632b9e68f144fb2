"""(Grading, a part, its rules) -> the network that a student's code trains for it, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.checks.grading import Door, Grading
from grader.checks.trained import Network
from grader.checks.verdict import Pending
from grader.datasets import Dataset
from grader.datatypes import Source
from grader.networks import NetworkRules
from grader.sandbox import StudentFault
from grader.sandbox.models import Model
from grader.training import BadRecipe, measure

Arguments = Callable[[], tuple[object, ...]]
MIXED = "the code as written came back with weights that none of its own trainings gave"


@dataclass(frozen=True)
class Search:
    """Looks through modules, notebooks and write-ups, in this order.

    `claim` is what the student gives for the network; where nothing is claimed, training may stop at
    `threshold`.
    """

    grading: Grading
    part: str
    rules: NetworkRules
    data: Dataset
    claim: float | None
    threshold: float

    @property
    def _enough(self) -> float | None:
        return None if self.claim is not None else self.threshold

    def network(self, arguments: Arguments) -> Network | None:
        """Return it; None where no code has one. Raises Pending, StudentFault."""
        stopped: StudentFault | None = None
        for door in self.grading.doors:
            try:
                if network := self._behind(door, arguments):
                    return network
            except StudentFault as fault:
                stopped = stopped or fault
        excerpt = self.grading.excerpts()
        if excerpt is not None and (network := self._in_cells(excerpt)):
            return network
        if stopped is not None:
            raise stopped
        return None

    def _behind(self, door: Door, arguments: Arguments) -> Network | None:
        if door.file.source is Source.NOTEBOOK and (fitted := self._in_cells(door)):
            return fitted
        there = door.names()
        if self.rules.fits in there:
            return self._returned(door, self.rules.fits)
        return self._compiled(door, arguments) if self.rules.compiled in there else None

    def _compiled(self, door: Door, arguments: Arguments) -> Network:
        """Train a network that code only compiles, as the rules say."""
        name = self.rules.compiled
        model = door.student.describe_returned(name, *arguments())
        enough = self._enough
        try:
            fit = door.ledger.train(model, self.rules.epochs or 1, self.rules.batch_size, enough)
        except BadRecipe as bad:
            raise Pending(f"`{name}`: {bad}: a person looks.", str(bad)) from None
        return Network(fit, door.file.source, door.file.file)

    def _returned(self, door: Door, name: str) -> Network:
        """Call a function that returns a fitted network.

        Training may stop at the threshold where nobody claims more.
        """
        arrays = self.data.arrays
        given = (arrays["x_train"], arrays["y_train"], arrays["x_test"], arrays["y_test"])
        door.ledger.enough = self._enough
        try:
            model = door.student.describe_returned(name, *given)
        except StudentFault:
            if not any(not fit.result.finished for fit in door.ledger.fits):
                raise
            door.ledger.enough = None  # it may have failed for being stopped: once more, in full
            model = door.student.describe_returned(name, *given)
        finally:
            door.ledger.enough = None
        fit = door.ledger.of(model.weights)
        if fit is None:
            why = door.ledger.foreign[-1].why if door.ledger.foreign else ""
            raise self._not_ours(
                f"`{name}` returned a network with weights that we did not train.", model, why
            )
        return Network(fit, door.file.source, door.file.file)

    def _in_cells(self, door: Door) -> Network | None:
        """Return the last network fitted in the part's own cells; None where none was."""
        own = {cell.number for cell in door.file.cells if cell.part == self.part}
        door.student.names()
        fits = [fit for fit in door.ledger.fits if fit.cell in own]
        foreign = [one for one in door.ledger.foreign if one.cell in own]
        if foreign and (not fits or foreign[-1].cell >= fits[-1].cell):
            last = foreign[-1]
            told = f"The network of {self._called(door)} is trained as written."
            raise self._not_ours(told, last.model, last.why)
        if not fits and own and (why := next(self._stops(door), "")):
            raise Pending(
                f"The network of {self._called(door)} was not trained: {why}", f"not trained: {why}"
            )
        if not fits:
            return None
        return Network(fits[-1], door.file.source, door.file.file, tuple(door.student.official))

    def _called(self, door: Door) -> str:
        """Return what holds the part's code: a write-up has no cells."""
        if door.file.source is Source.NOTEBOOK:
            return "these cells"
        return f"the code under {self.part} in {door.file.file}"

    def _not_ours(self, told: str, model: Model | None, why: str) -> Pending:
        """Leave a network to a person that nobody vouches for, with what we measure of it."""
        found = measure.measured(model, self.data) if model is not None else None
        reached = (
            f" Measured by us: {found.accuracy:.4f} on the test images ({found.prepared})." if found else ""
        )
        because = f" Its training was not repeated by us, since {why}." if why else ""
        return Pending(f"{told}{reached}{because} A person looks.", why or MIXED)

    def _stops(self, door: Door) -> Iterator[str]:
        """Yield why cells that fit a network stopped."""
        for cell in door.file.cells:
            if cell.part == self.part and ".fit(" in cell.code:
                name = f"cell {cell.number}"
                stops = (note for note in door.student.notes if note.startswith((f"{name} ", f"{name}:")))
                is_excerpt = door.file.source is Source.WRITEUP
                yield from (note.replace(name, "it", 1) if is_excerpt else note for note in stops)
