"""Problem set 4 -> what nobody who has its kit, or the wheel, may find there: computed, never written down here."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType

from grader import assignment, verify
from grader.networks import MISTAKES
from tests.kit.search import Secret

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
# The engine's own words, of any answer to any problem set.
OF_THE_ENGINE = {*MISTAKES, "channels first", "rows and columns swapped"}
SMALL = 100  # numbers up to this stand everywhere


def reference(name: str) -> ModuleType:
    """Import a module of the reference under a name of its own."""
    if "ps4_of_answers" not in sys.modules:
        spec = importlib.util.spec_from_file_location("ps4_of_answers", PS4 / "__init__.py")
        sys.modules["ps4_of_answers"] = importlib.util.module_from_spec(spec)
    return importlib.import_module(f"ps4_of_answers.{name}")


def expected() -> dict[str, object]:
    """Return every right answer that is a number or several, as the reference computes it."""
    layer, data, pooling, relu = map(reference, ("arithmetic", "data", "pooling", "relu"))
    height, width, filters = shape = layer.output_shape(layer.IMAGE, layer.KERNEL, layer.FILTERS)
    flat = data.flattened(data.TRAINING)
    return {
        "3B": layer.parameter_count(layer.KERNEL, layer.IMAGE[2], layer.FILTERS),
        "3C": shape,
        "3C, channels first": (filters, height, width),
        "2B": data.TRAINING,
        "2B, its images": data.TRAINING[0],
        "2C": flat,
        "2C, an example": flat[1],
        "3D": pooling.average_pooled(),
        **{f"3D, matrix {number}": one for number, one in enumerate(pooling.average_pooled(), 1)},
        "3E": pooling.max_pooled(),
        "1E, a network": relu.smallest_network("xor"),
    }


def numbers() -> list[Secret]:
    """Return the answers that are numbers: those above 100 alone, and those of several."""
    found = [Secret(f"the answer to {part}", tuple(_flat(value))) for part, value in expected().items()]
    return [one for one in found if len(one.numbers) > 1 or one.numbers[0] > SMALL]


def _flat(value: object) -> Iterator[Fraction]:
    if isinstance(value, tuple | list):
        for one in value:
            yield from _flat(one)
    else:
        yield Fraction(value)


def words() -> list[Secret]:
    """Return the texts of slips, criteria and specimens."""
    problem_set = assignment.load(PS4)
    slips = {name: hint for name, hint in problem_set.hints.items() if name not in OF_THE_ENGINE}
    criteria = [criterion for part in problem_set.parts for criterion in part.rubric]
    specimens = verify.load(problem_set)
    told = {
        "a slip": [name for name in slips if " " in name],
        "a slip's hint": list(slips.values()),
        "a criterion": criteria,
        "an answer that counts as right too": [
            text for one in problem_set.corrections for text in one.also_accept
        ],
        "a specimen": [one.text.strip() for one in specimens.values() if len(one.text.strip()) > 25],
        "in words": ["all ones", "entries are one", "only ones"],
        "a specimen's file": [one.file for one in specimens.values() if "-" in one.file],
    }
    asked = " ".join(
        part.question for part in problem_set.parts
    ).lower()  # what the statement says is no secret
    return [
        Secret(f"{what} “{text}”", words=text)
        for what, texts in told.items()
        for text in texts
        if text.lower() not in asked
    ]


def functions(*folders: Path) -> dict[str, str]:
    """Return the functions that stand in the modules right in some folders: what they do -> their names."""
    return {
        "\n".join(ast.dump(statement) for statement in _body(node)): node.name
        for folder in folders
        for path in sorted(folder.glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


def _body(node: ast.FunctionDef) -> list[ast.stmt]:
    """Return a function's statements without its docstring."""
    return node.body[1:] if ast.get_docstring(node) else node.body
