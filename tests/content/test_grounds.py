"""What a run keeps of what its results rest on: the same in every run, another where anything behind a card is."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import everything
import pytest
from builders import a_mark, a_submission, an_answer

from lawgov_score.catalogue.audience import FOR_UNITS
from lawgov_score.content.grounds import grounds_of
from lawgov_score.model import Group, Node, Scores, Tree
from lawgov_score.model.changes import OF_ALL_CARDS, Ground, Grounds
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.scoring import score
from lawgov_score.wording import Language


def the_round(**other: Any) -> Scores:
    given = {
        "tree": everything.the_tree(),
        "units": everything.units(),
        "submissions": everything.submissions(),
        "review": everything.review(),
        "previous": everything.previous(),
        **other,
    }
    return score(given["tree"], tuple(given["units"]), *(given[name] for name in ("submissions", "review", "previous")))


def kept(scores: Scores, notice: Notice = NO_NOTICE, lang: Language = Language.ZH) -> Grounds:
    return grounds_of(scores, {}, notice, lang)


def differing(one: Grounds, other: Grounds) -> set[tuple[str, str, Ground]]:
    return {key for key in one.values.keys() | other.values.keys() if one.values.get(key) != other.values.get(key)}


BEFORE = kept(the_round())


def with_note(of: str) -> list[Any]:
    """The submissions, a remark beside one answer of one unit."""
    sent = list(everything.submissions())
    at = next(i for i, each in enumerate(sent) if each.unit.code == of)
    key, answer = next(iter(sent[at].answers.items()))
    noted = an_answer(answer.value, note="按月报", path=answer.place.path)
    sent[at] = a_submission(unit=sent[at].unit, answers={**sent[at].answers, key: noted}, path=sent[at].path)
    return sent


def test_they_are_the_same_in_every_process() -> None:
    """Sets have another order in each process, objects another address."""
    ask = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from content.test_grounds import BEFORE\n"
        "print(sorted(map(str, BEFORE.values.items())))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", ask], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] == f"{sorted(map(str, BEFORE.values.items()))}\n"


def test_a_fingerprint_is_no_number_to_a_spreadsheet() -> None:
    long = [value for (_, _, ground), value in BEFORE.values.items() if len(value) > 12 and ground is not Ground.EFFECT]
    assert long
    assert all(value.startswith("f") for value in long)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda: kept(the_round(), Notice(telephone="110")), {("", "", Ground.NOTICE)}),
        (lambda: kept(the_round(), lang=Language.EN), {("", "", Ground.LANGUAGE)}),
        (
            lambda: kept(the_round(tree=replace(everything.the_tree(), fingerprint="other"))),
            {("", "", Ground.TEXTS)},
        ),
        (lambda: kept(the_round(submissions=with_note("U1"))), {("U1", "", Ground.CARD)}),
        (
            lambda: kept(
                the_round(
                    units=[replace(one, name="新名") for one in everything.units()[:1]] + list(everything.units()[1:])
                )
            ),
            {("U1", "", Ground.CARD)},
        ),
    ],
)
def test_what_no_score_hangs_on_is_told_apart(
    change: Callable[[], Grounds], expected: set[tuple[str, str, Ground]]
) -> None:
    assert differing(BEFORE, change()) == expected


def test_a_finding_is_part_of_what_a_card_says() -> None:
    scores = the_round()
    found = [one for one in scores.problems if one.code in FOR_UNITS][:1]
    assert found
    other = grounds_of(scores, {"U1": found}, NO_NOTICE, Language.ZH)
    assert differing(BEFORE, other) == {("U1", "", Ground.CARD), ("U1", "", Ground.FINDINGS)}
    for_office = [one for one in scores.problems if one.code not in FOR_UNITS][:1]
    assert for_office
    for_nobody = grounds_of(scores, {"U1": for_office}, NO_NOTICE, Language.ZH)
    assert differing(BEFORE, for_nobody) == {("U1", "", Ground.FINDINGS)}  # its card says the same


def test_last_edition_is_part_of_it() -> None:
    keys = differing(BEFORE, kept(the_round(previous=None)))
    assert ("", "", Ground.PREVIOUS) in keys
    assert Ground.PREVIOUS in OF_ALL_CARDS


def test_marks_are_compared_whoever_gave_the_reason() -> None:
    review = everything.review()
    mark = review.marks[0]
    worded = replace(review, marks=(replace(mark, reason="另一个理由"), *review.marks[1:]))
    assert differing(BEFORE, kept(the_round(review=worded))) == {(mark.unit, "", Ground.CARD)}
    raised = replace(
        review,
        marks=(
            a_mark(mark.mark / 2, unit=mark.unit, indicator=mark.indicator, reviewer=mark.reviewer),
            *review.marks[1:],
        ),
    )
    assert (mark.unit, mark.indicator, Ground.MARK) in differing(BEFORE, kept(the_round(review=raised)))


def changed(tree: Tree, code: str, **other: Any) -> Tree:
    """The tree with something else at one node."""

    def of(node: Node) -> Node:
        if node.code == code:
            return replace(node, **other)
        return replace(node, children=tuple(map(of, node.children))) if isinstance(node, Group) else node

    return replace(tree, children=tuple(map(of, tree.children)))


def test_words_of_a_node_are_not_how_it_is_scored() -> None:
    tree = everything.the_tree()
    key = ("", "B4-1", Ground.TREE)
    worded = kept(the_round(tree=changed(tree, "B4-1", title="另一个名称", note="另一个说明")))
    assert worded.values[key] == BEFORE.values[key]
    points = tree.by_code["B4-1"].points
    assert kept(the_round(tree=changed(tree, "B4-1", points=points / 2))).values[key] != BEFORE.values[key]
