"""Tables of units and rosters as offices make them: faulty ones, each fault at its cell, and innocent ones.

Every table is made from the same three units and their answers. Where the faults stand:

* S127: the cell with the name. The row counts for nobody.
* S146: the heading of the column. Nothing else changes.
* S148: the cell with the code. The row counts for nobody.
* S149: the first cell that is not there, or the first that is too many; where a comma has moved a row that is no longer
  for it (its last answer was blank), the cell with the first half of the number.
* S161: the first filled cell of the second row of headings.
* S220: every answer or code that a merged cell covers, but for the one at its top left.
* S121: the sheet (no cell).
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

import openpyxl
from builders import a_cohort, a_field, a_tree, a_unit_type, an_indicator
from corpus.round import TREE as ROUND
from corpus.round import Make, raw
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.model import FilledBy, Roster, Tree, Unit

TREE = a_tree(
    indicators=[
        an_indicator(
            code="01-1",
            title="负责人出庭应诉",
            fields=[
                a_field(code="appeared", name="出庭件数", type="count", at_most="cases"),
                a_field(code="cases", name="应诉件数", type="count"),
            ],
            value="appeared / cases",
            on_zero="not_applicable",
        ),
        *(one for one in ROUND.indicators if "01-2" <= one.code <= "01-6"),
        an_indicator(
            code="02-1", title="社会评议", fields=[a_field(code="said", name="评议得分")], filled_by=FilledBy.ASSESSOR
        ),
        an_indicator(
            code="02-2", title="督察扣分", fields=[a_field(code="found", name="扣分")], filled_by=FilledBy.ASSESSOR
        ),
    ],
    unit_types=(a_unit_type(code="office", name="街道办"), a_unit_type(code="bureau", name="部门")),
    cohorts=(
        a_cohort(code="offices", name="街道组", unit_types=["office"]),
        a_cohort(code="bureaus", name="部门组", unit_types=["bureau"]),
        a_cohort(code="remote", name="山区组"),
    ),
)

WITHOUT_TYPES = a_tree(
    indicators=[an_indicator()]
)  # of units without types and cohorts, whose rosters are read as written

Codes = tuple[str, str, str]
USUAL: Codes = ("330101", "330102", "330103")
LONG: Codes = ("530102000000", "530103000000", "530111000000")  # of places, by the statistics office
CREDIT: Codes = ("113301000024922853", "113301000024922937", "113301000024923016")  # of organizations: 18 signs
FOUR: Codes = ("0101", "0102", "0103")
_FIFTEEN = tuple(int(code[:15] + "000") for code in CREDIT)  # what a spreadsheet keeps of them as numbers
NAMES = ("甲街道办", "乙街道办", "丙街道办")
HEADINGS = ("unit", "name", "01-1.appeared", "01-1.cases", "01-2", "01-3", "01-4", "01-5", "01-6")
KEYS = (
    "01-1.appeared",
    "01-1.cases",
    "01-2.money",
    "01-3.share",
    "01-4.day",
    "01-5.held",
    "01-6.choice",
)
_WRITTEN: tuple[tuple[Any, ...], ...] = (
    (8, 12, 1234.5, 0.953, datetime(2025, 3, 30), "是", "省级"),
    (5, 20, 902.25, 0.87, datetime(2025, 4, 2), "否", "国家级"),
    (3, 7, 51.75, 0.664, datetime(2025, 3, 28), "是", "省级"),
)
_MEANT: tuple[tuple[float, ...], ...] = (
    (8.0, 12.0, 1234.5, 0.953, (date(2025, 3, 30) - date(1899, 12, 30)).days, 1.0, 1.0),
    (5.0, 20.0, 902.25, 0.87, (date(2025, 4, 2) - date(1899, 12, 30)).days, 0.0, 0.0),
    (3.0, 7.0, 51.75, 0.664, (date(2025, 3, 28) - date(1899, 12, 30)).days, 1.0, 1.0),
)
_PEOPLE = ("单位编码", "单位名称", "出庭件数", "应诉件数", "经费", "公开率", "报送日期", "是否举办", "表彰级别")
_TITLES = ("负责人出庭应诉", "", "法治经费", "信息公开", "报告报送", "法治讲座", "表彰")
_OF_MEASUREMENT = ("件", "件", "万元", "%", "", "", "")

Lines = list[list[str]]


def answers_of(codes: Codes) -> Mapping[str, Mapping[str, float]]:
    """What each unit has answered."""
    return {code: dict(zip(KEYS, meant, strict=True)) for code, meant in zip(codes, _MEANT, strict=True)}


def roster_of(codes: Codes, names: tuple[str, ...] = NAMES) -> Roster:
    """The units of a table, enrolled."""
    return tuple(Unit(code, name, "office", "offices", 2024) for code, name in zip(codes, names, strict=True))


ENROLLED = roster_of(USUAL)


@dataclass(frozen=True)
class Table:
    """Tables that may lie in one folder, and what is to be said of them.

    ``files``: name -> what makes its bytes. ``codes``: those of the three units, in the order of their
    answers. ``roster``: None where there is none. ``says``: code and cell of every error and warning, in any order.

    Whatever is read must be what the unit has answered, and no other unit may come of the table. Beyond that ``kept``
    are the positions of the units whose answers to ``asked`` all count, but for the ``blank`` (position, key), which do
    not; ``refused`` are those of whom nothing may be read. Of the others some may be read or nothing. ``other``: what
    this table answers otherwise, by position and key.
    """

    name: str
    files: Mapping[str, Make]
    says: tuple[tuple[str, str], ...] = ()
    codes: Codes = USUAL
    roster: Roster | None = ENROLLED
    kept: tuple[int, ...] = (0, 1, 2)
    blank: tuple[tuple[int, str], ...] = ()
    refused: tuple[int, ...] = ()
    asked: tuple[str, ...] = KEYS
    other: Mapping[tuple[int, str], float] = field(default_factory=dict)


@dataclass(frozen=True)
class Enrolled:
    """A roster's file, the code and cell of every error and warning, and the cohort of every unit that is read."""

    name: str
    file: str
    make: Make
    says: tuple[tuple[str, str], ...]
    cohorts: Mapping[str, str]
    tree: Tree = TREE


