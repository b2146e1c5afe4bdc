"""Scores that decisions in force have changed, as rows of the office's workbook ``decisions.xlsx`` (复核改分)."""

import math
from dataclasses import dataclass
from datetime import date

from lawgov_score import model as engine
from lawgov_score.pipeline import changes_workbook
from lawgov_score.problems import CellPlace
from lawgov_score.report import render
from lawgov_score.rounds.folder import DECISIONS
from lawgov_score.rounds.models import Change, Decision, Objection, Round
from lawgov_score.rounds.names import Outcome, name_of
from lawgov_score.rounds.scheme import Scheme
from lawgov_score.rounds.things import numbered
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.package.cells import EPOCH

_REASON = Words("{objection}决定（{outcome}）：{why}", "Decision on {objection} ({outcome}): {why}")


@dataclass(frozen=True, slots=True)
class Row:
    """A change by a decision in force."""

    key: tuple[str, str]
    day: date
    change: engine.Change


def rows_of_decisions(round_: Round, but: Objection | None = None) -> list[Row]:
    """The changes by decisions in force, of every objection one, in the order of deciding; without that on ``but``."""
    in_force = {
        one.objection_id: one
        for one in Decision.objects.filter(objection__round=round_, replaced_by=None)
        if one.new is not None and (but is None or one.objection_id != but.pk)
    }
    latest = {}  # of each objection the last
    changes = Change.objects.filter(round=round_).exclude(objection=None).select_related("unit", "objection")
    for row in changes.order_by("pk"):
        if row.objection_id in in_force:
            latest[row.objection_id] = row
    rows = []
    for row in sorted(latest.values(), key=lambda one: one.pk):
        assert row.day is not None  # every decision has its day
        assert row.objection is not None
        key = (row.unit.code, row.indicator)
        change = as_change(key, row.objection.n, row.new, row.reason, row.reviewer, row.day, row.old)
        rows.append(Row(key, row.day, change))
    return rows


def decisions_book(round_: Round, scheme: Scheme) -> bytes:
    """The workbook of the decisions in force as another tree or roster would have it.

    It names units and indicators as they are called there, so that its rows are read. Decisions on what is there no
    more are left out: ``counted`` tells of them. Raises ``CannotWriteError``.
    """
    changes = [one.change for one in usable(rows_of_decisions(round_), scheme)]
    return changes_workbook(scheme.tree, scheme.units, changes)


def usable(rows: list[Row], scheme: Scheme) -> list[Row]:
    """Those of units and indicators that are there."""
    units, codes = {unit.code for unit in scheme.units}, {one.code for one in scheme.tree.indicators}
    return [one for one in rows if one.key[0] in units and one.key[1] in codes]


def as_change(
    key: tuple[str, str], n: int, score: float, reason: str, reviewer: str, day: date, before: float | None = None
) -> engine.Change:
    """As the engine reads it."""
    return engine.Change(
        unit=key[0],
        indicator=key[1],
        before=math.nan if before is None else before,
        after=score,
        reason=reason,
        reviewer=reviewer,
        date=float(day.toordinal() - EPOCH),
        place=CellPlace(DECISIONS),
        objection=n,
    )


def reason_in_book(n: int, outcome: Outcome, why: str) -> str:
    """As the workbook has it, which is Chinese whatever the screen says: the same decision, the same bytes."""
    return render(_REASON(objection=numbered("objection", n), outcome=name_of(outcome), why=why.strip()), Language.ZH)
