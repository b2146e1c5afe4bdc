"""The five kinds of office workbook: their sheets, columns and wording, and which of them a tree needs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from math import isinf

from lawgov_score.model import FilledBy, Indicator, Tree
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import Question, layout_of
from lawgov_score.workbook.plain_texts import plain

HELP_SHEET = Words("填写说明", "How to fill it in")

GRANTED, REFUSED = Words("同意", "granted"), Words("不同意", "refused")


@dataclass(frozen=True)
class OfficeColumn:
    """A column that the office fills in: its heading, other words for it, its width, how to fill it in.

    ``is_needed``: without it a sheet, and a row, cannot be read. ``what`` is printed on the sheet 填写说明 and beside
    the cells.
    """

    key: str
    heading: Words
    what: Words
    width: float
    other: tuple[str, ...] = ()
    is_needed: bool = True
    to_read: bool = False  # printed to be read, never read back
    may_be_blank: bool = False  # in a row, though the sheet must have the column
    from_inputs: bool = False  # printed only where it is known what units sent
    is_compared: bool = False  # printed to be read, and read back: it says what was ruled on

    @cached_property
    def names(self) -> frozenset[str]:
        """Every heading it may have, as ``plain`` and folded."""
        return frozenset(plain(name).casefold() for name in (self.heading.zh, self.heading.en, *self.other, self.key))

    @property
    def is_required(self) -> bool:
        """Must a row that is used have something there?"""
        return self.is_needed and not self.to_read and not self.may_be_blank


@dataclass(frozen=True)
class Form:
    """One kind of workbook. ``name`` is the name of its file and of its sheet; ``signed``: who signs a print of it."""

    key: str
    name: Words
    title: Words
    purpose: Words
    columns: tuple[OfficeColumn, ...]
    signed: tuple[Words, ...]
    hints: tuple[Words, ...] = ()

    def column(self, key: str) -> OfficeColumn:
        """The column of that key."""
        return next(column for column in self.columns if column.key == key)

    def named(self, heading: str) -> OfficeColumn | None:
        """The column that a heading names, ignoring language, spacing and width of letters."""
        wanted = plain(heading).casefold()
        return next((c for c in self.columns if wanted in c.names and not c.to_read), None)

    def knows(self, heading: str) -> bool:
        """Is it the heading of any column, including those printed only for people?"""
        return any(plain(heading).casefold() in column.names for column in self.columns)

    def compared(self, heading: str) -> OfficeColumn | None:
        """The printed column of that heading that is read back, to see what was ruled on."""
        wanted = plain(heading).casefold()
        return next((c for c in self.columns if c.is_compared and wanted in c.names), None)


_UNIT = OfficeColumn(
    "unit",
    Words("单位", "Unit"),
    Words(
        "从列表中选择被考核单位；也可以只写单位编码或者名称。", "Choose the unit; its code or its name alone will do."
    ),
    24,
    ("单位编码", "单位代码", "被考核单位", "单位名称", "考核对象", "unit code"),
)
_INDICATOR = OfficeColumn(
    "indicator",
    Words("指标", "Indicator"),
    Words("从列表中选择指标；也可以只写指标编码，如 05-4。", "Choose the indicator; its code alone will do."),
    34,
    ("指标编码", "指标代码", "指标名称", "考核指标", "编码", "code"),
)
_HINT_ROWS = Words(
    "行数不够的，在下方接着填；空行、没有填的行不计。各栏顺序可以调换；表头最好保留原名，通用的别名（如“打分”）也认得。",
    "Go on below if rows run out; rows left blank do not count. Columns may change places; headings best keep their "
    "names, though common other ones are known too.",
)
_HINT_REQUIRED = Words(
    "表头上方标“必填”的栏，一行中有一格没有填的，该行不采用，计分和核对时列出是哪一格。",
    "Columns with “required” above them: a row in which one of them is blank is not used, and the cell is named.",
)
_HINT_FILES = Words(
    "可以复制成几份分头填写，放在同一个文件夹里，计分时一并读取。",
    "Make as many copies as there are people to fill them in; all that lie in one folder are read together.",
)


_TO_READ = Words("供阅读，不填。", "To read; nothing to fill in.")
_EVIDENCE = OfficeColumn(
    "evidence", Words("单位所列佐证材料", "Evidence the unit named"), _TO_READ, 28, to_read=True, from_inputs=True
)


def _reviewer(heading: Words, *other: str) -> OfficeColumn:
    what = Words(
        "写姓名；都是同一个人的，只在表头上方“填一次”的格里写，这一栏不用填。",
        "The name; where one person did it all, once in the cell above the headings, and nothing here.",
    )
    return OfficeColumn("reviewer", heading, what, 11, other, may_be_blank=True)


def _date(heading: Words, *other: str) -> OfficeColumn:
    what = Words("如 2018-03-30；没有填日期的，该行不采用。", "Such as 2018-03-30; a row without a date is not used.")
    return OfficeColumn("date", heading, what, 13, other)


MARKS = Form(
    "marks",
    Words("评审打分", "Marks"),
    Words("评审打分表", "Reviewers' marks"),
    Words(
        "由评审人打分的指标，逐单位、逐指标打分并写明理由。", "Marks for the judged indicators, each with its reason."
    ),
    (
        _UNIT,
        _INDICATOR,
        OfficeColumn("range", Words("评分范围", "Range"), _TO_READ, 10, to_read=True),
        OfficeColumn(
            "figures",
            Words("单位填报", "The unit's figures"),
            Words(
                "供阅读，不填不改：单位后来改报的，计分时按此提示评审人重看。",
                "To read, not to change: where the unit sends something else later, it is found by this cell.",
            ),
            28,
            to_read=True,
            from_inputs=True,
            is_compared=True,
        ),
        _EVIDENCE,
        OfficeColumn("last", Words("上年", "Last edition"), _TO_READ, 14, to_read=True),
        _reviewer(Words("评审人", "Reviewer"), "评委", "打分人", "评分人", "评审专家", "评审人姓名"),
        OfficeColumn(
            "mark",
            Words("评分", "Mark"),
            Words("只填数，在评分范围之内。", "A number within the range."),
            9,
            ("得分", "打分", "分数", "评审得分", "score"),
        ),
        OfficeColumn(
            "reason",
            Words("评分理由", "Reason"),
            Words("必填：为什么给这个分，扣分的写明扣在哪里。", "Required: why this mark."),
            56,
            ("理由", "打分理由", "评分说明", "评审意见", "扣分理由"),
        ),
    ),
    (Words("评审人（签名）", "Reviewer (signature)"), Words("日期", "Date")),
    (
        Words(
            "同一评审人对一个单位的一项指标只打一次分；几个人评的，各填一份，或者在下方加行。",
            "One mark by a reviewer for a unit and indicator; several fill in a copy each, or add rows below.",
        ),
    ),
)

CHANGES = Form(
    "changes",
    Words("复核改分", "Changes"),
    Words("复核改分登记表", "Scores changed on review"),
    Words(
        "经复核改动得分的，逐项登记；计算得分保留在评分表上，与改后得分并列。",
        "Scores changed on review; the computed score stays on the scorecard beside the new one.",
    ),
    (
        _UNIT,
        _INDICATOR,
        OfficeColumn(
            "from",
            Words("原得分", "From"),
            Words("复核时看到的得分；当时没有得分的留空。", "The score before; blank where there was none."),
            10,
            ("改前得分", "复核前得分", "计算得分", "原分"),
            may_be_blank=True,
        ),
        OfficeColumn(
            "to",
            Words("改后得分", "To"),
            Words("复核认定的得分，不超过指标分值。", "The score after, no more than the indicator's points."),
            10,
            ("新得分", "认定得分", "复核后得分", "复核得分"),
        ),
        OfficeColumn(
            "reason",
            Words("改分理由", "Reason"),
            Words("必填：依据什么改。", "Required."),
            46,
            ("理由", "复核理由", "改分依据"),
        ),
        _reviewer(Words("复核人", "Reviewer"), "复核人员", "经办人"),
        _date(Words("复核日期", "Date"), "日期", "复核时间"),
        OfficeColumn(
            "objection",
            Words("异议编号", "Objection"),
            Words(
                "按异议决定改分的，写异议的编号：代替同一单位同一指标的复核改分；复核改分的留空。",
                "Where a decision on an objection changes the score, its number: it then stands instead of a change on "
                "review of the same score; otherwise blank.",
            ),
            10,
            ("异议号",),
            is_needed=False,
        ),
    ),
    (Words("复核人（签名）", "Reviewer (signature)"), Words("审核负责人（签名）", "Approved (signature)")),
    (
        Words(
            "一个单位的一项指标只登记一次；改过几次的，写最后认定的得分，经过写在改分理由中。",
            "One entry for a unit and indicator: the final score, with its history under the reason.",
        ),
    ),
)

RULINGS = Form(
    "rulings",
    Words("不适用认定", "Not applicable"),
    Words("不适用（合理缺项）认定表", "Rulings on not applicable"),
    Words(
        "对单位申请“不适用”的指标，逐项认定；没有认定的不作不适用处理。",
        "Rulings on the indicators that units claim do not apply; without a ruling a claim does not count.",
    ),
    (
        _UNIT,
        _INDICATOR,
        OfficeColumn(
            "claim",
            Words("单位申请", "The unit's claim"),
            Words(
                "供阅读，不填不改：单位申请了什么、同一指标还填了什么。单位后来改报的，计分时按此发现，该认定不采用。",
                "To read, not to change: what the unit claimed, and what else it answered there. Where it sends "
                "something else later, that is found by this cell, and the ruling is not used.",
            ),
            34,
            to_read=True,
            from_inputs=True,
            is_compared=True,
        ),
        _EVIDENCE,
        OfficeColumn(
            "ruling",
            Words("认定意见", "Ruling"),
            Words("选“同意”或者“不同意”。", "“granted” or “refused”."),
            11,
            ("认定", "认定结果", "审核意见", "是否同意"),
        ),
        OfficeColumn(
            "reason",
            Words("认定理由", "Reason"),
            Words("必填。", "Required."),
            50,
            ("理由", "认定依据", "审核理由"),
        ),
        _reviewer(Words("认定人", "Reviewer"), "审核人", "认定人员"),
        _date(Words("认定日期", "Date"), "日期", "认定时间", "审核日期"),
    ),
    (Words("认定人（签名）", "Reviewer (signature)"), Words("审核负责人（签名）", "Approved (signature)")),
    (
        Words(
            "本表生成以后才收到的不适用申请，在下方空行写单位、指标和认定意见即可，“单位申请”留空；也可以重新生成一份。",
            "A claim that came after this workbook was made is ruled on in a blank row below: unit, indicator, ruling; "
            "the unit's claim stays blank there. Or have the workbook made anew.",
        ),
    ),
)

REGISTER = Form(
    "register",
    Words("加减分登记", "Register"),
    Words("加分、扣分和一票否决事项登记表", "Register of bonuses, penalties and vetoes"),
    Words("逐件登记；分值由系统按指标体系的规定计算，不用填写。", "One matter a row; the points follow from the tree."),
    (
        _UNIT,
        OfficeColumn(
            "kind",
            Words("类别", "Kind"),
            Words("从列表中选择；也可以只写类别的编码。", "Choose from the list; its code alone will do."),
            28,
            ("加减分类别", "事项类别", "加减分项目"),
        ),
        OfficeColumn(
            "level",
            Words("级别", "Level"),
            Words(
                "分级别计分的类别必填，按事项的实际级别选；不分级别的类别留空，填了该行不采用。",
                "Required where the kind has levels; otherwise leave it blank, or the row is not used.",
            ),
            11,
            ("等级", "层级"),
            is_needed=False,
        ),
        OfficeColumn(
            "matter",
            Words("事项", "Matter"),
            Words(
                "写明是什么事；同一件事在各行用同样的文字。",
                "What happened; rows of one matter say it in the same words.",
            ),
            34,
            ("事由", "事项名称", "具体事项", "事项内容"),
        ),
        OfficeColumn(
            "times",
            Words("次数", "Times"),
            Words("只有一次的可以不填。", "Blank for once."),
            7,
            is_needed=False,
        ),
        _date(Words("发生日期", "Date"), "日期", "时间", "发生时间"),
        OfficeColumn(
            "evidence",
            Words("依据材料", "Evidence"),
            Words("写文件名称、文号。", "Documents with their numbers."),
            30,
            ("佐证材料", "依据", "依据文件", "证明材料", "文号"),
            is_needed=False,
        ),
    ),
    (Words("登记人（签名）", "Entered by (signature)"), Words("审核人（签名）", "Checked by (signature)")),
)

ANSWERS = Form(
    "answers",
    Words("考核机关填报项", "Office figures"),
    Words("社会评议等由考核机关填报的项", "Figures that the office itself fills in"),
    Words(
        "社会评议票数、其他机关提供的结果等，由考核机关填报，每个单位一行。",
        "Votes, results of other offices and so on, one row a unit.",
    ),
    (_UNIT,),
    (Words("填报人（签名）", "Filled in by (signature)"), Words("审核人（签名）", "Checked by (signature)")),
    (
        Words(
            "没有发生的填 0，没有数据的留空；灰色的格表示该指标不适用于该单位。最下一行表头是填报项代码，不要改动。",
            "0 where nothing happened, blank where there is no figure; a grey cell does not apply. "
            "The last row of the heading holds the codes of the fields: leave it as it is.",
        ),
    ),
)

ONCE = Words("{who}（必填，填一次即可）", "{who} (required, once)")
_AFTER_NAME = re.compile(r"[（(:：].*$", re.DOTALL)
_IN_ONE_CELL = re.compile(r"^[^:：]*[:：]\s*(\S.*)$", re.DOTALL)
_DATED = re.compile(r"\d{2,4}\s*[年./-]\s*\d{1,2}")
# What stands beside a name on forms that offices make themselves.
_ALSO_ASKED = ("签名", "签字", "姓名", "单位", "部门", "职务", "职称", "电话", "联系电话", "评审组长", "组长", "负责人")


def names_reviewer(form: Form, text: str) -> bool:
    """Does a cell above the headings ask for the name of who filled in the whole sheet (评审人（必填，填一次即可）)?"""
    column = next((one for one in form.columns if one.key == "reviewer"), None)
    return column is not None and _asked(text) in column.names


def name_in(text: str) -> str:
    """The name that a cell holds; '' where it holds a line to sign on, a date, or asks for something (日期、评审组长).

    >>> [name_in(text) for text in ("张三", "专家1：张三", "____", "打分日期", "日期：3月", "2024-03-01", "评审组长")]
    ['张三', '专家1：张三', '', '', '', '', '']
    """
    name = text.strip("_＿—-– \u3000")
    is_name = any(letter.isalpha() for letter in name) and not _DATED.search(name)
    return name if is_name and not name.endswith((":", "：")) and not _asks(name) else ""


def name_within(text: str) -> str:
    """The name, where it was written into the very cell that asks for it (评审人：张三)."""
    found = _IN_ONE_CELL.match(text)
    return name_in(found[1]) if found is not None else ""


def _asked(text: str) -> str:
    """What a cell asks for, without what is said in brackets or after a colon."""
    return plain(_AFTER_NAME.sub("", text)).casefold()


def _asks(text: str) -> bool:
    """Is it a heading or the label of a line to fill in, rather than what was filled in?"""
    asked = _asked(text)
    return asked in _labels() or asked.endswith(("日期", "时间"))


@cache
def _labels() -> frozenset[str]:
    """Headings of all forms, and what else stands beside a line to sign on."""
    headings = {name for form in FORMS for column in form.columns for name in column.names}
    signed = {_asked(text) for form in FORMS for words in form.signed for text in (words.zh, words.en)}
    return frozenset((headings | signed | set(_ALSO_ASKED)) - {"mark"})  # which is a name, too


FORMS = (MARKS, CHANGES, RULINGS, REGISTER, ANSWERS)
COMMON_HINTS = (_HINT_REQUIRED, _HINT_ROWS, _HINT_FILES)
BY_KEY: Mapping[str, Form] = {form.key: form for form in FORMS}


def forms_of(tree: Tree) -> Iterator[Form]:
    """The workbooks that the tree needs; the one for changes always."""
    if any(indicator.is_judged for indicator in tree.indicators):
        yield MARKS
    yield CHANGES
    if any(indicator.may_not_apply for indicator in tree.indicators):
        yield RULINGS
    if tree.adjustments or tree.vetoes:
        yield REGISTER
    if office_questions(tree):
        yield ANSWERS


def office_questions(tree: Tree) -> tuple[Question, ...]:
    """The fields that the office fills in instead of the units, as printed."""
    return tuple(q for q in layout_of(tree).questions if q.indicator.filled_by is FilledBy.ASSESSOR)


def score_range(indicator: Indicator) -> tuple[float, float]:
    """The range for a score changed on review: 0 to its points, below 0 if its rule goes below."""
    least = indicator.rule.bounds[0]
    return min(0.0, -indicator.points if isinf(least) else least), indicator.points


def mark_range(indicator: Indicator) -> tuple[float, float]:
    """The range for a reviewer's mark."""
    return indicator.rule.bounds


def labelled(code: str, name: str) -> str:
    """``05-4 规范性文件备案``: how lists name a unit, an indicator or a kind. Code or name alone is also read."""
    return f"{code} {name}" if name and name != code else code


def register_kinds(tree: Tree) -> dict[str, str]:
    """The kinds of the register as an office calls them, by code: bonuses and penalties, then vetoes."""
    adjustments = {kind.code: labelled(kind.code, kind.title) for kind in tree.adjustments}
    return adjustments | {veto.code: labelled(veto.code, veto.title) for veto in tree.vetoes}


def kind_labels(tree: Tree) -> tuple[str, ...]:
    """What these are called, in their order."""
    return tuple(register_kinds(tree).values())
