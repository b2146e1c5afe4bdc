"""佐证: how much of the evidence that an indicator wants was named; kept apart from how well it was performed.

Measured are the documents that a unit wrote into 佐证材料, on any row of the indicator, counted against the documents
that the scheme lists; a listed document found by its name counts even where commas are missing. Whether a document
proves anything is for a reviewer to say. Nothing in this module changes a score. Inputs without a column for evidence
(tables, the office's own workbooks) leave it unknown, which is not zero.
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from lawgov_score.explanation.figures import answers_of
from lawgov_score.explanation.references import quote
from lawgov_score.model import AnswerState, Indicator, Scores, Why
from lawgov_score.rounding import DUST_DECIMALS
from lawgov_score.wording import Phrase, Words


class Standing(StrEnum):
    """How much of one indicator's evidence the unit has named."""

    NOT_ASKED = "not_asked"  # the scheme lists none, or the indicator does not apply
    UNKNOWN = "unknown"  # the input has no column for evidence
    UNANSWERED = "unanswered"  # nothing was answered that evidence could support
    NONE = "none"  # 未提供
    PART = "part"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Performance and sufficiency of evidence of one indicator, side by side.

    ``performance``: score over applicable points, nan where there is no score. ``sufficiency``: share of the listed
    documents that were named, 0 to 1, nan where ``standing`` is none of NONE, PART and FULL. ``documents``: what the
    unit named; ``missing``: the listed documents not among them by name, empty where enough were named.
    """

    standing: Standing
    performance: float
    sufficiency: float
    required: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceCount:
    """All indicators of one unit that want evidence: how many have each standing, mean sufficiency (nan: unknown)."""

    full: int
    part: int
    none: int
    unanswered: int
    unknown: int
    sufficiency: float


_CUTS = "、；;，,\n\r"
_CUT_ALL = str.maketrans(dict.fromkeys(_CUTS, "\n"))
_OPEN, _CLOSE = "《（(〔[【“「", "》）)〕]】”」"
_NO_TITLE = re.compile(r"[\W_\d年月日号第]*")  # a date or a number alone is not another document
_NOTHING = frozenset({"无", "没有", "暂无", "未提供", "none", "n/a", "nil"})
_FOLD = re.compile(r"[\W_]+")


def evidence_of(scores: Scores, row: int, indicator: Indicator) -> Evidence:
    """The evidence of ``indicator`` that the unit in ``row`` named."""
    at = scores.at(row, indicator.code)
    is_known = at.is_scored and at.points > 0
    performance = round(at.score / at.points, DUST_DECIMALS) if is_known else float("nan")
    given = [answer for _, answer in answers_of(scores, row, indicator) if answer is not None]
    required, unknown = indicator.evidence, float("nan")
    if not required or not at.applies or scores.replaced(row, indicator.code) is not Why.NONE:
        return Evidence(Standing.NOT_ASKED, performance, unknown)
    is_answered = any(answer.state in {AnswerState.GIVEN, AnswerState.INVALID} for answer in given)
    if not is_answered and not (indicator.is_judged and any(answer.evidence for answer in given)):
        return Evidence(Standing.UNANSWERED, performance, unknown, required)
    texts = tuple(answer.evidence for answer in given if answer.evidence is not None)
    if not texts:
        return Evidence(Standing.UNKNOWN, performance, unknown, required)
    documents = tuple(dict.fromkeys(one for text in texts for one in documents_in(text)))
    written = _folded("".join(documents))
    by_name = tuple(name for name in required if _folded(name) in written)
    named = min(max(len(by_name), len(documents)), len(required))
    missing = () if named == len(required) else tuple(name for name in required if name not in by_name)
    standing = Standing.FULL if named == len(required) else Standing.PART if named else Standing.NONE
    return Evidence(standing, performance, named / len(required), required, documents, missing)


def all_evidence_of(scores: Scores, row: int) -> dict[str, Evidence]:
    """The evidence of every indicator that the unit in ``row`` named, by code."""
    return {indicator.code: evidence_of(scores, row, indicator) for indicator in scores.tree.indicators}


def evidence_count(scores: Scores, row: int) -> EvidenceCount:
    """The count over all indicators of one unit."""
    all_evidence = all_evidence_of(scores, row).values()
    shares = [one.sufficiency for one in all_evidence if one.standing in _MEASURED]
    times = Counter(one.standing for one in all_evidence)
    return EvidenceCount(
        full=times[Standing.FULL],
        part=times[Standing.PART],
        none=times[Standing.NONE],
        unanswered=times[Standing.UNANSWERED],
        unknown=times[Standing.UNKNOWN],
        sufficiency=round(sum(shares) / len(shares), DUST_DECIMALS) if shares else float("nan"),
    )


_MEASURED = frozenset({Standing.FULL, Standing.PART, Standing.NONE})


def documents_in(text: str) -> tuple[str, ...]:
    """The documents named in free text: cut at 、 ； ， and line ends, never inside brackets or 《》.

    >>> documents_in("《关于权力清单、责任清单的通知》（营商办〔2020〕5号）、网站截图，2020年3月")
    ('《关于权力清单、责任清单的通知》（营商办〔2020〕5号）', '网站截图')
    >>> documents_in("无")
    ()
    """
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if letter in _CUTS and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    if depth:  # a bracket that is never closed is ignored
        parts = text.translate(_CUT_ALL).split("\n")
    return tuple(
        part.strip() for part in parts if not _NO_TITLE.fullmatch(part) and part.strip("。. \t").lower() not in _NOTHING
    )


def _folded(text: str) -> str:
    return _FOLD.sub("", text).lower()


# ---------------------------------------------------------------- in words

_FULL = Words("佐证材料应列 {of} 项，已写明 {n} 项", "evidence: {n} documents named, {of} wanted")
_PART = Words(
    "佐证材料应列 {of} 项，只写明 {n} 项，未见{missing:list}",
    "evidence: {n} of {of} documents named; not found: {missing:list}",
)
_PART_OTHERWISE = Words(
    "佐证材料应列 {of} 项，写明 {n} 项，与应列的名称不尽一致；应列而没有找到同名的：{missing:list}",
    "evidence: {n} of {of} documents named, not all by the names wanted; none is called {missing:list}",
)
_NONE = Words(
    "未提供佐证材料（应有{missing:list}）；未提供不等于没有做到，得分仍按填报值计算",
    "no evidence named (wanted: {missing:list}); that does not say it was not done: the score rests on the answers",
)
_UNANSWERED = Words("未填报，佐证材料无从核对（应有{missing:list}）", "not answered: no evidence to look for")
_UNKNOWN = Words("报送的数据没有佐证材料一栏，佐证是否充分不明", "the input has no column for evidence: not known")


def evidence_phrase(evidence: Evidence) -> Phrase | None:
    """The evidence in words; None if the indicator asks for none."""
    missing = tuple(quote(name) for name in evidence.missing or evidence.required)
    match evidence.standing:
        case Standing.FULL:
            return _FULL(of=len(evidence.required), n=max(len(evidence.documents), len(evidence.required)))
        case Standing.PART:
            n = round(evidence.sufficiency * len(evidence.required))
            words = _PART if n + len(missing) == len(evidence.required) else _PART_OTHERWISE
            return words(of=len(evidence.required), n=n, missing=missing)
        case Standing.NONE:
            return _NONE(missing=missing)
        case Standing.UNANSWERED:
            return _UNANSWERED(missing=missing)
        case Standing.UNKNOWN:
            return _UNKNOWN()
        case Standing.NOT_ASKED:
            return None
