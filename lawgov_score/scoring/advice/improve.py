"""Search for better answers of one unit at one indicator, by asking the rule what each would score.

A search is a generator: it yields lists of answers to try and is sent what each would score, so that ``advise`` can
score the questions of all units and indicators together. Rules need not provide anything for it: an answer is varied
over the range that its field, the other fields and the checks allow, counts in whole steps.
"""

import math
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

import numpy as np

from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import Indicator, field_key
from lawgov_score.model.advice import Aside
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.scoring.advice.spanning import breaks

Figures = Mapping[str, float]  # field code -> figure
Search = Generator[Sequence[Figures], FloatArray, "tuple[Figures, ...]"]
_TRIES = 24  # figures tried of a wide range at a time
_ALL_TRIES = 256  # answers of one indicator that are tried all together where steps lead no further
_MOST_FIELDS = 8
_FARTHEST = 2**20  # how far a count without an upper bound is followed
STEPS = {FieldType.COUNT: 1.0, FieldType.AMOUNT: 0.01, FieldType.SHARE: 0.001}


@dataclass(frozen=True, slots=True)
class FigureRange:
    """The range of one field: possible figures from ``least`` to ``most`` in steps of ``step``."""

    least: float
    most: float
    step: float


def movable(indicator: Indicator, given: Figures) -> tuple[Field, ...]:
    """The fields whose answer a unit can improve: results, but not the number of cases nor days that have passed.

    ``given``: the present answers; a printed rate counts where the figures it replaces are missing.
    """
    by_rate = indicator.substitute is not None and indicator.substitute.code in given and _lacks(indicator, given)
    if by_rate:
        return tuple(asked for asked in indicator.fields if asked.substitute)
    return tuple(asked for asked in _results(indicator) if not asked.asked_at)


def left_shared(indicator: Indicator) -> tuple[str, ...]:
    """Keys of the 共用数据 that could be bettered as fields of its own are, but would move every indicator using it."""
    return tuple(indicator.keys[asked.code] for asked in _results(indicator) if asked.asked_at)


def _results(indicator: Indicator) -> tuple[Field, ...]:
    """What the score hangs on, without numbers of cases, days, texts and a printed rate."""
    fixed = set(indicator.zero_names)
    if indicator.small_sample is not None:
        fixed |= set(indicator.small_sample.of.names)
    read = {name for one in indicator.expressions for name in one.names} | set(indicator.rule.reads)
    return tuple(
        asked
        for asked in indicator.fields
        if asked.code in read and asked.code not in fixed and not asked.substitute and asked.type not in _LEFT
    )


_LEFT = frozenset({FieldType.DATE, FieldType.TEXT})


def why_left(indicator: Indicator, given: Figures) -> Aside | None:
    """Why an indicator that loses points is not searched; None if it is to be searched."""
    if indicator.is_of_office or not indicator.fields:
        return Aside.REVIEW
    can = {asked.code for asked in movable(indicator, given)}
    if not (indicator.substitute is not None and indicator.substitute.code in can):
        read = {name for one in indicator.expressions for name in one.names} | set(indicator.rule.reads)
        if any(asked.code in read and asked.code not in can and asked.code not in given for asked in indicator.fields):
            return Aside.FILL_IN
    if can:
        return None
    if left_shared(indicator):
        return Aside.SHARED
    is_day = any(asked.type is FieldType.DATE for asked in indicator.fields)
    return Aside.DEADLINE if is_day else Aside.FACTS


def steps_between(indicator: Indicator, given: Figures, best: Figures) -> tuple[Figures, ...]:
    """Answers on the way from those given to the best ones, where one figure alone moves; the nearest first."""
    moved = [code for code in best if best[code] != given.get(code)]
    if len(moved) != 1 or moved[0] not in given:
        return ()
    asked = next(each for each in indicator.fields if each.code == moved[0])
    step = STEPS.get(asked.type)
    if step is None:
        return ()
    on_the_way = between_of(given[moved[0]], best[moved[0]], step)
    tries = ({**best, moved[0]: one} for one in on_the_way)
    return tuple(one for one in tries if keeps_own(indicator, one))


def _begun(indicator: Indicator, given: Figures) -> Figures:
    """The figures to begin with: where several are blank, each at its least, for one alone would give no score."""
    now = dict(given)
    blank = [asked for asked in movable(indicator, given) if asked.code not in given]
    if len(blank) > 1:
        for asked in blank:
            least = range_of(indicator, asked, now).least
            now[asked.code] = least if np.isfinite(least) else 0.0
    return now


