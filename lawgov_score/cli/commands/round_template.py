"""``round template``: blank workbooks by the tree, the units and what was sent as a round has them now."""

from collections.abc import Sequence
from pathlib import Path

import click

from lawgov_score.cli.assessed import reading
from lawgov_score.cli.commands.template import check_names, leading, nothing_needed, of_the_office
from lawgov_score.cli.options import Maker
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "印制空白工作簿，用本轮现行的指标体系和名册：不写 --assessor 为各单位的填报表；写 --assessor 为考核办自用的（评审"
    "打分、认定等），其中带着各单位现行报送的内容和上一轮的成绩，填好后用 lawgov-score round enter 录入。",
    "Write blank workbooks by the tree and the roster of the round as they are now: those that units fill in, or with "
    "--assessor the office's own, with what units sent and last year's results; lawgov-score round enter takes these.",
)
_OFFICE = Words("考核办自用的工作簿", "the office's own workbooks")
_LEAD = Words(
    "只要这个单位牵头的指标；可写多次", "only the indicators that this unit leads; may be given several times"
)
_REVIEWER = Words(
    "只做评审打分表，每名评审人一份，写姓名；可写多次", "only workbooks of marks, one for each reviewer named"
)
_ONLY_OFFICE = Words(
    "--lead、--reviewer 只用于考核办自用的工作簿，请加 --assessor", "--lead and --reviewer need --assessor"
)
_WROTE = Words("已写入 {n} 份，在 {path}", "Wrote {n} files in {path}")
_ENTER = Words(
    "填好后录入：lawgov-score round enter {folder} 工作簿", "When filled in: lawgov-score round enter {folder} WORKBOOK"
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    to = click.Option(
        ["-o", "--out", "out"], type=OutputFolder(lang), required=True, metavar="DIR", help=make.say("out")
    )
    for_office = click.Option(["--assessor", "is_office"], is_flag=True, help=render(_OFFICE, lang))
    of_lead = click.Option(["--lead", "leads"], multiple=True, metavar="UNIT", help=render(_LEAD, lang))
    by = click.Option(["--reviewer", "reviewers"], multiple=True, metavar="NAME", help=render(_REVIEWER, lang))
    replace = click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite"))

    def template(
        folder: Path,
        out: Path,
        is_office: bool,
        leads: Sequence[str],
        reviewers: Sequence[str],
        overwrite: bool,
        jobs: int,
    ) -> int:
        if (leads or reviewers) and not is_office:
            raise click.UsageError(render(_ONLY_OFFICE, lang))
        check_names(reviewers, by, lang)
        with open_round(folder) as data:
            from lawgov_score.rounds.creation import the_round
            from lawgov_score.rounds.printing import office_workbooks, unit_workbooks
            from lawgov_score.rounds.scheme import scheme_of

            round_ = the_round()
            if is_office:
                tree = scheme_of(data, round_).tree
                led = tuple(leading(tree, one, of_lead, lang) for one in leads)
                with reading(lang, jobs, None, "") as run, of_the_office():
                    written = office_workbooks(data, round_, out, run, lang, led, reviewers, overwrite=overwrite)
                if not written:
                    raise nothing_needed(led, reviewers, lang)
            else:
                written = unit_workbooks(data, round_, out, lang, Watch(lang), overwrite=overwrite)
        say(render(_WROTE(n=len(written), path=display_path(out)), lang), err=True)
        if is_office:
            say(render(_ENTER(folder=display_path(folder)), lang), err=True)
        return 0

    options = (to, for_office, of_lead, by, replace, make.means[0])
    return make.command("template", template, data_argument(lang), *options, about=_ABOUT)
