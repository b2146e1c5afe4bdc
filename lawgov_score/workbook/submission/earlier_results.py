"""Reads the results of an earlier run of the same assessment, as ``score --csv`` wrote them → Earlier.

They are compared as a whole or not at all: an error in one of the tables, a line that lacks, and nobody could say of
what differs whether it changed.
"""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Tree
from lawgov_score.model.changes import Earlier, Ground, GroundKey, Grounds, KeptScore, Standing
from lawgov_score.problems import CellPlace, Problem, by_place, display_path, gathered, is_error
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.submission.result_tables import (
    A_NUMBER,
    FIGURES,
    GROUNDS,
    RANKING,
    SCORES,
    TABLES,
    Basket,
    Row,
    rows_of,
)

_LACKING = Words("没有 {names:list}", "no {names:list}")
_FAULTY = Words("表中有 {n} 处错误（见各条）", "{n} errors in the tables, listed one by one")
_NOT_IN_ALL = Words(
    "各表的单位或指标不一致，如 {name} 中没有 {what}", "the tables differ in units or nodes: {name} has no {what}"
)
_COLUMN = Words("{heading} 栏", "column {heading}")
_UNIT = Words("单位 {unit}", "unit {unit}")
_OF_UNIT = Words("单位 {unit} 的 {code}", "{code} of unit {unit}")
_SOME_FIGURES = Words("单位 {unit} 的 {n} 行", "{n} lines of unit {unit}")
_A_PLACE = Words("位次，如 3", "a place such as 3")
_EDITION = Words("{edition}（{year} 年）", "{edition} ({year})")
_STANDING = ("name", "cohort", "score", "rank", "grade")
_GROUNDS = frozenset(ground.value for ground in Ground)


def read_earlier(folder: Path, tree: Tree) -> tuple[Earlier | None, tuple[Problem, ...]]:
    """The results in ``folder``, and their problems. None (A311) where they cannot be compared with this run.

    All three tables are needed, without an error and of the same units, and the tree's own code in them: results of
    another tree are no earlier run. Of another edition or year they are compared, and that is said (A320).
    """
    place = CellPlace(display_path(folder))
    lacking = tuple(name for name in TABLES if not (folder / name).is_file())
    if lacking:
        return None, (_nothing(place, tree, _LACKING(names=lacking)),)
    basket = Basket()
    ranking = list(rows_of(folder, RANKING, basket, key=("unit",)))
    standings = {row.text("unit"): _standing(row) for row in ranking}
    scores: dict[str, dict[str, KeptScore]] = {}
    for row in rows_of(folder, SCORES, basket, key=("unit", "code")):
        numbers = (_number(row, "score", A_NUMBER), _number(row, "points", A_NUMBER))
        scores.setdefault(row.text("unit"), {})[row.text("code")] = KeptScore(*numbers, row.text("status"))
    figures: dict[str, dict[tuple[str, str], float]] = {}
    for row in rows_of(folder, FIGURES, basket, key=("unit", "code", "field")):
        key = (row.text("code"), row.text("field"))
        figures.setdefault(row.text("unit"), {})[key] = row.number("value", A_NUMBER, must=True)
    grounds = _grounds(folder, basket) if (folder / GROUNDS).is_file() else None
    problems = tuple(sorted(gathered(basket.problems.told()), key=by_place))
    read = Earlier(display_path(folder), standings, scores, figures, grounds)
    why = _why_not(read, tree, problems, ranking)
    if why is not None:
        return None, (*problems, _nothing(place, tree, why))
    return read, (*problems, *_of_another_edition(read, tree, folder))


def _nothing(place: CellPlace, tree: Tree, found: Text) -> Problem:
    return Problem(Code.A311, place, {"expected": tree.code, "found": found})


def _standing(row: Row) -> Standing:
    """A line of the ranking. What the tables of this program never say (—, 8O) is no number (A305)."""
    score, place = _number(row, "score", A_NUMBER), _number(row, "rank", _A_PLACE, is_place=True)
    texts = ("" if math.isnan(score) else row.text("score"), "" if math.isnan(place) else str(int(place)))
    return Standing(row.text("name"), row.text("cohort"), *texts, row.text("grade"))


