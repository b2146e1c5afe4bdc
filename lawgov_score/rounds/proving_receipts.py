"""Proves the key of a data folder, and every receipt that it or the machines before it signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds.data import KEY, Data
from lawgov_score.rounds.events import FIRST
from lawgov_score.rounds.exporting import sealed_list
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.models import Event, File, Submission
from lawgov_score.rounds.names import FileKind
from lawgov_score.rounds.proving_rows import Deeds, cut
from lawgov_score.rounds.receipts import check_receipt, public_key
from lawgov_score.rounds.things import called, place_named
from lawgov_score.wording import Words

_NO_SIGNATURE = Words("签名与内容不符", "the signature is not of this text")
_OTHER_KEY = Words("不是这个数据文件夹的密钥签的", "it is signed by another key than this data folder's")
_KEY_CHANGED = Words("密钥不是建立轮次时的那一把", "the key is not the one that the round was made with")
_OF_ANOTHER = Words("说的不是这个单位的这份文件", "it is not about this file of this unit")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Keys:
    """Public keys whose receipts hold: this folder's, the one that the round was made with, those of its imports."""

    own: str  # '' where it cannot be read
    made_with: str  # '' where no event tells
    sealed: frozenset[str]

    @classmethod
    def read(cls, data: Data, deeds: Deeds) -> "Keys":
        """Of a data folder."""
        try:
            own = public_key(data.folder / KEY)
        except RefusedError:
            own = ""
        seals = File.objects.filter(kind=FileKind.SEAL.value)
        texts = [read(data, one).decode(errors="replace") for one in seals if data.store.has(one.sha256)]
        return cls(
            own, deeds.public_key, frozenset(sealed_list(text)[0].public for text in texts if sealed_list(text)[1])
        )

    @property
    def known(self) -> frozenset[str]:
        """All of them."""
        return self.sealed | {self.own, self.made_with} - {""}


def key_problems(data: Data, keys: Keys) -> Iterator[Problem]:
    """A folder that was imported signs with a key of its own; any other with that of the beginning."""
    try:
        public_key(data.folder / KEY)
    except RefusedError as refused:
        yield refused.problem
        return
    if not keys.sealed and keys.made_with not in {"", keys.own}:
        yield Problem(Code.R271, TextPlace(KEY), {"found": _KEY_CHANGED})


def receipt_problems(submission: Submission, keys: Keys) -> Iterator[Problem]:
    """Is the receipt of a submission signed, by a key of ours, of this file, and of this chain (R271, R270)?"""
    if not submission.receipt:
        return
    name = called(submission)
    receipt = check_receipt(submission.receipt)
    values = receipt.facts.values()
    found: Words | None = None
    if not receipt.holds:
        found = _NO_SIGNATURE
    elif receipt.public not in keys.known:
        found = _OTHER_KEY
    elif not all(any(one in value for value in values) for one in (submission.file.sha256, submission.unit.code)):
        found = _OF_ANOTHER
    if found is not None:
        yield Problem(Code.R271, place_named(name), {"found": found})
        return
    carried = {one for value in values for one in _HASH.findall(value)} - {submission.file.sha256, FIRST}
    for one in sorted(carried):
        if not Event.objects.filter(hash=one).exists():
            yield cut(name, "?")
