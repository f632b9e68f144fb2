"""The text a person wrote, or a value a program returned -> a network as (W, b) per layer."""

from __future__ import annotations

import re
from fractions import Fraction

from .affine import in_words
from .cells import cell, cells_of
from .contrary import refuse_not_knowing
from .grids import grids
from .matrices import Matrix
from .notation import plain, tidy
from .reading import Reading, Torn, Unreadable, shortened
from .values import Nested, depth, listed, nested
from .words import VALUES

Layer = tuple[Matrix, tuple[Fraction, ...]]
Network = tuple[Layer, ...]
LAYERS = 20
NO_BIAS = "no bias is given: b was read as 0"


def weights(given: object, *, inputs: int) -> Reading[Network]:
    """Read a network: W[i][j] goes from input i to unit j, b has one number for each unit.

    Text: one unit only. Data: a list of (W, b), any number of layers.
    Unreadable: sizes that do not fit together, several units in prose. Torn: several are asserted.
    """
    if not isinstance(given, str):
        return _of_data(given, inputs)
    text = in_words(plain(given))
    refuse_not_knowing(text)
    _refuse_several_units(text)
    values, words = _weights(text, given, inputs)
    bias, notes = _bias(text)
    column = tuple((value,) for value in values)
    return Reading(((column, (bias,)),), words, shown(((column, (bias,)),)), notes)


def shown(network: Network) -> str:
    """Return "W = [[1], [1]], b = [0]", a line for each layer."""
    rows = (", ".join(f"[{_joined(row)}]" for row in matrix) for matrix, _ in network)
    return "; ".join(
        f"W = [{row}], b = [{_joined(bias)}]" for row, (_, bias) in zip(rows, network, strict=True)
    )


def _joined(values: tuple[Fraction, ...]) -> str:
    return ", ".join(map(str, values))


# ---- one unit in prose ---------------------------------------------------------------------

_WORDS = "|".join(VALUES)
_NUMBER = (
    r"(-?\s?\d{1,9}/\d{1,9}|-?\s?\d{0,9}[.,]\d{1,9}|-?\s?\d{1,9}"
    rf"|\b(?:{_WORDS})\b)(?![\w/]|[.,]\d|\s+bias\b)"
)
_SEVERAL = re.compile(
    r"\b(?:hidden|second|first|third|two|2|three|3|both)[- ](?:layers?|units?|neurons?"
    r"|nodes?|output layer)\b|\blayers? [12]\b"
    r"|\bW_?[12]\s*=\s*\[?\s*\[|\bh_?[12]\s*=|\bw_?\(?\d[, ]?\d\)?\s*=|\bb_?[123]\s*=|\bsecond layer\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(  # several units, or a unit of another kind, in words
    rf"\b(?:{'|'.join(word for word, number in VALUES.items() if number > 1)}|[2-9]|\d\d+)\s+"
    r"(?:\w+\s+){0,2}(?:layers?|units?|neurons?|nodes?)\b|\b\d-\d-\d\b"
    r"|\b(?:units?|neurons?|nodes?|layers?)\s*[:=]\s*(?:[2-9]|\d\d)"
    r"|\b(?:sigmoid|tanh|softmax|threshold|intercept|offset|constant)\b|\bpoints? (?:is|are)\b"
    r"|\brelu\s*\([^()]*[-+]\s*(?:0*[1-9]|\.\d|0\.\d)",
    re.IGNORECASE,
)
_IS = r"(?:(?:are|is|be|equal|equals|to|set|=|of|a)\s+){0,4}"
_EACH = re.compile(
    rf"\b(?:both|all|each|every)(?:\s+of)?(?:\s+the)?\s+weights?\s*=?\s*{_IS}{_NUMBER}"
    rf"|\bweights?\s+{_IS}(?:all|both|each)\s+{_IS}=?\s*{_NUMBER}"
    rf"|\b(?:both|all|each)\s+(?:of the )?inputs?\s+(?:have|has|gets?|with)\s+(?:a )?weights?\s+"
    rf"{_IS}{_NUMBER}"
    rf"|\bweights?\s+{_IS}{_NUMBER}\s+(?:for|on|to)\s+(?:both|each|all|every)\b"
    rf"|\bweights\s+(?:are|=|equal)\s+(?:to\s+)?{_NUMBER}(?=\s*,?\s*(?:and\s+)?(?:the\s+|a\s+)?(?:bias|b)\b)",
    re.IGNORECASE,
)
_INDEXED = re.compile(
    rf"\b(?:w|W|weight)[ _]?\(?(\d)\)?\s*(?:=|:|is|of)\s*(?:(?=w)|{_NUMBER})", re.IGNORECASE
)
_PAIR = re.compile(
    rf"\bweights?\s*(?:vector|values?)?\s*(?:(?:of|are|is|be|=|:|both|equal"
    rf"|to)\s*){{0,3}}{_NUMBER}((?:\s*(?:,|and|&)\s*(?:and\s+)?{_NUMBER})+)",
    re.IGNORECASE,
)
_TUPLE = re.compile(r"[(\[<]([^()\[\]<>\n]{3,200})[)\]>]")


