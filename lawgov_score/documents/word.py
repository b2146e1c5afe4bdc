"""The document as Word and WPS have it: built from lines, opened, tables put in, saved to the same bytes.

The only module here that knows the library; everything else sees elements. Looks are those of the table that is
circulated (GB/T 9704-2012).
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lawgov_score.documents.bounds import fault_of
from lawgov_score.documents.wordings import Line, Look
from lawgov_score.report import form_of
from lawgov_score.wording import Language
from lawgov_score.workbook.circulated.document import (
    BODY_FONT,
    CREATED,
    HEAD_FONT,
    NO_3,
    TITLE_FONT,
    add_text,
    clean,
    lay_out,
    need_docx,
    number_pages,
    set_styles,
    with_fixed_dates,
)

if TYPE_CHECKING:
    from docx.document import Document

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMED = Path(".docx")  # in the problem of a library that is not there
_IN_TABLE = 12.0  # 小四, in points
_WIDE = 8845  # of a table: 156 mm, in twentieths of a point
_ROOM = 160  # above and below a table
_LEAST = 600  # of a column
_LATIN = "Times New Roman"
_CHARACTERS = 4 * NO_3  # 落款 stands four characters from the edge
_STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
_MARKED_UP = ("ins", "del", "moveFrom", "moveTo", "commentRangeStart", "commentReference")


@dataclass(frozen=True, slots=True)
class Table:
    """What stands in place of a table's field. ``wide``: the columns, relatively; ``left``: those not centred."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...]
    left: frozenset[int] = frozenset()


class NotADocumentError(Exception):
    """The content is no .docx, or one that cannot be used."""


def w(name: str) -> str:
    """The full name of an element or attribute of Word."""
    return f"{{{NAMESPACE}}}{name}"


def need_library() -> None:
    """Raises ``RefusedError`` (S160) where the library is not installed."""
    need_docx(_NAMED)


def built(lines: Sequence[Line], title: str, lang: Language) -> bytes:
    """A template of these lines. The same lines give the same bytes. Raises ``RefusedError`` (S160)."""
    need_library()
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = docx.Document()
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = ""
    about.title, about.created, about.modified, about.revision = title, CREATED, CREATED, 1
    set_styles(document)
    number_pages(document)
    lay_out(document.sections[0], WD_ORIENT.PORTRAIT)
    for line in lines:
        text = clean(form_of(line.words, lang))
        match line.look:
            case Look.TITLE:
                document.add_paragraph(text, style="Title")
            case Look.NUMBER:
                made = add_text(document, text, BODY_FONT, NO_3, is_centred=True)
                made.paragraph_format.space_after = Pt(NO_3)
            case Look.TO | Look.TABLE:
                add_text(document, text, BODY_FONT, NO_3)
            case Look.TEXT:
                add_text(document, text, BODY_FONT, NO_3, is_indented=True)
            case Look.HEADING:
                document.add_heading(text, 1)
            case Look.SIGNED:
                made = add_text(document, text, BODY_FONT, NO_3)
                made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                made.paragraph_format.right_indent = Pt(_CHARACTERS)
                made.paragraph_format.keep_with_next = True
            case Look.ANNEX:
                made = add_text(document, text, HEAD_FONT, NO_3)
                made.paragraph_format.page_break_before = True
            case Look.NAME:
                add_text(document, text, TITLE_FONT, NO_3, is_centred=True)
    _space_before_signature(document, lines)
    return saved(document)


def _space_before_signature(document: "Document", lines: Sequence[Line]) -> None:
    """Room for the seal above the first line of the signature."""
    from docx.shared import Pt

    first = next(i for i, line in enumerate(lines) if line.look is Look.SIGNED)
    document.paragraphs[first].paragraph_format.space_before = Pt(2 * NO_3)
    document.paragraphs[first - 1].paragraph_format.keep_with_next = True  # never a page of the signature alone


def opened(content: bytes) -> "Document":
    """The document that a content is.

    Raises ``NotADocumentError`` for what is none, or is larger than ``bounds`` allows; ``RefusedError`` (S160) where
    the library is not installed.
    """
    need_library()
    import docx

    if fault_of(content) is not None:
        raise NotADocumentError
    try:
        return docx.Document(io.BytesIO(content))
    except Exception as error:  # whatever the library stumbles over in a file that somebody made
        raise NotADocumentError from error


def saved(document: "Document") -> bytes:
    """The document as a file, without the time of writing."""
    packed = io.BytesIO()
    document.save(packed)
    return with_fixed_dates(packed.getvalue())


def body(document: "Document") -> Any:
    """The element that has the text itself."""
    return document.element.body


def stories(document: "Document") -> Iterator[Any]:
    """The elements of the text, then of headers, footers and notes."""
    yield document.element
    for part in document.part.package.iter_parts():
        if _STORIES.match(part.partname.lstrip("/")) and part is not document.part and hasattr(part, "element"):
            yield part.element


def is_marked_up(document: "Document") -> bool:
    """Has it tracked changes or comments, which would go out with it?"""
    return any(next(story.iter(*map(w, _MARKED_UP)), None) is not None for story in stories(document))


def styles(document: "Document") -> Mapping[str, Any]:
    """The elements of its styles by their number."""
    return {one.style_id: one.element for one in document.styles}


def put_table(paragraph: Any, table: Table) -> None:
    """Puts a table in place of a paragraph, with a little room above and below."""
    from docx.oxml import parse_xml

    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{_ROOM}" w:lineRule="exact"/>'
    room = f'<w:p xmlns:w="{NAMESPACE}"><w:pPr>{spacing}</w:pPr></w:p>'
    for xml in (room, _table(table), room):
        paragraph.addprevious(parse_xml(xml))
    paragraph.getparent().remove(paragraph)


def _table(table: Table) -> str:
    whole = sum(table.wide)
    widths = [max(_LEAST, round(_WIDE * one / whole)) for one in table.wide]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    head = _row(table.headings, widths, HEAD_FONT, frozenset(), "<w:tblHeader/>")
    rows = "".join(_row(row, widths, BODY_FONT, table.left, "") for row in table.rows)
    return (
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _row(texts: Sequence[str], widths: Sequence[int], font: str, left: frozenset[int], more: str) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:left="0" w:firstLine="0"/><w:jc w:val="{"left" if i in left else "center"}"/></w:pPr>'
        f"{_run(text, font)}</w:p></w:tc>"
        for i, (text, wide) in enumerate(zip(texts, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{cells}</w:tr>"


def _run(text: str, font: str) -> str:
    fonts = f'w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{font}" w:cs="{_LATIN}"'
    size = f'<w:sz w:val="{_IN_TABLE * 2:.0f}"/><w:szCs w:val="{_IN_TABLE * 2:.0f}"/>'
    told = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))
    return f"<w:r><w:rPr><w:rFonts {fonts}/>{size}</w:rPr>{told}</w:r>"
