"""An expression in words: what is divided by what, what must hold, which condition leads where."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lawgov_score.expression.grammar import (
    ASKING,
    FIRST,
    TO_PLACES,
    called,
    is_if,
    names_in,
    places_of,
    plain_number,
    reference,
)
from lawgov_score.expression.measures import NUMBER, Measure, Nature, measured
from lawgov_score.report import render, stored_text
from lawgov_score.rules.phrases import before_word
from lawgov_score.wording import Language, Phrase, Words


@dataclass(frozen=True, slots=True)
class Noun:
    """A name of an expression as people read it, and what it is measured in; ``choices``: of a choice, its options."""

    words: Phrase
    measure: Measure = NUMBER
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a value that depends on conditions, in words: the first line that holds gives the value."""

    line: Phrase


Nouns = Callable[[str], Noun]

# How firmly a text holds together: a looser one gets brackets. What is said of what stands before it (低于 0 的按 0 计)
# is read of the nearest: anything but an atom stands in brackets there.
_LOOSE, _SUM, _PRODUCT, _ATOM = range(4)

_TEXT = Words("{text}", "{text}")
_BRACKETS = Words("（{text}）", "({text})")
_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_OPERATORS = {  # brackets of Chinese are as wide as a space beside them
    (op, before, after): Words(
        f"{{left}}{'' if before else ' '}{sign}{'' if after else ' '}{{right}}", f"{{left}} {sign} {{right}}"
    )
    for op, sign in _SIGNS.items()
    for before in (False, True)
    for after in (False, True)
}
_MINUS = Words("−{value}", "−{value}")
_ANSWER = Words("{name}（是计 1，否计 0）", "{name} (yes 1, no 0)")
_POSITION = Words("{name}（按选项的顺序计 0、1、2……）", "{name} (its options count 0, 1, 2, …)")
_AS_NUMBER = Words("（{when}的计 1，否则计 0）", "(1 where {when}, else 0)")
_NOT_ABOVE = Words("{value}（超过{then}的按{then}计）", "{value} (at most {most})")
_NOT_BELOW = Words("{value}（低于{then}的按{then}计）", "{value} (at least {least})")
_SMALLER = Words("{one}与{other}两者中较小的", "the smaller of {one} and {other}")
_LARGER = Words("{one}与{other}两者中较大的", "the larger of {one} and {other}")
_SMALLEST = Words("{values:list}中最小的", "the smallest of {values:list}")
_LARGEST = Words("{values:list}中最大的", "the largest of {values:list}")
_DIFFERENCE = Words("{left}与{right}之差的绝对值", "the difference between {left} and {right}")
_SIZE = Words("{value}的绝对值", "the absolute value of {value}")
_LOGARITHM = Words("{value}的自然对数", "the natural logarithm of {value}")
_ROOT = Words("{value}的平方根", "the square root of {value}")
_POWER = Words("{value}的{exponent}次方", "{value} to the power of {exponent}")
_TO_PLACES = {
    "round": Words("{value}（四舍五入到{step}）", "{value} (rounded to {step})"),
    "round_even": Words("{value}（四舍六入五成双到{step}）", "{value} (rounded half to even to {step})"),
    "floor": Words("{value}（向下取整到{step}）", "{value} (rounded down to {step})"),
    "ceil": Words("{value}（向上取整到{step}）", "{value} (rounded up to {step})"),
}
_FIRST = Words("{values:list}中第一个已填报的", "the first answered of {values:list}")
_BLANK = Words("未填报", "not answered")
_GIVEN = Words("已填报", "answered")
_TOTAL = Words("{values:list}合计", "the total of {values:list}")
_CASE = Words("{when}的，为{value}", "{value} where {when}")
_REST = Words("其他{when}的，为{value}", "{value} where {when} otherwise")
_ELSE = Words("其他的，为{value}", "otherwise {value}")
_AFTER_WORD = Words(" {value}", "{value}")
_CASES = Words("{cases}", "{cases}")

