"""What the office adds to the made-up round, as its own workbooks: marks, rulings, the register, figures, a change.

All of it is said here line by line, so that README.md of the round can say what each line is there to show. When scores
are worked out first, one claim and one mark are still open; later come both of them, and the change that follows from
an objection that was upheld.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from lawgov_score.explanation.standard import standard
from lawgov_score.model import Indicator, Roster, Tree
from lawgov_score.workbook.forms.office import ANSWERS, CHANGES, MARKS, REGISTER, RULINGS, Form
from lawgov_score.workbook.office.template import write_assessor_templates
from submissions.filled_workbook import Line, write_filled_office
from submissions.sample_answers import MadeUp

REVIEWERS = ("评审员甲", "评审员乙", "评审员丙")
LATER = (REVIEWERS[2], "SG-03", "22-1")  # the mark that the first result lacks
WIDE = ("ZF-02", "13-3")  # where the reviewers do not agree
OPEN_CLAIM = ("SG-05", "20-1")
FALSE_FILES = ("ZF-06", "37-3.false_files")  # the office finds a false document: V6
OBJECTION = ("ZF-03", "23-2")  # upheld: the score changes in the second publication
REJECTED = ("BS-05", "36-3")  # an objection that changes nothing

_DAY, _LATER_DAY, _SECRETARY = date(2018, 2, 26), date(2018, 3, 12), "核定人丁"
_MOST_OVERSTATED = 4.0  # of the items that the office finds overstated
_WIDE_MARKS = {
    REVIEWERS[0]: (0.5, "名单、管理办法、使用记录三样齐全，给满分。"),
    REVIEWERS[1]: (0.2, "使用记录只有一次签到表，看不出专家意见是否采纳。"),
    REVIEWERS[2]: (0.1, "名单是2015年的，三名专家已调离，当年等于没有专家库。"),
}
_LEANS = ((0.0, 0.05, -0.05), (0.05, 0.0, 0.0), (-0.05, 0.0, 0.05))  # from the unit's merit, reviewer by reviewer
_STEP = 0.05  # of marks
_REASONS = {  # nothing wanting, good, middling, poor
    "13-3": (
        "专家库名单、管理办法、当年使用记录齐全，论证意见有采纳说明。",
        "名单、管理办法、使用记录齐全，论证意见的采纳说明不全。",
        "有名单和管理办法，当年使用记录不足。",
        "只有名单，没有管理办法，也没有当年使用记录。",
    ),
    "22-1": (
        "重点岗位目录齐全，制度已印发，到期人员均已轮岗或者有延期批准。",
        "目录齐全，制度已印发，个别到期人员的延期手续补办较晚。",
        "制度已印发，部分到期人员没有轮岗，也没有延期手续。",
        "只有制度文本，没有重点岗位目录和轮岗记录。",
    ),
}
_TIERS = (1.0, 0.7, 0.3)  # shares of the points that the first reasons stand for, the last one for less
_NOTHING_SENT = "该单位未报送材料，无从评审。"

RULED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("BS-06", "22-2"): ("同意", "审计局年度计划和通知书登记簿核对，当年确未接受审计。"),
    ("ZF-02", "11-2"): ("同意", "单位已书面说明，会议议题单核对，当年没有重大行政决策。"),
    ("ZF-02", "20-1"): ("不同意", "执法台账载明当年办结案卷12卷，应当评查，理由不成立。"),
}

ENTRIES: Sequence[Mapping[str, str | float | date]] = (
    {
        "unit": "ZF-04",
        "kind": "J1",
        "level": "省级",
        "matter": "农资打假专项行动表彰",
        "date": date(2017, 9, 20),
        "evidence": "虚构省农办〔2017〕31号",
    },
    {
        "unit": "ZF-04",
        "kind": "J1",
        "level": "国家级",
        "matter": "农资打假专项行动表彰",
        "date": date(2017, 12, 1),
        "evidence": "虚构部农发〔2017〕88号",
    },
    {
        "unit": "SG-01",
        "kind": "J1",
        "level": "国家级",
        "matter": "不动产登记便民改革典型经验推广",
        "date": date(2017, 6, 15),
        "evidence": "虚构国办函〔2017〕12号",
    },
    {
        "unit": "SG-01",
        "kind": "J1",
        "level": "省级",
        "matter": "国土资源执法监察先进集体",
        "date": date(2017, 11, 8),
        "evidence": "虚构省国土发〔2017〕45号",
    },
    {
        "unit": "SG-01",
        "kind": "J1",
        "level": "市级",
        "matter": "普法工作先进单位",
        "date": date(2017, 12, 4),
        "evidence": "虚构市普法办〔2017〕9号",
    },
    {
        "unit": "BS-01",
        "kind": "K1",
        "level": "省级以上",
        "matter": "秸秆禁烧督查通报批评",
        "date": date(2017, 10, 18),
        "evidence": "虚构省环督〔2017〕66号",
    },
    {
        "unit": "BM-03",
        "kind": "K1",
        "level": "市级",
        "matter": "政务公开季度检查通报批评",
        "times": 2.0,
        "date": date(2017, 7, 12),
        "evidence": "虚构市公开办〔2017〕14号、22号",
    },
    {
        "unit": "SG-04",
        "kind": "V3",
        "matter": "未经合法性审查决定防雷检测收费改革方案",
        "date": date(2017, 5, 9),
        "evidence": "虚构区审计局审计报告〔2018〕3号",
    },
)

CHANGE = ("BM-01", "38-1")  # 区级 as filled in, 市级 as the reviewers found
_CHANGES: Sequence[Mapping[str, str | float | date]] = (
    {
        "unit": CHANGE[0],
        "indicator": CHANGE[1],
        "from": 0.1,
        "to": 0.3,
        "reason": "单位填“区级”；复核佐证材料，命名文件为市级印发（虚构市法治办〔2017〕20号），按市级计分。",
        "reviewer": "复核员戊",
        "date": date(2018, 3, 2),
    },
)
_CHANGES_LATER: Sequence[Mapping[str, str | float | date]] = (
    {
        "unit": OBJECTION[0],
        "indicator": OBJECTION[1],
        "from": 1.0,
        "to": 1.43,
        "reason": "异议成立：1件应诉案件开庭前原告撤诉，未开庭的不计入，应诉案件为7件，出庭6件，出庭率85.71%。",
        "reviewer": "复核员戊",
        "date": date(2018, 3, 13),
    },
)
_RULINGS_LATER: Mapping[tuple[str, str], tuple[str, str]] = {
    OPEN_CLAIM: ("同意", "执法案件管理系统核对，当年没有办结案卷。")
}
# What the units must have answered for the lines above to be true of them, and what else the round is to show.
STORY: Mapping[tuple[str, str], float | str] = {
    (CHANGE[0], "38-1.choice"): "区级",
    (OBJECTION[0], "23-2.chief"): 2.0,
    (OBJECTION[0], "23-2.deputy"): 4.0,
    (OBJECTION[0], "23-2.cases"): 8.0,
    ("ZF-05", "23-2.chief"): 4.0,  # together more than the cases: the check between fields
    ("ZF-05", "23-2.deputy"): 3.0,
    ("ZF-05", "23-2.cases"): 5.0,
    ("ZF-01", "06-3.events"): 1.0,  # the unit itself reports an incident that bars the best grade
}


@dataclass(frozen=True, slots=True)
class Round:
    """The units of a round, and what each of them made up; ``absent``: sent nothing."""

    tree: Tree
    units: Roster
    made: Mapping[str, MadeUp]
    absent: frozenset[str]


def write_office(of: Round, first: Path, second: Path) -> None:
    """Writes the office's workbooks as they are when scores are worked out first, and what it adds for the second."""
    with TemporaryDirectory() as name:
        blanks = Path(name)
        write_assessor_templates(of.tree, of.units, blanks, standards=partial(standard, of.tree))

        def write(form: Form, lines: Iterable[Line], folder: Path, which: str = "") -> None:
            file = f"{form.name.zh}.xlsx"
            path = folder / (f"{form.name.zh}-{which}.xlsx" if which else file)
            write_filled_office(of.tree, of.units, form, list(lines), blanks / file, path)

        for reviewer in REVIEWERS:
            write(MARKS, (line for line in every_mark(of, reviewer) if not _is_later(line)), first, reviewer)
        write(RULINGS, _rulings(RULED, _DAY), first)
        write(REGISTER, ENTRIES, first)
        write(ANSWERS, figures(of), first)
        write(CHANGES, _CHANGES, first)
        write(MARKS, filter(_is_later, every_mark(of, LATER[0])), second, f"{LATER[0]}-补")
        write(
            RULINGS, _rulings(_RULINGS_LATER, _LATER_DAY), second, "补"
        )  # a round takes one of the same name for a new
        write(CHANGES, _CHANGES_LATER, second, "补")  # version of the first


