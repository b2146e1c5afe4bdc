"""What the stages exchange: Tree, Roster, Submission, Scores. Frozen; no behaviour beyond looking things up."""

from lawgov_score.model.answers import Answer, AnswerState, Roster, Submission, Unit, field_key
from lawgov_score.model.lists import Cohort, Grade, Quota, UnitType, Veto, VetoTrigger, Waiver
from lawgov_score.model.node import NOWHERE, Group, Indicator, Node, OnZero, SmallSample, WhenZero
from lawgov_score.model.policies import Claims, Invalid, Missing, Policies, Rescale, Ties
from lawgov_score.model.scores import BoolArray, Scores, Status, StatusArray
from lawgov_score.model.tree import Tree

__all__ = [
    "NOWHERE",
    "Answer",
    "AnswerState",
    "BoolArray",
    "Claims",
    "Cohort",
    "Grade",
    "Group",
    "Indicator",
    "Invalid",
    "Missing",
    "Node",
    "OnZero",
    "Policies",
    "Quota",
    "Rescale",
    "Roster",
    "Scores",
    "SmallSample",
    "Status",
    "StatusArray",
    "Submission",
    "Ties",
    "Tree",
    "Unit",
    "UnitType",
    "Veto",
    "VetoTrigger",
    "Waiver",
    "WhenZero",
    "field_key",
]
