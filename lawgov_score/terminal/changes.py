"""What changed since an earlier run, in a few lines."""

from itertools import groupby

from lawgov_score.content import labels
from lawgov_score.content.changes import CAUSES
from lawgov_score.model import Scores
from lawgov_score.model.changes import Cause, ChangedScore, Changes
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Text, Words

_SINCE = Words("与 {path} 相比：", "Since {path}:")
_NOTHING = Words(
    "与 {path} 相比没有变化：{n} 个单位的得分、填报值、位次和等次都与上次相同",
    "Nothing changed since {path}: {n} units",
)
_CHANGED = Words("有变化的 {n} 个：", "{n} changed:")
_TOTAL = Words(
    "{unit} {name}：总分 {old} → {new}（{causes:list}）{parts}",
    "{unit} {name}: total {old} → {new} ({causes:list}){parts}",
)
_NOTHING_SENT = Words(
    "{unit} {name}：总分 {old} → 无（没有可用的填报表）", "{unit} {name}: total {old} → none (no usable workbook)"
)
_NO_TOTAL = Words("{unit} {name}：总分未变{parts}", "{unit} {name}: the same total{parts}")
_PART = Words("{code} {old} → {new}（{cause}）", "{code} {old} → {new} ({cause})")
_SAME_SCORE = Words("{code} 得分未变（{cause}）", "{code} the same score ({cause})")
_PARTS = Words("；{parts:list}", "; {parts:list}")
_PARTS_MANY = Words("；{parts:list} 等 {n} 项", "; {parts:list} and others, {n} in all")
_CAME = Words("{unit} {name}：上次没有，总分 {new}", "{unit} {name}: new, total {new}")
_LEFT = Words("{unit} {name}：已不在名册，上次总分 {old}", "{unit} {name}: gone, its total was {old}")
_MORE = Words("另有 {n} 个单位", "and {n} others")
_ALL_IN = Words("全部变化见 changes.csv", "everything is in changes.csv")
_WITH_CSV = Words("加 --csv 写出全部变化（changes.csv）", "--csv writes everything to changes.csv")
_MOVED = Words(
    "自身没有变化、位次或等次随他人变化的 {n} 个：{units}",
    "{n} with another place or grade because others changed: {units}",
)
_STILL = Words("未变的 {n} 个：{units}", "{n} unchanged: {units}")
_UNTOUCHED = Words(
    "其中 {n} 个所在分组也没有变化：{units}。结果通知（notice.yaml）也没有改的，它们的评分卡和网页不必重发",
    "of these, {n} are in a cohort where nothing changed: {units}. Unless the notice (notice.yaml) is another one, "
    "their cards and pages need not be sent again",
)
_SAME_NOTICE = Words(
    "其中 {n} 个所在分组也没有变化，结果通知也没有改：{units}。它们的评分卡和网页不必重发",
    "of these, {n} are in a cohort where nothing changed, and the notice is the same: {units}. Their cards and "
    "pages need not be sent again",
)
_OTHER_NOTICE = Words(
    "结果通知（notice.yaml）与上次的不同，每张评分卡上都印着它：全部 {n} 个单位的评分卡都要重发",
    "The notice (notice.yaml) is another one than last time, and stands on every card: all {n} units need a new one",
)
_TO_SEND = Words("要重发评分卡的 {n} 个：{units}", "{n} need a new card: {units}")
_ALL_OF = Words("{units:list}", "{units:list}")
_SOME_OF = Words("{units:list} 等", "{units:list} and others")
_NONE = Words("无", "none")
_MOST_UNITS, _MOST_PARTS, _MOST_NAMED = 10, 3, 8


def changes_text(changes: Changes, scores: Scores, lang: Language, *, is_written: bool) -> str:
    """Who changed and why, whose place moved with others, who is as before. ``is_written``: to changes.csv, too?"""
    return "\n".join(render(line, lang) for line in _lines(changes, scores, is_written=is_written))


