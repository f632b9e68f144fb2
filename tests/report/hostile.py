"""A text -> a result that has it in every field a student controls."""

from dataclasses import fields, replace

from grader.arrays import Compared
from grader.datatypes import AnswerRead, CheckResult, CodeShown, PartResult, Result, RubricResult, Status
from grader.networks import CapShown, LayerShown, NetworkShown, SweepRow, SweepShown

XSS = [
    "<script>alert(1)</script>",
    "</pre></style></title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- --!><iframe srcdoc='<script>alert(1)</script>'>",
    "]]><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "\\text{<script>alert(1)</script>}",
    "&lt;script&gt;",
    "data:text/html,<script>alert(1)</script>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
]


def hostile(noun: type, text: str, **fixed):
    """Build a noun with the text in every field of text, the names of mappings included."""
    made = {}
    for field in fields(noun):
        kind = str(field.type)
        if field.name in fixed:
            continue
        if kind == "str":
            made[field.name] = text
        elif kind == "tuple[str, ...]":
            made[field.name] = (text, text)
        elif field.name == "measured":
            made[field.name] = {text: 1.5}
    return noun(**made, **fixed)


def hostile_network(text: str) -> NetworkShown:
    """A network whose layers, of classes of a student's own, are called as they like."""
    layer = hostile(LayerShown, text, output_shape=(10,), parameters=None, parameters_built=10)
    cap = hostile(CapShown, text, most=5, taken=(10,))
    rows = (SweepRow(0.0, 0.9, 0.8), SweepRow(0.5, 0.1))
    sweep = hostile(SweepShown, text, epochs=1, rows=rows, slack=0.01)
    return hostile(
        *(NetworkShown, text), layers=(layer,), curves=((0.9, 0.95),), threshold=0.9, cap=cap, sweep=sweep
    )


def hostile_result(text: str) -> Result:
    points = {"earned": 0.5, "possible": 1.0}
    check = hostile(CheckResult, text, status=Status.FAILED, attention=(), credited=False, **points)
    table = ((text, text),)
    check = replace(check, compared=Compared((table,), (table,)))
    crashed = replace(check, name=f"{text}2", status=Status.CRASHED)
    rubric = hostile(RubricResult, text, status=Status.FAILED, **points)
    part = hostile(
        *(PartResult, text),
        checks=(check, crashed),
        rubric=(rubric,),
        answer=(hostile(AnswerRead, text),),
        pending=0.0,
        network=hostile_network(text),
        **points,
    )
    provenance = {"assignment": text, "date": text, "versions": {text: text}}
    more = {"attention": (), "show_expected": True, "provenance": provenance, "pending": 0.0}
    more["show_rubric"] = "always"
    more["code"] = (hostile(CodeShown, text),)
    return hostile(Result, text, parts=(part,), **points, **more)
