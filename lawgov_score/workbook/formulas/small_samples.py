"""Live formulas of small samples: when a sample is too small for its rate, and what its own rule then gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from lawgov_score.expression import Expression
from lawgov_score.model import Indicator
from lawgov_score.rounding import VALUE_DECIMALS
from lawgov_score.rules.cells import number
from lawgov_score.rules.rule import Rule


class ScoresByRule(Protocol):
    """Whatever knows where the figures of an indicator stand."""

    def score(self, rule: Rule, value: str) -> str:
        """The rule's formula over ``value``."""
        ...


@dataclass(frozen=True, slots=True)
class Small:
    """Is the sample small, and the score it then has: both without ``=``."""

    test: str
    score: str


def scored(
    indicator: Indicator, answers: Mapping[str, str], whole: ScoresByRule, value_cell: str, is_zero: str
) -> Small | None:
    """None where small samples are scored like others, or their rule cannot be said in a spreadsheet.

    ``answers``: addresses by name. ``is_zero``: the test for a zero denominator, where nothing is a sample at all.
    """
    sample = indicator.small_sample
    if sample is None or sample.rule is None or sample.rule.RELATIVE:
        return None
    if sample.value is not None and sample.value.divides:
        return None
    value = value_cell if sample.value is None else _inline(sample.value, answers)
    tests = [f"ROUND({sample.of.formula(answers)},{VALUE_DECIMALS})<{number(sample.below)}"]
    if is_zero:
        tests.append(f"NOT({is_zero})")
    substitute = indicator.substitute
    if substitute is not None and substitute.code in answers and indicator.value is not None:
        # Where only the printed rate is known, and no count to score instead, the rate is scored after all.
        only_rate = f"AND({indicator.value.missing_test(answers)},ISNUMBER({answers[substitute.code]}))"
        tests.append(f"NOT(AND({only_rate},NOT(ISNUMBER({value}))))")
    test = f"IF({sample.of.missing_test(answers)},FALSE,AND({','.join(tests)}))"
    return Small(test, whole.score(sample.rule, value))


def _inline(value: Expression, answers: Mapping[str, str]) -> str:
    """Another value in place of the indicator's own; a single field is its cell."""
    if value.text.strip() in answers:
        return answers[value.text.strip()]
    return f'IF({value.missing_test(answers)},"",ROUND({value.formula(answers)},{VALUE_DECIMALS}))'
