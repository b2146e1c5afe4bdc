"""Every folder here is a small scheme as a reviewer would write it: lint is silent, scores are those worked by hand.

``expected.csv`` holds one row for every unit and node, the whole tree included. Its column ``how`` is the sum worked by
hand, which is itself worked out again here, in fractions: what stands in ``score`` never comes from the engine.
``problems.csv``, where there is one, names every message of the run, ``lint.csv`` every message of `lint`.
"""

import ast
import csv
import math
import operator
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from recalculation import differing
from scheme_runs import done

from lawgov_score.content import labels
from lawgov_score.model import Claims, Invalid, Missing, Rescale, Scores, Status, Ties, Tree, Way
from lawgov_score.model.assessed import Assessed
from lawgov_score.pages import folder as pages
from lawgov_score.pipeline import ScoredAssessment, load_tree, write_scorecard
from lawgov_score.problems import CellPlace, NodePlace, Place, Problem, TextPlace, is_error
from lawgov_score.processes import Desk, sent
from lawgov_score.rounding import without_dust
from lawgov_score.rules import KINDS
from lawgov_score.scoring.advice.advise import advise_task
from lawgov_score.wording import Language
from lawgov_score.workbook.card import folder as cards

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/tree.yaml"))
SCORED = [folder for folder in FOLDERS if (folder / "expected.csv").exists()]
_DUST = 1e-9

by_name = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
by_scored = pytest.mark.parametrize("folder", SCORED, ids=lambda folder: folder.name)


# ------------------------------------------------------------ what a folder says


@dataclass(frozen=True)
class Row:
    """One row of ``expected.csv``: a unit at a node. ``score`` is a number as printed, or says why there is none.

    A number that ends in "…" goes on: only its printed digits are compared. Of ``rank``, ``overall``, ``grade`` and
    ``letter`` those are compared that are not blank; "none" stands for none given.
    """

    unit: str
    code: str
    score: str
    how: str
    rank: str = ""
    overall: str = ""
    grade: str = ""
    letter: str = ""
    band: str = ""

    @property
    def is_number(self) -> bool:
        return re.fullmatch(r"-?[0-9.]+…?", self.score) is not None


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table, none where there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def expected(folder: Path) -> tuple[Row, ...]:
    return tuple(Row(**row) for row in table(folder / "expected.csv"))


def scored(folder: Path) -> ScoredAssessment:
    """The run of a folder whose figures come to scores."""
    run = done(folder)
    assert isinstance(run, ScoredAssessment)
    return run


def scores_of(folder: Path) -> Scores:
    return scored(folder).scores


# ------------------------------------------------------------ what the engine comes to


def mismatches(rows: tuple[Row, ...], scores: Scores) -> list[str]:
    """What differs, one line a row: unit, code, what was expected, what was found."""
    places = {unit.code: i for i, unit in enumerate(scores.units)}
    return [line for row in rows for line in _differences(row, scores, places[row.unit])]


def _band(code: str, scores: Scores, at: int) -> str:
    """The node's own word for the unit's score."""
    return scores.bands_at(code)[at] if code in scores.tree.by_code and scores.tree.by_code[code].bands else ""


def _differences(row: Row, scores: Scores, at: int) -> Iterator[str]:
    score, status, letter = _found(row.code, scores, at)
    if row.is_number:
        if status is not Status.SCORED or not _is_same(row.score, score):
            yield f"{row.unit} {row.code}: {row.score} expected ({row.how}), {status.name.lower()} {score!r} found"
    elif status.name.lower() != row.score:
        yield f"{row.unit} {row.code}: {row.score} expected, {status.name.lower()} {score!r} found"
    others = {
        "rank": str(scores.node_ranks[row.code][at] or "") if row.code in scores.node_ranks else scores.place_texts[at],
        "overall": scores.overall_place_texts[at],
        "grade": scores.grades[at],
        "letter": letter,
        "band": _band(row.code, scores, at),
    }
    for key, found in others.items():
        wanted = getattr(row, key)
        if wanted and wanted != (found or "none"):
            yield f"{row.unit} {row.code}: {key} {wanted} expected, {found or 'none'} found"


def _found(code: str, scores: Scores, at: int) -> tuple[float, Status, str]:
    if code == scores.tree.code:
        return float(scores.total[at]), scores.total_status(at), scores.letter_of_total(at)
    column = scores.node_column[code]
    score = float(scores.scores[at, column])
    return score, Status(scores.status[at, column]), scores.tree.letter(score)


def _is_same(printed: str, found: float) -> bool:
    text = printed.removesuffix("…")
    if not printed.endswith("…"):
        return abs(float(text) - found) < _DUST
    scale = 10.0 ** len(text.partition(".")[2])
    return bool(math.trunc(round(found * scale, 6)) == round(float(text) * scale))


