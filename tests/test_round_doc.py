"""docs/round.zh-CN.md: a year by commands. Every command of the page is run, in order, on a small round of three units.

The page names the files of the sample round; here stand files of the same names, of a tree of four items. That the
sample round itself goes through the year, `tests/acceptance/test_round_year.py` tries.
"""

import json
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from calls import run
from sheets import a_workbook, fill
from test_cli import Captured
from test_cli_assessor import a_tree

from lawgov_score import pipeline
from lawgov_score.cli.commands import build
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.rounds import clock
from lawgov_score.wording import Language

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "round.zh-CN.md").read_text(encoding="utf-8")
SAMPLE = "out/sample-round/submissions"
ROSTER = "unit,name,type\nZF-05,卫生健康局,any\nBS-03,松溪镇,any\nBM-06,统计局,any\n"
CODES = {"qujialing-2017": "体系.yaml", "25-5": "01-1", "0.3": "3"}  # of the page -> of this small round
MARKS = "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n"
GOOD = {"01-1.done": 1, "01-1.got": 2, "01-3.x": 0.5}
ENDS = {  # exit codes other than 0: of the n-th such command
    ("receive", 1): 1,  # one workbook has an error
    ("receive", 2): 1,  # something lies beside what came, and is refused
}
LATER = {  # what the clock shows from this command on
    "round move 考核练习 截止 --why 期限已到": datetime(2026, 3, 20, 9, 40, tzinfo=UTC),
    "round move 考核练习 截止 --why 补报完毕": datetime(2026, 3, 25, 9, 40, tzinfo=UTC),
}


def sections(page: str) -> dict[str, list[str]]:
    """By heading, the commands below it."""
    found = {}
    for part in re.split(r"^## ", page, flags=re.M)[1:]:
        heading = part.partition("\n")[0]
        blocks = re.findall(r"```sh\n(.*?)```", part, flags=re.S)
        found[heading] = [line for block in blocks for line in block.splitlines() if line]
    return found


def in_order(page: str) -> Iterator[str]:
    """The commands of a year: an amendment comes while units still send."""
    found = sections(page)
    amended = found.pop("中途改体系、改名册")
    for heading, commands in found.items():
        yield from commands
        if heading.startswith("二"):
            yield from amended


def files(folder: Path) -> None:
    """What the page names."""
    sample = folder / SAMPLE
    for name in ("office", "second", "previous"):
        (sample / name).mkdir(parents=True)
    Path(a_tree(folder)).rename(folder / "体系.yaml")
    (folder / "明年体系").mkdir()
    Path(a_tree(folder, 2025)).rename(folder / "明年体系" / "tree.yaml")
    (sample / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "新名册.csv").write_text(ROSTER.replace("松溪镇", "松溪街道"), encoding="utf-8")
    shutil.copy(ROOT / "submissions" / "sample-round" / "notice.yaml", sample)
    ranking = "unit,name,cohort,score,rank,grade\nZF-05,卫生健康局,,8,1,\nBS-03,松溪镇,,7,2,\n"
    (sample / "previous" / "ranking.csv").write_text(ranking, encoding="utf-8")
    tree, problems = pipeline.load_tree(folder / "体系.yaml")
    assert tree is not None, problems
    units, _ = pipeline.load_roster(sample / "roster.csv", tree)
    assert units is not None
    pipeline.write_templates(tree, units, folder / "templates", Language.ZH, unwatched)
    for unit, values in (("ZF-05", {**GOOD, "01-1.done": "约数"}), ("BS-03", GOOD)):
        (path,) = (folder / "templates").glob(f"{unit}*.xlsx")
        fill(Path(shutil.copy(path, sample / f"{unit}.xlsx")), values)
    (folder / "改好的").mkdir()
    (path,) = (folder / "templates").glob("ZF-05*.xlsx")
    fill(Path(shutil.copy(path, folder / "改好的" / "ZF-05.xlsx")), GOOD)
    (folder / "改好的" / "花名册.xlsx").write_bytes(b"no workbook")
    everything = {
        "评审打分": f"{MARKS}| ZF-05 | 01-2 | 张三 | 3 | 好 |\n| BS-03 | 01-2 | 张三 | 1 | 差 |",
        "考核机关填报项": "| 单位 | 01-4.rate |\n| ZF-05 | 100% |\n| BS-03 | 50% |\n| BM-06 | 50% |",
    }
    a_workbook(sample / "office" / "评审打分-评审员甲.xlsx", everything)
    changes = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
    changes += "| ZF-05 | 01-1 | 2 | 3 | 补交 | 王五 | @2024-03-05 |"
    a_workbook(sample / "office" / "复核改分.xlsx", {"复核改分": changes})
    more = f"{MARKS}| BM-06 | 01-2 | 李四 | 2 | 中 |"
    a_workbook(sample / "second" / "评审打分-评审员丙-补.xlsx", {"评审打分": more})


def a_year(
    codes: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> Iterator[tuple[str, str, int, str]]:
    """Runs every command of the page: the command, its kind, its exit code, what it said. The clock is that of 2026."""
    moment = [datetime(2026, 3, 2, 1, 30, tzinfo=UTC)]

    def now() -> datetime:
        moment[0] += timedelta(minutes=1)
        return moment[0]

    monkeypatch.setattr(clock, "real_now", now)
    for line in in_order(PAGE):
        command = line.removeprefix("lawgov-score ")
        moment[0] = LATER.get(command, moment[0])
        words = [codes.get(word, word) for word in shlex.split(command)]
        ended = run(*words)
        out, err = capsys.readouterr()
        yield command, words[1] if words[0] == "round" else words[0], ended, out + err


def test_every_command_is_one_of_ours() -> None:
    group = build(Language.ZH).commands["round"]
    assert isinstance(group, click.Group)
    used = {shlex.split(line)[2] for line in in_order(PAGE) if line.startswith("lawgov-score round ")}
    assert used == set(group.commands) - {"receipt"}  # which is the units' own


def test_a_year_by_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    files(tmp_path)
    monkeypatch.chdir(tmp_path)
    said: dict[str, str] = {}
    counts: dict[str, int] = {}
    for command, kind, ended, text in a_year(CODES, monkeypatch, capsys):
        counts[kind] = counts.get(kind, 0) + 1
        assert ended == ENDS.get((kind, counts[kind]), 0), f"{command}\n{text}"
        said[command] = text
    assert run("round", "status", "考核练习", "--format", "json") == 0
    status = json.loads(capsys.readouterr().out)
    assert status["state"] == "archived"
    assert [one["file"] for one in status["refused"]] == ["roster.csv"]  # it lay beside what came
    assert status["open"]["objections"] == 0
    assert {one["unit"]: (one["name"], one["state"], one["versions"]) for one in status["units"]} == {
        "ZF-05": ("卫生健康局", "accepted", 2),
        "BS-03": ("松溪街道", "accepted", 1),
        "BM-06": ("统计局", "none", 0),
    }
    told = {command: text for command, text in said.items() if "publish" in command}
    assert ["第 1 次公布（首次）" in text for text in told.values()] == [True, False]
    assert "第 2 次公布（更正第 1 次公布）" in list(told.values())[1]
    assert (tmp_path / "第二次公布" / "changes.csv").exists()
    (score,) = [command for command in said if command.startswith("score ")]
    assert (tmp_path / "初评结果" / "评分表.xlsx").exists(), said[score]
    assert "异议决定：2 件" in list(said.values())[-1]
    (receipt,) = (tmp_path / "回执").glob("BS-03*回执.txt")
    assert run("round", "receipt", str(receipt)) == 0
    capsys.readouterr()
