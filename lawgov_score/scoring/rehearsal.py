"""What was read by one tree, scored by others: the same answers, the same assessed year, the same review.

An answer is taken where the other tree asks the same (``revision.unasked``); of a choice the option is found again by
its words. What nobody was asked is left out for everybody, never taken for a blank.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import (
    NO_REVIEW,
    Change,
    Group,
    Indicator,
    Mark,
    Node,
    Previous,
    RegisterEntry,
    Review,
    Roster,
    Ruling,
    Scores,
    StatusArray,
    Submission,
    Tree,
    Unit,
    field_key,
)
from lawgov_score.revision.unasked import Beyond, key_in, keys_of, takes
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.judged import Judged
from lawgov_score.scoring.answers import Answers, answers_of, as_sent
from lawgov_score.scoring.office import in_order
from lawgov_score.scoring.run import score_columns
from lawgov_score.scoring.states import AnswerIs

Entry = Mark | Change | Ruling | RegisterEntry


@dataclass(frozen=True)
class Rehearser:
    """What was read by ``old``, ready to be scored by any other tree."""

    old: Tree
    units: Roster
    submissions: tuple[Submission, ...]
    review: Review = NO_REVIEW
    previous: Previous | None = None
    next_units: Roster | None = None  # the roster of the other tree, where it has one of its own

    def scored(self, tree: Tree, left_out: Collection[str] = (), *, by_next_roster: bool = False) -> Scores:
        """The scores by ``tree``. ``left_out``: its indicators that count for nobody, as if they did not apply.

        ``by_next_roster``: the units are those of ``next_units`` that were there before, of the types and in the
        cohorts that it gives them.
        """
        units = self.ordered(tree, by_next_roster=by_next_roster)
        rows = [self._row_of[unit.code] for unit in units]
        values, states, lost = self._carried(tree, rows)
        review = self.review_for(tree, units)
        tree = _without_instead(tree, left_out)
        answers = answers_of(tree, units, values, states, review)
        _leave_out(tree, answers, left_out, lost)
        sent = tuple(self._sent.get(unit.code) for unit in units)
        return score_columns(tree, units, sent, answers, review, self.previous)

    # ---------------------------------------------------------------- who

    def ordered(self, tree: Tree, *, by_next_roster: bool = False) -> Roster:
        """The units as they are ranked by ``tree``, in the order of its results."""
        units = self._moved if by_next_roster else [self.placed(unit, tree) for unit in self.units]
        known = [cohort.code for cohort in tree.cohorts]
        names = known + sorted({unit.cohort for unit in units} - set(known))
        place = {name: i for i, name in enumerate(names)}
        return tuple(sorted(units, key=lambda unit: (place[unit.cohort], unit.code)))

    @cached_property
    def _moved(self) -> list[Unit]:
        """The units of the next roster that were there before, their assessed year held."""
        known = {unit.code: unit for unit in self.units}
        both = [(unit, known[unit.code]) for unit in self.next_units or () if unit.code in known]
        return [replace(unit, year=self.old.year if was.year is None else was.year) for unit, was in both]

    def placed(self, unit: Unit, tree: Tree) -> Unit:
        """A unit in its cohort by ``tree``, its assessed year held.

        A cohort that follows from the type by the old tree follows from it by the other one; one that a roster gives
        stays, unless the other tree has no such cohort. Where that has none at all, all are ranked together.
        """
        year = self.old.year if unit.year is None else unit.year
        held = replace(unit, year=year)
        if tree.cohorts == self.old.cohorts:
            return held
        if not tree.cohorts:
            return replace(held, cohort="")
        follows = _cohort_of(unit.type, self.old)
        named = next((one.code for one in tree.cohorts if unit.cohort in {one.code, one.name}), None)
        if named is not None and unit.cohort != follows:
            return replace(held, cohort=named)
        if not unit.cohort and self.old.cohorts:
            return held  # without a roster all are ranked together
        now = _cohort_of(unit.type, tree)
        return held if now is None else replace(held, cohort=now)

    def unplaced(self, tree: Tree) -> tuple[str, ...]:
        """Codes of the units whose type or cohort ``tree`` does not know."""
        types, cohorts = {one.code for one in tree.unit_types}, {one.code for one in tree.cohorts}

        def is_lost(unit: Unit) -> bool:
            lacks_type = bool(unit.type) and unit.type not in types
            return lacks_type or bool(unit.cohort and cohorts and unit.cohort not in cohorts)

        return tuple(unit.code for unit in self.ordered(tree) if is_lost(unit))

    @cached_property
    def _listed(self) -> Roster:
        return tuple(sorted(self.units, key=lambda unit: unit.code))

    @cached_property
    def _row_of(self) -> Mapping[str, int]:
        return {unit.code: row for row, unit in enumerate(self._listed)}

    @cached_property
    def _sent(self) -> Mapping[str, Submission]:
        return {one.unit.code: one for one in self.submissions}

    # ---------------------------------------------------------------- answers

    @cached_property
    def _known(self) -> tuple[Mapping[str, Field], Mapping[str, FloatArray], Mapping[str, StatusArray]]:
        """What the old tree asked, and what was answered: (units,) by the key in any edition."""
        sent = [self._sent.get(unit.code) for unit in self._listed]
        values, states = as_sent(self.old, self._listed, sent, self.review)
        return (
            keys_of(self.old),
            {key_in(self.old, key): column for key, column in values.items()},
            {key_in(self.old, key): column for key, column in states.items()},
        )

    def _carried(
        self, tree: Tree, rows: Sequence[int]
    ) -> tuple[dict[str, FloatArray], dict[str, StatusArray], dict[str, BoolArray]]:
        """Values and states by field key of ``tree``; and by indicator the units whose answer it does not take."""
        fields, known, how = self._known
        at = np.array(rows, dtype=np.intp)
        values: dict[str, FloatArray] = {}
        states: dict[str, StatusArray] = {}
        lost: dict[str, BoolArray] = {}
        for one in tree.indicators:
            gone = np.zeros(len(rows), dtype=bool)
            for asked in one.fields:
                own = field_key(one, asked)
                key = key_in(tree, own)
                before = fields.get(key)
                if before is None or key not in known or not takes(before, asked):
                    values[own] = np.full(len(rows), np.nan)
                    states[own] = np.full(len(rows), AnswerIs.MISSING, dtype=np.int8)
                    continue
                values[own], states[own] = known[key][at], how[key][at].copy()
                if before.type is FieldType.CHOICE and before.choices != asked.choices:
                    values[own], unknown = _chosen(before, asked, values[own])
                    states[own][unknown] = AnswerIs.MISSING
                    gone |= unknown
            gone |= self._only_rates(tree, one, at) | self._claims(one, rows, states)
            if gone.any():
                lost[one.code] = gone
        return values, states, lost

    def _only_rates(self, tree: Tree, one: Indicator, at: np.ndarray[tuple[int], np.dtype[np.intp]]) -> BoolArray:
        """(units,): who gave a printed rate in place of the counts, where ``tree`` takes counts alone."""
        was = self.old.by_code.get(one.code)
        nobody = np.zeros(len(at), dtype=bool)
        if was is one or not isinstance(was, Indicator) or was.substitute is None or one.substitute is not None:
            return nobody
        how = self._known[2]
        has_rate = how[key_in(self.old, field_key(was, was.substitute))][at] == AnswerIs.GIVEN
        others = [asked for asked in was.deciding if not asked.substitute]
        for asked in others:
            has_rate &= how[key_in(self.old, field_key(was, asked))][at] == AnswerIs.MISSING
        return has_rate if others else nobody

    def _claims(self, one: Indicator, rows: Sequence[int], states: Mapping[str, StatusArray]) -> BoolArray:
        """(units,): whose 不适用 is taken no longer. What the office refused is blank then, as it was before."""
        was = self.old.by_code.get(one.code)
        lost = np.zeros(len(rows), dtype=bool)
        if one.may_not_apply or not isinstance(was, Indicator) or not was.may_not_apply:
            return lost
        refused = np.array([(self._listed[row].code, one.code) in self._refused for row in rows], dtype=bool)
        for asked in one.own_fields:
            state = states[field_key(one, asked)]
            is_claimed = state == AnswerIs.CLAIMED_NOT_APPLICABLE
            lost |= is_claimed & ~refused
            state[is_claimed] = AnswerIs.MISSING
        return lost

    @cached_property
    def _refused(self) -> frozenset[tuple[str, str]]:
        """(unit, indicator) of the claims that were refused; the last ruling counts."""
        last = {(each.unit, each.indicator): each for each in in_order(self.review.rulings)}
        return frozenset(key for key, each in last.items() if not each.is_granted)

    def beyond(self, tree: Tree) -> tuple[Beyond, ...]:
        """Answers that could not be given to ``tree``: beyond bounds that it sets otherwise, or no whole number.

        Days are compared where both trees are of one year: with another year their bounds move on, which is no change.
        """
        fields, known, how = self._known
        found = []
        for one in tree.indicators:
            columns = {asked.code: key_in(tree, field_key(one, asked)) for asked in one.fields}
            outside: dict[str, BoolArray] = {}
            for asked in one.fields:
                key = columns[asked.code]
                before = fields.get(key)
                if before is None or key not in known or not takes(before, asked):
                    continue
                others = {code: known[at] for code, at in columns.items() if at in known}
                is_dated = asked.type is FieldType.DATE and tree.year != self.old.year
                was = _outside(before, others, known[key], is_dated=is_dated)
                now = _outside(asked, others, known[key], is_dated=is_dated)
                hit = now & ~was & (how[key] == AnswerIs.GIVEN)
                if hit.any():
                    outside[asked.name] = hit
            if outside:
                units = int(np.any([*outside.values()], axis=0).sum())
                found.append(Beyond(one.code, one.title, tuple(outside), units))
        return tuple(found)

    def lost_of(self, tree: Tree) -> Mapping[str, int]:
        """By indicator of ``tree``, for how many units it does not take what they answered."""
        _, _, lost = self._carried(tree, range(len(self._listed)))
        return {code: int(units.sum()) for code, units in lost.items()}

    # ---------------------------------------------------------------- the office

    def review_for(self, tree: Tree, units: Roster) -> Review:
        """The review as ``tree`` takes it: marks and changed scores keep their share of what an item is worth.

        What is about nothing that ``tree`` has, and about units that are not among ``units``, is left out
        (``without_place``).
        """
        if self.review is NO_REVIEW:
            return self.review
        now = {unit.code: unit.type for unit in units}
        lost = {id(one) for one in self.without_place(tree, units)}
        marks = tuple(
            replace(one, mark=self._on_scale(tree, one.indicator, one.mark, self._types[one.unit], now[one.unit]))
            for one in self.review.marks
            if one.unit in now and id(one) not in lost
        )
        changes = tuple(
            replace(one, before=one.before * share, after=one.after * share)
            for one in self.review.changes
            if one.unit in now and id(one) not in lost
            for share in (self._worth(tree, one.indicator, self._types[one.unit], now[one.unit]),)
        )
        rulings = tuple(one for one in self.review.rulings if one.unit in now and id(one) not in lost)
        register = tuple(one for one in self.review.register if one.unit in now and id(one) not in lost)
        return replace(self.review, marks=marks, changes=changes, rulings=rulings, register=register)

    @cached_property
    def _types(self) -> Mapping[str, str]:
        return {unit.code: unit.type for unit in self.units}

    def without_place(self, tree: Tree, units: Roster) -> tuple[Entry, ...]:
        """Marks, changes, rulings and entries of the register that ``tree`` cannot take for one of ``units``.

        What they are about is gone, does not apply to the unit any more, or is something else under the same code: a
        bonus is no penalty and no veto, whatever its code.
        """
        leaves = {one.code: one for one in tree.indicators}
        before = {one.code: one for one in self.old.indicators}
        now = {unit.code: unit.type for unit in units}

        def has(one: Mark | Change | Ruling) -> bool:
            leaf, was = leaves.get(one.indicator), before.get(one.indicator)
            if leaf is None:
                return False
            applied = was is None or self.old.is_applicable(was, self._types[one.unit])
            return not applied or tree.is_applicable(leaf, now[one.unit])

        of_items: list[Entry] = [
            *(each for each in self.review.changes if each.unit in now and not has(each)),
            *(each for each in self.review.rulings if each.unit in now and not has(each)),
            *(
                each
                for each in self.review.marks
                if each.unit in now and (not has(each) or not leaves[each.indicator].is_judged)
            ),
        ]
        of_register = (one for one in self.review.register if one.unit in now and not self._is_entered(tree, one))
        return (*of_items, *of_register)

    def _is_entered(self, tree: Tree, entry: RegisterEntry) -> bool:
        """Does ``tree`` have what an entry of the register is about, and its level where it has levels?"""
        if any(one.code == entry.kind for one in self.old.vetoes):
            return any(one.code == entry.kind for one in tree.vetoes)
        was = next((one for one in self.old.adjustments if one.code == entry.kind), None)
        now = next((one for one in tree.adjustments if one.code == entry.kind), None)
        if was is None or now is None or was.sign is not now.sign:
            return False
        return not now.levels or entry.level in now.levels

    def _worth(self, tree: Tree, code: str, type_before: str, type_now: str) -> float:
        """How many times as much an indicator is worth by ``tree``."""
        was, now = self.old.of_type(type_before).by_code.get(code), tree.of_type(type_now).by_code.get(code)
        if was is now or was is None or now is None or not was.points:
            return 1.0
        return now.points / was.points

    def _on_scale(self, tree: Tree, code: str, mark: float, type_before: str, type_now: str) -> float:
        """A mark at the same share of what may be given."""
        was, now = self.old.of_type(type_before).by_code.get(code), tree.of_type(type_now).by_code.get(code)
        if was is now or not isinstance(was, Indicator) or not isinstance(now, Indicator):
            return mark
        if not isinstance(was.rule, Judged) or not isinstance(now.rule, Judged):
            return mark
        least, most = was.rule.at_least, was.rule.at_most
        if most == least or (least, most) == (now.rule.at_least, now.rule.at_most):
            return mark
        return now.rule.at_least + (mark - least) / (most - least) * (now.rule.at_most - now.rule.at_least)


def _outside(asked: Field, others: Mapping[str, FloatArray], values: FloatArray, *, is_dated: bool) -> BoolArray:
    """(units,): whose figure the field does not take. ``others``: the columns that its bounds may name."""
    never = np.isinf(values)
    found: BoolArray = never if not asked.never else np.zeros(len(values), dtype=bool)
    if asked.type is FieldType.COUNT:
        found = found | (~never & ~np.isnan(values) & (np.abs(values - np.round(values)) > DUST))
    if is_dated:
        return found
    for bound, sign in ((asked.at_least, 1.0), (asked.at_most, -1.0)):
        limit = others.get(bound) if isinstance(bound, str) else bound
        if limit is not None:
            with np.errstate(invalid="ignore"):
                found = found | (~never & ~np.isinf(limit) & ((limit - values) * sign > DUST))  # nan: no
    return found


def _cohort_of(unit_type: str, tree: Tree) -> str | None:
    return next((one.code for one in tree.cohorts if unit_type in one.unit_types), None)


def _chosen(before: Field, asked: Field, values: FloatArray) -> tuple[FloatArray, BoolArray]:
    """The same options by their words, and (units,) who chose one that is no longer there."""
    number = {option: float(i) for i, option in enumerate(asked.choices)}
    to = np.array([number.get(option, np.nan) for option in before.choices])
    given = ~np.isnan(values)
    found = values.copy()
    found[given] = to[values[given].astype(np.intp)]
    return found, given & np.isnan(found)


def _leave_out(tree: Tree, answers: Answers, left_out: Collection[str], lost: Mapping[str, BoolArray]) -> None:
    if not left_out and not lost:
        return
    for i, one in enumerate(tree.indicators):
        if one.code in left_out:
            answers.applicable[:, i] = False
        elif one.code in lost:
            answers.applicable[lost[one.code], i] = False


def _without_instead(tree: Tree, left_out: Collection[str]) -> Tree:
    """The tree in which what is left out gives nothing to those to whom it does not apply either."""
    if not any(one.instead is not None and one.code in left_out for one in tree.indicators):
        return tree

    def of(node: Node) -> Node:
        if isinstance(node, Group):
            return replace(node, children=tuple(of(child) for child in node.children))
        return replace(node, instead=None) if node.code in left_out else node

    own: dict[int, Tree] = {}
    for each in tree.own.values():
        own.setdefault(id(each), _without_instead(each, left_out))
    return replace(
        tree,
        children=tuple(of(child) for child in tree.children),
        own={kind: own[id(each)] for kind, each in tree.own.items()},
    )
