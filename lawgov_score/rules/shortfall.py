"""低于目标扣分（shortfall）：指标值每低于目标一步，扣一定的分，扣到最低得分为止。

何时用：评分标准写成“结案率达到 90% 得满分，每低 10 个百分点扣 0.25 分”。

``steps`` 说明不足一步怎么算：``floor`` 不扣，``linear`` 按比例扣，``ceil`` 按一步扣；评分标准没有写明的，
须由考核机构定下来，这里没有默认。``second`` 写第二段（更陡的一段），只对低于其起点的部分起作用；
``cliff`` 写断崖，低于它直接得最低得分；
恰好等于断崖的也算在内的，另写 ``cliff_included: true``。

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
>>> from lawgov_score.rules.rule import Inputs
>>> data = {"target": "90%", "step": "10%", "each": 0.25, "steps": "linear"}
>>> value = np.array([8 / 9, 0.9, np.nan])
>>> np.round(Shortfall.from_data(data, 0.5).score(Inputs(value)), 4)
array([0.4722, 0.5   ,    nan])
>>> Shortfall.from_data({**data, "steps": "ceil"}, 0.5).score(Inputs(value))
array([0.25, 0.5 ,  nan])
"""

from dataclasses import dataclass
from typing import ClassVar

from lawgov_score.rules.rule import Data, Path
from lawgov_score.rules.slope import Slope, slope_schema


@dataclass(frozen=True, slots=True)
class Shortfall(Slope):
    """Points off for every step below the target."""

    KIND: ClassVar[str] = "shortfall"
    NAME: ClassVar[str] = "低于目标扣分"
    SCHEMA: ClassVar[Data] = slope_schema("below", "低")
    THRESHOLDS: ClassVar[tuple[Path, ...]] = (("target",), ("cliff",), ("second", "below"))
    IS_BELOW: ClassVar[bool] = True
