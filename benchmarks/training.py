"""what an epoch costs: Keras's `fit` as students call it, our trainer, and the bare matrix products.

    python benchmarks/training.py                       # all three networks, about four minutes
    python benchmarks/training.py cnn --rows 6000       # one of them, on fewer images

Each side is a process of its own with the threads it has in real life: `fit` as many as it takes, a trainer
one, the products one. They take turns, and ratios are medians over the rounds of one run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
# By network: what it is, its batch, what we aim at (times the throughput of fit, times the products), and how
# many epochs are asked for at once: what is done once in a training is not to count as often as an epoch.
CASES = {
    "small": ("784-60-40-10", 256, 4.0, 1.3, 10),
    "large": ("784-400-400-100-10", 256, 4.0, 1.3, 3),
    "cnn": ("two convolutions 3x3 (16, 32), batch normalisation, pooling, dropout, 64, 10", 32, 3.0, 3.0, 1),
}
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def layers(case: str) -> list[Any]:
    from keras import layers as L  # noqa: N812 (as everybody writes it)

    end = L.Dense(10, activation="softmax")
    if case == "small":
        hidden = [L.Dense(60, activation="relu"), L.Dropout(0.1), L.Dense(40, activation="relu")]
        return [L.Input((784,)), *hidden, end]
    if case == "large":
        sides = ((400, 0.5), (400, 0.3), (100, 0.1))
        hidden = [
            layer for side, rate in sides for layer in (L.Dense(side, activation="relu"), L.Dropout(rate))
        ]
        return [L.Input((784,)), *hidden, end]
    return [
        *(L.Input((28, 28, 1)), L.Conv2D(16, 3, activation="relu"), L.BatchNormalization(), L.MaxPooling2D()),
        *(L.Conv2D(32, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dropout(0.25)),
        *(L.Dense(64, activation="relu"), end),
    ]


def products(case: str) -> list[tuple[int, int, int]]:
    """Return (rows, inner, columns) of each layer's product for a batch; convolutions as rows of patches."""
    batch = CASES[case][1]
    if case == "cnn":
        return [(batch * 676, 9, 16), (batch * 121, 144, 32), (batch, 800, 64), (batch, 64, 10)]
    sides = [784, *map(int, CASES[case][0].split("-")[1:])]
    return [(batch, inner, columns) for inner, columns in itertools.pairwise(sides)]


