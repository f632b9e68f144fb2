"""docs/, README.md and CHANGELOG.md -> the pages that `make docs` builds.

The source is the checkout itself, so that links between these lead where they lead in the repository.
"""

import posixpath
import re

from sphinx.application import Sphinx

project = "nn-grader"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["README.md", "CHANGELOG.md", "docs/**"]
exclude_patterns = [
    ".*",
    "docs/_build",
    "benchmarks",
    "grader",
    "reference",
    "reports",
    "submissions",
    "tests",
]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "nn-grader"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False

# A link may lead to code or a problem set. Those are no pages, and a file of theirs, which holds answers,
# would be copied beside the pages.
BUILT = re.compile(r"(?:docs/.*|README|CHANGELOG)\.md$")
LINK = re.compile(r"\[([^\]\n]+)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")


def _without_links_to_code(_: Sphinx, page: str, source: list[str]) -> None:
    """Leave of each link to what is not built its words alone."""
    folder = posixpath.dirname(page)

    def kept(link: re.Match[str]) -> str:
        led = posixpath.normpath(posixpath.join(folder, link[2]))
        return link[0] if BUILT.match(led) else link[1]

    source[0] = LINK.sub(kept, source[0])


def setup(app: Sphinx) -> None:
    """Connect what is above."""
    app.connect("source-read", _without_links_to_code)
