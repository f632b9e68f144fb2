"""The text a person wrote, or a value a program returned -> matrices, in order."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise, zip_longest

from .cells import cell
from .contrary import refuse_not_knowing
from .grids import Grid, grids
from .notation import tidy
from .reading import Reading, Torn, Unreadable, shortened
from .values import Nested, depth, nested
from .words import VALUES

Matrix = tuple[tuple[Fraction, ...], ...]


def matrices(
    given: object, *, count: int, size: tuple[int, int] | None = None
) -> Reading[tuple[Matrix, ...]]:
    """Read `count` matrices, in order.

    size: rows and columns expected; matrices of another size are still read, so that a slip can be named.
    Unreadable: fewer than count, or a cell that is no number. Torn: more than count.
    """
    if not isinstance(given, str):
        values, notes = _of_data(given, count, size)
        return Reading(values, shortened(shown(values)), shown(values), notes)
    text = tidy(re.sub("[ \u2009](?=[¼½¾⅐-⅞])", "  ", given))  # "1 ½" is two cells here, not 3/2
    refuse_not_knowing(text)
    found, notes = _kept(text, grids(text, size))
    found = _of_size(found, count, size)
    read = tuple(
        _numbers(text, grid, f"matrix {n}" if count > 1 else "the matrix") for n, grid in enumerate(found, 1)
    )
    _refuse_alternative(text, read)
    words = shortened(" ".join(text[grid.start : grid.end] for grid in found) or text)
    if not read:
        read, note = _in_words(text, count, size), "read from words"
        return Reading(read, words, shown(read), (note,))
    if len(read) == 1 < count and _says_all(text, count):
        note = f"one matrix was given for all {count}"
        return Reading(read * count, words, shown(read * count), (*notes, note))
    return Reading(_counted(read, count), words, shown(_counted(read, count)), notes)


def shown(values: tuple[Matrix, ...]) -> str:
    """Return "[[1, 1/3], [-1/3, 1/9]], …"."""
    rows = ([f"[{', '.join(map(str, row))}]" for row in matrix] for matrix in values)
    return ", ".join(f"[{', '.join(each)}]" for each in rows)


def _counted(read: tuple[Matrix, ...], count: int) -> tuple[Matrix, ...]:
    if len(read) > count:
        if len(set(read)) == 1:
            return read[:count]
        raise Torn(*dict.fromkeys(shown((matrix,)) for matrix in read))
    if len(read) < count:
        raise Unreadable(f"{len(read)} of the {count} matrices could be read.")
    return read


def _of_size(found: list[Grid], count: int, size: tuple[int, int] | None) -> list[Grid]:
    """Leave out restated inputs: where there are too many, exactly count of the right size are the answer."""
    if size is None or len(found) <= 1 or len(found) == count:
        return found
    fitting = [
        grid for grid in found if len(grid.rows) == size[0] and {len(row) for row in grid.rows} == {size[1]}
    ]
    return fitting if len(fitting) in (1, count) else found


# ---- from text -----------------------------------------------------------------------------

_EQUATED = re.compile(
    r"(?:\\right\s*[\])}.]|[\s$])*(?:=|→|⇒|->|=>|\\to|\\rightarrow|\\Rightarrow)(?:[\s$]|\\left\s*[\[({.])*"
)
_FACTOR = re.compile(
    r"(?:^|[\s=$,;(])(\\[dt]?frac\s*(?:\{-?\d{1,9}\}|\d)\s*(?:\{\d{1,9}\}|\d)"
    r"|-?\d{1,9} ?/ ?\d{1,9}|\(-?\d{1,9} ?/ ?\d{1,9}\)|-?\d{0,9}\.\d{1,9})"
    r"[\s$]*(?:\\cdot|\\times|\*|×)?[\s$]*(?:(?:\\left|\\bigl?)\s*[\[(]?)?[\s$]*(?:np\.array|array)?\(?$"
)
_WHOLE_FACTOR = re.compile(
    r"\d[\s$]*(?:\\cdot|\\times|\*|×)[\s$]*(?:\\left\s*[\[(]?)?[\s$]*$|(?:^"
    r"|[\s=$,])-?\d+(?:\\left\s*[\[(]?)?$|-[\s$]*(?:\\left\s*[\[(]?)?[\s$]*$"
)
_DIVISOR = re.compile(r"^(?:\\right)?[\])\s$]*(?:/|\\div)\s*(\d{1,9})")
_OPERATION = re.compile(
    r"^(?:\\right)?[\])\s$]*(?:\^|\.T\b|'|[-+]\s*(?:\\begin|\[|np\.)|(?:\*|\\cdot"
    r"|@)\s*(?:\\begin|\[|np\.|\d|\\frac))"
)


def _kept(text: str, found: list[Grid]) -> tuple[list[Grid], tuple[str, ...]]:
    """Return the grids less the earlier sides of equations."""
    last_sides = [
        grid
        for grid, after in zip_longest(found, found[1:])
        if grid and (after is None or not _EQUATED.fullmatch(text[grid.end : after.start]))
    ]
    for one, other in pairwise(found):
        if "=" in text[one.end : other.start] and one not in last_sides:
            _refuse_unequal(text, one, other)
    notes = ("the last side of each equation was read",) if len(last_sides) < len(found) else ()
    return last_sides, notes


def _refuse_unequal(text: str, one: Grid, other: Grid) -> None:
    """Raise Torn where both sides of an equation are numbers, alike in size, and differ."""
    try:
        sides = _numbers(text, one, "a side"), _numbers(text, other, "a side")
    except Unreadable:
        return  # arithmetic, or letters: the last side is what it comes to
    if sides[0] != sides[1] and [len(row) for row in sides[0]] == [len(row) for row in sides[1]]:
        raise Torn(*(shown((side,)) for side in sides))


def _refuse_alternative(text: str, read: tuple[Matrix, ...]) -> None:
    """Raise Torn where the matrices are followed by another answer in words: "or all zeros"."""
    entries = {_entry(found) for found in _UNIFORM.finditer(text)}
    said = [_entry(found) for found in _UNIFORM.finditer(text) if _OR.search(text[: found.start()][-60:])]
    differ = any({value for row in matrix for value in row} != {entry} for matrix in read for entry in said)
    if differ or (said and len(entries) > 1):
        raise Torn(*(f"all {entry}" for entry in sorted(entries)), *(shown((matrix,)) for matrix in read))


def _numbers(text: str, grid: Grid, name: str) -> Matrix:
    """Return the grid's exact numbers. Unreadable: a cell that is none, unequal rows, a product."""
    rows: list[list[Fraction]] = []
    for r, row in enumerate(grid.rows, 1):
        values = [cell(piece) for piece in row]
        if None in values:
            c = values.index(None)
            raise Unreadable(
                f"In {name}, row {r}, column {c + 1}, “{shortened(row[c], 20)}” is not clearly a number."
            )
        if rows and len(values) != len(rows[0]):
            raise Unreadable(f"In {name}, row {r} has {len(values)} entries and row 1 has {len(rows[0])}.")
        rows.append([value for value in values if value is not None])
    factor = _factor(text, grid, name)
    return tuple(tuple(value * factor for value in row) for row in rows)


