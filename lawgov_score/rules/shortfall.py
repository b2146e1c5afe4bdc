"""低于目标扣分（shortfall）：指标值每低于目标一步，扣一定的分，扣到最低得分为止。

何时用：评分标准写成“结案率达到 90% 得满分，每低 10 个百分点扣 0.25 分”。

``steps`` 说明不足一步怎么算：``floor`` 不扣，``linear`` 按比例扣，``ceil`` 按一步扣；评分标准没有写明的，
须由考核机构定下来，这里没有默认。``second`` 写第二段（更陡的一段），只对低于其起点的部分起作用；
``cliff`` 写断崖，低于它直接得最低得分。

写法::

    rule:
      kind: shortfall
      target: 90%
      step: 10%
      each: 0.25
      steps: linear
      floor: 0                          # 可不写
      cliff: 50%                        # 可不写
      second: {below: 70%, each: 0.4}   # 可不写

算例：目标 90%，办结 9 件中的 8 件，分值 0.5 分。

>>> import numpy as np
>>> data = {"target": "90%", "step": "10%", "each": 0.25, "steps": "linear"}
>>> value = np.array([8 / 9, 0.9, np.nan])
>>> np.round(Shortfall.from_data(data, 0.5).score(Inputs(value)), 4)
array([0.4722, 0.5   ,    nan])
>>> Shortfall.from_data({**data, "steps": "ceil"}, 0.5).score(Inputs(value))
array([0.25, 0.5 ,  nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.rule import Cells, Data, Fault, Inputs, Path, Row, Rule, Terms
from lawgov_score.rules.slope import Slope, slope_schema
from lawgov_score.wording import Phrase


@dataclass(frozen=True, slots=True)
class Shortfall(Rule):
    """Points off for every step below the target."""

    KIND: ClassVar[str] = "shortfall"
    NAME: ClassVar[str] = "低于目标扣分"
    SCHEMA: ClassVar[Data] = slope_schema("below", "低")
    THRESHOLDS: ClassVar[tuple[Path, ...]] = (("target",), ("cliff",), ("second", "below"))

    slope: Slope

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(Slope.from_data(data, points, is_below=True))

    @property
    def field_types(self) -> frozenset[FieldType]:
        """Anything measured."""
        return frozenset({FieldType.SHARE, FieldType.COUNT, FieldType.AMOUNT})

    @property
    def rises(self) -> bool | None:
        """Yes: what falls short of the target takes points off."""
        return True

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor to the indicator's points."""
        return self.slope.floor, self.slope.points

    def faults(self) -> Iterator[Fault]:
        """See ``Slope.faults``."""
        yield from self.slope.faults()

    def score(self, inputs: Inputs) -> FloatArray:
        """See ``Slope.score``."""
        return self.slope.score(inputs.value)

    def formula(self, cells: Cells) -> str:
        """See ``Slope.formula``."""
        return self.slope.formula(cells.value)

    def standard(self, terms: Terms) -> Phrase:
        """结案率达到 90% 得 0.5 分，每低 10 个百分点扣 0.25 分……"""
        return self.slope.standard(terms)

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """结案率 88.89%，低于目标 90%，差 1.11 个百分点，0.5 − 0.1111 × 0.25 = 0.47 分."""
        return self.slope.reason(row, terms)
