"""Answers come from one place: further sheets and blocks, swapped rows, our own outputs; and what is innocent.

The rules that the cases hold to. Of the sheets with the headings of a fill-in sheet one counts, and people can see it:
the one that kept its name; else the only one with any answer, or either of two that say the same; else none
(``SEVERAL``).
A further sheet or block is named (S144) where it says anything that the one that counts does not; a blank one, or one
that says the same, is a copy and no word is lost on it. A block is a heading row with rows below of which most were
asked above; a heading row that is only printed on every page begins none.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import openpyxl
from corpus.messy import FILE, Book
from corpus.round import (
    CLEAN,
    ME,
    OTHERS,
    ROSTER,
    TREE,
    Case,
    Make,
    at,
    book_of,
    clean,
    columns,
    edited,
    patched,
    raw,
    rows,
    with_answers,
)
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.cell_addresses import address, letters
from lawgov_score.model import Scores
from lawgov_score.scoring import score
from lawgov_score.tables import write_figures, write_ranking, write_scores
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.forms.layout import COVER_SHEET, FILL_SHEET, LISTS_SHEET, STAMP_SHEET, FillColumn
from lawgov_score.workbook.office.template import write_assessor_templates
from lawgov_score.workbook.package.saved import CORE, with_saved
from lawgov_score.workbook.returned.feedback import marked_copy
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.submission.intake import read_inputs
from lawgov_score.workbook.submission.marks import RETURNED_SHEET

SECOND = "S144"  # at the sheet, or at the heading of the answers of a block
OWN = "S145"  # at the file
SWAPPED = "S225"  # at the answer of each row
EDITED = "S226"  # at the printed cell
SEVERAL = "S128"  # at the sheet: several sheets, and neither is the one
HIDDEN_ONLY = "S113"  # at the file: nothing to fill in that people can see

Edit = Callable[[Book, Worksheet], object]
Says = tuple[tuple[str, str], ...]
BLANKS = ("01-2.money", "01-3.share", "01-5.held")
HEADING = f"{letters(columns()[FillColumn.VALUE] - 1)}1"
State = Literal["visible", "hidden", "veryHidden"]
_VISIBLE: Final = "visible"
_HIDDEN: Final = "hidden"
_VERY_HIDDEN: Final = "veryHidden"
_STATES: tuple[tuple[State, str], ...] = (
    (_HIDDEN, "a hidden"),
    (_VERY_HIDDEN, "a very hidden"),
    (_VISIBLE, "a second visible"),
)
_LATER = "2030-01-01T00:00:00Z"


@dataclass(frozen=True)
class Trial:
    """A case and how it comes in. ``latest``: with ``--latest``. ``named``: file by file, as a shell's ``*`` does."""

    case: Case
    latest: bool = False
    named: bool = False


def one_place() -> Iterator[Trial]:
    """Every trial."""
    for case in (*_sheets(), *_blocks(), *_two_columns(), *_rows_swapped(), *_innocent()):
        yield Trial(case)
    yield from _own_outputs()


def nothing(keys: Sequence[str]) -> Mapping[str, object]:
    """These answers are missing, or count for nothing."""
    return dict.fromkeys(keys)


def answers_in(page: Worksheet, **changed: Any) -> None:
    """Other answers on a sheet that stands as the clean one does; ``share=0.5`` is the key that ends so."""
    for name, value in changed.items():
        (key,) = (key for key in rows() if key.rpartition(".")[2] == name)
        page[at(key)].value = value


def blanked(page: Worksheet, keys: Sequence[str] = BLANKS) -> None:
    """These answers taken out, and what stands beside them."""
    for key in keys:
        for column in (FillColumn.VALUE, FillColumn.EVIDENCE, FillColumn.NOTE):
            page[at(key, column)].value = None


def title_at(key: str) -> str:
    """The cell of the indicator's title, whose column is headed by the tree's own word."""
    return address(rows()[key] - 1, columns()[FillColumn.CODE])


def below(page: Worksheet, offset: int = 0) -> int:
    """The first row, counted from 1, that is free two rows below all others."""
    return page.max_row + 2 + offset


# ------------------------------------------------- further sheets


def further(title: str, state: State = _VISIBLE, change: Edit = lambda *_: None, first: bool = False) -> Edit:
    """A copy of the sheet under another name; ``change`` is then made to the copy."""

    def make(book: Book, page: Worksheet) -> None:
        other = book.copy_worksheet(page)
        other.title = title
        other.sheet_state = state
        change(book, other)
        if first:
            book.move_sheet(other, -book.index(other))
        book.active = book.index(page)

    return make


