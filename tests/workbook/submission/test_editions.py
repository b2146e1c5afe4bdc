"""A workbook of an older edition: what still means the same is taken, what changed is listed, last year's refused."""

import random
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from builders import a_field, a_group, a_tree, an_indicator
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from random_edits import edited, leaves
from random_rounds import loaded
from random_rules import Chance
from random_trees import a_tree as random_tree
from sheets import fill
from workbook.submission.test_filled_workbook import found

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState, Indicator, Submission, Tree, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import render
from lawgov_score.revision import changes_between
from lawgov_score.revision.change import Affects, Id
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import STAMP_SHEET, Question, layout_of
from lawgov_score.workbook.forms.stamp import Stamp, read_stamp, stamp_of, write_stamp
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.package.saved import CORE, with_saved
from lawgov_score.workbook.submission.editions import edition_of
from lawgov_score.workbook.submission.filled_workbook import read_opened
from lawgov_score.workbook.template.template import write_template

SAME = an_indicator(code="01-1", title="办结率", fields=[a_field(name="办结率")])
CASES = an_indicator(code="01-2", fields=[a_field(type="count", name="件数")])
DROPPED = an_indicator(code="01-3", fields=[a_field(type="count", name="旧项")])
ADDED = an_indicator(code="01-4", fields=[a_field(type="count", name="新项")])
CHOICE = an_indicator(
    code="01-5",
    rule={"kind": "choice", "asks": "级别", "options": [{"option": "省", "score": 1}, {"option": "市", "score": 0}]},
)


def edition(year: int, *indicators: Indicator, **other: Any) -> Tree:
    return a_tree(
        children=[a_group(children=indicators)], edition=str(year), year=year, fingerprint=f"{year}" * 16, **other
    )


OLD = edition(2024, SAME, CASES, DROPPED, CHOICE)
_PLACE = CellPlace("U1.xlsx")
ANSWERS = {"01-1.x": 0.9, "01-2.x": 5, "01-3.x": 7, "01-5.choice": "省"}


def filled(path: Path, saved: str = "2026-01-10T00:00:00Z", tree: Tree = OLD) -> Path:
    """The workbook of the old edition, filled in, and saved at some time."""
    write_template(tree, Unit("U1", "甲局"), path, standards=lambda i: i.rule.standard(i.terms))
    fill(path, {key: value for key, value in ANSWERS.items() if key in layout_of(tree).by_key})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[CORE] = with_saved(parts[CORE], saved)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def read(path: Path, tree: Tree, year: int | None = None) -> tuple[Submission | None, tuple[Problem, ...]]:
    opened = open_workbook(path)
    assert not isinstance(opened, Problem)
    roster = {} if year is None else {"U1": Unit("U1", "甲局", year=year)}
    return read_opened(opened, layout_of(tree), roster)


def taken(submission: Submission | None) -> dict[str, object]:
    assert submission is not None
    return {key: a.value for key, a in submission.answers.items() if a.state is AnswerState.GIVEN}


def test_what_means_the_same_is_taken_and_what_is_new_or_gone_is_listed(tmp_path: Path) -> None:
    path = filled(tmp_path / "U1.xlsx")
    submission, problems = read(path, edition(2025, SAME, CASES, ADDED, CHOICE))
    assert taken(submission) == {"01-1.x": 0.9, "01-2.x": 5.0, "01-5.choice": 0.0}
    assert submission is not None
    assert submission.answers["01-4.x"].state is AnswerState.MISSING
    (word, extra) = problems
    assert word.code is Code.S143
    assert {name: word.values[name] for name in ("same", "new", "gone")} == {
        "same": 3,
        "new": ("01-4.x",),
        "gone": ("01-3.x",),
    }
    assert extra.code is Code.S212  # what was answered to a question that is no longer asked
    assert found(problems)


ASKED_OTHERWISE = {
    "name": replace(CASES.fields[0], name="金额"),
    "measure": replace(CASES.fields[0], measured_in="万件"),
    "kind": a_field(type="amount", name="件数", measured_in="件"),
    "note": replace(CASES.fields[0], note="不含复议"),
}


