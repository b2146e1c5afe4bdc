"""What advice promises is what comes of it: its figures put in and scored; and "out of reach" is so for all answers.

With means for those without figures, scores beyond full marks, checks over several indicators, groups and vetoes by
place. Reaches ``scoring/advice/spanning.py``, ``scoring/advice/together.py``, ``scoring/advice/whatif.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice, product
from math import prod
from typing import Any

import numpy as np
from builders import a_submission, a_unit
from hypothesis import given, settings
from hypothesis import strategies as st
from random_rounds import Round, loaded, rounds

from lawgov_score.expression import parse
from lawgov_score.model import Answer, AnswerState, Group, Indicator, Node, Previous, Scores, Submission, Tree
from lawgov_score.model.advice import Advice, Outlook
from lawgov_score.problems import CellPlace
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.scoring.advice.candidates import given_figures, why_aside
from lawgov_score.scoring.advice.improve import keeps_own, keyed, movable, range_of
from lawgov_score.scoring.advice.whatif import compares, comparing_vetoes, what_if

MOST = 3  # of every count
MANY = 400  # answers tried
CODES = ("A-1", "A-2", "B")


def put_in(submission: Submission, figures: Mapping[str, float]) -> Submission:
    """The submission with these answers, by key."""
    place = CellPlace("")
    given = {key: Answer(AnswerState.GIVEN, figure, place) for key, figure in figures.items()}
    return replace(submission, answers={**submission.answers, **given})


def advised(advice: Advice) -> dict[str, float]:
    """The figures of an advice, by key."""
    return {f"{one.indicator}.{change.field}": change.after for one in advice.improvements for change in one.changes}


def without_others(tree: Tree) -> Tree:
    """The tree without quotas and without vetoes by place: the line of a grade is what advice speaks of."""

    def alone(node: Node) -> Node:
        if isinstance(node, Indicator):
            return replace(node, last=None)
        return replace(node, last=None, children=tuple(map(alone, node.children)))

    grades = tuple(replace(one, quota=None) for one in tree.grades)
    return replace(tree, grades=grades, children=tuple(map(alone, tree.children)))


def again(scores: Scores, row: int, figures: Mapping[str, float], tree: Tree | None = None) -> Scores:
    """The round scored anew with a unit's figures changed."""
    sent = [
        put_in(each, figures) if i == row else each for i, each in enumerate(scores.submissions) if each is not None
    ]
    return score(tree or scores.tree, scores.units, sent, scores.review, scores.previous)


def compared_columns(scores: Scores) -> list[int]:
    tree = scores.tree
    held = [one.code for one in tree.indicators if compares(one)]
    held += [one.code for one in tree.nodes if isinstance(one, Group) and one.rule is not None and one.rule.RELATIVE]
    return [scores.node_column[code] for code in held]


@settings(max_examples=150, deadline=None)
@given(rounds())
def test_what_is_promised_is_what_the_figures_give(a_round: Round) -> None:
    scores = a_round.scored()
    held = compared_columns(scores)
    for advice in advise(scores):
        tree = scores.of_unit(advice.row).tree
        by = tree.by_code[tree.policies.grade_by] if tree.policies.grade_by else tree
        if advice.outlook is Outlook.UNCERTAIN:
            is_compared = compares(by) if isinstance(by, Indicator) else by.rule is not None and by.rule.RELATIVE
            assert is_compared or held, "nothing in this tree compares units"
        if not advice.improvements:
            continue
        then = again(scores, advice.row, advised(advice))
        if not np.array_equal(then.scores[advice.row, held], scores.scores[advice.row, held], equal_nan=True):
            continue  # items that compare units are taken to stay as they are
        before, after = set(scores.vetoes[advice.row]), set(then.vetoes[advice.row])
        if after - before or (before - after) & comparing_vetoes(scores.tree):
            continue  # as are the vetoes of places: a better place may end one
        assert abs(then.graded[advice.row] - advice.reached) < 1e-6


# ---------------------------------------------------------------- against all answers there are

PLACES = {
    "kind": "by_place",
    "better": "higher",
    "places": [{"up_to": 1, "score": 4}, {"up_to": 2, "score": 2}],
    "otherwise": 0,
    "ties": "shared",
}
BEYOND = {"kind": "improvement", "better": "higher", "start": 2, "step": 1, "each": 1, "cap": 5, "steps": "floor"}
CHECKS = (
    'answer("A-1.x") <= answer("A-2.x")',
    'answer("A-1.x") + answer("A-2.x") <= 3',
    'answer("A-1.x") != answer("A-2.x")',
    'answer("A-1.x") + answer("B.x") <= 4',
)


