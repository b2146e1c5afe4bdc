"""Reads the results of an earlier run of the same assessment, as ``score --csv`` wrote them → Earlier."""

from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Tree
from lawgov_score.model.changes import Earlier, Standing
from lawgov_score.problems import CellPlace, Problem, by_place, display_path, gathered
from lawgov_score.wording import Words
from lawgov_score.workbook.submission.result_tables import A_NUMBER, FIGURES, RANKING, SCORES, TABLES, Basket, rows_of

_LACKING = Words("没有 {names:list}", "no {names:list}")


def read_earlier(folder: Path, tree: Tree) -> tuple[Earlier | None, tuple[Problem, ...]]:
    """The results in ``folder``, and their problems. None (A311) where they cannot be compared with this run.

    All three tables are needed, and the tree's own code in them: results of another tree are no earlier run.
    """
    place = CellPlace(display_path(folder))
    lacking = tuple(name for name in TABLES if not (folder / name).is_file())
    if lacking:
        return None, (Problem(Code.A311, place, {"expected": tree.code, "found": _LACKING(names=lacking)}),)
    basket = Basket()
    standings = {
        row.text("unit"): Standing(*(row.text(name) for name in ("name", "cohort", "score", "rank", "grade")))
        for row in rows_of(folder, RANKING, basket, key=("unit",))
    }
    scores: dict[str, dict[str, tuple[float, str]]] = {}
    first = ""
    for row in rows_of(folder, SCORES, basket, key=("unit", "code")):
        unit, code = row.text("unit"), row.text("code")
        first = first or code
        scores.setdefault(unit, {})[code] = (row.number("score", A_NUMBER), row.text("status"))
    figures: dict[str, dict[tuple[str, str], float]] = {}
    for row in rows_of(folder, FIGURES, basket, key=("unit", "code", "field")):
        key = (row.text("code"), row.text("field"))
        figures.setdefault(row.text("unit"), {})[key] = row.number("value", A_NUMBER, must=True)
    problems = tuple(sorted(gathered(basket.problems.told()), key=by_place))
    if not any(tree.code in nodes for nodes in scores.values()):
        problems = (*problems, Problem(Code.A311, place, {"expected": tree.code, "found": first or "—"}))
        return None, problems
    return Earlier(display_path(folder), standings, scores, figures), problems