# ------------------------------------------------- how tables are made


def lines_of(codes: Codes = USUAL) -> Lines:
    """The clean table as text, a list for each line."""
    return [list(HEADINGS), *([code, *shown] for code, shown in zip(codes, _shown(), strict=True))]


def _shown() -> Iterator[list[str]]:
    for name, written in zip(NAMES, _WRITTEN, strict=True):
        yield [name, *(cell.date().isoformat() if isinstance(cell, datetime) else str(cell) for cell in written)]


def a_csv(
    change: Callable[[Lines], object] = lambda _: None,
    codes: Codes = USUAL,
    encoding: str = "utf-8",
    end: str = "\n",
) -> Make:
    """The clean table as .csv after a change; cells are written as they are, so quotes are the case's own."""

    def make() -> bytes:
        lines = lines_of(codes)
        change(lines)
        return "".join(",".join(line) + end for line in lines).encode(encoding)

    return make


def _saved(book: openpyxl.Workbook) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def a_book(change: Callable[[Worksheet], object] = lambda _: None, codes: Codes = USUAL) -> Make:
    """The clean table as .xlsx after a change of its sheet: codes are text, figures are numbers, days are dates."""

    def make() -> bytes:
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        page.append(HEADINGS)
        for code, name, written in zip(codes, NAMES, _WRITTEN, strict=True):
            page.append([code, name, *written])
        change(page)
        return _saved(book)

    return make


def _set(row: int, column: int, text: str) -> Callable[[Lines], object]:
    """Writes one cell of a .csv, counted from 0."""
    return lambda lines: lines[row].__setitem__(column, text)


def _cells(**cells: Any) -> Callable[[Worksheet], object]:
    """Writes cells of a sheet by address."""

    def change(page: Worksheet) -> None:
        for address, value in cells.items():
            page[address] = value

    return change


def _formatted(code: str, **cells: Any) -> Callable[[Worksheet], object]:
    """The same in a number format."""

    def change(page: Worksheet) -> None:
        for address, value in cells.items():
            page[address] = value
            page[address].number_format = code

    return change


def _merged(*ranges: str) -> Callable[[Worksheet], object]:
    def change(page: Worksheet) -> None:
        for one in ranges:
            page.merge_cells(one)

    return change


def _each(*changes: Callable[[Worksheet], object]) -> Callable[[Worksheet], object]:
    def change(page: Worksheet) -> None:
        for one in changes:
            one(page)

    return change


def _line(at: int, *cells: str) -> Callable[[Lines], object]:
    """A line more, filled up with blank cells to the width of the table."""
    return lambda lines: lines.insert(at, [*cells, *[""] * (len(HEADINGS) - len(cells))])


def _without_names(lines: Lines) -> None:
    for line in lines:
        del line[1]


def _column(*cells: str) -> Callable[[Lines], object]:
    """A column more on the right."""

    def change(lines: Lines) -> None:
        for line, cell in zip(lines, cells, strict=True):
            line.append(cell)

    return change


def _row(at: int, *cells: Any) -> Callable[[Worksheet], object]:
    """A row more in a sheet, ``at`` counted from 1."""

    def change(page: Worksheet) -> None:
        page.insert_rows(at)
        for column, cell in enumerate(cells, start=1):
            page.cell(at, column).value = cell or None

    return change


# ------------------------------------------------- faulty


def faulty() -> Iterator[Table]:
    """Every table with something wrong in it."""
    yield from _names()
    yield from _of_the_office()
    yield from _mangled()
    yield from _shifted()
    yield from _two_headings()
    yield from _merged_answers()
    yield from _of_people()


def _names() -> Iterator[Table]:
    def swapped(lines: Lines) -> None:
        lines[1][1], lines[2][1] = lines[2][1], lines[1][1]

    yield Table(
        "two names swapped",
        {"t.csv": a_csv(swapped)},
        (("S127", "B2"), ("S127", "B3")),
        kept=(2,),
        refused=(0, 1),
    )
    yield Table(
        "the names sorted apart from all else",
        {"t.xlsx": a_book(_cells(B2=NAMES[2], B3=NAMES[0], B4=NAMES[1]))},
        (("S127", "B2"), ("S127", "B3"), ("S127", "B4")),
        kept=(),
        refused=(0, 1, 2),
    )
    yield Table(
        "one name twice",
        {"t.csv": a_csv(_set(1, 1, NAMES[1]))},
        (("S127", "B2"),),
        kept=(1, 2),
        refused=(0,),
    )
    yield Table(
        "the name of another with a space in it",
        {"t.xlsx": a_book(_cells(B2="乙 街道办　"))},
        (("S127", "B2"),),
        kept=(1, 2),
        refused=(0,),
    )
    yield Table(
        "a code typed as that of the row below",
        {"t.csv": a_csv(_set(1, 0, USUAL[1]))},
        (("S127", "B2"),),
        kept=(1, 2),
        refused=(0,),
    )
    yield Table(
        "names swapped under Chinese headings",
        {"t.xlsx": a_book(_cells(A1="单位编码", B1="单位名称", B3=NAMES[2], B4=NAMES[1]))},
        (("S127", "B3"), ("S127", "B4")),
        kept=(0,),
        refused=(1, 2),
    )


