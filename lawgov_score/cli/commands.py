"""Every command: its options, the pipeline call behind it, and what goes to stdout."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lawgov_score import __version__
from lawgov_score.cli.help import in_language
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.texts import HELP
from lawgov_score.report import problems_github, problems_json, problems_text, render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.problems import Problem

_CLEAN = Words("没有发现问题。", "No problems found.")
_WROTE = Words("已写入 {path}", "Wrote {path}")
_WROTE_MANY = Words("已写入 {n} 份，在 {path}", "Wrote {n} files in {path}")
_PATH = click.Path(path_type=Path)


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
        group.add_command(command_class(name, callback=run, params=[*parameters, _language(say)], help=say(name)))

    tree = click.Argument(["tree"], type=_PATH, metavar="TREE")
    inputs = click.Argument(["inputs"], type=_PATH, nargs=-1, required=True, metavar="INPUT...")
    roster = click.Option(["--roster"], type=_PATH, metavar="ROSTER", help=say("roster"))

    def formats(*names: str) -> click.Option:
        return click.Option(["--format", "form"], type=click.Choice(names), default="text", help=say("format"))

    def lint(tree: Path, form: str) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            _, problems = pipeline.load_tree(_given(tree, ".yaml", stack))
            return _show(problems, form, lang, to_stdout=True)

    command("lint", lint, tree, formats("text", "json", "github"))

    def show(tree: Path, form: str, lead: str | None) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.duties import duties_json, duties_text, unit_named, units_named
        from lawgov_score.terminal.show import show_json, show_text

        with ExitStack() as stack:
            found, problems = pipeline.load_tree(_given(tree, ".yaml", stack))
            if found is not None and lead is not None:
                unit = unit_named(found, lead)
                if unit is None:
                    raise click.BadParameter(_nearest(lead, units_named(found), lang), param=_lead)
                click.echo(duties_json(found, unit, lang) if form == "json" else duties_text(found, unit, lang))
            elif found is not None:
                click.echo(show_json(found) if form == "json" else show_text(found, lang))
            return _show(problems, "text", lang, quiet=True)

    _lead = click.Option(["--lead"], metavar="UNIT", help=say("lead"))
    command("show", show, tree, formats("text", "json"), _lead)

    def template(tree: Path, roster: Path, out: Path) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            found, problems = pipeline.load_tree(_given(tree, ".yaml", stack))
            if found is not None:
                units, more = pipeline.load_roster(_given(roster, ".csv", stack), found)
                problems += more
                if units is not None and not _failed(more):
                    written = pipeline.write_templates(found, units, out, lang, Watch(lang))
                    click.echo(render(_WROTE_MANY(n=len(written), path=str(out)), lang), err=True)
            return _show(problems, "text", lang, quiet=True)

    needed_roster = click.Option(["--roster"], type=_PATH, required=True, metavar="ROSTER", help=say("roster"))
    folder = click.Option(["-o", "--out", "out"], type=_PATH, required=True, metavar="DIR", help=say("out"))
    command("template", template, tree, needed_roster, folder)

    def check(tree: Path, inputs: Sequence[Path], roster: Path | None, form: str) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            found, problems = pipeline.load_tree(_given(tree, ".yaml", stack))
            if found is not None:
                units, more = pipeline.load_roster(_given(roster, ".csv", stack) if roster else None, found)
                problems += more
                if not _failed(more):
                    taken = pipeline.check(found, [_given(path, ".csv", stack) for path in inputs], units)
                    problems += taken.problems
            return _show(problems, form, lang, to_stdout=True)

    command("check", check, tree, inputs, roster, formats("text", "json"))

    def score(
        tree: Path, inputs: Sequence[Path], roster: Path | None, out: Path | None, cards: Path | None, csv: Path | None
    ) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.ranking import ranking_text

        with ExitStack() as stack:
            paths = [_given(path, ".csv", stack) for path in inputs]
            names = _given(roster, ".csv", stack) if roster else None
            done = pipeline.assess(_given(tree, ".yaml", stack), paths, names)
            if done.scores is not None:
                if csv is not None:
                    pipeline.write_tables(done, csv, lang)
                    click.echo(render(_WROTE(path=str(csv)), lang), err=True)
                if cards is not None:
                    pipeline.write_cards(done, cards, lang, Watch(lang))
                    click.echo(render(_WROTE(path=str(cards)), lang), err=True)
                if out is not None and str(out) == "-":
                    _to_stdout(lambda path: pipeline.write_scorecard(done, path, lang), stack)
                elif out is not None:
                    pipeline.write_scorecard(done, out, lang)
                    click.echo(render(_WROTE(path=str(out)), lang), err=True)
                if str(out) != "-":
                    click.echo(ranking_text(done.scores, lang))
            return _show(done.problems, "text", lang, quiet=True)

    outputs = (
        click.Option(["-o", "--out", "out"], type=_PATH, metavar="SCORECARD.xlsx", help=say("scorecard")),
        click.Option(["--cards"], type=_PATH, metavar="DIR", help=say("cards")),
        click.Option(["--csv"], type=_PATH, metavar="DIR", help=say("csv")),
    )
    command("score", score, tree, inputs, roster, *outputs)

    def explain(tree: Path, inputs: Sequence[Path], roster: Path | None, unit: str, indicator: str | None) -> int:
        from lawgov_score import pipeline
        from lawgov_score.model import Indicator
        from lawgov_score.terminal.explain import explain_text

        with ExitStack() as stack:
            paths = [_given(path, ".csv", stack) for path in inputs]
            names = _given(roster, ".csv", stack) if roster else None
            done = pipeline.assess(_given(tree, ".yaml", stack), paths, names)
            if done.tree is None or done.scores is None:
                return _show(done.problems, "text", lang, quiet=True)
            node = done.tree.by_code.get(indicator) if indicator is not None else None
            if indicator is not None and not isinstance(node, Indicator):
                raise click.BadParameter(
                    _nearest(indicator, [i.code for i in done.tree.indicators], lang), param=_indicator
                )
            row = next((i for i, known in enumerate(done.scores.units) if known.code == unit), None)
            if row is None:
                raise click.BadParameter(_nearest(unit, [u.code for u in done.scores.units], lang), param=_unit)
            click.echo(explain_text(done.scores, row, node if isinstance(node, Indicator) else None, lang))
            return int(_failed(done.problems))

    _unit = click.Option(["--unit"], required=True, metavar="CODE", help=say("unit"))
    _indicator = click.Option(["--indicator"], metavar="CODE", help=say("indicator"))
    command("explain", explain, tree, inputs, roster, _unit, _indicator)

    def problem(code: str) -> int:
        from lawgov_score.catalogue import Code
        from lawgov_score.terminal.problem import problem_help

        if code.upper() not in Code.__members__:
            raise click.BadParameter(_nearest(code, list(Code.__members__), lang), param=_code)
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


def _failed(problems: Sequence["Problem"]) -> bool:
    from lawgov_score.problems import is_error

    return any(is_error(problem) for problem in problems)


def _show(
    problems: Sequence["Problem"], form: str, lang: Language, *, to_stdout: bool = False, quiet: bool = False
) -> int:
    """Shows problems and says how to exit. ``quiet``: notes are left to the scorecard, and nothing is said of none."""
    from lawgov_score.catalogue import Severity

    if form == "json":
        click.echo(problems_json(problems, lang))
    elif form == "github":
        click.echo(problems_github(problems, lang))
    else:
        shown = [problem for problem in problems if not quiet or problem.severity is not Severity.NOTE]
        if shown:
            click.echo(problems_text(shown, lang), err=not to_stdout)
        elif to_stdout:
            click.echo(render(_CLEAN, lang))
    return int(_failed(problems))


_NOT_KNOWN = Words("没有“{found}”；现有 {known:list}", 'no "{found}"; there are {known:list}')
_MEANT = Words("没有“{found}”，是否想写 {known:list}？", 'no "{found}"; did you mean {known:list}?')


def _nearest(found: str, known: Sequence[str], lang: Language) -> str:
    import difflib

    near = difflib.get_close_matches(found, known, n=3)
    words = _MEANT if near else _NOT_KNOWN
    return render(words(found=found, known=tuple(near or known[:8])), lang)


def _given(path: Path, suffix: str, stack: ExitStack) -> Path:
    """``path``, or standard input as a file where it is ``-``."""
    if str(path) != "-":
        return path
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lawgov-"))
    spooled = Path(folder) / f"stdin{suffix}"
    spooled.write_bytes(sys.stdin.buffer.read())
    return spooled


def _to_stdout(write: Callable[[Path], Any], stack: ExitStack) -> None:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lawgov-"))
    path = Path(folder) / "scorecard.xlsx"
    write(path)
    with path.open("rb") as whole:
        shutil.copyfileobj(whole, sys.stdout.buffer)
