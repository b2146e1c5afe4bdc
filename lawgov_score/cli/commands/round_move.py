"""``round move``: a round goes a step on, or a step back."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.moments import MomentType
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.data import Data
    from lawgov_score.rounds.models import Round
    from lawgov_score.rounds.moving import Open
    from lawgov_score.rounds.names import RoundState
    from lawgov_score.rounds.states import Step

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
_LEAVES_OUT = Words(
    "归档时确实有不公布的：写上才能归档，没有公布的是什么，记入理由",
    "archive although something is not published: what, is added to the reason",
)
_NO_DEADLINE = Words(
    "期限只在转到“报送”“异议”时定；给单位延期用 round leave",
    "a deadline begins with a move to open or to objections alone; grant a unit more time by round leave",
)
_NO_STATE = Words("没有“{found}”这个状态：{states:list}", "no state “{found}”: {states:list}")
_STATE = Words("{name}（{code}）", "{name} ({code})")
_STILL = Words("还没有办完：", "Still open:")
_ITEM = Words("  {what}", "  {what}")
_ONLY_SHOWN = Words(
    "以上只供查看，还没有转。确定要转的，加 --why 写明理由。",
    "Only told; nothing was changed. To do it, give a reason: --why",
)
_MOVED = Words("已转到“{to}”。", "It is “{to}” now.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    state_argument = click.Argument(["state"], metavar="STATE")

    until_option = click.Option(["--until"], type=MomentType(lang), metavar="DAY", help=render(_UNTIL, lang))

    def move(folder: Path, state: str, why: str, released_by: str, until: date | None, leaves_out: bool) -> int:
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.moving import move_round, step_to, still_open
            from lawgov_score.rounds.names import Role, RoundState, named
            from lawgov_score.rounds.returning import moment_of

            to = named(state, RoundState)
            if to is None:
                raise click.BadParameter(_no_state(state, lang), param=state_argument)
            if until is not None and to not in {RoundState.OPEN, RoundState.OBJECTIONS}:
                raise click.BadParameter(render(_NO_DEADLINE, lang), param=until_option)
            round_ = the_round()
            version, now = round_.version, real_now()
            moment = None if until is None else moment_of(round_, until)
            step = step_to(round_, to)
            if step is not None and to is not RoundState.PUBLISHED:
                say("\n".join(_meaning(step, lang)))
                open_ = still_open(data, round_, to, now, moment)
                if open_:
                    say("\n".join(_open(open_, to, folder, lang)), err=True)
                if not why.strip():
                    for line in _would_last(data, round_, to, now, moment, lang):
                        say(line)
                    say(render(_ONLY_SHOWN, lang))
                    return 0
            leader = seat_of(Role.LEADER) if released_by else None
            move_round(
                data,
                round_,
                to,
                version,
                why,
                seat_of(Role.OFFICE),
                now,
                leader=leader,
                released_by=released_by,
                until=moment,
                leaves_out=leaves_out,
                lang=lang,
            )
            say("\n".join(_done(data, round_, to, now, lang)))
        return 0

    return make.command(
        "move",
        move,
        data_argument(lang),
        state_argument,
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        click.Option(["--released-by"], default="", metavar="NAME", help=render(_RELEASED_BY, lang)),
        until_option,
        click.Option(["--leave-unpublished", "leaves_out"], is_flag=True, help=render(_LEAVES_OUT, lang)),
        about=_ABOUT,
    )


def _no_state(found: str, lang: Language) -> str:
    from lawgov_score.rounds.names import RoundState, name_of

    states = tuple(_STATE(name=name_of(one), code=one.value) for one in RoundState)
    return render(_NO_STATE(found=found, states=states), lang)


def _meaning(step: "Step", lang: Language) -> Iterator[str]:
    """What the move means."""
    from lawgov_score.rounds.wording_of_moves import what_it_means

    yield from (render(line, lang) for line in what_it_means(step))


def _open(open_: "tuple[Open, ...]", to: "RoundState", folder: Path, lang: Language) -> Iterator[str]:
    from lawgov_score.problems import display_path
    from lawgov_score.rounds.wording_of_moves import what_is_open

    yield render(_STILL, lang)
    for one in open_:
        yield render(_ITEM(what=what_is_open(one, to, display_path(folder))), lang)


def _would_last(
    data: "Data", round_: "Round", to: "RoundState", now: datetime, until: datetime | None, lang: Language
) -> list[str]:
    """Until when units would have time by this move."""
    from lawgov_score.rounds.moving import deadline_by

    due = deadline_by(round_, to, now, until)
    return [] if due is None else _lasts(data, round_, to, due, now, lang)


def _done(data: "Data", round_: "Round", to: "RoundState", now: datetime, lang: Language) -> list[str]:
    from lawgov_score.rounds.names import name_of

    due = {"open": round_.submit_by, "objections": round_.objections_until}.get(to.value)
    lasts = [] if due is None else _lasts(data, round_, to, due, now, lang)
    return [render(_MOVED(to=name_of(to)), lang), *lasts]


def _lasts(data: "Data", round_: "Round", to: "RoundState", due: datetime, now: datetime, lang: Language) -> list[str]:
    """A deadline, and what somebody should know of it."""
    from lawgov_score.rounds.wording_of_moves import what_lasts

    return [render(line, lang) for line in what_lasts(data, round_, to, due, now)]
