"""``demo``: scores the published reports and a made-up round, to look at and to practise on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.pipeline import Example

_PROBLEMS = 1  # exit code of `score` where inputs have faults; the made-up round has some on purpose

_FIRST = Words(
    "先打开这几个文件：\n"
    "  {round}/scorecard.xlsx\n"
    "      虚构的一轮考核：24 个单位的排名、得分和问题（上面列出的错误是有意安排的）\n"
    "  {round}/cards/BS-01.xlsx\n"
    "      一个单位的评分卡：每一分扣在哪里、为什么\n"
    "  {round}/pages/office/index.html\n"
    "      同样的结果，用浏览器看\n"
    "  {reports}/scorecard.xlsx\n"
    "      五份公开报告的算例（不是官方考核结果）\n"
    "报来的填报表在 submissions 文件夹里，可以改了再算：命令就是上面以 $ 开头的两行。\n"
    "自己组织一轮考核：lawgov-score start 文件夹",
    "Open these first:\n"
    "  {round}/scorecard.xlsx\n"
    "      a made-up round: ranking, scores and problems of 24 units (the errors listed above are there on purpose)\n"
    "  {round}/cards/BS-01.xlsx\n"
    "      the card of one unit: where each point went, and why\n"
    "  {round}/pages/office/index.html\n"
    "      the same results, for a browser\n"
    "  {reports}/scorecard.xlsx\n"
    "      figures of five published reports (no official scores)\n"
    "What units sent is in the folders called submissions: change one and score again with the commands above, the "
    "lines that begin with $.\n"
    "A round of your own: lawgov-score start DIR",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    folder = click.Argument(["folder"], type=OutputFolder(lang), default="out", metavar="[DIR]")
    replace = click.Option(["--overwrite"], is_flag=True, help=make.say("demo_overwrite"))

    def demo(folder: Path, overwrite: bool) -> int:
        from lawgov_score import pipeline

        reports, a_round = examples = pipeline.write_examples(folder, overwrite=overwrite)
        for example in examples:
            code = _score(example, lang, overwrite=overwrite)
            if code and not (example.is_whole_round and code == _PROBLEMS):
                return code
        say("\n" + render(_FIRST(round=display_path(a_round.folder), reports=display_path(reports.folder)), lang))
        return 0

    return make.command("demo", demo, folder, replace)


def _score(example: "Example", lang: Language, *, overwrite: bool) -> int:
    """Runs ``score`` as if it had been typed, and shows what was typed; gives its exit code."""
    from lawgov_score.cli import run
    from lawgov_score.cli.commands import build

    typed = ["score", *_arguments(example), *(["--overwrite"] if overwrite else [])]
    say("$ lawgov-score " + " ".join(f'"{word}"' if " " in word else word for word in typed))
    return run(build(lang), typed, lang)


def _arguments(example: "Example") -> list[str]:
    from lawgov_score.carried import carried_trees, tree_at
    from lawgov_score.pipeline.demo import TREE

    carried = carried_trees()[TREE]
    is_found = tree_at(Path(TREE)) == carried  # no: something of that name lies in this folder
    arguments: list[str | Path] = [TREE if is_found else carried, example.sent, "--roster", example.roster]
    arguments += ["-o", example.folder / "scorecard.xlsx", "--cards", example.folder / "cards", "--csv", example.folder]
    if example.is_whole_round:
        arguments += ["--notice", example.notice, "--html", example.folder / "pages"]
    for option, folder in (("--assessor", example.office), ("--previous", example.previous)):
        arguments += [option, folder] if folder.is_dir() else []
    return [one.as_posix() if isinstance(one, Path) else one for one in arguments]