def _of_the_office() -> Iterator[Table]:
    scores = ("95%", "93%", "90%")
    yield Table("a column of the office", {"t.csv": a_csv(_column("02-1.said", *scores))}, (("S146", "J1"),))
    yield Table(
        "a column of the office by the code of its indicator, without a roster",
        {"t.xlsx": a_book(_cells(J1="02-1", J2=0.95, J3=0.93, J4=0.9))},
        (("S146", "J1"),),
        roster=None,
    )

    def two(lines: Lines) -> None:
        _column("02-1", *scores)(lines)
        _column("02-2", "0", "0", "0.1")(lines)

    yield Table("two columns of the office", {"t.csv": a_csv(two)}, (("S146", "J1"), ("S146", "K1")))

    def only(lines: Lines) -> None:
        lines[:] = [[*line[:2], score] for line, score in zip(lines, ("02-1", *scores), strict=True)]

    yield Table(
        "a table of the office's beside that of the units",
        {"1.csv": a_csv(), "2.csv": a_csv(only)},
        (("S146", "C1"),),
    )


def _mangled() -> Iterator[Table]:
    def table(
        name: str,
        files: Mapping[str, Make],
        *cells: str,
        codes: Codes = LONG,
        refused: tuple[int, ...] = (0,),
        enrolled: bool = True,
    ) -> Table:
        kept = tuple(n for n in range(3) if n not in refused)
        says = tuple(("S148", cell) for cell in cells)
        return Table(name, files, says, codes, roster_of(codes) if enrolled else None, kept, refused=refused)

    alike: Codes = ("5.3E+11", "5.3E+11", "5.3E+11")
    yield table("codes with an exponent, all alike", {"t.csv": a_csv(codes=alike)}, "A2", "A3", "A4", refused=(0, 1, 2))
    yield table("a code with an exponent", {"t.csv": a_csv(_set(1, 0, "5.30102E+11"), LONG)}, "A2")
    yield table(
        "a code with an exponent, without a roster",
        {"t.csv": a_csv(_set(1, 0, "5.30102E+11"), LONG)},
        "A2",
        enrolled=False,
    )
    yield table(
        "a code with an exponent as text in a workbook", {"t.xlsx": a_book(_cells(A2="5.30102E+11"), LONG)}, "A2"
    )
    yield table("a code with a small e for its exponent", {"t.csv": a_csv(_set(1, 0, "5.30102e+11"), LONG)}, "A2")
    yield table(
        "a number that was read from an exponent",
        {"t.xlsx": a_book(_formatted("0.00E+00", A2=530000000000), LONG)},
        "A2",
    )
    number = {"t.xlsx": a_book(_cells(A2=_FIFTEEN[0]), CREDIT)}
    yield table("a code of 18 digits as a number", number, "A2", codes=CREDIT)
    yield table("a code of 18 digits as a number, without a roster", number, "A2", codes=CREDIT, enrolled=False)
    shown = {"t.xlsx": a_book(_formatted("0", A2=_FIFTEEN[0], A3=_FIFTEEN[1]), CREDIT)}
    yield table("two codes of 18 digits as numbers, shown in full", shown, "A2", "A3", codes=CREDIT, refused=(0, 1))
    sixteen: Codes = ("1133010000249228", "1133010000249229", "1133010000249230")
    yield table(
        "a code of 16 digits as a number",
        {"t.xlsx": a_book(_cells(A2=int(sixteen[0][:15] + "0")), sixteen)},
        "A2",
        codes=sixteen,
    )
    zeros = CREDIT[0][:15] + "000"
    yield table("the last digits of a code made zeros", {"t.csv": a_csv(_set(1, 0, zeros), CREDIT)}, "A2", codes=CREDIT)
    yield table(
        "zeros at the end of a code that is text in a workbook",
        {"t.xlsx": a_book(_cells(A2=zeros), CREDIT)},
        "A2",
        codes=CREDIT,
    )
    yield table(
        "a number in front of which zeros are shown",
        {"t.xlsx": a_book(_formatted("0000", A2=101), FOUR)},
        "A2",
        codes=FOUR,
    )
    all_three = _formatted("0000", A2=101, A3=102, A4=103)
    yield table(
        "zeros only shown in all rows, without a roster",
        {"t.xlsx": a_book(all_three, FOUR)},
        "A2",
        "A3",
        "A4",
        codes=FOUR,
        refused=(0, 1, 2),
        enrolled=False,
    )
    both: Codes = ("0101", "101", "0102")

    def of_two(page: Worksheet) -> None:
        _formatted("0000", A2=101)(page)
        page.delete_rows(3)
        page.delete_cols(2)

    yield table(
        "zeros shown where the roster has both codes",
        {"t.xlsx": a_book(of_two, both)},
        "A2",
        codes=both,
        refused=(0, 1),
    )
    yield table(
        "zeros shown as literal text of the number format",
        {"t.xlsx": a_book(_formatted('"0"0', A2=101), FOUR)},
        "A2",
        codes=FOUR,
    )