def _lines(changes: Changes, scores: Scores, *, is_written: bool) -> list[Text]:
    by_unit = [(unit, list(lines)) for unit, lines in groupby(changes.lines, lambda line: line.unit)]
    if not by_unit and not changes.moved:
        said: list[Text] = [_NOTHING(path=changes.since, n=len(changes.unchanged))]
        if changes.has_same_notice is False:
            said.append(_indented(_OTHER_NOTICE(n=len(labels.listed(scores)))))
        return said
    lines: list[Text] = [_SINCE(path=changes.since)]
    if by_unit:
        lines.append(_indented(_CHANGED(n=len(by_unit))))
        present = {unit.code for unit in scores.units}
        shown = by_unit[:_MOST_UNITS]
        lines += [_indented(_of_unit(changes, scores, unit, of, unit in present), 2) for unit, of in shown]
        if len(by_unit) > len(shown):
            lines.append(_indented(_MORE(n=len(by_unit) - len(shown)), 2))
        lines.append(_indented(_ALL_IN if is_written else _WITH_CSV, 2))
    for words, units in ((_MOVED, changes.moved), (_STILL, changes.unchanged)):
        if units:
            lines.append(_indented(words(n=len(units), units=_named(units))))
    if changes.has_same_notice is False:
        lines.append(_indented(_OTHER_NOTICE(n=len(labels.listed(scores)))))
        return lines
    untouched = set(changes.untouched)
    if untouched:
        words = _SAME_NOTICE if changes.has_same_notice else _UNTOUCHED
        lines.append(_indented(words(n=len(untouched), units=_named(changes.untouched)), 2))
    anew = tuple(code for row in labels.listed(scores) if (code := scores.units[row].code) not in untouched)
    if anew:
        lines.append(_indented(_TO_SEND(n=len(anew), units=_named(anew))))
    return lines


def _of_unit(changes: Changes, scores: Scores, unit: str, lines: list[ChangedScore], is_here: bool) -> Phrase:
    name, root = changes.names[unit], scores.tree.code
    total = next((line for line in lines if line.code == root), None)
    if total is not None and total.cause is Cause.ROSTER and len(lines) == 1:
        if not is_here:
            return _LEFT(unit=unit, name=name, old=total.old or _NONE)
        if not total.old:
            return _CAME(unit=unit, name=name, new=total.new or _NONE)
    leaves = {indicator.code for indicator in scores.tree.indicators}
    parts = [line for line in lines if line.code in leaves]
    said = tuple(_part(line) for line in parts[:_MOST_PARTS])
    words = _PARTS_MANY if len(parts) > len(said) else _PARTS
    tail: Text = words(parts=said, n=len(parts)) if said else ""
    if total is None:
        return _NO_TOTAL(unit=unit, name=name, parts=tail)
    row = next(i for i, known in enumerate(scores.units) if known.code == unit)
    if scores.submissions[row] is None and not total.new:
        return _NOTHING_SENT(unit=unit, name=name, old=total.old or _NONE)
    moved = (line for line in lines if line.code == root or (line.code in leaves and line.old != line.new))
    causes = tuple(CAUSES[cause] for cause in dict.fromkeys(line.cause for line in moved))
    return _TOTAL(unit=unit, name=name, parts=tail, old=total.old or _NONE, new=total.new or _NONE, causes=causes)


def _part(line: ChangedScore) -> Phrase:
    if line.old == line.new:
        return _SAME_SCORE(code=line.code, cause=CAUSES[line.cause])
    return _PART(code=line.code, old=line.old or _NONE, new=line.new or _NONE, cause=CAUSES[line.cause])


def _named(units: tuple[str, ...]) -> Phrase:
    words = _ALL_OF if len(units) <= _MOST_NAMED else _SOME_OF
    return words(units=units[:_MOST_NAMED])


def _indented(text: Text, by: int = 1) -> Phrase:
    return Words("{space}{text}", "{space}{text}")(space="  " * by, text=text)
