"""The data that the stages exchange: Tree, Roster, Submission, Review, Scores. Frozen; no behaviour beyond look-ups."""

from lawgov_score.measure.ways import LookupRow, Way
from lawgov_score.model.adjustments import NO_LIMITS, AdjustmentKind, AdjustmentLimits, Sign
from lawgov_score.model.aggregation import Aggregation, Use
from lawgov_score.model.answer_columns import AnswerColumns, RowAnswers, Texts, columns_of
from lawgov_score.model.answers import Answer, AnswerState, Roster, Submission, Unit, field_key
from lawgov_score.model.gathered import filled, gathered, in_state, lines_of
from lawgov_score.model.lists import Cohort, Grade, Letter, Quota, UnitType, Veto, VetoTrigger, Waiver
from lawgov_score.model.node import (
    NOWHERE,
    Check,
    FilledBy,
    Group,
    Indicator,
    Instead,
    Node,
    OnZero,
    SmallSample,
    WhenZero,
    Why,
)
from lawgov_score.model.policies import Claims, Invalid, Missing, Policies, Rescale, Ties
from lawgov_score.model.previous import Previous
from lawgov_score.model.review import NO_REVIEW, Change, Mark, RegisterEntry, Review, Ruling
from lawgov_score.model.scores import (
    FLOOR,
    INSIDE,
    PROVISIONAL,
    STATUS_NAMES,
    Adjusted,
    Scored,
    Scores,
    Status,
    StatusArray,
)
from lawgov_score.model.tree import Tree
from lawgov_score.model.working import Compared, Replaced, Working

__all__ = [
    "FLOOR",
    "INSIDE",
    "NOWHERE",
    "NO_LIMITS",
    "NO_REVIEW",
    "PROVISIONAL",
    "STATUS_NAMES",
    "Adjusted",
    "AdjustmentKind",
    "AdjustmentLimits",
    "Aggregation",
    "Answer",
    "AnswerColumns",
    "AnswerState",
    "Change",
    "Check",
    "Claims",
    "Cohort",
    "Compared",
    "FilledBy",
    "Grade",
    "Group",
    "Indicator",
    "Instead",
    "Invalid",
    "Letter",
    "LookupRow",
    "Mark",
    "Missing",
    "Node",
    "OnZero",
    "Policies",
    "Previous",
    "Quota",
    "RegisterEntry",
    "Replaced",
    "Rescale",
    "Review",
    "Roster",
    "RowAnswers",
    "Ruling",
    "Scored",
    "Scores",
    "Sign",
    "SmallSample",
    "Status",
    "StatusArray",
    "Submission",
    "Texts",
    "Ties",
    "Tree",
    "Unit",
    "UnitType",
    "Use",
    "Veto",
    "VetoTrigger",
    "Waiver",
    "Way",
    "WhenZero",
    "Why",
    "Working",
    "columns_of",
    "field_key",
    "filled",
    "gathered",
    "in_state",
    "lines_of",
]
