"""Files that are no workbook, or that would harm whoever opens them: refused, each with what it is."""

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Iterator
from functools import partial

from corpus.messy import FILE
from corpus.round import Case, Make, clean, edited, fill_part, parts_of, patched, raw, sheet_patched, zipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
_FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def hostile() -> Iterator[Case]:
    """Every case of a file that is refused as a whole, and why."""
    for name, data, code in _KINDS:
        yield Case(name, {FILE: raw(data)}, ((code, ""),), reads=False)
    for name, make, code in (*_archives(), *_parts()):
        yield Case(name, {FILE: make}, ((code, ""),), reads=False)
    for name, row in _FAR_OUT:
        make = sheet_patched(partial(_end_with, row), edited(lambda *_: None))
        yield Case(name, {FILE: make}, (("S107", "XFD1048576"),), reads=False)
    for suffix, data, code in ((".xls", _OLE, "S105"), (".ods", zipped({"content.xml": b"<a/>"}), "S103")):
        yield Case(f"a {suffix} file", {f"U-01{suffix}": raw(data)}, ((code, ""),), reads=False)


Made = tuple[str, Make, str]

_KINDS: tuple[tuple[str, bytes, str], ...] = (
    ("an empty file", b"", "S103"),
    ("a PDF", b"%PDF-1.7\n%...", "S103"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "S103"),
    ("a web page", b"<html><head></head><table><tr><td>1</td></tr></table></html>", "S103"),
    ("a table called .xlsx", b"unit,01-3.share\nU-01,0.9\n", "S103"),
    ("an XML spreadsheet of 2003", b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "S103"),
    ("an old .xls called .xlsx", _OLE, "S105"),
    ("behind a password", _OLE + "EncryptedPackage".encode("utf-16-le"), "S104"),
    ("a Word document", zipped({"word/document.xml": b"<document/>"}), "S103"),
    ("a binary workbook", zipped({"xl/workbook.bin": b"\x83\x01\0"}), "S103"),
    ("a zip of workbooks", zipped({"1.xlsx": b"PK", "2.xlsx": b"PK"}), "S103"),
)


def _wrong_checksum() -> bytes:
    data = bytearray(clean())
    at = data.index(b"PK\x01\x02")
    data[at + 16] ^= 0xFF
    return bytes(data)


def _locked() -> bytes:
    """Flagged as encrypted, entry by entry."""
    data = bytearray(clean())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


def _lies_about_its_size() -> bytes:
    """The directory says that the first part is small; it is not."""
    data = bytearray(zipped({"xl/workbook.xml": b"<workbook/>" + b" " * 5_000_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def _twice() -> bytes:
    data = io.BytesIO(clean())
    with zipfile.ZipFile(data, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of just this
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return data.getvalue()


def _ratio() -> bytes:
    return zipped({**parts_of(clean()), "xl/media/a.xml": b"\0" * (64 << 20)})


def _size() -> bytes:
    """288 MB that no rate of compression gives away: the same 20 kB over and over, as far as a zip looks back."""
    part = random.Random(1).randbytes(20_000) * 1_600
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n in range(9):
            archive.writestr(f"xl/{n}.xml", part)
    return data.getvalue()


def _archives() -> Iterator[Made]:
    yield "half a file", lambda: clean()[: len(clean()) // 2], "S106"
    yield "a wrong checksum", _wrong_checksum, "S106"
    yield "entries locked with a password", _locked, "S104"
    yield "an entry that inflates beyond what it declares", _lies_about_its_size, "S106"
    yield "a bomb by ratio", _ratio, "S107"
    yield "a bomb by size", _size, "S107"
    yield "three thousand parts", patched(lambda p: p.update({f"xl/x{i}.xml": b"" for i in range(3_000)})), "S107"
    yield "one part twice", _twice, "S107"
    yield "no list of sheets", patched(lambda p: p.pop("xl/_rels/workbook.xml.rels")), "S107"


def _entities(parts: dict[str, bytes]) -> None:
    name = fill_part(parts)
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    parts[name] = parts[name].replace(b"<worksheet", bomb + b"<worksheet", 1)


def _external_entity(parts: dict[str, bytes]) -> None:
    parts["xl/styles.xml"] = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'


def _promise(parts: dict[str, bytes]) -> None:
    parts["xl/sharedStrings.xml"] = b'<sst uniqueCount="4294967295"><si><t>a</t></si></sst>'


def _utf_16(parts: dict[str, bytes]) -> None:
    name = fill_part(parts)
    parts[name] = parts[name].decode().encode("utf-16")


def _same_part(parts: dict[str, bytes]) -> None:
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"sheet2.xml", b"sheet1.xml")


def _parts() -> Iterator[Made]:
    yield "entities that multiply", patched(_entities), "S107"
    yield "an entity from elsewhere", patched(_external_entity), "S107"
    yield "a promise of four thousand million texts", patched(_promise), "S107"
    yield "a sheet in UTF-16", patched(_utf_16), "S106"
    yield "a sheet cut in two", sheet_patched(lambda xml: xml[: xml.index(b"</sheetData>") // 2]), "S106"
    yield "two sheets from one part", patched(_same_part), "S107"


_FAR_OUT: tuple[tuple[str, bytes], ...] = (
    ("a value at the far corner", _FAR),
    ("the same with a line break in its tag", _FAR.replace(b"<c r", b"<c\n r")),
    ("the same with a letter as a number", _FAR.replace(b"XFD", b"&#88;FD")),
    ("a text at the far corner", _FAR.replace(b"><v>1</v>", b' t="inlineStr"><is><t>x</t></is>')),
)


def _end_with(row: bytes, xml: bytes) -> bytes:
    return xml.replace(b"</sheetData>", row)
