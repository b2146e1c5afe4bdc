"""What is wrong with the office's workbooks in force, read all together; kept for pages until one of them is another.

It lies beside what ``answered`` keeps, and may be thrown away as that.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import is_error
from lawgov_score.report import problem_record
from lawgov_score.rounds.answered import FOLDER
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.entering import check_in_force
from lawgov_score.rounds.folder import books_in_force
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Language

_FILE = "office.json"
CONTRADICTIONS = frozenset({Code.A207, Code.A208, Code.A219, Code.A221, Code.A224})  # of which none counts, or one


@dataclass(frozen=True, slots=True)
class Checked:
    """``problems``: as `check --format json` lists them. ``contradictions``: how many at each indicator."""

    problems: tuple[Mapping[str, Any], ...]
    contradictions: Mapping[str, int]


def keep_check(data: Data, round_: Round) -> None:
    """Reads them and keeps what was found. Raises ``RefusedError`` (R205), ``CannotWriteError``."""
    key = _key(round_)
    problems = [one for one in check_in_force(data, round_) if is_error(one) or one.code in CONTRADICTIONS]
    at: dict[str, int] = {}
    for one in problems:
        if one.code in CONTRADICTIONS and isinstance(code := one.values.get("code"), str):
            at[code] = at.get(code, 0) + one.count
    kept = {
        "key": key,
        "at": at,
        "problems": {lang.value: [problem_record(one, lang) for one in problems] for lang in Language},
    }
    data.disk.folder(data.folder / FOLDER, 0o700)
    data.disk.write(data.folder / FOLDER / _FILE, canonical(kept).encode(), mode=0o600)


def kept_check(data: Data, round_: Round, lang: Language) -> Checked | None:
    """What was found; None where nobody has read them as they are now, nor has to, as there are none."""
    if not books_in_force(round_):
        return Checked((), {})
    with suppress(OSError, ValueError):
        kept = json.loads((data.folder / FOLDER / _FILE).read_bytes())
        if kept["key"] == _key(round_):
            return Checked(tuple(kept["problems"][lang.value]), kept["at"])
    return None


def in_its_file(record: Mapping[str, Any]) -> dict[str, Any]:
    """The same record of a problem, whose sheet says of which workbook it is: for lists of several workbooks."""
    sheet, path = record.get("sheet"), record.get("path")
    return {**record, "sheet": f"{path}:{sheet}" if sheet else path} if record.get("cell") else dict(record)


def _key(round_: Round) -> str:
    """What it depends on: the workbooks, the tree, the units."""
    of = {name: book.file.sha256 for name, book in books_in_force(round_).items()}
    by = [None if one is None else one.sha256 for one in (round_.tree, round_.roster, round_.weights)]
    return sha256_of(canonical([of, by]).encode())