def both(*changes: Edit) -> Edit:
    """One change after the other."""

    def make(book: Book, page: Worksheet) -> None:
        for change in changes:
            change(book, page)

    return make


def _named(title: str) -> Edit:
    return lambda _, page: page.__setattr__("title", title)


def _put_away(state: State) -> Edit:
    def make(book: Book, page: Worksheet) -> None:
        page.sheet_state = state
        book.active = book.index(book[COVER_SHEET])

    return make


def _without(*keys: str) -> Edit:
    return lambda _, page: blanked(page, keys or BLANKS)


def _without_keys(_: Any, page: Any) -> None:
    page.delete_cols(columns()[FillColumn.KEY])


def _with(**answers: Any) -> Edit:
    return lambda _, page: answers_in(page, **answers)


def _headed(column: FillColumn, text: str) -> Edit:
    return lambda _, page: page.cell(1, columns()[column]).__setattr__("value", text)


def _no_stamp(book: Book, _: Worksheet) -> None:
    del book[STAMP_SHEET]


def _all_blank(_: Book, page: Worksheet) -> None:
    blanked(page, tuple(rows()))


def _some_rows_only(_: Book, page: Worksheet) -> None:
    page.delete_rows(rows()["01-6.choice"], 2)
    page.delete_rows(rows()["01-1.appeared"], 3)


def _of_another_unit(state: State) -> Edit:
    """The sheet of another unit's workbook, pasted in under that unit's name."""

    def make(book: Book, _: Worksheet) -> None:
        theirs = book_of(OTHERS[0], {**CLEAN, "01-2.money": 77, "01-3.share": 0.77})
        pasted(book, openpyxl.load_workbook(io.BytesIO(theirs))[FILL_SHEET], OTHERS[0].name, state)

    return make


def pasted(book: Book, page: Worksheet, title: str, state: State = _VISIBLE) -> Worksheet:
    """The values of a sheet of another workbook on a new one."""
    other: Worksheet = book.create_sheet(title)
    for row in page.iter_rows():
        for cell in row:
            if cell.value is not None:
                other[cell.coordinate].value = cell.value
    other.sheet_state = state
    return other


def _evidence_gone(_: Book, page: Worksheet) -> None:
    for key in ("01-1.appeared", "01-1.cases", "01-1.rate"):
        page[at(key, FillColumn.EVIDENCE)].value = None


def _reason_elsewhere(book: Book, page: Worksheet) -> None:
    answers_in(page, done="不适用")
    further("填报底稿", _HIDDEN, lambda _, other: other.__setitem__(at("01-7.done", FillColumn.NOTE), "没有许可事项"))(
        book, page
    )


