"""What comes after aggregation: 一票否决 that an indicator's own figures trigger."""

import numpy as np

from lawgov_score.model import BoolArray, Tree
from lawgov_score.scoring.answers import Answers
from lawgov_score.scoring.values import fields_of


def triggered_vetoes(tree: Tree, answers: Answers) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Per unit, the vetoes its own figures trigger, as (veto code, indicator code) in printed order.

    A figure that is missing triggers nothing; neither does one of an indicator that does not apply.
    """
    found: list[list[tuple[str, str]]] = [[] for _ in answers.applicable]
    for i, indicator in enumerate(tree.indicators):
        for trigger in indicator.vetoes:
            holds: BoolArray = trigger.when.evaluate(fields_of(indicator, answers.values)).value == 1
            for row in np.flatnonzero(holds & answers.applicable[:, i]):
                found[row].append((trigger.veto, indicator.code))
    return tuple(map(tuple, found))
