"""Neither the kit nor the wheel holds an answer, in any form that can be thought of; and the search would find one."""

import base64
import gzip
import hashlib
import io
import json
import pickle
import zipfile
import zlib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.kit import answers
from tests.kit.search import Secret, found, in_words

# Facts of MNIST, which the engine loads, reads and stands in for; who loads it sees them.
OF_MNIST = {("grader/sandbox/inside/stand_ins.py", part) for part in ("2B", "2B, its images")}
OF_MNIST |= {("grader/training/recipe.py", "2C, an example")}


@pytest.fixture(scope="module")
def secrets() -> list[Secret]:
    return [*answers.numbers(), *answers.words()]


def files_of(folder: Path) -> Mapping[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_answers_that_are_searched_for_are_those_of_the_problem_set() -> None:
    assert {one.what.removeprefix("the answer to ")[:2] for one in answers.numbers()} == {"1E", "2B", "2C", "3B", "3C", "3D", "3E"}  # fmt: skip
    assert len(answers.words()) > 150


def test_the_kit_holds_none(ps4_kit: Path, secrets: list[Secret]) -> None:
    banned = [Secret(f"the word “{word}”", words=word) for word in ("slip", "specimen")]
    assert found(files_of(ps4_kit), [*secrets, *banned]) == []
    assert not [path for path in ps4_kit.rglob("*") if "slip" in path.name or "specimen" in path.name]


def test_the_kit_holds_no_function_of_the_reference(ps4_kit: Path) -> None:
    secret = answers.functions(answers.PS4, answers.PS4 / "checks")
    handed_out = answers.functions(ps4_kit, ps4_kit / "checks")
    assert len(secret) > 50 < len(handed_out) + 20
    assert {secret[body] for body in secret.keys() & handed_out.keys()} == set()


def test_the_wheel_holds_none(wheel: Path, secrets: list[Secret]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    told = found({name: data for name, data in files.items() if not name.endswith("/RECORD")}, secrets)
    known = [f"{name}: the answer to {part} (" for name, part in OF_MNIST]
    assert [line for line in told if not line.startswith(tuple(known))] == []


def npy(value: object) -> bytes:
    out = io.BytesIO()
    np.save(out, np.array(value))
    return out.getvalue()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def cell(source: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": source.splitlines(keepends=True)}]})


COUNT = answers.expected()["3B"]
FACTORS = [factor for factor in range(2, COUNT) if COUNT % factor == 0]
SHAPE = answers.expected()["3C"]
ENTRIES = [[[str(value) for value in row] for row in matrix] for matrix in answers.expected()["3D"]]
LATEX = r" \\ ".join(" & ".join(f"\\frac{{{Fraction(v).numerator}}}{{{Fraction(v).denominator}}}" for v in row) for matrix in ENTRIES for row in matrix)  # fmt: skip
PLANTED = {
    "decimal": ("ps4.md", f"it has {COUNT} parameters"),
    "decimal, in a word": ("ps4.md", f"it has{COUNT}parameters"),
    "a float": ("ps4.py", f"RIGHT = {COUNT}.0"),
    "with an underscore": ("ps4.py", f"RIGHT = {COUNT // 100}_{COUNT % 100:02}"),
    "hexadecimal": ("ps4.py", f"RIGHT = {COUNT:#x}"),
    "binary": ("ps4.py", f"RIGHT = {COUNT:#b}"),
    "with a comma": ("ps4.md", f"{answers.expected()['2B'][0]:,} images"),
    "a product": ("ps4.md", f"so there are {FACTORS[2]} × {COUNT // FACTORS[2]} of them"),
    "computed": ("ps4.py", f"def f():\n    return ({COUNT} - 5 + 2 * 8) - 11\n"),
    "computed in an f-string": ("ps4.py", f"print(f'{{{COUNT - 8} + 8}}')"),
    "in words": ("ps4.md", in_words(Secret("", (Fraction(COUNT),))).replace("hundred ", "hundred and ")),
    **{
        kind: ("checks/test_x.py", f"RIGHT = {hashlib.new(kind, str(COUNT).encode()).hexdigest()!r}")
        for kind in ("md5", "sha1", "sha256", "sha512")
    },
    "the hash of a shape": ("checks/test_x.py", repr(hashlib.sha256(str(SHAPE).encode()).hexdigest())),
    "a hash as base64": ("x.toml", f'k = "{b64(hashlib.sha256(str(COUNT).encode()).digest())}"'),
    "base64": ("x.toml", f'k = "{b64(str(COUNT).encode())}"'),
    "base64 twice": ("x.toml", f'k = "{b64(b64(str(SHAPE).encode()).encode())}"'),
    "hex": ("x.toml", f'k = "{str(COUNT).encode().hex()}"'),
    "compressed": ("x.toml", f'k = "{b64(zlib.compress(f"the answer is {COUNT}".encode()))}"'),
    "gzipped": ("x.bin", gzip.compress(f"the answer is {COUNT}".encode())),
    **{f"pickle {number}": ("x.bin", pickle.dumps(COUNT, number)) for number in range(6)},
    "a pickle of a shape": ("x.toml", f'k = "{b64(pickle.dumps(SHAPE))}"'),
    "a pickle in a literal": ("ps4.py", f"RIGHT = {pickle.dumps(COUNT)!r}"),
    "npy": ("x.bin", npy(COUNT)),
    "npy of a shape": ("x.toml", f'k = "{b64(npy(SHAPE))}"'),
    "npy of matrices": ("x.bin", npy([[[float(Fraction(v)) for v in row] for row in m] for m in ENTRIES])),
    "raw int64": ("x.bin", np.array(SHAPE, "<i8").tobytes()),
    "a notebook": ("ps4.ipynb", cell(f"x = 1\nparameter_count = {COUNT}\n")),
    "a notebook, escaped": ("ps4.ipynb", cell("@").replace("@", "".join(f"\\u{ord(d):04x}" for d in str(COUNT)))),
    "a notebook, over lines": ("ps4.ipynb", cell("output_shape = (\n{},\n{},\n{},\n)".format(*SHAPE))),
    "a shape": ("ps4.md", " x ".join(map(str, SHAPE))),
    "a shape in words": ("ps4.md", "{} by {} and {} deep".format(*SHAPE)),
    "channels first": ("ps4.md", "{2}@{0}x{1}".format(*SHAPE)),
    "matrices": ("ps4.md", str(ENTRIES).replace("'", "")),
    "matrices in decimals": ("ps4.md", str([[[float(Fraction(v)) for v in row] for row in m] for m in ENTRIES])),
    "matrices in LaTeX": ("ps4.md", LATEX),
    "fractions in code": ("ps4.py", f"m = {ENTRIES[1]}".replace("'", "").replace("1/2", "Fraction(1, 2)").replace("1/4", "Fraction(1, 4)")),
    "ones": ("ps4.py", f"max_pooled = {[[[1, 1], [1, 1]]] * 4}"),
    "a slip": ("x.toml", 'hint = "Bias forgotten"'),
    "a slip, encoded": ("x.toml", f'hint = "{b64(b"bias forgotten")}"'),
    "a specimen": ("ps4.md", next(one.words for one in answers.words() if one.what.startswith("a specimen “"))),
}  # fmt: skip


@pytest.mark.parametrize("form", PLANTED)
def test_a_secret_that_is_planted_is_found(form: str, secrets: list[Secret]) -> None:
    name, text = PLANTED[form]
    assert found({name: text if isinstance(text, bytes) else text.encode()}, secrets), form


@pytest.mark.parametrize(
    "text",
    [
        "100 hidden units, 0.975, 28 and 28",
        "stride 1, 2×2 windows, 5×5×3 filters",
        "x / 255",
        "version 6.0.8",
        "1 1 1 1",
    ],
)
def test_what_is_no_secret_is_not_found(text: str, secrets: list[Secret]) -> None:
    assert found({"ps4.md": text.encode()}, secrets) == []
