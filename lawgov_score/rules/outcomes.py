"""What a unit gets, in words: figures with digits enough beside their lines, and what they come to."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from lawgov_score.measure.digits import CENTS, POINTS, decimals_of, points_decimals, printed
from lawgov_score.measure.tolerance import DUST
from lawgov_score.phrase_columns import Phrases, Quantities, chosen
from lawgov_score.rounding import BoolArray, FloatArray, IntArray, half_up, without_dust
from lawgov_score.rules.phrases import FULL, MISSING, figure, floor_words, is_share_term
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Term, Terms
from lawgov_score.wording import Phrase, Quantity, Words

# By whether what the rule gives is taken off (a 扣分项): there a score is what is lost.
_NOTHING = {False: Words("不得分", "no points"), True: Words("不扣分", "nothing off")}
_GIVES = {
    False: Words("得 {score:points} 分", "{score:points} points"),
    True: Words("扣 {score:points} 分", "{score:points} points off"),
}
_OF = {
    False: Words("{gives}（满分 {points:points} 分）", "{gives} (of {points:points})"),
    True: Words("{gives}（最多扣 {points:points} 分）", "{gives} (at most {points:points})"),
}
_SUM = {
    False: Words("得 {sum}= {score:points} 分", "{sum}= {score:points} points"),
    True: Words("扣 {sum}= {score:points} 分", "{sum}= {score:points} points off"),
}
_LOST = {
    False: Words(
        "扣 {lost:points} 分，得 {points:points} − {lost:points} = {score:points} 分",
        "{lost:points} off, {points:points} − {lost:points} = {score:points} points",
    ),
    True: Words(
        "减 {lost:points} 分，扣 {points:points} − {lost:points} = {score:points} 分",
        "{lost:points} less, {points:points} − {lost:points} = {score:points} points off",
    ),
}
_AT_FLOOR = {
    False: Words("应扣 {due} 分，{floor}，{gives}", "{due} to take off, {floor}: {gives}"),
    True: Words("应减 {due} 分，{floor}，{gives}", "{due} less, {floor}: {gives}"),
}


_AFTER_MINUS = Words(" {figure}", "{figure}")
_IN_BRACKETS = Words("（{figure}）", "({figure})")
_ROUNDED = {
    True: Words("{told}，四舍五入为 {score:points} 分", "{told}, rounded to {score:points}"),
    False: Words("{told}，舍入为 {score:points} 分", "{told}, rounded to {score:points}"),
}
_CENT = 0.01


class Figures(NamedTuple):
    """Figures of a sentence, each (units,), rounded as they are printed, and the decimals they are printed with."""

    rounded: tuple[FloatArray, ...]
    decimals: int
    is_share: bool
    is_day: bool = False

    @property
    def shown(self) -> tuple[Quantities, ...]:
        """The figures themselves, to be put into words."""
        return tuple(Quantities(one, self.is_share, self.decimals, self.is_day) for one in self.rounded)

    def derived(self, numbers: FloatArray, *marks: Quantity | None) -> Quantities:
        """A figure that follows from these and from ``marks`` alone, such as a difference: printed as it comes out."""
        own = [decimals_of(mark.number, is_share=self.is_share) for mark in marks if mark is not None]
        return Quantities(numbers, self.is_share, max([self.decimals, *own]))


def figures_beside(
    figures: Sequence[FloatArray],
    term: Term,
    marks: Sequence[Quantity | None],
    score: FloatArray,
    points: Callable[[tuple[FloatArray, ...], IntArray | slice], FloatArray],
) -> Figures:
    """``figures``, each (units,), with digits enough beside ``marks`` and for the points that they come to.

    ``points`` says what figures of the units in some rows give; from the figures as printed comes the same, to the
    decimals to which ``score`` (units,) is kept.
    """
    there = [mark for mark in marks if mark is not None]
    if any(mark.is_day for mark in there):
        return Figures(tuple(figures), 0, is_share=False, is_day=True)
    is_share = is_share_term(term) or any(mark.is_share for mark in there)
    decimals = points_decimals(score)
    exact = points(tuple(figures), slice(None))
    kept, is_half = half_up(exact, decimals), _is_half(exact, decimals)

    def agrees(rounded: tuple[FloatArray, ...], rows: IntArray) -> BoolArray:
        found = points(rounded, rows)
        # A half that only the figures as printed come to (7.855) could be read as either neighbour, 7.85 or 7.86.
        is_same = (half_up(found, decimals) == kept[rows]) & (is_half[rows] | ~_is_half(found, decimals))
        told: BoolArray = is_same | np.isnan(exact[rows])
        return told

    with np.errstate(all="ignore"):
        rounded, most = printed(figures, [mark.number for mark in there], agrees, is_share=is_share)
    return Figures(rounded, most, is_share)


def _is_half(numbers: FloatArray, decimals: int) -> BoolArray:
    """(units,): does a number stand in the middle between two of ``decimals`` decimals?"""
    half: float = 0.5 / 10**decimals
    beside: FloatArray = np.abs(numbers - half_up(numbers, decimals))
    is_half: BoolArray = np.abs(beside - half) <= half * 1e-6
    return is_half


def unaided(shown: tuple[FloatArray, ...], _: IntArray | slice) -> FloatArray:
    """``points`` of figures that stand in no sum: nothing hangs on their digits."""
    return np.zeros(len(shown[0]))


def after_minus(number: float | FloatArray, shown: Quantity | Quantities, term: Term) -> Phrases:
    """A figure behind a minus sign, with the space between: a negative one stands in brackets (5 −（−3 件）)."""
    plain, bracketed = (words(figure=figure(shown, term)) for words in (_AFTER_MINUS, _IN_BRACKETS))
    if isinstance(number, np.ndarray):
        return chosen((number < 0, bracketed), otherwise=plain)
    return bracketed if number < 0 else plain


def unless_trivial(rows: Rows, points: float, phrases: Phrases, terms: Terms) -> Phrases:
    """``trivial_reason`` of many units, and ``phrases`` for those whose reason needs explaining.

    Of what is taken off, the most needs explaining as much as any.
    """
    missing = (np.isnan(rows.score), MISSING())
    if terms.is_taken_off:
        return chosen(missing, otherwise=phrases)
    return chosen(missing, (rows.score >= points, FULL(score=rows.score)), otherwise=phrases)


def gives(score: FloatArray, terms: Terms) -> Phrases:
    """不得分 for zero, otherwise 得 x 分; 扣 x 分 where that is taken off. ``score``: (units,)."""
    return chosen((score == 0, _NOTHING[terms.is_taken_off]()), otherwise=_GIVES[terms.is_taken_off](score=score))


def gives_of(score: FloatArray, points: float, terms: Terms, *, exact: FloatArray | None = None) -> Phrases:
    """得 x 分（满分 y 分）; 扣 x 分（最多扣 y 分）. ``score``: (units,).

    ``exact`` (units,): what the rule gives, where the score may be kept to less than cents: then its rounding is said.
    """

    def told(result: FloatArray) -> Phrase:
        return _OF[terms.is_taken_off](gives=gives(result, terms), points=points)

    return told(score) if exact is None else then_rounded(told, exact, score, terms)


def comes_to(summed: Phrases, score: FloatArray, terms: Terms, *, exact: FloatArray | None = None) -> Phrases:
    """得 2 × 50% = 1 分, or 扣 …. ``summed``: the sum, and the space before its result; ``score``: (units,).

    ``exact`` (units,): what the sum as printed comes to, where the score may be kept to less than cents.
    """

    def told(result: FloatArray) -> Phrases:
        return _SUM[terms.is_taken_off](sum=summed, score=result)

    if exact is None:
        return told(score)
    cents = half_up(exact, CENTS)
    # Where a half went to the even neighbour, the half itself is shown: 0.425, and then 0.42. Figures as printed may
    # come to a little beside it: 2.5 × 15% ÷ 33.33% = 1.125.
    half = without_dust((cents + score) / 2)
    is_half = (np.abs(np.abs(cents - score) - _CENT) <= DUST) & (np.abs(exact - half) <= _CENT / 20 + DUST)
    shown = np.where(is_half, half, cents)
    return _then(told, shown, is_half | (np.abs(cents - score) > _CENT / 2 + DUST), score, terms)


def less(
    points: float, due: FloatArray, floor: float, score: FloatArray, terms: Terms, *, is_exact: bool = True
) -> Phrases:
    """What is left of ``points``: 扣 0.5 分，得 1 − 0.5 = 0.5 分; where the floor stops it, what was due and the floor.

    ``due`` (units,): to be taken off by the standard and the figures as printed; ``score`` (units,).
    ``is_exact``: does it follow from whole counts, so that it is printed with all its digits?
    """
    most = points - floor
    (rounded,), decimals = printed([due], [most], as_given=is_exact)
    is_floor = without_dust(due) > without_dust(np.array([most]))

    def told(left: FloatArray) -> Phrases:
        stopped = _AT_FLOOR[terms.is_taken_off](
            due=Quantities(rounded, decimals=decimals),
            floor=floor_words(floor),
            gives=_GIVES[terms.is_taken_off](score=left),
        )
        lost = without_dust(points - half_up(left, POINTS))  # so that the sum is right as printed
        return chosen((is_floor, stopped), otherwise=_LOST[terms.is_taken_off](points=points, lost=lost, score=left))

    return then_rounded(told, without_dust(points - np.minimum(due, most)), score, terms)


def then_rounded(told: Callable[[FloatArray], Phrases], exact: FloatArray, score: FloatArray, terms: Terms) -> Phrases:
    """What ``told`` says of ``score`` (units,); of ``exact``, and its rounding, where it is kept to less than cents."""
    return _then(told, exact, np.abs(exact - score) > _CENT / 2 + DUST, score, terms)


def _then(
    told: Callable[[FloatArray], Phrases], exact: FloatArray, is_coarse: BoolArray, score: FloatArray, terms: Terms
) -> Phrases:
    is_coarse = is_coarse & (
        np.abs(score - half_up(score, CENTS)) <= DUST
    )  # kept to more than cents: nothing is rounded
    said = told(np.where(is_coarse, exact, score))
    return chosen((is_coarse, _ROUNDED[terms.rounds_half_up](told=said, score=score)), otherwise=said)
