"""Edits of the rows of a table of two levels, as people make them, with points that still add up."""

from typing import Any

from hypothesis import strategies as st

from lawgov_score.model import Tree
from lawgov_score.revision.pairs import ROOT, Shown

Rows = list[list[object]]
CODE, GROUP, TITLE, POINTS = 1, 2, 3, 4


def group_of(row: list[object]) -> str:
    """The code of the group that a row says."""
    return str(row[GROUP]).split("\n")[0]


def change(rows: Rows, worth: dict[str, float], kind: str, draw: Any, expected: set[str]) -> None:
    """One edit, in place; ``expected``: the names of the changes that it comes to, but for points and order."""
    sizes = [group_of(row) for row in rows]
    free = [
        row for row in rows if sizes.count(group_of(row)) > 1 and row[CODE] and f"moved:{row[CODE]}:" not in expected
    ]
    if not free:
        return
    row = draw(st.sampled_from(free))
    at, code = rows.index(row), str(row[CODE])
    mine = [each for each in rows if group_of(each) == group_of(row)]
    if kind == "order":
        rows.remove(row)
        low = next(i for i, each in enumerate(rows) if group_of(each) == group_of(row))
        rows.insert(draw(st.integers(low, low + len(mine) - 1)), row)
    elif kind == "remove":
        rows.remove(row)
        expected.add(f"removed:{code}:")
        other = next(each for each in mine if each is not row)
        _more(other, worth_of(row))
    elif kind == "add":
        row[POINTS] = worth_of(row) - 0.5
        new = [None, None, row[GROUP], "新项", 0.5, None, None, None, None, None]
        rows.insert(at + draw(st.integers(0, 1)), new)
        codes = [each for each in worth if each.startswith(group_of(row))]
        expected.add(f"added:{group_of(row)}-{len(codes) + 1}:")
    else:
        others = sorted({*sizes} - {group_of(row)})
        to = draw(st.sampled_from(others))
        rows.remove(row)
        low = next(i for i, each in enumerate(rows) if group_of(each) == to)
        row[GROUP] = rows[low][GROUP]
        rows.insert(draw(st.integers(low, low + sizes.count(to))), row)
        expected.add(f"moved:{code}:")


def worth_of(row: list[object]) -> float:
    return float(str(row[POINTS]))


def _more(row: list[object], points: float) -> None:
    row[POINTS] = worth_of(row) + points


def points(rows: Rows, worth: dict[str, float]) -> set[str]:
    """Writes into the cells of groups what is below them; the changes of points that there are then."""
    found = {f"points:{row[CODE]}:points" for row in rows if row[CODE] and worth_of(row) != worth[str(row[CODE])]}
    for code in {group_of(row) for row in rows}:
        mine = [row for row in rows if group_of(row) == code]
        total = sum(map(worth_of, mine))
        _, title, was = str(mine[0][GROUP]).split("\n")
        if total != float(was.strip("（ 分）")):
            found.add(f"points:{code}:points")
        for row in mine:
            row[GROUP] = f"{code}\n{title}\n（{total:g} 分）"
    return found


def order(tree: Tree, rows: Rows) -> set[str]:
    """The changes of order."""
    shown, found = Shown(tree), set()
    for parent, codes in shown.children.items():
        if parent != ROOT:
            now = [str(row[CODE]) for row in rows if group_of(row) == parent and row[CODE] in codes]
            if now != [code for code in codes if code in now]:
                found.add(f"order:{parent}:children")
    return found
