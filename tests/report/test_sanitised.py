"""Two layers behind escaping, each tested without the other: cleaning, and the page's policy."""

import re

import pytest

from grader.arrays import Pooling
from grader.report import class_page, pages, sanitised, student_page
from tests.report.conftest import ps4
from tests.report.reading import Page
from tests.report.test_matrices import INPUT, check
from tests.report.test_matrices import page as page_of

HOSTILE = [
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "<svg><script>window.ran = 1</script></svg>",
    "<svg onload='window.ran = 1'></svg>",
    "<math><mtext><img src=x onerror='window.ran = 1'></mtext></math>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror='window.ran = 1'>",
    "<svg><foreignObject><iframe srcdoc='<script>parent.ran = 1</script>'></iframe></foreignObject></svg>",
    "<a href='javascript:window.ran = 1' id=bad>x</a>",
    "<style>body { display: none }</style>",
    "<p style='position: fixed'>x</p>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=x><button>go</button></form>",
    "<object data='data:text/html,<script>window.ran = 1</script>'></object>",
    "<details open ontoggle='window.ran = 1'>x</details>",
    "<body onload='window.ran = 1'>",
]
DANGER = re.compile(
    r"<(?:script|img|style|iframe|form|meta|base|object|embed|link|foreignobject|mglyph)", re.IGNORECASE
)


@pytest.mark.parametrize("markup", HOSTILE)
def test_what_escaping_let_through_is_gone(markup):
    html = str(sanitised.page(f"<p>before</p>{markup}<p>after</p>"))
    assert not DANGER.search(html)
    assert not re.search(r"\son\w+=|javascript:|evil\.example|\sstyle=|srcdoc", html)
    assert html.startswith("<p>before</p>")
    unclosed = "<style>" in markup and "</style>" not in markup  # a browser, too, reads on as style
    assert ("<p>after</p>" in html) is not unclosed


@pytest.mark.parametrize(
    "source",
    [
        "x.png",
        "//evil.example/x.png",
        "data:image/svg+xml;base64,iVBORw0KGgo=",
        "data:text/html,<b>x</b>",
        "",
    ],
)
def test_a_picture_is_a_png_in_the_page_itself(source):
    kept = '<img src="data:image/png;base64,iVBORw0KGgoAAAA=" alt="a &gt; b" width="1" height="1">'
    html = str(sanitised.page(f'<p>before</p><img alt="x > y" src="{source}" width=1>{kept}<p>after</p>'))
    assert [dict(found)["src"] for tag, found in Page(html).elements if tag == "img"] == [
        "data:image/png;base64,iVBORw0KGgoAAAA="
    ]
    assert html.endswith("<p>after</p>")


@pytest.mark.parametrize("markup", HOSTILE)
def test_a_formula_holds_formulas_alone(markup):
    html = str(sanitised.formula(f"<math><mtext>a{markup}</mtext><mi>b</mi></math><h1 id=mark>100</h1>"))
    assert {tag for tag, _ in Page(html).elements} <= {"math", "mtext", "mi"}
    assert not re.search(r"\son\w+=|javascript:|evil\.example", html)


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("#part-3D", True),
        ("students/ada%20l/index.html", True),
        ("staff/ada/result.json", True),
        ("javascript:alert(1)", False),
        ("https://evil.example", False),
        ("//evil.example", False),
        ("data:text/html,x", False),
        ("students/../../x:y", False),
        ("/etc/passwd", False),
    ],
)
def test_links_lead_into_the_page_or_beside_it(link, kept):
    assert ("href" in sanitised.page(f'<a href="{link}">x</a>')) is kept


def test_a_drawing_takes_paint_from_its_own_page_alone():
    html = sanitised.page('<svg><rect fill="url(#stripes)"/><rect fill="url(//evil.example)"/></svg>')
    assert "url(#stripes)" in html
    assert "evil" not in html


def every_page() -> dict[str, str]:
    drawn = Pooling((INPUT,), 2, 2, "average_pooled")
    right = ((("1", "0.5"), ("1/3", "0")),)
    return {
        "student": student_page(ps4()),
        "class": class_page([ps4()], {"ada": "students/ada/index.html"}, {"ada": "staff/ada/result.json"}),
        "drawn": page_of(check(right=right), show=True, drawn=drawn),
        "arrays": page_of(check(right=right), show=True),
    }


def test_nothing_that_our_templates_write_is_lost(monkeypatch):
    """The list is ours: what a template needs and it has not would be missing without a word."""
    cleaned = every_page()
    pages.environment.cache_clear()
    monkeypatch.setattr(sanitised, "page", lambda html: html)
    plain = every_page()
    pages.environment.cache_clear()
    for name, html in plain.items():
        before, after = Page(html), Page(cleaned[name])
        assert [tag for tag, _ in after.elements] == [tag for tag, _ in before.elements]
        for (tag, had), (_, has) in zip(before.elements, after.elements, strict=True):
            assert {key.lower() for key in had} == {key.lower() for key in has}, tag
            assert [value or "" for value in had.values()] == [value or "" for value in has.values()], tag
        assert after.text == before.text
        assert after.open == []


# ---- in a browser: one layer at a time -------------------------------------------------------


def bare(html: str) -> str:
    """Return a page without its policy."""
    without = re.sub(r"<meta http-equiv=.*?>", "", html)
    assert without != html
    return without


@pytest.mark.browser
def test_cleaning_alone_stops_what_runs(browser, tmp_path):
    html = bare(student_page(ps4()))
    for number, markup in enumerate(HOSTILE):
        assert ran(browser, tmp_path / f"{number}.html", html, str(sanitised.page(markup))) is None, markup


@pytest.mark.browser
def test_the_policy_alone_stops_what_runs(browser, tmp_path):
    html = student_page(ps4())
    for number, markup in enumerate(HOSTILE):
        if "meta" not in markup:  # the policy has no word against leaving; cleaning has
            assert ran(browser, tmp_path / f"{number}.html", html, markup) is None, markup


@pytest.mark.browser
def test_without_either_it_would_run(browser, tmp_path):
    html = bare(student_page(ps4()))
    assert ran(browser, tmp_path / "bare.html", html, HOSTILE[0]) == 1
    assert ran(browser, tmp_path / "bare.html", html, HOSTILE[1]) == 1


def ran(browser, file, html: str, markup: str) -> object:
    """Put markup into a page's text, open it, and return what the markup set."""
    file.write_text(html.replace("ps4.md was read as Latin-1.", markup), encoding="utf-8")
    tab = browser.new_page()
    tab.route("**/*", lambda route: route.continue_() if "file:" in route.request.url else route.abort())
    tab.goto(file.as_uri())
    for link in tab.locator("#bad").all():
        link.click(force=True)
    tab.wait_for_timeout(20)
    found = tab.evaluate("window.ran")
    tab.close()
    return found
