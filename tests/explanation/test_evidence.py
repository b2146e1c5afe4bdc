"""佐证: performance and sufficiency are two numbers, and what cannot be known is no zero."""

import math

import pytest
from builders import a_field, a_submission, a_tree, a_unit, an_answer, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.explanation.evidence import (
    Evidence,
    Standing,
    documents_in,
    evidence_count,
    evidence_of,
    evidence_phrase,
)
from lawgov_score.model import AnswerState, Scores
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language

WANTED = ("出庭通知书", "统计表")


def scored(evidence: str | None, answer: object = 0.5, required: tuple[str, ...] = WANTED) -> Scores:
    tree = a_tree(
        indicators=[an_indicator(fields=[a_field(), a_field(code="y")], value="x", evidence=required, points=2.0)]
    )
    answers = {"01-1.x": an_answer(answer, evidence=evidence), "01-1.y": an_answer(answer, evidence=evidence and "")}
    return score(tree, (a_unit(),), [a_submission(answers=answers)])


def found(evidence: str | None, answer: object = 0.5, required: tuple[str, ...] = WANTED) -> Evidence:
    scores = scored(evidence, answer, required)
    return evidence_of(scores, 0, scores.tree.indicators[0])


@pytest.mark.parametrize(
    ("evidence", "standing", "sufficiency", "missing"),
    [
        ("", Standing.NONE, 0.0, WANTED),
        ("无", Standing.NONE, 0.0, WANTED),
        ("/", Standing.NONE, 0.0, WANTED),
        ("出庭通知书（12份）", Standing.PART, 0.5, ("统计表",)),
        ("出庭通知书、统计表", Standing.FULL, 1.0, ()),
        ("出庭通知书和统计表", Standing.FULL, 1.0, ()),  # found by their names
        ("通知；台账；照片", Standing.FULL, 1.0, ()),  # other names: enough of them
        ("某台账", Standing.PART, 0.5, WANTED),
        (None, Standing.UNKNOWN, math.nan, ()),
    ],
)
def test_named_documents_are_counted(
    evidence: str | None, standing: Standing, sufficiency: float, missing: tuple[str, ...]
) -> None:
    one = found(evidence)
    assert one.standing is standing
    assert one.sufficiency == pytest.approx(sufficiency, nan_ok=True)
    assert one.missing == missing
    assert one.performance == 0.5  # whatever is named


def test_not_provided_is_not_the_same_as_not_done() -> None:
    done, undone, blank = found("", 1.0), found("出庭通知书、统计表", 0.0), found("", None)
    assert (done.performance, done.sufficiency) == (1.0, 0.0)
    assert (undone.performance, undone.sufficiency) == (0.0, 1.0)
    assert blank.standing is Standing.UNANSWERED
    assert math.isnan(blank.performance)
    assert math.isnan(blank.sufficiency)
    said = evidence_phrase(done)
    assert said is not None
    assert "不等于没有做到" in render(said, Language.ZH)
    assert "出庭通知书" in render(said, Language.ZH)


def test_where_none_is_wanted_nothing_is_said() -> None:
    one = found("", required=())
    assert one.standing is Standing.NOT_ASKED
    assert evidence_phrase(one) is None


@pytest.mark.parametrize("lang", Language)
def test_every_other_standing_has_words(lang: Language) -> None:
    for evidence, answer in (("", 1.0), ("a", 1.0), ("a、b", 1.0), (None, 1.0), ("", None)):
        said = evidence_phrase(found(evidence, answer))
        assert said is not None
        assert render(said, lang)


def test_a_unit_is_summed_up_over_what_can_be_measured() -> None:
    count = evidence_count(scored("出庭通知书"), 0)
    assert (count.full, count.part, count.none, count.sufficiency) == (0, 1, 0, 0.5)
    unknown = evidence_count(scored(None), 0)
    assert unknown.unknown == 1
    assert math.isnan(unknown.sufficiency)


def test_a_claim_of_not_applicable_is_no_answer_to_be_proved() -> None:
    assert found("", AnswerState.CLAIMED_NOT_APPLICABLE).standing is Standing.UNANSWERED


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("《关于权力清单、责任清单的通知》、截图", ("《关于权力清单、责任清单的通知》", "截图")),
        ("通知（区府办，2020）\n台账", ("通知（区府办，2020）", "台账")),
        ("通知，2020年3月5日", ("通知",)),
        ("通知（未完、台账", ("通知（未完", "台账")),  # never closed: shields nothing
        ("暂无。", ()),
    ],
)
def test_documents_are_cut_where_people_cut_them(text: str, documents: tuple[str, ...]) -> None:
    assert documents_in(text) == documents


@given(st.text())
def test_any_text_gives_documents_that_stand_in_it(text: str) -> None:
    assert all(one and one in text for one in documents_in(text))


def test_nobody_is_told_that_more_is_lacking_than_is() -> None:
    """Two documents under other names are two of three: which of the three is lacking, nobody knows."""
    for evidence, text in (
        ("出庭通知书（12份）", "应列 2 项，只写明 1 项，未见“统计表”"),
        ("某台账", "应列 2 项，写明 1 项，与应列的名称不尽一致；应列而没有找到同名的：“出庭通知书”、“统计表”"),
    ):
        phrase = evidence_phrase(found(evidence))
        assert phrase is not None
        assert text in render(phrase, Language.ZH)