def _sheets() -> Iterator[Case]:
    blank = nothing(BLANKS)
    one: Says = ((SECOND, ""),)
    for state, where in _STATES:
        made = both(further("底稿", state), _without())
        yield Case(f"blanks, answered on {where} sheet", {FILE: edited(made)}, one, changed=blank)
    yield Case(
        "blanks, answered on a hidden sheet that comes first",
        {FILE: edited(both(further("上报", _HIDDEN, first=True), _without()))},
        one,
        changed=blank,
    )
    other_words = both(_headed(FillColumn.VALUE, "填报数"), _headed(FillColumn.CODE, "指标编码"))
    yield Case(
        "blanks, answered on a hidden sheet under other headings",
        {FILE: edited(both(further("旧表", _HIDDEN, other_words), _without()))},
        one,
        changed=blank,
    )
    yield Case(
        "blanks, answered on a hidden sheet, the columns of which are moved",
        {FILE: edited(both(further("旧表", _HIDDEN, lambda _, page: page.insert_cols(2, 3)), _without()))},
        one,
        changed=blank,
    )
    yield Case(
        "blanks, answered on a hidden sheet, the key column of which is gone",
        {FILE: edited(both(further("旧表", _HIDDEN, _without_keys), _without()))},
        one,
        changed=blank,
    )
    yield Case(
        "blanks, answered on a hidden sheet, and no stamp",
        {FILE: edited(both(further("底稿", _HIDDEN), _without(), _no_stamp))},
        one,
        changed=blank,
    )
    yield Case(
        "blanks, answered on a draft of a few rows",
        {FILE: edited(both(further("分工", change=_some_rows_only), _without()))},
        one,
        changed=blank,
    )
    yield Case("other figures on a hidden sheet", {FILE: edited(further("底稿", _HIDDEN, _with(share=0.5)))}, one)
    yield Case(
        "other figures on a second visible sheet", {FILE: edited(further("填报2023", change=_with(money=9)))}, one
    )
    yield Case(
        "last year's sheet, a question less",
        {FILE: edited(further("2023年", change=both(_with(money=9, share=0.1), lambda _, p: p.delete_rows(9))))},
        one,
    )
    yield Case(
        "two further sheets",
        {FILE: edited(both(further("一稿", _HIDDEN), further("二稿", change=_with(cases=20)), _without()))},
        (*one, *one),
        changed=blank,
    )
    yield Case(
        "the sheet renamed, a hidden one of its name",
        {FILE: edited(both(_named("甲街道办报送"), further(FILL_SHEET, _HIDDEN), _without()))},
        one,
        changed=blank,
    )
    for heading, cell in (("情况", ""), ("填报值（2024年）", HEADING)):
        made = both(further("底稿", _HIDDEN), _headed(FillColumn.VALUE, heading))
        yield Case(
            f"the answers headed {heading}, a hidden copy that kept its headings",
            {FILE: edited(made)},
            (("S114", cell), *one),
            reads=False,
        )
    made = both(further("底稿", _HIDDEN), _named("甲街道办"), _headed(FillColumn.VALUE, "情况"), _without())
    yield Case("the same, and the sheet renamed", {FILE: edited(made)}, (("S114", ""), *one), reads=False)
    fuller = both(further("2023年（参考）"), _named("甲街道办"), _without())
    yield Case(
        "two visible sheets, neither of the name, one fuller", {FILE: edited(fuller)}, ((SEVERAL, ""),), reads=False
    )
    yield Case(
        "two visible sheets, neither of the name",
        {FILE: edited(both(further("表二", change=_with(share=0.5)), _named("表一")))},
        ((SEVERAL, ""),),
        reads=False,
    )
    for state, _ in (_STATES[0], _STATES[2]):
        yield Case(
            f"blanks, another unit's sheet in the workbook, {state}",
            {FILE: edited(both(_of_another_unit(state), _without()))},
            one,
            changed=blank,
        )
    for state, _ in _STATES[:2]:
        yield Case(
            f"the only sheet to fill in is {state}", {FILE: edited(_put_away(state))}, ((HIDDEN_ONLY, ""),), reads=False
        )
    yield Case(
        "the reason of a claim on a hidden sheet",
        {FILE: edited(_reason_elsewhere)},
        (("S210", at("01-7.done")), *one),
        changed=nothing(("01-7.done",)),
    )
    yield Case(
        "the evidence on a hidden sheet",
        {FILE: edited(both(further("底稿", _HIDDEN), _evidence_gone))},
        (("S217", at("01-1.appeared", FillColumn.EVIDENCE)), *one),
    )
    for state, where in _STATES:
        yield Case(
            f"the sheet blank, {where} copy of it filled in",
            {FILE: edited(both(further("填报 (2)", state), _all_blank))},
            one,
            changed=nothing(tuple(CLEAN)),
        )


# ------------------------------------------------- further blocks


def table_of(page: Worksheet, keys: Sequence[str] = ()) -> list[list[Any]]:
    """The heading row, and the rows of these questions, or of all."""
    wanted = [1, *(rows()[key] for key in keys or rows())]
    return [[cell.value for cell in page[row]] for row in wanted]


def put(page: Worksheet, table: Sequence[Sequence[Any]], row: int, column: int = 1) -> None:
    """Writes a table with its first cell there, counted from 1."""
    for i, line in enumerate(table):
        for j, value in enumerate(line):
            page.cell(row + i, column + j).value = value


def block(keys: Sequence[str] = (), *, gap: int = 2, title: str = "", change: Edit = lambda *_: None) -> Edit:
    """A second table below the first, as it is now; ``change`` is made to the first afterwards."""

    def make(book: Book, page: Worksheet) -> None:
        row = page.max_row + gap
        if title:
            page.cell(row - 1, 1).value = title
        put(page, table_of(page, keys), row)
        change(book, page)

    return make


def heading_of_block(gap: int = 2, column: int = 0) -> str:
    """The heading of the answers of the block that ``block`` puts there."""
    return address(len(rows()) + gap, (column or columns()[FillColumn.VALUE]) - 1)


def _block_reversed(_: Book, page: Worksheet) -> None:
    put(page, [line[::-1] for line in table_of(page)], below(page))
    blanked(page)


def _block_renamed(_: Book, page: Worksheet) -> None:
    head, *rest = table_of(page)
    names = {"编码": "指标编码", "填报项": "填报事项", "填报值": "数值"}
    put(page, [[names.get(str(text), text) for text in head], *rest], below(page))
    blanked(page)


