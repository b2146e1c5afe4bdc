"""Where the review stands: what is given, missing and contradictory; one indicator down all units."""

import shutil
from pathlib import Path

import pytest
from round_books import sent
from round_made import NOW
from sheets import a_workbook
from test_cli_assessor import an_office

from lawgov_score.rounds import reviewing
from lawgov_score.rounds.answered import kept_answers, read_answers
from lawgov_score.rounds.by_hand import Edit, save
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.folder import BY_HAND
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.models import Mark
from lawgov_score.rounds.names import Role, RunKind
from lawgov_score.rounds.office_checked import in_its_file, keep_check, kept_check
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.scheme import scheme_at_hand, scheme_of
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.office import MARKS, REGISTER
from lawgov_score.workbook.submission.reader import in_this_process

HEAD = "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n"


@pytest.fixture
def data_folder(office_folder: Path) -> Path:
    return office_folder


def _enter(data: Data, *paths: Path) -> None:
    books, _ = read_given(paths)
    enter(data, the_round(), books, seat_of(Role.OFFICE), NOW)


def _marks(path: Path, *rows: str) -> Path:
    return a_workbook(path, {"评审打分": HEAD + "\n".join(rows)})


def test_the_workbooks_that_count_with_what_they_hold(data: Data, tmp_path: Path) -> None:
    _enter(data, an_office(tmp_path / "given") / "office.xlsx")
    row = {"unit": "B", "indicator": "01-2", "reviewer": "赵六", "mark": "1", "reason": "中"}
    save(data, the_round(), MARKS, 0, [Edit(row)], seat_of(Role.OFFICE), NOW)
    one, by_hand = reviewing.books(the_round())
    assert (one.book.name, one.is_by_hand) == ("office.xlsx", False)
    assert dict(one.counts) == {"mark": 3, "change": 1, "ruling": 1, "register": 2, "figure": 2}
    assert (by_hand.book.name, by_hand.is_by_hand, dict(by_hand.counts)) == (BY_HAND["marks"], True, {"mark": 1})


def test_progress_is_of_units_that_have_sent(data: Data, tmp_path: Path) -> None:
    round_ = the_round()
    scheme = scheme_of(data, round_)

    def said() -> list[tuple[str, str, int, int]]:
        return [
            (one.indicator.code, one.kind, one.asked, one.missing)
            for one in reviewing.progress(round_, scheme, kept_answers(data, round_))
        ]

    assert said() == [("01-2", "mark", 0, 0), ("01-4", "figure", 0, 0)]
    sent(data, round_, "A", b"no workbook")
    assert said() == [("01-2", "mark", 1, 1), ("01-4", "figure", 1, 1)]
    _enter(data, an_office(tmp_path / "given") / "office.xlsx")
    assert said() == [("01-2", "mark", 1, 0), ("01-4", "figure", 1, 0)]


def test_what_is_wrong_by_hand_stands_at_its_row(data: Data, tmp_path: Path) -> None:
    row = {"unit": "A", "kind": "A1", "level": "市级", "matter": "示范", "date": "2023-06-01", "evidence": "1号"}
    save(data, the_round(), REGISTER, 0, [Edit(row), Edit(row)], seat_of(Role.OFFICE), NOW)
    keep_check(data, the_round())
    checked = kept_check(data, the_round(), Language.ZH)
    assert checked is not None
    (one,) = [each for each in checked.by_hand if each["code"] == "A217"]
    assert one["of"] == BY_HAND["register"]
    assert one["path"].startswith("A ")
    assert "示范" in one["path"]
    assert one in checked.problems  # as long as the double is there


def test_a_column_has_marks_scores_and_what_stands_out(data: Data, tmp_path: Path) -> None:
    round_ = the_round()
    _enter(data, an_office(tmp_path / "given") / "office.xlsx")
    read_answers(data, round_, in_this_process)
    make_run(data, round_, RunKind.TRIAL, seat_of(Role.OFFICE), NOW)
    scheme, kept = scheme_of(data, round_), kept_answers(data, round_)
    judged = scheme.tree.by_code["01-2"]
    lines = reviewing.column_of(data, round_, scheme, judged, kept, Language.ZH)  # type: ignore[arg-type]
    assert [(one.unit.code, [m.row.value for m in one.marks], one.score) for one in lines] == [
        ("A", [3.0, 2.0], 2.5),
        ("B", [1.0], 1.0),
    ]
    figure = scheme.tree.by_code["01-4"]
    lines = reviewing.column_of(data, round_, scheme, figure, kept, Language.ZH)  # type: ignore[arg-type]
    assert [(one.unit.code, one.score, one.why) for one in lines] == [("A", 1.0, ()), ("B", 0.5, ())]
    assert "50%" in lines[1].reason
    assert lines[1].figures == (("满意率", "50%"),)


def test_contradictions_are_kept_until_a_workbook_is_another(data: Data, tmp_path: Path) -> None:
    round_ = the_round()
    empty = kept_check(data, round_, Language.ZH)
    assert empty is not None
    assert empty.problems == ()
    _enter(data, _marks(tmp_path / "一.xlsx", "| A | 01-2 | 张三 | 3 | 好 |"))
    assert kept_check(data, round_, Language.ZH) is None
    keep_check(data, round_)
    clean = kept_check(data, round_, Language.ZH)
    assert clean is not None
    assert clean.contradictions == {}
    _enter(data, _marks(tmp_path / "二.xlsx", "| A | 01-2 | 张三 | 1 | 好 |", "| B | 01-2 | 李四 | 1 | 好 |"))
    assert kept_check(data, round_, Language.ZH) is None
    keep_check(data, round_)
    found = kept_check(data, round_, Language.EN)
    assert found is not None
    assert found.contradictions == {"01-2": 1}
    assert [one["code"] for one in found.problems] == ["A207"]
    assert in_its_file(found.problems[0])["sheet"] == "二.xlsx:评审打分"


def test_when_a_row_was_entered_as_it_is(data: Data) -> None:
    office, later = seat_of(Role.OFFICE), NOW.replace(hour=5)
    row = {"unit": "A", "indicator": "01-2", "reviewer": "张三", "mark": "3", "reason": "好"}
    save(data, the_round(), MARKS, 0, [Edit(row)], office, NOW)
    save(data, the_round(), MARKS, 1, [Edit({**row, "unit": "B"})], office, later)
    rows = list(Mark.objects.filter(book__replaced_by=None).select_related("unit", "book").order_by("unit__code"))
    at = reviewing.entered_at(the_round(), rows)
    assert [at[one.pk] for one in rows] == [NOW, later]
    save(data, the_round(), MARKS, 2, [Edit({**row, "mark": "2"})], office, later)
    rows = list(Mark.objects.filter(book__replaced_by=None).select_related("unit", "book").order_by("unit__code"))
    assert reviewing.entered_at(the_round(), rows)[rows[0].pk] == later


def test_a_scheme_is_read_once_as_long_as_nothing_is_amended(
    data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = the_round()
    assert scheme_at_hand(data, round_) is scheme_at_hand(data, round_)
    before = scheme_at_hand(data, round_)
    monkeypatch.chdir(data.folder.parent)
    assert scheme_at_hand(Data(Path(data.folder.name)), round_) is before
    other = Path(shutil.copytree(data.folder, tmp_path / "other"))
    assert scheme_at_hand(Data(other), round_) is not before
    round_.roster_id = round_.tree_id  # as if it were amended
    assert not before.is_of(round_)
