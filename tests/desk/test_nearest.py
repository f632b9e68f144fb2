"""The marked answer that is named as like another one, and when none is: `r` never gives what nobody meant."""

from dataclasses import replace

import pytest

from grader import marking
from grader.datatypes import AnswerRead, CheckResult, Status
from grader.desk.around import Run
from grader.desk.desk import At, opened
from grader.desk.difference import Difference
from grader.desk.identical import same
from grader.desk.nearest import nearest
from grader.desk.rescored import set_worth
from tests.desk.people import written
from tests.desk.test_hands import LEARNS, saying
from tests.desk.test_window import rows

FULL, NONE = ("in full", "in full"), ()


def give(desk, number, *levels):
    """Mark an answer to 1A with levels, one for each criterion, or none at all."""
    entries = desk.at(At(0, number)).entries
    items = {item.name: item for entry in entries for item in desk.items(entry)}
    named = levels or (None,) * len(entries)
    given = [
        marking.Given(entry.item, (items[name],) if name else ())
        for entry, name in zip(entries, named, strict=True)
    ]
    desk.mark(At(0, number), desk.seen(At(0, number)), given)


def changed(results, number, **parts):
    """Return a class in which something of one answer to 1A is another."""
    first, *others = results[number].parts
    results[number] = replace(results[number], parts=(replace(first, **parts), *others))
    return results


def pair(desk_of, results):
    """Open a class of two, mark the first answer in full and return what is named beside the second."""
    desk = desk_of("ana", results)
    give(desk, 0, *FULL)
    return nearest(desk, At(0, 1))


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ({}, ()),
        ({"figures": ("a.png",)}, ("its pictures",)),
        ({"code": ("x = 1",)}, ("its code",)),
        ({"output": "0.98"}, ("its output",)),
        ({"answer": (AnswerRead("write-up", "ps4.md", LEARNS, "7"),)}, ("how it was read",)),
        ({"code": ("x",), "output": "1", "figures": ("a",)}, ("its pictures", "its code", "its output")),
    ],
)
def test_what_is_there_beside_words_is_named_where_it_is_another(desk_of, what, named):
    found = pair(desk_of, changed(saying(LEARNS, LEARNS), 1, **what))
    assert (found.differs.none, found.beside) == (True, named)


def test_what_the_grader_checked_is_named_where_that_is_another(desk_of):
    results = saying(LEARNS, LEARNS)
    for number, status in enumerate((Status.PASSED, Status.FAILED)):
        changed(results, number, checks=(CheckResult("n", status, "The network", actual="7", possible=2.0),))
    assert pair(desk_of, results).beside == ("what the grader checked",)


def test_pictures_are_to_be_looked_at_also_where_they_are_called_alike(desk_of):
    results = saying(LEARNS, LEARNS)
    for number in (0, 1):
        changed(results, number, figures=("proof.png",))
    assert pair(desk_of, results).beside == ("its pictures",)


def test_who_is_marked_for_something_else_is_not_named(desk_of):
    """The grader read another number there: the same words do not make it right."""
    results = saying(LEARNS, LEARNS)
    for number, read in enumerate(("7", "-3000")):
        check = CheckResult("network", Status.PENDING, "The network", "Unsure.", actual=read, possible=2.0)
        changed(results, number, checks=(check,))
    desk = desk_of("ana", results)
    give(desk, 0, "in full", "in full", "in full")
    found = nearest(desk, At(0, 1))
    assert (found.points, found.lacks, found.beside) == (("2", "1", "–"), ("The network",), ())
    assert found.wishes[2] is None


def test_of_the_very_same_the_one_with_nothing_else_beside_it_is_named(desk_of):
    results = changed(saying(LEARNS, LEARNS, LEARNS), 1, figures=("a.png",))
    desk = desk_of("ana", results)
    [pictured] = [number for number in range(3) if desk.at(At(0, number)).part.figures]
    plain, other = (number for number in range(3) if number != pictured)
    give(desk, plain, *FULL)
    give(desk, pictured)
    found = nearest(desk, At(0, other))
    assert (found.points, found.beside) == (("2", "1"), ())