@pytest.mark.parametrize("what", ASKED_OTHERWISE)
def test_an_answer_to_a_question_that_means_something_else_by_now_is_not_taken(tmp_path: Path, what: str) -> None:
    path = filled(tmp_path / "U1.xlsx")
    cases = replace(CASES, fields=(ASKED_OTHERWISE[what],))
    submission, problems = read(path, edition(2025, SAME, cases, DROPPED, CHOICE))
    assert submission is not None
    answer = submission.answers["01-2.x"]
    assert (answer.state, answer.value, answer.printed) == (AnswerState.INVALID, None, "5")
    assert [(p.code, p.place) for p in problems if p.code is not Code.S143] == [(Code.S230, answer.place)]


@pytest.mark.parametrize("what", ASKED_OTHERWISE)
def test_within_one_year_other_words_ask_the_same(tmp_path: Path, what: str) -> None:
    """A misprint corrected: the answer is taken, the question named. Another kind or measure is another question."""
    path = filled(tmp_path / "U1.xlsx")
    cases = replace(CASES, title="另一个名称", fields=(ASKED_OTHERWISE[what],))
    submission, problems = read(path, replace(edition(2024, SAME, cases, DROPPED, CHOICE), fingerprint="f" * 64))
    words = what in {"name", "note"}
    assert taken(submission) == {key: 0.0 if value == "省" else value for key, value in ANSWERS.items()
                                 if words or key != "01-2.x"}  # fmt: skip
    (word, *others) = problems
    assert (word.code, [one.code for one in others]) == (Code.S143, [] if words else [Code.S230])
    assert (word.values["changed"], word.values["new"]) == (() if words else ("01-2.x",), ())
    told = "；".join(render(one, Language.ZH) for one in word.values["told"])  # type: ignore[attr-defined]
    name = cases.fields[0].name
    assert (f"其中文字有改动的：01-2 {name}" in told, f"含义已变、未予采用的：01-2 {name}" in told) == (
        words,
        not words,
    )


def test_a_workbook_that_does_not_say_the_kind_is_held_to_every_word(tmp_path: Path) -> None:
    """As those of versions before: nobody knows what was changed."""
    cases = replace(CASES, fields=(ASKED_OTHERWISE["name"],))
    now = replace(edition(2024, SAME, cases, DROPPED, CHOICE), fingerprint="f" * 64)
    questions = layout_of(OLD).questions
    stamp = stamp_of(OLD, Unit("U1", "甲局"), questions)
    assert set(stamp.kinds) == set(stamp.questions) == {one.key for one in questions}
    before = replace(stamp, asked=tuple(re.sub(r"\+\w{8}", "", piece) for piece in stamp.asked))
    assert (before.questions, before.kinds) == (stamp.questions, {})
    for given_stamp, changed in ((stamp, frozenset()), (before, frozenset({"01-2.x"}))):
        found_ = edition_of(given_stamp, now, layout_of(now).questions, None, "", CellPlace("U1.xlsx"))
        assert found_.changed == changed


def _field_measured_otherwise(chance: Chance, tree: dict[str, Any]) -> None:
    fields = [one for leaf in leaves(tree["nodes"]) for one in leaf["fields"] if one["type"] == "count"]
    if fields and chance.number(0, 1):
        chance.one(*fields)["measured_in"] = "宗"


