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

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import log10

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, Submission
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import number_text
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

_EXAMPLE = Words("{code} {field} {value}", "{code} {field} {value}")


def blocks_of(answers: Mapping[str, Answer], layout: Layout) -> tuple[int, ...]:
    """Fingerprints of blocks of neighbouring figures, a number each, and of all figures together.

    Blocks with too few digits are left out; small figures are significant only all together.
    """
    telling = _figures(answers, layout)
    blocks: dict[int, list[tuple[str, float]]] = {}
    for key, figure in telling.items():
        blocks.setdefault(layout.number_at[key] // _BLOCK, []).append((key, figure))
    digits = {at: sum(_digits(figure) for _, figure in block) for at, block in blocks.items()}
    fingerprints = [zlib.crc32(repr(block).encode()) for at, block in blocks.items() if digits[at] >= _BLOCK_DIGITS]
    if sum(digits.values()) >= DIGITS:
        fingerprints.append(zlib.crc32(repr(telling).encode()))
    return tuple(fingerprints)


def check_copied(compared: Sequence[Compared], layout: Layout) -> Iterator[Problem]:
    """S142: a warning on each of two units whose figures agree beyond chance; the other's place is in see_also."""
    compared = sorted(compared, key=lambda one: one[1].unit.code)  # independent of the order of submissions
    pairs = _candidates(compared)
    if not pairs:
        return
    look_at = {row for pair in pairs for row in pair}
    look_at |= set(range(0, len(compared), max(len(compared) // _REFERENCE, 1)))  # units deciding what is common
    held = {row: _figures(compared[row][1].answers, layout) for row in sorted(look_at)}
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
    by_block: dict[int, list[int]] = {}
    for row, (_, _, blocks) in enumerate(compared):
        for block in dict.fromkeys(blocks):
            by_block.setdefault(block, []).append(row)
    shared = Counter(pair for rows in by_block.values() if len(rows) <= _CROWD for pair in combinations(rows, 2))
    most = [len(own) for _, _, own in compared]
    return {(one, other) for (one, other), n in shared.items() if n * 8 >= min(most[one], most[other])}


def _figures(answers: Mapping[str, Answer], layout: Layout) -> dict[str, float]:
    """The telling figures, by key: not common ones, 0 or a bound."""
    figures = {}
    for key, at_least, at_most in layout.numbers:
        answer = answers.get(key)
        if answer is not None:
            value = answer.value
            if value and value not in (at_least, at_most) and isinstance(value, float):
                figures[key] = value
    return figures


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
