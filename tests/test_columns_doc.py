"""docs/columns.md is a dictionary of every column that is written: held to files and frames, in both directions."""

import math
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from rounds import a_round
from test_docs import a_round as the_folder

import lawgov_score
from lawgov_score import Result, frames, pipeline, tables
from lawgov_score.catalogue import Severity
from lawgov_score.model import PROVISIONAL, Band, Letter, Status
from lawgov_score.model.changes import Cause, Ground
from lawgov_score.rules.keys import Better
from lawgov_score.wording import Language

__all__ = ["the_folder"]  # a fixture

PAGE = (Path(__file__).parent.parent / "docs" / "columns.md").read_text(encoding="utf-8")
FRAME_TYPES = {"text": "str", "number": "float64", "whole": "Int64"}
PARQUET_TYPES = {"text": "string", "number": "double"}
LETTERED = "only in a tree with `letters`"


@dataclass(frozen=True)
class Column:
    """One row of the dictionary."""

    name: str
    type: str
    measure: str
    meaning: str
    empty: str
    example: str


def dictionary() -> Mapping[str, list[Column]]:
    """The columns of each chapter, by the first word of its heading that names an output."""
    chapters = {}
    for heading, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S):
        rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", body, re.M)
        cells = [[cell.strip() for cell in rest.split("|")] for _, rest in rows]
        columns = [Column(name, *row) for (name, _), row in zip(rows, cells, strict=True)]
        chapters[heading] = [replace(column, example=column.example.strip("`")) for column in columns]
    return chapters


RANKING, SCORES, FIGURES, GROUNDS, CHANGES, MOVES, SHARES, PARQUET, PROBLEMS = dictionary()
COLUMNS = dictionary()


@pytest.fixture(scope="module")
def result(the_folder: Path) -> Result:
    """The sample round, scored in its folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(the_folder)
        sample = "out/sample-round/submissions"
        reading = lawgov_score.read("indicators/qujialing-2017", sample, f"{sample}/roster.csv")
        scored = lawgov_score.score("indicators/qujialing-2017", reading)
        scored.to_csv("out/csv")
        scored.to_parquet("out/scores.parquet")
    return scored


@pytest.fixture(scope="module")
def written(result: Result, the_folder: Path) -> dict[str, pd.DataFrame]:
    """By chapter: what is really written, cells as texts, '' where there is nothing."""
    tables_of = {
        chapter: pd.read_csv(the_folder / "out" / "csv" / f"{name}.csv", dtype=str, keep_default_na=False)
        for chapter, name in ((RANKING, "ranking"), (SCORES, "scores"), (FIGURES, "figures"), (GROUNDS, "grounds"))
    }
    parquet = pd.read_parquet(the_folder / "out" / "scores.parquet")
    tables_of[CHANGES] = changes_of(result, the_folder)
    tables_of |= rehearsed(the_folder)
    for chapter, frame in ((PARQUET, parquet), (PROBLEMS, result.problems)):
        texts = {name: column.map(plain) for name, column in frame.items()}
        tables_of[chapter] = pd.DataFrame(texts, columns=frame.columns)
    return tables_of


def rehearsed(folder: Path) -> dict[str, pd.DataFrame]:
    """``moves.csv`` and ``shares.csv`` of the sample round, with 良好 from 85 on."""
    old, new, sample = (
        folder / "indicators/qujialing-2017",
        folder / "out" / "next",
        folder / "out/sample-round/submissions",
    )
    shutil.copytree(old, new)
    text = (new / "tree.yaml").read_text(encoding="utf-8")
    assert "at_least: 80" in text
    (new / "tree.yaml").write_text(text.replace("at_least: 80", "at_least: 85"), encoding="utf-8")
    done = pipeline.rehearse(old, new, [sample], sample / "roster.csv")
    pipeline.write_rehearsed(done, pipeline.RehearsalFiles(tables=folder / "out" / "rehearsed"), Language.ZH)
    paths = {MOVES: "moves.csv", SHARES: "shares.csv"}
    return {
        chapter: pd.read_csv(folder / "out" / "rehearsed" / name, dtype=str, keep_default_na=False)
        for chapter, name in paths.items()
    }


def changes_of(result: Result, folder: Path) -> pd.DataFrame:
    """``changes.csv`` of the sample round, since a run before one workbook came."""
    given = folder / "out" / "sample-round" / "submissions"
    paths = sorted(path for path in given.glob("*.xlsx") if path.name != "BS-01.xlsx")
    reading = lawgov_score.read(folder / "indicators" / "qujialing-2017", paths, given / "roster.csv")
    lawgov_score.score(folder / "indicators" / "qujialing-2017", reading).to_csv(folder / "out" / "first")
    then = pipeline.read_since(folder / "out" / "first", result.tree)
    changes = pipeline.compared(then, result.assessment, Language.ZH)
    tables.write_changes(changes, result.tree, folder / "out" / "changes.csv", Language.ZH)
    return pd.read_csv(folder / "out" / "changes.csv", dtype=str, keep_default_na=False)


def plain(value: object) -> str:
    """One value as the page writes it."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


