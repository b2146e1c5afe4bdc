"""A receipt as a file that somebody holds, checked without the data folder, alone or beside its workbook."""

from pathlib import Path

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.rounds.receipt_facts import said
from lawgov_score.rounds.receipts import Receipt, check_receipt
from lawgov_score.rounds.store import sha256_of
from lawgov_score.wording import Phrase, Text, Words
from lawgov_score.workbook.package.guard import MOST_BYTES

_MOST_BYTES = 1 << 16  # of a receipt, which has a dozen lines
_ENCODINGS = ("utf-8-sig", "gb18030")  # as written; as an editor of an office saves it
_TOO_LARGE = Words("不是回执：文件有 {n} 字节", "no receipt: it has {n} bytes")
_NO_TEXT = Words("不是文本", "no text")
_CHANGED = Words("签名与内容不符，或者不是回执", "the signature is not of this text, or it is no receipt")
_ANOTHER = Words("不是回执所说的那一份：它的 sha256 为 {sha256}", "not the file of the receipt: its sha256 is {sha256}")


def checked_receipt(path: Path, workbook: Path | None = None) -> tuple[Receipt, tuple[Problem, ...]]:
    """What the receipt at ``path`` says, and why it does not hold (R271); ``workbook``: is it the one it is about?"""
    content = _read(path, _MOST_BYTES)
    if not isinstance(content, bytes):
        return _not(path, content)
    text = next((text for encoding in _ENCODINGS if (text := _decoded(content, encoding)) is not None), None)
    if text is None:
        return _not(path, _NO_TEXT)
    receipt = check_receipt(text)
    if not receipt.holds:
        return _not(path, _CHANGED)
    if workbook is not None:
        sent = _read(workbook, MOST_BYTES)
        if not isinstance(sent, bytes):
            return _not(workbook, sent)
        about = said(receipt)
        if about is None or about.sha256 != sha256_of(sent):
            return _not(workbook, _ANOTHER(sha256=sha256_of(sent)))
    return receipt, ()


def _not(path: Path, found: Text) -> tuple[Receipt, tuple[Problem, ...]]:
    return Receipt({}, holds=False), (Problem(Code.R271, TextPlace(display_path(path)), {"found": found}),)


def _read(path: Path, most: int) -> bytes | Words | Phrase | str:
    try:
        return read_whole(path, most)
    except NoFileError as error:
        return error.what
    except TooLargeError as error:
        return _TOO_LARGE(n=error.size)
    except OSError as error:
        return reason_of(error)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
