"""Whatever is written into a template comes back as the same answer, whichever program wrote or saved it.

Two ways in: the XML changed by hand, as Excel would store it, and openpyxl; LibreOffice saving the first anew is in
tests/acceptance. What is expected is what the reader says of the very value, before it went into any file.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_field, a_tree, an_indicator
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sheets import columns_of
from tampering import part_of

from lawgov_score.cell_addresses import address
from lawgov_score.model import AnswerState, Indicator, Unit
from lawgov_score.rules.field import FieldType
from lawgov_score.workbook.forms.layout import FILL_SHEET, FillColumn, layout_of
from lawgov_score.workbook.package.cells import cell_text
from lawgov_score.workbook.submission.filled_workbook import read_submission
from lawgov_score.workbook.submission.values import read_cell
from lawgov_score.workbook.template.template import write_template

Cell = str | float | bool | datetime | None
Row = tuple[Cell, Cell, Cell]  # answer, evidence, remarks
Rows = Mapping[str, Row]  # by key of the question
Places = Mapping[str, tuple[str, str, str]]  # addresses of the same

EACH = 4  # questions of every type: the more in one workbook, the fewer workbooks


def _indicators() -> Iterator[Indicator]:
    late = {"kind": "late", "due": "03-31", "of": "following_year", "each": 0.2}
    options = [{"option": "国家级", "score": 1}, {"option": "省级", "score": 0}]
    for n in range(EACH):
        for kind in (FieldType.COUNT, FieldType.AMOUNT, FieldType.SHARE):
            field = a_field(type=kind, at_least=None, at_most=None)
            yield an_indicator(code=f"{kind}-{n}", fields=[field], may_not_apply=n == 0)
        yield an_indicator(code=f"date-{n}", fields=[a_field(type="date", never="未报送")], rule=late)
        yield an_indicator(code=f"yes-{n}", fields=[a_field(type="yes_no")], rule={"kind": "all_or_nothing"})
        yield an_indicator(code=f"choice-{n}", rule={"kind": "choice", "asks": "级别", "options": options})
        yield an_indicator(code=f"text-{n}", fields=[a_field(), a_field(code="text", type="text")])


TREE = a_tree(indicators=list(_indicators()))
QUESTIONS = layout_of(TREE).questions


# ------------------------------------------------- what people write

AWKWARD = (
    "=1+1", "'12", "+86", "-", "@a", "第一行\n第二行", "\r\n", "\t", "😀👨\u200d👩\u200d👧", "a\x01b",
    "_x000D_", "_x0041_", "_x005F_x000D_", "  前后有空格  ", "\u3000全角空格\u3000", "12", "012", "1e5", "2024-03-31",
    "３月１日", "95%", "TRUE", "#N/A", "<b>&amp;</b>", "]]>", "\u200b", "\ufeff", "null", "长" * 32_767, "不适用",
    "a\u2028b", "\x7f", "\x85",
)  # fmt: skip
texts = st.sampled_from(AWKWARD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=30
)


def as_typed(number: float) -> float:
    """With the fifteen digits that a spreadsheet keeps of what is typed, and LibreOffice of anything."""
    return float(f"{number:.15g}")


numbers = st.floats(-1e300, 1e300).map(as_typed)
days = st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)).map(lambda at: datetime(at.year, at.month, at.day))
ANSWERS: Mapping[FieldType, st.SearchStrategy[Any]] = {
    FieldType.COUNT: st.integers(0, 10**12).map(float) | st.integers(0, 10**9).map("{:,}".format) | texts,
    FieldType.AMOUNT: numbers | st.integers(0, 10**9).map("{:,}.50".format) | texts,
    FieldType.SHARE: st.floats(0, 1).map(as_typed) | st.integers(0, 1000).map(lambda n: f"{n / 10}%") | texts,
    FieldType.DATE: days | st.sampled_from(["2024-03-31", "2024年3月31日", "2024/3/31", "未报送", 20240331.0]) | texts,
    FieldType.YES_NO: st.sampled_from(["是", "否", "有", "√", "×", True, False, 1.0]) | texts,
    FieldType.CHOICE: st.sampled_from(["国家级", " 省级 ", "市级"]) | texts,
    FieldType.TEXT: texts | numbers | st.booleans(),
}
words = st.none() | st.just("见附件") | texts | st.integers(0, 10**6).map(float)
rows = st.fixed_dictionaries(
    {question.key: st.tuples(st.none() | ANSWERS[question.field.type], words, words) for question in QUESTIONS}
)
ALL_AWKWARD: Rows = {
    question.key: (AWKWARD[i % len(AWKWARD)], AWKWARD[-1 - i % len(AWKWARD)], AWKWARD[(7 * i) % len(AWKWARD)])
    for i, question in enumerate(QUESTIONS)
}


# ------------------------------------------------- two ways in


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "S-01.xlsx"
    write_template(TREE, Unit("S-01", "甲街道"), path, standards=lambda i: i.rule.standard(i.terms))
    return path


@pytest.fixture(scope="module")
def places(blank: Path) -> Places:
    """Where answer, evidence and remarks of each question stand."""
    page = openpyxl.load_workbook(blank)[FILL_SHEET]
    columns = columns_of(page)
    return {
        str(page.cell(row, columns[FillColumn.KEY] + 1).value): (
            address(row - 1, columns[FillColumn.VALUE]),
            address(row - 1, columns[FillColumn.EVIDENCE]),
            address(row - 1, columns[FillColumn.NOTE]),
        )
        for row in range(2, page.max_row + 1)
    }


def by_hand(blank: Path, target: Path, places: Places, given_: Rows) -> Path:
    """The cells patched in the XML, texts in the shared store, as Excel stores them."""
    texts: list[str] = []
    part, store = part_of(blank, FILL_SHEET), "xl/sharedStrings.xml"
    with zipfile.ZipFile(blank) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    known = parts[store].count(b"<si>")
    xml = parts[part].decode()
    cells = {at: cell for key, row in given_.items() for at, cell in zip(places[key], row, strict=True)}

    def filled(found: re.Match[str]) -> str:
        cell = cells.get(found[1])
        if cell is None:
            return found[0]
        head = f'<c r="{found[1]}"{found[2]}'
        match cell:
            case bool():
                return f'{head} t="b"><v>{int(cell)}</v></c>'
            case float():
                return f"{head}><v>{cell!r}</v></c>"
            case datetime():
                return f"{head}><v>{(cell.date() - date(1899, 12, 30)).days}</v></c>"
        texts.append(f'<si><t xml:space="preserve">{as_excel_stores(cell)}</t></si>')
        return f'{head} t="s"><v>{known + len(texts) - 1}</v></c>'

    parts[part] = re.sub(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?/>', filled, xml).encode()
    parts[store] = parts[store].replace(b"</sst>", "".join([*texts, "</sst>"]).encode())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def as_excel_stores(text: str) -> str:
    """What XML cannot hold is spelt _x0001_, and what is spelt so by itself _x005F_x0001_."""
    text = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub("[\x00-\x08\x0b-\x1f]", lambda found: f"_x{ord(found[0]):04X}_", escape(text, quote=False))


def simplified(given_: Rows, what: str, instead: str = "") -> Rows:
    """The same without what a program loses by itself."""

    def simple(cell: Cell) -> Cell:
        return re.sub(what, instead, cell) if isinstance(cell, str) else cell

    return {key: (simple(row[0]), simple(row[1]), simple(row[2])) for key, row in given_.items()}


def by_openpyxl(blank: Path, target: Path, places: Places, given_: Rows) -> Path:
    """The cells set by a program; a text that begins with = is said to be a text."""
    book = openpyxl.load_workbook(blank)
    page = book[FILL_SHEET]
    for key, row in given_.items():
        for at, cell in zip(places[key], row, strict=True):
            if cell is not None:
                page[at].value = cell
            if isinstance(cell, str):
                page[at].data_type = "s"
    book.save(target)
    return target


# ------------------------------------------------- the law


def expected(given_: Rows) -> dict[str, tuple[AnswerState, object, str | None, str]]:
    """State, value, evidence and remarks, told from the cells themselves."""
    found: dict[str, tuple[AnswerState, object, str | None, str]] = {}
    for question in QUESTIONS:
        cell, evidence, note = given_[question.key]
        reading = read_cell(cell, question.field, may_not_apply=question.indicator.may_not_apply)
        state = reading.state
        if state is AnswerState.CLAIMED_NOT_APPLICABLE and not cell_text(note):
            state = AnswerState.INVALID  # a claim needs a reason
        found[question.key] = (state, reading.value, cell_text(evidence), cell_text(note))
    return found


def assert_comes_back(path: Path, given_: Rows) -> None:
    submission, problems = read_submission(path, TREE)
    assert submission is not None, problems
    wanted = expected(given_)
    found = {key: (one.state, one.value, one.evidence, one.note) for key, one in submission.answers.items()}
    assert found.keys() == wanted.keys()
    assert [(key, found[key], wanted[key], given_[key]) for key in found if found[key] != wanted[key]] == []


thrifty = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@thrifty
@example(given_=ALL_AWKWARD)
@given(given_=rows)
def test_what_is_written_as_excel_stores_it_comes_back(
    blank: Path, places: Places, tmp_path: Path, given_: Rows
) -> None:
    assert_comes_back(by_hand(blank, tmp_path / "S-01.xlsx", places, given_), given_)


@thrifty
@example(given_=ALL_AWKWARD)
@given(given_=rows)
def test_what_openpyxl_writes_comes_back(blank: Path, places: Places, tmp_path: Path, given_: Rows) -> None:
    # It refuses control characters, ends lines in one way, and does not spell out what looks like a spelt character.
    given_ = simplified(given_, "[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
    assert_comes_back(by_openpyxl(blank, tmp_path / "S-01.xlsx", places, given_), given_)