def _number(row: Row, heading: str, expected: Words, *, is_place: bool = False) -> float:
    """The number below a heading; nan where it is blank, or no number."""
    return row.number(heading, expected, is_place=is_place, must=bool(row.text(heading)))


def _grounds(folder: Path, basket: Basket) -> Grounds:
    """What the results rest on; what a later version keeps besides is left out."""
    values: dict[GroundKey, str] = {}
    for row in rows_of(folder, GROUNDS, basket, key=("unit", "code", "ground")):
        ground = row.text("ground")
        if ground in {Ground.EFFECT, Ground.FIGURES}:
            row.number("value", A_NUMBER, must=True)
        if ground in _GROUNDS:
            values[row.text("unit"), row.text("code"), Ground(ground)] = row.text("value")
    return Grounds(values)


def _why_not(read: Earlier, tree: Tree, problems: tuple[Problem, ...], ranking: list[Row]) -> Text | None:
    """Why the results cannot be compared; None: they can be."""
    errors = sum(problem.count for problem in problems if is_error(problem))
    if errors:
        return _FAULTY(n=errors)
    lacking = [heading for heading in _STANDING if any(heading not in row.columns for row in ranking[:1])]
    if lacking:
        return _NOT_IN_ALL(name=RANKING, what=_COLUMN(heading=lacking[0]))
    if not any(tree.code in nodes for nodes in read.scores.values()):
        return next((code for nodes in read.scores.values() for code in nodes), "—")
    return next(_gaps(read, tree), None)


def _gaps(read: Earlier, tree: Tree) -> Iterator[Text]:
    """Units and nodes that stand in one table and not in another: somebody has taken lines out."""
    for name, others in ((RANKING, read.standings), (SCORES, read.scores)):
        for table in (read.standings, read.scores, read.figures):
            for unit in sorted(table.keys() - others.keys()):
                yield _NOT_IN_ALL(name=name, what=_UNIT(unit=unit))
    codes = dict.fromkeys(code for nodes in read.scores.values() for code in nodes)
    for unit, nodes in read.scores.items():
        if lacking := codes.keys() - nodes.keys():
            yield _NOT_IN_ALL(name=SCORES, what=_OF_UNIT(unit=unit, code=min(lacking)))
    if read.grounds is not None:  # else nobody knows whose scores the office alone has given
        yield from _lacking_figures(read, tree, read.grounds)


def _lacking_figures(read: Earlier, tree: Tree, grounds: Grounds) -> Iterator[Text]:
    """Units of which figures.csv says less than was written.

    A unit may be scored without any figure: by what an indicator gives where it does not apply, or by a date that never
    came. So the lines are counted; of a version that did not keep their number, only a unit that earned something
    without any is told.
    """
    measured = {one.code for one in tree.indicators if not one.is_judged}
    for unit, nodes in read.scores.items():
        kept, written = len(read.figures.get(unit, ())), grounds.values.get((unit, "", Ground.FIGURES))
        if written is not None:
            is_lacking = kept < float(written)
        else:
            earned = (code for code in measured & nodes.keys() if nodes[code].score > 0)
            is_lacking = not kept and any(not read.changed(unit, code) for code in earned)
        if is_lacking:
            some = _SOME_FIGURES(unit=unit, n=f"{float(written or 0) - kept:.0f}")
            yield _NOT_IN_ALL(name=FIGURES, what=some if kept else _UNIT(unit=unit))


def _of_another_edition(read: Earlier, tree: Tree, folder: Path) -> Iterator[Problem]:
    if read.grounds is None:
        return
    then = {"edition": read.grounds.of_all(Ground.EDITION), "year": read.grounds.of_all(Ground.YEAR)}
    now: Mapping[str, str] = {"edition": tree.edition, "year": str(tree.year)}
    if then != now:
        place = CellPlace(display_path(folder / GROUNDS))
        yield Problem(Code.A320, place, {"expected": _EDITION(**now), "found": _EDITION(**then)})