def _shifted() -> Iterator[Table]:
    def short(row: int, cells: int) -> Callable[[Lines], object]:
        return lambda lines: lines[row].__delitem__(slice(cells, None))

    yield Table(
        "a row that ends early",
        {"t.csv": a_csv(short(1, 4))},
        (("S149", "E2"),),
        kept=(1, 2),
        blank=tuple((0, key) for key in KEYS[2:]),
    )
    yield Table(
        "the last row cut off",
        {"t.csv": a_csv(short(3, 3))},
        (("S149", "D4"),),
        kept=(0, 1),
        blank=tuple((2, key) for key in KEYS[1:]),
    )

    def last_lost(lines: Lines) -> None:
        for line in lines[1:]:
            line.pop()

    yield Table(
        "every row one short",
        {"t.csv": a_csv(last_lost)},
        (("S149", "I2"), ("S149", "I3"), ("S149", "I4")),
        kept=(),
        blank=tuple((n, KEYS[-1]) for n in range(3)),
    )
    yield Table(
        "a row with a code and nothing else, without a roster",
        {"t.csv": a_csv(short(2, 1))},
        (("S149", "B3"),),
        roster=None,
        kept=(0, 2),
        blank=tuple((1, key) for key in KEYS),
    )

    def a_cell_lost(lines: Lines) -> None:
        del lines[1][3]

    yield Table(
        "a cell lost in the middle, so that all after it has moved",
        {"t.csv": a_csv(a_cell_lost)},
        (("S149", "I2"),),
        kept=(1, 2),
        refused=(0,),
    )
    for name, make in (
        ("a comma in a number", a_csv(_set(1, 4, "1,234.5"))),
        ("two commas in a number", a_csv(_set(1, 4, "1,234,567"))),
        ("a comma in a number, in GBK", a_csv(_set(1, 4, "1,234.5"), encoding="gb18030")),
        ("a comma in a name", a_csv(_set(1, 1, "甲街道办,驻市区"))),
        ("a remark beyond the headings", a_csv(_set(1, 8, "省级,已核"))),
    ):
        yield Table(name, {"t.csv": make}, (("S149", "J2"),), kept=(1, 2), refused=(0,))
    moved = ["1", "234.5", "0.953", "2025-03-30", "是"]
    for name, cells in (
        ("a comma in a number of a row whose last answer is blank", moved),
        ("the same with a comma at the end", [*moved, ""]),
    ):
        make = a_csv(partial(_from_money_on, cells))
        yield Table(name, {"t.csv": make}, (("S149", "E2"),), kept=(1, 2), refused=(0,))


def _from_money_on(cells: list[str], lines: Lines) -> None:
    lines[1][4:] = cells


def _two_headings() -> Iterator[Table]:
    yield Table(
        "units of measurement under the headings",
        {"t.csv": a_csv(_line(1, "", "", *_OF_MEASUREMENT))},
        (("S161", "C2"),),
    )
    yield Table(
        "the same, named in the column of codes",
        {"t.csv": a_csv(_line(1, "计量单位", "", "件", "件", "万元", "%", "日期", "是/否", "级别"))},
        (("S161", "A2"),),
    )
    yield Table(
        "units of measurement in brackets, in a workbook, without a roster",
        {"t.xlsx": a_book(_row(2, "", "", "（件）", "（件）", "（万元）", "（%）"))},
        (("S161", "C2"),),
        roster=None,
    )
    yield Table(
        "headings on every page",
        {"t.xlsx": a_book(_row(4, *HEADINGS))},
        (("S161", "A4"),),
    )
    yield Table(
        "two tables, one below the other, without a roster",
        {"t.csv": a_csv(lambda lines: lines.insert(2, list(HEADINGS)))},
        (("S161", "A3"),),
        roster=None,
    )
    yield Table(
        "a title and headings on the second page",
        {"t.xlsx": a_book(_each(_row(4, *HEADINGS), _row(4, "2024 年度考核数据表（续）")))},
        (("S161", "A5"),),
    )

    def another_order(lines: Lines) -> None:
        lines.insert(3, [lines[0][at] for at in (0, 1, 3, 2, 4, 5, 6, 7, 8)])
        lines[4][2], lines[4][3] = lines[4][3], lines[4][2]

    yield Table(
        "headings lower down, in another order", {"t.csv": a_csv(another_order)}, (("S161", "A4"),), kept=(0, 1)
    )
    yield Table(
        "names of the questions below their codes",
        {"t.csv": a_csv(lambda lines: lines.insert(1, list(_PEOPLE)))},
        (("S161", "A2"),),
    )
    yield Table(
        "names of the questions below their codes, without a roster",
        {"t.csv": a_csv(lambda lines: lines.insert(1, list(_PEOPLE)))},
        (("S161", "A2"),),
        roster=None,
    )
    yield Table(
        "names of the questions below their codes, the first cells blank",
        {"t.csv": a_csv(lambda lines: lines.insert(1, ["", "", *_PEOPLE[2:]]))},
        (("S161", "C2"),),
    )
    yield Table(
        "names of the questions above their codes",
        {"t.csv": a_csv(lambda lines: lines.insert(0, list(_PEOPLE)))},
        (("S161", "A2"),),
        kept=(),
    )
    yield Table(
        "titles merged over two columns, the codes below",
        {
            "t.xlsx": a_book(
                _each(
                    _row(1, "单位编码", "单位名称", *_TITLES),
                    _cells(A2=None, B2=None),
                    _merged("A1:A2", "B1:B2", "C1:D1"),
                )
            )
        },
        (("S161", "C2"),),
        kept=(),
    )
    yield Table(
        "titles merged over two columns below the codes",
        {"t.xlsx": a_book(_each(_row(2, "", "", *_TITLES), _merged("C2:D2")))},
        (("S161", "C2"),),
    )


