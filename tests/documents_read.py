"""Documents as a reader has them: the text of a .docx by paragraph, tables with bars; and edited templates."""

import io
from typing import Any

import docx
from docx.oxml.ns import qn


def lines_of(content: bytes) -> list[str]:
    """Paragraphs and rows of tables in their order; rows joined by bars, empty paragraphs left out."""
    found = []
    for child in docx.Document(io.BytesIO(content)).element.body:
        if child.tag == qn("w:tbl"):
            found += ["|".join(_text(cell) for cell in row.iter(qn("w:tc"))) for row in child.iter(qn("w:tr"))]
        elif child.tag == qn("w:p") and (text := _text(child)):
            found.append(text)
    return found


def _text(element: Any) -> str:
    return "".join("\n" if one.tag == qn("w:br") else one.text or "" for one in element.iter(qn("w:t"), qn("w:br")))


def a_document(*paragraphs: str | tuple[str, ...]) -> bytes:
    """A .docx of these paragraphs; one of several texts has a run for each, as Word tears them apart."""
    document = docx.Document()
    for one in paragraphs:
        paragraph = document.add_paragraph()
        for text in (one,) if isinstance(one, str) else one:
            paragraph.add_run(text)
    return saved(document)


def saved(document: Any) -> bytes:
    """A document as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
