"""Neither the kit nor the wheel holds an answer, in any form that can be thought of; and the search would find one."""

import ast
import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import pickle
import zipfile
import zlib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.kit import answers
from tests.kit.search import Secret, found, in_words, roman

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


def test_what_runs_in_the_kit_knows_no_encoding_and_no_hash(ps4_kit: Path) -> None:
    """A search finds the disguises it knows; what cannot decode anything needs none of them."""
    trees = [ast.parse(path.read_text()) for path in (ps4_kit / "checks").glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) if not node.level}
    plain = {"re", "math", "numpy", "pytest", "itertools", "types", "typing", "fractions", "collections.abc"}
    assert imported <= plain
    called = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)} - {"re.compile"}
    decoding = {"eval", "exec", "compile", "hash", "__import__", "getattr", "open", "chr", "frombuffer"}
    assert not {name.split(".")[-1] for name in called} & decoding
    assert not [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, bytes)]


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
DIGITS = str(COUNT)
SPELLED = {"0": "zero", "1/4": "a quarter", "1/2": "a half", "1": "one"}
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
    "base32": ("x.toml", base64.b32encode(DIGITS.encode()).decode()),
    "base85": ("x.toml", base64.b85encode(f"answer {COUNT}".encode()).decode()),
    "ascii85": ("x.toml", base64.a85encode(f"answer {COUNT}".encode()).decode()),
    "bz2": ("x.bin", bz2.compress(DIGITS.encode())),
    "lzma, base64": ("x.py", repr(base64.b64encode(lzma.compress(DIGITS.encode())))),
    "percent-encoded": ("x.md", "".join(f"%{ord(d):02x}" for d in DIGITS)),
    "entities": ("x.md", "".join(f"&#{ord(d)};" for d in DIGITS)),
    "octal escapes": ("x.py", '"' + "".join(f"\\{ord(d):o}" for d in DIGITS) + '"'),
    "codes of characters": ("x.py", f"bytes({list(DIGITS.encode())})"),
    "digit by digit": ("x.md", " ".join(DIGITS)),
    "digits in a list": ("x.py", f"''.join({list(DIGITS)})"),
    "reversed": ("x.py", f"'{DIGITS[::-1]}'[::-1]"),
    "texts added": ("x.py", f"'{DIGITS[0]}' + '{DIGITS[1:]}'"),
    "in another base": ("x.py", f"int('{COUNT:x}', 16)"),
    "full width": ("x.md", "".join(chr(0xFF10 + int(d)) for d in DIGITS)),
    "superscript": ("x.md", DIGITS.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))),
    "Roman": ("x.md", f"{roman(COUNT)} parameters"),
    "by names": ("x.py", f"A, B = {FACTORS[2]}, {COUNT // FACTORS[2]}\nRIGHT = A * B"),
    "a shape by names": ("x.py", "N, K = 32, 5\nF = 8\nSHAPE = (N - K + 1, N - K + 1, F)"),
    "a product of a list": ("x.py", f"math.prod(({FACTORS[2]}, {COUNT // FACTORS[2]}))"),
    "a sum": ("x.py", f"sum([{COUNT - 8}, 8])"),
    "shifted": ("x.py", f"{COUNT >> 5} << 5"),
    "divided": ("x.py", f"{2 * COUNT} // 2"),
    "with a mask": ("x.py", f"{COUNT ^ 0x9F:#x} ^ 0x9f"),
    "a checksum": ("x.py", f"{zlib.crc32(DIGITS.encode())}"),
    "a short hash": ("x.py", repr(hashlib.sha256(DIGITS.encode()).hexdigest()[:8])),
    "the hash of a name and value": ("x.py", repr(hashlib.sha256(f"parameter_count={COUNT}".encode()).hexdigest())),
    "a hash of a hash": ("x.py", repr(hashlib.md5(hashlib.md5(DIGITS.encode()).hexdigest().encode()).hexdigest())),
    "raw int16": ("x.bin", np.array(SHAPE, "<i2").tobytes()),
    "raw bytes": ("x.bin", np.array(SHAPE, "u1").tobytes()),
    "LaTeX thousands": ("x.md", f"{answers.expected()['2B'][0] // 1000}\\,000 images"),
    "a shape in number words": ("x.md", " by ".join(in_words(Secret("", (Fraction(n),))) for n in SHAPE)),
    "halves and quarters": ("x.md", ", ".join(SPELLED[v] for row in ENTRIES[0] for v in row)),
    "percentages": ("x.md", ", ".join(f"{float(Fraction(v)):.0%}" for row in ENTRIES[0] for v in row)),
    "by keys": ("x.py", f"m = {dict(enumerate(v for row in ENTRIES[0] for v in row))}".replace("'", "")),
    "ones of NumPy": ("x.py", "max_pooled = np.ones((4, 2, 2))"),
    "ones in words": ("x.md", "it is all ones"),
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
