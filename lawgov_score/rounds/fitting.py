"""Do outcome and score of a decision go together, and can the indicator have such a score?"""

import math

from lawgov_score.catalogue import Code
from lawgov_score.model import Indicator
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Objection, Round
from lawgov_score.rounds.names import Outcome
from lawgov_score.rounds.objecting import check_indicator
from lawgov_score.rounds.scheme import Scheme, scheme_of
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import ByFace, Text, Words
from lawgov_score.workbook.forms.office import score_range

_SCORE_NEEDED = Words("认定的得分", "the score that is found right")
_SCORE_HINT = ByFace(
    Words(
        "用 --score 写认定的得分；得分由更正填报数据或登记而变、不直接改分的，写 --no-score",
        "Give the score by --score; where figures or the register are corrected instead, write --no-score",
    ),
    Words(
        "写明认定的得分；得分由更正填报数据或登记而变、不直接改分的，注明不改分",
        "Give the score; where figures or the register are corrected instead, say that no score changes",
    ),
)
_NO_SCORE = Words("不改分", "no score")
_REJECTED_HINT = ByFace(
    Words(
        "“不成立”的不改分，去掉 --score；要改分的，结果写“成立”或“部分成立”",
        "Where it is rejected nothing changes: leave --score out, or decide that it is upheld or partly upheld",
    ),
    Words(
        "“不成立”的不改分，得分不填；要改分的，结果选“成立”或“部分成立”",
        "Where it is rejected nothing changes: give no score, or decide that it is upheld or partly upheld",
    ),
)
_KIND_HINT = ByFace(
    Words(
        "加减分、一票否决在“加减分登记”中更正后用 round enter 录入，这里写 --no-score",
        "Bonuses, penalties and vetoes are corrected in the register and entered; here write --no-score",
    ),
    Words(
        "加减分、一票否决在“加减分登记”中更正后录入，这里注明不改分",
        "Bonuses, penalties and vetoes are corrected in the register and entered; here say that no score changes",
    ),
)
_NOTHING = Words("没有写", "none given")
_POINTS = Words("{score:points}", "{score:points}")
_WANTED, _THOUGHT_OF = Words("单位要求的", "What the unit wants,"), Words("试算的", "The score,")
_BEYOND = Words(
    "注意：{what} {score:points} 分超出该项的得分范围（{least:points} 到 {most:points}）",
    "Note: {what} {score:points}, is beyond the range of the indicator ({least:points} to {most:points})",
)
_NO_LEVEL = Words(
    "注意：{what} {score:points} 分，该项按计分规则只有 {levels:list} 各档，不会得这个分",
    "Note: {what} {score:points}, is none that its rule can give: {levels:list}",
)


def check_fits(
    objection: Objection, outcome: Outcome, score: float | None, scheme: Scheme, *, has_no_score: bool
) -> None:
    """Before anything is computed: do outcome and score go together? Raises ``RefusedError``: R253, R255, R256."""
    check_score(objection, outcome, score, has_no_score=has_no_score)
    if score is not None:
        check_range(objection, check_indicator(scheme.tree, objection.unit, objection.indicator), score)


def check_score(objection: Objection, outcome: Outcome, score: float | None, *, has_no_score: bool) -> None:
    """A score where something is upheld, none where nothing is. Raises ``RefusedError`` (R255)."""
    found: Text
    hint: ByFace
    if outcome is Outcome.REJECTED and score is not None:
        expected, found, hint = _NO_SCORE, _POINTS(score=score), _REJECTED_HINT
    elif outcome is not Outcome.REJECTED and (score is None) is not has_no_score:
        expected, found, hint = _SCORE_NEEDED, _NOTHING if score is None else _NO_SCORE, _SCORE_HINT
    else:
        return
    values = {"expected": expected, "found": found, "hint": hint}
    raise RefusedError(Problem(Code.R255, place_of(objection), values))


def check_range(objection: Objection, indicator: Indicator | None, score: float) -> None:
    """Can it have this score (None: a kind of the register)? Raises ``RefusedError``: R255, R256."""
    place = place_of(objection)
    if indicator is None:
        found = _POINTS(score=score)
        raise RefusedError(Problem(Code.R255, place, {"expected": _NO_SCORE, "found": found, "hint": _KIND_HINT}))
    least, most = score_range(indicator)
    if not least <= score <= most:
        figures = {"code": indicator.code, "indicator": indicator.title, "least": least, "most": most}
        raise RefusedError(Problem(Code.R256, place, {**figures, "found": score}))


def doubts(
    data: Data, round_: Round, objection: Objection, score: float | None, scheme: Scheme | None = None
) -> tuple[Text, ...]:
    """What is to be said of a score that is thought of, and of the one the unit wants: more than the indicator has, or
    one that its rule cannot give. The office may decide it all the same, within the indicator's points.
    """
    node = (scheme or scheme_of(data, round_)).tree.by_code.get(objection.indicator)
    if not isinstance(node, Indicator):
        return ()
    found: list[Text] = []
    for words, one in ((_WANTED, _as_number(objection.wanted)), (_THOUGHT_OF, score)):
        if one is None:
            continue
        least, most = score_range(node)
        if not least <= one <= most:
            found.append(_BEYOND(what=words, score=one, least=least, most=most))
        elif node.rule.levels and not any(math.isclose(one, level, abs_tol=1e-6) for level in node.rule.levels):
            levels = tuple(_POINTS(score=level) for level in node.rule.levels)
            found.append(_NO_LEVEL(what=words, score=one, levels=levels))
    return tuple(found)


def _as_number(text: str) -> float | None:
    """The number that a unit wrote as what it wants, with or without 分; None where it is none."""
    try:
        number = float(text.strip().removesuffix("分"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
