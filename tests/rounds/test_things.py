"""What things of a round are called: one name for records, and the same in a reader's words."""

import re
from pathlib import Path

import pytest
from round_made import NOW, a_submission, an_objection

import lawgov_score
from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.report import problem_record, problems_github, problems_text, render
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round, Seat, tables_of_round
from lawgov_score.rounds.names import ObjectionState
from lawgov_score.rounds.states import move
from lawgov_score.rounds.things import called, in_words, place_of
from lawgov_score.wording import Language

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("name", "words", "english"),
    [
        ("objection 1", "第 1 号异议", "objection 1"),
        ("submission 330100/2", "330100 第 2 次报送", "submission 330100/2"),
        ("submission 甲/乙/3", "甲/乙 第 3 次报送", "submission 甲/乙/3"),
        ("office book marks.xlsx/2", "考核办工作簿 marks.xlsx 第 2 版", "the office's workbook marks.xlsx, version 2"),
        ("publication 3", "第 3 次公布", "publication 3"),
        ("event 17", "第 17 件办理记录", "event 17"),
        ("round a-2026", "本轮", "this round"),
        ("submission without number", "submission without number", "submission without number"),
        ("a thing of no kind", "a thing of no kind", "a thing of no kind"),
    ],
)
def test_names_in_words(name: str, words: str, english: str) -> None:
    assert (render(in_words(name), ZH), render(in_words(name), EN)) == (words, english)


def test_every_kind_of_thing_has_words(round_: Round) -> None:
    """What a row may be called is said in Chinese, whatever table it is of."""
    for model in tables_of_round():
        name = "office book" if model.__name__ == "OfficeBook" else model.__name__.lower()
        assert render(in_words(f"{name} a/1"), ZH) != f"{name} a/1", name


def test_a_row_is_called_by_what_its_words_begin_with(data: Data, round_: Round) -> None:
    submission, objection = a_submission(data, round_, "XZ-01", 1), an_objection(round_, "XZ-01", 1)
    unit = submission.unit
    told = [render(in_words(called(one)), ZH) for one in (round_, unit, submission, objection, submission.file)]
    assert told == [
        "本轮",
        "单位 XZ-01",
        "XZ-01 第 1 次报送",
        "第 1 号异议",
        f"文件 {submission.file.sha256}",
    ]


def test_problems_name_their_place_in_the_readers_language(round_: Round, office: Seat) -> None:
    objection = an_objection(round_, "XZ-01", 1)
    with pytest.raises(RefusedError) as refused:
        move(objection, ObjectionState.NOTIFIED, objection.version, office, "", NOW)
    zh, en = (problems_text(refused.value.problems, lang) for lang in (ZH, EN))
    assert zh.startswith("第 1 号异议: 错误 R211 ")
    assert en.startswith("objection 1: error R211 ")
    assert "涉及" not in zh  # an objection is no file
    assert problem_record(refused.value.problem, ZH)["path"] == "objection 1"
    assert "file=" not in problems_github(refused.value.problems, ZH)


def test_further_places_are_named_too(round_: Round) -> None:
    first, second = an_objection(round_, "XZ-01", 1), an_objection(round_, "XZ-02", 2)
    problem = Problem(Code.R249, place_of(first), see_also=(place_of(second), TextPlace("round.sqlite3")))
    told = problems_text([problem], ZH)
    assert all(one in told for one in ("第 2 号异议", "round.sqlite3"))
    assert "objection" not in told


def test_a_file_that_is_called_as_a_thing_is_not_quoted(
    round_: Round, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "objection 1").write_text("secret\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert "secret" not in problems_text([Problem(Code.R249, place_of(an_objection(round_, "XZ-01", 1)))], EN)


ONE_FORM = {  # another form of what goes by its number -> as an office writes it
    r"异议第": "第 N 号异议",
    r"号公布|更正第 \{\w+\} 号": "第 N 次公布",
    r"报送 ?\{\w+\} ?第": "单位 第 N 次报送",
    r"第 \{\w+\} 份": "第 N 版",
    r"办理记录到第": "办理记录至第 N 件",
    r"输入": "录入",
}


@pytest.mark.parametrize("other", ONE_FORM)
def test_what_goes_by_its_number_is_called_alike_everywhere(other: str) -> None:
    """In all that rounds say, on the screen, on receipts, in problems; and in the page for clerks."""
    root = Path(lawgov_score.__file__).parent
    files = [
        *(root / "rounds").glob("*.py"),
        *(root / "cli").rglob("round*.py"),
        *(root / "catalogue").glob("round*.py"),
    ]
    assert len(files) > 60
    told = [*files, root.parent / "docs" / "round.zh-CN.md"]
    assert [path.name for path in told if re.search(other, path.read_text(encoding="utf-8"))] == [], ONE_FORM[other]
