"""A write-up in Markdown -> the same as a PDF: typeset as by LaTeX (Typst), printed by a browser."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

_PIECES = re.compile(
    r"^```(?:python)?\n(?P<code>(?s:.*?))^```$|^\$\$(?P<display>(?s:.+?))\$\$$"
    r"|(?P<table>(?:^[^\t\n]+\t[^\n]+\n)+)|^(?P<line>.*)$",
    re.MULTILINE,
)
_MATRIX = re.compile(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}|\\text\{(.*?)\}|([^\\]+)", re.DOTALL)
_FRACTION = re.compile(r"\\frac(\d)(\d)")
_HEADING = re.compile(r"#+ (.+)|((?:Problem [A-G]|\d [A-Z].*))")


def pieces(text: str) -> list[tuple[str, str]]:
    """Return (kind, content) of each piece: "code", "display", "table", "heading" or "text"."""
    found = []
    for piece in _PIECES.finditer(text):
        kind = piece.lastgroup
        content = piece[kind].strip("\n")
        heading = kind == "line" and _HEADING.fullmatch(content)
        if heading:
            found.append(("heading", heading[1] or heading[2]))
        elif content.strip():
            found.append(("text" if kind == "line" else kind, content))
    return found


def rows(matrix: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("&")] for row in matrix.split(r"\\")]


# ---- Typst ---------------------------------------------------------------------------------


def typst_source(text: str) -> str:
    show = {
        "code": lambda content: f"```\n{content.strip(chr(10))}\n```",
        "display": lambda content: f"$ {''.join(map(_typst_matrix, _MATRIX.findall(content)))} $",
        "table": _typst_table,
        "heading": lambda content: f"= {_typst_text(content)}",
        "text": _typst_text,
    }
    body = "\n\n".join(show[kind](content) for kind, content in pieces(text))
    return f'#set page(numbering: "1")\n#set text(font: "New Computer Modern")\n{body}\n'


def _typst_text(text: str) -> str:
    """Escape all but plain formulas, whose signs mean the same to both."""
    parts = text.replace("$", "").split("\0") if "\\" in text else text.split("$")
    for at in range(0, len(parts), 2):
        parts[at] = re.sub(r"([\\#*_`@<>~/=+\[\]-])", r"\\\1", parts[at])
    parts[1::2] = [part.replace("*", "ast.op").replace("bias", '"bias"') for part in parts[1::2]]
    return "$".join(parts)


def _typst_matrix(found: tuple[str, str, str]) -> str:
    matrix, words, other = found
    if matrix:
        cells = _FRACTION.sub(r"\1/\2", matrix)
        return f'mat(delim: "[", {"; ".join(", ".join(row) for row in rows(cells))})'
    return f'"{words}"' if words else other


def _typst_table(content: str) -> str:
    cells = [f"[{_typst_text(cell)}]" for line in content.split("\n") for cell in line.split("\t")]
    return f"#table(columns: 2, {', '.join(cells)})"


def typst(text: str) -> bytes:
    """Return the write-up as Typst sets it, in Computer Modern."""
    engine = pytest.importorskip("typst")
    return engine.compile(typst_source(text).encode())


# ---- a browser -----------------------------------------------------------------------------


def page_source(text: str) -> str:
    show = {
        "code": lambda content: f"<pre>{html.escape(content.strip(chr(10)))}</pre>",
        "display": lambda content: (
            f'<math display="block">{"".join(map(_mathml, _MATRIX.findall(content)))}</math>'
        ),
        "table": _html_table,
        "heading": lambda content: f"<h2>{html.escape(content)}</h2>",
        "text": lambda content: f"<p>{html.escape(content.replace('$', ''))}</p>",
    }
    style = "pre { background: #eee; padding: 6px } td { border: 1px solid; padding: 2px 6px }"
    body = "\n".join(show[kind](content) for kind, content in pieces(text))
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}"


def _mathml(found: tuple[str, str, str]) -> str:
    matrix, words, other = found
    if matrix:
        lines = "".join(
            f"<mtr>{''.join(f'<mtd>{_cell(cell)}</mtd>' for cell in row)}</mtr>" for row in rows(matrix)
        )
        return f"<mrow><mo>[</mo><mtable>{lines}</mtable><mo>]</mo></mrow>"
    return f"<mtext>{html.escape(words)}</mtext>" if words else f"<mo>{html.escape(other.strip())}</mo>"


def _cell(text: str) -> str:
    if found := _FRACTION.fullmatch(text):
        return f"<mfrac><mn>{found[1]}</mn><mn>{found[2]}</mn></mfrac>"
    sign, number = ("-", text[1:]) if text.startswith("-") else ("", text)
    return f"<mo>{'−' if sign else ''}</mo><mn>{number}</mn>" if sign else f"<mn>{number}</mn>"


def _html_table(content: str) -> str:
    lines = [line.split("\t") for line in content.split("\n")]
    made = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line) for line in lines)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in made)}</table>"


def printed(text: str, folder: Path) -> bytes | None:
    """Return the write-up as Chromium prints it, None where there is no Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    page, paper = folder / "write-up.html", folder / "write-up.pdf"
    page.write_text(page_source(text), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command = [chromium, *options, f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return paper.read_bytes()
