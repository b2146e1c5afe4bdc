"""docs/writing-a-tree.md promises that its example lints clean and comes to 88.75: it is held to that."""

import csv
import re
from pathlib import Path

import pytest

from lawgov_score.cli import main
from lawgov_score.rules import KINDS

PAGE = (Path(__file__).parent.parent / "docs" / "writing-a-tree.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The page's code block in that language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE, flags=re.S)
    assert found is not None
    return found.group(1)


@pytest.fixture
def the_files(tmp_path: Path) -> Path:
    """The example as a newcomer would save it."""
    (tmp_path / "xx-2025.yaml").write_text(block("yaml"), encoding="utf-8")
    (tmp_path / "trial.csv").write_text(block("csv"), encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,name,type,cohort\nt1,东乡,town,\n", encoding="utf-8")
    return tmp_path


def test_the_example_is_clean(the_files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["lint", str(the_files / "xx-2025.yaml")])
    assert left.value.code == 0, capsys.readouterr().out


def test_the_trial_row_comes_to_what_the_page_works_by_hand(the_files: Path) -> None:
    tree, trial, roster = (str(the_files / name) for name in ("xx-2025.yaml", "trial.csv", "roster.csv"))
    with pytest.raises(SystemExit) as left:
        main(["score", tree, trial, "--roster", roster, "--csv", str(the_files / "out")])
    assert left.value.code == 0
    with (the_files / "out" / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["score"], row["grade"]) == ("88.75", "良好")
    assert "together 88.75" in PAGE


def test_every_way_of_scoring_is_in_the_table_of_sentences() -> None:
    missing = sorted(kind for kind in KINDS if f"`{kind}`" not in PAGE)
    assert missing == []
