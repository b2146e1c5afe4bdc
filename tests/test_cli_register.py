"""``check`` says who sent what: a table on the screen, a register as a workbook, and what each unit left blank.

Reaches ``pipeline/registering.py``, ``content/whose.py``, ``terminal/intake_register.py``, ``terminal/aligned.py``,
``workbook/office/intake_register.py``.
"""

import json
from pathlib import Path

import openpyxl
import pytest
from calls import run
from legible import clipped_cells
from openpyxl.utils import get_column_letter
from sheets import fill
from test_cli import Captured, a_small_tree
from test_cli_office_templates import TREE

from lawgov_score.content import intake_register as content
from lawgov_score.content.intake_register import Arrival, Blank, Line, Register, State, Version
from lawgov_score.model import Unit
from lawgov_score.pipeline import load_tree
from lawgov_score.problems import CellPlace
from lawgov_score.terminal.intake_register import register_text
from lawgov_score.wording import Language
from lawgov_score.workbook.office.intake_register import write_register
from lawgov_score.workbook.package.opened import Opened, open_workbook
from lawgov_score.workbook.submission.own_outputs import INTAKE, own_output
from lawgov_score.workbook.writing.page import pixels_of
from lawgov_score.workbook.writing.paper import A4, scale

UNITS = {"A": "甲镇", "B": "乙镇", "C": "丙局", "D": "丁局"}


@pytest.fixture
def a_round(tmp_path: Path) -> list[str]:
    """A is blank, B complete, C has an error and a blank, D sent nothing, X is not in the roster."""
    tree = a_small_tree(tmp_path)
    roster, everyone = tmp_path / "roster.csv", tmp_path / "everyone.csv"
    rows = [f"{code},{name},any" for code, name in UNITS.items()]
    for path, lines in ((roster, rows), (everyone, [*rows, "X,外单位,any"])):
        path.write_text("\n".join(["unit,name,type", *lines]) + "\n", encoding="utf-8")
    sent = tmp_path / "sent"
    run("template", tree, "--roster", str(everyone), "-o", str(sent))
    by_code = {path.name[0]: path for path in sent.iterdir()}
    by_code["D"].unlink()
    fill(by_code["B"], {"01-1.done": 1, "01-1.got": 2})
    fill(by_code["C"], {"01-1.done": "约一"})
    return [tree, str(sent), "--roster", str(roster)]


def table(path: Path, name: str) -> dict[str, dict[str, object]]:
    """The rows of a sheet of a register, by unit code (and question)."""
    rows = list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if row[0] == "单位编码")
    heads = [str(head) for head in rows[at]]
    lines: list[dict[str, object]] = [dict(zip(heads, row, strict=True)) for row in rows[at + 1 :] if row[0]]
    return {"/".join(str(line[key]) for key in ("单位编码", "填报项") if key in line): line for line in lines}


def test_the_screen_says_who_sent_what(a_round: list[str], capsys: Captured) -> None:
    assert run("check", *a_round) == 1
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    states = {words[0]: words[-1] for words in lines if words and words[0] in {*UNITS, "X"}}
    assert states == {"A": "全部未填", "B": "可受理", "C": "有错误", "D": "未报", "X": "不在名册"}
    blanks = {words[0]: words[-4] for words in lines if words and words[0] in UNITS}
    assert blanks == {"A": "2/2", "B": "0/2", "C": "1/2", "D": "—"}
    assert "".join(lines[-1]).startswith("5个单位：")


def test_a_blank_beside_a_claim_says_what_the_claim_takes(tmp_path: Path) -> None:
    """A claim is of a whole indicator; a field left blank beside it is a blank, and its unit reads what to do."""
    tree = Path(a_small_tree(tmp_path))
    text = tree.read_text(encoding="utf-8")
    tree.write_text(text.replace('- code: "01-1"\n', '- code: "01-1"\n        may_not_apply: true\n'), encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("unit,name,type\nA,甲镇,any\nB,乙镇,any\n", encoding="utf-8")
    sent, back = tmp_path / "sent", tmp_path / "back"
    run("template", str(tree), "--roster", str(roster), "-o", str(sent))
    by_code = {path.name[0]: path for path in sent.iterdir()}
    fill(by_code["A"], {"01-1.done": "不适用"}, notes={"01-1.done": "没有这项职责"})
    fill(by_code["B"], {"01-1.done": 1})
    run("check", str(tree), str(sent), "--roster", str(roster), "--marked", str(back))

    def told(code: str) -> str:
        (copy,) = back.glob(f"{code} *.xlsx")
        sheets = openpyxl.load_workbook(copy)
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)

    said = "这项指标申请不适用的，这一格也填“不适用”"
    assert said in told("A")
    assert said not in told("B")


