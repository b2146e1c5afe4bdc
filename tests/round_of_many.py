"""A round of as many units as are wanted, by the tree of ``round_made``; and the workbook of each, filled in."""

from pathlib import Path

from round_made import NOW, given
from sheets import fill

from lawgov_score import pipeline
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.states import move
from lawgov_score.wording import Language


def round_of(folder: Path, n: int) -> tuple[Path, list[tuple[str, bytes]]]:
    """A data folder whose round is open, and what its ``n`` units send."""
    tree, roster = given(folder)
    units = [f"XZ-{i:03d},第{i}乡,town" for i in range(1, n + 1)]
    roster.write_text("\n".join(("unit,name,type", *units, "")), encoding="utf-8")
    made, problems = create_round(folder / "data", tree, roster, None, now=NOW)
    assert made is not None, problems
    data = folder / "data"
    with opened(data):
        move(the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "开始", NOW)
    of, _ = pipeline.load_tree(tree)
    assert of is not None
    read, _ = pipeline.load_roster(roster, of)
    assert read is not None
    pipeline.write_templates(of, read, folder / "templates", Language.ZH, unwatched)
    books = []
    for i, path in enumerate(sorted((folder / "templates").glob("XZ*.xlsx"))):
        fill(path, {"01-1.done": i % 10, "01-1.got": 10}, evidence="见附件")
        books.append((path.name, path.read_bytes()))
    assert len(books) == n
    return data, books
