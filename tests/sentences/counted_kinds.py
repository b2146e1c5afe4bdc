"""Readers of what is counted, chosen or judged: conditions, parts, options, counts, marks."""

import re
from collections.abc import Mapping
from math import isnan
from statistics import median

from sentences.figures import Span, UnreadError, WrongError, as_span, days_as_numbers, exact, plain
from sentences.outcomes import FLOOR, GIVES, GIVES_OF, floor_of, given, left, same
from sentences.patterns import begins, is_all, must_be
from sentences.standard import SIDES, Standard, begin, beside

_LINES = ("达到", "不超过", "超过", "低于")  # the longer of two first, where one is in the other
_MISSED = ("未达到", "未超过", "不低于")  # and 超过


def all_or_nothing(text: str) -> Standard:
    further = "[[；{field}每 1 {unit}另扣 {each#} 分，" + FLOOR + "]]"
    none = "<<不得分|不扣分>>"
    found, rest = begin(
        days_as_numbers(text),
        *(f"{{value}}{one} {{mark@}}<<得|扣>> {{points#}} 分，否则{none}{further}。" for one in _LINES),
        "{value}：填“{answer}”<<得|扣>> {points#} 分，填“{other}”" + none + further + "。",
        "{value}不为 0 的<<得|扣>> {points#} 分，否则" + none + further + "。",
        "{value}：{when}的，<<得|扣>> {points#} 分，否则" + none + further + "。",
    )
    said = found.groupdict()
    points, each = plain(said["points"]), plain(said.get("each") or "0")
    floor = floor_of(found)

    def of_value(value: Span) -> Span:
        if "mark" not in said:
            raise UnreadError("a yes or no has no line")
        line = next(one for one in _LINES if re.search(rf"{one} {re.escape(said['mark'])}", found[0]))
        ends = [SIDES[line](v, plain(said["mark"])) for v in (value.low, value.high)]
        return Span(min(ends) * points, max(ends) * points)

    def of_why(why: str) -> Span:
        """The points before anything else is taken off."""
        if answered := is_all(why, "{name}填“{answer}”"):
            return as_span(points if answered["answer"] == said.get("answer") else 0)
        if is_all(why, "{name}<<为 0|：始终未报送（未完成）>>"):
            return as_span(0)
        if is_all(why, "{name}不为 0"):
            return as_span(points)
        if is_all(why, "{name}：<<不符合|符合>>条件"):
            return as_span(0 if "：不符合" in why else points)
        told = must_be(why, *(f"{{name}} {{value@}}，{one} {{mark@}}" for one in (*_LINES, *_MISSED))).groupdict()
        word = next(word for word in (*_LINES, *_MISSED) if f"，{word}" in why)
        same("the line", said.get("mark") or "", told["mark"])
        return of_value(beside(told["value"], word, told["mark"]))

    def of_reason(reason: str) -> Span:
        reason = days_as_numbers(reason)
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

    has_line = "mark" in said
    is_alone = not said.get("each")
    return Standard(
        points,
        of_reason,
        rest,
        of_value if has_line else None,
        when=(said.get("when") or "") if is_alone else "",
        answer=(said.get("answer") or "") if is_alone else "",
    )