def an_item(code: str, points: float, **other: Any) -> dict[str, Any]:
    fields = [{"code": "x", "name": f"{code}数", "type": "count", "measured_in": "件", "at_most": MOST}]
    return {
        "code": code,
        "title": code,
        "points": points,
        "applies_to": "all",
        "basis": "依据",
        "fields": fields,
        **other,
    }


def the_tree(checks: Sequence[str], full_at: int, *, is_last: bool, lines: Sequence[float]) -> Tree:
    """Two counts tied by checks, one beyond full marks beside last edition, a group by place."""
    says = [{"holds": one, "says": f"条件{i}"} for i, one in enumerate(checks)]
    claimed = {"may_not_apply": True, "when_not_applicable": {"claim": "cohort_mean"}, "no_mean": "zero"}
    inner = {
        "code": "A",
        "title": "甲",
        "points": 6,
        "ranked": "higher",
        **({"last": {"places": 1, "veto": "V1"}} if is_last else {}),
        "children": [
            an_item("A-1", 3, value="x", rule={"kind": "proportional", "target": MOST}),
            an_item("A-2", 3, value="x", rule={"kind": "proportional", "target": full_at}, **claimed),
        ],
    }
    placed = {
        "code": "P",
        "title": "乙",
        "points": 4,
        "out_of": 3,
        "rule": PLACES,
        "children": [an_item("P-1", 3, value="x", rule={"kind": "proportional", "target": MOST})],
    }
    data = {
        "code": "small",
        "title": "小体系",
        "edition": "2026",
        "year": 2026,
        "points": 13,
        "levels": ["方面", "小项"],
        "unit_types": [{"code": "town", "name": "镇街"}],
        "cohorts": [{"code": "all", "name": "全组", "unit_types": ["town"]}],
        "grades": [{"name": f"{i}等", "at_least": line} for i, line in enumerate((*lines, 0), start=1)],
        "vetoes": [{"code": "V1", "title": "末位", "bars": ["1等"]}] if is_last else [],
        "checks": says,
        "policies": {
            "rounding": {"indicator": 2, "group": None, "total": 2},
            "rank": {"by": "rounded", "ties": "shared"},
            "missing": "zero",
            "not_applicable": "total",
            "invalid": "score_valid",
            "claims": "await_review",
        },
        "nodes": [inner, an_item("B", 3, no_previous="cohort_mean", no_mean="zero", rule=BEYOND), placed],
    }
    tree, errors = loaded({key: each for key, each in data.items() if each != []})
    assert tree is not None, [(one.code, one.place, dict(one.values)) for one in errors]
    return tree


@st.composite
def small_rounds(draw: st.DrawFn) -> Scores:
    """Three units with answers that keep the checks; the first is the one to be advised."""
    checks = draw(st.sampled_from([(), *((one,) for one in CHECKS), *combinations(CHECKS, 2)]))
    lines = sorted(draw(st.sets(st.sampled_from([3, 5, 6, 7, 8, 9, 10, 11, 12]), min_size=2, max_size=2)))[::-1]
    tree = the_tree(checks, draw(st.integers(1, MOST)), is_last=draw(st.booleans()), lines=lines)
    units = tuple(a_unit(code=f"U{i}", type="town", cohort="all") for i in range(3))
    keys = ("A-1.x", "A-2.x", "B.x", "P-1.x")
    sent = []
    for unit in units:
        figures = {key: float(draw(st.integers(0, MOST))) for key in keys}
        if unit is not units[0] and draw(st.booleans()):
            del figures["A-2.x"]
        if not all(keeps(one, figures) for one in checks):
            figures |= {"A-1.x": 0.0, "A-2.x": 1.0}
        if draw(st.integers(0, 3)) == 0:
            del figures[draw(st.sampled_from([key for key in keys if key in figures]))]
        sent.append(a_submission(unit=unit, answers=figures))
    before = {unit.code: {"B": 1.0, "B.x": 1.0} for unit in units if draw(st.booleans())}
    previous = Previous("last", {}, {}, {}, before)
    return score(tree, units, sent, previous=previous)


def keeps(check: str, figures: Mapping[str, float]) -> bool:
    """Do the figures keep the check? With a blank it decides nothing."""
    holds = parse(check)
    known = {f'answer("{key}")': np.array([figures[key]]) for key in holds.answers if key in figures}
    return len(known) < len(holds.names) or bool(holds.evaluate(known).value[0] != 0)


