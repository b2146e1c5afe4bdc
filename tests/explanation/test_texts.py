"""Reasons of many units at once say what the reason of each says: random rounds, every node, both languages."""

import numpy as np
import pytest
from hypothesis import given, settings
from random_rounds import Round, rounds
from rounds import a_round

from lawgov_score.explanation.reasons import reason
from lawgov_score.explanation.texts import reason_texts
from lawgov_score.model import Scores
from lawgov_score.report import render
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
