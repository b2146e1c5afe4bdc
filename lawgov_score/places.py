"""Places of problems as text: one, and many in little room."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lawgov_score.cell_addresses import address_in
from lawgov_score.problems import CellPlace, NodePlace, Place, TextPlace, ThingPlace

MOST_PLACES = 40  # places or ranges that are listed
_SHORTEST_RANGE = 3  # cells below one another that are written as a range


def place_text(place: Place) -> str:
    """``file:line:column``, ``file:sheet!cell`` or ``unit:node``; unknown parts are left out."""
    match place:
        case TextPlace(path, line, column):
            return f"{path}:{line}:{column}" if line else path
        case CellPlace(path, sheet, cell):
            inside = "!".join(part for part in (sheet, cell) if part)
            return f"{path}:{inside}" if inside else path
        case NodePlace(unit, node):
            return ":".join(part for part in (unit, node) if part)
        case ThingPlace(path):
            return path


def place_list(places: Sequence[Place], after: Place | None = None, most: int = MOST_PLACES) -> tuple[str, ...]:
    """Many places in little room: neighbours in a column as ``B3:B9``, file and sheet named once, then ``……``.

    ``after``: the place that was named before. ``most``: places or ranges that are listed.
    """
    texts: list[str] = []
    before = after
    for run in _runs(places):
        is_range = len(run) >= _SHORTEST_RANGE
        for place in run[:1] if is_range else run:
            texts.append(place_text(place).removeprefix(_said_before(place, before)))
            before = place
        if is_range and isinstance(run[-1], CellPlace):
            texts[-1] += f":{run[-1].cell}"
        if len(texts) > most:
            return (*texts[:most], "……")
    return tuple(texts)


def _said_before(place: Place, before: Place | None) -> str:
    """The beginning of a place that the one before it has too: the file, or file and sheet."""
    if isinstance(place, NodePlace) or before is None or isinstance(before, NodePlace) or place.path != before.path:
        return ""
    sheet, sheet_before = getattr(place, "sheet", ""), getattr(before, "sheet", "")
    if isinstance(place, CellPlace) and place.cell and sheet and sheet == sheet_before:
        return f"{place.path}:{sheet}!"
    return f"{place.path}:" if sheet or not sheet_before else ""


def _runs(places: Sequence[Place]) -> Iterator[Sequence[Place]]:
    """The places in their order, those together that follow one another down a column."""
    breaks = [i for i, (one, other) in enumerate(pairwise(places), 1) if not _is_below(one, other)]
    for begin, end in pairwise([0, *breaks, len(places)]):
        if begin < end:
            yield places[begin:end]


def _is_below(one: Place, other: Place) -> bool:
    """Is ``other`` the cell under ``one``?"""
    if not isinstance(one, CellPlace) or not isinstance(other, CellPlace):
        return False
    upper, lower = address_in(one.cell), address_in(other.cell)
    if upper is None or lower is None or (one.path, one.sheet) != (other.path, other.sheet):
        return False
    return (upper[0] + 1, upper[1]) == lower