def _block_without_keys(_: Book, page: Worksheet) -> None:
    put(page, [line[: columns()[FillColumn.KEY] - 1] for line in table_of(page)], below(page))
    blanked(page)


def _block_moved(_: Book, page: Worksheet) -> None:
    put(page, table_of(page), below(page), 3)
    blanked(page)


def _above(_: Book, page: Worksheet) -> None:
    """Last year's table typed above, without the hidden keys that only the sheet itself has."""
    table = [line[: columns()[FillColumn.KEY] - 1] for line in table_of(page)]
    for line in table[1:]:
        if isinstance(line[columns()[FillColumn.VALUE] - 1], int | float):
            line[columns()[FillColumn.VALUE] - 1] = 0
    page.insert_rows(1, len(table) + 2)
    put(page, table, 1)


def page_headings(every: int = 3) -> Edit:
    """The heading row again after every so many rows, as people do to print it."""

    def make(_: Book, page: Worksheet) -> None:
        heading = [cell.value for cell in page[1]]
        for row in range(page.max_row - (page.max_row - 2) % every, 2, -every):
            page.insert_rows(row)
            put(page, [heading], row)

    return make


def _page_headings_and_a_block(book: Book, page: Worksheet) -> None:
    table = table_of(page)
    page_headings()(book, page)
    for row in range(2, page.max_row + 1):
        if page.cell(row, columns()[FillColumn.KEY]).value in BLANKS:
            page.cell(row, columns()[FillColumn.VALUE]).value = None
    put(page, table, below(page))


def _blocks() -> Iterator[Case]:
    blank = nothing(BLANKS)
    says: Says = ((SECOND, heading_of_block()),)
    without: Edit = _without()
    yield Case("blanks, answered in a block below", {FILE: edited(block(change=without))}, says, changed=blank)
    yield Case(
        "other figures in a block below", {FILE: edited(block(change=_with(money=7)))}, says, changed={"01-2.money": 7}
    )
    yield Case(
        "blanks, answered in a block below of these rows alone",
        {FILE: edited(block(BLANKS, change=without))},
        says,
        changed=blank,
    )
    yield Case(
        "a block right below, without a blank row",
        {FILE: edited(block(gap=1, change=without))},
        ((SECOND, heading_of_block(1)),),
        changed=blank,
    )
    yield Case(
        "a block far below, under a title",
        {FILE: edited(block(gap=60, title="2023 年度", change=without))},
        ((SECOND, heading_of_block(60)),),
        changed=blank,
    )
    yield Case(
        "two blocks below",
        {FILE: edited(both(block(), lambda _, page: put(page, table_of(page), below(page)), without))},
        (*says, (SECOND, heading_of_block(2 * 2 + len(rows())))),
        changed=blank,
    )
    yield Case("a block under other headings", {FILE: edited(_block_renamed)}, says, changed=blank)
    yield Case("a block without keys", {FILE: edited(_block_without_keys)}, says, changed=blank)
    width = columns()[FillColumn.KEY]
    yield Case(
        "a block with its columns the other way round",
        {FILE: edited(_block_reversed)},
        ((SECOND, heading_of_block(column=width + 1 - columns()[FillColumn.VALUE])),),
        changed=blank,
    )
    yield Case(
        "a block below, two columns further right",
        {FILE: edited(_block_moved)},
        ((SECOND, heading_of_block(column=columns()[FillColumn.VALUE] + 2)),),
        changed=blank,
    )
    pages = (len(rows()) - 1) // 3
    yield Case(
        "headings on every page, then a block",
        {FILE: edited(_page_headings_and_a_block)},
        ((SECOND, address(len(rows()) + pages + 2, columns()[FillColumn.VALUE] - 1)),),
        changed=blank,
    )
    yield Case("last year's table above, without keys", {FILE: edited(_above)}, ((SECOND, HEADING),))
    yield Case(
        "a block below, and a hidden sheet",
        {FILE: edited(both(further("底稿", _HIDDEN), block(change=without)))},
        (*says, (SECOND, "")),
        changed=blank,
    )


# ------------------------------------------------- one heading over two columns


