"""HTML -> what a browser would find there, and whether it is harmless."""

import re
from html.parser import HTMLParser

from grader.report.visible import visible

VOID = {"meta", "link", "br", "img", "hr", "input"}
OURS = re.compile(
    r"html|head|meta|link|title|style|body|a|header|p|h[1-4]|bdi|b|strong|main|section|svg|rect|ul|ol|li|nav|br"
    r"|span|div|blockquote|math|m(?:row|i|n|o|text|frac|sqrt|style|su[bp]|subsup|table|tr|td)|code|pre|dl|dt|dd|details|summary|table|caption|thead|tbody|tr|th|td|footer"
    r"|figure|figcaption|img|path|circle|line|text"
)
OURS_FOR_STAFF = re.compile(OURS.pattern + r"|label|input|select|optgroup|option|button|script")


class Page(HTMLParser):
    """What a browser would find: elements, attributes, text; and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return in_a_line(" ".join(self.words))

    def all(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


def in_a_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def as_shown(text: str) -> str:
    """Return what a reader sees of a text, in a line."""
    return in_a_line(visible(text, 20_000))


def assert_harmless(html: str, ours: re.Pattern[str] = OURS) -> Page:
    """Assert that a page holds our elements alone, closed, with nothing that runs or leads elsewhere."""
    page = Page(html)
    assert page.open == []
    assert all(ours.fullmatch(tag) for tag, _ in page.elements)
    for tag, attrs in page.elements:
        assert not any(name.startswith("on") or name in {"style", "srcdoc"} for name in attrs), (tag, attrs)
        for name in {"href", "src", "action", "xlink:href"} & set(attrs):
            assert re.fullmatch(
                r"#[\w-]+|data:,|data:image/png;base64,iVBOR[\w+/=]+|(students|staff)/[\w%./~-]+",
                attrs[name] or "",
            ), attrs
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.all("href") if link.startswith("#")} <= set(ids)
    assert set(page.all("aria-labelledby")) <= set(ids)
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html
    return page
