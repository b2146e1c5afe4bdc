"""Lines that a value is held against: 达到、超过、不超过、低于, each with its test, its formula and its words."""

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure import lines
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.keys import Sign, quantity
from lawgov_score.rules.rule import Fault, Path
from lawgov_score.wording import Phrase, Quantity, Words

SIGNS: Mapping[str, str] = MappingProxyType({"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"})
REACHED: Mapping[str, Words] = MappingProxyType(
    {
        "at_least": Words("达到 {mark}", "{mark} or more"),
        "above": Words("超过 {mark}", "more than {mark}"),
        "at_most": Words("不超过 {mark}", "{mark} or less"),
        "below": Words("低于 {mark}", "less than {mark}"),
    }
)
MISSED: Mapping[str, Words] = MappingProxyType(
    {
        "at_least": Words("未达到 {mark}", "below {mark}"),
        "above": Words("未超过 {mark}", "not above {mark}"),
        "at_most": Words("超过 {mark}", "above {mark}"),
        "below": Words("不低于 {mark}", "not below {mark}"),
    }
)


_NUMBER_OR_DAY = Sign.ANY.value.removesuffix("$") + r"$|^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_DAYS_REACHED: Mapping[str, Words] = MappingProxyType(
    {
        "at_least": Words("不早于{mark}", "on {mark} or later"),
        "above": Words("晚于{mark}", "after {mark}"),
        "at_most": Words("不晚于{mark}", "on {mark} or earlier"),
        "below": Words("早于{mark}", "before {mark}"),
    }
)
_DAYS_MISSED: Mapping[str, Words] = MappingProxyType(
    {
        "at_least": _DAYS_REACHED["below"],
        "above": _DAYS_REACHED["at_most"],
        "at_most": _DAYS_REACHED["above"],
        "below": _DAYS_REACHED["at_least"],
    }
)
_A_DAY = Words("日历上有的一天，如 2026-02-28", "a day of the calendar, such as 2026-02-28")
_NO_SUCH_DAY = Words("没有这一天", "no such day")
_DAYS_ALL = Words("各档都写日期，如 2026-03-31", "a day such as 2026-03-31 in every band")


def line_keys(what: str) -> dict[str, Any]:
    """SCHEMA of the four keys; ``what``: what happens on the right side of the line (得满分)."""
    keys = {
        "at_least": quantity("下限", f"达到它{what}（含本数），如 50%；日期项写日期，如 2026-03-31（不早于这一天）"),
        "above": quantity("下限（不含）", f"超过它{what}（不含本数）；日期：晚于这一天"),
        "at_most": quantity("上限", f"不超过它{what}（含本数）；日期：不晚于这一天"),
        "below": quantity("上限（不含）", f"低于它{what}（不含本数）；日期：早于这一天"),
    }
    return {key: {**schema, "pattern": _NUMBER_OR_DAY} for key, schema in keys.items()}


def reached(key: str, mark: Quantity, shown: Phrase) -> Phrase:
    """达到 90%, 不晚于 2026年3月31日: on the right side of the line. ``shown``: the mark as it is printed."""
    return (_DAYS_REACHED if mark.is_day else REACHED)[key](mark=shown)


def missed(key: str, mark: Quantity, shown: Phrase) -> Phrase:
    """未达到 90%, 晚于 2026年3月31日: on the wrong side of it."""
    return (_DAYS_MISSED if mark.is_day else MISSED)[key](mark=shown)


def day_faults(marks: Mapping[Path, Quantity]) -> Iterator[Fault]:
    """T280: a day that the calendar does not have, or a number beside days."""
    for path, mark in marks.items():
        if mark.is_day and math.isnan(mark.number):
            yield Fault(path, Code.T280, {"expected": _A_DAY(), "found": _NO_SUCH_DAY()})
        elif not mark.is_day and any(other.is_day for other in marks.values()):
            yield Fault(path, Code.T280, {"expected": _DAYS_ALL(), "found": mark})


def holds(key: str, value: FloatArray, mark: Quantity) -> BoolArray:
    """(units,): is a value on the right side of the line? ``value`` is free of float dust.

    The time of a day does not count, and what never came is on the right side of no day.
    """
    if mark.is_day:
        return lines.holds(key, np.floor(value), mark.number) & np.isfinite(value)
    return lines.holds(key, value, mark.number)


def claim(key: str, cell: str, mark: Quantity | float) -> str:
    """The same test over a cell."""
    line = mark.number if isinstance(mark, Quantity) else mark
    if isinstance(mark, Quantity) and mark.is_day:
        cell = f"INT({cell})"
    return f"{cell}{SIGNS[key]}{sheet.number(line)}"