def _is_later(line: Line) -> bool:
    return (line["reviewer"], line["unit"], line["indicator"]) == LATER


def every_mark(of: Round, reviewer: str) -> Iterator[Line]:
    """One reviewer's marks for every judged indicator of every unit."""
    for indicator in of.tree.indicators:
        if not indicator.is_judged:
            continue
        for unit in of.units:
            if of.tree.is_applicable(indicator, unit.type):
                mark, reason = _mark(of, unit.code, indicator, reviewer)
                known = {"unit": unit.code, "indicator": indicator.code, "reviewer": reviewer}
                yield {**known, "mark": mark, "reason": reason}


def _mark(of: Round, unit: str, indicator: Indicator, reviewer: str) -> tuple[float, str]:
    if unit in of.absent:
        return 0.0, _NOTHING_SENT
    if (unit, indicator.code) == WIDE:
        return _WIDE_MARKS[reviewer]
    merit = of.made[unit].merits[indicator.code]
    lean = _LEANS[int(merit * 1000) % len(_LEANS)][REVIEWERS.index(reviewer)]
    steps = round((merit * indicator.points + lean) / _STEP)
    mark = round(min(max(steps * _STEP, 0.0), indicator.points), 2)
    tier = sum(mark < share * indicator.points for share in _TIERS)
    return mark, _REASONS[indicator.code][tier]


def figures(of: Round) -> Iterator[Line]:
    """What the office fills in about each unit that sent something: one line a unit, by field key."""
    for unit in of.units:
        if unit.code not in of.absent:
            found = {key: min(value, _MOST_OVERSTATED) for key, value in of.made[unit.code].office.items()}
            if unit.code == FALSE_FILES[0]:
                found[FALSE_FILES[1]] = 1.0
            yield {"unit": unit.code, **found}


def _rulings(ruled: Mapping[tuple[str, str], tuple[str, str]], day: date) -> Iterator[Line]:
    for (unit, indicator), (ruling, reason) in ruled.items():
        known = {"unit": unit, "indicator": indicator, "ruling": ruling, "reason": reason}
        yield {**known, "reviewer": _SECRETARY, "date": day}
