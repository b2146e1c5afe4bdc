"""`value:` expressions: arithmetic over fields, parsed once, then evaluated over whole columns or as a cell formula.

Allowed: names of fields, numbers (a percentage such as ``90%`` written as 0.9), ``+ - * / ( )``, comparisons,
``and or not``, ``if(condition, a, b)``; ``min max abs ln sqrt``, ``pow(x, 2)``, ``round floor ceil`` (to so many
decimals), ``blank(x)``, ``answered(x)``, ``first(a, b)`` (the first that is answered); and three kinds of reference:
``previous.taken`` (last edition's figure), ``cohort_mean(taken)`` and its like (a statistic of the cohort),
``score("23-2")`` (what another node of the tree came to). Nothing else can be reached: the text is parsed by Python's
own parser and every node that is not on the list is refused at its column. Evaluation treats a reference like any other
name: its canonical text is the key.
"""

from lawgov_score.expression.columns import Result
from lawgov_score.expression.expression import Expression, conditions_at_odds, parse
from lawgov_score.expression.grammar import COHORT_STATISTICS, QUANTILE, BadExpressionError, Statistic, statistic_of
from lawgov_score.expression.measures import NUMBER, POINTS, SHARE, Measure, Nature, measure_of_name
from lawgov_score.expression.sheet import asked_key
from lawgov_score.expression.worded import Noun, Nouns, begins_with_bracket

__all__ = [
    "COHORT_STATISTICS",
    "NUMBER",
    "POINTS",
    "QUANTILE",
    "SHARE",
    "BadExpressionError",
    "Expression",
    "Measure",
    "Nature",
    "Noun",
    "Nouns",
    "Result",
    "Statistic",
    "asked_key",
    "begins_with_bracket",
    "conditions_at_odds",
    "measure_of_name",
    "parse",
    "statistic_of",
]