def test_who_is_marked_for_the_same_is_named_before_who_is_not(desk_of):
    results = saying(LEARNS, LEARNS, LEARNS)
    check = CheckResult("network", Status.PENDING, "The network", "Unsure.", actual="7", possible=2.0)
    for number in (0, 2):
        changed(results, number, checks=(check,))
    desk = desk_of("ana", results)
    [plain] = [number for number in range(3) if len(desk.at(At(0, number)).entries) == 2]
    both = [number for number in range(3) if number != plain]
    give(desk, plain)
    assert nearest(desk, At(0, both[1])).points == ("0", "0", "–")
    give(desk, both[0], "in full", "in full", "in full")
    assert nearest(desk, At(0, both[1])).points == ("2", "1", "2")
    assert nearest(desk, At(0, both[0])).lacks == ("The network",)


LONGER = "No gradient reaches any weight of the network through backpropagation, so all stay as they are."


def test_one_sentence_more_is_told_however_much_of_the_answer_it_is(desk_of):
    short = "It stays as it is."
    desk = desk_of("ana", saying(short, f"{LONGER} {short}", "Something else is said here, at some length."))
    for number in range(3):
        if desk.at(At(0, number)).text != short:
            give(desk, number, *FULL)
    [number] = [number for number in range(3) if desk.at(At(0, number)).text == short]
    found = nearest(desk, At(0, number))
    assert found.differs == Difference(without=(Run(LONGER, after="It stays as"),))
    assert found.points == ("2", "1")


def test_an_answer_whose_difference_is_told_goes_before_one_that_is_to_be_read(desk_of):
    """In another order, with sentences too long to be told; or as another one, but for one sentence."""
    far = "Random weights leave some of the ten hidden units active, hence gradients can flow to them all."
    texts = (f"{LONGER} {far}", f"{far} {LONGER}", f"{LONGER} {far} I think the rate was too small.")
    desk = desk_of("ana", saying(*texts))
    number_of = {desk.at(At(0, number)).text: number for number in range(3)}
    shown, turned, more = (number_of[text] for text in texts)
    give(desk, turned)
    assert nearest(desk, At(0, shown)).differs == Difference(moved=True)
    give(desk, more, *FULL)
    found = nearest(desk, At(0, shown))
    assert (found.number, found.points) == (more + 1, ("2", "1"))
    assert found.differs == Difference(without=(Run("I think the rate was too small."),))


def test_one_sentence_more_is_told_also_where_more_that_are_to_be_read_are_more_alike(desk_of):
    far = "Random weights leave some of the ten hidden units active, hence gradients can flow to them all."
    more = f"{LONGER} {far} I think the rate was too small."
    desk = desk_of("ana", saying(f"{LONGER} {far}", more, *[f"{far} {LONGER}"] * 3))
    texts = [desk.at(At(0, number)).text for number in range(5)]
    for number in range(5):
        if texts[number] != f"{LONGER} {far}":
            give(desk, number, *(FULL if texts[number] == more else NONE))
    found = nearest(desk, At(0, texts.index(f"{LONGER} {far}")))
    assert (found.number, found.points) == (texts.index(more) + 1, ("2", "1"))


@pytest.mark.parametrize("by_hand", [0, 1])
def test_what_was_set_by_hand_is_neither_given_nor_kept_unsaid(desk_of, out, by_hand):
    written(results := saying(LEARNS, LEARNS), out)
    desk = desk_of("ana", results)
    for number in (0, 1):
        give(desk, number, *FULL)
    assert nearest(desk, At(0, 1)).points == ("2", "1")
    desk.gather()
    student = desk.at(At(0, by_hand)).student
    path = out / "marks.csv"
    lines = path.read_text().splitlines()
    column = lines[0].split(",").index("points")
    for number, line in enumerate(lines):
        cells = line.split(",")
        if line.startswith(student) and cells[column] == "2":
            lines[number] = ",".join([*cells[:column], "0.5", *cells[column + 1 :]])
    path.write_text("\n".join(lines) + "\n")
    assert "0.5" in {row["points"] for row in rows(out).values()}
    desk.gather()
    assert nearest(desk, At(0, 1)) is None