def _of_the_group(keys: Iterable[str]) -> set[str]:
    """Keys of questions; those of the repetitions of a group as the one that they repeat."""
    return {re.sub(r"@\d+", "", key) for key in keys}


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_what_diff_calls_words_keeps_every_answer_and_what_it_calls_filling_asks_for_that_alone(seed: int) -> None:
    """Any few changes of any tree, within one year. What looks renumbered is shown, and never assumed."""
    numbers = random.Random(seed)
    chance = Chance(numbers.randint)
    before = random_tree(chance)
    after, _ = edited(chance, before)
    _field_measured_otherwise(chance, after)
    (old, _), (new, errors) = loaded(before), loaded(after)
    assume(old is not None and new is not None and not errors)
    assert old is not None
    assert new is not None
    changes = changes_between(old, new)
    assume(old.year == new.year and not any(one.id is Id.RENUMBERED for one in changes))
    asked = layout_of(new).questions
    stamp = stamp_of(old, Unit("U1", "甲局"), layout_of(old).questions)
    is_same = old.fingerprint == new.fingerprint
    found_ = edition_of(replace(stamp, fingerprint="e" * 64) if not is_same else stamp, new, asked, None, "", _PLACE)
    assert found_.refused is None
    retyped = {f"{one.code}.{one.key.split('.')[1]}" for one in changes if one.id is Id.FIELD_TYPE}
    assert _of_the_group(found_.changed) <= retyped
    event("asks again" if found_.changed else "asks no field again")
    if all(one.affects is Affects.TEXT for one in changes):
        event("words alone")
        assert (found_.changed, found_.new) == (frozenset(), frozenset())
    if all(one.affects is not Affects.SCORE for one in changes):
        added = {f"{one.code}.{one.key.split('.')[1]}" for one in changes if one.id is Id.FIELD_ADDED}
        assert _of_the_group(found_.new) == added


def test_choices_and_the_title_of_an_indicator_are_part_of_what_it_means() -> None:
    def meaning(indicator: Indicator) -> str:
        return Question("k", indicator, indicator.fields[0]).meaning

    wider = an_indicator(
        code="01-5",
        rule={
            "kind": "choice",
            "asks": "级别",
            "options": [{"option": "国家", "score": 1}, {"option": "省", "score": 1}, {"option": "市", "score": 0}],
        },
    )
    others = (wider, replace(CHOICE, title="另一项"), replace(CHOICE, note="只计本年度"))
    assert len({meaning(one) for one in (CHOICE, *others)}) == 4
    assert meaning(CHOICE) == meaning(replace(CHOICE, points=9.0, basis="另一依据", evidence=("文件",)))


def test_a_question_left_blank_that_has_changed_is_only_missing(tmp_path: Path) -> None:
    path = tmp_path / "U1.xlsx"
    write_template(OLD, Unit("U1", "甲局"), path, standards=lambda i: i.rule.standard(i.terms))
    fill(path, {"01-1.x": 0.9})
    cases = replace(CASES, fields=(ASKED_OTHERWISE["name"],))
    submission, problems = read(path, edition(2025, SAME, cases, DROPPED, CHOICE))
    assert submission is not None
    assert submission.answers["01-2.x"].state is AnswerState.MISSING
    assert [p.code for p in problems] == [Code.S143]


@pytest.mark.parametrize(
    ("saved", "is_read"), [("2025-07-01T00:00:00Z", True), ("2025-06-30T23:59:59Z", False), ("", False)]
)
def test_what_was_saved_before_the_year_could_be_known_is_last_years_own(
    tmp_path: Path, saved: str, is_read: bool
) -> None:
    path = filled(tmp_path / "U1.xlsx", saved)
    submission, problems = read(path, edition(2025, SAME, CASES, DROPPED, CHOICE))
    assert (submission is not None) is is_read
    assert (Code.S143 if is_read else Code.S109) in {problem.code for problem in problems}


def test_the_assessed_year_of_the_roster_counts(tmp_path: Path) -> None:
    path = filled(tmp_path / "U1.xlsx", "2024-12-31T00:00:00Z")
    now = edition(2025, SAME, CASES, DROPPED, CHOICE)
    assert read(path, now)[0] is None
    assert read(path, now, year=2024)[0] is not None


