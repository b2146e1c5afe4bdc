"""Meaning of 核对 (`checks:`): each must be a condition over the indicator's own fields alone."""

from collections.abc import Iterator

from lawgov_score.catalogue import Code
from lawgov_score.tree.draft import Draft
from lawgov_score.tree.finding import Finding
from lawgov_score.wording import Words

_CONDITION = Words(
    "填报项之间的比较，用 <= < >= > == !=，可用 and or not 连起来",
    "a comparison of fields (<= < >= > == !=), joined by and, or, not where needed",
)
_AT_THE_GROUP = Words(
    "只用本项的填报项；几个指标之间的核对写在它们上面的分组里",
    "fields of the indicator only; a check over several indicators stands at the group above them",
)
_OWN_FIELDS = Words(
    "只用本项的填报项：收表时核对，那时没有上年数据、同组统计和得分",
    "fields of the indicator only: answers are checked when they come in, before there is anything else",
)


def check_checks(draft: Draft) -> Iterator[Finding]:
    """T242, at the expression or at the name it may not use."""
    for read in draft.checks:
        expression = read.expression
        for name in expression.names:
            if name not in expression.fields:
                values = {"expected": _AT_THE_GROUP if name.startswith("answer(") else _OWN_FIELDS, "found": name}
                yield Finding(read.where, Code.T242, values, within=read.column(name), length=len(name))
        if not expression.is_condition or not expression.names:
            yield Finding(read.where, Code.T242, {"expected": _CONDITION, "found": expression.text})
