"""``round return``: marked copies go back to the units, with a day to send them back by."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.assessed import reading
from lawgov_score.cli.moments import MomentType
from lawgov_score.cli.options import Maker
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.data import Data
    from lawgov_score.rounds.models import Round

_ABOUT = Words(
    "退回修改：把有错误、有未填项或者缺评审材料的报送各做一份标注副本，登记为“退回”，并写明何时以前报回；可受理的、已"
    "受理的不退。不写 -o 则只看要退回哪些，不退。单位重报以前，退错的可以撤回：--undo。",
    "Return what has errors or blanks, or lacks material: a marked copy each, recorded as returned, with the day to "
    "send it back by. What is acceptable or was accepted is left alone. Without -o it only says what would be "
    "returned. Until its unit has sent again a return can be taken back: --undo.",
)
_OUT = Words("退回副本写到这个文件夹；不写则只看，不退", "folder for the marked copies; without it nothing is returned")
_UNIT = Words(
    "只退回这个单位的，可受理的也退；可写多次", "this unit's alone, acceptable or not; may be given several times"
)
_UNDO = Words(
    "撤回退回：所写单位（--unit）恢复为“已报”，写明理由（--why）；单位已经重报的，不能再撤回",
    "take back the return of the units named by --unit, with a reason (--why); not where a unit has sent again",
)
_UNDO_NEEDS = Words("撤回退回要写 {missing:list}", "to take a return back {missing:list} is needed")
_UNDO_ALONE = Words("--undo 不与 {other:list} 同用", "--undo does not go with {other:list}")
_UNDONE = Words(
    "已撤回退回 {unit} {name} 第 {n} 次报送，现为“{state}”：{why}",
    "Took back the return of {unit} {name}, submission {n}, which is “{state}” again: {why}",
)
_WOULD = Words("要退回 {unit} {name} 第 {n} 次报送：{why}", "Would be returned, {unit} {name}, submission {n}: {why}")
_STAYS = Words("已退回，等待重报 {unit} {name} 第 {n} 次报送", "Returned before, {unit} {name}, submission {n}")
_WOULD_BE_DUE = Words(
    "限 {due} 以前报回（另定的，写 --until）。", "To be sent back until {due} (another day: --until)."
)
_ONLY_SHOWN = Words(
    "只看，没有退回。要退回的，写上副本的文件夹：lawgov-score round return {folder} -o 退回",
    "Only told; nothing was returned. To do it: lawgov-score round return {folder} -o DIR",
)
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
    "{n} 个单位可以受理，不退回：{units:list}",
    "{n} units are acceptable, and not returned: {units:list}",
)
_DOUBTFUL = Words(
    "{n} 个单位要先问清以哪一份为准，不退回：{units:list}",
    "{n} units have to confirm first which workbook counts, and {n:is|are} not returned: {units:list}",
)
_NONE = Words("没有要退回的。", "Nothing is to be returned.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def return_(
        folder: Path,
        out: Path | None,
        units: Sequence[str],
        why: str,
        until: date | None,
        is_undone: bool,
        overwrite: bool,
        jobs: int,
    ) -> int:
        if is_undone:
            _check_undo(units, why, out, until, lang)
        with open_round(folder) as data:
            from lawgov_score.cli.round_days import unknown_days
            from lawgov_score.rounds.clock import real_now, told
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role
            from lawgov_score.rounds.returning import due_of, moment_of, send_back

            now, round_ = real_now(), the_round()
            if is_undone:
                _undo(round_, units, why, lang)
                return 0
            moment = None if until is None else moment_of(round_, until)
            if out is None:
                _show(data, round_, folder, units, due_of(round_, now, moment), lang, jobs)
                return 0
            with reading(lang, jobs, None, "") as run:
                done = send_back(
                    *(data, round_, out, seat_of(Role.OFFICE), now),
                    run=run,
                    watch=Watch(lang),
                    lang=lang,
                    units=units,
                    why=why,
                    until=moment,
                    jobs=jobs,
                    overwrite=overwrite,
                )
            for one in done.returned:
                sent = one.submission
                figures = {"unit": sent.unit.code, "name": sent.unit.name, "n": sent.n, "copy": display_path(one.copy)}
                say(render(_ONE(**figures, why=one.why) if one.is_moved else _AGAIN(**figures), lang))
            if done.returned:
                say(render(_DUE(due=told(done.due), folder=display_path(folder)), lang))
                for line in unknown_days(now, done.due, lang) if until is None else ():
                    say(line, err=True)
            else:
                say(render(_NONE, lang))
            if done.clean:
                say(render(_CLEAN(n=len(done.clean), units=done.clean), lang))
            if done.doubtful:
                say(render(_DOUBTFUL(n=len(done.doubtful), units=done.doubtful), lang))
        return show_problems(done.problems, "text", lang)

    return make.command(
        "return",
        return_,
        data_argument(lang),
        click.Option(["-o", "out"], type=OutputFolder(lang), metavar="DIR", help=render(_OUT, lang)),
        click.Option(["--unit", "units"], multiple=True, metavar="CODE", help=render(_UNIT, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        click.Option(
            ["--until"],
            type=MomentType(lang),
            default=None,
            metavar="DATE",
            help=render(_UNTIL, lang),
        ),
        click.Option(["--undo", "is_undone"], is_flag=True, help=render(_UNDO, lang)),
        click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite_check")),
        make.means[0],
        about=_ABOUT,
    )


def _check_undo(units: Sequence[str], why: str, out: Path | None, until: date | None, lang: Language) -> None:
    missing = tuple(name for name, given in (("--unit", units), ("--why", why.strip())) if not given)
    if missing:
        raise click.UsageError(render(_UNDO_NEEDS(missing=missing), lang))
    other = tuple(name for name, given in (("-o", out), ("--until", until)) if given is not None)
    if other:
        raise click.UsageError(render(_UNDO_ALONE(other=other), lang))


def _undo(round_: "Round", units: Sequence[str], why: str, lang: Language) -> None:
    """Takes returns back, all of them or none."""
    from lawgov_score.rounds.clock import real_now
    from lawgov_score.rounds.creation import seat_of
    from lawgov_score.rounds.names import Role, SubmissionState, name_of
    from lawgov_score.rounds.returning import take_back

    state = name_of(SubmissionState.RECEIVED)
    for one in take_back(round_, units, why.strip(), seat_of(Role.OFFICE), real_now()):
        figures = {"unit": one.unit.code, "name": one.unit.name, "n": one.n, "state": state, "why": why.strip()}
        say(render(_UNDONE(**figures), lang))


def _show(
    data: "Data", round_: "Round", folder: Path, units: Sequence[str], due: datetime, lang: Language, jobs: int
) -> None:
    """What would go back, and what has gone back before."""
    from lawgov_score.rounds.clock import told
    from lawgov_score.rounds.names import SubmissionState
    from lawgov_score.rounds.returning import sorted_out

    with reading(lang, jobs, None, "") as run:
        by_state = sorted_out(data, round_, run, units)
    going = [*by_state.faulty, *((*by_state.doubtful, *by_state.fine) if units else ())]
    for one in going:
        figures = {"unit": one.unit.code, "name": one.unit.name, "n": one.n}
        is_returned = one.state == SubmissionState.RETURNED
        say(render(_STAYS(**figures) if is_returned else _WOULD(**figures, why=by_state.why(one)), lang))
    if not going:
        say(render(_NONE, lang))
    if by_state.fine and not units:
        codes = tuple(one.unit.code for one in by_state.fine)
        say(render(_CLEAN(n=len(codes), units=codes), lang))
    if by_state.doubtful and not units:
        codes = tuple(one.unit.code for one in by_state.doubtful)
        say(render(_DOUBTFUL(n=len(codes), units=codes), lang))
    if any(one.state != SubmissionState.RETURNED for one in going):
        say(render(_WOULD_BE_DUE(due=told(due)), lang))
        say(render(_ONLY_SHOWN(folder=display_path(folder)), lang))
