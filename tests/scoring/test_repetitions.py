"""Repeated sub-units (服务窗口): as many as a unit filled in, one at least, aggregated before the next level."""

from collections.abc import Mapping
from typing import Any

from builders import a_given_score, a_group, a_mark, a_submission, a_tree, a_unit, an_aggregation, an_indicator

from lawgov_score.model import NO_REVIEW, Group, Node, Review, Scores, Status, Tree
from lawgov_score.scoring import score


def windows(times: int = 3, *, judged: bool = False) -> Group:
    """Group 05, up to ``times`` windows of two questions, each worth 10 in all; the mean of those that are there."""
    copies: list[Node] = []
    for i in range(1, times + 1):
        own: list[Node] = [
            a_given_score(code=f"05-1@{i}", points=4, copy_of="05-1"),
            a_given_score(code=f"05-2@{i}", points=6, copy_of="05-2"),
        ]
        if judged:
            rule = {"kind": "judged", "marks": "mean"}
            own.append(an_indicator(code=f"05-3@{i}", points=10, rule=rule, copy_of="05-3"))
        copies.append(a_group(code=f"05@{i}", children=own, repetition=i, copy_of="05"))
    points = 20.0 if judged else 10.0
    return a_group(code="05", points=points, children=copies, aggregation=an_aggregation("mean"))


def the_tree(group: Group, **other: Any) -> Tree:
    return a_tree(children=[group, a_given_score(code="Z", points=10)], **other)


def run(tree: Tree, answers: Mapping[str, float | None], review: Review = NO_REVIEW) -> Scores:
    given = {f"{code}.x": x for code, x in answers.items()}
    unit = a_unit()
    return score(tree, (unit,), [a_submission(unit=unit, answers=given)], review)


def of(scores: Scores, *nodes: str) -> list[tuple[float, str]]:
    columns = [scores.node_column[node] for node in nodes]
    return [(float(scores.scores[0, i]), Status(int(scores.status[0, i])).name) for i in columns]


WINDOWS = ("05@1", "05@2", "05@3")


def test_the_mean_of_the_windows_that_are_there() -> None:
    scores = run(the_tree(windows()), {"05-1@1": 4, "05-2@1": 6, "05-1@3": 2, "05-2@3": 2, "Z": 1})
    (first, third), second = [of(scores, WINDOWS[i])[0] for i in (0, 2)], of(scores, WINDOWS[1])[0]
    assert (first, third) == ((10.0, "SCORED"), (4.0, "SCORED"))
    assert second[1] == "NOT_APPLICABLE"
    assert of(scores, "05") == [(7.0, "SCORED")]
    assert (scores.points[0, scores.node_column["05"]], scores.total[0]) == (10.0, 8.0)


def test_only_windows_that_are_there_are_asked_for() -> None:
    scores = run(the_tree(windows()), {"05-1@1": 4, "05-1@2": 3, "05-2@2": 2, "Z": 1})
    assert (scores.asked[0], scores.answered[0]) == (5, 4)
    assert of(scores, "05-2@1", "05-2@3")[0][1] == "MISSING"
    assert of(scores, "05-2@3")[0][1] == "NOT_APPLICABLE"


def test_where_nothing_at_all_is_answered_the_first_window_stays_and_is_missing() -> None:
    scores = run(the_tree(windows()), {"Z": 1})
    assert [status for _, status in of(scores, *WINDOWS)] == ["MISSING", "NOT_APPLICABLE", "NOT_APPLICABLE"]
    assert of(scores, "05")[0][1] == "MISSING"
    assert (scores.points[0, 0], scores.total[0], scores.asked[0]) == (10.0, 1.0, 3)


def test_a_mark_makes_a_window_be_there() -> None:
    review = Review(marks=(a_mark(7, indicator="05-3@2"),))
    scores = run(the_tree(windows(judged=True)), {"Z": 1}, review)
    assert [status for _, status in of(scores, *WINDOWS)] == ["NOT_APPLICABLE", "SCORED", "NOT_APPLICABLE"]
    assert of(scores, "05-3@2") == [(7.0, "SCORED")]


def test_one_window_more_or_less_gives_what_each_gives() -> None:
    same: dict[str, float | None] = {"Z": 1.0, "05-1@1": 3.0, "05-2@1": 3.0}
    one = run(the_tree(windows()), same)
    two = run(the_tree(windows()), {**same, "05-1@2": 3.0, "05-2@2": 3.0})
    assert one.total[0] == two.total[0] == 7.0
