"""高于目标扣分（excess）：指标值每高于目标一步，扣一定的分，扣到最低得分为止。

何时用：评分标准写成“败诉率不超过 10% 得满分，每高 1 个百分点扣 0.1 分”。

``steps`` 说明不足一步怎么算：``floor`` 不扣，``linear`` 按比例扣，``ceil`` 按一步扣；没有默认。
``second`` 写第二段，只对高于其起点的部分起作用；``cliff`` 写断崖，高于它直接得最低得分；
恰好等于断崖的也算在内的，另写 ``cliff_included: true``。

写法::

    rule:
      kind: excess
      target: 15%
      step: 1%
      each: 0.1
      steps: linear
      floor: 0                          # 可不写
      cliff: 60%                        # 可不写
      second: {above: 20%, each: 0.2}   # 可不写

算例：纠错率 3 / 8 = 37.5%，高出 22.5 个百分点，1.5 分扣完为止。

>>> import numpy as np
>>> from lawgov_score.rules.rule import Inputs
>>> rule = Excess.from_data({"target": "15%", "step": "1%", "each": 0.1, "steps": "linear"}, 1.5)
>>> rule.score(Inputs(np.array([0.375, 0.20, 0.15, 0.0, np.nan])))
array([0. , 1. , 1.5, 1.5, nan])
"""

from dataclasses import dataclass
from typing import ClassVar

from lawgov_score.rules.rule import Data, Path
from lawgov_score.rules.slope import Slope, slope_schema


@dataclass(frozen=True, slots=True)
class Excess(Slope):
    """Points off for every step above the target."""

    KIND: ClassVar[str] = "excess"
    NAME: ClassVar[str] = "高于目标扣分"
    SCHEMA: ClassVar[Data] = slope_schema("above", "高")
    THRESHOLDS: ClassVar[tuple[Path, ...]] = (("target",), ("cliff",), ("second", "above"))
    IS_BELOW: ClassVar[bool] = False

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes: it takes points off for what happened."""
        return True
