"""The frames say what the .csv files say: same columns, same rows in the same order, numbers as numbers.

Reaches ``explanation/texts.py``.
"""

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from random_rounds import Round, shared_rounds
from rounds import a_round

from lawgov_score import frames, tables
from lawgov_score.catalogue import Code
from lawgov_score.guarded import unguarded
from lawgov_score.model import Letter, Scores
from lawgov_score.problems import MOST_OF_ONE, CellPlace, NodePlace, Problem, TextPlace, folded
from lawgov_score.report import number_text, problem_record
from lawgov_score.rounding import DUST_DECIMALS
from lawgov_score.wording import Language

NUMBERS, WHOLE = {"score", "points", "value"}, {"rank", "tied", "line", "column", "count"}


def written(scores: Scores) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Name and rows of every table, as the .csv has them; texts without their apostrophe."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables.write_ranking(scores, folder / "ranking")
        tables.write_scores(scores, folder / "scores", Language.ZH)
        tables.write_figures(scores, folder / "figures")
        for path in sorted(folder.iterdir()):
            with path.open(encoding="utf-8-sig", newline="") as lines:
                reader = csv.DictReader(lines)
                rows = [
                    {key: text if key in NUMBERS | WHOLE else unguarded(text) for key, text in row.items()}
                    for row in reader
                ]
                yield path.name, [{key: key for key in reader.fieldnames or ()}, *rows]


def frame_of(name: str, scores: Scores) -> pd.DataFrame:
    """The frame beside the table of this name."""
    if name == "scores":
        return frames.scores(scores, Language.ZH)
    return {"ranking": frames.ranking, "figures": frames.figures}[name](scores)


def formatted(frame: pd.DataFrame, scores: Scores) -> list[dict[str, str]]:
    """The cells of a frame as the .csv formats them, the headings first."""
    decimals = scores.tree.policies.total_decimals

    def cell(column: str, value: Any, is_total: bool) -> str:
        if column in WHOLE | NUMBERS and pd.isna(value):
            return ""
        if column in WHOLE:
            return str(value)
        if column == "value":
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        if column == "score" and is_total and decimals is not None:
            return f"{value:.{decimals}f}"
        return number_text(value, DUST_DECIMALS) if column in NUMBERS else str(value)

    rows = [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    return [
        {key: key for key in frame.columns},
        *(
            {key: cell(key, value, row.get("code", scores.tree.code) == scores.tree.code) for key, value in row.items()}
            for row in rows
        ),
    ]


def check_frames(scores: Scores) -> None:
    for name, rows in written(scores):
        frame = frame_of(name, scores)
        assert formatted(frame, scores) == rows, name
        assert (frame.index == np.arange(len(rows) - 1)).all()
        for column, dtype in frame.dtypes.items():
            wanted = "float64" if column in NUMBERS else "Int64" if column in WHOLE else "str"
            assert dtype == wanted, (name, column)
        texts = frame[[column for column in frame.columns if column not in NUMBERS | WHOLE]]
        assert not texts.isna().to_numpy().any()


def test_they_say_what_the_tables_say() -> None:
    check_frames(a_round())


def test_without_rounding_of_the_total() -> None:
    check_frames(a_round(policies={"round_total": None}))


def test_letters() -> None:
    scores = a_round()
    lettered = replace(scores, tree=replace(scores.tree, letters=(Letter("A", 1.6), Letter("B", 0.0))))
    check_frames(lettered)
    assert {"A", "B", ""} <= set(frames.scores(lettered, Language.ZH)["letter"])


def test_names_that_look_like_formulas_stay_as_they_are() -> None:
    scores = a_round()
    units = (replace(scores.units[0], name="=1+1"), *scores.units[1:])
    assert "=1+1" in set(frames.ranking(replace(scores, units=units))["name"])
    check_frames(replace(scores, units=units))


def test_float_dust_does_not_show() -> None:
    scores = a_round()
    dusty = replace(scores, scores=np.where(np.isnan(scores.scores), np.nan, 0.1 + 0.2), total=np.full(7, 1e-7 + 1.1))
    check_frames(dusty)
    assert set(frames.scores(dusty, Language.ZH)["score"].dropna()) == {0.3, 1.1}


@settings(max_examples=100)
@given(shared_rounds())
def test_of_any_round(drawn: Round) -> None:
    check_frames(drawn.scored())


def test_reasons_come_in_the_language_asked_for() -> None:
    scores = a_round()
    chinese, english = (frames.scores(scores, lang)["reason"] for lang in (Language.ZH, Language.EN))
    assert chinese[chinese != ""].str.contains("[一-鿿]").all()
    assert (english != chinese).any()
    assert ((english == "") == (chinese == "")).all()


def test_problems_are_the_records_of_the_json() -> None:
    scores = a_round()
    sent = next(one for one in scores.submissions if one is not None and one.unit.code == "U3")
    few = {"enough": "at least 5", "few": "fewer than 5"}
    found = [
        Problem(Code.T101, TextPlace("tree.yaml", 3, 7), {"name": "a", "found": "b", "carried": ""}),
        Problem(Code.S102, CellPlace("in.xlsx", "填报", "C5")),
        Problem(Code.S116, NodePlace("U1"), {"name": "甲", "unit": "U1"}),
        Problem(Code.R105, NodePlace("U2", "01-1"), {**few, "found": 1, "names": ("甲",), "treated": ""}),
        Problem(Code.S137, CellPlace(sent.path, "填报", "D2")),
    ]
    frame = frames.problems(found, scores, Language.EN)
    assert tuple(frame.columns) == frames.PROBLEMS
    ordered = folded(found)
    assert {"S116", "S102", "T101", "R105", "S137"} == {*frame["code"]}
    for row, problem in zip(frame.to_dict("records"), ordered, strict=True):
        for key, value in problem_record(problem, Language.EN).items():
            shown = row[key]
            assert shown == value if value is not None else pd.isna(shown), (problem.code, key)
    assert {*frame["count"]} == {1}
    by_code = frame.set_index("code")
    assert by_code["unit"].dropna().to_dict() == {"S116": "U1", "R105": "U2", "S137": "U3"}
    assert by_code["node"].dropna().to_dict() == {"R105": "01-1"}


def test_problems_beyond_the_limit_are_one_row_that_counts_them() -> None:
    found = [Problem(Code.S102, CellPlace("in.csv", "", f"A{i}")) for i in range(MOST_OF_ONE + 5)]
    frame = frames.problems(found, a_round(), Language.ZH)
    assert (len(frame), frame["count"].sum(), frame["count"].iloc[-1]) == (MOST_OF_ONE + 1, MOST_OF_ONE + 5, 5)


@pytest.mark.parametrize("column", frames.PROBLEMS)
def test_no_problems_are_an_empty_frame_of_the_same_columns(column: str) -> None:
    frame = frames.problems([], a_round(), Language.ZH)
    assert len(frame) == 0
    assert frame[column].dtype == ("Int64" if column in WHOLE else "str")
