"""The same table as a document: pages as GB/T 9704-2012 lays them out, one table, all other rules behind it.

The table lies across the page (the same margins, turned), the rules stand upright. Fonts are named, not shipped. Cells
are written as XML at once: ``table.cell()`` of the library looks for every cell anew, which takes 38 s for 129 rows.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from lawgov_score.catalogue import Code
from lawgov_score.content import circulated, labels
from lawgov_score.content.circulated import NO_GROUP, Line, Part
from lawgov_score.model import Tree
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.report import render, stored_text
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from docx.document import Document

TITLE_FONT, BODY_FONT, HEAD_FONT, SUB_FONT = "方正小标宋简体", "仿宋", "黑体", "楷体"
_LATIN = "Times New Roman"
_NO_2, NO_3, NO_4, _SMALL_4, _SMALL_5 = 22.0, 16.0, 14.0, 12.0, 9.0  # 2号, 3号, 4号, 小四, 小五 in points
_LINE = 28.0  # points from line to line: 22 lines on a page of 225 mm
_SHORT, _LONG = 210, 297  # A4, in mm
_HEAD, _BINDING, _TEXT_WIDE, _TEXT_TALL = 37, 28, 156, 225  # 天头, 订口, 版心, in mm
CREATED = datetime(2020, 1, 1, tzinfo=UTC)  # fixed: the same tree gives the same bytes
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_FIXED: Mapping[Part, float] = {  # widths in mm; levels and the standard share the rest
    Part.ORDER: 9,
    Part.CODE: 15,
    Part.POINTS: 15,
    Part.LEAD: 17,
    Part.ASSIST: 18,
    Part.EVIDENCE: 25,
    Part.NOTE: 24,
}
_BY_TYPE = 18.0  # of the points, where they go by unit type: 非产区 3
_SHARES: Mapping[Part, float] = {Part.GROUP: 1.0, Part.TITLE: 1.4, Part.STANDARD: 3.0}
_CENTRED = frozenset({Part.ORDER, Part.CODE, Part.POINTS, Part.LEAD, Part.ASSIST, Part.GROUP})
_CUT = 900  # characters in a cell: a row with more may be divided between pages
_GREY = "E7E6E6"
_TABLE_STYLE = "表内文字"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_READ_ONLY = Words(
    "本文件供传阅和讨论；改动请写在同名工作簿（.xlsx）或 YAML 中，不从本文件读回。",
    "This document is for reading and discussion: make changes in the workbook (.xlsx) or in the YAML.",
)
_INDICATORS = Words("指标和评分标准", "Indicators and standards")
_SUBSECTION = Words("（{zh}）{title}", "({en}) {title}")
_RULE = Words("{label}：{text}。", "{label}: {text}.")
_ENDS = "。；！？.;!?"
_PAGE = "— {} —"


def need_docx(path: Path) -> None:
    """Raises ``RefusedError`` (S160) if the library that writes documents is not installed."""
    if find_spec("docx") is None:
        figures = {"what": ".docx", "extra": "docx"}
        raise RefusedError(Problem(Code.S160, TextPlace(display_path(path)), figures))


def write_document(tree: Tree, path: Path, lang: Language) -> None:
    """Writes the document. The same tree gives the same bytes. Raises ``OSError`` where ``path`` cannot be written."""
    import docx
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.oxml import parse_xml

    document = docx.Document()
    _properties(document, tree, lang)
    set_styles(document)
    number_pages(document)
    table = document.sections[0]
    lay_out(table, WD_ORIENT.LANDSCAPE)
    document.add_paragraph(clean(tree.title), style="Title")
    add_text(document, render(circulated.about(tree), lang), SUB_FONT, NO_3, is_centred=True)
    if tree.notice:
        add_text(document, tree.notice, BODY_FONT, _SMALL_4, is_indented=True)
    document.add_heading(render(labels.section(1, _INDICATORS), lang), 1)
    document.element.body.insert(len(document.element.body) - 1, parse_xml(_table(tree, lang)))
    rules = document.add_section(WD_SECTION.NEW_PAGE)
    lay_out(rules, WD_ORIENT.PORTRAIT)
    document.add_heading(render(labels.section(2, circulated.OTHER_SHEET), lang), 1)
    for number, section in enumerate(circulated.other_rules(tree), 1):
        heading = _SUBSECTION(zh=labels.NUMERALS[number - 1], en=number, title=section.title)
        document.add_heading(render(heading, lang), 2)
        for label, text in section.rows:
            rule = _RULE(label=label, text=render(text, lang).rstrip(_ENDS))
            add_text(document, render(rule, lang), BODY_FONT, NO_3, is_indented=True)
    packed = io.BytesIO()
    document.save(packed)
    path.write_bytes(with_fixed_dates(packed.getvalue()))


def _properties(document: "Document", tree: Tree, lang: Language) -> None:
    """That it is not read back stands here: in the text of an official document it would be out of place."""
    about = document.core_properties
    about.author = about.last_modified_by = ""
    about.comments = render(_READ_ONLY, lang)
    about.title = clean(tree.title)[:255]
    about.created = about.modified = CREATED
    about.revision = 1


def with_fixed_dates(packed: bytes) -> bytes:
    """The same parts in the same order, without the time of writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            told = zipfile.ZipInfo(part.filename, _ZIPPED)
            told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(told, old.read(part))
    return out.getvalue()


