"""What is entered by hand: a workbook for each form, nothing of others lost, errors refuse the rows they are about."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from round_made import NOW, at_once, unproved
from sheets import a_workbook

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.report import render
from lawgov_score.rounds import by_hand
from lawgov_score.rounds.books_together import check_in_force
from lawgov_score.rounds.by_hand import Edit, Saved, columns_of, content_of, hand_book, rows_in, save
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.folder import BY_HAND, books_in_force, plain_folder
from lawgov_score.rounds.given_books import Given, read_given
from lawgov_score.rounds.models import Change, Entry, Event, Mark, OfficeBook, Ruling
from lawgov_score.rounds.names import Role
from lawgov_score.wording import Language, Text
from lawgov_score.workbook.forms.office import CHANGES, MARKS, REGISTER, RULINGS, Form

ATTACKS = ("=1+1", "<b>甲</b>", "\u202e甲", "'=HYPERLINK()", "一行\n二行", '他说“好”, "是"')


@pytest.fixture
def data_folder(office_folder: Path) -> Path:
    return office_folder


def _mark(unit: str, mark: str, reviewer: str = "张三", reason: str = "好", at: int = -1) -> Edit:
    return Edit({"unit": unit, "indicator": "01-2", "reviewer": reviewer, "mark": mark, "reason": reason}, at)


def _save(data: Data, form: Form, n: int, *edits: Edit, hours: int = 0) -> Saved:
    return save(data, the_round(), form, n, edits, seat_of(Role.OFFICE), NOW + timedelta(hours=hours))


def _marks() -> dict[tuple[str, str], float | None]:
    books = books_in_force(the_round()).values()
    found = Mark.objects.filter(book__in=[one.pk for one in books]).select_related("unit")
    return {(one.unit.code, one.reviewer): one.value for one in found}


def test_the_last_row_is_not_taken_where_another_version_came_meanwhile(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save(data, MARKS, 0, _mark("A", "2"))
    asked, come = by_hand.refuse_if_old, list[Saved]()

    def somebody_else_saves(*about: Any) -> None:
        asked(*about)
        if not come:
            come.append(Saved())
            come.append(_save(data, MARKS, 1, _mark("B", "1")))

    monkeypatch.setattr(by_hand, "refuse_if_old", somebody_else_saves)
    with pytest.raises(RefusedError) as refused:
        _save(data, MARKS, 1, Edit(None, at=0))
    assert refused.value.problem.code is Code.R237
    assert _marks() == {("A", "张三"): 2.0, ("B", "张三"): 1.0}


def test_a_save_adds_and_changes_and_loses_nothing_of_others(data: Data) -> None:
    first = _save(data, MARKS, 0, _mark("A", "2"), _mark("B", "1"))
    assert first.entered is not None
    assert first.entered.counts["mark"] == 2
    _save(data, MARKS, 1, _mark("A", "3"), _mark("A", "1", "李四"), hours=1)
    assert _marks() == {("A", "张三"): 3.0, ("B", "张三"): 1.0, ("A", "李四"): 1.0}
    book = hand_book(data, the_round(), MARKS)
    assert (book.n, [row["reviewer"] for row in book.rows]) == (2, ["张三", "张三", "李四"])
    assert f"office/{BY_HAND['marks']}" in plain_folder(data, the_round())
    assert unproved() == []


def test_what_others_wrote_is_read_in_a_bounded_process_whenever_it_counts(
    data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table, too: an earlier program may have entered it without one."""
    bounded: list[int] = []
    read = pipeline.read_review_apart

    def counted(paths: Sequence[Path], *more: Any) -> Any:
        bounded.append(len(paths))
        return read(paths, *more)

    monkeypatch.setattr(pipeline, "read_review_apart", counted)
    _save(data, MARKS, 0, _mark("A", "2"))
    check_in_force(data, the_round())
    assert bounded == []
    table = tmp_path / "打分.csv"
    table.write_text("单位,指标,评审人,评分,评分理由\nB,01-2,李四,2,好\n", encoding="utf-8")
    books, _ = read_given([table])
    enter(data, the_round(), books, seat_of(Role.OFFICE), NOW)
    _save(data, MARKS, 1, _mark("A", "3"))
    check_in_force(data, the_round())
    assert bounded == [2, 2, 2]
    assert _marks() == {("A", "张三"): 3.0, ("B", "李四"): 2.0}


def test_all_four_forms_are_entered(data: Data) -> None:
    day = "2024-03-05"
    change = {"unit": "A", "indicator": "01-1", "from": "2", "to": "3", "reason": "补", "reviewer": "王", "date": day}
    ruling = {"unit": "B", "indicator": "01-3", "ruling": "同意", "reason": "无", "reviewer": "王", "date": day}
    entry = {"unit": "A", "kind": "A1", "level": "市级", "matter": "示范", "date": "2024-06-01", "evidence": "1号"}
    _save(data, CHANGES, 0, Edit(change))
    _save(data, RULINGS, 0, Edit(ruling))
    _save(data, REGISTER, 0, Edit(entry), Edit({**entry, "matter": "先进"}))
    assert (Change.objects.get().new, Ruling.objects.get().granted) == (3.0, True)
    assert [one.text for one in Entry.objects.order_by("pk")] == ["示范", "先进"]
    _save(data, REGISTER, 1, Edit({**entry, "matter": "示范县"}, at=0), Edit(None, at=1))
    assert [row["matter"] for row in hand_book(data, the_round(), REGISTER).rows] == ["示范县"]


