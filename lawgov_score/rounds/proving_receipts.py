"""Proves the key of a data folder, and every receipt that it or the machines before it signed."""

from collections.abc import Iterator
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds.data import KEY, Data
from lawgov_score.rounds.exporting import told_keys
from lawgov_score.rounds.models import Submission
from lawgov_score.rounds.proving_rows import cut
from lawgov_score.rounds.receipt_facts import is_of, is_of_chain, said
from lawgov_score.rounds.receipts import check_receipt, public_key
from lawgov_score.rounds.things import called, place_named
from lawgov_score.wording import Words

_NO_SIGNATURE = Words("签名与内容不符", "the signature is not of this text")
_OTHER_KEY = Words("不是这个数据文件夹的密钥签的", "it is signed by another key than this data folder's")
_KEY_CHANGED = Words(
    "密钥不是建立（或者导入）轮次时的那一把", "the key is not the one that the round was made, or imported, with"
)
_OF_ANOTHER = Words("说的不是这个单位的这份文件", "it is not about this file of this unit")


@dataclass(frozen=True, slots=True)
class Keys:
    """Public keys whose receipts hold: this folder's, and those that events tell, the newest last."""

    own: str  # '' where it cannot be read
    told: tuple[str, ...]

    @classmethod
    def read(cls, data: Data) -> "Keys":
        """Of a data folder."""
        try:
            own = public_key(data.folder / KEY)
        except RefusedError:
            own = ""
        return cls(own, told_keys())

    @property
    def known(self) -> frozenset[str]:
        """All of them."""
        return frozenset({self.own, *self.told} - {""})


def key_problems(data: Data, keys: Keys) -> Iterator[Problem]:
    """Each folder signs with the key of its beginning: it was made with it, or imported with it."""
    try:
        public_key(data.folder / KEY)
    except RefusedError as refused:
        yield refused.problem
        return
    if keys.told and keys.told[-1] != keys.own:
        yield Problem(Code.R271, TextPlace(KEY), {"found": _KEY_CHANGED})


def receipt_problems(submission: Submission, keys: Keys) -> Iterator[Problem]:
    """Is the receipt of a submission signed, by a key of ours, of this file, and of this chain (R271, R270)?"""
    if not submission.receipt:
        return
    name = called(submission)
    receipt = check_receipt(submission.receipt)
    about = said(receipt)
    found: Words | None = None
    if not receipt.holds:
        found = _NO_SIGNATURE
    elif receipt.public not in keys.known:
        found = _OTHER_KEY
    elif not is_of(receipt, submission):
        found = _OF_ANOTHER
    if found is not None:
        yield Problem(Code.R271, place_named(name), {"found": found})
    elif about is not None and not is_of_chain(about):
        yield cut(name, about.before.seq)
