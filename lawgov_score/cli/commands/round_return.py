"""``round return``: marked copies go back to the units, with a day to send them back by."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from lawgov_score.cli.assessed import reading
from lawgov_score.cli.days import DayOrMoment
from lawgov_score.cli.options import Maker
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "退回修改：把有问题或者有未填项的报送各做一份标注副本，登记为“退回”，并写明何时以前报回；已受理的不退。",
    "Return what has problems or blanks: a marked copy each, recorded as returned, with the day to send it back "
    "by. What was accepted is left alone.",
)
_OUT = Words("退回副本写到这个文件夹", "folder for the marked copies")
_UNIT = Words("只退回这个单位的；可写多次", "this unit's alone; may be given several times")
_WHY = Words("退回的理由；不写则记有几个错误、几项未填", "why; without it, how many errors and blanks there are")
_UNTIL = Words(
    "何时以前报回，如 2026-03-20 或者 2026-03-20 12:00；不写则为三个工作日，报送截止更晚的按报送截止",
    "when it is due, such as 2026-03-20 or 2026-03-20 12:00; without it, three working days, or the deadline of the "
    "round where that is later",
)
_ONE = Words(
    "退回 {unit} {name} 第 {n} 次报送：{why} → {copy}", "Returned {unit} {name}, submission {n}: {why} → {copy}"
)
_AGAIN = Words(
    "已退回过 {unit} {name} 第 {n} 次报送，副本又做了一份 → {copy}",
    "Returned before, {unit} {name}, submission {n}; its copy once more → {copy}",
)
_DUE = Words(
    "请各单位改好后于 {due} 以前报回；收到后运行 lawgov-score round receive {folder} 文件",
    "To be sent back until {due}; then lawgov-score round receive {folder} FILE",
)
_CLEAN = Words(
    "{n} 个单位没有要改的，未做副本，可以受理：{units:list}",
    "{n} units with nothing to mend, and no copy: {units:list}",
)
_NONE = Words("没有要退回的。", "Nothing is to be returned.")
_UNKNOWN = Words(
    "{years:list} 年的放假安排还没有录入，工作日只按周末推算。",
    "The holidays of {years:list} have not been entered: working days are reckoned by weekends alone.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def return_(
        folder: Path,
        out: Path,
        units: Sequence[str],
        why: str,
        until: date | None,
        overwrite: bool,
        jobs: int,
    ) -> int:
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import local, real_now, told
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.holidays import calendar
            from lawgov_score.rounds.names import Role
            from lawgov_score.rounds.returning import moment_of, send_back

            now, round_ = real_now(), the_round()
            with reading(lang, jobs, None, "") as run:
                done = send_back(
                    *(data, round_, out, seat_of(Role.OFFICE), now),
                    run=run,
                    watch=Watch(lang),
                    lang=lang,
                    units=units,
                    why=why,
                    until=None if until is None else moment_of(round_, until),
                    jobs=jobs,
                    overwrite=overwrite,
                )
            for one in done.returned:
                sent = one.submission
                figures = {"unit": sent.unit.code, "name": sent.unit.name, "n": sent.n, "copy": display_path(one.copy)}
                say(render(_ONE(**figures, why=one.why) if one.is_moved else _AGAIN(**figures), lang))
            if done.returned:
                say(render(_DUE(due=told(done.due), folder=display_path(folder)), lang))
                days = (local(now).date(), local(done.due).date())
                if until is None and (years := calendar().unknown_years(*days)):
                    say(render(_UNKNOWN(years=tuple(map(str, years))), lang), err=True)
            else:
                say(render(_NONE, lang))
            if done.clean:
                say(render(_CLEAN(n=len(done.clean), units=done.clean), lang))
        return show_problems(done.problems, "text", lang)

    return make.command(
        "return",
        return_,
        data_argument(lang),
        click.Option(["-o", "out"], type=OutputFolder(lang), required=True, metavar="DIR", help=render(_OUT, lang)),
        click.Option(["--unit", "units"], multiple=True, metavar="CODE", help=render(_UNIT, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        click.Option(
            ["--until"],
            type=DayOrMoment(lang),
            default=None,
            metavar="DATE",
            help=render(_UNTIL, lang),
        ),
        click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite_check")),
        make.means[0],
        about=_ABOUT,
    )
