"""Rows of 评审打分, 复核改分, 不适用认定 and 加减分登记 → marks, changes, rulings and entries of the register."""

import datetime
import math

from lawgov_score.catalogue import Code
from lawgov_score.likeness import to_fill
from lawgov_score.model import AdjustmentKind, Change, Indicator, Mark, RegisterEntry, Ruling, Unit, Veto
from lawgov_score.problems import Problem
from lawgov_score.rules import KINDS
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Words
from lawgov_score.workbook.called import folded
from lawgov_score.workbook.forms.office import GRANTED, REFUSED, kind_labels, mark_range, score_range
from lawgov_score.workbook.office.rows import Line, heading_place, missing_column
from lawgov_score.workbook.package.cells import EPOCH
from lawgov_score.workbook.submission.values import read_cell

_NOWHERE = (float("-inf"), float("inf"))  # bounds if the indicator is unknown
_RULINGS = {
    folded(text): is_granted
    for words, is_granted in ((GRANTED, True), (REFUSED, False))
    for text in (words.zh, words.en)
}
_NOW = Words("{zh}", "{en}")
_BLANK = Words("（空）", "(blank)")
_NO_SCORE = frozenset({"", "—", "——", "–", "-", "--", "无", "none"})
_RULE = {kind: Words(rule.NAME, kind.replace("_", " ")) for kind, rule in KINDS.items()}


def read_mark(line: Line) -> Mark | None:
    """One mark; None if the row has an error."""
    unit, indicator = line.unit(), line.indicator()
    if indicator is not None and not indicator.is_judged:
        kind = _RULE[indicator.rule.KIND]
        line.fail(Code.A203, "indicator", code=indicator.code, indicator=indicator.title, found=kind)
    indicator = _own(line, unit, indicator)
    bounds = mark_range(indicator) if indicator is not None and indicator.is_judged else _NOWHERE
    reviewer, mark = line.reviewer(), line.number_within("mark", indicator, bounds)
    reason = line.said("reason")
    if not line.is_good or not line.applies(unit, indicator) or unit is None or indicator is None or mark is None:
        return None
    _check_figures(line, unit, indicator)
    return Mark(unit.code, indicator.code, reviewer, mark, reason, line.place("mark"))


def _check_figures(line: Line, unit: Unit, indicator: Indicator) -> None:
    """Does the sheet print what the unit says now? Else the reviewer marked something else; the mark counts."""
    claims, printed = line.known.claims, line.text("figures")
    if claims is None or not printed:
        return
    now = claims.figures(unit.code, indicator)
    if folded(printed) not in map(folded, now):
        figures = {"unit": unit.name, "code": indicator.code, "indicator": indicator.title}
        shown = _NOW(zh=now[0] or _BLANK, en=now[1] or _BLANK)
        line.warn(Code.A226, "mark", **figures, found=printed, expected=shown)


def _own(line: Line, unit: Unit | None, indicator: Indicator | None) -> Indicator | None:
    """The indicator as the unit is assessed by it: its own points and rule."""
    if unit is None or indicator is None:
        return indicator
    own = line.known.tree.of_type(unit.type).by_code[indicator.code]
    return own if isinstance(own, Indicator) else None


def read_change(line: Line) -> Change | None:
    """One change; None if the row has an error."""
    unit, indicator = line.unit(), line.indicator()
    indicator = _own(line, unit, indicator)
    before = math.nan if folded(line.may_say("from")) in _NO_SCORE else line.number("from")
    after = line.number_within("to", indicator, score_range(indicator) if indicator is not None else _NOWHERE)
    reason, reviewer, date = line.said("reason"), line.reviewer(), line.date()
    objection = _whole(line, "objection", 0.0)
    if not line.is_good or not line.applies(unit, indicator):
        return None
    if unit is None or indicator is None or before is None or after is None or date is None or objection is None:
        return None
    return Change(unit.code, indicator.code, before, after, reason, reviewer, date, line.place("to"), int(objection))


