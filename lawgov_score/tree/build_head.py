"""Building the head of a checked tree: its lists and its policies, as model objects."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lawgov_score.measure.digits import decimals_of
from lawgov_score.measure.lines import is_lower_end, is_strict, line_of
from lawgov_score.model import (
    NO_LIMITS,
    AdjustmentKind,
    AdjustmentLimits,
    Claims,
    Cohort,
    CohortSize,
    Grade,
    Invalid,
    Letter,
    Missing,
    Policies,
    Quota,
    Rescale,
    Sign,
    Ties,
    UnitType,
    Veto,
)
from lawgov_score.rounding import Halves, Rounding
from lawgov_score.wording import Quantity

Data = Mapping[str, Any]


def unit_types(data: Data) -> tuple[UnitType, ...]:
    """单位类型."""
    return tuple(UnitType(each["code"], each["name"], each.get("whole", False)) for each in data.get("unit_types", ()))


def cohorts(data: Data) -> tuple[Cohort, ...]:
    """考核分组."""
    listed = data.get("cohorts", ())
    return tuple(Cohort(each["code"], each["name"], tuple(each.get("unit_types", ()))) for each in listed)


def grades(data: Data) -> tuple[Grade, ...]:
    """等次, best first."""
    return tuple(_grade(each) for each in data.get("grades", ()))


def _grade(data: Data) -> Grade:
    quota = data.get("quota")
    limit = Quota(Quantity.parse(quota["share"]).number, int(quota.get("at_least", 0))) if quota else None
    key = line_of(data) or "at_least"
    line = float(data.get(key, 0))
    return Grade(
        data["name"],
        line if is_lower_end(key) else 0.0,
        limit,
        None if is_lower_end(key) else line,
        _numbers(data.get("lines", {})),
        is_strict(key),
    )


def vetoes(data: Data) -> tuple[Veto, ...]:
    """一票否决. A veto that fails the year (`fails`) allows the last grade at most."""
    last = data["grades"][-1]["name"] if data.get("grades") else ""
    return tuple(
        Veto(
            veto["code"],
            veto["title"],
            last if veto.get("fails") else veto.get("grade_at_most", ""),
            tuple(veto.get("bars", ())),
            veto.get("node_zero", ""),
            float(veto.get("deduct", 0)),
            veto.get("total_zero", False),
        )
        for veto in data.get("vetoes", ())
    )


def letters(data: Data) -> tuple[Letter, ...]:
    """Letters and the scores they stand for, best first."""
    return tuple(Letter(each["letter"], float(each["score"])) for each in data.get("letters", ()))


def adjustment_kinds(data: Data) -> tuple[AdjustmentKind, ...]:
    """加分、扣分, as printed."""
    return tuple(
        AdjustmentKind(
            kind["code"],
            kind["title"],
            Sign(kind["sign"]),
            optional(kind, "each"),
            _numbers(kind.get("levels", {})),
            kind.get("highest_only", False),
            optional(kind, "cap"),
            kind.get("basis", ""),
        )
        for kind in data.get("adjustments", ())
    )


def adjustment_limits(data: Data) -> AdjustmentLimits:
    """Caps over all kinds; a floor that is not written is 0, a `null` one means no floor."""
    if "adjustment_limits" not in data:
        return NO_LIMITS  # no limits are written: a total below 0 stays as it is
    limits = data["adjustment_limits"]
    floor = limits.get("floor", 0)
    return AdjustmentLimits(
        optional(limits, "bonus_cap"),
        optional(limits, "penalty_cap"),
        limits.get("inside", False),
        None if floor is None else float(floor),
    )


def policies(data: Data) -> Policies:
    """计分办法."""
    rounding, rank, coverage = data["rounding"], data["rank"], data.get("coverage_at_least")
    grade, halves = data.get("grade", {}), rounding.get("halves", Halves.UP)
    return Policies(
        round_indicator=rounding_of(rounding["indicator"], halves),
        round_group=rounding_of(rounding["group"], halves),
        round_total=rounding_of(rounding["total"], halves),
        rank_on_rounded=rank["by"] == "rounded",
        ties=Ties(rank["ties"]),
        tie_breakers=tuple(rank.get("tie_breakers", ())),
        equals_sign=rank.get("equals_sign", False),
        lower_is_better=rank.get("better") == "lower",
        grade_by=grade.get("of", ""),
        grade_on_rounded=grade.get("by", "rounded") == "rounded",
        missing=Missing(data["missing"]),
        not_applicable=Rescale(data["not_applicable"]),
        invalid=Invalid(data["invalid"]),
        claims=Claims(data["claims"]),
        coverage_at_least=None if coverage is None else Quantity.parse(coverage).number,
        cohort_size=CohortSize(data.get("cohort_size", "roster")),
        show_reviewers=data.get("show_reviewers", False),
    )


def optional(data: Data, key: str) -> float | None:
    """The number under ``key``; None if the key is absent."""
    return float(data[key]) if key in data else None


def rounding_of(printed: Data | float | None, halves: str) -> Rounding | None:
    """A rounding as the tree writes it: 2, {decimals: 2}, {to: 0.5} or {shown: 2}; ``halves``: as policies say."""
    if printed is None:
        return None
    if not isinstance(printed, Mapping):
        return Rounding(int(printed), halves=Halves(halves))
    if "shown" in printed:
        return Rounding(int(printed["shown"]), in_print=True)
    own = Halves(printed.get("halves", halves))
    if "to" in printed:
        step = float(printed["to"])
        return Rounding(decimals_of(step), step, own)
    return Rounding(int(printed["decimals"]), halves=own)


def _numbers(data: Data) -> Mapping[str, float]:
    return MappingProxyType({key: float(number) for key, number in data.items()})
