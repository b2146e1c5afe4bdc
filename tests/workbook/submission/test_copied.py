"""Figures copied from another unit: found where chance would not have it so, and only there."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import permutations

import pytest
from builders import a_field, a_submission, a_tree, a_unit, an_answer, an_indicator

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.workbook.forms.layout import layout_of
from lawgov_score.workbook.submission.copied import Compared, blocks_of, check_copied

N = 15  # figures
LAYOUT = layout_of(
    a_tree(
        indicators=[
            an_indicator(code=f"01-{i}", fields=[a_field(type="count", at_most=1000)], rule={"kind": "as_given"})
            for i in range(1, N + 1)
        ]
    )
)
HIS = tuple(random.Random(1).randrange(100, 1000) for _ in range(N))


def others(seed: int) -> tuple[float, ...]:
    return tuple(float(random.Random(seed * 100 + i).randrange(100, 1000)) for i in range(N))


def compared(**figures: Sequence[float | None]) -> list[Compared]:
    """What units sent, by code; None is a blank."""
    found = []
    for code, own in figures.items():
        path = f"{code}.xlsx"
        answers = {f"01-{i}.x": an_answer(figure, path=path) for i, figure in enumerate(own, start=1)}
        submission = a_submission(unit=a_unit(code=code), path=path, answers=answers)
        (blocks,) = blocks_of([submission.answers], LAYOUT)
        found.append((CellPlace(path), submission, blocks))
    return found


def named(problems: Sequence[Problem]) -> set[tuple[str, str]]:
    """Whom each warning names, and the other."""
    assert {problem.code for problem in problems} <= {Code.S142}
    return {(str(p.place.path)[0], str(p.see_also[0].path)[0]) for p in problems if isinstance(p.place, CellPlace)}  # type: ignore[union-attr]


def found(**figures: Sequence[float | None]) -> set[tuple[str, str]]:
    return named(list(check_copied(compared(**figures), LAYOUT)))


BOTH = {("A", "B"), ("B", "A")}


def test_the_same_figures_are_named_at_both_units_and_nobody_elses() -> None:
    assert found(A=HIS, B=HIS, C=others(2), D=others(3)) == BOTH


@pytest.mark.parametrize(("changed", "is_found"), [(1, True), (3, True), (4, False), (9, False)])
def test_a_few_changed_figures_hide_nothing_a_fifth_and_more_does(changed: int, is_found: bool) -> None:
    own = [figure + 1 if i % 5 == 0 and i < changed * 5 else figure for i, figure in enumerate(HIS)]
    if changed > 3:
        own = [figure + 1 if i < changed else figure for i, figure in enumerate(HIS)]
    assert bool(found(A=HIS, B=own)) is is_found


def test_small_counts_that_agree_are_chance() -> None:
    small = (1, 2, 3, 1, 2, 5, 1, 2, 1, 3, 4, None, None, None, None)  # eleven digits
    assert found(A=small, B=small) == set()
    more = (*small[:11], 4, None, None, None)  # twelve digits: no block tells much, all together do
    assert found(A=more, B=more) == BOTH
    larger = (12, 21, 35, 14, 52, 25, *[None] * 9)  # six figures, twelve digits
    assert found(A=larger, B=larger) == BOTH


def test_nothing_zero_and_bounds_tell_nothing() -> None:
    empty = (0, 1000, None) * 5
    assert found(A=empty, B=empty) == set()


def test_what_most_units_say_is_common_knowledge() -> None:
    common = {code: (*HIS[:10], *others(n)[10:]) for n, code in enumerate("ABCDEF", start=2)}
    assert found(**common) == set()


def test_thousands_of_units_are_not_compared_two_by_two() -> None:
    """Each of two thousand shares a block with some other by chance; hardly any two are looked at closely."""
    draw = random.Random(7)
    units = {f"U{n}": [float(draw.randrange(10, 100)) for _ in range(N)] for n in range(2_000)}
    everyone = compared(**units)
    by_block = Counter(block for _, _, blocks in everyone for block in blocks)
    assert sum(n > 1 for n in by_block.values()) > 5
    assert list(check_copied(everyone, LAYOUT)) == []


def test_three_that_copied_are_three_pairs() -> None:
    crowd = {code: others(n) for n, code in enumerate("GHIJKL", start=2)}
    assert len(found(A=HIS, B=HIS, C=HIS, **crowd)) == 6


def test_the_order_of_units_changes_nothing() -> None:
    units = compared(A=HIS, B=HIS, C=others(4))
    assert {frozenset(named(list(check_copied(order, LAYOUT)))) for order in permutations(units)} == {frozenset(BOTH)}


def test_what_is_said_counts_and_shows_the_most_telling_figures() -> None:
    own = (*HIS[:13], None, HIS[14] + 1)
    (one, _) = check_copied(compared(A=HIS, B=own), LAYOUT)
    assert (one.values["n"], one.values["of"]) == (13, 14)
    assert len(one.values["examples"]) == 3  # type: ignore[arg-type]


def test_what_many_of_the_others_gave_tells_little_however_many_digits_it_has() -> None:
    """Hundreds of units with figures from a handful of values: two of them agree by chance, and are not accused."""
    for seed in range(4):
        draw = random.Random(seed)
        units = {
            f"U{n:03d}": [float(draw.randrange(1, 5)) for _ in range(10)]
            + [float(draw.randrange(95, 100)) for _ in range(5)]
            for n in range(300)
        }
        assert found(**units) == set()


def test_the_order_of_many_units_changes_nothing() -> None:
    draw = random.Random(3)
    usual = [float(draw.randrange(100, 1000)) for _ in range(N)]
    units = {
        f"U{n:03d}": [figure if draw.random() < 0.55 else float(draw.randrange(100, 1000)) for figure in usual]
        for n in range(240)
    }
    everyone = compared(**units)
    shuffled = list(everyone)
    draw.shuffle(shuffled)
    first, second = ({(p.place, p.see_also) for p in check_copied(order, LAYOUT)} for order in (everyone, shuffled))
    assert first == second
