"""``round move``: a round goes a step on, or a step back."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.moments import MomentType
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.report import render
from lawgov_score.wording import Language, Text, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.models import Round
    from lawgov_score.rounds.moving import Open
    from lawgov_score.rounds.names import RoundState

_ABOUT = Words(
    "把一轮考核转到下一步，如“截止”“初审”：先说这一步意味着什么、还有哪些事没有办完，再登记；不写 --why 则只说，不转。"
    "退回上一步须写明理由，并经领导同意。",
    "Take a round to its next state: what that means and what is still open is told first, then it is done; without "
    "--why it is only told. A step back needs a reason and the leader's release.",
)
_WHY = Words("理由，记入办理记录；不写则只看，不转", "the reason, kept on record; without it nothing is changed")
_RELEASED_BY = Words("同意退回上一步的领导的姓名", "the leader who released a step back, by name")
_UNTIL = Words(
    '期限，如 2026-03-20 或 "2026-03-20 12:00"（只写日期的，到当天下班）：转到“报送”时为报送截止；转到“异议”时为提出'
    "异议的期限，不写则按轮次的工作日数推算",
    "the deadline, such as 2026-03-20 or '2026-03-20 12:00': of submissions with a move to open, of objections with "
    "one to objections, where working days of the round are counted without it",
)
_NO_STATE = Words("没有“{found}”这个状态：{states:list}", "no state “{found}”: {states:list}")
_STATE = Words("{name}（{code}）", "{name} ({code})")
_NOW = Words("现为“{state}”，转到“{to}”。", "It is “{state}”, and goes to “{to}”.")
_MEANS = {
    "preparing": Words("各单位不能报送，可以修改体系和名册。", "Nobody may send; tree and roster can be amended."),
    "open": Words("各单位可以报送、重报。", "Units may send, and send again."),
    "closed": Words(
        "不再接收报送；个别单位需要延期的，用 lawgov-score round leave 办理。",
        "Nothing more is received, but from units that were granted more time (lawgov-score round leave).",
    ),
    "first_review": Words(
        "牵头单位和考核办打分、认定，用 lawgov-score round enter 录入。",
        "Leading departments and the office mark; lawgov-score round enter takes their workbooks.",
    ),
    "second_review": Words(
        "对初审的打分进行复审；需要改分的，写明理由，用 lawgov-score round enter 录入。",
        "First marks are reviewed; changes are entered with their reasons.",
    ),
    "notified": Words("初评结果告知各单位。", "The first results are told to the units."),
    "objections": Words(
        "各单位可以提出异议，用 lawgov-score round object 登记。",
        "Units may object; lawgov-score round object takes it down.",
    ),
    "final": Words(
        "异议办完后作终评计算，再公布。", "What was decided goes into the final run, and then it is published."
    ),
    "archived": Words(
        "归档后不再录入、更正；要更正的，归档以前另作公布。",
        "Nothing is entered or corrected any more: a correction is published before.",
    ),
}
_TELLS = Words("同时给各单位各发一份通知。", "Every unit is given a notice.")
_BACK = Words(
    "这是退回上一步，须写明理由（--why）并经领导同意（--released-by 姓名）。",
    "This is a step back: it needs a reason (--why) and the leader's release (--released-by NAME).",
)
_OPEN = {
    "no_deadline": Words(
        "没有写报送截止：--until 日期；不写则收到转为“截止”为止",
        "no deadline of submissions: --until DAY; without it until the round is closed",
    ),
    "units_without_submission": Words(
        "{n} 个单位没有报送：{about:list}", "{n} units without a submission: {about:list}"
    ),
    "submissions_to_accept": Words("{n} 份报送还没有受理：{about:list}", "{n} submissions not accepted: {about:list}"),
    "submissions_returned": Words(
        "{n} 份已退回，还没有重报：{about:list}", "{n} returned and not sent again: {about:list}"
    ),
    "not_reviewed": Words(
        "{n} 项还没有评审，或者考核办还没有填报：{about:list}",
        "{n} items not reviewed, or not entered by the office: {about:list}",
    ),
    "objections_undecided": Words("{n} 件异议没有决定：第 {about:list} 件", "{n} objections not decided: {about:list}"),
    "objections_not_notified": Words(
        "{n} 件异议已决定，还没有告知：第 {about:list} 件", "{n} objections decided and not notified: {about:list}"
    ),
    "no_run": Words(
        "还没有{run}计算：lawgov-score round run {folder} --kind {kind}",
        "no {run} run yet: lawgov-score round run {folder} --kind {kind}",
    ),
    "old_run": Words(
        "第 {about:list} 次计算（{run}）以后材料有变化：lawgov-score round run {folder} --kind {kind}",
        "files changed after run {about:list} ({run}): lawgov-score round run {folder} --kind {kind}",
    ),
}
_STILL = Words("还没有办完：", "Still open:")
_ITEM = Words("  {what}", "  {what}")
_MORE = Words("{last}等", "{last} and others")
_MOST = 8  # of each kind that are named
_ONLY_SHOWN = Words(
    "以上只供查看，还没有转。确定要转的，加 --why 写明理由。",
    "Only told; nothing was changed. To do it, give a reason: --why",
)
_MOVED = Words("已转到“{to}”。", "It is “{to}” now.")
_DEADLINE = {
    "open": Words("报送截止：{due}", "To be sent until {due}"),
    "objections": Words("提出异议的期限：{due}", "Objections until {due}"),
}
_DAY_OFF = Words("这一天不是工作日。", "That is no working day.")
_UNKNOWN = Words(
    "{years:list} 年的放假安排还没有录入，工作日只按周末推算。",
    "The holidays of {years:list} have not been entered: working days are reckoned by weekends alone.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    state_argument = click.Argument(["state"], metavar="STATE")

    def move(folder: Path, state: str, why: str, released_by: str, until: datetime | None) -> int:
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.moving import move_round, step_to, still_open
            from lawgov_score.rounds.names import Role, RoundState, named
            from lawgov_score.rounds.returning import moment_of

            to = named(state, RoundState)
            if to is None:
                raise click.BadParameter(_no_state(state, lang), param=state_argument)
            round_ = the_round()
            version = round_.version
            moment = None if until is None else moment_of(round_, until)
            step = step_to(round_, to)
            if step is not None and to is not RoundState.PUBLISHED:
                say("\n".join(_meaning(round_, to, lang)))
                open_ = still_open(data, round_, to, moment)
                if open_:
                    say("\n".join(_open(open_, folder, lang)), err=True)
                if not why.strip():
                    say(render(_ONLY_SHOWN, lang))
                    return 0
            now = real_now()
            leader = seat_of(Role.LEADER) if released_by else None
            move_round(
                round_,
                to,
                version,
                why,
                seat_of(Role.OFFICE),
                now,
                leader=leader,
                released_by=released_by,
                until=moment,
                lang=lang,
            )
            say("\n".join(_done(round_, to, now, lang)))
        return 0

    return make.command(
        "move",
        move,
        data_argument(lang),
        state_argument,
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        click.Option(["--released-by"], default="", metavar="NAME", help=render(_RELEASED_BY, lang)),
        click.Option(
            ["--until"],
            type=MomentType(lang),
            metavar="DAY",
            help=render(_UNTIL, lang),
        ),
        about=_ABOUT,
    )


def _no_state(found: str, lang: Language) -> str:
    from lawgov_score.rounds.names import RoundState, name_of

    states = tuple(_STATE(name=name_of(one), code=one.value) for one in RoundState)
    return render(_NO_STATE(found=found, states=states), lang)


def _meaning(round_: "Round", to: "RoundState", lang: Language) -> Iterator[str]:
    """What the move means."""
    from lawgov_score.rounds.moving import is_back, step_to
    from lawgov_score.rounds.names import RoundState, name_of
    from lawgov_score.rounds.states import Tells

    state = RoundState(round_.state)
    step = step_to(round_, to)
    assert step is not None  # the caller has looked
    lines: list[Text] = [_NOW(state=name_of(state), to=name_of(to)), _MEANS[to.value]]
    if step.tells is Tells.UNITS:
        lines.append(_TELLS)
    if is_back(state, to):
        lines.append(_BACK)
    yield from (render(line, lang) for line in lines)


def _open(open_: "tuple[Open, ...]", folder: Path, lang: Language) -> Iterator[str]:
    from lawgov_score.problems import display_path
    from lawgov_score.rounds.names import name_of

    yield render(_STILL, lang)
    for one in open_:
        about: tuple[object, ...] = one.about[:_MOST]
        if len(one.about) > _MOST:
            about = (*about[:-1], _MORE(last=about[-1]))
        run = {} if one.run is None else {"run": name_of(one.run), "kind": one.run.value}
        words = _OPEN[one.kind.value]
        yield render(_ITEM(what=words(n=len(one.about), about=about, folder=display_path(folder), **run)), lang)


def _done(round_: "Round", to: "RoundState", now: datetime, lang: Language) -> Iterator[str]:
    from lawgov_score.rounds.clock import local, told
    from lawgov_score.rounds.holidays import calendar
    from lawgov_score.rounds.names import name_of

    yield render(_MOVED(to=name_of(to)), lang)
    due = {"open": round_.submit_by, "objections": round_.objections_until}.get(to.value)
    if due is None:
        return
    days = calendar()
    yield render(_DEADLINE[to.value](due=told(due)), lang)
    if not days.is_working_day(local(due).date()):
        yield render(_DAY_OFF, lang)
    if years := days.unknown_years(local(now).date(), local(due).date()):
        yield render(_UNKNOWN(years=tuple(map(str, years))), lang)
