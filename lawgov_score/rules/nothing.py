"""Where nothing happened: what a rule then gives, which says whether its points may be taken off (weight −1)."""

import numpy as np

from lawgov_score.rules.rule import Inputs, Rule

_SLACK = 1e-9  # float dust is no difference


def is_most_at(rule: Rule, value: float) -> bool:
    """Does ``rule`` give the most it can at ``value``, and less elsewhere? ``value``: nan where it cannot be told."""
    lowest, highest = rule.bounds
    there = np.array([value])
    score = float(rule.score(Inputs(there, dict.fromkeys(rule.reads, there)))[0])
    return highest - lowest > _SLACK and score >= highest - _SLACK  # nan is no score
