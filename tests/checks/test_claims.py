"""What a student gives for the accuracy of a part's network: words before what was printed."""

from grader.checks.claims import claim_of
from grader.datatypes import Answer, Source


def test_words_go_before_printed_output() -> None:
    printed = Answer("2D", Source.NOTEBOOK, "ps4.ipynb", output="Test accuracy: 0.961")
    assert claim_of([printed]) == 0.961
    assert (
        claim_of([printed, Answer("2D", Source.WRITEUP, "a.md", text="The test accuracy is 97.7%.")]) == 0.977
    )
    assert claim_of([Answer("2D", Source.WRITEUP, "a.md", text="See the code.")]) is None
    assert claim_of([]) is None
