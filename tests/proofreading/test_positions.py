"""Each key of a TOML file stands on the line that is told."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.proofreading.positions import Keys, lines

PS4 = Path(__file__).parents[2] / "reference" / "ps4"


def everything(value: object, keys: Keys = ()) -> Iterator[Keys]:
    """All that stands in a table as tomllib reads it."""
    if keys:
        yield keys
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from everything(child, (*keys, key))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a = 1\nb = 2", {("a",): 1, ("b",): 2}),
        ("# a = 0\n\na = 1 # b = 3\n", {("a",): 3}),
        ('a = """\nb = 1\n"""\nb = 2', {("b",): 4}),
        ('a = """x\\""""""\nb = 2', {("b",): 2}),
        ("a = '''\n[b]\n''''\nb = 2", {("b",): 4}),
        ("[a]\n[a.b]\nc.d = 1", {("a",): 1, ("a", "b"): 2, ("a", "b", "c"): 3, ("a", "b", "c", "d"): 3}),
        ("[[p]]\nx = 1\n[p.q]\ny = 1\n[[p]]\nx = 1\n[p.q]\ny = 2",
         {("p", 0, "q", "y"): 4, ("p", 1): 5, ("p", 1, "q"): 7, ("p", 1, "q", "y"): 8}),
        ("[[p]]\n[[p.q]]\n[[p.q]]\nx=1\n[[p]]\n[[p.q]]\nx=2", {("p", 0, "q", 1, "x"): 4, ("p", 1, "q", 0, "x"): 7}),
        ("a = [ # one\n 1,\n [2,\n 3], { b = 4 } ]", {("a", 1): 3, ("a", 1, 1): 4, ("a", 2, "b"): 4}),
        ("a = { 'b c' = 1, \"d\\u0065\" = [] }\n\"f.g\" = 1979-05-27 07:32:00 # x\nh = 2",
         {("a", "b c"): 1, ("a", "de"): 1, ("f.g",): 2, ("h",): 3}),
    ],
)  # fmt: skip
def test_places(text: str, where: dict[Keys, int]) -> None:
    found = lines(text)
    assert set(everything(tomllib.loads(text))) <= set(found)
    assert {keys: found[keys] for keys in where} == where


def test_a_real_problem_set() -> None:
    text = (PS4 / "assignment.toml").read_text(encoding="utf-8")
    found, table = lines(text), tomllib.loads(text)
    assert set(found) == set(everything(table))
    written = text.splitlines()
    for keys, line in found.items():
        if isinstance(keys[-1], str):
            assert keys[-1] in written[line - 1], keys


BARE = st.from_regex(r"[a-z][a-z0-9_-]{0,3}", fullmatch=True)
QUOTED = st.text(st.sampled_from(" .#='[]{}é"), max_size=4).map(lambda text: f'"{text}"')
PLAIN = st.sampled_from(
    ["1", "-2.5e3", "true", "inf", '"# x"', '"\\"]"', "'}'", '"""a\n"\n[b]\nc = 1"""', "'''\n,\n'''", '""',
     "1979-05-27", "07:32:00", "1979-05-27 07:32:00", "1979-05-27T00:32:00.999-07:00", "0xff"]
)  # fmt: skip
GAPS = st.sampled_from(["", " ", "\n", "  # x = [1]\n", "\n\n\t"])


class Written:
    """A document as it grows, and the line of each thing in it, kept as it was put there."""

    def __init__(self) -> None:
        self.text = ""
        self.where: dict[Keys, int] = {}

    def put(self, text: str, keys: Keys = ()) -> None:
        if keys:
            self.where.setdefault(keys, self.text.count("\n") + 1)
        self.text += text


def name_of(key: str) -> str:
    return key[1:-1] if key.startswith('"') else key


def put_value(data: st.DataObject, to: Written, keys: Keys, depth: int) -> None:
    kind = data.draw(st.sampled_from(["plain", "plain", "array", "table"])) if depth else "plain"
    if kind == "plain":
        to.put(data.draw(PLAIN))
    elif kind == "array":
        to.put("[" + data.draw(GAPS))
        for number in range(data.draw(st.integers(0, 3))):
            to.put("", (*keys, number))
            put_value(data, to, (*keys, number), depth - 1)
            to.put(data.draw(GAPS) + "," + data.draw(GAPS))
        to.put("]")
    else:
        to.put("{ ")
        for number, key in enumerate(data.draw(st.lists(BARE | QUOTED, max_size=3, unique_by=name_of))):
            to.put(", " if number else "")
            to.put(f"{key} =", (*keys, name_of(key)))
            put_value(data, to, (*keys, name_of(key)), depth - 1)
        to.put(" }")


def put_pairs(data: st.DataObject, to: Written, keys: Keys) -> None:
    for key in data.draw(st.lists(BARE | QUOTED, max_size=3, unique_by=name_of)):
        to.put(data.draw(GAPS))
        to.put(f"{key} \t= ", (*keys, name_of(key)))
        put_value(data, to, (*keys, name_of(key)), 3)
        to.put(" # end\n")


@given(st.data())
def test_any_document(data: st.DataObject) -> None:
    to = Written()
    put_pairs(data, to, ())
    top = {keys[0] for keys in to.where}
    for name in data.draw(st.lists(BARE.filter(lambda key: key not in top), max_size=3, unique=True)):
        repeats = data.draw(st.integers(0, 3))
        to.put("", (name,))
        if not repeats:
            to.put(f"[ {name} ]\n")
            put_pairs(data, to, (name,))
        for number in range(repeats):
            to.put(f"[[{name}]]  # [x]\n", (name, number))
            put_pairs(data, to, (name, number))
            to.put(f"[{name} . sub-{name}]\n", (name, number, f"sub-{name}"))
            put_pairs(data, to, (name, number, f"sub-{name}"))
    assert set(everything(tomllib.loads(to.text))) == set(to.where), "the test writes what it means"
    assert lines(to.text) == to.where
