"""报送情况登记: who sent what, as data; the terminal and a workbook render it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property

from lawgov_score.content import labels
from lawgov_score.model import Tree, Unit
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Text, Words

TITLE = Words("{title}报送情况登记表", "{title}: register of submissions")
NAME = Words("报送情况", "Submissions")
BLANKS_NAME = Words("未填报项", "Blanks")
NOTE = Words(
    "未填报项按填报率的口径计算：应填而空着的填报项。填写有误的计入错误，不适用的申请不算空白。缺评审材料：由评审打分的"
    "指标，供评审看的内容和佐证材料没有报，不计入填报率。",
    "Blanks are counted as coverage counts them: what is asked and left blank. What is illegible is an error, and a "
    "claim of not applicable is no blank. Material lacking: what reviewers would read of a judged indicator, and no "
    "evidence named; it counts in no share.",
)
NO_BLANKS = Words("没有未填报的项目。", "Nothing was left blank.")
TOTAL = Words("合计", "Total")
NOTHING = "—"

UNIT, UNIT_CODE, COHORT = labels.UNIT, labels.UNIT_CODE, labels.COHORT
FILE = Words("采用的文件", "Version in force")
SAVED = Words("保存时间（北京时间）", "Saved (UTC)")
VERSIONS = Words("收到份数", "Versions received")
OTHERS = Words("未采用的文件", "Other versions")
ASKED = Words("应填项", "Asked")
BLANKS = Words("未填项", "Blank")
MATERIALS = Words("缺评审材料", "Material lacking")
ERRORS = Words("错误", "Errors")
WARNINGS = Words("警告", "Warnings")
STATE = Words("状态", "State")
CHECKED = Words("核对结果", "Check")  # the same of a round, where what was done about it stands beside
TRY = Words("第几次报送", "Try")
RECEIPT = Words("回执号", "Receipt")
RECEIVED = Words("收到时间", "Received")
LATE = Words("逾期", "Late")
STANDS = Words("办理状态", "Stands")
_IS_LATE = Words("逾期（经批准）", "late, by leave")
INDICATOR_CODE, INDICATOR = labels.INDICATOR_CODE, labels.INDICATOR
FIELD = Words("填报项", "Question")
PLACE = Words("未填位置", "Blank cell")

_SAVED = Words("{file}（{saved}）", "{file} ({saved})")
_AS_ISSUED = Words("发出后未保存", "as it was issued")
_SUMMARY = Words("{units} 个单位：{states:list}", "{units} units: {states:list}")
_STATE_COUNT = Words("{state} {n}", "{state} {n}")
_NO_MATERIAL = Words("{field}（未报评审材料）", "{field} (material for reviewers)")
_BEIJING = timedelta(hours=8)


class State(Enum):
    """How far a unit has got: the first that holds, the gravest first."""

    STRANGER = Words("不在名册", "not in the roster")
    NOT_SENT = Words("未报", "nothing sent")
    NOT_USABLE = Words("不能采用", "cannot be used")
    UNDECIDED = Words("多份不一", "versions differ")
    ERRORS = Words("有错误", "has errors")
    EMPTY = Words("全部未填", "all blank")
    BLANKS = Words("有未填项", "has blanks")
    MATERIALS = Words("缺评审材料", "lacks material for reviewers")
    ACCEPTABLE = Words("可受理", "acceptable")
    NOTHING_OWED = Words("无需报送", "nothing to send")


@dataclass(frozen=True, slots=True)
class Version:
    """One version that a unit sent. ``saved``: the workbook's own record, UTC, '' where it has none.

    ``is_as_issued``: nobody has saved it since it was handed out.
    """

    place: CellPlace
    saved: str = ""
    is_as_issued: bool = False

    def moment(self, lang: Language) -> str:
        """When it was saved, in the time of the reader's language; a dash where nothing says it."""
        if self.is_as_issued:
            return render(_AS_ISSUED, lang)
        if not self.saved:
            return NOTHING
        saved = datetime.fromisoformat(self.saved)
        return f"{saved + _BEIJING if lang is Language.ZH else saved:%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True, slots=True)
class Blank:
    """One answer that a unit left blank, and where it belongs. ``is_material``: it is for reviewers to read.

    ``is_claimed``: at another field of the same indicator the unit claims that it does not apply.
    """

    code: str
    indicator: str
    field: str
    place: CellPlace | None
    is_material: bool = False
    is_claimed: bool = False

    @property
    def called(self) -> Text:
        """The question, and that it is for reviewers."""
        return _NO_MATERIAL(field=self.field) if self.is_material else self.field


