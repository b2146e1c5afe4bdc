"""Workbooks of the round of ``round_made``, filled in; and what has come, kept as `round receive` keeps it."""

import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from round_made import NOW, given
from sheets import fill
from test_cli_assessor import a_tree

from lawgov_score import pipeline
from lawgov_score.model import Roster, Tree
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.rounds.creation import create_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Round, Submission
from lawgov_score.rounds.names import FileKind
from lawgov_score.wording import Language
from lawgov_score.workbook.package.archive import stored
from lawgov_score.workbook.package.saved import CORE, with_saved


def without_evidence(unit: str) -> bytes:
    """The workbook of a unit, filled in, that names no evidence."""
    return answered(unit, 2, 4, evidence="")


@cache
def answered(unit: str, done: object, got: object, evidence: str = "见附件") -> bytes:
    """The workbook of a unit, filled in."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        of, units = _read(folder)
        pipeline.write_templates(of, units, folder / "templates", Language.ZH, unwatched)
        (path,) = (folder / "templates").glob(f"{unit}*.xlsx")
        fill(path, {"01-1.done": done, "01-1.got": got}, evidence=evidence)
        return path.read_bytes()


def saved(content: bytes, moment: str) -> bytes:
    """A workbook that says that it was saved then; '' says nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one.filename: archive.read(one) for one in archive.infolist()}
    return stored({**parts, CORE: with_saved(parts[CORE], moment)})


def _read(folder: Path) -> tuple[Tree, Roster]:
    tree, roster = given(folder)
    of, problems = pipeline.load_tree(tree)
    assert of is not None, problems
    units, _ = pipeline.load_roster(roster, of)
    assert units is not None
    return of, units


def sent(data: Data, round_: Round, unit: str, content: bytes, name: str = "") -> Submission:
    """One more try of a unit, with this content, under any name."""
    of = round_.units.get(code=unit)
    file = keep(data, content, name or f"{unit}.xlsx", FileKind.SUBMISSION, NOW)
    return Submission.objects.create(
        round=round_,
        unit=of,
        n=of.submissions.count() + 1,
        file=file,
        name=name or f"{unit}.xlsx",
        receipt="",
        engine="test",
        received_at=NOW,
    )


def of_another_tree(unit: str, old: str, new: str, roster: str = "", *, roster_text: str = "") -> bytes:
    """A workbook of a unit, filled in, of a tree whose text differs; ``roster``: more lines of it, or all of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tree, units_file = given(folder)
        if old:
            tree.write_text(tree.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        units_file.write_text(roster_text or units_file.read_text(encoding="utf-8") + roster, encoding="utf-8")
        of, problems = pipeline.load_tree(tree)
        assert of is not None, problems
        units, _ = pipeline.load_roster(units_file, of)
        assert units is not None
        pipeline.write_templates(of, units, folder / "templates", Language.ZH, unwatched)
        (path,) = (folder / "templates").glob(f"{unit}*.xlsx")
        fill(path, {"01-1.done": 1, "01-1.got": 2})
        return path.read_bytes()


def an_office_round(folder: Path) -> Path:
    """Another round, in a data folder ``office-round``: two units, A and B, and a tree with all that an office adds."""
    roster = folder / "roster-ab.csv"
    roster.write_text("unit,name,type\nA,甲局,any\nB,乙局,any\n", encoding="utf-8")
    made, problems = create_round(folder / "office-round", Path(a_tree(folder)), roster, None, now=NOW)
    assert made is not None, problems
    return folder / "office-round"
