"""The text a person wrote, or a value a program returned -> a whole number or an exact number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .claims import chosen
from .expressions import Apply, Expression, Number, parse, value_of
from .levels import Candidate
from .named import without_named
from .notation import plain
from .outline import outline
from .reading import Reading, Unreadable, shortened
from .tokens import Token, tokens_of
from .values import exact
from .words import and_parts, number_word, parts_word

BROKEN_STARTS = 100


def integer(given: object, *, nouns: Sequence[str] = ()) -> Reading[int]:
    """Read a whole number.

    nouns: what is counted ("parameters", "layers"); a number said of it outranks other numbers.
    Torn: several different ones are asserted. Unreadable: none is, or it is not whole.
    """
    reading = _scalar(given, nouns, integers=True)
    if reading.value.denominator != 1:
        raise Unreadable(f"“{reading.read_as}” is not a whole number.")
    return Reading(int(reading.value), reading.words, reading.read_as, reading.notes)


def number(given: object, *, nouns: Sequence[str] = ()) -> Reading[Fraction]:
    """Read an exact number: decimals, quotients, percents and arithmetic. Errors as for integer."""
    return _scalar(given, nouns, integers=False)


def _scalar(given: object, nouns: Sequence[str], *, integers: bool) -> Reading[Fraction]:
    if not isinstance(given, str):
        value = exact(given)
        return Reading(value, str(value), str(value))
    text = outline(plain(without_named(given) if nouns else given))
    candidates = _candidates(text, integers)
    best, notes = chosen(text, candidates, nouns)
    return Reading(best.value, shortened(text[best.start : best.end]), best.read_as, (*best.notes, *notes))


# ---- candidates ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Member:
    """One side of an equation: tokens[start:end]."""

    start: int
    end: int
    node: Expression


def _candidates(text: str, integers: bool) -> list[Candidate[Fraction]]:
    tokens = tokens_of(text, words=True, integers=integers)
    found: list[Candidate[Fraction]] = []
    at = broken = 0
    while at < len(tokens):
        members = _chain(tokens, at) if _may_start(tokens, at) else []
        worded = None if members else number_word(tokens, at)
        if members:
            candidate = _continued(tokens, _candidate(text, tokens, members), members, found)
            at = members[-1].end
            if candidate:
                found.append(candidate)
        elif worded:
            found.append(_of_words(tokens, at, *worded))
            parts = parts_word(tokens, worded[1])
            at = parts[1] if parts else worded[1]
        else:
            broken += tokens[at].text == "("
            if broken > BROKEN_STARTS:
                raise Unreadable("There are too many brackets here to be read.")
            at += 1
    return found


def _may_start(tokens: Sequence[Token], at: int) -> bool:
    token, before = tokens[at], tokens[at - 1] if at else None
    if at > 1 and tokens[at - 1].text in ("*", "×", "/", "^", "+") and _is_variable(tokens[at - 2]):
        return False
    glued = before is not None and before.end == token.start
    after_word = (
        before is not None
        and glued
        and (before.kind in ("word", "unit", "other", "num") and before.text not in ":,;.#$")
    )
    if token.kind == "num":
        return not (
            after_word and before is not None and before.text not in "-\"'\x02=<>≤≥~⇒→|"
        ) and not _is_label(tokens, at)
    if token.text == "(":
        return not after_word or (before is not None and before.text == "\x02")
    is_minus = token.text == "-" and at + 1 < len(tokens) and tokens[at + 1].start == token.end
    return is_minus and not (before is not None and glued and before.kind in ("word", "unit", "num"))


def _is_label(tokens: Sequence[Token], at: int) -> bool:
    """Say whether letters follow the number at once: 2D, 1st, 50k; "228parameters" is a slip of the pen."""
    if at + 1 == len(tokens) or tokens[at + 1].start != tokens[at].end:
        return False
    return tokens[at + 1].kind in ("word", "unit") and len(tokens[at + 1].text) <= 3


def _chain(tokens: Sequence[Token], at: int) -> list[_Member]:
    """Return the members of a = b = c that starts at a token; words of units may stand before "="."""
    members: list[_Member] = []
    while True:
        parsed = parse(tokens, at)
        if parsed is None or _is_cut(tokens, parsed[1]):
            return members
        members.append(_Member(at, parsed[1], parsed[0]))
        after = parsed[1]
        while after < min(len(tokens), parsed[1] + 4) and tokens[after].kind == "unit":
            after += 1
        if after >= len(tokens) or tokens[after].text not in ("=", "≈"):
            return members
        at = after + 1


def _is_cut(tokens: Sequence[Token], end: int) -> bool:
    """Say whether a number goes on in a way that is not understood, as 5^n or 228k."""
    if tokens[end - 1].kind == "num" and _is_label(tokens, end - 1):
        return True
    if end >= len(tokens) or tokens[end].text in ("^", "**", "\\"):
        return end < len(tokens)
    following = tokens[end + 1] if end + 1 < len(tokens) else None
    is_word = following is not None and (following.kind in ("word", "unit") or following.text in "(\\")
    if tokens[end].text in ("*", "×", "/"):
        return is_word
    return tokens[end].text in ("+", "-") and following is not None and _is_variable(following)


def _is_variable(token: Token) -> bool:
    """Say whether a word looks like a letter in a formula: n, C_in, k2."""
    short = len(token.text) <= 2 and token.kind == "unit"
    return token.kind in ("word", "unit") and (short or not token.text.isalpha()) and "'" not in token.text


def _candidate(text: str, tokens: Sequence[Token], members: list[_Member]) -> Candidate[Fraction]:
    last = members[-1]
    span = tokens[members[0].start : last.end]
    value = value_of(last.node)
    behind_equals = members[0].start > 0 and tokens[members[0].start - 1].text in ("=", "≈")
    worked_out = span if last.end - last.start > 1 else span[: last.start - members[0].start]
    used = frozenset(token.value for token in worked_out if token.kind == "num" and token.value is not None)
    return Candidate(
        start=span[0].start,
        end=span[-1].end,
        value=value,
        read_as=str(value),
        equation=len(members) > 1 or behind_equals,
        used=used,
        doubts=_doubts(text, tokens, members),
        notes=_disagreement(text, tokens, members),
        aside=_is_shape(tokens, members),
    )


def _doubts(text: str, tokens: Sequence[Token], members: list[_Member]) -> tuple[str, ...]:
    """Return other ways to read the last member: 1.228, 2-3, "228 - 12 filters", 5!, "12 (18 + 1)"."""
    last = members[-1]
    span = tokens[last.start : last.end]
    signs = [token.text for token in span if token.kind == "op"]
    after = tokens[last.end] if last.end < len(tokens) else None
    doubts = [token.doubt for token in span if token.doubt]
    doubts += _unequal(text, tokens, members)
    if len(members) == 1 and "-" in signs[-1:] and len(span) > 2:
        is_range = len(span) == 3
        if is_range or (after is not None and after.kind in ("unit", "word") and span[-2].text == "-"):
            doubts += [span[0].text, span[-1].text]
    if parts_word(tokens, last.end) or and_parts(tokens, last.end):
        doubts += [text[span[-1].start : tokens[last.end].end]]
    if after is not None and after.text == "(":
        doubts += _bracket(tokens, last)
    if after is not None and after.text == "!" and after.start == span[-1].end and len(span) == 1:
        small = span[0].value is not None and 3 <= span[0].value <= 12
        doubts += [span[0].text + "!"] if small else []
    return tuple(doubts)


_JOINS = frozenset(("plus", "and", "times", "with", "of", "x", "+", "*", "×", "/", "-"))


def _unequal(text: str, tokens: Sequence[Token], members: list[_Member]) -> list[str]:
    """Return the other plain numbers of "216 = 228", not of "plus 12 = 228"; ≈ marks what is rounded."""
    last = members[-1]
    if last.end - last.start > 1 or "≈" in text[tokens[members[0].start].start : tokens[last.end - 1].end]:
        return []
    first = members[0].start
    joined = first > 0 and tokens[first - 1].text.lower() in _JOINS
    values = [value_of(each.node) for each in members[joined:-1] if each.end - each.start == 1]
    return [str(value) for value in values if value != value_of(last.node)]


def _is_shape(tokens: Sequence[Token], members: list[_Member]) -> bool:
    """Say whether it is 5x5x3 and nothing more."""
    span = tokens[members[0].start : members[-1].end]
    crossed = {token.text for token in span if token.kind == "op"} == {"×"}
    return (
        len(members) == 1 and len(span) > 4 and crossed and all(token.kind in ("num", "op") for token in span)
    )


def _bracket(tokens: Sequence[Token], last: _Member) -> list[str]:
    """Return the product that "12 (18 + 1)" may be; in "228 (12 * 19)" the bracket says the same again."""
    bracket = parse(tokens, last.end)
    if bracket is None or value_of(bracket[0]) == value_of(last.node):
        return []
    return [str(value_of(Apply("*", (last.node, bracket[0]))))]


def _disagreement(text: str, tokens: Sequence[Token], members: list[_Member]) -> tuple[str, ...]:
    """Return a note where two sides of an equation differ and the later is no step on from the earlier."""
    for left, right in itertools.pairwise(members):
        value = value_of(left.node)
        first = tokens[right.start]
        goes_on = right.end - right.start > 1 and first.value == value
        if (
            value != value_of(right.node)
            and not goes_on
            and "≈" not in text[tokens[left.end - 1].end : first.start]
        ):
            words = text[tokens[left.start].start : tokens[right.end - 1].end]
            return (f"the two sides of “{shortened(words, 60)}” differ ({value} on the left)",)
    return ()


_GOING_ON = {"+": "+", "plus": "+", "*": "*", "×": "*", "times": "*", "/": "/"}


def _continued(
    tokens: Sequence[Token],
    this: Candidate[Fraction],
    members: list[_Member],
    before: list[Candidate[Fraction]],
) -> Candidate[Fraction] | None:
    """Read ", +1 bias = 19", "times 12 filters = 228" and "12 times 19" as going on from the value before."""
    at = members[0].start - 1
    sign = _GOING_ON.get(tokens[at].text.lower(), "") if at >= 0 else ""
    if not sign or not before or tokens[at].start - before[-1].end > 40:
        return this
    adjacent = tokens[at].text.isalpha() and tokens[at - 1].end == before[-1].end
    if not before[-1].equation and not adjacent:
        return this
    previous = before[-1].value
    result = value_of(Apply(sign, (Number(previous), members[0].node)))
    if len(members) == 1:
        again = adjacent and bool(before[-1].used)
        doubts = (*this.doubts, before[-1].read_as) if again else this.doubts  # "12 times 18 plus 1"
        return replace(
            this,
            value=result,
            read_as=str(result),
            used=frozenset((previous,)),
            equation=True,
            doubts=doubts,
        )
    consistent = result == value_of(members[1].node)
    return replace(this, used=this.used | {previous}, notes=() if consistent else this.notes)


_ARITHMETIC = frozenset(("times", "plus", "minus", "multiplied", "divided", "+", "*", "×", "/"))


def _of_words(tokens: Sequence[Token], at: int, value: int, end: int) -> Candidate[Fraction]:
    """Return a worded number; "twelve times nineteen" is not worked out, and neither part is the answer."""
    parts, after = parts_word(tokens, end) or (1, end)
    goes_on = and_parts(tokens, end)
    number_ = Fraction(value, parts)
    around = [*tokens[max(0, at - 1) : at], *tokens[after : after + 1]]
    return Candidate(
        tokens[at].start,
        tokens[after - 1].end,
        number_,
        str(number_),
        doubts=(f"{value} {goes_on}",) if goes_on else (),
        weak=tokens[at].text.lower() == "one" and after == at + 1,
        aside=any(token.text.lower() in _ARITHMETIC for token in around),
    )
