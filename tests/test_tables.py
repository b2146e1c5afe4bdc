"""ranking.csv, scores.csv and figures.csv, as the contract names them."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rounds import a_round

from lawgov_score.explanation import texts
from lawgov_score.model import Letter, Scores
from lawgov_score.tables import write_figures, write_ranking, write_scores
from lawgov_score.wording import Language


@pytest.fixture(scope="module")
def scores() -> Scores:
    return a_round()


def read(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_ranking(scores: Scores, tmp_path: Path) -> None:
    write_ranking(scores, tmp_path / "ranking.csv")
    rows = read(tmp_path / "ranking.csv")
    assert list(rows[0]) == ["unit", "name", "cohort", "score", "rank", "grade", "provisional", "tied"]
    assert [row["tied"] for row in rows] == ["1", "1", "1", "1", "1", "1", ""]
    assert [row["unit"] for row in rows] == [scores.units[int(i)].code for i in scores.order]
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", "1", "2", ""]
    by_unit = {row["unit"]: row for row in rows}
    assert by_unit["U6"]["score"] == "6.00"
    assert by_unit["U1"]["cohort"] == "执法组"
    assert (by_unit["U7"]["score"], by_unit["U7"]["grade"]) == ("", "")


def test_scores(scores: Scores, tmp_path: Path) -> None:
    write_scores(scores, tmp_path / "scores.csv", Language.ZH)
    rows = read(tmp_path / "scores.csv")
    assert list(rows[0]) == ["unit", "code", "points", "score", "status", "reason"]
    assert len(rows) == len(scores.units) * (1 + len(scores.tree.nodes))
    found = {(row["unit"], row["code"]): row for row in rows}
    root = found["U1", "a-tree"]
    assert (root["points"], root["score"], root["status"]) == ("10", "9.60", "scored")
    assert (found["U7", "a-tree"]["score"], found["U7", "a-tree"]["status"]) == ("", "missing")
    assert (found["U1", "01-1"]["points"], found["U1", "01-1"]["score"]) == ("2", "1.6")
    for key, status in {
        ("U6", "02-1"): "missing",
        ("U5", "02-2"): "not_applicable",
        ("U3", "01-1"): "not_reviewed",
        ("U4", "03-3"): "invalid",
    }.items():
        assert (found[key]["status"], found[key]["score"]) == (status, ""), key
        assert found[key]["reason"], key
    assert (found["U3", "03-1"]["status"], found["U3", "03-1"]["score"]) == ("scored", "0")
    assert found["U6", "02"]["status"] == "missing"
    assert found["U5", "02-2"]["points"] == "0"


def test_the_bytes_do_not_depend_on_how_many_units_are_written_at_a_time(
    scores: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for units in (500, 1, 2, len(scores.units)):
        monkeypatch.setattr(texts, "UNITS_AT_ONCE", units)
        write_scores(scores, tmp_path / "scores.csv", Language.ZH)
        write_figures(scores, tmp_path / "figures.csv")
        written.append([(tmp_path / name).read_bytes() for name in ("scores.csv", "figures.csv")])
    assert all(one == written[0] for one in written)


def test_groups_add_up_over_what_was_scored(scores: Scores, tmp_path: Path) -> None:
    write_scores(scores, tmp_path / "scores.csv", Language.EN)
    found = {(row["unit"], row["code"]): row["score"] for row in read(tmp_path / "scores.csv")}
    for unit in ("U1", "U3", "U4", "U6"):
        for group, children in {"03": ("03-1", "03-2", "03-3"), "A": ("01", "02")}.items():
            total = sum(float(found[unit, child]) for child in children if found[unit, child])
            assert float(found[unit, group]) == pytest.approx(total)


def test_figures_are_plain_decimals_without_dust(scores: Scores, tmp_path: Path) -> None:
    dusty = replace(scores, scores=np.where(np.isnan(scores.scores), np.nan, 0.1 + 0.2), total=np.full(7, 1e-7 + 1.1))
    write_scores(dusty, tmp_path / "scores.csv", Language.ZH)
    found = {(row["unit"], row["code"]): row["score"] for row in read(tmp_path / "scores.csv")}
    assert (found["U1", "01-1"], found["U1", "a-tree"]) == ("0.3", "1.10")


def test_totals_that_are_not_rounded(tmp_path: Path) -> None:
    scores = a_round(policies={"round_total": None})
    write_ranking(scores, tmp_path / "ranking.csv")
    found = {row["unit"]: row["score"] for row in read(tmp_path / "ranking.csv")}
    assert float(found["U3"]) == pytest.approx(scores.full_total[2], abs=1e-9)
    assert "e" not in "".join(found.values())


def test_figures(scores: Scores, tmp_path: Path) -> None:
    write_figures(scores, tmp_path / "figures.csv")
    rows = read(tmp_path / "figures.csv")
    assert list(rows[0]) == ["unit", "code", "field", "value"]
    found = {(row["unit"], row["code"], row["field"]): row["value"] for row in rows}
    row = next(i for i, unit in enumerate(scores.units) if unit.code == "U1")
    for column, indicator in enumerate(scores.tree.indicators):
        value = scores.values[row, column]
        if np.isfinite(value):
            assert float(found["U1", indicator.code, ""]) == pytest.approx(value)
        else:  # what has no figure has no row
            assert ("U1", indicator.code, "") not in found
    assert not any(np.isinf(float(value)) for value in found.values())  # a date that never came is no figure
    assert not any(unit == "U7" for unit, _, _ in found)  # sent nothing
    assert found["U1", "01-1", "done"] == f"{scores.answers['01-1.done'][row]:.0f}"


def test_letters_stand_in_a_column_of_their_own(scores: Scores, tmp_path: Path) -> None:
    lettered = replace(scores, tree=replace(scores.tree, letters=(Letter("A", 1.6), Letter("B", 0.0))))
    write_scores(lettered, tmp_path / "scores.csv", Language.ZH)
    rows = read(tmp_path / "scores.csv")
    assert list(rows[0]) == ["unit", "code", "points", "score", "status", "reason", "letter"]
    found = {(row["unit"], row["code"]): row["letter"] for row in rows}
    assert (found["U1", "01-1"], found["U1", "a-tree"], found["U6", "02-1"]) == ("A", "A", "")
