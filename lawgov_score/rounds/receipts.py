"""Receipts that anybody can check: signed with the key of the data folder, checked without it.

A receipt is a text of lines 名称：值. The signature covers every line before it, trimmed, so that neither line ends nor
an editor's mark of encoding break it. Its public key is in the receipt; that it is the office's, the short form says
that stands on the notice.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path, printable
from lawgov_score.rounds.disk import DISK, Disk
from lawgov_score.wording import Words

HEAD = "法治政府建设考核 报送回执"
_PUBLIC, _SIGNATURE = "公钥", "签名"
_BETWEEN = "："
_NO_KEY = Words("没有密钥文件", "there is no file with the key")
_BAD_KEY = Words("密钥文件读不出", "the key cannot be read")


def make_key(path: Path, disk: Disk = DISK) -> None:
    """Makes the key of a data folder, for its owner alone (mode 600). Raises ``CannotWriteError``."""
    key = Ed25519PrivateKey.generate()
    disk.write(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), mode=0o600)


def public_key(path: Path) -> str:
    """The public half of the key at ``path``, as receipts print it. Raises ``RefusedError`` (R209)."""
    return _text_of(_key(path).public_key())


def short(public: str) -> str:
    """What of a public key is printed on the notice, to be compared by eye: five groups of four."""
    digits = hashlib.sha256(public.encode()).hexdigest()[:20].upper()
    return "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def sign_receipt(path: Path, facts: Mapping[str, str]) -> str:
    """A receipt of these facts, in their order, signed by the key at ``path``. Raises ``RefusedError`` (R209)."""
    key = _key(path)
    lines = [HEAD, *(f"{printable(name)}{_BETWEEN}{printable(value)}".rstrip() for name, value in facts.items())]
    lines.append(f"{_PUBLIC}{_BETWEEN}{_text_of(key.public_key())}")
    signature = base64.b64encode(key.sign(_signed(lines))).decode()
    return "\n".join([*lines, f"{_SIGNATURE}{_BETWEEN}{signature}"]) + "\n"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says, and whether it holds. ``public``: '' where it has none that can be read."""

    facts: Mapping[str, str]
    holds: bool
    public: str = ""


def check_receipt(text: str) -> Receipt:
    """Does a receipt hold? Any text has an answer; whose key it is, ``short(public)`` says."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines()]
    lines = [line for line in lines if line]
    pairs = [line.partition(_BETWEEN) for line in lines[1:]]
    facts = {name: value for name, _, value in pairs}
    public, signature = facts.pop(_PUBLIC, ""), facts.pop(_SIGNATURE, "")
    if not lines or lines[0] != HEAD or len(facts) + 2 != len(pairs) or pairs[-1][0] != _SIGNATURE:
        return Receipt(facts, holds=False)
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), _signed(lines[:-1]))
    except (ValueError, InvalidSignature):
        return Receipt(facts, holds=False, public=public)
    return Receipt(facts, holds=True, public=public)


def _signed(lines: list[str]) -> bytes:
    return "\n".join(line.strip() for line in lines).encode()


def _text_of(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _key(path: Path) -> Ed25519PrivateKey:
    place = TextPlace(display_path(path))
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise RefusedError(Problem(Code.R209, place, {"found": _NO_KEY})) from error
    except (ValueError, TypeError) as error:
        raise RefusedError(Problem(Code.R209, place, {"found": _BAD_KEY})) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RefusedError(Problem(Code.R209, place, {"found": _BAD_KEY}))
    return key