def data(rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return images and labels: MNIST's where it is, else random ones."""
    place = os.environ.get("GRADER_MNIST", "")
    if Path(place).is_file():
        with np.load(place) as file:
            return file["x_train"][:rows], file["y_train"][:rows]
    random = np.random.default_rng(0)
    return random.integers(0, 256, (rows, 28, 28), np.uint8), random.integers(0, 10, rows, np.uint8)


# ---- the sides: each returns what trains once ----------------------------------------------


def fit(case: str, rows: int) -> Callable[[], object]:
    import keras

    model = keras.Sequential(layers(case))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    images, labels = data(rows)
    x = (images / 255).astype(np.float32).reshape(-1, *model.input_shape[1:])
    y = keras.utils.to_categorical(labels)
    return lambda: model.fit(x, y, batch_size=CASES[case][1], epochs=CASES[case][4], verbose=0)


def ours(case: str, rows: int) -> Callable[[], object]:
    from grader.training.network import quiet

    quiet()
    import keras

    from grader.datasets import Dataset
    from grader.sandbox.inside import describe
    from grader.training import recipe_of
    from grader.training.trainer import Trainer

    model = keras.Sequential(layers(case))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    images, labels = data(rows)
    test = rows // 6
    arrays = {"x_train": images, "y_train": labels, "x_test": images[:test], "y_test": labels[:test]}
    view = {"rows": np.arange(rows), "shape": model.input_shape[1:], "divide": 255.0, "add": 0.0}
    asked = {
        "network": {**describe.described(model), "weights": [], "built": False},
        "images": {**view, "labels": "one-hot"},
        "validation": None,
        "callbacks": [],
        "shuffle": True,
    }
    recipe, _ = recipe_of(
        {**asked, "epochs": CASES[case][4], "initial_epoch": 0, "batch_size": CASES[case][1]}, rows + test
    )
    trainer = Trainer(recipe, Dataset("mnist", arrays, f"{case} {rows}"))
    return lambda: trainer.train(1)


def sgemm(case: str, rows: int) -> Callable[[], object]:
    batch = CASES[case][1]
    pairs = [
        (np.ones((m, k), np.float32), np.ones((k, n), np.float32), np.ones((m, n), np.float32))
        for m, k, n in products(case)
    ]

    def epoch() -> None:
        for _ in range(CASES[case][4] * (rows // batch)):
            for number, (x, w, y) in enumerate(pairs):
                np.matmul(x, w)
                np.matmul(x.T, y)
                if number:  # nobody needs the gradient of the images
                    np.matmul(y, w.T)
        for _ in range(CASES[case][4] * (rows // 6 // batch)):
            for x, w, _ in pairs:
                np.matmul(x, w)

    return epoch


SIDES = {"fit": fit, "ours": ours, "sgemm": sgemm}


def serve(side: str, case: str, rows: int) -> None:
    """Train for each line that comes, and say how many seconds an epoch took; the first is for warming up."""
    epoch = SIDES[side](case, rows)
    epoch()
    print("ready", flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        epoch()
        print(json.dumps((time.perf_counter() - begun) / CASES[case][4]), flush=True)


# ---- the run -----------------------------------------------------------------------------------


def started(side: str, case: str, rows: int) -> subprocess.Popen[str]:
    threads = {} if side == "fit" else ONE_THREAD
    command = [sys.executable, __file__, case, "--rows", str(rows), "--side", side]
    environment = {**os.environ, **threads, "TF_CPP_MIN_LOG_LEVEL": "3"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    if process.stdout.readline().strip() != "ready":
        sys.exit(f"{side} did not start: {' '.join(command)}")
    return process


def together(processes: list[subprocess.Popen[str]]) -> float:
    """Have each train at the same time; return the seconds an epoch took the slowest."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return max(json.loads(process.stdout.readline()) for process in processes if process.stdout)


def measured(case: str, rows: int, rounds: int) -> None:
    told, batch, throughput, above, _ = CASES[case]
    print(f"{case}: {told}, batch {batch}, {rows} images", flush=True)
    trainers = [started("ours", case, rows) for _ in range(CORES)]
    sides = {
        "fit": [started("fit", case, rows)],
        "ours": trainers[:1],
        "sgemm": [started("sgemm", case, rows)],
    }
    sides["class"] = trainers
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds):
        for name, processes in sides.items():
            seconds[name].append(together(processes))
        print(
            f"  round {number + 1}: {', '.join(f'{name} {s[-1]:.2f} s' for name, s in seconds.items())}",
            flush=True,
        )
    for processes in sides.values():
        for process in processes:
            process.kill()
            process.wait()

    def ratio(one: str, other: str) -> float:
        return statistics.median(a / b for a, b in zip(seconds[one], seconds[other], strict=True))

    middle = ", ".join(f"{name} {statistics.median(s):.2f}" for name, s in seconds.items())
    print(f"  seconds per epoch: {middle}")
    print(
        f"  one trainer, one thread, against fit with its threads: {ratio('fit', 'ours'):.2f} times as fast"
    )
    class_ = CORES * ratio("fit", "class")
    print(f"  {CORES} trainers at a time against fit: {class_:.2f} times the epochs (aim {throughput:g})")
    print(f"  one trainer against the products: {ratio('ours', 'sgemm'):.2f} times as long (aim {above:g})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", metavar="network", help=", ".join(CASES))
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    for case in given.cases or CASES:
        if given.side:
            serve(given.side, case, given.rows)
        else:
            measured(case, given.rows, given.rounds)


if __name__ == "__main__":
    main()