def lay_out(section: Any, orientation: Any) -> None:
    """A4 with the margins of official documents; turned, the binding edge is above and the head at the right."""
    from docx.shared import Mm

    is_across = orientation == 1
    wide, tall = (_LONG, _SHORT) if is_across else (_SHORT, _LONG)
    foot, edge = _LONG - _HEAD - _TEXT_TALL, _SHORT - _BINDING - _TEXT_WIDE
    top, right, bottom, left = (_BINDING, _HEAD, edge, foot) if is_across else (_HEAD, edge, foot, _BINDING)
    section.orientation = orientation
    section.page_width, section.page_height = Mm(wide), Mm(tall)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance, section.footer_distance = Mm(15), Mm(bottom - 7 - 5)  # 版心下边缘之下 7 mm


def set_styles(document: "Document") -> None:
    """The styles of an official document: title, headings, text, and text in tables."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    for language in document.styles.element.iter(_w("lang")):  # the library's says American: marks stand as in Taiwan
        language.set(_w("eastAsia"), "zh-CN")
    document.styles.add_style(_TABLE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    looks = {
        "Normal": (BODY_FONT, NO_3, _LINE),
        "Title": (TITLE_FONT, _NO_2, 36.0),
        "Heading 1": (HEAD_FONT, NO_3, _LINE),
        "Heading 2": (SUB_FONT, NO_3, _LINE),
        _TABLE_STYLE: (BODY_FONT, _SMALL_5, 12.0),
    }
    for name, (font, size, line) in looks.items():
        style: Any = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), False, RGBColor(0, 0, 0)
        style.font.name = _LATIN
        set_fonts(style.element.get_or_add_rPr(), font)
        spacing = style.paragraph_format
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
        if name.startswith("Heading"):
            spacing.first_line_indent = Pt(2 * size)
            spacing.keep_with_next = True
    title: Any = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title.element.pPr.findall(_w("pBdr")):
        title.element.pPr.remove(border)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def set_fonts(properties: Any, east_asian: str) -> None:
    """Chinese in one font, everything else in another; fonts of the theme would come before both."""
    fonts = properties.get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_w(name), None)
    for name, font in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", east_asian), ("cs", _LATIN)):
        fonts.set(_w(name), font)


def add_text(
    document: "Document", text: str, font: str, size: float, *, is_centred: bool = False, is_indented: bool = False
) -> Any:
    """Adds a paragraph of one look, and gives it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    if size < NO_3:
        paragraph.paragraph_format.line_spacing = Pt(1.5 * size)
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if is_indented:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    run = paragraph.add_run(clean(text))
    run.font.size = Pt(size)
    set_fonts(run._element.get_or_add_rPr(), font)
    return paragraph


