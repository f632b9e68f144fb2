"""The documentation is built as pages: without a warning, without a link that leads nowhere, without what is nobody's."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def build(source: Path, out: Path, builder: str = "html") -> subprocess.CompletedProcess[str]:
    """Build the documentation of a checkout as `make docs` does."""
    pytest.importorskip("sphinx")
    command = ["-m", "sphinx", "-W", "--keep-going", "-q", "-b", builder, "-c", source / "docs", source, out]
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("built")
    done = build(ROOT, out)
    assert (done.returncode, done.stderr) == (0, "")
    return out


def test_every_page_is_built_and_found_from_the_first(built: Path) -> None:
    first = (built / "docs" / "index.html").read_text(encoding="utf-8")
    pages = [
        page.relative_to(ROOT / "docs")
        for page in (ROOT / "docs").rglob("*.md")
        if "_build" not in page.parts
    ]
    for page in pages:
        assert (built / "docs" / page).with_suffix(".html").is_file(), page
        assert page.stem == "index" or f'href="{page.with_suffix(".html").as_posix()}"' in first, page


def test_every_link_in_the_pages_leads_to_a_page_and_a_heading(built: Path) -> None:
    texts = {page.resolve(): page.read_text(encoding="utf-8") for page in built.rglob("*.html")}
    for page, text in texts.items():
        for link in re.findall(r'<a [^>]*href="([^"]+)"', text):
            if re.match(r"\w+:", link):
                continue  # elsewhere, and not fetched
            path, _, fragment = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page.name, link)
            assert not fragment or f'id="{fragment}"' in texts[target], (page.name, link)


def test_the_pages_need_no_network_and_hold_nothing_of_a_problem_set(built: Path) -> None:
    for page in built.rglob("*.html"):
        assert not re.findall(
            r'<(?:script|img|link)[^>]+(?:src|href)="https?:', page.read_text(encoding="utf-8")
        ), page
    assert [path for path in built.rglob("*") if path.suffix in {".toml", ".py", ".ipynb"}] == []
    assert not (built / "_downloads").exists()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("[there](nowhere.md)", "nowhere"),
        ("[there](check.md#no-such-heading)", "no-such-heading"),
        ("```{toctree}\nno-such-page\n```", "no-such-page"),
    ],
)
def test_a_link_that_leads_nowhere_stops_the_build(tmp_path, broken: str, told: str) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("_build"))
    for name in ("README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    with (tmp_path / "docs" / "kit.md").open("a") as page:
        page.write(f"\n{broken}\n")
    done = build(tmp_path, tmp_path / "out", "dummy")
    assert done.returncode != 0
    assert told in done.stderr