def read_ruling(line: Line) -> Ruling | None:
    """One ruling; None if the row has an error."""
    unit, indicator = line.unit(), line.indicator()
    if indicator is not None and not indicator.may_not_apply:
        line.fail(Code.A209, "indicator", code=indicator.code, indicator=indicator.title)
    ruling_text = line.said("ruling")
    is_granted = _RULINGS.get(folded(ruling_text))
    if ruling_text and is_granted is None:
        line.fail(Code.A211, "ruling", column=line.column("ruling").heading, found=ruling_text)
    reason, reviewer, date = line.said("reason"), line.reviewer(), line.date()
    if not line.is_good or not line.applies(unit, indicator):
        return None
    if unit is None or indicator is None or is_granted is None or date is None:
        return None
    if not _is_claimed_still(line, unit, indicator, ruling_text):
        return None
    return Ruling(unit.code, indicator.code, is_granted, reason, reviewer, date, line.place("ruling"))


def _is_claimed_still(line: Line, unit: Unit, indicator: Indicator, ruling_text: str) -> bool:
    """Is the claim the one that was ruled on, as far as the sheet prints it? A ruling on no claim is harmless."""
    claims = line.known.claims
    if claims is None:
        return True
    figures = {"unit": unit.name, "code": indicator.code, "indicator": indicator.title}
    if (unit.code, indicator.code) not in claims.made:
        line.warn(Code.A210, "ruling", **figures, found=ruling_text)
        return True
    printed, now = line.text("claim"), claims.texts(unit.code, indicator)
    if not printed or folded(printed) in map(folded, now):
        return True
    line.warn(Code.A223, "ruling", **figures, found=printed, expected=_NOW(zh=now[0], en=now[1]))
    return False


_NO_LEVEL = Words("（空：这一类不分级别）", "(blank: the kind has no levels)")


def read_entry(line: Line) -> RegisterEntry | None:
    """One entry; None if the row has an error. Missing evidence is only a warning."""
    unit, kind = line.unit(), _kind(line)
    level = _level(line, kind)
    matter, times, date = line.said("matter"), _whole(line, "times", 1.0), line.date()
    if not line.is_good or unit is None or kind is None or times is None or date is None:
        return None
    evidence = line.may_say("evidence")
    if not evidence and "evidence" in line.sheet.columns:
        line.warn(Code.A215, "evidence")
    elif not evidence:
        _say_once(line, Problem(Code.A215, heading_place(line.sheet)))
    _check_year(line, unit, date)
    return RegisterEntry(unit.code, kind.code, level, matter, times, date, evidence, line.place("kind"))


def _check_year(line: Line, unit: Unit, date: float) -> None:
    year = line.known.tree.year if unit.year is None else unit.year
    if math.isfinite(date) and datetime.date.fromordinal(EPOCH + int(date)).year != year:
        line.warn(Code.A225, "date", year=str(year), found=date)


def _kind(line: Line) -> AdjustmentKind | Veto | None:
    kind_text = line.said("kind")
    kind = line.known.kinds.find(kind_text)
    if kind_text and kind is None:
        labels = kind_labels(line.known.tree)
        line.fail(Code.A212, "kind", expected=labels, found=kind_text, nearest=to_fill(kind_text, labels))
    return kind


def _level(line: Line, kind: AdjustmentKind | Veto | None) -> str:
    """The level as written in the tree; '' if the kind has none."""
    if kind is None:
        return ""
    level_text = line.may_say("level")
    levels = tuple(kind.levels) if isinstance(kind, AdjustmentKind) else ()
    if levels and "level" not in line.sheet.columns:  # reported once for the sheet, not for every row
        sheet = line.sheet
        args = (sheet.path, sheet.name, sheet.rows, sheet.heading_row, sheet.form, line.column("level"))
        _say_once(line, missing_column(*args))
        line.is_good = False
        return ""
    known = {folded(level): level for level in levels} or {"": ""}
    level = known.get(folded(level_text))
    if level is None:
        figures = {"kind": kind.title, "expected": levels or (_NO_LEVEL,), "found": level_text or _BLANK}
        line.fail(Code.A213, "level", **figures)
    return level or ""


def _say_once(line: Line, problem: Problem) -> None:
    """Reports once, at the headings, what is true of the whole sheet."""
    if problem not in line.problems:
        line.problems.append(problem)


def _whole(line: Line, key: str, blank: float) -> float | None:
    """A number of times, or of an objection; ``blank`` if the cell is blank."""
    text = line.may_say(key)
    if not text:
        return blank
    column = line.column(key)
    field = Field(key, column.heading.zh, FieldType.COUNT, "次", at_least=1.0)
    reading = read_cell(line.cell(key), field, day_shift=line.sheet.day_shift)
    if isinstance(reading.value, float):
        return reading.value
    line.fail(Code.A216, key, column=column.heading, expected=column.what, found=text)
    return None
