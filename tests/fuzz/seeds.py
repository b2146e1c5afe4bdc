"""Where fuzzing begins: a small tree with a field of every type, workbooks and tables filled in for it, as code."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from builders import a_field, a_tree, an_answer, an_indicator
from sheets import fill

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.model import Submission, Unit, columns_of
from lawgov_score.problems import CellPlace, NodePlace, Problem
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.circulated.book import write_book
from lawgov_score.workbook.package.archive import stored
from lawgov_score.workbook.submission.one_file import FileRead, Sent
from lawgov_score.workbook.submission.packed import pack, pack_columns
from lawgov_score.workbook.template.template import write_template

SHEET = "xl/worksheets/sheet1.xml"
TREE = a_tree(
    indicators=[
        an_indicator(
            code="1",
            fields=[
                a_field(code="n", name="出庭", type="count", at_most="of"),
                a_field(code="of", name="应诉", type="count"),
            ],
            value="n / of",
            on_zero="not_applicable",
            may_not_apply=True,
            evidence=("通知",),
        ),
        an_indicator(code="2", fields=[a_field(code="m", name="经费", type="amount", at_least=None)]),
        an_indicator(code="3", fields=[a_field(code="s", name="率", type="share")]),
        an_indicator(
            code="4",
            fields=[a_field(code="d", name="日期", type="date", never="未报")],
            rule={"kind": "late", "due": "03-31", "of": "following_year", "each": 0.2},
        ),
        an_indicator(code="5", fields=[a_field(code="y", name="有无", type="yes_no")], rule={"kind": "all_or_nothing"}),
        an_indicator(
            code="6",
            rule={
                "kind": "choice",
                "asks": "级别",
                "options": [{"option": "省", "score": 1}, {"option": "市", "score": 0}],
            },
        ),
        an_indicator(code="7", fields=[a_field(), a_field(code="t", name="情况", type="text")]),
    ]
)
_UNIT = Unit("U-1", "甲街道", "", "", 2024)
_ROWS: tuple[tuple[str, str, float | str], ...] = (
    ("1", "出庭", 8),
    ("1", "应诉", "12"),
    ("2", "经费", 12.5),
    ("3", "率", "95.3%"),
    ("4", "日期", 45381),
    ("5", "有无", "是"),
    ("6", "级别", "省"),
    ("7", "填报项x", 0.5),
    ("7", "情况", "略_x000D_略"),
)
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def a_book(more: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a workbook with one sheet of ours, ``more`` in place of what stands there or beside it."""
    book = (
        f'<workbook {_NS} xmlns:r="{_RELATIONS}"><sheets><sheet name="填报" sheetId="1" r:id="r1"/></sheets>'
        "<definedNames><definedName name='a'>填报!$A$1</definedName></definedNames></workbook>"
    )
    links = (
        f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    )
    styles = (
        f'<styleSheet {_NS}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="46"/></cellXfs>'
        '<dxfs count="1"><dxf><numFmt numFmtId="9" formatCode="0%"/></dxf></dxfs></styleSheet>'
    )
    texts = "".join(f"<si><t>{text}</t></si>" for text in ("编码", "填报项", "填报值", "说明", "佐证材料", "字段编码"))
    rich = "<si><r><t>出</t></r><r><t xml:space='preserve'>庭 </t></r></si>"
    begins = f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "_rels/.rels": f"<Relationships>{begins}</Relationships>",
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": f'<sst {_NS} count="7" uniqueCount="7">{texts}{rich}</sst>',
        SHEET: _sheet(_plain_rows()),
    }
    return {name: (_HEAD + part).encode() for name, part in parts.items()} | dict(more)


def _sheet(rows: str, after: str = "") -> str:
    return f'<worksheet {_NS} xmlns:r="{_RELATIONS}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def _plain_rows() -> str:
    head = "".join(f'<c r="{letter}1" t="s"><v>{at}</v></c>' for at, letter in enumerate("ABCDE"))
    lines = [f'<row r="1">{head}</row>']
    for number, (code, name, value) in enumerate(_ROWS, 2):
        cells = _text(f"A{number}", code) + _text(f"B{number}", name) + _any(f"C{number}", value)
        lines.append(f'<row r="{number}" spans="1:5">{cells}</row>')
    return "".join(lines)