def _refuse_several_units(text: str) -> None:
    if _SEVERAL.search(text) or _COUNTED.search(text):
        raise Unreadable("Several units or layers are described here; a person has to read them.")


def _weights(text: str, given: str, inputs: int) -> tuple[tuple[Fraction, ...], str]:
    found: list[tuple[tuple[Fraction, ...], str]] = _in_grids(given) or _in_tuples(text, inputs)
    indexed = _indexed(text, inputs)
    if indexed:
        found.append((indexed, "; ".join(match[0] for match in _INDEXED.finditer(text))))
    found = found or [
        ((_value(next(filter(None, m.groups()))),) * inputs, m[0]) for m in _EACH.finditer(text)
    ]
    found = found or [_listed(match) for match in _PAIR.finditer(text)]
    fitting = [each for each in found if len(each[0]) == inputs]
    if not fitting or len(fitting) < len(found):
        raise Unreadable(f"The {inputs} weights of one unit could not be read here.")
    if len({values for values, _ in fitting}) > 1:
        raise Torn(*(f"({_joined(values)})" for values, _ in fitting))
    return fitting[0][0], shortened(fitting[0][1])


def _listed(match: re.Match[str]) -> tuple[tuple[Fraction, ...], str]:
    """Read "weights 1 and 1"."""
    return tuple(map(_value, [match[1], *re.findall(_NUMBER, match[2], re.IGNORECASE)])), match[0]


def _in_grids(given: str) -> list[tuple[tuple[Fraction, ...], str]]:
    """Read a column or a row between LaTeX's or nested brackets."""
    text = tidy(given)
    found = []
    for grid in grids(text) if re.search(r"\\begin|\[\s*\[|\[[^\]\n]*;", text) else []:
        values = [cell(piece) for row in grid.rows for piece in row]
        flat = tuple(value for value in values if value is not None)
        if len(flat) != len(values) or (len(grid.rows) > 1 and len(grid.rows[0]) > 1):
            raise Unreadable("The weights of more than one unit stand here; a person has to read them.")
        if not re.search(r"\bb(?:ias)?(?:es)?\s*=\s*[$\s]*$", text[: grid.start][-12:], re.IGNORECASE):
            found.append((flat, text[grid.start : grid.end]))
    return found


_OF_WEIGHTS = re.compile(
    r"\b(?:weights?|w|theta|parameters?|coefficients?)\b[^.;\n(\[]{0,40}$", re.IGNORECASE
)
_BOUND = re.compile(
    r"(?:[<>≤≥≠]|\b(?:not|than|greater|less|least|most|above|any)\b)[^.,;\n]{0,12}$", re.IGNORECASE
)


def _in_tuples(text: str, inputs: int) -> list[tuple[tuple[Fraction, ...], str]]:
    """Read (1, 1): those said to be weights, or the only one there is."""
    said: list[tuple[tuple[Fraction, ...], str, int]] = []
    others: list[tuple[tuple[Fraction, ...], str, int]] = []
    for match in _TUPLE.finditer(text):
        values = tuple(cell(piece) for piece in cells_of(match[1], inputs))
        numbers = tuple(value for value in values if value is not None)
        before = text[max(0, match.start() - 60) : match.start()]
        if (
            len(numbers) != len(values)
            or len(values) < 2
            or re.search(r"\w$", before)
            or _BOUND.search(before)
        ):
            continue
        near_weights = _OF_WEIGHTS.search(before) or re.match(
            r"\s*(?:as|for|are|is)?\s*(?:the\s+)?weights?\b", text[match.end() :], re.IGNORECASE
        )
        alternative = said and re.fullmatch(r"\s*(?:or|,)\s*", text[said[-1][2] : match.start()])
        (said if near_weights or alternative else others).append((numbers, match[0], match.end()))
    chosen = said or (others if len({numbers for numbers, _, _ in others}) == 1 else [])
    if not said and len(others) > 1 and not chosen:
        raise Unreadable("Several lists of numbers stand here and none is said to be the weights.")
    return [(numbers, words) for numbers, words, _ in chosen]


def _indexed(text: str, inputs: int) -> tuple[Fraction, ...]:
    """Read w1 = 1, w2 = 1 and w1 = w2 = 1."""
    known: dict[int, Fraction] = {}
    waiting: list[int] = []
    for match in _INDEXED.finditer(text):
        if match[2] is None:
            waiting.append(int(match[1]))
            continue
        for index in [*waiting, int(match[1])]:
            if known.setdefault(index, _value(match[2])) != _value(match[2]):
                raise Torn(f"w{index} = {known[index]}", f"w{index} = {match[2]}")
        waiting = []
    if not known:
        return ()
    first = 0 if 0 in known else 1
    if sorted(known) != list(range(first, first + inputs)):
        raise Unreadable(f"Not exactly {inputs} weights are given here.")
    return tuple(known[index] for index in sorted(known))


