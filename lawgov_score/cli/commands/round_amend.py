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
from lawgov_score.wording import Language, Text, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.amending import Amendment, Anew, ChangedUnit

_ABOUT = Words(
    "一轮中途修改指标体系或名册，如更正错字、单位合并：先说改了什么、哪些单位要重报，再登记；不写 --why 则只说，不改。"
    "含义没有变的填报照常采用；已经公布的不受影响。",
    "Amend tree or roster within a round, for a misprint or a merged unit: what it means and who must send anew is "
    "told first, then it is done; without --why it is only told. Answers that mean the same are kept, and so is "
    "whatever was published.",
)
_TREE = Words("修改后的指标体系：文件夹或 YAML 文件", "the amended tree: a folder or a YAML file")
_ROSTER = Words("修改后的单位名册", "the amended roster")
_WHY = Words("理由，记入办理记录；不写则只看，不改", "the reason, kept on record; without it nothing is changed")
_NEITHER = Words("要写 --tree 或者 --roster，或者两个都写", "--tree or --roster is needed, or both")
_NOW = Words("本轮现用的体系", "the tree in use")
_NOTHING = Words("与现用的相同，没有要改的。", "It is what is in use: nothing to amend.")
_UNITS = Words("名册的变化：", "Changes of the roster:")
_UNIT = {
    "added": Words("  新增 {code} {name}", "  added: {code} {name}"),
    "back": Words("  恢复 {code} {name}（此前已退出）", "  back again: {code} {name}, which had ended"),
    "ended": Words("  退出 {code} {name}{sent}", "  ended: {code} {name}{sent}"),
    "renamed": Words("  改名 {code}：{old} → {new}", "  renamed: {code}, {old} → {new}"),
    "moved": Words("  换组 {code} {name}：{old} → {new}", "  another cohort: {code} {name}, {old} → {new}"),
    "type": Words("  换类型 {code} {name}：{old} → {new}", "  another type: {code} {name}, {old} → {new}"),
    "year": Words("  换年度 {code} {name}：{old} → {new}", "  another year: {code} {name}, {old} → {new}"),
}
_RENAMED = Words(
    "  改名以前印制的考核办工作簿，写着旧名的行不再采用：重新印制（lawgov-score template … --assessor）再填",
    "  in the office's workbooks that were printed before, rows with the former name are not used: print them anew "
    "(lawgov-score template … --assessor)",
)
_SENT = Words("：第 {n} 次报送不再计算，仍留存", ": its submission {n} no longer counts, and is kept")
_NO_COHORT = Words("（不分组）", "(none)")
_KEPT = Words(
    "{n} 份报送照常采用：填报项没有变，或者只改了文字。",
    "{n} submissions are kept whole: what was asked is the same, or only worded otherwise.",
)
_ANEW = Words("{n} 份报送须重报：", "{n} submissions must be sent anew:")
_ONE = Words("  {code} {name} 第 {n} 次报送：{told:list}", "  {code} {name}, submission {n}: {told:list}")
_PUBLISHED = Words(
    "第 {n} 次公布不变，仍可核验；修改要算数，须重新作终评计算（round run --kind final）并另作公布（round publish）。",
    "Publication {n} stays, and can be verified. For the amendment to count, make another final run (round run --kind "
    "final) and publish it (round publish).",
)
_OBJECTIONS = Words(
    "退出的单位还有异议没有决定，仍须办结，不改分（round decide N … --no-score）：",
    "Objections of units that end are not decided; they still have to be, without a score (round decide N … "
    "--no-score):",
)
_OBJECTION = Words("  {objection}：{code} {name}", "  {objection}: {code} {name}")
_ONLY_SHOWN = Words(
    "以上只供查看，还没有修改。确定要改的，加 --why 写明理由。",
    "Only told; nothing was changed. To do it, give a reason: --why",
)
_DONE = Words("已修改。", "Amended.")
_TOLD = Words(
    "已给 {n} 个单位各发一份通知：用新的填报表（lawgov-score template）补报。",
    "{n} units were given a notice each: they fill in the new workbook (lawgov-score template).",
)
_RUN_AGAIN = Words(
    "此前的计算用的是修改以前的体系和名册；重新计算：lawgov-score round run {folder}",
    "Runs so far used the former tree and roster; run again: lawgov-score round run {folder}",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def amend(folder: Path, tree: Path | None, roster: Path | None, why: str) -> int:
        if tree is None and roster is None:
            raise click.UsageError(render(_NEITHER, lang))
        with open_round(folder) as data:
            from lawgov_score.rounds import amending
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role

            round_ = the_round()
            with reading(lang, 0, None, "") as run:
                meant, problems = amending.look(data, round_, tree, roster, run)
            show_problems(problems, "text", lang, quiet=True)
            if meant is None:
                return 1
            if meant.is_nothing:
                say(render(_NOTHING, lang))
                return int(failed(problems))
            say("\n".join(_meaning(meant, lang)))
            show_problems(meant.uncounted, "text", lang, quiet=True)
            if not why.strip():
                say(render(_ONLY_SHOWN, lang))
                return int(failed((*problems, *meant.uncounted)))
            amending.amend(data, meant, why, seat_of(Role.OFFICE), real_now())
            say(render(_DONE, lang))
            if meant.anew:
                say(render(_TOLD(n=len(meant.anew)), lang))
            if round_.runs.exists():
                say(render(_RUN_AGAIN(folder=display_path(folder)), lang))
        return int(failed((*problems, *meant.uncounted)))

    return make.command(
        "amend",
        amend,
        data_argument(lang),
        click.Option(["--tree"], type=make.path, metavar="TREE", help=render(_TREE, lang)),
        click.Option(["--roster"], type=make.path, metavar="ROSTER", help=render(_ROSTER, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        about=_ABOUT,
    )


def _meaning(meant: "Amendment", lang: Language) -> Iterator[str]:
    """What it means: the tree, the roster, the submissions, what was published."""
    from lawgov_score.rounds.things import numbered
    from lawgov_score.terminal.revision import revision_text

    if meant.revision is not None:
        told = revision_text(meant.revision, lang)
        yield told.replace(meant.old_tree, render(_NOW, lang))
        yield ""
    if meant.units:
        yield render(_UNITS, lang)
        yield from (render(_of_unit(one), lang) for one in meant.units)
        if any(one.change.value == "renamed" for one in meant.units):
            yield render(_RENAMED, lang)
        yield ""
    if meant.kept:
        yield render(_KEPT(n=meant.kept), lang)
    if meant.anew:
        yield render(_ANEW(n=len(meant.anew)), lang)
        yield from (render(_of_submission(one), lang) for one in meant.anew)
    if meant.objections:
        yield render(_OBJECTIONS, lang)
        yield from (
            render(_OBJECTION(objection=numbered("objection", one.n), code=one.unit.code, name=one.unit.name), lang)
            for one in meant.objections
        )
    if meant.published is not None:
        yield render(_PUBLISHED(n=meant.published), lang)


def _of_unit(one: "ChangedUnit") -> Text:
    sent = "" if one.sent is None else _SENT(n=one.sent.n)
    sides = {"old": one.old or _NO_COHORT, "new": one.new or _NO_COHORT}
    return _UNIT[one.change.value](code=one.code, name=one.name, sent=sent, **sides)


def _of_submission(one: "Anew") -> Text:
    unit = one.submission.unit
    return _ONE(code=unit.code, name=unit.name, n=one.submission.n, told=one.told)
