"""What a new round is given by the one before it, and what it is told that it was not given.

Reaches ``cli/commands/round_new.py``.
"""

import json
import shutil
import tempfile
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from calls import run
from round_books import answered, sent
from round_made import NOW, a_submission, an_objection, given, make_round
from test_cli import Captured

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import RefusedError, TextPlace
from lawgov_score.rounds.carrying import last_round, read_results
from lawgov_score.rounds.creation import Created, create_round, seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.holidays import calendar, set_day
from lawgov_score.rounds.models import Decision, Event, Publication, Round, Unit
from lawgov_score.rounds.names import DayKind, Outcome, Role, RunKind
from lawgov_score.rounds.precedents import precedents
from lawgov_score.rounds.running import make_run, outputs_of

NEXT = datetime(2027, 3, 1, 1, 30, tzinfo=UTC)


def last_year(folder: Path, *, is_published: bool = True) -> Path:
    """A round of 2026 with a publication, a decision, holidays of its own and contacts."""
    data_folder = make_round(folder, "last")
    with opened(data_folder) as data:
        round_, office = the_round(), seat_of(Role.OFFICE)
        sent(data, round_, "XZ-01", answered("XZ-01", 1, 10))
        sent(data, round_, "XZ-02", answered("XZ-02", 5, 10))
        done = make_run(data, round_, RunKind.FINAL, office, NOW).run
        assert done is not None
        if is_published:
            row = {"round": round_, "run": done, "fingerprint": done.outputs.sha256, "at": NOW, "seat": office}
            columns = {field.name for field in Publication._meta.get_fields()}
            row |= {"seq": 1, "head": "0" * 64} if "head" in columns else {}
            Publication.objects.create(n=1, why="审定", **row)
        one = an_objection(round_)
        Decision.objects.create(objection=one, outcome=Outcome.UPHELD.value, reason="属实", at=NOW, seat=office)
        set_day(date(2027, 2, 8), DayKind.OFF, office, NOW, name="春节", why="通知")
        set_day(date(2026, 1, 1), None, office, NOW, why="本地另有安排")
        Round.objects.update(closes=time(18), objection_days=7, contact="考核办 010-1")
        Unit.objects.filter(code="XZ-01").update(contact="张 010-2")
        Unit.objects.filter(code="XZ-02").update(contact="李 010-3")
    return data_folder


def next_round(folder: Path, previous: Path, year: int | None = 2027) -> tuple[Created | None, Path]:
    tree, roster = given(folder)
    roster.write_text("unit,name,type\nXZ-01,东乡,town\nXZ-02,西街道,town\nXZ-03,南乡,town\n", encoding="utf-8")
    made, _ = create_round(folder / "next", tree, roster, year, now=NEXT, previous=previous)
    return made, folder / "next"


def test_everything_of_the_round_before_is_there(tmp_path: Path) -> None:
    before = last_year(tmp_path)
    with opened(before) as data:
        run_of_then = the_round().runs.get()
        tables = outputs_of(data, run_of_then)
        events = Event.objects.count()
    made, folder = next_round(tmp_path, before)
    assert made is not None
    with opened(folder) as data:
        round_ = the_round()
        plain = plain_folder(data, round_)
        assert {name for name in plain if name.startswith("previous/")} == {
            f"previous/{name}"
            for name in ("ranking.csv", "scores.csv", "figures.csv", "grounds.csv", "precedents.json")
        }
        assert plain["previous/scores.csv"] == tables["scores.csv"]
        (decided,) = precedents(data, round_, "01-1")
        assert (decided.year, decided.unit, decided.reason) == (2026, "XZ-01", "属实")
        assert (round_.closes, round_.objection_days, round_.contact) == (time(18), 7, "考核办 010-1")
        assert [unit.contact for unit in round_.units.all()] == ["张 010-2", "", ""]  # XZ-02 has another name now
        days = calendar()
        assert not days.is_working_day(date(2027, 2, 8))
        assert days.is_working_day(date(2026, 1, 1))
        said = json.loads(Event.objects.get(seq=1).body)["after"]["carried"]
        assert said == {
            "from": "county-2026",
            "publication": 1,
            "precedents": 1,
            "holidays": [2026, 2027],
            "contacts": 1,
        }
        assert round_.submissions.count() == round_.objections.count() == 0
        assert list(broken_links()) == []
    with opened(before):
        assert Event.objects.count() == events


