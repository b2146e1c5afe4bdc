"""What changed since an earlier run, in a few lines."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from lawgov_score.content.changes import cause_text, causes_of
from lawgov_score.explanation.figures import STATUS
from lawgov_score.model import Scores, Status, Tree
from lawgov_score.model.changes import ChangedScore, Changes, Ground
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Text, Words

_GROUNDS = {
    Ground.LANGUAGE: Words("语言", "the language"),
    Ground.TEXTS: Words("指标体系", "the tree"),
    Ground.NOTICE: Words("结果通知（notice.yaml）", "the notice (notice.yaml)"),
    Ground.PREVIOUS: Words("上年结果（--previous）", "last year's results (--previous)"),
}
_SINCE = Words("与 {path} 相比：", "Since {path}:")
_SINCE_THEN = Words("与上一次相比：", "Since the run before:")
_NOTHING = Words(
    "与 {path} 相比没有变化：{n} 个单位的得分、填报值、位次和等次都与上次相同",
    "Nothing changed since {path}: scores, figures, places and grades of {n} units are the same",
)
_NOTHING_SINCE = Words(
    "与上一次相比没有变化：{n} 个单位的得分、填报值、位次和等次都与上次相同",
    "Nothing changed since the run before: scores, figures, places and grades of {n} units are the same",
)
_CHANGED = Words("有变化的 {n} 个：", "{n} changed:")
_TOTAL = Words(
    "{unit} {name}：总分 {old} → {new}（{causes:list}）{parts}",
    "{unit} {name}: total {old} → {new} ({causes:list}){parts}",
)
_NOTHING_SENT = Words(
    "{unit} {name}：总分 {old} → 无（没有可用的填报表）", "{unit} {name}: total {old} → none (no usable workbook)"
)
_SAME_TOTAL = Words(
    "{unit} {name}：总分未变（{causes:list}）{parts}", "{unit} {name}: the same total ({causes:list}){parts}"
)
_NO_TOTAL = Words("{unit} {name}：总分未变{parts}", "{unit} {name}: the same total{parts}")
_PART = Words("{code} {old} → {new}（{cause}）", "{code} {old} → {new} ({cause})")
_SAME_SCORE = Words("{code} 得分未变（{cause}）", "{code} the same score ({cause})")
_PARTS = Words("；{parts:list}", "; {parts:list}")
_PARTS_MANY = Words("；{parts:list} 等 {n} 项", "; {parts:list} and others, {n} in all")
_CAME = Words("{unit} {name}：上次没有，总分 {new}", "{unit} {name}: new, total {new}")
_LEFT = Words("{unit} {name}：已不在名册，上次总分 {old}", "{unit} {name}: gone, its total was {old}")
_MORE = Words("另有 {n} 个单位", "and {n} others")
_ALL_IN = Words("全部变化见“与上次相比的变化”（changes.csv）", "everything is in the table of changes (changes.csv)")
_WITH_CSV = Words("加 --csv 写出全部变化（changes.csv）", "--csv writes everything to changes.csv")
_MOVED = Words(
    "自身没有变化、位次或等次随他人变化的 {n} 个：{units}",
    "{n} with another place or grade because others changed: {units}",
)
_STILL = Words("未变的 {n} 个：{units}", "{n} unchanged: {units}")
_OF_ALL = Words(
    "与上次不同的还有：{what:list}；各单位评分卡和网页的内容因此不同",
    "Other than then, too: {what:list}; cards and pages of all units say something else",
)
_OF_VERSION = Words(
    "上次的结果由 {then} 版程序写出，本次为 {now} 版：评分卡和网页的措辞、版式可能不同，"
    "得分和依据没有变化的不必因此重发",
    "Then it was version {then} of the program, now it is {now}: cards and pages may be worded and laid out otherwise; "
    "where results and what they rest on are the same, they need not be sent again for that",
)
_NO_RULES = Words(
    "两版程序的计分规则无从逐项比较，指标体系又有改动：原因是否在指标体系，由得分推断",
    "How nodes are scored cannot be compared between the two versions, and the tree is another one: whether that is "
    "the cause is told from the scores",
)
_ANEW = Words("要重发评分卡的 {n} 个：{units}", "{n} {n:needs|need} a new card: {units}")
_OTHER_CARD = Words("评分卡与上一次不同的 {n} 个：{units}", "{n} whose card is another: {units}")
_UNTOUCHED = Words(
    "评分卡和网页与上次相同、不必重发的 {n} 个：{units}",
    "{n} whose cards and pages say the same and need not be sent again: {units}",
)
_NOT_AGAIN = Words(
    "得分和依据与上次相同、评分卡和网页不必重发的 {n} 个：{units}",
    "{n} with the same results, resting on the same, need not be sent cards and pages again: {units}",
)
_NOT_KNOWN = Words(
    "上次的文件夹中没有 grounds.csv（0.6.0 以前的版本不写）：未列入重发的 {n} 个单位，评分卡上除得分、位次以外的内容"
    "（佐证、说明、结果通知等）是否相同，无从比较",
    "There is no grounds.csv in that folder (versions before 0.6.0 did not write it): of the {n} units not named for a "
    "new card it cannot be told whether their cards say the same besides scores and places",
)
_ALL_OF = Words("{units:list}", "{units:list}")
_SOME_OF = Words("{units:list} 等", "{units:list} and others")
_NONE = Words("无", "none")
_TAIL = Words("{stands}{parts}", "{stands}{parts}")
_STANDS = Words("；{what:list}", "; {what:list}")
_PLACE = Words("位次 {old} → {new}", "place {old} → {new}")
_GRADE = Words("等次 {old} → {new}", "grade {old} → {new}")
_ELSEWHERE = Words("{unit} {name}（{what:list}）", "{unit} {name} ({what:list})")
_MOST_UNITS, _MOST_PARTS, _MOST_NAMED = 10, 3, 8


def changes_text(
    changes: Changes,
    scores: Scores,
    lang: Language,
    *,
    is_written: bool,
    is_sent: bool = True,
    names_anew: bool = True,
) -> str:
    """Who changed and why, whose place moved with others, who is as before. ``is_written``: to changes.csv, too?

    ``is_sent``: were its cards handed out? Of a run that is only kept neither a file nor cards to send are named.
    ``names_anew``: does it say who needs a new card? A publication says itself who is told and who may have one.
    """
    cards = list(_of_cards(changes, is_sent=is_sent, names_anew=names_anew))
    lines = [*_lines(changes, scores, is_written=is_written, is_sent=is_sent), *map(_indented, cards)]
    return "\n".join(render(line, lang) for line in lines)


def _lines(changes: Changes, scores: Scores, *, is_written: bool, is_sent: bool) -> list[Text]:
    by_unit = [(unit, list(lines)) for unit, lines in groupby(changes.lines, lambda line: line.unit)]
    if not by_unit and not changes.moved:
        words = _NOTHING if changes.since else _NOTHING_SINCE
        return [words(path=changes.since, n=len(changes.unchanged))]
    lines: list[Text] = [(_SINCE if changes.since else _SINCE_THEN)(path=changes.since)]
    if by_unit:
        lines.append(_indented(_CHANGED(n=len(by_unit))))
        shown = by_unit[:_MOST_UNITS]
        lines += [_indented(_of_unit(changes, scores, unit, of), 2) for unit, of in shown]
        if len(by_unit) > len(shown):
            lines.append(_indented(_MORE(n=len(by_unit) - len(shown)), 2))
        if is_sent:
            lines.append(_indented(_ALL_IN if is_written else _WITH_CSV, 2))
    named: tuple[tuple[Words, tuple[Text, ...]], ...] = ((_MOVED, _moved(changes)), (_STILL, changes.unchanged))
    for words, units in named:
        if units:
            lines.append(_indented(words(n=len(units), units=_named(units))))
    return lines


def _of_cards(changes: Changes, *, is_sent: bool, names_anew: bool) -> Iterator[Text]:
    """Whose card is to be sent again."""
    if changes.of_all:
        yield _OF_ALL(what=tuple(_GROUNDS[ground] for ground in changes.of_all))
    if changes.versions is not None:
        then, now = changes.versions
        yield _OF_VERSION(then=then or _NONE, now=now)
        if Ground.TEXTS in changes.of_all:
            yield _NO_RULES()
    if not is_sent:
        if changes.anew:
            yield _OTHER_CARD(n=len(changes.anew), units=_named(changes.anew))
        return
    as_before = _UNTOUCHED if changes.versions is None else _NOT_AGAIN
    for words, units in ((_ANEW, changes.anew if names_anew else ()), (as_before, changes.untouched)):
        if units:
            yield words(n=len(units), units=_named(units))
    rest = {*changes.moved, *changes.unchanged}.difference(changes.anew)
    if not changes.has_grounds and rest:
        yield _NOT_KNOWN(n=len(rest))


def _of_unit(changes: Changes, scores: Scores, unit: str, lines: list[ChangedScore]) -> Phrase:
    name, root = changes.names[unit], scores.tree.code
    total = next((line for line in lines if line.code == root), None)
    if total is not None and unit in changes.left:
        return _LEFT(unit=unit, name=name, old=total.old or _NONE)
    if total is not None and unit in changes.came:
        return _CAME(unit=unit, name=name, new=total.new or _NONE)
    leaves = {indicator.code for indicator in scores.tree.indicators}
    parts = [line for line in lines if line.code in leaves]
    said = tuple(_part(line, scores.tree) for line in parts[:_MOST_PARTS])
    words = _PARTS_MANY if len(parts) > len(said) else _PARTS
    tail = _TAIL(stands=_stands(changes, unit), parts=words(parts=said, n=len(parts)) if said else "")
    if total is None:
        return _NO_TOTAL(unit=unit, name=name, parts=tail)
    if total.old == total.new:
        own = tuple(cause_text(line, scores.tree) for line in lines if line.code == root)
        return _SAME_TOTAL(unit=unit, name=name, parts=tail, causes=own)
    if not total.new and scores.submissions[scores.row_of[unit]] is None:
        return _NOTHING_SENT(unit=unit, name=name, old=total.old or _NONE)
    moved = [line for line in lines if line.code == root or (line.code in leaves and line.old != line.new)]
    causes = tuple(
        text
        for cause in dict.fromkeys(line.cause for line in moved)
        for text in causes_of(replace(total, cause=cause), moved, scores.tree)
    )
    return _TOTAL(unit=unit, name=name, parts=tail, old=total.old or _NONE, new=total.new or _NONE, causes=causes)


def _part(line: ChangedScore, tree: Tree) -> Phrase:
    if line.old == line.new:
        return _SAME_SCORE(code=line.code, cause=cause_text(line, tree))
    old, new = (_score(text, status) for text, status in zip((line.old, line.new), line.statuses, strict=True))
    return _PART(code=line.code, old=old, new=new, cause=cause_text(line, tree))


def _score(text: str, status: str) -> Text:
    """A score; where there is none, why."""
    return text or next((STATUS[one] for one in Status if one.printed == status), _NONE)


def _stands(changes: Changes, unit: str) -> Text:
    """Another place or grade of a unit, in words; '' where both are the same."""
    what = _elsewhere(changes, unit)
    return _STANDS(what=what) if what else ""


def _elsewhere(changes: Changes, unit: str) -> tuple[Phrase, ...]:
    if unit not in changes.stood:
        return ()
    old, new = changes.stood[unit]
    pairs = ((_PLACE, old.rank, new.rank), (_GRADE, old.grade, new.grade))
    return tuple(words(old=then or _NONE, new=now or _NONE) for words, then, now in pairs if then != now)


def _moved(changes: Changes) -> tuple[Text, ...]:
    """The units that moved with others, each with how it stood and stands."""
    return tuple(
        _ELSEWHERE(unit=unit, name=changes.names[unit], what=_elsewhere(changes, unit)) for unit in changes.moved
    )


def _named(units: tuple[Text, ...]) -> Phrase:
    words = _ALL_OF if len(units) <= _MOST_NAMED else _SOME_OF
    return words(units=units[:_MOST_NAMED])


def _indented(text: Text, by: int = 1) -> Phrase:
    return Words("{space}{text}", "{space}{text}")(space="  " * by, text=text)
