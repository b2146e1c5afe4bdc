"""What units answered is read once, kept beside the round, and read anew where a unit sends again."""

import shutil

import pytest
from breaking import in_one_process
from round_books import answered, sent

from lawgov_score import pipeline
from lawgov_score.rounds.answered import FOLDER, kept_answers, read_answers, unread
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.reader import in_this_process


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    in_one_process(monkeypatch)


def test_answers_are_kept_and_only_new_ones_are_read(
    data: Data, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(data, round_, "XZ-01", answered("XZ-01", 3, 4))
    sent(data, round_, "XZ-02", answered("XZ-02", 1, 4, "台账"))
    assert kept_answers(data, round_) is None
    assert unread(data, round_) == ("XZ-01", "XZ-02")
    kept = read_answers(data, round_, in_this_process)
    assert kept.unread(round_) == ()
    at = kept.at(0, Language.ZH)
    assert at["XZ-01"].figures.splitlines()[0].startswith("回复件数：3")
    assert at["XZ-02"].evidence == "台账"
    assert at["BM-01"].evidence == "（未报送）"
    assert at["BM-01"].is_silent
    assert not at["XZ-01"].is_silent
    assert "Evidence" not in at["XZ-01"].figures

    files: list[int] = []
    read = pipeline.read_for_office

    def counted(*args: object, **named: object) -> object:
        files.append(len(list(args[1][0].iterdir())) if args[1] else 0)  # type: ignore[index]
        return read(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_for_office", counted)
    sent(data, round_, "XZ-01", answered("XZ-01", 4, 4))
    assert unread(data, round_) == ("XZ-01",)
    kept = read_answers(data, round_, in_this_process)
    assert files == [1]
    assert kept.at(0, Language.EN)["XZ-01"].figures.startswith("回复件数: 4")
    assert kept.at(0, Language.ZH)["XZ-02"].evidence == "台账"
    assert [path.name for path in (data.folder / FOLDER).iterdir()] == [kept.folder.name]


def test_a_claim_is_found(data: Data, round_: Round) -> None:
    assert read_answers(data, round_, in_this_process).claims == ()


def test_what_is_damaged_or_gone_is_read_again(data: Data, round_: Round) -> None:
    kept = read_answers(data, round_, in_this_process)
    (kept.folder / "index.json").write_text("{", encoding="utf-8")
    assert kept_answers(data, round_) is None
    read_answers(data, round_, in_this_process)
    shutil.rmtree(data.folder / FOLDER)
    assert kept.at(0, Language.ZH) == {}
    assert kept_answers(data, round_) is None
