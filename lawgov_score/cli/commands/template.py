"""``template``: blank workbooks for units, or for the office itself."""

import dataclasses
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


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_units = click.Option(["--roster"], type=make.path, metavar="ROSTER", help=make.say("template_roster"))
    for_office = click.Option(["--assessor"], is_flag=True, help=make.say("template_assessor"))
    folder = click.Option(
        ["-o", "--out", "out"], type=OutputFolder(lang), required=True, metavar="DIR", help=make.say("out")
    )
    replace = click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite"))

    of_lead = click.Option(["--lead"], metavar="UNIT", help=make.say("template_lead"))
    by_reviewers = click.Option(["--reviewer"], multiple=True, metavar="NAME", help=make.say("template_reviewer"))
    before = click.Option(["--previous"], type=make.path, metavar="DIR", help=make.say("template_previous"))
    sent = click.Argument(["inputs"], type=make.path, nargs=-1, metavar="[INPUT...]")

    def template(
        tree: Path,
        inputs: Sequence[Path],
        weights: Path | None,
        roster: Path | None,
        assessor: bool,
        lead: str | None,
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
        for_the_office = (bool(inputs), lead is not None, bool(reviewer), previous is not None, latest)
        if any(for_the_office) and not assessor:
            raise click.UsageError(render(_FOR_THE_OFFICE, lang))
        with ExitStack() as stack:
            loaded_tree, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if loaded_tree is not None:
                whose = _leading(loaded_tree, lead, of_lead, lang)
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
                        with _of_the_office():
                            written = pipeline.write_assessor_templates(
                                *(loaded_tree, known, out, lang),
                                lead=whose,
                                reviewers=reviewer,
                                inputs=read,
                                overwrite=overwrite,
                            )
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


@contextmanager
def _of_the_office() -> Iterator[None]:
    """O127 for O105: what the office has begun to fill in is gone on with, and need not be made anew."""
    try:
        yield
    except RefusedError as refused:
        raise RefusedError(
            *(dataclasses.replace(one, code=Code.O127) if one.code is Code.O105 else one for one in refused.problems)
        ) from refused


def _leading(tree: "Tree", lead: str | None, option: click.Option, lang: Language) -> str:
    """The leading unit as the tree prints it; '' without one. Raises ``click.BadParameter`` where it leads nothing."""
    from lawgov_score.terminal.duties import led, unit_named, units_named

    if lead is None:
        return ""
    unit = unit_named(tree, lead)
    if unit is None or not led(tree, unit):
        leading = [one for one in units_named(tree) if led(tree, one)]
        raise click.BadParameter(nearest(lead, tuple(leading), lang), param=option)
    return unit