# ------------------------------------------------------------ the sums worked by hand

_SIGNS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FUNCTIONS: Mapping[str, Callable[..., Fraction]] = {
    "min": min,
    "max": max,
    "ln": lambda x: Fraction(math.log(x)),
    "sqrt": lambda x: Fraction(math.sqrt(x)),
    "cbrt": lambda x: Fraction(math.cbrt(x)),
    # Half up to so many decimals, where a rounded figure is used further up.
    "even": lambda x, decimals: Fraction(round(x * 10**decimals), 10 ** int(decimals)),  # a fraction's own rounding
    "steps": lambda x, step: math.floor(x / step + Fraction(1, 2)) * step,
    "rounded": lambda x, decimals: Fraction(math.floor(x * 10**decimals + Fraction(1, 2)), 10 ** int(decimals)),
}


def worked_out(how: str) -> Fraction:
    """The sum in ``how``, in fractions: 0.1 is a tenth."""
    return _worked_out(ast.parse(how, mode="eval").body, how)


def _worked_out(node: ast.expr, how: str) -> Fraction:
    match node:
        case ast.Constant():
            return Fraction(ast.get_source_segment(how, node) or "")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_worked_out(operand, how)
        case ast.BinOp(left=left, op=sign, right=right):
            return _SIGNS[type(sign)](_worked_out(left, how), _worked_out(right, how))
        case ast.Call(func=ast.Name(id=name), args=args):
            return _FUNCTIONS[name](*(_worked_out(arg, how) for arg in args))
    raise ValueError(f"not a sum: {how}")


def _prints(result: Fraction, score: str) -> bool:
    """Is ``score`` the result, rounded half up (away from zero) to its decimals, or, with "…", cut off there?"""
    text = score.removesuffix("…")
    scale = 10 ** len(text.partition(".")[2])
    half = 0 if score.endswith("…") else Fraction(1, 2)
    digits = math.floor(abs(result) * scale + half + Fraction(1, 10**12))
    return bool((-digits if result < 0 else digits) == Fraction(text) * scale)


# ------------------------------------------------------------ messages


def said(problems: tuple[Problem, ...], folder: Path) -> list[tuple[str, str, str]]:
    """(code, place, the other places) of each problem, places within the folder."""

    def named(place: Place) -> str:
        match place:
            case TextPlace():
                return f"{Path(place.path).name}:{place.line}:{place.column}"
            case CellPlace():
                return f"{Path(place.path).name}!{place.cell}"
            case NodePlace():
                return f"{place.unit} {place.node}".strip()
        raise AssertionError(place)

    return sorted((p.code.value, named(p.place), " ".join(map(named, p.see_also))) for p in problems)


def listed(path: Path) -> list[tuple[str, str, str]]:
    return sorted((row["code"], row["place"], row["also"]) for row in table(path))


# ------------------------------------------------------------ tests

PAGE = HERE.parents[1] / "docs" / "what-it-can-say.md"


def test_the_page_links_every_scheme_and_nothing_else() -> None:
    linked = set(re.findall(r"\]\(\.\./tests/schemes/([^)]+)\)", PAGE.read_text(encoding="utf-8")))
    assert linked == {folder.name for folder in FOLDERS}


def test_every_rule_way_and_policy_is_in_some_scheme() -> None:
    trees = [scores_of(folder).tree for folder in SCORED]
    assert {each.rule.KIND for tree in trees for each in tree.indicators} == set(KINDS)
    ways = {tree.aggregation.way for tree in trees}
    assert ways | {group.aggregation.way for tree in trees for group in tree.evaluation} == set(Way)
    policies = [tree.policies for tree in trees]
    assert {each.missing for each in policies} == set(Missing)
    assert {each.not_applicable for each in policies} == set(Rescale)
    assert {each.claims for each in policies} == set(Claims)
    assert {each.invalid for each in policies} == set(Invalid)
    assert {each.ties for each in policies} == set(Ties)
    assert {each.rank_on_rounded for each in policies} == {True, False}
    assert {status for folder in SCORED for status in np.unique(scores_of(folder).status)} == set(Status)


def test_there_are_schemes_for_every_section() -> None:
    assert {folder.name.partition("-")[0] for folder in FOLDERS} == set("abcdefgh")


@cache
def linted(folder: Path) -> tuple[Tree | None, tuple[Problem, ...]]:
    weights = folder / "weights.yaml"
    return load_tree(folder / "tree.yaml", weights if weights.exists() else None)


@by_name
def test_lint_says_nothing_but_what_is_listed(folder: Path) -> None:
    _, problems = linted(folder)
    assert said(tuple(p for p in problems if not p.waived), folder) == listed(folder / "lint.csv")
    assert said(tuple(p for p in problems if p.waived), folder) == listed(folder / "waived.csv")


