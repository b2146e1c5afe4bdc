"""``round accept``: 受理 of what units sent."""

from collections.abc import Sequence
from pathlib import Path

import click

from lawgov_score.cli.assessed import reading
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.report import render
from lawgov_score.wording import Text, Words

_ABOUT = Words(
    "受理各单位的报送：不写单位的，受理登记表上“可受理”的；写明单位的，有问题也受理。受理以后单位不能再报，确须重报的"
    "先给延期（round leave）。",
    "Accept submissions: of the units that are named, or all that the register calls acceptable. Afterwards a unit "
    "cannot send another without a leave (round leave).",
)
_UNIT = Words("只受理这个单位；可写多次", "accept this unit's alone; may be given several times")
_ACCEPTED = Words("已受理 {unit} {name} 第 {n} 次报送", "Accepted submission {n} of {unit} {name}")
_LEFT = Words(
    "未受理 {unit} {name}：{why}。退回修改，或者写明单位受理：--unit {unit}",
    "Not accepted, {unit} {name}: {why}. Return it, or name it: --unit {unit}",
)
_DOUBTED = Words(
    "未受理 {unit} {name}：{why}。问清以后写明单位受理：--unit {unit}",
    "Not accepted, {unit} {name}: {why}. Ask, then name it: --unit {unit}",
)
_NONE = Words("没有待受理的报送。", "Nothing is waiting to be accepted.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def accept(folder: Path, units: Sequence[str], jobs: int) -> int:
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role, SubmissionState
            from lawgov_score.rounds.receiving import accept as accept_one
            from lawgov_score.rounds.returning import chosen_of, sorted_out

            lost: list[Problem] = []
            round_ = the_round()
            waiting = chosen_of(round_, units, (SubmissionState.RECEIVED,))
            left: dict[int, Text] = {}
            if waiting and not units:
                with reading(lang, jobs, None, "") as run:
                    by_state = sorted_out(data, round_, run)
                for some, words in ((by_state.faulty, _LEFT), (by_state.doubtful, _DOUBTED)):
                    for one in some:
                        left[one.pk] = words(unit=one.unit.code, name=one.unit.name, why=by_state.why(one))
            office, now = seat_of(Role.OFFICE), real_now()
            for one in waiting:
                figures = {"unit": one.unit.code, "name": one.unit.name, "n": one.n}
                if one.pk in left:
                    say(render(left[one.pk], lang))
                    continue
                try:
                    accept_one(one, one.version, office, now)
                except RefusedError as refused:  # somebody else was first with this one
                    lost += refused.problems
                    continue
                say(render(_ACCEPTED(**figures), lang))
            if not waiting:
                say(render(_NONE, lang))
        return show_problems(lost, "text", lang)

    return make.command(
        "accept",
        accept,
        data_argument(lang),
        click.Option(["--unit", "units"], multiple=True, metavar="CODE", help=render(_UNIT, lang)),
        make.means[0],
        about=_ABOUT,
    )
