"""Advice in words: the way to the next grade, the obstacles, and which lost points are left out and why."""

import math

from lawgov_score.explanation import vetoes
from lawgov_score.explanation.figures import answer_phrase
from lawgov_score.model import Answer, AnswerState, Indicator, Scores
from lawgov_score.model.advice import Advice, Aside, FigureChange, Improvement, Outlook, SetAside
from lawgov_score.problems import CellPlace
from lawgov_score.wording import Phrase, Words

_OUTLOOKS = {
    Outlook.NO_GRADES: Words(
        "本指标体系不评等次，没有下一等次可言。", "This tree grades nobody: there is no next grade."
    ),
    Outlook.NOT_SCORED: Words(
        "未计分：先报送可用的填报表，再谈改进。", "Not scored: hand in a submission that can be used first."
    ),
    Outlook.TOP: Words("已是最高等次“{grade}”。", 'Already in the highest grade, "{grade}".'),
    Outlook.REACHABLE: Words(
        "现为 {figure:points} 分（{grade}）；做到以下 {n} 项为 {reached:points} 分，"
        "达到“{target}”（{line:points} 分）。",
        'Now {figure:points} ({grade}); with what follows ({n}) {reached:points}, enough for "{target}" '
        "({line:points}).",
    ),
    Outlook.BARRED: Words(
        "现为 {figure:points} 分，已达“{target}”线（{line:points} 分）；未评为“{target}”不是因为分数。",
        'At {figure:points} already on the line of "{target}" ({line:points}); it is not points that are wanting.',
    ),
    Outlook.OUT_OF_REACH: Words(
        "现为 {figure:points} 分（{grade}）；自己还能改进的全部做到为 {reached:points} 分，"
        "仍评不上“{target}”（{line:points} 分）。",
        'Now {figure:points} ({grade}); all that its own answers can change comes to {reached:points}: "{target}" '
        "({line:points}) is out of reach.",
    ),
    Outlook.UNCERTAIN: Words(
        "总分由同组比较得出，不能单就一个单位推算如何达到“{target}”。",
        'The total compares units: what would reach "{target}" cannot be worked out for one unit alone.',
    ),
}
_NO_GRADE = Words("无等次", "no grade")
_ASSUMED = Words(
    "按其他单位、考核机关评定和案件等基数不变推算；同组比较的项目按现有得分计。",
    "Assumes that other units, the office's own figures and the numbers of cases stay; items that compare units keep "
    "their scores.",
)
_QUOTA = Words(
    "“{target}”有名额限制，达到分数线还要看位次，结果不能保证。",
    '"{target}" has a quota: the line alone is no promise.',
)
_OBSTACLES = {
    "veto": Words("{struck}。", "Barred by {struck}."),
    "coverage": Words(
        "填报率低于规定的 {share:percent}，先补齐填报。", "Coverage is below {share:percent}: fill in first."
    ),
    "quota": Words("超出等次名额。", "The quota of the grade is full."),
    "no_score": Words("评等次所依据的指标没有得分。", "The node that decides the grade has no score."),
}
_IMPROVE = Words(
    "{code} {title}：{changes}，本项加 {gain:points} 分，总分约加 {total:points} 分",
    "{code} {title}: {changes}: {gain:points} points there, about {total:points} points in the total",
)
_CHANGES = Words("{changes:list}", "{changes:list}")
_CHANGE = Words("“{name}”：{before} → {after}", '"{name}": {before} → {after}')
_FILL_IN = Words(
    "“{name}”未填报，如实补填（按 {after}推算）", '"{name}" not answered: fill it in truthfully; where it is {after}'
)
_ASIDE = {
    Aside.FILL_IN: Words("有未填报的基数，先如实补填", "what it rests on is not answered: fill it in truthfully first"),
    Aside.REVIEW: Words("由考核机关评定或审核", "for the office to mark or review"),
    Aside.RELATIVE: Words("与同组单位比较，不能单独推算", "compares units: cannot be worked out alone"),
    Aside.DEADLINE: Words("期限已过，来年按期完成", "the day has passed: keep it next year"),
    Aside.FACTS: Words("取决于已发生的事实，没有可改的填报值", "rests on what happened: no answer to better"),
}
_SET_ASIDE = Words("{code} {title}（失 {lost:points} 分）：{why}", "{code} {title} ({lost:points} lost): {why}")


def outlook_phrase(advice: Advice) -> Phrase:
    """The one sentence that sums up a unit's outlook."""
    grade: object = advice.grade or Phrase(_NO_GRADE)
    return _OUTLOOKS[advice.outlook](
        grade=grade,
        target=advice.target,
        line=advice.line,
        figure=advice.figure,
        reached=advice.reached,
        n=len(advice.improvements),
    )


def obstacle_phrases(scores: Scores, advice: Advice) -> tuple[Phrase, ...]:
    """Obstacles other than points, which are stated first."""
    tree, phrases = scores.tree, []
    known = {veto.code: veto for veto in tree.vetoes}
    for why in advice.obstacles:
        kind, _, code = why.partition(":")
        if kind == "veto" and code in known:
            phrases.append(_OBSTACLES["veto"](struck=vetoes.struck(tree, known[code])))
        elif kind in _OBSTACLES:
            phrases.append(_OBSTACLES[kind](share=tree.policies.coverage_at_least or 0.0))
    if advice.has_quota and advice.outlook in {Outlook.REACHABLE, Outlook.BARRED}:
        phrases.append(_QUOTA(target=advice.target))
    return tuple(phrases)


def assumption() -> Phrase:
    """The assumption behind all advice."""
    return _ASSUMED()


def improvement_phrase(scores: Scores, one: Improvement) -> Phrase:
    """One line of the list of improvements."""
    indicator = _indicator(scores, one.indicator)
    changes = changes_phrase(scores, one)
    return _IMPROVE(code=indicator.code, title=indicator.title, changes=changes, gain=one.gain, total=one.gain_total)


def changes_phrase(scores: Scores, one: Improvement) -> Phrase:
    """Every figure that must change, from what to what."""
    indicator = _indicator(scores, one.indicator)
    return _CHANGES(changes=tuple(change_phrase(indicator, change) for change in one.changes))


def change_phrase(indicator: Indicator, change: FigureChange) -> Phrase:
    """“败诉案件数”：21 件 → 2 件."""
    asked = next(each for each in indicator.fields if each.code == change.field)
    before, after = (
        answer_phrase(asked, None if math.isnan(figure) else Answer(AnswerState.GIVEN, figure, CellPlace("")))
        for figure in (change.before, change.after)
    )
    if math.isnan(change.before):  # not answered yet
        return _FILL_IN(name=asked.name, after=after)
    return _CHANGE(name=asked.name, before=before, after=after)


def aside_phrase(scores: Scores, one: SetAside) -> Phrase:
    """One line about points that are left out."""
    indicator = _indicator(scores, one.indicator)
    return _SET_ASIDE(code=indicator.code, title=indicator.title, lost=one.lost, why=_ASIDE[one.why]())


def _indicator(scores: Scores, code: str) -> Indicator:
    node = scores.tree.by_code[code]
    assert isinstance(node, Indicator)
    return node
