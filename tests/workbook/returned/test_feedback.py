"""A returned copy: problems on their cells and on a first sheet, all else as it was sent, and what became of them."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_field, a_tree, an_indicator
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from sheets import fill, place_of

from lawgov_score.catalogue import Code, Severity
from lawgov_score.cell_addresses import letters
from lawgov_score.model import Unit
from lawgov_score.model.notice import Notice
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import title
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import FILL_SHEET, FillColumn
from lawgov_score.workbook.package.sheet_list import sheet_links
from lawgov_score.workbook.returned.carried import NoCopyError
from lawgov_score.workbook.returned.feedback import marked_copy
from lawgov_score.workbook.returned.feedback_sheet import FILLS
from lawgov_score.workbook.submission.intake import Intake, read_inputs
from lawgov_score.workbook.submission.marks import MARKS_SHEET, RETURNED_SHEET
from lawgov_score.workbook.template.template import write_template

TREE = a_tree(
    indicators=[
        an_indicator(code="01-1", fields=[a_field(code="n", name="件数", type="count")], evidence=("清单",), value="n"),
        an_indicator(code="01-2", fields=[a_field(code="held", name="是否举办", type="yes_no")], value="held"),
        an_indicator(code="01-3", fields=[a_field(code="day", name="报送日期", type="date")], value="day"),
        an_indicator(code="01-4", fields=[a_field(code="share", name="公开率")]),
    ]
)
GOOD = {"01-1.n": 3, "01-2.held": "是", "01-3.day": "2024-03-30", "01-4.share": 0.9}
BAD = {**GOOD, "01-1.n": "约三", "01-4.share": 9}


def sent(folder: Path, answers: Mapping[str, Any] = BAD, change: Callable[[Worksheet], None] | None = None) -> Path:
    """A unit's workbook, filled in, and changed further where ``change`` says."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "U1.xlsx"
    write_template(TREE, Unit("U1", "甲局"), path, standards=lambda i: i.rule.standard(i.terms))
    fill(path, answers)
    if change is not None:
        book = openpyxl.load_workbook(path)
        change(book[FILL_SHEET])
        book.save(path)
    return path


def returned(path: Path, folder: Path, lang: Language = Language.ZH) -> Path:
    """Its marked copy."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / path.name
    copy.write_bytes(marked_copy(path, own(read_inputs([path], TREE), path), lang).data)
    return copy


def own(taken: Intake, path: Path) -> list[Problem]:
    return [p for p in taken.problems if isinstance(p.place, CellPlace) and p.code is not Code.S139]


def where(path: Path, key: str, column: FillColumn = FillColumn.VALUE) -> str:
    return place_of(path, key, column)


def shown(cell: Any) -> tuple[str, str]:
    """A cell's colour, and the first line of its note."""
    note = cell.comment.text.split("\n")[0] if cell.comment else ""
    return str(cell.fill.fgColor.rgb)[-6:], note


