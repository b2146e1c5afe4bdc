"""The page of a document: its text, escaped; tables; nothing that a name could do anything with."""

import docx
import pytest
from documents_read import a_document, saved
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml

from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.templates import template_bytes
from lawgov_score.documents.web import has_more_than_text, page
from lawgov_score.documents.word import Table, body, opened, put_table
from lawgov_score.wording import Language

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _main(content: bytes) -> str:
    text = page(opened(content), "<题>", Language.ZH).decode()
    assert "<title>&lt;题&gt;</title>" in text
    assert "<script" not in text
    return text.partition("<main>\n")[2].partition("\n</main>")[0]


def test_markup_in_a_text_is_text() -> None:
    assert _main(a_document("<script>alert(1)</script>&'\"")) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#x27;&quot;</p>"
    )


def test_paragraphs_are_what_they_are_in_the_document() -> None:
    document = docx.Document()
    document.add_paragraph("题", style="Title")
    document.add_heading("一、", 1)
    document.add_paragraph("中").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("右").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("")
    document.add_paragraph("甲\n乙")
    assert _main(saved(document)).split("\n") == [
        "<h1>题</h1>",
        "<h2>一、</h2>",
        '<p class="centred">中</p>',
        '<p class="right">右</p>',
        "<p>甲<br>乙</p>",
    ]


def test_a_table_has_its_headings_and_an_edited_one_its_joined_cells() -> None:
    document = opened(a_document("{排名表}"))
    put_table(body(document)[0], Table(("单位", "得分"), (("<i>", "1"),), (3, 1), frozenset({0})))
    assert _main(saved(document)) == (
        '<div class="scroll"><table>\n<tr><th>单位</th><th>得分</th></tr>\n'
        '<tr><td class="left">&lt;i&gt;</td><td>1</td></tr>\n</table></div>'
    )
    own = docx.Document()
    table = own.add_table(1, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合"
    assert '<td colspan="2">合</td>' in _main(saved(own))


@pytest.mark.parametrize(
    "xml",
    [
        f'<w:p {W}><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>',
        f"<w:p {W}><w:r><w:drawing/></w:r></w:p>",
        f"<w:p {W}><w:r><w:pict/></w:r></w:p>",
    ],
)
def test_what_it_cannot_show_is_known(xml: str) -> None:
    document = opened(template_bytes(Kind.NOTICE, Language.ZH))
    assert not has_more_than_text(document)
    body(document).insert(0, parse_xml(xml))
    assert has_more_than_text(document)
