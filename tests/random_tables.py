"""Random edits of an exported table as a whole: rows moved, taken out, in another order; what must then change."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from returned_tables import Sheet

from lawgov_score.content.circulated import lines, spans
from lawgov_score.model import Group, Indicator, Tree
from lawgov_score.revision.pairs import ROOT, Shown


@dataclass
class Structure:
    """The nodes of a tree as they will stand, by code; and the changes that lead there."""

    children: dict[str, list[str]]
    parents: dict[str, str]
    expected: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def leaves(self, tree: Tree) -> list[str]:
        """Codes of indicators that are still there."""
        return [code for code in self.parents if isinstance(Shown(tree).nodes[code], Indicator)]


def structure_of(tree: Tree) -> Structure:
    shown = Shown(tree)
    return Structure({code: list(below) for code, below in shown.children.items()}, dict(shown.parents))


def edit(structure: Structure, tree: Tree, draw: Any) -> None:
    """One edit."""
    leaves = [code for code in structure.leaves(tree) if len(structure.children[structure.parents[code]]) > 1]
    if not leaves:
        return
    code = draw(st.sampled_from(leaves))
    parent = structure.parents[code]
    siblings = structure.children[parent]
    kind = draw(st.sampled_from(["order", "move", "remove"]))
    if kind == "order":
        siblings.remove(code)
        siblings.insert(draw(st.integers(0, len(siblings))), code)
        return
    if kind == "remove":
        siblings.remove(code)
        del structure.parents[code]
        structure.gone.add(code)
        structure.moved.discard(code)
        return
    groups = [
        each
        for each in {structure.parents[one] for one in structure.leaves(tree)}
        if each not in {parent, ROOT} and depth(structure, each) == depth(structure, parent)
    ]
    if groups and parent != ROOT:
        to = draw(st.sampled_from(sorted(groups)))
        siblings.remove(code)
        structure.children[to].insert(draw(st.integers(0, len(structure.children[to]))), code)
        structure.parents[code] = to
        structure.moved.add(code)


def depth(structure: Structure, code: str) -> int:
    """How many groups stand above."""
    return 0 if code == ROOT else 1 + depth(structure, structure.parents[code])


def expected(structure: Structure, tree: Tree) -> set[str]:
    """The names of the changes that the edits come to."""
    shown = Shown(tree)
    found = {f"removed:{code}:" for code in structure.gone}
    found |= {f"moved:{code}:" for code, parent in structure.parents.items() if shown.parents[code] != parent}
    for parent, now in structure.children.items():
        was = [code for code in shown.children[parent] if code in now]
        if was != [code for code in now if code in was]:
            found.add(f"order:{parent or tree.code}:children")
    return found


def write(structure: Structure, tree: Tree, sheet: Sheet) -> None:
    """The rows of the sheet in the order of the structure, each with the cells of its groups."""
    sheet.unmerge()
    at = sheet.columns["编码"] - 1
    rows = {str(row[at]): row for row in sheet.texts()}
    first = at + 1
    listed = lines(tree)
    groups = {span.group.copy_of or span.group.code: (span.depth, span.first) for span in spans(listed)}
    texts = {code: rows[listed[line].code][first + level] for code, (level, line) in groups.items()}
    found: list[list[object]] = []

    def walk(code: str, above: list[str]) -> None:
        for each in structure.children[code]:
            if each in rows:
                row = list(rows[each])
                for level, group in enumerate(above):
                    row[first + level] = texts[group]
                found.append(row)
            else:
                walk(each, [*above, each])

    walk(ROOT, [])
    sheet.write(found)


def has_plain_groups(tree: Tree) -> bool:
    """Do all groups of the tree have columns of their own in the table, and none of them is repeated?"""
    groups = [node for node in tree.nodes if isinstance(node, Group)]
    shown = {span.group.code for span in spans(lines(tree))}
    return all(group.code in shown and not group.is_repeated for group in groups)