def columns_under_one(first: str, second: str, *, merged: bool, row_of_words: bool = True) -> Edit:
    """A column put in beside the answers, under the same heading; a row that says which is which.

    The answers of the unit stand in the one that is called 本年, or in the first.
    """

    def make(_: Book, page: Worksheet) -> None:
        value = columns()[FillColumn.VALUE]
        page.insert_cols(value + 1)
        for row in range(2, page.max_row + 1):
            page.cell(row, value + 1).value = 0.5
            if second == "本年":
                mine, other = page.cell(row, value), page.cell(row, value + 1)
                mine.value, other.value = other.value, mine.value
        if row_of_words:
            page.insert_rows(2)
            put(page, [[first, second]], 2, value)
        if merged:
            page.merge_cells(start_row=1, end_row=1, start_column=value, end_column=value + 1)

    return make


def _years_above(_: Book, page: Worksheet) -> None:
    """上年 and 本年 above two columns that are both headed 填报值."""
    value = columns()[FillColumn.VALUE]
    page.insert_cols(value)
    for row in range(1, page.max_row + 1):
        page.cell(row, value).value = "填报值" if row == 1 else 0.5
    page.insert_rows(1)
    put(page, [["上年", "本年"]], 1, value)


def _headings_of_two_rows(_: Book, page: Worksheet) -> None:
    page.insert_rows(2)
    for column in range(1, page.max_column + 1):
        page.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)


def _wide_answers(_: Book, page: Worksheet) -> None:
    """Every answer, and its heading, merged over two columns: wider, and nothing else."""
    value = columns()[FillColumn.VALUE]
    page.insert_cols(value + 1)
    for row in range(1, page.max_row + 1):
        page.merge_cells(start_row=row, end_row=row, start_column=value, end_column=value + 1)


def _wide_evidence(_: Book, page: Worksheet) -> None:
    evidence = columns()[FillColumn.EVIDENCE]
    page.insert_cols(evidence + 1)
    page.merge_cells(start_row=1, end_row=1, start_column=evidence, end_column=evidence + 1)


def _two_columns() -> Iterator[Case]:
    beside = f"{letters(columns()[FillColumn.VALUE])}1"
    for merged in (True, False):
        how = "merged over" if merged else "above the first of"
        for words in (("上年", "本年"), ("本年", "上年"), ("2023年", "2024年")):
            made = edited(columns_under_one(*words, merged=merged))
            yield Case(f"填报值 {how} {'|'.join(words)}", {FILE: made}, (("S128", beside),), reads=False)
    made = edited(columns_under_one("", "", merged=True, row_of_words=False))
    yield Case("填报值 merged over two columns of figures", {FILE: made}, (("S128", beside),), reads=False)
    row_below = f"{letters(columns()[FillColumn.VALUE])}2"
    yield Case("上年 and 本年 above 填报值 twice", {FILE: edited(_years_above)}, (("S128", row_below),), reads=False)


# ------------------------------------------------- rows whose print has moved


def exchanged(first: str, second: str, cells: Sequence[Callable[[str], str]]) -> Edit:
    """Two rows whose printed cells have changed places, all else left where it was."""

    def make(_: Book, page: Worksheet) -> None:
        for cell in cells:
            one, other = page[cell(first)], page[cell(second)]
            one.value, other.value = other.value, one.value

    return make


def code_at(key: str) -> str:
    """The cell of the printed code."""
    return at(key, FillColumn.CODE)


def field_at(key: str) -> str:
    """The cell of the printed name of the field."""
    return at(key, FillColumn.FIELD)


def _keys_turned(keys: Sequence[str]) -> Edit:
    """Each row under the key of the next: sorted without the hidden column."""

    def make(_: Book, page: Worksheet) -> None:
        for key, following in zip(keys, (*keys[1:], keys[0]), strict=True):
            page[at(key, FillColumn.KEY)].value = following

    return make


def _printed(cell: str, value: object) -> Edit:
    return lambda _, page: page[cell].__setattr__("value", value)


def _print_of(of: str, on: str) -> Edit:
    """The print of one row typed over that of another."""

    def make(_: Book, page: Worksheet) -> None:
        for cell in (code_at, title_at, field_at):
            page[cell(on)].value = page[cell(of)].value

    return make


