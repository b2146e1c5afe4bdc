"""The sheet 分项名次: scores, places and words of ranked nodes, as formulas that come to what the engine has."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from calls import run
from recalculation import formulas_of
from scheme_runs import SCHEMES, done

from lawgov_score.model import Policies, Scores, Ties
from lawgov_score.scoring.node_places import places_at
from lawgov_score.wording import Language
from lawgov_score.workbook.scorecard.node_places import NAME
from lawgov_score.workbook.scorecard.scorecard import write_scorecard


def scheme(name: str) -> Scores:
    scores = done(next(path for path in SCHEMES if path.name == name)).scores
    assert scores is not None
    return scores


def sheet_of(scores: Scores, path: Path, lang: Language = Language.ZH) -> list[tuple[object, ...]] | None:
    """The rows of the sheet as stored; None where there is none."""
    write_scorecard(scores, path, problems=(), inputs=(), lang=lang)
    book = openpyxl.load_workbook(path, data_only=True)
    name = NAME.zh if lang is Language.ZH else NAME.en
    return list(book[name].iter_rows(values_only=True)) if name in book.sheetnames else None


def test_places_and_words_are_formulas(tmp_path: Path) -> None:
    rows = sheet_of(scheme("f-words-at-nodes"), tmp_path / "s.xlsx")
    assert rows is not None
    table = {row[0]: row[2:] for row in rows if row[1] == "全县"}
    assert table == {
        "财政局": (18, 1, "好", 10, None, "优"),  # 9 of 10 that apply, on the scale of 20
        "东乡": (17, 2, "较好", 8, None, "优"),
        "西乡": (14, 3, "一般", 7, None, "差"),
        "水利局": (14, 3, "一般", None, None, None),
    }
    formulas = [one for one in formulas_of(tmp_path / "s.xlsx") if one.sheet == NAME.zh]
    assert len(formulas) == 4 * 3 + 3 * 2
    assert [str(one) for one in formulas if not one.agrees] == []


@pytest.mark.parametrize("ties", [Ties.DENSE, Ties.ORDINAL])
@pytest.mark.parametrize("name", ["f-words-at-nodes", "c-windows-ranked", "e-last-places"])
def test_places_of_equals_without_gaps_or_in_order_are_formulas_too(name: str, ties: Ties, tmp_path: Path) -> None:
    before = scheme(name)
    policies: Policies = replace(before.tree.policies, ties=ties)
    tree = replace(before.tree, policies=policies)
    scores = replace(before, tree=tree, node_ranks=places_at(tree, before.node_scores, before.cohorts))
    is_moved = any((scores.node_ranks[code] != before.node_ranks[code]).any() for code in scores.node_ranks)
    assert is_moved or (name, ties) == ("f-words-at-nodes", Ties.DENSE)  # its equals are the last
    assert sheet_of(scores, tmp_path / "s.xlsx") is not None
    formulas = [one for one in formulas_of(tmp_path / "s.xlsx") if one.sheet == NAME.zh]
    assert [str(one) for one in formulas if not one.agrees] == []
    placed = sum(int((ranks > 0).sum()) for ranks in scores.node_ranks.values())
    assert sum("RANK" in one.formula or "COUNTIF" in one.formula for one in formulas) >= placed


def test_places_of_entries_are_formulas(tmp_path: Path) -> None:
    """Of windows among those of the cohort, of projects among those of the unit, of courses among all there are."""
    rows = sheet_of(scheme("c-windows-ranked"), tmp_path / "s.xlsx")
    assert rows is not None
    table = {row[0]: (row[3::3], row[2::3]) for row in rows if row[1] in {"乡镇组", "部门组"}}
    assert {unit: places for unit, (places, _) in table.items()} == {
        "东乡": (1, 4, None, 2, 1, 2, 4),
        "西乡": (1, 3, 5, 1, 1, 2, None),
        "财政局": (1, None, None, 1, None, 1, 5),
    }
    formulas = [one for one in formulas_of(tmp_path / "s.xlsx") if one.sheet == NAME.zh]
    assert len(formulas) == 2 * (6 + 6 + 4)  # where there is an entry: two or three windows, projects, courses
    assert [str(one) for one in formulas if not one.agrees] == []


def test_places_among_very_many_entries_are_stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lawgov_score.workbook.scorecard.node_places._MOST_COMPARED", 3)
    rows = sheet_of(scheme("c-windows-ranked"), tmp_path / "s.xlsx")
    assert rows is not None
    assert next(row for row in rows if row[0] == "西乡")[3::3] == (1, 3, 5, 1, 1, 2, None)
    formulas = [one for one in formulas_of(tmp_path / "s.xlsx") if one.sheet == NAME.zh]
    # Two projects of a unit are few, and so are the windows of a cohort of one unit; the rest is many.
    assert sum("COUNTIF" in one.formula for one in formulas) == 5 + 1


def test_letters_of_the_weakest_link_stand_with_place_and_word_in_every_output(tmp_path: Path) -> None:
    """The lowest of A and D, and half a letter more: D+, 差, last. In table, scorecard, card and page."""
    folder = next(path for path in SCHEMES if path.name == "c-letters")
    text = (folder / "tree.yaml").read_text(encoding="utf-8")
    weakest = "    aggregate: {way: weakest_link, plus: 0.5}\n"
    assert text.count(weakest) == 1
    said = (
        "    ranked: higher\n    bands: [{word: 好, at_least: 3}, {word: 一般, at_least: 2}, {word: 差, at_least: 0}]\n"
    )
    (tmp_path / "tree.yaml").write_text(text.replace(weakest, weakest + said), encoding="utf-8")
    where = {name: tmp_path / name for name in ("o.xlsx", "cards", "csv", "html")}
    outputs = [
        str(part) for pair in zip(("-o", "--cards", "--csv", "--html"), where.values(), strict=True) for part in pair
    ]
    assert run("score", str(tmp_path / "tree.yaml"), str(folder / "figures.csv"), *outputs) == 0
    with (where["csv"] / "scores.csv").open(encoding="utf-8-sig", newline="") as lines:
        found = {
            row["unit"]: (row["letter"], row["rank"], row["band"])
            for row in csv.DictReader(lines)
            if row["code"] == "01"
        }
    assert found == {"a": ("D+", "4", "差"), "b": ("C", "3", "一般"), "c": ("B", "2", "好"), "d": ("B+", "1", "好")}
    own = "居同组第 4 名（共 4 个单位），评为“差”"
    sheet = openpyxl.load_workbook(where["o.xlsx"])[NAME.zh]
    scores = {row[0].value: row[2] for row in sheet.iter_rows() if row[0].value in found}
    assert {unit: cell.number_format.split('"')[1].strip() for unit, cell in scores.items()} == {
        unit: letter for unit, (letter, _, _) in found.items()
    }
    card = openpyxl.load_workbook(where["cards"] / "a.xlsx")
    cells = [cell for one in card.worksheets for row in one.iter_rows() for cell in row if cell.value is not None]
    assert any(own in str(cell.value) for cell in cells)
    assert any(cell.number_format.startswith('"D+ ') for cell in cells)
    page = next(where["html"].rglob("unit-a.html")).read_text(encoding="utf-8")
    assert own in page
    assert re.search(r"D\+\s+1\.50", page)


def test_it_is_there_only_where_nodes_are_ranked_or_rated(tmp_path: Path) -> None:
    assert sheet_of(scheme("f-grades"), tmp_path / "a.xlsx") is None
    english = sheet_of(scheme("e-last-places"), tmp_path / "b.xlsx", Language.EN)
    assert english is not None
    assert "01 行政执法: place" in english[3]
