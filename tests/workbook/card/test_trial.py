"""A figure tried out on a card gives what the engine gives for it: total, place and grade.

Places and grades are compared where no other unit's score hangs on the figure: on a card theirs stay as published.

Reaches ``content/standing.py``, ``workbook/card/standing.py``, ``workbook/formulas/place.py``.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import everything
import formualizer
import numpy as np
import openpyxl
import pytest
import scheme_runs
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from recalculation import differing

from lawgov_score.content import labels
from lawgov_score.content.cohort import has_enough_peers
from lawgov_score.model import Answer, AnswerState, FilledBy, Group, Indicator, Scores, field_key
from lawgov_score.pipeline import assess
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.card.card_batch import CardBatch, prepare
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.formulas.lines import lines_of

TESTS = Path(__file__).parents[2]


@cache
def scored(name: str) -> Scores:
    """A round of the tests: of all ways, worked by hand, or one of the small schemes."""
    if name == "everything":
        return everything.a_round()
    if name == "golden":
        found = assess(TESTS / "golden" / "tree.yaml", [TESTS / "golden" / "answers.csv"], None).scores
    else:
        found = scheme_runs.done(TESTS / "schemes" / name).scores
    assert found is not None
    return found


@cache
def batch(name: str) -> CardBatch:
    return prepare(scored(name), Language.ZH)


@pytest.mark.parametrize("name", ["everything", "golden"])
def test_every_formula_of_every_card(tmp_path: Path, name: str) -> None:
    """Those of the schemes: tests/acceptance/test_scheme_cards.py."""
    scores = scored(name)
    for row in labels.listed(scores):
        write_card(scores, row, tmp_path / "card.xlsx", problems=(), lang=Language.ZH, batch=batch(name))
        assert differing(tmp_path / "card.xlsx")[1] == [], scores.units[row].code


# ---------------------------------------------------------------- another figure

ALONE = ["golden", "a-fields-and-arithmetic", "a-small-samples", "b-rates", "c-means", "f-grades", "f-ties-shared"]
COMPARED = ["b-within-the-cohort", "c-normalised", "everything"]


def is_compared(scores: Scores) -> bool:
    rules = [indicator.rule for indicator in scores.tree.indicators]
    rules += [node.rule for node in scores.tree.nodes if isinstance(node, Group) and node.rule is not None]
    return any(rule.RELATIVE for rule in rules) or any(
        i.expressions and any(e.cohort for e in i.expressions) for i in scores.tree.indicators
    )


def figure(field: Field) -> st.SearchStrategy[float]:
    match field.type:
        case FieldType.YES_NO:
            return st.sampled_from([0.0, 1.0])
        case FieldType.SHARE:
            return st.integers(0, 100).map(lambda n: n / 100)
        case FieldType.CHOICE:
            return st.integers(0, len(field.choices) - 1).map(float)
        case FieldType.DATE:
            return st.integers(43000, 46000).map(float)
        case _:
            return st.integers(0, 60).map(float)


def changed(scores: Scores, row: int, key: str, value: float) -> Scores:
    """The whole round scored anew with one answer of one unit changed."""
    submission = scores.submissions[row]
    assert submission is not None
    answers = {**submission.answers, key: Answer(AnswerState.GIVEN, value, CellPlace("x.csv"))}
    submissions = [replace(one, answers=answers) if one is submission else one for one in scores.submissions if one]
    return score(scores.tree, scores.units, submissions, scores.review, scores.previous)


def tried(
    path: Path, scores: Scores, row: int, indicator: Indicator, field: Field, value: float
) -> Mapping[str, object]:
    """What the card shows once the figure stands in its cell; empty where it has no such formula."""
    book = openpyxl.load_workbook(path)
    details = book["明细"]
    at = next((cell.row for cell in details["A"] if cell.value == indicator.code), 0)
    if at == 0 or details.cell(at, 8).data_type != "f":
        return {}
    names = [line.name for line in lines_of(scores, row, indicator, Language.ZH)]
    engine = formualizer.load_workbook(str(path))
    shown = field.choices[int(value)] if field.type is FieldType.CHOICE else value
    engine.set_value("明细", at + names.index(field.code), 5, shown)
    engine.evaluate_all()
    head = next(cell.row for cell in book["评分卡"]["A"] if str(cell.value).startswith("得分（"))
    cells = {"total": (head, 3), "place": (head, 6), "grade": (head + 1, 3)}
    return {what: engine.evaluate_cell("评分卡", *cell) for what, cell in cells.items()}


@given(data=st.data())
@settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_a_figure_tried_out(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*ALONE, *COMPARED]))
    scores = scored(name)
    rows = [row for row in labels.listed(scores) if scores.rank[row] and scores.submissions[row] is not None]
    row = data.draw(st.sampled_from(rows))
    open_ones = [
        (indicator, field)
        for indicator in scores.tree.indicators
        if not indicator.vetoes and indicator.filled_by is FilledBy.UNIT
        if scores.tree.is_applicable(indicator, scores.units[row].type)
        for field in indicator.fields
        if field.type is not FieldType.TEXT and not field.substitute
    ]
    assume(open_ones)
    indicator, field = data.draw(st.sampled_from(open_ones))
    value = data.draw(figure(field))
    path = tmp_path_factory.mktemp("card") / "card.xlsx"
    write_card(scores, row, path, problems=(), lang=Language.ZH, batch=batch(name))
    told = tried(path, scores, row, indicator, field, value)
    assume(told)
    after = changed(scores, row, field_key(indicator, field), value)
    where = (name, scores.units[row].code, field_key(indicator, field), value)
    if math.isnan(after.total[row]):
        assert told["total"] in {"", None}, where
        return
    assert told["total"] == pytest.approx(after.total[row], abs=1e-9), where
    others = np.delete(after.total, row), np.delete(scores.total, row)
    if not has_enough_peers(scores, row) or is_compared(scores) or not np.allclose(*others, equal_nan=True):
        return
    lands_on_a_tie = bool(np.isclose(np.delete(scores.total, row), after.total[row]).any())
    if not (lands_on_a_tie and scores.tree.policies.tie_breakers):
        assert f" {after.rank[row]} 名" in str(told["place"]) or f"={after.rank[row]}" in str(told["place"]), where
        assert told["grade"] == (after.grades[row] or "—"), where
