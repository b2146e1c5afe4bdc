"""逾期扣分（late）：按期得满分，每迟一日（或一个周期）扣一定的分；始终未报送的不得分。

何时用：评分标准写成“3 月 31 日前报送得满分，每迟 1 日扣 0.1 分，未报送不得分”，或“24 小时内回应得满分……”。

指标值是日期的，写 ``due``（月-日）和 ``of``（考核年度当年 ``same_year``，或次年 ``following_year``）；
是时长的，写 ``allowed``。``every`` 是一个周期的长度（日，或该时长的单位），``steps`` 说明不足一个周期怎么算：
``ceil``（默认）按一个算，``floor`` 不算。未报送永远比迟报差，所以 ``floor`` 不能为负。

写法::

    rule: {kind: late, due: "03-31", of: following_year, each: 0.1}

    rule: {kind: late, allowed: 24, every: 24, each: 0.1, steps: ceil, floor: 0}

算例：2020 年度的报告应在 2021 年 3 月 31 日前报送，4 月 7 日报送迟 7 日；日期是电子表格的日序数，inf 是未报送。

>>> rule = Late.from_data({"due": "03-31", "of": "following_year", "each": 0.1}, 1.5)
>>> filed, years = np.array([44293.0, 44286.0, np.inf, np.nan]), np.full(4, 2020.0)
>>> rule.score(Inputs(filed, years=years))
array([0.8, 1.5, 0. , nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases, Quantities, chosen
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import EPOCH, settled
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.keys import Sign, contradiction, floor_faults, one_of, points_key, points_of
from lawgov_score.rules.keys import quantity as quantity_key
from lawgov_score.rules.outcomes import gives, less, unless_trivial
from lawgov_score.rules.phrases import NEVER, NOT_CAME, before_word, figure, floor_words
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.rules.steps import TITLE, Steps, count_steps, steps_formula, steps_words
from lawgov_score.wording import Phrase, Quantity, Words


class DueYear(StrEnum):
    """The year of a due date, relative to the assessed year."""

    SAME_YEAR = "same_year"
    FOLLOWING_YEAR = "following_year"


_BY = {
    DueYear.SAME_YEAR: Words("考核年度 {month} 月 {day} 日", "{month}/{day} (month/day) of the assessed year"),
    DueYear.FOLLOWING_YEAR: Words(
        "考核年度次年 {month} 月 {day} 日", "{month}/{day} (month/day) of the year after the assessed year"
    ),
}
_STANDARD_DATE = Words(
    "{value}不迟于{by}得 {points:points} 分，每迟 {every}扣 {each:points} 分{mode}，{floor}；始终{never}的不得分。",
    "{points:points} points if {value} is no later than {by}; {each:points} off for every {every} after it{mode}, "
    "{floor}; no points if it never came.",
)
_STANDARD_TIME = Words(
    "{value}不超过 {by}得 {points:points} 分，每超 {every}扣 {each:points} 分{mode}，{floor}。",
    "{points:points} points if {value} is no more than {by}; {each:points} off for every {every} over it{mode}, "
    "{floor}.",
)
_MODE = Words("，{mode}", ", {mode}")
_DAYS = Words("{days} 日", "{days} days")
_REASON_DATE = Words(
    "{name}为 {value:date}，期限 {due:date}，迟 {over}，{rate}，{less}",
    "{name} {value:date}, due {due:date}, {over} late; {rate}: {less}",
)
_REASON_TIME = Words(
    "{name} {value}，超过 {due}，超 {over}，{rate}，{less}", "{name} {value} is {over} over {due}; {rate}: {less}"
)
_EVERY_DATE = Words("每迟 {every}扣 {each:points} 分", "{each:points} off for every {every}")
_EVERY_TIME = Words("每超 {every}扣 {each:points} 分", "{each:points} off for every {every}")
_AS = Words("{rate}（按 {whole}计）", "{rate} (counted as {whole})")
_IN_TIME = Words("按期完成，{gives}", "in time: {gives}")


@dataclass(frozen=True, slots=True)
class Late(ColumnWise):
    """Points off for every period after the due date, or over the time allowed."""

    KIND: ClassVar[str] = "late"
    NAME: ClassVar[str] = "逾期扣分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "due": {
                "title": "期限",
                "description": '月-日，加引号，如 "03-31"；当日报送不算迟',
                "type": "string",
                "pattern": r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
            },
            "of": one_of("期限所在年", "same_year 考核年度当年，following_year 次年", tuple(DueYear)),
            "allowed": quantity_key("允许时长", "指标值不超过它得满分，如 24", Sign.NOT_NEGATIVE),
            "every": quantity_key("周期", "每迟多少算一个周期，默认 1（日，或该时长的单位）", Sign.POSITIVE, default=1),
            "each": points_key("每个周期扣分", "每迟一个周期扣多少", Sign.POSITIVE),
            "steps": one_of(TITLE, "ceil 按一个周期扣，floor 不扣", (Steps.CEIL, Steps.FLOOR), default="ceil"),
            "floor": points_key("最低得分", "迟报的扣到多少为止，不能为负", Sign.NOT_NEGATIVE, default=0),
        },
        "required": ["each"],
        "oneOf": [{"required": ["due"]}, {"required": ["allowed"]}],
        "dependentRequired": {"due": ["of"], "of": ["due"]},
    }

    points: float
    each: float
    due: tuple[int, int] | None = None  # month, day; None: a duration is scored instead
    of: DueYear = DueYear.SAME_YEAR
    allowed: float = 0.0
    every: float = 1.0
    steps: Steps = Steps.CEIL
    floor: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        month, _, day = data.get("due", "").partition("-")
        return cls(
            points,
            points_of(data["each"], points),
            (int(month), int(day)) if month else None,
            DueYear(data.get("of", DueYear.SAME_YEAR)),
            Quantity.parse(data.get("allowed", 0)).number,
            Quantity.parse(data.get("every", 1)).number,
            Steps(data.get("steps", Steps.CEIL)),
            points_of(data.get("floor", 0), points),
        )

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A date, or a duration."""
        return frozenset({FieldType.DATE} if self.due else {FieldType.COUNT, FieldType.AMOUNT})

    @property
    def rises(self) -> bool | None:
        """No, it falls: the later, the fewer points."""
        return False

    @property
    def bounds(self) -> tuple[float, float]:
        """Zero (never submitted) to the indicator's points."""
        return 0.0, self.points

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes: it takes points off for what happened."""
        return True

    def faults(self) -> Iterator[Fault]:
        """A day that does not exist in every year; a floor that is not below the points."""
        yield from floor_faults(self.floor, self.points)
        if self.due is not None:
            try:
                date(2001, *self.due)  # 2001: a year without 29 February
            except ValueError:
                month, day = self.due
                words = Words("每年都有的日期，如 02-28", "a day that every year has, such as 02-28")
                yield contradiction(("due",), f"{month:02}-{day:02}", words)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        needed, over = [inputs.value], inputs.value - self.allowed
        if self.due is not None:
            if inputs.years is None:
                raise ValueError("a due date needs the assessed years")
            # The time of day does not make a submission late.
            needed, over = [inputs.value, inputs.years], np.floor(inputs.value) - self._due_days(inputs.years)
        lost = self.each * count_steps(over, self.every, self.steps)
        points = np.where(np.isposinf(inputs.value), 0.0, np.maximum(self.points - lost, self.floor))
        return settled(points, needed)

    def formula(self, cells: Cells) -> str:
        """Text in the cell of a date (未报送) gives zero points; a blank cell stays blank."""
        over = f"{cells.value}-{sheet.number(self.allowed)}"
        if self.due is not None:
            over = f"INT({cells.value})-{self._due_cell(cells)}"
        lost = f"{sheet.number(self.each)}*{steps_formula(over, self.every, self.steps)}"
        points = sheet.dust_free(f"MAX({sheet.number(self.points)}-{lost},{sheet.number(self.floor)})")
        if self.due is None:
            return sheet.unless_missing([cells.value], points)
        result = f'IF({cells.value}="","",IF(ISNUMBER({cells.value}),{points},0))'
        return sheet.unless_missing([cells.year], result)

    def standard(self, terms: Terms) -> Phrase:
        """年度报告报送日期不迟于考核年度次年 3 月 31 日得 1.5 分，每迟 1 日扣 0.1 分，扣完为止……"""
        every = _DAYS(days=self.every) if self.due else figure(Quantity(self.every), terms.value)
        # Nobody submits a fraction of a day, so the standard need not say what part of a day costs.
        needs_no_mode = self.due is not None and self.every == 1
        mode: Phrase | str = "" if needs_no_mode else _MODE(mode=steps_words(every, self.steps))
        if self.due is not None:
            by = _BY[self.of](month=self.due[0], day=self.due[1])
        else:
            by = before_word(figure(Quantity(self.allowed), terms.value))
        words = _STANDARD_DATE if self.due else _STANDARD_TIME
        return words(
            value=terms.value.name,
            by=by,
            points=self.points,
            every=before_word(every),
            each=self.each,
            mode=mode,
            floor=floor_words(self.floor),
            never=terms.value.never or NOT_CAME(),
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """年度报告报送日期为 2021年4月7日，期限 2021年3月31日，迟 7 日，1.5 − 7 × 0.1 = 0.8 分."""
        name, value, is_day = terms.value.name, rows.value, self.due is not None
        due = self._due_days(rows.year) if is_day else np.full(len(value), self.allowed)
        over = without_dust(np.floor(value) - due if is_day else value - due)
        n = count_steps(over, self.every, self.steps)
        whole = n * self.every

        def length(numbers: FloatArray) -> Phrase:
            return _DAYS(days=numbers) if is_day else figure(Quantities(numbers, decimals=VALUE_DECIMALS), terms.value)

        every = _DAYS(days=self.every) if is_day else figure(Quantity(self.every), terms.value)
        rate = (_EVERY_DATE if is_day else _EVERY_TIME)(every=before_word(every), each=self.each)
        figures: dict[str, object] = {
            "over": length(over),
            "rate": chosen((whole == over, rate), otherwise=_AS(rate=rate, whole=before_word(length(whole)))),
            "less": less(self.points, n * self.each, self.floor, rows.score, terms),
        }
        if is_day:
            reason: Phrases = _REASON_DATE(name=name, value=value, due=due, **figures)
        else:
            reason = _REASON_TIME(name=name, value=length(value), due=length(due), **figures)
        given = gives(rows.score, terms)
        never = NEVER(never=terms.value.never or NOT_CAME(), gives=given)
        reason = chosen((np.isposinf(value), never), (over <= 0, _IN_TIME(gives=given)), otherwise=reason)
        return unless_trivial(rows, self.points, reason, terms)

    def due_days(self, years: FloatArray) -> FloatArray | None:
        """See ``HasDue``."""
        return None if self.due is None else self._due_days(years)

    def _due_days(self, years: FloatArray) -> FloatArray:
        """Spreadsheet day numbers of the due dates; nan where the year is nan."""
        month, day = self.due or (1, 1)
        known = np.where(np.isnan(years), 2000, years).astype(np.int64) + (self.of is DueYear.FOLLOWING_YEAR)
        months = ((known - 1970) * 12 + month - 1).astype("datetime64[M]")
        days = (months.astype("datetime64[D]") + (day - 1) - EPOCH).astype(np.float64)
        return np.where(np.isnan(years), np.nan, days)

    def _due_cell(self, cells: Cells) -> str:
        month, day = self.due or (1, 1)
        year = f"{cells.year}+1" if self.of is DueYear.FOLLOWING_YEAR else cells.year
        return f"DATE({year},{month},{day})"
