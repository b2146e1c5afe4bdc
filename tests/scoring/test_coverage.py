"""填报率: what is asked, what is answered, and what decides nothing."""

import numpy as np
import pytest
from builders import INVALID, a_field, a_submission, a_tree, a_unit, an_indicator

from lawgov_score.model import AnswerState, Grade, Mark, Review, Scores, Status, Tree
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import FieldType
from lawgov_score.scoring import score
from lawgov_score.workbook.submission.values import read_cell

WITH_REMARK = an_indicator(
    points=5.0,
    fields=[a_field(code="n", type="count"), a_field(code="r", type="text", name="情况说明")],
    rule={"kind": "count_cap", "each": 1},
    may_not_apply=True,
)
CHOICE = an_indicator(
    points=10.0,
    rule={
        "kind": "choice",
        "asks": "公开情况",
        "options": [
            {"option": "是", "score": 10},
            {"option": "否", "score": 0},
            {"option": "无资料", "counts_as": "missing"},
        ],
    },
)


def scored(tree: Tree, *answers: dict[str, object]) -> Scores:
    """The scores of one unit for each of ``answers``."""
    units = [a_unit(code=f"U{i}") for i in range(len(answers))]
    return score(tree, tuple(units), [a_submission(unit=u, answers=a) for u, a in zip(units, answers, strict=True)])


@pytest.mark.parametrize("remark", [None, "不适用", "开展了五次", INVALID])
def test_a_text_never_decides(remark: object) -> None:
    found = scored(a_tree(indicators=[WITH_REMARK]), {"01-1.n": 5, "01-1.r": remark})
    assert found.scores[0, found.node_column["01-1"]] == 5.0
    assert (found.asked[0], found.answered[0], found.coverage[0]) == (1, 1, 1.0)


def test_a_text_claims_nothing() -> None:
    asked = a_field(type="text")
    for said in ("不适用", "无此项", "无", "/"):
        reading = read_cell(said, asked, may_not_apply=True)
        assert (reading.state, reading.value) == (AnswerState.GIVEN, said)
    assert read_cell("不适用", a_field(type="count"), True).state is AnswerState.CLAIMED_NOT_APPLICABLE


def test_a_text_counts_in_coverage_where_the_tree_says_so() -> None:
    fields = [a_field(code="n", type="count"), a_field(code="r", type="text", in_coverage=True)]
    tree = a_tree(indicators=[an_indicator(fields=fields, rule={"kind": "count_cap", "each": 1})])
    found = scored(tree, {"01-1.n": 1, "01-1.r": None}, {"01-1.n": 1, "01-1.r": "有"})
    assert found.coverage.tolist() == [0.5, 1.0]
    assert fields[1].type is FieldType.TEXT


def test_an_option_that_counts_as_missing_is_missing_in_coverage() -> None:
    found = scored(a_tree(indicators=[CHOICE]), {"01-1.choice": 2}, {"01-1.choice": None}, {"01-1.choice": 1})
    column = found.node_column["01-1"]
    assert found.status[:, column].tolist() == [Status.MISSING, Status.MISSING, Status.SCORED]
    assert found.coverage.tolist() == [0.0, 0.0, 1.0]


def test_a_blank_on_a_branch_that_is_not_taken_is_not_asked() -> None:
    fields = [a_field(code=code, type="amount") for code in ("cc", "pc")]
    rule = {"kind": "as_given", "at_most": 10}
    tree = a_tree(indicators=[an_indicator(points=10.0, fields=fields, value="if(cc >= 7, cc, pc)", rule=rule)])
    found = scored(tree, {"01-1.cc": 9, "01-1.pc": None}, {"01-1.cc": 9, "01-1.pc": 1}, {"01-1.cc": 3, "01-1.pc": None})
    assert found.asked.tolist() == [1, 2, 2]
    assert found.answered.tolist() == [1, 2, 1]
    assert found.status[:, found.node_column["01-1"]].tolist() == [Status.SCORED, Status.SCORED, Status.MISSING]
    assert found.is_spared(0, tree.indicators[0], fields[1])
    assert not found.is_spared(2, tree.indicators[0], fields[1])
    assert np.isnan(found.scores[2, found.node_column["01-1"]])


def test_what_reviewers_read_is_not_counted_and_bars_no_grade() -> None:
    """A unit that leaves it blank has the grade that its answers give it; marks alone make no submission of nothing."""
    judged = {"kind": "judged", "marks": "mean"}
    files = [a_field(code="n", type="count"), a_field(code="m", type="count"), a_field(code="k", type="count")]
    tree = a_tree(
        indicators=[an_indicator(code="01-1"), an_indicator(code="01-2", fields=files, rule=judged)],
        policies={"coverage_at_least": 0.9},
        grades=(Grade("合格", 0.0),),
    )
    units = (a_unit(code="A"), a_unit(code="B"))
    marks = tuple(Mark(code, "01-2", "甲", 0.5, "好", CellPlace("m.xlsx", "x", "A1")) for code in "AB")
    sent = (a_submission(unit=units[0], answers={"01-1.x": 0.5}),)
    found = score(tree, units, sent, Review(marks=marks))
    assert (found.asked[0], found.answered[0], found.coverage[0]) == (1, 1, 1.0)
    assert found.grades[0] == "合格"
    assert np.isnan(found.total[1])
    only = a_tree(indicators=[an_indicator(code="01-2", fields=files, rule=judged)])
    of_nothing = score(only, units, sent, Review(marks=marks))
    assert np.isnan(of_nothing.total[1])  # it owes figures, and sent nothing
