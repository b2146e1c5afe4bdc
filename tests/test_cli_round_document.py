"""``round document`` as a clerk calls it: looked at first, made with -o, worded otherwise with --templates.

Reaches ``cli/commands/round_document.py``.
"""

import io
from datetime import datetime
from pathlib import Path

import docx
import pytest
from calls import run
from documents_made import LATER, a_copy
from documents_read import lines_of, saved
from objections_made import in_this_process
from test_cli import Captured

from lawgov_score.rounds import clock
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Event


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> str:
    in_this_process(monkeypatch)

    def now() -> datetime:
        return LATER

    monkeypatch.setattr(clock, "real_now", now)
    return str(a_copy(tmp_path, "returned", tmp_path_factory.mktemp("made")))


def _call(capsys: Captured, *words: str) -> tuple[int, str, str]:
    code = run("round", "document", *words)
    return code, *capsys.readouterr()


def _events(folder: str, act: str) -> int:
    with opened(Path(folder)):
        return Event.objects.filter(act=act).count()


def test_looked_at_first_then_made(folder: str, tmp_path: Path, capsys: Captured) -> None:
    code, out, err = _call(capsys, folder, "退回函")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:2] == ["要印 2 份退回函：", "  XZ-02 西乡 退回函"]
    assert lines[-1] == "以上没有印：要印的，再运行一次，加上 -o 文件夹。"
    assert _events(folder, "document") == 0
    code, out, _ = _call(capsys, folder, "return", "--unit", "XZ-02", "-o", str(tmp_path / "函"))
    assert code == 0
    assert out.startswith("已印 1 份退回函，在 ")
    assert sorted(path.name for path in (tmp_path / "函").iterdir()) == [
        "XZ-02 西乡 退回函.docx",
        "XZ-02 西乡 退回函.html",
    ]
    assert _events(folder, "document") == 1


def test_a_blank_is_told(folder: str, tmp_path: Path, capsys: Captured) -> None:
    code, _, err = _call(capsys, folder, "通知", "-o", str(tmp_path / "out"))
    assert code == 0
    assert "警告 R280 通知中有还不知道的，留作空白：报送期限" in err


def test_the_wording_is_the_office_s(folder: str, tmp_path: Path, capsys: Captured) -> None:
    own = tmp_path / "模板"
    code, _, err = _call(capsys, folder, "--write-templates", str(own))
    assert code == 0
    assert err.startswith("已写出 5 个模板")
    path = own / "退回函.docx"
    document = docx.Document(io.BytesIO(path.read_bytes()))
    document.paragraphs[-1].add_run("（盖章）")
    path.write_bytes(saved(document))
    assert _call(capsys, folder, "退回函", "--templates", str(own))[0] == 0
    assert _events(folder, "template") == 0
    code, _, err = _call(capsys, folder, "退回函", "--templates", str(own), "-o", str(tmp_path / "out"))
    assert (code, "从现在起用改过的模板" in err) == (0, True)
    assert _call(capsys, folder, "退回函", "-o", str(tmp_path / "again"))[0] == 0
    content = (tmp_path / "again" / "XZ-02 西乡 退回函.docx").read_bytes()
    assert lines_of(content)[-1] == "2026年3月4日（盖章）"
    assert (_events(folder, "template"), _events(folder, "document")) == (1, 1)


def test_faults_of_a_template_stop_it(folder: str, tmp_path: Path, capsys: Captured) -> None:
    document = docx.Document()
    document.add_paragraph("{单位}{退会原因}")
    (tmp_path / "退回函.docx").write_bytes(saved(document))
    code, _, err = _call(capsys, folder, "退回函", "--templates", str(tmp_path), "-o", str(tmp_path / "out"))
    assert code == 2
    assert "R282" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "缺少文书种类：通知、退回函、结果告知书、异议处理决定书、公示"),
        (("告知书",), "没有“告知书”"),
        (("通知", "--unit", "XZ-01"), "不写 --unit"),
        (("退回函", "--number", "1"), "不写 --number"),
        (("退回函", "--templates", "{nowhere}"), "没有模板 退回函.docx"),
        (("退回函", "--write-templates", "{nowhere}"), "不写 KIND"),
    ],
)
def test_what_is_called_wrongly(
    folder: str, tmp_path: Path, capsys: Captured, words: tuple[str, ...], told: str
) -> None:
    given = [word.replace("{nowhere}", str(tmp_path / "nowhere")) for word in words]
    code, _, err = _call(capsys, folder, *given)
    assert code == 2
    assert told in err


def test_nothing_to_tell_yet(folder: str, capsys: Captured) -> None:
    code, _, err = _call(capsys, folder, "result", "--lang", "en")
    assert code == 2
    assert "R281" in err
    assert "lawgov-score round run DATA --kind first" in err
