"""A text -> a result that has it in every field a student controls."""

from dataclasses import fields, replace

from grader.arrays import Compared
from grader.datatypes import AnswerRead, CheckResult, CodeShown, PartResult, Result, RubricResult, Status

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
        **points,
    )
    provenance = {"assignment": text, "date": text, "versions": {text: text}}
    more = {"attention": (), "show_expected": True, "provenance": provenance, "pending": 0.0}
    more["show_rubric"] = "always"
    more["code"] = (hostile(CodeShown, text),)
    return hostile(Result, text, parts=(part,), **points, **more)
