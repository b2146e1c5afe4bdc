"""The scores as Parquet: the same as scores.csv says, null for what there is none of, the same bytes each time."""

import csv
import math
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from calls import run
from rounds import a_round
from test_cli import Captured, a_small_tree, a_table

from lawgov_score import parquet
from lawgov_score.catalogue import Code
from lawgov_score.explanation import texts
from lawgov_score.model import Scores
from lawgov_score.parquet import COLUMNS, NUMBERS, need_parquet, write_parquet
from lawgov_score.problems import RefusedError, TextPlace
from lawgov_score.tables import write_scores
from lawgov_score.wording import Language


@pytest.fixture(scope="module")
def scores() -> Scores:
    return a_round()


def test_it_says_what_scores_csv_says(scores: Scores, tmp_path: Path) -> None:
    write_parquet(scores, tmp_path / "a.parquet", Language.ZH)
    write_scores(scores, tmp_path / "scores.csv", Language.ZH)
    table = pq.read_table(tmp_path / "a.parquet")
    assert tuple(table.column_names) == COLUMNS
    rows = table.to_pylist()
    assert len(rows) == len(scores.units) * len(scores.tree.indicators)
    with (tmp_path / "scores.csv").open(encoding="utf-8-sig", newline="") as lines:
        said = {(row["unit"], row["code"]): row for row in csv.DictReader(lines)}
    for row in rows:
        other = said[row["unit"], row["indicator"]]
        assert (row["status"], row["reason"] or "") == (other["status"], other["reason"])
        assert row["score"] == (float(other["score"]) if other["score"] else None)
        assert row["points"] == float(other["points"])
        assert (row["lost"] is None) == (row["score"] is None)
        assert row["lost"] is None or math.isclose(row["lost"], row["points"] - row["score"], abs_tol=1e-9)
        assert not any(isinstance(row[name], float) and not math.isfinite(row[name]) for name in NUMBERS)
    assert {row["status"] for row in rows} >= {"scored", "missing", "not_applicable", "invalid"}


def test_the_same_scores_give_the_same_bytes_whatever_the_piece(
    scores: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        write_parquet(scores, tmp_path / name, Language.ZH)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    monkeypatch.setattr(texts, "UNITS_AT_ONCE", 2)
    write_parquet(scores, tmp_path / "c", Language.ZH)
    assert pq.read_table(tmp_path / "a").equals(pq.read_table(tmp_path / "c"))


def test_without_the_library_it_is_said_before_anything_is_read(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    with pytest.raises(RefusedError) as refused:
        need_parquet(tmp_path / "a.parquet")
    problem = refused.value.problem
    assert (problem.code, problem.place) == (Code.S160, TextPlace((tmp_path / "a.parquet").as_posix()))
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2", "B,2,2")
    assert run("score", tree, table, "--parquet", str(tmp_path / "a.parquet")) == 2
    assert "lawgov-score[parquet]" in capsys.readouterr().err
    monkeypatch.undo()
    assert run("score", tree, table, "--parquet", str(tmp_path / "a.parquet")) == 0
    assert pq.read_table(tmp_path / "a.parquet").schema.metadata[b"tree"]
