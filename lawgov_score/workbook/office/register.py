"""Rows of 加减分登记 → entries of the register."""

from collections.abc import Sequence

from lawgov_score.catalogue import Code
from lawgov_score.model import AdjustmentKind, RegisterEntry, Veto
from lawgov_score.problems import Problem
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.office_layout import kind_labels
from lawgov_score.workbook.office.columns import heading_place, missing_column
from lawgov_score.workbook.office.known import folded
from lawgov_score.workbook.office.rows import Line
from lawgov_score.workbook.submission.expected import nearest
from lawgov_score.workbook.submission.values import read_cell

_NO_LEVEL = Words("（空：这一类不分级别）", "(blank: the kind has no levels)")
_BLANK = Words("（空）", "(blank)")


def read_entry(line: Line) -> RegisterEntry | None:
    """One entry, None where the row has an error. Missing evidence is only a warning."""
    unit, kind = line.unit(), _kind(line)
    level = _level(line, kind)
    matter, times, date = line.said("matter"), _times(line), line.date()
    if not line.is_good or unit is None or kind is None or times is None or date is None:
        return None
    evidence = line.may_say("evidence")
    if not evidence and "evidence" in line.sheet.columns:
        line.warn(Code.A215, "evidence")
    elif not evidence:
        _say_once(line, Problem(Code.A215, heading_place(line.sheet)))
    return RegisterEntry(unit.code, kind.code, level, matter, times, date, evidence, line.place("kind"))


def _kind(line: Line) -> AdjustmentKind | Veto | None:
    said = line.said("kind")
    kind = line.known.kinds.find(said)
    if said and kind is None:
        labels = kind_labels(line.known.tree)
        line.fail(Code.A212, "kind", expected=labels, found=said, nearest=nearest(said, labels))
    return kind


def _level(line: Line, kind: AdjustmentKind | Veto | None) -> str:
    """The level as the tree writes it; '' where the kind has none."""
    if kind is None:
        return ""
    said = line.may_say("level")
    levels = tuple(kind.levels) if isinstance(kind, AdjustmentKind) else ()
    if levels and "level" not in line.sheet.columns:  # said of the sheet, not of every row
        sheet = line.sheet
        args = (sheet.path, sheet.name, sheet.rows, sheet.heading_row, sheet.form, line.column("level"))
        _say_once(line, missing_column(*args))
        line.is_good = False
        return ""
    known = {folded(level): level for level in levels} or {"": ""}
    level = known.get(folded(said))
    if level is None:
        figures = {"kind": kind.title, "expected": levels or (_NO_LEVEL,), "found": said or _BLANK}
        line.fail(Code.A213, "level", **figures)
    return level or ""


def _say_once(line: Line, problem: Problem) -> None:
    """Notes what is true of the whole sheet, at its headings."""
    if problem not in line.problems:
        line.problems.append(problem)


def _times(line: Line) -> float | None:
    """How many times, 1 where nothing is said."""
    said = line.may_say("times")
    if not said:
        return 1.0
    column = line.column("times")
    asked = Field("times", column.heading.zh, FieldType.COUNT, "次", at_least=1.0)
    reading = read_cell(line.cell("times"), asked, day_shift=line.sheet.day_shift)
    if isinstance(reading.value, float):
        return reading.value
    line.fail(Code.A216, "times", column=column.heading, found=said)
    return None


def single_entries(entries: Sequence[RegisterEntry], problems: list[Problem]) -> tuple[RegisterEntry, ...]:
    """Without those that another sheet or file holds too: two people kept one list.

    Within one sheet both count, with a warning: a list is kept line by line, but that is rarely meant.
    """
    first: dict[tuple[object, ...], RegisterEntry] = {}
    kept = []
    for entry in entries:
        key = (entry.unit, entry.kind, entry.level, folded(entry.matter), entry.times, entry.date, entry.evidence)
        before = first.setdefault(key, entry)
        is_elsewhere = (before.place.path, before.place.sheet) != (entry.place.path, entry.place.sheet)
        if before is not entry:
            code = Code.A219 if is_elsewhere else Code.A217
            problems.append(Problem(code, entry.place, {"found": entry.matter}, (before.place,)))
        if not is_elsewhere:
            kept.append(entry)
    return tuple(kept)
