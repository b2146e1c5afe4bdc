"""Ways to tamper with a workbook and leave all else as it was: its XML is changed, nothing is read and written anew."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from lawgov_score.workbook.package.sheet_list import sheet_links


def part_of(path: Path, sheet: str) -> str:
    """The name of the part that holds ``sheet``."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return next(link.part for link in sheet_links(parts) if link.name == sheet)


def changed(path: Path, target: Path, part: str, change: Callable[[str], str]) -> Path:
    """A copy at ``target`` in which ``part`` is what ``change`` makes of it; it must change something."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            text = archive.read(name)
            if name == part:
                anew = change(text.decode()).encode()
                assert anew != text, f"nothing changed in {part}"
                text = anew
            copy.writestr(name, text)
    return target


def cell_xml(cell: str) -> re.Pattern[str]:
    """Matches a cell of a sheet's XML: what comes before its content, the formula (if any), the stored value."""
    return re.compile(rf'(<c r="{cell}"[^>]*>)(?:<f>([^<]*)</f>)?<v>([^<]*)</v></c>')