def test_what_was_carried_is_said_line_by_line(tmp_path: Path, capsys: Captured) -> None:
    before = last_year(tmp_path)
    tree, roster = given(tmp_path)
    roster.write_text("unit,name,type\nXZ-01,东乡,town\nXZ-02,西街道,town\nXZ-03,南乡,town\n", encoding="utf-8")
    words = ("--tree", str(tree), "--roster", str(roster), "--year", "2027", "--previous", str(before))
    assert run("round", "new", str(tmp_path / "next"), *words) == 0
    said = capsys.readouterr().out.splitlines()
    at = next(i for i, line in enumerate(said) if line.endswith("带来："))
    assert said[at + 1 : -1] == [
        "  成绩：ranking.csv、scores.csv、figures.csv、grounds.csv（第 1 次公布）",
        "  异议决定：1 件，办理异议时供参照",
        "  节假日表：2026、2027 年",
        "  下班时间 18:00、异议 7 个工作日：同上一轮",
        "  考核办联系方式：考核办 010-1",
        "  单位联系方式：1 个单位",
        "  没有带联系方式的单位 2 个：XZ-02 西街道、XZ-03 南乡（上一轮没有写、没有这个单位，或者名称不同）",
        "  上一轮有、本轮没有的单位：BM-01 教育局",
        "  不带的：各单位的报送、打分，谁管什么，通知书的内容（日期是上一轮的，用 --notice 另写）",
    ]


def test_a_round_that_was_never_published_gives_no_results(tmp_path: Path) -> None:
    made, folder = next_round(tmp_path, last_year(tmp_path, is_published=False))
    assert made is not None
    assert made.last is not None
    assert made.last.tables == ()
    with opened(folder) as data:
        assert [name for name in plain_folder(data, the_round()) if name.startswith("previous/")] == [
            "previous/precedents.json"
        ]


def test_a_folder_of_tables_gives_its_results_alone(tmp_path: Path, capsys: Captured) -> None:
    before = last_year(tmp_path)
    with opened(before) as data:
        tables = outputs_of(data, the_round().runs.get())
    for name in ("1", "2", "10"):
        (tmp_path / "export" / "published" / name).mkdir(parents=True)
        for table in ("ranking.csv", "scores.csv", "figures.csv"):
            text = tables[table].replace("东乡".encode(), f"东{name}乡".encode())
            (tmp_path / "export" / "published" / name / table).write_bytes(text)
    made, folder = next_round(tmp_path, tmp_path / "export")
    assert made is not None
    assert made.last is not None
    assert (made.last.publication, made.last.code) == (10, "")
    with opened(folder) as data:
        assert "东10乡" in plain_folder(data, the_round())["previous/ranking.csv"].decode()
    shutil.rmtree(folder)
    words = ("--tree", str(tmp_path / "tree.yaml"), "--roster", str(tmp_path / "roster.csv"))
    results = tmp_path / "export" / "published" / "2"
    assert run("round", "new", str(folder), *words, "--year", "2027", "--previous", str(results)) == 0
    said = capsys.readouterr().out
    assert "  成绩：ranking.csv、scores.csv、figures.csv\n" in said
    assert "没有带异议决定、节假日表、联系方式" in said


