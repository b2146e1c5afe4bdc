"""Layout of a fill-in workbook: its sheets and columns, and the row of each question: shared by writer and reader."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

import numpy as np

from lawgov_score.model import Group, Indicator, Shared, Tree, field_key
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.field import NUMBERS, Field
from lawgov_score.wording import Words
from lawgov_score.workbook.plain_texts import plain

A_YEAR = Words("1900 至 2999 之间的年份，如 2017", "a year from 1900 to 2999, such as 2017")
COVER_SHEET = "填报说明"
FILL_SHEET = "填报"
LISTS_SHEET = "选项"
STAMP_SHEET = "lawgov-stamp"

UNIT_CODE_LABEL = Words("单位编码", "Unit code")
UNIT_NAME_LABEL = Words("单位名称", "Unit name")
UNIT_TYPE_LABEL = Words("单位类型", "Unit type")
YEAR_LABEL = Words("考核年度", "Assessed year")


class FillColumn(Enum):
    """A column of the fill-in sheet, left to right after those of the upper levels; the words are its heading."""

    CODE = Words("编码", "Code")
    TITLE = Words("指标", "Indicator")  # headed by the name of the tree's last level, where it has one
    POINTS = Words("分值", "Points")
    STANDARD = Words("评分标准", "Scoring standard")
    FIELD = Words("填报项", "Question")
    MEASURED_IN = Words("计量单位", "Unit of measurement")
    VALUE = Words("填报值", "Answer")
    REQUIRED = Words("应附佐证", "Evidence required")
    EVIDENCE = Words("佐证材料", "Evidence")
    NOTE = Words("说明", "Remarks")
    KEY = Words("字段编码", "Field code")  # hidden: 01-1.taken


TO_FILL = (FillColumn.VALUE, FillColumn.EVIDENCE, FillColumn.NOTE)
# The same for one indicator, whatever it asks.
REPEATED = (FillColumn.CODE, FillColumn.TITLE, FillColumn.POINTS, FillColumn.STANDARD, FillColumn.REQUIRED)

RULE_LINE = ".@rule"  # ends the key of a line that only says how a group is scored: 2.1.@rule; never an answer
NAME_LINE = ".@name"  # ends the key of a line that only names a repetition (窗口1 …): 05@1.@name; never an answer


_HEADINGS: Mapping[str, FillColumn] = {
    plain(heading).casefold(): column for column in FillColumn for heading in (column.value.zh, column.value.en)
}


@lru_cache(maxsize=4_096)  # the same headings in every workbook
def column_of(heading: str) -> FillColumn | None:
    """The column that a heading names, in either language, ignoring spacing and width of letters."""
    return _HEADINGS.get(plain(heading).casefold())


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the fill-in sheet: a field of an indicator, under its key ``<indicator code>.<field code>``.

    Of 共用数据 ``indicator`` is the block of the group, or of the tree, that asks it.
    """

    key: str
    indicator: Indicator | Shared
    field: Field

    @property
    def meaning(self) -> str:
        """A fingerprint of the meaning of an answer: field, wording, type; not its points."""
        asked, about = self.field, self.indicator
        parts = [
            about.title,
            about.note,
            asked.name,
            asked.type,
            asked.measured_in,
            asked.choices,
            asked.never,
            asked.note,
        ]
        return _fingerprint(parts)

    @property
    def kind(self) -> str:
        """A fingerprint of what an answer is, whatever the question is called: a title may have had a misprint."""
        asked = self.field
        return _fingerprint([asked.type, asked.measured_in, asked.choices, asked.never])


