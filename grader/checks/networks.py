"""(Grading, Part) -> the network that a part is about, trained by us, and its accuracy over our seeds."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from grader.checks import accuracy, lacking, sentences
from grader.checks.evidence import Evidence
from grader.checks.grading import Door, Grading
from grader.checks.search import Arguments, Search
from grader.checks.trained import Measured, Network
from grader.checks.verdict import Pending, Verdict
from grader.datasets import Dataset, known
from grader.datatypes import AnswerRead, Part, Source
from grader.networks import CapShown, LayerShown, NetworkRules, NetworkShown, SweepRow, SweepShown
from grader.sandbox import StudentFault
from grader.training import BadRecipe
from grader.training.calibration import Calibrated, calibrated
from grader.training.ledger import Fit, measured, trained_on_test_images
from grader.training.seeds import FIRST_SEED, undecided


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
    def rules(self) -> NetworkRules:
        """What assignment.toml asks of this part's network."""
        if self._part.network is None:
            raise LookupError(f"part {self._part.id} has no [parts.network] in assignment.toml")
        return self._part.network

    @property
    def data(self) -> Dataset:
        """What networks are trained and tested on."""
        return known(self._grading.assignment.data)

    @property
    def provisional(self) -> bool:
        """Whether the data are the stand-in: what is measured on it is no mark."""
        return self.data.provisional

    @property
    def calibration(self) -> Calibrated:
        """What the problem set's calibration says of this part's networks."""
        return calibrated(self._grading.assignment.folder, self.data.name, self._part.id)

    @property
    def threshold(self) -> float:
        """The test accuracy that is asked for: on the stand-in what a reference network reaches there."""
        return (self.calibration.sure if self.provisional else None) or self.rules.threshold

    @property
    def asked(self) -> str:
        """What test accuracy is asked for, in words."""
        return sentences.asked(self.threshold, self.rules.threshold)

    @property
    def first_of_some(self) -> bool:
        """Whether a part with a network stands before this one and is not graded (`--parts`)."""
        whole = self._grading.assignment
        before = whole.parts[: [part.id for part in whole.parts].index(self._part.id)]
        asked = {part.id for part in whole.asked}
        return any(part.network is not None and part.id not in asked for part in before)

    def of(self, arguments: Arguments | None = None) -> Network:
        """Return the network that the function `fits` of the rules returns.

        Without that function, the one that `compiled` returns for the arguments, which is trained here as
        the rules say; in cells, the last one that the part's own fit. Raises what becomes PENDING, MISSING,
        CRASHED or TIMEOUT.
        """
        found = self._grading.networks
        search = Search(self._grading, self._part.id, self.rules, self.data, self.claim(), self.threshold)
        if self._part.id not in found:
            try:
                found[self._part.id] = search.network(arguments or (lambda: self.rules.arguments))
            except (Pending, StudentFault) as fault:
                found[self._part.id] = fault
        outcome = found[self._part.id]
        if isinstance(outcome, Exception):
            raise outcome
        if not isinstance(outcome, Network):
            raise self._absent()
        if twice := [layer.kind for layer in outcome.size.layers if layer.calls > 1]:
            raise Pending(
                f"Your network uses a {twice[0]} layer more than once: a person counts its units and layers.",
                f"a {twice[0]} layer is used more than once",
            )
        self._tell(outcome)
        return outcome

    def _absent(self) -> Exception:
        """Return why there is no network, and what to hand in so that there is one."""
        submission = self._grading.submission
        there = lacking.no_network(submission, self._part.id)
        why = self._evidence.absent(self.rules.fits, "network", there, also=self.rules.compiled)
        if isinstance(why, Pending) and self._evidence.given():
            why.lacks = lacking.network_to_hand_in(submission, self._part.id)
        return why

    def measured(self, network: Network) -> Measured:
        """Measure from one seed after the other, until the verdict is clear."""
        curves = [network.fit.accuracy]
        while not self.provisional and self._open([max(curve, default=0.0) for curve in curves]):
            curves.append(self._again(network.fit, FIRST_SEED + len(curves), self.threshold))
        return self._cut(curves, network.fit.result.last)

    def over(self, network: Network, seeds: int) -> Measured:
        """Measure over so many seeds, each in full."""
        curves = [network.fit.accuracy]
        curves += [self._again(network.fit, FIRST_SEED + number) for number in range(1, seeds)]
        return self._cut(curves, network.fit.result.last)

    def _cut(self, curves: list[tuple[float, ...]], last: float) -> Measured:
        """Leave out what came after the epochs that count."""
        counted = tuple(curve[: self.rules.epochs] for curve in curves)
        return Measured(tuple(max(curve, default=0.0) for curve in counted), last, counted)

    def after(self, epochs: int, *arguments: float) -> float | None:
        """Return the test accuracy after so many epochs of what `compiled` returns for the arguments.

        Where cells fit such networks themselves, of one that has the first argument for its dropout. None
        where there is none, or where the code does not come so far: what is claimed stands for itself then.
        """
        for door in self._grading.doors:
            with suppress(StudentFault, BadRecipe):
                reached = self._fitted_alike(door, epochs, arguments[0])
                if reached is None and self.rules.compiled in door.names():
                    model = door.student.describe_returned(self.rules.compiled, *arguments)
                    reached = door.ledger.train(model, epochs, self.rules.batch_size, None).accuracy[-1]
                if reached is not None:
                    return reached
        return None

    def _fitted_alike(self, door: Door, epochs: int, dropout: float) -> float | None:
        own = {cell.number for cell in door.file.cells if cell.part == self._part.id}
        fits = (fit for fit in door.ledger.fits if fit.cell in own and len(fit.accuracy) == epochs)
        return next((fit.accuracy[-1] for fit in fits if dropout in _dropouts(fit)), None)

    def judge(self, network: Network) -> None:
        """Pass where the test accuracy that is asked for is reached; else raise what it comes to."""
        accuracy.judge(self, network, self._verdict)

    def claim(self) -> float | None:
        """Return the test accuracy that the student gives for the network, None where none is clear.

        None on the stand-in too: other images say nothing of a claim about MNIST.
        """
        return None if self.provisional else self._grading.claimed(self._part)

    def show(self, **told: Any) -> None:
        """Keep what the pages show of the network; `layers` are by the problem set's own arithmetic."""
        rule = sentences.rule(self.threshold, self.rules.threshold, self.calibration.most)
        shown = self._grading.shown.get(self._part.id)
        shown = shown or NetworkShown((), (), self.threshold, provisional=self.provisional, rule=rule)
        self._grading.shown[self._part.id] = replace(shown, **told)

    def show_layers(self, network: Network, rows: Sequence[tuple[tuple[int, ...], int] | None]) -> None:
        """Keep the network's layers, with the parameters of each by the problem set's own arithmetic."""
        self.show(
            layers=tuple(
                LayerShown(layer.kind, layer.output_shape, row[1] if row else None, layer.parameters)
                for layer, row in zip(network.size.layers, rows, strict=True)
            )
        )

    def show_cap(self, key: str, taken: Sequence[int]) -> None:
        """Keep what each layer takes of a cap of the rules, `hidden_units` or `parameters`."""
        most = getattr(self.rules, key)
        if most is None:
            raise LookupError(f"[parts.network] of part {self._part.id} has no {key}")
        fewer = key == "parameters"
        self.show(cap=CapShown(key.replace("_", " "), most, tuple(taken), fewer=fewer))

    def show_sweep(
        self,
        setting: str,
        epochs: int,
        rows: Sequence[tuple[float, float, float | None]],
        slack: float | None = None,
    ) -> None:
        """Keep a table of accuracies: (setting, test accuracy that the student gives, ours or None) a row."""
        told = tuple(SweepRow(*row) for row in rows)
        self.show(sweep=SweepShown(setting, epochs, told, slack))

    def price(self, source: Source) -> str:
        """Return what the course does where one missing step explains a miss: charge, pending or accept."""
        usual = accuracy.PENDING if source is Source.WRITEUP else accuracy.CHARGE
        return self._grading.assignment.explained.get(source, usual)

    def charged(self, mistake: str) -> str:
        """Return the other part in which a mistake was charged already, '' where it was not."""
        part = self._grading.charges.get(mistake, "")
        return "" if part == self._part.id else part

    def charge(self, mistake: str) -> None:
        """Remember that a mistake costs points in this part: one cause costs once."""
        self._grading.charges.setdefault(mistake, self._part.id)

    def _open(self, reached: list[float]) -> bool:
        known_spread = self.calibration
        return undecided(reached, self.threshold, known_spread.spread, known_spread.most)

    def _again(self, fit: Fit, seed: int, enough: float | None = None) -> tuple[float, ...]:
        try:
            return measured(fit, self.data, seed, enough)
        except BadRecipe as bad:
            raise Pending(f"The network could not be trained again: {bad}.", str(bad)) from None

    def on_test_images(self, network: Network) -> bool:
        """Return whether test images were among the training images."""
        return trained_on_test_images(network.fit, self.data)

    def _tell(self, network: Network) -> None:
        """Say how the network was read, and what about its training the student should know."""
        epochs, short = len(network.fit.accuracy), network.fit.short
        read_as = (
            f"{_counted(len(network.size.layers), 'layer')}, trained by us for {_counted(epochs, 'epoch')}"
        )
        read_as += f" of the {epochs + short} that are asked for" if short else ""
        claim = self.claim()
        read_as += f"; you give {claim:g}" if claim is not None else ""
        reads = self._grading.reads.setdefault(self._part.id, [])
        entry = AnswerRead(str(network.source), network.file, "", read_as)
        if entry not in reads:
            reads.append(entry)
        if network.fit.assigned:
            self._verdict.note(
                "weights were put into the network before fit: ours are drawn anew, and not those"
            )
        if network.taken:
            self._verdict.note(
                f"names that your excerpt does not define ({', '.join(network.taken)}) were taken as the "
                "official arrays, as they are loaded and in the shape that the network takes"
            )
        validation = network.fit.recipe.validation
        if validation is not None and (validation.rows >= len(self.data.arrays["x_train"])).any():
            self._verdict.note("test images are used for validation: fine, and said")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _dropouts(fit: Fit) -> set[float]:
    return {layer["config"].get("rate") for layer in fit.recipe.network["layers"]}
