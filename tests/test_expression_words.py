"""An expression in words says what is computed: read back, the words give the same; every name is named, no code shows.

Reaches ``expression/worded.py``, ``expression/measures.py``.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import nearest
from sentences.units import is_number_of

from lawgov_score.expression import NUMBER, SHARE, Expression, Measure, Nature, Noun, parse
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

NAMES = {"aa": "甲", "bb": "乙", "cc": "丙", "dd": "丁"}
QUOTED = Words("“{name}”", '"{name}"')
YES_NO = Measure(Nature.YES_NO)


def nouns(measures: Mapping[str, Measure] = {}) -> Callable[[str], Noun]:  # never changed
    def noun(name: str) -> Noun:
        field = re.sub(r"^previous\.|^cohort_\w+\(|\)$", "", name)
        shown = name.replace(field, NAMES[field]) if field in NAMES else name
        shown = shown.replace("previous.", "上年").replace("cohort_mean(", "同组平均").replace(")", "")
        return Noun(QUOTED(name=shown), measures.get(field, NUMBER), ("一档", "二档", "三档"))

    return noun


def zh(expression: Expression, measures: Mapping[str, Measure] = {}) -> str:  # never changed
    return render(expression.words(nouns(measures)), Language.ZH)


def when(text: str, measures: Mapping[str, Measure] = {}) -> str:  # never changed
    return render(parse(text).condition(nouns(measures)), Language.ZH)


fields = st.sampled_from(sorted(NAMES))
numbers = st.sampled_from(["1", "2", "0.5", "100", "0"])
sums = st.recursive(
    fields | numbers,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner) | st.builds("-{}".format, inner)
    ),
    max_leaves=8,
)
comparisons = st.builds("{} {} {}".format, fields, st.sampled_from([">", ">=", "<", "<=", "==", "!="]), numbers)
conditions = st.recursive(
    comparisons | fields,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("(not {})".format, inner)
    ),
    max_leaves=6,
)
anything = st.recursive(
    sums | st.sampled_from(["previous.aa", "cohort_mean(bb)"]),
    lambda inner: (
        st.builds("if({}, {}, {})".format, conditions, inner, inner)
        | st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner)
        | st.builds("{}({})".format, st.sampled_from(["abs", "ln", "sqrt", "floor", "ceil"]), inner)
        | st.builds("round({}, {})".format, inner, st.sampled_from(["0", "2", "-1"]))
        | st.builds("pow({}, {})".format, inner, st.sampled_from(["2", "0.5", "1/3"]))
        | st.builds("({} * {})".format, inner, inner)
        | st.builds("first({} / {}, {})".format, fields, fields, fields | numbers)
        | st.builds("if({}({}), {}, {})".format, st.sampled_from(["blank", "answered"]), fields, inner, inner)
    ),
    max_leaves=5,
)
values = st.fixed_dictionaries({code: st.sampled_from([0.0, 1.0, 2.0, 3.0, 100.0]) for code in NAMES})


def parsed(text: str) -> Expression | None:
    try:
        return parse(text)
    except ValueError:  # a division by a plain zero
        return None


def evaluated(expression: Expression, given: Mapping[str, float]) -> float:
    answers = {code: np.array([number]) for code, number in given.items()}
    with np.errstate(all="ignore"):
        result = expression.evaluate(answers)
    return float(result.value[0])


@given(text=sums, numbers=values)
def test_a_sum_read_back_is_the_sum(text: str, numbers: dict[str, float]) -> None:
    expression = parsed(text)
    if expression is None:
        return
    words = zh(expression)
    for code, name in NAMES.items():
        words = words.replace(f"“{name}”", code)
    back = parse(words.translate(str.maketrans("（）×÷−", "()*/-")))
    wanted, found = evaluated(expression, numbers), evaluated(back, numbers)
    assert found == pytest.approx(wanted, nan_ok=True), words


branches = st.builds("if({} > {}, {}, {})".format, fields, st.sampled_from("23"), fields | numbers, fields | numbers)
functions = st.recursive(
    fields | numbers,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner | st.just("-3") | branches)
        | st.builds("{}({}, {}, {})".format, st.sampled_from(["min", "max"]), inner, inner, inner)
        | st.builds("{}({})".format, st.sampled_from(["abs", "ln", "-", "sqrt"]), inner)
        | st.builds("{}({}, {})".format, st.sampled_from(["round", "floor", "ceil"]), inner, st.sampled_from("01"))
        | st.builds("pow({}, {})".format, inner, st.sampled_from("23"))
    ),
    max_leaves=6,
)


@given(text=functions, numbers=values)
def test_words_read_with_the_nearest_brackets_give_the_value(text: str, numbers: dict[str, float]) -> None:
    expression = parsed(text)
    if expression is None:
        return
    wanted = evaluated(expression, numbers)
    for lang in Language:
        words = render(expression.words(nouns()), lang)
        found = nearest.value(words, {NAMES[code]: one for code, one in numbers.items()}, lang)
        if not math.isnan(found):  # no figure: something is divided by 0, or the logarithm of nothing is taken
            assert found == pytest.approx(wanted), words


@pytest.mark.parametrize(
    ("text", "expected", "english"),
    [
        (
            "max(aa - bb, 0) / aa",
            "（（“甲” − “乙”）（低于 0 的按 0 计））÷ “甲”",
            '(("甲" − "乙") (at least 0)) ÷ "甲"',
        ),
        ("min(aa / bb, 2)", "（“甲” ÷ “乙”）（超过 2 的按 2 计）", '("甲" ÷ "乙") (at most 2)'),
        ("min(aa, 2)", "“甲”（超过 2 的按 2 计）", '"甲" (at most 2)'),
        ("min(aa - bb, cc)", "（“甲” − “乙”）与“丙”两者中较小的", 'the smaller of ("甲" − "乙") and "丙"'),
        ("abs(aa / bb - 1)", "（“甲” ÷ “乙”）与 1 之差的绝对值", 'the difference between ("甲" ÷ "乙") and 1'),
        ("max(aa * bb, cc, 1)", "（“甲” × “乙”）、“丙”、1 中最大的", 'the largest of ("甲" × "乙"), "丙", 1'),
    ],
)
def test_what_is_said_of_a_value_stands_beside_all_of_it(text: str, expected: str, english: str) -> None:
    words = parse(text).words(nouns())
    assert [render(words, lang) for lang in Language] == [expected, english]


@pytest.mark.parametrize(
    ("text", "expected", "english"),
    [
        ("round(aa / bb, 2)", "（“甲” ÷ “乙”）（四舍五入到 0.01）", '("甲" ÷ "乙") (rounded to 0.01)'),
        ("floor(aa) / bb", "（“甲”（向下取整到 1））÷ “乙”", '("甲" (rounded down to 1)) ÷ "乙"'),
        ("ceil(aa, -1)", "“甲”（向上取整到 10）", '"甲" (rounded up to 10)'),
        ("sqrt(aa + bb)", "（“甲” + “乙”）的平方根", 'the square root of ("甲" + "乙")'),
        ("pow(aa / bb, 1/3)", "（“甲” ÷ “乙”）的（1 ÷ 3）次方", '("甲" ÷ "乙") to the power of (1 ÷ 3)'),
        ("first(aa, previous.aa, 0)", "“甲”、“上年甲”、0 中第一个已填报的", 'the first answered of "甲", "上年甲", 0'),
        (
            "if(blank(aa), bb, aa)",
            "“甲”未填报的，为“乙”；其他的，为“甲”",
            '"乙" where "甲" is not answered; otherwise "甲"',
        ),
    ],
)
def test_roundings_roots_and_what_is_answered_first(text: str, expected: str, english: str) -> None:
    words = parse(text).words(nouns())
    assert [render(words, lang) for lang in Language] == [expected, english]


def test_whether_something_is_answered() -> None:
    assert when("not blank(aa) and bb > 1") == "“甲”已填报，并且“乙”超过 1"
    assert when("not (answered(aa) or answered(bb))") == "“甲”、“乙”均未填报"
    assert when("blank(aa) == 0") == "“甲”已填报"


def test_a_rounded_share_is_rounded_to_a_step_in_per_cent() -> None:
    files = Measure(unit="件")
    assert zh(parse("round(aa / bb, 4)"), {"aa": files, "bb": files}) == "（“甲” ÷ “乙”）（四舍五入到 0.01%）"


def test_the_nearest_reading_of_brackets_is_another_value() -> None:
    known = {"甲": 10.0, "乙": 3.0}
    assert nearest.value("（“甲” − “乙”（超过 2 的按 2 计））÷ “甲”", known, Language.ZH) == 0.8
    assert nearest.value("（（“甲” − “乙”）（超过 2 的按 2 计））÷ “甲”", known, Language.ZH) == 0.2


PREDICATES = {
    "大于 0": lambda n: n > 0,
    "小于 0": lambda n: n < 0,
    "不大于 0": lambda n: n <= 0,
    "不小于 0": lambda n: n >= 0,
    "为 0": lambda n: n == 0,
    "不为 0": lambda n: n != 0,
}
MARKS: dict[str, Callable[[float, float], bool]] = {
    "不足": lambda n, mark: n < mark,
    "不超过": lambda n, mark: n <= mark,
    "超过": lambda n, mark: n > mark,
    "达到": lambda n, mark: n >= mark,
    "等于": lambda n, mark: n == mark,
    "不等于": lambda n, mark: n != mark,
}


def holds(words: str, numbers: Mapping[str, float]) -> bool:
    """What a person understands who reads the condition."""
    parts, depth = [""], 0
    for sign in words:
        depth += (sign == "（") - (sign == "）")
        if sign == "，" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    if len(parts) > 1:
        joint, parts[-1] = parts[-1][:2], parts[-1][2:]
        assert joint in {"并且", "或者"}, words
        return (all if joint == "并且" else any)(holds(part, numbers) for part in parts)
    if words.startswith("（"):
        return holds(words[1:-1], numbers)
    if words in {"无论何种情形", "不存在这种情形"}:
        return words == "无论何种情形"
    codes = {name: code for code, name in NAMES.items()}
    found = re.fullmatch(r"((?:“.”、?)+)(均|有一项)?(.*)", words)
    assert found, words
    subjects = [numbers[codes[name]] for name in re.findall("“(.)”", found[1])]
    assert (len(subjects) > 1) is bool(found[2]), words
    claims = [claimed(found[3], number) for number in subjects]
    return any(claims) if found[2] == "有一项" else all(claims)


def claimed(predicate: str, number: float) -> bool:
    if predicate in PREDICATES:
        return bool(PREDICATES[predicate](number))
    word, _, mark = predicate.partition(" ")
    return MARKS[word](number, float(mark))


@given(text=conditions, numbers=values)
def test_a_condition_read_back_is_the_condition(text: str, numbers: dict[str, float]) -> None:
    words = when(text)
    assert holds(words, numbers) is (evaluated(parse(text), numbers) != 0), words


@given(text=anything)
def test_every_name_is_named_and_no_code_shows(text: str) -> None:
    expression = parsed(text)
    if expression is None:
        return
    for lang in Language:
        words = render(expression.words(nouns()), lang)
        for name in expression.names:
            shown = render(nouns()(name).words, lang)
            assert shown in words, (text, words)
        assert not re.search(r"\b(?:aa|bb|cc|dd|previous|cohort_mean|If)\b|[{}*/]", words), (text, words)
        opened, closed = ("（", "）") if lang is Language.ZH else ("(", ")")
        assert words.count(opened) == words.count(closed)
    assert not re.search(r"[A-Za-z]", zh(expression)), text
    assert not re.search(r"（（[^（）]*））", zh(expression)), text  # nothing stands in two pairs of brackets


@given(text=anything)
def test_a_condition_may_be_anything(text: str) -> None:
    expression = parsed(text)
    if expression is not None:
        for lang in Language:
            assert render(expression.condition(nouns()), lang)
            assert render(expression.zero(nouns()), lang)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if(aa > 0, 1, bb)", "“甲”大于 0，或者“乙”不为 0"),
        ("if(aa > 0, 0, bb)", "“甲”不大于 0，并且“乙”不为 0"),
        ("if(aa > 0, bb, 0)", "“甲”大于 0，并且“乙”不为 0"),
        ("if(aa > 0, bb, 1)", "“甲”不大于 0，或者“乙”不为 0"),
        ("if(aa > 0, 1, 1)", "无论何种情形"),
        ("0 < aa < 5", "“甲”大于 0，并且“甲”不足 5"),
        ("5 <= aa", "“甲”达到 5"),
        ("aa > bb", "“甲”多于“乙”"),
        ("aa + bb > 0 and cc > 0", "“甲”、“乙”合计大于 0，并且“丙”大于 0"),
        ("(aa > 0) == 0", "“甲”不大于 0"),
        ("(aa > 0) > 0", "“甲”大于 0"),
    ],
)
def test_conditions(text: str, expected: str) -> None:
    assert when(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aa", "“甲”填“是”"),
        ("not aa", "“甲”填“否”"),
        ("1 - aa", "“甲”填“否”"),
        ("aa == 1", "“甲”填“是”"),
        ("aa != 1", "“甲”填“否”"),
        ("aa > 0", "“甲”填“是”"),
        ("not (aa and bb)", "“甲”、“乙”有一项填“否”"),
        ("not (aa or bb)", "“甲”、“乙”均填“否”"),
        ("min(aa, bb)", "“甲”、“乙”均填“是”"),
        ("max(aa, bb)", "“甲”、“乙”有一项填“是”"),
        ("aa * bb", "“甲”、“乙”均填“是”"),
        ("aa + bb", "“甲”、“乙”有一项填“是”"),
    ],
)
def test_answers_of_questions(text: str, expected: str) -> None:
    assert when(text, {"aa": YES_NO, "bb": YES_NO}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aa == 0", "“甲”为“一档”"),
        ("aa != 0", "“甲”不为“一档”"),
        ("aa <= 1", "“甲”为“一档”、“二档”之一"),
        ("aa", "“甲”不为“一档”"),
        ("not aa", "“甲”为“一档”"),
    ],
)
def test_choices_are_called_by_their_options(text: str, expected: str) -> None:
    assert when(text, {"aa": Measure(Nature.CHOICE)}) == expected


def test_figures_are_measured_like_what_they_are_held_against() -> None:
    files, share, day = Measure(unit="件"), SHARE, Measure(Nature.DATE)
    assert when("aa >= 3", {"aa": files}) == "“甲”达到 3 件"
    assert when("aa >= 0.6", {"aa": share}) == "“甲”达到 60%"
    assert when("aa / bb >= 0.125", {"aa": files, "bb": files}) == "“甲” ÷ “乙”达到 12.5%"
    assert when("aa <= bb", {"aa": day, "bb": day}) == "“甲”不晚于“乙”"
    assert when("aa - bb <= 30", {"aa": day, "bb": day}) == "“甲” − “乙”不超过 30 天"
    assert zh(parse("1 - aa / bb"), {"aa": files, "bb": files}) == "100% − “甲” ÷ “乙”"
    assert zh(parse("min(aa / bb, 1)"), {"aa": files, "bb": files}) == "（“甲” ÷ “乙”）（超过 100% 的按 100% 计）"
    assert zh(parse("aa * 1"), {"aa": YES_NO}) == "“甲”（是计 1，否计 0）× 1"


def test_branches_come_one_after_another() -> None:
    text = "if(aa < 5, if(bb > 0, 1, 0.5), if(cc > 0, 2, 3))"
    lines = [render(case.line, Language.ZH) for case in parse(text).cases(nouns())]
    assert lines == [
        "“甲”不足 5，并且“乙”大于 0 的，为 1",
        "其他“甲”不足 5 的，为 0.5",
        "“丙”大于 0 的，为 2",
        "其他的，为 3",
    ]
    assert parse("1 + if(aa, 1, 2)").cases(nouns()) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aa / bb", "“乙”为 0"),
        ("aa / (bb + cc)", "“乙”、“丙”均为 0"),
        ("aa / bb + cc / dd", "“乙”、“丁”有一项为 0"),
        ("aa / (bb * cc)", "“乙”、“丙”有一项为 0"),
        ("aa / (bb - cc)", "“乙” − “丙”为 0"),
        ("aa / 2 / bb", "“乙”为 0"),
        ("bb", "“乙”为 0"),
        ("bb + cc", "“乙”、“丙”均为 0"),
    ],
)
def test_a_denominator_that_is_nothing(text: str, expected: str) -> None:
    assert render(parse(text).zero(nouns()), Language.ZH) == expected


FILES, PEOPLE, TENS = Measure(unit="件"), Measure(unit="人"), Measure(unit="万人")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aa / bb", SHARE),
        ("(aa + bb) / bb", SHARE),
        ("1 - aa / bb", SHARE),
        ("0.6 * aa / bb + 0.4 * bb / aa", SHARE),
        ("if(aa > 0, 1, aa / bb)", SHARE),
        ("abs(1 - aa / bb)", SHARE),
        ("100 * aa / bb", NUMBER),
        ("aa / bb * 100", NUMBER),
        ("aa / cc", Measure(unit="件/人")),
        ("aa / cc * 10000", Measure(unit="件/万人")),
        ("10000 * aa / cc", Measure(unit="件/万人")),
        ("aa / dd", Measure(unit="件/万人")),
        ("aa / 365", NUMBER),
        ("min(aa, bb) / 365", NUMBER),
        ("2 * aa", NUMBER),
        ("2 * aa + 2 * bb", NUMBER),
        ("2 * aa + bb", NUMBER),
        ("aa / bb / 2", SHARE),
        ("0.5 * aa / cc", NUMBER),
        ("(aa + bb) / 2", FILES),
        ("0.3 * aa + 0.7 * bb", FILES),
        ("(aa - bb) / 2", NUMBER),
        ("cc / 10000", TENS),
        ("dd * 10000", PEOPLE),
        ("dd / 10000", Measure(unit="亿人")),
        ("cc * 10000", NUMBER),
        ("aa / (cc / 10000)", Measure(unit="件/万人")),
        ("aa / (2 * cc)", NUMBER),
        ("aa - bb", FILES),
        ("aa + cc", NUMBER),
        ("ln(aa)", NUMBER),
        ("round(aa / bb, 4)", SHARE),
        ("floor(aa)", FILES),
        ("first(aa, bb, 0)", FILES),
        ("sqrt(aa)", NUMBER),
        ("pow(aa / bb, 1/3) - 1", SHARE),
        ("blank(aa)", YES_NO),
        ("aa > bb", YES_NO),
        ("not aa", YES_NO),
        ("cohort_mean(aa)", FILES),
        ("cohort_count(aa)", Measure(unit="个")),
        ("previous.cc", PEOPLE),
        ('score("01")', Measure(unit="分")),
        ("aa / bb - previous.aa / previous.bb", SHARE),
    ],
)
def test_what_a_value_is_measured_in(text: str, expected: Measure) -> None:
    assert parse(text).measure({"aa": FILES, "bb": FILES, "cc": PEOPLE, "dd": TENS}) == expected


UNITS = ["件", "件", "件", "元", "万元", "万人"]


@st.composite
def amounts(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Sums, means, multiples and quotients of fields, each named once; and what the fields are measured in."""
    units = {code: draw(st.sampled_from(UNITS)) for code in ("aa", "bb", "cc", "dd", "ee", "ff")}
    if draw(st.booleans()):
        units = dict.fromkeys(units, draw(st.sampled_from(UNITS)))
    left = list(units)

    def part(depth: int) -> str:
        if depth == 0 or len(left) < 2:
            return left.pop() if left else "1"
        one = part(depth - 1)
        match draw(st.sampled_from(["+", "-", "*", "/", "max", "if", "mean", "itself"])):
            case "+" | "-" as sign:
                return f"({one} {sign} {part(depth - 1)})"
            case "*" | "/" as sign:
                return f"{one} {sign} {draw(st.sampled_from(['2', '0.5', '3', '12', '100', '10000', '0.0001']))}"
            case "max":
                return f"max({one}, {part(depth - 1)})"
            case "if":
                return f"if({one} > 1, {one}, {part(depth - 1)})"
            case "mean":
                share = draw(st.sampled_from([0.5, 0.3]))
                return f"({share} * {one} + {1 - share} * {part(depth - 1)})"
        return one

    top = part(2)
    if draw(st.booleans()) and left:
        top = f"({top}) / ({part(1)})"
    return f"({top}) * {draw(st.sampled_from(['1', '2', '100', '10000']))}", units