def as_given(text: str) -> Standard:
    found, rest = begin(
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


_ALSO_OFF = "另有 {m#} 项填“是”的扣分：{off}，"


def checklist(text: str) -> Standard:
    alike = begins(
        text,
        "共 {n#} 项：{parts}。齐全得 {points#} 分，每缺 1 项扣 {each#} 分，[[" + _ALSO_OFF + "]]" + FLOOR + "。",
        "共 {n#} 项：{parts}。每具备 1 项<<得|扣>> {each#} 分，<<最高|最多扣>> {points#} 分。"
        "[[" + _ALSO_OFF + "合计不低于 0 分。]]",
    )
    own = begins(
        text,
        "共 {n#} 项：{parts}。齐全得 {points#} 分，缺哪一项扣该项的分，[[" + _ALSO_OFF + "]]" + FLOOR + "。",
        "共 {n#} 项：{parts}。具备哪一项<<得|扣>>该项的分，<<最高|最多扣>> {points#} 分。"
        "[[" + _ALSO_OFF + "合计不低于 0 分。]]",
    )
    if alike is None and own is None:
        raise UnreadError(f"standard “{text}”")
    found, rest = alike or own  # type: ignore[misc]  # one of the two is there
    number, points = int(plain(found["n"])), plain(found["points"])
    deducts = "齐全得" in found[0]
    floor = floor_of(found) if deducts else 0.0
    worths = _parts(found["parts"]) if own else {}
    offs = _parts(found["off"] or "")
    if (own and len(worths) != number) or number > found["parts"].count("、") + 1:
        raise WrongError(f"{number} parts said, {len(worths)} named")
    if len(offs) != int(plain(found["m"] or "0")):
        raise WrongError(f"{found['m']} parts that take off said, {offs} named")

    def worth(n: int, parts: str) -> float:
        """What the parts that a reason names are worth; ``n``: how many they are said to be."""
        return n * plain(alike[0]["each"]) if alike is not None else _worth_of(worths, n, parts)

    def of_reason(reason: str) -> Span:
        if deducts:
            said = must_be(
                reason,
                "缺 {n#} 项：{parts}；有 {m#} 项填“是”：{off}，{less}",
                "缺 {n#} 项：{parts}，{less}",
                "有 {m#} 项填“是”：{off}，{less}",
            ).groupdict()
            due = worth(int(plain(said["n"])), said["parts"]) if said.get("n") else 0.0
            if said.get("m"):
                due += _worth_of(offs, int(plain(said["m"])), said["off"])
            return left(said["less"], points, as_span(due), floor)
        summed = "；有 {m#} 项填“是”：{off}，合计 {sum#} 分[[，{below}]]，"
        said = must_be(
            reason,
            "{all#} 项中具备 {met#} 项，缺 {n#} 项：{parts}" + summed + GIVES_OF,
            "{all#} 项均具备" + summed + GIVES_OF,
            "{all#} 项中具备 {met#} 项，缺 {n#} 项：{parts}，" + GIVES_OF,
            "{all#} 项均具备，" + GIVES_OF,
        ).groupdict()
        missing = int(plain(said.get("n") or "0"))
        if (plain(said["all"]), plain(said.get("met") or said["all"])) != (number, number - missing):
            raise WrongError(f"{number} parts by the standard: {reason}")
        whole = worth(number, "") if alike is not None else sum(worths.values())
        due = whole - (worth(missing, said["parts"]) if missing else 0.0)
        if said.get("m"):
            due -= _worth_of(offs, int(plain(said["m"])), said["off"])
            if abs(due - plain(said["sum"])) > 1e-6 or (due < -1e-6) is not (said["below"] == "不计负分"):
                raise WrongError(f"{due} in all: {reason}")
        return as_span(due).within(0.0, points)

    return Standard(points, of_reason, rest)


def _parts(text: str) -> dict[str, float]:
    """The points in brackets behind each name of a list."""
    return {part["name"]: plain(part["points"]) for part in _PART.finditer(text + "。")}


def _worth_of(worths: Mapping[str, float], n: int, parts: str) -> float:
    """What the ``n`` parts that a reason names are worth by the standard."""
    named = _parts(parts)
    if not named.items() <= worths.items() or len(named) != n:
        raise WrongError(f"{n} parts, {named}; by the standard {worths}")
    return sum(named.values())


_OPTION = re.compile(
    r"“(?P<option>[^”]*(?:“[^”]*”[^”]*)*)”(?:(?:得|扣) (?P<score>[−-]?\d+(?:\.\d+)?) 分"
    r"|(?P<none>不得分|不扣分)|本项不适用|按未填报处理)"
)


def choice(text: str) -> Standard:
    found, rest = begin(text, "按{asks}<<计|扣>>分：{options}。")
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


_TIMES = re.compile(
    r"(?P<name>.+?) ?(?:填“(?P<answer>[是否])”|(?P<n>[−-]?\d+(?:\.\d+)?)(?: ?[^\d\s（）]+?)?)"
    r"（(?:(?P<n2>[−-]?\d+(?:\.\d+)?) × (?P<each>[−-]?\d+(?:\.\d+)?)|(?P<worth>[−-]?\d+(?:\.\d+)?) 分)）(?:；|$)"
)


def _counts(found: str, verb: str) -> tuple[dict[str, float], dict[str, str]]:
    """The points for each one, by what is counted; of questions, the answer that counts."""
    counts, answers = {}, {}
    for part in found.split("；"):
        said = must_be(
            part,
            "{name}每 1 {unit}<<得|扣>> {each#} 分",
            "有{name}的<<得|扣>> {each#} 分",
            "{name}填“{answer}”<<得|扣>> {each#} 分",
        )
        if not (said.groupdict().get("unit") or "件").strip():
            raise WrongError(f"“每 1” with no measure: {part}")
        counts[said["name"]] = plain(said["each"]) * (1 if f"{verb} {said['each']} 分" in part else -1)
        if said.groupdict().get("answer"):
            answers[said["name"]] = said["answer"]
    return counts, answers


_NUMBERED = re.compile(
    r"(?P<name>.+?) ?(?:填“(?P<answer>[是否])”|(?P<n>[−-]?\d+(?:\.\d+)?)(?: ?[^\d\s（）；]+)?)(?:；|$)"
)


def _highest(
    said: str, level: str | None, each: str | None, counts: Mapping[str, float], answers: Mapping[str, str]
) -> Span:
    """What the highest level that has any is worth; no product stands there, for nothing is multiplied."""
    parts = list(_NUMBERED.finditer(said))
    if not parts or "".join(part[0] for part in parts) != said:
        raise UnreadError(f"levels “{said}”")
    if unknown := {part["name"] for part in parts} - set(counts):
        raise WrongError(f"{unknown} is not what the standard counts: {list(counts)}")
    there = {
        part["name"]: counts[part["name"]]
        for part in parts
        if (part["answer"] == answers.get(part["name"]) if part["answer"] else plain(part["n"]) > 0)
    }
    if not there:
        if level is not None:
            raise WrongError(f"{level} is the highest of none: {said}")
        return as_span(0)
    if level is None or each is None or level not in there or there[level] < max(there.values()):
        raise WrongError(f"{level} is not the highest of {there}")
    same("the points of the level", str(there[level]), each)
    return as_span(there[level])


def _summed(said: str, counts: Mapping[str, float], answers: Mapping[str, str]) -> Span:
    """What the counts of a reason come to by the standard."""
    parts = list(_TIMES.finditer(said))
    if not parts or "".join(part[0] for part in parts) != said:
        raise UnreadError(f"counts “{said}”")
    total = as_span(0)
    for part in parts:
        if part["name"] not in counts:
            raise WrongError(f"{part['name']} is not what the standard counts: {list(counts)}")
        each = counts[part["name"]]
        if part["answer"]:
            is_counted = part["answer"] == answers[part["name"]]
            same("the points of the answer", str(each if is_counted else 0), part["worth"])
            total = total + as_span(each * is_counted)
        else:
            same("the points for each", str(each), part["each"])
            same("how many", part["n"], part["n2"])
            total = total + exact(part["n2"]) * each
    return total


def deduction(text: str) -> Standard:
    found, rest = begin(text, "满分 {points#} 分，{counts}，" + FLOOR + "。")
    points, floor = plain(found["points"]), floor_of(found)
    counts, answers = _counts(found["counts"], "扣")

    def of_reason(reason: str) -> Span:
        less = re.search(r"，((?:扣|减|应扣|应减) [\d.]+ 分，.*)$", reason)
        if less is None:
            raise UnreadError(reason)
        return left(less[1], points, _summed(reason[: less.start()], counts, answers), floor)

    one = next(iter(counts.values()))
    return Standard(points, of_reason, rest, lambda value: (points - value * one).within(floor, points))


def count_cap(text: str) -> Standard:
    found, rest = begin(
        text,
        "{counts}<<，|；>>只计最高一级，不累计，<<<<最高|最多扣>> {cap#} 分|不封顶>>。",
        "{counts}，<<<<最高|最多扣>> {cap#} 分|不封顶>>，合计不低于 0 分。",
        "{counts}，<<<<最高|最多扣>> {cap#} 分|不封顶>>。",
    )
    highest = "只计最高一级" in found[0]
    verb = "扣" if "最多扣" in found[0] or not re.search(r"得 \d", found["counts"]) else "得"
    counts, answers = _counts(found["counts"], verb)
    cap = plain(found["cap"]) if found["cap"] else float("inf")

    def of_reason(reason: str) -> Span:
        said = must_be(
            reason,
            "{counts}，合计 {sum#} 分，<<最高|最多扣>> {cap#} 分，" + GIVES_OF,
            "{counts}，合计 {sum#} 分，不计负分，" + GIVES_OF,
            "{counts}，最高一级为{level}，计 {each#} 分，" + GIVES_OF,
            "{counts}，" + GIVES_OF,
            "{counts}，" + GIVES,
        )
        told = said.groupdict()
        if highest:
            return _highest(said["counts"], told.get("level"), told.get("each"), counts, answers).within(0.0, cap)
        summed = _summed(said["counts"], counts, answers)
        if told.get("sum") and not told.get("cap") and not summed.meets(exact(said["sum"])):
            raise WrongError(f"{said['sum']} points in all, {summed} by the standard")
        if told.get("cap"):
            same("the cap", found["cap"], said["cap"])
            if not summed.meets(exact(said["sum"])) or summed.high < cap:
                raise WrongError(f"{said['sum']} points in all, {summed} by the standard")
        return summed.within(0.0, cap)

    one = next(iter(counts.values()))
    if max(counts.values()) > cap:
        raise WrongError(f"{max(counts.values())} points for one, at most {cap}")
    return Standard(cap, of_reason, rest, lambda value: (value * one).within(0.0, cap))


def escalation(text: str) -> Standard:
    found, rest = begin(
        text,
        "满分 {points#} 分，{value}第 1 {unit}扣 {first#} 分，以后每 1 {unit2}的扣分为上 1 {unit3}的两倍，扣完为止。",
        "满分 {points#} 分，{value} 1 {unit}扣 {first#} 分，2 {unit2}及以上不得分。",
    )
    points, first, doubles = plain(found["points"]), plain(found["first"]), "两倍" in found[0]

    def of_value(value: Span) -> Span:
        times = min(int(value.low + 1e-6), 60)  # whole ones
        lost = first * (2.0**times - 1) if doubles else (0.0, first, points)[min(times, 2)]
        return as_span(max(points - lost, 0.0))

    def of_reason(reason: str) -> Span:
        if told := is_all(reason, "{name} {value@}，累计{less}"):
            times = min(int(exact(told["value"]).low + 1e-6), 60)  # whole ones
            due = first * (2.0**times - 1) if doubles else first
            return left(told["less"], points, as_span(due), 0.0)
        told = must_be(reason, "{name} {value@}，" + GIVES)
        return of_value(exact(told["value"]))

    return Standard(points, of_reason, rest, of_value)


def veto_item(text: str) -> Standard:
    found, rest = begin(
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


def judged(text: str) -> Standard:
    found, rest = begin(
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
