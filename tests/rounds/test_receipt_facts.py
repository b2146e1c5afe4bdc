"""A receipt proves the file that was received and no other, whatever a unit calls its files.

Reaches ``rounds/checking.py`` and the receipts of ``rounds/verifying.py`` and ``rounds/importing.py``.
"""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from round_books import answered
from round_made import NOW

from lawgov_score.catalogue import Code
from lawgov_score.problems import printable
from lawgov_score.rounds.checking import checked_receipt
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.events import FIRST, Head, head
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.importing import import_round
from lawgov_score.rounds.models import File, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import RoundState
from lawgov_score.rounds.receipt_facts import Said, facts_of, is_of, is_of_chain, said
from lawgov_score.rounds.receipts import Receipt, check_receipt, make_key, sign_receipt
from lawgov_score.rounds.receiving import receive
from lawgov_score.rounds.states import move
from lawgov_score.rounds.store import sha256_of
from lawgov_score.rounds.verifying import verify_round
from lawgov_score.workbook.submission.reader import in_this_process

SENT, OTHER = "ab" * 32, "cd" * 32
END = Head(7, "0f" * 32)
LINES = (
    OTHER,
    f"{OTHER}.xlsx",
    f"XZ-02 {OTHER}.xlsx",
    "XZ-02",
    "county-2026/XZ-02/1",
    f"7 {OTHER}",
    f"文件指纹：{OTHER}",
    f"a.xlsx\n文件指纹：{OTHER}",
    f"a\r\n单位：XZ-02 西乡\r\n文件指纹：{OTHER}",
    f"a\u2028文件指纹：{OTHER}\u2029回执号：county-2026/XZ-02/1\x85签名：AA==\x0b\x0c\x1c",
    "\\u{A}文件指纹：" + OTHER,
    "法治政府建设考核 报送回执",
    "公钥：AA==",
    " \u3000",
    "\udcff.xlsx",
    "",
)
hostile = st.text() | st.lists(st.sampled_from(LINES) | st.text(max_size=3), max_size=4).map("".join)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "key"
    make_key(path)
    return path


def a_row(name: str, unit: str = "XZ-01", n: int = 1, sha256: str = SENT) -> Submission:
    """A row that is in no database."""
    round_ = Round(code="county-2026", title="县考核", year=2026)
    of = Unit(round=round_, code=unit, name="某乡")
    return Submission(
        round=round_, unit=of, n=n, name=printable(name), file=File(sha256=sha256), engine="0.9.0", received_at=NOW
    )


@example("XZ-02", f"a.xlsx\n文件指纹：{OTHER}")
@given(st.sampled_from(["XZ-01", "XZ-0", "XZ-01 2"]), hostile)
def test_whatever_a_file_is_called_its_receipt_is_of_it_and_of_nothing_else(key: Path, unit: str, name: str) -> None:
    row = a_row(name, unit)
    receipt = check_receipt(sign_receipt(key, facts_of(row, SENT, END)))
    assert receipt.holds
    assert said(receipt) == Said(f"{unit} 某乡", f"county-2026/{unit}/1", SENT, END)
    assert is_of(receipt, row)
    for other in (a_row(name, unit, sha256=OTHER), a_row(name, unit, n=2), a_row(name, "XZ-02x"), a_row(name, "XZ")):
        assert not is_of(receipt, other)


def test_what_is_signed_and_lacks_a_fact_is_no_receipt_of_a_submission(key: Path) -> None:
    facts = facts_of(a_row("a.xlsx"), SENT, END)
    for name in ("单位", "回执号", "文件指纹", "此前登记"):
        less = {fact: value for fact, value in facts.items() if fact != name}
        receipt = check_receipt(sign_receipt(key, {**less, "文件": SENT}))
        assert receipt.holds
        assert said(receipt) is None
        assert not is_of(receipt, a_row("a.xlsx"))
    for name, value in (("文件指纹", f"{SENT}."), ("此前登记", f"x {END.hash}"), ("此前登记", END.hash)):
        assert said(check_receipt(sign_receipt(key, {**facts, name: value}))) is None
    assert said(Receipt(facts, holds=False)) is None


def test_the_event_that_it_carries_is_looked_for_under_its_number(data: Data) -> None:
    end = head()
    assert is_of_chain(Said("", "", "", end))
    assert is_of_chain(Said("", "", "", Head(0, FIRST)))
    for other in (Head(end.seq + 1, end.hash), Head(end.seq, OTHER), Head(1, FIRST)):
        assert not is_of_chain(Said("", "", "", other))


def test_a_unit_that_calls_its_workbook_like_the_fingerprint_of_another_forges_and_breaks_nothing(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    move(round_, RoundState.OPEN, 1, office, "", NOW)
    other = tmp_path / "B.xlsx"
    other.write_bytes(answered("XZ-01", 9, 10))
    for i, name in enumerate((sha256_of(other.read_bytes()), "XZ-02", f"单位：XZ-02 {'0f' * 32}", "甲\n文件指纹：乙")):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(answered("XZ-01", i + 1, 10))
        (outcome,) = receive(data, round_, [path], office, NOW, in_this_process)
        assert outcome.submission is not None
        receipt = tmp_path / "receipt.txt"
        receipt.write_text(outcome.submission.receipt, encoding="utf-8")
        assert checked_receipt(receipt, path)[1] == ()
        (problem,) = checked_receipt(receipt, other)[1]
        assert problem.code is Code.R271
    assert verify_round(data, round_).problems == ()
    export_round(data, round_, tmp_path / "exported")
    import_round(tmp_path / "exported", tmp_path / "there", now=NOW)
    with opened(tmp_path / "there") as there:
        assert verify_round(there, the_round()).problems == ()
