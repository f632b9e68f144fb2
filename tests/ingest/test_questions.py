"""A question that was copied into the answer is not the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.ingest.questions import without_comments, without_question

QUESTION = "A layer has six 3×3×2 filters, each with its bias. How many parameters has it?"


@pytest.mark.parametrize(
    "copied",
    [
        f"> {QUESTION}\n\n114",
        f"{QUESTION}\n\n114",
        f"{QUESTION}\n114",
        "> A layer has six 3×3×2 filters,\n> each with its bias. How many parameters has it?\n114",
        "*A layer has six $3×3×2$ filters, each with its bias.  How many parameters has it?*\n\n114",
        f"114\n\n> {QUESTION} (2 points)",
    ],
)
def test_the_question_is_left_out(copied: str) -> None:
    assert without_question(copied, QUESTION) == "114"


@pytest.mark.parametrize(
    "own",
    [
        "114",
        "The layer has six filters, so it has 6 * (18 + 1) parameters.",
        "A layer has six 3×3×2 filters, each with its bias: 6 * 18 + 6 = 114, which is how many parameters it has.",
        "> 114",
        "",
    ],
)
def test_a_students_own_words_stay_as_they_are(own: str) -> None:
    assert without_question(own, QUESTION) == own


@given(st.text())
def test_other_text_is_never_touched(text: str) -> None:
    assert without_question(text, "") == text
    assert without_question(text, QUESTION) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<!-- e.g. 123 -->608", "608"),
        ("a<!--b-->c<!--\nd\n-->e", "ace"),
        ("608 <!-- not closed", "608 <!-- not closed"),
    ],
)
def test_comments_are_left_out(text: str, left: str) -> None:
    assert without_comments(text) == left
