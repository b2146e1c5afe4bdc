"""Cells of the table that is circulated can be read back, whatever somebody types there."""

import pytest
from builders import a_group, a_tree, an_indicator

from lawgov_score.content.circulated import Points, group_in, group_text, points_in, spans
from lawgov_score.content.circulated import lines as lines_of
from lawgov_score.wording import Language


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        (4, 4.0),
        (0.5, 0.5),
        ("4", 4.0),
        (" 1.25 ", 1.25),
        ("4分", 4.0),
        ("产区 4\n非产区 3", {"产区": 4.0, "非产区": 3.0}),
        ("产区4；非产区 3", {"产区": 4.0, "非产区": 3.0}),
        ("类型 1 4\n类型 2 3.5", {"类型 1": 4.0, "类型 2": 3.5}),
        ("", None),
        (None, None),
        (True, None),
        ("四分", None),
        ("产区 4\n产区 3", None),
        ("产区 4\n非产区", None),
        ("-1", None),
    ],
)
def test_points(cell: object, points: Points | None) -> None:
    assert points_in(cell) == points


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("01\n类一\n（3 分）", ("01", "类一", 3.0)),
        ("1.10\n类一（试行）\n（3 分，加分项）", ("1.10", "类一（试行）", 3.0)),
        ("A\n类\n一\n（产区 4；非产区 3）", ("A", "类\n一", {"产区": 4.0, "非产区": 3.0})),
        ("01\n类一\n(3 points, taken off)", ("01", "类一", 3.0)),
        ("类一\n（3分）", ("", "类一", 3.0)),
        ("类一", ("", "类一", None)),
        ("01\n类一", ("01", "类一", None)),
        ("类一（新）", ("", "类一（新）", None)),
        ("01\n类一\n（试行）", ("01", "类一\n（试行）", None)),
        ("2026", ("", "2026", None)),
    ],
)
def test_groups(text: str, read: tuple[str, str, Points | None]) -> None:
    assert group_in(text) == read


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("other", [{}, {"bonus": True}, {"weight": -1.0}, {"weight": 0.0}])
def test_a_group_is_read_as_it_was_written(other: dict[str, object], lang: Language) -> None:
    group = a_group(code="01", title="类一（试行）", points=2.5, children=[an_indicator(code="01-1")], **other)
    tree = a_tree(children=[group], levels=("类", "小项"))
    assert group_in(group_text(tree, group, lang)) == ("01", "类一（试行）", 2.5)


def test_groups_of_one_title_side_by_side_have_cells_of_their_own() -> None:
    children = [a_group(code=code, title="同名", children=[an_indicator(code=f"{code}-1")]) for code in "AB"]
    tree = a_tree(children=children, levels=("类", "小项"))
    assert [(span.group.code, span.first, span.last) for span in spans(lines_of(tree))] == [("A", 0, 0), ("B", 1, 1)]


def test_a_tree_of_nothing_but_indicators_has_no_cells_of_groups() -> None:
    tree = a_tree(children=[an_indicator(code="1"), an_indicator(code="2")], levels=("小项",))
    assert [*spans(lines_of(tree))] == []
    assert [line.groups for line in lines_of(tree)] == [(), ()]