@settings(max_examples=60, deadline=None)
@given(small_rounds())
def test_out_of_reach_is_what_no_answers_that_keep_the_checks_would_reach(scores: Scores) -> None:
    (advice,) = advise(scores, [0])
    if advice.outlook not in {Outlook.OUT_OF_REACH, Outlook.REACHABLE}:
        assert advice.outlook in {Outlook.TOP, Outlook.BARRED, Outlook.NOT_SCORED}
        return
    tree, sent = without_others(scores.tree), scores.submissions[0]
    assert sent is not None
    names = [grade.name for grade in tree.grades]
    checks = [check.holds.text for block in tree.blocks for check in block.checks]
    present = {key: float(str(one.value)) for key, one in sent.answers.items() if one.value is not None}
    keys = [f"{code}.x" for code in CODES]
    rooms = [[*map(float, range(MOST + 1)), *([] if key in present else [None])] for key in keys]
    found = [
        again(scores, 0, figures, tree)
        for each in product(*rooms)
        if (figures := {key: one for key, one in zip(keys, each, strict=True) if one is not None}) is not None
        and all(keeps(one, {**present, **figures}) for one in checks)
    ]
    best = min(names.index(one.grades[0]) for one in found)
    said = f"{checks} {present} {advice}"
    assert (best <= names.index(advice.target)) is (advice.outlook is Outlook.REACHABLE), said
    if advice.outlook is Outlook.OUT_OF_REACH:
        assert abs(max(one.graded[0] for one in found) - advice.reached) < 1e-6, said
        return
    figures = advised(advice)
    then = again(scores, 0, figures, tree)
    assert names.index(then.grades[0]) <= names.index(advice.target), said
    assert abs(then.graded[0] - advice.reached) < 1e-6, said
    assert all(keeps(one, {**present, **figures}) for one in checks), said


# ---------------------------------------------------------------- against many answers of rounds of every kind


def some_answers(scores: Scores, row: int) -> list[dict[str, float]]:
    """Many answers of one unit to all that it may move, within bounds and checks; at most ``MANY``, spread evenly.

    What triggered a veto has happened, and stays: the sentence says 已触发的一票否决不变 (test_advice_held.py).
    """
    tree, asked = scores.of_unit(row).tree, what_if(scores)
    happened = {code for _, code in scores.vetoes[row]}
    rooms: list[list[dict[str, float]]] = []
    for indicator in tree.indicators:
        given = given_figures(asked, row, indicator, {})
        if indicator.code in happened or why_aside(asked, scores, row, indicator, given) is not None:
            continue
        fields = movable(indicator, given)
        fixed = {code: one for code, one in given.items() if code not in {each.code for each in fields}}
        figures = []
        for each in fields:
            room = range_of(indicator, each, fixed)
            near = [given[each.code]] if each.code in given else []
            ends = [one for one in (room.least, room.most) if np.isfinite(one)]
            some = [one for one in (0.0, 1.0, 2.0, 5.0, 0.5, 1000.0) if one % room.step == 0]
            figures.append(sorted({one for one in (*near, *ends, *some) if room.least <= one <= room.most}))
        codes = [each.code for each in fields]
        tries = [{**fixed, **dict(zip(codes, each, strict=True))} for each in islice(product(*figures), 200)]
        rooms.append([dict(keyed(indicator, one)) for one in tries if one and keeps_own(indicator, one)] or [{}])
    size = prod(map(len, rooms))
    numbers = range(0, size, max(1, size // MANY))
    return [{key: one for part in _numbered(rooms, n) for key, one in part.items()} for n in numbers]


def _numbered(rooms: Sequence[list[dict[str, float]]], n: int) -> list[dict[str, float]]:
    parts = []
    for room in rooms:
        n, at = divmod(n, len(room))
        parts.append(room[at])
    return parts


@settings(max_examples=60, deadline=None)
@given(rounds(most_units=3))
def test_no_answers_that_were_tried_reach_what_is_called_out_of_reach(a_round: Round) -> None:
    scores = a_round.scored()
    for advice in advise(scores):
        if advice.outlook is not Outlook.OUT_OF_REACH:
            continue
        tried = some_answers(scores, advice.row)
        outcomes = what_if(scores).of_one_unit().ask([(advice.row, one) for one in tried])
        target = [grade.name for grade in scores.tree.grades].index(advice.target)
        at = int(outcomes.levels.argmin())
        assert outcomes.levels[at] > target, f"{advice} {tried[at]} {outcomes.figures[at]}"
