"""What is wrong with the office's workbooks in force, read all together; kept for pages until one of them is another.

It lies beside what ``answered`` keeps, and may be thrown away as that.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem, ThingPlace, is_error
from lawgov_score.report import problem_record, render
from lawgov_score.rounds.answered import FOLDER
from lawgov_score.rounds.books_together import check_in_force
from lawgov_score.rounds.by_hand import at_their_rows
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import BY_HAND, books_in_force
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Face, Language

_FILE = "office.json"
_BY_HAND = frozenset(BY_HAND.values())
CONTRADICTIONS = frozenset({Code.A207, Code.A208, Code.A219, Code.A221, Code.A224})  # of which none counts, or one


@dataclass(frozen=True, slots=True)
class Checked:
    """``problems``: as `check --format json` lists them, each ``of`` its workbook; of rows by hand as people call them.

    ``contradictions``: how many at each indicator. ``by_hand``: everything that is to be said of workbooks by hand.
    """

    problems: tuple[Mapping[str, Any], ...]
    contradictions: Mapping[str, int]
    by_hand: tuple[Mapping[str, Any], ...] = ()


def keep_check(data: Data, round_: Round) -> None:
    """Reads them and keeps what was found. Raises ``RefusedError`` (R205), ``CannotWriteError``."""
    key = _key(round_)
    found = check_in_force(data, round_)
    problems = [one for one in found if is_error(one) or one.code in CONTRADICTIONS or one.code is Code.A217]
    by_hand = [one for one in found if _path(one) in _BY_HAND]
    at: dict[str, int] = {}
    for one in problems:
        if one.code in CONTRADICTIONS and isinstance(code := one.values.get("code"), str):
            at[code] = at.get(code, 0) + one.count
    kept = {
        "key": key,
        "at": at,
        "problems": _records(problems, data, round_),
        "by_hand": _records(by_hand, data, round_),
    }
    data.disk.folder(data.folder / FOLDER, 0o700)
    data.disk.write(data.folder / FOLDER / _FILE, canonical(kept).encode(), mode=0o600)


def kept_check(data: Data, round_: Round, lang: Language) -> Checked | None:
    """What was found; None where nobody has read them as they are now, nor has to, as there are none."""
    if not books_in_force(round_):
        return Checked((), {})
    with suppress(OSError, ValueError, KeyError):  # an earlier version kept less
        kept = json.loads((data.folder / FOLDER / _FILE).read_bytes())
        if kept["key"] == _key(round_):
            return Checked(tuple(kept["problems"][lang.value]), kept["at"], tuple(kept["by_hand"][lang.value]))
    return None


def _records(problems: Sequence[Problem], data: Data, round_: Round) -> dict[str, list[dict[str, object]]]:
    """Problems in each language, at the rows as people call them where they were entered by hand."""
    told = list(zip(problems, at_their_rows(data, round_, problems), strict=True))
    return {lang.value: [_record(one, _path(before), lang) for before, one in told] for lang in Language}


def _record(one: Problem, of: str, lang: Language) -> dict[str, object]:
    shown = {"path": render(one.place.shown, lang)} if isinstance(one.place, ThingPlace) else {}
    return {**problem_record(one, lang, Face.DESK), **shown, "of": of}


def _path(problem: Problem) -> str:
    return problem.place.path if isinstance(problem.place, CellPlace) else ""


def in_its_file(record: Mapping[str, Any]) -> dict[str, Any]:
    """The same record of a problem, whose sheet says of which workbook it is: for lists of several workbooks."""
    sheet, path = record.get("sheet"), record.get("path")
    return {**record, "sheet": f"{path}:{sheet}" if sheet else path} if record.get("cell") else dict(record)


def _key(round_: Round) -> str:
    """What it depends on: the workbooks, the tree, the units."""
    of = {name: book.file.sha256 for name, book in books_in_force(round_).items()}
    by = [None if one is None else one.sha256 for one in (round_.tree, round_.roster, round_.weights)]
    return sha256_of(canonical([of, by]).encode())
