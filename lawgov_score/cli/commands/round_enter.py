"""``round enter``: the office's own workbooks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.entering import Entered

_ABOUT = Words(
    "录入考核办自己的工作簿：评审打分、复核改分、不适用认定、加减分登记、考核机关填报项。先核对，问题指到单元格；同名的以后录入的为准，"
    "先录入的仍留存。",
    "Enter the office's own workbooks: marks, changes, rulings, the register, own figures. They are checked, problems "
    "stand at their cells; of one name the later counts, and the earlier is kept.",
)
_REFUSED = Words("没有录入：{name}", "Not entered: {name}")
_WITHDRAW = Words(
    "撤回已录入的一份工作簿，写它的文件名：从此不再计入，仍留存，可以再录入",
    "take back a workbook that was entered, by its name: it counts no more, is kept, and may be entered again",
)
_ONE_OF = Words("写要录入的工作簿，或者 --withdraw，二者之一", "Give workbooks to enter, or --withdraw: one of them")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    files = click.Argument(["books"], type=make.path, nargs=-1, metavar="OFFICE.xlsx...")
    back = click.Option(["--withdraw", "withdrawn"], default="", metavar="NAME", help=render(_WITHDRAW, lang))

    def enter(folder: Path, books: tuple[Path, ...], withdrawn: str) -> int:
        if bool(books) is bool(withdrawn):
            raise click.UsageError(render(_ONE_OF, lang))
        if withdrawn:
            return _withdraw(folder, withdrawn, lang)
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.entering import enter as enter_books
            from lawgov_score.rounds.given_books import read_given
            from lawgov_score.rounds.names import Role

            given, unreadable = read_given(books)
            entered, problems = enter_books(data, the_round(), given, seat_of(Role.OFFICE), real_now())
        for one in entered:
            say("\n".join(_told(one, lang)))
        done = {one.shown for one in entered}
        for shown in (one.shown for one in given.values() if one.shown not in done):
            say(render(_REFUSED(name=shown), lang), err=True)
        return show_problems((*unreadable, *problems), "text", lang, quiet=True) or int(len(done) < len(given))

    return make.command("enter", enter, data_argument(lang), files, back, about=_ABOUT)


def _withdraw(folder: Path, name: str, lang: Language) -> int:
    with open_round(folder):
        from lawgov_score.rounds.clock import real_now
        from lawgov_score.rounds.creation import seat_of, the_round
        from lawgov_score.rounds.entered_words import withdrawn_told
        from lawgov_score.rounds.entering import withdraw
        from lawgov_score.rounds.names import Role

        say(render(withdrawn_told(withdraw(the_round(), name, seat_of(Role.OFFICE), real_now())), lang))
    return 0


def _told(one: "Entered", lang: Language) -> list[str]:
    """A workbook in a line, and what now says something else, a line each."""
    from lawgov_score.rounds.entered_words import entered_told

    told = entered_told(one)
    return [render(told.head, lang), *(f"  {render(line, lang)}" for line in told.lines)]
