"""The zip archive of a workbook: its parts are inflated under a limit, then repacked for the library that reads them.

The archive's directory may be false. So each part is inflated to at most one byte more than it declares, and the
library gets an archive of our own making with exactly the bytes that were checked: oddities of the original (two
entries of one name, a size that differs between directory and entry) never reach it.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL, _STORED, _DEFLATED = 30, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_LARGE, _PIECE = 4 << 20, 1 << 16  # bytes
_ENTRY = struct.Struct("<4s5H3I2H")
_LISTED = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_IS_END, _AT_64, _LONGEST_REMARK = b"PK\x05\x06", 20, 1 << 16
_MOST_DIRECTORY = 2 << 20  # bytes: of two thousand parts with long names
_VERSION, _UTF8, _DAY = 20, 0x800, 0x21  # 1 January 1980: the library ignores the date

# The library raises various exceptions for a damaged directory.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


def directory(data: bytes) -> list[zipfile.ZipInfo] | None:
    """The entries of an archive, without folders; None if its directory is damaged, or larger than any of ours."""
    if _size_of_directory(data) > _MOST_DIRECTORY:  # each entry becomes an object ten times its size
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Not `is_dir()`, which raises if a damaged directory gives an entry no name.
            return [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    except _DAMAGE:
        return None


def _size_of_directory(data: bytes) -> int:
    """Bytes of an archive's directory, at the end where the library looks for it; 0 if there is none."""
    at = len(data) - _END.size
    if at < 0 or data[at : at + 4] != _IS_END:
        at = data.rfind(_IS_END, max(at - _LONGEST_REMARK, 0))
    if at < 0 or at + _END.size > len(data):
        return 0
    if data[max(at - _AT_64, 0) : at].startswith(b"PK\x06\x07"):  # a larger record before it gives the size
        before = data[max(at - _AT_64 - _END_64.size, 0) : at - _AT_64]
        return int(_END_64.unpack(before)[8]) if before.startswith(b"PK\x06\x06") else len(data)
    return int(_END.unpack_from(data, at)[5])


def inflate(data: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    """One part; None if it contradicts the directory: size, checksum, way of packing."""
    at = entry.header_offset  # negative if the directory gives a false offset
    if at < 0 or data[at : at + 4] != b"PK\x03\x04" or at + _LOCAL > len(data):
        return None
    name, extra = struct.unpack_from("<2H", data, at + 26)
    begin = at + _LOCAL + name + extra
    packed = memoryview(data)[begin : begin + entry.compress_size]
    if len(packed) < entry.compress_size or entry.compress_type not in {_STORED, _DEFLATED}:
        return None
    part = bytes(packed)
    if entry.compress_type == _DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            if entry.file_size < _LARGE:
                part = stream.decompress(packed, entry.file_size + 1)
            else:
                part = _by_pieces(stream, packed, entry.file_size + 1)
        except zlib.error:
            return None
        if not stream.eof:
            return None
    return part if len(part) == entry.file_size and zlib.crc32(part) == entry.CRC else None


def _by_pieces(stream: "zlib._Decompress", packed: memoryview, most: int) -> bytes:
    """The same for a large part, piece by piece: at once it would be in memory twice."""
    out = io.BytesIO()
    for at in range(0, len(packed), _PIECE):
        rest: bytes | memoryview = packed[at : at + _PIECE]
        while len(rest) and out.tell() < most and not stream.eof:
            out.write(stream.decompress(rest, most - out.tell()))
            rest = stream.unconsumed_tail
    return out.getvalue()


def stored(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts, uncompressed: fast to make, and fast to read."""
    body: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for name, part in parts.items():
        called, check, size = name.encode("utf-8", "surrogatepass"), zlib.crc32(part), len(part)
        about = (_VERSION, _UTF8, _STORED, 0, _DAY, check, size, size, len(called), 0)
        body += (_ENTRY.pack(b"PK\x03\x04", *about), called, part)
        listed += (_LISTED.pack(b"PK\x01\x02", _VERSION, *about, 0, 0, 0, 0, at), called)
        at += _ENTRY.size + len(called) + size
    contents = b"".join(listed)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(contents), at, 0)
    return b"".join((*body, contents, end))
