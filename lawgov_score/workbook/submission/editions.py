"""Workbooks of another edition, or of an earlier state of the tree: which questions still mean the same.

The hidden stamp keeps a fingerprint of what each question meant when the workbook was sent out (``layout.meaning``),
and of what an answer to it is (``layout.kind``). Within one assessed year a text corrected since asks the same;
from one year to another other words ask something else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lawgov_score.catalogue import Code
from lawgov_score.model import Tree, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.forms.layout import Question
from lawgov_score.workbook.forms.stamp import Stamp

_EDITION = Words("{edition} 版", "edition {edition}")
_OF_YEAR = Words("{edition} 版（{year} 年度）", "edition {edition} (of {year})")
_SAVED = Words("{edition} 版（{year} 年度，最后保存于 {saved}）", "edition {edition} (of {year}, last saved {saved})")
_NEVER_SAVED = Words("（未记载）", "(not on record)")
_SAME = Words("{n} 题含义未变，照常采用", "{n} questions {n:means|mean} the same and {n:is|are} used")
_WORDED = Words("其中文字有改动的：{names:list}", "worded otherwise among these: {names:list}")
_CHANGED = Words("含义已变、未予采用的：{names:list}", "changed, and not used: {names:list}")
_NEW = Words("本版新增、表上没有的：{names:list}", "new, and not asked there: {names:list}")
_GONE = Words("本版已取消的：{names:list}", "no longer asked: {names:list}")
_QUESTION = Words("{code} {name}", "{code} {name}")
_ANSWER_THE_REST = Words(
    "；变动的和新增的题，用现行一版填报表补报", "; what has changed or is new is answered in the new one"
)
_HALF_YEAR = "{year}-07-01"  # a year's workbooks are saved around its end; those of the year before half a year earlier


@dataclass(frozen=True)
class Edition:
    """How a workbook's edition compares with the tree: ``refused`` whole, or a ``remark`` and the changed questions.

    ``new``: keys of questions that the workbook's edition did not ask; ``recoded``: keys of those that it asked under
    another key, and which one. ``is_stamped``: does it name its tree? ``is_current``: is it exactly this tree?
    """

    refused: Problem | None = None
    remark: Problem | None = None
    changed: frozenset[str] = field(default_factory=frozenset)
    new: frozenset[str] = field(default_factory=frozenset)
    is_stamped: bool = True
    recoded: Mapping[str, str] = field(default_factory=dict)
    is_current: bool = False

    def takes(self, question: Question, row_key: object) -> bool:
        """May an answer in the row with this hidden key be used for this question?

        A workbook cannot answer a question that its edition did not ask, even if a row looks alike: that is another
        field.
        """
        if question.key in self.recoded:
            return row_key == self.recoded[question.key]
        return question.key not in self.changed and question.key not in self.new


def edition_of(
    stamp: Stamp, tree: Tree, asked: Sequence[Question], unit: Unit | None, saved: str, place: CellPlace
) -> Edition:
    """Which parts of a workbook with this stamp can be used (S109, S120, S143).

    ``asked``: the questions asked of the unit now. ``unit``: as in the roster, None if it is not in it. ``saved``:
    when the workbook was last saved. A workbook of another year, whatever its edition, is used only if it was saved
    when the figures of the assessed year could be known, so that last year's workbook sent again by mistake is not
    used: a tree may keep the name of its edition, or all it says, from one year to the next. (Of the same edition only
    an earlier year is another one: a year of its own may have been put into the roster later.)
    """
    if not stamp.tree:
        return Edition(is_stamped=False)
    is_other = stamp.edition != tree.edition
    is_same = not is_other and stamp.fingerprint == tree.fingerprint
    if is_same and unit is None:  # it may be of a year of its own, which nothing but a roster says
        return Edition(is_current=True)
    year = _year_of(tree, unit)
    if is_of_another_year(stamp.edition, stamp.year, tree, unit) and saved < _HALF_YEAR.format(year=year):
        return Edition(refused=_another(stamp, tree, place, year, saved))
    if is_same:
        return Edition(is_current=True)
    meant = stamp.questions
    if not meant:
        return (
            Edition(refused=_another(stamp, tree, place)) if is_other else Edition(remark=_changed(stamp, tree, place))
        )
    other = tuple(q for q in asked if meant.get(q.key, q.meaning) != q.meaning)
    kinds = stamp.kinds if stamp.year == year else {}
    worded = tuple(q.key for q in other if kinds.get(q.key) == q.kind)
    changed = tuple(q.key for q in other if q.key not in worded)
    keys = {question.key for question in asked}
    unasked = {key: meaning for key, meaning in meant.items() if key not in keys}
    recoded = {
        q.key: old
        for q in asked
        if q.key not in meant
        for old, meaning in unasked.items()
        if meaning == q.meaning and old.rpartition(".")[0] == q.indicator.code
    }
    new = tuple(q.key for q in asked if q.key not in meant and q.key not in recoded)
    gone = tuple(key for key in unasked if key not in recoded.values())
    is_whole = not changed and not new
    figures = {
        "expected": _OF_YEAR(edition=tree.edition, year=year),
        "found": _OF_YEAR(edition=stamp.edition, year=stamp.year or year),
        "same": len(asked) - len(changed) - len(new),
        "changed": changed,
        "new": new,
        "gone": gone,
        "told": _told(asked, changed, new, gone, worded),
        "hint": "" if is_whole else _ANSWER_THE_REST,
    }
    remark = Problem(Code.S143, place, figures)
    return Edition(None, remark, frozenset(changed), frozenset(new), recoded=recoded)


def is_of_another_year(edition: str, year: str, tree: Tree, unit: Unit | None) -> bool:
    """Is a workbook of this edition and year of another year than the one for which ``unit`` is assessed?"""
    mine = _year_of(tree, unit)
    return year not in {"", mine} if edition != tree.edition else "" < year < mine


def _year_of(tree: Tree, unit: Unit | None) -> str:
    return str((unit.year if unit is not None else None) or tree.year)


def _told(
    asked: Sequence[Question],
    changed: Sequence[str],
    new: Sequence[str],
    gone: Sequence[str],
    worded: Sequence[str],
) -> tuple[Phrase, ...]:
    """What became of the questions, by name; nothing of what there is none of. What is gone has only its key left."""
    names = {q.key: _QUESTION(code=q.indicator.code, name=q.field.name) for q in asked}
    kinds = ((_WORDED, worded), (_CHANGED, changed), (_NEW, new), (_GONE, gone))
    told = [words(names=tuple(names.get(key, key) for key in keys)) for words, keys in kinds if keys]
    return (_SAME(n=len(asked) - len(changed) - len(new)), *told)


def _another(stamp: Stamp, tree: Tree, place: CellPlace, year: str = "", saved: str = "") -> Problem:
    actual: Phrase = _EDITION(edition=stamp.edition)
    if year:
        actual = _SAVED(edition=stamp.edition, year=stamp.year, saved=saved[:10] or _NEVER_SAVED)
    expected = _OF_YEAR(edition=tree.edition, year=year) if year else _EDITION(edition=tree.edition)
    return Problem(Code.S109, place, {"expected": expected, "found": actual})


def _changed(stamp: Stamp, tree: Tree, place: CellPlace) -> Problem:
    return Problem(Code.S120, place, {"expected": tree.fingerprint[:12], "found": stamp.fingerprint[:12]})