@given(drawn=amounts(), numbers=st.lists(st.floats(1.5, 90), min_size=6, max_size=6, unique=True))
def test_a_figure_with_a_unit_is_a_number_of_that_unit(drawn: tuple[str, dict[str, str]], numbers: list[float]) -> None:
    text, units = drawn
    expression = parse(text)
    unit = expression.measure({code: Measure(unit=unit) for code, unit in units.items()}).unit
    answers = dict(zip(units, numbers, strict=True))
    if unit and math.isfinite(evaluated(expression, answers)):
        assert is_number_of(unit, lambda those: evaluated(expression, those), answers, units), (text, unit)


def test_a_figure_that_is_no_number_of_its_unit_is_seen() -> None:
    units, answers = {"aa": "件", "bb": "件", "cc": "人", "dd": "万元"}, {"aa": 3.0, "bb": 5.0, "cc": 7.0, "dd": 2.0}
    for text, unit, wanted in (
        ("aa + bb", "件", True),
        ("2 * aa", "件", False),
        ("2 * aa + bb", "件", False),
        ("(aa + bb) / 2", "件", True),
        ("aa / 12", "件", False),
        ("aa / cc", "件/人", True),
        ("aa / cc * 10000", "件/万人", True),
        ("aa / cc * 10000", "件/人", False),
        ("aa / cc / 2", "件/人", False),
        ("dd * 10000", "元", True),
        ("dd * 10000", "万元", False),
        ("cc / 10000", "万人", True),
    ):
        worth = partial(evaluated, parse(text))
        assert is_number_of(unit, worth, answers, units) is wanted, (text, unit)


def test_a_part_of_another_field_is_a_share_whatever_the_words_of_its_unit() -> None:
    part = Measure(unit="个", within="bb")
    assert parse("aa / bb").measure({"aa": part, "bb": Measure(unit="家")}) == SHARE
    assert parse("aa / bb").measure({"aa": Measure(unit="个"), "bb": Measure(unit="家")}) == Measure(unit="个/家")


@given(text=anything)
def test_everything_is_measured_somehow(text: str) -> None:
    expression = parsed(text)
    if expression is not None:
        assert isinstance(expression.measure({"aa": FILES, "bb": FILES, "cc": PEOPLE, "dd": SHARE}), Measure)