@dataclass(frozen=True, slots=True)
class Line:
    """One unit. ``in_force``: the version that counts, None if none does; ``others``: what it sent besides.

    ``is_known``: does the roster have it? ``is_usable``: can any of its versions be used? ``is_asked_material``: of a
    unit that sent nothing, was anything asked for reviewers to read?
    """

    unit: Unit
    cohort: str
    in_force: Version | None = None
    others: tuple[Version, ...] = ()
    asked: int = 0
    blanks: tuple[Blank, ...] = ()
    materials: tuple[Blank, ...] = ()
    errors: int = 0
    warnings: int = 0
    is_known: bool = True
    is_usable: bool = True
    is_asked_material: bool = False

    @property
    def state(self) -> State:
        """How far the unit has got."""
        if not self.is_known:
            return State.STRANGER
        if not self.versions:
            return State.NOT_SENT if self.asked or self.is_asked_material else State.NOTHING_OWED
        if self.in_force is None:
            return State.UNDECIDED if self.is_usable else State.NOT_USABLE
        if self.errors:
            return State.ERRORS
        if self.blanks:
            return State.EMPTY if len(self.blanks) == self.asked else State.BLANKS
        if self.materials:
            return State.MATERIALS
        return State.ACCEPTABLE

    @property
    def versions(self) -> int:
        """How many versions were received."""
        return len(self.others) + (self.in_force is not None)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a unit's version in force came to a round: which try it is, its receipt's number, when, and how it stands.

    ``late``: after the deadline, by leave of the office.
    """

    n: int
    receipt: str
    at: Text
    state: Text
    late: bool = False


@dataclass(frozen=True)
class Register:
    """Who sent what, a line for each unit in the order of the roster; units that it lacks come last.

    ``arrivals``: of a round, by unit code; None where files were checked that no round received.
    """

    tree: Tree
    lines: tuple[Line, ...]
    arrivals: Mapping[str, Arrival] | None = None

    @cached_property
    def states(self) -> Mapping[State, int]:
        """How many units are in each state, in the order of ``State``; states of none are left out."""
        counts = Counter(line.state for line in self.lines)
        return {state: counts[state] for state in State if counts[state]}

    @property
    def summary(self) -> Phrase:
        """All units in one sentence."""
        states = tuple(_STATE_COUNT(state=state.value, n=n) for state, n in self.states.items())
        return _SUMMARY(units=len(self.lines), states=states)


def figures_of(line: Line) -> Mapping[Words, int]:
    """The numbers of a unit by heading; of what it has not sent there are none."""
    counted: dict[Words, int] = {VERSIONS: line.versions}
    if line.in_force is not None:
        counted |= {ASKED: line.asked, BLANKS: len(line.blanks), MATERIALS: len(line.materials)}
    if line.versions:
        counted |= {ERRORS: line.errors, WARNINGS: line.warnings}
    return counted


NUMBERS = frozenset({VERSIONS, ASKED, BLANKS, MATERIALS, ERRORS, WARNINGS})


def total(register: Register, column: Words) -> int:
    """The sum of a column of numbers."""
    return sum(figures_of(line).get(column, 0) for line in register.lines)


def file_of(line: Line) -> str:
    """The version in force: file, and sheet and row where it is one of a table."""
    return place_text(line.in_force.place) if line.in_force is not None else NOTHING


def others_of(line: Line, lang: Language) -> str:
    """The versions that do not count, each with the time of saving."""
    named = (_SAVED(file=place_text(one.place), saved=one.moment(lang)) for one in line.others)
    return render(Words("、", ", "), lang).join(render(text, lang) for text in named)


def blank_rows(register: Register) -> Iterator[tuple[Line, Blank]]:
    """Every blank of every version in force, and what it lacks for reviewers."""
    for line in register.lines:
        for blank in (*line.blanks, *line.materials):
            yield line, blank


def shown_of(lines: Sequence[Line], most: int) -> tuple[Sequence[Line], int]:
    """Lines that somebody must act on where all are too many, at most so many; and how many are left out."""
    if len(lines) <= most:
        return lines, 0
    open_ones = [line for line in lines if line.state not in {State.ACCEPTABLE, State.NOTHING_OWED}][:most]
    return open_ones, len(lines) - len(open_ones)


COLUMNS: tuple[Words, ...] = (
    *(UNIT_CODE, UNIT, COHORT, FILE, SAVED, VERSIONS, OTHERS),
    *(ASKED, BLANKS, MATERIALS, ERRORS, WARNINGS, STATE),
)
ARRIVAL_COLUMNS: tuple[Words, ...] = (TRY, RECEIPT, RECEIVED, LATE, STANDS)
BLANK_COLUMNS: tuple[Words, ...] = (UNIT_CODE, UNIT, COHORT, INDICATOR_CODE, INDICATOR, FIELD, PLACE)


def texts_of(line: Line, lang: Language) -> Mapping[Words, Text]:
    """The texts of a unit by heading."""
    return {
        UNIT_CODE: line.unit.code,
        UNIT: line.unit.name,
        COHORT: line.cohort,
        FILE: file_of(line),
        SAVED: line.in_force.moment(lang) if line.in_force is not None else NOTHING,
        OTHERS: others_of(line, lang),
        STATE: line.state.value,
        CHECKED: line.state.value,
    }


def columns_of(register: Register) -> tuple[Words, ...]:
    """The headings of the register: of a round also how each version came."""
    if register.arrivals is None:
        return COLUMNS
    return (*(CHECKED if column is STATE else column for column in COLUMNS), *ARRIVAL_COLUMNS)


def texts_of_arrival(arrival: Arrival | None, lang: Language) -> Mapping[Words, Text]:
    """The texts of how a unit's version came."""
    if arrival is None:
        return dict.fromkeys(ARRIVAL_COLUMNS, NOTHING)
    return {
        TRY: str(arrival.n),
        RECEIPT: arrival.receipt,
        RECEIVED: arrival.at,
        LATE: _IS_LATE if arrival.late else NOTHING,
        STANDS: arrival.state,
    }
