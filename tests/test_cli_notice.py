"""``--notice``: on every card, named by the manifest, taken by ``verify``; its faults stop nothing."""

from pathlib import Path

import openpyxl
import pytest
from calls import run
from test_cli import Captured, a_small_tree, a_table
from test_cli_outputs import a_roster

from lawgov_score.content.appeal import HEADING
from lawgov_score.workbook.writing.manifest import MANIFEST_SHEET

NOTICE = "office: 某区法治办\ntelephone: 0873-1234567\ndeadline: 2018-03-15\nway: 书面\n"


def the_round(folder: Path) -> list[str]:
    return [a_small_tree(folder), a_table(folder, "A,1,2", "B,3,4"), "--roster", a_roster(folder)]


def a_notice(folder: Path, text: str = NOTICE) -> str:
    path = folder / "notice.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def texts(path: Path) -> str:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def test_it_stands_on_every_card_and_verify_takes_it(tmp_path: Path, capsys: Captured) -> None:
    known, notice = the_round(tmp_path), a_notice(tmp_path)
    out, cards = tmp_path / "scorecard.xlsx", tmp_path / "cards"
    assert run("score", *known, "--notice", notice, "-o", str(out), "--cards", str(cards)) == 0
    for card in cards.glob("*.xlsx"):
        said = texts(card)
        assert HEADING.zh in said
        assert "某区法治办" in said
        assert "2018年3月15日" in said
        assert "0873-1234567" in said
        assert "____" in said  # the address, which the notice leaves open
    named = [row[1] for row in openpyxl.load_workbook(out)[MANIFEST_SHEET].iter_rows(values_only=True)]
    assert Path(notice).name in named
    for published in (out, *cards.glob("*.xlsx")):
        capsys.readouterr()
        assert run("verify", str(published), *known, "--notice", notice) == 0
        assert run("verify", str(published), *known) == 1
        assert run("verify", str(published), *known, "--notice", a_notice(tmp_path, "office: 乙\n")) == 1
        a_notice(tmp_path)


def test_without_one_there_are_blanks(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    assert run("score", *the_round(tmp_path), "--cards", str(cards)) == 0
    for card in cards.glob("*.xlsx"):
        assert HEADING.zh in texts(card)
        assert "年____月____日" in texts(card)


def test_its_faults_are_said_and_everything_is_scored(tmp_path: Path, capsys: Captured) -> None:
    notice = a_notice(tmp_path, NOTICE.replace("2018-03-15", "2018-02-30"))
    cards = tmp_path / "cards"
    assert run("score", *the_round(tmp_path), "--notice", notice, "--cards", str(cards)) == 1
    assert f"{notice}:3:11" in capsys.readouterr().err
    assert all("某区法治办" in texts(card) for card in cards.glob("*.xlsx"))
    assert len(list(cards.glob("*.xlsx"))) == 2


def test_no_output_replaces_it(tmp_path: Path, capsys: Captured) -> None:
    notice = a_notice(tmp_path)
    assert run("score", *the_round(tmp_path), "--notice", notice, "-o", notice) == 2
    assert "O104" in capsys.readouterr().err
    assert Path(notice).read_text(encoding="utf-8") == NOTICE


@pytest.mark.parametrize("command", ["score", "verify"])
def test_help_names_it(command: str, capsys: Captured) -> None:
    assert run(command, "--help") == 0
    assert "--notice" in capsys.readouterr().out
