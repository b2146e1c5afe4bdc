"""``round object``: what a unit objects to; without options, all objections."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.models import Round
    from lawgov_score.rounds.objecting import Filed

_ABOUT = Words(
    "登记一个单位对一项结果的异议：编号、记下作出决定的期限；不写选项则列出全部异议。",
    "File what a unit objects to: it gets a number, and the day by which to decide. Without options: list all.",
)
_UNIT = Words("提出异议的单位：编码，或者名称", "the unit: its code or its name")
_INDICATOR = Words(
    "对哪项指标；加减分、否决的写其类别编码", "the indicator; of bonus, penalty or veto the code of its kind"
)
_CLAIM = Words("单位的理由", "what the unit says")
_WANTED = Words("单位认为正确的得分或者数据", "the score or figure that the unit holds to be right")
_EVIDENCE = Words("佐证材料：一个文件，或者网址", "a file or an address that shows it")
_EXCEPTION = Words("期限已过、仍予登记的理由", "why it is taken although the time is over")
_ALL_THREE = Words("登记异议要写 {missing:list}", "to file an objection {missing:list} is needed")
_FILED = Words(
    "已登记{objection}：{unit} {name}，{indicator}，{at}{late}",
    "Filed {objection}: {unit} {name}, {indicator}, {at}{late}",
)
_NEXT = Words(
    "下一步：lawgov-score round decide {folder} {n} 查看以往决定；加 --score 得分 试算影响",
    "Next: lawgov-score round decide {folder} {n} shows earlier decisions; with --score the effect",
)
_OF_UNIT = Words("{unit} {name}", "{unit} {name}")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def file(folder: Path, unit: str, indicator: str, claim: str, wanted: str, evidence: str, exception: str) -> int:
        needed = {"--unit": unit, "--indicator": indicator, "--claim": claim}
        missing = tuple(name for name, value in needed.items() if not value.strip())
        if missing and any((unit, indicator, claim, wanted, evidence, exception)):
            raise click.UsageError(render(_ALL_THREE(missing=missing), lang))
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role
            from lawgov_score.rounds.objecting import object_to

            round_ = the_round()
            if missing:
                say("\n".join(_listed(round_, lang)))
                return 0
            filed = object_to(
                data,
                round_,
                unit,
                indicator,
                claim,
                seat_of(Role.OFFICE),
                real_now(),
                wanted=wanted,
                evidence=evidence,
                exception=exception,
            )
            say("\n".join(_filed(filed, folder, lang)))
        return 0

    def text(name: str, words: Words, metavar: str) -> click.Option:
        return click.Option([f"--{name}"], default="", metavar=metavar, help=render(words, lang))

    return make.command(
        "object",
        file,
        data_argument(lang),
        text("unit", _UNIT, "CODE"),
        text("indicator", _INDICATOR, "CODE"),
        text("claim", _CLAIM, "TEXT"),
        text("wanted", _WANTED, "FIGURE"),
        text("evidence", _EVIDENCE, "FILE|ADDRESS"),
        text("exception", _EXCEPTION, "TEXT"),
        about=_ABOUT,
    )


def _filed(filed: "Filed", folder: Path, lang: Language) -> list[str]:
    from lawgov_score.cli.round_days import unknown_days
    from lawgov_score.rounds.clock import told
    from lawgov_score.rounds.things import numbered
    from lawgov_score.rounds.wording_of_objections import due_told, late_told, same_told

    one = filed.objection
    if filed.is_same:
        return [render(same_told(one, has_more=filed.has_more), lang)]
    of = one.unit
    lines = [
        render(
            _FILED(
                objection=numbered("objection", one.n),
                unit=of.code,
                name=of.name,
                indicator=one.indicator,
                at=told(one.filed_at),
                late=late_told(one),
            ),
            lang,
        )
    ]
    if one.due is not None and (due := due_told(one)) is not None:
        lines.append(render(due, lang))
        lines += unknown_days(one.filed_at, one.due, lang)
    return [*lines, render(_NEXT(folder=display_path(folder), n=one.n), lang)]


def _listed(round_: "Round", lang: Language) -> list[str]:
    from lawgov_score.cli.round_days import unknown_days
    from lawgov_score.rounds import wording_of_objections as words
    from lawgov_score.rounds.clock import local, real_now
    from lawgov_score.rounds.deciding import decision_of
    from lawgov_score.rounds.names import ObjectionState, Outcome, name_of
    from lawgov_score.terminal.aligned import aligned

    until = round_.objections_until
    lines = [render(words.until_told(round_, real_now()), lang)]
    if until is not None:
        lines += unknown_days(until, until, lang)
    headings = (words.NUMBER, words.UNIT, words.INDICATOR, words.STATE, words.FILED, words.TO_DECIDE)
    rows = [[render(heading, lang) for heading in (*headings, words.OUTCOME, words.CLAIM)]]
    for one in round_.objections.select_related("unit"):
        decision = decision_of(one)
        rows.append(
            [
                str(one.n),
                render(_OF_UNIT(unit=one.unit.code, name=one.unit.name), lang),
                one.indicator,
                render(name_of(ObjectionState(one.state)), lang),
                f"{local(one.filed_at):%m-%d %H:%M}",
                "" if one.due is None else f"{local(one.due):%m-%d %H:%M}",
                "" if decision is None else render(name_of(Outcome(decision.outcome)), lang),
                one.claim,
            ]
        )
    return [*lines, "", *aligned(rows, frozenset({0}))] if len(rows) > 1 else [*lines, render(words.NONE, lang)]
