"""A figure asked once scores as the same figure asked at every indicator that reads it; its blank counts once."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from builders import INVALID, a_submission, a_unit
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.model import AnswerState, Group, Indicator, Node, Previous, Tree
from lawgov_score.pipeline import load_tree
from lawgov_score.scoring import score
from lawgov_score.scoring.unanswered import owed_by

SCHEME = Path(__file__).parents[1] / "schemes" / "a-shared-figures" / "tree.yaml"
KEYS = ("a-shared-figures.staff", "1.licensed", "1-2.cases", "1-3.trained", "2-1.money", "2-3.attended")

answers = st.fixed_dictionaries({key: st.sampled_from([None, INVALID, 0, 1, 3, 7, 8, 10]) for key in KEYS})
units = st.lists(st.tuples(st.sampled_from(["town", "office"]), answers), min_size=1, max_size=5)


def the_tree() -> Tree:
    tree, _ = load_tree(SCHEME)
    assert tree is not None
    return tree


def asked_everywhere(tree: Tree) -> Tree:
    """The same tree with every shared field asked by each indicator that reads it."""

    def apart(node: Node) -> Node:
        if isinstance(node, Group):
            return replace(node, children=tuple(apart(child) for child in node.children), shared=None)
        return replace(node, fields=tuple(replace(field, asked_at="") for field in node.fields))

    return replace(tree, children=tuple(apart(child) for child in tree.children), shared=None)


TREE = the_tree()
APART = asked_everywhere(TREE)
OF = {f"{one.code}.{field.code}": one.keys[field.code] for one in TREE.indicators for field in one.fields}


def previous(staff: float) -> Previous:
    entries = {f"{code}.staff": staff for code in ("a-shared-figures", *(one.code for one in TREE.indicators))}
    return Previous("last", {}, {}, {}, {f"U{i}": entries for i in range(5)})


@settings(max_examples=60, deadline=None)
@given(units, st.sampled_from([0.0, 5.0, 9.0]))
def test_asked_once_or_at_every_indicator_the_scores_are_the_same(
    drawn: list[tuple[str, dict[str, object]]], before: float
) -> None:
    roster = tuple(a_unit(code=f"U{i}", type=kind) for i, (kind, _) in enumerate(drawn))
    once = [a_submission(unit=unit, answers=own) for unit, (_, own) in zip(roster, drawn, strict=True)]
    often = [
        a_submission(unit=unit, answers={key: own[shared] for key, shared in OF.items()})
        for unit, (_, own) in zip(roster, drawn, strict=True)
    ]
    one, other = (
        score(TREE, roster, once, previous=previous(before)),
        score(APART, roster, often, previous=previous(before)),
    )
    for name in ("scores", "points", "status", "total", "values", "rank"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)
    assert (one.asked <= other.asked).all()


@settings(max_examples=60, deadline=None)
@given(units)
def test_what_is_owed_is_what_coverage_lacks_less_what_is_illegible(
    drawn: list[tuple[str, dict[str, object]]],
) -> None:
    roster = tuple(a_unit(code=f"U{i}", type=kind) for i, (kind, _) in enumerate(drawn))
    sent = [a_submission(unit=unit, answers=own) for unit, (_, own) in zip(roster, drawn, strict=True)]
    scores = score(TREE, roster, sent)
    for row, owed in enumerate(owed_by(TREE, roster, sent)):
        asked = {key for key in KEYS if drawn[row][0] == "town" or key != "2-1.money"}
        wrong = sum(sent[row].answers[key].state is AnswerState.INVALID for key in asked)
        assert owed.asked == scores.asked[row] == len(asked)
        assert len(owed.blanks) + wrong == owed.asked - scores.answered[row]
        assert len({(of.code, field.code) for of, field in owed.blanks}) == len(owed.blanks)


def test_it_is_listed_with_the_block_that_asks_it_in_printed_order() -> None:
    (owed,) = owed_by(TREE, (a_unit(type="town"),), [None])
    assert [(of.code, field.code) for of, field in owed.blanks] == [tuple(key.rsplit(".", 1)) for key in KEYS]
    assert not isinstance(owed.blanks[0][0], Indicator)
