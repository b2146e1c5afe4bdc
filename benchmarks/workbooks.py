"""Many different workbooks in little time: a few written, the others copies with another unit's code in them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.model import Tree, Unit
from lawgov_score.workbook.package.archive import directory
from submissions.filled_workbook import write_filled
from submissions.sample_answers import made_up

DISTINCT = 24
_SMALL = 20_000  # bytes: the parts that name the unit are below, the sheet of 144 questions is above


@dataclass(frozen=True, slots=True)
class Pattern:
    """A workbook whose small parts are not packed, so that text in them can be exchanged where it stands."""

    code: bytes
    data: bytes
    entries: Sequence[zipfile.ZipInfo]

    def copy(self, code: bytes) -> bytes:
        """The same workbook from another unit, whose code is as long; checksums made good."""
        data = bytearray(self.data.replace(self.code, code))
        listed = self.data.index(b"PK\x01\x02", self.entries[-1].header_offset)
        for entry in self.entries:
            name, extra = struct.unpack_from("<2H", data, entry.header_offset + 26)
            begin = entry.header_offset + 30 + name + extra
            if entry.compress_type == zipfile.ZIP_STORED:
                check = struct.pack("<I", zlib.crc32(data[begin : begin + entry.file_size]))
                data[entry.header_offset + 14 : entry.header_offset + 18] = check
                data[listed + 16 : listed + 20] = check
            name, extra, comment = struct.unpack_from("<3H", data, listed + 28)
            listed += 46 + name + extra + comment
        return bytes(data)


def many(tree: Tree, folder: Path, size: int, distinct: int = DISTINCT) -> None:
    """``size`` workbooks of as many units of ``tree`` in ``folder``; so many ``distinct`` ones, then copies."""
    patterns = [_pattern(tree, folder, i) for i in range(min(distinct, size))]
    for i in range(size):
        code = _code(i)
        (folder / f"{code}.xlsx").write_bytes(patterns[i % len(patterns)].copy(code.encode()))


def _pattern(tree: Tree, folder: Path, i: int) -> Pattern:
    cohort = tree.cohorts[i % len(tree.cohorts)]
    unit = Unit(_code(i), f"第{i}单位", cohort.unit_types[0], cohort.code)
    path = folder / f"{unit.code}.xlsx"
    write_filled(tree, unit, made_up(tree, unit, i).entries, path)
    anew = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(anew, "w") as new:
        for entry in old.infolist():
            is_small = entry.file_size < _SMALL
            new.writestr(entry, old.read(entry), zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED)
    entries = directory(anew.getvalue())
    assert entries is not None
    return Pattern(unit.code.encode(), anew.getvalue(), entries)


def _code(i: int) -> str:
    return f"U{i:06}"
