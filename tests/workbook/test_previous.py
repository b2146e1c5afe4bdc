"""The last edition's results: what is read, and what is wrong with them, at its cell."""

from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from rounds import a_round

from lawgov_score.catalogue import Code
from lawgov_score.model import Previous
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.tables import write_figures, write_ranking, write_scores
from lawgov_score.wording import Language
from lawgov_score.workbook.previous import read_previous

TREE = a_tree(indicators=[an_indicator(code="01-1"), an_indicator(code="01-2")])
GOOD = {
    "ranking.csv": "unit,name,cohort,score,rank,grade\nA,甲,,86.30,1,良好\nB,乙,,,,\n",
    "scores.csv": "unit,code,points,score,status,reason\nA,last,100,86.30,scored,\nA,01-1,2,1.5,scored,少\n"
    "B,last,100,,missing,\nB,01-1,2,,missing,\n",
    "figures.csv": "unit,code,field,value\nA,01-1,taken,12\nA,01-1,,0.75\n",
}


def read(folder: Path, **changed: str | None) -> tuple[Previous | None, tuple[Problem, ...]]:
    for name, text in GOOD.items():
        said = changed.get(name.removesuffix(".csv"), text)
        if said is not None:
            (folder / name).write_text(said, encoding="utf-8-sig")
    return read_previous(folder, TREE)


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    found = []
    for problem in problems:
        assert isinstance(problem.place, CellPlace)
        found.append((str(problem.code), Path(problem.place.path).name, problem.place.cell))
    return found


def test_what_is_there(tmp_path: Path) -> None:
    previous, problems = read(tmp_path)
    assert problems == ()
    assert previous is not None
    assert previous.ranks == {"A": 1}
    assert previous.totals == {"A": 86.3}
    assert previous.scores == {"A": {"last": 86.3, "01-1": 1.5}, "B": {}}
    assert previous.figures == {"A": {"01-1.taken": 12.0, "01-1": 0.75}}
    assert [Path(path).name for path, _ in previous.inputs] == ["ranking.csv", "scores.csv", "figures.csv"]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"ranking": None}, ("A301", "ranking.csv", "")),
        ({"scores": None}, ("A301", "scores.csv", "")),
        ({"figures": None}, ("A302", "figures.csv", "")),
        ({"ranking": "unit,name,cohort,total,rank,grade\nA,甲,,1,1,\n"}, ("A303", "ranking.csv", "")),
        ({"figures": "unit,code,field,value,备注\nA,01-1,x,1,无\n"}, ("A304", "figures.csv", "E1")),
        ({"ranking": "unit,name,cohort,score,rank,grade\nA,甲,,高,1,\n"}, ("A305", "ranking.csv", "D2")),
        ({"ranking": "unit,name,cohort,score,rank,grade\nA,甲,,1,1.5,\n"}, ("A305", "ranking.csv", "E2")),
        ({"figures": "unit,code,field,value\nA,01-1,x,nan\n"}, ("A305", "figures.csv", "D2")),
        ({"scores": "unit,code,points,score,status,reason\nA,other,9,1,scored,\n"}, ("A306", "scores.csv", "")),
        ({"figures": "unit,code,field,value\nA,01-1,x,1\nA,01-1,x,2\n"}, ("A307", "figures.csv", "A3")),
    ],
)
def test_faults(changed: dict[str, str | None], found: tuple[str, str, str], tmp_path: Path) -> None:
    previous, problems = read(tmp_path, **changed)
    codes = [one for one in told(problems) if one[0] != "A304" or found[0] == "A304"]
    assert codes == [found]
    assert previous is not None


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    previous, problems = read_previous(tmp_path / "none", TREE)
    assert previous is None
    assert [problem.code for problem in problems] == [Code.A301]
    assert read_previous(tmp_path, TREE)[0] is None


def test_letters_are_no_unknown_column(tmp_path: Path) -> None:
    scores = "unit,code,points,score,status,reason,letter\nA,01-1,4,3.5,scored,,B+\n"
    previous, problems = read(tmp_path, scores=scores)
    assert problems == ()
    assert previous is not None
    assert previous.scores == {"A": {"01-1": 3.5}}


def test_what_a_run_writes_is_read_back(tmp_path: Path) -> None:
    scores = a_round()
    write_ranking(scores, tmp_path / "ranking.csv")
    write_scores(scores, tmp_path / "scores.csv", Language.ZH)
    write_figures(scores, tmp_path / "figures.csv")
    previous, problems = read_previous(tmp_path, scores.tree)
    assert problems == ()
    assert previous is not None
    row = next(i for i, unit in enumerate(scores.units) if unit.code == "U1")
    assert previous.ranks["U1"] == scores.rank[row]
    assert previous.totals["U1"] == pytest.approx(scores.total[row])
    assert previous.figures["U1"]["01-1"] == pytest.approx(scores.values[row, scores.indicator_column["01-1"]])
    assert previous.figures["U1"]["01-1.all"] == scores.answers["01-1.all"][row]
