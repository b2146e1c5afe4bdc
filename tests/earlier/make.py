"""``python tests/earlier/make.py ROOT OUT``: what the version checked out in ROOT makes, small, for later ones to read.

Three trees, three returned workbooks, a scorecard, a card and the tables (``--csv``) of each tree. ROOT's own code
writes all of it, into ``OUT/<its version>``. Run it with the tree of a release before the next one begins:
``git worktree add /tmp/it TAG && python tests/earlier/make.py /tmp/it tests/earlier``.
"""

import csv
import shutil
import sys
from pathlib import Path

RETURNED = "a-fields-and-arithmetic"  # its units send workbooks
TABLES = ("e-vetoes-and-limits", "c-means")  # theirs come in a table
UNITS = ("u1", "u2", "u3")


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


if __name__ == "__main__":
    sys.exit(main())
