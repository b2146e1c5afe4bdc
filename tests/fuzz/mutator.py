"""How an input is changed: not byte by byte alone, but as what it is, so that the change gets past the first look.

A workbook is changed part by part and put together again with right sizes and checksums; XML tag by tag, with the
values that have bitten before. ``raw`` is the fuzzer's own way with bytes, used for a share of all changes.
"""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress

from lawgov_score.workbook.package.archive import stored

_JSON = re.compile(rb'"(?:[^"\\\\]|\\\\.)*"|[-+.0-9eE]+|[a-zA-Z]+|.', re.DOTALL)
_JSON_VALUES = (
    b"null", b"true", b"0", b"-1", b"1e999", b"NaN", b"1.5", b"99999999999999999999999", b'""', b'"a"', b'"cell"',
    b'"text"', b'"node"', b"[]", b"{}", b"[[]]", b'{"":[]}', b'["cell",null,"a","b"]', b'{"list":[1]}', b'"S106"',
    b'{"words":["a","b"]}', b'{"phrase":[1,2],"values":{}}', b'{"quantity":["a",1]}', b'"\\ud800"', b",", b":", b"",
)  # fmt: skip
Raw = Callable[[bytes, int], bytes]

_TOKEN = re.compile(rb"<[^>]*>|[^<]+|<")
_VALUE = re.compile(rb"""(=\s*)(?:"[^"]*"|'[^']*')""")
_VALUES = (
    b"", b"0", b"-1", b"1", b"00", b"1.5", b"1e308", b"1e999", b"nan", b"inf", b"-0", b"65536", b"1048576", b"1048577",
    b"4294967295", b"4294967296", b"99999999999999999999", b"s", b"e", b"b", b"n", b"d", b"str", b"inlineStr",
    b"shared", b"array", b"A1", b"a1", b"A0", b"$A$1", b"XFD1048576", b"AAAA1", b"A99999999999", b"1A", b"A1:B2",
    b"A1:XFD1048576", b"B2", b"C1", "填报".encode(), b"1,234", "９５％".encode(), b"95%", b"2024-03-31", b"45381",
    b"2958466", b"-1e10", b"0.1", b"TRUE", b"#N/A", b"#REF!", b"_x000D_", b"_x0000_", b"_xD83D_", b"&#65;", b"&#0;",
    b"&#x110000;", b"&amp;", b"&lt;", b"&nope;", b"\xff", b"\xed\xa0\x80", b"\x00", b"r1", b"worksheets/sheet1.xml",
    b"/xl/worksheets/sheet1.xml", b"../xl/worksheets/sheet1.xml", b"..\\a", b"externalLinks/1.xml", b"hidden",
    b"veryHidden", b"164", b"14", b"46", b"preserve", b"1.n", b"unit", "不适用".encode(), "单位编码".encode(),
)  # fmt: skip
_ELEMENTS = (
    b"<c/>", b"<c><v>1</v></c>", b'<c t="e"><v>#N/A</v></c>', b"<c><f>1</f></c>", b'<c><f t="shared" si="0"/></c>',
    b"<v/>", b"<v>1</v>", b"<f/>", b"<f>A1</f>", b"<row/>", b"<row><c><v>1</v></c></row>", b"<is><t>a</t></is>",
    b"<t>a</t>", b"<r><t>a</t></r>", b"<si><t>a</t></si>", b"<rPh><t>a</t></rPh>", b"<phoneticPr/>", b"<sheetData/>",
    b"<!-- -->", b"<!--<c r='Z9'>-->", b"<![CDATA[1]]>", b"<?a?>", b"<x:c><x:v>1</x:v></x:c>", b"<xf/>",
    b"<mergeCell/>", b'<dimension ref="A1"/>', b'<numFmt numFmtId="164"/>', b'<col min="1" max="2"/>', b"<cfRule/>",
    b'<row r="9"><c r="C9" t="d"><v>2024-03-31</v></c></row>', b"<a><c><v>1</v></c></a>", b"<worksheet/>",
)  # fmt: skip
_HALVES = (
    b"<c>", b"</c>", b"<v>", b"</v>", b"<row>", b"</row>", b"<sheetData>", b"</sheetData>", b"<!--", b"-->",
    b"<![CDATA[", b"]]>", b"<!DOCTYPE a>", b'<?xml version="1.0" encoding="utf-16"?>', b"</worksheet>", b"<x:c>",
)  # fmt: skip