def test_json_stays_the_list_of_problems(a_round: list[str], capsys: Captured) -> None:
    run("check", *a_round, "--format", "json")
    records = json.loads(capsys.readouterr().out)
    assert all({"code", "severity", "path", "title"} <= record.keys() for record in records)
    assert "S228" not in {record["code"] for record in records}


def test_the_register_is_a_workbook_for_people(a_round: list[str], tmp_path: Path) -> None:
    path = tmp_path / "登记.xlsx"
    assert run("check", *a_round, "--register", str(path)) == 1
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["报送情况", "未填报项"]
    units = table(path, "报送情况")
    assert {code: line["状态"] for code, line in units.items() if len(code) == 1} == {
        "A": "全部未填",
        "B": "可受理",
        "C": "有错误",
        "D": "未报",
        "X": "不在名册",
    }
    assert (units["C"]["应填项"], units["C"]["未填项"], units["C"]["错误"]) == (2, 1, 1)
    assert units["A"]["保存时间（北京时间）"] == "发出后未保存"
    assert (units["D"]["收到份数"], units["D"]["未填项"]) == (0, None)
    blanks = table(path, "未填报项")
    assert set(blanks) == {"A/回复件数", "A/收到件数", "C/收到件数"}
    assert str(blanks["C/收到件数"]["未填位置"]).startswith("C")
    page = book["报送情况"]
    assert page.freeze_panes is not None
    assert page.auto_filter.ref is not None
    total = next(row for row in page.iter_rows() if row[0].value == "合计")
    assert sum(str(cell.value).startswith("=SUM(") for cell in total) == 6
    values = next(row for row in openpyxl.load_workbook(path, data_only=True)["报送情况"] if row[0].value == "合计")
    assert [cell.value for cell in values if isinstance(cell.value, (int, float))][:3] == [4, 6, 3]