_IS = Words("{subject}{predicate}", "{subject} is {predicate}")
_ALL = Words("{subjects:list}均{predicate}", "all of {subjects:list} are {predicate}")
_ANY = Words("{subjects:list}有一项{predicate}", "one of {subjects:list} is {predicate}")
_AND = Words("{one}，并且{other}", "{one} and {other}")
_OR = Words("{one}，或者{other}", "{one} or {other}")
_COMMA = Words("{one}，{other}", "{one}, {other}")
_YES = Words("填“是”", '"yes"')
_NO = Words("填“否”", '"no"')
_ALWAYS = Words("无论何种情形", "in any case")
_NEVER = Words("不存在这种情形", "in no case")
_ZERO = {
    ast.Lt: Words("小于 0", "below 0"),
    ast.LtE: Words("不大于 0", "0 or less"),
    ast.Gt: Words("大于 0", "above 0"),
    ast.GtE: Words("不小于 0", "0 or more"),
    ast.Eq: Words("为 0", "0"),
    ast.NotEq: Words("不为 0", "not 0"),
}
_MARK = {
    ast.Lt: Words("不足 {mark}", "below {mark}"),
    ast.LtE: Words("不超过 {mark}", "{mark} or less"),
    ast.Gt: Words("超过 {mark}", "above {mark}"),
    ast.GtE: Words("达到 {mark}", "{mark} or more"),
    ast.Eq: Words("等于 {mark}", "{mark}"),
    ast.NotEq: Words("不等于 {mark}", "not {mark}"),
}
_OTHER = {
    ast.Lt: Words("少于{mark}", "less than {mark}"),
    ast.LtE: Words("不多于{mark}", "no more than {mark}"),
    ast.Gt: Words("多于{mark}", "more than {mark}"),
    ast.GtE: Words("不少于{mark}", "no less than {mark}"),
    ast.Eq: Words("等于{mark}", "equal to {mark}"),
    ast.NotEq: Words("不等于{mark}", "unequal to {mark}"),
}
_RATE = {
    **_OTHER,
    ast.Lt: Words("低于{mark}", "less than {mark}"),
    ast.LtE: Words("不高于{mark}", "no more than {mark}"),
    ast.Gt: Words("高于{mark}", "more than {mark}"),
    ast.GtE: Words("不低于{mark}", "no less than {mark}"),
}
_DAY = {
    ast.Lt: Words("早于{mark}", "before {mark}"),
    ast.LtE: Words("不晚于{mark}", "no later than {mark}"),
    ast.Gt: Words("晚于{mark}", "after {mark}"),
    ast.GtE: Words("不早于{mark}", "no earlier than {mark}"),
    ast.Eq: Words("与{mark}为同一天", "the same day as {mark}"),
    ast.NotEq: Words("与{mark}不是同一天", "another day than {mark}"),
}
_DATE = Words("{day:date}", "{day:date}")
_CHOSEN = Words("为“{choice}”", '"{choice}"')
_NOT_CHOSEN = Words("不为“{choice}”", 'not "{choice}"')
_ONE_OF = Words("为{choices:list}之一", "one of {choices:list}")
_QUOTED = Words("“{choice}”", '"{choice}"')
_MEASURED = Words("{number} {unit}", "{number} {unit}")
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq,
}  # fmt: skip
_DENIED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip


def value_words(body: ast.expr, nouns: Nouns) -> Phrase:
    """What a value is worked out from: “办结件数” ÷ “受理件数”."""
    return _Worder(nouns).value(body)[0]


def _lines(node: ast.expr, above: ast.expr | None) -> Iterator[tuple[ast.expr | None, ast.expr, bool]]:
    """(condition, value, is it what is left of the condition?) of every branch; None: all others. ``above``: holds."""
    if not is_if(node):
        yield above, node, above is not None
        return
    assert isinstance(node, ast.Call)
    condition, then, otherwise = node.args
    within = condition if above is None else ast.BoolOp(ast.And(), [above, condition])
    if is_if(then):
        yield from _lines(then, within)
    else:
        yield within, then, False
    yield from _lines(otherwise, above)


def _nothing(node: ast.expr) -> Iterator[ast.expr]:
    """The conditions under any of which a denominator is 0; one that adds up fields is 0 where all of them are."""
    parts = summed(node)
    if len(parts) > 1 and all(isinstance(part, ast.Name) for part in parts):
        yield ast.BoolOp(ast.And(), [ast.UnaryOp(ast.Not(), part) for part in parts])
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and names_in(node):
        for side in (node.left, node.right):
            if names_in(side):
                yield from _nothing(side)
    else:
        yield ast.Compare(node, [ast.Eq()], [ast.Constant(0)])


