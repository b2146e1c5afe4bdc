"""What is said of a workbook that was entered: its lines, and what they replaced."""

from round_made import NOW

from lawgov_score.report import render
from lawgov_score.rounds.book_lines import Replaced
from lawgov_score.rounds.entered_words import counts_told, entered_told, replaced_told, withdrawn_told
from lawgov_score.rounds.entering import Entered
from lawgov_score.rounds.models import OfficeBook
from lawgov_score.wording import Language, Text


def _zh(text: Text) -> str:
    return render(text, Language.ZH)


def test_a_workbook_in_words() -> None:
    old, new = OfficeBook(name="打分.xlsx", n=1, at=NOW), OfficeBook(name="打分.xlsx", n=2, at=NOW)
    assert _zh(entered_told(Entered("打分.xlsx", old, {"mark": 2, "change": 0})).head) == "已录入 打分.xlsx：打分 2 条"
    assert "完全相同" in _zh(entered_told(Entered("打分.xlsx", old, is_same=True)).head)
    replaced = tuple(Replaced("mark", "A", f"01-{i}", "1", None if i else "2") for i in range(40))
    told = entered_told(Entered("打分.xlsx", new, {"mark": 1}, old, replaced))
    assert "替换" in _zh(told.head)
    lines = list(map(_zh, told.lines))
    assert lines[:2] == ["A 01-0：1 → 2", "A 01-1：1 → 不再有"]
    assert lines[30] == "另有 10 处不同"
    assert "打分-补.xlsx" in lines[31]
    assert len(lines) == 32


def test_nothing_of_use_and_taken_back() -> None:
    assert [_zh(one) for one in counts_told({})] == ["没有可用的内容"]
    assert _zh(replaced_told(Replaced("mark", "A", "01-1", "1", "2"))) == "A 01-1：1 → 2"
    assert "第 1 版" in _zh(withdrawn_told(OfficeBook(name="打分.xlsx", n=1, at=NOW)))
