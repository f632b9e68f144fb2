"""() -> the result of an invented student, with every kind of outcome, as record.for_student leaves it."""

from dataclasses import replace

import pytest

from grader import record
from grader.datatypes import AnswerRead, CheckResult, PartResult, Result, RubricResult, Status
from grader.networks import LayerShown, NetworkShown

EXPLANATION = (
    "With all weights at zero every hidden unit computes the same sum, and ReLU passes nothing back. The "
    "gradient is therefore zero wherever a weight could have learnt something. Random weights break this "
    "tie: some of the units are active for some of the examples, and those can move."
)
NETWORK = """model = Sequential()
model.add(Dense(70, activation='relu', input_shape=(784,)))
model.add(Dense(30, activation='relu'))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=20, batch_size=256, validation_data=(x_test, y_test), callbacks=[stop])"""


def explained(part: str, title: str, points: float) -> PartResult:
    criterion = RubricResult("names the cause and says what it does to the gradient", points)
    answer = AnswerRead("write-up", "ps4.md", EXPLANATION)
    return PartResult(
        part, title, 0.0, points, points, answer=(answer,), rubric=(criterion,), question="Why?"
    )


def checked(
    part: str, title: str, *checks: CheckResult, rubric=(), text="", read_as="", **more
) -> PartResult:
    waiting = (Status.PENDING, Status.ERROR)
    points = [*checks, *rubric]
    return PartResult(
        part,
        title,
        earned=sum(point.earned for point in points),
        possible=sum(point.possible for point in points),
        pending=sum(point.possible for point in points if point.status in waiting),
        checks=checks,
        rubric=tuple(rubric),
        answer=(AnswerRead("write-up", "ps4.md", text, read_as),) if text else (),
        **more,
    )


def check(name: str, status: Status, earned: float, possible: float, title: str, **more) -> CheckResult:
    return CheckResult(name, status, title, earned=earned, possible=possible, **more)


def section_1() -> list[PartResult]:
    drawing = RubricResult("the drawing shows the two units", 2.0)
    layers = RubricResult(
        "says why one layer is not enough", 5.0, Status.PASSED, 3.5, "Say which line cannot separate it."
    )
    return [
        explained("1A", "Zero initialisation", 5.0),
        explained("1B", "The same with sigmoid", 5.0),
        explained("1C", "The order of the examples", 10.0),
        checked(
            *("1D", "A smallest network for OR"),
            check(
                "or_truth_table",
                Status.PASSED,
                5.0,
                5.0,
                "The network computes OR",
                notes=("b is not stated: read as 0",),
            ),
            rubric=[drawing],
            text="Both weights are 1.",
            read_as="W = (1, 1), b = 0",
            figures=("ps4-drawing.png",),
        ),
        checked(
            *("1E", "Layers for XOR"),
            check("xor_layers", Status.PASSED, 3.0, 3.0, "The number of layers is right"),
            rubric=[layers],
            text="Three, counting the input.",
            read_as="2",
        ),
    ]


def section_2() -> list[PartResult]:
    printed = "Epoch 20/20\n235/235 - 1s - loss: 0.0873 - accuracy: 0.9741\n" * 3
    return [
        checked(
            *("2A", "Versions"),
            check(
                "versions",
                Status.MISSING,
                0.0,
                2.0,
                "Both versions are given",
                hint="Print tf.__version__ and keras.__version__.",
            ),
        ),
        checked(
            *("2B", "The training input"),
            check("training_shape", Status.PASSED, 1.5, 1.5, "The shape is right"),
            rubric=[
                RubricResult(
                    "says what a value means", 1.5, Status.FAILED, 0.0, "A value is a pixel's brightness."
                )
            ],
            text="(60 000, 28, 28)",
            read_as="(60000, 28, 28)",
        ),
        checked(
            *("2C", "One-hot labels, flat inputs"),
            check(
                *(
                    "prepare",
                    Status.CRASHED,
                    0.0,
                    4.0,
                    "prepare(x, y) returns flat images and one-hot labels",
                ),
                message="`prepare` stopped in line 14: AttributeError: no np_utils",
                traceback="ps4.py, line 14\n    y = keras.utils.np_utils\nAttributeError: no np_utils",
                hint="Today's Keras has keras.utils.to_categorical.",
            ),
            code=(
                "def prepare(x, y):\n    y = keras.utils.np_utils(y)\n    return x.reshape(len(x), 784), y",
            ),
        ),
        checked(
            *("2D", "At most 100 hidden units"),
            check(
                "mlp_100_layers",
                Status.PASSED,
                2.0,
                2.0,
                "Layers and units are as asked",
                measured={"hidden_units": 100},
            ),
            check(
                *("mlp_100_accuracy", Status.PENDING, 0.0, 4.0, "Test accuracy reaches 0.975"),
                message="As written it reaches 0.943, over three seeds; with pixels / 255 it is 0.976.",
                measured={"test_accuracy": 0.943166667, "seeds": 3},
            ),
            code=(NETWORK,),
            output=printed,
        ),
        checked(
            *("2E", "At most 200 hidden units"),
            check(
                "mlp_200_layers",
                Status.PASSED,
                2.0,
                2.0,
                "Layers and units are as asked",
                measured={"hidden_units": 200},
            ),
            check(
                "mlp_200_accuracy",
                Status.TIMEOUT,
                0.0,
                3.0,
                "Test accuracy reaches 0.98",
                message="It took longer than 600 s.",
            ),
            code=(NETWORK,),
        ),
        checked(
            *("2F", "At most 1000 hidden units"),
            check("mlp_1000_layers", Status.ERROR, 0.0, 2.0, "Layers and units are as asked"),
            check("mlp_1000_accuracy", Status.ERROR, 0.0, 3.0, "Test accuracy reaches 0.983"),
            code=(NETWORK,),
        ),
    ]


