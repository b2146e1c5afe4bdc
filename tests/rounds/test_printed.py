"""What a clerk is shown and handed: publications by number, what is not published, blank workbooks, texts and days.

Reaches ``cli/commands/round_publish.py``, ``cli/commands/round_template.py``, ``cli/commands/round_status.py``,
``cli/commands/round_export.py``, ``cli/commands/round_run.py``, ``cli/moments.py``, ``rounds/printing.py``.
"""

import json
from pathlib import Path

import pytest
from calls import run
from round_books import an_office_round
from round_made import given
from round_published import LEADER, a_copy, came
from test_cli import Captured

from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Event


@pytest.fixture
def published(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(a_copy(tmp_path, "published", tmp_path_factory.mktemp("made")))


def test_a_correction_that_is_not_published_is_no_success(published: str, tmp_path: Path, capsys: Captured) -> None:
    """As a clerk met it: the correction came, no final run, and the old results went out with exit code 0."""
    with opened(Path(published)) as data:
        came(data, the_round(), "XZ-02", 7)
    capsys.readouterr()
    again = ("round", "publish", published, "--why", "更正", "--released-by", "王某", "-o", str(tmp_path / "第二次"))
    assert run(*again) == 2
    err = capsys.readouterr().err
    assert "R246" in err
    assert "XZ-02 西乡：第 2 次报送" in err
    assert not (tmp_path / "第二次").exists()
    assert run("round", "status", published) == 0
    said = capsys.readouterr().out
    assert "第 1 次公布以后又有变动，没有公布：XZ-02 西乡：第 2 次报送" in said
    assert "没有待办的事" not in said
    assert run("round", "status", published, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["open"]["unpublished"] == 1
    for why in ((), ("--why", "全部办结")):
        assert run("round", "move", published, "归档", *why) == (2 if why else 0)
        said, err = capsys.readouterr()
        assert "没有公布：XZ-02 西乡：第 2 次报送" in err
        assert ("R244" in err) == bool(why)
    assert run("round", "run", published, "--kind", "final") == 0
    said = capsys.readouterr().out
    assert "XZ-02 西乡" in said
    assert "changes.csv" not in said
    assert "重发" not in said
    assert run(*again) == 0
    assert "changes.csv" in {path.name for path in (tmp_path / "第二次").iterdir()}
    assert run("round", "move", published, "归档", "--why", "全部办结") == 0


def test_a_publication_is_taken_out_by_its_number_alone(published: str, tmp_path: Path, capsys: Captured) -> None:
    with opened(Path(published)) as data:
        came(data, the_round(), "XZ-02", 7)
        events = Event.objects.count()
    out = tmp_path / "第一次"
    assert run("round", "publish", published, "--number", "1", "-o", str(out)) == 0
    said, err = capsys.readouterr()
    assert said == (out / "publication.txt").read_text(encoding="utf-8")
    assert "还没有公布：XZ-02 西乡：第 2 次报送" in err
    assert "已写到" in err
    assert run("round", "publish", published, "--number", "1") == 0
    assert capsys.readouterr().out == said
    for words, told in (
        (("--number", "2"), "没有第 2 次公布；已有 1 次公布"),
        (("--number", "1", "--why", "再来一份"), "不写 --why"),
        ((), "--why"),
    ):
        assert run("round", "publish", published, *words) == 2
        assert told in capsys.readouterr().err
    with opened(Path(published)):
        assert Event.objects.count() == events


def test_the_same_command_goes_on_where_it_was_ended(published: str, tmp_path: Path, capsys: Captured) -> None:
    """The publication was recorded, its files were not written; by other words, or after anything, it is another."""
    same = ("round", "publish", published, "--released-by", LEADER, "--why")
    assert run(*same, "首次公布", "-o", str(tmp_path / "一")) == 0
    assert "先前已经以同一原因登记" in capsys.readouterr().err
    assert (tmp_path / "一" / "ranking.csv").exists()
    assert run(*same, "更正出庭数", "-o", str(tmp_path / "二")) == 2
    assert "R245" in capsys.readouterr().err
    with opened(Path(published)) as data:
        came(data, the_round(), "XZ-02", 7)
    assert run(*same, "首次公布", "-o", str(tmp_path / "二")) == 2
    assert "R246" in capsys.readouterr().err
    assert not (tmp_path / "二").exists()


def test_the_short_form_of_the_key_can_be_found_again(tmp_path: Path, capsys: Captured) -> None:
    tree, roster = given(tmp_path)
    folder = str(tmp_path / "考核")
    assert run("round", "new", folder, "--tree", str(tree), "--roster", str(roster)) == 0
    short = capsys.readouterr().out.partition("公钥短码 ")[2].partition("：")[0]
    assert run("round", "status", folder) == 0
    assert f"公钥短码：{short}（" in capsys.readouterr().out
    assert run("round", "status", folder, "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["public_key"] == short
    assert "notices_unread" not in said["open"]  # which nobody could read


def test_workbooks_are_printed_by_what_the_round_has(tmp_path: Path, capsys: Captured) -> None:
    folder = str(an_office_round(tmp_path))
    out = tmp_path / "空白"
    assert run("round", "template", folder, "-o", str(out / "单位")) == 0
    assert "已写入 2 份" in capsys.readouterr().err
    assert {path.name[:1] for path in (out / "单位").iterdir()} == {"A", "B"}
    assert run("round", "template", folder, "--assessor", "-o", str(out / "考核办")) == 0
    assert f"round enter {folder}" in capsys.readouterr().err
    names = {path.name for path in (out / "考核办").iterdir()}
    assert names
    assert all(name.endswith(".xlsx") for name in names)
    assert run("round", "template", folder, "--assessor", "--reviewer", "张三", "-o", str(out / "打分")) == 0
    assert ["张三" in path.name for path in (out / "打分").iterdir()] == [True]
    capsys.readouterr()
    for words, told in (
        (("--lead", "县财政局"), "--assessor"),
        (("--assessor", "--lead", "没有这个单位"), "没有这个单位"),
        (("--assessor", "--reviewer", "2026-01-01"), "姓名"),
    ):
        assert run("round", "template", folder, *words, "-o", str(out / "无")) == 2
        assert told in capsys.readouterr().err
    assert not (out / "无").exists()


def test_an_export_says_for_whom_it_is(published: str, tmp_path: Path, capsys: Captured) -> None:
    assert run("round", "export", published, str(tmp_path / "导出")) == 0
    said = capsys.readouterr().out
    assert "seal.txt 供核验和导入，一个字节都不能改" in said
    assert "整个文件夹不外传" in said


# Every text that a command of a round takes, beside what else it needs.
TEXTS = (
    ("move", "{}", "报送", "--why"),
    ("move", "{}", "报送", "--why", "开始", "--released-by"),
    ("move", "{}"),
    ("leave", "{}", "--unit", "XZ-01", "--until", "2099-03-01", "--why"),
    ("leave", "{}", "--until", "2099-03-01", "--why", "断网", "--unit"),
    ("holiday", "{}", "2099-03-02", "--off"),
    ("object", "{}", "--unit", "XZ-01", "--indicator", "01-1", "--claim"),
    ("decide", "{}", "1", "--outcome", "rejected", "--why"),
    ("amend", "{}", "--roster", "roster.csv", "--why"),
    ("publish", "{}", "--released-by", "王某", "--why"),
    ("return", "{}", "-o", "退回", "--why"),
    ("accept", "{}", "--unit"),
)


@pytest.mark.parametrize("words", TEXTS, ids=" ".join)
def test_a_text_of_another_encoding_is_a_usage_error_wherever_it_is_given(
    words: tuple[str, ...], capsys: Captured
) -> None:
    """What Python makes of the bytes that a terminal set to GBK sends."""
    text = "断网".encode("gbk").decode("utf-8", "surrogateescape")
    assert run("round", *(word.format("考核2026") for word in words), text) == 2
    err = capsys.readouterr().err
    assert "不是 UTF-8 文字" in err
    assert "X900" not in err


@pytest.mark.parametrize("until", ["12月34日", "2099-13-01", "2099-02-30", "2099-03-01 25:00", "明天", "2099-03-01x"])
@pytest.mark.parametrize("command", ["move", "leave", "return"])
def test_what_is_no_day_is_told_in_the_language_of_the_clerk(command: str, until: str, capsys: Captured) -> None:
    state = {"move": ("报送",), "leave": ("--unit", "XZ-01", "--why", "断网"), "return": ("-o", "退回")}[command]
    assert run("round", command, "考核2026", *state, "--until", until) == 2
    err = capsys.readouterr().err
    assert f"“{until}”不是日期：" in err
    assert "format" not in err
