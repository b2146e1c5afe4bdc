"""The ways of scoring (计分方式), one module each, and the table of them all. Adding one is one line in ``_ALL``."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.rules.all_or_nothing import AllOrNothing
from lawgov_score.rules.as_given import AsGiven
from lawgov_score.rules.by_place import ByPlace
from lawgov_score.rules.checklist import Checklist
from lawgov_score.rules.choice import Choice
from lawgov_score.rules.count_cap import CountCap
from lawgov_score.rules.deduction import Deduction
from lawgov_score.rules.escalation import Escalation
from lawgov_score.rules.excess import Excess
from lawgov_score.rules.improvement import Improvement
from lawgov_score.rules.judged import Judged
from lawgov_score.rules.late import Late
from lawgov_score.rules.linear import Linear
from lawgov_score.rules.normalised import Normalised
from lawgov_score.rules.proportional import Proportional
from lawgov_score.rules.rating import Rating
from lawgov_score.rules.relative import Relative
from lawgov_score.rules.rule import Rule
from lawgov_score.rules.shortfall import Shortfall
from lawgov_score.rules.tiers import Tiers
from lawgov_score.rules.veto_item import VetoItem

# In the order of docs/tree-format.md and docs/rules.md.
_ALL: tuple[type[Rule], ...] = (
    AllOrNothing,
    Choice,
    Checklist,
    Proportional,
    Linear,
    Shortfall,
    Excess,
    Tiers,
    Deduction,
    Escalation,
    CountCap,
    Late,
    Relative,
    ByPlace,
    Rating,
    VetoItem,
    AsGiven,
    Improvement,
    Judged,
    Normalised,
)

KINDS: Mapping[str, type[Rule]] = MappingProxyType({rule.KIND: rule for rule in _ALL})
"""Every way of scoring by the word after ``kind:``."""
