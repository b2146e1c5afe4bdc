"""Places at nodes: equals, direction, cohorts, who has no place, and the last ones (scoring/node_places.py)."""

from dataclasses import replace

import numpy as np
import pytest
from builders import a_group, a_tree, an_indicator
from scheme_runs import SCHEMES, done

from lawgov_score.catalogue import Code
from lawgov_score.explanation import node_places
from lawgov_score.explanation.advice import outlook_phrase
from lawgov_score.model import LastPlaces, Scores, Ties, Veto
from lawgov_score.model.advice import Outlook
from lawgov_score.problems import NodePlace
from lawgov_score.report import render
from lawgov_score.rules.keys import Better
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.scoring.node_places import places_at, with_last
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
        "居同组第 3 名（共 4 个单位），评为“一般”",
        "居同组第 1 名（共 4 个单位），评为“好”",
        "居同组第 3 名（共 4 个单位），评为“一般”",
    ]
    assert node_places.rated_at(scores, 3, "02") is None  # blank: neither place nor word


def test_advice_does_not_call_a_veto_of_places_settled() -> None:
    """A better figure may lift the unit out of the last places; how far, no unit alone can say."""
    scores = scheme("e-last-places")
    (found,) = advise(scores, [scores.row_of["c"]])
    assert (found.outlook, found.obstacles, found.by_place) == (Outlook.UNCERTAIN, ("veto:V1",), True)
    assert render(outlook_phrase(scores, found), Language.ZH) == (
        "上述一票否决由本单位在同组的名次而来，名次随其他单位而变，不能单就一个单位测算怎样达到优秀线。"
    )


def test_the_standard_says_what_places_and_words_mean() -> None:
    tree = scheme("f-words-at-nodes").tree
    own = node_places.standard_of(tree, tree.by_code["01"])
    assert own is not None
    assert render(own, Language.ZH) == (
        "本项另在同组排名次，得分高的在前；本项得分 18 分以上评为“好”、15 分以上评为“较好”、0 分以上评为“一般”"
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


def test_equals_among_entries_get_the_sign() -> None:
    before = scheme("c-windows-ranked")
    scores = replace(before, tree=replace(before.tree, policies=replace(before.tree.policies, equals_sign=True)))
    assert [scores.node_place_texts(f"01@{i}") for i in (1, 2, 3)] == [("=1", "=1", "1"), ("4", "3", ""), ("", "5", "")]
    assert [scores.placed_at("01@2", row) for row in range(3)] == [5, 5, 1]


def test_its_lint_is_a_module_of_its_own() -> None:
    assert checks.check_places.__module__ == "lawgov_score.tree.checks.places"  # tests/tree/bad/T260…, T261… raise it
