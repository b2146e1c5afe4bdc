"""What advice says: next year for what can be bettered, this year only for what is blank; numbers, never names."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import everything
import pytest
from builders import a_field, a_submission, a_tree, a_unit, an_indicator

from lawgov_score.explanation import advice as words
from lawgov_score.measure.ladder import quota_limit
from lawgov_score.model import Grade, Indicator, Policies, Quota, Scores, Way
from lawgov_score.model.advice import Advice, Improvement, Outlook
from lawgov_score.pipeline import assess
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language

SCHEMES = sorted(path.parent for path in (Path(__file__).parents[1] / "schemes").glob("f-*/tree.yaml"))
NEXT = {Language.ZH: "下一年度", Language.EN: "next year"}
IF = {Language.ZH: "如确为", Language.EN: "f it is"}
GRADES = (Grade("优秀", 9.0, quota=Quota(0.5, 0)), Grade("良好", 6.0), Grade("合格", 0.0))


def all_texts(scores: Scores, advice: Advice, lang: Language) -> list[str]:
    """Everything that is said to a unit."""
    phrases = [
        *words.obstacle_phrases(scores, advice),
        words.outlook_phrase(scores, advice),
        *(words.improvement_phrase(scores, one) for one in advice.improvements),
        *(words.aside_phrase(scores, one) for one in advice.aside),
    ]
    return [render(one, lang) for one in phrases]


def rounds() -> Iterator[Scores]:
    """Rounds with grades of many kinds."""
    yield everything.a_round()
    for folder in SCHEMES:
        done = assess(folder / "tree.yaml", list(folder.glob("figures*.csv")), None)
        if done.scores is not None and done.scores.tree.grades:
            yield done.scores


@pytest.mark.parametrize("lang", Language)
def test_what_can_be_bettered_is_next_years_and_a_blank_is_this_years(lang: Language) -> None:
    seen = set()
    for scores in rounds():
        for advice in advise(scores):
            for one in advice.improvements:
                text = render(words.changes_phrase(scores, one), lang)
                blanks = [math.isnan(change.before) for change in one.changes]
                seen.add(all(blanks))
                assert (NEXT[lang] in text) is not all(blanks)
                assert text.count(NEXT[lang]) == len(blanks) - sum(blanks)
                assert "{" not in text
    assert seen


@pytest.mark.parametrize("lang", Language)
def test_no_unit_is_told_the_name_of_another(lang: Language) -> None:
    for scores in rounds():
        for advice in advise(scores):
            others = {unit.name for row, unit in enumerate(scores.units) if row != advice.row} - {"", "甲"}
            for text in all_texts(scores, advice, lang):
                assert not any(name in text for name in others if len(name) > 1)


def a_scored(*, weight: float | None = None, given: float | None = 3.0, is_lower: bool = False) -> Scores:
    """One unit with full marks at a first indicator and something to better at a second, a deduction of counts."""
    fault = an_indicator(
        code="01-2",
        points=5.0,
        weight=weight,
        fields=[a_field(code="n", name="被纠正件数", type="count", measured_in="件")],
        value="n",
        rule={"kind": "count_cap", "each": 1.0} if weight is not None or is_lower else {"kind": "deduction", "each": 1},
    )
    first = an_indicator(
        code="01-1",
        points=5.0,
        fields=[a_field(code="x", name="办结率", type="share")],
        value="x",
        rule={"kind": "proportional"},
    )
    tree = a_tree(
        indicators=[fault] if is_lower else [first, fault],
        points=5.0 if is_lower or weight is not None else 10.0,
        grades=(Grade("低风险", at_most=1.0, at_least=0.0), Grade("高风险", at_most=5.0, at_least=0.0))
        if is_lower
        else (Grade("优秀", 4.0 if weight is not None else 9.0), Grade("其他", 0.0)),
        policies=Policies(lower_is_better=is_lower),
    )
    answers = {"01-2.n": given} if is_lower else {"01-1.x": 1.0, "01-2.n": given}
    return score(tree, (a_unit(),), [a_submission(answers=answers)])


def the_improvement(scores: Scores) -> tuple[Advice, Improvement]:
    (advice,) = advise(scores)
    assert advice.outlook is Outlook.REACHABLE, advice
    (one,) = advice.improvements
    return advice, one


def test_a_count_of_faults_falls_next_year() -> None:
    scores = a_scored()
    advice, one = the_improvement(scores)
    text = render(words.changes_phrase(scores, one), Language.ZH)
    assert text == "“被纠正件数”由 3 件降到 1 件（下一年度）"
    outlook = render(words.outlook_phrase(scores, advice), Language.ZH)
    assert re.findall(r"[\d.]+", outlook) == ["7", "1", "9", "9"]
    assert "“" not in outlook


def test_a_blank_is_no_invitation_to_report_little() -> None:
    scores = a_scored(given=None)
    advice, one = the_improvement(scores)
    text = render(words.changes_phrase(scores, one), Language.ZH)
    assert text == f"“被纠正件数”尚未填报。如确为 {one.changes[0].after:g} 件，填报后可得 {one.gain:g} 分"
    assert "改进" not in text + render(words.outlook_phrase(scores, advice), Language.ZH)


def test_less_is_taken_off_at_a_deduction() -> None:
    scores = a_scored(weight=-1.0)
    _, one = the_improvement(scores)
    assert one.gain < 0 < words.gain_in_total(scores, one)
    assert f"本项可少扣 {-one.gain:g} 分" in render(words.improvement_phrase(scores, one), Language.ZH)


def test_where_less_is_better_the_total_falls_also_from_the_worst() -> None:
    scores = a_scored(is_lower=True, given=5.0)
    advice, one = the_improvement(scores)
    assert words.gain_in_total(scores, one) == advice.reached - advice.figure < 0
    outlook = render(words.outlook_phrase(scores, advice), Language.ZH)
    assert f"可降到 {advice.reached:g} 分" in outlook
    assert f"（{advice.line:g} 分以下）" in outlook


@pytest.mark.parametrize(
    ("policies", "said"),
    [(Policies(), "超过 9 分，即 9.01 分以上"), (Policies(grade_on_rounded=False), "超过 9 分")],
)
def test_a_line_that_is_left_out_is_not_reached_by_who_is_on_it(policies: Policies, said: str) -> None:
    """At 9 the grade above 9 is still to be reached, and the advice says by what."""
    first = a_scored()
    tree = replace(first.tree, grades=(Grade("优秀", 9.0, is_strict=True), Grade("其他", 0.0)), policies=policies)
    scores = score(tree, first.units, [a_submission(answers={"01-1.x": 1.0, "01-2.n": 1.0})], first.review, None)
    assert (float(scores.total[0]), scores.grades[0]) == (9.0, "其他")
    advice, _ = the_improvement(scores)
    assert advice.reached > 9.0
    assert f"达到优秀线（{said}）" in render(words.outlook_phrase(scores, advice), Language.ZH)


def test_below_a_line_where_less_is_better() -> None:
    first = a_scored(is_lower=True, given=5.0)
    grades = (Grade("低风险", 0.0, at_most=1.0, is_strict=True), Grade("高风险", 0.0, at_most=5.0))
    scores = score(
        replace(first.tree, grades=grades), first.units, [a_submission(answers={"01-2.n": 5.0})], first.review, None
    )
    advice, _ = the_improvement(scores)
    assert advice.reached < 1.0
    assert "（低于 1 分，即 0.99 分以下）" in render(words.outlook_phrase(scores, advice), Language.ZH)


def test_a_clean_deduction_has_lost_nothing() -> None:
    scores = a_scored(weight=-1.0, given=0.0)
    scores = score(
        scores.tree, scores.units, [a_submission(answers={"01-1.x": 0.5, "01-2.n": 0.0})], scores.review, None
    )
    (advice,) = advise(scores)
    assert "01-2" not in {one.indicator for one in advice.aside}


def test_a_quota_is_places_and_how_many_stand_before() -> None:
    rate = an_indicator(code="01-1", points=10.0, fields=[a_field(code="x", type="share")], value="x")
    tree = a_tree(indicators=[rate], points=10.0, grades=GRADES)
    units = tuple(a_unit(code=f"U{i}", name=f"第{i}局") for i in range(6))
    given = [a_submission(unit=unit, answers={"01-1.x": 1 - i / 20}) for i, unit in enumerate(units)]
    scores = score(tree, units, given)
    advices = {scores.units[one.row].code: one for one in advise(scores)}
    places = quota_limit(0.5, 0, len(units))
    for row, unit in enumerate(scores.units):
        one = advices[unit.code]
        if one.target != "优秀":
            continue
        assert (one.places, one.before) == (places, int(scores.rank[row]) - 1)
        said = " ".join(render(each, Language.ZH) for each in words.obstacle_phrases(scores, one))
        assert f"名额 {places} 个" in said
        assert one.before == 0 or f"前面有 {one.before} 个单位" in said
    assert {one.outlook for one in advices.values()} >= {Outlook.TOP, Outlook.REACHABLE}


def test_it_is_the_node_that_grades_look_at_whose_score_is_named() -> None:
    rate = an_indicator(code="01-1", points=10.0, fields=[a_field(code="x", type="share")], value="x")
    assert isinstance(rate, Indicator)
    tree = a_tree(indicators=[rate], points=10.0, grades=GRADES, policies=Policies(grade_by="01"))
    assert tree.aggregation.way is Way.SUM
    scores = score(tree, (a_unit(),), [a_submission(answers={"01-1.x": 0.7})])
    (advice,) = advise(scores)
    text = render(words.outlook_phrase(scores, advice), Language.ZH)
    assert tree.by_code["01"].title in text
    assert "总分" not in text
