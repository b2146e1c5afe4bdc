"""Rows of 加减分登记 → entries of the register."""

from collections.abc import Sequence

from lawgov_score.catalogue import Code
from lawgov_score.model import AdjustmentKind, RegisterEntry, Veto
from lawgov_score.problems import Problem
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Words
from lawgov_score.workbook.assessor_known import folded
from lawgov_score.workbook.assessor_layout import kind_labels
from lawgov_score.workbook.assessor_rows import Line
from lawgov_score.workbook.cells import read_cell
from lawgov_score.workbook.expected import nearest

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
    if not evidence:
        line.warn(Code.A215, "evidence")
    return RegisterEntry(unit.code, kind.code, level, matter, times, date, evidence, line.place("kind"))


def _kind(line: Line) -> AdjustmentKind | Veto | None:
    said = line.said("kind")
    kind = line.known.kinds.get(folded(said))
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
    known = {folded(level): level for level in levels} or {"": ""}
    level = known.get(folded(said))
    if level is None:
        figures = {"kind": kind.title, "expected": levels or (_NO_LEVEL,), "found": said or _BLANK}
        line.fail(Code.A213, "level", **figures, nearest=nearest(said, levels))
    return level or ""


def _times(line: Line) -> float | None:
    """How many times, 1 where nothing is said."""
    said = line.may_say("times")
    if not said:
        return 1.0
    column = line.column("times")
    reading = read_cell(line.cell("times"), Field("times", column.heading.zh, FieldType.COUNT, "次", at_least=1.0))
    if isinstance(reading.value, float):
        return reading.value
    line.fail(Code.A216, "times", column=column.heading, found=said)
    return None


def check_repeats(entries: Sequence[RegisterEntry], problems: list[Problem]) -> None:
    """Warns of entries that are the same in everything: both count, and that is rarely meant."""
    first: dict[tuple[object, ...], RegisterEntry] = {}
    for entry in entries:
        key = (entry.unit, entry.kind, entry.level, folded(entry.matter), entry.times, entry.date, entry.evidence)
        before = first.setdefault(key, entry)
        if before is not entry:
            problems.append(Problem(Code.A217, entry.place, {"found": entry.matter}, (before.place,)))