def test_the_very_same_is_named_before_what_only_counts_as_that(desk_of):
    one, other = ("W > w, so X > x. " * 8, "w > W, so x > X. " * 8)
    desk = desk_of("ana", saying(one, other, other))
    numbers = [number for number in range(3) if desk.at(At(0, number)).text == other]
    [different] = {0, 1, 2}.difference(numbers)
    give(desk, different, *FULL)
    assert nearest(desk, At(0, numbers[1])) is None, "half of its words are others"
    give(desk, numbers[0])
    found = nearest(desk, At(0, numbers[1]))
    assert (found.number, found.points, found.percent) == (numbers[0] + 1, ("0", "0"), 100)


@pytest.mark.parametrize(
    "text", [f"{LEARNS} " * 40, "- " * 500 + LEARNS, "-" * 500 + LEARNS], ids=["long", "signs", "a row"]
)
def test_what_was_not_compared_is_never_called_alike(desk_of, text):
    desk = desk_of("ana", saying(text, f"{text} And this is wrong, all of it, as I now see.", text))
    numbers = [number for number in range(3) if desk.at(At(0, number)).text == text]
    [longer] = {0, 1, 2}.difference(numbers)
    give(desk, numbers[0], *FULL)
    found = nearest(desk, At(0, longer))
    assert found is None or found.differs or found.percent < 100
    assert found is None or len(text) == 500 + len(LEARNS)
    assert nearest(desk, At(0, numbers[1])).percent == 100


def test_half_of_a_long_answer_is_not_called_like_it(desk_of):
    words = [f"word{number}" for number in range(700)]
    desk = desk_of("ana", saying(" ".join(words), " ".join(words[:399])))
    number = next(number for number in (0, 1) if len(desk.at(At(0, number)).text.split()) == 700)
    give(desk, number, *FULL)
    assert nearest(desk, At(0, 1 - number)) is None


def test_marks_with_levels_that_are_gone_name_nobody(desk_of, out):
    desk = desk_of("ana", saying(LEARNS, LEARNS))
    first = desk.at(At(0, 0)).entries[0]
    set_worth(desk, 0, first, "most", 1.5)
    give(desk, 0, "most", "in full")
    assert nearest(desk, At(0, 1)).points == ("1.5", "1")
    marking.write_rubric({}, out)
    desk.look()
    assert nearest(desk, At(0, 1)) is None


def test_the_same_text_is_what_is_seen_as_that(desk_of):
    ticks, turned = "A\tx\t\nB\t\tx", "A\t\tx\nB\tx\t"
    desk = desk_of("ana", saying(ticks, turned))
    give(desk, 0, *FULL)
    give(desk, 1)
    assert desk.identical(0) == {}
    assert not same(desk, At(0, 1))


def test_marks_of_an_answer_that_has_changed_since_are_of_another(desk_of, out):
    before = opened(out, saying(LEARNS, LEARNS), "ana")
    give(before, 0, *FULL)
    student = before.at(At(0, 0)).student
    before.book.close()
    junk = "I hand in something else now, and it is wrong."
    results = saying(junk, junk)
    again = desk_of("ana", results)
    number = [one.student for one in again.answers(0)].index(student)
    assert again.points(again.at(At(0, number)).entries[0]) == 2
    assert nearest(again, At(0, 1 - number)) is None


@pytest.mark.parametrize("levels", [FULL, NONE, ("half", None), ("in full", "half")])
def test_what_r_gives_is_what_is_said(desk_of, levels):
    desk = desk_of("ana", saying(LEARNS, LEARNS))
    give(desk, 0, *levels)
    found = nearest(desk, At(0, 1))
    give(desk, 1, *((mark.levels or (None,))[0] for mark in found.marks))
    assert found.points == tuple(f"{desk.points(entry):g}" for entry in desk.at(At(0, 1)).entries)
