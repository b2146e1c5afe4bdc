"""Every command: its options, the pipeline call behind it, and what goes to stdout."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lawgov_score import __version__
from lawgov_score.cli.help import in_language
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.showing import failed, nearest, show_problems, show_problems_of
from lawgov_score.cli.streams import OutputFolder, given, maybe, once, to_stdout_as
from lawgov_score.cli.texts import HELP
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.pipeline import Assessment

_WROTE = Words("已写入 {path}", "Wrote {path}")
_WROTE_MANY = Words("已写入 {n} 份，在 {path}", "Wrote {n} files in {path}")
_AGREES = Words(
    "核验一致：{cells} 个单元格、{files} 个输入文件，与重新计算的结果完全相同。",
    "Verified: {cells} cells and {files} inputs agree with what was recomputed.",
)
_PATH = click.Path(path_type=Path)
_READ = frozenset({"scorecard", "tree", "inputs", "weights", "roster"})  # arguments that may be standard input


def build(lang: Language) -> click.Group:
    """The command group, worded in ``lang``."""
    command_class, group_class = in_language(lang)

    def say(key: str) -> str:
        return render(HELP[key], lang)

    group = group_class("lawgov-score", help=say("group"))
    group.params.append(
        click.Option(
            ["--version"], is_flag=True, is_eager=True, expose_value=False, help=say("version"), callback=_version
        )
    )
    group.params.append(_language(say))

    def command(name: str, run: Callable[..., int], *parameters: click.Parameter) -> None:
        def checked(**arguments: object) -> int:
            once({key: value for key, value in arguments.items() if key in _READ}, lang)
            return run(**arguments)

        group.add_command(command_class(name, callback=checked, params=[*parameters, _language(say)], help=say(name)))

    tree = click.Argument(["tree"], type=_PATH, metavar="TREE")
    inputs = click.Argument(["inputs"], type=_PATH, nargs=-1, required=True, metavar="INPUT...")
    roster = click.Option(["--roster"], type=_PATH, metavar="ROSTER", help=say("roster"))
    weights = click.Option(["--weights"], type=_PATH, metavar="FILE", help=say("weights"))
    assessor = click.Option(["--assessor"], type=_PATH, multiple=True, metavar="DIR", help=say("assessor"))
    previous = click.Option(["--previous"], type=_PATH, metavar="DIR", help=say("previous"))

    output_folder = OutputFolder(lang)

    def formats(*names: str) -> click.Option:
        return click.Option(["--format", "form"], type=click.Choice(names), default="text", help=say("format"))

    def lint(tree: Path, weights: Path | None, form: str) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            _, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack), False)
            return show_problems(problems, form, lang, to_stdout=True)

    command("lint", lint, tree, weights, formats("text", "json", "github"))

    def show(tree: Path, weights: Path | None, form: str, lead: str | None, standards: bool) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.duties import duties_json, duties_text, unit_named, units_named
        from lawgov_score.terminal.show import show_json, show_text
        from lawgov_score.terminal.standards import standards_text

        with ExitStack() as stack:
            found, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if found is not None and lead is not None:
                unit = unit_named(found, lead)
                if unit is None:
                    raise click.BadParameter(nearest(lead, units_named(found), lang), param=_lead)
                click.echo(duties_json(found, unit, lang) if form == "json" else duties_text(found, unit, lang))
            elif found is not None:
                click.echo(show_json(found) if form == "json" else show_text(found, lang))
                if standards and form != "json":
                    click.echo(standards_text(found, lang))
            return show_problems(problems, "text", lang, quiet=True)

    _lead = click.Option(["--lead"], metavar="UNIT", help=say("lead"))
    in_full = click.Option(["--standards"], is_flag=True, help=say("standards"))
    command("show", show, tree, weights, formats("text", "json"), _lead, in_full)

    def template(
        tree: Path, weights: Path | None, roster: Path | None, assessor: bool, out: Path, overwrite: bool
    ) -> int:
        from lawgov_score import pipeline

        if roster is None and not assessor:
            raise click.MissingParameter(param=_roster)
        with ExitStack() as stack:
            found, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if found is not None:
                units, more = pipeline.load_roster(maybe(roster, ".csv", stack), found)
                problems += more
                if not failed(more):
                    read = pipeline.files_read(found, tree, weights, roster)
                    if assessor:
                        written = pipeline.write_assessor_templates(
                            found, units, out, lang, inputs=read, overwrite=overwrite
                        )
                    else:
                        written = pipeline.write_templates(
                            found, units or (), out, lang, Watch(lang), inputs=read, overwrite=overwrite
                        )
                    click.echo(render(_WROTE_MANY(n=len(written), path=str(out)), lang), err=True)
            return show_problems(problems, "text", lang, quiet=True)

    _roster = click.Option(["--roster"], type=_PATH, metavar="ROSTER", help=say("template_roster"))
    for_office = click.Option(["--assessor"], is_flag=True, help=say("template_assessor"))
    folder = click.Option(["-o", "--out", "out"], type=output_folder, required=True, metavar="DIR", help=say("out"))
    replace = click.Option(["--overwrite"], is_flag=True, help=say("overwrite"))
    command("template", template, tree, weights, _roster, for_office, folder, replace)

    def check(
        tree: Path,
        inputs: Sequence[Path],
        weights: Path | None,
        roster: Path | None,
        assessor: Sequence[Path],
        form: str,
    ) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            found, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if found is not None:
                units, more = pipeline.load_roster(maybe(roster, ".csv", stack), found)
                problems += more
                if not failed(more):
                    taken = pipeline.check(found, [given(path, ".csv", stack) for path in inputs], units)
                    _, doubts = pipeline.check_review(found, assessor, units, taken.submissions)
                    problems += (*taken.problems, *doubts)
            return show_problems(problems, form, lang, to_stdout=True)

    command("check", check, tree, inputs, weights, roster, assessor, formats("text", "json"))

    def assessed(
        stack: ExitStack,
        tree: Path,
        inputs: Sequence[Path],
        weights: Path | None,
        roster: Path | None,
        assessor: Sequence[Path],
        previous: Path | None,
    ) -> "Assessment":
        from lawgov_score import pipeline

        return pipeline.assess(
            given(tree, ".yaml", stack),
            [given(path, ".csv", stack) for path in inputs],
            maybe(roster, ".csv", stack),
            weights=maybe(weights, ".yaml", stack),
            assessor=assessor,
            previous=previous,
        )

    # What click hands over as `files` are the parameters of `assessed`, by name.
    def score(out: Path | None, cards: Path | None, csv: Path | None, **files: Any) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.ranking import ranking_text

        with ExitStack() as stack:
            done = assessed(stack, **files)
            if done.scores is not None:
                pipeline.keep_what_was_read(done, out, cards, csv)
                if csv is not None:
                    pipeline.write_tables(done, csv, lang)
                    click.echo(render(_WROTE(path=str(csv)), lang), err=True)
                if cards is not None:
                    pipeline.write_cards(done, cards, lang, Watch(lang))
                    click.echo(render(_WROTE(path=str(cards)), lang), err=True)
                if out is not None and str(out) == "-":
                    to_stdout_as(lambda path: pipeline.write_scorecard(done, path, lang), stack)
                elif out is not None:
                    pipeline.write_scorecard(done, out, lang)
                    click.echo(render(_WROTE(path=str(out)), lang), err=True)
                if str(out) != "-":
                    click.echo(ranking_text(done.scores, lang))
            return show_problems(done.problems, "text", lang, quiet=True)

    outputs = (
        click.Option(["-o", "--out", "out"], type=_PATH, metavar="SCORECARD.xlsx", help=say("scorecard")),
        click.Option(["--cards"], type=output_folder, metavar="DIR", help=say("cards")),
        click.Option(["--csv"], type=output_folder, metavar="DIR", help=say("csv")),
    )
    command("score", score, tree, inputs, weights, roster, assessor, previous, *outputs)

    def verify(scorecard: Path, **files: Any) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            published = given(scorecard, ".xlsx", stack)
            done = pipeline.verify(published, lambda: assessed(stack, **files))
            if done.problems:
                show_problems(done.problems, "text", lang, to_stdout=True)
                return 1
            click.echo(render(_AGREES(cells=done.cells, files=done.files), lang))
            return 0

    scorecard = click.Argument(["scorecard"], type=_PATH, metavar="SCORECARD.xlsx")
    command("verify", verify, scorecard, tree, inputs, weights, roster, assessor, previous)

    def explain(unit: str, indicator: str | None, **files: Any) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.explain import explain_text

        with ExitStack() as stack:
            done = assessed(stack, **files)
            if done.tree is None or done.scores is None:
                return show_problems(done.problems, "text", lang, quiet=True)
            node = done.tree.by_code.get(indicator) if indicator is not None else None
            if indicator is not None and node is None and indicator != done.tree.code:
                raise click.BadParameter(nearest(indicator, list(done.tree.by_code), lang), param=_indicator)
            row = next((i for i, known in enumerate(done.scores.units) if known.code == unit), None)
            if row is None:
                raise click.BadParameter(nearest(unit, [u.code for u in done.scores.units], lang), param=_unit)
            click.echo(explain_text(done.scores, row, node, lang))
            return show_problems_of(done.problems, pipeline.problems_of(done, unit), lang)

    _unit = click.Option(["--unit"], required=True, metavar="CODE", help=say("unit"))
    _indicator = click.Option(["--indicator"], metavar="CODE", help=say("indicator"))
    command("explain", explain, tree, inputs, weights, roster, assessor, previous, _unit, _indicator)

    def problem(code: str) -> int:
        from lawgov_score.catalogue import Code
        from lawgov_score.terminal.problem import problem_help

        if code.upper() not in Code.__members__:
            raise click.BadParameter(nearest(code, list(Code.__members__), lang), param=_code)
        click.echo(problem_help(Code(code.upper()), lang))
        return 0

    _code = click.Argument(["code"], metavar="CODE")
    command("problem", problem, _code)
    return group


def _language(say: Callable[[str], str]) -> click.Option:
    """``--lang`` is read before anything else (``cli.language``); here it is only declared and checked."""
    return click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, help=say("lang"))


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"lawgov-score {__version__}")
        ctx.exit()
