"""``round new``: makes a round in a data folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, needing_rounds
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Text, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.creation import Created

_ABOUT = Words(
    "建立一轮考核：指标体系和单位名册存入数据文件夹，以后各步都从这里办。",
    "Make a round: tree and roster are kept in the data folder, from which every later step is done.",
)
_TREE = Words(
    "指标体系：文件夹、YAML 文件，或程序自带的编码", "tree: a folder, a YAML file, or the code of a carried one"
)
_YEAR = Words("考核年度；不写则为指标体系的年度", "assessed year; the tree's own where none is named")
_MADE = Words(
    "已建立 {folder}：{title}，{year} 年度，{units} 个单位，现为“筹备”。",
    "Made {folder}: {title}, of {year}, {units} units; it is in preparation.",
)
_KEY = Words(
    "回执的公钥短码 {key}：印在通知上，单位凭它核对回执。文件 key 是私钥，连同数据文件夹一起备份，不外传。",
    "Short form of the key of receipts: {key}. Print it on the notice, so that units can tell a receipt is yours. The "
    "file key is the secret half: back it up with the folder, and give it to nobody.",
)
_NEXT = Words(
    "下一步：在网页上办，运行 lawgov-score serve {folder}；用命令办，运行 lawgov-score round status {folder}",
    "Next: lawgov-score serve {folder} for the browser, lawgov-score round status {folder} for commands",
)
_PREVIOUS = Words(
    "上一轮的数据文件夹，或者其成绩表的文件夹：带来成绩、异议决定、节假日表、联系方式，带了什么逐项列出",
    "data folder of the round before, or a folder of its tables: results, decisions, holidays and contacts are "
    "carried over, and said one by one",
)
_CARRIED = Words("从上一轮（{shown}）带来：", "Carried over from {shown}:")
_RESULTS = Words("  成绩：{tables:list}（第 {n} 次公布）", "  results: {tables:list} (publication {n})")
_TABLES = Words("  成绩：{tables:list}", "  results: {tables:list}")
_NO_RESULTS = Words(
    "  没有带成绩：上一轮没有公布过；与上年比较的指标算不出",
    "  no results: nothing was published; indicators that compare with last year have no figure",
)
_DECISIONS = Words("  异议决定：{n} 件，办理异议时供参照", "  decisions of objections: {n}, shown beside new ones")
_NO_DECISIONS = Words("  没有带异议决定：上一轮没有", "  no decisions of objections: there were none")
_NOT_FROM_FILES = Words(
    "  没有带{what:list}：这个文件夹里没有；要带的，写上一轮的数据文件夹",
    "  no {what:list}: this folder has none; name the data folder of the last round for them",
)
_OF_DECISIONS = Words("异议决定", "decisions of objections")
_OF_DAYS = Words("节假日表", "holidays")
_OF_CONTACTS = Words("联系方式", "contacts")
_DAYS = Words("  节假日表：{years:list} 年", "  holidays of {years:list}")
_NO_DAYS = Words(
    "  没有带 {year} 年的节假日：还没有录入，期限只除去周末；录入：lawgov-score round holiday {folder}",
    "  no holidays of {year}, which nobody entered: only weekends are left out (lawgov-score round holiday {folder})",
)
_WAYS = Words(
    "  下班时间 {closes}、异议 {days} 个工作日：同上一轮", "  days end at {closes}, {days} working days to object"
)
_CONTACT = Words("  考核办联系方式：{contact}", "  the office's contact: {contact}")
_NO_CONTACT = Words("  没有带考核办联系方式：上一轮没有写", "  no contact of the office: there was none")
_CONTACTS = Words("  单位联系方式：{n} 个单位", "  contacts of {n} units")
_NO_CONTACTS = Words(
    "  没有带联系方式的单位 {n} 个：{units:list}（上一轮没有写、没有这个单位，或者名称不同）",
    "  units without a contact: {n}, {units:list} (none then, not there then, or under another name)",
)
_GONE = Words("  上一轮有、本轮没有的单位：{units:list}", "  units that are there no more: {units:list}")
_NEVER = Words(
    "  不带的：各单位的报送、打分，谁管什么，通知书的内容（日期是上一轮的，用 --notice 另写）",
    "  never carried: submissions, marks, who does what, and the notice, whose dates are last year's (--notice)",
)
_MORE = Words("{last}等", "{last} and others")
_MOST = 8


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def new(
        folder: Path,
        tree: Path,
        roster: Path,
        year: int | None,
        weights: Path | None,
        notice: Path | None,
        previous: Path | None,
    ) -> int:
        with needing_rounds():
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import create_round
        now = real_now()
        made, problems = create_round(
            folder, tree, roster, year, now=now, weights=weights, notice=notice, previous=previous
        )
        if made is not None:
            shown = display_path(folder)
            say(render(_MADE(folder=shown, title=made.title, year=str(made.year), units=made.units), lang))
            say(render(_KEY(key=made.key), lang))
            for line in _carried(made, shown, now.year):
                say(render(line, lang))
            say(render(_NEXT(folder=shown), lang))
        return show_problems(problems, "text", lang, quiet=True)

    return make.command(
        "new",
        new,
        data_argument(lang),
        click.Option(["--tree"], type=make.path, required=True, metavar="TREE", help=render(_TREE, lang)),
        click.Option(["--roster"], type=make.path, required=True, metavar="ROSTER", help=make.say("roster")),
        click.Option(
            ["--year"], type=click.IntRange(1900, 2999), default=None, metavar="YEAR", help=render(_YEAR, lang)
        ),
        make.weights,
        make.notice,
        click.Option(["--previous"], type=make.path, metavar="DATA|DIR", help=render(_PREVIOUS, lang)),
        about=_ABOUT,
    )


def _carried(made: "Created", folder: str, year: int) -> Iterator[Text]:
    """What was carried over, and what was not, a line each."""
    from lawgov_score.rounds.holidays import official

    last = made.last
    if last is None:
        return
    yield _CARRIED(shown=last.shown)
    if not last.tables:
        yield _NO_RESULTS
    elif last.publication is not None:
        yield _RESULTS(tables=last.tables, n=last.publication)
    else:
        yield _TABLES(tables=last.tables)
    if last.precedents:
        yield _DECISIONS(n=last.precedents)
    if not last.code:
        yield _NOT_FROM_FILES(what=(*(() if last.precedents else (_OF_DECISIONS,)), _OF_DAYS, _OF_CONTACTS))
        yield _NEVER
        return
    if not last.precedents:
        yield _NO_DECISIONS
    yield _DAYS(years=tuple(map(str, last.years)))
    if year not in {*last.years, *(day.year for day, *_ in official())}:
        yield _NO_DAYS(year=str(year), folder=folder)
    yield _WAYS(closes=f"{last.closes:%H:%M}", days=last.objection_days)
    yield _CONTACT(contact=last.contact) if last.contact else _NO_CONTACT
    contacts = last.kept_contacts(made.roster)
    if contacts:
        yield _CONTACTS(n=len(contacts))
    lacking = [f"{unit.code} {unit.name}" for unit in made.roster if unit.code not in contacts]
    if lacking:
        yield _NO_CONTACTS(n=len(lacking), units=_few(lacking))
    now = {unit.code for unit in made.roster}
    if gone := [f"{code} {name}" for code, name in last.units.items() if code not in now]:
        yield _GONE(units=_few(gone))
    yield _NEVER


def _few(names: list[str]) -> tuple[object, ...]:
    return (*names[: _MOST - 1], _MORE(last=names[_MOST - 1])) if len(names) > _MOST else tuple(names)
