"""Hints never name the opposite: the law of `likeness.py`; and that no other module has one of its own."""

import re
from pathlib import Path
from typing import cast

import pytest
from builders import a_field
from hypothesis import given
from hypothesis import strategies as st

import lawgov_score
from lawgov_score.catalogue import Code
from lawgov_score.likeness import are_opposed, meant, to_fill
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase
from lawgov_score.workbook.submission.values import read_cell

_STEMS = (
    "达到",
    "合格",
    "公开",
    "同意",
    "有执法权部门组",
    "完成",
    "全部公开",
    "按期报送",
    "含附件",
    "published",
    "granted",
)
_DENIALS = ("不", "未", "无", "非", "没", "没有", "un", "non-", "not ", "no ")
_PAIRS = [
    *[("有", "无"), ("是", "否"), ("达到", "未达到"), ("合格", "不合格"), ("公开", "未公开"), ("含附件", "不含附件")],
    *[("有执法权部门组", "无执法权部门组"), ("上年发生数", "本年发生数"), ("增加的件数合计", "减少的件数合计")],
    *[
        ("published", "unpublished"),
        ("member", "non-member"),
        ("at_least", "at_most"),
        ("applicable", "not applicable"),
    ],
    *[
        ("加分事项登记", "扣分事项登记"),
        ("第一中学校", "第二中学校"),
        ("甲镇人民政府", "乙镇人民政府"),
        ("01-1", "01-2"),
    ],
    *[("区司法局", "市司法局"), ("履历材料份数", "缺少履历材料份数"), ("yes", "no"), ("true", "false")],
]

texts = st.text(alphabet="达到未不无有公开部分全（）含附件组abun-12", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("word", "known", "name"),
    [
        ("全部公开", ("全部公开（含附件）", "部分公开", "未公开"), "全部公开（含附件）"),
        ("部分公开（见附件1）", ("全部公开（含附件）", "部分公开", "未公开"), "部分公开"),
        ("综合部门组", ("有执法权部门组", "无执法权部门组"), ""),
        ("综合部门组", ("有执法权部门组",), ""),
        ("执法权部门组", ("有执法权部门组", "无执法权部门组"), ""),
        ("基本达到", ("达到", "未达到"), ""),
        ("原则同意", ("同意", "不同意"), ""),
        ("司法局", ("区司法局", "区公安局"), "区司法局"),
        ("区发展和改革局", ("区发展改革局", "区公安局"), "区发展改革局"),
        ("weigth", ("weight", "weights"), "weight"),
        ("agregate", ("aggregate", "aggregation"), "aggregate"),
        ("市法制办", ("市政府法制办", "市工商局"), "市政府法制办"),
        ("legal", ("illegal",), ""),
        ("internal", ("external",), ""),
        ("overdue", ("underdue",), ""),
        ("inclusive", ("exclusive",), ""),
        ("安全", ("安全事故",), ""),
        ("不太合格", ("合格", "不合格"), ""),
        ("高于前年", ("高于上年", "低于上年"), ""),
        ("整改", ("整改中", "已整改", "拒不整改"), ""),
        ("审计", ("审计局", "统计局"), "审计局"),
        ("at_lest", ("at_least", "at_most"), "at_least"),
        ("BM-25", ("BM-24", "BM-05"), ""),
        ("ＢＭ－０１", ("BM-01", "BM-02"), "BM-01"),
        ("", ("甲",), ""),
        ("甲", (), ""),
    ],
)
def test_what_begins_alike_goes_first_and_what_is_unsure_is_not_said(
    word: str, known: tuple[str, ...], name: str
) -> None:
    assert meant(word, known) == name
    assert meant(word, tuple(reversed(known))) == name  # the order of a list settles nothing
    assert bool(to_fill(word, known)) is bool(name)
    assert all(name in render(to_fill(word, known), lang) for lang in Language)


@pytest.mark.parametrize(("one", "other"), _PAIRS)
def test_of_two_that_exclude_each_other_neither_stands_for_the_other(one: str, other: str) -> None:
    assert meant(one, [other]) == ""
    assert meant(other, [one]) == ""


@given(st.sampled_from(_STEMS), st.sampled_from(_DENIALS), st.sampled_from(("", "（含附件）", "组", " x")), texts)
def test_a_hint_never_differs_by_a_negation(stem: str, denial: str, end: str, another: str) -> None:
    assert meant(stem + end, [denial + stem + end, another]) in {"", another}
    assert meant(denial + stem + end, [stem + end, another]) in {"", another}
    assert meant(stem, [denial + stem + end]) == ""


@given(texts, st.lists(texts, max_size=6))
def test_whatever_is_suggested_is_known_is_not_opposed_and_is_the_only_one_so_near(word: str, known: list[str]) -> None:
    name = meant(word, known)
    assert name == "" or name in known
    assert not name or not are_opposed(word, name)
    assert meant(word, [*known, *known]) == name  # the same name twice is not two names


@given(texts, texts, st.sampled_from("甲乙丙丁"))
def test_of_two_equally_near_neither_is_said(begin: str, end: str, mark: str) -> None:
    word, others = begin + mark + end, [begin + other + end for other in "子丑" if other != mark]
    assert meant(word, others) == ""


@given(texts)
def test_a_known_word_is_itself(word: str) -> None:
    assert meant(word, ["别的", word]) in {word, ""}
    assert meant(f" {word} ", [word]) == word


def test_no_other_module_suggests_by_likeness() -> None:
    """One home: ``difflib`` lines up rows, words and lists, or finds a renamed heading elsewhere: never for a hint."""
    package = Path(lawgov_score.__file__).parent
    using = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"difflib|get_close_matches", path.read_text(encoding="utf-8"))
    }
    lining_up = {"workbook/verify/alignment.py", "workbook/revision.py", "tree/editing.py"}
    assert using == {"likeness.py", "workbook/submission/headings.py", "workbook/circulated/other_cells.py", *lining_up}


@pytest.mark.parametrize(
    ("written", "hinted"),
    [("全部公开", "全部公开（含附件）"), ("部分公开（见附件1）", "部分公开"), ("公开", ""), ("基本公开", "")],
)
def test_a_choice_that_is_not_among_them_is_hinted_at_in_its_cell(written: str, hinted: str) -> None:
    asked = a_field(type="choice", choices=("全部公开（含附件）", "部分公开", "未公开"))
    reading = read_cell(written, asked)
    assert reading.code is Code.S207
    hint = render(cast(Phrase, reading.figures["nearest"]), Language.ZH)
    assert [choice for choice in asked.choices if f"“{choice}”" in hint] == ([hinted] if hinted else [])
