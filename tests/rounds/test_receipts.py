"""Receipts: anybody can check one, without the data folder; and no change of one holds."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.receipts import Receipt, check_receipt, make_key, public_key, short, sign_receipt

FACTS = {
    "轮次": "county-2026",
    "单位": "XZ-01 东乡",
    "文件": "东乡.xlsx",
    "sha256": "ab" * 32,
    "收到": "2026-03-02 09:30",
}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "key"
    make_key(path)
    return path


def test_the_key_is_for_its_owner_alone(key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_receipt_holds_and_says_what_was_received(key: Path) -> None:
    receipt = check_receipt(sign_receipt(key, FACTS))
    assert receipt == Receipt(FACTS, holds=True, public=public_key(key))
    assert len(short(receipt.public)) == 24


def test_what_an_editor_or_a_mail_does_to_lines_does_no_harm(key: Path) -> None:
    text = sign_receipt(key, FACTS)
    assert check_receipt("\ufeff" + text.replace("\n", "  \r\n\r\n")).holds


def test_any_other_character_breaks_it(key: Path) -> None:
    text = sign_receipt(key, FACTS)
    for at, char in enumerate(text.rstrip("\n")):
        if char not in "\n =":  # the padding of base64 has no meaning
            other = "乙" if char != "乙" else "甲"
            assert not check_receipt(text[:at] + other + text[at + 1 :]).holds, (at, char)


def test_a_line_more_or_less_or_moved_breaks_it(key: Path) -> None:
    lines = sign_receipt(key, FACTS).splitlines()
    for at in range(len(lines)):
        assert not check_receipt("\n".join(lines[:at] + lines[at + 1 :])).holds
        assert not check_receipt("\n".join([*lines[:at], "备注：合格", *lines[at:]])).holds
        if at:
            swapped = [*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]]
            assert not check_receipt("\n".join(swapped)).holds


def test_a_receipt_of_another_key_holds_and_is_told_by_its_key(key: Path, tmp_path: Path) -> None:
    make_key(tmp_path / "key")
    other = check_receipt(sign_receipt(tmp_path / "key", FACTS))
    assert other.holds
    assert short(other.public) != short(public_key(key))


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert not check_receipt(text).holds


def test_a_name_with_a_line_break_makes_no_line(key: Path) -> None:
    receipt = check_receipt(sign_receipt(key, {"文件": "a\n签名：x.xlsx"}))
    assert receipt.holds
    assert receipt.facts == {"文件": "a\\u{A}签名：x.xlsx"}


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        sign_receipt(tmp_path / "key", FACTS)
    assert refused.value.problem.code is Code.R209
