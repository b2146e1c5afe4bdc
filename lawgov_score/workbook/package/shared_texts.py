"""The shared texts of a workbook: made plain for the library if they have runs, and the doubtful ones named.

The library strips the blanks of each run (`12⏎` and `34` become 1234), drops CDATA, and does not say which characters
are struck through or raised. So a store with any of these is rewritten with one plain text per entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lawgov_score.workbook.package.part_xml import Texts, a_parser, local, parse

_RUNS = (b"<r>", b"<r ", b":r>", b":r ", b"<!", b"<?", b"<rPh", b":rPh")
_HEAD = b"<?xml"


@dataclass(frozen=True, slots=True)
class Store:
    """The rewritten store, and the numbers of texts that no number can be read from, each with the reason."""

    part: bytes
    struck: frozenset[int] = frozenset()
    odd: frozenset[int] = frozenset()


NO_STORE = Store(b"")


def plain_store(part: bytes) -> Store:
    """The store with a plain text for each entry. Raises ``PartError`` if it is not XML."""
    begin = part.find(b"?>", 0, 200) + 2 if part.startswith((_HEAD, b"\xef\xbb\xbf" + _HEAD)) else 0
    is_rich = any(part.find(mark, begin) >= 0 for mark in _RUNS) or part.count(b"<t") > part.count(b"<si")
    return _rewritten(part) if is_rich else Store(part)


def _rewritten(part: bytes) -> Store:
    reader = _StoreReader()
    parser = a_parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.inside
    parse(parser, part)
    made = "".join(f'<si><t xml:space="preserve">{escape(one.text)}</t></si>' for one in reader.entries)
    whole = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{made}</sst>'
    struck = frozenset(n for n, one in enumerate(reader.entries) if one.is_struck)
    odd = frozenset(n for n, one in enumerate(reader.entries) if one.is_odd)
    return Store(whole.encode("utf-8", "surrogatepass"), struck, odd)


class _StoreReader:
    def __init__(self) -> None:
        self.entries: list[Texts] = []
        self._within = 0  # depth within an entry

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = local(name)
        if self._within:
            self._within += 1
            self.entries[-1].start(tag, dict(attributes))
        elif tag == "si":
            self._within = 1
            self.entries.append(Texts())

    def inside(self, text: str) -> None:
        if self._within:
            self.entries[-1].inside(text)

    def end(self, name: str) -> None:
        if self._within > 1:
            self.entries[-1].end(local(name))
        self._within = max(self._within - 1, 0)
