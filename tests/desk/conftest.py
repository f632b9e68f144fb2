"""() -> a class whose prose waits for a person, a desk on it, and windows of a real browser."""

from contextlib import ExitStack

import pytest

from grader.desk import opened, serving
from grader.desk.beside import Beside
from tests.desk.people import class_of, written

SHOWS = "## 1A Zeros\nEvery gradient but the output bias's is **0**: $\\nabla = 0$.\n"


@pytest.fixture
def out(tmp_path):
    return written(class_of(60), tmp_path / "out")


@pytest.fixture
def desk_of(out):
    """Return a function that opens somebody's desk."""
    with ExitStack() as stack:

        def desk_of(who, results=None):
            desk = opened(out, results or class_of(60), who)
            stack.callback(desk.book.close)
            return desk

        yield desk_of


@pytest.fixture
def served(desk_of):
    """Return a function that serves somebody's desk and returns it with its address."""
    with ExitStack() as stack:

        def serve(who, results=None, **beside):
            desk = desk_of(who, results)
            door = stack.enter_context(serving(desk, 0, Beside(**beside)))
            return desk, door.address

        yield serve


@pytest.fixture
def window(browser):
    """Return a function that opens an address and fails the test for what it asked elsewhere, or said."""
    said, asked, addresses = [], [], []

    def open_window(address, *, width=1200, scheme="light", **more):
        addresses.append(address.split("/")[2])
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        return page

    yield open_window
    for context in browser.contexts:
        for page in context.pages:
            assert page.evaluate("window.ran") is None
        context.close()
    assert [line for line in said if "Failed to load resource" not in line] == []
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} <= set(addresses)
