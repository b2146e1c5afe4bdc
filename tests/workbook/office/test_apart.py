"""The office's workbooks read in a bounded process say the same as read here; one that is beyond it is told alone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from breaking import NoPool
from test_cli_assessor import a_tree, an_office

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.input_names import Names
from lawgov_score.model import Tree, Unit
from lawgov_score.model.review import NO_REVIEW
from lawgov_score.problem_data import WRONG, PackedError, problems_data, to_problems
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.processes import Limits, apart
from lawgov_score.processes.pool import Lost, LostReason
from lawgov_score.report import part
from lawgov_score.wording import Language
from lawgov_score.workbook.office import apart as books
from lawgov_score.workbook.office.apart import read_review_apart

UNITS = (Unit("A", "甲局", "any"), Unit("B", "乙局", "any"))
FAULTY = "单位,指标,评审人,评分,评分理由\nA,01-2,张三,9,好\nZ,01-2,李四,2,好\nB,01-2,王五,2,好\n"


@pytest.fixture(name="tree")
def fixture_tree(tmp_path: Path) -> Tree:
    tree, problems = pipeline.load_tree(Path(a_tree(tmp_path)))
    assert tree is not None, problems
    return tree


@pytest.fixture(name="paths")
def fixture_paths(tmp_path: Path) -> list[Path]:
    faulty = tmp_path / "评审打分.csv"
    faulty.write_text(FAULTY, encoding="utf-8")
    return [an_office(tmp_path / "office") / "office.xlsx", faulty, tmp_path / "gone.xlsx"]


def test_read_apart_they_say_the_same(tree: Tree, paths: list[Path]) -> None:
    names = Names({str(path): path.name for path in paths})
    here = pipeline.check_review(tree, paths, UNITS, None, names)
    there = read_review_apart(paths, tree, UNITS, names)
    assert there == here
    review, problems = there
    assert review.marks
    assert review.changes or review.rulings
    assert review.answers
    assert {one.code for one in problems} >= {Code.S101}
    assert any(one.place.path == "评审打分.csv" for one in problems if isinstance(one.place, CellPlace))
    assert read_review_apart([], tree, UNITS) == (NO_REVIEW, ())


def test_what_is_beyond_the_limits_is_told_with_them(
    tree: Tree, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    short = Limits(megabytes=4_096, seconds=0.001)
    monkeypatch.setattr(books, "LIMITS", short)
    for alone, told in ((Limits(megabytes=4_096), 2), (short, 2)):
        monkeypatch.setattr(books, "_ALONE", alone)
        review, problems = read_review_apart(paths[:2], tree, UNITS)
        lost = [one for one in problems if one.code is Code.R314]
        assert (len(lost), review.inputs) == (told, ())
        assert [one.values["name"] for one in lost] == ["office.xlsx", "评审打分.csv"]


def test_of_several_the_one_that_cannot_be_read_is_left_out(
    tree: Tree, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = apart.read_apart

    def reads(work: Any, place: CellPlace, limits: Limits) -> Any:
        if paths[1] in set(work.paths) - work.closed:
            raise apart.NotReadError(Problem(Code.R314, place, {"name": "x"}))
        return real(work, place, limits)

    monkeypatch.setattr(books, "read_apart", reads)
    monkeypatch.setattr(apart, "Pool", NoPool)
    review, problems = read_review_apart(paths[:2], tree, UNITS)
    assert [Path(path).name for path, _ in review.inputs] == ["office.xlsx"]
    assert [one.place for one in problems if one.code is Code.R314] == [CellPlace(str(paths[1]))]


class Says:
    """In place of worker processes: one that is not itself any more."""

    def __init__(self, answer: bytes | Lost) -> None:
        self.answer = answer

    def __call__(self, *_: object) -> "Says":
        return self

    def __enter__(self) -> "Says":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, _: object, items: Sequence[object]) -> list[bytes | Lost]:
        return [self.answer for _ in items]


@pytest.mark.parametrize("answer", [b"", b"{", b"[]", b"[1,2]", b'[{"marks":[[1]]},[]]', b"[" * 100_000])
def test_what_is_said_of_them_is_not_trusted(
    answer: bytes, tree: Tree, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "Pool", Says(answer))
    review, problems = read_review_apart(paths[:1], tree, UNITS)
    assert (review.inputs, [one.code for one in problems]) == ((), [Code.R314])
    assert not re.search("[A-Za-z]", part(problems[0], "found", Language.ZH).replace("MB", ""))  # no words of Python's


@pytest.mark.parametrize(
    ("how", "found"), [("SIGSEGV", "读它的进程中断了（SIGSEGV）"), ("exit 1", "读它的进程没有读完就退出了")]
)
def test_a_process_that_ended_is_told_with_its_signal_alone(
    how: str, found: str, tree: Tree, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "Pool", Says(Lost(LostReason.CRASHED, how)))
    _, problems = read_review_apart(paths[:1], tree, UNITS)
    assert [part(one, "found", Language.ZH) for one in problems] == [found]


def test_a_value_of_another_type_is_none(tree: Tree, paths: list[Path]) -> None:
    data = books._data(read_review_apart(paths[:1], tree, UNITS)[0])
    assert books._review(data).marks
    for key, wrong in (("marks", "3"), ("answers", [])):
        row = [*data["marks"][0]]
        row[3] = wrong
        broken = {**data, "marks": [row]} if key == "marks" else {**data, "answers": {"A": {"x": [0, wrong]}}}
        with pytest.raises((PackedError, ValueError)):
            books._review(broken)


@pytest.mark.parametrize(
    ("key", "column", "wrong"),
    [("marks", 0, "Z"), ("marks", 1, "99-9"), ("changes", 0, "Z"), ("register", 0, "Z"), ("register", 1, "Z9")],
)
def test_a_line_about_nothing_that_is_there_is_not_believed(
    key: str, column: int, wrong: str, tree: Tree, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = books._data(read_review_apart(paths[:1], tree, UNITS)[0])
    row = [*data[key][0]]
    row[column] = wrong
    monkeypatch.setattr(apart, "Pool", Says(apart.answer_bytes([{**data, key: [row]}, []])))
    review, problems = read_review_apart(paths[:1], tree, UNITS)
    assert (review, [one.code for one in problems]) == (NO_REVIEW, [Code.R314])


@pytest.mark.parametrize("answers", [{"Z": {}}, {"A": {"99-9.x": [0, None, ["cell", "a", "", ""], "", "", ""]}}])
def test_an_answer_to_nothing_that_is_asked_is_not_believed(
    answers: object, tree: Tree, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = books._data(NO_REVIEW)
    monkeypatch.setattr(apart, "Pool", Says(apart.answer_bytes([{**data, "answers": answers}, []])))
    review, problems = read_review_apart(paths[:1], tree, UNITS)
    assert (review, [one.code for one in problems]) == (NO_REVIEW, [Code.R314])


_ROW = ["R242", ["cell", "a.csv", "", ""], {}, [], "", 0, False, [], []]


def test_a_problem_of_plain_data_is_one() -> None:
    assert to_problems([_ROW]) == (Problem(Code.R242, CellPlace("a.csv")),)


@pytest.mark.parametrize(
    "figure",
    [
        {"words": [1, 2]},
        {"words": ["一", "{gone}"]},
        {"phrase": ["一", 2], "values": {}},
        {"phrase": ["{n}", "{n}"], "values": {}},
        {"quantity": ["x", False, None, False]},
        {"quantity": [1.0, 0, None, False]},
        {"quantity": [1.0, True, 5_000, False]},
        {"quantity": [1e300, False, None, True]},
        {"typed": {"words": ["一", "one"]}, "on_desk": {"list": []}},
        {"typed": {"words": ["一", "one"]}, "on_desk": {"words": ["{n}", "one"]}},
        {"other": 1},
    ],
)
def test_a_figure_of_the_wrong_type_is_not_believed(figure: object) -> None:
    row = [*_ROW]
    row[0], row[2] = "S101", {"found": figure}
    with pytest.raises(WRONG):
        to_problems([row])


@pytest.mark.parametrize(
    ("at", "wrong"),
    [(0, "S101"), (0, "X999"), (1, ["text", "a", -1]), (1, ["text", "a", True]), (4, 1), (5, -1), (6, 0), (8, [1])],
)
def test_a_problem_that_cannot_be_worded_is_not_believed(at: int, wrong: object) -> None:
    """S101 without its figure, among others: it would be found out on a page only."""
    row = [*_ROW]
    row[at] = wrong
    with pytest.raises(WRONG):
        to_problems([row])


def test_endless_figures_are_cut() -> None:
    endless = Problem(Code.S101, CellPlace("a.csv"), {"found": ("x" * 10_000,) * 10_000, "heading": "y"})
    (cut,) = to_problems(problems_data([endless]))
    found = cut.values["found"]
    assert isinstance(found, tuple)
    assert (len(found), len(str(found[0])), cut.values["heading"]) == (500, 2_001, "y")
    assert replace(cut, values={}) == replace(endless, values={})
