"""Labels that sheets, pages and the terminal share: a 扣分项 is marked as such wherever its score stands."""

from pathlib import Path

import everything
import openpyxl
import pytest

from lawgov_score.content import labels
from lawgov_score.report import render
from lawgov_score.terminal.explain import explain_text
from lawgov_score.terminal.show import show_text
from lawgov_score.terminal.standards import standards_text
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.scorecard.scorecard import write_scorecard

DEDUCTION, BONUS, SHOWN = "A3-4", "A3-3", "B3-1"


def marked(code: str, lang: Language) -> str:
    return render(labels.titled(everything.the_tree().by_code[code]), lang)


def test_a_title_is_marked_where_its_score_is_not_simply_added() -> None:
    assert marked(DEDUCTION, Language.ZH) == "败诉扣分（扣分项）"
    assert marked(BONUS, Language.ZH) == "创新做法（加分项）"
    assert marked(SHOWN, Language.ZH) == "参考项（不计入）"
    assert marked("A3-1", Language.ZH) == "行政复议纠错率"


@pytest.mark.parametrize("lang", list(Language))
def test_card_scorecard_and_terminal_mark_it(tmp_path: Path, lang: Language) -> None:
    scores, tree = everything.a_round(), everything.the_tree()
    write_card(scores, 0, tmp_path / "card.xlsx", problems=(), lang=lang)
    write_scorecard(scores, tmp_path / "scorecard.xlsx", problems=(), inputs=(), lang=lang)
    titles = [marked(code, lang) for code in (DEDUCTION, BONUS, SHOWN)]
    for path in tmp_path.iterdir():
        texts = {str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row}
        assert set(titles) <= texts
        assert not {tree.by_code[code].title for code in (DEDUCTION, BONUS)} & texts
    told = explain_text(scores, 0, None, lang)
    assert all(title in told for title in titles)
    assert all(title in standards_text(tree, lang) for title in titles)
    line = next(line for line in show_text(tree, lang).splitlines() if DEDUCTION in line)
    assert render(labels.TAKEN_OFF, lang) in line
