"""``round publish``, ``verify``, ``backup``, ``restore``, ``receipt`` as people call them.

Reaches ``cli/commands/round_publish.py``, ``cli/commands/round_verify.py``, ``cli/commands/round_backup.py``,
``cli/commands/round_restore.py``, ``cli/commands/round_receipt.py``, ``rounds/checking.py``.
"""

import json
from pathlib import Path

import pytest
from calls import run
from round_books import answered
from round_made import given
from round_published import came, final_run, to_the_end
from test_cli import Captured

from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import KEY, opened
from lawgov_score.rounds.names import Role
from lawgov_score.rounds.receipts import public_key, short


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round with one submission, not yet open."""
    made, problems = create_round(tmp_path / "考核2026", *given(tmp_path), None, now=real_now())
    assert made is not None, problems
    with opened(tmp_path / "考核2026") as data:
        came(data, the_round(), "XZ-01", 9)
    return tmp_path / "考核2026"


def _finished(folder: Path) -> None:
    with opened(folder) as data:
        office = seat_of(Role.OFFICE)
        to_the_end(the_round(), office)
        final_run(data, the_round(), office)


def test_a_round_is_published_corrected_and_verified(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    publish = ("round", "publish", str(folder), "--why", "首次公布")
    assert run(*publish) == 2
    assert "R247" in capsys.readouterr().err
    _finished(folder)
    assert run(*publish, "-o", str(tmp_path / "公布1")) == 2
    assert "R215" in capsys.readouterr().err
    assert not (tmp_path / "公布1").exists()
    assert run(*publish, "-o", str(tmp_path / "公布1"), "--released-by", "王某") == 0
    told, err = capsys.readouterr()
    assert told.startswith("第 1 次公布（首次）")
    assert "已写到" in err
    names = {path.name for path in (tmp_path / "公布1").iterdir()}
    assert {"scorecard.xlsx", "ranking.csv", "cards", "html", "publication.txt"} <= names
    assert (tmp_path / "公布1" / "publication.txt").read_text(encoding="utf-8") == told
    assert run(*publish, "--released-by", "王某") == 2
    assert "R245" in capsys.readouterr().err

    with opened(folder) as data:
        came(data, the_round(), "BM-01", 5)
    assert run(*publish, "--released-by", "王某") == 2
    err = capsys.readouterr().err
    assert "R246" not in err  # there is no run to publish, whatever arrived
    assert "R245" in err
    assert run("round", "run", str(folder), "--kind", "final") == 0
    capsys.readouterr()
    assert run("round", "publish", str(folder), "--why", "教育局补报") == 2
    assert "R249" in capsys.readouterr().err
    assert run(*publish, "-o", str(tmp_path / "公布1"), "--released-by", "王某") == 2
    assert "R277" in capsys.readouterr().err
    again = ("--released-by", "王某", "-o", str(tmp_path / "公布2"), "--lang", "en")
    assert run("round", "publish", str(folder), "--why", "教育局补报", *again) == 0
    told = capsys.readouterr().out
    assert "更正第 1 次公布" in told  # in the language of the run
    assert "BM-01 教育局" in told
    assert "BM-01" in (tmp_path / "公布2" / "changes.csv").read_text(encoding="utf-8-sig")

    assert run("round", "verify", str(folder)) == 0
    said = capsys.readouterr().out
    assert "核验一致" in said
    assert "2 份回执、2 次公布" in said
    with opened(folder) as data:
        path = data.store.path(the_round().submissions.get(unit__code="BM-01").file.sha256)
    path.unlink()
    assert run("round", "verify", str(folder), "--format", "json") == 1
    assert [one["code"] for one in json.loads(capsys.readouterr().out)] == ["R205"]
    assert run("round", "verify", str(folder), "--lang", "en") == 1
    said = capsys.readouterr().out
    assert "R205" in said
    assert "Verified" not in said


def test_a_backup_and_a_folder_from_it(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    backup = str(tmp_path / "备份.zip")
    assert run("round", "backup", str(folder), backup) == 0
    said, err = capsys.readouterr()
    assert "已备份 county-2026" in said
    assert "不要发给他人" in err
    with opened(folder) as data:
        came(data, the_round(), "BM-01", 5)
    assert run("round", "backup", str(folder), backup) == 2
    assert "R277" in capsys.readouterr().err
    assert run("round", "restore", backup, str(folder)) == 2
    assert "R204" in capsys.readouterr().err
    assert run("round", "restore", backup, str(tmp_path / "恢复")) == 0
    assert "已恢复 county-2026" in capsys.readouterr().out
    assert run("round", "verify", str(tmp_path / "恢复")) == 0
    capsys.readouterr()
    (tmp_path / "bad.zip").write_bytes(b"PK")
    assert run("round", "restore", str(tmp_path / "bad.zip"), str(tmp_path / "neu"), "--lang", "en") == 2
    assert "R275" in capsys.readouterr().err
    assert not (tmp_path / "neu").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_anybody_can_check_a_receipt(encoding: str, folder: Path, tmp_path: Path, capsys: Captured) -> None:
    with opened(folder):
        text = the_round().submissions.get().receipt
    (tmp_path / "回执.txt").write_text(text, encoding=encoding)
    book = tmp_path / "报表.xlsx"
    book.write_bytes(answered("XZ-01", 9, 10))
    assert run("round", "receipt", str(tmp_path / "回执.txt"), "--workbook", str(book)) == 0
    said = capsys.readouterr().out
    assert "单位：XZ-01" in said
    assert "回执有效" in said
    assert "报表.xlsx 就是回执所说的那一份" in said
    assert short(public_key(folder / KEY)) in said
    book.write_bytes(answered("XZ-01", 1, 10))
    assert run("round", "receipt", str(tmp_path / "回执.txt"), "--workbook", str(book)) == 1
    assert "R271" in capsys.readouterr().err


def test_what_is_no_receipt_or_a_changed_one(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    with opened(folder):
        text = the_round().submissions.get().receipt
    paper = tmp_path / "回执.txt"
    for content in (
        text.replace("XZ-01", "XZ-02").encode(),
        b"",
        b"\xff\xfe\x00\x81",
        b"x" * 99_999,
        "报送回执".encode("utf-16"),
    ):
        paper.write_bytes(content)
        assert run("round", "receipt", str(paper)) == 1
        assert "R271" in capsys.readouterr().err
    for path in (tmp_path, tmp_path / "none.txt", Path("/dev/zero")):
        assert run("round", "receipt", str(path)) == 1
        assert "R271" in capsys.readouterr().err
    paper.write_text(text, encoding="utf-8")
    assert run("round", "receipt", str(paper), "--workbook", str(tmp_path)) == 1
    assert "R271" in capsys.readouterr().err


def test_a_round_with_all_that_offices_do_verifies(tmp_path: Path, capsys: Captured) -> None:
    tree, roster = given(tmp_path)
    folder = str(tmp_path / "考核2026")
    books = []
    for unit, done in (("XZ-01", 9), ("XZ-02", 5)):
        books.append(tmp_path / f"{unit}.xlsx")
        books[-1].write_bytes(answered(unit, done, 10))
    for words in (
        ("new", folder, "--tree", str(tree), "--roster", str(roster)),
        ("move", folder, "报送", "--why", "开始", "--until", "2099-03-21"),
        ("receive", folder, *map(str, books)),
        *(("move", folder, state, "--why", "按期") for state in ("截止", "初审", "复审", "告知", "异议")),
        ("object", folder, "--unit", "XZ-02", "--indicator", "01-1", "--claim", "漏计两件"),
        ("decide", folder, "1", "--outcome", "upheld", "--why", "查证属实", "--score", "1.4"),
        ("move", folder, "终评", "--why", "异议办结"),
        ("run", folder, "--kind", "final"),
        ("publish", folder, "--why", "首次公布", "--released-by", "王某"),
        ("verify", folder),
        ("backup", folder, str(tmp_path / "备份.zip")),
        ("restore", str(tmp_path / "备份.zip"), str(tmp_path / "恢复")),
        ("verify", str(tmp_path / "恢复")),
    ):
        code = run("round", *words)
        said, err = capsys.readouterr()
        assert code == 0, (words, said, err)
    assert "2 份回执、1 次公布" in said
