"""Readers of what is held against a line: slopes, lines, bands, due dates, last edition, votes."""

import re

from sentences.figures import (
    NUMBER,
    Span,
    UnreadError,
    WrongError,
    as_span,
    counted,
    day,
    days_as_numbers,
    either,
    exact,
    plain,
    read,
)
from sentences.outcomes import FLOOR, GIVES, GIVES_OF, SUM, behind_minus, floor_of, is_sum, left, same
from sentences.patterns import is_all, must_be
from sentences.standard import SIDES, Standard, begin, beside


def _mode(said: str, step: str) -> str:
    for size in re.findall(rf"({NUMBER}(?:%|\s*个百分点)?)", said):
        same("the step", step, size)
    return "floor" if "不扣" in said or "不计" in said else "linear" if "比例" in said else "ceil"


def _beyond(standard: str, is_below: bool) -> str:
    """On which side of its cliff a standard gives nothing, or the least: after the last semicolon."""
    last = standard.rpartition("；")[2]
    strict, included = ("低于", "不超过") if is_below else ("高于", "不低于")
    return included if last.startswith(included) else strict


def slope(text: str) -> Standard:
    found, rest = begin(
        text,
        "{value}<<达到|不超过>> {target@}得 {points#} 分，每<<低|高>> {step@}扣 {each#} 分，不足 {step2@}的{mode}"
        "[[，<<低于|高于>> {bend@}的部分每<<低|高>> {step3@}扣 {each2#} 分]]，"
        + FLOOR
        + "[[；<<低于|高于|不超过|不低于>> {cliff@}的"
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
        beyond = [SIDES[_beyond(found[0], is_below)](end, cliff) for end in (value.low, value.high)]
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
        word = _beyond(found[0], is_below)
        if cliff is not None and (told := is_all(reason, f"{{name}} {{value@}}，{word} {{cliff@}}，" + GIVES)):
            value = beside(told["value"], word, told["cliff"])
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


def linear(text: str) -> Standard:
    found, rest = begin(
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
        told = must_be(reason, "{name} {value@}，<<低于|高于>> {full@}，" + SUM)
        same("the line of all", found["full"], told["full"])
        value, least, most = told["value"], found["zero"], told["full"]
        if rises:
            is_sum(told, found["points"], "×（", value, behind_minus(least), "）÷（", most, behind_minus(least), "）")
        else:
            is_sum(told, found["points"], "×（", least, behind_minus(value), "）÷（", least, behind_minus(most), "）")
        return of_value(beside(value, "低于" if rises else "高于", most))

    return Standard(points, of_reason, rest, of_value)


def proportional(text: str) -> Standard:
    found, rest = begin(
        text,
        "{value}达到 {target@}<<得|扣>> {points#} 分，"
        "未达到的按所占比例<<得|扣>>分（{points2#} × {value2} ÷ {target2@}）"
        "[[；<<低于|不超过>> {cliff@}<<不得分|不扣分>>]]。",
        "{value}不超过 {target@}<<得|扣>> {points#} 分，超过的按比例<<得|扣>>分（{points2#} × {target2@} ÷ {value2}）"
        "[[；<<高于|不低于>> {cliff@}<<不得分|不扣分>>]]。",
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
        beyond = [SIDES[_beyond(found[0], rises)](end, cliff) for end in (value.low, value.high)]
        return as_span(0) if all(beyond) else score if not any(beyond) else either(score, as_span(0))

    def of_reason(reason: str) -> Span:
        word = "低于" if rises else "高于"
        if told := is_all(reason, "{name} {value@}，<<低于|高于>>目标 {target@}，" + SUM):
            same("the target", found["target"], told["target"])
            value, line = told["value"], told["target"]
            above, below = (value, line) if rises else (line, value)
            is_sum(told, found["points"], "×", above, "÷", below)
            return of_value(beside(value, word, line))
        if told := is_all(reason, "{name} {value@}，<<达到|不超过>>目标 {target@}，" + GIVES):
            same("the target", found["target"], told["target"])
            return of_value(beside(told["value"], "达到" if rises else "不超过", told["target"]))
        over = _beyond(found[0], rises)
        told = must_be(reason, f"{{name}} {{value@}}，{over} {{cliff@}}，" + GIVES)
        same("the line below which there is nothing", found["cliff"] or "", told["cliff"])
        return of_value(beside(told["value"], over, told["cliff"]))

    return Standard(points, of_reason, rest, of_value)


_BAND = re.compile(
    r"(?P<word>达到|不超过|超过|低于) (?P<mark>[−-]?[\d,]+(?:\.\d+)?(?:%|\s*[^\d\s，。；]+?)??)\s*(?:的)?"
    r"(?:(?:得|扣) (?P<score>[−-]?\d+(?:\.\d+)?) 分|不得分|不扣分)"
)


def tiers(text: str) -> Standard:
    found, rest = begin(
        days_as_numbers(text), "按{value}分档<<计|扣>>分：{bands}；其余<<<<得|扣>> {other#} 分|不得分|不扣分>>。"
    )
    bands = [(one["word"], plain(one["mark"]), plain(one["score"] or "0")) for one in _BAND.finditer(found["bands"])]
    if len(bands) != found["bands"].count("；") + 1:
        raise UnreadError(f"bands “{found['bands']}”")
    other = plain(found["other"] or "0")

    def at(value: float) -> float:
        return next((score for word, mark, score in bands if SIDES[word](value, mark)), other)

    def of_value(value: Span) -> Span:
        ends = at(value.low), at(value.high)
        return Span(min(ends), max(ends))

    def of_reason(reason: str) -> Span:
        reason = days_as_numbers(reason)
        if is_all(reason, "始终未报送（未完成），" + GIVES_OF):
            return as_span(other)
        for word in ("未达到", "未超过", "超过", "不低于", "低于", "达到", "不超过"):
            if told := is_all(reason, f"{{name}} {{value@}}，{word} {{mark@}}，" + GIVES_OF):
                break
        else:
            word = next(
                one for one in ("不超过", "达到", "超过", "低于") if f"（{one} " in reason or f"“{one} " in reason
            )
            told = must_be(
                reason,
                f"{{name}} {{value@}}，属最好一档（{word} {{mark@}}），" + GIVES_OF,
                f"{{name}} {{value@}}，属“{word} {{mark@}}”一档，" + GIVES_OF,
            )
        if plain(told["mark"]) not in [mark for _, mark, _ in bands]:
            raise WrongError(f"{told['mark']} is no line of the standard")
        return of_value(beside(told["value"], word, told["mark"]))

    return Standard(max(other, *(score for _, _, score in bands)), of_reason, rest, of_value)


def late(text: str) -> Standard:
    ends = "扣 {each#} 分[[，不足 {every2@}的{mode}]]，" + FLOOR
    found, rest = begin(
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


def improvement(text: str) -> Standard:
    other = "<<得 {other#} 分|不得分>>"
    found, rest = begin(
        text,
        "{value}比上年<<提高|降低>>超过 {over@}得 {points#} 分，否则" + other + "。",
        "{value}比上年<<提高|降低>> {mark@}及以上得 {points#} 分，否则" + other + "。",
        "{value}不<<低|高>>于上年得 {points#} 分，否则" + other + "。",
        "{value}比上年<<提高|下降>>得 {points#} 分，持平或<<降低|上升>>" + other + "。",
        "{value}与上年持平得 {start#} 分，每<<提高|降低>> {step@}加 {each#} 分，"
        "<<每<<提高|降低>> {step2@}减 {each2#} 分|提高的不减分|降低的不减分>>，"
        "不足 {step3@}的{mode}，<<最高 {points#} 分|满分 {full#} 分，超过满分的最高 {cap#} 分>>，" + FLOOR + "。",
    )
    said = found.groupdict()
    points = plain(said["points"] or said["full"])
    most, down = plain(said.get("cap") or said["points"]), plain(said.get("each2") or "0")
    if said.get("start"):
        same("the step", said["step"], said["step2"] or said["step"])
        same("the step", said["step"], said["step3"])
        if not said["step2"] and ("降低的不减分" in found[0]) is not ("每提高" in found[0]):
            raise WrongError(f"a step for the better that takes nothing off: {found[0]}")
        rises = bool(re.search(r"每提高[^，]*加", found[0]))
    else:
        rises = bool(re.search(r"比上年提高|不低于上年", found[0]))

    def of_gain(gain: Span) -> Span:
        if said.get("start"):
            size, mode = plain(said["step"]), _mode(said["mode"], said["step"])
            moved = counted(gain, size, mode) * plain(said["each"]) - counted(-gain, size, mode) * down
            return (plain(said["start"]) + moved).within(floor_of(found), most)
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
        if rounded := is_all(text, "{told}，<<四舍五入|舍入>>为 {score#} 分"):  # kept to less than cents
            text = rounded["told"]
        if is_all(text, GIVES):
            return
        size, mode = plain(said["step"]), _mode(said["mode"], said["step"])
        moved = counted(gain, size, mode) * plain(said["each"]) - counted(-gain, size, mode) * down
        rate = "每<<提高|降低>> {step@}<<加|减>> {each#} 分[[（按 {whole@}计）]]，"
        end = must_be(
            text,
            rate + "<<加|减>> {moved#} 分，<<得|扣>> {start#} <<+|−>> {moved2#} = {score#} 分",
            rate
            + "应<<加|减>> {due#} 分，<<最高 {most#} 分|扣完为止|最低 {least#} 分|最多倒扣 {below#} 分>>，"
            + GIVES,
        )
        same("the step", said["step"], end["step"])
        figures = end.groupdict()
        word = "加" if re.search(r"，应?加 ", text) else "减"
        same("the points a step", said["each"] if word == "加" else said["each2"] or "0", end["each"])
        steps = counted(gain if word == "加" else -gain, size, mode)
        if figures.get("whole") and not (steps * size).meets(exact(figures["whole"])):
            raise WrongError(f"{figures['whole']} counted, {steps} steps by the standard")
        if figures.get("most"):
            same("the most", said.get("cap") or said["points"], figures["most"])
        if figures.get("start"):
            same("the points to begin with", said["start"], figures["start"])
            same("what is added", figures["moved"], figures["moved2"])
        if not (moved if word == "加" else -moved).meets(read(figures.get("moved") or figures["due"], 2)):
            raise WrongError(f"{moved} points by the standard: {text}")

    return Standard(points, of_reason, rest)


def rating(text: str) -> Standard:
    found, rest = begin(
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
        if told := is_all(reason, "{name} {index@}（共 {votes#} 票），低于 {full@}，" + SUM):
            same("the index for all points", said["full"], told["full"])
            is_sum(told, said["points"], "×", told["index"], "÷", told["full"])
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


_WORTH = re.compile(r"(?P<name>[^、：；]+?) (?P<worth>[\d.]+%?)(?:、|，|$)")


_GROUPS = re.compile(r"再按权重（(?P<groups>[^（）]*)）")


def index_of(standard: str, votes: tuple[float, ...], reason: str) -> None:
    """The index of a rating that a reason prints is that of the votes, by the worths and weights of the standard."""
    printed = re.search(rf"({NUMBER}%?)（共 (\d+) 票）", reason)
    found, _ = begin(standard, "{asks}：{how}；{name}达到 {full@}得 {points#} 分")
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
