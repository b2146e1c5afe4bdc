"""``round publish``: publishes the newest final run, and says what changed since the last publication."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "公布最近一次终评计算的结果：编号登记，从不覆盖；说明与上次公布相比变了什么、涉及谁、为什么、须告知谁。终评以后又有"
    "材料、登记或异议的，不公布，并列出是什么。",
    "Publishes the newest final run under a number, replacing nothing, and says what changed since the last one, for "
    "whom, why, and who must be told. Where anything arrived after that run it is listed, and nothing is published.",
)
_WHY = Words("公布或更正的原因，记入办理记录", "Why it is published, or corrected; goes on record.")
_OUT = Words(
    "把公布的文件写到这个文件夹（还没有的，或空的）：评分表、各单位评分卡、网页、表格、与上次相比的 changes.csv "
    "和说明；已经公布、没有新的终评的，只把那一次的文件再写一遍",
    "Writes what is published to this folder, which is new or empty: scorecard, cards, pages, tables, changes.csv "
    "since the last publication, and what it says. Where no final run came since, the files of the last publication "
    "are written once more.",
)
_RELEASED_BY = Words("同意公布的领导的姓名", "The leader who released it, by name.")
_BEFORE = Words(
    "第 {n} 次公布先前已经登记，没有再登记，原因和同意人以那一次的为准。",
    "Publication {n} was made before, with its reason and release; nothing was published again.",
)
_WRITTEN = Words("已写到 {folder}（{n} 个文件）", "Written to {folder} ({n} files)")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def publish(folder: Path, why: str, out: Path | None, released_by: str) -> int:
        with ExitStack() as stack:
            data = stack.enter_context(open_round(folder))
            from lawgov_score.problems import display_path
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role
            from lawgov_score.rounds.publishing import TOLD, hand_out_again, handed_out, is_published, prepare, publish

            round_ = the_round()
            if out is not None and (before := is_published(round_)) is not None:
                n = hand_out_again(data, before, out)
                say(before.told.rstrip("\n"))
                say(render(_BEFORE(n=before.n), lang), err=True)
                say(render(_WRITTEN(folder=display_path(out), n=n), lang), err=True)
                return 0
            prepared = prepare(data, round_)
            into = None if out is None else stack.enter_context(handed_out(out, prepared))
            leader = seat_of(Role.LEADER) if released_by else None
            office = seat_of(Role.OFFICE)
            done = publish(data, round_, prepared, why, office, real_now(), leader=leader, released_by=released_by)
            say(done.publication.told.rstrip("\n"))
            if into is not None:
                (into / TOLD).write_text(done.publication.told, encoding="utf-8")
        if out is not None:
            say(render(_WRITTEN(folder=display_path(out), n=len(prepared.outputs) + 1), lang), err=True)
        return 0

    return make.command(
        "publish",
        publish,
        data_argument(lang),
        click.Option(["--why"], required=True, metavar="TEXT", help=render(_WHY, lang)),
        click.Option(["-o", "--output", "out"], type=OutputFolder(lang), metavar="DIR", help=render(_OUT, lang)),
        click.Option(["--released-by"], default="", metavar="NAME", help=render(_RELEASED_BY, lang)),
        about=_ABOUT,
    )
