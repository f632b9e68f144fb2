"""What two similar answers differ in is told where it is little, and never where it is much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.desk.around import Run
from grader.desk.difference import LENGTH, LONGEST, MOST, SENTENCE, Difference, difference, laid_out

LONG = "No gradient reaches any weight of the network through backpropagation, so all stay as they are."
OTHER = "Random weights leave some of the ten hidden units active, hence gradients can flow to them."
SHORT = "All units are off."
MOVED = Difference(moved=True)


def without(words, before="", after=""):
    return Difference((Run(words, before, after),))


def with_(words, before="", after=""):
    return Difference((), (Run(words, before, after),))


def told_of(before, after):
    return difference(laid_out(before), laid_out(after))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b c", "a b c", Difference()),
        ("a b. c", "a b.  c ", Difference()),
        ("a b c", "a c", without("b", "a", "c")),
        ("it learns", "it never learns", with_("never", "it", "learns")),
        ("0 1 2 a b", "0 1 2 a b c d e f", with_("c d e f", "2 a b")),
        ("0 1 2 a b", "0 1 2 a b c", with_("c", "2 a b")),
        (
            "a b c d",
            "a x c y",
            Difference((Run("b", "a", "c"), Run("d", "a b c")), (Run("x", "a", "c"), Run("y", "a x c"))),
        ),
        ("a", "b " * (MOST + 1), None),
        ("a", "b" * (LENGTH + 1), None),
        ("a " * (LONGEST + 1), "a " * (LONGEST + 1), None),
        (f"{LONG} {OTHER}", f"{OTHER}\n{LONG}", MOVED),
        (f"{LONG} {SHORT}", f"{SHORT} {LONG}", Difference(moved=True, elsewhere=(Run(SHORT),))),
        (f"{LONG} So is A. {OTHER}", f"{OTHER} {LONG} Why?", None),
        (f"{LONG} {LONG}", LONG, None),
        (f"{LONG} {OTHER}", LONG, without(OTHER)),
        (OTHER, f"{OTHER}\n{LONG}", with_(LONG)),
        (f"{OTHER} {LONG} Why?", f"{OTHER} Why?", without(LONG)),
        (OTHER, f"{OTHER} {'word ' * (SENTENCE + 1)}", None),
        (LONG, OTHER, None),
        ("caf\u00e9", "cafe\u0301", Difference()),
    ],
)
def test_it_is_told_in_words(before, after, told):
    assert told_of(before, after) == told


TICKS = "claim\ttrue\tfalse\nA\tx\t\nB\t\tx\n"
TURNED = "claim\ttrue\tfalse\nA\t\tx\nB\tx\t\n"
COLUMNS = "weights     learns   never learns\nall zero              x\nrandom      x\n"
OTHERS = "weights     learns   never learns\nall zero    x\nrandom               x\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for x in xs:\n    s += x\n    return s", "for x in xs:\n    s += x\nreturn s"),
        (TICKS, TURNED),
        (COLUMNS, OTHERS),
        ("1 2 3\n4 5 6", "1 2\n3 4\n5 6"),
        (f"{LONG} {OTHER}", f"{LONG}\n\n{OTHER}"),
    ],
)
def test_the_same_words_set_otherwise_are_not_word_for_word(before, after):
    assert told_of(before, after) == Difference(set_otherwise=True)


@pytest.mark.parametrize("label", ["all zero:", "1.", "all zero?"])
def test_a_column_after_a_stop_is_one(label):
    here, there = (f"            learns   stays\n{label}{' ' * blanks}x" for blanks in (3, 12))
    assert told_of(here, there) == Difference(set_otherwise=True)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("Which hold?\nA true\nB false\nC", "Which hold?\nA\ntrue B\nfalse C", "That is all I can say."),
        ("1 2 3\n4 5 6", "1 2\n3 4\n5 6", "I am sure of it."),
        ("# scale W *= s", "# scale\nW *= s", "really"),
        ("A\u00a0\u00a0x\u00a0y", "A\u00a0x\u00a0\u00a0y", "I tried it twice."),
    ],
)
def test_another_word_does_not_hide_that_lines_are_others(before, after, word):
    found = told_of(f"{before}\n\n{LONG}", f"{after}\n\n{LONG} {word}")
    assert found is None or found.set_otherwise
    assert not told_of(f"{before}\n\n{LONG}", f"{before}\n\n{LONG} {word}").set_otherwise


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "A net at zero ... stays as it is, for all of it is zero.",
            "A net at zero ... is trained in no time, unlike others ... stays as it is, for all of it is zero.",
        ),
        (
            "All weights, e.g. those of a net that begins at zero, stay put.",
            "All weights, e.g. those of big nets learn, not, e.g. those of a net that begins at zero, stay put.",
        ),
    ],
)
def test_what_ends_no_sentence_is_told_with_what_stands_around_it(before, after):
    (run,) = told_of(before, after).with_
    assert run.before
    assert run.after


def test_sentences_in_every_other_order_take_no_time():
    many = "! ? . " * (LONGEST // 3)
    assert difference(many, many.replace("? .", ". ?")) is not None


@pytest.mark.parametrize(("before", "after"), [(TICKS, TURNED), (COLUMNS, OTHERS)])
def test_another_word_does_not_hide_that_a_table_was_turned(before, after):
    assert told_of(f"{before}\n{LONG}", f"{after}\n{LONG} So.").set_otherwise
    found = told_of(f"{before}\n{LONG} {OTHER}", f"{after}\n{OTHER} {LONG}")
    assert found is None or found.set_otherwise
    assert not told_of(f"{before}\n{LONG}", f"{before}\n{LONG} So.").set_otherwise


def test_signs_that_are_shown_as_such_are_no_blanks():
    assert told_of("It is zero.", "It is\x1czero\u2028.") == Difference(
        (Run("zero.", "It is"),), (Run("zero .", "It is"),)
    )


def test_a_line_that_was_broken_for_its_width_is_the_same():
    assert told_of(f"{LONG[:70]}\n{LONG[71:]}", LONG) == Difference()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A is so. Right. B is so. Wrong.", "A is so. Wrong. B is so. Right."),
        (f"A. True. {LONG} B. False. {OTHER}", f"A. True. {OTHER} B. False. {LONG}"),
        (f"{LONG} {OTHER} The last sentence is wrong.", f"{OTHER} {LONG} The last sentence is wrong."),
        ("Random weights are not stuck, zero ones are.", "Random weights are stuck, zero ones are not."),
        ("Zero ones do not in any way learn, all do.", "Zero ones do learn, all do not in any way."),
        (f"{LONG} We can not ever in any way say so for A. We can say so for B.",) * 2,
        (
            "small weights do by no means vanish. zero ones do.",
            "small weights do. zero ones do by no means vanish.",
        ),
    ],
)
def test_the_same_words_elsewhere_are_to_be_read(before, after):
    if before == after:
        after = after.replace("A.", "C.").replace("B.", "A.").replace("C.", "B.")
    found = told_of(before, after)
    assert found is None or found.moved
    assert not found or not (found.without or found.with_)


@given(st.text(), st.text())
def test_word_for_word_is_said_of_what_is_seen_alike_alone(before, after):
    told = told_of(before, after)
    is_same = laid_out(before) == laid_out(after) and len(laid_out(after).split()) <= LONGEST
    assert (told is not None and told.none) == is_same


@given(st.text("ab .\n\t|", max_size=40))
def test_what_is_laid_out_has_all_words_where_they_were(text):
    assert laid_out(text).split() == text.split()
    assert laid_out(laid_out(text)) == laid_out(text)


NOT = st.sampled_from(["not", "never"])
CLAIMS = st.lists(
    st.sampled_from(["weights", "do", "learn", "all", "of", "them", "zero", "random"]), min_size=8
)


@given(CLAIMS, NOT, st.integers(0, 7), st.integers(0, 7))
def test_a_negation_that_stands_elsewhere_is_told_or_all_is_to_be_read(claim, no, first, second):
    one, other = ([*claim[:at], no, *claim[at:]] for at in (first, second))
    found = told_of(" ".join(one), " ".join(other))
    told = [run.words for run in (*found.without, *found.with_)] if found else []
    assert one == other or found is None or found.moved or any(no in words.split() for words in told)


@given(*[st.lists(st.sampled_from(["Yes.", "No!", "Why not?", "A b c", LONG, OTHER]), max_size=5)] * 2)
def test_another_order_is_said_of_the_same_words_alone(before, after):
    told = told_of("\n".join(before), " ".join(after))
    if told and told.moved:
        assert sorted(" ".join(before).split()) == sorted(" ".join(after).split())
        assert before != after


def test_much_of_the_same_word_takes_no_time():
    many = "a " * (LONGEST // 2 - 1)
    assert difference(f"{many}b {many}", f"{many}c {many}") is not None
