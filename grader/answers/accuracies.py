"""what somebody wrote, or what code printed -> the test accuracy that is claimed there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 20_000  # characters that are read
LONGEST_LINE = 1_000
NUMBER = re.compile(
    r"(?<![\w.,])(?:(\d{1,3})[.,](\d{1,12})|\.(\d{1,12})|(\d{1,3}))(\s?%)?(?![\w%]|[.,]\d)", re.ASCII
)
# What a number belongs to is the nearest of these words, before it if there is any.
NOUN = re.compile(
    r"\b(?:(?P<accuracy>acc(?:uracy|uracies)?)|(?P<error>error(?:\srate)?)"
    r"|(?P<other>dropout|probabilit\w+|rates?|lr|loss|score|momentum|decay|threshold|fraction|split))\b",
    re.IGNORECASE,
)
# Words right before a number that make it what was wanted, or what was not reached.
WANTED = re.compile(
    r"(?:at least|at most|[<>≥≤]=?|goals?|targets?|thresholds?|required?|requirement|above|over|below|under"
    r"|more than|less than|exceed\w*|asked|needed|beat\w*|not|never|n[’']t|fail\w*"
    r"|\b(?:should|ought|hop(?:e|es|ed|ing)|aim(?:s|ed|ing)?|wants?|wanted|wish\w*|plan(?:s|ned)?"
    r"|expect(?:s|ing)?|would like|d like))(?:\W+[a-z]+){0,6}\W*$",
    re.IGNORECASE,
)
KERAS = re.compile(r"\b(val_)?acc(?:uracy)?: (\d?\.\d{1,12})")
EPOCH = re.compile(r"\bEpoch \d+/\d+")
WRAPPED = re.compile(r"\b(?:np|numpy|tf)\.\w{1,20}\((\d?\.?\d{1,12})\)")
SENTENCE = re.compile(r"(?<=[a-z)%\d])[.;!?]\s+(?=[A-Z])|\n")
OF = re.compile(r"\b(test|val(?:idation)?|train(?:ing)?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """An accuracy as a share of 1. `kind`: "test", "validation", "training" or "unknown"."""

    value: Fraction
    kind: str
    words: str  # the sentence or line it stands in


def accuracies(text: str) -> tuple[Claim, ...]:
    """Return every accuracy that a text gives, in its order; what was only aimed at is none."""
    text = WRAPPED.sub(r"\1", text[:LONGEST]).replace("\\%", "%").replace("$", "").replace("−", "-")
    found: list[Claim] = []
    in_epoch = False
    for line in SENTENCE.split(text):
        sentence = line.strip()[:LONGEST_LINE]
        if EPOCH.search(sentence):
            in_epoch = True
        if printed := list(_printed(sentence, in_epoch=in_epoch)):
            found += printed
        else:
            found += _written(sentence)
        if sentence and not EPOCH.search(sentence):
            in_epoch = False
    return tuple(found)


def claimed(text: str) -> Claim | None:
    """Return the one claim that a text makes about a test accuracy; None where there is none, or several."""
    found = accuracies(text)
    for chosen in (
        [claim for claim in found if claim.kind == "test"],
        [claim for claim in found if claim.kind == "unknown"],
    ):
        final = [claim for claim in chosen if re.search(r"\bfinal", claim.words, re.IGNORECASE)]
        if chosen:
            return _one(chosen) or _one(final)
    return None


def _one(claims: Sequence[Claim]) -> Claim | None:
    return claims[-1] if len({claim.value for claim in claims}) == 1 else None


def _printed(line: str, *, in_epoch: bool) -> Iterator[Claim]:
    """Yield what a line of Keras's progress says: of training where an epoch is told, else of testing."""
    found = KERAS.findall(line) if "loss" in line else []
    training = in_epoch or any(validation for validation, _ in found)
    for validation, number in found:
        kind = "validation" if validation else "training" if training else "test"
        yield Claim(Fraction(f"0{number}" if number.startswith(".") else number), kind, line)


def _written(sentence: str) -> Iterator[Claim]:
    nouns = list(NOUN.finditer(sentence))
    if not any(noun["accuracy"] or noun["error"] for noun in nouns):
        return
    for number in NUMBER.finditer(sentence):
        value = _share(number)
        noun = _noun_of(number, nouns)
        if value is None or noun is None or noun["other"]:
            continue
        if WANTED.search(sentence[max(0, number.start() - 60) : number.start()]):
            continue
        kind = _kind(sentence, noun, number)
        if noun["error"]:
            if kind != "test":  # an error of another kind, or of a computation
                continue
            value = 1 - value
        yield Claim(value, kind, sentence)


def _share(number: re.Match[str]) -> Fraction | None:
    """Return a number as a share of 1: 0.977, .977, 0,977, 97.7 %; None for what is none."""
    whole, digits, bare, alone, percent = number.groups()
    value = Fraction(f"{whole or alone or 0}.{digits or bare or 0}")
    if percent:
        value /= 100
    elif alone:
        return None
    return value if 0 <= value <= 1 else None


def _noun_of(number: re.Match[str], nouns: Sequence[re.Match[str]]) -> re.Match[str] | None:
    before = [noun for noun in nouns if noun.end() <= number.start()]
    after = [noun for noun in nouns if noun.start() >= number.end()]
    return before[-1] if before else after[0] if after else None


def _kind(sentence: str, noun: re.Match[str], number: re.Match[str]) -> str:
    """Return what the accuracy is of: the word before the noun, else the nearest to the number."""
    names = list(OF.finditer(sentence))
    if not names:
        return "unknown"
    before = [name for name in names if 0 <= noun.start() - name.end() <= 6]
    nearest = before[-1] if before else min(names, key=lambda name: abs(name.start() - number.start()))
    word = nearest[1].lower()
    return "test" if word == "test" else "validation" if word.startswith("val") else "training"
