"""What is said of a move of the round, on a screen as on a page: what it means, what is open, until when units have."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from lawgov_score.rounds.clock import local, told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.moving import Open, OpenKind, is_back
from lawgov_score.rounds.names import RoundState, name_of
from lawgov_score.rounds.notices import own_notice
from lawgov_score.rounds.states import Step, Tells
from lawgov_score.rounds.wording_of_days import day_off, unknown_days
from lawgov_score.wording import ByFace, Phrase, Text, Words

_NOW = Words("现为“{state}”，转到“{to}”。", "It is “{state}”, and goes to “{to}”.")
_R, _K = RoundState, OpenKind
_MEANS: Mapping[RoundState, Text] = MappingProxyType(
    {
        _R.PREPARING: Words("各单位不能报送，可以修改体系和名册。", "Nobody may send; tree and roster can be amended."),
        _R.OPEN: Words("各单位可以报送、重报。", "Units may send, and send again."),
        _R.CLOSED: Words(
            "不再接收报送，退回后在告知期限内重报的除外；个别单位需要延期的，{how}。",
            "Nothing more is received, but answers to returns within their time, and from units that were granted more "
            "time ({how}).",
        )(
            how=ByFace(
                Words("用 lawgov-score round leave 办理", "lawgov-score round leave"),
                Words("在“单位”页办理", "on the page of units"),
            )
        ),
        _R.FIRST_REVIEW: Words(
            "牵头单位和考核办打分、认定，{how}录入。",
            "Leading departments and the office mark; {how} takes their workbooks.",
        )(
            how=ByFace(
                Words("用 lawgov-score round enter ", "lawgov-score round enter"),
                Words("在“评定”页", "the page of the review"),
            )
        ),
        _R.SECOND_REVIEW: Words(
            "对初审的打分进行复审；需要改分的，写明理由，{how}录入。",
            "First marks are reviewed; changes are entered with their reasons{how}.",
        )(
            how=ByFace(
                Words("用 lawgov-score round enter ", ""),
                Words("在“评定”页", " on the page of the review"),
            )
        ),
        _R.NOTIFIED: Words(
            "初评结果告知各单位。评分卡上的异议期限要转到“异议”以后才有：先转，再{how}发卡。",
            "The first results are told to the units. The deadline of objections stands on cards once the round is at "
            "“objections”: move on, then {how}send them out.",
        )(how=ByFace(Words("导出、计算、", "export, score and "), Words("计算、", "compute them and "))),
        _R.OBJECTIONS: Words("各单位可以提出异议，{how}登记。", "Units may object; {how} takes it down.")(
            how=ByFace(
                Words("用 lawgov-score round object ", "lawgov-score round object"),
                Words("在“异议”页", "the page of objections"),
            )
        ),
        _R.FINAL: Words(
            "异议办完后作终评计算，再公布。", "What was decided goes into the final run, and then it is published."
        ),
        _R.ARCHIVED: Words(
            "归档后不再录入、更正；要更正的，归档以前另作公布。",
            "Nothing is entered or corrected any more: a correction is published before.",
        ),
    }
)
_OTHER_DEADLINE = Words(
    "轮次仍处于“报送”，只更改报送截止：须写明理由。",
    "The round stays open; the deadline of submissions is another. It needs a reason.",
)
_TELLS = Words(
    "要告知各单位：通知由考核办发出，这里只记下哪一天转的。",
    "Units have to be told: the office sends the notices; here only the day is recorded.",
)
_BACK = Words(
    "这是退回上一步，须写明理由{why}并经领导同意{released_by}。",
    "This is a step back: it needs a reason{why} and the leader's release{released_by}.",
)(
    why=ByFace(Words("（--why）", " (--why)"), Words("", "")),
    released_by=ByFace(Words("（--released-by 姓名）", " (--released-by NAME)"), Words("", "")),
)
_RUN_FIRST = ByFace(
    Words("：lawgov-score round run {folder} --kind {kind}", ": lawgov-score round run {folder} --kind {kind}"),
    Words("：在“试算”页计算", ": make one on the page of trials"),
)
_PUBLISH_IT = ByFace(
    Words(
        "先作终评计算（round run --kind final）、另作公布（round publish）；确实不公布的，写 --leave-unpublished",
        "make a final run (round run --kind final) and publish it (round publish); or leave it out by "
        "--leave-unpublished",
    ),
    Words(
        "先作终评计算、另作公布；确实不公布的，在下面注明",
        "make a final run and publish it; or say below that it is left out",
    ),
)
_OPEN: Mapping[OpenKind, Words] = MappingProxyType(
    {
        _K.NO_DEADLINE: Words(
            "没有写报送截止{how}；不写则收到转为“截止”为止",
            "no deadline of submissions{how}; without it until the round is closed",
        ),
        _K.WITHOUT_SUBMISSION: Words(
            "{n} 个单位没有报送：{about:list}", "{n} units without a submission: {about:list}"
        ),
        _K.TO_ACCEPT: Words("{n} 份报送还没有受理：{about:list}", "{n} submissions not accepted: {about:list}"),
        _K.RETURNED: Words("{n} 份已退回，还没有重报：{about:list}", "{n} returned and not sent again: {about:list}"),
        _K.NOT_REVIEWED: Words(
            "{n} 项还没有评审，或者考核办还没有填报：{about:list}",
            "{n} items not reviewed, or not entered by the office: {about:list}",
        ),
        _K.UNDECIDED: Words("{n} 件异议没有决定：第 {about:list} 件", "{n} objections not decided: {about:list}"),
        _K.NOT_TOLD: Words(
            "{n} 件异议已决定，还没有告知：第 {about:list} 件", "{n} objections decided and not notified: {about:list}"
        ),
        _K.NO_RUN: Words("还没有{run}计算{how}", "no {run} run yet{how}"),
        _K.OLD_RUN: Words(
            "第 {about:list} 次计算（{run}）以后材料有变化{how}", "files changed after run {about:list} ({run}){how}"
        ),
        _K.UNPUBLISHED: Words(
            "最近一次公布以后又有变动，没有公布：{about:list}。归档以后不能再公布：{how}",
            "not published, and other than in the newest publication: {about:list}. Nothing is published after the "
            "archive: {how}",
        ),
    }
)
_DATE = ByFace(Words("：--until 日期", ": --until DAY"), Words("", ""))
_TOO_EARLY: Mapping[RoundState, Words] = MappingProxyType(
    {
        _R.OPEN: Words(
            "告诉单位的报送截止是 {about:list}，改得更早的，须保证各单位都知道；已退回的，报回期限不变",
            "units were told that they may send until {about:list}; make sure that all know of the earlier moment. "
            "Returns may be answered until the moment that came with them",
        ),
        _R.CLOSED: Words(
            "告诉单位的报送截止还没有到：{about:list}", "units were told that they may send until {about:list}"
        ),
        _R.FINAL: Words(
            "异议期限还没有到：{about:list}；在此以前提出的异议，转过以后仍算按期",
            "units may object until {about:list}; what is filed by then is in time, after the move too",
        ),
        _R.PUBLISHED: Words(
            "异议期限还没有到：{about:list}；在此以前提出的异议，公布以后仍算按期，办结后可能要另作公布",
            "units may object until {about:list}; what is filed by then is in time, and may need another publication",
        ),
        _R.ARCHIVED: Words(
            "异议期限还没有到：{about:list}；归档以后不能再登记、办理异议",
            "units may object until {about:list}; once the round is archived no objection is taken down any more",
        ),
    }
)
_AT_CLOSING: Mapping[OpenKind, Words] = MappingProxyType(
    {
        _K.WITHOUT_SUBMISSION: Words(
            "{n} 个单位没有报送，转过以后报来的不收，另行准予延期的除外：{about:list}",
            "{n} units without a submission; what they send after the move is refused unless they are granted more "
            "time: {about:list}",
        ),
        _K.RETURNED: Words(
            "{n} 份已退回，还没有重报；在退回时告知的期限以前，转过以后仍可重报：{about:list}",
            "{n} returned and not sent again; after the move too they may be, until the moment that came with the "
            "return: {about:list}",
        ),
    }
)
_MORE = Words("{last}等", "{last} and others")
MOST = 8  # of each kind that are named in the sentence
_DEADLINE: Mapping[RoundState, Words] = MappingProxyType(
    {
        _R.OPEN: Words("报送截止：{due}", "To be sent until {due}"),
        _R.OBJECTIONS: Words("提出异议的期限：{due}", "Objections until {due}"),
    }
)
_OTHER_DAY = Words(
    "告知事项（notice.yaml）里写的期限是 {own}；评分卡、网页按轮次的期限印 {day}",
    "The notice (notice.yaml) names {own}; cards and pages print the round's own deadline, {day}",
)


def what_it_means(step: Step) -> tuple[Text, ...]:
    """What a move of the round means: a sentence each, the first says from where it goes to where."""
    state, to = RoundState(step.start), RoundState(step.to)
    if state is to:
        return (_OTHER_DEADLINE, _TELLS)
    lines: list[Text] = [_NOW(state=name_of(state), to=name_of(to)), _MEANS[to]]
    if step.tells is Tells.UNITS:
        lines.append(_TELLS)
    if is_back(state, to):
        lines.append(_BACK)
    return tuple(lines)


def what_is_open(one: Open, to: RoundState, folder: str = "") -> Phrase:
    """What is not done before a move to ``to``, the first of them by name. ``folder``: as a command is given it."""
    about: tuple[object, ...] = one.about[:MOST]
    if len(one.about) > MOST:
        about = (*about[:-1], _MORE(last=about[-1]))
    values: dict[str, object] = {"n": len(one.about), "about": about}
    match one.kind:
        case OpenKind.TOO_EARLY:
            return _TOO_EARLY[to](**values)
        case OpenKind.NO_RUN | OpenKind.OLD_RUN:
            assert one.run is not None  # of these kinds
            typed = _RUN_FIRST.typed
            assert isinstance(typed, Words)
            how = ByFace(typed(folder=folder, kind=one.run.value), _RUN_FIRST.on_desk)
            return _OPEN[one.kind](**values, run=name_of(one.run), how=how)
        case OpenKind.WITHOUT_SUBMISSION | OpenKind.RETURNED if to is RoundState.CLOSED:
            return _AT_CLOSING[one.kind](**values)
        case OpenKind.NO_DEADLINE:
            return _OPEN[one.kind](**values, how=_DATE)
        case _:
            return _OPEN[one.kind](**values, how=_PUBLISH_IT)


def what_lasts(data: Data, round_: Round, to: RoundState, due: datetime, now: datetime) -> Iterator[Text]:
    """A deadline that begins by a move, and what somebody should know of it."""
    day = local(due).date()
    yield _DEADLINE[to](due=told(due))
    yield from day_off(due)
    if to is RoundState.OBJECTIONS and (own := own_notice(data, round_).deadline) not in {None, day}:
        yield _OTHER_DAY(own=str(own), day=day.isoformat())
    yield from unknown_days(now, due)