def search(indicator: Indicator, given: Figures, score: float, sign: float) -> Search:
    """Better and better answers, each with every figure that changes, the best one last; empty if nothing is better.

    ``score``: the present score (what is missing and left out of the whole: the worst there is, so that any score is
    better), ``sign``: -1 where less is better. Each field in turn is set to the best-scoring figure nearest to its
    present one.
    """
    options: list[Figures] = []
    now, best = _begun(indicator, given), score * sign
    for asked in movable(indicator, given):
        room = range_of(indicator, asked, now)
        start = now.get(asked.code)
        figures = _allowed(indicator, asked, room, now)
        if not figures:
            continue
        reached = sign * (yield [{**now, asked.code: one} for one in figures])
        top = float(np.nanmax(reached)) if not np.isnan(reached).all() else -np.inf
        if top <= best + DUST:
            continue
        at = next(i for i, one in enumerate(reached) if one >= top - DUST)
        near = start if start is not None else room.least
        figure = figures[at]
        low = max(
            (one for one in (near, *figures[:at]) if abs(one - near) < abs(figure - near)),
            key=lambda one: abs(one - near),
            default=near,
        )
        if start is not None or low != figure:
            figure = yield from _nearest(indicator, asked, room, now, low, figure, top, sign)
        now, best = {**now, asked.code: figure}, top
        options.append(dict(now))
    lowest, highest = limits(indicator)
    most = highest if sign > 0 else -lowest
    if best < most - DUST:
        together = yield from _together(indicator, now, best, sign)
        if together is not None:
            options.append(together)
            best = float(sign * (yield [together])[0])
    if best < most - DUST:
        everything = yield from _of_all(indicator, given, best, sign)
        options += [everything] if everything is not None else []
    return tuple(options)


def _of_all(
    indicator: Indicator, given: Figures, best: float, sign: float
) -> Generator[Sequence[Figures], FloatArray, Figures | None]:
    """The best of all answers, nearest to the present ones, where they can all be tried; None if none is better.

    Answers that help only together, such as two counts that should lie apart, are found by no step on its own.
    """
    asked = movable(indicator, given)
    fixed = {code: figure for code, figure in given.items() if code not in {one.code for one in asked}}
    rooms = [range_of(indicator, one, fixed) for one in asked]
    sizes = [(room.most - room.least) / room.step + 1 for room in rooms]
    if not 1 < len(asked) <= _MOST_FIELDS or math.prod(sizes) > _ALL_TRIES:
        return None
    figures = [steps_of(room) for room in rooms]
    codes = [one.code for one in asked]
    tries = [{**given, **dict(zip(codes, each, strict=True))} for each in product(*figures)]
    tries = [one for one in tries if _holds(indicator, one) and _keeps_bounds(indicator, one)]
    if not tries:
        return None
    reached = np.nan_to_num(sign * (yield tries), nan=-np.inf)
    if reached.max() <= best + DUST:
        return None
    enough = [one for one, score in zip(tries, reached, strict=True) if score >= reached.max() - DUST]
    return min(enough, key=lambda one: [abs(one[code] - given.get(code, one[code])) > 0 for code in codes].count(True))


def _keeps_bounds(indicator: Indicator, figures: Figures) -> bool:
    """Does every figure keep to the others that bound it?"""
    bounds = ((one, figures[one.code]) for one in indicator.fields if one.code in figures)
    return all(
        _bound(one.at_least, figures, -np.inf) <= figure <= _bound(one.at_most, figures, np.inf)
        for one, figure in bounds
    )


