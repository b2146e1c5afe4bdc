"""不适用时: what an indicator gives to units to which it does not apply, in its standard and in their reasons."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lawgov_score.explanation.absent import why_left
from lawgov_score.model import Claims, Indicator, OnZero, Scores, Tree, WhenZero, Why
from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.choice import Choice
from lawgov_score.rules.outcomes import gives, then_rounded
from lawgov_score.rules.phrases import before_word, figure
from lawgov_score.wording import Phrase, Words

_TYPES = Words("本项不适用于{types:list}，{given}。", "It does not apply to {types:list}, which gets {given}.")
_GRANTED = Words(
    "申报不适用、经认定同意的，{given}。", "A unit whose claim that it does not apply is granted gets {given}."
)
_CLAIMED = Words("申报不适用的，{given}。", "A unit that declares it not applicable gets {given}.")
_OPTIONS = Words("选{options:list}的，{given}。", "A unit that chooses {options:list} gets {given}.")
_QUOTED = Words("“{option}”", '"{option}"')
_FULL = Words("得满分", "full points")
_NOTHING = {False: Words("不得分", "nothing"), True: Words("不扣分", "nothing")}
_ALL_OFF = Words("扣满分", "all points taken off")
_SHARE = {
    False: Words("得本项分值的 {share:percent}", "{share:percent} of the points"),
    True: Words("扣本项分值的 {share:percent}", "{share:percent} of the points taken off"),
}
_MEAN = Words(
    "按同组平均得分计，同组没有单位得分的，{nobody}", "the mean score of its cohort, or where nobody has one {nobody}"
)
_OUT = Words("不计入该单位的适用分", "is not counted")
_BY_FULL = Words("{why}，按满分计，{gives}", "{why}, full points by the standard: {gives}")
_AT_TARGET = Words("按达到 {target}计，得满分", "full points, as if {target} were reached")
_BY_TARGET = Words("{why}，按达到 {target}计，{gives}", "{why}, scored as if {target} were reached: {gives}")
_BY_SHARE = Words(
    "{why}，按分值的 {share:percent} 计，{gives}", "{why}, {share:percent} of the points by the standard: {gives}"
)
_BY_NONE = Words("{why}，按规定{gives}", "{why}: {gives} by the standard")
_BY_MEAN = Words("{why}，按同组平均得分计，{gives}", "{why}, scored by the cohort's mean: {gives}")
_BY_NOBODY = Words(
    "{why}，同组没有可以取平均的得分，按规定{gives}",
    "{why}, and nobody in the cohort has a score: {gives} by the standard",
)


def sentences(tree: Tree, indicator: Indicator) -> Iterator[Phrase]:
    """What the standard says of units to which the indicator does not apply, reason by reason."""
    instead = indicator.instead
    if instead is None:
        return
    for why, policy in instead.by.items():
        given = _given(indicator, policy)
        if why is Why.TYPE and instead.types:
            names = tuple(kind.name for kind in tree.unit_types if kind.code in instead.types)
            yield _TYPES(types=names, given=given)
        elif why is Why.CLAIM and indicator.may_not_apply:
            yield (_CLAIMED if tree.policies.claims is Claims.ACCEPT else _GRANTED)(given=given)
        elif why is Why.OPTION and isinstance(indicator.rule, Choice):
            options = tuple(_QUOTED(option=option) for option in indicator.rule.leaving)
            if options:
                yield _OPTIONS(options=options, given=given)


def _given(indicator: Indicator, policy: OnZero) -> Phrase:
    if policy.what is WhenZero.TARGET:
        return _AT_TARGET(target=_target(indicator))
    if policy.what is not WhenZero.COHORT_MEAN:
        return share_of(indicator, policy)
    return _MEAN(nobody=_OUT() if indicator.no_mean is None else share_of(indicator, indicator.no_mean))


def _target(indicator: Indicator) -> Phrase:
    """The rule's target as its standard prints it."""
    target = indicator.rule.reached_at
    assert target is not None  # T296
    return before_word(figure(target, indicator.terms.value))


def share_of(indicator: Indicator, policy: OnZero) -> Phrase:
    """得满分, 不得分, or 得本项分值的 60%; 扣 where it is taken off."""
    if policy.share == 1:
        return _ALL_OFF() if indicator.terms.is_taken_off else _FULL()
    if policy.share == 0:
        return _NOTHING[indicator.terms.is_taken_off]()
    return _SHARE[indicator.terms.is_taken_off](share=policy.share)


def with_replaced(scores: Scores, indicator: Indicator, score: FloatArray, why: Phrases) -> Phrases:
    """``why``, but of units to which the indicator does not apply what they get instead. ``score`` (units,)."""
    instead, replaced = indicator.instead, scores.compared.instead.get(indicator.code)
    if instead is None or replaced is None or not replaced.why.any():
        return why
    left = why_left(scores, indicator)
    cases = [
        (replaced.why == reason, by_policy(scores, indicator, policy, score, left, replaced.alone))
        for reason, policy in instead.by.items()
    ]
    return chosen(*cases, otherwise=why)


def by_policy(
    scores: Scores, indicator: Indicator, policy: OnZero, score: FloatArray, why: Phrases, alone: BoolArray
) -> Phrases:
    """“总数”为 0，按分值的 60% 计，得 3 分: what a unit gets where there is nothing to judge, and by which provision.

    ``why``: why there is not; ``score`` (units,); ``alone`` (units,): has nobody else of the cohort a score?
    """
    exact = _exact(indicator, policy, score, alone)
    rounding = scores.tree.rounding_of(indicator)
    terms = replace(indicator.terms, rounds_half_up=rounding is None or rounding.is_plain)
    gained = then_rounded(lambda points: gives(points, terms), exact, score, terms)
    told = {"why": why, "gives": gained}
    if policy.what is WhenZero.COHORT_MEAN:
        return chosen((alone, _BY_NOBODY(**told)), otherwise=_BY_MEAN(**told))
    if policy.what is WhenZero.TARGET:
        return _BY_TARGET(target=_target(indicator), **told)
    if policy.share == 1:
        return _BY_FULL(**told)
    if policy.share == 0:
        return _BY_NONE(**told)
    return _BY_SHARE(share=policy.share, **told)


def _exact(indicator: Indicator, policy: OnZero, score: FloatArray, alone: BoolArray) -> FloatArray:
    """(units,): what the provision gives before it is rounded, as far as it says that; else the score."""
    if policy.what in {WhenZero.SHARE, WhenZero.TARGET}:
        return np.full_like(score, policy.share * indicator.points)
    nobody = indicator.no_mean
    return score if nobody is None else np.where(alone, nobody.share * indicator.points, score)