def _rows_swapped() -> Iterator[Case]:
    money, share, held = BLANKS
    whole = (code_at, title_at, field_at)

    def case(name: str, change: Edit, *keys: str) -> Case:
        return Case(name, {FILE: edited(change)}, tuple((SWAPPED, at(key)) for key in keys), changed=nothing(keys))

    yield case("the print of two rows exchanged", exchanged(money, share, whole), money, share)
    yield case("the codes of two rows exchanged", exchanged(money, share, [code_at]), money, share)
    yield case("the titles of two rows exchanged", exchanged(money, share, [title_at]), money, share)
    yield case("the fields of two rows exchanged", exchanged(money, share, [field_at]), money, share)
    within = ("01-1.appeared", "01-1.cases")
    yield case("two fields of one indicator exchanged", exchanged(*within, [field_at]), *within)
    yield case("two keys exchanged", _keys_turned((money, share)), money, share)
    yield case("three keys in a circle", _keys_turned(BLANKS), *BLANKS)
    yield case("the keys of all rows moved by one", _keys_turned(tuple(rows())), *rows())
    yield case("a row with the print of another", _print_of(money, share), money, share)
    yield case("the code of another row", _printed(code_at(share), "01-5"), share, held)
    yield case("the title of another row", _printed(title_at(share), "法治经费"), money, share)
    yield case(
        "the print of two rows exchanged, one of them blank",
        both(exchanged(money, share, whole), _without(money)),
        money,
        share,
    )
    edits: tuple[tuple[str, str, object], ...] = (
        ("a code typed anew", code_at(share), "01-3a"),
        ("a code that became a day", code_at(share), datetime(2024, 1, 3)),
        ("a code that became a number", code_at(share), 103),
        ("a title reworded", title_at(share), "政务信息公开"),
        ("a field reworded", field_at(share), "政务公开率"),
        ("a number put before a field", field_at(share), "5．公开率"),
    )
    for name, cell, value in edits:
        yield Case(name, {FILE: edited(_printed(cell, value))}, ((EDITED, cell),))


# ------------------------------------------------- innocent


def _notes(book: Book, _: Worksheet) -> None:
    page = book.create_sheet("情况说明", 0)
    for line in (["填报情况说明"], ["编码", "说明"], ["01-3", "公开率按网站统计"], [None, 0.5]):
        page.append(line)


def _pivot(book: Book, _: Worksheet) -> None:
    other = book.create_sheet("汇总")
    for line in (["行标签", "计数项:填报值", "求和项:分值"], ["01-1", 2, 3], ["01-2", 1, 1], ["总计", 3, 4]):
        other.append(line)


def _sorted(_: Book, page: Worksheet) -> None:
    head, *rest = [[(cell.value, cell.number_format) for cell in row] for row in page.iter_rows()]
    lines = [head, *sorted(rest, key=lambda one: str(one[columns()[FillColumn.FIELD] - 1][0]))]
    put(page, [[value for value, _ in one] for one in lines], 1)
    for row, line in zip(page.iter_rows(), lines, strict=True):
        for cell, (_value, look) in zip(row, line, strict=True):  # a spreadsheet sorts formats with the cells
            cell.number_format = look


def _filtered(_: Book, page: Worksheet) -> None:
    page.auto_filter.ref = page.dimensions
    page.auto_filter.add_filter_column(1, ["01-1"])
    for row in range(5, page.max_row + 1):
        page.row_dimensions[row].hidden = True


def _titles_merged(_: Book, page: Worksheet) -> None:
    for column in (1, columns()[FillColumn.CODE], columns()[FillColumn.CODE] + 1, columns()[FillColumn.POINTS]):
        page.merge_cells(start_row=2, end_row=4, start_column=column, end_column=column)


def _rows_inserted(_: Book, page: Worksheet) -> None:
    for row in (8, 5, 3):
        page.insert_rows(row, 2)
    page.cell(3, 1).value = "以下由法制科填"


def _pages_with_names(_: Book, page: Worksheet) -> None:
    """The headings on every page, under the name of the unit and a number of the page."""
    heading = [cell.value for cell in page[1]]
    page.insert_rows(6, 3)
    page["A6"], page["A7"] = "第 2 页", "填报单位：甲街道办"
    put(page, [heading], 8)


def _pages_with_words_of_their_own(_: Book, page: Worksheet) -> None:
    heading = [str(cell.value).replace("填报值", "填报值（续）") for cell in page[1]]
    page.insert_rows(6)
    put(page, [heading], 6)


def _row_on_both_pages(_: Book, page: Worksheet) -> None:
    """The last row of a page again at the top of the next, below the headings."""
    heading, row = [cell.value for cell in page[1]], [cell.value for cell in page[5]]
    page.insert_rows(6, 2)
    put(page, [heading, row], 6)


def _blank_block(_: Book, page: Worksheet) -> None:
    table = table_of(page)
    for line in table[1:]:
        for column in (FillColumn.VALUE, FillColumn.EVIDENCE, FillColumn.NOTE):
            line[columns()[column] - 1] = None
    put(page, table, below(page))


