"""Scales and blocks: a tree written with them means what the same tree means written out, and faults are told once.

Reaches ``tree/blocks.py``, ``tree/piece.py``.
"""

import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_rounds import Round, rounds
from random_rounds import loaded as loaded_data

from lawgov_score.catalogue import Code
from lawgov_score.model import Group, Indicator, Tree
from lawgov_score.pipeline import ScoredAssessment, assess, write_scorecard
from lawgov_score.problems import Problem, TextPlace, is_error
from lawgov_score.tree import load
from lawgov_score.wording import Language

HERE = Path(__file__).parent
SCHEME = HERE.parent / "schemes" / "c-blocks"
WRITTEN_OUT = HERE / "once" / "written-out.yaml"
TEXT = (SCHEME / "tree.yaml").read_text(encoding="utf-8")


def loaded(tmp_path: Path, *pairs: tuple[str, str]) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The scheme with the first of every pair replaced by the second."""
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return read(tmp_path, text)


def read(tmp_path: Path, text: str) -> tuple[Tree | None, tuple[Problem, ...]]:
    path = tmp_path / "tree.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def tree_of(result: tuple[Tree | None, tuple[Problem, ...]]) -> Tree:
    tree, problems = result
    assert tree is not None, problems
    return tree


def lines(problems: Sequence[Problem]) -> list[tuple[str, int, list[int]]]:
    """Code and line of each problem, and the lines beside it."""
    return [
        (p.code.value, p.place.line, [other.line for other in p.see_also if isinstance(other, TextPlace)])
        for p in problems
        if isinstance(p.place, TextPlace)
    ]


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


D01, D02, D03 = (line_of(f'code: "{code}"') for code in ("D01", "D02", "D03"))
COMPLETE = line_of("block: complete")
EXTENT = line_of("options: extent")
LAST = TEXT[: TEXT.rindex("options: extent")].count("\n") + 1
ALL = [D01, COMPLETE, D02, D03]  # uses of the inner block, with those of the outer one


# ------------------------------------------------------------ the same meaning


def _bare(value: object) -> object:
    """A node without places."""
    if isinstance(value, tuple):
        return tuple(_bare(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type) and hasattr(value, "place"):
        return type(value), {f.name: _bare(getattr(value, f.name)) for f in fields(value) if f.name != "place"}
    return value


def _shown(tree: Tree) -> str:
    return re.sub(r" at 0x[0-9a-f]+", "", repr(_bare(tree.children)))


def test_it_is_the_same_tree() -> None:
    once, out = tree_of(load(SCHEME / "tree.yaml")), tree_of(load(WRITTEN_OUT))
    assert once.fingerprint == out.fingerprint
    assert _shown(once) == _shown(out)
    assert replace(once, children=(), path="") == replace(out, children=(), path="")


def test_scores_and_sheets_are_the_same_to_the_last_byte(tmp_path: Path) -> None:
    written = []
    for name, source in (("once", SCHEME / "tree.yaml"), ("out", WRITTEN_OUT)):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(source, folder / "tree.yaml")
        shutil.copy(SCHEME / "figures.csv", folder)
        run = assess(folder / "tree.yaml", [folder / "figures.csv"])
        assert isinstance(run, ScoredAssessment)
        write_scorecard(run, folder / "scorecard.xlsx", Language.ZH)
        written.append((run.scores, (folder / "scorecard.xlsx").read_bytes()))
    (scores, sheet), (other_scores, other_sheet) = written
    np.testing.assert_array_equal(scores.scores, other_scores.scores)
    np.testing.assert_array_equal(scores.total, other_scores.total)
    assert sheet == other_sheet


def test_blocks_of_the_head_are_used_in_parts(tmp_path: Path) -> None:
    head, nodes = TEXT.split("nodes:\n")
    cut = nodes.index('  - code: "E"')
    (tmp_path / "a.yaml").write_text("nodes:\n" + nodes[:cut], encoding="utf-8")
    (tmp_path / "b.yaml").write_text("nodes:\n" + nodes[cut:], encoding="utf-8")
    tree = tree_of(read(tmp_path, head + "parts: [a.yaml, b.yaml]\n"))
    assert tree.fingerprint == tree_of(load(WRITTEN_OUT)).fingerprint
    assert {Path(node.place.path).name for node in tree.nodes} == {"a.yaml", "b.yaml"}  # where they are used
    (tmp_path / "a.yaml").write_text(("nodes:\n" + nodes[:cut]).replace("发展改革局", '""'), encoding="utf-8")
    broken = head.replace("each: 0.1", "each: viel")
    faults = read(tmp_path, broken + "parts: [a.yaml, b.yaml]\n")[1]
    assert [(p.code, Path(p.place.path).name) for p in faults if isinstance(p.place, TextPlace)] == [
        (Code.T115, "a.yaml"),
        (Code.T104, "tree.yaml"),
    ]


def test_points_may_be_kept_apart(tmp_path: Path) -> None:
    text = re.sub(r"\n +points: .*", "", TEXT.replace("\npoints: 40", "\nweights: apart"))
    (tmp_path / "tree.yaml").write_text(text, encoding="utf-8")
    whole = tree_of(load(SCHEME / "tree.yaml"))
    points = "\n".join(f'  "{node.code}": {node.points:g}' for node in whole.nodes)
    weights = tmp_path / "weights.yaml"
    weights.write_text(f"code: w\ntitle: 分值\nweights_of: c-blocks\ntotal: 40\npoints:\n{points}\n", encoding="utf-8")
    tree = tree_of(load(tmp_path / "tree.yaml", weights))
    assert [(node.code, node.points) for node in tree.nodes] == [(node.code, node.points) for node in whole.nodes]


# ------------------------------------------------------------ codes


INNER = """      - code: "3"
        title: <title>较好的
        points: 4
        weight: 0
        aggregate: max
        uses: [{from: "1", to: "2"}, "E-1"]
      - code: "4"
        title: <title>互验
        points: 0
        weight: 0
        applies_to: all
        basis: 《××市数据开放考核办法》附件第5项
        fields: [{code: n, name: 件数, type: count, measured_in: 件}]
        value: if(score("1") >= 2 and score('E-1') > 0 and <other> > 0, n, 0)
        rule: {kind: veto_item}
      - {block: complete, code: "5\""""


def test_codes_that_the_block_names_itself_get_the_code_of_the_use(tmp_path: Path) -> None:
    tree = tree_of(
        loaded(
            tmp_path,
            ('      - {block: complete, code: "3"', INNER),
            ("ties: shared", 'ties: shared, tie_breakers: ["D02-5"]'),
            ("full: 100%}", "full: 100%, other: 'score(\"D01-1\")'}"),
        )
    )
    group, indicator = tree.by_code["D02-3"], tree.by_code["D02-4"]
    assert isinstance(group, Group)
    assert isinstance(indicator, Indicator)
    assert [use.code for use in group.uses] == ["D02-1", "D02-2", "E-1"]
    assert indicator.value is not None
    assert set(indicator.value.nodes) == {"D02-1", "E-1", "D01-1"}
    assert tree.policies.tie_breakers == ("D02-5",)


def test_a_use_says_what_is_its_own(tmp_path: Path) -> None:
    own = '{block: dataset, code: "D02", title: 采购数据, applies_to: [unit], note: 含工程, with: {due: "03-31"}}'
    tree = tree_of(loaded(tmp_path, ('{block: dataset, code: "D02", title: 采购数据, with: {due: "03-31"}}', own)))
    assert [node.note for node in (tree.by_code["D01"], tree.by_code["D02"])] == ["", "含工程"]
    lead = [tree.by_code[code].lead for code in ("D02-3", "D03-3")]  # type: ignore[union-attr]  # indicators
    assert lead == [(), ("发展改革局",)]


def test_a_list_may_stand_for_a_name(tmp_path: Path) -> None:
    tree = tree_of(
        loaded(
            tmp_path,
            ("    basis: 《××市数据开放考核办法》附件第3项\n", "    basis: 《办法》\n    lead: <offices>\n"),
            ("with: {full: <full>}}", "with: {full: <full>, offices: [<title>办公室]}}"),
        )
    )
    indicator = tree.by_code["D03-3"]
    assert isinstance(indicator, Indicator)
    assert indicator.lead == ("信用数据办公室",)


def test_a_scale_stands_for_any_list(tmp_path: Path) -> None:
    scales = "scales:\n  bands: [{at_least: 80%, score: 100%}, {at_least: 60%, score: 50%}]\n  kinds: [国家级, 省级]"
    tree = tree_of(
        loaded(
            tmp_path,
            ("scales:", scales),
            ("rule: {kind: linear, zero_at: 50%, full_at: <full>}", "rule: {kind: tiers, tiers: <bands>}"),
            (
                "      - {code: due, name",
                "      - {code: kind, name: 级别, type: choice, choices: kinds}\n      - {code: due, name",
            ),
            ("value: given / due", "value: if(kind == 0, 1, given / due)"),
            ("with: {full: <full>}}", "with: {bands: <full>}}"),
            ("full: 100%", "full: bands"),
            ("full: 80%", "full: bands"),
        )
    )
    indicator = tree.by_code["D03-3"]
    assert isinstance(indicator, Indicator)
    assert indicator.rule.bounds == (0.0, 3.0)
    assert [asked.choices for asked in indicator.fields if asked.code == "kind"] == [("国家级", "省级")]


# ------------------------------------------------------------ faults


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("each: 0.1}", "each: viel}", [("T104", line_of("each: 0.1"), [D01, D02, D03])]),
        ("zero_at: 50%", "zero: 50%", [("T106", line_of("zero_at"), ALL)]),
        ("    on_zero: zero\n", "\n", [("T208", line_of("value: given"), ALL)]),
        ("value: given / due", "value: given / (due", [("T207", line_of("value: given"), ALL)]),
        ("    basis: 《××市数据开放考核办法》附件第3项\n", "\n", [("T105", line_of("  complete:"), ALL)]),
        # What one use brings in is told there.
        ("full: 80%", "full: 40%", []),
        ("full: 80%", "full: viel", [("T104", D03, [D03, COMPLETE])]),
        ('D03", title', 'D02", title', [("T201", D03, [D02])]),
        ('"E-1"', '"D01-3"', [("T201", line_of('"E-1"'), [D01])]),
        # A scale: the fault is the scale's, the use stands beside it.
        ("score: 50%", "score: viel", [("T104", line_of("score: 50%"), [D01, EXTENT, D02, D03, LAST])]),
    ],
)
def test_a_fault_is_told_once_with_its_uses(
    tmp_path: Path, old: str, new: str, wanted: list[tuple[str, int, list[int]]]
) -> None:
    found = lines([p for p in loaded(tmp_path, (old, new))[1] if p.code not in {Code.T214}])
    assert found == wanted


