"""Reads YAML text → plain data with the place of every key and value. The only module that knows YAML.

Only values that JSON has are read: numbers, ``true``, ``false``, ``null``, text, lists, mappings. Scalars that YAML
1.1 would convert (``010000``, ``on``, ``12:30:00``) stay text as written, and ``yaml_1_1`` says what they would
become.
"""

import codecs
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.file_types import is_workbook, kind_of_no_text, kind_of_table
from lawgov_score.problems import Problem, ProblemList, TextPlace, display_path
from lawgov_score.tree.document import Document, Spot, Where
from lawgov_score.wording import Phrase, Words

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_OF_A_TREE = re.compile("[:{[]")  # what the first line of a tree holds, and headings of a table do not
_TABBED = re.compile(r"[ \t]*\t[ \t]*(?=\S)")


def not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    """A problem at the first byte that is not UTF-8, with a guess at the actual encoding."""
    before = raw[: error.start].decode("utf-8")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    description = Words("字节 0x{byte}", "the byte 0x{byte}")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        description = Words("字节 0x{byte}（像是 UTF-16 编码）", "the byte 0x{byte} (looks like UTF-16)")
    else:
        try:
            raw.decode("gb18030")
            description = Words("字节 0x{byte}（像是 GBK 编码）", "the byte 0x{byte} (looks like GBK)")
        except UnicodeDecodeError:
            pass  # no guess: only the byte can be reported
    return Problem(Code.T102, TextPlace(path, line, column), {"found": description(byte=f"{raw[error.start]:02X}")})


def refused_characters(lines: tuple[str, ...], path: str) -> list[Problem]:
    """Control characters, and tabs in indentation: one problem for the file, with the other places attached."""
    for number, line in enumerate(lines, 1):
        if control := _CONTROL.search(line):
            character = Words("控制字符 U+{code}", "the control character U+{code}")(code=f"{ord(control[0]):04X}")
            cure = Words("删去该字符", "Remove the character")
            return [
                Problem(Code.T109, TextPlace(path, number, control.start() + 1), {"found": character, "cure": cure})
            ]
    tabs = [
        TextPlace(path, number, line.index("\t") + 1)
        for number, line in enumerate(lines, 1)
        if "\t" in line and _TABBED.match(line)
    ]
    return [Problem(Code.T103, tabs[0], {"lines": len(tabs)}, see_also=tuple(tabs[1:10]))] if tabs else []


_PERCENT_OR_SUCH = Words(
    '以 {first} 开头的文字要加引号，如 "{first}…"', 'Put text that begins with {first} in quotes, as "{first}…"'
)
_ADVICE: tuple[tuple[str, Words], ...] = (
    (
        "mapping values are not allowed",
        Words(
            "一行只能有一个“键: 值”：文字里有英文冒号的要加引号；再看上一行的缩进",
            "One key: value a line: quote text that holds a colon, and check the indentation of the line above",
        ),
    ),
    (
        "could not find expected ':'",
        Words("键后面补上英文冒号和空格，如 points: 2", "Add a colon and a space after the key, as in points: 2"),
    ),
    (
        "while scanning a quoted scalar",
        Words("补上另一半引号", "Close the quotes"),
    ),
    (
        "while parsing a flow sequence",
        Words("补上右方括号 ]，各项之间用英文逗号", "Close the bracket ], and separate entries with commas"),
    ),
    (
        "while parsing a flow mapping",
        Words("补上右花括号 }}，各项之间用英文逗号", "Close the brace }}, and separate entries with commas"),
    ),
    (
        "block sequence entries are not allowed",
        Words("“- ”要另起一行，并对齐同级各项", "Begin “- ” on a line of its own, in line with its siblings"),
    ),
    (
        "did not find expected key",
        Words(
            "同级的键要左对齐；检查本行和上一行的缩进、引号",
            "Align keys of one level; check indentation and quotes here and above",
        ),
    ),
    (
        "did not find expected '-' indicator",
        Words("同级各项的“- ”要左对齐", "Align the “- ” of one list"),
    ),
    (
        "while parsing a block mapping",
        Words("同级的键要左对齐；检查本行和上一行的缩进", "Align keys of one level; check indentation here and above"),
    ),
)
_GENERAL = Words(
    "检查本行和上一行的缩进、冒号、引号和括号", "Check indentation, colons, quotes and brackets here and above"
)