def _text(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def _any(at: str, value: float | str) -> str:
    return _text(at, value) if isinstance(value, str) else f'<c r="{at}" s="1"><v>{value}</v></c>'


def _odd_sheets() -> Iterator[bytes]:
    """Sheets as other programs write them, or as nobody should."""
    rows = _plain_rows()
    odd = (
        '<row><c><v>1</v></c><c r="C2"><f>1+1</f></c><c t="e"><v>#N/A</v></c></row>'
        '<row r="20"><c r="A20" t="str"><f>"a"</f><v>a</v></c><c t="b"><v>1</v></c><c r="B20"><f t="shared" si="0" '
        'ref="B20:B21">A1</f><v>2</v></c></row><row r="21"><c r="B21" s="2"><f t="shared" si="0"/></c></row>'
        '<row r="22"><c r="A22" t="d"><v>2024-03-31T00:00:00</v></c><c r="B22" s="3"><v>1.5</v></c></row>'
    )
    after = (
        '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><hyperlinks><hyperlink ref="A1" location="b" '
        'r:id="r9"/></hyperlinks><conditionalFormatting sqref="A1"><cfRule dxfId="0"/></conditionalFormatting>'
    )
    before = '<cols><col min="1" max="3" hidden="1" width="0"/></cols>'
    yield _sheet(rows).encode()
    yield _sheet(rows + odd, after).encode()
    commented = _sheet(rows.replace('<row r="1">', '<!-- --><row r="1" hidden="1">'))
    yield commented.replace("<sheetData>", before + "<sheetData>").encode()
    yield re.sub("<(/?)", r"<\1x:", _sheet(rows + odd).replace("xmlns=", "xmlns:x=")).encode()
    yield ('<?xml version="1.0" encoding="gbk"?>' + _sheet(rows)).encode()
    yield b"<worksheet><sheetData/></worksheet>"


def _templates() -> Iterator[bytes]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "U-1.xlsx"
        write_template(TREE, _UNIT, path, standards=lambda indicator: indicator.rule.standard(indicator.terms))
        yield path.read_bytes()
        fill(path, {"1.n": 8, "1.of": 12, "2.m": "=1+1", "3.s": "#DIV/0!", "4.d": 45381, "5.y": "是", "7.t": "略"})
        yield path.read_bytes()


def _a_table() -> bytes:
    head = "unit,name,year,1.n,1.of,2,3,4,5,6.choice,7.x,7.t"
    return f"{head}\nU-1,甲,2024,8,12,12.5,95.3%,2024-03-31,是,省,0.5,略\n".encode()


def _readings() -> Iterator[bytes]:
    place = CellPlace("a", "填报", "C3")
    answers = {"1.n": an_answer(8.0, path="a"), "7.t": an_answer("略", path="b"), "2.m": an_answer(None, path="a")}
    figures = {"found": Phrase(Words("{a:list}", "{a:list}"), {"a": ("1", 2, Words("甲", "x"))}), "n": 1.5}
    wrong = Problem(Code.S201, place, figures, (NodePlace("U-1", "1"),))
    sent = (Sent(_UNIT, place, Submission(_UNIT, "a", answers, "f"), doubts=(wrong,)), Sent(_UNIT, place))
    yield pack(FileRead(sent, (wrong,), "f"), "a", {"U-1": _UNIT, "U-2": None})
    yield pack(FileRead((), ()), "a")
    yield pack_columns(columns_of(answers, "a"), "a")
    yield b"2\n" + json.dumps([]).encode()


_OWN_TABLE = (
    ("2026年法治政府建设考核指标",),
    ("序号", "一级指标", "二级指标", "分值", "评分标准", "牵头单位", "责任单位", "佐证材料", "考核周期"),
    (
        1,
        "依法决策（14分）",
        "制度健全",
        10,
        "制度健全：填“是”得 10 分，填“否”不得分。",
        "司法局、政府办",
        "各镇街",
        "台账",
    ),
    (2, "", "应诉", "4分", "败诉的，酌情扣分。"),
    (3, "依法办事", "回复率", "", "", "", "", "", "年度"),
    ("合计", "", "", 14),
)


def _circulated() -> Iterator[bytes]:
    """Exported tables, and an office's own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tree.xlsx"
        for lang in Language:
            write_book(TREE, path, lang)
            yield path.read_bytes()
    rows = "".join(
        f'<row r="{number}">{"".join(_any(address(number - 1, at), cell) for at, cell in enumerate(row))}</row>'
        for number, row in enumerate(_OWN_TABLE, 1)
    )
    for merged in ("B3:B4", "A1:I1 B2:C2 A2:A3 B3:B4"):
        ranges = "".join(f'<mergeCell ref="{area}"/>' for area in merged.split())
        yield stored(a_book({SHEET: _sheet(rows, f"<mergeCells>{ranges}</mergeCells>").encode()}))


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as zipped:
        for name, part in parts.items():
            zipped.writestr(name, part)
    return data.getvalue()


def seeds(target: str) -> Iterator[bytes]:
    """Inputs that ``target`` takes, each of another kind."""
    match target:
        case "archive":
            yield _zipped(a_book({}))
            yield stored(a_book({}))
            yield _zipped({"xl/": b"", "a.xml": b"<a/>", "content.xml": b""})
            yield from (b"", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        case "sheet":
            yield from _odd_sheets()
        case "book" | "marked":
            for sheet in _odd_sheets():
                yield stored(a_book({SHEET: sheet}))
            head, unit = _text("A1", "unit") + _text("B1", "2.m"), _text("A2", "U-1")
            yield stored(a_book({SHEET: _sheet(f"<row>{head}</row><row>{unit}<c><v>3</v></c></row>").encode()}))
            yield from _templates()
        case "table":
            yield _a_table()
            yield _a_table().decode().encode("gb18030")
            yield b'\xef\xbb\xbfunit,1.n,"2"\r\nU-1,"1,234",\r\n'
        case "packed":
            yield from _readings()
        case "circulated":
            yield from _circulated()
