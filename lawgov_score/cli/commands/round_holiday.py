"""``round holiday``: the editable table of holidays and made-up days, by which deadlines are reckoned."""

from datetime import date, datetime, timedelta
from pathlib import Path

import click

from lawgov_score.cli.moments import MomentType
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_ABOUT = Words(
    "查看、录入放假和调休上班的日子，期限按此推算工作日；放假安排每年以国务院办公厅的通知为准。不写日期则列出全部。",
    "List or enter holidays and days made up for, by which deadlines in working days are reckoned. Without days: list.",
)
_OFF = Words("放假，写节日名称，如 春节", "a holiday, with its name")
_WORK = Words("调休上班", "a working day that is made up for")
_CLEAR = Words("恢复为平日：周一至周五上班，周末休息", "an ordinary day again: work from Monday to Friday")
_WHY = Words("依据，如通知的名称和文号", "on what grounds, such as the notice with its number")
_ONE_OF = Words("日期要配 --off、--work、--clear 中的一个", "days need one of --off, --work and --clear")
_NO_DAYS = Words(
    "要写日期，如 2027-02-06 或 2027-02-06..2027-02-12", "a day is needed, or days: 2027-02-06..2027-02-12"
)
_NOT_A_DAY = Words(
    "“{found}”不是日期：写 2027-02-06，连续几天写 2027-02-06..2027-02-12",
    '"{found}" is no day: write 2027-02-06, and several days as 2027-02-06..2027-02-12',
)
_SET = Words("{days}：{kind}", "{days}: {kind}")
_NAMED = Words("{kind}（{name}）", "{kind} ({name})")
_ORDINARY = Words("平日", "ordinary")
_MEANT = Words(
    "已经定下的期限不随之改变：需要改的，用 round leave 延期",
    "Deadlines that are set already stay as they are: where one has to move, grant more time by round leave",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def holiday(folder: Path, days: tuple[str, ...], off: str, is_work: bool, is_clear: bool, why: str) -> int:
        chosen = sum((bool(off.strip()), is_work, is_clear))
        if days and chosen != 1:
            raise click.UsageError(render(_ONE_OF, lang))
        if chosen and not days:
            raise click.UsageError(render(_NO_DAYS, lang))
        wanted = [day for text in days for day in _days(text, lang)]
        with open_round(folder):
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of
            from lawgov_score.rounds.holidays import set_days
            from lawgov_score.rounds.names import DayKind, Role

            if wanted:
                kind = None if is_clear else DayKind.WORK if is_work else DayKind.OFF
                set_days(wanted, kind, seat_of(Role.OFFICE), real_now(), name=off.strip(), why=why.strip())
            say("\n".join(_listed(lang, frozenset(wanted))))
            if wanted:
                say(render(_MEANT, lang))
        return 0

    return make.command(
        "holiday",
        holiday,
        data_argument(lang),
        click.Argument(["days"], nargs=-1, metavar="[DAY...]"),
        click.Option(["--off"], default="", metavar="NAME", help=render(_OFF, lang)),
        click.Option(["--work", "is_work"], is_flag=True, help=render(_WORK, lang)),
        click.Option(["--clear", "is_clear"], is_flag=True, help=render(_CLEAR, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        about=_ABOUT,
    )


def _days(text: str, lang: Language) -> list[date]:
    """One day, or all from one to another."""
    first, _, last = text.partition("..")
    moment = MomentType(lang)
    begin = moment.convert(first, None, None)
    end = moment.convert(last, None, None) if last else begin
    if isinstance(begin, datetime) or isinstance(end, datetime):
        raise click.UsageError(render(_NOT_A_DAY(found=text), lang))
    from lawgov_score.rounds.days_listed import MOST

    if not 0 <= (end - begin).days < MOST:
        raise click.UsageError(render(_NOT_A_DAY(found=text), lang))
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def _listed(lang: Language, only: frozenset[date]) -> list[str]:
    """The days of the table, those on end with the same name in one line; and the years of which nothing is known."""
    from lawgov_score.rounds.clock import real_now
    from lawgov_score.rounds.creation import the_round
    from lawgov_score.rounds.days_listed import days_told, spans, years_lacking
    from lawgov_score.rounds.models import Holiday
    from lawgov_score.rounds.names import DayKind, name_of
    from lawgov_score.rounds.wording_of_days import unknown_line

    table = {one.day: one for one in Holiday.objects.order_by("day")}
    said: dict[date, str] = {}
    for day in sorted(only or table):
        one = table.get(day)
        if one is None:
            said[day] = render(_ORDINARY, lang)
        else:
            kind = name_of(DayKind(one.kind))
            said[day] = render(_NAMED(kind=kind, name=one.name) if one.name else kind, lang)
    lines = [render(_SET(days=days_told(first, last), kind=said[first]), lang) for first, last in spans(said)]
    unknown = years_lacking(the_round(), real_now(), only)
    return [*lines, render(unknown_line(unknown), lang)] if unknown else lines
