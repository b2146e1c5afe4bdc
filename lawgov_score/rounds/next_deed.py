"""What is to be done next: of everything that is open the one thing that comes first, as the round stands."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lawgov_score.pipeline.plain_folder import NOTICE
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Event, Objection, Round
from lawgov_score.rounds.names import UNDECIDED, RoundState, RunKind, name_of
from lawgov_score.rounds.papers import DOCUMENT
from lawgov_score.rounds.wording_of_status import each_once
from lawgov_score.wording import Text, Words


class DeedKind(StrEnum):
    """What kind of thing it is: on which page of a desk it is done."""

    WAIT = "wait"  # for units, until a deadline
    SORT = "sort"  # accept or return what came
    REVIEW = "review"
    RUN = "run"
    TELL = "tell"  # make the letters that tell units their first results
    OBJECTIONS = "objections"
    PUBLISH = "publish"
    MOVE = "move"
    KEEP = "keep"  # an archived round: put a copy away


@dataclass(frozen=True, slots=True)
class NextDeed:
    """What to do, and why now. ``to``: the state that a move leads to."""

    kind: DeedKind
    what: Text
    why: Text
    to: RoundState | None = None


@dataclass(frozen=True, slots=True)
class FirstResults:
    """How the first results stand. ``n``: of the newest first run; None: there is none.

    ``is_old``: something of what it read is another now. ``has_notice``: its cards print the dates that count now.
    ``is_told``: letters of them were made since.
    """

    n: int | None = None
    is_old: bool = False
    has_notice: bool = False
    is_told: bool = False


def first_results(data: Data, round_: Round) -> FirstResults:
    """As they are now."""
    run = round_.runs.select_related("manifest").filter(kind=RunKind.FIRST.value).order_by("-n").first()
    if run is None:
        return FirstResults()
    then, now = names_in(data, run.manifest), plain_names(data, round_)
    letters = Event.objects.filter(act=DOCUMENT, at__gte=run.at).values_list("body", flat=True)
    is_told = any(json.loads(body)["after"].get("kind") == _LETTER for body in letters)
    return FirstResults(run.n, then != now, then.get(NOTICE) == now.get(NOTICE), is_told)


_NO_RESULTS = FirstResults()
_LETTER = "result"  # the kind of document that tells a unit its results, as its events name it
_K, _R = DeedKind, RoundState
_MOVE = Words("转到“{to}”", "Move on to “{to}”")
_SORT = Words("核对 {n} 份报送：受理，或者退回修改", "Look through {n} submissions: accept or return them")
_WAIT = Words("等单位报送，催报未报的", "Wait for units to send, and remind those that have not")
_WAIT_FOR_ANSWERS = Words("等退回的单位重报", "Wait for the units to which theirs was returned")
_WAIT_OBJECTIONS = Words("等单位提出异议", "Wait for objections")
_REVIEW = Words("评审打分、认定，录入考核办的工作簿", "Mark and rule, and enter the office's workbooks")
_RUN = Words("作初评计算", "Make the first run")
_OBJECTIONS = Words("办理异议", "Decide the objections")
_TELL_DECISIONS = Words("把决定告知单位，记下哪天、怎样告知", "Tell the units, and record the day and how")
_PUBLISH = Words("作终评计算，公布结果", "Make the final run, and publish the results")
_PUBLISH_AGAIN = Words("另作一次公布", "Publish once more")
_KEEP = Words("把备份另存一处", "Put a backup away")
_WHY_OPEN = Words(
    "名册、体系、告知事项都对了，把填报表发给各单位，定好报送截止，就可以开始报送",
    "Once roster, tree and notice are right and the workbooks have gone out, set the deadline and begin",
)
_CAME = Words("报来的要核对：没有问题的受理，有问题的退回", "What came is looked through: fine ones are accepted")
_UNTIL = Words("报送截止：{until}", "To be sent until {until}")
_NO_UNTIL = Words("没有定报送截止", "there is no deadline")
_ALL_HERE = Words("各单位都已报送、受理", "All units have sent, and all is accepted")
_OVER = Words("报送截止已过", "The deadline is over")
_RETURNED = Words("{n} 份已退回、未再报", "{n} returned and not sent again")
_SORTED = Words("报来的都已办理", "Everything that came has been dealt with")
_MARKS = Words("{n} 处评审打分未到齐", "{n} with marks missing")
_BOOKS = Words("{n} 份考核办工作簿有错误", "{n} of the office's workbooks with errors")
_MARKED = Words("评审打分已到齐", "All marks are there")
_NO_RUN = Words("告知单位以前，先算出初评结果", "Before units are told, the first results are computed")
_OLD_RUN = Words(
    "第 {n} 次计算（初评）以后材料有变化，告知单位以前重新计算",
    "Files changed after run {n}: it is made anew before units are told",
)
_REVIEWED = Words(
    "初评结果已经算出，此后没有变化；还要复核改分的，先录入、再计算",
    "The first results are of what counts now; scores still to be changed on review are entered first, then computed",
)
_RUN_AGAIN = Words("重新作初评计算，发评分卡", "Make the first run anew, and hand out the cards")
_NO_DEADLINE_ON_CARDS = Words(
    "评分卡上要印异议期限（{until}），以前算出的卡上没有",
    "Cards print until when units may object ({until}); those that were made before do not",
)
_TELL_RESULTS = Words(
    "出具结果告知书，连同评分卡送达各单位", "Make the notifications of results, and send them with the cards"
)
_CARDS_READY = Words(
    "初评结果已经重新算出，评分卡印有异议期限（{until}），在“试算”页下载；告知书在“文书”页出具",
    "The cards name the deadline ({until}), and are on the page of trials; letters are made on the page of documents",
)
_OWN_FIGURES = Words("{n} 处考核办自己的数据没有录入", "{n} of the office's own figures {n:is|are} missing")
_CLAIMS = Words("{n} 处“不适用”等待认定", "{n} claims of 不适用 {n:waits|wait} for a ruling")
_TELL = Words("转到“异议”，异议期限才开始计算", "The time for objections begins with that state")
_UNDECIDED = Words("{n} 件异议没有决定", "{n} objections to be decided")
_NOT_TOLD = Words("{n} 件异议已有结果，还没有告知", "{n} objections decided or not admitted and not told")
_OBJECT_UNTIL = Words("提出异议的期限：{until}", "Objections until {until}")
_HEARD = Words("异议期限已过，异议都已办结", "The time for objections is over, and all are decided")
_READY = Words("没有还没办结的异议", "No objection is open")
_CHANGED = Words("公布以后又有变动，没有公布", "Something has changed that is not published")
_DONE = Words("都已办结，没有未公布的变动", "Everything is done and published")
_ARCHIVED = Words("归档以后不再改动", "An archived round is not changed any more")


def next_deed(
    round_: Round,
    open_: Mapping[str, int],
    now: datetime,
    unpublished: Iterable[Text] = (),
    first: FirstResults = _NO_RESULTS,
) -> NextDeed:
    """The one thing that comes next. ``open_``: as ``open_of`` counts it, and ``to_review``; ``unpublished`` and
    ``first``: as those find them.
    """
    objections, to_tell = each_once(open_)["objections"], open_["objections_to_tell"]
    match RoundState(round_.state):
        case _R.PREPARING:
            return _move(_R.OPEN, _WHY_OPEN)
        case _R.OPEN | _R.CLOSED:
            return _while_sending(round_, open_, now)
        case _R.FIRST_REVIEW | _R.SECOND_REVIEW if open_["submissions_to_accept"]:
            return NextDeed(_K.SORT, _SORT(n=open_["submissions_to_accept"]), _CAME)
        case _R.FIRST_REVIEW | _R.SECOND_REVIEW if n := open_["workbooks_with_errors"]:
            return NextDeed(_K.REVIEW, _REVIEW, _BOOKS(n=n))
        case _R.FIRST_REVIEW | _R.SECOND_REVIEW if n := open_["marks_missing"]:
            return NextDeed(_K.REVIEW, _REVIEW, _MARKS(n=n))
        case _R.FIRST_REVIEW | _R.SECOND_REVIEW if n := open_.get("figures_missing", 0):
            return NextDeed(_K.REVIEW, _REVIEW, _OWN_FIGURES(n=n))
        case _R.FIRST_REVIEW | _R.SECOND_REVIEW if n := open_.get("claims_waiting", 0):
            return NextDeed(_K.REVIEW, _REVIEW, _CLAIMS(n=n))
        case _R.FIRST_REVIEW:
            return _move(_R.SECOND_REVIEW, _MARKED)
        case _R.SECOND_REVIEW if first.n is None:
            return NextDeed(_K.RUN, _RUN, _NO_RUN)
        case _R.SECOND_REVIEW if first.is_old:
            return NextDeed(_K.RUN, _RUN, _OLD_RUN(n=first.n))
        case _R.SECOND_REVIEW:
            return _move(_R.NOTIFIED, _REVIEWED)
        case _R.NOTIFIED:
            return _move(_R.OBJECTIONS, _TELL)
        case _R.OBJECTIONS | _R.FINAL | _R.PUBLISHED if objections:
            return NextDeed(_K.OBJECTIONS, _OBJECTIONS, _UNDECIDED(n=objections))
        case _R.OBJECTIONS | _R.FINAL | _R.PUBLISHED if to_tell:
            return NextDeed(_K.OBJECTIONS, _TELL_DECISIONS, _NOT_TOLD(n=to_tell))
        case _R.OBJECTIONS:
            until = round_.objections_until
            if until is not None and now < until:
                if not first.has_notice:
                    return NextDeed(_K.RUN, _RUN_AGAIN, _NO_DEADLINE_ON_CARDS(until=told(until)))
                if not first.is_told:
                    return NextDeed(_K.TELL, _TELL_RESULTS, _CARDS_READY(until=told(until)))
                return NextDeed(_K.WAIT, _WAIT_OBJECTIONS, _OBJECT_UNTIL(until=told(until)))
            return _move(_R.FINAL, _HEARD)
        case _R.FINAL:
            return NextDeed(_K.PUBLISH, _PUBLISH, _READY)
        case _R.PUBLISHED if tuple(unpublished):
            return NextDeed(_K.PUBLISH, _PUBLISH_AGAIN, _CHANGED)
        case _R.PUBLISHED if round_.objections_until is not None and now < round_.objections_until:
            return NextDeed(_K.WAIT, _WAIT_OBJECTIONS, _OBJECT_UNTIL(until=told(round_.objections_until)))
        case _R.PUBLISHED:
            return _move(_R.ARCHIVED, _DONE)
        case _R.ARCHIVED:
            return NextDeed(_K.KEEP, _KEEP, _ARCHIVED)


def objections_due(round_: Round) -> datetime | None:
    """Until when the most urgent objection is to be decided; None: all are, or none has a day."""
    open_ = Objection.objects.filter(round=round_, state__in=UNDECIDED).exclude(due=None)
    return open_.order_by("due").values_list("due", flat=True).first()


def _while_sending(round_: Round, open_: Mapping[str, int], now: datetime) -> NextDeed:
    until = round_.submit_by
    if n := open_["submissions_to_accept"]:
        return NextDeed(_K.SORT, _SORT(n=n), _CAME)
    if round_.state == _R.CLOSED:
        if n := open_["submissions_returned"]:
            return NextDeed(_K.WAIT, _WAIT_FOR_ANSWERS, _RETURNED(n=n))
        return _move(_R.FIRST_REVIEW, _SORTED)
    if until is not None and until <= now:
        return _move(_R.CLOSED, _OVER)
    if n := open_["units_without_submission"]:
        return NextDeed(_K.WAIT, _WAIT, _NO_UNTIL if until is None else _UNTIL(until=told(until)))
    if n := open_["submissions_returned"]:
        return NextDeed(_K.WAIT, _WAIT_FOR_ANSWERS, _RETURNED(n=n))
    return _move(_R.CLOSED, _ALL_HERE)


def _move(to: RoundState, why: Text) -> NextDeed:
    return NextDeed(_K.MOVE, _MOVE(to=name_of(to)), why, to)