def _merged_answers() -> Iterator[Table]:
    money = KEYS[2]
    yield Table(
        "one answer for two units",
        {"t.xlsx": a_book(_merged("E2:E3"))},
        (("S220", "E3"),),
        blank=((1, money),),
    )
    yield Table(
        "one answer for three units, without a roster",
        {"t.xlsx": a_book(_merged("E2:E4"))},
        (("S220", "E3"), ("S220", "E4")),
        roster=None,
        blank=((1, money), (2, money)),
    )

    def hiding(page: Worksheet) -> None:
        page.merged_cells.add("E2:E3")  # as by a format painter: what is covered keeps its value

    yield Table(
        "an answer that another covers without having taken it away",
        {"t.xlsx": a_book(hiding)},
        (("S220", "E3"),),
        blank=((1, money),),
    )
    yield Table(
        "one answer for two questions",
        {"t.xlsx": a_book(_merged("C2:D2"))},
        (("S220", "D2"),),
        blank=((0, KEYS[1]),),
    )
    yield Table(
        "one answer for two questions of two units",
        {"t.xlsx": a_book(_merged("C2:D3"))},
        (("S220", "D2"), ("S220", "C3"), ("S220", "D3")),
        blank=((0, KEYS[1]), (1, KEYS[0]), (1, KEYS[1])),
    )
    yield Table(
        "one code for two rows",
        {"t.xlsx": a_book(_merged("A2:A3"))},
        (("S220", "A3"),),
        kept=(0, 2),
        refused=(1,),
    )
    yield Table(
        "the name merged into an answer",
        {"t.xlsx": a_book(_merged("B3:C3"))},
        (("S220", "C3"),),
        blank=((1, KEYS[0]),),
    )


def _of_people() -> Iterator[Table]:
    made: list[tuple[str, str, Make]] = []
    for first in ("单位", "单位名", "单位名称", "名称", "部门", "填报单位"):
        made.append((f"a workbook whose units stand under {first}", "t.xlsx", _as_book(partial(_headed, first))))
    made += [
        ("a table of text whose units stand under 单位", "t.csv", a_csv(partial(_headed, "单位"))),
        ("a table of text whose units stand under 单位名称", "t.csv", a_csv(partial(_headed, "单位名称"))),
        ("all headings in words, .xlsx", "t.xlsx", _as_book(_in_words)),
        ("all headings in words, .csv", "t.csv", a_csv(_in_words)),
        ("titles of indicators as headings", "t.xlsx", _as_book(_titled)),
        ("numbered, a title above", "t.xlsx", _as_book(_numbered)),
        ("in words, in two rows", "t.xlsx", a_book(_in_words_in_two_rows)),
        ("no column of units at all", "t.xlsx", _as_book(_of_nobody)),
    ]
    for name, file, make in made:
        yield Table(name, {file: make}, (("S121", ""),), kept=(), refused=(0, 1, 2))


def _as_book(change: Callable[[Lines], object]) -> Make:
    """The clean table of text after a change, as .xlsx."""

    def make() -> bytes:
        lines = lines_of()
        change(lines)
        book = openpyxl.Workbook()
        for line in lines:
            book.worksheets[0].append(line)
        return _saved(book)

    return make


def _headed(first: str, lines: Lines) -> None:
    """One column for the units, by name, under ``first``."""
    for line in lines:
        del line[0]
    lines[0][0] = first


def _in_words(lines: Lines) -> None:
    _headed("单位名称", lines)
    lines[0][1:] = list(_PEOPLE[2:])


def _titled(lines: Lines) -> None:
    _headed("单位", lines)
    lines[0][1:] = [title or "应诉情况" for title in _TITLES]


def _numbered(lines: Lines) -> None:
    _in_words(lines)
    for n, line in enumerate(lines):
        line.insert(0, str(n) if n else "序号")
    lines.insert(0, ["2024 年度考核数据表"])


def _in_words_in_two_rows(page: Worksheet) -> None:
    page.delete_cols(2)
    for column, text in enumerate(_PEOPLE[2:], start=2):
        page.cell(1, column).value = text
    _row(1, "单位", *_TITLES)(page)
    page["A2"] = None
    _merged("A1:A2", "B1:C1")(page)


def _of_nobody(lines: Lines) -> None:
    for line in lines:
        del line[:2]


# ------------------------------------------------- beyond what was asked for


