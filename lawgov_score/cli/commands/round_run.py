"""``round run``: computes a round as it is now, and keeps the run."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.running import ChangedInput, Ran

_ABOUT = Words(
    "按现在的材料计算得分、位次和等次，结果留存；与上一次同类计算相比有什么变化，一并列出。",
    "Compute scores, places and grades from what is there now, and keep the results; what changed since the last run "
    "of its kind is told.",
)
_KIND = Words(
    "计算的种类：trial 试算（不写则为试算）、first 初评、final 终评；公布用最近一次终评",
    "what the run is for: trial (by default), first, or final; the newest final one is published",
)
_RAN = Words(
    "第 {n} 次计算（{kind}），材料指纹 {inputs}，结果指纹 {outputs}",
    "Run {n} ({kind}); fingerprint of what was read {inputs}, of the results {outputs}",
)
_SAME = Words(
    "材料与第 {n} 次计算完全相同，结果也相同", "What was read is the same as in run {n}, and so are the results"
)
_FILES = Words("与第 {n} 次计算相比，材料有变化：{files:list}", "Other files than in run {n}: {files:list}")
_NEW, _GONE = Words("{name}（新增）", "{name} (new)"), Words("{name}（不再有）", "{name} (gone)")
_MORE = Words("另有 {n} 个", "{n} others")
_MOST = 10  # files, and lines of the ranking in each cohort
_REST = Words("……另有 {n} 行，全表见 ranking.csv", "… and {n} lines; ranking.csv has them all")
_NO_SCORES = Words("没有可以计算的材料，没有留存结果。", "Nothing could be scored, and nothing was kept.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def run(folder: Path, kind: str) -> int:
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role, RunKind, named
            from lawgov_score.rounds.running import make_run

            wanted = named(kind, RunKind)
            assert wanted is not None  # click has looked
            ran = make_run(data, the_round(), wanted, seat_of(Role.OFFICE), real_now(), lang)
        if ran.run is None:
            say(render(_NO_SCORES, lang), err=True)
        else:
            say("\n\n".join(_told(ran, lang)))
        for text in (ran.computed.open_told, ran.computed.problems_told):
            if text:
                say(render(text, lang), err=True)
        unseated = show_problems(ran.problems, "text", lang, quiet=True)
        return unseated or int(any(one["severity"] == "error" for one in ran.computed.problems))

    kinds = click.Choice(["trial", "first", "final", "试算", "初评", "终评"])
    option = click.Option(["--kind"], type=kinds, default="trial", metavar="KIND", help=render(_KIND, lang))
    return make.command("run", run, data_argument(lang), option, about=_ABOUT)


def _told(ran: "Ran", lang: Language) -> list[str]:
    """The head of the ranking, what changed, and by which fingerprints it is known."""
    from lawgov_score.rounds.names import RunKind, name_of

    run, before = ran.run, ran.before
    assert run is not None
    parts = ["\n".join(_head(block, lang)) for block in ran.computed.ranking.split("\n\n")]
    if before is not None and before.manifest_id == run.manifest_id and before.outputs_id == run.outputs_id:
        parts.append(render(_SAME(n=before.n), lang))
    elif before is not None:
        if ran.inputs:
            parts.append(render(_FILES(n=before.n, files=_files(ran.inputs)), lang))
        if ran.computed.changes_told:
            parts.append(ran.computed.changes_told)
    figures = {"inputs": run.manifest.sha256[:12], "outputs": run.outputs.sha256[:12]}
    parts.append(render(_RAN(n=run.n, kind=name_of(RunKind(run.kind)), **figures), lang))
    return parts


def _head(block: str, lang: Language) -> list[str]:
    """The first lines of a cohort's ranking, below its name and headings."""
    lines = block.splitlines()
    shown = lines[: _MOST + 2]
    return [*shown, render(_REST(n=len(lines) - len(shown)), lang)] if len(lines) > len(shown) else shown


def _files(inputs: "tuple[ChangedInput, ...]") -> tuple[object, ...]:
    shown = tuple(
        _NEW(name=one.name) if one.is_new else _GONE(name=one.name) if one.is_gone else one.name
        for one in inputs[:_MOST]
    )
    return (*shown, _MORE(n=len(inputs) - _MOST)) if len(inputs) > _MOST else shown
