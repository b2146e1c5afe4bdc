"""Reasons of many units at once say what the reason of each says: random rounds, every node, both languages."""

import pickle
import sys
from collections.abc import Callable

import numpy as np
import pytest
from builders import a_field, a_group, a_rule, a_submission, a_tree, a_unit, an_aggregation, an_indicator
from hypothesis import given, settings
from random_rounds import Round, rounds
from rounds import a_round

from lawgov_score.explanation.reasons import reason
from lawgov_score.explanation.texts import reason_texts
from lawgov_score.model import Scores
from lawgov_score.processes import pool as process_pool
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language


def one_by_one(scores: Scores, code: str, lang: Language) -> list[str]:
    phrases = [reason(scores, row, code) for row in range(len(scores.units))]
    return ["" if phrase is None else render(phrase, lang) for phrase in phrases]


@given(rounds(most_units=9))
@settings(max_examples=60, deadline=None)
def test_the_texts_of_a_column_are_those_of_its_cells(a: Round) -> None:
    scores = a.scored()
    for node in scores.tree.nodes:
        for lang in Language:
            assert reason_texts(scores, node.code, lang) == one_by_one(scores, node.code, lang), node.code


@pytest.mark.parametrize("lang", Language)
def test_only_the_units_asked_for_are_worded_in_the_order_asked(lang: Language) -> None:
    scores = a_round()
    for node in scores.tree.nodes:
        every = reason_texts(scores, node.code, lang)
        assert reason_texts(scores, node.code, lang, [3, 0, 3]) == [every[3], every[0], every[3]]
        assert reason_texts(scores, node.code, lang, np.arange(2)) == every[:2]
        assert reason_texts(scores, node.code, lang, []) == []
    assert any(reason_texts(scores, node.code, lang)[0] for node in scores.tree.nodes)


def a_comparing_round(units: int) -> Scores:
    """Units compared with one another at two indicators, under a weighted mean; no two figures are alike."""
    leaves = [
        an_indicator(
            code=f"01-{i}",
            points=10,
            weight=float(i),
            fields=[a_field(type="amount")],
            value="x",
            rule=a_rule(points=10, kind="normalised", by=by, better="higher", all_equal="full"),
        )
        for i, by in enumerate(("min_max", "percentile"), start=1)
    ]
    tree = a_tree(children=[a_group(points=10, children=leaves, aggregation=an_aggregation("weighted_mean"))])
    everyone = tuple(a_unit(code=f"U{i:04}") for i in range(units))
    answers = [{"01-1.x": (i * 7919) % 10007 / 3, "01-2.x": (i * 104729) % 10009 / 7} for i in range(units)]
    given = [a_submission(unit=unit, answers=own) for unit, own in zip(everyone, answers, strict=True)]
    return score(tree, everyone, given)


def calls_of(work: Callable[[], object]) -> int:
    """How many Python functions are called."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def test_words_are_made_for_columns_not_for_units() -> None:
    def said(units: int) -> int:
        scores = a_comparing_round(units)
        assert all(reason_texts(scores, node.code, Language.ZH)[1] for node in scores.tree.nodes)
        codes = [node.code for node in scores.tree.nodes]
        scores.kept.clear()
        return calls_of(lambda: [reason_texts(scores, code, Language.ZH) for code in codes])

    few, many = said(20), said(400)
    assert many < 2 * few, (few, many)


def test_what_is_kept_stays_at_home() -> None:
    scores = a_comparing_round(3)
    texts = [reason_texts(scores, node.code, Language.EN) for node in scores.tree.nodes]
    assert scores.kept
    sent: Scores = pickle.loads(process_pool.sent(scores))
    assert not sent.kept
    assert [reason_texts(sent, node.code, Language.EN) for node in sent.tree.nodes] == texts