def begins_with_bracket(phrase: Phrase) -> bool:
    """Does the Chinese text begin with a bracket, which is as wide as a space beside it?"""
    return render(phrase, Language.ZH).startswith("（")


def after_word(phrase: Phrase) -> Phrase:
    """With the space that a figure, or its sign, needs after a Chinese word: 为 0.9 × “甲”, but 为“甲”."""
    first = render(phrase, Language.ZH)[:1]
    return _AFTER_WORD(value=phrase) if first.isascii() or first == "−" else phrase


def cases_of(body: ast.expr, nouns: Nouns) -> tuple[Case, ...]:
    """The lines of a value that begins with `if(…)`, one condition after another; empty where it does not."""
    return tuple(_Worder(nouns).cases(body)) if is_if(body) else ()


def condition_words(body: ast.expr, nouns: Nouns) -> Phrase:
    """When a value is yes (anything but 0): “目录是否公布”填“是”，并且“调整次数”大于 0."""
    return _Worder(nouns).condition(body)


def zero_words(denominators: Sequence[ast.expr], nouns: Nouns) -> Phrase:
    """When one of the denominators is 0; one that adds up fields is 0 where all of them are."""
    parts = [part for one in denominators for part in _nothing(one)]
    return _Worder(nouns).condition(parts[0] if len(parts) == 1 else ast.BoolOp(ast.Or(), parts))


@dataclass(frozen=True, slots=True)
class _Claim:
    """A condition with one subject, or (``predicate`` None) one that is a sentence already."""

    subject: Phrase
    predicate: Phrase | None = None
    is_compound: bool = False
    is_plain: bool = True  # is the subject one thing, so that it may stand in a list with others?


