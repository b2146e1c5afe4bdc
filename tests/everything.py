"""A small round over ``tests/workbook/everything.yaml``: every way up the tree, review, register, last edition."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from builders import CLAIM, a_change, a_mark, a_ruling, a_submission, a_unit, an_answer

from lawgov_score.model import Previous, RegisterEntry, Review, Scores, Submission, Tree, Unit
from lawgov_score.problems import CellPlace
from lawgov_score.scoring import score
from lawgov_score.tree import load

TREE = Path(__file__).parent / "workbook" / "everything.yaml"
_DATE = 45600.0


@cache
def the_tree() -> Tree:
    """The tree, loaded once."""
    tree, problems = load(TREE)
    assert tree is not None, problems
    return tree


def units() -> tuple[Unit, ...]:
    """Three towns, two bureaus; U5 is new this year."""
    return tuple(
        a_unit(
            code=f"U{i}",
            name=f"第{i}镇" if i <= 3 else f"第{i}局",
            type="town" if i <= 3 else "bureau",
            cohort="towns" if i <= 3 else "bureaus",
        )
        for i in range(1, 6)
    )


def full_answers(changed: Mapping[str, object] | None = None) -> dict[str, object]:
    """An answer to everything, two service windows, but for what is ``changed``, by field key."""
    answers: dict[str, object] = {
        "A1-1.ok": 90,
        "A1-1.all": 100,
        "A1-2.cases": 8,
        "A2-1@1.rate": 0.9,
        "A2-2@1.done": 1,
        "A2-1@2.rate": 0.7,
        "A2-2@2.done": 0,
        "A3-1.wrong": 1,
        "A3-1.closed": 20,
        "A3-2.went": 5,
        "A3-3.n": 1,
        "A3-4.n": 2,
        "B2-1.n": 6,
        "B3-1.n": 1,
        "B4-1.n": 3,
        "B4-2.n": 15,
    }
    return {**answers, **(changed or {})}


def submissions() -> list[Submission]:
    """U1 has all; U2 one window and a claim that is granted; U3 a blank and a refused claim; bureaus no B4-2."""
    claim = an_answer(CLAIM, note="本单位无复议案件", path="U2.xlsx", cell="D9")
    refused = an_answer(CLAIM, note="没有", path="U3.xlsx", cell="D9")
    one = {"A2-1@2.rate": None, "A2-2@2.done": None}
    given = {
        "U1": full_answers(),
        "U2": full_answers({**one, "A3-1.wrong": claim, "A3-1.closed": claim, "A1-2.cases": 12}),
        "U3": full_answers({**one, "A3-1.wrong": refused, "A3-1.closed": refused, "A1-1.ok": None, "A3-2.went": 2}),
        "U4": full_answers({"B4-2.n": None, "A1-1.ok": 100, "A3-2.went": 9, "B2-1.n": 12, "A3-1.wrong": 0}),
        "U5": full_answers({"B4-2.n": None, "A1-1.all": 0, "A1-1.ok": 0, "A3-4.n": 9}),
    }
    known = {unit.code: unit for unit in units()}
    return [a_submission(unit=known[code], answers=answers) for code, answers in given.items()]


def an_entry(unit: str, kind: str, matter: str, level: str = "", cell: str = "B2") -> RegisterEntry:
    """One line of the register."""
    return RegisterEntry(unit, kind, level, matter, 1.0, _DATE, "文件〔2024〕1号", CellPlace("登记.xlsx", "登记", cell))


def review() -> Review:
    """Marks (one missing for U5), a change, rulings, votes, and a register with every kind."""
    marks = tuple(
        a_mark(value, unit=f"U{i}", indicator="B1-2", reviewer=reviewer, cell=f"D{i}")
        for i in range(1, 6)
        for reviewer, value in (("评审甲", 7.0 + i / 2), ("评审乙", 8.0))
        if not (i == 5 and reviewer == "评审乙")
    )
    votes = {f"U{i}": {"B1-1.index": an_answer(0.8 + i / 50, path="社会评议.xlsx", cell=f"D{i}")} for i in range(1, 6)}
    return Review(
        marks=marks,
        changes=(a_change(7.5, 9.0, unit="U4", indicator="B4-1"),),
        rulings=(a_ruling(True, unit="U2", indicator="A3-1"), a_ruling(False, unit="U3", indicator="A3-1")),
        register=(
            an_entry("U1", "A1", "获评全国先进集体", "国家级"),
            an_entry("U1", "A1", "获评全国先进集体", "省级", "B3"),
            an_entry("U1", "A2", "被上级通报", cell="B4"),
            an_entry("U3", "V2", "瞒报数据", cell="B5"),
            an_entry("U4", "V1", "发生群体性事件", cell="B6"),
            an_entry("U4", "V3", "伪造档案", cell="B7"),
        ),
        answers=votes,
        inputs=(("登记.xlsx", "cd" * 32),),
    )


def previous() -> Previous:
    """Last edition: all but U5."""
    codes = [f"U{i}" for i in range(1, 5)]
    return Previous(
        "last",
        ranks={"U1": 3, "U2": 1, "U3": 2, "U4": 1},
        totals=dict.fromkeys(codes, 70.0),
        scores={code: {"A1-1": 80.0} for code in codes},
        figures={code: {"A1-2": 10.0, "A1-2.cases": 10.0} for code in codes},
    )


def a_round(*, shows_reviewers: bool = False) -> Scores:
    """The whole round, scored."""
    tree = the_tree()
    tree = replace(tree, policies=replace(tree.policies, show_reviewers=shows_reviewers))
    return score(tree, units(), submissions(), review(), previous())
