"""Parameters that contradict one another: which code, at which key.

Reaches ``rules/keys.py``.
"""

from typing import Any

import pytest

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.report import render
from lawgov_score.rules import KINDS
from lawgov_score.rules.rule import Rule
from lawgov_score.wording import Language, Phrase

_SLOPE: dict[str, Any] = {"target": "90%", "step": "10%", "each": 0.1, "steps": "linear"}
_EXCESS: dict[str, Any] = {"target": "10%", "step": "1%", "each": 0.1, "steps": "linear"}
_LEVELS = [{"code": "a", "name": "甲", "worth": 100}, {"code": "b", "name": "乙", "worth": 0}]
_RATING: dict[str, Any] = {"asks": "测评", "levels": _LEVELS}
_PARTS = [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}]
_DUE: dict[str, Any] = {"of": "same_year", "each": 0.1}


_STEPS: dict[str, Any] = {"better": "higher", "start": 0.5, "step": 1, "each": 0.1}
_NORMALISED: dict[str, Any] = {"by": "min_max", "better": "higher", "all_equal": "full"}
_SILENT: dict[str, Any] = {"option": "无此任务", "counts_as": "not_applicable"}


def _groups(*groups: tuple[str, str, float | str]) -> dict[str, Any]:
    listed = [{"code": code, "name": name, "weight": weight} for code, name, weight in groups]
    return {"groups": listed, "empty_group": "reweight"}


def _further(floor: float) -> dict[str, Any]:
    return {"further_deduction": {"field": "n", "each": 0.1, "floor": floor}}


def _options(*options: tuple[str, float]) -> dict[str, Any]:
    return {"asks": "情况", "options": [{"option": name, "score": score} for name, score in options]}


def _places(*bands: tuple[int, float]) -> dict[str, Any]:
    places = [{"up_to": last, "score": score} for last, score in bands]
    return {"better": "higher", "ties": "shared", "places": places}


def _bands(key: str, *bands: tuple[float | str, float]) -> dict[str, Any]:
    return {"tiers": [{key: mark, "score": score} for mark, score in bands]}


def _counts(*counts: tuple[str, float]) -> dict[str, Any]:
    return {"counts": [{"field": field, "each": each} for field, each in counts]}