@dataclass(frozen=True, slots=True)
class _Worder:
    nouns: Nouns

    def value(self, node: ast.expr, like: Measure = NUMBER) -> tuple[Phrase, int]:
        """A value in words, and how firmly they hold together; a plain number is written ``like`` what it joins."""
        name = node.id if isinstance(node, ast.Name) else reference(node)
        if name is not None:
            return self._named(self.nouns(name)), _ATOM
        match node:
            case ast.Constant(value=number):
                return _figure(float(number), like if like.is_share else NUMBER), _ATOM  # type: ignore[arg-type]
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.Call() if self._is_condition(node):
                return _AS_NUMBER(when=before_word(self.condition(node))), _ATOM
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _MINUS(value=self._within(operand, _ATOM, like)), _SUM
            case ast.UnaryOp(operand=operand):
                return self.value(operand, like)
            case ast.BinOp():
                return self._operation(node, like)
            case ast.Call() if is_if(node):
                return _CASES(cases=tuple(case.line for case in self.cases(node))), _LOOSE
            case ast.Call(func=ast.Name(id=function), args=args):
                if function in TO_PLACES:
                    return self._to_places(node, like), _LOOSE
                return self._function(function, args, like), _LOOSE
        raise AssertionError(ast.dump(node))  # the grammar has nothing else

    def cases(self, node: ast.expr) -> Iterator[Case]:
        """The lines of `if(…)`, those of an `if(…)` within a branch among them."""
        like = self._measure(node)
        for when, value, is_rest in _lines(node, None):
            told = after_word(self.value(value, like)[0])
            if when is None:
                yield Case(_ELSE(value=told))
            else:
                yield Case((_REST if is_rest else _CASE)(when=before_word(self.condition(when)), value=told))

    def condition(self, node: ast.expr, *, denied: bool = False) -> Phrase:
        """When it is yes; ``denied``: when it is no."""
        return _told(self._claim(node, denied=denied))

    def _named(self, noun: Noun) -> Phrase:
        if noun.measure.nature is Nature.YES_NO:
            return _ANSWER(name=noun.words)
        return _POSITION(name=noun.words) if noun.measure.nature is Nature.CHOICE else noun.words

    def _measure(self, node: ast.expr) -> Measure:
        return measured(node, lambda name: self.nouns(name).measure)

    def _within(self, node: ast.expr, firmness: int, like: Measure = NUMBER) -> Phrase:
        """A part of something larger, in brackets where it is looser than ``firmness``."""
        phrase, own = self.value(node, like)
        return phrase if own >= firmness else _BRACKETS(text=phrase)

    def _operation(self, node: ast.BinOp, like: Measure) -> tuple[Phrase, int]:
        if isinstance(node.op, (ast.Add, ast.Sub)):
            whole = self._measure(node)
            like = whole if whole.nature is not Nature.CONSTANT else like
            right = self._within(node.right, _PRODUCT if isinstance(node.op, ast.Sub) else _SUM, like)
            if isinstance(node.right, ast.UnaryOp) and isinstance(node.right.op, ast.USub):
                right = self._within(node.right, _PRODUCT, like)
            return _joined_by(type(node.op), self._within(node.left, _SUM, like), right), _SUM
        right = self._within(node.right, _ATOM if isinstance(node.op, ast.Div) else _PRODUCT)
        return _joined_by(type(node.op), self._within(node.left, _PRODUCT), right), _PRODUCT

    @staticmethod
    def _is_condition(node: ast.expr) -> bool:
        return not isinstance(node, ast.Call) or called(node) in ASKING

    def _to_places(self, call: ast.Call, like: Measure) -> Phrase:
        """“甲” ÷ “乙”（四舍五入到 0.01%）: the step is measured like the value, and so it is the same number."""
        measure = self._measure_of_all(call.args[:1], like)
        step = after_word(_figure(float(Decimal(1).scaleb(-places_of(call))), measure))
        return _TO_PLACES[called(call)](value=self._within(call.args[0], _ATOM, measure), step=step)

    def _function(self, function: str, args: Sequence[ast.expr], like: Measure) -> Phrase:
        if function == "ln":
            return _LOGARITHM(value=before_word(self._within(args[0], _ATOM)))
        if function == "abs":
            inner = args[0]
            if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub):
                measure = self._measure(inner)
                left, right = (inner.left, inner.right) if names_in(inner.left) else (inner.right, inner.left)
                one = before_word(self._within(left, _ATOM, measure))
                return _DIFFERENCE(left=one, right=before_word(after_word(self._bound(right, measure))))
            return _SIZE(value=self._within(inner, _ATOM, like))
        if function == "sqrt":
            return _ROOT(value=before_word(self._within(args[0], _ATOM)))
        if function == "pow":
            exponent = before_word(after_word(self._within(args[1], _ATOM)))
            return _POWER(value=before_word(self._within(args[0], _ATOM)), exponent=exponent)
        if function == FIRST:
            measure = self._measure_of_all(args, like)
            several = [self._within(arg, _ATOM, measure) for arg in args]
            return _FIRST(values=(*several[:-1], before_word(several[-1])))
        measure = self._measure_of_all(args, like)
        bounds = [arg for arg in args if not names_in(arg)]
        if len(args) == 2 and len(bounds) == 1:
            value = next(arg for arg in args if arg is not bounds[0])
            bound = self._bound(bounds[0], measure)
            if function == "min":
                return _NOT_ABOVE(
                    value=self._within(value, _ATOM, measure), most=bound, then=after_word(before_word(bound))
                )
            return _NOT_BELOW(
                value=self._within(value, _ATOM, measure), least=bound, then=after_word(before_word(bound))
            )
        values = tuple(self._within(arg, _ATOM, measure) for arg in args)
        if len(values) == 2:
            words = _SMALLER if function == "min" else _LARGER
            return words(one=before_word(values[0]), other=before_word(after_word(values[1])))
        return (_SMALLEST if function == "min" else _LARGEST)(values=(*values[:-1], before_word(values[-1])))

    def _measure_of_all(self, args: Sequence[ast.expr], like: Measure) -> Measure:
        own = {one for one in map(self._measure, args) if one.nature is not Nature.CONSTANT}
        return own.pop() if len(own) == 1 else like

    def _bound(self, node: ast.expr, like: Measure) -> Phrase:
        number = plain_number(node)
        return self._within(node, _ATOM, like) if number is None else _figure(number, like)

    def _claim(self, node: ast.expr, *, denied: bool) -> _Claim:
        node = self._logical(node)
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._claim(operand, denied=not denied)
            case ast.BoolOp(op=op, values=values):
                return self._junction(values, is_and=isinstance(op, ast.And) != denied, denied=denied)
            case ast.Compare(left=left, ops=[op], comparators=[right]) if self._is_claim(left):
                held = [yes for yes in (False, True) if _holds(float(yes), type(op), plain_number(right) or 0.0)]
                if plain_number(right) is not None and len(held) == 1:
                    return self._claim(left, denied=denied == held[0])
                return self._comparison(left, type(op), right, denied=denied)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._comparison(left, type(op), right, denied=denied)
            case ast.Compare(left=left, ops=ops, comparators=others):
                pairs: list[ast.expr] = [
                    ast.Compare(one, [op], [other])
                    for one, op, other in zip((left, *others), ops, others, strict=False)
                ]
                return self._junction(pairs, is_and=not denied, denied=denied)
            case ast.Call(args=[asked]) if called(node) in ASKING:
                name = asked.id if isinstance(asked, ast.Name) else reference(asked)
                is_blank = (called(node) == "blank") != denied
                return _Claim(self.nouns(str(name)).words, (_BLANK if is_blank else _GIVEN)())
            case ast.Constant(value=number):
                return _Claim((_ALWAYS if bool(number) != denied else _NEVER)())
            case _:
                return self._comparison(node, ast.NotEq, ast.Constant(0), denied=denied)

    def _logical(self, node: ast.expr) -> ast.expr:
        """Arithmetic of conditions as logic: an `if(…)`, 1 − answer, the product, sum, least or greatest of answers."""
        if is_if(node):
            assert isinstance(node, ast.Call)
            condition, then, otherwise = node.args
            return _decided(condition, then, otherwise)
        if isinstance(node, ast.BinOp):
            one, other = node.left, node.right
            if isinstance(node.op, ast.Sub) and plain_number(one) == 1 and self._is_answer(other):
                return ast.UnaryOp(ast.Not(), other)
            if isinstance(node.op, (ast.Mult, ast.Add)) and self._is_answer(one) and self._is_answer(other):
                return ast.BoolOp(ast.And() if isinstance(node.op, ast.Mult) else ast.Or(), [one, other])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and all(map(self._is_answer, node.args)):
            if node.func.id == "min":
                return ast.BoolOp(ast.And(), list(node.args))
            if node.func.id == "max":
                return ast.BoolOp(ast.Or(), list(node.args))
        return node

    def _is_claim(self, node: ast.expr) -> bool:
        """Is it a condition, not the answer to a question?"""
        return self._is_answer(node) and not isinstance(node, (ast.Name, ast.Attribute))

    def _is_answer(self, node: ast.expr) -> bool:
        return self._measure(node).nature is Nature.YES_NO

    def _junction(self, values: Sequence[ast.expr], *, is_and: bool, denied: bool) -> _Claim:
        op = ast.And if is_and != denied else ast.Or
        claims: list[_Claim] = []
        for claim in (self._claim(value, denied=denied) for value in self._flat(values, op)):
            if claim not in claims:  # what is said twice is said once
                claims.append(claim)
        told: list[Phrase] = []
        while claims:
            first = claims.pop(0)
            alike = [first] + [one for one in claims if one.is_plain and one.predicate == first.predicate]
            if first.predicate is not None and first.is_plain and len(alike) > 1:
                claims = [one for one in claims if one not in alike]
                subjects = tuple(one.subject for one in alike)
                told.append((_ALL if is_and else _ANY)(subjects=subjects, predicate=first.predicate))
            else:
                told.append(_BRACKETS(text=first.subject) if first.is_compound else _told(first))
        return _Claim(_joined(told, is_and=is_and), is_compound=len(told) > 1)

    def _flat(self, values: Sequence[ast.expr], op: type[ast.boolop]) -> Iterator[ast.expr]:
        """The conditions, those within one of the same kind among them."""
        for value in map(self._logical, values):
            if isinstance(value, ast.BoolOp) and isinstance(value.op, op):
                yield from self._flat(value.values, op)
            else:
                yield value

    def _comparison(self, left: ast.expr, op: type[ast.cmpop], right: ast.expr, *, denied: bool) -> _Claim:
        if not names_in(left) and names_in(right):
            left, op, right = right, _MIRRORED[op], left
        op = _DENIED[op] if denied else op
        measure, number = self._measure(left), plain_number(right)
        name = left.id if isinstance(left, ast.Name) else reference(left)
        noun = self.nouns(name) if name is not None else None
        if noun is not None and number is not None and (answer := _answered(noun, op, number)):
            return _Claim(noun.words, answer)
        subject, is_plain = self._subject(left), name is not None
        if measure.nature is Nature.DATE:
            day = after_word(_DATE(day=number) if number is not None else self._within(right, _SUM))
            return _Claim(subject, _DAY[op](mark=day), is_plain=is_plain)
        if number == 0:
            predicate = _ZERO[op]()
        elif number is not None:
            predicate = _MARK[op](mark=_figure(number, measure))
        else:
            predicate = (_RATE if measure.is_share else _OTHER)[op](mark=after_word(self._within(right, _SUM, measure)))
        return _Claim(subject, predicate, is_plain=is_plain)

    def _subject(self, node: ast.expr) -> Phrase:
        parts = summed(node)
        if len(parts) > 1 and all(isinstance(part, ast.Name) for part in parts):
            return _TOTAL(values=tuple(self.value(part)[0] for part in parts))
        return before_word(self._within(node, _SUM))