def _together(
    indicator: Indicator, now: Figures, best: float, sign: float
) -> Generator[Sequence[Figures], FloatArray, Figures | None]:
    """Answers that improve the score only when changed together; None if none are found.

    Such as a complete list, or several counts whose deductions reach the floor. From corners, where every figure lies
    at an end, one figure after the other is set to its better end; then whatever need not change is put back.
    """
    asked = movable(indicator, now)
    fixed = {code: figure for code, figure in now.items() if code not in {one.code for one in asked}}
    rooms = {one.code: range_of(indicator, one, fixed) for one in asked}
    ends = {code: _ends(room, now.get(code)) for code, room in rooms.items()}
    if len(asked) < 2:
        return None
    is_yes_no = {one.code: one.type is FieldType.YES_NO for one in asked}
    corners = [
        {**now, **{code: each[yes if is_yes_no[code] else number] for code, each in ends.items()}}
        for yes, number in product((-1, 0), repeat=2)
    ]
    reached = np.full(len(corners), -np.inf)
    for code, each in ends.items():
        tries = [[corner, *({**corner, code: one} for one in each)] for corner in corners]
        scores = _kept(indicator, [*chain(*tries)], sign * (yield [*chain(*tries)]))
        scores = scores.reshape(len(corners), -1)
        corners = [part[i] for part, i in zip(tries, scores.argmax(axis=1).tolist(), strict=True)]
        reached = scores.max(axis=1)
    top = float(reached.max())
    if top <= best + DUST:
        return None
    answers = corners[int(reached.argmax())]
    for one in asked:
        figure = now.get(one.code, answers[one.code])
        if figure == answers[one.code]:
            continue
        back = {**answers, one.code: figure}
        if _kept(indicator, [back], sign * (yield [back]))[0] < top - DUST:
            room = rooms[one.code]
            figure = yield from _nearest(indicator, one, room, answers, figure, answers[one.code], top, sign)
        answers = {**answers, one.code: figure}
    return answers


def _ends(room: FigureRange, start: float | None) -> tuple[float, float]:
    """The ends of a range. Where it has none: the present figure below, and above one more than that or the least."""
    low = room.least if np.isfinite(room.least) else start or 0.0
    return low, room.most if np.isfinite(room.most) else (low if start is None else start) + 1.0


def _kept(indicator: Indicator, tries: Sequence[Figures], reached: FloatArray) -> FloatArray:
    """What the tries reach, -inf for those without a score and those that break a bound or a check."""
    kept = np.array([_holds(indicator, one) and _keeps_bounds(indicator, one) for one in tries])
    return np.where(kept, np.nan_to_num(reached, nan=-np.inf), -np.inf)


def _nearest(
    indicator: Indicator,
    asked: Field,
    room: FigureRange,
    now: Figures,
    low: float,
    high: float,
    top: float,
    sign: float,
) -> Generator[Sequence[Figures], FloatArray, float]:
    """The figure nearest to ``low`` that scores ``top``, as ``high`` does; narrowed down to the field's step."""
    while abs(high - low) > room.step * 1.5:
        between = [one for one in between_of(low, high, room.step) if _holds(indicator, {**now, asked.code: one})]
        if not between:
            break
        reached = sign * (yield [{**now, asked.code: one} for one in between])
        enough = [i for i, one in enumerate(reached) if one >= top - DUST]
        if not enough:
            low = between[-1]
        else:
            high = between[enough[0]]
            low = between[enough[0] - 1] if enough[0] else low
    return high


def between_of(low: float, high: float, step: float) -> list[float]:
    """Up to ``_TRIES`` figures strictly between ``low`` and ``high``, on the field's steps, in order from ``low``."""
    count = round(abs(high - low) / step) - 1
    places = np.unique(np.linspace(1, count, min(count, _TRIES)).round()) if count > 0 else np.array([])
    way = step if high > low else -step
    figures = [_on_step(low + way * place, step) for place in places.tolist()]
    return [one for one in figures if min(low, high) < one < max(low, high)]


def range_of(indicator: Indicator, asked: Field, now: Figures) -> FigureRange:
    """The range allowed by the field's own bounds, by fields that bound it, and by fields it bounds."""
    if asked.type is FieldType.YES_NO:
        return FigureRange(0.0, 1.0, 1.0)
    if asked.type is FieldType.CHOICE:
        return FigureRange(0.0, float(len(asked.choices) - 1), 1.0)
    least = [_bound(asked.at_least, now, -np.inf)]
    most = [_bound(asked.at_most, now, np.inf)]
    for other in indicator.fields:
        if other.at_most == asked.code and other.code in now:
            least.append(now[other.code])
        if other.at_least == asked.code and other.code in now:
            most.append(now[other.code])
    return FigureRange(max(least), min(most), STEPS[asked.type])


def _bound(bound: float | str | None, now: Figures, open_end: float) -> float:
    if isinstance(bound, str):
        return now.get(bound, open_end)
    return open_end if bound is None else float(bound)


