"""Places at nodes: equals, direction, cohorts, who has no place, and the last ones (scoring/node_places.py)."""

from dataclasses import replace

import numpy as np
import pytest
from builders import a_group, a_submission, a_tree, a_unit, a_unit_type, an_indicator
from scheme_runs import SCHEMES, done

from lawgov_score.catalogue import Code
from lawgov_score.explanation import node_places
from lawgov_score.explanation.reasons import reason
from lawgov_score.model import Band, Instead, LastPlaces, OnZero, Scores, Ties, Veto, WhenZero, Why
from lawgov_score.model.advice import Outlook
from lawgov_score.problems import NodePlace
from lawgov_score.report import render
from lawgov_score.rules.keys import Better
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.scoring.node_places import placed_by, places_at, with_last
from lawgov_score.scoring.suspicions import check_results
from lawgov_score.tree.checks import places as checks
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.template.other_rows import counted_in


def the_tree(ranked: Better, last: int = 1):  # type: ignore[no-untyped-def]  # a builder's tree
    node = an_indicator(code="01-1", ranked=ranked, last=LastPlaces(last, "V1"))
    return a_tree(children=[a_group(children=[node])], vetoes=(Veto("V1", "居末位", deduct=1),))


SCORED = np.array([9.0, 5.0, 0.1 + 0.2, 0.3, np.nan, 7.0])
COHORTS = np.array([0, 0, 0, 0, 0, 1])


@pytest.mark.parametrize(
    ("ranked", "places", "last"),
    [
        (Better.HIGHER, [1, 2, 3, 3, 0, 1], [False, False, True, True, False, False]),
        (Better.LOWER, [4, 3, 1, 1, 0, 1], [True, False, False, False, False, False]),
    ],
)
def test_equals_share_a_place_and_are_last_together(ranked: Better, places: list[int], last: list[bool]) -> None:
    tree, scores = the_tree(ranked), {"01-1": SCORED}
    assert places_at(tree, scores, COHORTS)["01-1"].tolist() == places
    struck = with_last(tree, [()] * 6, scores, COHORTS)
    assert [("V1", "01-1") in each for each in struck] == last


def test_who_is_first_is_never_last() -> None:
    """All of a cohort equal, or fewer of them than places: nobody, or only those behind the first."""
    equal = with_last(the_tree(Better.HIGHER), [()] * 3, {"01-1": np.array([4.0, 4.0, 4.0])}, np.zeros(3, np.intp))
    assert equal == ((), (), ())
    few = with_last(the_tree(Better.HIGHER, 3), [()] * 2, {"01-1": np.array([4.0, 5.0])}, np.zeros(2, np.intp))
    assert few == ((("V1", "01-1"),), ())


def test_vetoes_that_a_unit_has_already_stay() -> None:
    before = ((("V1", ""),), ())
    struck = with_last(the_tree(Better.HIGHER), before, {"01-1": np.array([4.0, 5.0])}, np.zeros(2, np.intp))
    assert struck == ((("V1", ""), ("V1", "01-1")), ())


def scheme(name: str) -> Scores:
    scores = done(next(path for path in SCHEMES if path.name == name)).scores
    assert scores is not None
    return scores


def test_more_than_half_of_a_cohort_is_said() -> None:
    found = [one for one in check_results(scheme("e-last-places")) if one.code is Code.R125]
    assert [(one.place, one.values["struck"], one.values["placed"]) for one in found] == [(NodePlace("", "01"), 3, 5)]


def test_places_and_words_stand_behind_the_reason() -> None:
    scores = scheme("f-words-at-nodes")
    told = [node_places.rated_at(scores, row, "01") for row in range(4)]
    assert [render(one, Language.ZH) for one in told if one is not None] == [
        "居同组第 2 名（共 4 个单位），评为“较好”",
        "并列居同组第 3 名（共 4 个单位），评为“一般”",
        "居同组第 1 名（共 4 个单位），折算到 20 分后 18 分，评为“好”",
        "并列居同组第 3 名（共 4 个单位），折算到 20 分后 14 分，评为“一般”",
    ]
    assert node_places.rated_at(scores, 3, "02") is None  # blank: neither place nor word


