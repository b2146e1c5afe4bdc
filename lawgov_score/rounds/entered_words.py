"""What is said of the office's workbooks: what was read of one, what it replaced, what is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

from lawgov_score.rounds.book_lines import Replaced
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.entering import Entered
from lawgov_score.rounds.models import OfficeBook
from lawgov_score.wording import Phrase, Text, Words

KINDS: Mapping[str, Words] = {
    "mark": Words("打分 {n} 条", "{n} marks"),
    "change": Words("改分 {n} 条", "{n} changes"),
    "ruling": Words("不适用认定 {n} 条", "{n} rulings"),
    "register": Words("加减分、否决登记 {n} 条", "{n} lines of the register"),
    "figure": Words("考核机关填报 {n} 项", "{n} figures"),
}
NO_LINES = Words("没有可用的内容", "nothing of use")
_ENTERED = Words("已录入 {name}：{what:list}", "Entered {name}: {what:list}")
_AGAIN = Words(
    "已录入 {name}，替换{at}录入的第 {n} 版：{what:list}",
    "Entered {name} in place of number {n}, of {at}: {what:list}",
)
_SAME = Words("{name} 与已录入的完全相同，不必再录入", "{name} is the same as what was entered; nothing to do")
_CHANGED = Words("{unit} {what}：{old} → {new}", "{unit} {what}: {old} → {new}")
_GONE = Words("{unit} {what}：{old} → 不再有", "{unit} {what}: {old} → gone")
_MORE = Words("另有 {n} 处不同", "and {n} other differences")
_IS_IT_MORE = Words(
    "上一版有 {n} 条，这一版没有，从现在起不再计入。如果这一份是另加的、不是更正，请换个名字（如 {name}）录入，"
    "并重新录入上一版",
    "{n} lines of the earlier {n:is|are} not in this one and {n:does|do} not count from now on. If it was meant "
    "beside the earlier, enter it under another name (such as {name}), and the earlier once more",
)
_BESIDE = Words("{stem}-补{end}", "{stem}-2{end}")
_WITHDRAWN = Words(
    "已撤回 {name}（{at}录入的第 {n} 版），从现在起不再计入。",
    "Taken back: {name} (number {n}, of {at}). It does not count from now on.",
)
_MOST = 30  # differences that are shown of a workbook


@dataclass(frozen=True, slots=True)
class EnteredTold:
    """A workbook in a line, and below it what now says something else, a line each."""

    head: Text
    lines: tuple[Text, ...] = ()


def counts_told(counts: Mapping[str, int]) -> tuple[Text, ...]:
    """How many lines of each kind."""
    return tuple(words(n=counts[kind]) for kind, words in KINDS.items() if counts.get(kind)) or (NO_LINES,)


def entered_told(one: Entered) -> EnteredTold:
    """What was entered with a workbook."""
    if one.is_same:
        return EnteredTold(_SAME(name=one.shown))
    what = counts_told(one.counts)
    if one.before is None:
        head = _ENTERED(name=one.shown, what=what)
    else:
        head = _AGAIN(name=one.shown, what=what, n=one.before.n, at=told(one.before.at))
    lines = [replaced_told(each) for each in one.replaced[:_MOST]]
    if len(one.replaced) > _MOST:
        lines.append(_MORE(n=len(one.replaced) - _MOST))
    if gone := sum(each.new is None for each in one.replaced):
        stem, dot, suffix = one.book.name.rpartition(".")
        lines.append(_IS_IT_MORE(n=gone, name=_BESIDE(stem=stem or suffix, end=dot and f".{suffix}")))
    return EnteredTold(head, tuple(lines))


def replaced_told(each: Replaced) -> Phrase:
    """One line that now says something else."""
    if each.new is None:
        return _GONE(unit=each.unit, what=each.what, old=each.old)
    return _CHANGED(unit=each.unit, what=each.what, old=each.old, new=each.new)


def withdrawn_told(book: OfficeBook) -> Phrase:
    """A workbook that was taken back."""
    return _WITHDRAWN(name=book.name, n=book.n, at=told(book.at))
