"""Readers of rules: a standard and a reason as text, the score that the two come to. No rule is asked.

Each kind has a reader of its standard, which gives the most points and a way to read reasons beside it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import isnan
from statistics import median
from types import MappingProxyType

from sentences.figures import (
    NUMBER,
    Span,
    UnreadError,
    WrongError,
    as_span,
    counted,
    day,
    either,
    exact,
    plain,
    read,
)
from sentences.outcomes import FLOOR, GIVES, GIVES_OF, floor_of, given, is_sum, left, same
from sentences.patterns import begins, is_all, must_be


@dataclass(frozen=True, slots=True)
class Standard:
    """What a standard says. ``full``: the most points; ``of_reason``: the score that a reason beside it comes to;

    ``of_value``: the score for a value, where the rule has one; ``rest``: what is said after the rule's own sentence.
    """

    full: float
    of_reason: Callable[[str], Span]
    rest: str
    of_value: Callable[[Span], Span] | None = None
    when: str = ""  # the condition under which all points are given, where it is one
    answer: str = ""  # the answer for which they are given
    turned: bool = False  # are they given where the condition does not hold?


def _said(text: str, *sentences: str) -> tuple["re.Match[str]", str]:
    found = begins(text, *sentences)
    if found is None:
        raise UnreadError(f"standard “{text}”")
    return found


# ------------------------------------------------------------ lines

# Word -> (is the figure on this side of the line?), by which both sentences and the law read it.
SIDES: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {
        "达到": lambda figure, line: figure >= line,
        "不超过": lambda figure, line: figure <= line,
        "未达到": lambda figure, line: figure < line,
        "不足": lambda figure, line: figure < line,
        "低于": lambda figure, line: figure < line,
        "低于目标": lambda figure, line: figure < line,
        "高于": lambda figure, line: figure > line,
        "高于目标": lambda figure, line: figure > line,
        "超过": lambda figure, line: figure > line,
        "未超过": lambda figure, line: figure <= line,
        "不低于": lambda figure, line: figure >= line,
        "不高于": lambda figure, line: figure <= line,
    }
)


def beside(figure: str, word: str, line: str) -> Span:
    """The figure, which must be printed on the side of the line that the sentence says."""
    if not SIDES[word](plain(figure), plain(line)):
        raise WrongError(f"a figure equal to its line, or beyond it: {figure}，{word} {line}")
    return exact(figure)


# ------------------------------------------------------------ kinds


def _all_or_nothing(text: str) -> Standard:
    further = "[[；{field}每 1 {unit}另扣 {each#} 分，" + FLOOR + "]]"
    none = "<<不得分|不扣分>>"
    found, rest = _said(
        text,
        "{value}达到 {least@}<<得|扣>> {points#} 分，否则" + none + further + "。",
        "{value}不超过 {most@}<<得|扣>> {points#} 分，否则" + none + further + "。",
        "{value}：填“{answer}”<<得|扣>> {points#} 分，填“{other}”" + none + further + "。",
        "{value}不为 0 的<<得|扣>> {points#} 分，否则" + none + further + "。",
        "{value}：{when}的，<<得|扣>> {points#} 分，否则" + none + further + "。",
    )
    said = found.groupdict()
    points, each = plain(said["points"]), plain(said.get("each") or "0")
    floor = floor_of(found)

    def of_value(value: Span) -> Span:
        least, most = said.get("least"), said.get("most")
        if least is None and most is None:
            raise UnreadError("a yes or no has no line")
        ends = [(v >= plain(least)) if least is not None else (v <= plain(most or "")) for v in (value.low, value.high)]
        return Span(min(ends) * points, max(ends) * points)

    def of_why(why: str) -> Span:
        """The points before anything else is taken off."""
        if answered := is_all(why, "{name}填“{answer}”"):
            return as_span(points if answered["answer"] == said.get("answer") else 0)
        if is_all(why, "{name}为 0"):
            return as_span(0)
        if is_all(why, "{name}不为 0"):
            return as_span(points)
        if is_all(why, "{name}：<<不符合|符合>>条件"):
            return as_span(0 if "：不符合" in why else points)
        told = must_be(why, "{name} {value@}，<<未达到|超过|达到|不超过>> {mark@}").groupdict()
        word = next(word for word in ("未达到", "不超过", "达到", "超过") if f"，{word}" in why)
        same("the line", said.get("least") or said.get("most") or "", told["mark"])
        return of_value(beside(told["value"], word, told["mark"]))

    def of_reason(reason: str) -> Span:
        taken = is_all(reason, "{why}，" + GIVES + "；{field} {n@}（{n2#} × {each#}），另{less}")
        if taken is None:
            found = must_be(reason, "{why}，" + GIVES)
            if not of_why(found["why"]).holds(given(found)):
                raise WrongError(f"{found['why']}: not “{reason}”")
            return as_span(given(found))
        before = of_why(taken["why"])
        if not before.holds(given(taken)):
            raise WrongError(f"{given(taken)} points before, {before} by the standard")
        same("what is taken off for each", said["each"] or "", taken["each"])
        same("how many", taken["n"], taken["n2"])
        return left(taken["less"], given(taken), exact(taken["n"]) * each, floor)

    has_line = "least" in said or "most" in said
    is_alone = not said.get("each")
    return Standard(
        points,
        of_reason,
        rest,
        of_value if has_line else None,
        when=(said.get("when") or "") if is_alone else "",
        answer=(said.get("answer") or "") if is_alone else "",
    )


def _as_given(text: str) -> Standard:
    found, rest = _said(
        text,
        "按{value}直接计分，最低 {low#} 分，最高 {high#} 分。",
        "按{value}直接扣分，最少扣 {low#} 分，最多扣 {high#} 分。",
        "{value}直接<<计|扣>>分，最低 {low#} 分，最高 {high#} 分。",
    )
    low, high = plain(found["low"]), plain(found["high"])

    def of_reason(reason: str) -> Span:
        said = must_be(reason, "{name}为 {value@}，" + GIVES_OF)
        return exact(said["value"]).within(low, high)

    return Standard(high, of_reason, rest, lambda value: value.within(low, high))


_PART = re.compile(r"(?P<name>[^、。]+?(?:、[^、。]+?)*?)（(?P<points>[−-]?\d+(?:\.\d+)?) 分）(?:、|。|$)")


def _checklist(text: str) -> Standard:
    alike = begins(
        text,
        "共 {n#} 项：{parts}。齐全得 {points#} 分，每缺 1 项扣 {each#} 分，" + FLOOR + "。",
        "共 {n#} 项：{parts}。每具备 1 项<<得|扣>> {each#} 分，<<最高|最多扣>> {points#} 分。",
    )
    own = begins(
        text,
        "共 {n#} 项：{parts}。齐全得 {points#} 分，缺哪一项扣该项的分，" + FLOOR + "。",
        "共 {n#} 项：{parts}。具备哪一项<<得|扣>>该项的分，<<最高|最多扣>> {points#} 分。",
    )
    if alike is None and own is None:
        raise UnreadError(f"standard “{text}”")
    found, rest = alike or own  # type: ignore[misc]  # one of the two is there
    number, points = int(plain(found["n"])), plain(found["points"])
    deducts = "齐全得" in found[0]
    floor = floor_of(found) if deducts else 0.0
    worths = {part["name"]: plain(part["points"]) for part in _PART.finditer(found["parts"] + "。")} if own else {}
    if (own and len(worths) != number) or number > found["parts"].count("、") + 1:
        raise WrongError(f"{number} parts said, {len(worths)} named")

    def worth(n: int, parts: str) -> float:
        """What the parts that a reason names are worth; ``n``: how many they are said to be."""
        if alike is not None:
            return n * plain(alike[0]["each"])
        named = {part["name"]: plain(part["points"]) for part in _PART.finditer(parts + "。")}
        if not named.items() <= worths.items() or len(named) != n:
            raise WrongError(f"{n} parts, {named}; by the standard {worths}")
        return sum(named.values())

    def of_reason(reason: str) -> Span:
        if deducts:
            said = must_be(reason, "缺 {n#} 项：{parts}，{less}")
            return left(said["less"], points, as_span(worth(int(plain(said["n"])), said["parts"])), floor)
        said = must_be(
            reason, "{all#} 项中具备 {met#} 项，缺 {n#} 项：{parts}，" + GIVES_OF, "{all#} 项均具备，" + GIVES_OF
        )
        missing = int(plain(said.groupdict().get("n") or "0"))
        if (plain(said["all"]), plain(said.groupdict().get("met") or said["all"])) != (number, number - missing):
            raise WrongError(f"{number} parts by the standard: {reason}")
        whole = worth(number, "") if alike is not None else sum(worths.values())
        return as_span(whole - (worth(missing, said["parts"]) if missing else 0.0)).within(0.0, points)

    return Standard(points, of_reason, rest)


_OPTION = re.compile(
    r"“(?P<option>[^”]*(?:“[^”]*”[^”]*)*)”(?:(?:得|扣) (?P<score>[−-]?\d+(?:\.\d+)?) 分"
    r"|(?P<none>不得分|不扣分)|本项不适用|按未填报处理)"
)


def _choice(text: str) -> Standard:
    found, rest = _said(text, "按{asks}<<计|扣>>分：{options}。")
    options = {
        one["option"]: plain(one["score"]) if one["score"] else 0.0 if one["none"] else float("nan")
        for one in _OPTION.finditer(found["options"])
    }
    if len(options) != found["options"].count("；") + 1:
        raise UnreadError(f"options “{found['options']}”")

    def of_reason(reason: str) -> Span:
        said = must_be(reason, "{asks}为“{option}”，" + GIVES_OF)
        if said["option"] not in options:
            raise WrongError(f"an option that the standard does not name: {said['option']}")
        return as_span(options[said["option"]])

    return Standard(max(score for score in options.values() if not isnan(score)), of_reason, rest)


# ------------------------------------------------------------ counts

_TIMES = re.compile(
    r"(?P<name>.+?) ?(?P<n>[−-]?\d+(?:\.\d+)?)(?: ?[^\d\s（）]+?)?"
    r"（(?P<n2>[−-]?\d+(?:\.\d+)?) × (?P<each>\d+(?:\.\d+)?)）(?:；|$)"
)


def _counts(found: str, verb: str) -> dict[str, float]:
    """The points for each one, by what is counted."""
    counts = {}
    for part in found.split("；"):
        said = must_be(
            part,
            "{name}每 1 {unit}" + verb + " {each#} 分",
            "有{name}的" + verb + " {each#} 分",
            "{name}填“{answer}”" + verb + " {each#} 分",
        )
        if not (said.groupdict().get("unit") or "件").strip():
            raise WrongError(f"“每 1” with no measure: {part}")
        counts[said["name"]] = plain(said["each"])
    return counts


def _summed(said: str, counts: Mapping[str, float], *, highest: bool = False) -> Span:
    """What the counts of a reason come to by the standard."""
    parts = list(_TIMES.finditer(said))
    if not parts or "".join(part[0] for part in parts) != said:
        raise UnreadError(f"counts “{said}”")
    total, levels = as_span(0), [0.0]
    for part in parts:
        if part["name"] not in counts:
            raise WrongError(f"{part['name']} is not what the standard counts: {list(counts)}")
        same("the points for each", str(counts[part["name"]]), part["each"])
        same("how many", part["n"], part["n2"])
        number = exact(part["n"])
        total = total + number * counts[part["name"]]
        levels.append(counts[part["name"]] if plain(part["n"]) > 0 else 0.0)
    return as_span(max(levels)) if highest else total


def _deduction(text: str) -> Standard:
    found, rest = _said(text, "满分 {points#} 分，{counts}，" + FLOOR + "。")
    points, floor = plain(found["points"]), floor_of(found)
    counts = _counts(found["counts"], "扣")

    def of_reason(reason: str) -> Span:
        less = re.search(r"，((?:扣|减|应扣|应减) [\d.]+ 分，.*)$", reason)
        if less is None:
            raise UnreadError(reason)
        return left(less[1], points, _summed(reason[: less.start()], counts), floor)

    one = next(iter(counts.values()))
    return Standard(points, of_reason, rest, lambda value: (points - value * one).within(floor, points))


def _count_cap(text: str) -> Standard:
    found, rest = _said(
        text,
        "{counts}<<，|；>>只计最高一级，不累计，<<<<最高|最多扣>> {cap#} 分|不封顶>>。",
        "{counts}，<<<<最高|最多扣>> {cap#} 分|不封顶>>。",
    )
    highest = "只计最高一级" in found[0]
    verb = "扣" if re.search(r"扣 \d", found["counts"]) else "得"
    counts = _counts(found["counts"], verb)
    cap = plain(found["cap"]) if found["cap"] else float("inf")

    def of_reason(reason: str) -> Span:
        said = must_be(
            reason,
            "{counts}，合计 {sum#} 分，<<最高|最多扣>> {cap#} 分，" + GIVES_OF,
            "{counts}，只计最高一级，" + GIVES_OF,
            "{counts}，" + GIVES_OF,
            "{counts}，" + GIVES,
        )
        summed = _summed(said["counts"], counts, highest=highest)
        if said.groupdict().get("cap"):
            same("the cap", found["cap"], said["cap"])
            if not summed.meets(exact(said["sum"])) or summed.high < cap:
                raise WrongError(f"{said['sum']} points in all, {summed} by the standard")
        return summed.within(0.0, cap)

    one = next(iter(counts.values()))
    if max(counts.values()) > cap:
        raise WrongError(f"{max(counts.values())} points for one, at most {cap}")
    return Standard(cap, of_reason, rest, lambda value: (value * one).within(0.0, cap))


def _escalation(text: str) -> Standard:
    found, rest = _said(
        text,
        "满分 {points#} 分，{value}第 1 {unit}扣 {first#} 分，以后每 1 {unit2}的扣分为上 1 {unit3}的两倍，扣完为止。",
        "满分 {points#} 分，{value} 1 {unit}扣 {first#} 分，2 {unit2}及以上不得分。",
    )
    points, first, doubles = plain(found["points"]), plain(found["first"]), "两倍" in found[0]

    def of_value(value: Span) -> Span:
        times = min(int(value.low + 0.5), 60)
        lost = first * (2.0**times - 1) if doubles else (0.0, first, points)[min(times, 2)]
        return as_span(max(points - lost, 0.0))

    def of_reason(reason: str) -> Span:
        if told := is_all(reason, "{name} {value@}，累计{less}"):
            times = min(int(exact(told["value"]).low + 0.5), 60)
            due = first * (2.0**times - 1) if doubles else first
            return left(told["less"], points, as_span(due), 0.0)
        told = must_be(reason, "{name} {value@}，" + GIVES)
        return of_value(exact(told["value"]))

    return Standard(points, of_reason, rest, of_value)


def _veto_item(text: str) -> Standard:
    found, rest = _said(
        text,
        "{value}：填“{answer}”得 {points#} 分，填“{other}”的，本项不得分。",
        "{value}：{when}的，本项不得分；没有这种情形的得 {points#} 分。",
        "{value}为 0 的得 {points#} 分，大于 0 的，本项不得分。",
    )
    points = plain(found["points"])

    def of_reason(reason: str) -> Span:
        if told := is_all(reason, "{name}填“{answer}”，本项不得分", "{name}：有所列情形，本项不得分"):
            if told.groupdict().get("answer") != said.get("other"):
                raise WrongError(f"not what the standard says: {reason}")
            return as_span(0)
        if plain(must_be(reason, "{name} {value@}，本项不得分")["value"]) <= 0:
            raise WrongError(f"no points though nothing happened: {reason}")
        return as_span(0)

    def of_value(value: Span) -> Span:
        return as_span(0.0 if value.low > 0 else points)

    said = found.groupdict()
    when, answer = said.get("when") or "", said.get("answer") or ""
    return Standard(points, of_reason, rest, of_value, when=when, answer=answer, turned=True)


# ------------------------------------------------------------ slopes


def _mode(said: str, step: str) -> str:
    for size in re.findall(rf"({NUMBER}(?:%|\s*个百分点)?)", said):
        same("the step", step, size)
    return "floor" if "不扣" in said or "不计" in said else "linear" if "比例" in said else "ceil"


def _slope(text: str) -> Standard:
    found, rest = _said(
        text,
        "{value}<<达到|不超过>> {target@}得 {points#} 分，每<<低|高>> {step@}扣 {each#} 分，不足 {step2@}的{mode}"
        "[[，<<低于|高于>> {bend@}的部分每<<低|高>> {step3@}扣 {each2#} 分]]，" + FLOOR + "[[；<<低于|高于>> {cliff@}的"
        "<<得 {left#} 分|不得分>>]]。",
    )
    said = found.groupdict()
    same("the step", said["step"], said["step2"])
    same("the step", said["step"], said["step3"] or said["step"])
    points, each, floor = plain(said["points"]), plain(said["each"]), floor_of(found)
    target, size, mode = plain(said["target"]), plain(said["step"]), _mode(said["mode"], said["step"])
    is_below = "每低" in found[0]
    cliff, bend = (plain(said[name]) if said[name] else None for name in ("cliff", "bend"))

    def steps_apart(value: Span) -> tuple[Span, Span]:
        """How far a value is from the target up to the bend, and how far beyond it."""
        turned = 1.0 if is_below else -1.0
        near = value
        if bend is not None:
            near = value.each(lambda v: max(v, bend) if is_below else min(v, bend))
        beyond = as_span(0) if bend is None else ((bend - value) * turned).each(lambda gap: max(gap, 0.0))
        return ((target - near) * turned).each(lambda gap: max(gap, 0.0)), beyond

    def of_value(value: Span) -> Span:
        first, second = (counted(gap, size, mode) for gap in steps_apart(value))
        score = (points - first * each - second * plain(said["each2"] or "0")).within(floor, points)
        if cliff is None:
            return score
        beyond = [(end < cliff) if is_below else (end > cliff) for end in (value.low, value.high)]
        least = as_span(plain(said["left"]) if said["left"] else floor)
        return least if all(beyond) else score if not any(beyond) else either(score, least)

    side, other = ("低于", "以下") if is_below else ("高于", "以上")
    sign = 1.0 if is_below else -1.0

    def rate(said_of: str, gap: Span, cost: float) -> Span:
        """What one slope takes off: 每低 10 个百分点扣 0.25 分（按 20 个百分点计）."""
        verb = "低" if is_below else "高"
        told = must_be(said_of, f"每{verb} {{step@}}扣 {{each#}} 分[[（按 {{whole@}}计）]]")
        same("the step", said["step"], told["step"])
        if plain(told["each"]) != cost:
            raise WrongError(f"{told['each']} points a step, {cost} by the standard")
        number = counted(gap, size, mode)
        if told["whole"] and not (number * size).meets(exact(told["whole"])):
            raise WrongError(f"{told['whole']} counted, {number} steps by the standard")
        return number * cost

    def of_reason(reason: str) -> Span:
        if told := is_all(reason, "{name} {value@}，<<低于|高于>> {cliff@}，" + GIVES):
            value = beside(told["value"], side, told["cliff"])
            same("the line beyond which nothing is left", said["cliff"] or "", told["cliff"])
            return of_value(value)
        if told := is_all(reason, "{name} {value@}，<<达到|不超过>> {target@}，" + GIVES):
            same("the target", said["target"], told["target"])
            return of_value(beside(told["value"], "达到" if is_below else "不超过", told["target"]))
        told = must_be(reason, "{name} {value@}，比 {target@}<<低|高>> {gap@}，{rates}，{less}")
        less = re.search(r"，((?:扣|减|应扣|应减) [\d.]+ 分，.*)$", reason)
        same("the target", said["target"], told["target"])
        value = beside(told["value"], side, told["target"])
        if not ((target - value) * sign).meets(exact(told["gap"])):
            raise WrongError(f"{told['gap']} between {told['value']} and {told['target']}")
        rates = reason[told.start("rates") : less.start() if less else None]
        nearer = "以上" if is_below else "以下"
        bent = is_all(rates, f"{{bend@}}{nearer}的 {{near@}}，{{one}}，{other}的 {{far@}}，{{two}}")
        first, second = steps_apart(value)
        if bent is None:
            due = rate(rates, first, each)
            if second.high > 1e-9:
                raise WrongError(f"nothing of what is beyond {said['bend']}: {reason}")
        else:
            same("where the second slope begins", said["bend"] or "", bent["bend"])
            if not first.meets(exact(bent["near"])) or not second.meets(exact(bent["far"])):
                raise WrongError(f"{bent['near']} and {bent['far']}, by the standard {first} and {second}")
            due = rate(bent["one"], first, each) + rate(bent["two"], second, plain(said["each2"] or "0"))
        return left(less[1] if less else "", points, due, floor)

    return Standard(points, of_reason, rest, of_value)


def _linear(text: str) -> Standard:
    found, rest = _said(
        text,
        "{value}<<达到|不超过>> {full@}<<得|扣>> {points#} 分，{zero@}及以<<上|下>><<不得分|不扣分>>，"
        "其间按比例（线性）计分。",
    )
    points, zero, full = plain(found["points"]), plain(found["zero"]), plain(found["full"])

    def of_value(value: Span) -> Span:
        way = (value - zero) / (full - zero)
        return points * Span(min(way.low, way.high), max(way.low, way.high)).within(0.0, 1.0)

    def of_reason(reason: str) -> Span:
        rises = full > zero
        if told := is_all(reason, "{name} {value@}，<<未超过|不低于>> {zero@}，" + GIVES):
            same("the line of nothing", found["zero"], told["zero"])
            return of_value(beside(told["value"], "未超过" if rises else "不低于", told["zero"]))
        if told := is_all(reason, "{name} {value@}，<<达到|不超过>> {full@}，" + GIVES):
            same("the line of all", found["full"], told["full"])
            return of_value(beside(told["value"], "达到" if rises else "不超过", told["full"]))
        told = must_be(reason, "{name} {value@}，<<低于|高于>> {full@}，<<得|扣>> {sum} = {score#} 分")
        same("the line of all", found["full"], told["full"])
        value, least, most = told["value"], found["zero"], told["full"]
        if rises:
            is_sum(told["sum"], found["points"], "×（", value, "−", least, "）÷（", most, "−", least, "）")
        else:
            is_sum(told["sum"], found["points"], "×（", least, "−", value, "）÷（", least, "−", most, "）")
        return of_value(beside(value, "低于" if rises else "高于", most))

    return Standard(points, of_reason, rest, of_value)


def _proportional(text: str) -> Standard:
    found, rest = _said(
        text,
        "{value}达到 {target@}<<得|扣>> {points#} 分，"
        "未达到的按所占比例<<得|扣>>分（{points2#} × {value2} ÷ {target2@}）"
        "[[；低于 {cliff@}<<不得分|不扣分>>]]。",
        "{value}不超过 {target@}<<得|扣>> {points#} 分，超过的按比例<<得|扣>>分（{points2#} × {target2@} ÷ {value2}）"
        "[[；高于 {cliff@}<<不得分|不扣分>>]]。",
    )
    same("the target", found["target"], found["target2"])
    same("the points", found["points"], found["points2"])
    points, target = plain(found["points"]), plain(found["target"])
    rises = "未达到的" in found[0]
    cliff = plain(found["cliff"]) if found["cliff"] else None

    def of_value(value: Span) -> Span:
        share = value / target if rises else as_span(1) if value.high <= target else target / value
        score = points * share.within(0.0, 1.0)
        if cliff is None:
            return score
        beyond = [(end < cliff) if rises else (end > cliff) for end in (value.low, value.high)]
        return as_span(0) if all(beyond) else score if not any(beyond) else either(score, as_span(0))

    def of_reason(reason: str) -> Span:
        word = "低于" if rises else "高于"
        if told := is_all(reason, "{name} {value@}，<<低于|高于>>目标 {target@}，<<得|扣>> {sum} = {score#} 分"):
            same("the target", found["target"], told["target"])
            value, line = told["value"], told["target"]
            above, below = (value, line) if rises else (line, value)
            is_sum(told["sum"], found["points"], "×", above, "÷", below)
            return of_value(beside(value, word, line))
        if told := is_all(reason, "{name} {value@}，<<达到|不超过>>目标 {target@}，" + GIVES):
            same("the target", found["target"], told["target"])
            return of_value(beside(told["value"], "达到" if rises else "不超过", told["target"]))
        told = must_be(reason, "{name} {value@}，<<低于|高于>> {cliff@}，" + GIVES)
        same("the line below which there is nothing", found["cliff"] or "", told["cliff"])
        return of_value(beside(told["value"], word, told["cliff"]))

    return Standard(points, of_reason, rest, of_value)


_BAND = re.compile(
    r"(?P<word>达到|不超过) (?P<mark>[−-]?[\d,]+(?:\.\d+)?(?:%|\s*[^\d\s，。；]+?)??)\s*(?:的)?"
    r"(?:(?:得|扣) (?P<score>[−-]?\d+(?:\.\d+)?) 分|不得分|不扣分)"
)


def _tiers(text: str) -> Standard:
    found, rest = _said(text, "按{value}分档<<计|扣>>分：{bands}；其余<<<<得|扣>> {other#} 分|不得分|不扣分>>。")
    bands = [
        (one["word"] == "达到", plain(one["mark"]), plain(one["score"] or "0"))
        for one in _BAND.finditer(found["bands"])
    ]
    if len(bands) != found["bands"].count("；") + 1:
        raise UnreadError(f"bands “{found['bands']}”")
    other = plain(found["other"] or "0")

    def at(value: float) -> float:
        return next((score for up, mark, score in bands if (value >= mark if up else value <= mark)), other)

    def of_value(value: Span) -> Span:
        ends = at(value.low), at(value.high)
        return Span(min(ends), max(ends))

    def of_reason(reason: str) -> Span:
        rises = bands[0][0]
        if told := is_all(reason, "{name} {value@}，<<未达到|超过>> {mark@}，" + GIVES_OF):
            word = "未达到" if rises else "超过"
        else:
            told = must_be(
                reason,
                "{name} {value@}，属最好一档（<<达到|不超过>> {mark@}），" + GIVES_OF,
                "{name} {value@}，属“<<达到|不超过>> {mark@}”一档，" + GIVES_OF,
            )
            word = "达到" if rises else "不超过"
        if plain(told["mark"]) not in [mark for _, mark, _ in bands]:
            raise WrongError(f"{told['mark']} is no line of the standard")
        return of_value(beside(told["value"], word, told["mark"]))

    return Standard(max(other, *(score for _, _, score in bands)), of_reason, rest, of_value)


def _late(text: str) -> Standard:
    ends = "扣 {each#} 分[[，不足 {every2@}的{mode}]]，" + FLOOR
    found, rest = _said(
        text,
        "{value}不迟于考核年度[[{next}年]] {month#} 月 {day#} 日得 {points#} 分，每迟 {every@}" + ends + "；"
        "始终未报送（未完成）的不得分。",
        "{value}不超过 {allowed@}得 {points#} 分，每超 {every@}" + ends + "。",
    )
    said = found.groupdict()
    points, each, floor, every = plain(said["points"]), plain(said["each"]), floor_of(found), plain(said["every"])
    same("the period", said["every"], said["every2"] or said["every"])
    mode = _mode(said["mode"], said["every"]) if said["mode"] else "ceil"

    def of_reason(reason: str) -> Span:
        if is_all(reason, "始终未报送（未完成），" + GIVES):
            return as_span(0)
        if is_all(reason, "按期完成，" + GIVES):
            return as_span(points)
        told = must_be(
            reason,
            "{name}为 {day}，期限 {due}，迟 {over@}，{rate}，{less}",
            "{name} {value@}，超过 {allowed@}，超 {over@}，{rate}，{less}",
        )
        less = re.search(r"，((?:扣|减|应扣|应减) [\d.]+ 分，.*)$", reason)
        if "due" in told.groupdict():
            due = day(told["due"])
            if (due.month, due.day) != (plain(said["month"]), plain(said["day"])):
                raise WrongError(f"due {told['due']}, {said['month']}-{said['day']} by the standard")
            over = as_span((day(told["day"]) - due).days)
        else:
            same("what is allowed", said["allowed"], told["allowed"])
            over = beside(told["value"], "超过", told["allowed"]) - plain(told["allowed"])
        if not over.meets(exact(told["over"])) or over.high <= 0:
            raise WrongError(f"{told['over']}: {reason}")
        rate = must_be(
            reason[told.start("rate") : less.start() if less else None],
            "每<<迟|超>> {every@}扣 {each#} 分[[（按 {whole@}计）]]",
        )
        same("the period", said["every"], rate["every"])
        same("the points for each", said["each"], rate["each"])
        number = counted(over, every, mode)
        if rate["whole"] and not (number * every).meets(exact(rate["whole"])):
            raise WrongError(f"{rate['whole']} counted, {number} periods by the standard")
        return left(less[1] if less else "", points, number * each, floor)

    return Standard(points, of_reason, rest)


# ------------------------------------------------------------ among others


def _relative(text: str) -> Standard:
    found, rest = _said(
        text,
        "按{value}与同组最<<高|低>>值比较：最<<高|低>>的得 {points#} 分，其余按<<所占|>>比例得分（{sum}）。",
        "按{value}在同组从<<高到低|低到高>>排名：第 1 名得 {points#} 分，每降 1 名扣 {each#} 分，" + FLOOR + "；"
        "并列的同取较前名次。",
        "{value}<<达到|不超过>>同组平均值得 {points#} 分，<<低于|高于>>的按<<所占|>>比例得分（{sum}）。",
    )
    said = found.groupdict()
    points = plain(said["points"])
    floor = floor_of(found)
    if said.get("sum"):
        same("the points", said["points"], said["sum"])
    rises = "最高值 " in found[0] or "÷ 最高值" in found[0] or "÷ 平均值" in found[0] or "从高到低" in found[0]

    def of_reason(reason: str) -> Span:
        place = "{name} {value@}，居同组第 {place#} 名（共 {n#} 个单位），"
        if told := is_all(
            reason,
            place + "<<得|扣>> {points#} − {behind#} × {each#} = {score#} 分",
            place + "应<<扣|减>> {behind#} × {each#} = {due#} 分，" + FLOOR + "，" + GIVES,
        ):
            same("the points for each place", said["each"] or "", told["each"])
            behind = plain(told["place"]) - 1
            if behind != plain(told["behind"]) or plain(told["n"]) < plain(told["place"]):
                raise WrongError(f"{told['behind']} places behind at place {told['place']} of {told['n']}")
            due, figures = behind * plain(told["each"]), told.groupdict()
            if "due" not in figures:
                same("the points", said["points"], told["points"])
            elif not exact(told["due"]).holds(due) or floor_of(told) != floor or points - due > floor + 1e-9:
                raise WrongError(f"{due} to take off: {reason}")
            return as_span(points - due).within(floor, points)
        if is_all(reason, "{name} {value@}，与同组比较" + GIVES_OF):  # nobody to compare with
            return Span(floor, points)
        beside_others = "{name} {value@}，同组<<最高|最低|平均>>[[值]] {mark@}[[（{n#} 个单位的平均数）]]，"
        told = must_be(
            reason,
            beside_others + "<<得|扣>> {sum} = {score#} 分",
            beside_others + GIVES,
        )
        value, line = told["value"], told["mark"]
        above, below = (value, line) if rises else (line, value)
        if told.groupdict().get("sum"):
            is_sum(told["sum"], said["points"], "×", above, "÷", below)
        if not rises and plain(value) <= 0:
            return as_span(points)
        if plain(below) <= 0:
            return as_span(0)
        return points * (exact(above) / exact(below)).within(0.0, 1.0)

    return Standard(points, of_reason, rest)


def _normalised(text: str) -> Standard:
    equal = "；同组各单位都相同的<<得 {equal#} 分|不得分>>。"
    found, rest = _said(
        text,
        "按{value}在同组最低值与最高值之间的位置计分（{way}）：最好的得 {points#} 分，"
        "最差的<<得 0 分|不得分>>，其间按比例" + equal,
        "按{value}的标准分计分（{way}）：等于同组平均值得 {mean_at#} 分，每好一个标准差加 {each#} 分，每差一个标准差减"
        " {each2#} 分，最低 0 分，最高 {points#} 分" + equal,
        "按{value}在同组的百分位计分（{way}）：{points#} × 同组其余单位中比它差的所占比例，相同的按一半计" + equal,
    )
    said = found.groupdict()
    points, falls = plain(said["points"]), "越小越好" in said["way"]

    def of_reason(reason: str) -> Span:
        if told := is_all(reason, "{name} {value@}，同组各单位都相同，按规定" + GIVES_OF):
            return as_span(plain(said["equal"] or "0"))
        if is_all(reason, "{name} {value@}，与同组比较" + GIVES_OF):  # nobody to compare with
            return Span(0.0, points)
        if told := is_all(
            reason,
            "{name} {value@}，同组（{n#} 个单位）最好 {best@}、最差 {worst@}，<<得|扣>> {sum} = {score#} 分",
            "{name} {value@}，同组（{n#} 个单位）最好 {best@}、最差 {worst@}，" + GIVES_OF,
        ):
            value, best, worst = told["value"], told["best"], told["worst"]
            if "sum" not in told.groupdict():
                same("nothing is for the worst", value, worst)
            elif falls:
                is_sum(told["sum"], said["points"], "×（", worst, "−", value, "）÷（", worst, "−", best, "）")
            else:
                is_sum(told["sum"], said["points"], "×（", value, "−", worst, "）÷（", best, "−", worst, "）")
            way = (exact(value) - exact(worst)) / (exact(best) - exact(worst))
            return points * way.within(0.0, 1.0)
        if told := is_all(
            reason,
            "{name} {value@}，同组平均 {mean@}（{n#} 个单位的平均数），标准差 {deviation@}，"
            "比平均{word} {z#} 个标准差，{rest}",
        ):
            sign = {"好": 1.0, "差": -1.0}[told["word"]]
            better = (plain(told["value"]) - plain(told["mean"])) * (-1.0 if falls else 1.0)
            if better * sign < 0:
                raise WrongError(f"{told['value']} beside a mean of {told['mean']}: {reason}")
            # Mean, deviation and z are each rounded: only as far as they are printed do they go together.
            z = (read(told["value"], 2) - read(told["mean"], 2)) / read(told["deviation"], 2)
            if not (z * (-1.0 if falls else 1.0) * sign).meets(read(told["z"], 2)):
                raise WrongError(f"{told['z']} standard deviations, {z}")
            score = (plain(said["mean_at"]) + exact(told["z"]) * plain(said["each"]) * sign).within(0.0, points)
            if summed := is_all(told["rest"], "<<得|扣>> {sum} = {score#} 分"):
                is_sum(summed["sum"], said["mean_at"], "+" if sign > 0 else "−", told["z"], "×", said["each"])
            else:
                must_be(told["rest"], GIVES_OF)
            return score
        told = must_be(
            reason,
            "{name} {value@}，好于同组其余 {others#} 个单位中的 {worse#} 个，与 {equal#} 个相同，"
            "<<得|扣>> {sum} = {score#} 分",
        )
        counts = plain(told["worse"]) + plain(told["equal"]) / 2
        is_sum(told["sum"], said["points"], "×", f"{counts:g}", "÷", told["others"])
        return as_span(points * counts / plain(told["others"]))

    return Standard(points, of_reason, rest)


def _improvement(text: str) -> Standard:
    other = "<<得 {other#} 分|不得分>>"
    found, rest = _said(
        text,
        "{value}比上年<<提高|降低>>超过 {over@}得 {points#} 分，否则" + other + "。",
        "{value}比上年<<提高|降低>> {mark@}及以上得 {points#} 分，否则" + other + "。",
        "{value}不<<低|高>>于上年得 {points#} 分，否则" + other + "。",
        "{value}比上年<<提高|下降>>得 {points#} 分，持平或<<降低|上升>>" + other + "。",
        "{value}与上年持平得 {start#} 分，每<<提高|降低>> {step@}加 {each#} 分，"
        "每<<提高|降低>> {step2@}减 {each2#} 分，"
        "不足 {step3@}的{mode}，最高 {points#} 分，" + FLOOR + "。",
    )
    said = found.groupdict()
    points = plain(said["points"])
    if said.get("start"):
        same("the step", said["step"], said["step2"])
        same("the step", said["step"], said["step3"])
        same("the points a step", said["each"], said["each2"])
        rises = bool(re.search(r"每提高[^，]*加", found[0]))
    else:
        rises = bool(re.search(r"比上年提高|不低于上年", found[0]))

    def of_gain(gain: Span) -> Span:
        if said.get("start"):
            size, mode = plain(said["step"]), _mode(said["mode"], said["step"])
            moved = counted(gain, size, mode) - counted(-gain, size, mode)
            return (plain(said["start"]) + moved * plain(said["each"])).within(floor_of(found), points)
        mark = plain(said.get("over") or said.get("mark") or "0")
        strict = said.get("over") is not None or "持平或" in found[0]
        ends = [(end > mark + 1e-12) if strict else (end >= mark - 1e-12) for end in (gain.low, gain.high)]
        rest_of = plain(said.get("other") or "0")
        gives = [points if end else rest_of for end in ends]
        return Span(min(gives), max(gives))

    def of_reason(reason: str) -> Span:
        told = must_be(
            reason,
            "{name} {value@}，与上年持平，{taken}",
            "{name} {value@}，上年 {previous@}，<<提高|降低|下降|上升>> {gap@}，{taken}",
        )
        up = as_span(0)
        if "previous" in told.groupdict():
            up = exact(told["value"]) - exact(told["previous"])
            went_up = bool(re.search(rf"上年 {re.escape(told['previous'])}，(?:提高|上升)", reason))
            if not (up if went_up else -up).meets(exact(told["gap"])) or plain(told["gap"]) <= 0:
                raise WrongError(f"{told['gap']} from {told['previous']} to {told['value']}")
        gain = up if rises else -up
        taken(told["taken"], gain)
        return of_gain(gain)

    def taken(text: str, gain: Span) -> None:
        """What the change is worth, in words: every figure must be that of the standard."""
        if not said.get("start"):
            told = must_be(
                text,
                "<<提高|降低>>未超过 {most@}，" + GIVES,
                "未<<提高|降低>> {least@}，" + GIVES,
                "<<达到|超过>> {mark@}，" + GIVES,
                GIVES,
            ).groupdict()
            line = told.get("mark") or told.get("most") or told.get("least")
            if line is not None:
                same("the line", said.get("mark") or said.get("over") or "", line)
                if gain.low > plain(line) + 1e-9 and not told.get("mark"):
                    raise WrongError(f"{gain}: {text}")
                if ("提高" in text) is not rises and not told.get("mark"):
                    raise WrongError(f"the other way than the standard: {text}")
            return
        if is_all(text, GIVES):
            return
        size, mode = plain(said["step"]), _mode(said["mode"], said["step"])
        moved = (counted(gain, size, mode) - counted(-gain, size, mode)) * plain(said["each"])
        rate = "每<<提高|降低>> {step@}<<加|减>> {each#} 分[[（按 {whole@}计）]]，"
        end = must_be(
            text,
            rate + "<<加|减>> {moved#} 分，<<得|扣>> {start#} <<+|−>> {moved2#} = {score#} 分",
            rate
            + "应<<加|减>> {due#} 分，<<最高 {most#} 分|扣完为止|最低 {least#} 分|最多倒扣 {below#} 分>>，"
            + GIVES,
        )
        same("the step", said["step"], end["step"])
        same("the points a step", said["each"], end["each"])
        figures = end.groupdict()
        if figures.get("start"):
            same("the points to begin with", said["start"], figures["start"])
            same("what is added", figures["moved"], figures["moved2"])
        word = "加" if re.search(r"，应?加 ", text) else "减"
        if not (moved if word == "加" else -moved).meets(read(figures.get("moved") or figures["due"], 2)):
            raise WrongError(f"{moved} points by the standard: {text}")

    return Standard(points, of_reason, rest)


def _rating(text: str) -> Standard:
    found, rest = _said(
        text,
        "{asks}：{how}；{name}达到 {full@}得 {points#} 分，每低 {step@}扣 {each#} 分，不足 {step2@}的{mode}，"
        + FLOOR
        + "。",
        "{asks}：{how}；{name}达到 {full@}得 {points#} 分，未达到的按所占比例得分（{points2#} × {name2} ÷ {full2@}）。",
    )
    said = found.groupdict()
    points, full = plain(said["points"]), plain(said["full"])
    same("the step", said.get("step") or "0", said.get("step2") or "0")
    if said.get("points2"):
        same("the points", said["points"], said["points2"])
        same("the index for all points", said["full"], said["full2"])

    def of_value(value: Span) -> Span:
        if said.get("step"):
            steps = counted(full - value, plain(said["step"]), _mode(said["mode"], said["step"]))
            return (points - steps * plain(said["each"])).within(floor_of(found), points)
        return points * (value / full).within(0.0, 1.0)

    def of_reason(reason: str) -> Span:
        if told := is_all(reason, "{name} {index@}（共 {votes#} 票），达到 {full@}，" + GIVES):
            same("the index for all points", said["full"], told["full"])
            return of_value(beside(told["index"], "达到", told["full"]))
        if told := is_all(reason, "{name} {index@}（共 {votes#} 票），低于 {full@}，<<得|扣>> {sum} = {score#} 分"):
            same("the index for all points", said["full"], told["full"])
            is_sum(told["sum"], said["points"], "×", told["index"], "÷", told["full"])
            return of_value(beside(told["index"], "低于", told["full"]))
        told = must_be(reason, "{name} {index@}（共 {votes#} 票），比 {full@}低 {gap@}，{rate}，{less}")
        same("the index for all points", said["full"], told["full"])
        gap = full - beside(told["index"], "低于", told["full"])
        if not gap.meets(exact(told["gap"])):
            raise WrongError(f"{told['gap']} from {told['index']} to {told['full']}")
        less = re.search(r"，((?:扣|减|应扣|应减) [\d.]+ 分，.*)$", reason)
        rate = must_be(
            reason[told.start("rate") : less.start() if less else None],
            "每低 {step@}扣 {each#} 分[[（按 {whole@}计）]]",
        )
        same("the step", said["step"], rate["step"])
        same("the points a step", said["each"], rate["each"])
        number = counted(gap, plain(said["step"]), _mode(said["mode"], said["step"]))
        if rate["whole"] and not (number * plain(said["step"])).meets(exact(rate["whole"])):
            raise WrongError(f"{rate['whole']} counted, {number} steps by the standard")
        return left(less[1] if less else "", points, number * plain(said["each"]), floor_of(found))

    return Standard(points, of_reason, rest, of_value)


def _judged(text: str) -> Standard:
    found, rest = _said(
        text,
        "由{who}打分，{how}，最低 {low#} 分，最高 {high#} 分；打分须写明理由。",
        "由{who}打分，{how}，<<最低|最少扣>> {low#} 分，<<最高|最多扣>> {high#} 分；打分须写明理由。",
    )
    low, high = plain(found["low"]), plain(found["high"])
    if "不去" in found["how"] and "不足 3 人的不去" not in found["how"]:
        raise WrongError(f"two marks, and the highest and the lowest are dropped: {found['how']}")

    def of_reason(reason: str) -> Span:
        told = must_be(reason, "{n#} 名评审打分 {marks}，{how}，" + GIVES_OF)
        least = re.search(r"不少于 (\d+) 名", found["who"])
        if least is not None and plain(told["n"]) < plain(least[1]):
            raise WrongError(f"{told['n']} reviewers, {least[1]} by the standard")
        marks = sorted(plain(one) for one in told["marks"].split("、"))
        if len(marks) != plain(told["n"]):
            raise WrongError(f"{told['n']} reviewers, {len(marks)} marks")
        if "中位数" in found["how"]:
            return as_span(median(marks)).within(low, high)
        if "去掉" in found["how"] and len(marks) >= 3:
            marks = marks[1:-1]
        mean = sum(marks) / len(marks)
        return Span(mean - 0.00005, mean + 0.00005).within(low, high)  # marks have four decimals at most

    return Standard(high, of_reason, rest)


_WORTH = re.compile(r"(?P<name>[^、：；]+?) (?P<worth>[\d.]+%?)(?:、|，|$)")
_GROUPS = re.compile(r"再按权重（(?P<groups>[^（）]*)）")


def index_of(standard: str, votes: tuple[float, ...], reason: str) -> None:
    """The index of a rating that a reason prints is that of the votes, by the worths and weights of the standard."""
    printed = re.search(rf"({NUMBER}%?)（共 (\d+) 票）", reason)
    found, _ = _said(standard, "{asks}：{how}；{name}达到 {full@}得 {points#} 分")
    if printed is None:
        return
    if plain(printed[2]) != sum(votes):
        raise WrongError(f"{printed[2]} votes, {sum(votes)} were cast")
    how, said_groups = found["how"], _GROUPS.search(found["how"])
    weights = (
        [plain(one) for one in re.findall(r" ([\d.]+%?)(?:、|$)", said_groups["groups"])] if said_groups else [1.0]
    )
    size = len(votes) // len(weights)
    blocks = [votes[at : at + size] for at in range(0, len(votes), size)]
    levels = _WORTH.findall(how.partition("，")[0])
    if levels:
        worths = [plain(worth) for _, worth in levels]
    else:  # a rate: the levels that count are named, the best ones first
        good = how.partition("的票数占")[0].count("“")
        worths = [1.0] * good + [0.0] * (size - good)
    if len(worths) != size:
        raise UnreadError(f"{len(worths)} levels, {size} votes: {standard}")
    means = [sum(w * v for w, v in zip(worths, block, strict=True)) / sum(block) for block in blocks if sum(block)]
    there = [weight for weight, block in zip(weights, blocks, strict=True) if sum(block)]
    index = sum(w * mean for w, mean in zip(there, means, strict=True)) / sum(there)
    if not read(printed[1], 2).holds(index):
        raise WrongError(f"an index of {printed[1]}, {index} by the votes")


READERS: Mapping[str, Callable[[str], Standard]] = MappingProxyType(
    {
        "all_or_nothing": _all_or_nothing,
        "as_given": _as_given,
        "checklist": _checklist,
        "choice": _choice,
        "count_cap": _count_cap,
        "deduction": _deduction,
        "escalation": _escalation,
        "excess": _slope,
        "improvement": _improvement,
        "judged": _judged,
        "late": _late,
        "linear": _linear,
        "normalised": _normalised,
        "proportional": _proportional,
        "rating": _rating,
        "relative": _relative,
        "shortfall": _slope,
        "tiers": _tiers,
        "veto_item": _veto_item,
    }
)


@cache
def standard_of(kind: str, text: str) -> Standard:
    """What a standard says, by the reader of its kind."""
    return READERS[kind](text)


@cache
def any_standard(text: str) -> Standard:
    """The standard of a kind that is not named: of a small sample, or of a group. One reader must understand it."""
    found = []
    for reader in dict.fromkeys(READERS.values()):
        try:
            found.append(reader(text))
        except UnreadError:
            continue
    if not found:
        raise UnreadError(f"standard “{text}”")
    return min(found, key=lambda one: len(one.rest))