def beyond() -> Iterator[Table]:
    """Tables that go wrong in the same way, of which nobody has spoken yet."""
    yield Table(
        "a code made a date",
        {"t.xlsx": a_book(_cells(A2=datetime(2025, 1, 2)), ("1-2", "1-3", "1-4"))},
        (("S148", "A2"),),
        ("1-2", "1-3", "1-4"),
        roster_of(("1-2", "1-3", "1-4")),
        kept=(1, 2),
        refused=(0,),
    )
    yield Table(
        "a code with a decimal point that a program added, without a roster",
        {"t.csv": a_csv(_set(1, 0, "330101.0"))},
        (("S148", "A2"),),
        roster=None,
        kept=(1, 2),
        refused=(0,),
    )
    yield Table(
        "a code as the formula that programs write to keep its zeros",
        {"t.csv": a_csv(_set(1, 0, '"=""0101"""'), FOUR)},
        (("S148", "A2"),),
        FOUR,
        roster_of(FOUR),
        kept=(1, 2),
        refused=(0,),
    )

    def named(lines: Lines) -> None:
        lines[0][2:] = list(_PEOPLE[2:])

    yield Table(
        "codes of units, and names of questions for headings",
        {"t.csv": a_csv(named)},
        tuple(("S117", f"{letter}1") for letter in "CDEFGHI"),
        kept=(),
    )
    yield Table(
        "columns apart by tabs",
        {"t.csv": lambda: a_csv()().replace(b",", b"\t")},
        (("S103", ""),),
        kept=(),
        refused=(0, 1, 2),
    )
    yield Table(
        "columns apart by semicolons",
        {"t.csv": lambda: a_csv()().replace(b",", b";")},
        (("S103", ""),),
        kept=(),
        refused=(0, 1, 2),
    )

    def quoted(lines: Lines) -> None:
        lines[1][1], lines[2][1] = '"甲街道办', '乙街道办"'

    yield Table(
        "quotation marks about two names, so that one unit has the answers of the next",
        {"t.csv": a_csv(quoted)},
        (("S125", "B2"),),
        kept=(2,),
        refused=(0, 1),
    )

    def of_last_year(lines: Lines) -> None:
        _column("考核年度", "2023", "2023", "2023")(lines)

    yield Table(
        "figures of another year, by the table's own word",
        {"t.csv": a_csv(of_last_year)},
        (("S125", "J2"), ("S125", "J3"), ("S125", "J4")),
        kept=(),
        refused=(0, 1, 2),
    )


# ------------------------------------------------- innocent


def innocent() -> Iterator[Table]:
    """Tables that are as they should be, or whose oddities mean but one thing: no error, no warning, all answers."""
    yield from _clean()
    yield from _above_and_below()
    yield from _as_written()
    yield from _codes_as_they_are()
    yield from _names_as_they_are()
    yield from _dressed()


def _clean() -> Iterator[Table]:
    yield Table("clean, .csv", {"t.csv": a_csv()})
    yield Table("clean, .xlsx", {"t.xlsx": a_book()})
    yield Table("clean, without a roster", {"t.xlsx": a_book()}, roster=None)
    yield Table("with a mark in front (BOM)", {"t.csv": a_csv(encoding="utf-8-sig")})
    yield Table("in GBK", {"t.csv": a_csv(encoding="gb18030")})
    yield Table("lines that end as on Windows", {"t.csv": a_csv(end="\r\n")})
    yield Table("lines that end as on old Macs", {"t.csv": a_csv(end="\r")})
    yield Table("no end of the last line", {"t.csv": lambda: a_csv()().rstrip(b"\n")})
    yield Table("a first line that names the comma", {"t.csv": lambda: b"sep=,\n" + a_csv()()})


def _above_and_below() -> Iterator[Table]:
    foot = ("填表人：张三", "", "审核人：李四")
    total = ("合计", "", "16", "39", "2188.5", "", "", "", "")
    for roster, words in ((roster_of(USUAL), ""), (None, ", without a roster")):
        for name, cells in (
            ("who filled it in", foot),
            ("a total", total),
            ("a total with spaces", ("合  计", *total[1:])),
            ("a mean", ("平均", "", "5.3", "13", "729.5", "0.829")),
            ("a remark", ("注：经费单位为万元，公开率为小数。",)),
            ("a date", ("填报日期：2025年4月3日",)),
        ):
            yield Table(f"below: {name}{words}", {"t.csv": a_csv(_line(4, *cells))}, roster=roster)
        short = a_csv(lambda lines: lines.append(["填表人：张三"]))
        yield Table(f"below: who filled it in, one cell{words}", {"t.csv": short}, roster=roster)
        yield Table(
            f"below: a total in a workbook{words}",
            {"t.xlsx": a_book(_each(_cells(A5="总计", C5=16, D5=39, E5=2188.5), _merged("A5:B5")))},
            roster=roster,
        )
    yield Table(
        "a subtotal between the units", {"t.csv": a_csv(_line(3, "小计", "", "13", "32", "2136.75"))}, roster=None
    )
    yield Table(
        "below, merged over all columns",
        {"t.xlsx": a_book(_each(_cells(A6="填表人：张三　审核人：李四　联系电话：0571-88880000"), _merged("A6:I6")))},
    )
    yield Table("a title above", {"t.csv": a_csv(_line(0, "2024 年度考核数据表"))})
    yield Table("a title in one cell", {"t.csv": a_csv(lambda lines: lines.insert(0, ["2024 年度考核数据表"]))})
    yield Table(
        "a title merged over all columns",
        {"t.xlsx": a_book(_each(_row(1, "2024 年度考核数据表"), _merged("A1:I1")))},
    )
    yield Table(
        "titles of groups above whole headings",
        {"t.xlsx": a_book(_each(_row(1, "", "", *_TITLES), _merged("C1:D1")))},
    )

    def blanks(lines: Lines) -> None:
        lines[2:2] = [[""] * len(HEADINGS), [""]]
        lines.append([""])

    yield Table("blank rows", {"t.csv": a_csv(blanks)})
    yield Table("blank rows in a workbook", {"t.xlsx": a_book(_each(_row(3), _row(2)))})
    yield Table("rows of nothing but a format", {"t.xlsx": a_book(_formatted("0.00", A900=None, I901=None))})


