"""The law of sentences: what a standard and a reason say comes to the score that was given."""

import math
import re
from collections.abc import Iterable

from sentences import formulas, groups, measured_kinds, nodes
from sentences.figures import NUMBER, Span, UnreadError, WrongError, as_span, days_as_numbers, decimals_of, plain, read
from sentences.said import Said
from sentences.standard import Standard

from lawgov_score.rounding import rounded

# Decimals of a score that is not rounded: as figures are at least made to come to, and as it is printed at most.
_CENTS, _PRINTED = 2, 4


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
        key = (
            said.kind,
            said.standard,
            said.reason,
            said.score,
            said.status,
            said.decimals,
            said.sign,
            said.value,
            said.marks,
            said.votes,
            said.peers,
            said.figures,
            said.struck,
        )
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
        if not math.isclose(after, score, abs_tol=0.00005):
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
    _is_worth(said)
    reason, figures = formulas.told_apart(reason)
    if figures:
        formulas.listed(figures, dict(said.figures))
    told = nodes.told_by(said.kind, said.standard, reason, has_gone_full=True)
    if told.printed and not nodes.printed_as(told.printed, score):
        raise WrongError(f"{told.printed} points printed")
    _shows(said, reason)
    _is_worked_out(said)
    if said.votes and told.score is not None:
        measured_kinds.index_of(nodes.computed(said.standard), said.votes, reason)
    if told.score is not None:
        _is_score(told.score, score, decimals, told.printed, said.step)


# Reasons in which the figure that decided is not shown: it is a word, or something else decided.
_WORDS = re.compile(
    r"^得满分|^没有上年|为 0，|不为 0，|填“[是否]”|：不?符合条件|有所列情形|^始终|^按期完成|^触发"
    r"|(?:不足|不超过) [^，]*，按|^$"
)
_ELSE = re.compile(r"^复核|按规定|(?:不足|不超过) [^，]*，按|^触发")  # something else decided


def _is_worked_out(said: Said) -> None:
    """The formula of a standard gives the value, and the conditions of vetoes hold where they struck."""
    whole = nodes.whole_standard(said.kind, said.standard)
    known: dict[str, Span | str | None] = {
        name: figure if isinstance(figure, str) else None if math.isnan(figure) else as_span(figure)
        for name, figure in said.figures
    }
    if not known:
        return
    if whole.formula and math.isfinite(said.raw):
        found = formulas.value(whole.formula, known)
        if not found.holds(said.raw, 1e-9 * max(1.0, abs(said.raw))):
            raise WrongError(f"{whole.formula} comes to {found}, the value is {said.raw}")
    if None in known.values():
        return
    if math.isfinite(said.raw) and not _ELSE.search(said.reason):
        _is_decided(said, whole.own, known)
    for when, title in whole.vetoes:
        claim = formulas.holds(when, known)
        if claim.low == claim.high and bool(claim.low) is not (title in said.struck):
            raise WrongError(f"{when}: {claim.low}; struck: {sorted(said.struck)}")


def _is_decided(said: Said, own: Standard, known: formulas.Figures) -> None:
    """Points are given for the answer, or under the condition, that the standard names."""
    if own.when:
        holds = formulas.holds(own.when, known)
        if holds.low != holds.high:
            return
        gets_all = bool(holds.low) is not own.turned
    elif own.answer and len(known) == 1 and isinstance(only := next(iter(known.values())), Span):
        gets_all = (only != as_span(0)) is (own.answer == "是")
    else:
        return
    _is_score(as_span(own.full if gets_all else 0.0), said.score, said.decimals, "", said.step)


_COMPARED, _OTHERS = re.compile(r"（共? ?(\d+) 个单位"), re.compile(r"同组其余 (\d+) 个单位")
_MARKS = re.compile(r"名评审打分 ([\d.、]+)，")
_FIGURE = re.compile(rf"{NUMBER}(?:%|\s*个百分点)?")


def _shows(said: Said, reason: str) -> None:
    """The figures of the trace stand in the reason."""
    if _WORDS.search(reason):
        return
    for others, number in ((0, _COMPARED.search(reason)), (1, _OTHERS.search(reason))):
        if number is not None and said.peers - others != float(number[1]):
            raise WrongError(f"{number[0]}, and {said.peers} are compared")
    if found := _MARKS.search(reason):
        marks = sorted(plain(one) for one in found[1].split("、"))
        if [round(mark, 4) for mark in said.marks] != marks:
            raise WrongError(f"marks of {said.marks}")
    if math.isfinite(said.value):
        found = _FIGURE.search(days_as_numbers(reason.removeprefix(said.name)))
        if found is None or not read(found[0], fewest=2).holds(said.value):
            raise WrongError(f"the value is {said.value}")


_MOST = re.compile(r"（(?:满分|最多扣) ([\d.]+) 分）")


def _is_worth(said: Said) -> None:
    """The most that a standard gives is no more than the points, which a reason repeats."""
    full = nodes.whole_standard(said.kind, said.standard).own.full
    if said.worth + 0.00005 < full < math.inf:
        raise WrongError(f"{full} points by the standard, of {said.worth}")
    if math.isnan(said.worth):
        return
    for most in _MOST.findall(said.reason):
        if not read(most).holds(said.worth):
            raise WrongError(f"{most} are all the points, of {said.worth}")


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


def _is_score(told: Span, score: float, decimals: int | None, printed: str, step: float) -> None:
    """The words must come to the score, as far as it is printed: to cents at least, unless it is kept to fewer."""
    if step:
        if not told.holds(score, step / 2 + 0.0001):
            raise WrongError(f"the words come to {told.low:.6f}–{told.high:.6f}, a step away from {score}")
        return
    places = max(_CENTS, decimals_of(printed)) if printed else _PRINTED
    places = places if decimals is None else min(places, decimals)
    if not told.holds(rounded(score, places), 0.5 * 10.0**-places):
        raise WrongError(f"the words come to {told.low:.6f}–{told.high:.6f}")
