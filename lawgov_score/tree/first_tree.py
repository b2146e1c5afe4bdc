"""A scheme in a table as the text of a first tree: what the table does not say is a comment that asks for it."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from lawgov_score.content.circulated import BETWEEN_TEXTS, BETWEEN_UNITS, items_in
from lawgov_score.content.plain_scheme import Kind, PlainNode, PlainScheme
from lawgov_score.report import stored_text
from lawgov_score.revision.wanted import NewNode
from lawgov_score.tree.editing import TO_WRITE, UNKNOWN, list_text, new_lines, scalar_text, to_write
from lawgov_score.tree.guesses import guessed

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_HEAD = """# 由表格生成的初稿。写着“待写”的各行要照方案补齐：在那以前 lint 报 T105，不能计分。
# 写法见 docs/writing-a-tree.md。
# 等次、考核分组、加分扣分、一票否决等，表中没有的，照方案另写，见 docs/tree-format.md。
"""
_APART = (
    f"# {TO_WRITE}：表中下列各行在合计以下，或写明是加分、扣分，没有写成指标。",
    "# 加分、扣分写成 adjustments（见 docs/tree-format.md）；其实是指标的，照上面的写法补进 nodes。",
)


@dataclass(frozen=True)
class FirstTree:
    """The text of tree.yaml. ``nodes``: by code, what each was made of; ``guesses``: codes that have a rule."""

    text: str
    nodes: Mapping[str, PlainNode]
    guesses: tuple[str, ...]


@dataclass
class _Making:
    taken: Container[str]  # codes that the table gives
    doubted: Container[str]
    lines: list[str] = field(default_factory=list)
    nodes: dict[str, PlainNode] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)

    def write(self, nodes: Sequence[PlainNode], parent: str, column: int) -> float:
        """Writes nodes below one another; what they are worth together."""
        total = 0.0
        for number, node in enumerate(nodes, 1):
            code = node.code or next(self._free(number, node, parent))
            self.nodes[code] = node
            total += self._group(node, code, column) if node.children else self._item(node, code, column)
        return round(total, 9)

    def _free(self, number: int, node: PlainNode, parent: str) -> Iterator[str]:
        """What a node may be called; no other one of the table is, or was given that code."""
        for each in count(number):
            code = f"{parent}-{each}" if parent else f"{each:02}" if node.children else str(each)
            if code not in self.taken and code not in self.nodes:
                yield code

    def _group(self, node: PlainNode, code: str, column: int) -> float:
        at = len(self.lines)
        below = self.write(node.children, code, column + 4)
        worth = below if node.points is None else node.points
        said = UNKNOWN if node.is_asked else worth
        own = new_lines(NewNode(code, node.title, said, node.place, is_group=True))
        self.lines[at:at] = [f"{' ' * column}{line}" for line in own]
        return worth

    def _item(self, node: PlainNode, code: str, column: int) -> float:
        standard = node.texts.get(Kind.STANDARD, "")
        rule = () if code in self.doubted else guessed(standard)
        self.guesses += [code] if rule else []
        made = NewNode(
            *(code, node.title, UNKNOWN if node.points is None else node.points, node.place),
            lead=items_in(node.texts.get(Kind.LEAD, ""), BETWEEN_UNITS),
            assist=items_in(node.texts.get(Kind.ASSIST, ""), BETWEEN_UNITS),
            evidence=items_in(node.texts.get(Kind.EVIDENCE, ""), BETWEEN_TEXTS),
            note=node.texts.get(Kind.NOTE, ""),
            standard=standard,
        )
        self.lines += ["", *(f"{' ' * column}{line}" for line in new_lines(made, rule))]
        return 1.0 if node.points is None else node.points


def first_tree(scheme: PlainScheme, code: str, doubted: Container[str] = ()) -> FirstTree:
    """The tree of a scheme. ``doubted``: codes of nodes whose rule is left to be written, whatever the sentence."""
    making = _Making({node.code for node in _walk(scheme.nodes)}, doubted)
    total = making.write(scheme.nodes, "", 2)
    year = _YEAR.search(scheme.title)
    head = [
        f"code: {code}",
        f"title: {scalar_text(scheme.title or code)}",
        f'edition: "{year[1]}"' if year else to_write("edition"),
        f"year: {year[1]}" if year else to_write("year"),
        f"points: {stored_text(total if scheme.points is None else scheme.points)}",
        f"levels: {list_text(scheme.levels)}",
        to_write("policies"),
        "nodes:",
    ]
    lines = [*head, *making.lines]
    if scheme.apart:
        lines += ["", *_APART, *(f"#   {' '.join(said.split())}" for said in scheme.apart)]
    text = _HEAD + "".join(f"{line}\n" for line in lines)
    return FirstTree(text, making.nodes, tuple(making.guesses))


def summed(scheme: PlainScheme) -> PlainScheme:
    """The same with groups, and a total, that are worth what is below them, whatever the table says of them."""
    return replace(scheme, points=None, nodes=tuple(_summed(node) for node in scheme.nodes))


def _summed(node: PlainNode) -> PlainNode:
    if not node.children:
        return node
    return replace(node, points=None, is_asked=False, children=tuple(_summed(each) for each in node.children))


def _walk(nodes: Sequence[PlainNode]) -> Iterator[PlainNode]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
