"""``--demo``: a made-up round, far enough that all pages have something to show.

It is published once, and something is open again: a workbook of the office that is not published, an objection that is
not decided, what was returned, a unit that never sent. Its days are working days around today.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from lawgov_score import carried
from lawgov_score.files import temporary_folder
from lawgov_score.pipeline.demo import TREE
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.problems import RefusedError
from lawgov_score.report import render
from lawgov_score.rounds.answered import read_answers
from lawgov_score.rounds.clock import ZONE, Calendar, local, real_now
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import Data, is_there, opened
from lawgov_score.rounds.deciding import decide
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.holidays import calendar
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.moving import move_round
from lawgov_score.rounds.names import ObjectionState, Outcome, Role, RoundState, RunKind, SubmissionState
from lawgov_score.rounds.objecting import object_to, objection_of, take_step
from lawgov_score.rounds.office_checked import keep_check
from lawgov_score.rounds.publishing import Prepared, publish
from lawgov_score.rounds.receiving import accept, receive
from lawgov_score.rounds.returning import chosen_of, send_back
from lawgov_score.rounds.running import Ran, make_run
from lawgov_score.rounds.telling import Telling, tell
from lawgov_score.rounds.whole import whole_data
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.submission.reader import in_this_process

_TITLE = "虚构区法治政府建设考核（练习用，全部虚构）"
_LEADER = "虚构的领导"
_LATER = ("SG-03", "SG-04", "SG-05", "SG-06", "ZF-05")  # sent last; one of them with errors
_WITH_ERRORS, _WITH_BLANKS, _NEVER_SENT = "ZF-05", "BS-03", "BM-06"
_NOT_ACCEPTED = frozenset({_WITH_BLANKS, "BS-01", "SG-02", "BM-03"})  # one of them nothing has to be mended in
_BEFORE_ALL = -60  # working days: no holiday is known yet, and those of a year must not put the first move before it
_NO_WORKBOOK = "应急管理局报表.xlsx"
_MAKING = Words(
    "正在准备虚构的一轮，约需一分钟，电脑正忙时几分钟：",
    "The made-up round is being prepared, which takes a minute, or a few on a busy machine:",
)
_STEPS = (
    Words("一、印制填报表，各单位填写", "1. Workbooks are made, and filled in"),
    Words("二、收件、退回、受理", "2. Received, returned, accepted"),
    Words("三、录入考核办的工作簿，初评", "3. Workbooks of the office, first results"),
    Words("四、异议和决定", "4. An objection, and its decision"),
    Words("五、终评、第一次公布", "5. Final results, first publication"),
    Words("六、公布以后的事", "6. What comes after it"),
)


def fill(folder: Path, told: Callable[[str], None], lang: Language, now: datetime | None = None) -> None:
    """Makes the round, whole or not at all; one that is there, whosever it is, is left as it is.

    ``told``: is called with each step. Raises ``RefusedError``, ``CannotWriteError``.
    """
    if is_there(folder):
        return
    told(render(_MAKING, lang))

    def step(n: int) -> None:
        told(f"  {render(_STEPS[n], lang)}")

    with whole_data(folder) as whole, temporary_folder("lawgov-demo-") as beside:
        step(0)
        given = _given(beside)
        clock = _Clock(now or real_now(), Calendar())
        made, problems = create_round(
            *(whole.made, given / "tree", given / "roster.csv", None),
            now=clock.at(_BEFORE_ALL),
            notice=given / "notice.yaml",
            previous=given / "previous",
        )
        if made is None:
            raise RefusedError(*problems)
        with opened(whole.made) as data:
            _through(_Demo(data, given, _Clock(clock.now, calendar())), step)


def _given(folder: Path) -> Path:
    """Tree, roster, notice and workbooks; the tree under a title that nobody can take for a real district's."""
    source = carried.home() / "submissions" / "sample-round"
    for file in source.iterdir():
        if file.is_file() and file.suffix != ".xlsx":
            shutil.copyfile(file, folder / file.name)
    tree = folder / "tree"
    tree.mkdir()
    for file in sorted(carried.carried_trees()[TREE].glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        lines = [f"title: {_TITLE}" if line.startswith("title:") else line for line in text.splitlines()]
        (tree / file.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    if carried.script("make_sample_round").main(folder, tree) != 0:
        raise RuntimeError("the sample round does not fit its tree")
    return folder


@dataclass(frozen=True, slots=True)
class _Clock:
    """Working days around this moment."""

    now: datetime
    days: Calendar

    def at(self, working_days: int, hour: time = time(9, 30)) -> datetime:
        """An hour of the n-th working day before (negative) or after today."""
        day, step = local(self.now).date(), timedelta(days=1 if working_days > 0 else -1)
        left = abs(working_days)
        while left:
            day += step
            left -= self.days.is_working_day(day)
        return datetime.combine(day, hour, ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Demo:
    data: Data
    given: Path
    clock: _Clock

    def move(self, to: RoundState, day: int, why: str, until: int | None = None) -> None:
        """The office moves the round; ``until``: a day."""
        round_ = the_round()
        due = None if until is None else self.clock.at(until, time(17, 30))
        move_round(self.data, round_, to, round_.version, why, seat_of(Role.OFFICE), self.clock.at(day), until=due)

    def receive(self, files: Sequence[Path], day: int) -> None:
        """Receives files."""
        moment = self.clock.at(day, time(15, 10))
        list(receive(self.data, the_round(), files, seat_of(Role.OFFICE), moment, in_this_process))

    def send_back(self, unit: str, day: int, until: int | None = None) -> None:
        """Returns what a unit sent."""
        due = None if until is None else self.clock.at(until, time(17, 30))
        with temporary_folder("lawgov-demo-") as folder:
            send_back(
                *(self.data, the_round(), folder / "退回", seat_of(Role.OFFICE), self.clock.at(day, time(10, 0))),
                run=in_this_process,
                watch=unwatched,
                units=[unit],
                until=due,
            )

    def enter(self, names: Sequence[str], day: int) -> None:
        """Enters workbooks of the office."""
        books, problems = read_given([self.given / name for name in names])
        if problems:
            raise RefusedError(*problems)
        enter(self.data, the_round(), books, seat_of(Role.OFFICE), self.clock.at(day, time(16, 20)))

    def run(self, kind: RunKind, day: int) -> Ran:
        """Computes."""
        return make_run(self.data, the_round(), kind, seat_of(Role.OFFICE), self.clock.at(day, time(16, 40)))


def _through(demo: _Demo, step: Callable[[int], None]) -> None:
    """From 报送 to what comes after 公布."""
    step(1)
    _collect(demo)
    step(2)
    _review(demo)
    step(3)
    _object(demo)
    step(4)
    demo.move(RoundState.FINAL, -6, "异议已办完")
    final = demo.run(RunKind.FINAL, -5)
    assert final.run is not None  # there are scores
    round_ = the_round()
    just_now = replace(final.computed, changes=None, changes_told="", to_tell=(), cards_alone=())
    prepared = Prepared(final.run, round_.version, Language.ZH, just_now, None)
    seats = (seat_of(Role.OFFICE), demo.clock.at(-4))
    publish(
        *(demo.data, round_, prepared, "经虚构的领导小组审定", *seats),
        leader=seat_of(Role.LEADER),
        released_by=_LEADER,
    )
    step(5)
    _afterwards(demo)


def _collect(demo: _Demo) -> None:
    demo.move(RoundState.OPEN, -40, "年度考核开始", until=-24)
    sent = sorted(demo.given.glob("*.xlsx"))
    demo.receive([path for path in sent if path.stem not in _LATER], -31)
    wrong = demo.given / _NO_WORKBOOK
    wrong.write_bytes("见附件".encode())
    demo.receive([*(path for path in sent if path.stem in _LATER), wrong], -27)
    demo.send_back(_WITH_ERRORS, -26)
    demo.move(RoundState.CLOSED, -23, "期限已到")
    for one in chosen_of(the_round(), (), (SubmissionState.RECEIVED,)):
        if one.unit.code not in _NOT_ACCEPTED:
            accept(one, one.version, seat_of(Role.OFFICE), demo.clock.at(-22))


def _review(demo: _Demo) -> None:
    demo.move(RoundState.FIRST_REVIEW, -22, "报送结束")
    books = sorted(path.relative_to(demo.given).as_posix() for path in (demo.given / "office").iterdir())
    second = [name for name in books if "复核改分" in name]
    demo.enter([name for name in books if name not in second], -18)
    demo.move(RoundState.SECOND_REVIEW, -15, "初审完成")
    demo.enter(second, -14)
    demo.run(RunKind.FIRST, -13)
    demo.move(RoundState.NOTIFIED, -12, "复审完成")


def _object(demo: _Demo) -> None:
    demo.move(RoundState.OBJECTIONS, -12, "初评结果已告知")
    office = seat_of(Role.OFFICE)
    ruling = demo.given / "行政裁定书（虚构）.txt"
    ruling.write_text("虚构的裁定书：准许原告撤回起诉。\n", encoding="utf-8")
    object_to(
        *(demo.data, the_round(), "ZF-03", "23-2"),
        "应诉案件填了 8 件，其中 1 件开庭前原告已撤诉，按说明不应计入",
        *(office, demo.clock.at(-10)),
        wanted="1.43",
        evidence=str(ruling),
    )
    why = "查阅裁定书属实；应诉 7 件，出庭 6 件"
    decide(demo.data, the_round(), 1, Outcome.UPHELD, why, office, demo.clock.at(-8), score=1.43, is_told=False)
    day = local(demo.clock.at(-7)).date()
    tell(objection_of(the_round(), 1), Telling(day, "虚构的李某送达，单位签收"), office, demo.clock.at(-7))


def _afterwards(demo: _Demo) -> None:
    office = seat_of(Role.OFFICE)
    filed = object_to(
        *(demo.data, the_round(), "BS-05", "36-3"),
        "年度报告 3 月 29 日已报管委会，不应算迟",
        *(office, demo.clock.at(-2)),
        exception="期限以内交邮，公布以后才收到",
    )
    one = filed.objection
    take_step(one, ObjectionState.ADMITTED, one.version, office, "", demo.clock.at(-1))
    unit = the_round().units.get(code=_NEVER_SENT)
    due = demo.clock.at(2, time(17, 30))
    grant_leave(the_round(), unit, due, "机房断电（虚构）", office, demo.clock.at(-1))
    demo.send_back(_WITH_BLANKS, -1, until=3)
    demo.enter(["second/评审打分-评审员丙-补.xlsx"], -1)
    read_answers(demo.data, the_round(), in_this_process)  # so that the pages of 评定 show all from the first moment
    keep_check(demo.data, the_round())
