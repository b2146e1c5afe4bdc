"""The files of a tree as the next edition: the same bytes, but for the edition and the year.

Nothing is written out anew: two values are replaced where they stand. That the result is the old tree and nothing else
is proved by reading it again (``is_the_next``).
"""

import codecs
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.carried import tree_at
from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.tree.document import Document, Spot
from lawgov_score.tree.folder import HEAD, read_tree
from lawgov_score.tree.source import read
from lawgov_score.wording import Words

_OF_EDITORS = re.compile(r"^# yaml-language-server:\s*\$schema=(\S+)", re.MULTILINE)
_YEAR = re.compile(r"(\d{4})(?:年|年度|年版|年度版)?")
YEARS = range(1900, 3000)  # as the schema has it

_NOT_WRITTEN = Words("没有写 {key}", "no {key} is written")
_BROKEN = Words("{key} 分几行写", "{key} goes over several lines")


@dataclass(frozen=True, slots=True)
class NextEdition:
    """What is to be written: bytes by file name; files beside that no tree reads; files that lose the editors' line."""

    files: Mapping[str, bytes]
    left: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def year_of(edition: str) -> int | None:
    """The year that an edition is: ``2026``, ``2026年``, ``2026年度``, ``2026年版``; None: it is none.

    >>> year_of("2026"), year_of("2026年度"), year_of("修订二"), year_of("2026A")
    (2026, 2026, None, None)
    """
    match = _YEAR.fullmatch(edition.strip())
    return int(match[1]) if match and int(match[1]) in YEARS else None


def is_of_a_year(code: str, edition: str, year: int) -> bool:
    """Does a tree's code carry its edition or its year? (``qujialing-2017``; not ``area-120170``)

    >>> is_of_a_year("qujialing-2017", "2017", 2017), is_of_a_year("area-120170", "2017", 2017)
    (True, False)
    """
    words = {*re.split("[-_.]", code), *re.findall(r"\d+", code)}
    return str(year) in words or (edition in words and len(edition) > 1 and any(c.isdigit() for c in edition))


def next_edition(tree: Path, code: str, folder: Path, edition: str, year: int) -> NextEdition:
    """The files of ``tree`` (a folder, a file or the code of a carried one) as the edition that goes to ``folder``.

    ``code``: that of the tree, by which its weight sets are known.
    """
    tree = tree_at(tree)
    is_folder = tree.is_dir()
    head = tree / HEAD if is_folder else tree
    document, _ = read(head)
    raw = head.read_bytes()
    problems = tuple(_unplaced(document))
    if problems:
        return NextEdition({}, problems=problems)
    new = {("edition",): _text(document.spots["edition",], edition), ("year",): str(year)}
    files = {HEAD: _replaced(raw, {document.spots[where]: text for where, text in new.items()})}
    home = head.parent
    names = [name for name in document.data.get("parts", ()) if isinstance(name, str)]
    others = sorted(one for one in home.iterdir() if one.name not in {head.name, *names} and not one.is_dir())
    names += [one.name for one in others if _is_weight_set_of(one, code)]
    files |= {name: (home / name).read_bytes() for name in names}
    unlinked = tuple(name for name, text in files.items() if _is_lost(text, folder))
    left = tuple(one.name for one in others if one.name not in files) if is_folder else ()
    return NextEdition(
        {name: _without_line(text) if name in unlinked else text for name, text in files.items()}, left, unlinked
    )


def is_the_next(old: Path, new: Path, edition: str, year: int) -> bool:
    """Read again, is the tree at ``new`` the one at ``old`` with this edition and year, and nothing else changed?"""
    before, now = read_tree(old)[0].data, read_tree(new)[0].data
    return bool(now == {**before, "edition": edition, "year": year})


def _unplaced(head: Document) -> Iterator[Problem]:
    """D172 where the edition or the year does not stand on one line by itself."""
    for key in ("edition", "year"):
        spot = head.spots.get((key,))
        if spot is None:
            yield Problem(Code.D172, TextPlace(head.path), {"found": _NOT_WRITTEN(key=key), "key": key})
        elif not spot.is_one_line:
            yield Problem(Code.D172, spot.value, {"found": _BROKEN(key=key), "key": key})


def _text(spot: Spot, text: str) -> str:
    """A text in the quotes that stand there."""
    return "'" + text.replace("'", "''") + "'" if spot.style == "'" else json.dumps(text, ensure_ascii=False)


def _replaced(raw: bytes, texts: Mapping[Spot, str]) -> bytes:
    """The same bytes with these values replaced; a mark of the encoding and the ends of lines stay."""
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    lines = raw.removeprefix(mark).decode("utf-8").splitlines(keepends=True)
    for spot, text in sorted(texts.items(), key=lambda one: one[0].value, reverse=True):  # two may stand on one line
        place = spot.value
        line = lines[place.line - 1]
        lines[place.line - 1] = line[: place.column - 1] + text + line[place.column - 1 + place.length :]
    return mark + "".join(lines).encode("utf-8")


def _is_weight_set_of(file: Path, code: str) -> bool:
    if file.suffix not in {".yaml", ".yml"}:
        return False
    data = read(file)[0].data
    return isinstance(data, dict) and data.get("weights_of") == code


def _is_lost(raw: bytes, folder: Path) -> bool:
    """Does the editors' line lead nowhere from the new folder?"""
    match = _OF_EDITORS.search(raw.decode("utf-8-sig"))
    if match is None or "://" in match[1] or Path(match[1]).is_absolute():
        return False
    return not Path(os.path.normpath(folder.resolve() / match[1])).is_file()


def _without_line(raw: bytes) -> bytes:
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    lines = raw.removeprefix(mark).decode("utf-8").splitlines(keepends=True)
    return mark + "".join(line for line in lines if not _OF_EDITORS.match(line)).encode("utf-8")
