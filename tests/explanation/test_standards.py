"""评分标准 of indicators, groups, parts and the total: what is printed is what is computed.

Reaches ``explanation/standard.py``, ``explanation/calculation.py``, ``explanation/ways.py``.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_field, a_group, a_rule, a_small_sample, a_submission, a_tree, a_unit, an_indicator

from lawgov_score.explanation.figures import value_phrase
from lawgov_score.explanation.standard import group_standard, part_standard, standard, total_standard
from lawgov_score.model import Group, Indicator, OnZero, Tree, Veto, WhenZero
from lawgov_score.pipeline import load_tree
from lawgov_score.report import render
from lawgov_score.rules.field import Field
from lawgov_score.scoring import score
from lawgov_score.wording import Language

ROOT = Path(__file__).parent.parent.parent
TREES = sorted(path.parent for path in ROOT.glob("indicators/**/tree.yaml"))
SCHEMES = sorted(path.parent for path in ROOT.glob("tests/schemes/*/tree.yaml"))


def zh(indicator: Indicator, tree: Tree | None = None) -> str:
    return render(standard(tree or a_tree(indicators=[indicator]), indicator), Language.ZH)


def en(indicator: Indicator) -> str:
    return render(standard(a_tree(indicators=[indicator]), indicator), Language.EN)


def a_count(code: str, name: str, measured_in: str = "件", **other: object) -> Field:
    return a_field(code=code, name=name, type="count", measured_in=measured_in, **other)


def a_question(code: str = "y", name: str = "资金是否被核减") -> Field:
    return a_field(code=code, name=name, type="yes_no")


# ------------------------------------------------------------ the name of a value


@pytest.mark.parametrize("kind", [{"kind": "deduction", "each": 2}, {"kind": "count_cap", "each": 0.5}])
def test_one_field_that_is_scored_gives_the_value_its_name(kind: dict[str, object]) -> None:
    asked = a_count("lacks", "缺少履历材料份数", "份")
    text = zh(an_indicator(title="履历材料", points=4.0, fields=[asked], rule=kind))
    assert "缺少履历材料份数每 1 份" in text
    named = zh(an_indicator(title="履历材料", points=4.0, fields=[asked], rule=kind, value_name="缺件"))
    assert "缺件每 1 份" in named


def test_a_value_of_several_fields_is_called_as_the_indicator_and_defined() -> None:
    asked = [a_count("late", "迟报件数"), a_count("lost", "漏报件数")]
    deduction = {"kind": "deduction", "each": 1}
    text = zh(an_indicator(title="报送", points=5.0, fields=asked, value="late * 0.5 + lost", rule=deduction))
    assert "报送指标值每 1 " in text
    assert "其中，报送指标值 = “迟报件数” × 0.5 + “漏报件数”。" in text


def test_a_ratio_is_defined_only_where_the_tree_gives_it_no_name() -> None:
    asked = [a_count("done", "办结件数"), a_count("all", "受理件数")]
    rate = {"fields": asked, "value": "done / all", "on_zero": "zero", "title": "办结"}
    assert "其中，办结 = “办结件数” ÷ “受理件数”。" in zh(an_indicator(**rate))  # type: ignore[arg-type]
    assert "其中" not in zh(an_indicator(**rate, value_name="办结率"))  # type: ignore[arg-type]


def test_a_value_is_not_called_as_a_field_that_it_is_worked_out_from() -> None:
    asked = [a_field(code="r", name="下沉比例")]
    rule = {"kind": "shortfall", "target": 0, "step": "1%", "each": 0.1, "steps": "floor"}
    text = zh(an_indicator(title="下沉比例", fields=asked, value="r - cohort_mean(r)", rule=rule))
    assert text.startswith("下沉比例指标值达到 0% 得 1 分")
    assert "下沉比例指标值 = “下沉比例” − 同组平均“下沉比例”" in text


def test_a_value_that_is_the_score_is_measured_in_points() -> None:
    asked = [a_count("n", "编制数", "名")]
    indicator = an_indicator(
        points=4.0, title="变动", fields=asked, value="min(3.5 + 0.05 * n, 4)", rule={"kind": "as_given"}
    )
    assert indicator.terms.value.measured_in == "分"
    assert "（3.5 + 0.05 × “编制数”）（超过 4 的按 4 计）" in zh(indicator)
    mixed = [a_count("n", "迟报次数", "次"), a_count("m", "漏报件数")]
    deduction = {"kind": "deduction", "each": 1}
    text = zh(an_indicator(fields=mixed, value="0.5 * n + m", value_name="应扣分数", rule=deduction))
    assert "应扣分数每 1 分扣 1 分" in text


# ------------------------------------------------------------ yes or no, conditions, branches


def test_the_answer_that_scores_is_named() -> None:
    rule = {"kind": "all_or_nothing"}
    negated = an_indicator(points=60.0, fields=[a_question()], value="not y", rule=rule)
    assert zh(negated) == "资金是否被核减：填“否”得 60 分，填“是”不得分。"
    assert en(negated) == '资金是否被核减: 60 points for "no", none for "yes".'
    assert "填“是”得 60 分，填“否”不得分" in zh(an_indicator(points=60.0, fields=[a_question()], rule=rule))
    veto = an_indicator(fields=[a_question()], rule={"kind": "veto_item"})
    assert "填“否”得 1 分，填“是”的，本项不得分" in zh(veto)
    counted = an_indicator(fields=[a_question()], value="not y", rule={"kind": "count_cap", "each": 1})
    assert "资金是否被核减填“否”得 1 分" in zh(counted)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("y and n > 0", "“资金是否被核减”填“是”，并且“件数”大于 0 的，得 2 分，否则不得分"),
        ("if(previous.score >= 2, 1, y)", "上年得分达到 2 分，或者“资金是否被核减”填“是”的，得 2 分"),
    ],
)
def test_a_condition_is_said(value: str, expected: str) -> None:
    asked = [a_question(), a_count("n", "件数")]
    rule = {"kind": "all_or_nothing"}
    assert expected in zh(an_indicator(points=2.0, fields=asked, value=value, rule=rule))


def test_branches_are_said_one_after_another() -> None:
    asked = [a_count("n", "本年件数"), a_count("m", "上报件数")]
    indicator = an_indicator(
        title="变动", points=4.0, fields=asked, value="if(n >= previous.n, 4, m / 2)", rule={"kind": "as_given"}
    )
    assert "变动：“本年件数”不少于上年“本年件数”的，为 4；其他的，为“上报件数” ÷ 2。" in zh(indicator)


def test_what_is_no_condition_is_no_question() -> None:
    asked = [a_count("due", "应备案数"), a_count("filed", "已备案数")]
    veto = an_indicator(title="漏备", fields=asked, value="due - filed", rule={"kind": "veto_item"})
    assert "“应备案数” − “已备案数”大于 0 的，本项不得分" in zh(veto)


# ------------------------------------------------------------ measures


def of_units(value: str, rule: dict[str, object], first: Field, second: Field, **other: object) -> Indicator:
    fields = [first, second]
    return an_indicator(title="配置", fields=fields, value=value, on_zero="zero", rule=rule, **other)  # type: ignore[arg-type]


BEST: dict[str, object] = {"kind": "relative", "against": "best", "better": "higher"}


def test_a_quotient_of_unlike_things_has_its_measure_and_is_no_share() -> None:
    staff, people = a_count("n", "编制数", "名"), a_count("p", "常住人口", "万人")
    indicator = of_units("n / p", BEST, staff, people)
    scores = score(
        a_tree(indicators=[indicator]),
        (a_unit(code="A"),),
        [a_submission(unit="A", answers={"01-1.n": 236, "01-1.p": 6})],
    )
    told = value_phrase(scores, 0, indicator)
    assert told is not None
    assert re.fullmatch(r"39\.33\d* 名/万人", render(told, Language.ZH))
    target = of_units("n / p", {"kind": "proportional", "target": 5}, staff, people)
    assert "配置达到 5 名/万人得 1 分" in zh(target)
    said = of_units("n / p", {"kind": "proportional", "target": 5}, staff, people, measured_in="名")
    assert "配置达到 5 名得 1 分" in zh(said)


def test_a_value_that_is_held_against_percentages_is_a_share() -> None:
    done, due = a_count("n", "完成数", "项"), a_count("p", "任务数", "个")
    indicator = of_units("n / p", {"kind": "shortfall", "target": "90%", "step": "1%", "each": 0.1, "steps": "linear"},
                         done, due)  # fmt: skip
    assert indicator.terms.value.is_share
    assert "每低 1 个百分点扣 0.1 分，不足 1 个百分点的按比例扣" in zh(indicator)


def test_marks_of_a_share_are_percentages_however_they_are_written() -> None:
    done, due = a_count("n", "完成数"), a_count("p", "任务数")
    plain = {"kind": "linear", "zero_at": 0.5, "full_at": 1}
    assert "达到 100% 得 1 分，50% 及以下不得分" in zh(of_units("n / p", plain, done, due))


def test_the_columns_of_a_vote_are_said_together() -> None:
    levels = [{"code": "a", "name": "满意", "worth": 100}, {"code": "b", "name": "基本满意", "worth": 100},
              {"code": "c", "name": "不满意", "worth": 0}]  # fmt: skip
    rule = a_rule(kind="rating", asks="评价", levels=levels, full_at=98, step=1, each=0.1, points=1.5)
    vote = an_indicator(title="满意率", points=1.5, rule=rule, fields=rule.fields)
    text = zh(vote)
    assert "“满意”、“基本满意”的票数占总票数的比例为满意率" in text
    assert "达到 98% 得 1.5 分，每低 1 个百分点扣 0.1 分，不足 1 个百分点的按比例扣" in text


# ------------------------------------------------------------ 扣分项, vetoes, small samples, the tree's own words


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"kind": "count_cap", "each": 2}, "件数每 1 件扣 2 分，最多扣 4 分。"),
        ({"kind": "all_or_nothing", "at_least": 3}, "件数达到 3 件扣 4 分，否则不扣分。"),
        ({"kind": "as_given"}, "按“件数”直接扣分，最少扣 0 分，最多扣 4 分。"),
        ({"kind": "linear", "zero_at": 0, "full_at": 8}, "件数达到 8 件扣 4 分，0 件及以下不扣分，"),
        ({"kind": "tiers", "tiers": [{"at_least": 2, "score": 4}]}, "达到 2 件扣 4 分；其余不扣分。"),
        ({"kind": "proportional", "target": 8}, "件数达到 8 件扣 4 分，未达到的按所占比例扣分"),
        ({"kind": "deduction", "each": 1}, "扣分项：按下列标准得出的分，从上级得分中扣减。"),
    ],
)
def test_what_is_taken_off_is_said_so(rule: dict[str, object], expected: str) -> None:
    off = an_indicator(points=4.0, fields=[a_count("n", "件数")], rule=rule, weight=-1.0, is_taken_off=True)
    text = zh(off)
    assert expected in text
    if "扣分项" not in expected:
        assert "得" not in text
    part = render(part_standard(a_tree(indicators=[off]), off), Language.ZH)  # type: ignore[arg-type]
    assert part.startswith("扣分项")


def test_a_group_that_is_taken_off_takes_off_what_is_below(tmp_path: Path) -> None:
    field = "{code: n, name: 件数, type: count, measured_in: 件}"
    node = f"applies_to: all, basis: 试例, fields: [{field}], rule: {{kind: count_cap, each: 1}}"
    (tmp_path / "tree.yaml").write_text(
        f"""
