"""Do two parts of two trees mean the same? By their canonical form: never by places, nor by how anything is typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from lawgov_score.expression import Expression
from lawgov_score.model import Band, Group, Indicator, Node, SmallSample, Tree, bands_of
from lawgov_score.model.canonical import LeftOut, canonical
from lawgov_score.revision.parts import AS_PRINTED, PRINTED
from lawgov_score.rules import KINDS
from lawgov_score.rules.rule import Data, Rule

_COPY = re.compile(r"@\d+")  # which repetition a code is of: all are the same


@dataclass(frozen=True)
class Faces:
    """Two trees as each unit type sees them that both know; one pair where figures do not go by type."""

    old: Tree
    new: Tree

    @cached_property
    def pairs(self) -> tuple[tuple[Tree, Tree], ...]:
        """The trees side by side, each pair once."""
        if not self.old.own and not self.new.own:
            return ((self.old, self.new),)
        known = {kind.code for kind in self.old.unit_types}
        pairs = [(self.old.of_type(k.code), self.new.of_type(k.code)) for k in self.new.unit_types if k.code in known]
        different = {(id(old), id(new)): (old, new) for old, new in pairs}
        return tuple(different.values()) or ((self.old, self.new),)

    def of_nodes(self, old: Node, new: Node) -> tuple[tuple[Node, Node], ...]:
        """A node of both trees, as each type sees it."""
        if len(self.pairs) == 1 and self.pairs[0] == (self.old, self.new):
            return ((old, new),)
        return tuple((before.by_code[old.code], now.by_code[new.code]) for before, now in self.pairs)


def _meaning(expression: Expression) -> str:
    return _COPY.sub("", expression.meaning)


def is_same(old: object, new: object, left_out: LeftOut = AS_PRINTED) -> bool:
    """Do two values of the model mean the same?"""
    return old is new or old == new or canonical(old, left_out, _meaning) == canonical(new, left_out, _meaning)


def read_rule(written: Data | None, points: float) -> Rule | None:
    """A rule as written, at a node of so many points."""
    return None if written is None else KINDS[written["kind"]].from_data(written, points)


@dataclass(frozen=True)
class RuleChange:
    """How the rules of a node differ: by their kind, by a figure, or only in how a figure is printed."""

    of_kind: bool = False
    of_figures: bool = False
    of_print: bool = False


def rule_change(pairs: Iterable[tuple[Node | Tree, Node | Tree]]) -> RuleChange:
    """How the rules differ of a node as each unit type sees it. That its points are others is no change of a rule."""
    kinds = figures = printed = False
    for old, new in pairs:
        if old.rule is None or new.rule is None:
            kinds |= old.rule is not new.rule
        elif old.rule.KIND != new.rule.KIND:
            kinds = True
        else:
            again = old.rule if old.points == new.points else read_rule(old.written.rule, new.points) or old.rule
            if not is_same(again, new.rule):
                is_printed = is_same(again, new.rule, PRINTED)
                printed, figures = printed or is_printed, figures or not is_printed
    return RuleChange(kinds, figures and not kinds, printed and not figures and not kinds)


def is_same_small(old: Node, new: Node) -> bool:
    """Is a small sample treated alike?"""
    assert isinstance(old, Indicator)
    assert isinstance(new, Indicator)
    return is_same(small_at(old, new.points), new.small_sample, PRINTED)


def small_at(node: Indicator, points: float) -> SmallSample | None:
    """How a small sample is treated, were the indicator worth so many points."""
    small = node.small_sample
    if small is None or node.points == points or small.rule is None:
        return small
    return replace(small, rule=read_rule(node.written.small_rule, points) or small.rule)


def bands_at(node: Group | Indicator, points: float) -> tuple[Band, ...]:
    """The words for scores, were the node worth so many points."""
    return node.bands if node.points == points else bands_of(node.written.bands, points)
