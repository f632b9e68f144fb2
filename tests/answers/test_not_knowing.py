"""Right answers beside words of not knowing them: for a person, whatever is read."""

import pytest

from grader import answers
from grader.answers import Unreadable

READ = {
    "608": lambda text: answers.integer(text, nouns=("parameters",)),
    "28x28x8": lambda text: answers.shape(text, rank=3),
    "60000x784 and (784,)": answers.shapes,
    "w = (1, 1), b = 0": lambda text: answers.weights(text, inputs=2),
    "all ones": lambda text: answers.matrices(text, count=4, size=(2, 2)),
    "[[1, 1], [1, 1]] for all 4": lambda text: answers.matrices(text, count=4, size=(2, 2)),
    "TensorFlow 2.15.0, Keras 3.0.5": lambda text: answers.versions(text, names=("tensorflow", "keras")),
}


@pytest.mark.parametrize("answer", READ)
@pytest.mark.parametrize(
    "words", ["{}. I don't know.", "I do not really know. {}", "no idea, {}", "{} (dunno)"]
)
def test_an_answer_its_writer_does_not_know_is_for_a_person(answer, words):
    with pytest.raises(Unreadable):
        READ[answer](words.replace("{}", answer))


@pytest.mark.parametrize("answer", READ)
def test_not_knowing_why_is_another_thing(answer):
    assert READ[answer](answer).value == READ[answer](f"{answer}. I don't know why.").value