def test_an_expression_put_together_of_two_is_pointed_at_as_a_whole(tmp_path: Path) -> None:
    problems = loaded(tmp_path, ("value: given / due", "value: given / due + <full>"))[1]
    assert [(p.code, p.place) for p in problems if p.code is Code.T207] == [
        (Code.T207, replace(p.place, column=12)) for p in problems if isinstance(p.place, TextPlace)
    ]


def test_points_that_a_use_changes_are_compared_there(tmp_path: Path) -> None:
    problems = loaded(tmp_path, ("title: 预算数据}", "title: 预算数据, points: 11}"))[1]
    assert [(code, line) for code, line, _ in lines(problems)] == [("T202", line_of("points: 30")), ("T202", D01)]


# ------------------------------------------------------------ bounds


def test_a_few_lines_cannot_fill_the_memory(tmp_path: Path) -> None:
    levels = [
        f"  b{i}: {{points: 1, children: ["
        + ", ".join(f'{{block: b{i + 1}, code: "{k}", title: 甲}}' for k in range(10))
        + "]}"
        for i in range(12)
    ]
    leaf = "  b12: {points: 1, applies_to: all, basis: 甲, rule: {kind: judged, marks: mean}}"
    text = TEXT[: TEXT.index("blocks:")] + "blocks:\n" + "\n".join([*levels, leaf])
    text += '\nnodes:\n  - {block: b0, code: "A", title: 甲}\n  - {block: b0, code: "B", title: 乙}\n'
    begun = time.monotonic()
    tree, problems = read(tmp_path, text)
    assert tree is None
    assert Code.T116 in {p.code for p in problems}
    assert time.monotonic() - begun < 60