def _fingerprint(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Layout:
    """A tree's questions, indexed once: by key, and by the printed indicator code and name of the field."""

    tree: Tree
    questions: tuple[Question, ...]
    by_key: Mapping[str, Question]
    by_print: Mapping[tuple[str, str], Question]
    bounded: tuple[tuple[Question, bool, Question], ...]  # question, bounded above?, its bound
    rates: tuple[Indicator, ...]  # those with a printed rate beside the counts
    checked: tuple[Indicator | Shared, ...] = ()  # those whose fields must go together

    def asked_of(self, unit_type: str) -> tuple[Question, ...]:
        """The questions that units of this type answer themselves, as printed."""
        return self._asked.get(unit_type, self._asked[""])

    @cached_property
    def _asked(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions of every unit type, computed once; a unit of unknown type is asked everything."""
        return {unit_type: self._asked_by(unit_type) for unit_type in ("", *(one.code for one in self.tree.unit_types))}

    def not_asked_of(self, unit_type: str) -> tuple[Question, ...]:
        """The questions of indicators that do not apply to units of this type."""
        return self._not_asked.get(unit_type, self._not_asked[""])

    @cached_property
    def _not_asked(self) -> Mapping[str, tuple[Question, ...]]:
        types = ("", *(one.code for one in self.tree.unit_types))
        return {kind: tuple(q for q in self.questions if not self.applies(q, kind)) for kind in types}

    def applies(self, question: Question, unit_type: str) -> bool:
        """Does it concern units of this type? 共用数据 do where an indicator that reads them applies."""
        about = question.indicator
        of = self.tree.readers[question.key] if isinstance(about, Shared) else (about,)
        return any(self.tree.is_applicable(indicator, unit_type) for indicator in of)

    def _asked_by(self, unit_type: str) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.indicator.is_asked and self.applies(q, unit_type))

    @cached_property
    def meant(self) -> Mapping[str, frozenset[str]]:
        """Names of questions (key, code, name, title, each ``plain``) -> codes of the indicators they may mean."""
        codes_of: dict[str, set[str]] = {}
        for q in self.questions:
            for word in (q.key, q.indicator.code, q.field.name, q.indicator.title):
                codes_of.setdefault(plain(word), set()).add(q.indicator.code)
        return {word: frozenset(codes) for word, codes in codes_of.items()}

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The keys of numeric questions (counts, amounts, shares)."""
        return tuple(q.key for q in self.questions if q.field.type in NUMBERS)

    @cached_property
    def bounds(self) -> FloatArray:
        """(numeric questions, 2) their lowest and highest number; nan: none, or set by another field."""
        fields = [self.by_key[key].field for key in self.numbers]
        both = [[one.at_least, one.at_most] for one in fields]
        numbers = [math.nan if bound is None or isinstance(bound, str) else bound for two in both for bound in two]
        return np.array(numbers, dtype=np.float64).reshape(len(fields), 2)

    def named(self, code: str, field: str) -> Question | None:
        """The question printed as ``code`` and ``field``; the name may be left out where there is only one."""
        return self.by_print.get((plain(code), plain(field)))


def layout_of(tree: Tree) -> Layout:
    """The layout of ``tree``: make it once, then read many workbooks with it."""
    questions = tuple(Question(field_key(of, f), of, f) for of, f in tree.asked)
    by_print = {(plain(q.indicator.code), plain(q.field.name)): q for q in questions}
    by_print |= {(plain(code), ""): q for code, q in alone_in(questions).items()}
    by_key = {q.key: q for q in questions}
    bounded = tuple(
        (q, from_above, by_key[q.indicator.keys[bound]])
        for q in questions
        for bound, from_above in ((q.field.at_least, False), (q.field.at_most, True))
        if isinstance(bound, str)
    )
    rates = tuple(i for i in tree.indicators if i.substitute is not None and i.value is not None)
    checked: tuple[Indicator | Shared, ...] = (*tree.indicators, *tree.blocks)
    return Layout(tree, questions, by_key, by_print, bounded, rates, tuple(one for one in checked if one.checks))


def alone_in(questions: tuple[Question, ...]) -> Mapping[str, Question]:
    """By code of the indicator, the only question that it asks: its code is name enough. 共用数据 have their key."""
    return {
        q.indicator.code: q
        for q in questions
        if not isinstance(q.indicator, Shared) and len(q.indicator.own_fields) == 1
    }


def answered_by(tree: Tree, unit_type: str) -> tuple[Indicator, ...]:
    """The indicators that units of this type answer themselves, be it by 共用数据 alone, as printed."""
    return tuple(i for i in tree.indicators if i.is_asked and tree.is_applicable(i, unit_type))


def of_office(tree: Tree, unit_type: str) -> tuple[Indicator, ...]:
    """The indicators that apply to units of this type and ask them nothing, since the office assesses them."""
    return tuple(i for i in tree.indicators if i.is_of_office and not i.is_asked and tree.is_applicable(i, unit_type))


def groups_of(tree: Tree, about: Indicator | Shared) -> tuple[Group, ...]:
    """The groups that a question stands in, the highest first; 共用数据 stand in the group that asks them."""
    if isinstance(about, Shared) and about.code == tree.code:
        return ()
    own = tree.by_code[about.code]
    return tuple(node for node in (*tree.ancestors(about.code), own) if isinstance(node, Group))


def repetition_of(tree: Tree, about: Indicator | Shared) -> Group | None:
    """The repetition (窗口1, 窗口2, …) that the indicator belongs to; None if no group above it is repeated."""
    return next((node for node in groups_of(tree, about) if node.repetition), None)


def levels_above(tree: Tree, about: Indicator | Shared) -> tuple[str, ...]:
    """Titles of the groups above an indicator, one per level: a repetition has the level of what it repeats.

    Of 共用数据 the title of the group that asks them is the last; those of the tree have none.
    """
    titles: list[str] = []
    for node in groups_of(tree, about):
        if isinstance(node, Group) and node.repetition and titles:
            whole = titles.pop()
            titles.append(node.title if whole in node.title else f"{whole} · {node.title}")
        else:
            titles.append(node.title)
    return tuple(titles)


def is_year(text: str) -> bool:
    """Is the text a possible year of a tree: four digits, 1900 to 2999?"""
    return text.isascii() and text.isdigit() and len(text) == 4 and "1900" <= text < "3000"


def level_names(tree: Tree) -> tuple[str, ...]:
    """The names of the levels above the indicators, the highest first: the first columns of the sheet."""
    deepest = max(tree.depths.values(), default=1)
    return tuple((tree.levels + ("",) * deepest)[: deepest - 1])
