"""``python tests/earlier/make.py ROOT OUT``: what the version checked out in ROOT makes, small, for later ones to read.

Three trees, three returned workbooks, a scorecard, a card and the tables (``--csv``) of each tree; and the data folder
of a round from its notice to its publication (from 0.9.0 on), as text: ``round/database.sql`` is what the database
holds, ``round/files.txt`` its files and its key, packed (``unpacked`` makes the folder of both). ROOT's own code
writes all of it, into ``OUT/<its version>``. Run it with the tree of a release before the next one begins:
``git worktree add /tmp/it TAG && python tests/earlier/make.py /tmp/it tests/earlier``.
"""

import base64
import csv
import io
import lzma
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

RETURNED = "a-fields-and-arithmetic"  # its units send workbooks
TABLES = ("e-vetoes-and-limits", "c-means")  # theirs come in a table
UNITS = ("u1", "u2", "u3")
ROUND = "round"
_WIDTH = 110  # of a line of packed files


def main() -> int:
    """Writes OUT/<version>."""
    root, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    sys.path.insert(0, str(root))
    import lawgov_score

    assert Path(lawgov_score.__file__).parent.parent == root
    place = out / lawgov_score.__version__
    shutil.rmtree(place, ignore_errors=True)
    for name in (RETURNED, *TABLES):
        shutil.copytree(root / "tests" / "schemes" / name, place / name)
        (place / name / "expected.csv").unlink()
        (place / name / "problems.csv").unlink(missing_ok=True)
    (place / RETURNED / "figures.csv").unlink()
    _returned(place / RETURNED)
    for name in (RETURNED, *TABLES):
        _score(place / name)
    if (root / "lawgov_score" / "rounds").exists():
        sys.path.insert(0, str(root / "tests"))
        make_round(place / ROUND)
    return 0


def _returned(folder: Path) -> None:
    from lawgov_score.model import Unit
    from lawgov_score.pipeline import load_tree
    from lawgov_score.rules.field import FieldType
    from submissions.filled_workbook import Entry, write_filled

    tree, _ = load_tree(folder / "tree.yaml")
    assert tree is not None
    (folder / "in").mkdir()
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["unit", "name", "type", "cohort"], *([code, f"{code}局", "unit", ""] for code in UNITS)]
        )
    texts: dict[FieldType, str | float] = {FieldType.YES_NO: "是", FieldType.SHARE: 0.85, FieldType.TEXT: "无"}
    for number, code in enumerate(UNITS, start=1):
        entries = {}
        for indicator in tree.indicators:
            for i, asked in enumerate(indicator.fields):
                if asked.substitute:
                    continue
                value = texts.get(asked.type, 2 + number + 2 * i)
                if asked.type is FieldType.CHOICE:
                    value = asked.choices[number % len(asked.choices)]
                if asked.type is FieldType.DATE:
                    value = f"2025-03-{10 + number}"
                entries[f"{indicator.code}.{asked.code}"] = Entry(value)
        write_filled(tree, Unit(code, f"{code}局", "unit", ""), entries, folder / "in" / f"{code}.xlsx")


def _score(folder: Path) -> None:
    """The scorecard, one card, and the tables that ``--since`` reads, by the version's own command line."""
    import os

    from lawgov_score.cli import main as command

    there = {"roster.csv": "--roster", "office": "--assessor", "previous": "--previous"}
    options = [word for name, option in there.items() if (folder / name).exists() for word in (option, name)]
    inputs = "in" if (folder / "in").exists() else "figures.csv"
    os.chdir(folder)
    try:
        command(["score", "tree.yaml", inputs, *options, "-o", "scorecard.xlsx", "--cards", "cards", "--csv", "csv"])
    except SystemExit as ended:
        if ended.code not in {0, 1}:
            raise
    cards = sorted(Path("cards").glob("*.xlsx"))
    cards[0].rename("card.xlsx")
    shutil.rmtree("cards")


def make_round(place: Path) -> None:
    """A data folder by the version's own commands: two tries, a leave, office's lines, an objection, a publication."""
    from round_books import answered
    from round_made import given

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tree, roster = given(folder)
        data = str(folder / "data")
        (folder / "复核.csv").write_text(
            "单位,指标,原得分,改后得分,改分理由,复核人,复核日期\nXZ-02,01-1,1,1.2,补件,王五,2026-03-02\n",
            encoding="utf-8",
        )
        for file, unit, done in (("1", "XZ-01", 11), ("2", "XZ-01", 3), ("3", "XZ-02", 5), ("4", "BM-01", 9)):
            (folder / f"{file}.xlsx").write_bytes(answered(unit, done, 10))
        _round("new", data, "--tree", str(tree), "--roster", str(roster))
        _round("holiday", data, "2026-03-04", "--off", "停电")
        _round("move", data, "open", "--why", "开始报送", "--until", "2099-12-31")
        _round("receive", data, str(folder / "1.xlsx"))
        _round("return", data, "-o", str(folder / "returned"), "--unit", "XZ-01")
        _round("receive", data, *(str(folder / f"{n}.xlsx") for n in (2, 3, 4)))
        _round("leave", data, "--unit", "BM-01", "--until", "2099-12-31", "--why", "断网")
        _round("accept", data, "--unit", "XZ-02")
        _round("enter", data, str(folder / "复核.csv"))
        for state in ("closed", "first_review", "second_review", "notified", "objections"):
            _round("move", data, state, "--why", "到期")
        _round(
            "object", data, "--unit", "XZ-01", "--indicator", "01-1", "--claim", "漏计一件", "--evidence", str(roster)
        )
        _round("decide", data, "1", "--outcome", "upheld", "--score", "0.8", "--why", "属实")
        _round("move", data, "final", "--why", "到期")
        _round("run", data, "--kind", "final")
        _round("publish", data, "--why", "终评", "--released-by", "李某")
        packed(folder / "data", place)


def _round(*words: str) -> None:
    from lawgov_score.cli import main as command

    try:
        command(["round", *words])
    except SystemExit as ended:
        if ended.code not in {0, 1}:  # 1: there is a warning, or an error in a workbook
            raise


def packed(data: Path, place: Path) -> None:
    """A data folder as two texts."""
    place.mkdir(parents=True)
    with closing(sqlite3.connect(data / "round.sqlite3")) as database:
        (place / "database.sql").write_text("".join(f"{line}\n" for line in database.iterdump()), encoding="utf-8")
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for path in sorted(path for path in data.rglob("*") if path.is_file() and ".sqlite3" not in path.name):
            archive.add(path, path.relative_to(data).as_posix())
    text = base64.b85encode(lzma.compress(content.getvalue(), preset=9 | lzma.PRESET_EXTREME)).decode()
    lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    (place / "files.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def unpacked(place: Path, data: Path) -> Path:
    """The data folder of two texts."""
    data.mkdir()
    with closing(sqlite3.connect(data / "round.sqlite3")) as database:
        database.executescript((place / "database.sql").read_text(encoding="utf-8"))
    content = lzma.decompress(base64.b85decode((place / "files.txt").read_text(encoding="utf-8").replace("\n", "")))
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(data, filter="data")
    return data


if __name__ == "__main__":
    sys.exit(main())