def changed_xml(data: bytes, chance: random.Random, raw: Raw, others: Sequence[bytes] = ()) -> bytes:
    """XML with one to four changes, most of which leave it well-formed."""
    if not data or chance.random() < 0.03:
        return raw(data, len(data) + 64)
    tokens = _TOKEN.findall(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not tokens:
            break
        at = chance.randrange(len(tokens))
        token = tokens[at]
        match chance.randrange(12):
            case 0 | 1 | 2 | 3 if b"=" in token:
                tokens[at] = _with_value(token, chance)
            case 0 | 1 | 2 | 3 | 4 if not token.startswith(b"<"):
                tokens[at] = chance.choice(_VALUES)
            case 4 | 5 if token.startswith(b"<") and not token.startswith((b"</", b"<?", b"<!")):
                name = chance.choice((b" r=", b" t=", b" s=", b" count=", b" si=", b" r:id=", b" xml:space="))
                cut = -2 if token.endswith(b"/>") else -1
                tokens[at] = token[:cut] + name + b'"' + chance.choice(_VALUES) + b'"' + token[cut:]
            case 6:
                tokens[at:at] = [chance.choice(_ELEMENTS)]
            case 7:
                del tokens[at : _end(tokens, at)]
            case 8:
                to = chance.randrange(len(tokens) + 1)
                tokens[to:to] = tokens[at : _end(tokens, at)]
            case 9 if others:
                source = _TOKEN.findall(chance.choice(others)) or [b""]
                begin = chance.randrange(len(source))
                tokens[at:at] = source[begin : _end(source, begin)]
            case 10 if chance.random() < 0.3:
                tokens[at] = raw(token, len(token) + 16)
            case 11 if chance.random() < 0.3:
                tokens[at:at] = [chance.choice(_HALVES)]
    return b"".join(tokens)


def _with_value(token: bytes, chance: random.Random) -> bytes:
    """A tag with another value in one of its attributes, or without that attribute."""
    places = list(_VALUE.finditer(token))
    if not places:
        return token
    found = chance.choice(places)
    if chance.random() < 0.2:
        return token[: found.start()].rpartition(b" ")[0] + token[found.end() :]
    quote = chance.choice((b'"', b'"', b'"', b"'"))
    return token[: found.start()] + found[1] + quote + chance.choice(_VALUES) + quote + token[found.end() :]


def _end(tokens: Sequence[bytes], at: int) -> int:
    """Behind the element that begins at ``at``: a change of whole elements leaves the rest well-formed."""
    depth = 0
    for i in range(at, len(tokens)):
        token = tokens[i]
        if token.startswith(b"</"):
            depth -= 1
        elif token.startswith(b"<") and not token.endswith(b"/>") and not token.startswith((b"<?", b"<!")):
            depth += 1
        if depth <= 0:
            return i + (depth == 0)
    return len(tokens)


def changed_book(data: bytes, chance: random.Random, raw: Raw) -> bytes:
    """A workbook with a part changed, lost, renamed or put in another's place; put together again so that it opens."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = {name: book.read(name) for name in book.namelist()}
    except Exception:
        parts = {}
    if not parts or chance.random() < 0.02:
        return raw(data, len(data) + 64)
    names = list(parts)
    name, other = chance.choice(names), chance.choice(names)
    match chance.randrange(20):
        case 0:
            del parts[name]
        case 1:
            parts[name] = parts[other]
        case 2:
            parts[name], parts[other] = parts[other], parts[name]
        case 3:
            called = chance.choice((b"xl/sharedStrings.xml", b"xl/styles.xml", b"xl/comments1.xml", b"a/workbook.xml"))
            parts = {called.decode() if one == name else one: part for one, part in parts.items()}
        case 4:
            parts[other.upper()] = parts[name]
        case _:
            sheets = [one for one in names if "sheet" in one or "haredStrings" in one or "styles" in one]
            name = chance.choice(sheets) if sheets and chance.random() < 0.7 else name
            parts[name] = changed_xml(parts[name], chance, raw, list(parts.values()))
    return stored(parts)


def changed_reading(data: bytes, chance: random.Random, raw: Raw) -> bytes:
    """A packed reading with a value in its JSON changed to one of another kind; its length said right again."""
    if chance.random() < 0.1:
        return raw(data, len(data) + 64)
    try:
        size, _, rest = data.partition(b"\n")
        head, answers = rest[: int(size)], rest[int(size) :]
    except ValueError:  # answers alone, compressed
        with suppress(zlib.error):
            return zlib.compress(_other_json(zlib.decompress(data), chance, raw), 1)
        return raw(data, len(data) + 64)
    head = _other_json(head, chance, raw)
    return b"%d\n" % len(head) + head + answers


def _other_json(text: bytes, chance: random.Random, raw: Raw) -> bytes:
    tokens = _JSON.findall(text)
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(tokens)) if tokens else 0
        tokens[at : at + 1] = [raw(tokens[at], 40) if tokens and chance.random() < 0.1 else chance.choice(_JSON_VALUES)]
    return b"".join(tokens)


def changed(target: str, data: bytes, seed: int, raw: Raw) -> bytes:
    """``data`` changed as ``target`` takes it."""
    chance = random.Random(seed)
    match target:
        case "sheet":
            return changed_xml(data, chance, raw)
        case "book" | "marked" | "circulated":
            return changed_book(data, chance, raw)
        case "packed":
            return changed_reading(data, chance, raw)
        case _:
            return raw(data, len(data) + 64)
