"""``round leave``: an exception for a unit; without options, all that were granted."""

from datetime import date
from pathlib import Path

import click

from lawgov_score.cli.days import DayOrMoment
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_ABOUT = Words(
    "给一个单位延期：期限以后，到所写的日期和时间为止，仍可报送、重报或提出异议。不写选项则列出全部延期。",
    "Grant a unit more time: until then it may send, send again or object though the time is over. Without options: "
    "list what was granted.",
)
_UNIT = Words("单位：编码，或者名称", "the unit: its code or its name")
_UNTIL = Words(
    '延到何时，如 2026-05-20 或 "2026-05-20 12:00"；不写时间的，到当天下班（轮次的截止时刻）',
    'until when: 2026-05-20 or "2026-05-20 12:00"; without a time, the hour at which a day of the round ends',
)
_WHY = Words("延期的理由", "the reason")
_ALL_THREE = Words("延期要写 {missing:list}", "to grant more time {missing:list} is needed")
_PAST = Words("{until}已经过去", "{until} is past")
_GRANTED = Words("{unit} {name} 延期到{until}：{why}", "{unit} {name} has until {until}: {why}")
_OVER = Words("{said}（已过）", "{said} (over)")
_NONE = Words("没有延期。", "No unit was granted more time.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def leave(folder: Path, unit: str, until: date | None, why: str) -> int:
        needed = {"--unit": unit.strip(), "--until": until, "--why": why.strip()}
        missing = tuple(name for name, value in needed.items() if not value)
        if missing and len(missing) < len(needed):
            raise click.UsageError(render(_ALL_THREE(missing=missing), lang))
        with open_round(folder):
            if until is None:
                say("\n".join(_listed(lang)))
            else:
                _grant(unit, until, why.strip(), lang)
        return 0

    return make.command(
        "leave",
        leave,
        data_argument(lang),
        click.Option(["--unit"], default="", metavar="CODE", help=render(_UNIT, lang)),
        click.Option(["--until"], type=DayOrMoment(lang), metavar="DAY", help=render(_UNTIL, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        about=_ABOUT,
    )


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
    from lawgov_score.rounds.clock import real_now, told
    from lawgov_score.rounds.creation import the_round

    now, lines = real_now(), []
    for one in the_round().leaves.select_related("unit").order_by("pk"):
        said = _GRANTED(unit=one.unit.code, name=one.unit.name, until=told(one.until), why=one.reason)
        lines.append(render(said if one.until >= now else _OVER(said=said), lang))
    return lines or [render(_NONE, lang)]