def test_advice_does_not_call_a_veto_of_places_settled() -> None:
    """A better figure may lift the unit out of the last places; how far, no unit alone can say."""
    scores = scheme("e-last-places")
    (found,) = advise(scores, [scores.row_of["c"]])
    assert (found.outlook, found.obstacles) == (Outlook.BARRED, ("veto:V1",))
    assert found.by_place == ("V1",)


def test_the_standard_says_what_places_and_words_mean() -> None:
    tree = scheme("f-words-at-nodes").tree
    own = node_places.standard_of(tree, tree.by_code["01"])
    assert own is not None
    assert render(own, Language.ZH) == (
        "本项另在同组排名次，得分高的在前；本项得分（有不适用的，先折算到 20 分）"
        "18 分以上评为“好”、15 分以上评为“较好”、0 分以上评为“一般”"
    )
    standard = counted_in(tree, tree.by_code["02"], Words("每条得 1 分。", "1 each.")())
    assert render(standard, Language.ZH) == "本项得分 8 分以上评为“优”、0 分以上评为“差”。\n每条得 1 分。"
    last = scheme("e-last-places").tree
    told = node_places.standard_of(last, last.by_code["01"])
    assert told is not None
    assert "居末 2 名的（末尾并列的一同计入），触发一票否决“行政执法居末 2 名”（V1）" in render(told, Language.ZH)


def test_the_standard_says_among_what_entries_have_places() -> None:
    tree = scheme("c-windows-ranked").tree
    told = [node_places.standard_of(tree, tree.by_code[code]) for code in ("01", "02", "03", "01@1")]
    assert [render(one, Language.ZH) if one is not None else "" for one in told] == [
        "各个另与同组各单位的一起排名次，得分高的在前",
        "各个另在本单位内排名次，得分低的在前",
        "各个另与全部单位的一起排名次，得分高的在前",
        "",
    ]


def test_entries_that_are_equal_stand_in_the_order_of_the_roster_and_as_filled_in() -> None:
    before = scheme("c-windows-ranked")
    tree = replace(before.tree, policies=replace(before.tree.policies, ties=Ties.ORDINAL))
    places = places_at(tree, before.node_scores, before.cohorts)
    assert [places[f"02@{i}"].tolist() for i in (1, 2)] == [[2, 1, 1], [1, 2, 0]]  # b: 4 and 4
    assert [places[f"01@{i}"].tolist() for i in (1, 2, 3)] == [[1, 2, 1], [4, 3, 0], [0, 5, 0]]  # a 9, b 9


def test_equals_among_entries_are_said_to_be() -> None:
    scores = scheme("c-windows-ranked")
    shared = [scores.node_shared(f"01@{i}").tolist() for i in (1, 2, 3)]
    assert shared == [[True, True, False], [False] * 3, [False] * 3]
    told = node_places.place_at(scores, 0, "01@1")
    assert told is not None
    assert render(told, Language.ZH).startswith("在同组各单位的“")
    assert "”中并列居第 1 名（共 5 个）" in render(told, Language.ZH)
    assert [scores.placed_at("01@2", row) for row in range(3)] == [5, 5, 1]


def test_places_of_a_rule_that_compares_units_are_those_of_the_rule_and_said_once() -> None:
    """4th and 5th get the same points, but only the 5th is last; less is better of the indicator's value."""
    scores = scheme("e-last-by-place")
    assert scores.node_ranks["01"].tolist() == [1, 2, 3, 4, 5]
    assert scores.node_ranks["02-1"].tolist() == [1, 4, 2, 5, 2]
    assert [("V1", "01") in each for each in scores.vetoes] == [False] * 4 + [True]
    assert [("V2", "02-1") in each for each in scores.vetoes] == [False] * 3 + [True, False]
    told = [reason(scores, row, code) for code in ("01", "02-1") for row in range(5)]
    texts = [render(one, Language.ZH) for one in told if one is not None]
    assert [text.count("居同组第") for text in texts] == [1] * 10
    assert texts[3].endswith("居同组第 4 名（共 5 个单位），得 6 分（满分 20 分）；评为“靠后”")
    assert "并列居同组第 2 名" in texts[7]