def number_pages(document: "Document") -> None:
    """— 1 —, at the right of odd pages and at the left of even ones, a character from the edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.shared import Pt

    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph: Any = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(NO_4)
        before, behind = _PAGE.split("{}")
        field = f'<w:fldSimple w:instr="PAGE" {_NAMESPACE}>{_run("1", "宋体", NO_4)}</w:fldSimple>'
        for piece in (_run(before, "宋体", NO_4, _NAMESPACE), field, _run(behind, "宋体", NO_4, _NAMESPACE)):
            paragraph._p.append(parse_xml(piece))


# ---------------------------------------------------------------- the table

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _table(tree: Tree, lang: Language) -> str:
    """The whole table as XML, its heading repeated on every page."""
    lines, headings = circulated.lines(tree), circulated.level_headings(tree)
    parts = _parts(len(headings))
    widths = [
        round(mm * 56.693) for mm in _widths(parts, points=_BY_TYPE if tree.kinds else _FIXED[Part.POINTS])
    ]  # in twentieths of a point
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="40" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    named = iter(headings)
    heads = [next(named) if part in {Part.GROUP, Part.TITLE} else part.value for part in parts]
    head = "".join(
        _cell(render(text, lang), wide, HEAD_FONT, is_centred=True) for text, wide in zip(heads, widths, strict=True)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    starts = {(span.depth, span.first): span for span in circulated.spans(lines)}
    inside = {(span.depth, i) for span in starts.values() for i in range(span.first + 1, span.last + 1)}
    for i, line in enumerate(lines):
        texts = _level_texts(tree, line, i, starts, lang)
        merged = ["continue" if (d, i) in inside else "restart" if (d, i) in starts else "" for d in range(len(texts))]
        rows.append(_row(tree, line, parts, widths, texts, merged, lang))
    if (total := circulated.total_of(tree)) is not None:
        rows.append(_total(total, parts, widths, lang))
    return (
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _parts(levels: int) -> list[Part]:
    return [*circulated.BEFORE_LEVELS, *[Part.GROUP] * (levels - 1), Part.TITLE, *circulated.BEHIND_LEVELS]


def _widths(parts: Sequence[Part], *, points: float) -> list[float]:
    """In mm, all together the width of the text turned."""
    fixed = {**_FIXED, Part.POINTS: points}
    rest = _TEXT_TALL - sum(fixed.get(part, 0) for part in parts)
    shares = sum(_SHARES.get(part, 0) for part in parts)
    return [fixed[part] if part in fixed else rest * _SHARES[part] / shares for part in parts]


def _level_texts(
    tree: Tree, line: Line, i: int, starts: Mapping[tuple[int, int], circulated.Span], lang: Language
) -> list[str]:
    """The texts in the columns of levels; nothing in a cell that is joined to the one above it."""
    texts: list[str] = []
    for depth, group in enumerate((*line.groups, None)):
        if depth == line.depth:
            texts.append(line.node.title)
        elif group is None:
            texts.append(NO_GROUP)
        else:
            texts.append(circulated.group_text(tree, group, lang) if (depth, i) in starts else "")
    return texts


def _row(
    tree: Tree,
    line: Line,
    parts: Sequence[Part],
    widths: Sequence[int],
    levels: Sequence[str],
    merged: Sequence[str],
    lang: Language,
) -> str:
    said = line.texts(tree, lang)
    cells, depth = [], 0
    for part, wide in zip(parts, widths, strict=True):
        if part in {Part.GROUP, Part.TITLE}:
            is_title = depth == line.depth
            font = BODY_FONT if is_title else HEAD_FONT
            cells.append(_cell(levels[depth], wide, font, is_centred=not is_title, merge=merged[depth]))
            depth += 1
            continue
        content = said[part]
        text = content if isinstance(content, str) else stored_text(content)
        if part is Part.POINTS:
            text = text.replace(" ", "\u00a0")  # 非产区 3 stays on one line
        fill = _GREY if part is Part.STANDARD else ""
        cells.append(_cell(text, wide, BODY_FONT, is_centred=part in _CENTRED, fill=fill))
    whole = "" if max(len(str(content)) for content in said.values()) > _CUT else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _total(total: float, parts: Sequence[Part], widths: Sequence[int], lang: Language) -> str:
    at = parts.index(Part.POINTS)
    cells = [_cell(render(circulated.TOTAL, lang), sum(widths[:at]), HEAD_FONT, is_centred=True, over=at)]
    cells.append(_cell(stored_text(total), widths[at], HEAD_FONT, is_centred=True))
    cells += [_cell("", wide, BODY_FONT) for wide in widths[at + 1 :]]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str, wide: int, font: str, *, is_centred: bool = False, fill: str = "", merge: str = "", over: int = 1
) -> str:
    about = f'<w:tcW w:w="{wide}" w:type="dxa"/>'
    about += f'<w:gridSpan w:val="{over}"/>' if over > 1 else ""
    about += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    about += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    about += '<w:vAlign w:val="center"/>'
    side = '<w:jc w:val="center"/>' if is_centred else '<w:jc w:val="left"/>'
    style = f"<w:pPr><w:pStyle w:val={quoteattr(_TABLE_STYLE)}/>{side}</w:pPr>"
    return f"<w:tc><w:tcPr>{about}</w:tcPr><w:p>{style}{_run(text, font, _SMALL_5) if text else ''}</w:p></w:tc>"


def _run(text: str, font: str, size: float, namespace: str = "") -> str:
    fonts = f'w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{font}" w:cs="{_LATIN}"'
    look = f'<w:rPr><w:rFonts {fonts}/><w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/></w:rPr>'
    told = "<w:br/>".join(_pieces(text))
    return f"<w:r {namespace}>{look}{told}</w:r>"


def _pieces(text: str) -> Iterator[str]:
    return (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))


def clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n"))
