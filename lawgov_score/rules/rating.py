"""满意度测评（rating）：按各档票数算出指数，再按指数计分。

何时用：评分标准写成“满意 100、基本满意 80、一般 60、不满意 0，满意度达到 98 得满分，每低 1 扣 0.1 分”。

各档的票数由这种计分自己问；指数 = Σ（分量 × 票数）÷ 总票数，一票也没有的作未填报处理。写了 ``step`` 和 ``each`` 的，
每低于 ``full_at`` 一步扣分；都不写的，按指数占 ``full_at`` 的比例得分。

几类人分别测评、按权重合成的，写 ``groups``：每类先各算指数，再按 ``weight`` 加权平均。某一类一票也没有怎么办，由
``empty_group`` 说明：``reweight`` 该类不计，其余重新分配权重；``missing`` 整项作未填报处理。

写法::

    rule:
      kind: rating
      asks: 群众满意度测评
      levels:
        - {code: good, name: 满意, worth: 100}
        - {code: fair, name: 基本满意, worth: 80}
        - {code: bad, name: 不满意, worth: 0}
      full_at: 98            # 可不写，默认 100
      step: 1                # 与 each 同写，或都不写
      each: 0.1
      steps: linear          # 可不写
      floor: 0               # 可不写

    rule:
      kind: rating
      asks: 社会评议
      levels:
        - {code: good, name: 满意, worth: 100}
        - {code: bad, name: 不满意, worth: 0}
      groups:                # 可不写；填报项的编码成为 lawyers_good、public_bad 等
        - {code: lawyers, name: 律师, weight: 20%}
        - {code: public, name: 群众, weight: 80%}
      empty_group: reweight  # 与 groups 同写

算例：满意 90 票、基本满意 10 票，指数 98。

>>> levels = [{"code": "good", "name": "满意", "worth": 100}, {"code": "fair", "name": "基本满意", "worth": 80}]
>>> rule = Rating.from_data({"asks": "满意度", "levels": levels, "step": 1, "each": 0.1}, 1.5)
>>> votes = {"good": np.array([90.0, 0.0]), "fair": np.array([10.0, 0.0])}
>>> rule.score(Inputs(np.full(2, np.nan), votes))
array([1.3, nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import (
    FLOOR,
    Sign,
    alike,
    contradiction,
    floor_faults,
    mixed,
    one_of,
    points_key,
    points_of,
    text,
)
from lawgov_score.rules.keys import quantity as quantity_key
from lawgov_score.rules.outcomes import comes_to, figures_beside, gives, less, unless_trivial
from lawgov_score.rules.phrases import before_word, figure, floor_words, step
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Term, Terms
from lawgov_score.rules.steps import TITLE, Steps, as_counted, count_steps, steps_formula, steps_words
from lawgov_score.rules.votes import EMPTY, GROUPS, LEVELS, Empty, Votes
from lawgov_score.wording import Phrase, Quantity, Words

_STANDARD_STEPS = Words(
    "{asks}：{how}；{name}达到 {full}得 {points:points} 分，每低 {step}扣 {each:points} 分，{mode}，{floor}。",
    "{asks}: {how}; {points:points} points where {name} is {full} or more, "
    "{each:points} off for every {step} below it, {mode}, {floor}.",
)
_STANDARD_SHARE = Words(
    "{asks}：{how}；{name}达到 {full}得 {points:points} 分，"
    "未达到的按所占比例得分（{points:points} × {name} ÷ {target}）。",
    "{asks}: {how}; {points:points} points where {name} is {full} or more, below it in proportion.",
)
_BY_VOTES = Words("{levels:list}，按票数加权平均得{name}", "{levels:list}, averaged over the votes")
_BY_SHARE = Words(
    "{good:list}的票数占总票数的比例为{name}", "{name} is the share of votes for {good:list} among all votes"
)
_OF_GROUPS = Words(
    "{levels:list}，各评议主体按票数加权平均，再按权重（{groups:list}）合成{name}，{empty}",
    "{levels:list}, averaged over the votes of each group, then blended by weight ({groups:list}), {empty}",
)
_SHARES_OF_GROUPS = Words(
    "各评议主体分别计算{good:list}的票数占其总票数的比例，再按权重（{groups:list}）合成{name}，{empty}",
    "the share of votes for {good:list} in each group, then blended by weight ({groups:list}), {empty}",
)
_EMPTY = {
    Empty.REWEIGHT: Words("无人投票的主体不计、其余重新分配权重", "a group without votes left out"),
    Empty.MISSING: Words("有主体无人投票的作未填报处理", "not answered if a group has no votes"),
}
_QUOTED = Words("“{name}”", '"{name}"')
_POINTS_OF_INDEX = Term("", Words("个点", "points"))  # what an index that is no rate is counted in
_RATE = Term("", is_share=True)
_LEVEL = Words("{name} {worth}", "{name} {worth}")
_INDEX = Words("{asks}指数", "the index of {asks}")
_BELOW_SHARE = Words(
    "{name} {index}（共 {votes} 票），低于 {full}，{sum}", "{name} {index} ({votes} votes) is below {full}: {sum}"
)
_BELOW = Words(
    "{name} {index}（共 {votes} 票），比 {full}低 {gap}，{rate}，{less}",
    "{name} {index} ({votes} votes) is {gap} below {full}; {rate}: {less}",
)
_REACHED = Words(
    "{name} {index}（共 {votes} 票），达到 {full}，{gives}", "{name} {index} ({votes} votes) is {full} or more: {gives}"
)
_EVERY = Words("每低 {step}扣 {each:points} 分", "{each:points} off for every {step}")
_SHARE = Words("{points:points} × {index} ÷ {full} ", "{points:points} × {index} ÷ {full} ")


@dataclass(frozen=True, slots=True)
class Rating(ColumnWise):
    """Points by the weighted mean of votes."""

    KIND: ClassVar[str] = "rating"
    NAME: ClassVar[str] = "满意度测评"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "asks": text("测评名称", "测评的是什么，如“群众满意度测评”"),
            "levels": LEVELS,
            "groups": GROUPS,
            "empty_group": EMPTY,
            "full_at": quantity_key("满分指数", "指数达到它得满分", Sign.POSITIVE, default=100),
            "step": quantity_key("每一步", "指数每低多少算一步", Sign.POSITIVE),
            "each": points_key("每步扣分", "每低一步扣多少", Sign.POSITIVE),
            "steps": one_of(TITLE, "floor 不扣，linear 按比例扣，ceil 按一步扣", tuple(Steps), default="linear"),
            "floor": FLOOR,
        },
        "required": ["asks", "levels"],
        "dependentRequired": {"step": ["each"], "each": ["step"], "steps": ["step"], "floor": ["step"]}
        | {"groups": ["empty_group"], "empty_group": ["groups"]},
    }

    points: float
    votes: Votes
    full_at: Quantity
    step: Quantity | None = None
    each: float = 0.0
    steps: Steps = Steps.LINEAR
    floor: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        worths = {f"worth {i}": level["worth"] for i, level in enumerate(data["levels"])}
        marks = alike(full_at=data.get("full_at", 100), step=data.get("step"), **worths)
        return cls(
            points,
            Votes.from_data(data, tuple(marks[name] for name in worths)),
            marks["full_at"],
            marks.get("step"),
            points_of(data.get("each", 0), points),
            Steps(data.get("steps", Steps.LINEAR)),
            points_of(data.get("floor", 0), points),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """The votes of each level, for each group of raters."""
        return self.votes.fields

    @property
    def reads(self) -> tuple[str, ...]:
        """The votes."""
        return tuple(asked.code for asked in self.votes.fields)

    @property
    def takes_value(self) -> bool:
        """No: it brings its own fields."""
        return False

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A count."""
        return frozenset({FieldType.COUNT})

    @property
    def reached_at(self) -> Quantity | None:
        """The index that is full marks."""
        return self.full_at

    @property
    def rises(self) -> bool | None:
        """None: the level of a vote is better or worse, not the number of votes."""
        return None

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor, or nothing, to the indicator's points."""
        return self.floor if self.step else 0.0, self.points

    def is_most_at_nothing(self, value: float) -> bool:
        """No: it gives points for votes, and the meaning of the tree's own levels is not known."""
        return False

    def faults(self) -> Iterator[Fault]:
        """Levels out of order or equal; full points that no vote can reach; a floor that is not below the points."""
        yield from self.votes.faults()
        marks: dict[tuple[str | int, ...], Quantity | None] = {("full_at",): self.full_at, ("step",): self.step}
        marks |= {("levels", i, "worth"): worth for i, worth in enumerate(self.votes.worths)}
        if odd := list(mixed(marks)):
            yield from odd
        elif self.full_at.number > self.votes.best.number:
            words = Words("不高于最好一档的分量 {best}", "no more than the best level's {best}")
            yield contradiction(("full_at",), self.full_at, words, best=self.votes.best)
        if self.step is not None:
            yield from floor_faults(self.floor, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        votes = [inputs.answers[code] for code in self.reads]
        index = self.votes.index(votes)
        points = self._unbounded(index)
        if self.step is not None:
            points = np.maximum(points, self.floor)
        return settled(points, [*votes, index])

    def formula(self, cells: Cells) -> str:
        """The weighted mean, used as the value."""
        votes = [cells.answers[code] for code in self.reads]
        is_there, index = self.votes.index_cells(votes)
        full = sheet.number(self.full_at.number)
        if self.step is None:
            inner = f"{sheet.number(self.points)}*MIN(MAX({index}/{full},0),1)"
        else:
            lost = f"{sheet.number(self.each)}*{steps_formula(f'{full}-{index}', self.step.number, self.steps)}"
            inner = f"MAX({sheet.number(self.points)}-{lost},{sheet.number(self.floor)})"
        return sheet.unless_missing(votes, f'IF({is_there},{sheet.dust_free(inner)},"")')

    def standard(self, terms: Terms) -> Phrase:
        """群众满意度测评：满意 100、基本满意 80，按票数加权平均得群众满意度测评指数；该指数达到 98 得 1.5 分……"""
        votes, name = self.votes, self._index_name(terms)
        levels = tuple(_LEVEL(name=n, worth=w) for n, w in zip(votes.names, votes.worths, strict=True))
        good = tuple(_QUOTED(name=n) for n, w in zip(votes.names, votes.worths, strict=True) if w.number)
        words = (
            (_SHARES_OF_GROUPS if votes.is_rate else _OF_GROUPS)
            if votes.groups
            else (_BY_SHARE if votes.is_rate else _BY_VOTES)
        )
        how = words(levels=levels, good=good, groups=votes.group_words(), name=name, empty=_EMPTY[votes.empty]())
        full = figure(votes.as_rate(self.full_at), Term(""))
        common = {
            "asks": votes.asks,
            "how": how,
            "name": name,
            "full": before_word(full),
            "target": full,
            "points": self.points,
        }
        if self.step is None:
            return _STANDARD_SHARE(**common)
        size = step(votes.as_rate(self.step), self._steps_term)
        mode = steps_words(size, self.steps)
        return _STANDARD_STEPS(
            **common, step=before_word(size), each=self.each, mode=mode, floor=floor_words(self.floor)
        )

    def _index_name(self, terms: Terms) -> str | Phrase:
        """政务服务满意率 where the indicator is called so and the index is a rate; else …指数."""
        own = terms.value.name
        return own if self.votes.is_rate and isinstance(own, str) and "率" in own else _INDEX(asks=self.votes.asks)

    @property
    def _steps_term(self) -> Term:
        return _RATE if self.votes.is_rate else _POINTS_OF_INDEX

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """群众满意度测评指数 96.5（200 票），低于 98，1.5 − 1.5 × 0.1 = 1.35 分."""
        votes = [rows.answers[code] for code in self.reads]
        index, term = self.votes.index(votes), Term("")
        full = self.votes.as_rate(self.full_at)
        size = None if self.step is None else self.votes.as_rate(self.step)
        if self.votes.is_rate:
            index = index * full.number / self.full_at.number
        scale = self.full_at.number / full.number
        beside = figures_beside([index], term, (full,), rows.score, lambda shown, _: self._unbounded(shown[0] * scale))
        (value,) = beside.shown
        figures: dict[str, object] = {
            "name": self._index_name(terms),
            "index": figure(value, term),
            "votes": np.sum(votes, axis=0),
            "full": figure(full, term),
        }
        if size is None:
            exact = self._unbounded(beside.rounded[0] * scale)
            summed = comes_to(_SHARE(points=self.points, **figures), rows.score, terms, exact=exact)
            reason = _BELOW_SHARE(**figures, sum=summed)
        else:
            gap = beside.derived(np.maximum(full.number - beside.rounded[0], 0.0), full)
            every = _EVERY(step=before_word(step(size, self._steps_term)), each=self.each)
            due = self.points - self._unbounded(beside.rounded[0] * scale)
            reason = _BELOW(
                **{**figures, "full": before_word(figure(full, term))},
                gap=step(gap, self._steps_term),
                rate=as_counted(every, gap, self._steps_term, size, self.steps),
                less=less(self.points, due, self.floor, rows.score, terms, is_exact=False),
            )
        reached = _REACHED(**figures, gives=gives(rows.score, terms))
        reasons = chosen((index >= full.number, reached), otherwise=reason)
        return unless_trivial(rows, self.points, reasons, terms)

    def _unbounded(self, index: FloatArray) -> FloatArray:
        """(units,): points by the index, however far the floor lets them fall."""
        if self.step is None:
            return self.points * np.clip(index / self.full_at.number, 0.0, 1.0)
        return self.points - self.each * count_steps(self.full_at.number - index, self.step.number, self.steps)
