"""The last edition's results: what is read, and what is wrong with them, at its cell."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_tree, an_indicator
from rounds import a_round

from lawgov_score.catalogue import Code
from lawgov_score.expression import parse
from lawgov_score.model import Previous, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.tables import write_figures, write_ranking, write_scores
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.previous import not_on_record, read_previous

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
        ({"ranking": "unit,name,cohort,grade\nA,甲,,\n"}, ("A303", "ranking.csv", "")),
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


@pytest.mark.parametrize("text", ["1_0", "٩", "inf", "五", "", "1,0,0", "50%"])
def test_figures_are_read_as_those_of_a_submission_are(text: str, tmp_path: Path) -> None:
    previous, problems = read(tmp_path, figures=f'unit,code,field,value\nA,01-1,taken,"{text}"\nA,01-1,,2\n')
    assert told(problems) == [("A305", "figures.csv", "D2")]
    assert previous is not None
    assert previous.figures == {"A": {"01-1": 2.0}}


@pytest.mark.parametrize(
    ("text", "number"), [("１０", 10), ("1,000", 1000), ("1e-05", 1e-5), ("-2.5", -2.5), ("1E+20", 1e20)]
)
def test_figures_that_are_numbers(text: str, number: float, tmp_path: Path) -> None:
    previous, problems = read(tmp_path, figures=f'unit,code,field,value\nA,01-1,taken,"{text}"\n')
    assert problems == ()
    assert previous is not None
    assert previous.figures["A"]["01-1.taken"] == number


def test_lines_that_cannot_be_used(tmp_path: Path) -> None:
    lines = ",01-2,,5\nA,,,5\nA\nA,01-1,,1,000\nA,01-1,taken,3\n"
    previous, problems = read(tmp_path, figures="unit,code,field,value\n" + lines)
    assert [(code, cell) for code, _, cell in told(problems)] == [
        ("A310", "A2"),
        ("A310", "B3"),
        ("A310", "E5"),
    ]
    assert [place.cell for place in problems[1].also if isinstance(place, CellPlace)] == ["B4"]
    assert previous is not None
    assert previous.figures == {"A": {"01-1.taken": 3.0}}


def test_of_two_lines_that_contradict_each_other_none_is_used(tmp_path: Path) -> None:
    ranking = "unit,name,cohort,score,rank,grade\nA,甲,,86.30,1,良好\nB,乙,,80,2,\nA,甲,,68.30,1,良好\nB,乙,,80,2,\n"
    previous, problems = read(tmp_path, ranking=ranking)
    assert told(problems) == [("A307", "ranking.csv", "A4")]
    assert previous is not None
    assert previous.totals == {"B": 80.0}


def a_record(*units: str, keys: tuple[str, ...] = ("01-1.taken",)) -> Previous:
    return Previous("last", {}, dict.fromkeys(units, 1.0), {}, {unit: dict.fromkeys(keys, 1.0) for unit in units})


def test_units_that_are_not_on_record_are_told_of() -> None:
    now = tuple(Unit(code, code) for code in ("001", "002", "003"))
    (problem,) = not_on_record(a_record("1", "2", "003"), TREE, now)
    assert problem.code is Code.A308
    assert problem.values == {"n": 1, "of": 3, "expected": ("001", "002"), "found": ("1", "2")}
    assert not_on_record(a_record("001", "002"), TREE, now) == ()
    assert [found.code for found in not_on_record(a_record(), TREE, now)] == [Code.A308]
    unread = Problem(Code.A301, CellPlace("last/ranking.csv"), {"name": "ranking.csv", "found": ""})
    assert not_on_record(a_record(), TREE, now, [unread]) == ()


def test_indicators_that_look_back_and_find_nothing_are_told_of() -> None:
    back = an_indicator(code="01-1")
    back = replace(back, value=parse(f"{back.fields[0].code} - previous.{back.fields[0].code}"))
    tree = a_tree(indicators=[back, an_indicator(code="01-2")])
    now = (Unit("A", "甲"),)
    key = f"01-1.{back.fields[0].code}"
    (problem,) = not_on_record(a_record("A", keys=("1月1日.x",)), tree, now)
    assert problem.code is Code.A309
    assert problem.values == {"n": 0, "of": 1, "expected": (key,), "found": ("1月1日.x",)}
    assert not_on_record(a_record("A", keys=(key,)), tree, now) == ()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    previous, problems = read_previous(tmp_path / "none", TREE)
    assert previous is None
    assert [problem.code for problem in problems] == [Code.A317]
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