SOME = (LETTERED, "only in a tree with `ranked`", "only in a tree with `bands`")  # columns that not every tree has


def always(chapter: str) -> list[str]:
    """The columns that every tree has."""
    return [column.name for column in COLUMNS[chapter] if not any(some in column.meaning for some in SOME)]


@pytest.mark.parametrize("chapter", COLUMNS)
def test_the_columns_are_those_that_are_written(chapter: str, written: dict[str, pd.DataFrame]) -> None:
    assert [*written[chapter].columns] == always(chapter)


def test_a_tree_with_letters_places_and_words_has_more(tmp_path: Path) -> None:
    scores = a_round()
    first, *others = scores.tree.children
    rated = replace(first, ranked=Better.HIGHER, bands=(Band("好", 0.0),))
    tree = replace(scores.tree, letters=(Letter("A", 0.0),), children=(rated, *others))
    ranks, own = np.ones(len(scores.units), dtype=np.intp), scores.scores[:, scores.node_column[first.code]]
    lettered = replace(scores, tree=tree, node_ranks={first.code: ranks}, node_scores={first.code: own})
    tables.write_scores(lettered, tmp_path / "scores.csv", Language.ZH)
    names = [column.name for column in COLUMNS[SCORES]]
    assert (tmp_path / "scores.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",") == names
    assert [*frames.scores(lettered, Language.ZH).columns] == names
    assert names != always(SCORES)


def test_the_types_are_those_of_the_frames(result: Result) -> None:
    for chapter, frame in {
        RANKING: result.ranking,
        SCORES: result.scores,
        FIGURES: result.figures,
        PROBLEMS: result.problems,
    }.items():
        told = {column.name: FRAME_TYPES[column.type] for column in COLUMNS[chapter]}
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
            name: told[name] for name in always(chapter)
        }


def test_the_types_are_those_of_the_parquet_file(result: Result, the_folder: Path) -> None:
    schema = pq.read_schema(the_folder / "out" / "scores.parquet")
    told = {column.name: PARQUET_TYPES[column.type] for column in COLUMNS[PARQUET]}
    assert {field.name: str(field.type) for field in schema} == told
    assert all(f"`{key.decode()}`" in PAGE for key in schema.metadata if key != b"ARROW:schema")


@pytest.mark.parametrize("chapter", COLUMNS)
def test_what_is_never_empty_is_not_and_examples_occur(chapter: str, written: dict[str, pd.DataFrame]) -> None:
    table = written[chapter]
    for column in COLUMNS[chapter]:
        if column.name in table:
            values = table[column.name]
            assert column.empty != "never" or (values != "").all(), column
            assert not column.example or number_or_text(column.example) in set(values.map(number_or_text)), column
        assert column.meaning, column
        assert column.empty, column
        assert (column.type == "text") == (not column.measure), column


def number_or_text(text: str) -> str:
    """86.80 and 86.8 are one example."""
    return f"{float(text):g}" if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else text


def test_columns_without_an_example_are_those_the_sample_round_leaves_empty(written: dict[str, pd.DataFrame]) -> None:
    for chapter, columns in COLUMNS.items():
        for column in columns:
            is_filled = column.name in written[chapter] and (written[chapter][column.name] != "").any()
            assert is_filled == bool(column.example), (chapter, column)


def test_the_words_of_a_column_are_all_named() -> None:
    meanings = {(chapter, column.name): column.meaning for chapter, columns in COLUMNS.items() for column in columns}
    for where, words in {
        (RANKING, "provisional"): set(PROVISIONAL),
        (SCORES, "status"): {status.name.lower() for status in Status},
        (PROBLEMS, "severity"): {severity.value for severity in Severity},
        (GROUNDS, "ground"): {ground.value for ground in Ground},
        (CHANGES, "cause"): {cause.value for cause in Cause},
    }.items():
        assert set(re.findall(r"`(\w+)`", meanings[where])) == words
