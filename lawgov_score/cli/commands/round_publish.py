"""``round publish``: publishes the newest final run, and says what changed since the last publication."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_ABOUT = Words(
    "公布最近一次终评计算的结果：编号登记，从不覆盖；说明与上次公布相比变了什么、涉及谁、为什么、须告知谁。终评以后又有"
    "材料、登记或异议的，不公布，并列出是什么。公布过的可以用 --number 再拿出来。",
    "Publishes the newest final run under a number, replacing nothing, and says what changed since the last one, for "
    "whom, why, and who must be told. Where anything arrived after that run it is listed, and nothing is published. "
    "What was published is taken out again by --number.",
)
_WHY = Words(
    "公布或更正的原因，记入办理记录；公布必须写", "why it is published, or corrected: needed, and kept on record"
)
_OUT = Words(
    "把公布的文件写到这个文件夹（还没有的，或空的）：评分表、各单位评分卡、网页、表格、与上次相比的 changes.csv 和说明",
    "writes what is published to this folder, which is new or empty: scorecard, cards, pages, tables, changes.csv "
    "since the last publication, and what it says",
)
_RELEASED_BY = Words("同意公布的领导的姓名", "the leader who released it, by name")
_NUMBER = Words(
    "不公布，只把第几次公布照原样再拿出来：显示说明，写了 -o 的写出文件",
    "publish nothing: take out publication N as it was, its text and, with -o, its files",
)
_NO_NUMBER = Words(
    "没有第 {n} 次公布；已有 {there} 次公布", "there is no publication {n}; {there} {there:was|were} made"
)
_ALONE = Words(
    "--number 只把公布过的再拿出来，不公布：不写 {found}", "--number takes out what was published: leave out {found}"
)
_NEW = Words("{since}{what:list}", "{since} {what:list}")
_BEFORE = Words(
    "{publication}先前已经以同一原因登记，没有再登记；以后也没有变动。",
    "{publication} was made before, for the same reason; nothing was published again, and nothing has come since.",
)
_WRITTEN = Words("已写到 {folder}（{n} 个文件）", "Written to {folder} ({n} files)")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    why_option = click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang))
    number_option = click.Option(["--number"], type=int, metavar="N", help=render(_NUMBER, lang))

    def publish(folder: Path, why: str, out: Path | None, released_by: str, number: int | None) -> int:
        if number is not None:
            found = [name for name, value in (("--why", why), ("--released-by", released_by)) if value]
            if found:
                raise click.UsageError(render(_ALONE(found=found[0]), lang))
            return _again(folder, number, out, number_option, lang)
        if not why.strip():
            raise click.MissingParameter(param=why_option)
        with ExitStack() as stack:
            data = stack.enter_context(open_round(folder))
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.moving import still_open
            from lawgov_score.rounds.names import Role, RoundState
            from lawgov_score.rounds.published import TOLD, hand_out_again, handed_out
            from lawgov_score.rounds.publishing import made_before, prepare, publish
            from lawgov_score.rounds.things import numbered
            from lawgov_score.rounds.wording_of_moves import what_is_open

            round_ = the_round()
            if out is not None and (before := made_before(data, round_, why, released_by)) is not None:
                n = hand_out_again(data, before, out)
                say(before.told.rstrip("\n"))
                say(render(_BEFORE(publication=numbered("publication", before.n)), lang), err=True)
                _say_written(out, n, lang)
                return 0
            prepared = prepare(data, round_)
            for one in still_open(data, round_, RoundState.PUBLISHED, real_now()):
                say(render(what_is_open(one, RoundState.PUBLISHED), lang), err=True)
            into = None if out is None else stack.enter_context(handed_out(out, prepared.outputs))
            leader = seat_of(Role.LEADER) if released_by else None
            office = seat_of(Role.OFFICE)
            done = publish(data, round_, prepared, why, office, real_now(), leader=leader, released_by=released_by)
            say(done.publication.told.rstrip("\n"))
            if into is not None:
                (into / TOLD).write_text(done.publication.told, encoding="utf-8")
        if out is not None:
            _say_written(out, len(prepared.outputs) + 1, lang)
        return 0

    return make.command(
        "publish",
        publish,
        data_argument(lang),
        why_option,
        click.Option(["-o", "--output", "out"], type=OutputFolder(lang), metavar="DIR", help=render(_OUT, lang)),
        click.Option(["--released-by"], default="", metavar="NAME", help=render(_RELEASED_BY, lang)),
        number_option,
        about=_ABOUT,
    )


def _again(folder: Path, number: int, out: Path | None, option: click.Option, lang: Language) -> int:
    """Takes out a publication as it was, and says what has come since."""
    with open_round(folder) as data:
        from lawgov_score.rounds.creation import the_round
        from lawgov_score.rounds.published import IS_OLDER, NEW_SINCE, hand_out_again, publication_of
        from lawgov_score.rounds.unpublished import unpublished

        round_ = the_round()
        publication = publication_of(round_, number)
        there = round_.publications.count()
        if publication is None:
            raise click.BadParameter(render(_NO_NUMBER(n=number, there=there), lang), param=option)
        n = 0 if out is None else hand_out_again(data, publication, out)
        say(publication.told.rstrip("\n"))
        if number != there:
            say(render(IS_OLDER(n=number, last=there), lang), err=True)
        if new := unpublished(data, round_):
            say(render(_NEW(since=NEW_SINCE, what=new), lang), err=True)
    if out is not None:
        _say_written(out, n, lang)
    return 0


def _say_written(out: Path, n: int, lang: Language) -> None:
    say(render(_WRITTEN(folder=display_path(out), n=n), lang), err=True)
