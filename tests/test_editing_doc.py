"""docs/editing.md, docs/editing.zh-CN.md and .pre-commit-hooks.yaml do what they say."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from calls import run
from returned_tables import edited_table
from test_cli import Captured, a_small_tree
from test_cli_first_tree import a_table
from test_cli_import import as_in_the_docs
from test_cli_rehearse import NEXT, RULE, WEIGHT
from test_cli_rehearse import folder as two_items

from lawgov_score.cli.commands import build
from lawgov_score.wording import Language

ROOT = Path(__file__).parents[1]
ENGLISH = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "docs" / "editing.zh-CN.md").read_text(encoding="utf-8")
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
LAST_YEAR = {
    "tree.yaml": """code: county
title: 某县2026年法治政府建设考核指标体系
edition: "2026"
year: 2026
points: 4
levels: [类, 小项]
unit_types: [{code: any, name: 各单位}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
parts: [01-decisions.yaml]
""",
    "01-decisions.yaml": """nodes:
  - code: "01"
    title: 依法决策
    points: 4
    children:
      - code: "01-1"
        title: 决策目录
        points: 2
        applies_to: all
        basis: 《某县2026年法治政府建设工作要点》第1项
        lead: [司法局]
        fields:
          - {code: made, name: 是否公布目录, type: yes_no}
        rule: {kind: all_or_nothing}
        evidence: [目录]
      - code: "01-2"
        title: 年度报告
        points: 2
        applies_to: all
        basis: 《某县2026年法治政府建设工作要点》第2项
        lead: [司法局]
        evidence: [报告]
        fields:
          - {code: sent, name: 报送日期, type: date, at_least: 2026-01-01}
        rule: {kind: late, due: "03-31", of: following_year, each: 0.1}
""",
}


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, flags=re.S)


@pytest.mark.parametrize("page", [ENGLISH, CHINESE])
def test_the_example_of_new_is_what_it_prints(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tree" / "2026").mkdir(parents=True)
    for name, text in LAST_YEAR.items():
        (tmp_path / "tree" / "2026" / name).write_text(text, encoding="utf-8")
    assert run("lint", "tree/2026") == 0
    capsys.readouterr()
    (example,) = [text for text in blocks(page, "text") if text.startswith("$ lawgov-score new ")]
    command, _, printed = example.partition("\n")
    assert run(*shlex.split(command)[2:]) == 0
    assert capsys.readouterr() == (printed, "")


def examples(page: str, begin: str) -> list[tuple[list[str], str]]:
    """Each example that begins so: the words of the command, and what stands there as printed."""
    found = [text.partition("\n") for text in blocks(page, "text") if text.startswith(f"$ lawgov-score {begin}")]
    return [(shlex.split(command)[2:], printed) for command, _, printed in found]


def test_the_chinese_example_of_a_rehearsal_is_what_it_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    two_items(tmp_path, *NEXT, *RULE, *WEIGHT)
    monkeypatch.chdir(tmp_path)
    ((words, printed),) = examples(CHINESE, "rehearse ")
    assert run(*words) == 0
    assert capsys.readouterr().out == printed


def test_the_chinese_examples_of_a_table_taken_back_are_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """One that is shown, and one whose points do not add up: nothing is written by either."""
    monkeypatch.chdir(tmp_path)
    (shown, printed), (refused, said) = examples(CHINESE, "import 体系表.xlsx ")
    assert run("start", "office") == 0
    tree = Path("office/tree").rename(shown[-1])
    before = (tree / "tree.yaml").read_bytes()
    edited_table(tree, as_in_the_docs, Path(shown[1]))
    capsys.readouterr()
    assert run(*shown) == 0
    assert capsys.readouterr().out == printed
    edited_table(tree, lambda sheet: sheet.put("01-1", "分值", 12), Path(refused[1]))
    assert run(*refused) == 1
    assert capsys.readouterr() == ("", said)
    assert (tree / "tree.yaml").read_bytes() == before


def test_the_chinese_example_of_a_first_tree_is_what_it_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    ((words, printed),) = examples(CHINESE, "import 方案.xlsx ")
    a_table(Path(words[1]))
    assert run(*words) == 0
    assert capsys.readouterr() == ("", printed)
    assert Path(words[-1], "tree.yaml").is_file()


@pytest.mark.parametrize("lang", list(Language))
def test_every_command_of_the_chinese_page_is_one_of_ours(lang: Language) -> None:
    group = build(lang)
    inline = re.findall(r"`lawgov-score ([^`>]+)", CHINESE)
    commands = [*inline, *re.findall(r"^(?:\$ )?lawgov-score (.+)", CHINESE, flags=re.M)]
    theirs = {"new", "lint", "diff", "show", "schema", "problem", "rehearse", "export", "import", "start"}
    assert {one.split()[0] for one in commands} == theirs
    for command in commands:
        name, *words = shlex.split(command)
        if words:  # the name alone is only mentioned
            with group.commands[name].make_context(name, words):
                pass


def test_the_problem_codes_of_the_chinese_page_exist(capsys: Captured) -> None:
    codes = sorted({*re.findall(r"[A-Z]\d{3}", CHINESE)})
    assert len(codes) > 5
    for code in codes:
        assert run("problem", code) == 0
    capsys.readouterr()


def a_command(folder: Path) -> Path:
    """A folder with ``lawgov-score``, which is this package."""
    script = folder / "lawgov-score"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lawgov_score "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def steps_of(page: str) -> list[dict[str, Any]]:
    (text,) = [text for text in blocks(page, "yaml") if "pull_request" in text]
    return list(yaml.safe_load(text)["jobs"]["tree"]["steps"])


@pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="needs git and a shell")
@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (("points: 2", "points: 3"), (0, 1)),
        (("title: 回复率", "title: 按期回复率"), (0, 0)),
        (("kind: proportional", "kind: proportinal"), (1, 2)),
    ],
)
def test_the_workflow_runs_as_it_stands(edit: tuple[str, str], codes: tuple[int, int], tmp_path: Path) -> None:
    theirs, mine = tmp_path / "theirs", tmp_path / "mine"
    (theirs / "tree").mkdir(parents=True)
    path = Path(a_small_tree(theirs / "tree"))
    git(theirs, "init")
    git(theirs, "add", ".")
    git(theirs, "commit", "-m", "last year")
    git(tmp_path, "clone", str(theirs), str(mine))
    text = path.read_text(encoding="utf-8")
    (mine / "tree" / "tree.yaml").write_text(text.replace(*edit), encoding="utf-8")
    summary = tmp_path / "summary.md"
    surroundings = {
        **os.environ,
        "PATH": f"{a_command(tmp_path)}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    ended = {}
    for step in steps_of(ENGLISH):
        if "run" in step and step["name"] != "install":
            script = step["run"].replace("${{ github.base_ref }}", "main")
            words = ["sh", "-e", "-c", script]
            done = subprocess.run(words, check=False, cwd=mine, env=surroundings, capture_output=True, text=True)
            ended[step["name"]] = (done.returncode, done.stdout)
    assert (ended["lint"][0], ended["what changes"][0]) == codes
    if codes[0]:
        assert ended["lint"][1].startswith("::error file=tree/tree.yaml,line=31,col=")
        assert summary.read_text(encoding="utf-8") == ""
    else:
        assert edit[1].partition(": ")[2] in summary.read_text(encoding="utf-8")
        assert "|" in summary.read_text(encoding="utf-8")


def test_the_hooks_are_commands_of_ours_on_folders_that_are_named() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    scripts = [line.partition("=")[0].strip() for line in setup["options.entry_points"]["console_scripts"].split("\n")]
    assert [hook["id"] for hook in HOOKS] == ["lawgov-lint", "lawgov-diff"]
    for hook in HOOKS:
        assert shlex.split(hook["entry"])[0] in scripts
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
        assert re.search(hook["files"], "tree/01-functions.yaml")
        assert not re.search(hook["files"], "tree/notes.md")


def test_each_hook_passes_and_fails_as_it_should(tmp_path: Path, capsys: Captured) -> None:
    entries = {hook["id"]: shlex.split(hook["entry"])[1:] for hook in HOOKS}
    (config,) = [text for text in blocks(ENGLISH, "yaml") if text.startswith("# .pre-commit-config.yaml")]
    used = {hook["id"]: hook["args"] for hook in yaml.safe_load(config)["repos"][0]["hooks"]}
    assert used.keys() == entries.keys()
    folders = {one: tmp_path / Path(one).name for args in used.values() for one in args if one.startswith("tree/")}
    for folder in folders.values():
        folder.mkdir()
        a_small_tree(folder)

    def codes() -> list[int]:
        called = [run(*entries[id], *(str(folders.get(word, word)) for word in used[id])) for id in sorted(entries)]
        capsys.readouterr()
        return called

    path = folders["tree/2027"] / "tree.yaml"
    text = path.read_text(encoding="utf-8")
    assert codes() == [0, 0]
    path.write_text(text.replace("title: 回复率", "title: 按期回复率"), encoding="utf-8")
    assert codes() == [0, 0]
    path.write_text(text.replace("points: 2", "points: 3"), encoding="utf-8")
    assert codes() == [1, 0]
    path.write_text(text.replace("points: 2\n        app", "points: 3\n        app"), encoding="utf-8")
    assert codes() == [2, 1]