def test_a_long_chain_of_blocks_is_refused(tmp_path: Path) -> None:
    chain = [f'  b{i}: {{points: 1, children: [{{block: b{i + 1}, code: "1", title: 甲}}]}}' for i in range(2000)] + [
        "  b2000: {points: 1, applies_to: all, basis: 甲, rule: {kind: judged, marks: mean}}"
    ]
    text = TEXT[: TEXT.index("blocks:")] + "blocks:\n" + "\n".join(chain)
    tree, problems = read(tmp_path, text + '\nnodes:\n  - {block: b0, code: "A", title: 甲}\n')
    assert tree is None
    assert Code.T116 in {p.code for p in problems}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_crashes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Words of the scheme exchanged, doubled, lost: a problem, or a tree."""
    words = re.split(r"(\s+|[{}\[\],:<>])", TEXT)
    for _ in range(data.draw(st.integers(1, 3))):
        at, other = (data.draw(st.integers(0, len(words) - 1)) for _ in range(2))
        words[at] = data.draw(st.sampled_from([words[other], "", words[at] * 2, "block", "<title>", "with"]))
    tree, problems = read(tmp_path_factory.mktemp("once"), "".join(words))
    assert (tree is None) == any(is_error(problem) for problem in problems)


@given(rounds())
@settings(max_examples=40, deadline=None)
def test_what_random_trees_write_once_is_what_they_write_out(done: Round) -> None:
    plain, errors = loaded_data(done.data)
    assert plain is not None, errors
    if "scales" not in done.written:  # a scale says shares where the plain tree has points
        assert plain.fingerprint == done.tree.fingerprint
    once, out = done.scored(), replace(done, tree=plain).scored()
    np.testing.assert_array_equal(once.scores, out.scores)
    np.testing.assert_array_equal(once.total, out.total)
