"""``round amend``: another tree or roster within a round, with what it means first."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.assessed import reading
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed, show_problems
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.amending import Amendment

_ABOUT = Words(
    "一轮中途修改指标体系、名册或告知事项，如更正错字、单位合并、换联系电话：先说改了什么、哪些单位要重报，再登记；"
    "不写 --why 则只说，不改。含义没有变的填报照常采用；已经公布的不受影响。",
    "Amend tree, roster or notice within a round, for a misprint, a merged unit, another telephone: what it means and "
    "who must send anew is "
    "told first, then it is done; without --why it is only told. Answers that mean the same are kept, and so is "
    "whatever was published.",
)
_TREE = Words("修改后的指标体系：文件夹或 YAML 文件", "the amended tree: a folder or a YAML file")
_ROSTER = Words("修改后的单位名册", "the amended roster")
_WHY = Words("理由，记入办理记录；不写则只看，不改", "the reason, kept on record; without it nothing is changed")
_NOTICE = Words(
    "修改后的告知事项 notice.yaml：异议向谁提、怎么提；结果通知日期和异议期限按轮次的",
    "the amended notice (notice.yaml): whom to ask, how to object; its dates are the round's own",
)
_NEITHER = Words("要写 --tree、--roster、--notice 中至少一个", "one of --tree, --roster and --notice is needed")
_NEW_NOTICE = Words(
    "告知事项：换成 {path}。以后计算、印制的评分卡、网页和退回副本用它；已经发出的不变。",
    "The notice: {path}. Cards, pages and marked copies that are made from now on have it; what was sent out stays.",
)
_NOW = Words("本轮现用的体系", "the tree in use")
_PRINT_ANEW = Words(
    "  {said}（lawgov-score round template … --assessor）", "  {said} (lawgov-score round template … --assessor)"
)
_PUBLISHED = Words(
    "{said}（round run --kind final，再 round publish）。", "{said} (round run --kind final, round publish)."
)
_OBJECTIONS = Words("{said}（round decide N … --no-score）：", "{said} (round decide N … --no-score):")
_INDENTED = Words("  {said}", "  {said}")
_ONLY_SHOWN = Words(
    "以上只供查看，还没有修改。确定要改的，加 --why 写明理由。",
    "Only told; nothing was changed. To do it, give a reason: --why",
)
_DONE = Words("已修改。", "Amended.")
_PRINT = Words("，印制用 lawgov-score round template", " (lawgov-score round template)")
_RUN_AGAIN = Words("{said}：lawgov-score round run {folder}", "{said}: lawgov-score round run {folder}")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def amend(folder: Path, tree: Path | None, roster: Path | None, notice: Path | None, why: str) -> int:
        if tree is None and roster is None and notice is None:
            raise click.UsageError(render(_NEITHER, lang))
        with open_round(folder) as data:
            from lawgov_score.rounds import amending
            from lawgov_score.rounds import wording_of_amending as words
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role

            round_ = the_round()
            with reading(lang, 0, None, "") as run:
                meant, problems = amending.look(data, round_, tree, roster, run, notice)
            show_problems(problems, "text", lang, quiet=True)
            if meant is None:
                return 1
            if meant.is_nothing:
                say(render(words.NOTHING, lang))
                return int(failed(problems))
            say("\n".join(_meaning(meant, lang)))
            show_problems(meant.uncounted, "text", lang, quiet=True)
            if notice is not None and meant.notice_file is not None:
                say(render(_NEW_NOTICE(path=display_path(notice)), lang))
            if not why.strip():
                say(render(_ONLY_SHOWN, lang))
                return int(failed((*problems, *meant.uncounted)))
            amending.amend(data, meant, why, seat_of(Role.OFFICE), real_now())
            say(render(_DONE, lang))
            if meant.anew:
                say(render(words.TOLD(n=len(meant.anew), how=_PRINT), lang))
            if round_.runs.exists():
                say(render(_RUN_AGAIN(said=words.RUN_AGAIN, folder=display_path(folder)), lang))
        return int(failed((*problems, *meant.uncounted)))

    return make.command(
        "amend",
        amend,
        data_argument(lang),
        click.Option(["--tree"], type=make.path, metavar="TREE", help=render(_TREE, lang)),
        click.Option(["--roster"], type=make.path, metavar="ROSTER", help=render(_ROSTER, lang)),
        click.Option(["--notice"], type=make.path, metavar="FILE", help=render(_NOTICE, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        about=_ABOUT,
    )


def _meaning(meant: "Amendment", lang: Language) -> Iterator[str]:
    """What it means: the tree, the roster, the submissions, what was published."""
    from lawgov_score.rounds import wording_of_amending as words
    from lawgov_score.terminal.revision import revision_text

    if meant.revision is not None:
        told = revision_text(meant.revision, lang)
        yield told.replace(meant.old_tree, render(_NOW, lang))
        yield ""
    if meant.units:
        yield render(words.UNITS, lang)
        yield from (render(_INDENTED(said=words.of_unit(one)), lang) for one in meant.units)
        if words.is_any_renamed(meant):
            yield render(_PRINT_ANEW(said=words.RENAMED), lang)
        yield ""
    if meant.kept:
        yield render(words.KEPT(n=meant.kept), lang)
    if meant.anew:
        yield render(words.ANEW(n=len(meant.anew)), lang)
        yield from (render(_INDENTED(said=words.of_submission(one)), lang) for one in meant.anew)
    if meant.objections:
        yield render(_OBJECTIONS(said=words.OBJECTIONS), lang)
        yield from (render(_INDENTED(said=words.of_objection(one)), lang) for one in meant.objections)
    if meant.published is not None:
        yield render(_PUBLISHED(said=words.PUBLISHED(n=meant.published)), lang)
