"""Lines that a value is held against: 达到、超过、不超过、低于, each with its test, its formula and its words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lawgov_score.measure import lines
from lawgov_score.measure.lines import LINES, is_lower_end, is_strict
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.keys import quantity
from lawgov_score.wording import Quantity, Words

__all__ = ["LINES", "MISSED", "REACHED", "SIGNS", "claim", "holds", "is_lower_end", "is_strict", "line_keys"]

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


def line_keys(what: str) -> dict[str, Any]:
    """SCHEMA of the four keys; ``what``: what happens on the right side of the line (得满分)."""
    return {
        "at_least": quantity("下限", f"达到它{what}（含本数），如 50%"),
        "above": quantity("下限（不含）", f"超过它{what}（不含本数）"),
        "at_most": quantity("上限", f"不超过它{what}（含本数）"),
        "below": quantity("上限（不含）", f"低于它{what}（不含本数）"),
    }


def holds(key: str, value: FloatArray, mark: Quantity) -> BoolArray:
    """(units,): is a value on the right side of the line? ``value`` is free of float dust."""
    return lines.holds(key, value, mark.number)


def claim(key: str, cell: str, mark: Quantity | float) -> str:
    """The same test over a cell."""
    line = mark.number if isinstance(mark, Quantity) else mark
    return f"{cell}{SIGNS[key]}{sheet.number(line)}"