def _factor(text: str, grid: Grid, name: str) -> Fraction:
    if text[grid.start] not in "[\\({":
        return Fraction(1)
    before, after = text[max(0, grid.start - 60) : grid.start], text[grid.end : grid.end + 40]
    if _OPERATION.match(after):
        raise Unreadable(f"There is arithmetic with {name} here; a person has to read it.")
    factor, divisor = _FACTOR.search(before), _DIVISOR.match(after)
    if factor is None and _WHOLE_FACTOR.search(before):
        raise Unreadable(f"There is a sign or a factor before {name}; a person has to read it.")
    value = cell(factor[1]) if factor else Fraction(1)
    if value is None or (divisor and not int(divisor[1])):
        raise Unreadable(f"The factor of {name} could not be read.")
    return value / int(divisor[1]) if divisor else value


_NUMBERS = "|".join(VALUES)
_ALL = re.compile(
    rf"\b(?:for|in|of)?\s*all\s*(?:of\s*)?(?:the\s*|these\s*)?\(?(\d+"
    rf"|{_NUMBERS})\)?(?!\s*(?:ones|zeros|'?s\b))\b"
    rf"|[×]\s*(\d+)\b|\b[xX]\s?(\d+)\b(?!\s*[x×])|\b(\d+|{_NUMBERS})\s*(?:times|[xX](?=\s*[\[(\\$])"
    rf"|copies)\b|\btimes\s+(\d+|{_NUMBERS})\b"
    r"|\b(?:for|in)\s+(?:all|every|each)(?:\s+(?:of\s+)?(?:the|them|these|matri\w+"
    r"|cases?|inputs?|images?|outputs?|one))?[\s.$})]*(?:$|\n|[.,;])"
    r"|\bfor matri\w+ (?:1|one|A) ?(?:-|to|through) ?(\d+)|\beach[\s.)$]*$"
    r"|\beach of (?:them|the|these)\b|\bfor all\b|\bin (?:all|every|each) (?:matri\w+|cases?|inputs?|images?)"
    r"|\b(?:each|every) (?:one|matrix|output|result|case|input|image)\b|\ball of (?:them|these|the)\b"
    r"|\ball (?:the )?(?:outputs?|matrices|results|cases|inputs?|answers|same|identical|equal|are)\b"
    r"|\bsame (?:for|matrix|result|output|answer|in)\b|\b(?:are"
    r"|is) (?:all )?(?:the same|identical)\b|\\forall",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(r"\b(?:not|except|but|besides|other than|unless|differ\w*|n't)\b", re.IGNORECASE)


def _says_all(text: str, count: int) -> bool:
    """Say whether the words give one matrix for all; a number in them must be the right one."""
    found = list(
        _ALL.finditer(re.sub(r"\\(?:text|mbox|mathrm)\s*", " ", text).replace("{", " ").replace("}", " "))
    )
    numbers = [group for match in found for group in match.groups() if group]
    if _EXCEPTION.search(text) or any(
        VALUES.get(n.lower(), int(n) if n.isdecimal() else 0) != count for n in numbers
    ):
        return False
    return bool(found)


_UNIFORM = re.compile(
    r"\b(?:all|only|just|of|with|full of|all the)[- ](?:the )?(ones|1'?s|zeros|zeroes"
    r"|0'?s)\b|\ball[- ]?(one|1)\b(?!\s*[x×.\d])|np\.(ones|zeros)\("
    r"|\b(?:all|every|each)(?: of)?(?: the)? (?:entr\w+|elements?|values?|cells?"
    r"|numbers?)(?: \w+){0,4}? (?:is|are|equals?|=|be)(?: all| equal to)* (ones?|1"
    r"|zeros?|0)\b(?!\.\d|/)",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:or|alternatively|otherwise|else|maybe|perhaps)\b[^.;\n]*$", re.IGNORECASE)
_SIZE = re.compile(r"\b(\d{1,2})\s*(?:[xX×]|by|\\times)\s*(\d{1,2})\b")


def _in_words(text: str, count: int, size: tuple[int, int] | None) -> tuple[Matrix, ...]:
    """Read "all of them are 2x2 matrices of ones"."""
    found = _UNIFORM.search(text)
    stated = {(int(a), int(b)) for a, b in _SIZE.findall(text)}
    shape = size if not stated or size in stated else min(stated)
    unclear = _EXCEPTION.search(text) or re.search(
        r"\b(?:block|corner|region|patch|square|input|original|given|initial|start\w*|before)s?\b|\?",
        text,
        re.IGNORECASE,
    )
    if not found or shape is None or unclear or len(stated - {shape}) > 0:
        raise Unreadable(
            f"0 of the {count} matrices could be read." if count > 1 else "No matrix could be found here."
        )
    if len(entries := {_entry(each) for each in _UNIFORM.finditer(text)}) > 1:
        raise Torn(*(f"all {entry}" for entry in sorted(entries)))
    return (((_entry(found),) * shape[1],) * shape[0],) * count


def _entry(found: re.Match[str]) -> Fraction:
    return Fraction(next(group for group in found.groups() if group).lower().startswith(("one", "1")))


# ---- from data -----------------------------------------------------------------------------


def _of_data(
    given: object, count: int, size: tuple[int, int] | None
) -> tuple[tuple[Matrix, ...], tuple[str, ...]]:
    value = nested(tuple(given.values()) if type(given) is dict else given)
    while isinstance(value, tuple) and len(value) == 1 and depth(value) > 3:
        value = value[0]
    value = _squeezed(value)
    if isinstance(value, tuple) and depth(value) == 2:
        value = (value,)
    if not isinstance(value, tuple) or depth(value) != 3:
        raise Unreadable(
            f"{count} matrices were expected: an array of numbers with three axes, or a list of matrices."
        )
    read = tuple(_checked(each, n) for n, each in enumerate(value, 1))
    moved = len(read) != count and all(len(row) == count for matrix in read for row in matrix)
    if moved and len({len(matrix) for matrix in read}) == 1:
        turned = tuple(tuple(tuple(row[k] for row in matrix) for matrix in read) for k in range(count))
        if size is None or (len(turned[0]), len(turned[0][0])) == size:
            return turned, ("the last axis was read as the number of the matrix",)
    return _counted(read, count), ()


def _squeezed(value: Nested) -> Nested:
    """Leave out an axis of length 1 where there are four: (4, 2, 2, 1), (4, 1, 2, 2)."""
    if not isinstance(value, tuple) or depth(value) != 4:
        return value
    second = [each for each in value if isinstance(each, tuple) and len(each) == 1]
    if len(second) == len(value):
        return tuple(each[0] for each in second)
    return tuple(_last_squeezed(each) for each in value)


def _last_squeezed(value: Nested) -> Nested:
    if not isinstance(value, tuple):
        return value
    if len(value) == 1 and isinstance(value[0], Fraction):
        return value[0]
    return tuple(_last_squeezed(each) for each in value)


def _checked(value: Nested, n: int) -> Matrix:
    rows = value if isinstance(value, tuple) else ()
    cells = tuple(
        tuple(each for each in row if isinstance(each, Fraction)) for row in rows if isinstance(row, tuple)
    )
    whole = len(cells) == len(rows) and all(
        len(a) == len(b) for a, b in zip(cells, rows, strict=False) if isinstance(b, tuple)
    )
    if not cells or not cells[0] or not whole or len({len(row) for row in cells}) != 1:
        raise Unreadable(f"Matrix {n} is not rows of equal length.")
    return cells
