"""How large a document may be: asked of the bytes of its parts, before any library builds something of them."""

from lawgov_score.wording import Text, Words
from lawgov_score.workbook.package.archive import directory, inflate

MOST_BYTES = 16 << 20  # of the file
MOST_XML = 2 << 20  # of a part that is parsed; a template of twenty pages has a tenth of it
_MOST_PARTS = 500
_MOST_INFLATED = 32 << 20  # of all parts: pictures, too
_MOST_XML = 8 << 20
_MOST_MARKS = 150_000  # "<" in all parts: each may become an element
_OTHER_LETTERS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"\x4c\x6f\xa7\x94")  # UTF-16 and EBCDIC would evade the scan

_BROKEN = Words("压缩包不完整或校验不符", "the zip inside is incomplete or does not match its checksum")
_NO_DOCUMENT = Words("打不开", "it cannot be opened")
_MACROS = Words("带有宏", "it has macros")
_TOO_LARGE = Words("文件有 {size} MB，超过 {most} MB", "{size} MB, more than {most}")
_PARTS = Words("有 {found} 个部件，超过 {most} 个", "{found} parts, more than {most}")
_INFLATED = Words("展开后有 {found} MB，超过 {most} MB", "{found} MB once inflated, more than {most}")
_XML = Words("{part} 展开后有 {found} MB，超过 {most} MB", "{part} has {found} MB once inflated, more than {most}")
_MARKS = Words("有 {found} 个标记，超过 {most} 个", "{found} tags, more than {most}")
_DTD = Words("{part} 有文档类型定义（DTD）", "{part} has a document type definition (DTD)")
_ENCODED = Words("{part} 不是 UTF-8 编码", "{part} is not in UTF-8")


def too_large(size: int) -> Text:
    """What is said of a file of more than ``MOST_BYTES``."""
    return _TOO_LARGE(size=_megabytes(size), most=MOST_BYTES >> 20)


def fault_of(content: bytes) -> Text | None:
    """Why a document is not opened; None: it is no larger than a template may be, and has no macros."""
    if len(content) > MOST_BYTES:
        return too_large(len(content))
    entries = directory(content)
    if entries is None:
        return _NO_DOCUMENT
    if len(entries) > _MOST_PARTS:
        return _PARTS(found=len(entries), most=_MOST_PARTS)
    if any("vbaproject" in one.filename.lower() for one in entries):
        return _MACROS
    if (inflated := sum(one.file_size for one in entries)) > _MOST_INFLATED:
        return _INFLATED(found=_megabytes(inflated), most=_MOST_INFLATED >> 20)
    xml = marks = 0
    for one in entries:
        part = inflate(content, one)
        if part is None:
            return _BROKEN
        if part.startswith(_OTHER_LETTERS) or (b"\x00" in part[:4] and b"<" in part[:4]):
            return _ENCODED(part=one.filename)
        if not part.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            continue  # a picture: no library makes elements of it
        if len(part) > MOST_XML:
            return _XML(part=one.filename, found=_megabytes(len(part)), most=MOST_XML >> 20)
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            return _DTD(part=one.filename)
        xml, marks = xml + len(part), marks + part.count(b"<")
    if xml > _MOST_XML:
        return _INFLATED(found=_megabytes(xml), most=_MOST_XML >> 20)
    return _MARKS(found=marks, most=_MOST_MARKS) if marks > _MOST_MARKS else None


def _megabytes(size: int) -> int:
    return -(-size >> 20)