def test_a_register_that_differs_is_replaced_only_where_that_is_said(
    a_round: list[str], tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "r.xlsx"
    run("check", *a_round, "--register", str(path))
    assert run("check", *a_round, "--register", str(path)) == 1  # the same once more
    path.write_bytes(b"notes of the clerk")
    assert run("check", *a_round, "--register", str(path)) == 2
    assert "O105" in capsys.readouterr().err
    assert path.read_bytes() == b"notes of the clerk"
    path.unlink()
    run("check", *a_round, "--register", str(path))
    first = path.read_bytes()
    (Path(a_round[1]) / "B 乙镇.xlsx").unlink()
    capsys.readouterr()
    assert run("check", *a_round, "--register", str(path), "--overwrite") == 1
    assert "O126" not in capsys.readouterr().err
    assert path.read_bytes() != first
    assert run("check", *a_round, "--register", a_round[3]) == 2  # the roster
    assert run("check", *a_round, "--register", "-") == 2


def test_notes_in_a_register_are_kept_and_the_rest_is_written(
    a_round: list[str], tmp_path: Path, capsys: Captured
) -> None:
    path, back = tmp_path / "r.xlsx", tmp_path / "back"
    run("check", *a_round, "--register", str(path))
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["Z1"].value = "已催两次"
    book.save(path)
    noted = path.read_bytes()
    capsys.readouterr()
    assert run("check", *a_round, "--register", str(path), "--marked", str(back), "--overwrite") == 1
    said = capsys.readouterr().err
    assert f"{path.as_posix()}: 警告 O126" in said
    assert "已写入报送情况登记表" not in said
    assert path.read_bytes() == noted
    assert list(back.iterdir())


@pytest.mark.parametrize("lang", Language)
def test_a_sheet_of_it_sent_alone_is_known_as_our_own(a_round: list[str], tmp_path: Path, lang: Language) -> None:
    path = tmp_path / "r.xlsx"
    run("check", *a_round, "--register", str(path), "--lang", lang.value)
    for name in openpyxl.load_workbook(path).sheetnames:
        book = openpyxl.load_workbook(path)
        for other in set(book.sheetnames) - {name}:
            del book[other]
        book.save(tmp_path / "alone.xlsx")
        opened = open_workbook(tmp_path / "alone.xlsx")
        assert isinstance(opened, Opened)
        assert own_output(opened) == INTAKE, name


JUDGED = """  - {code: "02", title: 特色工作, points: 4, applies_to: all, basis: 第二条, evidence: [总结],
     rule: {kind: judged, marks: mean}}
  - {code: "03", title: 案卷, points: 4, applies_to: all, basis: 第三条,
     fields: [{code: files, name: 案卷数, type: count, measured_in: 件}], rule: {kind: judged, marks: mean}}
"""


def test_what_reviewers_would_read_and_nobody_sent_is_told(tmp_path: Path, capsys: Captured) -> None:
    """In the register and on the returned copy, and it is no error; a document named is enough for a text."""
    tree = tmp_path / "t.yaml"
    tree.write_text(
        TREE.replace("points: 8", "points: 10").split('  - {code: "01"')[0]
        + JUDGED
        + """  - {code: "04", title: 率, points: 2, applies_to: all, basis: 第一条,
     fields: [{code: x, name: 备案率, type: share}], rule: {kind: proportional}}
""",
        encoding="utf-8",
    )
    roster, sent = tmp_path / "roster.csv", tmp_path / "sent"
    roster.write_text("unit,name\nA,甲局\nB,乙局\n", encoding="utf-8")
    assert run("template", str(tree), "--roster", str(roster), "-o", str(sent)) == 0
    a, b = sorted(sent.iterdir())
    fill(a, {"04.x": 0.5})
    fill(b, {"02.report": "", "03.files": 3, "04.x": 0.5}, evidence="年度总结")
    register, marked = tmp_path / "r.xlsx", tmp_path / "back"
    args = ("check", str(tree), str(sent), "--roster", str(roster))
    assert run(*args, "--register", str(register), "--marked", str(marked)) == 0
    units = table(register, "报送情况")
    assert {
        code: (line["状态"], line["应填项"], line["缺评审材料"]) for code, line in units.items() if len(code) == 1
    } == {
        "A": ("缺评审材料", 1, 2),
        "B": ("可受理", 1, 0),
    }
    lacking = table(register, "未填报项")
    assert set(lacking) == {"A/自评情况（未报评审材料）", "A/案卷数（未报评审材料）"}
    (copy,) = marked.glob("*.xlsx")
    book = openpyxl.load_workbook(copy)
    texts = [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value]
    assert any("自评情况（未报评审材料）" in text for text in texts)


def a_line(code: str, **other: object) -> Line:
    sent = {"in_force": Version(CellPlace(f"{code}.xlsx"), "2025-04-01T00:30:00Z"), "asked": 3, **other}
    return Line(Unit(code, f"单位{code}"), "", **sent)  # type: ignore[arg-type]


def test_states_the_gravest_first() -> None:
    blank = Blank("01-1", "率", "件数", None)
    twice = (Version(CellPlace("1.xlsx")), Version(CellPlace("2.xlsx")))
    assert {
        a_line("A").state: State.ACCEPTABLE,
        a_line("A", blanks=(blank,)).state: State.BLANKS,
        a_line("A", blanks=(blank,) * 3).state: State.EMPTY,
        a_line("A", materials=(blank,)).state: State.MATERIALS,
        a_line("A", blanks=(blank,) * 3, errors=1).state: State.ERRORS,
        a_line("A", in_force=None).state: State.NOT_SENT,
        a_line("A", in_force=None, asked=0).state: State.NOTHING_OWED,
        a_line("B", in_force=None, asked=0, is_asked_material=True).state: State.NOT_SENT,
        a_line("A", in_force=None, others=twice).state: State.UNDECIDED,
        a_line("A", in_force=None, others=twice, is_usable=False).state: State.NOT_USABLE,
        a_line("A", is_known=False, errors=1).state: State.STRANGER,
    } == {state: state for state in State}


def test_of_many_units_the_screen_names_those_that_somebody_must_act_on(tmp_path: Path) -> None:
    tree, _ = load_tree(Path(a_small_tree(tmp_path)))
    assert tree is not None
    lines = [a_line(f"U{i}", errors=int(i == 7)) for i in range(60)]
    shown = register_text(Register(tree, tuple(lines)), Language.ZH)
    assert "U7 " in shown
    assert "U8 " not in shown
    assert "59 个单位未列出" in shown
    assert "60 个单位：有错误 1、可受理 59" in shown
    write_register(Register(tree, tuple(lines)), tmp_path / "r.xlsx", Language.ZH)
    assert len(table(tmp_path / "r.xlsx", "报送情况")) == 61  # all of them, and the total


@pytest.mark.parametrize("lang", Language)
def test_all_columns_of_a_round_are_read_on_a_page_across(tmp_path: Path, lang: Language) -> None:
    """Printed on A4 no smaller than 六号 (7.5 points), and nothing is clipped."""
    tree, _ = load_tree(Path(a_small_tree(tmp_path)))
    assert tree is not None
    name = "东乡人民政府2026年度法治政府建设填报表（更正）.xlsx"
    versions = tuple(Version(CellPlace(name), "2026-03-01T00:30:00Z") for _ in range(2))
    lines = (a_line("XZ-01", in_force=versions[0], others=versions), a_line("B", errors=1))
    arrival = Arrival(3, "county-2026/XZ-01/3", "2026年3月2日（星期一）09:30", "已退回", late=True)
    write_register(Register(tree, lines, {"XZ-01": arrival}), tmp_path / "r.xlsx", lang)
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    widths = [sheet.column_dimensions[get_column_letter(at)].width for at in range(1, sheet.max_column + 1)]
    assert sheet.max_column == len(content.COLUMNS) + len(content.ARRIVAL_COLUMNS)
    assert scale(A4, sum(pixels_of(wide - 0.71) for wide in widths), landscape=True) >= 0.75  # of a text of ten points
    assert list(clipped_cells(sheet)) == []


def test_moments_are_told_in_the_readers_time() -> None:
    version = Version(CellPlace("A.xlsx"), "2025-04-01T00:30:00Z")
    assert [version.moment(lang) for lang in (Language.ZH, Language.EN)] == [
        "2025-04-01 08:30:00",
        "2025-04-01 00:30:00",
    ]
    assert Version(CellPlace("A.csv")).moment(Language.ZH) == content.NOTHING


# ------------------------------------------------- register and copies are one step


def test_register_and_copies_are_written_both_or_none_and_the_findings_are_said_all_the_same(
    a_round: list[str], tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (in_the_way := next(out / path.name for path in Path(a_round[1]).iterdir() if path.name[0] == "C")).write_text("x")
    outputs = ["--marked", str(out), "--register", str(tmp_path / "register.xlsx")]
    assert run("check", *a_round, *outputs) == 2
    told = capsys.readouterr()
    assert "O105" in told.err
    assert "S2" in told.out
    assert "丁局" in told.out
    assert [path.name for path in out.iterdir()] == [in_the_way.name]
    assert not (tmp_path / "register.xlsx").exists()


def test_register_and_a_copy_are_not_one_file(a_round: list[str], tmp_path: Path, capsys: Captured) -> None:
    name = next(path.name for path in Path(a_round[1]).iterdir() if path.name[0] == "C")
    outputs = ["--marked", str(tmp_path / "out"), "--register", str(tmp_path / "out" / name)]
    assert run("check", *a_round, *outputs) == 2
    assert "O113" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_register_is_a_workbook(a_round: list[str], tmp_path: Path) -> None:
    assert run("check", *a_round, "--register", str(tmp_path / "register.csv")) == 2
    assert not (tmp_path / "register.csv").exists()
