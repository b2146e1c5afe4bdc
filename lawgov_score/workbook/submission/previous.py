"""Reads the results of the last edition, or its ranking alone → Previous; every fault at its cell."""

import math
from collections.abc import Sequence, Set
from pathlib import Path, PurePath

from lawgov_score.catalogue import Code
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.likeness import to_fill
from lawgov_score.model import Indicator, Previous, Roster, Tree
from lawgov_score.problems import CellPlace, Problem, by_place, gathered
from lawgov_score.rules.rule import Need
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.called import index_of
from lawgov_score.workbook.submission.result_tables import (
    A_NUMBER,
    FIGURES,
    RANKING,
    SCORES,
    Basket,
    Row,
    rows_of,
    sources_of,
)

_A_PLACE = Words("位次，如 3；没有位次的留空", "a place such as 3; blank for none")
_NONE = Words("一个也没有", "none at all")
_AT = Words("{cell} {name}{nearest}", "{cell} {name}{nearest}")
_MORE = Words("另有 {n} 行", "and {n} more")
_FEW = 3  # examples
_MOST_ROWS = 12  # rows of nobody that are named
_UNUSED = frozenset({Code.A305, Code.A307, Code.A310, Code.A313, Code.S148})  # rows of units, which ones is unknown
_STEM = PurePath(FIGURES).stem


def read_previous(
    path: Path, tree: Tree, units: Roster = (), names: Names = AS_GIVEN
) -> tuple[Previous | None, tuple[Problem, ...]]:
    """The last edition's results in a folder, or a ranking alone in a file (None if nothing can be read); problems.

    Units and nodes that are not in ``tree`` any more are ignored: schemes change from year to year. ``units``: those of
    today, whose names may stand there instead of codes. ``names``: of the files, in what is said of them.
    """
    place = CellPlace(names(path))
    if not path.exists():
        return None, (Problem(Code.A317, place, {"found": names(path)}),)
    basket = Basket(names)
    ranks: dict[str, float] = {}
    totals: dict[str, float] = {}
    scores: dict[str, dict[str, float]] = {}
    figures: dict[str, dict[str, float]] = {}
    codes: dict[str, None] = {}
    called, sources = index_of((unit.code, unit.name, unit) for unit in units), sources_of(path)
    listed: set[str] = set()
    strangers: list[Row] = []
    today = {unit.code for unit in units}
    for row in rows_of(path, RANKING, basket, key=("unit",), units=called):
        unit = row.unit()
        listed.add(unit)
        if units and unit not in today:
            strangers.append(row)
        _put(ranks, unit, row.number("rank", _A_PLACE, is_place=True))
        _put(totals, unit, row.number("score", A_NUMBER))
    is_doubtful = any(problem.code in _UNUSED for problem in basket.problems)
    if (of_nobody := _of_nobody(strangers, tuple(unit for unit in units if unit.code not in listed))) is not None:
        basket.problems.append(of_nobody)
        is_doubtful = True
    if set(sources) == {RANKING}:  # a year before this program
        basket.problems.append(Problem(Code.A312, CellPlace(names(sources[RANKING]))))
    else:
        for row in rows_of(path, SCORES, basket, key=("unit", "code"), units=called):
            codes.setdefault(row.text("code"))
            _put(scores.setdefault(row.unit(), {}), row.text("code"), row.number("score", A_NUMBER))
        for row in rows_of(path, FIGURES, basket, key=("unit", "code", "field"), units=called):
            code, field_code = row.text("code"), row.text("field")
            number = row.number("value", A_NUMBER, must=True)
            _put(figures.setdefault(row.unit(), {}), f"{code}.{field_code}" if field_code else code, number)
    if not basket.inputs:
        return None, basket.problems.told()
    if codes and not any(code in tree.by_code for code in codes):
        named = {"expected": tree.code, "found": next(iter(codes))}  # the root is first
        basket.problems.append(Problem(Code.A306, CellPlace(names(sources[SCORES])), named))
    places = {unit: int(rank) for unit, rank in ranks.items()}
    read = (names(path), places, totals, scores, figures, tuple(basket.inputs))
    previous = Previous(*read, listed=frozenset(listed), is_doubtful=is_doubtful)
    return previous, tuple(sorted(gathered(basket.problems.told()), key=by_place))