@pytest.mark.parametrize("ties", list(Ties))
def test_places_of_a_comparing_rule_share_as_the_rule_does_whatever_totals_do(ties: Ties) -> None:
    before = scheme("e-last-by-place")
    tree = replace(before.tree, policies=replace(before.tree.policies, ties=ties))
    placed = placed_by(tree, before.node_scores, before.node_compared)
    assert places_at(tree, placed, before.cohorts)["02-1"].tolist() == [1, 4, 2, 5, 2]


def test_a_word_never_contradicts_the_score_beside_it() -> None:
    """Converted to the node's points, or with digits enough to stand below the line."""
    scores = scheme("f-words-at-nodes")
    column = scores.node_column["01"]
    told = node_places.standard_of(scores.tree, scores.tree.by_code["01"])
    assert told is not None
    for converted, earned, said in (
        (33.97423, 26.33, "折算到 20 分后 33.97 分，评为"),
        (17.99995, 17.99995, "得分实为 17.99995 分，评为“较好”"),
        (17.5, 17.5, "居同组第 1 名（共 4 个单位），评为“较好”"),
    ):
        own, each = scores.node_scores["01"].copy(), scores.scores.copy()
        own[2], each[2, column] = converted, earned
        changed = replace(scores, node_scores={**scores.node_scores, "01": own}, scores=each)
        found = node_places.rated_at(changed, 2, "01")
        assert found is not None
        assert said in render(found, Language.ZH)


def test_its_lint_is_a_module_of_its_own() -> None:
    assert checks.check_places.__module__ == "lawgov_score.tree.checks.places"  # tests/tree/bad/T260…, T261… raise it


def test_who_is_only_given_something_takes_no_place() -> None:
    """Neither at the indicator that does not apply to it nor at a group with nothing else; one own figure is enough."""
    given = Instead({Why.TYPE: OnZero(WhenZero.SHARE, 0.0)}, frozenset({"office"}))
    aside = an_indicator(
        code="01-1",
        applies_to=["town"],
        instead=given,
        ranked=Better.HIGHER,
        last=LastPlaces(1, "V1"),
        bands=(Band("好", 0.5), Band("差", 0.0)),
    )
    own = an_indicator(code="02-1")
    tree = a_tree(
        children=[
            a_group(code="01", children=[aside], ranked=Better.HIGHER),
            a_group(code="02", children=[own, replace(aside, code="02-2", last=None)], ranked=Better.HIGHER),
        ],
        unit_types=(a_unit_type(code="town"), a_unit_type(code="office")),
        vetoes=(Veto("V1", "居末位", deduct=1),),
    )
    units = (a_unit(code="U0", type="town"), a_unit(code="U1", type="town"), a_unit(code="U2", type="office"))
    answers = (
        {"01-1.x": 0.9, "02-1.x": 0.5, "02-2.x": 0.1},
        {"01-1.x": 0.4, "02-1.x": 0.5, "02-2.x": 0.2},
        {"02-1.x": 0.5},
    )
    sent = [a_submission(unit=unit, answers=each) for unit, each in zip(units, answers, strict=True)]
    scores = score(tree, units, sent)
    places = {code: column.tolist() for code, column in scores.node_ranks.items()}
    assert places == {"01-1": [1, 2, 0], "01": [1, 2, 0], "02": [2, 1, 3], "02-2": [2, 1, 0]}
    assert [len(each) for each in scores.vetoes] == [0, 1, 0]  # the last is who takes part
    assert scores.bands_at("01-1") == ("好", "差", "差")  # a word is of the score
