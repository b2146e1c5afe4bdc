"""Tells what a file really is (PDF, old .xls, HTML, a workbook, a tree…), by its content, for the error message."""

import re
import zipfile
from collections.abc import Collection
from io import BytesIO

from lawgov_score.wording import Words

_EMPTY = Words("空文件", "an empty file")
_TEXT = Words("文字表格（CSV），扩展名应为 .csv", "a table of text (CSV), which should be called .csv")
_UTF_16 = Words("UTF-16 文字（Excel 的“Unicode 文本”）", "UTF-16 text (Excel's “Unicode text”)")
_OTHER = Words("文件开头不是工作簿的标志", "the file does not begin as a workbook does")
_BEGINNINGS: tuple[tuple[bytes, Words], ...] = (
    (b"%PDF", Words("PDF 文件", "a PDF")),
    (b"{\\rtf", Words("RTF 文档", "an RTF document")),
    (b"Rar!", Words("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf'\x1c", Words("7z 压缩包", "a 7z archive")),
    (b"\x1f\x8b", Words("gzip 压缩包", "a gzip archive")),
    (b"\xff\xd8\xff", Words("图片（JPEG）", "a picture (JPEG)")),
    (b"\x89PNG", Words("图片（PNG）", "a picture (PNG)")),
    (b"GIF8", Words("图片（GIF）", "a picture (GIF)")),
    (b"\x09\x08", Words("更早版本（Excel 95 及以前）的 .xls 工作簿", "a .xls workbook of Excel 95 or before")),
    (b"\xff\xfe", _UTF_16),
    (b"\xfe\xff", _UTF_16),
)
_MOST_OF_TEXT = 65_536  # bytes of a text that are looked at for keys
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|head|meta)\b", re.IGNORECASE)
_SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_WEB_PAGE = Words("网页（HTML），只是扩展名改成了 .xlsx", "a web page (HTML) that is only called .xlsx")
_XML_2003 = Words("XML 表格 2003", "an XML Spreadsheet 2003")

_ODS = Words("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)")
_XLSB = Words("Excel 二进制工作簿（.xlsb）", "a binary workbook of Excel (.xlsb)")
_IN_A_ZIP: tuple[tuple[str, Words], ...] = (
    ("xl/workbook.bin", _XLSB),
    ("word/", Words("Word 文档", "a Word document")),
    ("ppt/", Words("PowerPoint 文档", "a PowerPoint presentation")),
    ("Index/Document.iwa", Words("Numbers 表格（苹果电脑）", "a spreadsheet of Numbers (Apple)")),
    ("content.xml", _ODS),
)
_A_ZIP = Words("普通压缩包（ZIP），里面没有工作簿本身", "an ordinary zip, not itself a workbook")


_A_TABLE = Words("文字表格（CSV）", "a table of text (CSV)")
_A_WORKBOOK = Words("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)")
_OLD_WORKBOOK = Words(
    "旧格式的 Office 文件（如 .xls、.doc），或加了密码的工作簿", "an old Office file (.xls, .doc), or a locked one"
)
_BROKEN_ZIP = Words("不完整的工作簿或压缩包", "part of a workbook, or of a zip")
_A_TREE = Words(
    "指标体系（YAML 文本），应写在命令中 TREE 的位置", "a tree (YAML), which belongs where the command says TREE"
)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_KEYS_OF_A_TREE = re.compile(rb"^(?:nodes|levels|parts|weights_of):", re.MULTILINE)


def is_workbook(kind: Words | None) -> bool:
    """Is it a kind that people keep schemes and figures in, as tables?"""
    return kind in {_A_WORKBOOK, _OLD_WORKBOOK, _XLSB, _ODS, _A_TABLE}


def kind_of_no_text(data: bytes) -> Words | None:
    """The kind of a file that is no text of our own making; None if it may be one. UTF-16 is text."""
    if data.startswith(_OLE):
        return _OLD_WORKBOOK
    if data.startswith(_ZIP):
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError):
            return _BROKEN_ZIP
        return _A_WORKBOOK if any(name.endswith("workbook.xml") for name in names) else kind_of_zip(names)
    kind = kind_of(data) if data else None
    return None if kind in {_TEXT, _UTF_16, _OTHER, _A_TREE} else kind


def kind_of_table(data: bytes) -> Words | None:
    """A table of text; None if it is no such table."""
    return _A_TABLE if _is_table(data) else None


def kind_of(data: bytes) -> Words:
    """The kind of a file that begins neither as a zip nor as an OLE file."""
    if not data:
        return _EMPTY
    for beginning, words in _BEGINNINGS:
        if data.startswith(beginning):
            return words
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _SPREADSHEET_XML in head:
        return _XML_2003
    if head.startswith(b"<") and _HTML.search(head):
        return _WEB_PAGE
    if _is_table(data):
        return _TEXT
    return _A_TREE if _KEYS_OF_A_TREE.search(data[:_MOST_OF_TEXT].replace(b"\r", b"")) else _OTHER


def kind_of_zip(names: Collection[str]) -> Words:
    """The kind of a zip without a workbook that we read; ``names`` are those of its parts."""
    for beginning, words in _IN_A_ZIP:
        if any(name.startswith(beginning) for name in names):
            return words
    return _A_ZIP


def _is_table(data: bytes) -> bool:
    """Do the first lines look like a table: text with a comma, a semicolon or a tab in each?"""
    cut = data[:4096].rpartition(b"\n")[0] or data[:4096]  # do not cut a character in two
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = [line for line in cut.decode(encoding).splitlines() if line.strip()]
        except UnicodeDecodeError:
            continue
        return bool(lines) and all(any(mark in line for mark in ",;\t") for line in lines) and "\0" not in lines[0]
    return False
