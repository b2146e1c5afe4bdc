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


def group(code: str, points: float, below: list[float], more: str = "") -> str:
    """A group of indicators that take a mark as it is given."""
    head, *_ = NODE.partition("    children:")
    text = head.format(code=code, points=points, types=BOTH) + more + "    children:\n"
    for number, own in enumerate(below, start=1):
        fields = "[{code: mark, name: 得分, type: amount, measured_in: 分, at_least: 0}]"
        text += (
            f'      - {{code: "{code}-{number}", title: 小项{code}{number}, points: {own}, applies_to: all, '
            f"basis: 办法, "
            f"fields: {fields}, rule: {{kind: as_given}}}}\n"
        )
    return text


class Together(NamedTuple):
    """Contradictions that stand together, or where more than addition leads up; what becomes of them."""

    head: str
    waived: tuple[tuple[str, str], ...]
    nodes: str
    best: str  # the columns of the table, and what a unit has that has everything
    total: float
    hints: tuple[str, ...]


SIXTY = group("01", 60, [60])
WINDOWS = "    repeat: {{name: 窗口, at_most: 2}}\n    aggregate: {way}\n"
TOGETHER = {
    "two": Together(
        "",
        (("T217", "waived"), ("T202", '"02"')),
        SIXTY + group("02", 39, [38]),
        "01-1,02-1\n60,38",
        98,
        ("总分满分即为 98 分", "本项即按 38 分计，不折算到 39 分，总分满分随之变动"),
    ),
    "windows": Together(
        "",
        (("T202", '"02"'),),
        SIXTY + group("02", 40, [20, 19], WINDOWS.format(way="mean")),
        "01-1,02-1@1,02-2@1,02-1@2,02-2@2\n60,20,19,20,19",
        99,
        ("每份按 39 分计，不折算到 40 分",),
    ),
    "windows-weakest": Together(
        "",
        (("T202", '"02"'),),
        SIXTY + group("02", 40, [20, 19], WINDOWS.format(way="{way: weakest_link, plus: 1}")),
        "01-1,02-1@1,02-2@1,02-1@2,02-2@2\n60,20,19,20,19",
        99,
        ("每份按 39 分计，不折算到 40 分",),
    ),
    "mean": Together(
        "aggregate: mean",
        (("T202", '"02"'),),
        SIXTY + group("02", 40, [20, 19]),
        "01-1,02-1,02-2\n60,20,19",
        98.75,
        ("本项即按 39 分计，不折算到 40 分",),
    ),
    "out-of": Together(
        "out_of: 50",
        (("T202", '"02"'),),
        group("01", 30, [30]) + group("02", 20, [10, 9]),
        "01-1,02-1,02-2\n30,10,9",
        98,
        ("本项即按 19 分计，不折算到 20 分，总分满分随之变动",),
    ),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_hint_and_show_say_what_the_engine_does(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Where contradictions stand together, in entries of a repeated group, below a mean, and under `out_of`."""
    one, path = TOGETHER[name], tmp_path / "tree.yaml"
    text = HEAD.format(code="T202", node='"02"', more=one.head, policy="total") + one.nodes
    waivers = ", ".join(f"{{code: {code}, node: {node}, reason: 原件如此}}" for code, node in one.waived)
    path.write_text(re.sub(r"^waivers:.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    assert run("lint", str(path), "--format", "json") == 1
    hints = [found["hint"] for found in json.loads(capsys.readouterr().out)]
    assert len(hints) == len(one.hints)
    for hint, wanted in zip(hints, one.hints, strict=True):
        assert hint.partition("写明理由；")[2].startswith(wanted), hint
        assert ("随之变动" in hint) == ("随之变动" in wanted)
    path.write_text(re.sub(r"^waivers:.*\n", f"waivers: [{waivers}]\n", text, flags=re.MULTILINE), encoding="utf-8")
    tree = tree_of(path)
    columns, best = one.best.split("\n")
    (tmp_path / "best.csv").write_text(f"unit,{columns}\nt,{best}\n", encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,name,type,cohort\nt,甲,town,towns\n", encoding="utf-8")
    inputs = (str(tmp_path / "best.csv"), "--roster", str(tmp_path / "roster.csv"))
    assert run("score", tree.path, *inputs, "--csv", str(tmp_path / "csv")) == 0
    total = (tmp_path / "csv" / "ranking.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")[3]
    # Whatever does more than add up is worth its printed points, which not all can then be reached of.
    scale = one.total if one.total == 98 else 100
    assert (float(total), tree.scale_of("town")) == (one.total, scale)
    capsys.readouterr()
    said = [render(each, Language.ZH) for each in scale_phrases(tree)]
    assert any("“02 方面02”" in each for each in said)
    assert any("总分满分为" in each for each in said) == (scale != 100)
    assert run("show", tree.path) == 0
    shown = capsys.readouterr().out
    assert all(each in shown for each in said)
    assert run("lint", tree.path, "--format", "json") == 0
    for found in json.loads(capsys.readouterr().out):
        assert all(each in found["hint"] for each in said)
    outputs = ("-o", tmp_path / "card.xlsx", "--cards", tmp_path / "cards")
    assert run("score", tree.path, *inputs, *map(str, outputs)) == 0
    assert all(each in texts(tmp_path / "card.xlsx", "方法") for each in said)
    (card,) = (tmp_path / "cards").glob("t*.xlsx")
    assert f"满分 {scale:g}）" in texts(card, 0)
    assert run("template", tree.path, *inputs[1:], "-o", str(tmp_path / "forms")) == 0
    (form,) = (tmp_path / "forms").glob("t*.xlsx")
    cover = texts(form, 0)
    assert all(each in cover for each in said)


def test_a_tree_that_adds_up_has_nothing_to_say() -> None:
    tree = tree_of(Path(__file__).parents[1] / "schemes" / "c-parallel" / "tree.yaml")
    assert scale_phrases(tree) == ()


def texts(path: Path, sheet: str | int) -> str:
    """All texts of a sheet."""
    book = openpyxl.load_workbook(path)
    chosen = book[sheet] if isinstance(sheet, str) else book.worksheets[sheet]
    return "\n".join(str(cell) for row in chosen.iter_rows(values_only=True) for cell in row if cell is not None)