def tries_of(room: FigureRange, start: float | None) -> Iterator[float]:
    """Figures to try first: both ends; all between if they are few; ever larger distances if there is no end."""
    middle = start if start is not None else (room.least if np.isfinite(room.least) else 0.0)
    few = np.isfinite(room.least) and np.isfinite(room.most) and (room.most - room.least) / room.step <= _TRIES
    figures = set()
    if few:
        figures = set(steps_of(room))
    else:
        far = 1.0
        while far <= _FARTHEST:
            figures |= {_on_step(middle - far * room.step, room.step), _on_step(middle + far * room.step, room.step)}
            far *= 2
    figures |= {one for one in (room.least, room.most) if np.isfinite(one)}
    inside = [one for one in figures if room.least <= one <= room.most and one != start]
    yield from sorted(inside, key=lambda one: (abs(one - middle), one))


def steps_of(room: FigureRange) -> list[float]:
    """All figures of a range with two ends."""
    return [
        _on_step(room.least + i * room.step, room.step) for i in range(round((room.most - room.least) / room.step) + 1)
    ]


def limits(indicator: Indicator) -> tuple[float, float]:
    """The lowest and the highest score that any of its rules can give."""
    bounds = [rule.bounds for rule in indicator.rules]
    return min(low for low, _ in bounds), max(high for _, high in bounds)


def _allowed(indicator: Indicator, asked: Field, room: FigureRange, now: Figures) -> list[float]:
    """The figures to try first of those that keep the checks, nearest to the present one; and the last that do."""
    start = now.get(asked.code)
    first = list(tries_of(room, start))
    tried = first if start is None else [*first, start]
    figures = edges(sorted(tried), room.step, lambda one: _holds(indicator, {**now, asked.code: one}))
    middle = start if start is not None else (room.least if np.isfinite(room.least) else 0.0)
    return sorted((one for one in figures if one != start), key=lambda one: (abs(one - middle), one))


def edges(tried: Sequence[float], step: float, holds: Callable[[float], bool]) -> list[float]:
    """Those of the figures (rising) that hold, and between one that holds and one that does not the last that does."""
    found, good = list[float](), [holds(one) for one in tried]
    for i, (figure, is_good) in enumerate(zip(tried, good, strict=True)):
        if is_good:
            found.append(figure)
        if i + 1 < len(tried) and is_good is not good[i + 1]:
            inside, outside = (figure, tried[i + 1]) if is_good else (tried[i + 1], figure)
            while abs(outside - inside) > step * 1.5:
                middle = _on_step((inside + outside) / 2, step)
                if middle in (inside, outside):
                    break
                inside, outside = (middle, outside) if holds(middle) else (inside, middle)
            found.append(inside)
    return sorted(set(found))


def fits_own(indicator: Indicator, columns: Mapping[str, FloatArray]) -> BoolArray:
    """Where figures (columns by field code, nan: blank) keep the indicator's own bounds between fields and checks."""
    size = len(next(iter(columns.values())))
    good = np.ones(size, dtype=bool)
    for asked in indicator.fields:
        if asked.code not in columns:
            continue
        for bound, way in ((asked.at_most, 1.0), (asked.at_least, -1.0)):
            if isinstance(bound, str) and bound in columns:
                good &= ~(way * (columns[asked.code] - columns[bound]) > DUST)
    for check in indicator.checks:
        if all(name in columns for name in check.holds.names):
            good &= ~breaks(check, {name: columns[name] for name in check.holds.names})
    return good


def keeps_own(indicator: Indicator, figures: Figures) -> bool:
    """Do the figures keep the indicator's own bounds between fields and checks?"""
    return bool(fits_own(indicator, {code: np.array([figure]) for code, figure in figures.items()}).all())


def _on_step(figure: float, step: float) -> float:
    return round(round(figure / step) * step, 6)


def _holds(indicator: Indicator, figures: Figures) -> bool:
    """Are the checks between the fields met?"""
    for check in indicator.checks:
        if all(name in figures for name in check.holds.names):
            result = check.holds.evaluate({name: np.array([figures[name]]) for name in check.holds.names})
            if result.value[0] == 0:
                return False
    return True


def _lacks(indicator: Indicator, given: Figures) -> bool:
    return any(asked.code not in given for asked in indicator.fields if not asked.substitute)


def keyed(indicator: Indicator, figures: Figures) -> dict[str, float]:
    """The same figures by field key."""
    return {field_key(indicator, asked): figures[asked.code] for asked in indicator.fields if asked.code in figures}
