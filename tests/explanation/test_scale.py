"""Where printed points contradict one another, every reader is told one figure: the best total that can be reached."""

import json
import re
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from calls import run

from lawgov_score.explanation.scale import of_unit, scale_phrases
from lawgov_score.model import Tree
from lawgov_score.report import render
from lawgov_score.tree import load
from lawgov_score.wording import Language

HEAD = """\
code: waived
title: 矛盾的指标体系
edition: "2024"
year: 2024
points: 100
levels: [方面, 小项]
unit_types: [{{code: town, name: 乡镇}}, {{code: bureau, name: 部门}}]
cohorts: [{{code: towns, name: 乡镇组, unit_types: [town]}}, {{code: bureaus, name: 部门组, unit_types: [bureau]}}]
{more}
waivers: [{{code: {code}, node: {node}, reason: 原件如此}}]
policies:
  rounding: {{indicator: 2, group: null, total: 2}}
  rank: {{by: rounded, ties: shared}}
  missing: zero
  not_applicable: {policy}
  invalid: score_valid
  claims: await_review
nodes:
"""
NODE = """\
  - code: "{code}"
    title: 方面{code}
    points: {points}
    applies_to: {types}
    children:
      - code: "{code}-1"
        title: 小项{code}
        points: {below}
        applies_to: all
        basis: 办法
        fields: [{{code: mark, name: 得分, type: amount, measured_in: 分, at_least: 0}}]
        rule: {{kind: as_given}}
"""
BOTH, TOWNS, BUREAUS = "all", "[town]", "[bureau]"


class Waived(NamedTuple):
    """A tree with one contradiction of points, waived."""

    code: str
    node: str
    head: str
    policy: str
    nodes: tuple[tuple[float, float, str], ...]  # points, points below, types
    scales: dict[str, float]  # what totals are out of, by type


PARALLEL = "parallel: true"
TYPES = ((100, 100, TOWNS), (98, 98, BUREAUS))
BELOW = ((60, 60, BOTH), (40, 39, BOTH))
TREES = {
    "below": Waived("T202", '"02"', "", "total", BELOW, {"town": 99, "bureau": 99}),
    "below-as-it-is": Waived("T202", '"02"', "", "none", BELOW, {"town": 99, "bureau": 99}),
    "top": Waived("T217", "waived", "", "total", (BELOW[0], (38.5, 38.5, BOTH)), {"town": 98.5, "bureau": 98.5}),
    "type": Waived("T237", "waived", PARALLEL, "total", TYPES, {"town": 100, "bureau": 100}),
    "type-as-it-is": Waived("T237", "waived", PARALLEL, "none", TYPES, {"town": 100, "bureau": 98}),
}
UNITS = {"t": "town", "b": "bureau"}


def written(folder: Path, name: str) -> Path:
    """The tree of this name, a roster of a unit of each type, and a table in which each has everything."""
    one = TREES[name]
    text, nodes = HEAD.format(code=one.code, node=one.node, more=one.head, policy=one.policy), one.nodes
    for number, (points, below, types) in enumerate(nodes, start=1):
        text += NODE.format(code=f"{number:02}", points=points, below=below, types=types)
    (folder / "tree.yaml").write_text(text, encoding="utf-8")
    rows = [f"{unit},单位{unit},{kind},{kind}s" for unit, kind in UNITS.items()]
    (folder / "roster.csv").write_text("\n".join(("unit,name,type,cohort", *rows)) + "\n", encoding="utf-8")
    best = [
        [unit, *(str(below) if types in (BOTH, f"[{kind}]") else "" for _, below, types in nodes)]
        for unit, kind in UNITS.items()
    ]
    table = [["unit", *(f"{number:02}-1" for number in range(1, len(nodes) + 1))], *best]
    (folder / "best.csv").write_text("\n".join(",".join(row) for row in table) + "\n", encoding="utf-8")
    return folder / "tree.yaml"


def tree_of(path: Path) -> Tree:
    """The tree, which loads: what is wrong with it is waived."""
    tree, _ = load(path)
    assert tree is not None
    return tree


