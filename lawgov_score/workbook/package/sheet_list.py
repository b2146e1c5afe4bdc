"""The sheets that a workbook lists, and the part of each: found by its relations, as the reading library does."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lawgov_score.workbook.package.part_xml import PartError, local, scan

_WORKBOOKS = {  # types of the relation from a file to its workbook, ordinary and strict
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A listed sheet: its name, its relation, the part it leads to, and whether it is hidden."""

    name: str
    relation: str
    part: str
    is_hidden: bool = False


def book_of(parts: Mapping[str, bytes]) -> str:
    """The name of the part that lists the sheets, found by the file's own relations, as in the library.

    Raises ``PartError``, like all functions below.
    """
    folders = {
        relation["Target"].removeprefix("/").rpartition("/")[0]
        for relation in _tags(parts.get(_called(parts, "_rels/.rels"), b""), "Relationship")
        if relation.get("Type") in _WORKBOOKS and "Target" in relation
    }
    if len(folders) > 1:
        raise PartError("two workbooks in one file")
    if not folders:
        return next((name for name in parts if name.endswith("workbook.xml")), "")
    (folder,) = folders
    return _called(parts, f"{folder}/workbook.xml".removeprefix("/"))


def sheet_links(parts: Mapping[str, bytes]) -> Iterator[Link]:
    """The sheets that the workbook lists, in its order."""
    book = book_of(parts)
    folder, name = posixpath.split(book)
    listed = parts.get(_called(parts, f"{folder}/_rels/{name}.rels".removeprefix("/")), b"")
    tags = _tags(listed, "Relationship")
    relations: dict[str, str] = {}
    for tag in tags:
        if "Target" in tag and relations.setdefault(tag.get("Id", ""), tag["Target"]) != tag["Target"]:
            raise PartError("one relation to two parts")
    for tag in _tags(parts.get(book, b""), "sheet"):
        relation = next((value for key, value in reversed(tag.items()) if local(key) == "id"), "")
        target = relations.get(relation, "").replace("\\", "/")
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        is_hidden = tag.get("state", "visible") != "visible"
        yield Link(tag.get("name", ""), relation, _called(parts, target), is_hidden)


def _called(parts: Mapping[str, bytes], name: str) -> str:
    """A part's name in the archive: case is ignored, by the library as by Windows."""
    return name if name in parts else next((one for one in parts if one.casefold() == name.casefold()), name)


def _tags(part: bytes, wanted: str) -> list[dict[str, str]]:
    """The attributes of every tag of that name, whatever its prefix."""
    tags: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == wanted:
            tags.append(attributes)

    scan(part, start)
    return tags