def _as_written() -> Iterator[Table]:
    yield Table("thousands in quotes", {"t.csv": a_csv(_set(1, 4, '"1,234.5"'))})
    yield Table("a full-width comma in a number", {"t.csv": a_csv(_set(1, 4, "1，234.5"))})
    yield Table("a blank answer at the end", {"t.csv": a_csv(_set(1, 8, ""))}, blank=((0, KEYS[-1]),))

    def last_blank(lines: Lines) -> None:
        lines[2][6:] = ["", "", ""]

    yield Table("blank answers at the end", {"t.csv": a_csv(last_blank)}, blank=tuple((1, key) for key in KEYS[4:]))
    yield Table("a comma at the end of every line", {"t.csv": a_csv(_column("", "", "", ""))})
    yield Table("a comma at the end of the headings alone", {"t.csv": a_csv(lambda lines: lines[0].append(""))})
    yield Table("a comma at the end of some rows", {"t.csv": a_csv(lambda lines: lines[2].extend(["", "", ""]))})
    yield Table("a line break in a name", {"t.csv": a_csv(_set(1, 1, '"甲街\n道办"'))})
    yield Table("a line break in a heading", {"t.csv": a_csv(_set(0, 2, '"01-1\n.appeared"'))})
    yield Table("tabs about the codes", {"t.csv": a_csv(codes=("330101\t", "\t330102", "330103"))})
    yield Table("spaces about everything", {"t.csv": lambda: a_csv()().replace(b",", b" , ")})

    def reordered(lines: Lines) -> None:
        lines[:] = [line[::-1] for line in lines]

    yield Table("columns the other way round", {"t.csv": a_csv(reordered)})
    yield Table(
        "rows the other way round", {"t.csv": a_csv(lambda lines: lines.__setitem__(slice(1, 4), lines[:0:-1]))}
    )

    def counts(lines: Lines) -> None:
        lines[1][2:4] = ["1", "234"]
        lines[1][8] = ""

    yield Table(
        "two counts that look like one of thousands, the last answer blank",
        {"t.csv": a_csv(counts)},
        blank=((0, KEYS[-1]),),
        other={(0, KEYS[0]): 1.0, (0, KEYS[1]): 234.0},
    )


def _codes_as_they_are() -> Iterator[Table]:
    def table(name: str, file: str, make: Make, codes: Codes) -> Table:
        return Table(name, {file: make}, codes=codes, roster=roster_of(codes))

    yield table("codes with zeros in front", "t.csv", a_csv(codes=FOUR), FOUR)
    yield table("codes with zeros in front, text", "t.xlsx", a_book(codes=FOUR), FOUR)
    yield table("codes of six digits as numbers", "t.xlsx", a_book(_numbers(USUAL)), USUAL)
    yield table("codes of twelve digits as numbers", "t.xlsx", a_book(_numbers(LONG), LONG), LONG)
    yield table("the same, shown in full", "t.xlsx", a_book(_numbers(LONG, "0"), LONG), LONG)
    fifteen: Codes = ("113301000024921", "113301000024922", "113301000024923")
    yield table("codes of fifteen digits as numbers", "t.xlsx", a_book(_numbers(fifteen), fifteen), fifteen)
    yield table("codes of 18 digits, text", "t.xlsx", a_book(codes=CREDIT), CREDIT)
    yield table("codes of 18 digits in a .csv", "t.csv", a_csv(codes=CREDIT), CREDIT)
    zeros: Codes = ("113301000024922000", "113301000024923000", "113301000024924000")
    yield table("codes of 18 digits that end in zeros", "t.csv", a_csv(codes=zeros), zeros)
    exponents: Codes = ("3E2", "3E3", "2E10")
    yield table("codes that look like exponents", "t.csv", a_csv(codes=exponents), exponents)
    thousand: Codes = ("1101", "1102", "1103")
    yield table("a format for four digits on four digits", "t.xlsx", a_book(_numbers(thousand, "0000")), thousand)
    yield table("codes as numbers dressed as text", "t.xlsx", a_book(_numbers(USUAL, "@")), USUAL)
    yield table("codes as numbers with two decimals shown", "t.xlsx", a_book(_numbers(USUAL, "0.00")), USUAL)
    letters: Codes = ("11330100002482285X", "11330100002482306A", "113301000024823140")
    yield table("codes of organizations with letters", "t.csv", a_csv(codes=letters), letters)


def _numbers(codes: Codes, code: str = "General") -> Callable[[Worksheet], object]:
    return _formatted(code, **{f"A{row}": int(one) for row, one in enumerate(codes, start=2)})


def _names_as_they_are() -> Iterator[Table]:
    yield Table("a name with spaces", {"t.csv": a_csv(_set(1, 1, " 甲 街道办　"))})
    yield Table("a name in short", {"t.csv": a_csv(_set(1, 1, "甲街道"))})
    yield Table("a longer name", {"t.csv": a_csv(_set(1, 1, "甲街道办事处（驻市区）"))})
    yield Table("no name in one row", {"t.csv": a_csv(_set(1, 1, ""))})
    yield Table("no column of names", {"t.csv": a_csv(_without_names)})
    same = ("城关镇", "城关镇", "丙街道办")

    def alike(lines: Lines) -> None:
        for line, name in zip(lines[1:], same, strict=True):
            line[1] = name

    yield Table("two units of one name", {"t.csv": a_csv(alike)}, roster=roster_of(USUAL, same))

    def swapped(lines: Lines) -> None:
        lines[1][1], lines[2][1] = lines[2][1], lines[1][1]

    yield Table("names in any order where there is no roster", {"t.csv": a_csv(swapped)}, roster=None)


