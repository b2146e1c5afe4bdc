"""达标计分（all_or_nothing）：达到标准得满分，否则不得分。

何时用：评分标准写成“报备率达到 100% 得 1 分，否则不得分”，或只问做到没有。

``at_least``（达到，含本数）、``above``（超过，不含）、``at_most``（不超过，含）、``below``（低于，不含）只写一个；
都不写时，指标值就是“是／否”。``further_deduction`` 在此之外按某个
填报项的数另扣（无证执法每人另扣 0.5 分），扣到 ``floor`` 为止。

写法::

    rule: {kind: all_or_nothing, at_least: 100%}

    rule: {kind: all_or_nothing, at_most: 2026-03-31}   # 日期项：不晚于这一天（当天几点都算）；始终未报送的不得分

    rule:
      kind: all_or_nothing
      at_least: 100%
      further_deduction: {field: unlicensed, each: 0.5, floor: 0}   # floor 可不写

算例：

>>> rule = AllOrNothing.from_data({"at_least": "100%"}, 1.0)
>>> rule.score(Inputs(np.array([1.0, 0.99, np.nan])))
array([ 1.,  0., nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt

from lawgov_score.measure.lines import LINES, is_lower_end
from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.keys import FLOOR, Sign, contradiction, field_code, floor_faults, parsed, points_key, points_of
from lawgov_score.rules.lines import claim, day_faults, holds, line_keys, missed, reached
from lawgov_score.rules.outcomes import figures_beside, gives, less, unless_trivial
from lawgov_score.rules.phrases import GETS, GETS_NONE, NOT_CAME, before_word, counted, figure, floor_words, unit
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Path, Rule, Terms, Whether
from lawgov_score.wording import Phrase, Quantity, Words

_TO_LINE = Words(
    "{value}{line}{gets} {points:points} 分，否则{none}{further}。",
    "{points:points} {gets} if {value} is {line}, otherwise {none}{further}.",
)
_ANSWERED = {
    True: Words(
        "{value}：填“是”{gets} {points:points} 分，填“否”{none}{further}。",
        '{value}: {points:points} {gets} for "yes", {none} for "no"{further}.',
    ),
    False: Words(
        "{value}：填“否”{gets} {points:points} 分，填“是”{none}{further}。",
        '{value}: {points:points} {gets} for "no", {none} for "yes"{further}.',
    ),
}
_HELD = Words(
    "{value}：{when}的，{gets} {points:points} 分，否则{none}{further}。",
    "{value}: {points:points} {gets} where {when}, otherwise {none}{further}.",
)
_ANY = Words(
    "{value}不为 0 的{gets} {points:points} 分，否则{none}{further}。",
    "{points:points} {gets} if {value} is not 0, otherwise {none}{further}.",
)
_FURTHER = Words(
    "；{field}每 1 {unit}另扣 {each:points} 分，{floor}",
    "; a further {each:points} off for each {unit} of {field}, {floor}",
)
_AT_LINE = Words("{name} {value}，{line}", "{name} {value} is {line}")
_NO = Words("{name}填“否”", '{name}: "no"')
_YES = Words("{name}填“是”", '{name}: "yes"')
_NOT_SO = Words("{name}：不符合条件", "{name}: the condition does not hold")
_IS_SO = Words("{name}：符合条件", "{name}: the condition holds")
_NEVER = Words("{name}：始终{never}", "{name} never came")
_ZERO = Words("{name}为 0", "{name} is 0")
_NOT_ZERO = Words("{name}不为 0", "{name} is not 0")
_GIVEN = Words("{why}，{gives}", "{why}: {gives}")
_TAKEN = Words(
    "{why}，{base}；{field} {number}（{figure} × {each:points}），另{less}",
    "{why}: {base}; {field} {number} ({figure} × {each:points}): a further {less}",
)


@dataclass(frozen=True, slots=True)
class AllOrNothing(ColumnWise):
    """Full points where the condition holds, none where it does not."""

    KIND: ClassVar[str] = "all_or_nothing"
    NAME: ClassVar[str] = "达标计分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            **line_keys("得满分"),
            "further_deduction": {
                "title": "另扣",
                "description": "在达标与否之外，按某个填报项的数另行扣分",
                "type": "object",
                "properties": {
                    "field": field_code("填报项", "计数的填报项的编码"),
                    "each": points_key("每个扣分", "每 1 个扣多少", Sign.POSITIVE),
                    "floor": FLOOR,
                },
                "required": ["field", "each"],
                "additionalProperties": False,
            },
        },
        "required": [],
        "allOf": [{"not": {"required": list(pair)}} for pair in combinations(LINES, 2)],
    }
    THRESHOLDS: ClassVar[tuple[Path, ...]] = tuple((key,) for key in LINES)
    SAYS_TAKEN_OFF: ClassVar[bool] = True

    points: float
    line: str = ""  # at_least, above, at_most or below; empty: yes or no
    mark: Quantity | None = None  # of the line
    counts: str = ""  # code of the field that deducts further
    each: float = 0.0
    floor: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        further: Data = data.get("further_deduction", {})
        line = next((key for key in LINES if key in data), "")
        return cls(
            points,
            line,
            parsed(data, line),
            further.get("field", ""),
            points_of(further.get("each", 0), points),
            points_of(further.get("floor", 0), points),
        )

    @property
    def reads(self) -> tuple[str, ...]:
        """The field that deducts further, if any."""
        return (self.counts,) if self.counts else ()

    @property
    def asks_whether(self) -> Whether | None:
        """Yes, where no figure is to be reached."""
        return Whether.NOT_ZERO if self.mark is None else None

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A yes or no where nothing is compared, a date beside a day, otherwise anything measured."""
        if self.mark is not None and self.mark.is_day:
            return frozenset({FieldType.DATE})
        if self.mark is None:
            return frozenset({FieldType.YES_NO} | ({FieldType.COUNT} if self.counts else set()))
        return frozenset({FieldType.SHARE, FieldType.COUNT, FieldType.AMOUNT})

    @property
    def reached_at(self) -> Quantity | None:
        """The line, where it counts as reached; above and below leave it out."""
        return self.mark if self.line in {"at_least", "at_most"} else None

    @property
    def rises(self) -> bool | None:
        """True (a larger value never scores less), unless the line is an upper end."""
        return self.mark is None or is_lower_end(self.line)

    @property
    def bounds(self) -> tuple[float, float]:
        """Nothing (or the floor of the further deduction) to the indicator's points."""
        return min(self.floor, 0.0), self.points

    @property
    def levels(self) -> tuple[float, ...]:
        """Nothing or all, unless a count takes off further."""
        return () if self.counts else (0.0, self.points)

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes where it asks for none (``at_most: 0``); otherwise as its own figures say."""
        asks_none = (
            self.mark is not None and not self.mark.is_day and not is_lower_end(self.line) and self.mark.number <= 0
        )
        return asks_none or Rule.is_most_at_nothing(self, value)

    def faults(self) -> Iterator[Fault]:
        """A floor above zero would give points to units that failed."""
        if self.mark is not None:
            yield from day_faults({(self.line,): self.mark})
        path = ("further_deduction", "floor")
        if 0 < self.floor < self.points:
            yield contradiction(path, self.floor, Words("0 或负数", "0 or less"))
        yield from floor_faults(self.floor, self.points, path)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        points = np.where(self._holds(inputs.value), self.points, 0.0)
        if not self.counts:
            return settled(points, [inputs.value])
        number = inputs.answers[self.counts]
        return settled(np.maximum(points - self.each * number, self.floor), [inputs.value, number])

    def formula(self, cells: Cells) -> str:
        """IF the condition holds."""
        test = f"{cells.value}<>0"
        if self.mark is not None:
            test = claim(self.line, cells.value, self.mark)
        points = f"IF({test},{sheet.number(self.points)},0)"
        is_day = self.mark is not None and self.mark.is_day
        if is_day:
            points = f"IF(ISNUMBER({cells.value}),{points},0)"  # a text says that it never came
        if not self.counts:
            return (sheet.unless_blank if is_day else sheet.unless_missing)([cells.value], points)
        number = cells.answers[self.counts]
        inner = sheet.dust_free(f"MAX({points}-{sheet.number(self.each)}*{number},{sheet.number(self.floor)})")
        if is_day:
            return sheet.unless_blank([cells.value], sheet.unless_missing([number], inner))
        return sheet.unless_missing([cells.value, number], inner)

    def standard(self, terms: Terms) -> Phrase:
        """报备率达到 100% 得 1 分，否则不得分."""
        further: Phrase | str = ""
        if self.counts:
            term = terms.fields[self.counts]
            further = _FURTHER(field=term.name, unit=unit(term), each=self.each, floor=floor_words(self.floor))
        figures: dict[str, object] = {
            "value": terms.value.name,
            "points": self.points,
            "gets": GETS[terms.is_taken_off],
            "none": GETS_NONE[terms.is_taken_off],
            "further": further,
        }
        if self.mark is not None:
            line = reached(self.line, self.mark, before_word(figure(self.mark, terms.value)))
            return _TO_LINE(**figures, line=line)
        if terms.when is not None:
            return _HELD(**figures, when=before_word(terms.when))
        return (_ANY if terms.value.scores is None else _ANSWERED[terms.value.scores])(**figures)

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """报备率 99%，未达到 100%，不得分."""
        is_met, mark = self._holds(rows.value), self.mark
        figures: dict[str, object] = {"name": terms.value.name}
        did, failed = _IS_SO(**figures), _NOT_SO(**figures)
        if terms.when is None:
            words = {None: (_NOT_ZERO, _ZERO), True: (_YES, _NO), False: (_NO, _YES)}[terms.value.scores]
            did, failed = (each(**figures) for each in words)
        if mark is not None:
            beside = figures_beside(
                [rows.value],
                terms.value,
                (mark,),
                rows.score,
                lambda shown, _: np.where(self._holds(shown[0]), self.points, 0.0),
            )
            figures["value"], shown_mark = figure(beside.shown[0], terms.value), figure(mark, terms.value)
            did, failed = (_AT_LINE(**figures, line=of(self.line, mark, shown_mark)) for of in (reached, missed))
        is_never = np.isposinf(rows.value) & (mark is not None and mark.is_day)
        why = chosen(
            (is_never, _NEVER(**figures, never=terms.value.never or NOT_CAME())), (is_met, did), otherwise=failed
        )
        base = np.where(is_met, self.points, 0.0)
        plain = _GIVEN(why=why, gives=gives(rows.score, terms))
        if not self.counts:
            return unless_trivial(rows, self.points, plain, terms)
        number, term = rows.answers[self.counts], terms.fields[self.counts]

        def further(of: float) -> Phrase:
            return _TAKEN(
                why=why,
                base=gives(np.full(len(base), of), terms),
                field=term.name,
                number=counted(number, term),
                figure=number,
                each=self.each,
                less=less(of, self.each * number, self.floor, rows.score, terms),
            )

        taken = chosen((is_met, further(self.points)), otherwise=further(0.0))
        return unless_trivial(rows, self.points, chosen((number == 0, plain), otherwise=taken), terms)

    def _holds(self, value: FloatArray) -> npt.NDArray[np.bool_]:
        if self.mark is not None:
            return holds(self.line, value, self.mark)
        return np.asarray(value != 0)
