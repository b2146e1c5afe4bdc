"""`verify`: a scorecard agrees with its files to the cell, and whatever was touched is named.

Reaches ``workbook/verify/verification.py``, ``workbook/writing/manifest.py``.
"""

import re
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from tampering import cell_xml, changed, part_of

from lawgov_score.catalogue import Code
from lawgov_score.cli import main
from lawgov_score.pipeline import ScoredAssessment, Verification, assess, verify, write_scorecard
from lawgov_score.problems import CellPlace
from lawgov_score.wording import Language

TREE = """
code: verified
title: 核验用指标体系
edition: "2025"
year: 2025
points: 100
levels: [类, 小项]
grades: [{name: 优秀, at_least: 90}, {name: 其他, at_least: 0}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "01"
    title: 一类
    points: 100
    children:
      - code: "01-1"
        title: 办结率
        points: 100
        applies_to: all
        basis: 方案第一条
        fields: [{code: x, name: 办结率, type: share}]
        rule: {kind: proportional, target: 100%}
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A tree, a table and a roster in a folder, and the scorecard of them."""
    (tmp_path / "tree.yaml").write_text(TREE, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "table.csv").write_text("unit,01-1\nA,90%\nB,约八成\nC,80%\n", encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,name,type,cohort\nA,甲,,\nB,乙,,\nC,丙,,\n", encoding="utf-8")
    done = assess(tmp_path / "tree.yaml", [tmp_path / "in" / "table.csv"], tmp_path / "roster.csv")
    assert isinstance(done, ScoredAssessment)
    write_scorecard(done, tmp_path / "scorecard.xlsx", Language.ZH)
    return tmp_path


def verified(folder: Path, scorecard: str = "scorecard.xlsx", *more: Path) -> Verification:
    inputs = [folder / "in" / "table.csv", *more]
    return verify(folder / scorecard, lambda: assess(folder / "tree.yaml", inputs, folder / "roster.csv"))


def codes(found: Verification) -> list[Code]:
    return sorted({problem.code for problem in found.problems})


def test_what_was_not_touched_agrees(files: Path) -> None:
    found = verified(files)
    assert found.problems == ()
    assert found.files == 2
    assert found.cells > 100


def test_a_changed_score_is_named_by_its_cell(files: Path) -> None:
    sheet = openpyxl.load_workbook(files / "scorecard.xlsx", data_only=True)["排名"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 90)
    original, part = files / "scorecard.xlsx", part_of(files / "scorecard.xlsx", "排名")
    change = partial(cell_xml(cell.coordinate).sub, r"\1<f>\2</f><v>92</v></c>")
    changed(original, files / "changed.xlsx", part, change)
    found = verified(files, "changed.xlsx")
    assert codes(found) == [Code.V206]
    places = [problem.place for problem in found.problems]
    assert [(p.sheet, p.cell) for p in places if isinstance(p, CellPlace)] == [("排名", cell.coordinate)]


def test_a_changed_input_and_what_follows_from_it(files: Path) -> None:
    table = files / "in" / "table.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("80%", "95%"), encoding="utf-8")
    found = verified(files).problems
    apart = {problem.code for problem in found if getattr(problem.place, "sheet", "") != "分析"}
    assert apart == {Code.V203, Code.V206}  # the analysis has other bands for other scores


def test_an_input_too_few_or_too_many(files: Path) -> None:
    extra = files / "in" / "late.csv"
    extra.write_text("unit,01-1\nB,70%\n", encoding="utf-8")
    assert Code.V205 in codes(verified(files, "scorecard.xlsx", extra))
    without = verify(files / "scorecard.xlsx", lambda: assess(files / "tree.yaml", [extra], files / "roster.csv"))
    assert {Code.V204, Code.V205} <= set(codes(without))


def test_an_edited_tree(files: Path) -> None:
    (files / "tree.yaml").write_text(TREE.replace("target: 100%", "target: 95%"), encoding="utf-8")
    assert codes(verified(files))[:1] == [Code.V201]
    (files / "tree.yaml").write_text("# a comment changes nothing\n" + TREE, encoding="utf-8")
    assert verified(files).problems == ()


def test_a_broken_tree_gives_nothing_to_compare_with(files: Path) -> None:
    (files / "tree.yaml").write_text(TREE.replace("kind: proportional", "kind: no_such"), encoding="utf-8")
    assert Code.V208 in codes(verified(files))


def test_files_may_have_moved(files: Path) -> None:
    place = files / "elsewhere"
    place.mkdir()
    for name in ("tree.yaml", "in", "roster.csv"):
        shutil.move(files / name, place / name)
    shutil.copy(files / "scorecard.xlsx", place / "scorecard.xlsx")
    assert verified(place).problems == ()


def test_a_sheet_taken_away_or_added(files: Path) -> None:
    book = openpyxl.load_workbook(files / "scorecard.xlsx")
    del book["失分"]
    book.create_sheet("说明")
    book.save(files / "sheets.xlsx")
    found = verified(files, "sheets.xlsx")
    assert codes(found) == [Code.V207]
    assert len(found.problems) == 2


def test_another_format_or_version_of_the_program(files: Path) -> None:
    book = openpyxl.load_workbook(files / "scorecard.xlsx")
    sheet = book["lawgov-manifest"]
    sheet["B2"] = "0.0.1"
    book.save(files / "old.xlsx")
    assert codes(verified(files, "old.xlsx")) == [Code.V202]
    sheet["B1"] = "99"
    book.save(files / "new.xlsx")
    assert codes(verified(files, "new.xlsx")) == [Code.V102]


@pytest.mark.parametrize(
    ("name", "content", "code"), [("a.xlsx", b"no workbook", Code.S103), ("b.xlsx", b"", Code.S103)]
)
def test_what_is_no_workbook(files: Path, name: str, content: bytes, code: Code) -> None:
    (files / name).write_bytes(content)
    assert codes(verified(files, name)) == [code]


def test_a_workbook_of_others_and_half_a_workbook(files: Path) -> None:
    book = openpyxl.Workbook()
    book.save(files / "other.xlsx")
    assert codes(verified(files, "other.xlsx")) == [Code.V101]
    whole = (files / "scorecard.xlsx").read_bytes()
    (files / "half.xlsx").write_bytes(whole[: len(whole) // 2])
    (problem,) = verified(files, "half.xlsx").problems
    assert problem.code in {Code.S103, Code.S106, Code.S107}


def test_the_command_says_so_and_exits_with_it(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["verify", *(str(files / name) for name in ("scorecard.xlsx", "tree.yaml", "in/table.csv"))]
    for arguments, code in ((["--roster", str(files / "roster.csv")], 0), ([], 1)):
        with pytest.raises(SystemExit) as left:
            main([*command, *arguments])
        assert left.value.code == code
    said = capsys.readouterr().out
    assert "核验一致" in said
    assert "V204" in said


def test_the_same_input_given_twice_is_one(files: Path) -> None:
    again = verified(files, "scorecard.xlsx", files / "in" / "table.csv")
    assert again.problems == ()


def test_a_copy_of_an_input_leaves_nothing_to_compare_with(files: Path) -> None:
    copy = files / "in" / "copy.csv"
    shutil.copy(files / "in" / "table.csv", copy)
    assert {Code.V208, Code.S112} <= set(codes(verified(files, "scorecard.xlsx", copy)))


def test_a_scorecard_of_another_tree(files: Path) -> None:
    (files / "tree.yaml").write_text(TREE.replace("code: verified", "code: another"), encoding="utf-8")
    assert Code.V201 in codes(verified(files))


def test_a_workbook_of_too_many_cells_is_left_closed(files: Path) -> None:
    sheet = part_of(files / "scorecard.xlsx", "排名")
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    changed(files / "scorecard.xlsx", files / "far.xlsx", sheet, lambda xml: xml.replace("</sheetData>", far))
    assert codes(verified(files, "far.xlsx")) == [Code.S107]


def test_another_version_that_agrees_is_a_remark(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(files / "scorecard.xlsx")
    book["lawgov-manifest"]["B2"] = "0.0.1"
    book.save(files / "old.xlsx")
    command = ["verify", *(str(files / name) for name in ("old.xlsx", "tree.yaml", "in/table.csv"))]
    with pytest.raises(SystemExit) as left:
        main([*command, "--roster", str(files / "roster.csv")])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert "V202" in said
    assert "核验一致" in said


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Exit code of `verify` and what it prints."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main(["verify", *map(str, arguments)])
    assert isinstance(left.value.code, int)
    return left.value.code, capsys.readouterr().out


def test_a_changed_input_comes_first_and_what_follows_is_one_line(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, roster = files / "in" / "table.csv", ["--roster", files / "roster.csv"]
    table.write_text(table.read_text(encoding="utf-8").replace("80%", "95%"), encoding="utf-8")
    differences = [problem for problem in verified(files).problems if problem.code is Code.V206]
    assert len(differences) > 10
    for lang in ("zh", "en"):
        code, text = said(capsys, files / "scorecard.xlsx", files / "tree.yaml", table, *roster, "--lang", lang)
        assert code == 1
        lines = [line for line in text.splitlines() if line]
        assert "V203" in lines[0]
        assert "V206" not in text
        everything = [problem for problem in verified(files).problems if problem.code is not Code.V203]
        assert any(str(len(everything)) in line for line in lines)
        assert len(lines) <= 8
        assert "V203" in lines[-1]


def test_a_cell_that_was_changed_is_told_cell_by_cell(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = openpyxl.load_workbook(files / "scorecard.xlsx", data_only=True)["排名"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 90)
    change = partial(cell_xml(cell.coordinate).sub, r"\1<f>\2</f><v>92</v></c>")
    changed(files / "scorecard.xlsx", files / "changed.xlsx", part_of(files / "scorecard.xlsx", "排名"), change)
    roster = ["--roster", files / "roster.csv"]
    code, text = said(capsys, files / "changed.xlsx", files / "tree.yaml", files / "in" / "table.csv", *roster)
    assert code == 1
    assert f"排名!{cell.coordinate}" in text
    assert "V206" in text


@dataclass(frozen=True)
class Run:
    """A scorecard, and what `score` had: files, and the words of each option."""

    scorecard: Path
    files: list[Path]
    options: dict[str, list[object]]

    def words(self, but: str = "") -> list[object]:
        """All that it had but one option."""
        return [*self.files, *(one for name, words in self.options.items() if name != but for one in words)]


@pytest.fixture(scope="module")
def every_option(tmp_path_factory: pytest.TempPathFactory) -> Run:
    tmp_path = tmp_path_factory.mktemp("options")
    (tmp_path / "tree.yaml").write_text(TREE, encoding="utf-8")
    (tmp_path / "table.csv").write_text("unit,01-1\nA,90%\nB,80%\n", encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,name,type,cohort\nA,甲,,\nB,乙,,\nC,丙,,\n", encoding="utf-8")
    (tmp_path / "notice.yaml").write_text("office: 考核办\n", encoding="utf-8")
    office = tmp_path / "office"
    office.mkdir()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "复核改分"
    sheet.append(["单位", "指标", "原得分", "改后得分", "改分理由", "复核人", "复核日期"])
    sheet.append(["A", "01-1", 90, 85, "核减", "张三", "2026-01-05"])
    book.save(office / "review.xlsx")
    main_files = [tmp_path / "tree.yaml", tmp_path / "table.csv"]
    with pytest.raises(SystemExit):
        main(["score", *map(str, main_files), "--csv", str(tmp_path / "last")])
    options: dict[str, list[object]] = {
        "--roster": ["--roster", tmp_path / "roster.csv"],
        "--assessor": ["--assessor", office],
        "--previous": ["--previous", tmp_path / "last"],
        "--notice": ["--notice", tmp_path / "notice.yaml"],
        "--latest": ["--latest"],
    }
    done = Run(tmp_path / "scorecard.xlsx", main_files, options)
    with pytest.raises(SystemExit):
        main(["score", *map(str, done.words()), "-o", str(done.scorecard)])
    return done


def test_with_the_options_that_score_had_it_agrees(every_option: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, every_option.scorecard, *every_option.words())[0] == 0


@pytest.mark.parametrize("option", ["--roster", "--assessor", "--previous", "--notice", "--latest"])
def test_an_option_that_was_left_out_is_the_one_thing_said(
    every_option: Run, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    """Everything that `score` had is given but one option."""
    for lang in ("zh", "en"):
        code, text = said(capsys, every_option.scorecard, *every_option.words(but=option), "--lang", lang)
        assert code == 1
        assert option in text
        assert set(re.findall(r"\bV\d{3}\b", text)) == {"V218" if option == "--latest" else "V204"}
        assert len(text.splitlines()) <= 18


def test_an_earlier_scorecard_that_does_not_say_which_file_was_the_roster(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its manifest names inputs alone: a file that is called a roster is asked for as one."""
    book = openpyxl.load_workbook(files / "scorecard.xlsx")
    sheet = book["lawgov-manifest"]
    sheet.delete_rows(next(row[0].row for row in sheet.iter_rows() if row[0].value == "option"))
    book.save(files / "old.xlsx")
    rest = [files / "tree.yaml", files / "in" / "table.csv"]
    code, text = said(capsys, files / "old.xlsx", *rest)
    assert code == 1
    assert "--roster" in text
    assert "V206" not in text
    assert said(capsys, files / "old.xlsx", *rest, "--roster", files / "roster.csv")[0] == 0


def test_a_card_without_the_roster_names_no_file_of_others(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rest = [files / "tree.yaml", files / "in" / "table.csv"]
    with pytest.raises(SystemExit):
        main(["score", *map(str, rest), "--roster", str(files / "roster.csv"), "--cards", str(files / "cards")])
    card = files / "cards" / "A.xlsx"
    cells = [cell.value for row in openpyxl.load_workbook(card)["lawgov-manifest"].iter_rows() for cell in row]
    assert "--roster" in cells
    assert not any("roster.csv" in str(cell) for cell in cells)
    code, text = said(capsys, card, *rest)
    assert code == 1
    assert "V218" in text
    assert "V206" not in text
