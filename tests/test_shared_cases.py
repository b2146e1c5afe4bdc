"""The small inputs that once went wrong, as they were handed to us: tried where they are at hand (../shared/cases).

Each has a test of its own, built by code, elsewhere; here the very files are run, by code and exit status.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[1]
CASES = ROOT.parent / "shared" / "cases"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="../shared/cases is not here")


def run(case: str, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in the folder of a case."""
    call = [sys.executable, "-m", "lawgov_score", *words]
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        call, capture_output=True, cwd=CASES / case, env=settings, timeout=120, check=False, encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("case", "words", "code", "status"),
    [
        ("blanks-filled-from-hidden-sheet", "check county.yaml t1.xlsx", "S144", 0),
        ("excel-date-in-count", "check tree.yaml U1.xlsx", "S221", 1),
        ("table-name-against-roster", "check county.yaml sw.csv --roster ro.csv", "S127", 1),
        ("date-of-wrong-year", "check datebound.yaml datebound.csv --roster ro.csv", "S227", 0),
        ("office-column-in-table", "check county-rank.yaml d2.csv --roster ro.csv", "S146", 1),
        ("veto-where-less-is-better", "lint low.yaml", "T250", 1),
        ("deduction-item-inverted", "lint minus.yaml", "T249", 1),
        ("table-headings-of-people", "check county.yaml name.xlsx --roster ro.csv", "S121", 1),
        ("table-headings-of-people", "check county.yaml twohead.xlsx --roster ro.csv", "S121", 1),
        ("exclude-rewards-blanks", "lint na.yaml", "T252", 0),
        ("exclude-rewards-blanks", "check na.yaml nat --roster nar.csv", "R123", 0),
        ("hint-suggests-opposite", "check county.yaml t1.xlsx t2.xlsx", "S207", 1),
        ("lint-of-workbook", "lint scheme.xlsx", "T119", 1),
    ],
    ids=lambda value: value.partition(" ")[0] if isinstance(value, str) else str(value),
)
def test_what_went_wrong_is_said(case: str, words: str, code: str, status: int) -> None:
    done = run(case, *words.split(), "--format", "json")
    assert code in {problem["code"] for problem in json.loads(done.stdout)}
    assert done.returncode == status


@pytest.mark.parametrize(
    ("case", "words", "totals"),
    [
        ("blanks-filled-from-hidden-sheet", "score county.yaml t1.xlsx", {"t1": "40.00"}),
        (
            "rate-just-below-threshold",
            "score near2.yaml near.csv --roster ro.csv",
            dict.fromkeys("abcde", "10.00"),
        ),
        ("text-field-decides", "score tree.yaml in.csv", {"U1": "10.00", "U2": "10.00"}),
        ("lazy-if", "score lazy.yaml lazy.csv", {"a": "9.00", "b": "9.00"}),
    ],
)
def test_the_figures_are_right(case: str, words: str, totals: dict[str, str], tmp_path: Path) -> None:
    run(case, *words.split(), "--csv", str(tmp_path / "out"))
    lines = (tmp_path / "out" / "ranking.csv").read_text(encoding="utf-8-sig").splitlines()
    found = [dict(zip(lines[0].split(","), line.split(","), strict=True)) for line in lines[1:]]
    scores = {row["unit"]: float(row["score"]) for row in found}
    assert {unit: scores[unit] for unit in totals} == {unit: float(total) for unit, total in totals.items()}


def test_a_hint_names_what_was_meant() -> None:
    done = run("hint-suggests-opposite", "check", "county.yaml", "t1.xlsx", "t2.xlsx", "--format", "json")
    hints = {problem["path"]: problem["hint"] for problem in json.loads(done.stdout)}
    assert "全部公开（含附件）" in hints["t1.xlsx"]
    assert "部分公开" not in hints["t1.xlsx"]
    assert "部分公开" in hints["t2.xlsx"]
    assert "全部公开" not in hints["t2.xlsx"]


def test_one_letter_everywhere(tmp_path: Path) -> None:
    done = run("letter-of-unrounded-total", "score", "let.yaml", "let.csv", "--csv", str(tmp_path / "out"))
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8-sig", newline="") as lines:
        letters = {row["code"]: row["letter"] for row in csv.DictReader(lines)}
    assert letters["let"] == "A"
    assert "A 9.00" in done.stdout


def test_one_number_of_units(tmp_path: Path) -> None:
    tree, table, roster = "tree.yaml", "three.csv", ("--roster", "r3.csv")
    said = run("cohort-size-differs", "explain", tree, table, *roster, "--unit", "U1").stdout
    run("cohort-size-differs", "score", tree, table, *roster, "--cards", str(tmp_path / "c"))
    sheet = openpyxl.load_workbook(tmp_path / "c" / "U1.xlsx").worksheets[0]
    on_card = " ".join(str(cell.value) for line in sheet.iter_rows(max_row=8) for cell in line)
    assert "同组 3 个单位" in said
    assert "本组 3 个单位" in on_card


