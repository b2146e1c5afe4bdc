"""What comes after aggregation: 一票否决 that an indicator's own figures trigger."""

import numpy as np

from lawgov_score.model import Tree
from lawgov_score.scoring.answers import Answers
from lawgov_score.scoring.values import fields_of

_HUGE = 1e12  # more than any count or amount a unit reports


def triggered_vetoes(tree: Tree, answers: Answers) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Per unit, the vetoes its own figures trigger, as (veto code, indicator code) in printed order.

    A veto is triggered where it holds whatever a missing figure might be: a blank neither triggers one nor hides one.
    Indicators that do not apply trigger nothing.
    """
    found: list[list[tuple[str, str]]] = [[] for _ in answers.applicable]
    for i, indicator in enumerate(tree.indicators):
        for trigger in indicator.vetoes:
            holds = np.ones(len(answers.applicable), dtype=bool)
            for blank in (0.0, _HUGE):
                fields = fields_of(indicator, answers.values)
                filled = {code: np.where(np.isnan(column), blank, column) for code, column in fields.items()}
                holds &= trigger.when.evaluate(filled).value == 1
            for row in np.flatnonzero(holds & answers.applicable[:, i]):
                found[row].append((trigger.veto, indicator.code))
    return tuple(map(tuple, found))