_BIAS = re.compile(
    rf"\b(?:bias(?:es)?(?:\s+(?:term|value|unit|b))?|b)\b\s*(?:(?:is|are|of|=|:|be"
    rf"|equals?|equal to|set|to|also|both|at|\[|\()\s*){{0,4}}{_NUMBER}",
    re.IGNORECASE,
)
_BIAS_AFTER = re.compile(
    rf"{_NUMBER}\s+(?:for|as)\s+(?:the\s+)?(?:bias|b)\b|\b(zero)[- ]bias\b", re.IGNORECASE
)
_WITHOUT = re.compile(
    r"\b(?:no|without(?: an?| any)?|omit\w*(?: the)?|ignor\w*(?: the)?|zero|0)\s+bias"
    r"|\bbias(?:es)?\s+(?:is|are)\s+(?:not needed|omitted|unnecessary|none)",
    re.IGNORECASE,
)


def _bias(text: str) -> tuple[Fraction, tuple[str, ...]]:
    found = {_value(match[1]) for match in _BIAS.finditer(text)}
    found |= {_value(match[1] or match[2]) for match in _BIAS_AFTER.finditer(text)}
    if _WITHOUT.search(text):
        found.add(Fraction(0))
    if len(found) > 1:
        raise Torn(*(f"b = {value}" for value in sorted(found)))
    if not found and re.search(r"\bbias|\bb\s*[=<>≤≥]", text, re.IGNORECASE):
        raise Unreadable("A bias is mentioned here and its value could not be read.")
    return (found.pop(), ()) if found else (Fraction(0), (NO_BIAS,))


def _value(words: str) -> Fraction:
    value = VALUES.get(words.strip().lower())
    number = cell(words) if value is None else Fraction(value)
    if number is None:
        raise Unreadable(f"“{words.strip()}” is not clearly a number.")
    return number


# ---- a network as data ---------------------------------------------------------------------


def _of_data(given: object, inputs: int) -> Reading[Network]:
    layers, notes = _pairs(given)
    if not layers:
        raise Unreadable("A list of (W, b) for each layer was expected.")
    network: list[Layer] = []
    width = inputs
    for n, (matrix, bias) in enumerate(layers, 1):
        layer = _layer(matrix, bias, n, width, notes)
        network.append(layer)
        width = len(layer[1])
    return Reading(tuple(network), shortened(shown(tuple(network))), shown(tuple(network)), tuple(notes))


def _pairs(given: object) -> tuple[list[tuple[Nested, Nested]], list[str]]:
    """Return (W, b) for each layer and notes; [] where the data is neither that nor a flat W, b, W, b."""
    if _is_pair(given):
        halves = listed(given)
        return [(nested(halves[0]), nested(halves[1]))], []
    layers = [listed(each) for each in listed(given)[:LAYERS]]
    if layers and all(map(_is_pair, listed(given)[:LAYERS])):
        return [(nested(matrix), nested(bias)) for matrix, bias in layers], []
    flat = [nested(each) for each in listed(given)[: 2 * LAYERS]]
    if len(flat) > 1 and len(flat) % 2 == 0 and [depth(each) for each in flat] == [2, 1] * (len(flat) // 2):
        return list(zip(flat[::2], flat[1::2], strict=True)), ["a flat list was read as W, b for each layer"]
    return [], []


def _is_pair(value: object) -> bool:
    """Say whether it is (W, b): two halves, the first with more axes."""
    halves = listed(value)
    if len(halves) != 2 or any(type(half) is str or half is None for half in halves):
        return False
    axes, of_bias = depth(nested(halves[0])), depth(nested(halves[1]))
    return of_bias <= 1 <= axes <= 2 and (of_bias < axes or axes == 1 == len(listed(halves[1])))


def _layer(matrix: Nested, bias: Nested, n: int, width: int, notes: list[str]) -> Layer:
    if depth(matrix) == 1 and isinstance(matrix, tuple):
        notes.append(f"layer {n}: W has one axis and was read as a single unit's weights")
        matrix = tuple((each,) for each in matrix)
    rows = tuple(row for row in matrix if isinstance(row, tuple)) if isinstance(matrix, tuple) else ()
    clean: Matrix = tuple(tuple(each for each in row if isinstance(each, Fraction)) for row in rows)
    units = len(clean[0]) if clean else 0
    ragged = any(len(a) != units or len(b) != units for a, b in zip(clean, rows, strict=True))
    if depth(matrix) != 2 or not units or ragged:
        raise Unreadable(f"Layer {n}: W is not a matrix of numbers.")
    if len(clean) != width:
        raise Unreadable(
            f"Layer {n}: W has {len(clean)} rows and {width} inputs come in (W has a row for each input)."
        )
    flat = bias if isinstance(bias, tuple) else (bias,) * units
    if len(flat) == 1 and isinstance(flat[0], tuple):
        flat = flat[0]
    numbers = tuple(each for each in flat if isinstance(each, Fraction))
    if len(numbers) != units or len(flat) != units:
        raise Unreadable(f"Layer {n}: b has {len(flat)} entries and W has {units} units.")
    return clean, numbers
