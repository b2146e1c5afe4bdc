"""``round decide``: an objection with its precedents and the effect of granting it; a step; a decision; its telling."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from lawgov_score.cli.moments import MomentType
from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.content.telling_words import HOW
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Text, Words

if TYPE_CHECKING:
    from lawgov_score.rounds.data import Data
    from lawgov_score.rounds.models import Objection, Round
    from lawgov_score.rounds.names import ObjectionState, Outcome
    from lawgov_score.rounds.weighing import Weighed

_Code = TypeVar("_Code", bound=StrEnum)

_ABOUT = Words(
    "决定第 N 号异议：受理、交办、拟办、决定、告知一次办完，改分随即计入。决定以后另行告知的，决定时写 --not-told，"
    "送达以后用 --told 记下哪天、怎样告知。不写 --outcome 则只查看：以往决定，以及按 --score 改分的影响。",
    "Decide objection N: all steps at once, telling the unit with them, and a changed score counts from now on. Where "
    "the unit is told later, decide with --not-told, and record the day and the way by --told. Without --outcome "
    "nothing is decided: it shows earlier decisions, and what --score would do.",
)
_OUTCOME = Words("结果：upheld 成立，partly_upheld 部分成立，rejected 不成立", "upheld, partly_upheld or rejected")
_SCORE = Words("认定的得分", "the score that is found right")
_NO_SCORE = Words(
    "不直接改分：另行更正填报数据或者登记", "no score is changed: figures or the register are corrected instead"
)
_WHY = Words("决定的理由", "the reason")
_TRY = Words("只试算影响，不作决定", "show the effect and decide nothing")
_AGAIN = Words("代替已经作出的决定；原决定仍留存", "replace the decision that was made; the earlier one is kept")
_LOWER = Words("确认减分：改后低于没有这件异议时的得分", "the unit is meant to lose points by its own objection")
_STEP = Words(
    "只办一步：受理（admitted）、不受理（refused）、交办（assigned）、拟办（drafted）、单位撤回（withdrawn）",
    "one step alone: admitted, refused, assigned or drafted; or withdrawn by its unit",
)
_NOT_TOLD = Words("只作决定（或者不受理），以后另行告知单位", "decide (or refuse) alone; the unit is told later")
_TOLD = Words(
    "记下告知单位的日期，如 2026-03-20、3月20日：已有结果的异议就此办结；以前记过的，更正",
    "record the day on which the unit was told, such as 2026-03-20; what was recorded before is corrected",
)
_NO_STEP = Words("不能只办“{found}”：可以是 {known:list}", "{found} is no single step: {known:list}")
_NO_OUTCOME = Words("没有“{found}”：可以是 {known:list}", "{found} is no outcome: {known:list}")
_ONE_OF = Words("--step 和 --outcome 只能写一个", "--step and --outcome cannot go together")
_TOLD_ALONE = Words(
    "--told 和 --how 要一起写，并且不与别的选项同写",
    "--told and --how go together, and with no other option",
)
_STEP_NOT_TRIED = Words("--try 试算得分，不与 --step 同写", "--try is for scores and does not go with --step")
_TOLD_LATER = Words(
    "--not-told 与 --outcome 或者 --step refused 同写", "--not-told goes with --outcome or --step refused"
)
_NAMED = Words("{zh}（{code}）", "{code}")

_HEAD = Words(
    "{objection}：{unit} {name}，{indicator}，现为“{state}”", "On {objection}: {unit} {name}, {indicator}: {state}"
)
_FILED = Words("提出：{at}", "Filed: {at}")
_DUE = Words("决定期限：{due}", "To be decided until {due}")
_CLAIM = Words("理由：{claim}", "Claim: {claim}")
_WANTED = Words("单位认为应为：{wanted}", "The unit wants: {wanted}")
_EVIDENCE = Words("佐证：{title}", "Evidence: {title}")
_STANDS = Words("现得分：{score}", "Score now: {score}")
_BELOW = Words("  {line}", "  {line}")
_IF = Words("如改为 {score:points} 分：", "With a score of {score:points}:")
_EFFECT = Words("影响：", "Effect:")
_TRIED = Words("以上为试算，没有作出决定。", "This was a trial: nothing is decided.")
_DECIDED = Words(
    "{objection}已决定：{outcome}，记为已告知；决定由考核办送达{name}。",
    "Decided {objection}: {outcome}; recorded as told: the office sends the decision to {name}.",
)
_DECIDED_ALONE = Words(
    "{objection}已决定：{outcome}，还没有告知{name}。", "Decided {objection}: {outcome}; {name} is not told yet."
)
_THEN_TELL = Words(
    "下一步：送达决定以后 lawgov-score round decide {folder} {n} --told 日期 --how 由谁、怎样告知",
    "Next, once the decision was sent: lawgov-score round decide {folder} {n} --told DAY --how TEXT",
)
_TELLING = Words("{objection}：{telling}", "Recorded of {objection}. {telling}")
_SAME = Words("{objection}此前已这样记下，没有再登记。", "Recorded before, of {objection}: nothing was done.")
_REPLACED = Words("已另作决定，代替 {at}的决定（{outcome}）。", "It replaces the decision of {at} ({outcome}).")
_RUN = Words(
    "以前的终评结果已不是最新：重新 round run --kind final，再 round publish 公布更正",
    "The last final run is out of date: round run --kind final again, then publish the correction",
)
_TOOK = Words("{objection}：{states:list}", "Took {objection} through: {states:list}")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def decide(
        folder: Path,
        number: int,
        outcome: str,
        score: float | None,
        has_no_score: bool,
        why: str,
        step: str,
        is_trial: bool,
        is_again: bool,
        is_lower: bool,
        is_untold: bool,
        told_on: date | None,
        how: str,
    ) -> int:
        if step and outcome:
            raise click.UsageError(render(_ONE_OF, lang))
        has_told = told_on is not None or bool(how.strip())
        of_deciding = (step, outcome, score is not None, has_no_score, why.strip(), is_again, is_lower, is_untold)
        if has_told and (told_on is None or not how.strip() or is_trial or any(of_deciding)):
            raise click.UsageError(render(_TOLD_ALONE, lang))
        if step and is_trial:
            raise click.UsageError(render(_STEP_NOT_TRIED, lang))
        if is_untold and not outcome and not step:
            raise click.UsageError(render(_TOLD_LATER, lang))
        with open_round(folder) as data:
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import seat_of, the_round
            from lawgov_score.rounds.names import ObjectionState, Outcome, Role
            from lawgov_score.rounds.objecting import objection_of
            from lawgov_score.rounds.weighing import weigh

            round_, now = the_round(), real_now()
            steps = (
                *(ObjectionState.ADMITTED, ObjectionState.REFUSED, ObjectionState.ASSIGNED, ObjectionState.DRAFTED),
                ObjectionState.WITHDRAWN,
            )
            found = _one_of(outcome, tuple(Outcome), _NO_OUTCOME, lang) if outcome else None
            if told_on is not None:
                say(_tell(objection_of(round_, number), told_on, how, lang))
                return 0
            if step:
                to = _one_of(step, steps, _NO_STEP, lang)
                if is_untold and to is not ObjectionState.REFUSED:
                    raise click.UsageError(render(_TOLD_LATER, lang))
                say("\n".join(_step(objection_of(round_, number), to, why, folder, lang, is_told=not is_untold)))
                return 0
            if found is None or is_trial:
                weighed = weigh(data, round_, number, score, seat_of(Role.OFFICE), now)
                lines = _shown(data, round_, weighed.objection, weighed, lang)
                if is_trial or score is not None:
                    lines.append(render(_TRIED, lang))
                say("\n".join(lines))
                return 0
            given = _Given(
                *(found, score, why),
                has_no_score=has_no_score,
                is_again=is_again,
                is_told=not is_untold,
                is_lower=is_lower,
            )
            say("\n".join(_decided(data, round_, number, given, folder, lang)))
        return 0

    return make.command(
        "decide",
        decide,
        data_argument(lang),
        click.Argument(["number"], type=click.IntRange(min=1), metavar="N"),
        click.Option(["--outcome"], default="", metavar="OUTCOME", help=render(_OUTCOME, lang)),
        click.Option(["--score"], type=float, default=None, metavar="X", help=render(_SCORE, lang)),
        click.Option(["--no-score", "has_no_score"], is_flag=True, help=render(_NO_SCORE, lang)),
        click.Option(["--why"], default="", metavar="TEXT", help=render(_WHY, lang)),
        click.Option(["--step"], default="", metavar="STEP", help=render(_STEP, lang)),
        click.Option(["--try", "is_trial"], is_flag=True, help=render(_TRY, lang)),
        click.Option(["--again", "is_again"], is_flag=True, help=render(_AGAIN, lang)),
        click.Option(["--lower", "is_lower"], is_flag=True, help=render(_LOWER, lang)),
        click.Option(["--not-told", "is_untold"], is_flag=True, help=render(_NOT_TOLD, lang)),
        click.Option(["--told", "told_on"], type=MomentType(lang), metavar="DAY", help=render(_TOLD, lang)),
        click.Option(["--how"], default="", metavar="TEXT", help=render(HOW, lang)),
        about=_ABOUT,
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """What a decision was given."""

    outcome: "Outcome"
    score: float | None
    why: str
    has_no_score: bool
    is_again: bool
    is_told: bool
    is_lower: bool


def _one_of(text: str, known: "tuple[_Code, ...]", words: Words, lang: Language) -> "_Code":
    """The one that is named, by its code or its name in either language."""
    from lawgov_score.rounds.names import name_of, named

    found = named(text, type(known[0]))
    if found is None or found not in known:
        names = tuple(_NAMED(zh=name_of(one).zh, code=one.value) for one in known)
        raise click.UsageError(render(words(found=text, known=names), lang))
    return found


def _tell(objection: "Objection", day: date, how: str, lang: Language) -> str:
    """Records that the unit was told, and says so."""
    from lawgov_score.rounds.clock import real_now
    from lawgov_score.rounds.creation import seat_of
    from lawgov_score.rounds.names import Role
    from lawgov_score.rounds.objecting import objection_of
    from lawgov_score.rounds.telling import Telling, tell
    from lawgov_score.rounds.things import numbered
    from lawgov_score.rounds.wording_of_objections import telling_told

    of = numbered("objection", objection.n)
    told = Telling(day.date() if isinstance(day, datetime) else day, how)
    if tell(objection, told, seat_of(Role.OFFICE), real_now()) is None:
        return render(_SAME(objection=of), lang)
    return render(_TELLING(objection=of, telling=telling_told(objection_of(objection.round, objection.n))), lang)


def _step(
    objection: "Objection", to: "ObjectionState", why: str, folder: Path, lang: Language, *, is_told: bool
) -> list[str]:
    from lawgov_score.rounds.clock import real_now
    from lawgov_score.rounds.creation import seat_of
    from lawgov_score.rounds.names import Role, name_of
    from lawgov_score.rounds.objecting import take_step
    from lawgov_score.rounds.things import numbered

    taken = take_step(objection, to, objection.version, seat_of(Role.OFFICE), why, real_now(), is_told=is_told)
    lines = [render(_TOOK(objection=numbered("objection", objection.n), states=tuple(map(name_of, taken))), lang)]
    return lines if is_told else [*lines, render(_THEN_TELL(folder=display_path(folder), n=objection.n), lang)]


def _decided(data: "Data", round_: "Round", number: int, given: _Given, folder: Path, lang: Language) -> list[str]:
    """Decides, and tells it with its effect."""
    from lawgov_score.rounds.clock import real_now, told
    from lawgov_score.rounds.creation import seat_of
    from lawgov_score.rounds.deciding import decide
    from lawgov_score.rounds.names import Outcome, Role, name_of
    from lawgov_score.rounds.things import numbered

    made = decide(
        data,
        round_,
        number,
        given.outcome,
        given.why,
        seat_of(Role.OFFICE),
        real_now(),
        score=given.score,
        has_no_score=given.has_no_score,
        is_again=given.is_again,
        is_told=given.is_told,
        is_lower=given.is_lower,
    )
    of = made.weighed.objection
    words = _DECIDED if given.is_told else _DECIDED_ALONE
    outcome = name_of(given.outcome)
    lines = [render(words(objection=numbered("objection", of.n), outcome=outcome, name=of.unit.name), lang)]
    former = made.decision.replaces
    if former is not None:
        lines.append(render(_REPLACED(at=told(former.at), outcome=name_of(Outcome(former.outcome))), lang))
    lines += _effect(made.weighed, lang)
    if made.weighed.book is not None and round_.runs.filter(kind="final").exists():
        lines.append(render(_RUN, lang))
    return lines if given.is_told else [*lines, render(_THEN_TELL(folder=display_path(folder), n=of.n), lang)]


def _shown(data: "Data", round_: "Round", of: "Objection", weighed: "Weighed", lang: Language) -> list[str]:
    """The objection, what was decided on it, what was decided before at its indicator, and what a score would do."""
    from lawgov_score.rounds.clock import told
    from lawgov_score.rounds.deciding import decision_of
    from lawgov_score.rounds.fitting import doubts
    from lawgov_score.rounds.names import UNDECIDED
    from lawgov_score.rounds.objecting import evidence_added
    from lawgov_score.rounds.precedents import precedents
    from lawgov_score.rounds.things import numbered
    from lawgov_score.rounds.wording_of_objections import (
        NO_PRECEDENTS,
        PRECEDENTS,
        beside_told,
        decision_told,
        filed_at_told,
        points_told,
        precedent_told,
        state_told,
        telling_told,
        withdrawn_told,
    )

    state = state_told(of, decision_of(of))
    lines: list[Text] = [
        _HEAD(
            objection=numbered("objection", of.n),
            unit=of.unit.code,
            name=of.unit.name,
            indicator=of.indicator,
            state=state,
        ),
        _FILED(at=filed_at_told(of)),
    ]
    if of.due is not None and of.state in UNDECIDED:
        lines.append(_DUE(due=told(of.due)))
    lines.append(_CLAIM(claim=of.claim))
    if of.wanted:
        lines.append(_WANTED(wanted=of.wanted))
    if of.evidence is not None:
        lines.append(_EVIDENCE(title=of.evidence.title))
    lines += [_EVIDENCE(title=title) for _, title in evidence_added(of)]
    lines.append(_STANDS(score=points_told(weighed.stands)))
    lines += [decision_told(one) for one in of.decisions.order_by("pk")]
    if (telling := telling_told(of)) is not None:
        lines.append(telling)
    if (withdrawn := withdrawn_told(of)) is not None:
        lines.append(withdrawn)
    lines += beside_told(of)
    earlier = precedents(data, round_, of.indicator, but=of.n)
    lines.append(PRECEDENTS if earlier else NO_PRECEDENTS)
    lines += [_BELOW(line=precedent_told(one)) for one in earlier]
    lines += doubts(data, round_, of, weighed.score)
    shown = [render(line, lang) for line in lines]
    if weighed.score is None:
        return shown
    return [*shown, render(_IF(score=weighed.score), lang), *_effect(weighed, lang, heading=False)]


def _effect(weighed: "Weighed", lang: Language, *, heading: bool = True) -> list[str]:
    from lawgov_score.rounds.wording_of_objections import weighed_told

    lines = [render(line, lang) for line in weighed_told(weighed)]
    return [render(_EFFECT, lang), *lines] if heading and weighed.effect is not None else lines