@pytest.mark.parametrize(("saved", "is_read"), [("2025-07-01T00:00:00Z", True), ("2025-06-30T23:59:59Z", False)])
def test_an_edition_that_kept_its_name_is_of_another_year_all_the_same(
    tmp_path: Path, saved: str, is_read: bool
) -> None:
    """A clerk who changes ``year`` alone is not given last year's figures as those of this year."""
    path = filled(tmp_path / "U1.xlsx", saved)
    next_year = replace(OLD, year=2025, fingerprint="f" * 64)
    for tree, year in ((next_year, None), (next_year, 2025), (OLD, 2025)):  # the last: a year of its own in the roster
        submission, problems = read(path, tree, year=year)
        assert (submission is not None) is is_read
        assert (Code.S109 in {problem.code for problem in problems}) is not is_read
    assert read(path, next_year, year=2024)[0] is not None
    assert read(path, OLD, year=2023)[0] is not None  # the roster's year came later; no workbook is of the future
    assert read(path, OLD)[0] is not None


def test_without_a_record_of_questions_the_year_counts_too() -> None:
    stamp = stamp_of(OLD, Unit("U1", "甲局"), ())
    assert not stamp.questions
    now, place = replace(OLD, year=2025, fingerprint="f" * 64), CellPlace("U1.xlsx")
    refused = edition_of(stamp, now, (), None, "2025-01-10T00:00:00Z", place).refused
    assert refused is not None
    assert refused.code is Code.S109
    assert edition_of(stamp, now, (), None, "2025-07-10T00:00:00Z", place).refused is None


def test_the_same_edition_after_a_change_of_the_tree_is_compared_whenever_it_was_saved(tmp_path: Path) -> None:
    path = filled(tmp_path / "U1.xlsx", "")
    changed = replace(edition(2024, SAME, CASES, DROPPED, ADDED, CHOICE), fingerprint="f" * 64)
    submission, problems = read(path, changed)
    assert set(taken(submission)) == set(ANSWERS)
    assert [problem.code for problem in problems] == [Code.S143]


def test_a_stamp_holds_any_number_of_questions(tmp_path: Path) -> None:
    many = edition(2024, *(an_indicator(code=f"{i:05d}" * 4) for i in range(2_000)))
    stamp = stamp_of(many, Unit("U1", "甲局"), layout_of(many).questions)
    assert len(stamp.questions) == 2_000
    book = xlsxwriter.Workbook(str(tmp_path / "stamp.xlsx"))
    book.add_worksheet()
    write_stamp(book, stamp)
    book.close()
    page = openpyxl.load_workbook(tmp_path / "stamp.xlsx")[STAMP_SHEET]
    assert read_stamp([[cell.value for cell in row] for row in page]) == stamp
    assert read_stamp([]) == Stamp()


def test_a_field_of_another_code_that_is_printed_alike_is_another_question(tmp_path: Path) -> None:
    """投入 in yuan became 投入 in ten thousand yuan, under another code: five million is not taken for it."""
    yuan = an_indicator(code="01-1", fields=[a_field(code="x", type="amount", name="投入", measured_in="元")])
    wan = an_indicator(code="01-1", fields=[a_field(code="y", type="amount", name="投入", measured_in="万元")])
    old, path = edition(2024, yuan), tmp_path / "U1.xlsx"
    write_template(old, Unit("U1", "甲局"), path, standards=lambda i: i.rule.standard(i.terms))
    fill(path, {"01-1.x": 5_000_000})
    submission, problems = read(path, edition(2025, wan))
    assert submission is not None
    assert submission.answers["01-1.y"].state is AnswerState.INVALID
    assert [problem.code for problem in problems] == [Code.S143, Code.S230]


def test_a_field_of_another_code_that_means_the_same_is_the_same_question(tmp_path: Path) -> None:
    was = an_indicator(code="01-1", fields=[a_field(code="x", type="amount", name="投入")])
    now = an_indicator(code="01-1", fields=[a_field(code="y", type="amount", name="投入")])
    path = tmp_path / "U1.xlsx"
    write_template(edition(2024, was), Unit("U1", "甲局"), path, standards=lambda i: i.rule.standard(i.terms))
    fill(path, {"01-1.x": 500})
    submission, (word,) = read(path, edition(2025, now))
    assert taken(submission) == {"01-1.y": 500.0}
    assert (word.code, word.values["same"]) == (Code.S143, 1)
