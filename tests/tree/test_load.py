"""The whole stage: every problem at once, at its place; parts, waivers, and nothing that crashes.

Reaches ``tree/document.py``, ``tree/folder.py``, ``tree/weights.py``.
"""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.catalogue import Code, Severity
from lawgov_score.problems import Problem, TextPlace, is_error
from lawgov_score.report import problems_json, problems_text
from lawgov_score.tree import load
from lawgov_score.wording import Language

SMALL = Path(__file__).parent / "good" / "small.yaml"
INDICATORS = Path(__file__).parents[2] / "indicators"


def found(problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    return [(p.code.value, p.place.line, p.place.column) for p in problems if isinstance(p.place, TextPlace)]


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    text = SMALL.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "tree.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_folder_a_folder_without_a_tree_and_a_part_that_is_not_there(tmp_path: Path) -> None:
    gone = load(tmp_path / "gone")
    assert gone[0] is None
    assert [(p.code, p.place) for p in gone[1]] == [(Code.T101, TextPlace((tmp_path / "gone").as_posix()))]
    assert [(p.code, p.place) for p in load(tmp_path)[1]] == [
        (Code.T101, TextPlace((tmp_path / "tree.yaml").as_posix()))
    ]


def test_parts_are_put_together_in_printed_order(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    head, nodes = text.split("nodes:\n")
    cut = nodes.index('  - code: "02"')
    (tmp_path / "b.yaml").write_text("nodes:\n" + nodes[:cut], encoding="utf-8")
    (tmp_path / "a.yaml").write_text("# 第二册\nnodes:\n" + nodes[cut:], encoding="utf-8")
    (tmp_path / "tree.yaml").write_text(head + "parts: [b.yaml, a.yaml]\n", encoding="utf-8")
    tree, problems = load(tmp_path)
    whole, _ = load(SMALL)
    assert tree is not None
    assert whole is not None
    assert [p.waived for p in problems] == ["原件如此，印发机关未更正"]
    assert [node.code for node in tree.nodes] == [node.code for node in whole.nodes]
    assert tree.fingerprint == whole.fingerprint
    assert tree.by_code["02"].place == TextPlace((tmp_path / "a.yaml").as_posix(), 3, 5)


def test_two_codes_alike_in_two_parts_name_both_files(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    head, nodes = text.split("nodes:\n")
    cut = nodes.index('  - code: "02"')
    (tmp_path / "one.yaml").write_text("nodes:\n" + nodes[:cut], encoding="utf-8")
    two = nodes[cut:].replace('"02-1"', '"01-1"')
    (tmp_path / "two.yaml").write_text("nodes:\n" + two, encoding="utf-8")
    (tmp_path / "tree.yaml").write_text(head + "parts: [one.yaml, two.yaml]\n", encoding="utf-8")
    (twice,) = [p for p in load(tmp_path)[1] if p.code is Code.T201]
    assert isinstance(twice.place, TextPlace)
    assert isinstance(twice.see_also[0], TextPlace)
    assert (Path(twice.place.path).name, Path(twice.see_also[0].path).name) == ("two.yaml", "one.yaml")


def test_a_waived_problem_is_a_note_and_stands_in_the_tree() -> None:
    tree, problems = load(SMALL)
    assert tree is not None
    assert [(p.code, p.severity, p.waived) for p in problems] == [
        (Code.T202, Severity.NOTE, "原件如此，印发机关未更正")
    ]
    assert tree.problems == problems
    assert [(w.code, w.node) for w in tree.waivers] == [("T202", "02")]


def test_a_waiver_holds_for_its_node_only(tmp_path: Path) -> None:
    path = changed(tmp_path, ('node: "02"', 'node: "01"'))
    tree, problems = load(path)
    assert tree is None
    assert [p.code for p in problems] == [Code.T220, Code.T202]


def test_the_tree_s_own_total_is_waived_under_its_code(tmp_path: Path) -> None:
    waiver = "waivers:\n  - {code: T217, node: small, reason: 原件合计印作 12}"
    path = changed(tmp_path, ("points: 10", "points: 12"), ("waivers:", waiver))
    tree, problems = load(path)
    assert tree is not None
    assert [(p.code, bool(p.waived)) for p in problems] == [(Code.T217, True), (Code.T202, True)]


@pytest.mark.parametrize("code", ["T265", "T266", "T267", "T268", "T269"])
def test_what_cannot_be_asked_or_scored_cannot_be_waived(tmp_path: Path, code: str) -> None:
    waiver = f"waivers:\n  - {{code: {code}, node: small, reason: 原件如此}}"
    tree, problems = load(changed(tmp_path, ("waivers:", waiver)))
    assert tree is None
    assert Code.T111 in [each.code for each in problems]


def test_the_format_lists_every_code_that_can_be_waived() -> None:
    root = Path(__file__).parents[2]
    schema = json.loads((root / "lawgov_score" / "tree" / "tree.schema.json").read_text(encoding="utf-8"))
    can = schema["$defs"]["tree"]["properties"]["waivers"]["items"]["properties"]["code"]["enum"]
    (line,) = re.findall(r"# (T202 .*) can stand;", (root / "docs" / "tree-format.md").read_text(encoding="utf-8"))
    assert line.split() == can


def test_points_add_up_in_decimal(tmp_path: Path) -> None:
    assert 4.2 + 2.1 != 6.3  # what binary fractions make of group 01, which is right as printed
    assert [p.code for p in load(changed(tmp_path))[1]] == [Code.T202]
    problems = load(changed(tmp_path, ("points: 4.2", "points: 4.3")))[1]
    (wrong,) = [p for p in problems if p.code is Code.T202 and not p.waived]
    assert wrong.values["found"] == "4.3 + 2.1 = 6.4"
    assert [place.line for place in wrong.see_also if isinstance(place, TextPlace)] == [47, 68]


def test_one_problem_for_one_mistake_in_a_rule(tmp_path: Path) -> None:
    path = changed(tmp_path, ("at_least: 0.6", "at_lest: 0.6"))
    assert [p.code for p in load(path)[1] if not p.waived] == [Code.T106]


def test_a_fault_in_one_indicator_hides_nothing_in_another(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ("rule: {kind: linear", "rule: {kind: liner"),
        ("each: 0.5", "each: half"),
        ("{code: rate, name: 按期审结率, type: share}", "{code: rate, name: 按期审结率, type: shar}"),
        ("applies_to: [office]", "applies_to: [bureau]"),
    )
    kept = [p.code for p in load(path)[1] if not p.waived]
    assert kept == [Code.T111, Code.T204, Code.T104, Code.T111]


def test_a_bad_expression_at_its_column_whatever_the_quotes(tmp_path: Path) -> None:
    for written, column in (("chief / cases[0]", 24), ("'chief / cases[0]'", 25), ('"\\x63hief / cases[0]"', 28)):
        path = changed(tmp_path, ("value: chief / cases", f"value: {written}"))
        places = [p.place for p in load(path)[1] if p.code is Code.T207]
        assert [(p.line, p.column) for p in places if isinstance(p, TextPlace)] == [(58, column)], written


def test_a_long_or_deep_expression_is_refused_not_followed(tmp_path: Path) -> None:
    for text in ("+".join(["cases"] * 900), "(" * 900 + "cases" + ")" * 900, "-" * 1500 + "cases", "9" * 1900):
        path = changed(tmp_path, ("value: chief / cases", f'value: "{text}"'))
        assert Code.T207 in [p.code for p in load(path)[1]]


def test_problems_come_sorted_by_place(tmp_path: Path) -> None:
    path = changed(
        tmp_path, ("year: 2024", "year: x"), ('code: "02"\n', "code: 02\n"), ("missing: zero", "missing: no")
    )
    lines = [line for _, line, _ in found(load(path)[1])]
    assert lines == sorted(lines)
    assert len(lines) == 4


def test_a_tree_of_one_file_says_nothing_of_its_neighbours(tmp_path: Path) -> None:
    path = changed(tmp_path)
    (tmp_path / "other.yaml").write_text("nodes: []\n", encoding="utf-8")
    assert Code.T114 not in [p.code for p in load(path)[1]]
    tree, problems = load(tmp_path)
    assert tree is not None
    assert [p.code for p in problems if p.severity is Severity.WARNING] == [Code.T114]


@pytest.mark.parametrize(
    "folder", sorted(head.parent for head in INDICATORS.rglob("tree.yaml")), ids=lambda path: path.name
)
def test_the_trees_of_this_repository_load_clean(folder: Path) -> None:
    tree, problems = load(folder)
    assert tree is not None
    assert [p for p in problems if not p.waived] == []


_TOKENS = ("null", "[]", "{}", "-1", '"90%"', "*a", "&a 1", "!!x y", "<<", "\t", ": ", "- ", '"', "|", "on", "1e400")


_WORDS = re.compile(r"[^\s,:{}\[\]]+")


def mangled(text: str, data: st.DataObject) -> str:
    """The text with one to four of its words replaced by nonsense, or by another word of the same text."""
    lines = text.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        i = data.draw(st.integers(0, len(lines) - 1))
        words = [m.span() for m in _WORDS.finditer(lines[i])] or [(0, len(lines[i]))]
        start, end = data.draw(st.sampled_from(words))
        token = data.draw(st.sampled_from(_TOKENS) | st.text(max_size=5) | st.sampled_from(_WORDS.findall(text)))
        lines[i] = lines[i][:start] + token + lines[i][end:]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["small", "ways", "after", "repeated", "parallel"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_mangled_tree_gives_problems_never_exceptions(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    text = (SMALL.parent / f"{name}.yaml").read_text(encoding="utf-8")
    path = tmp_path_factory.getbasetemp() / "mangled.yaml"
    path.write_text(mangled(text, data), encoding="utf-8", errors="surrogateescape")
    tree, problems = load(path)
    assert (tree is None) == any(is_error(problem) for problem in problems)
    for lang in Language:
        assert problems_text(problems, lang).count("\n") >= len(problems)
        assert problems_json(problems, lang).startswith("[")


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_mangled_weight_set_gives_problems_never_exceptions(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    apart = SMALL.parent / "apart"
    path = tmp_path_factory.getbasetemp() / "mangled-weights.yaml"
    text = mangled((apart / "weights.yaml").read_text(encoding="utf-8"), data)
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    tree, problems = load(apart, path)
    assert (tree is None) == any(is_error(problem) for problem in problems)
    for lang in Language:
        assert problems_text(problems, lang).count("\n") >= len(problems)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_garbage_never_loads_and_never_crashes(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "garbage.yaml"
    path.write_bytes(raw)
    tree, problems = load(path)
    assert tree is None
    assert problems


def test_a_rule_that_never_gives_full_points_may_stand_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "tree.yaml"
    text = (Path(__file__).parent / "bad" / "T240-never-full.yaml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    _, problems = load(path)
    (never,) = {problem.code for problem in problems}
    assert never is Code.T240
    places = [problem.place for problem in problems]
    codes = [line.split('"')[1] for line in text.splitlines() if line.strip().startswith("- code:")]
    waivers = ", ".join(f'{{code: T240, node: "{code}", reason: 原件如此}}' for code in codes if "-" in code)
    path.write_text(text.replace("nodes:", f"waivers: [{waivers}]\nnodes:", 1), encoding="utf-8")
    tree, problems = load(path)
    assert tree is not None or any(problem.code is Code.T220 for problem in problems)
    waived = [problem for problem in problems if problem.code is Code.T240]
    assert len(waived) == len(places)
    assert all(problem.waived == "原件如此" for problem in waived)