def _answered(noun: Noun, op: type[ast.cmpop], number: float) -> Phrase | None:
    """What is answered to a question with yes or no, or with a choice; None of other questions."""
    if noun.measure.nature is Nature.YES_NO:
        held = [answer for answer in (0.0, 1.0) if _holds(answer, op, number)]
        return (_YES if held == [1.0] else _NO)() if len(held) == 1 else None
    if noun.measure.nature is not Nature.CHOICE:
        return None
    chosen = tuple(_QUOTED(choice=c) for i, c in enumerate(noun.choices) if _holds(float(i), op, number))
    if len(chosen) == 1:
        return _CHOSEN(**chosen[0].values)
    if op is ast.NotEq and len(chosen) == len(noun.choices) - 1:
        return _NOT_CHOSEN(choice=noun.choices[int(number)])
    return _ONE_OF(choices=chosen) if chosen else None


def _holds(one: float, op: type[ast.cmpop], other: float) -> bool:
    if op in {ast.Eq, ast.NotEq}:
        return (one == other) is (op is ast.Eq)
    if op in {ast.Lt, ast.GtE}:
        return (one < other) is (op is ast.Lt)
    return (one > other) is (op is ast.Gt)


def _decided(condition: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """`if(condition, then, otherwise)` as a condition."""
    opposite = ast.UnaryOp(ast.Not(), condition)
    one, other = plain_number(then), plain_number(otherwise)
    if one is not None and other is not None:
        if bool(one) == bool(other):
            return ast.Constant(one)
        return condition if one else opposite
    if one is not None:
        return ast.BoolOp(ast.Or(), [condition, otherwise]) if one else ast.BoolOp(ast.And(), [opposite, otherwise])
    if other is not None:
        return ast.BoolOp(ast.Or(), [opposite, then]) if other else ast.BoolOp(ast.And(), [condition, then])
    return ast.BoolOp(
        ast.Or(), [ast.BoolOp(ast.And(), [condition, then]), ast.BoolOp(ast.And(), [opposite, otherwise])]
    )


def summed(node: ast.expr) -> list[ast.expr]:
    """The parts of a sum, in reading order."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*summed(node.left), *summed(node.right)]
    return [node]


def _figure(number: float, like: Measure) -> Phrase:
    """A plain number of the expression, all its digits, measured like what it joins or is held against."""
    is_share = like.is_share and number != 0
    text = stored_text(float(Decimal(repr(number)) * 100) if is_share else number).replace("-", "−")
    if is_share:
        return _TEXT(text=f"{text}%")
    return _MEASURED(number=text, unit=like.unit) if like.unit and number else _TEXT(text=text)


def _joined_by(op: type[ast.operator], left: Phrase, right: Phrase) -> Phrase:
    ends = render(left, Language.ZH).endswith("）")
    return _OPERATORS[op, ends, begins_with_bracket(right)](left=left, right=right)


def _told(claim: _Claim) -> Phrase:
    return claim.subject if claim.predicate is None else _IS(subject=claim.subject, predicate=claim.predicate)


def _joined(parts: Sequence[Phrase], *, is_and: bool) -> Phrase:
    """Claims one after another, 并且 or 或者 before the last."""
    whole = parts[0]
    for i, part in enumerate(parts[1:], start=2):
        words = (_AND if is_and else _OR) if i == len(parts) else _COMMA
        whole = words(one=whole, other=part)
    return whole
