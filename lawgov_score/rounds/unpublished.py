"""What counts now and was not published: files that differ from those of a run, and a final run that nobody published.

One answer for all who ask: publishing refuses by it, archiving too, and `round status` names it.
"""

from collections.abc import Iterator

from lawgov_score.pipeline.plain_folder import NOTICE, OFFICE, PREVIOUS, RECEIVED, ROSTER, TREE
from lawgov_score.rounds.by_hand import called_by_hand
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import DECISIONS, plain_names, received
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Round, Run
from lawgov_score.rounds.names import RunKind
from lawgov_score.wording import Text, Words

_SENT = Words("{unit} {name}：第 {n} 次报送（{at}收到）", "{unit} {name}: submission {n}, received {at}")
_GONE = Words("{unit} 的报送不再计入", "what {unit} sent counts no more")
_OF_UNIT = Words("{unit} 的填报表", "the workbook of {unit}")
_BOOK = Words("考核办的工作簿 {name}", "the office's workbook {name}")
_DECISIONS = Words("异议决定的改分", "scores that decisions on objections changed")
_FILES = {
    TREE: Words("指标体系", "the tree"),
    ROSTER: Words("单位名册", "the roster"),
    NOTICE: Words("告知事项", "the notice"),
    PREVIOUS: Words("上一轮的成绩", "the results of the last round"),
}
_FILE = Words("{name}", "{name}")
_RUN = Words("第 {n} 次计算（终评）没有公布", "run {n}, a final one, is not published")


def changed_since(data: Data, round_: Round, run: Run) -> Iterator[Text]:
    """What counts now and is not what the run read, in words."""
    then, now = names_in(data, run.manifest), plain_names(data, round_)
    sent = received(round_)
    said: set[str] = set()
    for name in sorted({*then, *now}):
        folder, _, rest = name.partition("/")
        if then.get(name) == now.get(name):
            continue
        if folder == RECEIVED and name in now:
            one = sent[rest]
            at = f"{local(one.received_at):%m-%d %H:%M}"
            yield _SENT(unit=one.unit.code, name=one.unit.name, n=one.n, at=at)
        elif folder == RECEIVED:
            yield _GONE(unit=rest.rpartition(".")[0])
        elif folder == OFFICE:
            yield file_told(name)
        elif folder not in said:  # a tree of many files is one thing that changed
            said.add(folder)
            yield file_told(name)


def file_told(name: str) -> Text:
    """What a file of the plain folder is, in words; of a tree of many files each is the tree."""
    folder, _, rest = name.partition("/")
    if folder == RECEIVED:
        return _OF_UNIT(unit=rest.rpartition(".")[0])
    if folder == OFFICE:
        return _DECISIONS if rest == DECISIONS else called_by_hand(rest) or _BOOK(name=rest)
    return _FILES.get(folder, _FILE(name=name))


def unpublished(data: Data, round_: Round) -> tuple[Text, ...]:
    """What counts, or was computed, and is not what the newest publication says; nothing before the first one."""
    newest = round_.publications.order_by("-n").first()
    if newest is None:
        return ()
    found = list(changed_since(data, round_, newest.run))
    last = round_.runs.filter(kind=RunKind.FINAL.value).order_by("-n").first()
    if last is not None and not is_same(last, newest.run):
        found.append(_RUN(n=last.n))
    return tuple(found)


def is_same(one: Run, other: Run) -> bool:
    """Did both read the same, and come to the same?"""
    return (one.manifest_id, one.outputs_id) == (other.manifest_id, other.outputs_id)
