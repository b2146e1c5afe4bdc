"""``ranking.csv``, ``scores.csv``, ``figures.csv``: the scores as tables for other programs (the contract).

Beside them what they rest on (``grounds.csv``), and what changed since an earlier run (``changes.csv``).

Rows stand unit by unit; figures and words are made column by column, of so many units at a time that a table of any
size is written in the same memory.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path

import numpy as np

from lawgov_score.column_texts import number_texts
from lawgov_score.content import labels
from lawgov_score.content.changes import CAUSES, TOTAL, causes_of
from lawgov_score.content.figure_columns import figure_columns
from lawgov_score.explanation import texts
from lawgov_score.guarded import cells
from lawgov_score.model import STATUS_NAMES, Scores, Status, Tree
from lawgov_score.model.changes import Cause, ChangedScore, Changes, Grounds
from lawgov_score.report import number_text, render
from lawgov_score.revision.rehearsal import Rehearsal
from lawgov_score.rounding import DUST_DECIMALS, FloatArray, IntArray
from lawgov_score.wording import Language, Words

RANKING = ("unit", "name", "cohort", "score", "rank", "grade", "provisional", "tied")
SCORES = ("unit", "code", "points", "score", "status", "reason")
LETTER = "letter"  # an additional column of scores.csv, only if the tree has letters
RANK = "rank"  # another one behind it, only if the tree ranks units at nodes
BAND = "band"  # and one behind that, only if a node has words of its own for scores
FIGURES = ("unit", "code", "field", "value")
GROUNDS = ("unit", "code", "ground", "value")
_SIDES = tuple(f"{what}_{side}" for what in ("score", "rank", "grade") for side in ("old", "new"))
MOVES = ("unit", "cohort", *_SIDES, "name", "cohort_new")
SHARES = ("unit", "change", "share", "rank_share", "grade_share", "alone", "last")
CHANGES = (
    *("unit", "code", "old", "new", "cause"),
    *("unit_name", "title", "cause_name", "rank_old", "rank_new", "grade_old", "grade_new"),  # for people
)
_CAUSES = Words("{causes:list}", "{causes:list}")
_NOWHERE = ("", "", "", "")


def write_ranking(scores: Scores, path: Path) -> None:
    """Writes one row per unit, cohort by cohort from first place to last; raises ``OSError``."""
    rows = scores.order.tolist()
    columns = [
        cells([scores.units[row].code for row in rows]),
        cells([scores.units[row].name for row in rows]),
        cells([scores.cohort_names[row] for row in rows]),
        [labels.total_text(scores, row) for row in rows],
        [str(scores.rank[row]) if scores.rank[row] else "" for row in rows],
        cells([scores.grades[row] for row in rows]),
        [scores.provisional(row) for row in rows],
        [str(scores.tied[row]) if scores.tied[row] else "" for row in rows],
    ]
    _write((",".join(line) + "\n" for line in zip(*columns, strict=True)), RANKING, path)


def write_scores(scores: Scores, path: Path, lang: Language) -> None:
    """Writes one row per unit and node, the root first; reasons in ``lang``; raises ``OSError``."""
    columns = (*SCORES, *([LETTER] if scores.tree.letters else []), *([RANK] if scores.node_ranks else []))
    columns += (BAND,) if scores.has_bands else ()
    _write((lines for rows in _blocks(scores) for lines in score_lines(scores, rows, lang)), columns, path)


def write_figures(scores: Scores, path: Path) -> None:
    """Writes one row per unit and figure: each number answered, and each indicator's value (with an empty ``field``).

    ``--previous`` reads this table a year later. An absent figure has no row; raises ``OSError``.
    """
    _write((lines for rows in _blocks(scores) for lines in figure_lines(scores, rows)), FIGURES, path)


def write_grounds(grounds: Grounds, path: Path) -> None:
    """Writes one row per thing that the results rest on besides figures, for ``--since``; raises ``OSError``."""
    keys = sorted(grounds.values)
    columns = [cells([key[at] for key in keys]) for at in (0, 1)]
    rest = [(ground.value, *cells([grounds.values[unit, code, ground]])) for unit, code, ground in keys]
    lines = (f"{unit},{code},{','.join(last)}\n" for unit, code, last in zip(*columns, rest, strict=True))
    _write(lines, GROUNDS, path)


def write_changes(changes: Changes, tree: Tree, path: Path, lang: Language) -> None:
    """Writes one row per unit and node that is not as it was in an earlier run; last, one per unit of which only the
    place or the grade is another one, because others changed (``others``). Raises ``OSError``.

    A total that the register moved too, beside something that moved it more, has a second row for that.
    """
    titles = {node.code: node.title for node in tree.nodes} | {tree.code: render(TOTAL, lang)}
    of_unit = {unit: list(lines) for unit, lines in groupby(changes.lines, lambda line: line.unit)}

    def why(line: ChangedScore) -> str:
        return render(_CAUSES(causes=causes_of(line, of_unit[line.unit], tree)), lang)

    lines = (
        [
            *(*cells([line.unit, line.code]), line.old, line.new, line.cause.value),
            *cells([changes.names.get(line.unit, ""), titles.get(line.code, ""), why(line)]),
            *(_stood(changes, line.unit) if line.code == tree.code else _NOWHERE),
        ]
        for line in changes.lines
    )
    others = (
        [
            *(*cells([unit, tree.code]), *(each.score for each in changes.stood[unit]), Cause.OTHERS.value),
            *cells([changes.names[unit], render(TOTAL, lang), render(CAUSES[Cause.OTHERS], lang)]),
            *_stood(changes, unit),
        ]
        for unit in changes.moved
    )
    _write((",".join(line) + "\n" for line in chain(lines, others)), CHANGES, path)


def _stood(changes: Changes, unit: str) -> tuple[str, ...]:
    """Place and grade of a unit then and now; of one that was not there, or is there no more, none."""
    if unit not in changes.stood:
        return _NOWHERE
    old, new = changes.stood[unit]
    return old.rank, new.rank, *cells([old.grade, new.grade])


def write_moves(found: Rehearsal, path: Path) -> None:
    """Writes one row per unit, its result by the old tree and by the new one; raises ``OSError``."""
    lines = []
    for row, unit in enumerate(found.old.units):
        new = int(found.new_rows[row])  # -1: not in the new roster
        is_gone = new < 0
        ranks = (int(found.old.rank[row]), 0 if is_gone else int(found.new.rank[new]))
        grade, cohort = ("", "") if is_gone else (found.new.grades[new], found.new.cohort_names[new])
        lines.append(
            [
                *cells([unit.code, found.old.cohort_names[row]]),
                *(labels.total_text(found.old, row), "" if is_gone else labels.total_text(found.new, new)),
                *(str(rank) if rank else "" for rank in ranks),
                *cells([found.old.grades[row], grade, unit.name, cohort]),
            ]
        )
    _write((",".join(line) + "\n" for line in lines), MOVES, path)


def write_shares(found: Rehearsal, path: Path, lang: Language) -> None:
    """Writes one row per unit and change: its shares in points, places and grades won; raises ``OSError``.

    Shares in points have the decimals of the totals and come to their difference. Units without a difference have no
    row.
    """

    def text(number: float, decimals: int) -> str:
        return "" if np.isnan(number) else f"{number:.{decimals}f}"

    lines = []
    for row, unit in enumerate(found.old.units):
        if np.isnan(found.gains[row]) and np.isnan(found.climbs[row]):
            continue
        for i, bundle in enumerate(found.bundles):
            figures = (
                *((found.shares, found.decimals), (found.place_shares, 2), (found.grade_shares, 2)),
                *((found.alone, found.decimals), (found.last, found.decimals)),
            )
            lines.append(
                [
                    *cells([unit.code, render(bundle.name, lang)]),
                    *(text(float(each[i, row]), decimals) for each, decimals in figures),
                ]
            )
    _write((",".join(line) + "\n" for line in lines), SHARES, path)


def score_lines(scores: Scores, rows: range, lang: Language) -> Iterator[str]:
    """The lines of ``scores.csv`` about the units in ``rows``, one text for each: nothing else is needed for them."""
    tree = scores.tree
    columns = [_root_lines(scores, rows)]
    for code, column in scores.node_column.items():
        status = scores.status[rows.start : rows.stop, column]
        score = scores.scores[rows.start : rows.stop, column]
        is_scored = (status == Status.SCORED) & ~np.isnan(score)
        parts = [
            _numbers(scores.points[rows.start : rows.stop, column]),
            [text if has_one else "" for text, has_one in zip(_numbers(score), is_scored.tolist(), strict=True)],
            [STATUS_NAMES[each] for each in status.tolist()],
            cells(texts.reason_texts(scores, code, lang, rows)),
        ]
        if tree.letters:
            parts.append(cells([tree.letter(one) for one in np.where(is_scored, score, np.nan).tolist()]))
        if scores.node_ranks:
            parts.append(_ranks(scores.node_ranks.get(code), rows))
        if scores.has_bands:
            own = scores.bands_at(code) if tree.by_code[code].bands else ("",) * len(scores.units)
            parts.append(cells(own[rows.start : rows.stop]))
        start = cells([code])[0]
        columns.append([f"{start},{','.join(line)}" for line in zip(*parts, strict=True)])
    return _unit_by_unit(scores, rows, columns)


def figure_lines(scores: Scores, rows: range) -> Iterator[str]:
    """The lines of ``figures.csv`` about the units in ``rows``, one text for each."""
    columns: list[list[str]] = []
    before: tuple[FloatArray, list[str]] = np.zeros(0), []
    for code, field, numbers in figure_columns(scores):
        own = numbers[rows.start : rows.stop]
        if not np.array_equal(own, before[0]):  # most often an indicator's value is its only answer
            before = own, _exact(own)
        start = ",".join(cells([code, field]))
        columns.append([f"{start},{text}" if text else "" for text in before[1]])
    return _unit_by_unit(scores, rows, columns)


def _blocks(scores: Scores) -> Iterator[range]:
    size = len(scores.units)
    return (range(first, min(first + texts.UNITS_AT_ONCE, size)) for first in range(0, size, texts.UNITS_AT_ONCE))


def _root_lines(scores: Scores, rows: range) -> list[str]:
    tree = scores.tree
    start = f"{cells([tree.code])[0]},{number_text(tree.points, DUST_DECIMALS)}"
    lines = []
    for row in rows:
        status = scores.total_status(row).printed
        letter = cells([scores.letter_of_total(row)]) if tree.letters else []
        place = _ranks(scores.rank, range(row, row + 1)) if scores.node_ranks else []
        band = [""] if scores.has_bands else []
        lines.append(",".join((start, labels.total_text(scores, row), status, "", *letter, *place, *band)))
    return lines


def _ranks(ranks: IntArray | None, rows: range) -> list[str]:
    """Places as text, '' where there is none."""
    return (
        [""] * len(rows)
        if ranks is None
        else [str(one) if one else "" for one in ranks[rows.start : rows.stop].tolist()]
    )


def _unit_by_unit(scores: Scores, rows: range, columns: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of each unit, begun with its code, from columns of lines in their order; an empty one is left out."""
    for unit, lines in zip(cells([scores.units[row].code for row in rows]), zip(*columns, strict=True), strict=True):
        yield "".join([f"{unit},{line}\n" for line in lines if line])


def _numbers(numbers: FloatArray) -> list[str]:
    """Scores or points as text, all their digits."""
    if (numbers == numbers[0]).all():
        return [number_text(float(numbers[0]), DUST_DECIMALS)] * len(numbers)
    return number_texts(numbers, DUST_DECIMALS)


def _exact(numbers: FloatArray) -> list[str]:
    """Numbers with every digit: next year's gain is computed from them, and a cut 2/3 would show a gain.

    '' where there is none: a report that never came has no day.
    """
    whole = np.abs(numbers) < 1e15
    whole[whole] = numbers[whole] == np.floor(numbers[whole])
    known = zip(numbers.tolist(), whole.tolist(), np.isfinite(numbers).tolist(), strict=True)
    return [
        (str(int(number)) if is_whole else repr(number)) if is_known else "" for number, is_whole, is_known in known
    ]


def _write(lines: Iterator[str], columns: Sequence[str], path: Path) -> None:
    """Writes UTF-8 with a byte order mark, because spreadsheets take anything else for the local code page."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(columns) + "\n")
        file.writelines(lines)
