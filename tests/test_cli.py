"""The commands as people call them: exit codes, streams, files, languages.

Reaches ``cli/assessed.py``, ``cli/commands/advise.py``, ``cli/commands/check.py``, ``cli/commands/explain.py``,
``cli/commands/lint.py``, ``cli/commands/problem.py``, ``cli/commands/show.py``, ``cli/commands/template.py``,
``cli/commands/verify.py``, ``cli/help.py``, ``cli/saying.py``, ``cli/showing.py``, ``cli/texts.py``,
``pipeline/templates.py``.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from calls import run

ROOT = Path(__file__).parent.parent
TREE = str(ROOT / "indicators" / "qujialing-2017")
PUBLISHED = str(ROOT / "submissions" / "published-reports")

Captured = pytest.CaptureFixture[str]


def a_small_tree(folder: Path) -> str:
    path = folder / "tree.yaml"
    path.write_text(
        """code: small
title: 小体系
edition: "1"
year: 2024
points: 2
levels: [类, 小项]
unit_types: [{code: any, name: 各单位}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "01"
    title: 类
    points: 2
    children:
      - code: "01-1"
        title: 回复率
        points: 2
        applies_to: all
        basis: 测试
        lead: [法制办]
        fields:
          - {code: done, name: 回复件数, type: count, measured_in: 件, at_most: got}
          - {code: got, name: 收到件数, type: count, measured_in: 件}
        value: done / got
        on_zero: not_applicable
        rule: {kind: proportional}
        evidence: [回复函]
""",
        encoding="utf-8",
    )
    return str(path)


def a_table(folder: Path, *rows: str) -> str:
    path = folder / "answers.csv"
    path.write_text("\n".join(("unit,01-1.done,01-1.got", *rows)) + "\n", encoding="utf-8")
    return str(path)


def test_help_imports_nothing_heavy() -> None:
    probe = (
        "import sys; from lawgov_score.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'pandas', 'openpyxl', 'xlsxwriter', 'python_calamine', 'yaml', 'jsonschema', 'django'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, encoding="utf-8")
    assert out.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "command",
    [
        "",
        "lint",
        "show",
        "template",
        "check",
        "score",
        "explain",
        "diff",
        "rehearse",
        "export",
        "import",
        "new",
        "schema",
        "problem",
        "demo",
        "start",
    ],
)
@pytest.mark.parametrize(("lang", "heading"), [("zh", "选项"), ("en", "Options")])
def test_every_command_has_help_in_both_languages(command: str, lang: str, heading: str, capsys: Captured) -> None:
    assert run(*filter(None, [command]), "--lang", lang, "--help") == 0
    assert heading in capsys.readouterr().out


def test_lint_of_a_clean_tree(capsys: Captured) -> None:
    assert run("lint", TREE) == 0
    assert capsys.readouterr().out.strip()
    assert run("lint", TREE, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_lint_of_a_broken_tree_names_file_line_and_column(tmp_path: Path, capsys: Captured) -> None:
    path = a_small_tree(tmp_path)
    text = Path(path).read_text(encoding="utf-8")
    Path(path).write_text(text.replace("kind: proportional", "kind: proportinal"), encoding="utf-8")
    assert run("lint", path, "--format", "json") == 1
    (record,) = json.loads(capsys.readouterr().out)
    assert (record["code"], record["line"], record["path"]) == ("T111", 31, path)


def test_show_counts_the_129_items(capsys: Captured) -> None:
    assert run("show", TREE, "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [level["count"] for level in shown["levels"]] == [3, 38, 129]
    assert shown["points"] == 100
    assert run("show", TREE) == 0
    assert "129" in capsys.readouterr().out


def test_a_table_is_scored_and_written(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,61,118", "B,3,3", "C,,5")
    out = tmp_path / "out"
    code = run("score", tree, table, "-o", str(out / "s.xlsx"), "--cards", str(out / "cards"), "--csv", str(out))
    assert code == 0
    assert {path.name for path in (out / "cards").iterdir()} == {"A.xlsx", "B.xlsx", "C.xlsx"}
    assert (out / "s.xlsx").stat().st_size > 5000
    ranking = pd.read_csv(out / "ranking.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert list(ranking) == ["unit", "name", "cohort", "score", "rank", "grade", "provisional", "tied"]
    assert ranking[["unit", "score", "rank"]].to_numpy().tolist() == [
        ["B", "2.00", "1"],
        ["A", "1.03", "2"],
        ["C", "0.00", "3"],
    ]
    scores = pd.read_csv(out / "scores.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert list(scores) == ["unit", "code", "points", "score", "status", "reason"]
    row = scores[(scores.unit == "C") & (scores.code == "01-1")].iloc[0]
    assert (row.score, row.status) == ("", "missing")
    assert "B" in capsys.readouterr().out


def test_one_bad_unit_stops_no_other(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,约61,118", "B,3,2", "C,1,2")
    assert run("score", tree, table, "--csv", str(tmp_path / "out")) == 1
    found = capsys.readouterr()
    assert "S201" in found.err
    assert "S208" in found.err
    ranking = pd.read_csv(tmp_path / "out" / "ranking.csv", dtype=str, encoding="utf-8-sig", keep_default_na=False)
    assert dict(zip(ranking.unit, ranking.score, strict=True))["C"] == "1.00"


def test_check_speaks_json(tmp_path: Path, capsys: Captured) -> None:
    table = a_table(tmp_path, "A,3,2")
    assert run("check", a_small_tree(tmp_path), table, "--format", "json") == 1
    (record,) = [r for r in json.loads(capsys.readouterr().out) if r["severity"] == "error"]
    assert (record["code"], record["cell"], record["path"]) == ("S208", "B2", table)


def test_template_then_score_of_blank_workbooks(tmp_path: Path, capsys: Captured) -> None:
    tree = a_small_tree(tmp_path)
    roster = tmp_path / "roster.csv"
    roster.write_text("unit,name,type,cohort\nA,甲单位,any,\nB,乙单位,any,\n", encoding="utf-8")
    assert run("template", tree, "--roster", str(roster), "-o", str(tmp_path / "blank")) == 0
    assert {path.name for path in (tmp_path / "blank").iterdir()} == {"A 甲单位.xlsx", "B 乙单位.xlsx"}
    assert run("check", tree, str(tmp_path / "blank"), "--roster", str(roster)) == 0
    assert run("score", tree, str(tmp_path / "blank"), "--roster", str(roster)) == 0
    assert "甲单位" in capsys.readouterr().out


def test_explain_goes_from_cells_to_points(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,61,118")
    assert run("explain", tree, table, "--unit", "A", "--indicator", "01-1") == 0
    out = capsys.readouterr().out
    for part in ("61", "118", "51.69%", "1.03", "B2", "C2"):
        assert part in out


@pytest.mark.parametrize("code", ["01", "small"])
def test_explain_takes_any_node(code: str, tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,61,118")
    assert run("explain", tree, table, "--unit", "A", "--indicator", code) == 0
    out = capsys.readouterr().out
    assert "01 类  1.03 / 2 分" in out
    assert "01-1 回复率  1.03 / 2 分" in out
    assert ("下级得分相加 1.03 = 1.03" in out) is (code == "01")


def test_show_adds_standards_to_text_alone(tmp_path: Path, capsys: Captured) -> None:
    tree = a_small_tree(tmp_path)
    assert run("show", tree, "--standards") == 0
    out = capsys.readouterr().out
    assert "填报项    回复件数（件，不多于“收到件数”）；收到件数（件）" in out
    assert run("show", tree, "--format", "json") == 0
    plain = capsys.readouterr().out
    assert run("show", tree, "--standards", "--format", "json") == 0
    assert capsys.readouterr().out == plain


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "{tree}", "{table}", "--unit", "Z"],
        ["explain", "{tree}", "{table}", "--unit", "A", "--indicator", "01-9"],
        ["problem", "T9999"],
        ["score", "{tree}"],
        ["score", "{tree}", "{table}", "--nonsense"],
        ["lint", "{tree}", "--format"],
        ["frobnicate"],
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_usage(arguments: list[str], lang: str, tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,61,118")
    assert run(*(a.format(tree=tree, table=table) for a in arguments), "--lang", lang) == 2
    found = capsys.readouterr()
    assert found.err.strip()
    assert "Traceback" not in found.err


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: folder / "nowhere", "S101"),
        (lambda folder: (folder / "empty").mkdir() or folder / "empty", "S102"),
        (lambda folder: (folder / "x.xlsx").write_bytes(b"not a zip") and folder / "x.xlsx", "S103"),
        (lambda folder: (folder / "y.xlsx").write_bytes(b"PK\x03\x04broken") and folder / "y.xlsx", "S106"),
    ],
)
def test_inputs_that_are_not_there_or_not_workbooks(make: object, code: str, tmp_path: Path, capsys: Captured) -> None:
    path = make(tmp_path)  # type: ignore[operator]  # the lambdas above
    assert run("check", a_small_tree(tmp_path), str(path), "--format", "json") == 1
    assert code in {record["code"] for record in json.loads(capsys.readouterr().out)}


def test_nothing_to_score_is_not_a_clean_run(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "s.xlsx"
    assert run("score", a_small_tree(tmp_path), a_table(tmp_path), "-o", str(out)) == 1
    assert "S102" in capsys.readouterr().err
    assert not out.exists()


def test_a_tree_that_does_not_lint_stops_the_run(tmp_path: Path, capsys: Captured) -> None:
    assert run("score", str(tmp_path / "nowhere"), a_table(tmp_path, "A,1,2"), "--csv", str(tmp_path / "out")) == 1
    assert "T101" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,61,118")
    (tmp_path / "file").write_text("in the way")
    assert run("score", tree, table, "-o", str(tmp_path / "file" / "s.xlsx")) == 2
    assert "O101" in capsys.readouterr().err


def test_a_bug_of_ours_says_so(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("impossible")

    monkeypatch.setattr("lawgov_score.pipeline.load_tree", broken)
    assert run("lint", a_small_tree(tmp_path)) == 3
    found = capsys.readouterr().err
    assert "X900" in found
    assert "Traceback" in found


def test_an_interruption_is_neither_a_bug_nor_a_result(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lawgov_score.workbook.scorecard.scorecard.write_scorecard", interrupted)
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,61,118")
    assert run("score", tree, table, "-o", str(tmp_path / "out" / "s.xlsx")) == 130
    assert not (tmp_path / "out").exists()  # nor a folder that was made for it


def test_standard_input_and_output(tmp_path: Path) -> None:
    tree = a_small_tree(tmp_path)
    table = b"unit,01-1.done,01-1.got\nA,61,118\n"
    call = [sys.executable, "-m", "lawgov_score", "score", tree, "-", "-o", "-"]
    out = subprocess.run(call, input=table, capture_output=True, check=True, cwd=ROOT)
    assert out.stdout.startswith(b"PK")


def test_standard_input_is_called_by_its_own_name(tmp_path: Path) -> None:
    tree = a_small_tree(tmp_path)
    call = [sys.executable, "-m", "lawgov_score", "check", tree, "-", "--format", "json"]
    out = subprocess.run(call, input=b"unit,01-1.done,01-1.got\nA,3,2\n", capture_output=True, check=False, cwd=ROOT)
    assert [(r["path"], r["cell"]) for r in json.loads(out.stdout)] == [("-", "B2")]


def test_a_unit_that_could_not_be_read_stands_in_the_ranking(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), tmp_path / "t.csv"
    table.write_text("unit,type,01-1.done,01-1.got\nA,any,1,2\nB,县,1,2\n", encoding="utf-8")
    assert run("score", tree, str(table), "--csv", str(tmp_path / "out")) == 1
    assert "S132" in capsys.readouterr().err
    ranking = pd.read_csv(tmp_path / "out" / "ranking.csv", dtype=str, encoding="utf-8-sig", keep_default_na=False)
    assert ranking[["unit", "score", "rank"]].to_numpy().tolist() == [["A", "1.00", "1"], ["B", "", ""]]


def test_a_c_locale_still_speaks_chinese(tmp_path: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    call = [sys.executable, "-m", "lawgov_score", "show", a_small_tree(tmp_path)]
    out = subprocess.run(call, capture_output=True, check=True, cwd=ROOT, env=env)
    assert "小体系" in out.stdout.decode("utf-8")


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    call = f"'{sys.executable}' -m lawgov_score show '{TREE}' | head -1; echo ${{PIPESTATUS[0]}}"
    out = subprocess.run(["bash", "-c", call], capture_output=True, text=True, cwd=ROOT, check=True, encoding="utf-8")
    assert out.stdout.splitlines()[-1] == "0"
    assert out.stderr == ""


def test_a_roster_left_out_is_said_first(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("unit,01-1.done,01-1.got\nA,3,2\n", encoding="utf-8")
    for words in (["check"], ["score"]):
        call = [sys.executable, "-m", "lawgov_score", *words, "indicators/qujialing-2017", str(table)]
        out = subprocess.run(call, capture_output=True, check=False, cwd=ROOT, encoding="utf-8")
        assert "--roster" in out.stderr.splitlines()[0]


@pytest.mark.parametrize("word", ["——roster", "—roster", "–roster=x", "－－roster", "——lang"])
def test_an_option_typed_with_another_dash_is_a_usage_error(word: str) -> None:
    call = [sys.executable, "-m", "lawgov_score", "check", "indicators/qujialing-2017", "submissions", word, "x"]
    out = subprocess.run(call, capture_output=True, check=False, cwd=ROOT, encoding="utf-8")
    assert out.returncode == 2
    assert f"--{'lang' if 'lang' in word else 'roster'}" in out.stderr