def test_each_problem_is_marked_on_its_cell_and_listed_first(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    book = openpyxl.load_workbook(returned(path, tmp_path / "out"))
    fills = {severity: colour.lstrip("#") for severity, colour in FILLS.items()}
    page, listed = book[FILL_SHEET], book[RETURNED_SHEET]
    at_count, at_share = where(path, "01-1.n"), where(path, "01-4.share")
    assert shown(page[at_count]) == (fills[Severity.ERROR], "退回修改 1｜错误 S201")
    assert shown(page[at_share]) == (fills[Severity.ERROR], "退回修改 2｜错误 S202")
    assert shown(page[where(path, "01-2.held")]) == ("FFF9E5", "")
    assert book.sheetnames[0] == RETURNED_SHEET
    assert book.active is listed
    links = {cell.value: cell.hyperlink.location for row in listed for cell in row if cell.hyperlink}
    assert links == {f"填报!{at}": f"'填报'!{at}" for at in (at_count, at_share)}
    assert book[MARKS_SHEET].sheet_state == "veryHidden"


def test_evidence_is_marked_where_it_is_missing_in_the_colour_of_a_note(tmp_path: Path) -> None:
    path = sent(tmp_path / "in", GOOD, lambda page: page.__setitem__(_evidence(page), None))
    book = openpyxl.load_workbook(returned(path, tmp_path / "out"))
    cell = book[FILL_SHEET][where(path, "01-1.n", FillColumn.EVIDENCE)]
    assert shown(cell) == (FILLS[Severity.NOTE].lstrip("#"), "退回修改 1｜提示 S217")


def _evidence(page: Worksheet) -> str:
    return next(cell.coordinate for row in page for cell in row if cell.value == "见附件" and cell.row == 2)


def test_the_original_is_not_touched_and_the_copy_reads_as_it_does(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    before = path.read_bytes()
    copy = returned(path, tmp_path / "out")
    assert path.read_bytes() == before
    first, second = read_inputs([path], TREE), read_inputs([copy], TREE)
    assert [a.value for a in first.submissions[0].answers.values()] == [
        a.value for a in second.submissions[0].answers.values()
    ]
    assert [(p.code, p.place.cell) for p in own(first, path) if isinstance(p.place, CellPlace)] == [
        (p.code, p.place.cell) for p in own(second, copy) if isinstance(p.place, CellPlace)
    ]


def test_the_copy_can_be_filled_in_as_the_template_could(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    before, after = (openpyxl.load_workbook(one)[FILL_SHEET] for one in (path, returned(path, tmp_path / "out")))
    assert [str(v.sqref) for v in after.data_validations.dataValidation] == [
        str(v.sqref) for v in before.data_validations.dataValidation
    ]
    assert after.protection.sheet
    assert after.auto_filter.ref == before.auto_filter.ref
    key = before.max_column
    letter = letters(key - 1)
    assert before.column_dimensions[letter].hidden
    assert after.column_dimensions[letter].hidden
    assert not after[where(path, "01-1.n")].protection.locked


def test_correcting_says_what_is_solved_left_and_new_and_takes_old_marks_off(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    copy = returned(path, tmp_path / "out")
    book = openpyxl.load_workbook(copy)
    page = book[FILL_SHEET]
    page[where(path, "01-1.n")].value = 3
    page[where(path, "01-2.held")].value = "大概"
    book.save(copy)
    taken = read_inputs([copy], TREE)
    (word,) = [p for p in taken.problems if p.code is Code.S139]
    assert word.place == CellPlace(copy.as_posix())
    assert {name: word.values[name] for name in ("n", "solved", "left", "new")} == {
        "n": 2,
        "solved": 1,
        "left": 1,
        "new": 1,
    }
    again = openpyxl.load_workbook(returned(copy, tmp_path / "again"))
    assert shown(again[FILL_SHEET][where(path, "01-1.n")]) == ("FFF9E5", "")
    assert shown(again[FILL_SHEET][where(path, "01-2.held")])[1] == "退回修改 1｜错误 S206"
    assert again.sheetnames.count(RETURNED_SHEET) == 1


def said(path: Path) -> list[str]:
    """What stands on the first sheet, row by row."""
    listed = openpyxl.load_workbook(path)[RETURNED_SHEET]
    return ["|".join(str(cell.value) for cell in row if cell.value is not None) for row in listed.iter_rows()]


def test_nothing_is_said_of_what_there_is_none_of(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    copy = returned(path, tmp_path / "out")
    assert "共 2 项：错误 2 项。" in said(copy)
    fill(copy, {**BAD, "01-1.n": 3})
    assert {"共 1 项：错误 1 项。", "上次退回的 2 项，已改 1 项、尚余 1 项。"} <= set(
        said(returned(copy, tmp_path / "b"))
    )
    fill(copy, GOOD)
    (word,) = read_inputs([copy], TREE).problems
    assert title(word, Language.ZH) == "上次退回的 2 项，已全部改正"
    clean = tmp_path / "clean.xlsx"
    clean.write_bytes(marked_copy(copy, [], Language.ZH).data)
    assert {"没有需要修改的。", "上次退回的 2 项，已全部改正。"} <= set(said(clean))


def test_it_names_whom_to_ask_and_leaves_blanks_for_the_rest(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    blank = "\n".join(said(returned(path, tmp_path / "out")))
    for label in ("联系单位", "联系电话", "退回日期", "重新报送期限"):
        assert f"{label}|_" in blank
    notice = Notice(office="甲区法治办", telephone="0000-1234567", deadline=date(2024, 5, 1))
    told = tmp_path / "told.xlsx"
    told.write_bytes(marked_copy(path, own(read_inputs([path], TREE), path), Language.ZH, notice).data)
    text = "\n".join(said(told))
    assert "联系单位|甲区法治办|联系电话|0000-1234567" in text
    assert "重新报送期限|_" in text  # the notice's deadline is that of an objection, not of sending it again
    book = openpyxl.load_workbook(told)
    assert [p.code for p in own(read_inputs([told], TREE), told)] == [
        p.code for p in own(read_inputs([path], TREE), path)
    ]
    assert shown(book[FILL_SHEET][where(path, "01-1.n")])[1] == "退回修改 1｜错误 S201"


def test_when_all_is_corrected_it_says_so(tmp_path: Path) -> None:
    copy = returned(sent(tmp_path / "in"), tmp_path / "out")
    fill(copy, GOOD)
    (word,) = read_inputs([copy], TREE).problems
    assert (word.code, word.values["left"], word.values["new"]) == (Code.S139, 0, 0)


def test_rows_that_were_sorted_are_found_again(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    copy = returned(path, tmp_path / "out")
    book = openpyxl.load_workbook(copy)
    page = book[FILL_SHEET]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=5)]
    for i, row in enumerate(reversed(rows), start=2):
        for j, value in enumerate(row, start=1):
            page.cell(i, j).value = value
    book.save(copy)
    (word,) = [p for p in read_inputs([copy], TREE).problems if p.code is Code.S139]
    assert (word.values["solved"], word.values["left"], word.values["new"]) == (0, 2, 0)


def test_a_note_of_the_units_own_stays_beside_ours_and_alone_when_ours_goes(tmp_path: Path) -> None:
    def note(page: Worksheet) -> None:
        cell = next(cell for row in page for cell in row if cell.value == "约三")
        cell.comment = Comment("科室已核对", "张三")

    path = sent(tmp_path / "in", change=note)
    at = where(path, "01-1.n")
    copy = returned(path, tmp_path / "out")
    comment = openpyxl.load_workbook(copy)[FILL_SHEET][at].comment
    assert comment is not None
    assert "科室已核对" in comment.text
    fill(copy, {"01-1.n": 3})
    last = openpyxl.load_workbook(returned(copy, tmp_path / "again"))[FILL_SHEET][at].comment
    assert last is not None
    assert last.text == "科室已核对"


def test_a_problem_of_the_whole_file_stands_on_the_first_sheet_alone(tmp_path: Path) -> None:
    path = sent(tmp_path / "in", GOOD)
    problem = Problem(Code.S109, CellPlace(path.as_posix()), {"expected": "2018 版", "found": "2017 版"})
    data = marked_copy(path, [problem], Language.ZH).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = [str(cell.value) for row in book[RETURNED_SHEET] for cell in row if cell.value]
    assert "整个文件" in texts
    assert not [cell for row in book[FILL_SHEET] for cell in row if cell.comment]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = sent(tmp_path / "in", {**BAD, "01-2.held": "x"}, lambda page: _text(page, "=1+1"))
    book = openpyxl.load_workbook(returned(path, tmp_path / "out"))
    assert "f" not in {cell.data_type for row in book[RETURNED_SHEET] for cell in row}
    assert "f" not in {cell.data_type for row in book[FILL_SHEET] for cell in row}


def _text(page: Worksheet, text: str) -> None:
    cell = next(cell for row in page for cell in row if cell.value == "x")
    cell.value = text
    cell.data_type = "s"


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Changes the parts of a workbook, by name."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def fill_part(parts: Mapping[str, bytes]) -> str:
    return next(link.part for link in sheet_links(parts) if link.name == FILL_SHEET)


def test_results_of_formulas_come_along(tmp_path: Path) -> None:
    path = sent(tmp_path / "in", {**BAD, "01-3.day": 45381, "01-2.held": "=1"})

    def formulas(parts: dict[str, bytes]) -> None:
        name = fill_part(parts)
        at = where(path, "01-3.day").encode()
        xml = re.sub(rb"<f>1</f><v ?(?:/>|></v>)", b"<f>1</f><v>1</v>", parts[name])
        begin = xml.index(b'<c r="%b"' % at)
        number = xml.index(b"<v>45381</v>", begin)
        parts[name] = xml[:number] + b"<f>45380+1</f>" + xml[number:]

    rewritten(path, formulas)
    copy = returned(path, tmp_path / "out")
    answers = read_inputs([copy], TREE).submissions[0].answers
    assert (answers["01-3.day"].value, answers["01-2.held"].value) == (45381.0, 1.0)
    assert openpyxl.load_workbook(copy)[FILL_SHEET][where(path, "01-3.day")].value == "=45380+1"


def test_lists_that_excel_put_beyond_come_along(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    ext = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        b'<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Sheet9!$A$1:$A$2</xm:f></x14:formula1>'
        b"<xm:sqref>I3</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )

    def add(parts: dict[str, bytes]) -> None:
        name = fill_part(parts)
        parts[name] = parts[name].replace(b"</worksheet>", ext + b"</worksheet>")

    rewritten(path, add)
    page = openpyxl.load_workbook(returned(path, tmp_path / "out"))[FILL_SHEET]
    assert "Sheet9!$A$1:$A$2" in [check.formula1 for check in page.data_validations.dataValidation]


def test_what_is_dropped_is_named(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    drawing = b'<xdr:wsDr xmlns:xdr="x"><xdr:pic/><xdr:sp/><xdr:sp/></xdr:wsDr>'
    rewritten(path, lambda parts: parts.update({"xl/drawings/drawing9.xml": drawing}))
    made = marked_copy(path, own(read_inputs([path], TREE), path), Language.ZH)
    assert [(lack.words.zh, lack.values["n"]) for lack in made.lacks] == [("{n} 张图片", 1), ("{n} 个文本框或图形", 2)]
    texts = [str(c.value) for r in openpyxl.load_workbook(io.BytesIO(made.data))[RETURNED_SHEET] for c in r if c.value]
    assert any("1 张图片、2 个文本框或图形" in text for text in texts)


def test_a_workbook_that_would_read_otherwise_gets_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sent(tmp_path / "in")
    problems = own(read_inputs([path], TREE), path)
    honest, at = openpyxl.load_workbook, where(path, "01-2.held")

    def forgetful(*arguments: Any, **options: Any) -> openpyxl.Workbook:
        book = honest(*arguments, **options)
        book[FILL_SHEET][at].value = "否"
        return book

    monkeypatch.setattr("lawgov_score.workbook.returned.feedback.openpyxl.load_workbook", forgetful)
    with pytest.raises(NoCopyError):
        marked_copy(path, problems, Language.ZH)


@pytest.mark.parametrize("data", [b"nonsense", b"PK\x03\x04 nonsense"])
def test_what_cannot_be_opened_gets_no_copy(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "U1.xlsx"
    path.write_bytes(data)
    with pytest.raises(NoCopyError):
        marked_copy(path, [Problem(Code.S106, CellPlace(path.as_posix()), {"found": ""})], Language.ZH)


def test_english(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned(sent(tmp_path / "in"), tmp_path / "out", Language.EN))
    texts = [str(cell.value) for row in book[RETURNED_SHEET] for cell in row if cell.value]
    assert "Returned for correction" in texts


def test_two_problems_in_one_merged_range_share_a_mark_and_leave_nothing_behind(tmp_path: Path) -> None:
    at, below = where(sent(tmp_path / "blank"), "01-1.n"), where(sent(tmp_path / "blank"), "01-2.held")
    path = sent(tmp_path / "in", {**GOOD, "01-1.n": "约三"}, lambda page: page.merge_cells(f"{at}:{below}"))
    found = own(read_inputs([path], TREE), path)
    assert {problem.code for problem in found} >= {Code.S201, Code.S220}
    copy = returned(path, tmp_path / "out")
    note = openpyxl.load_workbook(copy)[FILL_SHEET][at].comment
    assert note is not None
    assert "S201" in note.text
    assert "S220" in note.text
    assert "原有批注" not in note.text
    clean = openpyxl.load_workbook(io.BytesIO(marked_copy(copy, [], Language.ZH).data))[FILL_SHEET][at]
    assert shown(clean) == ("FFF9E5", "")


def test_a_sheet_of_the_units_own_that_is_called_as_ours_stays(tmp_path: Path) -> None:
    path = sent(tmp_path / "in")
    book = openpyxl.load_workbook(path)
    book.create_sheet(RETURNED_SHEET)["A1"].value = "单位自己的表"
    book.save(path)
    first = returned(path, tmp_path / "out")
    second = openpyxl.load_workbook(returned(first, tmp_path / "again"))
    assert second[RETURNED_SHEET]["A1"].value == "单位自己的表"
    assert [name for name in second.sheetnames if name.startswith(RETURNED_SHEET)] == [
        second.sheetnames[0],
        RETURNED_SHEET,
    ]


def test_a_record_that_is_no_longer_whole_is_none(tmp_path: Path) -> None:
    copy = returned(sent(tmp_path / "in"), tmp_path / "out")
    book = openpyxl.load_workbook(copy)
    book[MARKS_SHEET]["C3"].value = "nowhere"
    book.save(copy)
    assert Code.S139 not in {problem.code for problem in read_inputs([copy], TREE).problems}
