"""Readers of groups: how a score came from its parts, step by step, as the standard promised it."""

import re
from collections.abc import Callable, Mapping, Sequence
from math import exp
from types import MappingProxyType

from sentences import formulas
from sentences.figures import (
    Span,
    UnreadError,
    WrongError,
    as_span,
    decimals_of,
    highest,
    logarithm,
    lowest,
    plain,
    read,
    worked_out,
)
from sentences.nodes import OWN
from sentences.outcomes import score_in
from sentences.patterns import begins, is_all, must_be
from sentences.rules import any_standard

# Why a group has no score.
UNSCORED = (
    "",
    "没有可用的填报表",
    "{names}不适用，本项不能计算，不计入",
    "下级只有 {there#} 项有得分，应有 {of#} 项，不足 {least@}，不计分",
    "{names}为负，几何平均不能计算，不计分",
    "{names}不大于 0，调和平均不能计算，不计分",
    "{n#} 项合计 {sum#}，表中没有对应的行，不计分",
    "{names}没有得分，不能计算，不计分",
)


def _weights(parts: Sequence[str]) -> tuple[list[Span], list[Span]]:
    """The figures of parts and their weights: ``8 × 25%``, or ``8`` with a weight of its own share."""
    figures, weights = [], []
    for part in parts:
        found = is_all(part, "权重 {weight@} 的 {figure#}", "{figure#} × {weight@}")
        figures.append(read(found["figure"] if found else part))
        weights.append(read(found["weight"], fewest=4) if found else as_span(1 / len(parts)))
    return figures, weights


def _total(spans: Sequence[Span]) -> Span:
    total = as_span(0)
    for one in spans:
        total = total + one
    return total


def _mean(parts: Sequence[str]) -> Span:
    figures, weights = _weights(parts)
    return _total([figure * weight for figure, weight in zip(figures, weights, strict=True)])


def _geometric(parts: Sequence[str], shift: float) -> Span:
    figures, weights = _weights(parts)
    moved = [figure + shift for figure in figures]
    if any(one.high < 0 for one in moved):
        raise WrongError("a geometric mean of what is negative")
    least = [Span(max(one.low, 1e-300), max(one.high, 1e-300)) for one in moved]
    return _total([logarithm(one) * w for one, w in zip(least, weights, strict=True)]).each(exp) - shift


def _harmonic(parts: Sequence[str]) -> Span:
    figures, weights = _weights(parts)
    return 1 / _total([weight / figure for figure, weight in zip(figures, weights, strict=True)])


def _sum(parts: Sequence[str]) -> Span:
    return _total([-read(part[1:]) if part.startswith(("−", "-")) else read(part) for part in parts])


_WAYS: Mapping[str, Callable[[Sequence[str]], Span]] = MappingProxyType(
    {
        "相加": _sum,
        "算术平均": _mean,
        "加权平均": _mean,
        "调和平均": _harmonic,
        "取最低": lambda parts: lowest([read(part) for part in parts]),
        "取最高": lambda parts: highest([read(part) for part in parts]),
        "几何平均": lambda parts: _geometric(parts, 0.0),
    }
)
_SHORTENED = "……"


def combined(step: str, standard: str) -> tuple[Span | None, str]:
    """What the parts come to, and the result as printed. None: a list of parts is cut short, or nothing to work out."""
    if found := is_all(step, "几何平均（{parts}，各加 {shift#}）− {shift2#} = {result#}"):
        if _SHORTENED in found["parts"]:
            return None, found["result"]
        return _geometric(found["parts"].split("、"), plain(found["shift"])), found["result"]
    if found := is_all(step, "取最低（{parts}），其余有更高的，加 {plus#} = {result#}"):
        if not re.search(rf"再加 {re.escape(found['plus'])}(?![\d.])", standard):
            raise WrongError(f"{found['plus']} more, which the standard does not say: {standard}")
        if _SHORTENED in found["parts"]:
            return None, found["result"]
        return lowest([read(part) for part in found["parts"].split("、")]) + plain(found["plus"]), found["result"]
    if found := is_all(step, "{n#} 项合计 {sum#}，查表得 {result#}"):
        return _looked_up(found["n"], found["sum"], standard), found["result"]
    if found := is_all(step, "{way}（{parts}）= {result#}"):
        if found["way"] not in _WAYS:
            raise UnreadError(step)
        if _SHORTENED in found["parts"]:
            return None, found["result"]
        return _WAYS[found["way"]](found["parts"].split("、")), found["result"]
    raise UnreadError(step)


