"""The same document as a page of HTML: paragraphs and tables as they stand in the filled document, in one file.

It has no script, nothing from elsewhere, and nothing of the document but its text, so that no name can do anything.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from lawgov_score.documents.word import body, styles, w
from lawgov_score.wording import Language

_STYLE = """
body { margin: 0; background: #fff; color: #000; }
main { max-width: 46em; margin: 0 auto; padding: 2.5em 1.2em; line-height: 1.9;
  font-family: "FangSong", "仿宋", "Songti SC", "Noto Serif CJK SC", serif; font-size: 1.1rem; }
h1 { font-size: 1.6rem; line-height: 1.5; text-align: center; font-weight: normal; margin: 0 0 .4em;
  font-family: "方正小标宋简体", "STZhongsong", "SimSun", "Songti SC", "Noto Serif CJK SC", serif; }
h2 { font-size: 1.1rem; margin: .4em 0 0; text-indent: 2em; font-weight: normal;
  font-family: "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; }
p { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
p.indented { text-indent: 2em; }
p.centred { text-align: center; }
p.right { text-align: right; padding-right: 4em; }
p.space { margin-top: 2em; }
.scroll { overflow-x: auto; margin: .8em 0; }
table { border-collapse: collapse; width: 100%; line-height: 1.5; }
th, td { border: 1px solid #000; padding: .3em .6em; text-align: center; overflow-wrap: break-word; }
th { font-weight: normal; font-family: "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; }
td.left { text-align: left; }
@media (max-width: 30em) { main { padding: 1.2em .8em; } p.right { padding-right: 1em; }
  th, td { padding: .2em .3em; font-size: .95rem; } }
@media print { main { max-width: none; padding: 0; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
"""
_HEADING = re.compile(r"heading ([1-9])$")
_NO_TEXT = ("drawing", "pict", "object")


def page(document: Any, title: str, lang: Language) -> bytes:
    """The page of a filled document."""
    looks = styles(document)
    written = "\n".join(_blocks(body(document), looks))
    code = "zh-CN" if lang is Language.ZH else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{written}\n</main>\n</body>\n</html>\n"
    ).encode()


def has_more_than_text(document: Any) -> bool:
    """Has it anything that the page cannot show: numbers that Word makes, pictures, text boxes?"""
    looks = styles(document)
    whole = body(document)
    if next(whole.iter(*map(w, (*_NO_TEXT, "txbxContent", "footnoteReference"))), None) is not None:
        return True
    return any(_is_numbered(paragraph, looks) for paragraph in whole.iter(w("p")))


def _blocks(parent: Any, looks: Mapping[str, Any]) -> Iterator[str]:
    for child in parent:
        if child.tag == w("p"):
            yield from _paragraph(child, looks)
        elif child.tag == w("tbl"):
            yield _table(child)
        elif child.tag in {w("sdt"), w("sdtContent"), w("customXml"), w("smartTag")}:
            yield from _blocks(child, looks)


def _paragraph(paragraph: Any, looks: Mapping[str, Any]) -> Iterator[str]:
    text = _text(paragraph)
    if not text.strip():
        return
    name = _style_name(paragraph, looks)
    if name == "title":
        yield f"<h1>{text}</h1>"
        return
    if _HEADING.match(name):
        yield f"<h2>{text}</h2>"
        return
    classes = []
    side = _of(paragraph, looks, "jc", "val")
    if side in {"center", "right", "end"}:
        classes.append("centred" if side == "center" else "right")
    elif _of(paragraph, looks, "ind", "firstLine") not in {"", "0"} or _of(
        paragraph, looks, "ind", "firstLineChars"
    ) not in {"", "0"}:
        classes.append("indented")
    if _of(paragraph, looks, "spacing", "before") not in {"", "0"}:
        classes.append("space")
    yield f'<p class="{" ".join(classes)}">{text}</p>' if classes else f"<p>{text}</p>"


def _table(table: Any) -> str:
    rows = []
    for row in table.iter(w("tr")):
        tag = "th" if next(row.iter(w("tblHeader")), None) is not None else "td"
        cells = []
        for cell in row.iterchildren(w("tc")):
            text = "<br>".join(told for told in map(_text, cell.iter(w("p"))) if told)
            over = next((one.get(w("val")) for one in cell.iter(w("gridSpan"))), "")
            is_left = tag == "td" and any(one.get(w("val")) == "left" for one in cell.iter(w("jc")))
            about = (f' colspan="{int(over)}"' if over.isdigit() else "") + (' class="left"' if is_left else "")
            cells.append(f"<{tag}{about}>{text}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div class="scroll"><table>\n{chr(10).join(rows)}\n</table></div>'


def _text(paragraph: Any) -> str:
    """Its text, escaped; line ends and tabs as they are."""
    told = []
    for piece in paragraph.iter(w("t"), w("br"), w("cr"), w("tab")):
        if piece.tag == w("t"):
            told.append(escape(piece.text or ""))
        elif piece.tag == w("tab"):
            told.append("" if piece.getparent().tag == w("tabs") else "\u2003")
        elif piece.get(w("type")) != "page":
            told.append("<br>")
    return "".join(told)


def _style_name(paragraph: Any, looks: Mapping[str, Any]) -> str:
    style = _style(paragraph, looks)
    name = None if style is None else style.find(w("name"))
    return "" if name is None else str(name.get(w("val"))).lower()


def _style(paragraph: Any, looks: Mapping[str, Any]) -> Any:
    named = next((one for one in paragraph.iterfind(f"{w('pPr')}/{w('pStyle')}")), None)
    return None if named is None else looks.get(named.get(w("val")))


def _of(paragraph: Any, looks: Mapping[str, Any], name: str, attribute: str) -> str:
    """What a paragraph says of itself, or its style says; '' where neither does."""
    for one in (paragraph, _style(paragraph, looks)):
        found = None if one is None else one.find(f"{w('pPr')}/{w(name)}")
        if found is not None and found.get(w(attribute)) is not None:
            return str(found.get(w(attribute)))
    return ""


def _is_numbered(paragraph: Any, looks: Mapping[str, Any]) -> bool:
    for one in (paragraph, _style(paragraph, looks)):
        found = None if one is None else one.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        if found is not None:
            return str(found.get(w("val"))) != "0"
    return False
