"""Random indicators, one maker for each kind of rule: fields, value, rule and what goes with them, as YAML has them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st
from worked_cases import cases

from lawgov_score.rules import KINDS
from lawgov_score.rules.field import FieldType

Data = dict[str, Any]
Thing = TypeVar("Thing")

_COUNT: Data = {"type": "count", "measured_in": "件"}


def on_zero(chance: "Chance") -> str:
    """What a zero denominator means, or last edition's figures that are not there."""
    choices = ("not_applicable", "full", "zero", "60%")
    return chance.one(*choices) if chance.is_repeated else chance.one(*choices, "cohort_mean")


class Chance:
    """Draws, so that what is made reads as what it is. ``used``: what was chosen, by name, for those who count."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw
        self._drawn: list[int] = []
        self._again: list[int] | None = None  # what is still to be drawn as it was before
        self.used: set[str] = set()
        self.is_repeated = False  # within a repetition nothing looks at other units or at last edition
        self.goes_by_type = False  # may figures of an indicator go by unit type?

    def one(self, *options: Thing) -> Thing:
        """One of these."""
        return options[self.number(0, len(options) - 1)]

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        drawn: int = self._again.pop(0) if self._again else self._draw(st.integers(least, most))
        self._drawn.append(drawn)
        return drawn

    def twice(self, make: Callable[["Chance", float], Data], first: float, second: float) -> tuple[Data, Data]:
        """What is made of the one and of the other by the same draws; ``line`` tells the two apart."""
        self._drawn = []
        made = make(self, first)
        self._again = list(self._drawn)
        other = make(self, second)
        self._again = None
        return made, other

    def line(self, usual: str, other: str) -> str:
        """A threshold; the other one where a rule is made for the second time."""
        return usual if self._again is None else other

    def now_and_then(self) -> bool:
        """Once in four times."""
        return self.number(0, 3) == 0

    def some(self, said: Mapping[str, Any]) -> Data:
        """These keys, or none of them."""
        return dict(said) if self.one(True, False) else {}


def field(code: str, name: str, **said: Any) -> Data:
    """A field; a count unless told otherwise."""
    return {"code": code, "name": name, **({} if "type" in said else _COUNT), **said}


def a_count(chance: Chance) -> Data:
    """One number: counted, or the difference to last edition, or compared with the cohort."""
    fields = [field("n", "件数")]
    match 9 if chance.is_repeated else chance.number(0, 7):
        case 0:
            return {"fields": fields, "value": "max(n - previous.n, 0)", "no_previous": on_zero(chance)}
        case 1:
            return {"fields": fields, "value": "abs(n - cohort_min(n))"}
        case 2:
            chance.used.add("functions")
            value = chance.one("floor(n / 2)", "ceil(n * 0.3)", "round(sqrt(n), 1)", "pow(n, 2) / 4", "answered(n) * 2")
            return {"fields": fields, "value": value}
        case 3:
            return {"fields": fields, "value": "if(n > cohort_quantile(n, 0.75), 2, 1)"}
        case 4:
            return {"fields": fields, "value": "abs(n - cohort_median(n)) + cohort_deviation(n)"}
        case _:
            return {"fields": fields}


def a_ratio(chance: Chance, *, small: bool = True) -> Data:
    """A share of cases, with what a zero denominator means; now and then a printed rate, or small samples."""
    fields = [field("ok", "合格件数", at_most="all"), field("all", "总件数")]
    said: Data = {"fields": fields, "value": "ok / all", "on_zero": on_zero(chance)}
    if chance.now_and_then():
        fields.append(field("rate", "公布的比率", type="share", substitute=True))
    elif chance.now_and_then():
        chance.used.add("functions")
        said["value"] = chance.one(
            chance.one("round(ok / all, 3)", "round_even(ok / all, 1)"),
            "first(ok, 0) / all",
            "first(ok / all, 0.5)",
            "if(blank(ok), 0.3, ok / all)",
        )
    if small and chance.now_and_then():
        said["small_sample"] = {
            "of": "all",
            chance.one("below", "at_most"): 4,
            **chance.some({"value": "all - ok", "rule": {**_FEW}}),
        }
    return said


_FEW = {"kind": "deduction", "each": "25%"}


def a_share(chance: Chance) -> Data:
    """A share as it is filled in, or a ratio."""
    return a_ratio(chance) if chance.one(True, False) else {"fields": [field("x", "比率", type="share")]}


def _all_or_nothing(chance: Chance, points: float) -> Data:
    if chance.one(True, False):
        return {"fields": [field("done", "是否完成", type="yes_no")], "rule": {"kind": "all_or_nothing"}}
    rule: Data = {"kind": "all_or_nothing", chance.one("at_least", "at_most", "above", "below"): "60%"}
    said = a_ratio(chance, small=False)
    if chance.now_and_then():
        said["fields"] = [*said["fields"], field("late", "逾期件数")]
        rule["further_deduction"] = {"field": "late", "each": points / 8}
    return {**said, "rule": rule}


def _choice(chance: Chance, points: float) -> Data:
    options: list[Data] = [{"option": "全部", "score": points}, {"option": "部分", "score": points / 2}]
    options.append({"option": "没有", "score": 0})
    if chance.now_and_then():
        options.append({"option": "不评", "counts_as": chance.one("not_applicable", "missing")})
    return {"fields": [], "rule": {"kind": "choice", "asks": "完成情况", "options": options}}


def _checklist(chance: Chance, points: float) -> Data:
    parts: list[Data] = [{"code": code, "name": f"部分{code}"} for code in "abc"]
    key = chance.one("each_met", "each_missing")
    if chance.now_and_then():
        parts.append({"code": "leaked", "name": "发生泄密", "points": -points / 2})
    if key == "each_met" and chance.one(True, False):
        for part, worth in zip(parts, (points / 2, points / 4, points / 4), strict=False):
            part["points"] = worth
        return {"fields": [], "rule": {"kind": "checklist", "parts": parts, "each_met": points / 4}}
    return {"fields": [], "rule": {"kind": "checklist", "parts": parts, key: points / 2}}


def _cliff(chance: Chance, at: Any) -> Data:
    """A cliff, with or without the line itself, or none."""
    return chance.some({"cliff": at, **chance.some({"cliff_included": True})})


def _proportional(chance: Chance, points: float) -> Data:
    if chance.one(True, False):
        return {
            **a_share(chance),
            "rule": {"kind": "proportional", "target": chance.line("90%", "80%"), **_cliff(chance, "20%")},
        }
    lower = {"kind": "proportional", "target": 3, "better": "lower", **_cliff(chance, 8)}
    return {"fields": [field("n", "天数")], "rule": lower}


def _linear(chance: Chance, points: float) -> Data:
    zero, full, other = chance.one(("50%", "100%", "95%"), ("80%", "10%", "20%"), ("0%", "90%", "80%"))
    return {**a_share(chance), "rule": {"kind": "linear", "zero_at": zero, "full_at": chance.line(full, other)}}


def _steps(chance: Chance, points: float) -> Data:
    said = {"step": "10%", "each": points / 5, "steps": chance.one("floor", "linear", "ceil")}
    return {**said, **chance.some({"floor": chance.one(0, points / 10)})}


def _shortfall(chance: Chance, points: float) -> Data:
    rule: Data = {"kind": "shortfall", "target": chance.line("90%", "85%"), **_steps(chance, points)}
    rule |= _cliff(chance, "30%") | chance.some({"second": {"below": "60%", "each": points / 2}})
    return {**a_share(chance), "rule": rule}


def _excess(chance: Chance, points: float) -> Data:
    rule: Data = {"kind": "excess", "target": chance.line("10%", "15%"), **_steps(chance, points)}
    rule |= _cliff(chance, "70%") | chance.some({"second": {"above": "40%", "each": points / 2}})
    return {**a_share(chance), "rule": rule}


def _tiers(chance: Chance, points: float) -> Data:
    if chance.one(True, False):
        at_least = chance.one("at_least", "above")
        bands = [
            {at_least: at, "score": points * share}
            for at, share in ((chance.line("90%", "75%"), 1), ("60%", 0.7), ("30%", 0.25))
        ]
        return {**a_share(chance), "rule": {"kind": "tiers", "tiers": bands}}
    bands = [{chance.one("at_most", "below"): at, "score": points * share} for at, share in ((1, 1), (4, 0.5))]
    return {**a_count(chance), "rule": {"kind": "tiers", "tiers": bands, **chance.some({"otherwise": points / 10})}}


def _two_counts(chance: Chance, points: float) -> Data:
    if chance.one(True, False):
        counts = [{"unless": "a", "each": points / 4}, {"field": "b", "each": points / 8}]
        asked = [field("a", "是否制定", type="yes_no"), field("b", "乙类件数")]
        return {"fields": asked, "rule": {"counts": counts}}
    counts = [{"field": "a", "each": points / 4}, {"field": "b", "each": points / 8}]
    return {"fields": [field("a", "甲类件数"), field("b", "乙类件数")], "rule": {"counts": counts}}


def _deduction(chance: Chance, points: float) -> Data:
    if chance.now_and_then():
        said = _two_counts(chance, points)
        return {**said, "rule": {"kind": "deduction", **said["rule"]}}
    rule: Data = {"kind": "deduction", "each": points / 4, **chance.some({"floor": -points})}
    if chance.one(True, False):
        fields = [field("n", "败诉件数"), field("suits", "应诉件数")]
        return {"fields": fields, "value": "n", "base": "suits", "on_zero": on_zero(chance), "rule": rule}
    return {**a_count(chance), "rule": rule}


def _escalation(chance: Chance, points: float) -> Data:
    return {
        **a_count(chance),
        "rule": {"kind": "escalation", "first": points / 4, "again": chance.one("double", "zero")},
    }


def _count_cap(chance: Chance, points: float) -> Data:
    if chance.one(True, False):
        said = _two_counts(chance, points)
        highest = chance.some({"highest_only": True})
        if highest:
            said["rule"]["counts"][0]["each"] = points
        return {**said, "rule": {"kind": "count_cap", **said["rule"], **highest}}
    return {**a_count(chance), "rule": {"kind": "count_cap", "each": points / 4}}


def _late(chance: Chance, points: float) -> Data:
    steps: Data = {"every": chance.one(1, 2), "each": points / 8, "steps": chance.one("ceil", "floor")}
    if chance.one(True, False):
        asked = field("sent", "报送日期", type="date", never="未报送")
        due: Data = {"due": "03-31", "of": chance.one("same_year", "following_year")}
        return {"fields": [asked], "rule": {"kind": "late", **due, **steps}}
    return {
        "fields": [field("h", "小时数", type="amount", measured_in="小时")],
        "rule": {"kind": "late", "allowed": 4, **steps},
    }


def _relative(chance: Chance, points: float) -> Data:
    against = chance.one("best", "place", "mean", "median")
    rule: Data = {"kind": "relative", "against": against, "better": chance.one("higher", "lower")}
    if against == "place":
        rule |= {"each": points / 4, **chance.some({"floor": points / 10})}
    asked: Data = {"fields": [field("n", "件数")]} if chance.one(True, False) else a_ratio(chance, small=False)
    return {**asked, "rule": rule}


def _by_place(chance: Chance, points: float) -> Data:
    places: list[Data] = [{"up_to": 1, "score": points}, {"up_to": chance.one(2, 3), "score": points * 0.7}]
    rule: Data = {"kind": "by_place", "better": chance.one("higher", "lower"), "places": places}
    rule |= {"ties": chance.one("shared", "mean"), **chance.some({"otherwise": points / 10})}
    asked: Data = {"fields": [field("n", "件数")]} if chance.one(True, False) else a_ratio(chance, small=False)
    return {**asked, "rule": rule}


def _rating(chance: Chance, points: float) -> Data:
    worths = ((("a", "满意"), 100), (("b", "一般"), 60), (("c", "不满意"), 0))
    levels = [{"code": code, "name": name, "worth": worth} for (code, name), worth in worths]
    rule: Data = {"kind": "rating", "asks": "评议", "levels": levels, "full_at": 90}
    rule |= chance.some({"step": 5, "each": points / 8, **chance.some({"steps": "linear"})})
    if chance.one(True, False):
        groups = [("lawyers", "律师", "40%"), ("people", "群众", "60%")]
        rule["groups"] = [{"code": code, "name": name, "weight": weight} for code, name, weight in groups]
        rule["empty_group"] = chance.one("reweight", "missing")
    return {"fields": [], "rule": rule, **chance.some({"filled_by": "assessor"})}


def _veto_item(chance: Chance, points: float) -> Data:
    return {**a_count(chance), "rule": {"kind": "veto_item"}}


def _as_given(chance: Chance, points: float) -> Data:
    asked = field("score", "评定分", type="amount", measured_in="分", at_most=points)
    return {"fields": [asked], "rule": {"kind": "as_given"}, **chance.some({"filled_by": "assessor"})}


def _improvement(chance: Chance, points: float) -> Data:
    rule: Data = {"kind": "improvement", "better": chance.one("higher", "lower")}
    match chance.number(0, 2):
        case 0:
            rule |= {"at_least": chance.one("5%", "0%"), **chance.some({"otherwise": points / 2})}
        case 1:
            rule |= {"more_than": "0%"}
        case _:
            rule |= {
                "start": points / 2,
                "step": "10%",
                "each": points / 4,
                "steps": chance.one("linear", "floor", "ceil"),
            }
            rule |= chance.some({"each_down": chance.one(0, points / 2)}) | chance.some({"cap": points * 1.2})
    asked = {"fields": [field("x", "比率", type="share")]} if chance.one(True, False) else a_ratio(chance, small=False)
    return {**asked, "rule": rule, "no_previous": on_zero(chance)}


def _judged(chance: Chance, points: float) -> Data:
    marks = chance.one("mean", "median", "trimmed_mean")
    return {"fields": [], "rule": {"kind": "judged", "marks": marks, "reviewers": chance.number(1, 3)}}


def _normalised(chance: Chance, points: float) -> Data:
    rule: Data = {"kind": "normalised", "by": chance.one("min_max", "z_score", "percentile")}
    if rule["by"] == "z_score":
        rule |= {"mean_at": "50%", "each": "20%", **chance.some({"cut": False})}
    rule |= {"better": chance.one("higher", "lower"), "all_equal": chance.one("full", "half", "zero")}
    return {**(a_share(chance) if chance.one(True, False) else {"fields": [field("n", "件数")]}), "rule": rule}


def _of_cases(kind: str) -> Callable[[Chance, float], Data]:
    """A maker for a kind that has none of its own: the rules of its worked cases, over one number.

    Only for kinds that read the value alone; others need a maker.
    """

    def make(chance: Chance, points: float) -> Data:
        case = chance.one(*(case for case in cases(kind) if case.rule.takes_value and not case.rule.reads))
        rule = dict(case.data)
        in_shares = all(mark.is_share for mark in case.rule.quantities)  # a share never comes to a target of 10 件
        if FieldType.SHARE in case.rule.field_types and in_shares:
            return {**a_share(chance), "rule": rule}
        return {"fields": [field("n", "件数")], "rule": rule}

    make.__name__ = f"_{kind}"
    return make


MAKERS: Sequence[Callable[[Chance, float], Data]] = (
    _all_or_nothing, _choice, _checklist, _proportional, _linear, _shortfall, _excess, _tiers, _deduction, _escalation,
    _count_cap, _late, _relative, _by_place, _rating, _veto_item, _as_given, _improvement, _judged,
    _normalised,
)  # fmt: skip
_OWN = {make.__name__.removeprefix("_") for make in MAKERS}
MAKERS = (*MAKERS, *(_of_cases(kind) for kind in KINDS if kind not in _OWN))
ALONE = tuple(
    make for make in MAKERS if make not in (_relative, _by_place, _normalised, _improvement)
)  # those for repetitions
