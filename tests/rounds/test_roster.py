"""A roster that is given as a workbook: the round reads, runs and exports the .csv that means the same."""

from pathlib import Path

import openpyxl
import pytest
from calls import run
from round_books import answered, sent
from round_made import NOW, ROSTER, given

from lawgov_score import pipeline
from lawgov_score.pipeline.plain_folder import computed
from lawgov_score.rounds.amending import amend, look
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.exporting import export_round, score_command
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.models import File
from lawgov_score.rounds.names import Role
from lawgov_score.rounds.store import sha256_of
from lawgov_score.workbook.submission.reader import in_this_process

HARD = (
    ("区直单位考核名册",),
    ("单位名称", "备注", "单位编码", "单位类型", "年度"),
    ("东乡", "合并后", "XZ-01", "town", 2026),
    ("=HYPERLINK(1)", None, "XZ-02", "town", None),
    ('教育局，含"双减"办, 等\n两处', "x", 330100, "bureau", "2026"),
    (None, None, None, None, None),
    ("填表人：张三",),
)


def a_roster(path: Path, rows: tuple[tuple[str | int | None, ...], ...] = HARD) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(at, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # no formula
    book.save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tree, _ = given(tmp_path)
    made, problems = create_round(tmp_path / "data", tree, a_roster(tmp_path / "名册.XLSX"), None, now=NOW)
    assert made is not None, problems
    return tmp_path / "data"


def test_the_same_units_are_read_of_it(folder: Path, tmp_path: Path) -> None:
    tree, _ = pipeline.load_tree(tmp_path / "tree.yaml")
    assert tree is not None
    units, _ = pipeline.load_roster(tmp_path / "名册.XLSX", tree)
    with opened(folder) as data:
        (tmp_path / "roster.csv").write_bytes(plain_folder(data, the_round())["roster.csv"])
        assert [one.code for one in the_round().units.order_by("place")] == ["XZ-01", "XZ-02", "330100"]
        kept = File.objects.get(sha256=sha256_of((tmp_path / "名册.XLSX").read_bytes()))
        assert data.store.read(kept.sha256) == (tmp_path / "名册.XLSX").read_bytes()
    again, problems = pipeline.load_roster(tmp_path / "roster.csv", tree)
    assert again == units
    assert units is not None
    assert units[1].name == "=HYPERLINK(1)"
    assert not problems


def test_score_on_the_exported_folder_gives_the_bytes_of_a_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as data:
        round_ = the_round()
        sent(data, round_, "XZ-01", answered("XZ-01", 9, 10))
        made = computed(plain_folder(data, round_))
        exported = export_round(data, round_, tmp_path / "out")
    assert made.has_scores
    assert "--roster out/roster.csv" in score_command(exported, "out")
    assert [one.name for one in (tmp_path / "out").glob("roster.*")] == ["roster.csv"]
    monkeypatch.chdir(tmp_path / "out")
    outputs = ("-o", "../s.xlsx", "--csv", "../csv")
    assert run("score", "tree", "received", "--roster", "roster.csv", *outputs) == 0
    assert (tmp_path / "s.xlsx").read_bytes() == made.outputs["scorecard.xlsx"]
    for name in ("ranking.csv", "scores.csv", "figures.csv"):
        assert (tmp_path / "csv" / name).read_bytes() == made.outputs[name], name


def test_amended_by_a_workbook_it_is_the_table_of_that_one(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as data:
        same, problems = look(data, the_round(), None, a_roster(tmp_path / "again.xlsx"), in_this_process)
        assert same is not None, problems
        assert same.is_nothing
        more = a_roster(tmp_path / "more.xlsx", (*HARD[:3], ("西乡", "", "XZ-02", "town", None), *HARD[4:]))
        meant, problems = look(data, the_round(), None, more, in_this_process)
        assert meant is not None, problems
        assert [(one.code, one.new) for one in meant.units] == [("XZ-02", "西乡")]
        amend(data, meant, "名称有误", seat_of(Role.OFFICE), NOW)
        assert "西乡" in plain_folder(data, the_round())["roster.csv"].decode("utf-8-sig")
        assert File.objects.filter(sha256=sha256_of(more.read_bytes())).exists()


def test_a_table_stays_byte_for_byte(tmp_path: Path) -> None:
    tree, roster = given(tmp_path)
    roster.write_bytes(ROSTER.replace("东乡", "東鄉").encode("gb18030"))
    made, problems = create_round(tmp_path / "data", tree, roster, None, now=NOW)
    assert made is not None, problems
    with opened(tmp_path / "data") as data:
        assert plain_folder(data, the_round())["roster.csv"] == roster.read_bytes()
