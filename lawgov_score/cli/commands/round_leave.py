"""``round leave``: an exception for a unit; without options, all that were granted."""

from datetime import date
from pathlib import Path

import click

from lawgov_score.cli.moments import MomentType
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_ABOUT = Words(
    "给一个单位延期：期限以后，到所写的日期和时间为止，仍可报送、重报或提出异议；几次延期的，以最后一次为准，报送受理以后"
    "用完。给错了的用 --end 收回。不写选项则列出全部延期。",
    "Grant a unit more time: until then it may send, send again or object though the time is over; the last leave "
    "counts, and ends when what was sent is accepted. --end ends one. Without options: list what was granted.",
)
_UNIT = Words("单位：编码，或者名称", "the unit: its code or its name")
_UNTIL = Words(
    '延到何时，如 12月4日、2026-12-04 或 "2026-12-04 12:00"；不写时间的，到当天下班（轮次的截止时刻）',
    'until when: 2026-05-20 or "2026-05-20 12:00"; without a time, the hour at which a day of the round ends',
)
_WHY = Words("延期的理由，或者收回的理由", "the reason")
_END = Words("收回这个单位的延期", "end the leave of this unit")
_ALL_THREE = Words("延期要写 {missing:list}", "to grant more time {missing:list} is needed")
_PAST = Words("{until}已经过去", "{until} is past")
_GRANTED = Words("{unit} {name} 延期到{until}：{why}", "{unit} {name} has until {until}: {why}")
_HOW = Words("{said}（{how}）", "{said} ({how})")
_NONE = Words("没有延期。", "No unit was granted more time.")
_ENDED = Words("{unit} {name} 的延期已收回：{why}", "The leave of {unit} {name} was ended: {why}")
_NO_LEAVE = Words("{unit} {name} 现在没有延期", "{unit} {name} has no leave now")
_END_NEEDS = Words(
    "收回延期要写 {missing:list}，不写 --until", "to end a leave {missing:list} is needed, and no --until"
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def leave(folder: Path, unit: str, until: date | None, why: str, is_end: bool) -> int:
        needed = {"--unit": unit.strip(), "--until": is_end or until is not None, "--why": why.strip()}
        missing = tuple(name for name, value in needed.items() if not value)
        if is_end and (missing or until is not None):
            raise click.UsageError(render(_END_NEEDS(missing=("--unit", "--why")), lang))
        if missing and len(missing) < len(needed):
            raise click.UsageError(render(_ALL_THREE(missing=missing), lang))
        with open_round(folder):
            if is_end:
                _end(unit, why.strip(), lang)
            elif until is None:
                say("\n".join(_listed(lang)))
            else:
                _grant(unit, until, why.strip(), lang)
        return 0

    return make.command(
        "leave",
        leave,
        data_argument(lang),
        click.Option(["--unit"], default="", metavar="CODE", help=render(_UNIT, lang)),
        click.Option(["--until"], type=MomentType(lang), metavar="DAY", help=render(_UNTIL, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        click.Option(["--end", "is_end"], is_flag=True, help=render(_END, lang)),
        about=_ABOUT,
    )


def _end(code: str, why: str, lang: Language) -> None:
    from lawgov_score.rounds.clock import real_now
    from lawgov_score.rounds.creation import seat_of, the_round
    from lawgov_score.rounds.leaves import end_leave
    from lawgov_score.rounds.names import Role
    from lawgov_score.rounds.objecting import unit_of

    round_ = the_round()
    unit = unit_of(round_, code)
    if end_leave(round_, unit, why, seat_of(Role.OFFICE), real_now()) is None:
        raise click.UsageError(render(_NO_LEAVE(unit=unit.code, name=unit.name), lang))
    say(render(_ENDED(unit=unit.code, name=unit.name, why=why), lang))


def _grant(code: str, until: date, why: str, lang: Language) -> None:
    from lawgov_score.rounds.clock import real_now, told
    from lawgov_score.rounds.creation import seat_of, the_round
    from lawgov_score.rounds.leaves import grant_leave
    from lawgov_score.rounds.names import Role
    from lawgov_score.rounds.objecting import unit_of
    from lawgov_score.rounds.returning import moment_of

    round_, now = the_round(), real_now()
    moment = moment_of(round_, until)
    unit = unit_of(round_, code)
    if moment <= now:
        raise click.UsageError(render(_PAST(until=told(moment)), lang))
    grant_leave(round_, unit, moment, why, seat_of(Role.OFFICE), now)
    say(render(_GRANTED(unit=unit.code, name=unit.name, until=told(moment), why=why), lang))


def _listed(lang: Language) -> list[str]:
    """Every leave, and whether it lets its unit send now."""
    from lawgov_score.rounds.clock import real_now, told
    from lawgov_score.rounds.creation import the_round
    from lawgov_score.rounds.granted import Fate, granted

    lines = []
    for one in granted(the_round(), real_now()):
        leave = one.leave
        said = _GRANTED(unit=leave.unit.code, name=leave.unit.name, until=told(leave.until), why=leave.reason)
        lines.append(render(said if one.fate is Fate.LASTS else _HOW(said=said, how=one.told), lang))
    return lines or [render(_NONE, lang)]
