"""``round enter``: the office's own workbooks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.entering import Entered, Replaced

_ABOUT = Words(
    "录入考核办自己的工作簿：评审打分、复核改分、不适用认定、加减分登记、考核机关填报项。先核对，问题指到单元格；同名的以后录入的为准，"
    "先录入的仍留存。",
    "Enter the office's own workbooks: marks, changes, rulings, the register, own figures. They are checked, problems "
    "stand at their cells; of one name the later counts, and the earlier is kept.",
)
_KINDS = {
    "mark": Words("打分 {n} 条", "{n} marks"),
    "change": Words("改分 {n} 条", "{n} changes"),
    "ruling": Words("不适用认定 {n} 条", "{n} rulings"),
    "register": Words("加减分、否决登记 {n} 条", "{n} lines of the register"),
    "figure": Words("考核机关填报 {n} 项", "{n} figures"),
}
_NO_LINES = Words("没有可用的内容", "nothing of use")
_ENTERED = Words("已录入 {name}：{what:list}", "Entered {name}: {what:list}")
_AGAIN = Words(
    "已录入 {name}，替换{at}录入的第 {n} 版：{what:list}",
    "Entered {name} in place of number {n}, of {at}: {what:list}",
)
_SAME = Words("{name} 与已录入的完全相同，不必再录入", "{name} is the same as what was entered; nothing to do")
_CHANGED = Words("  {unit} {what}：{old} → {new}", "  {unit} {what}: {old} → {new}")
_GONE = Words("  {unit} {what}：{old} → 不再有", "  {unit} {what}: {old} → gone")
_MORE = Words("  另有 {n} 处不同", "  and {n} other differences")
_IS_IT_MORE = Words(
    "  上一版有 {n} 条，这一版没有，从现在起不再计入。如果这一份是另加的、不是更正，请换个名字（如 {name}）录入，"
    "并重新录入上一版",
    "  {n} lines of the earlier are not in this one and do not count from now on. If it was meant beside the earlier, "
    "enter it under another name (such as {name}), and the earlier once more",
)
_BESIDE = Words("{stem}-补{end}", "{stem}-2{end}")
_REFUSED = Words("没有录入：{name}", "Not entered: {name}")
_WITHDRAW = Words(
    "撤回已录入的一份工作簿，写它的文件名：从此不再计入，仍留存，可以再录入",
    "take back a workbook that was entered, by its name: it counts no more, is kept, and may be entered again",
)
_WITHDRAWN = Words(
    "已撤回 {name}（{at}录入的第 {n} 版），从现在起不再计入。",
    "Taken back: {name} (number {n}, of {at}). It does not count from now on.",
)
_ONE_OF = Words("写要录入的工作簿，或者 --withdraw，二者之一", "Give workbooks to enter, or --withdraw: one of them")
_MOST = 30  # differences that are shown of a workbook


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
            from lawgov_score.rounds import entering
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import Role

            given, unreadable = entering.read_given(books)
            entered, problems = entering.enter(data, the_round(), given, seat_of(Role.OFFICE), real_now())
        for one in entered:
            say("\n".join(_told(one, lang)))
        done = {one.shown for one in entered}
        for shown in (one.shown for one in given.values() if one.shown not in done):
            say(render(_REFUSED(name=shown), lang), err=True)
        return show_problems((*unreadable, *problems), "text", lang, quiet=True) or int(len(done) < len(given))

    return make.command("enter", enter, data_argument(lang), files, back, about=_ABOUT)


def _withdraw(folder: Path, name: str, lang: Language) -> int:
    with open_round(folder):
        from lawgov_score.rounds.clock import real_now, told
        from lawgov_score.rounds.creation import seat_of, the_round
        from lawgov_score.rounds.entering import withdraw
        from lawgov_score.rounds.names import Role

        book = withdraw(the_round(), name, seat_of(Role.OFFICE), real_now())
        say(render(_WITHDRAWN(name=book.name, n=book.n, at=told(book.at)), lang))
    return 0


def _told(one: "Entered", lang: Language) -> list[str]:
    """A workbook in a line, and what now says something else, a line each."""
    from lawgov_score.rounds.clock import told

    if one.is_same:
        return [render(_SAME(name=one.shown), lang)]
    what = tuple(words(n=one.counts[kind]) for kind, words in _KINDS.items() if one.counts.get(kind)) or (_NO_LINES,)
    if one.before is None:
        lines = [render(_ENTERED(name=one.shown, what=what), lang)]
    else:
        lines = [render(_AGAIN(name=one.shown, what=what, n=one.before.n, at=told(one.before.at)), lang)]
    lines += [render(_difference(each), lang) for each in one.replaced[:_MOST]]
    if len(one.replaced) > _MOST:
        lines.append(render(_MORE(n=len(one.replaced) - _MOST), lang))
    if gone := sum(each.new is None for each in one.replaced):
        stem, dot, suffix = one.book.name.rpartition(".")
        lines.append(
            render(_IS_IT_MORE(n=gone, name=render(_BESIDE(stem=stem or suffix, end=dot and f".{suffix}"), lang)), lang)
        )
    return lines


def _difference(each: "Replaced") -> Phrase:
    if each.new is None:
        return _GONE(unit=each.unit, what=each.what, old=each.old)
    return _CHANGED(unit=each.unit, what=each.what, old=each.old, new=each.new)