def _dressed() -> Iterator[Table]:
    def hidden(page: Worksheet) -> None:
        page.column_dimensions["E"].hidden = True
        page.row_dimensions[3].hidden = True

    yield Table("columns and rows hidden", {"t.xlsx": a_book(hidden)})
    yield Table("remarks on the right without a heading", {"t.xlsx": a_book(_cells(J2="已核", J3="待补材料"))})
    yield Table("remarks on the right under a blank heading", {"t.csv": a_csv(_column("", "已核", "", "待补材料"))})
    yield Table("a stray remark beside the table", {"t.xlsx": a_book(_cells(L3="（已与财政核对）"))})
    yield Table("a last answer merged with the margin", {"t.xlsx": a_book(_merged("I2:J2"))})
    yield Table("code and name in one cell", {"t.xlsx": a_book(_merged("A3:B3"))})
    yield Table("a title merged, far above", {"t.xlsx": a_book(_each(_row(1), _row(1, "数据表"), _merged("A1:I2")))})
    yield Table("shares as percentages", {"t.csv": a_csv(_set(1, 5, "95.3%"))})
    yield Table("figures dressed as money", {"t.xlsx": a_book(_formatted('"¥"#,##0.00', E2=1234.5))})
    yield Table("a second sheet of something else", {"t.xlsx": _with_a_second_sheet})


def _with_a_second_sheet() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(a_book()()))
    book.create_sheet("附件清单").append(["序号", "材料名称"])
    return _saved(book)


# ------------------------------------------------- rosters

_ROSTER = (
    "单位编码,单位名称,单位类型,考核分组\n"
    "330101,甲街道办,街道办,山区组\n"
    "330102,乙街道办,街道办,山区组\n"
    "330103,丙局,部门,\n"
)
_COHORTS = {"330101": "remote", "330102": "remote", "330103": "bureaus"}


def _roster_book(change: Callable[[Worksheet], object] = lambda _: None) -> Make:
    def make() -> bytes:
        book = openpyxl.Workbook()
        for line in _ROSTER.splitlines():
            book.worksheets[0].append([cell or None for cell in line.split(",")])
        change(book.worksheets[0])
        return _saved(book)

    return make


def _roster_text(old: str = "", new: str = "") -> Make:
    return lambda: _ROSTER.replace(old, new, 1).encode() if old else _ROSTER.encode()


def rosters() -> Iterator[Enrolled]:
    """Rosters, faulty and innocent."""
    two = {"330101": "remote", "330103": "bureaus"}
    last = {"330102": "remote", "330103": "bureaus"}
    yield Enrolled("clean", "r.csv", _roster_text(), (), _COHORTS)
    yield Enrolled("clean, .xlsx", "r.xlsx", _roster_book(), (), _COHORTS)
    merged = (("S220", "D3"),)
    yield Enrolled("a cohort merged over its units", "r.xlsx", _roster_book(_merged("D2:D3")), merged, two)
    yield Enrolled("a type merged over its units", "r.xlsx", _roster_book(_merged("C2:C3")), (("S220", "C3"),), two)
    yield Enrolled("a code merged over two rows", "r.xlsx", _roster_book(_merged("A2:A3")), (("S220", "A3"),), two)
    yield Enrolled("a code with an exponent", "r.csv", _roster_text("330101", "5.3E+11"), (("S148", "A2"),), last)
    yield Enrolled(
        "a code of 18 digits as a number",
        "r.xlsx",
        _roster_book(_cells(A2=_FIFTEEN[0])),
        (("S148", "A2"),),
        last,
    )
    yield Enrolled(
        "a code with zeros that are only shown",
        "r.xlsx",
        _roster_book(_formatted("0000", A2=101)),
        (("S148", "A2"),),
        last,
    )
    yield Enrolled(
        "a code made a date", "r.xlsx", _roster_book(_cells(A2=datetime(2025, 1, 2))), (("S148", "A2"),), last
    )
    yield Enrolled(
        "a row that ends early, its cohort gone",
        "r.csv",
        _roster_text("甲街道办,街道办,山区组", "甲街道办,街道办"),
        (("S149", "D2"),),
        last,
    )
    yield Enrolled(
        "a comma in the name of a cohort",
        "r.csv",
        _roster_text("街道办,山区组", "街道办,山区组,含库区"),
        (("S149", "E2"),),
        last,
    )
    yield Enrolled(
        "headings on every page",
        "r.csv",
        _roster_text("330103", "单位编码,单位名称,单位类型,考核分组\n330103"),
        (("S161", "A4"),),
        _COHORTS,
    )
    yield Enrolled("a total below", "r.csv", raw((_ROSTER + "合计,3 个单位,,\n").encode()), (), _COHORTS)
    yield Enrolled("who filled it in, below", "r.csv", raw((_ROSTER + "填表人：张三,,,\n").encode()), (), _COHORTS)
    plain = {"330101": "", "330102": ""}
    for name, text, says, cohorts in (
        ("a total below, units without types", "unit,name\n330101,甲\n330102,乙\n合计,2 个\n", (), plain),
        ("a remark below, units without types", "unit,name\n330101,甲\n330102,乙\n注：不含开发区\n", (), plain),
        (
            "headings on every page, units without types",
            "unit,name\n330101,甲\nunit,name\n330102,乙\n",
            (("S161", "A3"),),
            plain,
        ),
        (
            "a comma in a name, units without types",
            "unit,name,cohort\n330101,甲,驻市区,\n330102,乙,\n",
            (("S149", "D2"),),
            {"330102": ""},
        ),
    ):
        yield Enrolled(name, "r.csv", raw(text.encode()), says, cohorts, WITHOUT_TYPES)
