"""Which of the office's workbooks a tree has use for, and what its indicators allow there; for writer and reader."""

from collections.abc import Iterator

from lawgov_score.model import FilledBy, Indicator, Tree
from lawgov_score.rules.rule import Need
from lawgov_score.workbook.forms.layout import Question, layout_of
from lawgov_score.workbook.forms.office import ANSWERS, CHANGES, MARKS, REGISTER, RULINGS, Form


def forms_of(tree: Tree) -> Iterator[Form]:
    """The workbooks that the tree has use for, changes always."""
    if any(is_judged(indicator) for indicator in tree.indicators):
        yield MARKS
    yield CHANGES
    if any(indicator.may_not_apply for indicator in tree.indicators):
        yield RULINGS
    if tree.adjustments or tree.vetoes:
        yield REGISTER
    if office_questions(tree):
        yield ANSWERS


def is_judged(indicator: Indicator) -> bool:
    """Is the indicator scored by reviewers' marks?"""
    return Need.MARKS in indicator.rule.NEEDS


def office_questions(tree: Tree) -> tuple[Question, ...]:
    """The fields that the office fills in instead of the units, as printed."""
    return tuple(q for q in layout_of(tree).questions if q.indicator.filled_by is FilledBy.ASSESSOR)


def score_range(indicator: Indicator) -> tuple[float, float]:
    """What a score of it may be changed to: 0 to its points, below 0 where its rule goes below."""
    return min(0.0, indicator.rule.bounds[0]), indicator.points


def mark_range(indicator: Indicator) -> tuple[float, float]:
    """What a reviewer's mark may be."""
    return indicator.rule.bounds


def labelled(code: str, name: str) -> str:
    """``05-4 规范性文件备案``: how lists name a unit, an indicator or a kind. Code and name alone are read as well."""
    return f"{code} {name}" if name and name != code else code


def kind_labels(tree: Tree) -> tuple[str, ...]:
    """The kinds of the register: bonuses and penalties, then vetoes."""
    adjustments = (labelled(kind.code, kind.title) for kind in tree.adjustments)
    return (*adjustments, *(labelled(veto.code, veto.title) for veto in tree.vetoes))