_FORMULA = re.compile(r"按算式（(?P<text>.*)）计算(?:：(?P<parts>.*))?，得 (?P<result>[−-]?\d+(?:\.\d+)?)")
_NAMED = re.compile(r"(?P<name>“[^”]*”)得分 (?P<figure>[−-]?\d+(?:\.\d+)?|—)(?:、|$)")


def by_formula(reason: str, standard: str) -> tuple[str, Span | None, str]:
    """Of a reason that begins with a formula: what follows it, what the formula comes to, and the result as printed."""
    begin = re.match(r"按算式（", reason)
    if begin is None:
        return reason, None, ""
    depth, at = 1, begin.end()
    while depth and at < len(reason):
        depth += (reason[at] == "（") - (reason[at] == "）")
        at += 1
    end = re.compile(r"计算(?:：(?P<parts>.*?))?，得 (?P<result>[−-]?\d+(?:\.\d+)?)(?:；|$)").match(reason, at)
    if end is None:
        raise UnreadError(reason)
    text = reason[begin.end() : at - 1]
    if text not in standard:
        raise WrongError(f"another formula than the standard has: {text}; {standard}")
    if _SHORTENED in (end["parts"] or ""):
        return reason[end.end() :], None, end["result"]
    figures: dict[str, Span | str | None] = {}
    for found in _NAMED.finditer(end["parts"] or ""):
        figures[f"{found['name']}得分"] = None if found["figure"] == "—" else read(found["figure"])
    return reason[end.end() :], formulas.value(text, figures), end["result"]


def _looked_up(number: str, total: str, standard: str) -> Span:
    rows = re.findall(r"(\d+) 项、合计(超过)? ([−-]?[\d.]+) (以上)?得 ([−-]?[\d.]+)", standard)
    if not rows:
        raise UnreadError(f"no table: {standard}")
    given = read(total)
    for n, beyond, line, _, score in rows:
        if n == number and (plain(line) < plain(total) if beyond else plain(line) <= given.high):
            return as_span(plain(score))
    raise WrongError(f"{number} that come to {total} are in no row: {standard}")


# ------------------------------------------------------------ steps


def after_steps(steps: Sequence[str], before: str, standard: str) -> str:
    """The steps after aggregation, each from the figure of the one before: the last figure as printed."""
    for step in steps:
        if found := is_all(
            step,
            "按适用分折算 {from#} ÷ {points#} × {whole#} = {result#}",
            "折算 {from#} ÷ {points#} × {whole#} = {result#}",
        ):
            _goes_on(before, found["from"], step)
            came = worked_out(f"{found['from']} ÷ {found['points']} × {found['whole']}")
            _comes_to(came, found["result"], step)
            if not step.startswith("按") and begins(standard, "{before}下级合计 {of#} 分，折算为 {to#} 分"):
                told = re.search(r"下级合计 ([\d.]+) 分，折算为 ([\d.]+) 分", standard)
                if told is not None and (told[1], told[2]) != (found["points"], found["whole"]):
                    raise WrongError(f"{step}; the standard: {told[0]}")
        elif found := is_all(step, "不低于 {limit#} 分，取 {result#}", "不超过 {limit#} 分，取 {result#}"):
            side = max if step.startswith("不低于") else min
            if found["limit"] != found["result"] or side(plain(before), plain(found["limit"])) != plain(found["limit"]):
                raise WrongError(f"{before}; {step}")
            word = "最低" if side is max else "最高"
            told = re.search(rf"{word} ([−\d.]+) 分(（有不适用的按适用分折减）)?", standard)
            if told is None or not (plain(told[1]) == plain(found["limit"]) or told[2]):
                raise WrongError(f"{step}, which the standard does not say: {standard}")
        elif found := is_all(step, "舍入为 {result#}"):
            told = re.search(r"(?:四舍五入|四舍六入五成双)到 (\d+) 位小数", standard)
            multiple = re.search(r"(?:四舍五入|四舍六入五成双)到 ([\d.]+) 的整数倍", standard)
            half = plain(multiple[1]) / 2 if multiple else 0.5 * 10.0 ** -(int(told[1]) if told else 2)
            if not read(before).holds(plain(found["result"]), half):
                raise WrongError(f"{before}; {step}")
        else:
            before = by_rule(before, step, standard)
            continue
        before = found["result"]
    return before


