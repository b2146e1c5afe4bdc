"""Contents of a sheet besides values, read from its XML: formulas, number formats, notes, links, hidden parts.

The reader of values gives none of these. Everything is read from parts that passed the guard, so it is bounded.
"""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lawgov_score.workbook.package.number_formats import format_codes
from lawgov_score.workbook.package.part_xml import local, scan
from lawgov_score.workbook.package.sheet_cells import SheetParser, shared_formula
from lawgov_score.workbook.package.sheet_list import book_of, sheet_links

_OVERLAYS = {"sp": "text", "pic": "picture", "control": "control", "oleObject": "object"}


@dataclass(frozen=True, slots=True)
class Anatomy:
    """One sheet without its values; everything by address, ``F12``."""

    formulas: Mapping[str, str] = field(default_factory=dict)  # without the leading =
    errors: Mapping[str, str] = field(default_factory=dict)  # the error value: #REF!
    formats: Mapping[str, str] = field(default_factory=dict)  # number formats of cells with content
    notes: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()  # A1:C1
    hidden: frozenset[str] = frozenset()  # rows as 12:12, columns as D:D
    is_hidden: bool = False
    dressed: frozenset[str] = frozenset()  # ranges with a conditional number format
    overlays: Mapping[str, int] = field(default_factory=dict)  # number of text boxes, pictures and so on on it


def anatomy_of(parts: Mapping[str, bytes]) -> Mapping[str, Anatomy]:
    """Every sheet of the workbook by name. Raises ``PartError`` if a part is not XML."""
    styles = next((part for name, part in parts.items() if name.endswith("styles.xml")), b"")
    codes, dressing = format_codes(styles) if styles else ((), frozenset())
    states = _states(parts)
    return {
        link.name: _anatomy(parts, link.part, codes, dressing, states.get(link.name, "visible") != "visible")
        for link in sheet_links(parts)
        if link.part in parts
    }


def names_of(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """The defined names of formulas, each with what it stands for, without those that programs add themselves.

    Raises ``PartError``.
    """
    text_of: dict[str, str] = {}
    name = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        name = attributes.get("name", "") if local(tag) == "definedName" else ""
        if name:
            text_of[name] = ""

    def inside(text: str) -> None:
        if name:
            text_of[name] += text

    scan(_book(parts), start, inside)
    return {name: text for name, text in text_of.items() if not name.startswith("_xlnm")}


def _anatomy(
    parts: Mapping[str, bytes], at: str, codes: Sequence[str], dressing: frozenset[int], is_hidden: bool
) -> Anatomy:
    parser = SheetParser(dressing)
    parser.parse(parts[at])
    relations = _relations(parts, at)
    formulas = {
        cell: text if text or index is None else shared_formula(parser.shared, index, cell)
        for cell, (text, index) in parser.formulas.items()
    }
    links = {
        cell: location or relations.get(relation, ("", ""))[1] for cell, (relation, location) in parser.links.items()
    }
    return Anatomy(
        formulas,
        parser.errors,
        {cell: codes[style] if style < len(codes) else "General" for cell, style in parser.styles.items()},
        _notes(parts, relations),
        links,
        frozenset(parser.merged),
        frozenset(parser.hidden),
        is_hidden,
        frozenset(parser.dressed),
        _overlays(parts, relations),
    )


def _notes(parts: Mapping[str, bytes], relations: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    notes: dict[str, str] = {}
    cell = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        if local(tag) == "comment":
            cell = attributes.get("ref", "")
            notes[cell] = ""

    def inside(text: str) -> None:
        if cell:
            notes[cell] += text

    def end(tag: str) -> None:
        nonlocal cell
        if local(tag) == "comment":
            cell = ""

    for kind, target in relations.values():
        if kind == "comments" and target in parts:
            scan(parts[target], start, inside, end)
    return notes


def _overlays(parts: Mapping[str, bytes], relations: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    count: dict[str, int] = {}

    def start(tag: str, _: dict[str, str]) -> None:
        what = _OVERLAYS.get(local(tag))
        if what:
            count[what] = count.get(what, 0) + 1

    for kind, target in relations.values():
        if kind == "drawing" and target in parts:
            scan(parts[target], start)
    return count


def _states(parts: Mapping[str, bytes]) -> dict[str, str]:
    states: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            states[attributes.get("name", "")] = attributes.get("state", "visible")

    scan(_book(parts), start)
    return states


def _book(parts: Mapping[str, bytes]) -> bytes:
    return parts.get(book_of(parts), b"")


def _relations(parts: Mapping[str, bytes], at: str) -> dict[str, tuple[str, str]]:
    """Relation -> its type and target: a part of the workbook, or an address outside."""
    folder, name = posixpath.split(at)
    relations: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) != "Relationship":
            return
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") != "External":
            inside = target.startswith("/")
            target = target.lstrip("/") if inside else posixpath.normpath(f"{folder}/{target}")
        relations[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    scan(parts.get(f"{folder}/_rels/{name}.rels", b""), start)
    return relations