@by_name
def test_a_scheme_is_scored_unless_lint_stops_it(folder: Path) -> None:
    tree, problems = linted(folder)
    assert (tree is None) == any(is_error(problem) for problem in problems)
    assert (folder in SCORED) == (tree is not None)


@by_scored
def test_every_unit_gets_what_was_worked_by_hand(folder: Path) -> None:
    assert mismatches(expected(folder), scores_of(folder)) == []


@by_scored
def test_every_unit_and_node_is_worked_by_hand_once(folder: Path) -> None:
    scores = scores_of(folder)
    codes = [scores.tree.code, *(node.code for node in scores.tree.nodes)]
    wanted = sorted((unit.code, code) for unit in scores.units for code in codes)
    assert sorted((row.unit, row.code) for row in expected(folder)) == wanted


@by_scored
def test_what_is_worked_by_hand_is_worked_right(folder: Path) -> None:
    rows = [row for row in expected(folder) if row.is_number]
    assert rows
    assert [row for row in rows if not _prints(worked_out(row.how), row.score)] == []
    assert [row for row in expected(folder) if not row.how] == []


@by_scored
def test_a_wrong_expectation_would_be_noticed(folder: Path) -> None:
    """The control: each row changed by the last digit it prints, and each place, grade and letter."""
    scores = scores_of(folder)
    for row in expected(folder):
        assert mismatches((wrong := _changed(row),), scores), wrong
        for key in ("rank", "overall", "grade", "letter"):
            if getattr(row, key):
                assert mismatches((replace(row, **{key: getattr(row, key) + "?"}),), scores), (row, key)


def _changed(row: Row) -> Row:
    if not row.is_number:
        return replace(row, score="missing" if row.score != "missing" else "invalid")
    text = row.score.removesuffix("…")
    step = Fraction(1, 10 ** len(text.partition(".")[2]))
    decimals = len(text.partition(".")[2])
    return replace(row, score=f"{float(Fraction(text) + step):.{decimals}f}" + row.score[len(text) :])


@by_scored
def test_the_run_says_nothing_but_what_is_listed(folder: Path) -> None:
    problems = tuple(p for p in done(folder).problems if not isinstance(p.place, TextPlace))
    assert said(problems, folder) == listed(folder / "problems.csv")


@pytest.mark.parametrize("folder", [folder for folder in SCORED if (folder / "waived.csv").exists()])
def test_a_waiver_shows_on_the_method_sheet(folder: Path, tmp_path: Path) -> None:
    write_scorecard(scored(folder), tmp_path / "scorecard.xlsx", Language.ZH)
    sheet = openpyxl.load_workbook(tmp_path / "scorecard.xlsx")["方法"]
    shown = [str(cell.value) for row in sheet for cell in row if cell.value is not None]
    for waiver in scores_of(folder).tree.waivers:
        assert any(waiver.reason in text for text in shown), waiver


@by_scored
def test_a_spreadsheet_comes_to_the_same(folder: Path, tmp_path: Path) -> None:
    write_scorecard(scored(folder), tmp_path / "scorecard.xlsx", Language.ZH)
    formulas, wrong = differing(tmp_path / "scorecard.xlsx")
    assert wrong == []
    assert formulas > 0


@by_scored
def test_no_float_dust_is_left(folder: Path) -> None:
    scores = scores_of(folder)
    known = scores.total[~np.isnan(scores.total)]
    if scores.tree.policies.total_rounding is not None:  # else all digits are kept
        assert (without_dust(known) == known).all()


# ------------------------------------------------------------ what another process makes of it


_UNITS = 3  # of a scheme


@by_scored
def test_what_a_worker_writes_is_what_is_written_here(folder: Path, tmp_path: Path) -> None:
    known = Assessed(scores_of(folder), scored(folder).inputs)
    here = written(Desk(known), tmp_path / "here")
    assert here
    assert written(Desk(pickle.loads(sent(known))), tmp_path / "there") == here


def written(desk: Desk[Assessed], folder: Path) -> dict[str, bytes]:
    """Advice, cards and pages of the first units, by name."""
    folder.mkdir()
    rows = tuple(labels.listed(desk.context.scores)[:_UNITS])
    for row, own in zip(rows, pickle.loads(advise_task(desk, rows)), strict=True):
        cards.write_task(desk, cards.CardTask(row, folder / f"{row}.xlsx", (), Language.ZH, own))
        pages.write_task(desk, pages.PageTask(row, folder / f"{row}.html", (), Language.ZH, own))
        (folder / f"{row}.txt").write_text(repr(own), encoding="utf-8")
    return {path.name: path.read_bytes() for path in folder.iterdir()}
