"""A level has the same key in every part, and keeps it, whatever is added or taken back."""

from grader.desk.keys import dealt
from grader.marking import Item

FULL, HALF = Item("in full", 2.0), Item("half", 1.0)
MOST, LITTLE, OWN = Item("most of it", 1.5), Item("little", 0.5), Item("the gradient alone", 1.0)


def test_digits_are_in_full_and_h_is_half_of_each() -> None:
    assert dealt({"why": (2.0, [FULL, HALF]), "how": (2.0, [FULL, HALF])}, {}) == {
        "why": {"in full": "1", "half": "h"},
        "how": {"in full": "2", "half": "h"},
    }


def test_others_have_letters_that_are_each_criterions_own() -> None:
    levels = {"why": (2.0, [FULL, HALF, MOST, LITTLE]), "how": (2.0, [FULL, HALF, LITTLE])}
    keys = dealt(levels, {})
    assert keys["why"] == {"in full": "1", "half": "h", "most of it": "a", "little": "b"}
    assert keys["how"]["little"] == "a"


def test_what_is_worth_half_has_the_key_of_it() -> None:
    assert dealt({"why": (2.0, [FULL, MOST, OWN])}, {})["why"]["the gradient alone"] == "h"


def test_a_letter_is_kept_and_a_new_level_gets_the_next_that_is_free() -> None:
    first = dealt({"why": (2.0, [FULL, HALF, MOST, LITTLE])}, {})
    second = dealt({"why": (2.0, [FULL, HALF, LITTLE])}, first)
    assert second["why"]["little"] == "b"
    third = dealt({"why": (2.0, [FULL, HALF, LITTLE, Item("sign wrong", -0.5)])}, second)
    assert (third["why"]["little"], third["why"]["sign wrong"]) == ("b", "a")


def test_no_letter_does_something_else_and_after_the_last_there_is_none() -> None:
    levels = [FULL, *(Item(f"level {number}", 0.1) for number in range(30))]
    keys = dealt({"why": (2.0, levels)}, {})["why"]
    assert not set(keys.values()) & set("chinopru")
    assert len(set(keys.values())) == len(keys) < 30
    many = dealt({str(number): (2.0, [FULL]) for number in range(10)}, {})
    assert [own.get("in full", "") for own in many.values()] == [*"123456789", ""]
