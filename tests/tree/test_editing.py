"""The text of a tree's files after an edit: what was wanted, and every other byte as it was.

Reaches ``tree/editing.py``, ``tree/source.py``.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from returned_tables import a_tree

from lawgov_score.model import Indicator, Tree
from lawgov_score.problems import CellPlace, is_error
from lawgov_score.revision import changes_between
from lawgov_score.revision.pairs import ROOT, Shown
from lawgov_score.revision.wanted import Wanted, Wish, not_as_wanted
from lawgov_score.tree import load
from lawgov_score.tree.editing import contents_of, edited, node_at, provisional
from lawgov_score.tree.source import outline

REPOSITORY = Path(__file__).parents[2]
TREES = sorted(
    path.parent
    for path in [*REPOSITORY.glob("tests/schemes/*/tree.yaml"), *REPOSITORY.glob("indicators/*/tree.yaml")]
    if path.parent.name not in {"h-contradictions", "h-target-twice", "c-weights-apart"}  # errors; no points
)
NOWHERE = CellPlace("t.xlsx")


def the_tree(path: Path) -> Tree:
    tree, problems = load(path, is_in_use=True)
    assert tree is not None, [one for one in problems if is_error(one)]
    return tree


def wish(code: str, key: str, value: object) -> Wanted:
    return Wanted((Wish(code, key, value, NOWHERE),))  # type: ignore[arg-type]  # any value of a cell


def made(path: Path, wanted: Wanted) -> dict[str, str]:
    """The files that become others, by name, as text; the new tree is the old one plus what is wanted."""
    tree, contents = the_tree(path), contents_of(path)
    new, problems = edited(contents, tree, wanted)
    assert problems == ()
    loaded, found = load(path, is_in_use=True, contents=provisional(new))
    assert loaded is not None, [one for one in found if is_error(one)]
    assert [*not_as_wanted(changes_between(tree, loaded), wanted, tree, loaded)] == []
    return {file.name: raw.decode() for file, raw in new.items() if raw != contents[file]}


def changed_lines(path: Path, wanted: Wanted) -> list[tuple[str, str]]:
    """The lines that are others now, before and after."""
    (name, text), *others = made(path, wanted).items()
    assert others == []
    before = (path / name).read_bytes().decode().splitlines(keepends=True)
    after = text.splitlines(keepends=True)
    assert len(before) == len(after)
    return [(old, new) for old, new in zip(before, after, strict=True) if old != new]


@pytest.mark.parametrize("folder", TREES, ids=lambda folder: folder.name)
def test_nodes_set_anew_in_their_order_are_the_same_bytes(folder: Path) -> None:
    tree, contents = the_tree(folder), contents_of(folder)
    children = {parent: codes for parent, codes in Shown(tree).children.items() if codes}
    written = {code for code in children if code == ROOT or node_of(contents, code)}
    new, problems = edited(contents, tree, Wanted(children={code: children[code] for code in written}))
    assert (new, problems) == (contents, ())


def node_of(contents: dict[Path, bytes], code: str) -> bool:
    """Do the files write this node with its children, rather than a block?"""
    return any(
        f'code: "{code}"' in raw.decode() or f"code: {code}\n" in raw.decode() for raw in contents.values()
    ) and (not any(b"block" in raw for raw in contents.values()))


@pytest.mark.parametrize(
    ("code", "key", "value", "old", "new"),
    [
        ("01-1", "title", "办'结'率", "title: '回复率'", "title: '办''结''率'"),
        ("01-3", "title", '“普法”"培训"', 'title: "培训"', 'title: "“普法”\\"培训\\""'),
        ("01", "title", "依法行政: 新", "title: 依法行政   # 名称旁的注释", 'title: "依法行政: 新"   # 名称旁的注释'),
        ("01", "title", "010", "title: 依法行政   # 名称旁的注释", 'title: "010"   # 名称旁的注释'),
        ("01", "title", "true", "title: 依法行政   # 名称旁的注释", 'title: "true"   # 名称旁的注释'),
        ("01-1", "lead", ("司法局", "信访办", "政府办"), "lead: [司法局, 信访局,  #", "lead: [司法局, 信访办,  #"),
        ("01-1", "lead", ("司法局", "政府办"), "[司法局, 信访局,  # 括号", "[司法局,   # 括号"),
        ("01-1", "lead", ("司法局", "信访局", "政府办", "a, b"), "政府办]", '政府办, "a, b"]'),
        ("01-1", "lead", ("甲", "司法局", "信访局", "政府办"), "[司法局", "[甲, 司法局"),
        ("01-1", "evidence", ("台账", "回函"), "- 回复函", "- 回函"),
        ("01-1", "note", "第一段。\n另一段。\n# 不是注释", "第二段。", "另一段。"),
        ("01-2", "title", "公开, 及时", "title: 公开,", 'title: "公开, 及时",'),
        ("01-2", "note", "新说明", "{kind: all_or_nothing}}", "{kind: all_or_nothing}, note: 新说明}"),
        ("01-2", "lead", (), ", lead: [司法局],", ","),
        ("02-1", "title", "东边的窗口", "title: 东窗口", "title: 东边的窗口"),
    ],
)
@pytest.mark.parametrize(("newline", "mark"), [("\n", b""), ("\r\n", b"\xef\xbb\xbf")])
def test_only_the_span_of_a_value_changes(  # a case is many columns
    tmp_path: Path, code: str, key: str, value: object, old: str, new: str, newline: str, mark: bytes
) -> None:
    tree = a_tree(tmp_path, newline=newline, mark=mark)
    [(before, after)] = changed_lines(tree, wish(code, key, value))
    assert after == before.replace(old, new)
    assert old in before


def test_a_key_comes_and_goes_as_a_line(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    before = (tree / "a.yaml").read_text(encoding="utf-8")
    text = made(tree, wish("01-1", "assist", ("各镇街",)))["a.yaml"]
    assert text == before.replace("政府办]\n", "政府办]\n        assist: [各镇街]\n")
    text = made(tree, wish("01-3", "note", "一\n二"))["a.yaml"]
    assert text == before + '        note: "一\\n二"\n'
    text = made(tree, wish("01-1", "evidence", ()))["a.yaml"]
    start, end = before.index("        evidence:"), before.index("        note: |")
    assert text == before[:start] + before[end:]


def test_an_entry_of_a_list_by_lines_comes_and_goes(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    before = (tree / "a.yaml").read_text(encoding="utf-8")
    text = made(tree, wish("01-1", "evidence", ("台账", "照片", "回复函")))["a.yaml"]
    assert text == before.replace("          - 回复函\n", "          - 照片\n          - 回复函\n")
    text = made(tree, wish("01-1", "evidence", ("回复函",)))["a.yaml"]
    assert text == before.replace("          - 台账      # 甲\n", "")


def test_a_folded_text_stays_folded(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    before = (tree / "b.yaml").read_text(encoding="utf-8")
    assert made(tree, wish("02-2", "note", "另一段"))["b.yaml"] == before.replace(
        "      一段\n      说明\n", "      另一段\n"
    )


def test_the_last_line_needs_no_line_break(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    part = tree / "a.yaml"
    part.write_text(part.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    assert made(tree, wish("01-3", "note", "说明"))["a.yaml"].endswith("{kind: all_or_nothing}\n        note: 说明\n")
    moved = Wanted(children={"01": ("01-3", "01-1", "01-2")})
    assert "all_or_nothing}\n\n      # 第一项的注释" in made(tree, moved)["a.yaml"]


def test_comments_go_with_their_node(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    before = (tree / "a.yaml").read_text(encoding="utf-8")
    starts = [before.index(mark) for mark in ("\n      # 第一项", "\n      # 第二项", '\n      - code: "01-3"')]
    first, second, third = (before[a:b] for a, b in zip(starts, [*starts[1:], len(before)], strict=True))
    text = made(tree, Wanted(children={"01": ("01-2", "01-3", "01-1")}))["a.yaml"]
    assert text == before[: starts[0]] + second + third + first
    removed = Wanted(
        removed=("01-2",), wishes=(Wish("01-1", "points", 7.0, NOWHERE),), children={"01": ("01-1", "01-3")}
    )
    text = made(tree, removed)["a.yaml"]
    assert text == before[: starts[0]] + first.replace("points: 4", "points: 7") + third


def test_a_place_is_in_its_innermost_node(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    loaded, contents = the_tree(tree), contents_of(tree)
    for node in loaded.nodes:
        assert node_at(contents, node.place) == node.code


def test_an_outline_holds_what_stands_between_its_marks() -> None:
    text = "# 甲\nx:\n- a\n- {b: 'c',\n   d: [e]}   # 乙\ny: |\n  f\n\n# 丙\n"
    found = outline(text)
    (_, listed), (_, block) = found.keys["x"], found.keys["y"]
    assert text[found.start : found.end] == text[4:-6]
    assert [text[one.start : one.end] for one in listed.items] == ["a", "{b: 'c',\n   d: [e]}"]
    assert [listed.is_flow, listed.items[1].is_flow, block.style] == [False, True, "|"]
    assert text[block.start : block.end] == "|\n  f"


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\ufeff"), min_size=1
).map(str.strip)


@given(text=TEXTS.filter(bool), key=st.sampled_from(["title", "note", "lead", "evidence"]), data=st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_at_any_node_is_one_change(tmp_path: Path, text: str, key: str, data: st.DataObject) -> None:
    tree = tmp_path / "small"
    if not tree.exists():
        a_tree(tmp_path)
    code = data.draw(st.sampled_from(["01-1", "01-2", "01-3", "02-2"]))
    old = the_tree(tree)
    node = Shown(old).nodes[code]
    assert isinstance(node, Indicator)
    value: object = (*node.lead, text) if key == "lead" else (text, *node.evidence) if key == "evidence" else text
    made(tree, wish(code, key, value))


@pytest.mark.parametrize("listed", ["[a.yaml, b.yaml]", "\n  - a.yaml   # 甲\n  - b.yaml   # 乙"])
def test_files_of_whole_groups_change_places_where_they_are_listed(tmp_path: Path, listed: str) -> None:
    tree = a_tree(tmp_path)
    head = tree / "tree.yaml"
    before = head.read_text(encoding="utf-8").replace("[a.yaml, b.yaml]", listed)
    head.write_text(before, encoding="utf-8")
    assert made(tree, Wanted(children={ROOT: ("02", "01")})) == {
        "tree.yaml": before.replace(
            listed, "[b.yaml, a.yaml]" if "[" in listed else "\n  - b.yaml   # 乙\n  - a.yaml   # 甲"
        )
    }
