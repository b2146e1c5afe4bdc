"""``round receive``: what units sent goes into the round, each with a receipt."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.assessed import reading
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.model import Unit
    from lawgov_score.rounds.data import Data
    from lawgov_score.rounds.models import Round, Submission
    from lawgov_score.rounds.receiving import Outcome
    from lawgov_score.rounds.status import Refused

_ABOUT = Words(
    "收件：登记各单位报来的填报表，每份出一张回执；报来的文件原样存入，从不改动、从不覆盖。没有收下、也不会再报的，用 "
    "--settle 写明理由，不再列出。",
    "Receive what units sent: each workbook gets a receipt, is kept as it came, and never changed or replaced. A "
    "refused file of which nothing more will come is listed no longer by --settle, with a reason.",
)
_OUT = Words(
    "把回执和供单位打印、签字、盖章的确认单写到这个文件夹",
    "folder for receipts, and for pages that units print, sign and seal",
)
_AGAIN = Words(
    "已经收过的文件再收一次，改为采用它（如单位坚持退回的原表，或者要回到先前的一份）",
    "receive a file that came before once more, so that it counts: a unit stands by what was returned, or goes back to "
    "an earlier one",
)
_EXCEPTION = Words(
    "别的年度的填报表也收，写明理由，记入办理记录",
    "receive a workbook of another year too, for this reason, kept on record",
)
_SETTLE = Words(
    "没有收下的一个文件不再列出（它再报来时照常收件）：写 round status 所列的文件名；可写多次",
    "list a refused file no longer, until it comes again: its name as round status has it; may be given several times",
)
_WHY = Words("不再列出的理由，如“单位已另报更正的一份”", "why it is listed no longer")
_ONE_OF = Words(
    "写要收的文件，或者 --settle 和 --why，二者之一；--settle 不与 -o、--again、--exception 同写",
    "Give files to receive, or --settle and --why: one of them; --settle goes with none of -o, --again, --exception",
)
_NOT_LISTED = Words("没有收下的文件里没有“{found}”：{known:list}", "No refused file is called “{found}”: {known:list}")
_NONE_LISTED = Words("没有列出任何未收的文件", "none is listed")
_SEVERAL = Words(
    "叫“{found}”的未收文件有 {n} 个，改写其中一个的编号：{known:list}",
    "{n} refused files are called “{found}”; give the number of one instead: {known:list}",
)
_NUMBERED = Words("{number}（{at}，{why:list}）", "{number} ({at}, {why:list})")
_SETTLED = Words("不再列出：{file}（{why}）", "Listed no longer: {file} ({why})")
_RECEIVED = Words(
    "已收 {unit} {name} 第 {n} 次报送（{file}）：错误 {errors}、警告 {warnings}、未填 {blanks}",
    "Received submission {n} of {unit} {name} ({file}): {errors} errors, {warnings} warnings, {blanks} blank",
)
_LATE = Words("{line}；逾期，经批准", "{line}; late, by leave")
_INSTEAD = Words("{line}；采用第 {n} 次，代替第 {before} 次", "{line}; submission {n} counts in place of {before}")
_SAME = Words(
    "已经收过 {unit} {name} 第 {n} 次报送（{file}），没有再登记",
    "Received before, as submission {n} of {unit} {name} ({file}): nothing was done",
)
_REFUSED = Words("未收 {file}", "Not received: {file}")
_TOTAL = Words(
    "收到 {received} 份，已经收过 {same} 份，未收 {refused} 份。",
    "{received} received, {same} received before, {refused} not received.",
)
_IN_FOLDER = Words(
    "回执和确认单已写到 {folder}，一家一份：把它们发给各单位。",
    "Receipts and pages to sign are in {folder}, one each for every unit: send them on.",
)
_NO_FOLDER = Words(
    "要把回执和确认单写成文件发给各单位，再运行一次同一命令，加上 -o 文件夹：不会重复登记。",
    "To have receipts and pages to sign as files for the units, run the same command once more with -o DIR: nothing "
    "is recorded twice.",
)
_NEXT = Words(
    "下一步：受理没有问题的 lawgov-score round accept {folder}；再看要退回的 lawgov-score round return {folder}",
    "Next: to accept what is in order, lawgov-score round accept {folder}; then to see what would be returned, "
    "lawgov-score round return {folder}",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def receive(
        folder: Path,
        files: Sequence[Path],
        out: Path | None,
        is_again: bool,
        exception: str,
        settled: Sequence[str],
        why: str,
        jobs: int,
    ) -> int:
        is_settling = bool(settled or why.strip())
        if is_settling is bool(files) or (is_settling and (not settled or out is not None or is_again or exception)):
            raise click.UsageError(render(_ONE_OF, lang))
        if settled:
            say("\n".join(_settled(folder, settled, why, lang)))
            return 0
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role
            from lawgov_score.rounds.receiving import Fate
            from lawgov_score.rounds.receiving import receive as receive_files
            from lawgov_score.rounds.sendable import Orders

            orders = Orders(is_again, exception.strip())
            fates: Counter[Fate] = Counter()
            receipts: list[str] = []
            problems: list[Problem] = []
            senders: list[tuple[CellPlace, Unit]] = []
            with reading(lang, jobs, None, "") as run:
                office = seat_of(Role.OFFICE)
                for outcome in receive_files(data, the_round(), files, office, real_now(), run, orders=orders):
                    say(_line(outcome, lang, is_again=is_again))
                    if outcome.fate is Fate.RECEIVED and outcome.submission is not None:
                        receipts.append(outcome.submission.receipt)
                    # Of what was received before too: its files may have found no room then.
                    if out is not None and outcome.submission is not None and outcome.submission.page is not None:
                        _write(data, outcome.submission, out, lang)
                    fates[outcome.fate] += 1
                    problems += outcome.problems
                    if outcome.unit is not None:
                        senders.append((CellPlace(outcome.path), outcome.unit))
            if fates.total() == 1:  # of several a line each is enough: their receipts are for the units
                for receipt in receipts:
                    say(receipt)
            counts = {fate.value: fates[fate] for fate in Fate}
            code = show_problems(problems, "text", lang, senders=senders, to_stdout=True) if problems else 0
            say(render(_TOTAL(**counts), lang))
            if out is not None and fates.total() > fates[Fate.REFUSED]:
                say(render(_IN_FOLDER(folder=display_path(out)), lang))
            elif fates[Fate.RECEIVED]:
                say(render(_NO_FOLDER, lang))
            if fates[Fate.RECEIVED]:
                say(render(_NEXT(folder=display_path(folder)), lang))
        return code

    return make.command(
        "receive",
        receive,
        data_argument(lang),
        click.Argument(["files"], type=make.path, nargs=-1, metavar="FILE..."),
        click.Option(["-o", "out"], type=OutputFolder(lang), metavar="DIR", help=render(_OUT, lang)),
        click.Option(["--again", "is_again"], is_flag=True, help=render(_AGAIN, lang)),
        click.Option(["--exception"], default="", metavar="TEXT", help=render(_EXCEPTION, lang)),
        click.Option(["--settle", "settled"], multiple=True, metavar="NAME", help=render(_SETTLE, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        make.means[0],
        about=_ABOUT,
    )


def _settled(folder: Path, names: Sequence[str], why: str, lang: Language) -> list[str]:
    """Lists refused files no longer, all that are named or none; a line each."""
    with open_round(folder):
        from lawgov_score.rounds.clock import real_now
        from lawgov_score.rounds.creation import seat_of, the_round
        from lawgov_score.rounds.names import Role
        from lawgov_score.rounds.settling import settle_refused

        round_ = the_round()
        found = list(dict.fromkeys(one for name in names for one in _refused_as(round_, name, lang)))
        for one in found:
            settle_refused(round_, one.name, one.sha256, why, seat_of(Role.OFFICE), real_now())
    return [render(_SETTLED(file=one.name, why=why.strip()), lang) for one in found]


def _refused_as(round_: "Round", name: str, lang: Language) -> "Sequence[Refused]":
    """The refused file that is meant; by its number, under all names that it came under."""
    from lawgov_score.rounds.clock import told
    from lawgov_score.rounds.settling import refused_called
    from lawgov_score.rounds.status import reasons_of, refused_of

    found = refused_called(round_, name)
    if not found:
        known = tuple(one.name for one in refused_of(round_)) or (_NONE_LISTED,)
        raise click.UsageError(render(_NOT_LISTED(found=name, known=known), lang))
    if len({one.sha256 for one in found}) > 1:
        numbered = tuple(_NUMBERED(number=one.sha256[:12], at=told(one.at), why=reasons_of(one)) for one in found)
        raise click.UsageError(render(_SEVERAL(found=name, n=len(found), known=numbered), lang))
    return found


def _line(outcome: "Outcome", lang: Language, *, is_again: bool) -> str:
    from lawgov_score.rounds.receiving import Fate

    one = outcome.submission
    if one is None:
        return render(_REFUSED(file=outcome.path), lang)
    figures = {"unit": one.unit.code, "name": one.unit.name, "n": one.n, "file": outcome.path}
    if outcome.fate is Fate.SAME:
        return render(_SAME(**figures), lang)
    line = _RECEIVED(**figures, errors=one.errors, warnings=one.warnings, blanks=one.blanks)
    line = _LATE(line=line) if one.late else line
    if is_again and outcome.instead_of is not None:
        line = _INSTEAD(line=line, n=one.n, before=outcome.instead_of.n)
    return render(line, lang)


def _write(data: "Data", one: "Submission", out: Path, lang: Language) -> None:
    """Receipt and page as files, both or none; never over something else."""
    from lawgov_score.files import batch, refusing
    from lawgov_score.rounds.unit_papers import papers

    found = papers(data, [one], lang)
    with batch(overwrite=False) as together:
        folder = together.folder(out)
        with refusing(out):
            for name, content in found.items():
                (folder / name).write_bytes(content)
