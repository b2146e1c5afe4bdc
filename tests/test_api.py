"""The Python API: the same as the command line, for scripts; what cannot be done is said in words and as data."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from calls import run
from test_cli import Captured, a_small_tree, a_table
from test_cli_reading import inputs
from test_cli_versions import twice

import lawgov_score
from lawgov_score import CannotWriteError, NothingToScoreError, Reading, Result, TreeError, pipeline
from lawgov_score.model import Tree

__all__ = ["inputs", "twice"]  # fixtures

ROOT = Path(__file__).parent.parent
TREE = ROOT / "indicators" / "qujialing-2017"
PUBLISHED = ROOT / "submissions" / "published-reports"


@pytest.fixture(scope="module")
def tree() -> Tree:
    return lawgov_score.load_tree(TREE)


@pytest.fixture(scope="module")
def reading(tree: Tree) -> Reading:
    return lawgov_score.read(tree, PUBLISHED, PUBLISHED / "roster.csv")


@pytest.fixture(scope="module")
def result(tree: Tree, reading: Reading) -> Result:
    return lawgov_score.score(tree, reading)


def test_importing_it_imports_nothing_heavy() -> None:
    probe = (
        "import sys, lawgov_score\n"
        "lawgov_score.__version__, dir(lawgov_score)\n"
        "heavy = {'numpy', 'pandas', 'click', 'openpyxl', 'xlsxwriter', 'python_calamine', 'yaml', 'jsonschema'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "lawgov_score.load_tree, lawgov_score.read, lawgov_score.score\n"
        "print(sorted({'pandas', 'click'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert out.splitlines() == ["[]", "[]"]


def test_every_public_name_is_there() -> None:
    assert set(lawgov_score.__all__) <= set(dir(lawgov_score))
    for name in lawgov_score.__all__:
        assert getattr(lawgov_score, name) is not None, name
    with pytest.raises(AttributeError, match="no attribute 'scored'"):
        lawgov_score.scored  # type: ignore[attr-defined]  # noqa: B018  # it is what is tested


def test_a_tree_with_errors_says_what_is_wrong(tmp_path: Path, capsys: Captured) -> None:
    path = Path(a_small_tree(tmp_path))
    path.write_text(path.read_text(encoding="utf-8").replace("points: 2\n", "points: 3\n", 1), encoding="utf-8")
    with pytest.raises(TreeError) as raised:
        lawgov_score.load_tree(path, lang="en")
    run("lint", str(path), "--format", "json", "--lang", "en")
    assert raised.value.problems == json.loads(capsys.readouterr().out)
    assert raised.value.problems[0]["line"]
    assert "error" in str(raised.value)
    assert raised.value.problems[0]["code"] in str(raised.value)


def test_what_a_tree_loaded_with_is_in_every_result(tmp_path: Path) -> None:
    """The problems of a tree are shown in a scorecard, however it was made."""
    waived = ROOT / "tests" / "schemes" / "h-waived"
    tree = lawgov_score.load_tree(waived)
    assert tree.problems
    figures = tmp_path / "figures.csv"
    keys = [f"{indicator.code}.{asked.code}" for indicator in tree.indicators for asked in indicator.fields]
    figures.write_text(f"unit,{','.join(keys)}\nA{',1' * len(keys)}\n", encoding="utf-8")
    done = pipeline.assess(waived, [figures])
    result = lawgov_score.score(tree, lawgov_score.read(tree, figures))
    assert result.assessment.problems == done.problems
    assert {problem.code for problem in tree.problems} <= set(result.problems["code"])


def test_it_goes_the_way_of_the_command_line(result: Result, tmp_path: Path) -> None:
    done = pipeline.assess(TREE, [PUBLISHED], PUBLISHED / "roster.csv")
    assert isinstance(done, pipeline.ScoredAssessment)
    assert result.assessment.problems == done.problems
    assert result.assessment.inputs == done.inputs
    assert set(result.assessment.files) == set(done.files)
    run("score", str(TREE), str(PUBLISHED), "--roster", str(PUBLISHED / "roster.csv"), "--csv", str(tmp_path / "a"))
    result.to_csv(tmp_path / "b")
    for name in ("ranking.csv", "scores.csv", "figures.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_problems_are_those_of_check(tree: Tree, reading: Reading, capsys: Captured) -> None:
    run("check", str(TREE), str(PUBLISHED), "--roster", str(PUBLISHED / "roster.csv"), "--format", "json")
    checked = json.loads(capsys.readouterr().out)
    of_tree = {problem.code for problem in tree.problems}
    assert reading.problems == [problem for problem in checked if problem["code"] not in of_tree]
    assert reading.problems


def test_both_halves_of_a_reading_can_be_taken_apart(tree: Tree, reading: Reading, result: Result) -> None:
    submissions, problems = reading
    assert problems is reading.problems
    assert [submission.unit.code for submission in submissions] == sorted(result.ranking["unit"])
    pd.testing.assert_frame_equal(lawgov_score.score(tree, submissions).ranking, result.ranking)


def test_a_choice_of_submissions_is_a_round_of_its_own(tree: Tree, reading: Reading) -> None:
    two = lawgov_score.score(tree, [one for one in reading.submissions if one.unit.code.startswith("q")])
    assert set(two.ranking["unit"]) == {"qujialing-2017", "qingshan-2020"}
    assert sorted(two.ranking["rank"]) == [1, 2]


def test_units_without_a_submission_are_listed_and_not_scored(tmp_path: Path) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2")
    roster = tmp_path / "roster.csv"
    roster.write_text("unit,name,type\nA,甲,any\nB,乙,any\n", encoding="utf-8")
    reading = lawgov_score.read(tree, table, roster)
    assert ([unit.code for unit in reading.submissions.units], len(reading.submissions)) == (["A", "B"], 1)
    ranking = lawgov_score.score(tree, reading.submissions).ranking.set_index("unit")
    assert ranking["score"].isna().to_dict() == {"A": False, "B": True}
    assert ranking["rank"].isna().to_dict() == {"A": False, "B": True}


def test_reading_never_raises_for_input(tmp_path: Path) -> None:
    tree = lawgov_score.load_tree(a_small_tree(tmp_path))
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "bad.csv").write_bytes(b'unit,01-1.done\nA,"1\n')
    roster = tmp_path / "roster.csv"
    roster.write_text("code,name\nA,B\n", encoding="utf-8")
    for sent in ([], tmp_path / "none", tmp_path / "bad.xlsx", [tmp_path / "bad.csv"], str(tmp_path)):
        reading = lawgov_score.read(tree, sent)
        assert reading.problems, sent
        assert any(problem["severity"] == "error" for problem in reading.problems), sent
    reading = lawgov_score.read(tree, a_table(tmp_path, "A,1,2"), roster)
    assert (len(reading.submissions), reading.problems[0]["code"]) == (0, "S121")


def test_nothing_to_score_is_said(tmp_path: Path) -> None:
    tree = lawgov_score.load_tree(a_small_tree(tmp_path))
    with pytest.raises(NothingToScoreError) as raised:
        lawgov_score.score(tree, lawgov_score.read(tree, tmp_path / "none"), lang="en")
    assert [problem["code"] for problem in raised.value.problems] == ["S101"]
    assert "no such file or folder" in str(raised.value)
    with pytest.raises(NothingToScoreError) as of_none:
        lawgov_score.score(tree, [])
    assert [problem["code"] for problem in of_none.value.problems] == ["S102"]


def test_submissions_of_another_tree_are_refused(tree: Tree, tmp_path: Path) -> None:
    reading = lawgov_score.read(a_small_tree(tmp_path), a_table(tmp_path, "A,1,2"))
    with pytest.raises(ValueError, match="another tree"):
        lawgov_score.score(tree, reading)
    with pytest.raises(ValueError, match="another tree"):
        lawgov_score.score(tree, list(reading.submissions))


def test_a_list_of_submissions_holds_each_unit_once_and_no_output_replaces_their_files(tmp_path: Path) -> None:
    small = a_small_tree(tmp_path)
    table = Path(a_table(tmp_path, "A,1,2"))
    (one,) = lawgov_score.read(small, table).submissions
    with pytest.raises(ValueError, match="the unit A"):
        lawgov_score.score(small, [one, one])
    before = table.read_bytes()
    with pytest.raises(CannotWriteError) as refused:
        lawgov_score.score(small, [one]).to_scorecard(table)
    assert [problem["code"] for problem in refused.value.problems] == ["O104"]
    assert table.read_bytes() == before


def test_frames_are_made_once(result: Result) -> None:
    assert result.ranking is result.ranking
    assert result.scores is result.scores
    assert len(result.scores) == len(result.ranking) * (1 + len(result.tree.nodes))


def test_the_newest_of_several_counts_where_that_is_asked(twice: tuple[str, str]) -> None:
    read = {latest: lawgov_score.read(*twice, latest=latest) for latest in (False, True)}
    assert {latest: len(reading.submissions) for latest, reading in read.items()} == {False: 1, True: 2}
    assert "S112" in {problem["code"] for problem in read[False].problems}
    assert "S140" in {problem["code"] for problem in read[True].problems}


def test_last_edition_and_language(tmp_path: Path) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2")
    before = lawgov_score.score(tree, lawgov_score.read(tree, table))
    before.to_csv(tmp_path / "before")
    after = lawgov_score.score(tree, lawgov_score.read(tree, table, previous=tmp_path / "before"), lang="en")
    assert after.numbers.previous is not None
    assert "last edition" in after.explain("A")
    assert "%" in after.scores["reason"].iloc[2]
    with pytest.raises(ValueError, match="de"):
        lawgov_score.score(tree, lawgov_score.read(tree, table), lang="de")


def test_an_explanation_is_that_of_the_command(result: Result, capsys: Captured) -> None:
    run("explain", str(TREE), str(PUBLISHED), "--roster", str(PUBLISHED / "roster.csv"), "--unit", "wuhua-2020")
    assert capsys.readouterr().out.startswith(result.explain("wuhua-2020"))
    assert result.explain("wuhua-2020", result.tree.code) == result.explain("wuhua-2020")
    assert "23-4" in result.explain("wuhua-2020", "23-4")
    for unit, code in (("nobody", None), ("wuhua-2020", "99-9")):
        with pytest.raises(KeyError):
            result.explain(unit, code)


def test_a_scorecard_is_verified(tmp_path: Path) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2", "B,2,2")
    scorecard = tmp_path / "out" / "scorecard.xlsx"
    lawgov_score.score(tree, lawgov_score.read(tree, table)).to_scorecard(scorecard)
    found = lawgov_score.verify(scorecard, tree, table)
    assert (found.agrees, found.problems, found.files) == (True, [], 1)
    assert found.cells > 50
    assert run("verify", str(scorecard), tree, table) == 0
    a_table(tmp_path, "A,2,2", "B,2,2")
    found = lawgov_score.verify(scorecard, tree, table, lang="en")
    assert not found.agrees
    assert {problem["code"] for problem in found.problems} >= {"V203", "V206"}


def test_a_weight_set_is_not_replaced_either(tmp_path: Path) -> None:
    good = ROOT / "tests" / "tree" / "good" / "apart"
    shutil.copytree(good, tmp_path / "apart")
    weights = tmp_path / "apart" / "weights.yaml"
    with pytest.raises(TreeError):
        lawgov_score.load_tree(tmp_path / "apart")
    tree = lawgov_score.load_tree(tmp_path / "apart", weights)
    keys = [f"{indicator.code}.{asked.code}" for indicator in tree.indicators for asked in indicator.fields]
    table = tmp_path / "figures.csv"
    table.write_text(f"unit,{','.join(keys)}\nA{',1' * len(keys)}\n", encoding="utf-8")
    result = lawgov_score.score(tree, lawgov_score.read(tree, table))
    with pytest.raises(CannotWriteError):
        result.to_scorecard(weights)


def test_no_output_replaces_what_was_read(tmp_path: Path) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2")
    result = lawgov_score.score(tree, lawgov_score.read(tree, table), lang="en")
    for name in ("answers.csv", "tree.yaml"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(CannotWriteError) as raised:
            result.to_scorecard(tmp_path / name)
        assert [problem["code"] for problem in raised.value.problems] == ["O104"]
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(CannotWriteError, match="folder"):
        result.to_parquet(tmp_path)
    result.to_parquet(tmp_path / "scores.parquet")
    assert len(pd.read_parquet(tmp_path / "scores.parquet")) == 1