def _goes_on(before: str, now: str, step: str) -> None:
    if not read(before).meets(read(now)):
        raise WrongError(f"{before} before, {now} in “{step}”")


def _comes_to(came: Span, result: str, step: str) -> None:
    if not came.meets(read(result)):
        raise WrongError(f"“{step}” comes to {came}")


def by_rule(value: str, step: str, standard: str) -> str:
    """What the rule at a group gives for what came of the parts, in the rule's own words: the score as printed."""
    found = re.search(r"汇总后计分：(.+)", standard)
    if found is None:
        raise WrongError(f"“{step}”, and no rule is said: {standard}")
    rule = any_standard(found[1])
    if full := is_all(step, "得满分 {score#} 分"):
        if plain(full["score"]) != round(rule.full, 4):
            raise WrongError(f"“{step}”: {rule.full} by “{found[1]}”")
        return full["score"]
    told = must_be(step, "{name} {figure@}，{rest}")
    if not read(value).meets(read(told["figure"], fewest=2)):
        raise WrongError(f"{value} before, {told['figure']} in “{step}”")
    printed = score_in(step)
    places = max(2, decimals_of(printed))
    if not rule.of_reason(step).holds(plain(printed), 0.5 * 10.0**-places):
        raise WrongError(f"“{step}” comes to {rule.of_reason(step)} by “{found[1]}”")
    return printed


def told_by(standard: str, reason: str) -> tuple[Span | None, str]:
    """What a reason of a group comes to, and the score as printed; None: it cannot be worked out from the words."""
    standard = standard.partition(OWN)[2] or standard
    rest, came, result = by_formula(reason, standard)
    steps = rest.split("；") if rest else []
    first = reason[: len(reason) - len(rest)]
    if not result:
        first, *steps = steps
        came, result = combined(first, standard)
    if came is not None:
        _comes_to(came, result, first)
    last = after_steps(steps, result, standard)
    return came, last


_GIVES = re.compile(r" (?P<sign>[+−])(?P<points>\d+(?:\.\d+)?) 分$")


def register_line(line: str) -> None:
    """What a kind of the register did to a total: its matters add up, and a limit is what the line says it is."""
    found = is_all(line, "{title}（{code}）{points} 分：{why}")
    if found is None:
        must_be(line, "总分不<<超过|低于>> {limit#} 分，<<超出的|补足>> {by#} 分[[不计]]")
        return
    entries, total = found["why"].split("；"), ""
    printed = plain(found["points"].replace("+", ""))
    if (held := is_all(entries[-1], "合计 {sum} 分，{limits}，计 {points} 分")) is not None:
        entries, total = entries[:-1], held["sum"]
        if plain(held["points"].replace("+", "")) != printed:
            raise WrongError(f"{held['points']} at the end, {found['points']} at the beginning: {line}")
    if entries[-1] == "该单位没有总分，只作记录":
        if printed:
            raise WrongError(f"no total, and points: {line}")
        return
    gives = [one for entry in entries if (one := _GIVES.search(entry)) is not None]
    summed = sum((1 if one["sign"] == "+" else -1) * plain(one["points"]) for one in gives)
    if gives and round(summed, 4) != (plain(total.replace("+", "")) if total else printed):
        raise WrongError(f"the matters add up to {summed}: {line}")


def unscored(reason: str) -> None:
    """A reason where there is no score must be one that is known."""
    must_be(reason, *UNSCORED)
