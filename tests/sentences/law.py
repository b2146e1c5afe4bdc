"""The law of sentences: what a standard and a reason say comes to the score that was given."""

import math
from collections.abc import Iterable

from sentences import groups, nodes
from sentences.figures import Span, UnreadError, WrongError, read
from sentences.said import Said

# A score that is not rounded has dust of its own: scores are kept to nine decimals.
_KEPT = 1e-8


def fault(said: Said) -> str:
    """What is wrong with the sentences of one node; "" where they say what was computed."""
    try:
        _of_group(said) if said.is_group else _of_indicator(said)
    except (UnreadError, WrongError) as error:
        return f"{type(error).__name__.removesuffix('Error')}: {error}"
    return ""


def faults(everything: Iterable[Said]) -> list[str]:
    """All that is wrong, one line a sentence; what reads the same is said once."""
    found: dict[tuple[object, ...], str] = {}
    for said in everything:
        key = (said.kind, said.standard, said.reason, said.score, said.status, said.decimals, said.sign)
        if key in found:
            continue
        wrong = fault(said)
        about = f"{said.where} {said.kind}\n  {said.standard}\n  {said.reason}\n  {said.score}: {wrong}"
        found[key] = about if wrong else ""
    return [about for about in found.values() if about]


def _of_indicator(said: Said) -> None:
    reason, score, decimals = said.reason, said.score, said.decimals
    if (found := nodes.reviewed(reason)) is not None:
        before, after, reason = found
        if not math.isclose(after, score, abs_tol=0.00005) and "改为" in said.reason:
            raise WrongError(f"changed to {after}")
        if before is None or not reason:
            return
        score = before
    elif not said.is_scored:
        if nodes.is_veto(reason):
            raise WrongError("no score, and yet a veto sets it to 0")
        nodes.whole_standard(said.kind, said.standard)
        nodes.unscored(reason)
        return
    signed = nodes.signed(reason)
    if signed is not None:
        sign, printed, reason = signed
        if sign != said.sign:
            raise WrongError(f"{sign}分项, and it is not")
        if not nodes.printed_as(printed, score):
            raise WrongError(f"{printed} points")
    elif said.sign and not reason:
        return  # a bonus of nothing, or nothing taken off
    told = nodes.told_by(said.kind, said.standard, reason, has_gone_full=True)
    if told.printed and not nodes.printed_as(told.printed, score):
        raise WrongError(f"{told.printed} points printed")
    if told.score is not None:
        _is_score(told.score, score, decimals)


def _of_group(said: Said) -> None:
    if not said.is_scored:
        if nodes.is_veto(said.reason):
            raise WrongError("no score, and yet a veto sets it to 0")
        groups.unscored(said.reason)
        return
    if nodes.is_veto(said.reason):
        if said.score != 0:
            raise WrongError("a veto that sets to 0")
        return
    if not said.reason or said.reason == said.standard:
        return  # the parts explain it
    _, printed = groups.told_by(said.standard, said.reason)
    if not read(printed).holds(said.score):
        raise WrongError(f"{printed} points printed")


def _is_score(told: Span, score: float, decimals: int | None) -> None:
    """The words must come to the score, rounded as it is."""
    slack = _KEPT if decimals is None else 0.5 * 10.0**-decimals + _KEPT
    if not told.holds(score, slack):
        raise WrongError(f"the words come to {told.low:.6f}–{told.high:.6f}")