def test_an_old_version_is_refused_and_nothing_is_lost(data: Data) -> None:
    _save(data, MARKS, 0, _mark("A", "2"))
    _save(data, MARKS, 1, _mark("A", "3"))
    with pytest.raises(RefusedError) as refused:
        _save(data, MARKS, 1, _mark("B", "1"))
    assert [one.code for one in refused.value.problems] == [Code.R212]
    with pytest.raises(RefusedError):
        _save(data, MARKS, 0, _mark("A", "1", at=0))  # a row that version had not
    assert _marks() == {("A", "张三"): 3.0}


def test_what_another_entered_while_it_was_checked_is_seen(data: Data) -> None:
    _save(data, MARKS, 0, _mark("A", "2"))
    name = BY_HAND["marks"]
    book = {name: Given(name, content_of(MARKS, hand_book(data, the_round(), MARKS).rows))}
    with pytest.raises(RefusedError) as refused:
        enter(data, the_round(), book, seat_of(Role.OFFICE), NOW, seen={name: 0})
    assert [one.code for one in refused.value.problems] == [Code.R237]


def test_of_two_at_once_one_is_saved_and_the_other_refused(data: Data) -> None:
    found = at_once(lambda i: _save(data, MARKS, 0, _mark("A", str(i + 1), f"评审{i}")), 2)
    refused = [one for one in found if isinstance(one, RefusedError)]
    assert [type(one) for one in found].count(Saved) == 1, found
    assert [one.problems[0].code in {Code.R212, Code.R237} for one in refused] == [True]
    assert len(_marks()) == OfficeBook.objects.count() == 1


def test_a_save_that_was_broken_off_after_it_was_entered_does_nothing_twice(data: Data) -> None:
    _save(data, MARKS, 0, _mark("A", "2"))
    before = Event.objects.count()
    assert _save(data, MARKS, 0, _mark("A", "2")) == Saved()
    assert _save(data, MARKS, 1, _mark("A", "2")) == Saved()  # nothing is otherwise
    assert Event.objects.count() == before
    _save(data, MARKS, 1, Edit(None, at=0))
    assert _save(data, MARKS, 1, Edit(None, at=0)) == Saved()
    assert OfficeBook.objects.count() == 2


def test_without_rows_the_workbook_is_taken_back_and_may_be_begun_again(data: Data) -> None:
    _save(data, MARKS, 0, _mark("A", "2"))
    _save(data, MARKS, 1, Edit(None, at=0))
    assert books_in_force(the_round()) == {}
    assert hand_book(data, the_round(), MARKS).rows == ()
    _save(data, MARKS, 2, _mark("B", "1"))
    assert _marks() == {("B", "张三"): 1.0}


def test_an_error_refuses_the_save_and_names_the_row(data: Data) -> None:
    _save(data, MARKS, 0, _mark("A", "2"))
    with pytest.raises(RefusedError) as refused:
        _save(data, MARKS, 1, _mark("B", "9"), _mark("A", "1"), _mark("B", "2", "李四", reason=""))
    assert sorted(one.code for one in refused.value.problems) == [Code.A205, Code.A206]
    assert render(_shown(refused.value, Code.A205), Language.ZH) == "B 乙局 01-2（评分）"
    assert _marks() == {("A", "张三"): 2.0}


def _shown(refused: RefusedError, code: Code) -> Text:
    return next(one.place.shown for one in refused.problems if one.code is code)  # type: ignore[union-attr]


def test_what_contradicts_a_workbook_is_refused(data: Data, tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "打分.xlsx", {"评审打分": "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n| A | 01-2 | 张三 | 3 | 好 |"}
    )
    books, _ = read_given([path])
    enter(data, the_round(), books, seat_of(Role.OFFICE), NOW)
    with pytest.raises(RefusedError) as refused:
        _save(data, MARKS, 0, _mark("A", "1"), _mark("B", "1"))
    assert Code.A207 in [one.code for one in refused.value.problems]
    assert _marks() == {("A", "张三"): 3.0}
    _save(data, MARKS, 0, _mark("B", "1"))
    assert len(_marks()) == 2


def test_warnings_are_told_of_the_rows_that_were_edited_alone(data: Data) -> None:
    entry = {"unit": "A", "kind": "A1", "level": "市级", "matter": "示范", "date": "2024-06-01"}
    first = _save(data, REGISTER, 0, Edit(entry))
    assert [one.code for one in first.problems] == [Code.A215]
    second = _save(data, REGISTER, 1, Edit({**entry, "unit": "B", "evidence": "2号"}))
    assert second.problems == ()


@pytest.mark.parametrize("text", ATTACKS)
def test_any_text_comes_back_as_it_was(data: Data, text: str) -> None:
    _save(data, MARKS, 0, _mark("A", "2", reason=text))
    (row,) = hand_book(data, the_round(), MARKS).rows
    assert row["reason"] == text
    assert Mark.objects.get().reason == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_that_somebody_saved_by_another_program_is_read(encoding: str) -> None:
    text = "评审打分,\n评审人（必填，填一次即可）,李四\n指标,单位,评分,评分理由,备注\n01-2,A,3,好,x\n,,,,\n"
    (row,) = rows_in(MARKS, text.encode(encoding))
    assert row == _row(MARKS, unit="A", indicator="01-2", mark="3", reason="好", reviewer="李四")
    assert rows_in(MARKS, "没有表头".encode(encoding)) == ()


def _row(form: Form, **said: str) -> Mapping[str, str]:
    return {one.key: said.get(one.key, "") for one in columns_of(form)}
