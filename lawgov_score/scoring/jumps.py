"""Figures a hundred times last edition's, or a hundredth: a point, a percent sign or a measure gone wrong."""

from collections.abc import Iterator, Sequence
from math import isfinite

from lawgov_score.catalogue import Code
from lawgov_score.model import Previous, Submission, Tree, field_key
from lawgov_score.problems import Problem
from lawgov_score.rules.field import NUMBERS, Field, FieldType
from lawgov_score.wording import Quantity, Words

FACTOR = 100.0

_SLACK = 1e-9  # 0.95 is a hundredth of 95, float dust or not
_TIMES = Words("{times} 倍", "{times} times")
_PART = Words("{times} 分之一", "1/{times}")


def check_jumps(tree: Tree, submissions: Sequence[Submission], previous: Previous) -> Iterator[Problem]:
    """A warning for each such answer, at its cell (R121). What was 0, or is, has no ratio and is passed over."""
    asked = [(field_key(i, f), f) for i in tree.indicators for f in i.fields if f.type in NUMBERS]
    for submission in submissions:
        before = previous.figures.get(submission.unit.code, {})
        for key, field in asked if before else ():
            answer, old = submission.answers.get(key), before.get(key, 0.0)
            now = None if answer is None else answer.value
            if answer is None or not isinstance(now, float) or not isfinite(now) or now == 0 or old == 0:
                continue
            ratio = abs(now / old)
            if max(ratio, 1 / ratio) < FACTOR * (1 - _SLACK):
                continue
            times = (_TIMES if ratio > 1 else _PART)(times=round(max(ratio, 1 / ratio)))
            figures = {"field": field.name, "before": _shown(old, field), "found": _shown(now, field), "times": times}
            yield Problem(Code.R121, answer.place, figures)


def _shown(number: float, field: Field) -> Quantity:
    return Quantity(number, is_share=field.type is FieldType.SHARE)