def test_the_page_has_what_the_card_has(tmp_path: Path) -> None:
    folders = ("--cards", str(tmp_path / "c"), "--html", str(tmp_path / "h"))
    run("page-lacks-card-section", "score", "ev.yaml", "U1.xlsx", *folders)
    page = next((tmp_path / "h").rglob("unit-*.html")).read_text(encoding="utf-8")
    assert "佐证不充分的指标" in page


def test_a_blank_workbook_is_counted_unit_by_unit(tmp_path: Path) -> None:
    register = tmp_path / "register.xlsx"
    call = ("check", "county.yaml", "t1.xlsx", "--roster", "roster.csv", "--register", str(register))
    done = run("blank-workbook", *call)
    assert done.returncode == 0
    assert any(line.startswith("t1 ") and " 8/8 " in line for line in done.stdout.splitlines())
    assert openpyxl.load_workbook(register).worksheets[1].max_row >= 8


def test_one_figure_asked_twice_is_asked_once_or_held_against_itself(tmp_path: Path) -> None:
    """The tree of the case as it is lets 1000 and 1010 stand; a line more does not."""
    folder = CASES / "same-figure-twice"
    text = (folder / "county-rank.yaml").read_text(encoding="utf-8")
    group = "        title: 编制总量\n        points: 20\n"
    checked, shared = tmp_path / "checked.yaml", tmp_path / "shared.yaml"
    holds = """checks: [{holds: 'answer("2.1.1.n") == answer("2.1.2.n")', says: 两处编制数相同}]"""
    checked.write_text(text.replace(group, f"{group}        {holds}\n"), encoding="utf-8")
    asked = "{code: n, name: 编制数, type: count, measured_in: 名}"
    once = text.replace(f"fields: [{asked},", "fields: [").replace(group, f"{group}        fields: [{asked}]\n")
    shared.write_text(once, encoding="utf-8")
    inputs = ["u.csv", "--roster", "ro.csv", "--format", "json"]
    done = run("same-figure-twice", "check", str(checked), *inputs)
    (broken,) = (one for one in json.loads(done.stdout) if one["code"] == "S219")
    assert (done.returncode, broken["cell"]) == (1, "B3")
    assert run("same-figure-twice", "lint", str(shared)).returncode == 0


def test_yes_and_no_and_counts_are_taken_off_in_one_row() -> None:
    assert run("deduction-counts-yes-no", "lint", "yn.yaml").returncode == 0


@pytest.mark.parametrize(("case", "words"), [("advise-out-of-reach", "low"), ("advise-node-of-weight-0", "min")])
def test_advice_finds_what_reaches_the_better_grade(case: str, words: str) -> None:
    done = run(case, "advise", f"{words}.yaml", "min.csv", "--unit", "b")
    assert done.returncode == 0
    assert {"low": "提高到 80 分", "min": "提高到 90 分"}[words] in done.stdout


@pytest.mark.parametrize(("of", "how_many"), [("roster", 3), ("submitted", 1), ("scored", 1)])
def test_of_whom_a_quota_is_a_share_is_the_trees_to_say(of: str, how_many: int, tmp_path: Path) -> None:
    folder, tree = CASES / "quota-counts-absent-units", tmp_path / "quota.yaml"
    text = (folder / "quota.yaml").read_text(encoding="utf-8")
    tree.write_text(text.replace("policies:\n", f"policies:\n  cohort_size: {of}\n"), encoding="utf-8")
    inputs = ("qs.csv", "--roster", "q.csv", "--csv", str(tmp_path / "out"))
    assert run("quota-counts-absent-units", "score", str(tree), *inputs).returncode == 0
    with (tmp_path / "out" / "ranking.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert sum(row["grade"] == "优秀" for row in csv.DictReader(lines)) == how_many


def test_a_day_out_of_the_trees_bounds_is_an_error(tmp_path: Path) -> None:
    text = (CASES / "date-of-wrong-year" / "datebound.yaml").read_text(encoding="utf-8")
    bounded = text.replace("never: 未报送}", "never: 未报送, at_least: 2026-01-01, at_most: 2026-12-31}")
    assert bounded != text
    (tmp_path / "tree.yaml").write_text(bounded, encoding="utf-8")
    call = ("check", str(tmp_path / "tree.yaml"), "datebound.csv", "--roster", "ro.csv", "--format", "json")
    done = run("date-of-wrong-year", *call)
    cells = [one["cell"] for one in json.loads(done.stdout) if one["code"] == "S202"]
    assert (done.returncode, cells) == (1, ["B2", "B4"])
