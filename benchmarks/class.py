"""a class of networks, graded by us and in the plain way: seconds, and the verdicts one by one.

    python benchmarks/class.py                                  # six students, 2D and 2E, a few minutes
    python benchmarks/class.py --students 3 --parts 2D,2E,2F,3G --forms modules   # all parts, 20 minutes

The plain way is what graders do: a fresh interpreter for each student that runs the code with Keras's own
`fit` and measures the network it returns. Needs MNIST (GRADER_MNIST).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = """
from keras import Input, Sequential
from keras.layers import BatchNormalization, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from keras.utils import to_categorical
from keras.datasets import mnist

def fitted(x_train, y_train, layers, divide, epochs, batch, shape=(784,)):
    model = Sequential([Input(shape), *layers, Dense(10, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    x = x_train.reshape(-1, *shape) / divide
    model.fit(x, to_categorical(y_train), batch_size=batch, epochs=epochs, verbose=0)
    return model
"""
MLP = """
def mlp_{cap}(x_train, y_train, x_test, y_test):
    layers = [{layers}]
    return fitted(x_train, y_train, layers, {divide}, {epochs}, {batch})
"""
CNN = """
def train_cnn(x_train, y_train, x_test, y_test):
    layers = [Conv2D({filters}, 3, activation="relu"), BatchNormalization(), MaxPooling2D(),
              Conv2D(32, 3, activation="relu"), MaxPooling2D(), Flatten(), Dropout(0.25),
              Dense(64, activation="relu")]
    return fitted(x_train, y_train, layers, {divide}, 10, 32, (28, 28, 1))
"""
CAPS = {"2D": 100, "2E": 200, "2F": 1000}
THRESHOLDS = {"2D": 0.975, "2E": 0.98, "2F": 0.983, "3G": 0.985}
NAMES = {**{part: f"mlp_{cap}" for part, cap in CAPS.items()}, "3G": "train_cnn"}
# Honest and flawed in turn: what each network is divided by, its share of the cap, epochs, batch.
KINDS = {
    "one wide layer": (255, 1.0, 20, 128),
    "pixels not scaled": (1, 1.0, 20, 256),
    "two layers": (255, 0.9, 20, 128),
    "over the cap": (255, 1.1, 10, 256),
    "too few epochs": (255, 0.6, 3, 256),
    "small batches": (255, 0.8, 12, 64),
}
PLAIN = """
import json, sys, time
begun = time.time()
import numpy as np
with np.load(sys.argv[1]) as file:
    arrays = {name: file[name] for name in file}
names = {}
exec(open(sys.argv[2]).read(), names)
told = {}
for part, name in json.loads(sys.argv[3]).items():
    model = names[name](*(arrays[n] for n in ("x_train", "y_train", "x_test", "y_test")))
    x = arrays["x_test"].reshape(-1, *model.input_shape[1:]) / int(sys.argv[4])
    told[part] = float((model.predict(x, verbose=0).argmax(1) == arrays["y_test"]).mean())
print(json.dumps({"accuracy": told, "seconds": time.time() - begun}))
"""


def written(kind: str, parts: list[str], number: int) -> str:
    """Return a student's module; no network is quite another's, or it would be trained once for both."""
    divide, share, epochs, batch = KINDS[kind]
    share -= 0.02 * (number // len(KINDS))
    code = HEAD
    for part in parts:
        if part == "3G":
            code += CNN.format(filters=int(16 * share), divide=divide)
            continue
        units = int(CAPS[part] * share)
        sides = [units * 3 // 5, units * 2 // 5] if kind == "two layers" else [units]
        layers = ", ".join(f'Dense({side}, activation="relu")' for side in sides)
        code += MLP.format(cap=CAPS[part], layers=layers, divide=divide, epochs=epochs, batch=batch)
    return code


def as_notebook(code: str, parts: list[str]) -> str:
    """Return the same work as a notebook: a heading for each part, and its network fitted in a cell."""
    cells = [("code", f"{code}\n(x_train, y_train), (x_test, y_test) = mnist.load_data()")]
    for part in parts:
        cells += [
            ("markdown", f"## Problem {part}"),
            ("code", f"model = {NAMES[part]}(x_train, y_train, x_test, y_test)"),
        ]
    told = [
        {"cell_type": kind, "metadata": {}, "source": text, "id": f"c{number}"}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for number, (kind, text) in enumerate(cells)
    ]
    return json.dumps({"cells": told, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def plainly(student: Path, kind: str, parts: list[str], data: str) -> tuple[float, dict[str, float]]:
    """Grade one student in the plain way; return seconds and the accuracy of each part."""
    names = json.dumps({part: NAMES[part] for part in parts})
    command = [sys.executable, "-c", PLAIN, data, str(student), names, str(KINDS[kind][0])]
    begun = time.perf_counter()
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    )
    return time.perf_counter() - begun, json.loads(run.stdout.splitlines()[-1])["accuracy"]


def graded(folder: Path, out: Path, parts: list[str], data: str) -> tuple[float, dict[str, dict[str, str]]]:
    """Grade a class with nothing in the cache; return seconds, and each part's status by student."""
    command = [
        sys.executable,
        "-m",
        "grader",
        "grade",
        str(folder),
        "--assignment",
        str(ROOT / "reference" / "ps4"),
    ]
    command += ["--out", str(out), "--parts", ",".join(parts), "--data", data, "--force", "--yes"]
    environment = {**os.environ, "GRADER_CACHE": str(out) + ".sqlite", "TF_CPP_MIN_LOG_LEVEL": "3"}
    begun = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)
    seconds = time.perf_counter() - begun
    told: dict[str, dict[str, str]] = {}
    for path in sorted((out / "staff").glob("*/result.json")):
        result = json.loads(path.read_text(encoding="utf-8"))
        told[result["student"]] = {
            part["id"]: check["status"]
            for part in result["parts"]
            for check in part["checks"]
            if "accuracy[" in check["name"] or check["name"] == "cnn_accuracy"
        }
    return seconds, told


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--students", type=int, default=6)
    parser.add_argument("--parts", default="2D,2E")
    parser.add_argument("--forms", default="modules,notebooks")
    given = parser.parse_args()
    parts, forms = given.parts.split(","), given.forms.split(",")
    data = os.environ.get("GRADER_MNIST", "")
    if not Path(data).is_file():
        sys.exit("GRADER_MNIST=/path/to/mnist.npz says where MNIST is: this benchmark needs it")
    kinds = [list(KINDS)[number % len(KINDS)] for number in range(given.students)]
    with tempfile.TemporaryDirectory() as scratch:
        room = Path(scratch)
        for form in ("modules", "notebooks"):
            (room / form).mkdir()
        for number, kind in enumerate(kinds):
            code = written(kind, parts, number)
            (room / "modules" / f"s{number}").mkdir()
            (room / "modules" / f"s{number}" / "ps4.py").write_text(code)
            (room / "notebooks" / f"s{number}").mkdir()
            (room / "notebooks" / f"s{number}" / "ps4.ipynb").write_text(as_notebook(code, parts))
        compare(room, kinds, parts, forms, data)


def compare(room: Path, kinds: list[str], parts: list[str], forms: list[str], data: str) -> None:
    print(f"{len(kinds)} students, parts {', '.join(parts)}", flush=True)
    ours: dict[str, tuple[float, dict[str, dict[str, str]]]] = {}
    for form in forms:
        ours[form] = graded(room / form, room / f"out-{form}", parts, data)
        print(f"  graded as {form}: {ours[form][0]:.0f} s", flush=True)
    again, _ = graded(room / forms[0], room / f"out-{forms[0]}", parts, data)
    print(f"  graded as {forms[0]} once more, nothing kept but the trainings: {again:.0f} s", flush=True)
    total, agree, compared = 0.0, 0, 0
    for number, kind in enumerate(kinds):
        seconds, accuracy = plainly(room / "modules" / f"s{number}" / "ps4.py", kind, parts, data)
        total += seconds
        for part in parts:
            kept = kind != "over the cap" or part not in CAPS  # units are soon counted, in any way
            plain = "passed" if kept and accuracy[part] >= THRESHOLDS[part] else "failed"
            told = {form: ours[form][1][f"s{number}"][part] for form in forms}
            alike = set(told.values()) == {plain}
            compared, agree = compared + 1, agree + alike
            said = ", ".join(f"{form} {status}" for form, status in told.items())
            print(
                f"  s{number} ({kind}) {part}: plain {accuracy[part]:.4f} {plain}; {said}"
                f"{'' if alike else '   <- differ'}",
                flush=True,
            )
    print(f"  in the plain way: {total:.0f} s; {agree} of {compared} verdicts alike")
    for form in forms:
        print(f"  {form}: {total / ours[form][0]:.1f} times as fast (aim 10 for modules)")


if __name__ == "__main__":
    main()
