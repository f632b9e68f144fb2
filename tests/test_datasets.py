"""Where the data are looked for, and that they are what they are called."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from grader import datasets


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.delenv("GRADER_MNIST", raising=False)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Serve a folder as the place that Keras downloads from."""
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type,misc]

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(datasets, "ADDRESS", f"http://127.0.0.1:{server.server_port}/mnist.npz")
    yield folder
    server.shutdown()
    server.server_close()


def test_the_stand_in_is_of_real_digits_of_the_same_shape():
    data = datasets.known(datasets.STAND_IN)
    assert data.provisional
    assert data.checksum == datasets.DIGITS
    assert data.arrays["x_train"].shape == (1437, 28, 28)
    assert data.arrays["x_test"].shape == (360, 28, 28)
    assert all(data.arrays[name].dtype == np.uint8 for name in datasets.NAMES)
    assert set(data.arrays["y_test"]) == set(range(10))


def test_nothing_found_and_no_network_is_the_stand_in():
    assert datasets.located(download=False) == datasets.STAND_IN


def test_a_place_that_cannot_be_reached_is_given_up(monkeypatch):
    monkeypatch.setattr(datasets, "ADDRESS", "http://127.0.0.1:9/mnist.npz")
    assert datasets.located() == datasets.STAND_IN


@pytest.mark.parametrize("content", [b"", b"<html>log in first</html>", b"PK\x03\x04 but no zip"])
def test_what_is_downloaded_and_is_not_mnist_is_not_kept(served, content):
    (served / "mnist.npz").write_bytes(content)
    assert datasets.located() == datasets.STAND_IN
    assert not datasets.keras_cache().exists()
    assert not list(datasets.keras_cache().parent.iterdir())


def test_a_download_is_kept_where_keras_looks(served, mnist):
    (served / "mnist.npz").write_bytes(mnist.read_bytes())
    assert datasets.located() == str(datasets.keras_cache().resolve())
    (served / "mnist.npz").unlink()
    assert datasets.located() == str(datasets.keras_cache().resolve())


def test_mnist_is_known_by_its_arrays_whatever_the_container(tmp_path, mnist):
    with np.load(mnist) as file:
        np.savez(tmp_path / "plain.npz", **{name: file[name] for name in datasets.NAMES})
    data = datasets.known(datasets.located(str(tmp_path / "plain.npz")))
    assert (data.name, data.checksum, len(data.arrays["x_train"])) == ("mnist", datasets.MNIST, 60_000)


@pytest.mark.parametrize(
    ("arrays", "told"),
    [
        ({}, "is no .npz file with x_train"),
        ({"x_train": np.zeros(3)}, "is no .npz file with x_train"),
        ({name: np.zeros(3) for name in datasets.NAMES}, "another checksum"),
        ({name: np.array([None]) for name in datasets.NAMES}, "is no .npz file"),  # a pickle is not loaded
    ],
)
def test_a_named_file_that_is_not_mnist_is_refused(tmp_path, arrays, told):
    path = tmp_path / "some.npz"
    np.savez(path, **arrays)
    with pytest.raises(datasets.BadData, match=told):
        datasets.located(str(path))


def test_a_named_file_that_is_not_there_is_refused_and_not_replaced(monkeypatch):
    monkeypatch.setenv("GRADER_MNIST", "/nowhere/mnist.npz")
    with pytest.raises(datasets.BadData, match=r"/nowhere/mnist.npz cannot be read: No such file"):
        datasets.located()
    assert datasets.located(datasets.STAND_IN) == datasets.STAND_IN
    with pytest.raises(datasets.BadData, match="standin: no such file: did you mean 'stand-in'"):
        datasets.located("standin")
