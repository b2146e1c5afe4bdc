"""Votes in levels, from one or several groups of raters, and the index calculated from them (used by ``rating``)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.tolerance import DUST
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import weighted_sum
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import Marks, Sign, contradiction, field_code, mixed, one_of, quantity, repeated, text
from lawgov_score.rules.rule import Data, Fault
from lawgov_score.wording import Phrase, Quantity, Words

_VOTES = "票"  # a unit of measurement is data, as those in a tree are


class Empty(StrEnum):
    """What to do with a group of raters in which nobody voted."""

    REWEIGHT = "reweight"
    MISSING = "missing"


LEVELS: Data = {
    "title": "档次",
    "description": "从最好的一档写起，每档成为一个票数填报项",
    "type": "array",
    "minItems": 2,
    "items": {
        "type": "object",
        "properties": {
            "code": field_code("编码", "英文小写、数字、下划线"),
            "name": text("名称", "如“基本满意”"),
            "worth": quantity("分量", "一票计多少，如 100、80、60、0"),
        },
        "required": ["code", "name", "worth"],
        "additionalProperties": False,
    },
}
GROUPS: Data = {
    "title": "评议主体",
    "description": "分别测评、按权重合成的几类人，每类每档成为一个票数填报项",
    "type": "array",
    "minItems": 2,
    "items": {
        "type": "object",
        "properties": {
            "code": field_code("编码", "英文小写、数字、下划线"),
            "name": text("名称", "如“律师”"),
            "weight": quantity("权重", "如 20%；都写百分数的，合计为 100%", Sign.POSITIVE),
        },
        "required": ["code", "name", "weight"],
        "additionalProperties": False,
    },
}
EMPTY = one_of("无人投票的主体", "reweight 不计，其余主体重新分配权重；missing 整项作未填报处理", tuple(Empty))

_IN_GROUP = Words("{group} {weight}", "{group} {weight}")


@dataclass(frozen=True, slots=True)
class Group:
    """One group of raters (评议主体) and its weight."""

    code: str
    name: str
    weight: Quantity


@dataclass(frozen=True, slots=True)
class Votes:
    """Voting levels with the worth of a vote, for all raters together (no ``groups``) or group by group."""

    asks: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    worths: tuple[Quantity, ...]
    groups: tuple[Group, ...] = ()
    empty: Empty = Empty.MISSING

    @classmethod
    def from_data(cls, data: Data, worths: tuple[Quantity, ...]) -> Self:
        """From ``asks``, ``levels``, ``groups`` and ``empty_group``; ``worths``: what the levels are worth."""
        groups: list[Mapping[str, Any]] = data.get("groups", [])
        return cls(
            data["asks"],
            tuple(level["code"] for level in data["levels"]),
            tuple(level["name"] for level in data["levels"]),
            worths,
            tuple(Group(group["code"], group["name"], Quantity.parse(group["weight"])) for group in groups),
            Empty(data.get("empty_group", Empty.MISSING)),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """The votes of each level: ``good``, or ``lawyers_good`` where there are groups."""
        if not self.groups:
            return tuple(
                Field(code, f"{self.asks}：{name}", FieldType.COUNT, _VOTES, at_least=0.0)
                for code, name in zip(self.codes, self.names, strict=True)
            )
        return tuple(
            Field(f"{group.code}_{code}", f"{self.asks}（{group.name}）：{name}", FieldType.COUNT, _VOTES, at_least=0.0)
            for group in self.groups
            for code, name in zip(self.codes, self.names, strict=True)
        )

    @property
    def best(self) -> Quantity:
        """The worth of a vote of the best level."""
        return max(self.worths, key=lambda worth: worth.number)

    @property
    def is_rate(self) -> bool:
        """Is the index the share of some votes among all (满意率)? So where a vote counts 100 or nothing."""
        best = self.best.number
        return best == (1.0 if self.best.is_share else 100.0) and all(one.number in {0.0, best} for one in self.worths)

    def as_rate(self, mark: Quantity) -> Quantity:
        """A mark of the index as it is printed: a percentage where the index is a rate."""
        return Quantity(mark.number / 100, is_share=True) if self.is_rate and not mark.is_share else mark

    def faults(self) -> Iterator[Fault]:
        """Levels or groups that are equal, levels out of order, weights that do not sum to one."""
        yield from repeated(self.codes, "levels", "code")
        yield from repeated(self.names, "levels", "name")
        for i, (above, below) in enumerate(pairwise(self.worths), start=1):
            if below.number > above.number:  # two levels may count alike: 满意率 counts several as satisfied
                yield Fault(("levels", i, "worth"), Code.T203, {"above": above, "found": below})
        yield from repeated(tuple(group.code for group in self.groups), "groups", "code")
        yield from repeated(tuple(group.name for group in self.groups), "groups", "name")
        weights: Marks = {("groups", i, "weight"): group.weight for i, group in enumerate(self.groups)}
        if odd := list(mixed(weights)):
            yield from odd
        elif self.groups and all(group.weight.is_share for group in self.groups):
            total = sum(group.weight.number for group in self.groups)
            if abs(total - 1) > DUST:
                words = Words("各主体权重合计 100%", "weights that add up to 100%")
                yield contradiction(("groups",), Quantity(total, is_share=True), words)

    def index(self, votes: list[FloatArray]) -> FloatArray:
        """Σ worth · votes ÷ Σ votes, blended by group, (units,); nan where nobody voted. ``votes``: as ``fields``."""
        if not self.groups:
            return without_dust(self._mean(votes), VALUE_DECIMALS)
        means = [self._mean(votes[at : at + len(self.codes)]) for at in range(0, len(votes), len(self.codes))]
        weights = [
            np.where(np.isnan(mean), 0.0, group.weight.number) for mean, group in zip(means, self.groups, strict=True)
        ]
        whole = np.sum(weights, axis=0)
        parts = [np.where(weight > 0, weight * mean, 0.0) for weight, mean in zip(weights, means, strict=True)]
        blended = np.divide(np.sum(parts, axis=0), whole, out=np.full_like(whole, np.nan), where=whole > 0)
        if self.empty is Empty.MISSING:
            blended = np.where(np.any(np.isnan(means), axis=0), np.nan, blended)
        return without_dust(blended, VALUE_DECIMALS)

    def index_cells(self, votes: list[str]) -> tuple[str, str]:
        """The same in a spreadsheet: whether there is an index, and the index."""
        if not self.groups:
            return f"({'+'.join(votes)})>0", f"ROUND({self._mean_cells(votes)},{VALUE_DECIMALS})"
        blocks = [votes[at : at + len(self.codes)] for at in range(0, len(votes), len(self.codes))]
        claims = [f"({'+'.join(block)})>0" for block in blocks]
        weights = [sheet.number(group.weight.number) for group in self.groups]
        counted_weights = [f"IF({claim},{weight},0)" for claim, weight in zip(claims, weights, strict=True)]
        parts = [
            f"IF({claim},{weight}*{self._mean_cells(block)},0)"
            for claim, weight, block in zip(claims, weights, blocks, strict=True)
        ]
        joint = "AND" if self.empty is Empty.MISSING else "OR"
        blended = f"ROUND(({'+'.join(parts)})/({'+'.join(counted_weights)}),{VALUE_DECIMALS})"
        return f"{joint}({','.join(claims)})", blended

    def group_words(self) -> tuple[Phrase, ...]:
        """律师 20%、群众 40%."""
        return tuple(_IN_GROUP(group=group.name, weight=group.weight) for group in self.groups)

    def _mean(self, votes: list[FloatArray]) -> FloatArray:
        total = np.sum(votes, axis=0)
        weighted = weighted_sum(votes, [worth.number for worth in self.worths])
        mean: FloatArray = np.divide(weighted, total, out=np.full_like(total, np.nan), where=total > 0)
        return mean

    def _mean_cells(self, votes: list[str]) -> str:
        return f"{sheet.weighted_sum(votes, [worth.number for worth in self.worths])}/({'+'.join(votes)})"
