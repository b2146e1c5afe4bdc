"""Readers of what is compared within the cohort."""

from sentences.figures import Span, WrongError, as_span, exact, plain, read
from sentences.outcomes import FLOOR, GIVES, GIVES_OF, SUM, behind_minus, floor_of, is_sum, same
from sentences.patterns import is_all, must_be
from sentences.standard import Standard, begin


def relative(text: str) -> Standard:
    found, rest = begin(
        text,
        "按{value}与同组最<<高|低>>值比较：最<<高|低>>的得 {points#} 分，其余按<<所占|>>比例得分（{sum}）。",
        "按{value}在同组从<<高到低|低到高>>排名：第 1 名得 {points#} 分，每降 1 名扣 {each#} 分，" + FLOOR + "；"
        "并列的同取较前名次。",
        "{value}<<达到|不超过>>同组<<平均值|中位数>>得 {points#} 分，<<低于|高于>>的按<<所占|>>比例得分（{sum}）。",
    )
    said = found.groupdict()
    points = plain(said["points"])
    floor = floor_of(found)
    if said.get("sum"):
        same("the points", said["points"], said["sum"])
    rises = (
        "最高值 " in found[0]
        or "÷ 最高值" in found[0]
        or "÷ 平均值" in found[0]
        or "÷ 中位数" in found[0]
        or "从高到低" in found[0]
    )

    def of_reason(reason: str) -> Span:
        place = "{name} {value@}，[[并列]]居同组第 {place#} 名（共 {n#} 个单位），"
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
        beside_others = "{name} {value@}，同组<<最高|最低|平均|中位数>>[[值]] {mark@}[[（{n#} 个单位的平均数）]]，"
        told = must_be(
            reason,
            beside_others + SUM,
            beside_others + GIVES,
        )
        value, line = told["value"], told["mark"]
        above, below = (value, line) if rises else (line, value)
        if told.groupdict().get("sum"):
            is_sum(told, said["points"], "×", above, "÷", below)
        if not rises and plain(value) <= 0:
            return as_span(points)
        if plain(below) <= 0:
            return as_span(0)
        return points * (exact(above) / exact(below)).within(0.0, 1.0)

    return Standard(points, of_reason, rest)


def by_place(text: str) -> Standard:
    found, rest = begin(text, "按{value}在同组<<从高到低|从低到高>>排名：{bands}；其余{otherwise}；并列的{ties}的分。")
    is_divided = {"平分所占各名次": True, "同取较前名次": False}[found["ties"]]
    otherwise = _gives(found["otherwise"])
    given: list[float] = []  # by place
    for band in found["bands"].split("；"):
        told = must_be(band, "第 {first#} [[至 {last#} ]]名{gives}")
        first, last = plain(told["first"]), plain(told["last"] or told["first"])
        if first != len(given) + 1:
            raise WrongError(f"the places leave a gap: {text}")
        given += [_gives(told["gives"])] * int(last - first + 1)
    points = given[0]

    def at(place: float) -> float:
        return given[int(place) - 1] if place <= len(given) else otherwise

    def of_reason(reason: str) -> Span:
        if is_all(reason, "{name} {value@}，与同组比较" + GIVES_OF):  # nobody to compare with
            return Span(otherwise, points)
        tied = "{name} {value@}，并列居同组第 {place#} 名（共 {n#} 个单位），"
        divided = tied + "第 {first#} 至 {last#} 名的分合计 {whole#} 分，由 {level#} 个单位平分，" + SUM
        if told := is_all(reason, divided):
            level = plain(told["level"])
            if not is_divided or told["first"] != told["place"]:
                raise WrongError(f"not divided so: {reason}")
            if plain(told["last"]) != plain(told["first"]) + level - 1 or plain(told["last"]) > plain(told["n"]):
                raise WrongError(f"not so many places: {reason}")
            whole = sum(at(plain(told["first"]) + i) for i in range(int(level)))
            if not exact(told["whole"]).holds(whole):
                raise WrongError(f"{whole} points by the standard: {reason}")
            is_sum(told, told["whole"], "÷", told["level"])
            return as_span(whole / level)
        told = must_be(reason, tied + GIVES_OF, "{name} {value@}，居同组第 {place#} 名（共 {n#} 个单位），" + GIVES_OF)
        place = plain(told["place"])
        if place > plain(told["n"]):
            raise WrongError(f"place {place} of {told['n']}")
        return as_span(at(place))

    return Standard(points, of_reason, rest)


def _gives(said: str) -> float:
    """The points that a place gives, or takes off."""
    told = must_be(said, "<<不得分|不扣分|得 {got#} 分|扣 {off#} 分>>")
    return plain(told["got"] or told["off"] or "0")


def normalised(text: str) -> Standard:
    equal = "；同组各单位都相同的<<得 {equal#} 分|不得分>>。"
    found, rest = begin(
        text,
        "按{value}在同组最低值与最高值之间的位置计分（{way}）：最好的得 {points#} 分，"
        "最差的<<得 0 分|不得分>>，其间按比例" + equal,
        "按{value}的标准分计分（{way}）：等于同组平均值得 {mean_at#} 分，每好一个标准差加 {each#} 分，每差一个标准差减"
        " {each2#} 分，<<最低 0 分，最高 {points#} 分|不设最低分和最高分>>" + equal,
        "按{value}在同组的百分位计分（{way}）：{points#} × 同组其余单位中比它差的所占比例，相同的按一半计" + equal,
    )
    said = found.groupdict()
    is_cut, falls = "不设最低分和最高分" not in found[0], "越小越好" in said["way"]
    points = plain(said["points"]) if is_cut else float("inf")
    least = 0.0 if is_cut else float("-inf")
    if said.get("each"):
        same("a standard deviation up and down", said["each"], said["each2"])

    def of_reason(reason: str) -> Span:
        if told := is_all(reason, "{name} {value@}，同组各单位都相同，按规定" + GIVES_OF):
            return as_span(plain(said["equal"] or "0"))
        if is_all(reason, "{name} {value@}，与同组比较" + GIVES_OF):  # nobody to compare with
            return Span(0.0, points)
        if told := is_all(
            reason,
            "{name} {value@}，同组（{n#} 个单位）最好 {best@}、最差 {worst@}，" + SUM,
            "{name} {value@}，同组（{n#} 个单位）最好 {best@}、最差 {worst@}，" + GIVES_OF,
        ):
            value, best, worst = told["value"], told["best"], told["worst"]
            if "sum" not in told.groupdict():
                same("nothing is for the worst", value, worst)
            else:
                first, less, whole = (worst, value, worst) if falls else (value, worst, best)
                rest = behind_minus(best if falls else worst)
                is_sum(told, said["points"], "×（", first, behind_minus(less), "）÷（", whole, rest, "）")
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
            score = (plain(said["mean_at"]) + exact(told["z"]) * plain(said["each"]) * sign).within(least, points)
            if summed := is_all(told["rest"], SUM):
                is_sum(summed, said["mean_at"], "+" if sign > 0 else "−", told["z"], "×", said["each"])
            else:
                must_be(told["rest"], GIVES_OF)
            return score
        told = must_be(
            reason,
            "{name} {value@}，好于同组其余 {others#} 个单位中的 {worse#} 个，与 {equal#} 个相同，" + SUM,
        )
        counts = plain(told["worse"]) + plain(told["equal"]) / 2
        is_sum(told, said["points"], "×", f"{counts:g}", "÷", told["others"])
        return as_span(points * counts / plain(told["others"]))

    return Standard(points, of_reason, rest)