_FAULTS: list[tuple[str, dict[str, Any], tuple[str | int, ...], Code]] = [
    ("proportional", {"cliff_included": True}, ("cliff_included",), Code.T209),
    ("shortfall", {**_SLOPE, "cliff_included": True}, ("cliff_included",), Code.T209),
    (
        "tiers",
        {"tiers": [{"at_least": 3, "score": 1}, {"above": 3, "score": 0.5}]},
        ("tiers", 1, "above"),
        Code.T203,
    ),
    ("tiers", {"tiers": [{"above": 3, "score": 1}, {"below": 2, "score": 0.5}]}, ("tiers", 1, "below"), Code.T209),
    ("all_or_nothing", _further(0.5), ("further_deduction", "floor"), Code.T209),
    ("all_or_nothing", _further(2), ("further_deduction", "floor"), Code.T209),
    ("choice", _options(("是", 1), ("是", 0)), ("options", 1, "option"), Code.T209),
    ("choice", _options(("是", 2), ("否", 0)), ("options", 0, "score"), Code.T213),
    (
        "checklist",
        {"parts": [_PARTS[0], {"code": "a", "name": "乙"}], "each_met": 0.5},
        ("parts", 1, "code"),
        Code.T209,
    ),
    (
        "checklist",
        {"parts": [_PARTS[0], {"code": "b", "name": "甲"}], "each_met": 0.5},
        ("parts", 1, "name"),
        Code.T209,
    ),
    ("checklist", {"parts": _PARTS, "each_missing": 0.5, "floor": 1}, ("floor",), Code.T209),
    ("checklist", {"parts": [{**_PARTS[0], "points": -1}], "each_met": 0.5}, ("parts",), Code.T209),
    ("checklist", {"parts": [{**_PARTS[0], "points": 0}], "each_met": 0.5}, ("parts", 0, "points"), Code.T209),
    ("checklist", {"parts": [_PARTS[0], {"field": "a"}], "each_met": 0.5}, ("parts", 1, "field"), Code.T209),
    ("proportional", {"target": "80%", "cliff": "90%"}, ("cliff",), Code.T209),
    ("linear", {"zero_at": "50%", "full_at": "50%"}, ("full_at",), Code.T209),
    ("shortfall", {**_SLOPE, "floor": 1}, ("floor",), Code.T209),
    ("shortfall", {**_SLOPE, "cliff": "95%"}, ("cliff",), Code.T209),
    ("shortfall", {**_SLOPE, "second": {"below": "95%", "each": 0.2}}, ("second", "below"), Code.T209),
    ("shortfall", {**_SLOPE, "cliff": "80%", "second": {"below": "70%", "each": 0.2}}, ("second", "below"), Code.T209),
    ("shortfall", {**_SLOPE, "step": 1}, ("step",), Code.T209),
    ("excess", {**_EXCESS, "cliff": "5%"}, ("cliff",), Code.T209),
    ("excess", {**_EXCESS, "second": {"above": "10%", "each": 0.2}}, ("second", "above"), Code.T209),
    ("excess", {**_EXCESS, "floor": "100%"}, ("floor",), Code.T209),
    ("tiers", _bands("at_least", ("30%", 1), ("50%", 0.7)), ("tiers", 1, "at_least"), Code.T203),
    ("tiers", _bands("at_least", ("50%", 1), ("50%", 0.7)), ("tiers", 1, "at_least"), Code.T203),
    ("tiers", _bands("at_most", (7, 1), (3, 0.7)), ("tiers", 1, "at_most"), Code.T203),
    (
        "tiers",
        {"tiers": [{"at_least": 7, "score": 1}, {"at_most": 3, "score": 0.7}]},
        ("tiers", 1, "at_most"),
        Code.T209,
    ),
    ("tiers", _bands("at_least", (7, 0.7), (3, 1)), ("tiers", 1, "score"), Code.T209),
    ("tiers", {"tiers": [{"at_least": 7, "score": 1}], "otherwise": 1}, ("otherwise",), Code.T209),
    ("tiers", {"tiers": [{"at_least": 7, "score": 2}]}, ("tiers", 0, "score"), Code.T213),
    ("deduction", {"each": 0.1, "floor": 1}, ("floor",), Code.T209),
    ("deduction", _counts(("a", 0.1), ("a", 0.2)), ("counts", 1, "field"), Code.T209),
    ("escalation", {"first": 2, "again": "double"}, ("first",), Code.T209),
    ("count_cap", {"each": 0.5, "cap": 2}, ("cap",), Code.T213),
    ("count_cap", {"each": 0.5, "cap": 0.4}, ("each",), Code.T209),
    ("count_cap", _counts(("a", 0.1), ("b", 3)), ("counts", 1, "each"), Code.T209),
    ("count_cap", _counts(("a", 0.1), ("b", 0)), ("counts", 1, "each"), Code.T209),
    ("count_cap", {**_counts(("a", 0.1), ("b", -1)), "highest_only": True}, ("counts", 1, "each"), Code.T209),
    (
        "deduction",
        {"counts": [*_counts(("a", 0.1))["counts"], {"unless": "a", "each": 1}]},
        ("counts", 1, "unless"),
        Code.T209,
    ),
    ("late", {**_DUE, "due": "02-30"}, ("due",), Code.T209),
    ("late", {**_DUE, "due": "02-29"}, ("due",), Code.T209),
    ("late", {**_DUE, "due": "03-31", "floor": 1}, ("floor",), Code.T209),
    ("relative", {"against": "best", "better": "higher", "each": 0.1}, ("each",), Code.T209),
    ("relative", {"against": "mean", "better": "higher", "floor": 0.1}, ("floor",), Code.T209),
    ("relative", {"against": "place", "better": "higher", "each": 0.1, "floor": 1}, ("floor",), Code.T209),
    ("by_place", _places((1, 1), (1, 0.8)), ("places", 1, "up_to"), Code.T209),
    ("by_place", _places((1, 0.8), (2, 0.8)), ("places", 1, "score"), Code.T209),
    ("by_place", {**_places((1, 1), (2, 0.8)), "otherwise": 0.8}, ("otherwise",), Code.T209),
    ("by_place", _places((1, 2), (2, 0.8)), ("places", 0, "score"), Code.T213),
    ("rating", {**_RATING, "levels": _LEVELS[::-1]}, ("levels", 1, "worth"), Code.T203),
    ("rating", {**_RATING, "full_at": 120}, ("full_at",), Code.T209),
    ("rating", {**_RATING, "levels": [_LEVELS[0], {**_LEVELS[1], "name": "甲"}]}, ("levels", 1, "name"), Code.T209),
    ("rating", {**_RATING, "step": 1, "each": 0.1, "floor": 1}, ("floor",), Code.T209),
    ("as_given", {"at_most": 2}, ("at_most",), Code.T213),
    ("improvement", {**_STEPS, "floor": 1}, ("floor",), Code.T209),
    ("improvement", {**_STEPS, "floor": 0.6}, ("start",), Code.T209),
    ("improvement", {**_STEPS, "start": 2}, ("start",), Code.T213),
    ("improvement", {**_STEPS, "cap": 1}, ("cap",), Code.T209),
    ("improvement", {**_STEPS, "cap": "90%"}, ("cap",), Code.T209),
    ("improvement", {"better": "lower", "more_than": 0, "otherwise": 2}, ("otherwise",), Code.T213),
    ("improvement", {"better": "lower", "at_least": 0, "otherwise": "100%"}, ("otherwise",), Code.T209),
    ("judged", {"marks": "mean", "at_most": 2}, ("at_most",), Code.T213),
    ("judged", {"marks": "mean", "at_least": 0.5, "at_most": 0.5}, ("at_least",), Code.T209),
    ("normalised", {**_NORMALISED, "mean_at": 0.5}, ("mean_at",), Code.T209),
    ("normalised", {**_NORMALISED, "each": 0.5}, ("each",), Code.T209),
    ("normalised", {**_NORMALISED, "cut": False}, ("cut",), Code.T209),
    ("relative", {"against": "median", "better": "higher", "each": 0.1}, ("each",), Code.T209),
    ("normalised", {**_NORMALISED, "by": "z_score", "mean_at": 2}, ("mean_at",), Code.T213),
    ("normalised", {**_NORMALISED, "by": "z_score", "mean_at": -1}, ("mean_at",), Code.T209),
    ("choice", {"asks": "情况", "options": [_SILENT, {**_SILENT, "option": "无资料"}]}, ("options",), Code.T209),
    (
        "tiers",
        {**_bands("at_least", (36, 0.1), (30, 0.3), (24, 0.2)), "otherwise": 1},
        ("tiers", 2, "score"),
        Code.T209,
    ),
    ("tiers", {**_bands("at_least", (36, 0.1), (30, 0.2)), "otherwise": 0.2}, ("otherwise",), Code.T209),
    ("proportional", {"better": "lower", "target": 15, "cliff": 10}, ("cliff",), Code.T209),
    ("rating", {**_RATING, **_groups(("a", "甲", "50%"), ("a", "乙", "50%"))}, ("groups", 1, "code"), Code.T209),
    ("rating", {**_RATING, **_groups(("a", "甲", "50%"), ("b", "甲", "50%"))}, ("groups", 1, "name"), Code.T209),
    ("rating", {**_RATING, **_groups(("a", "甲", "50%"), ("b", "乙", "40%"))}, ("groups",), Code.T209),
    # A percentage beside a plain number that can be none.
    ("linear", {"zero_at": "50%", "full_at": 100}, ("full_at",), Code.T209),
    ("proportional", {"target": "80%", "cliff": 60}, ("cliff",), Code.T209),
    ("proportional", {"target": 80, "cliff": "60%"}, ("target",), Code.T209),
    ("shortfall", {**_SLOPE, "step": 5}, ("step",), Code.T209),
    ("shortfall", {**_SLOPE, "target": 90}, ("target",), Code.T209),
    ("excess", {**_EXCESS, "cliff": 60}, ("cliff",), Code.T209),
    ("excess", {**_EXCESS, "second": {"above": 20, "each": 0.2}}, ("second", "above"), Code.T209),
    ("tiers", _bands("at_least", (90, 1), ("30%", 0.7)), ("tiers", 0, "at_least"), Code.T209),
    ("rating", {**_RATING, "full_at": "98%"}, ("levels", 0, "worth"), Code.T209),
    ("rating", {**_RATING, **_groups(("a", "甲", 50), ("b", "乙", "50%"))}, ("groups", 0, "weight"), Code.T209),
    ("as_given", {"at_least": 0.5, "at_most": 0.5}, ("at_least",), Code.T209),
]


