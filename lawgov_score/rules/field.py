"""A field (填报项): one question put to a unit, and the bounds that its answer must keep."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """What kind of answer a field takes. All but ``TEXT`` become one float (see ``Answer.value``)."""

    COUNT = "count"  # whole number, 件 个 次
    AMOUNT = "amount"  # number with decimals, 万元
    SHARE = "share"  # 0.953, written 95.3% or 0.953
    DATE = "date"  # spreadsheet day number (1899-12-30 is day 0); inf: never
    YES_NO = "yes_no"  # 是 1, 否 0
    CHOICE = "choice"  # position in ``choices``, from 0
    TEXT = "text"  # kept and shown, never scored


NUMBERS = frozenset({FieldType.COUNT, FieldType.AMOUNT, FieldType.SHARE})  # the types whose answers are figures


@dataclass(frozen=True, slots=True)
class Field:
    """One question put to a unit.

    ``at_least`` and ``at_most`` are a number, or the code of another field of the same indicator whose
    answer bounds this one. A ``substitute`` field (share) stands in for the whole value where a report
    printed a rate and no counts. ``never`` is the word for a date that did not come (未报送). ``asked_at`` is the code
    of the group, or of the tree, that asks it for several indicators (共用数据); empty: the indicator itself does.
    """

    code: str
    name: str
    type: FieldType
    measured_in: str = ""
    at_least: float | str | None = None
    at_most: float | str | None = None
    choices: tuple[str, ...] = ()
    substitute: bool = False
    never: str = ""
    note: str = ""
    in_coverage: bool = False  # of a text: does 填报率 count it?
    missing_choices: tuple[int, ...] = ()  # positions of the choices that count as 未填报 (无资料)
    asked_at: str = ""

    @property
    def range(self) -> tuple[float, float]:
        """The least and the most that its answer can be, as far as that is a number."""
        if self.type is FieldType.YES_NO:
            return 0.0, 1.0
        least, most = self.at_least, self.at_most
        return (
            least if isinstance(least, (int, float)) else 0.0 if least is None else -math.inf,
            most if isinstance(most, (int, float)) else math.inf,
        )


def ranges_of(fields: Iterable[Field], value: str) -> Mapping[str, tuple[float, float]]:
    """By code, the least and the most of each field; '' is the value, where that is (as written) one of them."""
    ranges = {asked.code: asked.range for asked in fields}
    return ranges | ({"": ranges[value]} if value in ranges else {})
