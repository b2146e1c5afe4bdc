"""Finds figures copied from another unit: two submissions that agree exactly more often than chance allows.

Only telling figures are compared: counts, amounts and shares that are neither 0 nor a bound of their field (100%). Two
submissions are reported if at least ``AGREE`` of the telling figures that both gave are equal, and the probability of
that by chance is at most 10 to the power of −``DIGITS``. A figure that one in a hundred of the others gave contributes
2 to that exponent, one that a third gave a half, none more than its number of significant digits; with fewer than
``ENOUGH`` others its digits alone count. A figure that more than half of all units gave (and at least ``COMMON``) is
common and tells nothing.

Comparing every pair of 40,000 units would take too long. So each reading carries a few fingerprints of blocks of
neighbouring figures (``blocks_of``), and only units that share one are compared.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, islice
from math import isnan, log10

import numpy as np
import numpy.typing as npt

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, Submission, gathered
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import number_text
from lawgov_score.rounding import FloatArray, IntArray
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.forms.layout import Layout, Question
from lawgov_score.workbook.submission.values import quantity

Compared = tuple[CellPlace, Submission, tuple[int, ...]]  # place, submission, fingerprints of its blocks

AGREE = 0.8
DIGITS = 12
COMMON = 4  # units that must share a figure to make it common
ENOUGH = 20  # other units needed to estimate how rare a figure is

_BLOCK = 3  # figures per fingerprint: with two of ten figures changed, one block is still intact
_BLOCK_DIGITS = 6  # fewer digits would match half a province: there are a million such blocks
_CROWD = 40  # units that share a block: more means that it is common
_REFERENCE = 200  # units that decide, if there are more, which figures are common
_SHOWN = 3
_AT_ONCE = 512  # units: their figures fit in the processor's cache
_DECIMALS = 9  # of figures
_EXACT = 2.0**53  # whole numbers below it are exact
_POWERS = 10 ** np.arange(17, dtype=np.int64)

UintArray = npt.NDArray[np.uint64]

_EXAMPLE = Words("{code} {field} {value}", "{code} {field} {value}")


def blocks_of(sent: Sequence[Mapping[str, Answer]], layout: Layout) -> tuple[tuple[int, ...], ...]:
    """For each unit's answers: fingerprints of blocks of neighbouring figures, a number each, and of all together.

    Blocks with too few digits are left out; small figures are significant only all together.
    """
    some = range(0, len(sent), _AT_ONCE)
    return tuple(chain.from_iterable(_blocks_of(sent[begin : begin + _AT_ONCE], layout) for begin in some))


def _blocks_of(sent: Sequence[Mapping[str, Answer]], layout: Layout) -> Iterator[tuple[int, ...]]:
    figures = _telling(sent, layout)
    many = -len(figures) % _BLOCK  # rows to fill up the last block
    shape = ((len(figures) + many) // _BLOCK, _BLOCK, len(sent))
    digits = np.pad(_digits_of(figures), ((0, many), (0, 0))).reshape(shape).sum(axis=1)
    of_figures = _prints_of(figures)
    prints = _mixed(np.pad(of_figures, ((0, many), (0, 0))).reshape(shape).sum(axis=1, dtype=np.uint64))
    whole = _mixed(of_figures.sum(axis=0, dtype=np.uint64))
    counts = np.concatenate([digits >= _BLOCK_DIGITS, digits.sum(axis=0, keepdims=True) >= DIGITS])
    every = np.concatenate([prints, whole.reshape(1, -1)])
    found = iter(every.T[counts.T].tolist())
    return (tuple(islice(found, size)) for size in counts.sum(axis=0).tolist())


def _telling(sent: Sequence[Mapping[str, Answer]], layout: Layout) -> FloatArray:
    """(numeric questions, units) the telling figures: neither 0 nor a bound; nan elsewhere."""
    figures, _ = gathered(sent, layout.numbers)
    is_bound = (figures == layout.bounds[:, :1]) | (figures == layout.bounds[:, 1:]) | (figures == 0)
    figures[is_bound] = np.nan
    return figures


def _prints_of(figures: FloatArray) -> UintArray:
    """(questions, units): a fingerprint of each figure at its question; 0 where there is none."""
    questions = np.arange(1, len(figures) + 1, dtype=np.uint64).reshape(-1, 1)
    prints = _mixed(figures.view(np.uint64) ^ _mixed(questions))
    return np.where(np.isnan(figures), np.uint64(0), prints)


def _mixed(numbers: UintArray) -> UintArray:
    """Every bit of a number spread over all bits (the finaliser of splitmix64); at most 63 bits."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return (numbers ^ (numbers >> np.uint64(31))) >> np.uint64(1)


