"""What a unit reads of problems: those that are for it, without folders, row numbers and what the office looks into.

Reaches ``catalogue/audience.py``.
"""

import re
from dataclasses import replace
from string import Formatter

import pytest
from builders import a_field, a_given_score, a_submission, a_tree, a_unit, an_answer, an_indicator

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.catalogue.audience import FOR_THE_OFFICE, FOR_UNITS, HINTS
from lawgov_score.content.unit_problems import for_units, told, told_together
from lawgov_score.expression import parse
from lawgov_score.model import Scores, SmallSample
from lawgov_score.problems import FOR_THE_OFFICE_ALONE, CellPlace, NodePlace, Place, Problem, TextPlace
from lawgov_score.scoring import score
from lawgov_score.wording import Language

FOLDER = "收件/2018/密"


def test_every_code_is_for_units_or_for_the_office() -> None:
    assert set(FOR_UNITS) | set(FOR_THE_OFFICE) == set(Code)
    assert set(FOR_UNITS) & set(FOR_THE_OFFICE) == set()
    assert set(HINTS) <= set(FOR_UNITS)
    assert set(FOR_THE_OFFICE_ALONE) <= set(FOR_THE_OFFICE)


def test_nothing_about_the_tree_the_tables_or_the_offices_own_files_is_for_units() -> None:
    assert {code[0] for code in FOR_UNITS} == {"S", "R"}
    for code in (Code.S139, Code.S142, Code.S117, Code.R102, Code.R114, Code.R120):
        assert code not in FOR_UNITS


@pytest.mark.parametrize("code", sorted(FOR_UNITS))
def test_the_hint_speaks_to_the_unit(code: Code) -> None:
    """Not to the office: “请该单位补报” and keys of the tree are none of the unit's business."""
    hint = HINTS.get(code, entry_of(code).hint).zh
    for word in ("该单位", "督促", "考核办核实", "指标体系中", "policies", "floor", "table", "applies_to"):
        assert word not in hint, hint


def values_of(code: Code) -> dict[str, object]:
    """A figure for every name in the words of a code; the folder where the words take a text as it is."""
    entry, values = entry_of(code), dict[str, object]()
    own = HINTS.get(code)
    for words in (entry.title, entry.expected, entry.found, entry.hint, *([own] if own is not None else [])):
        for form in (words.zh, words.en):
            for _, name, spec, _ in Formatter().parse(form):
                if name is not None:
                    values[name] = ("甲", "乙") if spec == "list" else 0.5 if spec else "甲"
    return values


def a_round(*, own_file: bool) -> Scores:
    unit = a_unit(code="u1", name="甲局")
    path = f"{FOLDER}/u1.xlsx" if own_file else f"{FOLDER}/all.csv"
    answer = replace(an_answer(5.0), place=CellPlace(path, "填报" if own_file else "", "G12"))
    tree = a_tree(children=[a_given_score(code="1", title="行政诉讼案件")])
    sent = a_submission(unit=unit, path=path, answers={"1.x": answer}, own_file=own_file)
    return score(tree, (unit,), [sent])


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("own_file", [True, False])
def test_no_code_shows_a_folder_or_a_bare_row(own_file: bool, lang: Language) -> None:
    scores = a_round(own_file=own_file)
    path = scores.submissions[0].path  # type: ignore[union-attr]
    sheet = "填报" if own_file else ""
    places: list[Place] = [
        CellPlace(path, sheet, "G12"),
        CellPlace(path, sheet, "H12"),
        CellPlace(path, sheet),
        CellPlace(path),
        NodePlace("u1", "1"),
        NodePlace("u1"),
        TextPlace(path, 12),
    ]
    problems = [Problem(code, place, values_of(code)) for code in Code for place in places]
    problems += [Problem(code, CellPlace(path), more=7) for code in Code]
    shown = for_units(problems)
    assert {one.code for one in shown} == set(FOR_UNITS)
    for problem, said in zip(shown, told(scores, 0, shown, lang), strict=True):
        text = said.text + said.hint
        assert FOLDER not in text
        assert "{" not in text
        assert problem.code not in text
        assert not re.match(r"[A-Z]*[0-9]+[:!]", said.text), said.text
        if not own_file:
            assert "G12" not in text
            assert "all.csv" not in text


def test_a_cell_is_named_by_its_indicator_and_by_the_file_without_its_folder() -> None:
    scores = a_round(own_file=True)
    path = scores.submissions[0].path  # type: ignore[union-attr]
    problem = Problem(Code.S201, CellPlace(path, "填报", "G12"), values_of(Code.S201))
    (said,) = told(scores, 0, [problem], Language.ZH)
    for part in ("1 行政诉讼案件", "u1.xlsx", "填报", "G12"):
        assert part in said.text
    (of_a_node,) = told(scores, 0, [Problem(Code.R113, NodePlace("u1", "1"), values_of(Code.R113))], Language.ZH)
    assert of_a_node.text.startswith("1 行政诉讼案件")


def test_a_small_sample_is_told_with_its_size() -> None:
    small = SmallSample(parse("cases"), 5, None, None)
    fields = [a_field(code="cases", name="案件数", type="count", measured_in="件"), a_field(code="lost", type="count")]
    indicator = an_indicator(
        title="行政诉讼败诉率", fields=fields, value="lost / cases", small_sample=small, on_zero="full"
    )
    given = {"01-1.cases": 4.0, "01-1.lost": 1.0}
    scores = score(a_tree(indicators=[indicator]), (a_unit(code="A"),), [a_submission(unit="A", answers=given)])
    (problem,) = [one for one in scores.problems if one.code is Code.R105]
    (said,) = told(scores, 0, [problem], Language.ZH)
    for part in ("01-1 行政诉讼败诉率", "只有 4 件", "不足 5 件"):
        assert part in said.text


def test_equal_faults_are_told_once_with_their_places() -> None:
    scores = a_round(own_file=True)
    path = scores.submissions[0].path  # type: ignore[union-attr]
    cells = [CellPlace(path, "填报", f"G{row}") for row in range(12, 52)]
    equal = [Problem(Code.S201, place, values_of(Code.S201)) for place in cells]
    (said,) = told_together(scores, 0, equal, Language.ZH, 30)
    assert "40 处" in said.text
    assert "G12:G51" in said.text
    assert FOLDER not in said.text
    unlike = [Problem(one.code, one.place, {**one.values, "field": f"第{i}栏"}) for i, one in enumerate(equal)]
    (alike,) = told_together(scores, 0, unlike, Language.ZH, 30)
    assert "G12:G51" in alike.text
    assert len(list(told_together(scores, 0, unlike[:7], Language.ZH, 30))) == 7


def test_a_contradiction_names_the_limit_that_is_broken() -> None:
    scores = a_round(own_file=True)
    path = scores.submissions[0].path  # type: ignore[union-attr]
    values = {"field": "出庭件数", "other": "应诉件数", "relation": "不大于", "bound": "2", "found": "5"}
    for lang in Language:
        (said,) = told(scores, 0, [Problem(Code.S208, CellPlace(path, "填报", "G12"), values)], lang)
        assert re.findall(r"(?<![A-Z0-9])[0-9]+", said.text.partition("G12")[2]) == ["5", "2"]