def test_an_exported_round_gives_its_decisions_too(tmp_path: Path) -> None:
    """Also those that it had been given itself, and where the folder that is named is the export as a whole."""
    before = last_year(tmp_path)
    with opened(before) as data:
        export_round(data, the_round(), tmp_path / "export")
    made, folder = next_round(tmp_path, tmp_path / "export")
    assert made is not None
    assert made.last is not None
    assert made.last.precedents == 1
    with opened(folder) as data:
        round_ = the_round()
        (decided,) = precedents(data, round_, "01-1")
        assert (decided.year, decided.unit, decided.reason) == (2026, "XZ-01", "属实")
        export_round(data, round_, tmp_path / "export again")
    assert (tmp_path / "export again" / "precedents.json").read_bytes() == (
        tmp_path / "export" / "precedents.json"
    ).read_bytes()


def test_an_exported_round_gives_what_it_published_and_not_its_roster(tmp_path: Path) -> None:
    before = last_year(tmp_path)
    with opened(before) as data:
        export_round(data, the_round(), tmp_path / "export")
        published = outputs_of(data, the_round().publications.get().run)["ranking.csv"]
    made, folder = next_round(tmp_path, tmp_path / "export")
    assert made is not None
    assert made.last is not None
    assert made.last.tables[:3] == ("ranking.csv", "scores.csv", "figures.csv")
    assert made.last.publication == 1
    with opened(folder) as data:
        assert plain_folder(data, the_round())["previous/ranking.csv"] == published


def test_results_of_an_export_that_were_changed_since_are_not_taken(tmp_path: Path) -> None:
    with opened(last_year(tmp_path)) as data:
        export_round(data, the_round(), tmp_path / "export")
    ranking = tmp_path / "export" / "published" / "1" / "ranking.csv"
    manifest = tmp_path / "export" / "manifest.json"
    for touched in (ranking, manifest):
        before = touched.read_bytes()
        touched.chmod(0o644)
        touched.write_bytes(before.replace(b"1", b"9", 1))
        with pytest.raises(RefusedError) as refused:
            last_round(tmp_path / "export")
        assert refused.value.problem.code is Code.R238
        touched.write_bytes(before)
    last_round(tmp_path / "export")


def test_an_exported_round_that_was_never_published_gives_no_results(tmp_path: Path) -> None:
    with opened(last_year(tmp_path, is_published=False)) as data:
        export_round(data, the_round(), tmp_path / "export")
    assert last_round(tmp_path / "export").tables == ()


def test_an_exported_round_without_decisions_has_no_such_file(tmp_path: Path) -> None:
    with opened(make_round(tmp_path, "last")) as data:
        assert "precedents.json" not in export_round(data, the_round(), tmp_path / "export").files


def test_where_nothing_is_to_be_had_no_round_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for previous in (tmp_path / "empty", tmp_path / "nowhere"):
        with pytest.raises(RefusedError) as refused:
            next_round(tmp_path, previous)
        assert refused.value.problem.code is Code.R238
    before = make_round(tmp_path, "last")
    for year in (2026, 2025, None):
        with pytest.raises(RefusedError) as refused:
            next_round(tmp_path, before, year)
        assert refused.value.problem.code is Code.R239
    assert not (tmp_path / "next").exists()


def test_tables_that_cannot_be_read_make_no_round(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "ranking.csv").write_bytes(b"\xff\xfe\x00\x01nothing")
    made, folder = next_round(tmp_path, tmp_path / "tables")
    assert made is None
    assert not folder.exists()


def test_no_room_for_temporary_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = last_year(tmp_path)
    last = last_round(before)
    tree, _ = pipeline.load_tree(given(tmp_path)[0])
    assert tree is not None
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(CannotWriteError) as refused:
        read_results(last, tree, ())
    assert refused.value.problem.place == TextPlace((tmp_path / "nowhere").as_posix())


def test_the_folder_that_was_open_is_open_again(tmp_path: Path) -> None:
    before, other = make_round(tmp_path, "last"), make_round(tmp_path, "other")
    with opened(other) as data:
        a_submission(data, the_round())
        assert last_round(before).units == {"XZ-01": "东乡", "XZ-02": "西乡", "BM-01": "教育局"}
        assert the_round().submissions.count() == 1
