"""What is said in several places is the same in all: letters of totals, sizes of cohorts, why a group has no score.

Reaches ``model/scores.py``.
"""

import csv
import re
from pathlib import Path

import openpyxl
import pytest
from builders import a_given_score, a_group, a_submission, a_tree, a_unit, an_answer

from lawgov_score import tables
from lawgov_score.catalogue import Code
from lawgov_score.content.ranking import band
from lawgov_score.explanation.group_working import reason_of_group
from lawgov_score.model import Aggregation, Letter, Missing, Policies, Scores, Way
from lawgov_score.pages.figures import total_text
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.terminal.explain import explain_text
from lawgov_score.terminal.ranking import ranking_text
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.scorecard.scorecard import write_scorecard

LETTERS = (Letter("A", 9.0), Letter("B", 0.0))


def a_round(figure: float, *, on_rounded: bool = True) -> Scores:
    """One unit with a total of ``figure``, another with none of its cohort of three, and one that sent nothing."""
    policies = Policies(rank_on_rounded=on_rounded, grade_on_rounded=on_rounded, round_indicator=None)
    tree = a_tree(children=[a_given_score(code="1", points=10.0)], letters=LETTERS, policies=policies, code="let")
    units = tuple(a_unit(code=code) for code in ("U1", "U2", "U9"))
    sent = [
        a_submission(unit=unit, answers={"1.x": an_answer(n)}) for unit, n in zip(units, (figure, 2.0), strict=False)
    ]
    return score(tree, units, sent)


def letters_of(scores: Scores, folder: Path) -> dict[str, str]:
    """The letter of the first unit's total wherever one is shown."""
    write_scorecard(scores, folder / "s.xlsx", problems=(), inputs=(), lang=Language.ZH)
    write_card(scores, 0, folder / "c.xlsx", problems=(), lang=Language.ZH)
    tables.write_scores(scores, folder / "scores.csv", Language.ZH)
    with (folder / "scores.csv").open(encoding="utf-8-sig", newline="") as lines:
        in_csv = next(row["letter"] for row in csv.DictReader(lines) if row["code"] == "let")
    ranking = openpyxl.load_workbook(folder / "s.xlsx")["排名"]
    shown = [cell.number_format for line in ranking for cell in line if cell.number_format.startswith('"')]
    card = openpyxl.load_workbook(folder / "c.xlsx").worksheets[0]
    on_card = [
        cell.number_format for line in card.iter_rows(max_row=8) for cell in line if "0.00" in cell.number_format
    ]
    return {
        "scores.csv": in_csv,
        "terminal": re.findall(r"([AB]) [89]\.", ranking_text(scores, Language.ZH))[0],
        "explain": re.findall(r"总分 ([AB]) ", explain_text(scores, 0, None, Language.ZH))[0],
        "page": total_text(scores, 0)[0],
        "scorecard": shown[0][1],
        "card": on_card[0][1],
    }


@pytest.mark.parametrize(
    ("figure", "on_rounded", "letter"),
    [(8.996, True, "A"), (8.994, True, "B"), (8.996, False, "B"), (9.0, False, "A"), (9.004, True, "A")],
)
def test_a_total_has_one_letter_everywhere(figure: float, on_rounded: bool, letter: str, tmp_path: Path) -> None:
    """That of the figure which grades look at: as printed, or before rounding."""
    found = letters_of(a_round(figure, on_rounded=on_rounded), tmp_path)
    assert found == dict.fromkeys(found, letter)


def test_a_cohort_has_one_size_everywhere(tmp_path: Path) -> None:
    """Units without a score are of the cohort too, on the card as in the ranking."""
    scores = a_round(8.0)
    write_card(scores, 0, tmp_path / "c.xlsx", problems=(), lang=Language.ZH)
    card = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    texts = [
        " ".join(str(cell.value) for line in card.iter_rows(max_row=8) for cell in line),
        render(band(scores, 0, Language.ZH), Language.ZH),
        explain_text(scores, 0, None, Language.ZH),
    ]
    sizes = [re.findall(r"(\d+) 个单位", text)[0] for text in texts]
    assert sizes == ["3", "3", "3"]
    assert scores.cohort_size(0) == 3


def test_the_reason_of_a_group_names_the_fault_that_the_engine_found() -> None:
    """Two of three parts have a score, and 66.66667% were wanted: the engine says R113, and so does the reason."""
    parts = [a_given_score(code=f"1-{i}") for i in (1, 2, 3)]
    group = a_group(code="1", children=parts, aggregation=Aggregation(Way.MEAN), coverage_at_least=0.6666667)
    unit = a_unit(code="u")
    answers = {"1-1.x": an_answer(5.0), "1-2.x": an_answer(5.0)}
    scores = score(
        a_tree(children=[group], policies=Policies(missing=Missing.EXCLUDE)),
        (unit,),
        [a_submission(unit=unit, answers=answers)],
    )
    assert [problem.code for problem in scores.problems if problem.code is Code.R113] == [Code.R113]
    reason = reason_of_group(scores, 0, group)
    assert reason is not None
    told = render(reason, Language.ZH)
    assert told.startswith("下级只有 2 项有得分，应有 3 项")
