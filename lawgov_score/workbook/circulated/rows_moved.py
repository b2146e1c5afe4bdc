"""Rows put in, moved, taken out: the children of every node that the table gives other ones."""

from collections.abc import Mapping, Sequence

from lawgov_score.content.circulated import Part
from lawgov_score.problems import CellPlace
from lawgov_score.revision.pairs import ROOT
from lawgov_score.workbook.circulated.placing import Placing
from lawgov_score.workbook.circulated.sides import NOT_THERE, READ, Sides


def children_wanted(
    sides: Sides, placing: Placing
) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...], tuple[str, ...]]:
    """Children of each node that has other ones than in the tree; codes taken out; codes moved (D140 in conflict)."""
    tree = sides.shown
    final = {parent: list(codes) for parent, codes in tree.children.items()}
    removed, moved = _removed(sides, placing), _moved(sides, placing)
    for code in (*removed, *moved):
        final[tree.parents[code]].remove(code)
    for parent, codes in placing.below.items():
        _ordered(sides, placing, parent, codes, final)
    for parent, codes in placing.below.items():
        listed = final.setdefault(parent, [])
        for i, code in enumerate(codes):
            if code in placing.new or code in moved:
                before = next((one for one in reversed(codes[:i]) if one in listed), None)
                listed.insert(0 if before is None else listed.index(before) + 1, code)
    for code in removed:
        final.pop(code, None)
    changed = {parent: tuple(codes) for parent, codes in final.items() if tuple(codes) != tree.children.get(parent, ())}
    for parent, left in changed.items():
        if not left and parent in tree.nodes:
            place = placing.places.get(parent, CellPlace(sides.table.path))
            sides.conflict(place, parent, NOT_THERE, parent)
    return changed, removed, moved


def _removed(sides: Sides, placing: Placing) -> tuple[str, ...]:
    tree = sides.shown
    rows = [code for code in sides.written_parents if code not in placing.parents and code in tree.nodes]
    gone = [code for code in rows if code in sides.lines or code in sides.groups]
    kept = []
    for code in gone:
        place = CellPlace(sides.table.path, sides.table.own.sheet, _where(sides, code))
        parts = (Part.GROUP,) if code in sides.groups else READ
        changed = [part for part in parts if sides.today.get((code, part), "") != sides.written(code, part)]
        others = [one for one in tree.children.get(code, ()) if one not in gone and one not in placing.parents]
        if changed or tree.parents[code] != sides.written_parents[code] or others:
            today = sides.today.get((code, changed[0]), "") if changed else "、".join(others) or tree.parents[code]
            written = sides.written(code, changed[0]) if changed else code
            sides.conflict(place, today, NOT_THERE, written)
        else:
            kept.append(code)
    return tuple(kept)


def _where(sides: Sides, code: str) -> str:
    found = sides.table.own.cell(code, Part.GROUP if code in sides.groups else Part.CODE)
    return "" if found is None else found[0]


def _moved(sides: Sides, placing: Placing) -> tuple[str, ...]:
    tree = sides.shown
    found = []
    for code, parent in placing.parents.items():
        was = sides.written_parents.get(code)
        if was is None or was == parent or code not in tree.nodes or tree.parents[code] == parent:
            continue
        if tree.parents[code] != was or not (parent in placing.new or parent == ROOT or parent in tree.nodes):
            sides.conflict(placing.places[code], tree.parents[code], parent, was)
        else:
            found.append(code)
    return tuple(found)


def _ordered(sides: Sides, placing: Placing, parent: str, codes: Sequence[str], final: Mapping[str, list[str]]) -> None:
    written = sides.written_below.get(parent, ())
    now = [code for code in codes if code in written]
    was = [code for code in written if code in now]
    if now == was:
        return
    listed = final.get(parent, [])
    common = [code for code in listed if code in now]
    wanted = [code for code in now if code in common]
    if common == wanted:
        return
    if common != [code for code in was if code in common]:
        place = placing.places.get(parent, CellPlace(sides.table.path, sides.table.own.sheet))
        sides.conflict(place, "、".join(common), "、".join(wanted), "、".join(was))
        return
    places = [listed.index(code) for code in common]
    for place_of, code in zip(places, wanted, strict=True):
        listed[place_of] = code


__all__ = ["children_wanted"]
