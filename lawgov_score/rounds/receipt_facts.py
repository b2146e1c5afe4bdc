"""What the receipt of a submission says, and whether it is about one: the one place that knows the names of its facts.

A file is called whatever its sender likes: 64 digits of another file's fingerprint, the code of another unit, a line of
a receipt. So a fact is read by its own name, and compared whole; nothing is looked for in the others.
"""

import re
from dataclasses import dataclass

from lawgov_score.problems import printable
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.events import FIRST, Head
from lawgov_score.rounds.models import Event, Submission
from lawgov_score.rounds.plain import stamp
from lawgov_score.rounds.receipts import Receipt
from lawgov_score.rounds.things import receipt_number

_UNIT, _NUMBER, _NAME, _FINGERPRINT, _BEFORE = "单位", "回执号", "文件", "文件指纹", "此前登记"
_YES, _NO = "是（经批准）", "否"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEAD = re.compile(r"([0-9]{1,18}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Said:
    """The facts by which a receipt is compared: of which try of which unit, of what content, after which event."""

    unit: str  # code and name, as they were then
    number: str
    sha256: str
    before: Head


def facts_of(row: Submission, sha256: str, end: Head) -> dict[str, str]:
    """What the receipt of a submission says; ``end``: of the chain, before it."""
    return {
        "考核": f"{row.round.title}（{row.round.year} 年度）",
        _UNIT: f"{row.unit.code} {row.unit.name}",
        _NUMBER: receipt_number(row),
        _NAME: row.name,
        _FINGERPRINT: sha256,
        "收到时间": told(row.received_at).zh,
        "世界时": stamp(row.received_at),
        "逾期": _YES if row.late else _NO,
        "核对": f"错误 {row.errors}、警告 {row.warnings}、未填 {row.blanks}",
        "程序": f"lawgov-score {row.engine}",
        _BEFORE: f"{end.seq} {end.hash}",
    }


def said(receipt: Receipt) -> Said | None:
    """What a receipt says of a submission; None: it is no receipt of one, whatever else was signed."""
    facts = receipt.facts
    before = _HEAD.fullmatch(facts.get(_BEFORE, ""))
    sha256 = facts.get(_FINGERPRINT, "")
    if not receipt.holds or before is None or not _SHA256.fullmatch(sha256) or not {_UNIT, _NUMBER} <= facts.keys():
        return None
    return Said(facts[_UNIT], facts[_NUMBER], sha256, Head(int(before[1]), before[2]))


def is_of(receipt: Receipt, submission: Submission) -> bool:
    """Does it hold, and is it about this try of this unit, and about the content that is kept of it?"""
    about = said(receipt)
    return (
        about is not None
        and f"{about.unit} ".startswith(printable(f"{submission.unit.code} "))
        and about.number == printable(receipt_number(submission))
        and about.sha256 == submission.file.sha256
    )


def is_of_chain(about: Said) -> bool:
    """Is the event that it carries there, under its number? Else the chain was cut, or is another."""
    before = about.before
    return before == Head(0, FIRST) or Event.objects.filter(seq=before.seq, hash=before.hash).exists()
