"""A rubric item keeps its digit, whatever is added or taken back."""

from grader.desk.digits import dealt


def test_what_is_given_in_full_comes_first() -> None:
    assert dealt({"why": ["full", "half"], "how": ["full"]}, {}) == {
        "why": {"full": "1", "half": "3"},
        "how": {"full": "2"},
    }


def test_a_new_item_gets_the_next_free_digit_and_no_other_changes() -> None:
    first = dealt({"why": ["full"], "how": ["full"]}, {})
    second = dealt({"why": ["full", "half"], "how": ["full"]}, first)
    assert second == {"why": {"full": "1", "half": "3"}, "how": {"full": "2"}}
    third = dealt({"why": ["full"], "how": ["full", "most"]}, second)
    assert third == {"why": {"full": "1"}, "how": {"full": "2", "most": "3"}}


def test_after_the_ninth_there_is_none() -> None:
    names = [f"item {number}" for number in range(11)]
    keys = dealt({"why": names}, {})["why"]
    assert list(keys.values()) == list("123456789")
    assert "item 9" not in keys