def section_3() -> list[PartResult]:
    sweep = "\n".join(f"{tenth / 10}\t{0.98 - tenth / 100:.4f}" for tenth in range(10))
    return [
        explained("3A", "Zero padding", 5.0),
        checked(
            *("3B", "Parameters of a layer"),
            check(
                *("parameter_count", Status.FAILED, 0.0, 2.0, "The number of parameters is right"),
                message="600 is not the number of parameters.",
                hint="Each filter has something besides its weights.",
                slip="bias forgotten",
                actual="600",
            ),
            text="There are 5 * 5 * 3 * 8 = 600 parameters.",
            read_as="600",
            question="How many parameters does a layer with eight 5×5×3 filters have?",
        ),
        checked(
            *("3C", "Shape of its output"),
            check(
                "output_shape",
                Status.PASSED,
                3.0,
                3.0,
                "The shape is right",
                notes=("channels first, as labelled",),
            ),
            text="8×28×28 (channels, height, width)",
            read_as="(28, 28, 8)",
        ),
        checked(
            *("3D", "Average pooling"),
            check(
                *("average_pooled", Status.FAILED, 2.625, 3.0, "All 16 entries are right"),
                message="14 of 16 are right.\nmatrix 1, row 2, column 1: sign\nmatrix 2, row 2, column 1",
                hint="An average of ones and zeros is not below zero.",
                slip="sign",
                actual="[[1, 1/2], [-1/2, 1/4]]\n[[1/2, 1], [-1/4, 1/2]]\n[[1/4, 1/2], [1/2, 1]]",
                measured={"entries_right": 14},
            ),
            text=r"$$\begin{bmatrix} 1 & .5 \\ -.5 & .25 \end{bmatrix}, \begin{bmatrix} .5 & 1 \\ \dots$$",
            read_as="[[1, 1/2], [-1/2, 1/4]], [[1/2, 1], [-1/4, 1/2]], [[1/4, 1/2], [1/2, 1]]",
        ),
        checked(
            "3E",
            "Max pooling",
            check("max_pooled", Status.PASSED, 3.0, 3.0, "All 16 entries are right"),
            text="all ones",
            read_as="1",
        ),
        explained("3F", "Why pooling helps", 4.0),
        checked(
            *("3G", "A convolutional network"),
            check("sweep", Status.PASSED, 5.0, 5.0, "The table has ten rows and its values can be"),
            check("hidden-1", Status.FAILED, 0.0, 2.0, "robustness", hidden=True, category="robustness"),
            check(
                "cnn",
                Status.PENDING,
                0.0,
                8.0,
                "Parameters and accuracy",
                message="The grader does not train networks yet.",
            ),
            rubric=[RubricResult("discusses what helped and what did not", 5.0)],
            text=f"The table:\n\n{sweep}",
            read_as="10 rows, 0.0 to 0.9",
        ),
    ]


def trained() -> NetworkShown:
    """2D's network: a near miss from three seeds, with a layer that nobody has arithmetic for."""
    layers = (
        LayerShown("Dense", (60,), 47_100, 47_100),
        LayerShown("Dropout", (60,), 0, 0),
        LayerShown("PReLU", (60,), None, 60),
        LayerShown("Dense", (10,), 610, 610),
    )
    curves = ((0.91, 0.9612, 0.9734), (0.905, 0.9688, 0.9741), ())
    rule = (
        "It passes if its test accuracy is 0.975 or more after any epoch, from any of up to 11 fixed seeds."
    )
    return NetworkShown(layers, curves, 0.975, claimed=0.977, last=0.9734, provisional=True, rule=rule)


def ps4() -> Result:
    parts = (*section_1(), *section_2(), *section_3())
    parts = tuple(replace(part, network=trained()) if part.id == "2D" else part for part in parts)
    return Result(
        assignment="ps4",
        title="Deep Learning",
        student="ada",
        earned=sum(part.earned for part in parts),
        possible=sum(part.possible for part in parts),
        pending=sum(part.pending for part in parts),
        parts=parts,
        notes=("ps4.md was read as Latin-1.",),
        show_rubric="always",
        provenance={
            "assignment": "ps4",
            "date": "2026-03-01",
            "versions": {"grader": "0.1.0", "numpy": "2.4"},
        },
    )


@pytest.fixture
def result() -> Result:
    return ps4()


@pytest.fixture
def staff_result() -> Result:
    """The same before redaction: flagged, and with a hidden check's content."""
    whole = ps4()
    return replace(whole, needs_attention=True, attention=("3D: two answers differ", "1D: a drawing"))


@pytest.fixture
def redacted(staff_result: Result) -> Result:
    return record.for_student(staff_result)


@pytest.fixture
def opened(browser, tmp_path):
    """Return a function that opens a page and fails the test for what it asked for, said or led to."""
    heard, asked, pages = [], [], []

    def open_page(html, *, width=1000, scheme="light", **more):
        file = tmp_path / f"{len(pages)}.html"
        file.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        pages.append(file.as_uri())
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: (heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: heard.append(f"opened {popup.url}"))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in browser.contexts:
        for page in context.pages:
            assert page.url.partition("#")[0] in {*pages, "about:blank"}
            assert page.evaluate("window.ran") is None
        context.close()
    assert heard == []
    assert [url for url in asked if url != "data:,"] == pages
