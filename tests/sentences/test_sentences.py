"""Figures inside a sentence come from the trace: standards and reasons are read back and come to the score given.

No rule is asked: readers (``sentences/rules.py``, ``nodes.py``, ``groups.py``) have the two texts alone. A sentence
that no reader understands is a fault. What no sentence may say is looked for in every sentence, in both languages.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import everything
import numpy as np
import pytest
import scheme_runs
from random_rounds import SHARED, round_of
from scheme_runs import SCHEMES
from sentences import contradictions, formulas, groups, law
from sentences.figures import NUMBER, Span, UnreadError, WrongError, exact, plain, read, worked_out
from sentences.said import (
    ROOT,
    Said,
    of_cases,
    of_scores,
    of_the_rest,
    published_reports,
    published_systems,
    sample,
)
from sentences.tried import of_rules
from sentences.units import is_number_of

from lawgov_score.explanation import adjustments
from lawgov_score.explanation.group_working import how_it_came
from lawgov_score.explanation.standard import total_standard
from lawgov_score.expression import Expression
from lawgov_score.model import Scores, Tree
from lawgov_score.report import render
from lawgov_score.rules import KINDS
from lawgov_score.rules.field import FieldType
from lawgov_score.tree import load
from lawgov_score.wording import Language

INDICATORS = sorted(path.parent for path in (ROOT / "indicators").glob("**/tree.yaml"))
TREES = [*INDICATORS, *SCHEMES]
BATCHES = 8  # of schemes: most are small


@cache
def rounds_of(source: str) -> tuple[tuple[str, Scores], ...]:
    """The scored rounds of one source, by name."""
    match source:
        case "sample":
            return (("sample round", sample()),)
        case "published reports":
            return (("published reports", published_reports()),)
        case "published systems":
            return tuple(published_systems())
        case "everything":
            return (("everything", everything.a_round()),)
        case "random":
            return tuple((f"random {i}", round_of(i).scored()) for i in range(SHARED))
    scored = ((folder.name, scheme_runs.done(folder).scores) for folder in SCHEMES[int(source.split()[1]) :: BATCHES])
    return tuple((name, scores) for name, scores in scored if scores is not None)


SOURCES = ["sample", "published reports", "published systems", "everything", "random"]
SOURCES += [f"schemes {i}" for i in range(BATCHES)]
by_source = pytest.mark.parametrize("source", SOURCES)


@cache
def said_in(source: str, lang: Language) -> tuple[Said, ...]:
    """Every sentence of the rounds of one source."""
    return tuple(said for name, scores in rounds_of(source) for said in of_scores(name, scores, lang))


@cache
def the_tree(path: Path) -> Tree | None:
    """A tree; None where it contradicts itself on purpose."""
    return load(path)[0]


# ------------------------------------------------------------ the words come to the score


@by_source
def test_standards_and_reasons_come_to_the_score(source: str) -> None:
    said = said_in(source, Language.ZH)
    assert len([one for one in said if one.is_scored]) > 20
    assert law.faults(said) == []


def test_the_worked_cases_come_to_the_score() -> None:
    said = list(of_cases(Language.ZH))
    assert {one.kind for one in said} == set(KINDS)
    assert law.faults(said) == []


@pytest.mark.parametrize("path", TREES, ids=lambda path: path.name)
def test_every_standard_says_what_its_rule_gives(path: Path) -> None:
    """Figures at the lines, beside them and far from them: every line of a standard is met."""
    tree = the_tree(path)
    if tree is None:
        assert path.name.startswith("h-") or (path / "weights.yaml").exists()
        return
    assert law.faults(of_rules(tree, Language.ZH)) == []


@pytest.mark.parametrize("path", TREES, ids=lambda path: path.name)
def test_a_figure_with_a_unit_is_a_number_of_that_unit(path: Path) -> None:
    """Of a value that is worked out, what one more of each answer adds to it says what it is a number of."""
    tree = the_tree(path)
    for node in tree.indicators if tree is not None else ():
        value, unit = node.value, str(node.terms.value.measured_in)
        if value is None or value.only or node.measured_in or not unit or node.rule.VALUE_IS_SCORE:
            continue
        fields = {field.code: field for field in node.fields if field.code in value.names}
        if not set(value.names) <= set(fields) or any(field.type is FieldType.DATE for field in fields.values()):
            continue  # a difference of days; a figure of last year is measured as this year's
        answers = {
            code: 1.0 if field.type not in (FieldType.COUNT, FieldType.AMOUNT) else 5.0 + 1.7 * i
            for i, (code, field) in enumerate(fields.items())
        }

        def worth(those: Mapping[str, float], value: Expression = value) -> float:
            return float(value.evaluate({code: np.array([one]) for code, one in those.items()}).value[0])

        units = {code: field.measured_in for code, field in fields.items()}
        assert is_number_of(unit, worth, answers, units), (node.code, value.text, unit)


def test_every_kind_of_rule_and_way_is_reached() -> None:
    """Of each kind there is a reason that was worked out, not only full points and blanks."""
    worked = {
        one.kind
        for source in SOURCES
        for one in said_in(source, Language.ZH)
        if one.is_scored and one.reason and re.search(r"\d", one.reason)
    }
    ways = {"sum", "mean", "weighted_mean", "geometric_mean", "harmonic_mean", "min", "max", "weakest_link", "lookup"}
    assert {*KINDS, *ways, "expression"} - worked <= {"all_or_nothing", "veto_item"} - worked


# ------------------------------------------------------------ what no sentence may say


def contradictions_in(name: str, scores: Scores, zh: tuple[Said, ...], en: tuple[Said, ...]) -> Iterator[str]:
    """Every contradiction of one round."""
    names, titles = contradictions.names_of(scores.tree), contradictions.titles_of(scores.tree)
    numbers = {node.code for node in scores.tree.indicators if contradictions.is_no_share(node)}
    seen: set[tuple[str, str]] = set()
    for one, other in zip(zh, en, strict=True):
        for text, translated in ((one.standard, other.standard), (one.reason, other.reason)):
            if (text, translated) in seen:
                continue
            seen.add((text, translated))
            wrong = [
                *contradictions.in_words(text),
                *contradictions.in_words(translated),
                *contradictions.of_names(text, titles, names),
                *contradictions.disagree(text, translated),
                *(contradictions.of_deduction(text) if one.sign == "扣" and not one.is_group else ()),
                *(contradictions.of_a_number(text) if one.where.split()[-1] in numbers else ()),
            ]
            yield from (f"{one.where}: {what}\n  {text}\n  {translated}" for what in wrong)


@by_source
def test_no_sentence_contradicts_itself(source: str) -> None:
    zh, en = said_in(source, Language.ZH), said_in(source, Language.EN)
    wrong: list[str] = []
    for name, scores in rounds_of(source):
        mine = [tuple(one for one in said if one.where.startswith(f"{name} ")) for said in (zh, en)]
        wrong += contradictions_in(name, scores, *mine)
    assert wrong == []


@by_source
def test_nothing_else_that_is_said_contradicts_itself(source: str) -> None:
    wrong: list[str] = []
    for name, scores in rounds_of(source):
        names, titles = contradictions.names_of(scores.tree), contradictions.titles_of(scores.tree)
        texts = {(render(one, Language.ZH), render(one, Language.EN)) for one in of_the_rest(scores)}
        for text, translated in sorted(texts):
            found = [*contradictions.in_words(text), *contradictions.in_words(translated)]
            found += [*contradictions.of_names(text, titles, names), *contradictions.disagree(text, translated)]
            wrong += [f"{name}: {what}\n  {text}\n  {translated}" for what in found]
    assert wrong == []


@by_source
def test_totals_and_registers_add_up(source: str) -> None:
    for _, scores in rounds_of(source):
        said = total_standard(scores.tree)
        standard = "" if said is None else render(said, Language.ZH)
        for row in range(len(scores.units)):
            for line in adjustments.adjustment_phrases(scores, row):
                groups.register_line(render(line, Language.ZH))
            came = how_it_came(scores, row, scores.tree)
            if came is not None:
                _, printed = groups.told_by(standard, render(came, Language.ZH))
                assert read(printed).holds(float(scores.raw_total[row])), (scores.units[row].code, printed)


# ------------------------------------------------------------ each check can fail


def a_deduction(**changed: object) -> Said:
    standard = "满分 1 分，迟报的文件每 1 件扣 0.25 分，扣完为止。"
    reason = "迟报的文件 2 件（2 × 0.25），扣 0.5 分，得 1 − 0.5 = 0.5 分"
    said = Said("here", "deduction", standard, reason, 0.5, 1.0, worth=1.0)
    return replace(said, **changed)  # type: ignore[arg-type]  # as the fields are


def test_a_sentence_that_is_right_has_no_fault() -> None:
    assert law.fault(a_deduction()) == ""


def test_a_score_kept_to_less_than_cents_is_rounded_in_words() -> None:
    reason = "迟报的文件 1 件（1 × 0.25），扣 0.25 分，得 1 − 0.25 = 0.75 分，四舍五入为 0.8 分"
    assert law.fault(a_deduction(reason=reason, score=0.8, decimals=1)) == ""
    assert law.fault(a_deduction(reason=reason, score=0.7, decimals=1)) != ""
    assert law.fault(a_deduction(reason=reason.replace("0.75 分，", "0.8 分，"), score=0.8, decimals=1)) != ""


@pytest.mark.parametrize(
    ("sum_of", "score", "is_right"),
    [
        ("25 × 33.33% ÷ 100% = 8.33 分，四舍五入为 8 分", 8.0, True),
        ("25 × 33.33% ÷ 100% = 8 分", 8.0, False),
        ("25 × 33.33% ÷ 100% = 8.33 分，四舍五入为 9 分", 9.0, False),
        ("25 × 33.33% ÷ 100% = 8.34 分，四舍五入为 8 分", 8.0, False),
    ],
)
def test_a_sum_comes_to_what_is_said_of_it_before_it_is_rounded(sum_of: str, score: float, *, is_right: bool) -> None:
    standard = "办结率达到 100% 得 25 分，未达到的按所占比例得分（25 × 办结率 ÷ 100%）。"
    reason = f"办结率 33.33%，低于目标 100%，得 {sum_of}"
    said = Said("here", "proportional", standard, reason, score, 25.0, worth=25.0, decimals=0)
    assert (law.fault(said) == "") is is_right


@pytest.mark.parametrize(
    ("sum_of", "is_right"),
    [("（−1 件 −（−3 件））÷（3 件 −（−3 件））", True), ("（−1 件 − −3 件）÷（3 件 − −3 件）", False)],
)
def test_a_negative_figure_behind_a_minus_is_in_brackets(sum_of: str, *, is_right: bool) -> None:
    standard = "增减达到 3 件得 2 分，−3 件及以下不得分，其间按比例（线性）计分。"
    reason = f"增减 −1 件，低于 3 件，得 2 ×{sum_of}= 0.67 分"
    assert (law.fault(Said("here", "linear", standard, reason, 0.67, 2.0, worth=2.0, decimals=2)) == "") is is_right


def test_the_trees_own_sentence_stands_beside_the_computed_one() -> None:
    own = "迟报文件的，每件扣 0.25 分。"
    assert law.fault(a_deduction(standard=f"{own}计算方法：{a_deduction().standard}")) == ""
    assert law.fault(a_deduction(standard=own)) != ""
    assert law.fault(a_deduction(kind="quadratic")) != ""  # a kind without a reader


@pytest.mark.parametrize(
    "changed",
    [
        {"score": 0.25},
        {"reason": "迟报的文件 3 件（3 × 0.25），扣 0.5 分，得 1 − 0.5 = 0.5 分"},
        {"reason": "迟报的文件 2 件（3 × 0.25），扣 0.5 分，得 1 − 0.5 = 0.5 分"},
        {"reason": "迟报的文件 2 件（2 × 0.3），扣 0.5 分，得 1 − 0.5 = 0.5 分"},
        {"reason": "迟报的文件 2 件（2 × 0.25），扣 0.5 分，得 2 − 0.5 = 0.5 分"},
        {"reason": "迟报的文件 2 件（2 × 0.25），扣 0.5 分，得 1 − 0.6 = 0.5 分"},
        {"reason": "迟报的文件 2 件（2 × 0.25），应扣 0.5 分，扣完为止，得 0 分"},
        {"reason": "晚报的文件 2 件（2 × 0.25），扣 0.5 分，得 1 − 0.5 = 0.5 分"},
        {"reason": "有些迟报，得 0.5 分"},
        {"reason": ""},
        {"standard": "满分 1 分，迟报的文件每 1 件扣 0.2 分，扣完为止。"},
        {"standard": "满分 2 分，迟报的文件每 1 件扣 0.25 分，扣完为止。"},
        {"standard": "迟报的文件酌情扣分。"},
        {"standard": "满分 1 分，迟报的文件每 1 件扣 0.25 分，扣完为止。另有规定的除外。"},
        {"reason": "扣分项：迟报的文件 2 件（2 × 0.25），扣 0.5 分，得 1 − 0.5 = 0.5 分"},
        {"reason": "复核改分：原得 0.5 分，改为得 0.75 分（理由；甲，2024年1月2日）"},
    ],
    ids=str,
)
def test_a_wrong_sentence_is_seen(changed: dict[str, object]) -> None:
    assert law.fault(a_deduction(**changed)) != ""


@pytest.mark.parametrize(
    ("reason", "is_right"),
    [
        ("省级表彰 2 次；市级表彰 9 次，最高一级为省级表彰，计 1 分，得 1 分（满分 3 分）", True),
        ("省级表彰 2 次（2 × 1）；市级表彰 9 次（9 × 0.5），只计最高一级，得 1 分（满分 3 分）", False),
        ("省级表彰 2 次（2 × 1）；市级表彰 9 次（9 × 0.5），得 1 分（满分 3 分）", False),
        ("省级表彰 2 次；市级表彰 9 次，最高一级为市级表彰，计 0.5 分，得 1 分（满分 3 分）", False),
        ("省级表彰 2 次；市级表彰 9 次，最高一级为省级表彰，计 2 分，得 1 分（满分 3 分）", False),
        ("省级表彰 0 次；市级表彰 9 次，最高一级为省级表彰，计 1 分，得 1 分（满分 3 分）", False),
    ],
)
def test_only_the_highest_level_is_said_to_count(reason: str, is_right: bool) -> None:
    standard = "有省级表彰的得 1 分；有市级表彰的得 0.5 分；只计最高一级，不累计，最高 3 分。"
    assert (law.fault(Said("here", "count_cap", standard, reason, 1.0, 3.0, worth=3.0)) == "") is is_right


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("报备率 90%，未达到 90%，不得分", "equal to its line"),
        ("报备率 100%，低于目标 100%，得 1 × 100% ÷ 100% = 1 分", "equal to its line"),
        ("报备率 95%，未达到 90%，不得分", "equal to its line"),
        ("天数 3 天，超过 3 天，不得分", "equal to its line"),
        ("办结率 90%，比 90% 低 0 个百分点，每低 1 个百分点扣 0.1 分", "equal to its line"),
        ("报备率 is", ""),
        ("rate 90% is below 90%: no points", "equal to its line"),
        ("得 0.30000000000000004 分", "float dust"),
        ("得 1e-07 分", "float dust"),
        ("0.67 off, 2 − 1 = 1 points", "one of many"),
        ("the rate is 36.67 point below 98", "one of many"),
        ("0.1 points off for every 1 percentage point", ""),
        ("指数达到 98 得 1.5 分，每低 1 扣 0.1 分", "no measure"),
        ("表彰每 1 得 2 分", "no measure"),
        ("“”未填报，不得分", "left out"),
        ("{name} 3 件", "left out"),
        ("得 nan 分", "left out"),
        ("其余不得分。；最低 1 分", "stops"),
    ],
)
def test_a_contradiction_is_seen(text: str, what: str) -> None:
    found = list(contradictions.in_words(text))
    assert [what in one for one in found] == ([True] if what else [])


def test_points_given_for_a_deduction_are_seen() -> None:
    assert list(contradictions.of_deduction("败诉件数每 1 件得 2 分，最高 4 分。")) != []
    assert list(contradictions.of_deduction("败诉件数 2 件（2 × 2），得 4 分（满分 4 分）")) != []
    assert list(contradictions.of_deduction("败诉件数每 1 件扣 2 分，最多扣 4 分。")) == []


def test_a_share_that_is_no_share_is_seen() -> None:
    assert list(contradictions.of_a_number("编制密度 3934.43%，同组最高 3934.43%")) != []
    assert list(contradictions.of_a_number("编制密度 39.34 名/万人，同组最高 39.34 名/万人")) == []
    assert list(contradictions.of_a_number("“人口”为 0 的，得本项分值的 60%。")) == []


def test_a_code_without_its_title_is_seen() -> None:
    titles, names = {"V1": "瞒报", "01-2": "备案"}, frozenset({"瞒报", "备案", "迟报件数"})
    for text in ("触发一票否决：V1。", "按算式计算：01-2 的得分", "late 每 1 件扣 1 分", '按算式计算：score("01-2")'):
        assert list(contradictions.of_names(text, titles, names)) != [], text
    for text in (
        "触发一票否决“瞒报”（V1），本项记 0 分",
        "“01-2 备案”列在别处",
        "迟报件数（B3：“约3”）填报有误，不得分",
    ):
        assert list(contradictions.of_names(text, titles, names)) == [], text


@pytest.mark.parametrize(
    "line",
    [
        "表彰（A1）+2 分：先进（2024年5月1日） +1.5 分",
        "表彰（A1）+4 分：先进 +3 分；示范 +2 分；合计 +4 分，本项以 4 分为限，计 +4 分",
        "表彰（A1）+4 分：先进 +3 分；示范 +2 分；合计 +5 分，本项以 4 分为限，计 +3 分",
        "表彰加分",
    ],
)
def test_a_register_that_does_not_add_up_is_seen(line: str) -> None:
    groups.register_line("表彰（A1）+4 分：先进 +3 分；示范 +2 分；合计 +5 分，本项以 4 分为限，计 +4 分")
    with pytest.raises((UnreadError, WrongError)):
        groups.register_line(line)


@pytest.mark.parametrize(
    ("standard", "reason"),
    [
        ("取下级得分的算术平均", "算术平均（1、2）= 1.6"),
        ("下级得分相加", "相加（5、−1）= 6"),
        ("取下级得分的几何平均", "几何平均（2、8）= 5"),
        ("下级得分相加；最高 4 分", "相加（5、1）= 6；不超过 5 分，取 5"),
        ("下级得分相加；最高 4 分", "相加（5、1）= 6；不超过 4 分，取 5"),
        ("下级得分相加；下级合计 16 分，折算为 8 分", "相加（4）= 4；折算 5 ÷ 16 × 8 = 2.5"),
        ("下级得分相加；下级合计 16 分，折算为 8 分", "相加（4）= 4；折算 4 ÷ 16 × 8 = 3"),
        ("下级得分相加；四舍五入到 1 位小数后再计入上级", "相加（4.44）= 4.44；舍入为 4.5"),
        ("下级得分相加", "相加（4）= 4；另加 2 分"),
        ("按算式计算：“甲”得分 + 2 × “乙”得分", "按算式（“甲”得分 + 2 × “乙”得分）计算：“甲”得分 1、“乙”得分 2，得 6"),
        ("按算式计算：“甲”得分 + “乙”得分", "按算式（“甲”得分 + 2 × “乙”得分）计算：“甲”得分 1、“乙”得分 2，得 5"),
    ],
)
def test_a_wrong_sum_of_a_group_is_seen(standard: str, reason: str) -> None:
    with pytest.raises((UnreadError, WrongError)):
        groups.told_by(standard, reason)


def test_formulas_in_words_are_worked_out() -> None:
    known: dict[str, Span | str | None] = {
        "“甲”": exact("6"),
        "“乙”": exact("3"),
        "“级别”": "省级",
        "“是否公开”": exact("1"),
    }
    for text, wanted in (
        ("“甲” ÷ “乙” − 1", 1.0),
        ("（“甲” + “乙”）÷ 3", 3.0),
        ("“甲” ÷ “乙”（超过 100% 的按 100% 计）", 1.0),
        ("“甲”与 10 之差的绝对值", 4.0),
        ("“甲”与“乙”两者中较小的", 3.0),
        ("“甲”达到 5 件，并且“是否公开”填“是”的，为“乙” × 2；其他的，为 0", 6.0),
        ("“级别”为“国家级”的，为 3；“级别”为“省级”、“市级”之一的，为 2；其他的，为 0", 2.0),
    ):
        assert formulas.value(text, known).holds(wanted), text
    for text, wanted in (("“甲”多于“乙” + 3", 0.0), ("“甲”、“乙”均大于 0", 1.0), ("“甲”不足 6 件，或者“乙”为 3", 1.0)):
        assert formulas.holds(text, known).low == wanted, text
    with pytest.raises(UnreadError):
        formulas.value("“丙” + 1", known)


def test_two_languages_that_disagree_are_seen() -> None:
    assert list(contradictions.disagree("得 1.5 分，每迟 2 日扣 0.1 分", "1.5 points, 0.1 off for every 3 days")) != []
    assert list(contradictions.disagree("报送日期为 2021年4月7日", "filed 2021-04-08")) != []
    assert list(contradictions.disagree("报送日期为 2021年4月7日，不得分", "filed 2021-04-07: 0 points")) == []


def test_figures_are_known_as_far_as_they_are_printed() -> None:
    assert read("33.33%").holds(1 / 3)
    assert not read("33.33%").holds(0.33340)
    assert not exact("90%").holds(0.89999)
    assert plain("−1") == -1
    assert plain("5 个百分点") == 0.05
    assert worked_out("2 ×（83.33% − 50%）÷（100% − 50%）").holds(4 / 3)
    with pytest.raises(UnreadError):
        worked_out("2 × × 3")
    with pytest.raises(WrongError):
        worked_out("1 ÷ 0")


# ------------------------------------------------------------ every figure is read

_FIGURES = re.compile(rf"(?<![\w“-]){NUMBER}")


def changed_figures(text: str) -> Iterator[tuple[str, str]]:
    """The text with one figure changed, for each; and where that was."""
    for found in _FIGURES.finditer(text):
        printed = found[0].replace("−", "-").replace(",", "")
        decimals = len(printed.partition(".")[2])
        other = f"{float(printed) + {0: 1, 1: 0.1}.get(decimals, 0.03):.{decimals}f}"
        where = text[max(found.start() - 12, 0) : found.start()] + "<>" + text[found.end() : found.end() + 8]
        yield text[: found.start()] + other + text[found.end() :], re.sub(NUMBER, "#", where)


def unread_figures(said: list[Said]) -> set[str]:
    """Places of figures that may be changed without a fault: of a reason at once, of a standard for all who have it."""
    unread = set()
    for one in said:
        if one.is_scored and one.reason:
            changed = ((replace(one, reason=text), where) for text, where in changed_figures(one.reason))
            unread |= {f"{one.kind} reason {where}" for other, where in changed if not law.fault(other)}
    by_standard: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        by_standard.setdefault((one.kind, one.standard), []).append(one)
    for (kind, standard), those in by_standard.items():
        for text, where in changed_figures(standard):
            if not any(law.fault(replace(one, standard=text)) for one in those):
                unread.add(f"{kind} standard {where}")
    return unread


def test_every_figure_of_a_sentence_is_read() -> None:
    """Change any one figure, and the law sees it."""
    trees = [the_tree(path) for path in SCHEMES if path.name.startswith("b-")]
    said = [one for tree in trees if tree is not None for one in of_rules(tree, Language.ZH)]
    assert {one for one in unread_figures(said) if not one.startswith("by_place")} <= FREE


def test_every_figure_of_points_by_place_is_read() -> None:
    """By the units of its scheme: among the many above nobody is second. Places that give the same are alike."""
    folder = next(path for path in SCHEMES if path.name == "b-points-by-place")
    scores = scheme_runs.done(folder).scores
    assert scores is not None
    said = [one for one in of_scores(folder.name, scores, Language.ZH) if one.kind == "by_place" and not one.is_group]
    assert len(said) == 16
    assert all("居同组第 <> 名" in one for one in unread_figures(said))


# Where only the highest level counts it does not matter how many there are.
# Whoever has nothing gets nothing, whatever the highest of the cohort is.
# Mean, deviation and their number are each rounded: the last digit of a large deviation moves no score.
# Where nobody is equal it does not matter what equals get.
FREE = {
    "count_cap reason 市级推广 <> 项，最高一级为",
    "relative reason 件数 # 件，同组最高 <> 件，不得分",
    "relative reason 数 # 件，同组中位数 <> 件，不得分",
    "normalised reason 单位的平均数），标准差 <> 条，比平均好 ",
    "normalised reason 单位的平均数），标准差 <> 条，比平均差 ",
    "normalised standard ；同组各单位都相同的得 <> 分。",
}
