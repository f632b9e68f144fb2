"""Accuracies are read as people write them and as Keras prints them; what is not clear is not claimed."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import accuracies, claimed

TEST = {
    "Test accuracy: 0.977": "0.977",
    "Test score: 0.07730352643054211\n\nTest accuracy: 0.977": "0.977",
    "Test accuracy: 97.7%": "0.977",
    "Test accuracy: 97.7 %": "0.977",
    "test acc = .981": "0.981",
    "test_accuracy is called so, and the test accuracy is 0.981": "0.981",
    "We get an accuracy of 97.7 % on the test set.": "0.977",
    "On the test set we reached an accuracy of 0.977.": "0.977",
    "The model reached 0,977 test accuracy": "0.977",
    "0.977 test accuracy": "0.977",
    "Test accuracy $0.977$": "0.977",
    r"The test accuracy is $97.7\%$.": "0.977",
    "test accuracy: np.float64(0.977)": "0.977",
    "Test accuracy: tf.constant(0.977)": "0.977",
    "The accuracy on the test images was about 0.98 after 20 epochs.": "0.98",
    "Using dropout probability = 0.1, the test accuracy for the final model after training for 10 epochs was 0.9914.": "0.9914",
    "With a learning rate of 0.001 and dropout of 0.2 the test accuracy was 0.982.": "0.982",
    "Test error: 2.3%": "0.977",
    "Keras claims a test accuracy of 0.977": "0.977",
    "As expected, the test accuracy is 0.977.": "0.977",
    "the test error rate is 0.023": "0.977",
    "Test loss: 0.0773, test accuracy: 0.9770": "0.977",
    "Training accuracy: 0.995. Test accuracy: 0.977.": "0.977",
    "Training accuracy was 0.995, test accuracy was 0.977": "0.977",
    "val accuracy 0.975\ntest accuracy 0.977": "0.977",
    "313/313 ━━━━━━━━━━━━━━━━━━━━ 1s 2ms/step - accuracy: 0.9770 - loss: 0.0773": "0.977",
    "10000/10000 [=====] - 0s 12us/step - loss: 0.0773 - acc: 0.9770": "0.977",
    "Epoch 1/2\n469/469 - accuracy: 0.91 - loss: 0.3\nEpoch 2/2\n469/469 - accuracy: 0.95 - loss: 0.2\n"
    "313/313 - accuracy: 0.9770 - loss: 0.08": "0.977",
    "Epoch 20/20 - 1s - loss: 0.05 - acc: 0.9912 - val_loss: 0.08 - val_acc: 0.9771\nTest accuracy: 0.976": "0.976",
    "Test accuracy: 0.977\nTest accuracy: 97.7%": "0.977",
    "After 1 epoch the test accuracy was 0.98. The final test accuracy is 0.991.": "0.991",
    "We needed at least 0.975. Our test accuracy: 0.977.": "0.977",
    "Our test accuracy is 0.977, above the 0.975 that is required": "0.977",
    "Accuracy: 0.977": "0.977",
    "accuracy = 0.977": "0.977",
    "It reached an accuracy of 97.7%.": "0.977",
    "Test accuracy: 1.0": "1",
    "The test accuracy is 98%.": "0.98",
    "TEST ACCURACY 0.9843": "0.9843",
    "Test Accuracy | 0.9843": "0.9843",
    "**Test accuracy:** 0.9843": "0.9843",
    "Test accuracy → 0.9843": "0.9843",
}  # fmt: skip
NOTHING = [
    "",
    "0.977",
    "The accuracy must be at least 0.975.",
    "The goal was a test accuracy of 0.98.",
    "It should reach a test accuracy of 0.95.",
    "We hope for a test accuracy of 0.95.",
    "I expect the test accuracy to be 0.95",
    "I'd like to get a test accuracy of 95 %",
    "We did not reach a test accuracy of 0.975.",
    "The test accuracy never exceeded 0.975",
    "It should have a test accuracy above 0.983 as required.",
    "Test accuracies of 0.975, 0.977 and 0.979 over three runs.",
    "Test accuracy: 0.975\nTest accuracy: 0.981",
    "Dropout probability\tTest accuracy after training for 1 epoch\n0.0\t0.9806\n0.1\t0.9758\n0.2\t0.9719",
    "| p | test accuracy |\n|---|---|\n| 0.0 | 0.9806 |\n| 0.1 | 0.9758 |",
    "Epoch 20/20 - 1s - loss: 0.05 - acc: 0.9912 - val_loss: 0.08 - val_acc: 0.9771",
    "Epoch 1/1\n469/469 ━━━ 2s - accuracy: 0.9912 - loss: 0.05",
    "Training accuracy: 0.99",
    "Validation accuracy: 0.98",
    "Test score: 0.0773",
    "The loss is 0.05 and the learning rate 0.001.",
    "Accuracy improved a lot with 100 units and 20 epochs.",
    "Test accuracy: 977",
    "Test accuracy: 1.2.3",
    "The test accuracy of version 2.4.1",
    "test accuracy 150%",
    "rounding error 0.01",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), TEST.items())
def test_a_claim_is_read(text: str, value: str) -> None:
    claim = claimed(text)
    assert claim is not None
    assert claim.value == Fraction(value)
    assert claim.words in text.replace("$", "").replace("\\%", "%") or "(" in text


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_not_clear_is_not_claimed(text: str) -> None:
    assert claimed(text) is None


def test_of_what_an_accuracy_is_is_told() -> None:
    told = accuracies(
        "Training accuracy 0.99, validation accuracy 0.98 and test accuracy 0.97; accuracy 0.96"
    )
    assert [(claim.kind, float(claim.value)) for claim in told[:3]] == [
        ("training", 0.99),
        ("validation", 0.98),
        ("test", 0.97),
    ]
    told = accuracies("Epoch 2/2\n10/10 - loss: 0.1 - accuracy: 0.9 - val_loss: 0.2 - val_accuracy: 0.8\n")
    assert [(claim.kind, float(claim.value)) for claim in told] == [("training", 0.9), ("validation", 0.8)]


@pytest.mark.parametrize(
    "piece",
    ["0.9 ", "accuracy ", "accuracy 0.9 ", "test accuracy 0.9 not ", ".", "0", "1.", "Epoch 1/1 ", "acc: .9 loss ",
     "at least ", "np.a(", "9" * 50 + " ", "% ", "a. A"],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 20_000)[:1_000_000]
    begun = time.process_time()
    accuracies(text)
    assert time.process_time() - begun < 5, "a guard against running away, not a measurement"


@given(st.text(alphabet="0123456789.,%:-= \nacurytesplohEv_()$\\", max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert all(0 <= claim.value <= 1 for claim in accuracies(text))