def _innocent() -> Iterator[Case]:
    cases: tuple[tuple[str, Edit], ...] = (
        ("a sheet of notes", _notes),
        ("a pivot table", _pivot),
        ("a blank copy of the sheet", further("空表", change=_all_blank)),
        ("a blank hidden copy of the sheet", further("空表", _HIDDEN, _all_blank)),
        ("a hidden copy that says the same", further("留底", _HIDDEN)),
        ("a blank copy of that name, hidden", both(_named("甲街道办"), further(FILL_SHEET, _HIDDEN, _all_blank))),
        ("a visible copy of some rows that says the same", further("分工", change=_some_rows_only)),
        ("two visible sheets of other names, one blank", both(_named("表一"), further("表二", change=_all_blank))),
        ("two visible sheets of other names, alike", both(_named("表一"), further("表二"))),
        ("the list of choices shown", lambda book, _: book[LISTS_SHEET].__setattr__("sheet_state", _VISIBLE)),
        ("whole rows sorted", _sorted),
        ("rows filtered", _filtered),
        ("rows put in", _rows_inserted),
        ("rows hidden", lambda _, page: page.row_dimensions[5].__setattr__("hidden", True)),
        ("headings on every page", page_headings()),
        ("headings before every row", page_headings(1)),
        ("headings on the second page, with its name", _pages_with_names),
        ("a row on both pages", _row_on_both_pages),
        ("a blank block below", _blank_block),
        ("a block below that says the same", block()),
        ("headings of two rows, merged", _headings_of_two_rows),
        ("answers merged over two columns, with their heading", _wide_answers),
        ("the heading of the evidence merged over two columns", _wide_evidence),
        ("codes and titles merged", _titles_merged),
        ("a code in wide letters", _printed(code_at("01-3.share"), "０１－３")),
        ("a title with a line break", _printed(title_at("01-3.share"), "信息\n公开")),
        ("a code taken out", _printed(code_at("01-3.share"), None)),
        ("no stamp, the keys moved by one: the print counts", both(_no_stamp, _keys_turned(tuple(rows())))),
    )
    for name, change in cases:
        yield Case(name, {FILE: edited(change)})
    cell = address(5, columns()[FillColumn.VALUE] - 1)
    yield Case("a page heading of other words", {FILE: edited(_pages_with_words_of_their_own)}, (("S212", cell),))


# ------------------------------------------------- our own outputs


@cache
def tried() -> Scores:
    """The scores of a round, the unit's own figures better than those that it sent."""
    with TemporaryDirectory() as folder:
        for unit in ROSTER:
            (Path(folder) / f"{unit.code}.xlsx").write_bytes(book_of(unit, {**CLEAN, "01-3.share": 1}))
        return score(TREE, ROSTER, read_inputs([Path(folder)], TREE, ROSTER).submissions)


def written(write: Callable[[Path], object], suffix: str = ".xlsx") -> Make:
    """The bytes of what is written to a path."""

    def make() -> bytes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"output{suffix}"
            write(path)
            return path.read_bytes()

    return cache(make)


def card(lang: Language = Language.ZH) -> Make:
    """The card of the unit."""

    def write(path: Path) -> None:
        (row,) = (row for row, unit in enumerate(tried().units) if unit.code == ME.code)
        write_card(tried(), row, path, problems=(), lang=lang)

    return written(write)


def scorecard(lang: Language = Language.ZH) -> Make:
    """The ranked workbook."""
    return written(lambda path: write_scorecard(tried(), path, problems=(), inputs=(), lang=lang))


def office(n: int) -> Make:
    """One of the workbooks that the office keeps."""

    def make() -> bytes:
        with TemporaryDirectory() as folder:
            made = write_assessor_templates(
                TREE, ROSTER, Path(folder), standards=lambda i: i.rule.standard(i.terms), lang=Language.ZH
            )
            return sorted(made)[n].read_bytes()

    return cache(make)


def saved_anew(of: Make, *, keep: Callable[[str], bool] = lambda _: True, title: str = "") -> Make:
    """As an office program leaves it: values instead of formulas, no title, some sheets deleted, saved afterwards.

    ``title``: the new name of the first sheet.
    """

    def make() -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(of()), data_only=True)
        for name in [name for name in book.sheetnames if not keep(name)]:
            del book[name]
        book.properties.title = None
        if title:
            book.worksheets[0].title = title
        saved = io.BytesIO()
        book.save(saved)
        return saved.getvalue()

    def dated(parts: dict[str, bytes]) -> None:
        parts[CORE] = with_saved(parts[CORE], _LATER)

    return patched(dated, make)


def shown_only(name: str) -> bool:
    """Is it no sheet of the program's own, which are hidden?"""
    return not name.startswith("lawgov-")


