"""docs/rules.md from the rules and their worked cases: ``python -m docs.make_rules``."""

import inspect
import re
import sys
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml

from lawgov_score.report import render
from lawgov_score.rules import KINDS
from lawgov_score.rules.rule import Rule, Term, Terms
from lawgov_score.wording import Language

PAGE = Path(__file__).parent / "rules.md"
_CASES = Path(__file__).parent.parent / "tests" / "rules" / "cases"
_TOP = """# 计分方式

由 `lawgov_score/rules/` 各模块的说明和 `tests/rules/cases/` 的算例生成（`make docs`），不要直接改这一页。

`points` 是本项分值。写分数的地方可以写占分值的百分比（`50%`）；写界限的地方可以写百分数（`90%`）或数。
算例里“缺”是未填报：未填报不是零分，得分也空着，怎么处理由指标体系的 `policies.missing` 决定。
每个算例都由测试算过，并在电子表格里用该规则的公式重算过。
"""


def page() -> str:
    """The whole page: a list of kinds, then a chapter for each."""
    lines = [_TOP]
    lines += [f"- [{rule.NAME} `{kind}`](#{rule.NAME}-{kind})" for kind, rule in KINDS.items()]
    for kind, rule in KINDS.items():
        lines += ["", f"## {rule.NAME} `{kind}`", "", *_manual(rule), *_keys(rule), "", *_worked(kind)]
    return "\n".join(lines).rstrip() + "\n"


def _manual(rule: type[Rule]) -> Iterator[str]:
    """The module's docstring, its YAML and its doctest fenced; the title is the chapter's."""
    text = inspect.cleandoc(sys.modules[rule.__module__].__doc__ or "").partition("：")[2]
    for language, paragraphs in groupby(text.split("\n\n"), key=_language):
        block = "\n\n".join(paragraphs)
        if language:
            yield from (f"```{language}", *dedent(block).splitlines(), "```", "")
        else:
            yield from (*block.replace("::", "：").splitlines(), "")


def _language(paragraph: str) -> str:
    if paragraph.startswith("    "):
        return "yaml"
    return "python" if paragraph.startswith(">>>") else ""


def _keys(rule: type[Rule]) -> Iterator[str]:
    """A table of the keys, those of lists and nested mappings below their own."""
    rows = list(_key_rows("", rule.SCHEMA))
    if not rows:
        yield "没有别的键。"
        return
    yield "| 键 | 名称 | 说明 | 默认 |"
    yield "|---|---|---|---|"
    yield from rows


def _key_rows(above: str, schema: Any) -> Iterator[str]:
    for key, inner in schema["properties"].items():
        default = (
            "必填"
            if key in schema.get("required", ())
            else f"`{_flow(inner['default'])}`"
            if "default" in inner
            else ""
        )
        yield f"| `{above}{key}` | {inner['title']} | {inner['description']} | {default} |"
        nested = inner.get("items", inner)
        if "properties" in nested:
            yield from _key_rows(f"{above}{key}{'[]' if 'items' in inner else ''}.", nested)


def _worked(kind: str) -> Iterator[str]:
    """The worked cases, those of one rule under its wording."""
    cases = yaml.safe_load((_CASES / f"{kind}.yaml").read_text(encoding="utf-8"))
    for (_, points), group in groupby(cases, key=lambda case: (str(case["rule"]), case["points"])):
        same = list(group)
        data = same[0]["rule"]
        rule = KINDS[kind].from_data(data, float(points))
        own = {field.code: Term(field.name, field.measured_in) for field in rule.fields}
        answers = dict.fromkeys(rule.questions, True)  # of `unless` it is 否 that counts: the rule turns it
        terms = Terms(
            Term("指标值"), {code: own.get(code, Term(code, scores=answers.get(code))) for code in rule.reads}
        )
        yield f"**{render(rule.standard(terms), Language.ZH)}**"
        yield ""
        yield from ("```yaml", f"points: {points}", f"rule: {_flow(data)}", "```", "")
        yield "| 算例 | 填报 | 得分 |"
        yield "|---|---|---|"
        for case in same:
            yield f"| {case['name']} | {_answers(case)} | {_shown(case['score'])}{_rounding(case)} |"
        yield ""


def _answers(case: dict[str, Any]) -> str:
    parts = {
        "": case.get("value", ...),
        **case.get("answers", {}),
        "上年": case.get("previous", ...),
        "打分": [_shown(marks) for marks in case["marks"]] if "marks" in case else ...,
        "分组": case.get("cohort", ...),
        "年度": case.get("year", ...),
    }
    return "；".join(f"{name} {_shown(part)}".strip() for name, part in parts.items() if part is not ...)


def _rounding(case: dict[str, Any]) -> str:
    return "（四舍五入）" if "rounded" in case else ""


def _shown(written: Any) -> str:
    if isinstance(written, list):
        joint = "；" if any(isinstance(part, str) and "，" in part for part in written) else "，"
        return joint.join(_shown(part) for part in written)
    if written is None:
        return "缺"
    if isinstance(written, date):
        return written.isoformat()
    return "未报送" if written == float("inf") else str(written)


def _flow(data: Any) -> str:
    text: str = yaml.safe_dump(data, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000)
    text = text.removesuffix("\n").removesuffix("\n...")
    return re.sub(r"(?<=due: )(\d\d-\d\d)", r'"\1"', text)  # as tree-format.md asks: codes and days in quotes


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