code: x
title: 试验
edition: "2024"
year: 2024
points: 5
levels: [类, 小项]
unit_types: [{{code: u, name: 单位}}]
cohorts: [{{code: all, name: 全部, unit_types: [u]}}]
policies: {{rounding: {{indicator: 2, group: null, total: 2}}, rank: {{by: rounded, ties: shared}}, missing: zero,
  not_applicable: total, invalid: score_valid, claims: await_review}}
nodes:
  - {{code: "1", title: 加, points: 5, children: [{{code: "1-1", title: 甲, points: 5, {node}}}]}}
  - {{code: "2", title: 扣, points: 3, weight: -1, children: [{{code: "2-1", title: 乙, points: 3, {node}}}]}}
""",
        "utf-8",
    )
    tree, problems = load_tree(tmp_path)
    assert tree is not None, problems
    assert [one.is_taken_off for one in tree.indicators] == [False, True]
    assert "每 1 件扣 1 分" in zh(tree.indicators[1], tree)


def test_a_veto_is_named_with_its_condition_and_effects() -> None:
    asked = [a_count("n", "造假卷数", "卷")]
    indicator = an_indicator(fields=asked, rule={"kind": "veto_item"}, vetoes={"V1": "n > 0"})
    tree = a_tree(indicators=[indicator], vetoes=(Veto("V1", "涂改造假", total_zero=True),))
    text = zh(indicator, tree)
    assert "“造假卷数”大于 0 的，触发一票否决“涂改造假”（V1）：总分记 0 分。" in text


def test_a_small_sample_is_sized_in_its_measure() -> None:
    asked = [a_count("n", "甲类案件"), a_count("m", "乙类案件")]
    small = a_small_sample(of="n + m", below=5)
    indicator = an_indicator(fields=asked, value="n / (n + m)", on_zero="full", small_sample=small)
    assert "“甲类案件” + “乙类案件”不足 5 件的" in zh(indicator)
    assert "“甲类案件”、“乙类案件”均为 0 的，得满分" in zh(indicator)


@pytest.mark.parametrize("own", ["每迟报一次扣 0.5 分", "每迟报一次扣 0.5 分。"])
def test_the_trees_own_sentence_stands_beside_the_computed_one(own: str) -> None:
    rule = {"kind": "deduction", "each": 0.5}
    plain = an_indicator(fields=[a_count("n", "迟报次数", "次")], rule=rule)
    told = an_indicator(fields=[a_count("n", "迟报次数", "次")], rule=rule, standard=own)
    assert zh(told) == f"每迟报一次扣 0.5 分。计算方法：{zh(plain)}"
    assert en(told).endswith(en(plain))
    rows = [a_group(code="1", standard=own), a_group(code="2", standard=own, cap=1.0)]
    tree = a_tree(children=rows)
    texts = [render(group_standard(tree, one), Language.ZH) for one in rows]  # type: ignore[arg-type]
    assert texts[0] == own
    assert texts[1].startswith("每迟报一次扣 0.5 分。计算方法：下级得分相加；最高 1 分")


# ------------------------------------------------------------ groups, parts, the total


def test_a_place_of_a_sum_is_said_of_the_sum() -> None:
    rule = a_rule(kind="relative", against="place", better="higher", each=1, points=20.0)
    group = a_group(code="2", title="编制总量", points=20.0, rule=rule)
    text = render(group_standard(a_tree(children=[group]), group), Language.ZH)  # type: ignore[arg-type]
    assert text.startswith(
        "下级得分相加。汇总后计分：按下级得分之和在同组从高到低排名：第 1 名得 20 分，每降 1 名扣 1 分"
    )
    assert group_standard(a_tree(children=[plain := a_group(code="3")]), plain) is None


def test_the_blend_and_its_parts() -> None:
    tree, _ = load_tree(ROOT / "tests" / "schemes" / "e-blend")
    assert tree is not None
    total = total_standard(tree)
    assert total is not None
    assert "“01 单位自评” 30%" in render(total, Language.ZH)
    parts = [part_standard(tree, node) for node in tree.children]
    assert [render(one, Language.ZH) for one in parts if one is not None] == [
        "按 30% 的权重计入总分",
        "按 50% 的权重计入总分",
        "按 20% 的权重计入总分",
    ]


# ------------------------------------------------------------ every tree there is


def loaded(folder: Path) -> Tree | None:
    for weights in (None, *(path for path in folder.glob("*.yaml") if path.name != "tree.yaml")):
        tree, _ = load_tree(folder, weights)
        if tree is not None:
            return tree
    return None


@pytest.mark.parametrize("folder", [*TREES, *SCHEMES], ids=lambda folder: folder.name)
def test_every_standard_reads_as_an_office_would_write_it(folder: Path) -> None:
    tree = loaded(folder)
    if tree is None:
        assert folder.name in {"h-contradictions", "h-target-twice"}  # these have errors, which is what they show
        return
    vetoes = {veto.code for veto in tree.vetoes}
    for node in tree.shown_once:
        told = group_standard(tree, node) if isinstance(node, Group) else standard(tree, node)
        if told is None:
            continue
        text = render(told, Language.ZH)
        assert not re.search(r"。；|；。|，，|。。|  |（（[^（）]*））| 的 |\d的|score\(|previous|cohort", text), text
        assert text.count("（") == text.count("）"), text
        assert render(told, Language.EN), node.code
        if isinstance(node, Group):
            continue
        assert not any(re.search(rf"一票否决[：“]?{code}\b", text) for code in vetoes), text
        codes = [asked.code for asked in node.fields if len(asked.code) > 2 and asked.code not in node.title.lower()]
        shown = [code for code in codes if re.search(rf"(?<![A-Za-z0-9_-]){code}(?![A-Za-z0-9_-])", text)]
        assert not shown, text
        if node.value is not None and not node.value.only and not (node.value.is_ratio and node.value_name):
            names = {asked.code: asked.name.translate(str.maketrans("“”", "‘’")) for asked in node.fields}
            lacking = [names[code] for code in node.value.fields if names[code] not in text]
            assert not lacking, text


# ------------------------------------------------------------ 扣分项


@pytest.mark.parametrize(
    ("policy", "said"),
    [(1.0, "扣满分"), (0.0, "不扣分"), (0.6, "扣本项分值的 60%")],
)
def test_of_a_deduction_nothing_is_said_to_be_given(policy: float, said: str) -> None:
    """What a zero denominator, or no figure of last edition, gives is taken off."""
    fields = [a_count("lost", "败诉件数"), a_count("suits", "审结件数")]
    share = OnZero(WhenZero.SHARE, policy)
    item = an_indicator(
        points=2.0, fields=fields, value="lost / suits", rule={"kind": "linear", "zero_at": 0, "full_at": 1}
    )
    item = replace(item, weight=-1.0, is_taken_off=True, on_zero=share, no_previous=share)
    told = zh(item)
    assert f"的，{said}。" in told
    assert f"没有上年数据的，{said}。" in told
    assert "得满分。" not in told
    assert "不得分。" not in told


@pytest.mark.parametrize("settled", ["", "    rounding: 1\n", "    cap: 3.5\n"])
def test_what_a_group_says_of_one_type_ends_before_the_next_begins(settled: str, tmp_path: Path) -> None:
    """With a rule alone each ends with a full stop; with what comes after the rule no longer."""
    scheme = ROOT / "tests" / "schemes" / "c-points-by-type" / "tree.yaml"
    head = scheme.read_text(encoding="utf-8").partition("nodes:")[0].replace("points: 20", "points: 4")
    head = (
        head.replace("  - {code: bureau, name: 部门}\n", "")
        .replace('["01"]', "[]")
        .replace("at_least: 16", "at_least: 3")
    )
    rule = "{kind: tiers, tiers: [{at_least: {area: 3, rural: 2}, score: 4}], otherwise: 1}"
    path = tmp_path / "tree.yaml"
    path.write_text(f"{head}{_TWO_TYPES}    rule: {rule}\n{settled}", encoding="utf-8")
    tree, problems = load_tree(path)
    assert tree is not None, problems
    group = tree.by_code["1"]
    assert isinstance(group, Group)
    way = group_standard(tree, group)
    assert way is not None
    first, second = (kind.name for kind in tree.unit_types)
    assert re.search(f"^{first}：.*[。；]{second}：", render(way, Language.ZH))
    assert re.search(f"^{first}: .*[.;] {second}: ", render(way, Language.EN))


_TWO_TYPES = """nodes:
  - code: "1"
    title: 工作
    points: 4
    children:
      - {code: "1-1", title: 件数, points: 4, applies_to: all, basis: 办法, rule: {kind: count_cap, each: 1},
         fields: [{code: n, name: 件数, type: count, measured_in: 件}]}
"""
