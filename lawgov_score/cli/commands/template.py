"""``template``: blank workbooks for units, or for the office itself."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lawgov_score.catalogue import Code
from lawgov_score.cli.assessed import reading
from lawgov_score.cli.options import Maker
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed, nearest, show_problems
from lawgov_score.cli.streams import OutputFolder, given, maybe
from lawgov_score.problems import RefusedError, display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.model import Tree

_WROTE = Words("已写入 {n} 份，在 {path}", "Wrote {n} files in {path}")

_FOR_THE_OFFICE = Words(
    "INPUT、--lead、--reviewer、--previous、--latest 只用于考核机关自用的工作簿，请加 --assessor",
    "INPUT, --lead, --reviewer, --previous and --latest are for the office's own workbooks: add --assessor",
)

_NO_NAME = Words(
    "应为评审人的姓名，不能空着，也不能是日期、表头这样的文字：“{found:list}”",
    "The name of a reviewer is wanted, not a blank, a date or a heading: “{found:list}”",
)
_LEADS_NOTHING = Words(
    "没有写入：{leads:list} 牵头的指标里，没有由评审打分、可以不适用或由考核机关填报的，不需要考核机关的工作簿",
    "Nothing was written: none of the indicators led by {leads:list} is judged, may not apply, or is filled in by the "
    "office, so that no workbook of the office is needed",
)
_NO_MARKS = Words(
    "没有写入：所选的指标里没有由评审打分的，不需要评审打分表",
    "Nothing was written: none of the indicators chosen is judged, so that no workbook of marks is needed",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_units = click.Option(["--roster"], type=make.path, metavar="ROSTER", help=make.say("template_roster"))
    for_office = click.Option(["--assessor"], is_flag=True, help=make.say("template_assessor"))
    folder = click.Option(
        ["-o", "--out", "out"], type=OutputFolder(lang), required=True, metavar="DIR", help=make.say("out")
    )
    replace = click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite"))

    of_lead = click.Option(["--lead"], multiple=True, metavar="UNIT", help=make.say("template_lead"))
    by_reviewers = click.Option(["--reviewer"], multiple=True, metavar="NAME", help=make.say("template_reviewer"))
    before = click.Option(["--previous"], type=make.path, metavar="DIR", help=make.say("template_previous"))
    sent = click.Argument(["inputs"], type=make.path, nargs=-1, metavar="[INPUT...]")

    def template(
        tree: Path,
        inputs: Sequence[Path],
        weights: Path | None,
        roster: Path | None,
        assessor: bool,
        lead: Sequence[str],
        reviewer: Sequence[str],
        previous: Path | None,
        latest: bool,
        out: Path,
        overwrite: bool,
        **means: Any,
    ) -> int:
        from lawgov_score import pipeline

        if roster is None and not assessor:
            raise click.MissingParameter(param=of_units)
        for_the_office = (bool(inputs), bool(lead), bool(reviewer), previous is not None, latest)
        if any(for_the_office) and not assessor:
            raise click.UsageError(render(_FOR_THE_OFFICE, lang))
        check_names(reviewer, by_reviewers, lang)
        with ExitStack() as stack:
            loaded_tree, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if loaded_tree is not None:
                leads = tuple(leading(loaded_tree, one, of_lead, lang) for one in lead)
                units, more = pipeline.load_roster(maybe(roster, ".csv", stack), loaded_tree)
                problems += more
                if not failed(more):
                    files = [given(path, ".csv", stack) for path in inputs]
                    read = pipeline.files_read(loaded_tree, roster, files, previous)
                    if assessor:
                        run = stack.enter_context(reading(lang, **means))
                        known = pipeline.read_for_office(
                            loaded_tree, files, units, previous=previous, run=run, latest=latest
                        )
                        problems += known.problems
                        with of_the_office():
                            written = pipeline.write_assessor_templates(
                                *(loaded_tree, known, out, lang),
                                leads=leads,
                                reviewers=reviewer,
                                inputs=read,
                                overwrite=overwrite,
                            )
                        if not written:
                            raise nothing_needed(leads, reviewer, lang)
                    else:
                        written = pipeline.write_templates(
                            loaded_tree, units or (), out, lang, Watch(lang), inputs=read, overwrite=overwrite
                        )
                    say(render(_WROTE(n=len(written), path=display_path(out)), lang), err=True)
            return show_problems(problems, "text", lang, quiet=True)

    of_office = (for_office, of_lead, by_reviewers, before, make.latest)
    return make.command(
        "template", template, make.tree, sent, make.weights, of_units, *of_office, folder, replace, *make.means
    )


def check_names(reviewers: Sequence[str], option: click.Option, lang: Language) -> None:
    """Raises ``click.BadParameter`` for what is no name of a person."""
    from lawgov_score import pipeline

    if unread := [name for name in reviewers if not pipeline.is_name(name)]:
        raise click.BadParameter(render(_NO_NAME(found=tuple(unread)), lang), param=option)


def nothing_needed(leads: Sequence[str], reviewers: Sequence[str], lang: Language) -> click.UsageError:
    """Why no workbook of the office was written."""
    words = _NO_MARKS if reviewers else _LEADS_NOTHING
    return click.UsageError(render(words(leads=tuple(leads)), lang))


@contextmanager
def of_the_office() -> Iterator[None]:
    """O127 for O105: what the office has begun to fill in is gone on with, and need not be made anew."""
    from lawgov_score.files import not_replaced

    try:
        yield
    except RefusedError as refused:
        raise not_replaced(refused, Code.O127) from refused


def leading(tree: "Tree", lead: str, option: click.Option, lang: Language) -> str:
    """The leading unit as the tree prints it. Raises ``click.BadParameter`` where it leads nothing."""
    from lawgov_score.terminal.duties import led, unit_named, units_named

    unit = unit_named(tree, lead)
    if unit is None or not led(tree, unit):
        leading = [one for one in units_named(tree) if led(tree, one)]
        raise click.BadParameter(nearest(lead, tuple(leading), lang), param=option)
    return unit