def _digits_of(figures: FloatArray) -> IntArray:
    """The significant digits of each figure (``_digits``); 0 where there is none."""
    digits = np.zeros(figures.size, dtype=np.intp)
    at = np.flatnonzero(~np.isnan(figures))
    sizes = np.abs(figures.ravel()[at])
    for decimals in range(_DECIMALS + 1):
        scaled = np.rint(sizes * 10.0**decimals)
        is_whole = (scaled < _EXACT) & (scaled / 10.0**decimals == sizes)
        whole = scaled[is_whole].astype(np.int64)
        while (even := (whole % 10 == 0) & (whole > 0)).any():
            whole[even] //= 10
        digits[at[is_whole]] = np.searchsorted(_POWERS, whole, side="right")
        at, sizes = at[~is_whole], sizes[~is_whole]
        if not len(at):
            break
    for place in at.tolist():  # more decimals than anybody writes
        digits[place] = _digits(float(figures.ravel()[place]))
    return digits.reshape(figures.shape)


def check_copied(compared: Sequence[Compared], layout: Layout) -> Iterator[Problem]:
    """S142: a warning on each of two units whose figures agree beyond chance; the other's place is in see_also."""
    compared = sorted(compared, key=lambda one: one[1].unit.code)  # independent of the order of submissions
    pairs = _candidates(compared)
    if not pairs:
        return
    look_at = {row for pair in pairs for row in pair}
    look_at |= set(range(0, len(compared), max(len(compared) // _REFERENCE, 1)))  # units deciding what is common
    held = _figures([(row, compared[row][1].answers) for row in sorted(look_at)], layout)
    given = Counter((key, figure) for figures in held.values() for key, figure in figures.items())
    answered = Counter(key for figures in held.values() for key in figures)

    def is_common(key: str, figure: float) -> bool:
        return given[key, figure] >= COMMON and given[key, figure] * 2 > answered[key]

    def weight(key: str, figure: float) -> float:
        others = answered[key] - 2
        digits = float(_digits(figure))
        if others < ENOUGH:
            return digits
        return min(digits, -log10((given[key, figure] - 1) / (others + 1)))

    for one, other in sorted(pairs):
        both = [key for key in held[one] if key in held[other] and not is_common(key, held[one][key])]
        same = sorted((key for key in both if held[one][key] == held[other][key]), key=_by_digits(held[one]))
        if len(same) < AGREE * len(both) or sum(weight(key, held[one][key]) for key in same) < DIGITS:
            continue
        shown = tuple(_shown(layout.by_key[key], held[one][key]) for key in same[:_SHOWN])
        figures = {"n": len(same), "of": len(both), "examples": shown}
        for (mine, _, _), (theirs, _, _) in ((compared[one], compared[other]), (compared[other], compared[one])):
            yield Problem(Code.S142, mine, figures, (theirs,))


def _candidates(compared: Sequence[Compared]) -> set[tuple[int, int]]:
    """Pairs of units, by position in ``compared``, that share enough blocks to be compared.

    If a fifth of the figures were changed, evenly spread, two in five blocks stay intact; an eighth is required. Among
    thousands of units, two share one or two blocks by chance.
    """
    rows = np.repeat(np.arange(len(compared)), [len(blocks) for _, _, blocks in compared])
    prints = np.fromiter(chain.from_iterable(blocks for _, _, blocks in compared), np.int64, len(rows))
    ordered = np.sort(prints)
    several = np.isin(prints, ordered[1:][ordered[1:] == ordered[:-1]])
    prints, rows = prints[several], rows[several]
    order = np.argsort(prints, kind="stable")  # by print, then by row
    prints, rows = prints[order], rows[order]
    is_new = np.ones(len(rows), dtype=bool)  # a unit may have a print twice
    is_new[1:] = (prints[1:] != prints[:-1]) | (rows[1:] != rows[:-1])
    prints, rows = prints[is_new], rows[is_new]
    _, starts, sizes = np.unique(prints, return_index=True, return_counts=True)
    is_shared = (sizes > 1) & (sizes <= _CROWD)
    shared = Counter(
        pair
        for start, size in zip(starts[is_shared].tolist(), sizes[is_shared].tolist(), strict=True)
        for pair in combinations(rows[start : start + size].tolist(), 2)
    )
    most = [len(own) for _, _, own in compared]
    return {(one, other) for (one, other), n in shared.items() if n * 8 >= min(most[one], most[other])}


def _figures(sent: Sequence[tuple[int, Mapping[str, Answer]]], layout: Layout) -> dict[int, dict[str, float]]:
    """The telling figures of each unit, by key; ``sent``: a number and the answers of each."""
    figures = _telling([answers for _, answers in sent], layout).T.tolist()
    return {
        number: {key: figure for key, figure in zip(layout.numbers, own, strict=True) if not isnan(figure)}
        for (number, _), own in zip(sent, figures, strict=True)
    }


@lru_cache(maxsize=50_000)  # submissions of one run repeat the same few thousand numbers
def _digits(figure: float) -> int:
    """Significant digits: 3 of 0.953, 2 of 1500."""
    return len(number_text(abs(figure), 9).replace(".", "").strip("0"))


def _by_digits(figures: Mapping[str, float]) -> Callable[[str], tuple[int, str]]:
    """A sort key: figures with most digits first."""
    return lambda key: (-_digits(figures[key]), key)


def _shown(question: Question, figure: float) -> Phrase:
    value = quantity(figure, question.field)
    return _EXAMPLE(code=question.indicator.code, field=question.field.name, value=value)