def syntax_hint(problem: str, context: str, line: str, column: int) -> object:
    """Advice on the parser's ``problem`` and ``context`` at ``column`` (from 1) of ``line``."""
    first = line[column - 1 : column]
    if "cannot start any token" in problem and first:
        return _PERCENT_OR_SUCH(first=first)
    for phrase, advice in _ADVICE:
        if phrase in problem or phrase in context:
            return advice
    return _GENERAL


MOST_BYTES = 4 * 1024 * 1024
MOST_DEPTH = 40
MOST_VALUES = 100_000  # in one file: thirty times the largest known tree
ON_DISK: Mapping[Path, bytes] = MappingProxyType({})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where installed, reads 20 times faster
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_WORDS = MappingProxyType({"true": True, "false": False, "null": None, "": None})


def read(path: Path, contents: Mapping[Path, bytes] = ON_DISK) -> tuple[Document, list[Problem]]:
    """Reads one YAML file and reports all problems of its text at once, as far as it can be read.

    ``contents``: what a file would hold, in place of what is on the disk.
    """
    shown = display_path(path)
    try:
        raw = contents[path] if path in contents else read_whole(path, MOST_BYTES)
    except NoFileError as error:
        return Document(shown, None), [unreadable(shown, error.what)]
    except TooLargeError:
        return Document(shown, None), [Problem(Code.T116, TextPlace(shown), _too(_LARGE, MOST_BYTES // 1024**2))]
    except OSError as error:
        return Document(shown, None), [unreadable(shown, reason_of(error))]
    except ValueError:  # a path with a NUL character
        return Document(shown, None), [unreadable(shown, _MISSING)]
    if (kind := kind_of_no_text(raw)) is not None:
        return Document(shown, None), [no_tree(shown, kind)]
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        table = kind_of_table(raw)
        return Document(shown, None), [no_tree(shown, table) if table else not_utf8(shown, raw, error)]
    document, problems = read_text(text, shown)
    is_of_a_tree = isinstance(document.data, (dict, list)) or _OF_A_TREE.search(text.partition("\n")[0])
    table = None if is_of_a_tree else kind_of_table(raw)
    return (document, problems) if table is None else (Document(shown, None), [no_tree(shown, table)])


def read_text(text: str, path: str) -> tuple[Document, list[Problem]]:
    """The same as ``read``, for text already read; ``path`` is used in problems."""
    lines = tuple(text.splitlines())
    if problems := refused_characters(lines, path):
        return Document(path, None, texts={path: lines}), problems
    reader = _Reader(path)
    try:
        data = reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        is_open = "quoted scalar" in str(error.context)  # the parser notices it only at the end of the file
        mark = error.context_mark if is_open else error.problem_mark or error.context_mark
        place = TextPlace(path, mark.line + 1, mark.column + 1) if mark else TextPlace(path)
        quoted = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        hint = syntax_hint(str(error.problem or ""), str(error.context or ""), quoted, place.column)
        begun = error.context_mark  # start of the bracket or list in which the error lies
        others = (TextPlace(path, begun.line + 1, begun.column + 1),) if begun and begun is not mark else ()
        values = {"found": quoted.strip() or _END, "cure": hint}
        reader.problems.append(Problem(Code.T109, place, values, see_also=others))
        data = None
    except yaml.YAMLError as error:
        unplaced = {"found": str(error), "cure": syntax_hint("", "", "", 0)}
        reader.problems.append(Problem(Code.T109, TextPlace(path), unplaced))
        data = None
    return Document(path, data, MappingProxyType(reader.spots), frozenset(reader.gaps), {path: lines}), [
        *reader.problems.told()
    ]


def yaml_1_1(typed: str) -> Phrase | None:
    """What a YAML 1.1 reader would make of the unquoted ``typed``; None if it stays text."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    if not any(pattern.match(typed) for _, pattern in resolvers.get(typed[:1], ())):
        return None
    try:
        made = yaml.safe_load(typed)
    except (yaml.YAMLError, ValueError):
        return Words("无效的值", "an invalid value")()
    match made:
        case bool():
            return Words("{made}（是非值）", "the truth value {made}")(made=str(made).lower())
        case int() | float():
            return Words("数 {made}", "the number {made}")(made=repr(made))
        case None:
            return Words("空值", "nothing")()
        case _:
            return Words("日期 {made}", "the date {made}")(made=str(made))


_MISSING = Words("找不到该文件或文件夹", "no such file or folder")
_END = Words("文件到此结束", "the end of the file")
_LARGE = Words("大小不超过 {most} MB", "at most {most} MB")
_MANY = Words("不超过 {most} 个值", "at most {most} values")
_DEEP = Words("嵌套不超过 {most} 层", "nested at most {most} deep")


_AS_A_TREE = Words(
    "指标体系要写成文本文件（YAML）：照方案逐项写出分值、填报项和计分规则，写法见 docs/writing-a-tree.md；"
    "写好的样子可看程序自带的 lawgov-score show qujialing-2017",
    "A tree is text (YAML): write points, fields and rules item by item after the scheme, see docs/writing-a-tree.md; "
    "lawgov-score show qujialing-2017 shows one that the program carries",
)
_NAME_THE_TREE = Words("这里要写指标体系的文件或文件夹", "Name the file or the folder of a tree here")


def no_tree(path: str, kind: Words) -> Problem:
    """T119 for a file of another kind; how a scheme in a table becomes a tree."""
    cure = _AS_A_TREE if is_workbook(kind) else _NAME_THE_TREE
    return Problem(Code.T119, TextPlace(path), {"kind": kind, "cure": cure})


def unreadable(path: str, message: Words | str) -> Problem:
    """T101 for a file or folder, with the system's message."""
    return Problem(Code.T101, TextPlace(path), {"name": path.rsplit("/", 1)[-1], "found": message, "carried": ""})


def _too(limit: Words, most: int) -> dict[str, object]:
    return {"limit": limit(most=most)}


_KEY_NOT_TEXT = {
    "found": Words("列表或映射作键", "a key that is not text"),
    "cure": Words("键用文字，如 points:", "Keys are text, such as points:"),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """Where one value stands in a text: its characters from ``start`` up to ``end``, and what it holds.

    ``style``: as in ``Spot``; ``is_flow``: a list in brackets, a mapping in braces. ``items``: of a list; ``keys``:
    of a mapping, each with the outline of the key itself and of its value. Of what is written by indentation, ``end``
    is the end of its last value: blanks and comments behind it are not part of it.
    """

    start: int
    end: int
    value: str = ""
    style: str | None = None
    is_flow: bool = False
    items: "tuple[Outline, ...]" = ()
    keys: "Mapping[str, tuple[Outline, Outline]]" = field(default_factory=dict)


def outline(text: str) -> Outline:
    """The outline of a text that ``read_text`` reads without problems; without a byte order mark."""
    events = (event for event in yaml.parse(text, Loader=_LOADER))
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            break
    return _outline(next(events), events, text)


def _outline(event: Any, events: Iterator[Any], text: str) -> Outline:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.MappingStartEvent):
        keys: dict[str, tuple[Outline, Outline]] = {}
        while not isinstance(inner := next(events), yaml.MappingEndEvent):
            key = _outline(inner, events, text)
            keys[key.value] = key, _outline(next(events), events, text)
        last = max((value.end for _, value in keys.values()), default=end)
        closing: Any = inner
        end = closing.end_mark.index if event.flow_style else last
        return Outline(start, end, is_flow=bool(event.flow_style), keys=MappingProxyType(keys))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            items.append(_outline(inner, events, text))
        last = max((item.end for item in items), default=end)
        closing = inner
        end = closing.end_mark.index if event.flow_style else last
        return Outline(start, end, is_flow=bool(event.flow_style), items=tuple(items))
    style = event.style or ""
    if style in {"|", ">"}:  # it ends where the next line begins, behind blank lines
        end = start + len(text[start:end].rstrip())
    return Outline(start, end, event.value, style)


class _TooMuchError(Exception):
    """A limit is exceeded: reading stops."""


class _Reader:
    """Builds data from one document's events, and records the place of every value."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.spots: dict[Where, Spot] = {}
        self.gaps: set[Where] = set()
        self.problems = ProblemList()

    def document(self, events: Iterator[Any]) -> Any:
        """The first document; a second one is a problem. Raises ``yaml.YAMLError``."""
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    values = {"found": "---", "cure": Words("删去“---”，一个文件只写一份", "Remove ---: one a file")}
                    self.problems.append(Problem(Code.T109, self._place(event), values))
                    break
                try:
                    data = self._value(next(events), events, (), None)
                except _TooMuchError:
                    return None
        return data

    def _value(self, event: Any, events: Iterator[Any], where: Where, key: TextPlace | None) -> Any:
        place = self._place(event)
        typed, style = "", None
        if isinstance(event, yaml.ScalarEvent):
            typed, style = event.value, event.style or ""
            if not typed and not style and key is not None:
                place = key  # an empty value: the key is the only thing to point at
        self.spots[where] = Spot(place, key or place, typed, style)
        if len(self.spots) > MOST_VALUES:
            self.problems.append(Problem(Code.T116, place, _too(_MANY, MOST_VALUES)))
            raise _TooMuchError
        if len(where) > MOST_DEPTH:
            self.problems.append(Problem(Code.T116, place, _too(_DEEP, MOST_DEPTH)))
            raise _TooMuchError
        self._plain_only(event, place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, where)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._value(event, events, (*where, len(items)), None))
            return items
        if isinstance(event, yaml.AliasEvent):
            self.gaps.add(where)
            return None
        return typed if style or event.tag else scalar(typed)

    def _mapping(self, events: Iterator[Any], where: Where) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            place = self._place(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.problems.append(Problem(Code.T109, place, _KEY_NOT_TEXT))
                self._aside(event, events, where)
                self._aside(next(events), events, where)
                continue
            self._plain_only(event, place)
            key = event.value
            if key == "<<" and not event.style:
                self.problems.append(Problem(Code.T110, place, {"found": "<<"}))
                self._aside(next(events), events, where)
            elif key in data:
                first = self.spots[(*where, key)].key
                self.problems.append(Problem(Code.T107, place, {"key": key, "line": first.line}, see_also=(first,)))
                self._aside(next(events), events, where)
            else:
                data[key] = self._value(next(events), events, (*where, key), place)
        return data

    def _aside(self, event: Any, events: Iterator[Any], where: Where) -> None:
        """Reads a value that has no place in the data, only to report its problems."""
        aside = _Reader(self.path)
        aside.problems = self.problems
        aside._value(event, events, (*where, "<<"), None)
        self.gaps.add(where)

    def _plain_only(self, event: Any, place: TextPlace) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self.problems.append(Problem(Code.T110, place, {"found": f"*{anchor}"}))
        elif anchor:
            self.problems.append(Problem(Code.T110, place, {"found": f"&{anchor}"}))
        elif tag:
            self.problems.append(Problem(Code.T110, place, {"found": tag.replace("tag:yaml.org,2002:", "!!")}))

    def _place(self, event: Any) -> TextPlace:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return TextPlace(self.path, start.line + 1, start.column + 1, max(length, 1))


def scalar(typed: str) -> str | int | float | bool | None:
    """An unquoted scalar as in JSON: anything other than a number, ``true``, ``false`` or ``null`` is text.

    >>> scalar("4.5"), scalar("010000"), scalar("on"), scalar("true"), scalar("null")
    (4.5, '010000', 'on', True, None)
    """
    if typed in _WORDS:
        return _WORDS[typed]
    if not _NUMBER.fullmatch(typed):
        return typed
    if typed.lstrip("-").isdigit():
        return int(typed)
    number = float(typed)
    return number if math.isfinite(number) else typed
