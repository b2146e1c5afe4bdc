"""What the office enters: read as `score` reads it, kept whole, its lines as rows, nothing half done.

Reaches ``cli/commands/round_enter.py``, ``rounds/given_books.py``, ``rounds/books_together.py`` and
``rounds/book_lines.py``.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from calls import run
from round_books import saved, sent
from round_made import NOW, FailingDisk
from sheets import a_workbook
from test_cli import Captured
from test_cli_assessor import an_office

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import CellPlace, Problem, RefusedError, is_error
from lawgov_score.report import part
from lawgov_score.rounds import books_together, given_books
from lawgov_score.rounds.books_together import check_in_force
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.entering import Entered, enter, withdraw
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.given_books import Given, book_name, read_given
from lawgov_score.rounds.models import Change, Entry, Event, Mark, OfficeBook, Ruling
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.status import status_of
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Face, Language, Words

_MARKS = "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n"


@pytest.fixture
def data_folder(office_folder: Path) -> Path:
    return office_folder


@pytest.fixture
def office_book(tmp_path: Path) -> Path:
    return an_office(tmp_path / "given") / "office.xlsx"


def _marks(path: Path, *rows: str) -> Path:
    return a_workbook(path, {"评审打分": _MARKS + "\n".join(rows)})


def _enter(data: Data, *paths: Path, now: datetime = NOW) -> tuple[tuple[Entered, ...], tuple[Problem, ...]]:
    books, unreadable = read_given(paths)
    entered, problems = enter(data, the_round(), books, seat_of(Role.OFFICE), now)
    return entered, (*unreadable, *problems)


def test_all_kinds_of_lines_become_rows(data: Data, office_book: Path) -> None:
    (one,), problems = _enter(data, office_book)
    assert not any(map(is_error, problems))
    assert one.counts == {"mark": 3, "change": 1, "ruling": 1, "register": 2, "figure": 2}
    marks = Mark.objects.order_by("pk")
    assert [(m.unit.code, m.indicator, m.reviewer, m.value, m.reason) for m in marks] == [
        ("A", "01-2", "张三", 3.0, "好"),
        ("A", "01-2", "李四", 2.0, "中"),
        ("B", "01-2", "张三", 1.0, "差"),
    ]
    change = Change.objects.get()
    assert (change.old, change.new, change.reviewer, change.place) == (2.0, 3.0, "王五", "复核改分!D2")
    assert change.day is not None
    assert change.day.isoformat() == "2024-03-05"
    assert Ruling.objects.get().granted
    lines = Entry.objects.order_by("pk")
    assert [(e.unit.code, e.category, e.level, e.text, e.field, e.value) for e in lines] == [
        ("A", "A1", "市级", "示范", "", 1.0),
        ("B", "V1", "", "事件", "", 1.0),
        ("A", "", "", "100%", "rate", 1.0),
        ("B", "", "", "50%", "rate", 0.5),
    ]
    assert plain_folder(data, the_round())["office/office.xlsx"] == office_book.read_bytes()
    assert list(broken_links()) == []
    event = Event.objects.get(act="enter")
    assert event.object == "office book office.xlsx/1"
    assert '"mark":3' in event.body


@pytest.mark.parametrize("score", ["", "无"])
def test_a_change_without_a_score_before_it(data: Data, tmp_path: Path, score: str) -> None:
    """No number that is none is kept: SQLite makes nothing of it, PostgreSQL keeps it, and no export can say it."""
    head_ = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
    book = a_workbook(
        tmp_path / "改分.xlsx", {"复核改分": f"{head_}| A | 01-2 | {score} | 3 | 补交 | 王五 | 2024-03-05 |"}
    )
    (one,), problems = _enter(data, book)
    assert one.counts["change"] == 1, problems
    assert Change.objects.get().old is None
    assert list(broken_links()) == []


def test_of_one_name_the_later_counts_and_what_changed_is_told(data: Data, tmp_path: Path) -> None:
    path = tmp_path / "打分.xlsx"
    _enter(data, _marks(path, "| A | 01-2 | 张三 | 3 | 好 |", "| B | 01-2 | 张三 | 1 | 差 |"))
    first = Mark.objects.get(unit__code="A")
    _marks(path, "| A | 01-2 | 张三 | 2 | 差些 |")
    (one,), _ = _enter(data, path, now=NOW + timedelta(hours=1))
    assert [(r.unit, r.what, r.old, r.new) for r in one.replaced] == [
        ("A", "01-2 决策程序 张三", "3", "2"),
        ("B", "01-2 决策程序 张三", "1", None),
    ]
    assert one.before is not None
    assert (one.before.n, one.book.n, one.book.replaces) == (1, 2, one.before)
    assert Mark.objects.get(book=one.book).replaces == first
    assert plain_folder(data, the_round())["office/打分.xlsx"] == path.read_bytes()
    assert OfficeBook.objects.count() == 2


def test_case_and_composition_make_no_other_name(data: Data, tmp_path: Path) -> None:
    _enter(data, _marks(tmp_path / "Marks.xlsx", "| A | 01-2 | 张三 | 3 | 好 |"))
    (one,), _ = _enter(data, _marks(tmp_path / "MARKS.XLSX", "| A | 01-2 | 张三 | 2 | 好 |"))
    assert (one.book.name, one.book.n) == ("Marks.xlsx", 2)


def test_the_same_again_does_nothing(data: Data, office_book: Path) -> None:
    _enter(data, office_book)
    events = Event.objects.count()
    (one,), _ = _enter(data, office_book)
    assert one.is_same
    assert (Event.objects.count(), OfficeBook.objects.count(), Mark.objects.count()) == (events, 1, 3)


def test_lines_with_errors_do_not_count_and_stand_at_their_cells(data: Data, tmp_path: Path) -> None:
    path = _marks(tmp_path / "打分.xlsx", "| A | 01-2 | 张三 | 9 | 好 |", "| B | 01-2 | 张三 | 1 | 差 |")
    (one,), problems = _enter(data, path)
    assert one.counts["mark"] == 1
    (fault,) = [each for each in problems if each.code is Code.A205]
    assert fault.place == CellPlace(path.as_posix(), "评审打分", "D2")


def test_a_contradiction_with_another_workbook_is_told(data: Data, tmp_path: Path) -> None:
    _enter(data, _marks(tmp_path / "一.xlsx", "| A | 01-2 | 张三 | 3 | 好 |"))
    _, problems = _enter(data, _marks(tmp_path / "二.xlsx", "| A | 01-2 | 张三 | 2 | 好 |"))
    places = {place.path for one in problems for place in (one.place, *one.see_also) if isinstance(place, CellPlace)}
    assert {"office/一.xlsx", (tmp_path / "二.xlsx").as_posix()} <= places


def test_what_is_none_of_the_offices_is_not_entered(data: Data, tmp_path: Path) -> None:
    other = a_workbook(tmp_path / "别的.xlsx", {"表": "| 甲 | 乙 |\n| 1 | 2 |"})
    damaged, old = tmp_path / "坏.xlsx", tmp_path / "旧.xls"
    damaged.write_bytes(b"PK\x03\x04 no workbook")
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    entered, problems = _enter(data, other, damaged, old, tmp_path / "没有.xlsx", tmp_path)
    assert entered == ()
    told = {one.place.path for one in problems if isinstance(one.place, CellPlace)}
    assert told == {p.as_posix() for p in (other, damaged, old, tmp_path / "没有.xlsx", tmp_path)}
    assert not OfficeBook.objects.exists()


def test_a_file_that_is_too_large_is_told(data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given_books, "MOST_BYTES", 10)
    (tmp_path / "大.xlsx").write_bytes(bytes(11))
    entered, problems = _enter(data, tmp_path / "大.xlsx")
    assert entered == ()
    assert [one.code for one in problems] == [Code.S107]


def test_two_of_one_name_are_refused(data: Data, tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    with pytest.raises(RefusedError) as refused:
        _enter(data, _marks(tmp_path / "x.xlsx"), _marks(tmp_path / "甲" / "x.xlsx"))
    assert refused.value.problem.code is Code.R236


def test_an_archived_round_takes_nothing(data: Data, office_book: Path) -> None:
    type(the_round()).objects.update(state=RoundState.ARCHIVED.value)
    with pytest.raises(RefusedError) as refused:
        _enter(data, office_book)
    assert refused.value.problem.code is Code.R235


def test_what_was_entered_meanwhile_is_seen(
    data: Data, office_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = books_together._read
    other = _marks(tmp_path / "别.xlsx", "| A | 01-2 | 张三 | 3 | 好 |")

    def slowly(*args: object) -> object:
        monkeypatch.setattr(books_together, "_read", read)
        _enter(data, other)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(books_together, "_read", slowly)
    with pytest.raises(RefusedError) as refused:
        _enter(data, office_book)
    assert refused.value.problem.code is Code.R237
    assert [book.name for book in OfficeBook.objects.all()] == ["别.xlsx"]


def test_every_step_that_fails_leaves_nothing_half_done(data: Data, office_book: Path) -> None:
    books, _ = read_given([office_book])
    failed: list[str] = []
    while True:
        disk = FailingDisk(len(failed) + 1)
        try:
            (one,), _ = enter(Data(data.folder, disk), the_round(), books, seat_of(Role.OFFICE), NOW)
            break
        except CannotWriteError:
            failed.append(disk.steps[-1])
        assert not OfficeBook.objects.exists()
        assert not Mark.objects.exists()
        path = data.store.path(sha256_of(office_book.read_bytes()))
        if path.exists():  # before its folder was synced; the next begins as if nothing were there
            path.unlink()
        if path.parent.exists() and not any(path.parent.iterdir()):  # another file may begin with the same two letters
            path.parent.rmdir()
    assert failed == ["folder", "write", "sync", "rename", "sync_folder"]
    assert one.counts["mark"] == 3
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("评审打分.xlsx", "评审打分.xlsx"),
        ("A:B.XLSX", "A_B.xlsx"),
        ("..\\..\\x.xlsx", "_.._x.xlsx"),
        ("没有后缀", "没有后缀"),
    ],
)
def test_names_are_such_as_every_system_can_have(name: str, expected: str) -> None:
    assert book_name(name) == expected
    assert book_name("con.xlsx").startswith("con~")
    assert book_name("...xlsx").startswith("_~")
    assert len(book_name("长" * 300 + ".xlsx").encode()) < 255


def test_every_kind_of_row_says_what_it_comes_to(data: Data, office_book: Path, tmp_path: Path) -> None:
    _enter(data, office_book)
    sheets = {
        "复核改分": "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
        "| A | 01-1 | 2 | 2.5 | 补交材料 | 王五 | @2024-03-05 |",
        "不适用认定": "| 单位 | 指标 | 认定意见 | 认定理由 | 认定人 | 认定日期 |\n"
        "| B | 01-3 | 不同意 | 有此职责 | 王五 | @2024-03-05 |",
        "加减分登记": "| 单位 | 类别 | 级别 | 事项 | 次数 | 发生日期 | 依据材料 |\n"
        "| A | A2 | | 通报 | 2 | @2023-06-01 | 市发1号 |",
        "考核机关填报项": "| 单位 | 01-4.rate |\n| A | 90% |\n| B | 50% |",
    }
    a_workbook(office_book, sheets)
    (one,), _ = _enter(data, office_book)
    told = {(r.kind, r.unit, r.what): (r.old, r.new) for r in one.replaced}
    granted, refused = Words("同意", "granted"), Words("不同意", "refused")
    assert told == {
        ("change", "A", "01-1 回复率"): ("3", "2.5"),
        ("ruling", "B", "01-3 备案率"): (granted, refused),
        ("figure", "A", "01-4 群众满意率 满意率"): ("100%", "90%"),
        ("mark", "A", "01-2 决策程序 张三"): ("3", None),
        ("mark", "A", "01-2 决策程序 李四"): ("2", None),
        ("mark", "B", "01-2 决策程序 张三"): ("1", None),
        ("register", "A", "A1 表彰奖励 示范"): ("1", None),
        ("register", "B", "V1 重大事件 事件"): ("1", None),
    }


def test_the_command(data_folder: Path, office_book: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run("round", "enter", str(data_folder), str(office_book)) == 0
    said = capsys.readouterr().out
    assert "打分 3 条、改分 1 条、不适用认定 1 条、加减分、否决登记 2 条、考核机关填报 2 项" in said
    assert run("round", "enter", str(data_folder), str(office_book), "--lang", "en") == 0
    assert "the same as what was entered" in capsys.readouterr().out
    rows = [f"| A | 01-2 | 评{n} | 1 | 好 |" for n in range(40)]
    path = _marks(tmp_path / "打分.xlsx", *rows)
    assert run("round", "enter", str(data_folder), str(path)) == 0
    _marks(path, *(row.replace("| 1 |", "| 2 |") for row in rows[:-1]))
    capsys.readouterr()
    assert run("round", "enter", str(data_folder), str(path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "  A 01-2 决策程序 评0：1 → 2"
    assert lines[-2] == "  另有 10 处不同"
    assert lines[-1].startswith("  上一版有 1 条，这一版没有，从现在起不再计入。")
    assert "（如 打分-补.xlsx）" in lines[-1]
    _marks(path, *(row.replace("| 1 |", "| 2 |") for row in rows[:-2]))
    assert run("round", "enter", str(data_folder), str(path)) == 0
    assert capsys.readouterr().out.splitlines()[1] == "  A 01-2 决策程序 评38：2 → 不再有"
    (tmp_path / "空.xlsx").write_bytes(b"")
    assert run("round", "enter", str(data_folder), str(tmp_path / "空.xlsx")) == 1
    assert "没有录入" in capsys.readouterr().err


def test_a_book_given_as_content_is_entered_too(data: Data, office_book: Path) -> None:
    """A decision on an objection is entered so: a workbook that was made, never one of the disk."""
    given = {"异议决定.xlsx": Given("异议决定.xlsx", office_book.read_bytes())}
    (one,), _ = enter(data, the_round(), given, seat_of(Role.OFFICE), datetime(2026, 3, 3, tzinfo=UTC))
    assert one.book.name == "异议决定.xlsx"


def test_two_lines_of_a_register_that_both_count_are_both_kept(data: Data, tmp_path: Path) -> None:
    head = "| 单位 | 类别 | 级别 | 事项 | 次数 | 发生日期 | 依据材料 |\n"
    rows = [f"| A | A2 | | 通报 | {times} | @2023-06-01 | 市发{times}号 |" for times in (2, 1)]
    path = a_workbook(tmp_path / "登记.xlsx", {"加减分登记": head + "\n".join(rows)})
    (one,), _ = _enter(data, path)
    assert one.counts["register"] == 2
    assert [row.value for row in Entry.objects.order_by("pk")] == [2.0, 1.0]
    a_workbook(path, {"加减分登记": head + rows[0]})
    (again,), _ = _enter(data, path)
    assert [(each.old, each.new) for each in again.replaced] == [("1", None)]


def test_a_register_that_corrects_an_earlier_one_is_entered_beside_it(data: Data, tmp_path: Path) -> None:
    """An older register beside a newer one is told (A112), in words for a terminal and for the desk."""
    head = "| 单位 | 类别 | 级别 | 事项 | 次数 | 发生日期 | 依据材料 |\n"
    rows = [f"| A | A2 | | 通报{n} | 1 | @2023-06-01 | 市发{n}号 |\n" for n in (1, 2, 3)]
    for n, moment in ((1, "2024-03-01T08:00:00Z"), (2, "2024-03-05T08:00:00Z")):
        path = a_workbook(tmp_path / f"登记-{n}.xlsx", {"加减分登记": head + "".join(rows[: n + 1])})
        path.write_bytes(saved(path.read_bytes(), moment))
        (one,), problems = _enter(data, path)
        assert one.counts["register"] == 3 - n  # what stands in both counts once
    (older,) = (one for one in problems if one.code is Code.A112)
    assert older.place == CellPlace("office/登记-1.xlsx")
    hints = [part(older, "hint", Language.ZH, face) for face in (Face.COMMANDS, Face.DESK)]
    assert ["--latest" in hint for hint in hints] == [True, False]
    assert older.code in {one.code for one in check_in_force(data, the_round())}


def test_a_workbook_that_brings_nothing_takes_nothing_away(data: Data, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    first = _marks(tmp_path / "打分.xlsx", "| A | 01-2 | 张三 | 3 | 好 |")
    _enter(data, first)
    before = plain_folder(data, the_round())
    other = _marks(tmp_path / "打分二.xlsx", "| A | 01-2 | 张三 | 1 | 差 |")  # they contradict one another
    useless = _marks(tmp_path / "given" / "打分.xlsx", "| Z | 01-2 | 张三 | 3 | 好 |")  # no such unit
    for path in (other, useless):
        entered, problems = _enter(data, path)
        assert entered == ()
        assert Code.R242 in {one.code for one in problems}
        assert plain_folder(data, the_round()) == before
    more = _marks(tmp_path / "打分三.xlsx", "| B | 01-2 | 张三 | 2 | 好 |")
    entered, problems = _enter(data, other, more)
    assert [one.shown for one in entered] == [str(more)]
    assert Mark.objects.count() == 2


def test_a_workbook_is_taken_back_and_may_be_entered_again(data: Data, office_book: Path, capsys: Captured) -> None:
    before = plain_folder(data, the_round())
    _enter(data, office_book)
    with_it = plain_folder(data, the_round())
    for name in ("打分", "decisions.xlsx"):
        assert run("round", "enter", str(data.folder), "--withdraw", name) == 2
        assert Code.R243 in capsys.readouterr().err
    assert run("round", "enter", str(data.folder), "--withdraw", "Office.xlsx") == 0
    assert "已撤回 office.xlsx" in capsys.readouterr().out
    assert plain_folder(data, the_round()) == before
    assert run("round", "enter", str(data.folder), "--withdraw", "office.xlsx") == 2
    assert run("round", "enter", str(data.folder)) == 2
    (one,), _ = _enter(data, office_book)
    assert (one.is_same, one.book.n) == (False, 3)
    assert plain_folder(data, the_round()) == with_it
    assert list(broken_links()) == []


def test_missing_marks_and_workbooks_with_errors_are_open(data: Data, tmp_path: Path) -> None:
    """From the review on: of every unit that has sent, each judged indicator with fewer marks than it needs."""
    round_ = the_round()
    scheme = scheme_of(data, round_)
    for unit in ("A", "B"):
        sent(data, round_, unit, b"x")

    def open_(key: str) -> int:
        return status_of(the_round(), scheme).open[key]

    assert open_("marks_missing") == 0
    for state in list(RoundState)[1:4]:
        move(round_, state, round_.version, seat_of(Role.OFFICE), "", NOW)
    before = open_("marks_missing")
    assert before > 0
    rows = [f"| {unit} | 01-2 | {who} | 2 | 好 |" for unit in "AB" for who in ("张三", "李四", "王五")]
    _enter(data, _marks(tmp_path / "打分.xlsx", *rows))
    assert (open_("marks_missing"), open_("workbooks_with_errors")) == (before - 2, 0)
    _enter(data, _marks(tmp_path / "打分.xlsx", *rows, "| Z | 01-2 | 张三 | 2 | 好 |"))
    assert open_("workbooks_with_errors") == 1
    withdraw(the_round(), "打分.xlsx", seat_of(Role.OFFICE), NOW)
    assert (open_("marks_missing"), open_("workbooks_with_errors")) == (before, 0)
