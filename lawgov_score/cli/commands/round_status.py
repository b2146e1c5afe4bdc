"""``round status``: where a round stands, unit by unit."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.assessed import reading
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import refuse_no_workbook, show_problems
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Text, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.data import Data
    from lawgov_score.rounds.models import Round
    from lawgov_score.rounds.status import Status

_ABOUT = Words(
    "查看一轮考核进行到哪一步：各单位报了没有、第几次、有无问题，还有哪些事没有办完。",
    "Where a round stands: who has sent what, with how many problems, and what is still to be done.",
)
_OUT = Words(
    "另把报送情况写成登记表，一个 .xlsx 工作簿：采用哪一份、第几次、回执号、收到时间、是否逾期、未填项",
    "also write the register of submissions, an .xlsx: version in force, which try, receipt, when, late or not, blanks",
)
_REGISTERED = Words("已写入报送情况登记表 {path}", "Wrote the register of submissions, {path}")
_HEAD = Words("{title}，{year} 年度：现为“{state}”", "{title}, of {year}: {state}")
_DEADLINE = Words("报送截止：{until}", "To be sent until {until}")
_OBJECT = Words("提出异议的期限：{until}", "Objections until {until}")
_HEADINGS = (
    Words("单位编码", "unit"),
    Words("单位名称", "name"),
    Words("状态", "state"),
    Words("次数", "versions"),
    Words("收到时间", "received"),
    Words("未填", "blanks"),
    Words("错误", "errors"),
    Words("警告", "warnings"),
)
_NUMBERS = frozenset({3, 5, 6, 7})
_LATE = Words("{at}（逾期）", "{at} (late)")
_REFUSED = Words("没有收下的文件（报来以后没有再报的）：", "Files that were refused, with nothing since:")
_ONE_REFUSED = Words("  {at} {unit}{file}：{why}（{codes:list}）", "  {at} {unit}{file}: {why} ({codes:list})")
_OF_UNIT = Words("{unit} {name} ", "{unit} {name} ")
_MORE_REFUSED = Words("  此前还有 {n} 份", "  and {n} before them")
_SETTLE = Words(
    "不会再报、不必再列出的：lawgov-score round receive 数据文件夹 --settle 文件名 --why 理由",
    "Of which nothing more will come: lawgov-score round receive DATA --settle NAME --why TEXT",
)
_MOST = 20  # refused files that are named
_KEY = Words("回执的公钥短码：{key}（印在通知上的）", "Public key of receipts, as it stands on the notice: {key}")
_TO_DO = Words("待办：{what}", "To do: {what}")
_NOTHING = Words("没有待办的事。", "Nothing is left to do.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def status(folder: Path, form: str, register: Path | None, overwrite: bool, jobs: int) -> int:
        if register is not None:
            refuse_no_workbook(register, to_register, lang)
        with open_round(folder) as data:
            from lawgov_score.rounds.creation import the_round
            from lawgov_score.rounds.data import KEY
            from lawgov_score.rounds.receipts import public_key, short
            from lawgov_score.rounds.scheme import scheme_of
            from lawgov_score.rounds.status import status_json, status_of
            from lawgov_score.rounds.unpublished import unpublished

            round_ = the_round()
            stands = status_of(round_, scheme_of(data, round_))
            key, new = short(public_key(data.folder / KEY)), unpublished(data, round_)
            if form == "json":
                say(json.dumps(status_json(stands, key, len(new)), ensure_ascii=False, indent=2))
            else:
                say(_text(stands, key, new, lang))
            return 0 if register is None else _write_register(data, stands.round, register, lang, jobs, overwrite)

    to_register = click.Option(["-o", "register"], type=make.path, metavar="REGISTER.xlsx", help=render(_OUT, lang))
    options = (
        to_register,
        click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite_check")),
        make.means[0],
    )
    return make.command("status", status, data_argument(lang), make.formats("text", "json"), *options, about=_ABOUT)


def _write_register(data: "Data", round_: "Round", path: Path, lang: Language, jobs: int, overwrite: bool) -> int:
    """The register as a workbook; the exit code."""
    from lawgov_score import pipeline
    from lawgov_score.rounds.register import register_of_round

    with reading(lang, jobs, None, "") as run:
        register = register_of_round(data, round_, run)
    with pipeline.batch(overwrite=overwrite) as together:
        kept = pipeline.write_register(register, path, lang, together, overwrite=overwrite)
    if kept is not None:
        return show_problems((kept,), "text", lang)
    say(render(_REGISTERED(path=display_path(path)), lang), err=True)
    return 0


def _text(stands: "Status", key: str, new: tuple[Text, ...], lang: Language) -> str:
    from lawgov_score.rounds.clock import local, told
    from lawgov_score.rounds.names import name_of
    from lawgov_score.rounds.wording_of_status import TO_DO, UNPUBLISHED, each_once
    from lawgov_score.terminal.aligned import aligned

    round_ = stands.round
    lines = [render(_HEAD(title=round_.title, year=str(round_.year), state=name_of(stands.state)), lang)]
    for words, until in ((_DEADLINE, round_.submit_by), (_OBJECT, round_.objections_until)):
        if until is not None:
            lines.append(render(words(until=told(until)), lang))
    lines.append(render(_KEY(key=key), lang))
    rows = [[render(heading, lang) for heading in _HEADINGS]]
    for one in stands.units:
        sent = one.in_force
        at = f"{local(sent.received_at):%m-%d %H:%M}" if sent else ""
        rows.append(
            [
                one.unit.code,
                one.unit.name,
                render(name_of(one.state), lang),
                str(one.versions or ""),
                render(_LATE(at=at), lang) if sent and sent.late else at,
                *(map(str, (sent.blanks, sent.errors, sent.warnings)) if sent else ("", "", "")),
            ]
        )
    lines += ["", *aligned(rows, _NUMBERS), ""]
    if stands.refused:
        lines += [*_refused(stands, lang), ""]
    todo = tuple(TO_DO[key](n=n) for key, n in each_once(stands.open).items() if n)
    if new:
        lines.append(render(UNPUBLISHED(n=round_.publications.count(), what=new), lang))
    if todo or not new:
        lines.append(render(_TO_DO(what=todo), lang) if todo else render(_NOTHING, lang))
    return "\n".join(lines)


def _refused(stands: "Status", lang: Language) -> Iterator[str]:
    """What came and was not received, the last ones, and why."""
    from lawgov_score.rounds.clock import local
    from lawgov_score.rounds.status import reasons_of

    yield render(_REFUSED, lang)
    if (more := len(stands.refused) - _MOST) > 0:
        yield render(_MORE_REFUSED(n=more), lang)
    for one in stands.refused[-_MOST:]:
        unit = "" if one.unit is None else _OF_UNIT(unit=one.unit.code, name=one.unit.name)
        figures = {"at": f"{local(one.at):%m-%d %H:%M}", "unit": unit, "file": one.name, "codes": one.codes}
        yield render(_ONE_REFUSED(**figures, why=reasons_of(one)), lang)
    yield render(_SETTLE, lang)