@pytest.mark.parametrize(("kind", "data", "path", "code"), _FAULTS)
def test_a_contradiction_is_found_once_at_its_key(
    kind: str, data: dict[str, Any], path: tuple[str | int, ...], code: Code
) -> None:
    faults = list(KINDS[kind].from_data({"kind": kind, **data}, 1.0).faults())
    assert [(fault.path, fault.code) for fault in faults] == [(path, code)]
    entry = entry_of(code)
    for lang in Language:
        for words in (entry.title, entry.expected, entry.found, entry.hint):
            assert "{" not in render(Phrase(words, faults[0].values), lang)


def test_every_kind_that_can_contradict_itself_is_tried() -> None:
    assert {kind for kind, *_ in _FAULTS} == {kind for kind, rule in KINDS.items() if rule.faults is not Rule.faults}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("all_or_nothing", {"at_least": 1, "at_most": 2}),
        ("checklist", {"parts": _PARTS}),
        ("checklist", {"parts": _PARTS, "each_met": 1, "each_missing": 1}),
        ("checklist", {"parts": _PARTS, "each_met": 1, "floor": 0}),
        ("checklist", {"parts": [{**_PARTS[0], "field": "b"}], "each_met": 1}),
        ("checklist", {"parts": [{"code": "a"}], "each_met": 1}),
        ("shortfall", {"target": "90%", "step": "10%", "each": 0.1}),
        ("shortfall", {**_SLOPE, "step": 0}),
        ("shortfall", {**_SLOPE, "step": "0.0%"}),
        ("shortfall", {**_SLOPE, "target": "九成"}),
        ("tiers", {"tiers": [{"score": 1}]}),
        ("tiers", {"tiers": []}),
        ("deduction", {}),
        ("deduction", {"each": 1, "counts": [{"field": "a", "each": 1}]}),
        ("count_cap", {"each": 1, "highest_only": True}),
        ("late", {"due": "03-31", "each": 0.1}),
        ("late", {"due": "3-31", "of": "same_year", "each": 0.1}),
        ("late", {"allowed": 24, "each": 0.1, "floor": -1}),
        ("relative", {"against": "place", "better": "higher"}),
        ("by_place", {"better": "higher", "places": [{"up_to": 1, "score": 1}]}),
        ("by_place", {"better": "higher", "ties": "shared", "places": [{"up_to": 0, "score": 1}]}),
        ("rating", {**_RATING, "step": 1}),
        ("rating", {**_RATING, "groups": _groups(("a", "甲", 1), ("b", "乙", 1))["groups"]}),
        ("rating", {**_RATING, "empty_group": "missing"}),
        ("improvement", {"better": "higher"}),
        ("improvement", {"better": "higher", "at_least": 1, "start": 1, "step": 1, "each": 1}),
        ("improvement", {"better": "higher", "at_least": 1, "floor": 0}),
        ("improvement", {"better": "higher", "at_least": 1, "more_than": 1}),
        ("improvement", {"better": "higher", "more_than": -1}),
        ("improvement", {**_STEPS, "otherwise": 0.5}),
        ("improvement", {**_STEPS, "steps": "round"}),
        ("improvement", {**_STEPS, "each_down": -0.1}),
        ("improvement", {**_STEPS, "cap": 0}),
        ("improvement", {"better": "higher", "at_least": 1, "each_down": 0.1}),
        ("improvement", {"better": "higher", "at_least": 1, "cap": 2}),
        ("judged", {}),
        ("judged", {"marks": "mean", "reviewers": 0}),
        ("normalised", {"by": "min_max", "better": "higher"}),
        ("choice", {"asks": "情况", "options": [{**_SILENT, "score": 1}, _SILENT]}),
        ("choice", {"asks": "情况", "options": [{"option": "是", "score": 1}, {"option": "否"}]}),
        ("count_cap", {"each": 1, "cap": "不封顶"}),
    ],
)
def test_the_schema_refuses(kind: str, data: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    assert list(Draft202012Validator(dict(KINDS[kind].SCHEMA)).iter_errors(data))
