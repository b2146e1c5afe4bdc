"""``new``: a tree's folder as the one of the next edition."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import OutputFolder, given
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_WROTE = Words(
    "已写成 {folder}：版本 {before} → {edition}，考核年度 {was} → {year}，其余照抄。",
    "Wrote {folder}: edition {before} → {edition}, assessed year {was} → {year}; all else is as it was.",
)
_LEFT = Words(
    "同一文件夹中指标体系不用的文件没有复制：{names:list}",
    "Files beside the tree that it does not read were not copied: {names:list}",
)
_UNLINKED = Words(
    "{names:list} 的首行是给编辑器的（# yaml-language-server: …），从新文件夹找不到它指的格式文件，已删去这一行；"
    "要用的，先运行 lawgov-score schema，见 docs/editing.md",
    "The line for editors (# yaml-language-server: …) of {names:list} led to no file from the new folder and was left "
    "out; to have it again see lawgov-score schema and docs/editing.md",
)
_NEXT = Words(
    "改好以后：lawgov-score lint {folder}；lawgov-score diff {of} {folder}",
    "Once it is edited: lawgov-score lint {folder}; lawgov-score diff {of} {folder}",
)
_BLANK = Words("版本不能是空的，也不能分行", "an edition is not empty, and is one line")
_NO_YEAR = Words(
    "从版本“{edition}”看不出考核年度，请另写，如 --year 2026",
    "the edition {edition} is no year: say which is assessed, such as --year 2026",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_edition = click.Option(["--edition"], required=True, metavar="EDITION", help=make.say("new_edition"))
    of_year = click.Option(
        ["--year"], type=click.IntRange(1900, 2999), default=None, metavar="YEAR", help=make.say("new_year")
    )

    def new(folder: Path, of: Path, edition: str, year: int | None) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.next_edition import year_bound_text
        from lawgov_score.tree.next_edition import year_of

        edition = edition.strip()
        if not edition or not edition.isprintable():
            raise click.BadParameter(render(_BLANK, lang), param=of_edition)
        assessed = year if year is not None else year_of(edition)
        if assessed is None:
            raise click.BadParameter(render(_NO_YEAR(edition=edition), lang), param=of_year)
        with ExitStack() as stack:
            made, problems = pipeline.write_next_edition(folder, given(of, ".yaml", stack), edition, assessed)
        if made is not None:
            shown = display_path(folder)
            figures = {"before": made.edition, "edition": edition, "was": str(made.year), "year": str(assessed)}
            say(render(_WROTE(folder=shown, **figures), lang))
            say(year_bound_text(made.year_bound, lang))
            for words, names in ((_LEFT, made.left), (_UNLINKED, made.unlinked)):
                if names:
                    say(render(words(names=names), lang), err=True)
            say(render(_NEXT(folder=shown, of=display_path(of)), lang))
        return show_problems(problems, "text", lang, quiet=True)

    return make.command(
        "new",
        new,
        click.Argument(["folder"], type=OutputFolder(lang), metavar="DIR"),
        click.Option(["--from", "of"], type=make.path, required=True, metavar="TREE", help=make.say("new_from")),
        of_edition,
        of_year,
    )