@pytest.mark.parametrize("name", TREES)
def test_the_scale_is_the_best_total_that_can_be_reached(tmp_path: Path, name: str) -> None:
    tree = tree_of(written(tmp_path, name))
    inputs = (str(tmp_path / "best.csv"), "--roster", str(tmp_path / "roster.csv"))
    assert run("score", tree.path, *inputs, "--csv", str(tmp_path / "csv")) == 0
    lines = (tmp_path / "csv" / "ranking.csv").read_text(encoding="utf-8-sig").splitlines()
    totals = {line.split(",")[0]: float(line.split(",")[3]) for line in lines[1:]}
    assert totals == {unit: TREES[name].scales[kind] for unit, kind in UNITS.items()}
    assert {kind: tree.scale_of(kind) for kind in UNITS.values()} == TREES[name].scales


@pytest.mark.parametrize("name", TREES)
def test_lint_show_cover_card_page_and_method_say_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    tree = tree_of(written(tmp_path, name))
    said = [render(each, Language.ZH) for each in scale_phrases(tree)]
    assert said
    capsys.readouterr()
    assert run("show", tree.path) == 0
    shown = capsys.readouterr().out
    assert all(each in shown for each in said)
    assert run("lint", tree.path, "--format", "json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["severity"] == "note"
    assert all(each in found["hint"] for each in said)
    roster = ("--roster", str(tmp_path / "roster.csv"))
    assert run("template", tree.path, *roster, "-o", str(tmp_path / "forms")) == 0
    outputs = ("-o", tmp_path / "card.xlsx", "--cards", tmp_path / "cards", "--html", tmp_path / "html")
    assert run("score", tree.path, str(tmp_path / "best.csv"), *roster, *(str(each) for each in outputs)) == 0
    method = texts(tmp_path / "card.xlsx", "方法")
    assert all(each in method for each in said)
    if TREES[name].code == "T202":
        ranking = texts(tmp_path / "card.xlsx", "排名")
        assert "（39分）" in ranking  # the heading of what counts as 39, printed 40
        assert "（40分）" not in ranking
    for unit, kind in UNITS.items():
        phrase = of_unit(tree, kind)
        own = [] if phrase is None else [render(phrase, Language.ZH)]
        (form,) = (tmp_path / "forms").glob(f"{unit}*.xlsx")
        (card,) = (tmp_path / "cards").glob(f"{unit}*.xlsx")
        (page,) = (tmp_path / "html").rglob(f"unit-{unit}.html")
        cover, head = texts(form, 0), texts(card, 0)
        out_of = {f"满分 {tree.scale_of(kind):g} 分", f"满分 {tree.scale_of(kind):g}）"}
        for text in (cover, head, page.read_text(encoding="utf-8")):
            assert all(each in text for each in own)
            assert any(each in text for each in out_of)
            figures = {float(each) for each in re.findall(r"总分满分为 ([\d.]+) 分", text)}
            assert figures <= {tree.scale_of(kind)}


@pytest.mark.parametrize("name", TREES)
def test_lint_says_before_it_is_waived_what_would_become_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = written(tmp_path, name)
    text = re.sub(r"^waivers:.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    assert run("lint", str(path), "--format", "json") == 1
    (found,) = json.loads(capsys.readouterr().out)
    one = TREES[name]
    becomes = one.nodes[1][1] if one.code == "T202" else one.scales["bureau"]
    assert found["code"] == one.code
    assert f"{becomes:g} 分" in found["hint"]


def test_a_tree_that_adds_up_has_nothing_to_say() -> None:
    tree = tree_of(Path(__file__).parents[1] / "schemes" / "c-parallel" / "tree.yaml")
    assert scale_phrases(tree) == ()


def texts(path: Path, sheet: str | int) -> str:
    """All texts of a sheet."""
    book = openpyxl.load_workbook(path)
    chosen = book[sheet] if isinstance(sheet, str) else book.worksheets[sheet]
    return "\n".join(str(cell) for row in chosen.iter_rows(values_only=True) for cell in row if cell is not None)
