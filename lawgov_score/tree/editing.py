"""Changes the text of a tree's files: spans of values, whole lines of nodes; every other byte stays what it is.

A node's lines begin with its first comment (those above it that stand no deeper than its dash, and blank lines) and end
where the next node's begin. What cannot be changed safely is refused with its place. Nothing here proves that the new
text says what was wanted: whoever writes it reads it back and compares (``revision.wanted``).
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

from lawgov_score.carried import tree_at
from lawgov_score.catalogue import Code
from lawgov_score.model import Tree
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace, Problem, TextPlace, display_path
from lawgov_score.report import stored_text
from lawgov_score.revision.pairs import ROOT, Shown
from lawgov_score.revision.wanted import NewNode, Value, Wanted, Wish
from lawgov_score.tree.folder import HEAD
from lawgov_score.tree.source import Outline, outline, read_text, yaml_1_1
from lawgov_score.wording import Words

# What a new indicator lacks: comments that say so, and what stands for them while tree and tree are compared.
TO_WRITE = "待写"
_OPEN: Mapping[str, tuple[str, str]] = {
    "applies_to": ("适用哪些单位，如 all", "all"),
    "basis": ("依据", TO_WRITE),
    "fields": ("填报项", "[{code: done, name: 待写, type: yes_no}]"),
    "rule": ("请写计分规则", "{kind: all_or_nothing}"),
    "points": ("分值", "1"),
    "edition": ('版本，如 "2026"', '"1"'),
    "year": ("考核年度，如 2026", "2000"),
    "policies": (
        "舍入、排名、未填报、不适用怎样处理，见 docs/tree-format.md",
        "{rounding: {indicator: 2, group: null, total: 2}, rank: {by: rounded, ties: shared}, missing: zero, "
        "not_applicable: total, invalid: score_valid, claims: await_review}",
    ),
}
_MARKED = re.compile(rf"(?m)^( *)# ({'|'.join(_OPEN)}): {TO_WRITE}[^\r\n]*")
UNKNOWN = -1.0  # points of a new node that are to be written
_STANDARD = "评分标准"

_ORDER = (
    *(
        "code",
        "title",
        "block",
        "points",
        "weight",
        "applies_to",
        "basis",
        "theme",
        "lead",
        "assist",
        "fields",
        "value",
    ),
    *("rule", "evidence", "standard", "note", "internal_note", "children"),
)
_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_UNSAFE = re.compile("[\x85\u2028\u2029\ufeff\x7f-\x9f]")

_IN_FLOW = Words(
    "各项写在一行的括号里，不能整行增删、移动", "nodes in brackets, not a line each: none can be put in or taken out"
)
_BLOCK_TEXT = Words("这段多行文字的写法不便改写", "this way of writing a text of several lines")
_LINE_BREAKS = Words("文件里有不常用的换行符", "unusual line breaks in the file")
_KEY_LINE = Words("这一键与“- ”同在一行，不能整行删去", "a key on the line of the dash, which cannot go alone")
_OTHER_FILES = Words(
    "各分册的先后写在 tree.yaml 的 parts 里，一册里的类别不能排到另一册之间",
    "the order of files is under parts in tree.yaml",
)
_EMPTY_FILE = Words(
    "这个文件里会一项不剩：整册删去的，先把文件和 tree.yaml 的 parts 里它的一行删去",
    "nothing would be left in this file: to remove all of it, remove the file and its line under parts",
)
_BY_LINES = Words("分值按单位类型分行写，改动后写法不同", "points by type on lines of their own, in another form")

Contents = Mapping[Path, bytes]
_Edit = tuple[int, int, str]


class _CannotError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def contents_of(path: Path) -> dict[Path, bytes]:
    """The files of a tree that loads, with what they hold: tree.yaml and its parts, or one file. Raises ``OSError``."""
    path = tree_at(path)
    head = path / HEAD if path.is_dir() else path
    found = {head: head.read_bytes()}
    document, _ = read_text(_text(found[head])[1], display_path(head))
    names = document.data.get("parts", []) if isinstance(document.data, dict) else []
    for name in names if isinstance(names, list) else []:
        if isinstance(name, str):
            found[head.parent / name] = (head.parent / name).read_bytes()
    return found


def provisional(contents: Contents) -> dict[Path, bytes]:
    """The same files as they are compared: where a comment says that something is to be written, something stands."""
    return {
        path: _MARKED.sub(lambda match: f"{match[1]}{match[2]}: {_OPEN[match[2]][1]}", raw.decode("utf-8")).encode(
            "utf-8"
        )
        if TO_WRITE.encode() in raw
        else raw
        for path, raw in contents.items()
    }


def open_rules(contents: Contents) -> Iterator[TextPlace]:
    """Every place where a comment says that the rule is to be written."""
    for path, raw in contents.items():
        text = _text(raw)[1]
        for match in _MARKED.finditer(text):
            if match[2] == "rule":
                yield _place(path, text, match.start() + len(match[1]))


def edited(contents: Contents, tree: Tree, wanted: Wanted) -> tuple[dict[Path, bytes], tuple[Problem, ...]]:
    """The files with what is wanted; all problems of what cannot be done (D151, D152), then the files as they are."""
    editor = _Editor([_File(path, raw) for path, raw in contents.items()], Shown(tree), wanted)
    made = editor.made()
    return (dict(contents), tuple(editor.problems)) if editor.problems else (made, ())


def node_at(contents: Contents, place: TextPlace) -> str:
    """The code of the innermost node that a place lies in; '' where it lies in none."""
    for path, raw in contents.items():
        if display_path(path) == place.path:
            file = _File(path, raw)
            lines = file.text.split("\n")
            at = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
            inside = [one for one in file.entries.values() if one.item.start <= at <= one.item.end]
            return max(inside, key=lambda one: one.item.start).code if inside else ROOT
    return ROOT


def _text(raw: bytes) -> tuple[bytes, str]:
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    return mark, raw.removeprefix(mark).decode("utf-8")


def place_in(path: Path, *keys: str) -> TextPlace:
    """Where a file writes the value under these keys, one below the other; the last of them that it has."""
    _, text = _text(path.read_bytes())
    found = outline(text)
    for key in keys:
        if key not in found.keys:
            break
        found = found.keys[key][1]
    return _place(path, text, found.start)


def _place(path: Path, text: str, at: int) -> TextPlace:
    before = text[:at]
    return TextPlace(display_path(path), before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1)


@dataclass(frozen=True)
class _Entry:
    """A node as a file writes it. ``listed``: the list of its children."""

    code: str
    parent: str
    file: "_File"
    item: Outline

    @property
    def listed(self) -> Outline | None:
        return self.item.keys["children"][1] if "children" in self.item.keys else None

    @property
    def is_use(self) -> bool:
        """Is a block used here?"""
        return "block" in self.item.keys


@dataclass
class _File:
    path: Path
    raw: bytes

    @cached_property
    def text(self) -> str:
        return _text(self.raw)[1]

    @cached_property
    def outline(self) -> Outline:
        return outline(self.text)

    @cached_property
    def newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    @cached_property
    def listed(self) -> Outline | None:
        """The list of its nodes."""
        keys = self.outline.keys
        return keys["nodes"][1] if "nodes" in keys else None

    @cached_property
    def entries(self) -> Mapping[str, _Entry]:
        """Every node that it writes, by code."""
        found: dict[str, _Entry] = {}
        self._walk(self.listed, ROOT, found)
        return found

    def _walk(self, listed: Outline | None, parent: str, found: dict[str, _Entry]) -> None:
        for item in listed.items if listed is not None else ():
            if "code" in item.keys:
                code = item.keys["code"][1].value
                found[code] = _Entry(code, parent, self, item)
                self._walk(found[code].listed, code, found)

    def place(self, at: int) -> TextPlace:
        return _place(self.path, self.text, at)

    def of_block(self, name: str, key: str) -> TextPlace:
        """Where a block is written, or one of its keys."""
        written, block = self.outline.keys["blocks"][1].keys[name]
        return self.place((block.keys[key][0] if key in block.keys else written).start)

    def line(self, at: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Where the next line begins."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def dash(self, listed: Outline) -> int:
        """The column of the dashes of a list."""
        return listed.start - self.line(listed.start)

    def extents(self, listed: Outline) -> list[tuple[int, int]]:
        """The lines of each entry of a list by indentation: from its first comment to the next entry."""
        column = self.dash(listed)
        starts = [self._start(item, column) for item in listed.items]
        return list(zip(starts, [*starts[1:], self._end(listed.items[-1], column)], strict=True))

    def _start(self, item: Outline, column: int) -> int:
        at = self.line(item.start)
        while self.text[at : at + column].strip(" ") or self.text[at + column : at + column + 1] != "-":
            if at == 0:
                raise _CannotError(_cannot(self.place(item.start), _IN_FLOW))
            at = self.line(at - 1)
        while at > 0:
            above = self.line(at - 1)
            line = self.text[above:at]
            is_own = not line.strip() or (line.lstrip(" ").startswith("#") and self._indent(line) <= column)
            if not is_own:
                break
            at = above
        return at

    def _end(self, item: Outline, column: int) -> int:
        end = at = self.line_end(item.end)
        while at < len(self.text):
            following = self.line_end(at)
            line = self.text[at:following]
            if line.lstrip(" ").startswith("#") and self._indent(line) > column:
                end = following
            elif line.strip():
                break
            at = following
        return end

    @staticmethod
    def _indent(line: str) -> int:
        return len(line) - len(line.lstrip(" "))


def _cannot(place: TextPlace, why: Words) -> Problem:
    return Problem(Code.D152, place, {"found": why})


@dataclass
class _Editor:
    files: Sequence[_File]
    shown: Shown
    wanted: Wanted
    problems: list[Problem] = field(default_factory=list)
    edits: dict[str, list[_Edit]] = field(default_factory=dict)

    @cached_property
    def entries(self) -> Mapping[str, _Entry]:
        return {code: entry for file in self.files for code, entry in file.entries.items()}

    @cached_property
    def _below(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, entry in self.entries.items():
            found.setdefault(entry.parent, []).append(code)
        return found

    def made(self) -> dict[Path, bytes]:
        """The new contents; useless where there are problems."""
        if odd := next((file for file in self.files if _BREAKS.search(file.text)), None):
            match = _BREAKS.search(odd.text)
            assert match is not None
            self.problems.append(_cannot(odd.place(match.start()), _LINE_BREAKS))
            return {}
        for wish in self.wanted.wishes:
            self._tried(partial(self._wish, wish))
        changed = [code for code in self.wanted.children if code and code not in self.wanted.new]
        for code in (*changed, *self.wanted.removed, *self.wanted.moved):
            if code not in self.entries or (code in changed and self.entries[code].is_use):
                self._of_block(code, self.wanted.places.get(code))
        if self.problems:
            return {}
        found: dict[Path, bytes] = {}
        for file in self.files:
            self._tried(partial(self._put, file, found))
        return found

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except _CannotError as error:
            self.problems.append(error.problem)

    def _put(self, file: _File, found: dict[Path, bytes]) -> None:
        found[file.path] = self._file(file)

    def _of_block(self, code: str, place: CellPlace | None, key: str = "") -> None:
        written = self.shown.nodes[code].place
        entry = self.entries.get(code)
        if entry is not None and entry.is_use:
            name = entry.item.keys["block"][1].value
            written = next(file.of_block(name, key) for file in self.files if "blocks" in file.outline.keys)
        found = {"code": code, "block": place_text(written)}
        self.problems.append(Problem(Code.D151, place or written, found))

    # ---------------------------------------------------------------- whole files

    def _file(self, file: _File) -> bytes:
        edits: list[_Edit] = []
        listed = file.listed
        if listed is not None:
            edits = self._region(file, listed, ROOT, self._tops(file))
        if "parts" in file.outline.keys and ROOT in self.wanted.children:
            edits += self._parts(file, file.outline.keys["parts"][1])
        text = _applied(file.text, 0, len(file.text), edits)
        return _text(file.raw)[0] + text.encode("utf-8")

    def _tops(self, file: _File) -> tuple[str, ...]:
        """The codes that will stand at the top of a file."""
        own = [code for code, entry in file.entries.items() if entry.parent == ROOT]
        final = self.wanted.children.get(ROOT)
        if final is None:
            return tuple(own)
        places = self._places(final)
        mine = tuple(code for code, place in zip(final, places, strict=True) if self.files[place] is file)
        if own and not mine:
            raise _CannotError(_cannot(file.place(0), _EMPTY_FILE))
        return mine

    def _places(self, final: Sequence[str]) -> list[int]:
        """For each node at the top the number of its file; what is new goes where the one before it is."""
        at = {code: i for i, file in enumerate(self.files) for code, one in file.entries.items() if one.parent == ROOT}
        now = next((at[code] for code in final if code in at), 0)
        places: list[int] = []
        for code in final:
            now = at.get(code, now)
            places.append(now)
        return places

    def _parts(self, head: _File, listed: Outline) -> list[_Edit]:
        """The files in another order, where their nodes are."""
        order = [number for number, _ in groupby(self._places(self.wanted.children[ROOT]))]
        if len(order) != len({*order}):
            raise _CannotError(_cannot(head.place(listed.start), _OTHER_FILES))
        if order == sorted(order):
            return []
        spans = [
            (item.start, item.end) if listed.is_flow else (head.line(item.start), head.line_end(item.end))
            for item in listed.items
        ]
        paths = [head.path.parent / item.value for item in listed.items]
        numbers = [paths.index(self.files[number].path) for number in order]
        slots = sorted(numbers)
        return [(*spans[slot], head.text[slice(*spans[number])]) for slot, number in zip(slots, numbers, strict=True)]

    def _region(self, file: _File, listed: Outline, parent: str, final: Sequence[str]) -> list[_Edit]:
        """The edits that make of a list what it has to be, with all that is below it."""
        own = [item.keys["code"][1].value for item in listed.items if "code" in item.keys]
        if listed.is_flow or not own or len(own) != len(listed.items):
            if list(final) != own:
                raise _CannotError(_cannot(file.place(listed.start), _IN_FLOW))
            return [edit for code in own for edit in self._own_edits(self.entries[code])]
        if list(final) == own and not self._is_touched(own):
            return []
        extents = file.extents(listed)
        column = file.dash(listed)
        blank = sum(not file.text[start : file.line_end(start)].strip() for start, _ in extents[1:])
        is_apart = blank * 2 > len(extents) - 1 if len(extents) > 1 else False
        blocks = [self._block(code, column, file, is_apart=is_apart) for code in final]
        for i, block in enumerate(blocks[:-1]):
            if not block.endswith("\n"):
                blocks[i] = block + file.newline
        return [(extents[0][0], extents[-1][1], "".join(blocks))]

    def _is_touched(self, codes: Sequence[str]) -> bool:
        """Does anything change at these nodes or below them?"""
        return any(
            code in self.edits or code in self.wanted.children or self._is_touched(self._below.get(code, []))
            for code in codes
        )

    def _own_edits(self, entry: _Entry) -> list[_Edit]:
        edits = list(self.edits.get(entry.code, ()))
        if entry.listed is not None:
            below = tuple(code for code, one in entry.file.entries.items() if one.parent == entry.code)
            edits += self._region(entry.file, entry.listed, entry.code, self.wanted.children.get(entry.code, below))
        return edits

    def _block(self, code: str, column: int, file: _File, *, is_apart: bool) -> str:
        """The lines of a node, for a list with its dashes in ``column``."""
        if code in self.wanted.new:
            text = ("\n" if is_apart else "") + self._new(self.wanted.new[code], column, file)
            return text.replace("\n", file.newline)
        entry = self.entries[code]
        above = entry.file.listed if entry.parent == ROOT else self.entries[entry.parent].listed
        assert above is not None
        if above.is_flow:
            raise _CannotError(_cannot(entry.file.place(entry.item.start), _IN_FLOW))
        at = next(i for i, item in enumerate(above.items) if item is entry.item)
        start, end = entry.file.extents(above)[at]
        text = _applied(entry.file.text, start, end, self._own_edits(entry))
        if entry.file is not file:
            text = text.replace("\r\n", "\n").replace("\n", file.newline)
        return _shifted(text, column - entry.file.dash(above))

    # ---------------------------------------------------------------- new nodes

    def _new(self, node: NewNode, column: int, file: _File) -> str:
        lines = new_lines(node)
        text = "".join(f"{' ' * column}{line}\n" for line in lines)
        if node.is_group:
            codes = self.wanted.children.get(node.code, ())
            text += "".join(
                _ended(self._block(code, column + 4, file, is_apart=False).replace("\r\n", "\n")) for code in codes
            )
        return text

    # ---------------------------------------------------------------- values

    def _wish(self, wish: Wish) -> None:
        entry = self.entries.get(wish.code)
        is_given = entry is not None and wish.key in entry.item.keys
        if entry is None or (entry.is_use and not is_given and self._comes_from_block(wish)):
            self._of_block(wish.code, wish.place, wish.key)
            return
        edits = self._valued(entry, wish) if is_given else [self._inserted(entry, wish)]
        self.edits.setdefault(wish.code, []).extend(edits)

    def _comes_from_block(self, wish: Wish) -> bool:
        return wish.key == "points" or bool(getattr(self.shown.nodes[wish.code], wish.key, ""))

    def _inserted(self, entry: _Entry, wish: Wish) -> _Edit:
        """A key that is not there yet: behind the one that it usually follows."""
        file, keys = entry.file, entry.item.keys
        order = {key: i for i, key in enumerate(_ORDER)}
        before = [key for key in keys if order.get(key, order["fields"]) < order[wish.key]]
        said = self._written(wish.value, wish.key, is_flow=entry.item.is_flow)
        after = keys[before[-1]][1].end
        if entry.item.is_flow:
            return after, after, f", {wish.key}: {said}"
        key = keys[before[-1]][0]
        column = next(iter(keys.values()))[0].start
        column -= file.line(column)
        at = file.line_end(max(after, key.end))
        start = "" if file.text[:at].endswith("\n") else file.newline
        return at, at, f"{start}{' ' * column}{wish.key}: {said}{file.newline}"

    def _written(self, value: Value, key: str, *, is_flow: bool) -> str:
        if key == "points":
            return _points(value)
        return list_text(value) if isinstance(value, tuple) else scalar_text(str(value), is_flow=is_flow)

    def _valued(self, entry: _Entry, wish: Wish) -> list[_Edit]:
        file, value = entry.file, entry.item.keys[wish.key][1]
        if not wish.value and wish.key != "points":
            return [self._taken_out(entry, wish.key)]
        if wish.key == "points":
            return self._points(entry, value, wish.value)
        if isinstance(wish.value, tuple):
            return _items(file, value, wish.value, entry)
        assert isinstance(wish.value, str)
        if value.style is None:
            raise _CannotError(_cannot(file.place(value.start), _BLOCK_TEXT))
        return [(value.start, value.end, _rewritten(file, value, wish.value, is_flow=entry.item.is_flow))]

    def _points(self, entry: _Entry, value: Outline, wanted: Value) -> list[_Edit]:
        file = entry.file
        if value.keys and not value.is_flow and isinstance(wanted, float):
            raise _CannotError(_cannot(file.place(value.start), _BY_LINES))
        if isinstance(wanted, float):
            return [(value.start, value.end, _points(wanted))]
        assert isinstance(wanted, Mapping)
        every = self._every_type(entry.code, wanted)
        if not value.keys:
            return [(value.start, value.end, _points(every))]
        named = {key: one for key, (_, one) in value.keys.items()}
        rest = {every[kind] for kind in every if kind not in named}
        if len(rest) < 2 and not (rest and "others" not in named):
            figures = {**every, **({"others": rest.pop()} if rest else {})}
            return [
                (one.start, one.end, stored_text(figures[key]))
                for key, one in named.items()
                if key in figures and one.value != stored_text(figures[key]) and float(one.value) != figures[key]
            ]
        if not value.is_flow:
            raise _CannotError(_cannot(file.place(value.start), _BY_LINES))
        return [(value.start, value.end, _points(every))]

    def _every_type(self, code: str, wanted: Mapping[str, float]) -> dict[str, float]:
        """Points of every type of the tree: of those that the table names, and of the others as they are."""
        tree = self.shown.tree
        own = self.shown.nodes[code].code
        return {
            kind.code: wanted.get(kind.code, tree.of_type(kind.code).by_code[own].points) for kind in tree.unit_types
        }

    def _taken_out(self, entry: _Entry, key: str) -> _Edit:
        file, (name, value) = entry.file, entry.item.keys[key]
        keys = list(entry.item.keys)
        if entry.item.is_flow:
            before = entry.item.keys[keys[keys.index(key) - 1]][1]
            return before.end, value.end, ""
        start = file.line(name.start)
        if file.text[start : name.start].strip():
            raise _CannotError(_cannot(file.place(name.start), _KEY_LINE))
        return start, file.line_end(max(value.end, name.end)), ""


def _applied(text: str, start: int, end: int, edits: Sequence[_Edit]) -> str:
    """The part of a text from ``start`` to ``end`` with edits, which do not overlap."""
    pieces, at = [], start
    for first, last, new in sorted(edits, key=lambda edit: edit[:2]):
        assert at <= first <= last <= end, "edits overlap"
        pieces += [text[at:first], new]
        at = last
    return "".join([*pieces, text[at:end]])


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _shifted(text: str, columns: int) -> str:
    """The lines of a node, further in or out."""
    if columns == 0:
        return text
    lines = text.split("\n")
    if columns > 0:
        return "\n".join(f"{' ' * columns}{line}" if line.strip() else line for line in lines)
    return "\n".join(line[min(-columns, len(line) - len(line.lstrip(" "))) :] for line in lines)


def _points(value: Value) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{code}: {stored_text(points)}" for code, points in value.items()) + "}"
    assert isinstance(value, float)
    return stored_text(value)


def list_text(items: object) -> str:
    """Texts as YAML writes a list in brackets."""
    assert isinstance(items, tuple)
    return "[" + ", ".join(scalar_text(item, is_flow=True) for item in items) + "]"


def new_lines(node: NewNode, rule: Sequence[str] = ()) -> list[str]:
    """The lines of a new node, from its dash, without those of its children; without a ``rule``, with what is open."""
    worth = f"points: {_points(node.points)}" if node.points != UNKNOWN else to_write("points")
    lines = [f'- code: "{node.code}"', f"  title: {scalar_text(node.title)}", f"  {worth}"]
    if node.is_group:
        return [*lines, "  children:"]
    lines += [f"  {to_write(key)}" for key in ("applies_to", "basis")]
    lines += [f"  {key}: {list_text(getattr(node, key))}" for key in ("lead", "assist") if getattr(node, key)]
    said = node.standard.splitlines() or [""]
    told = [f"  # {_STANDARD}：{said[0] or '（表中没有写）'}", *(f"  #   {line}" for line in said[1:])]
    if rule:
        lines += [*told, *(f"  {line}" for line in rule)]
    else:
        lines += [f"  {to_write('fields')}", *told, f"  {to_write('rule')}"]
    lines += [f"  evidence: {list_text(node.evidence)}"] if node.evidence else []
    return [*lines, *([f"  note: {scalar_text(node.note)}"] if node.note else [])]


def to_write(key: str) -> str:
    """The comment in place of a key that is to be written."""
    return f"# {key}: {TO_WRITE}（{_OPEN[key][0]}）"


def scalar_text(text: str, *, is_flow: bool = False, style: str = "") -> str:
    """A text as YAML writes it: as it is where that is read as the same text, else in quotes."""
    if style == "'" and "\n" not in text:
        quoted = "'" + text.replace("'", "''") + "'"
        if _reads(quoted, text, is_flow=is_flow):
            return quoted
    if not style and "\n" not in text and yaml_1_1(text) is None and _reads(text, text, is_flow=is_flow):
        return text
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _reads(typed: str, text: str, *, is_flow: bool) -> bool:
    document, problems = read_text(f"x: [{typed}]\n" if is_flow else f"x: {typed}\n", "")
    return not problems and document.data == {"x": [text] if is_flow else text}


def _rewritten(file: _File, value: Outline, text: str, *, is_flow: bool) -> str:
    """Another text in the style of the one before it."""
    if value.style not in {"|", ">"}:
        return scalar_text(text, is_flow=is_flow, style=value.style or "")
    head, _, body = file.text[value.start : value.end].replace("\r\n", "\n").partition("\n")
    first = next((line for line in body.split("\n") if line.strip()), "")
    lines = text.split("\n")
    if (
        not re.fullmatch(r"[|>][-+]?(\s+#.*)?", head)
        or not first
        or any(line != line.strip() or not line for line in lines)
    ):
        raise _CannotError(_cannot(file.place(value.start), _BLOCK_TEXT))
    indent = first[: len(first) - len(first.lstrip(" "))]
    between = file.newline if value.style == "|" else file.newline * 2
    return head + file.newline + between.join(f"{indent}{line}" for line in lines)


def _items(file: _File, value: Outline, wanted: tuple[str, ...], entry: _Entry) -> list[_Edit]:
    """Edits that make a list say something else, and leave the entries that stay as they are."""
    if value.style is not None or any(item.style is None for item in value.items):
        raise _CannotError(_cannot(file.place(value.start), _BLOCK_TEXT))
    if not value.items:
        return [(value.start, value.end, list_text(wanted))]
    edits: list[_Edit] = []
    was = [item.value for item in value.items]
    for tag, first, last, low, high in SequenceMatcher(None, was, wanted, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(last - first, high - low)
        for i in range(both):
            item = value.items[first + i]
            edits.append((item.start, item.end, _rewritten(file, item, wanted[low + i], is_flow=value.is_flow)))
        if last - first > both:
            edits.append(_without(file, value, first + both, last))
        elif high - low > both:
            edits.append(_with(file, value, first + both, wanted[low + both : high]))
    return edits


def _without(file: _File, value: Outline, first: int, last: int) -> _Edit:
    items = value.items
    if not value.is_flow:
        return file.line(items[first].start), file.line_end(items[last - 1].end), ""
    if last < len(items):
        between = file.text[items[last - 1].end : items[last].start]
        if "#" in between:  # the comment stays, and what is before it
            return items[first].start, items[last - 1].end + between.index(",") + 1, ""
        return items[first].start, items[last].start, ""
    return items[first - 1].end, items[last - 1].end, ""


def _with(file: _File, value: Outline, at: int, new: Sequence[str]) -> _Edit:
    items = value.items
    if not value.is_flow:
        column = file.dash(value)
        text = "".join(f"{' ' * column}- {scalar_text(one)}{file.newline}" for one in new)
        if at == 0:
            place = file.line(items[0].start)
            return place, place, text
        place = file.line_end(items[at - 1].end)
        start = "" if file.text[:place].endswith("\n") else file.newline
        return place, place, start + text
    said = [scalar_text(one, is_flow=True) for one in new]
    if at == 0:
        return items[0].start, items[0].start, "".join(f"{one}, " for one in said)
    return items[at - 1].end, items[at - 1].end, "".join(f", {one}" for one in said)


__all__ = [
    "TO_WRITE",
    "UNKNOWN",
    "contents_of",
    "edited",
    "list_text",
    "new_lines",
    "node_at",
    "open_rules",
    "provisional",
    "scalar_text",
    "to_write",
]