def _of_nobody(strangers: Sequence[Row], missing: Roster) -> Problem | None:
    """A316 for rows that may be of one of the ``missing`` units of today; None where there are none.

    A row with a code of its own, whose name is like that of no missing unit, is of a unit that is gone.
    """
    names = [unit.name for unit in missing]
    rows = []
    for row in strangers if missing else ():
        name = row.text("name") or row.text("unit")
        nearest = to_fill(name, names)
        if nearest or row.columns["unit"] == row.columns.get("name"):
            rows.append((row, name, nearest))
    if not rows:
        return None
    found: list[Phrase] = [
        _AT(cell=row.place("unit").cell, name=name, nearest=nearest) for row, name, nearest in rows[:_MOST_ROWS]
    ]
    if len(rows) > len(found):
        found.append(_MORE(n=len(rows) - len(found)))
    examples = tuple(names[:_FEW])
    figures = {"n": len(rows), "of": len(missing), "expected": examples, "found": tuple(found)}
    return Problem(Code.A316, rows[0][0].place("unit"), figures)


def not_on_record(previous: Previous, tree: Tree, units: Roster, known: Sequence[Problem] = ()) -> tuple[Problem, ...]:
    """A warning each if fewer than half of ``units``, or of the indicators that use last edition, are on record.

    ``known``: the result of ``read_previous``; a table that could not be read is not reported again.
    """
    unread = any(problem.code in {Code.A301, Code.A302, Code.A303} for problem in known)
    recorded = {*previous.ranks, *previous.totals, *previous.scores, *previous.figures}
    problems = []
    if recorded or not unread:
        new = [unit.code for unit in units if unit.code not in recorded]
        n = len(units) - len(new)
        if 2 * n < len(units):
            others = _some(recorded - {unit.code for unit in units})
            figures = {"n": n, "of": len(units), "expected": tuple(sorted(new)[:_FEW]), "found": others}
            problems.append(Problem(Code.A308, CellPlace(previous.path), figures))
    recorded = {key for figures in previous.figures.values() for key in figures}
    keys_by_code = {one.code: keys for one in tree.indicators if (keys := _looked_up(one))}
    lacking = {code: keys for code, keys in keys_by_code.items() if not keys & recorded}
    if 2 * (len(keys_by_code) - len(lacking)) < len(keys_by_code) and (recorded or not unread):
        wanted = [sorted(keys)[0] for keys in lacking.values()]
        figures = {"n": len(keys_by_code) - len(lacking), "of": len(keys_by_code)}
        figures |= {"expected": tuple(wanted[:_FEW]), "found": _some(recorded)}
        problems.append(Problem(Code.A309, CellPlace(_figures_of(previous)), figures))
    return tuple(problems)


def _figures_of(previous: Previous) -> str:
    """The path of the table of figures, as its problems name it; of a ranking alone its own path."""
    paths = [path for path, _ in previous.inputs]
    if paths == [previous.path]:
        return previous.path
    return next((path for path in paths if PurePath(path).stem == _STEM), f"{previous.path}/{FIGURES}")


def _some(names: Set[str]) -> tuple[str | Words, ...]:
    return tuple(sorted(names)[:_FEW]) or (_NONE,)


def _looked_up(indicator: Indicator) -> set[str]:
    """The keys that the indicator looks up in figures.csv; scores are in another table."""
    names = {name for one in indicator.expressions for name in one.previous}
    sample = indicator.small_sample
    rules = (indicator.rule, *((sample.rule,) if sample is not None and sample.rule is not None else ()))
    if any(Need.PREVIOUS in rule.NEEDS for rule in rules):
        names.add("value")
    names -= {"score"} - indicator.keys.keys()
    own = {"value": indicator.code, **indicator.keys}
    return {own.get(name, f"{indicator.code}.{name}") for name in names}


def _put(numbers: dict[str, float], key: str, number: float) -> None:
    if not math.isnan(number):
        numbers[key] = number