def _marked() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(with_answers(cases="约12")())
        intake = read_inputs([path], TREE, ROSTER)
        own = [problem for problem in intake.problems if getattr(problem.place, "path", "") == path.as_posix()]
        return marked_copy(path, own, Language.ZH).data


def _card_pasted_in(sheets: Sequence[str]) -> Edit:
    def make(book: Book, _: Worksheet) -> None:
        own = openpyxl.load_workbook(io.BytesIO(card()()), data_only=True)
        for name in sheets:
            pasted(book, own[name], f"{name}（试算）")

    return make


def _with_scores(_: Book, page: Worksheet) -> None:
    """What a unit may add of its own: what it thinks it scores, and why it lost."""
    put(page, [["自评得分", "扣分理由"]], 1, page.max_column + 1)
    for row in range(2, 11):
        page.cell(row, page.max_column - 1).value = 1


def _of_the_sheet(name: str, of: Make) -> Make:
    return saved_anew(of, keep=lambda sheet: sheet == name)


def _own_outputs() -> Iterator[Trial]:
    own: Says = ((OWN, ""),)
    books: tuple[tuple[str, Make], ...] = (
        ("a card", card()),
        ("a card in English", card(Language.EN)),
        ("a card saved anew", saved_anew(card())),
        ("a card saved anew, the hidden sheet deleted", saved_anew(card(), keep=shown_only)),
        ("a card in English, the hidden sheet deleted", saved_anew(card(Language.EN), keep=shown_only)),
        ("the details of a card alone", _of_the_sheet("明细", card())),
        ("the first page of a card alone", _of_the_sheet("评分卡", card())),
        ("a scorecard", scorecard()),
        ("a scorecard in English", scorecard(Language.EN)),
        ("a scorecard saved anew, the hidden sheet deleted", saved_anew(scorecard(), keep=shown_only)),
        ("the figures of a scorecard alone", _of_the_sheet("填报值", scorecard())),
        ("the list of a marked copy alone", _of_the_sheet(RETURNED_SHEET, _marked)),
        ("a workbook of the office, the hidden sheet deleted", saved_anew(office(0), keep=shown_only)),
        ("ranking.csv", written(partial(write_ranking, tried()), ".csv")),
        ("scores.csv", written(partial(write_scores, tried(), lang=Language.ZH), ".csv")),
        ("figures.csv", written(partial(write_figures, tried()), ".csv")),
    )
    for name, make in books:
        suffix = ".csv" if name.endswith(".csv") else ".xlsx"
        yield Trial(Case(f"{name} for the unit's own", {f"U-01{suffix}": make}, own, reads=False), named=True)
        yield Trial(Case(f"{name} beside the unit's own", {FILE: clean, f"U-01-改{suffix}": make}, own), named=True)
    for name, make in books[:4]:
        later = saved_anew(make) if "anew" not in name else make
        yield Trial(Case(f"{name}, the latest", {FILE: clean, "U-01-改.xlsx": later}, own), latest=True)
    yield Trial(Case("a workbook of the office", {FILE: clean, "登记.xlsx": office(0)}, (("A107", ""),)), named=True)
    table = "".join(f"{unit.code},{unit.name},{unit.type}\n" for unit in ROSTER)
    roster = raw(f"unit,name,type\n{table}".encode("utf-8-sig"))
    yield Trial(Case("a roster", {FILE: clean, "roster.csv": roster}, (("S115", ""),)), named=True)
    renamed = saved_anew(card(), keep=lambda sheet: sheet == "明细", title="填报")
    trial = Case(
        "the details of a card, the sheet called 填报, the latest", {FILE: clean, "U-01-改.xlsx": renamed}, own
    )
    yield Trial(trial, latest=True)
    # innocent
    pasted_in = edited(_card_pasted_in(["评分卡", "明细"]))
    yield Trial(Case("the sheets of a card pasted into the workbook", {FILE: pasted_in}, ((SECOND, ""),)))
    yield Trial(Case("a column of scores of the unit's own", {FILE: edited(_with_scores)}))
    yield Trial(
        Case(
            "a marked copy, not corrected",
            {FILE: _marked},
            (("S139", ""), ("S201", at("01-1.cases"))),
            changed={"01-1.cases": None},
        )
    )
    answers = "unit,name,01-3.share,得分\n"
    plain = raw(f"{answers}U-01,甲街道办,95.3%,3\n".encode("utf-8-sig"))
    others = nothing([key for key in CLEAN if key != "01-3.share"])
    yield Trial(Case("a table with a column of scores", {"表.csv": plain}, (("S117", "D1"),), changed=others))
