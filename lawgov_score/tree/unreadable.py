"""What is wrong with an expression that cannot be read (T207): the one thing that is wrong, as far as it is known."""

import re
from collections.abc import Collection, Mapping

from lawgov_score.catalogue import Code
from lawgov_score.expression import BadExpressionError
from lawgov_score.tree.document import Where
from lawgov_score.tree.finding import Finding
from lawgov_score.wording import Words


def unreadable(
    path: Where, text: str, error: BadExpressionError, known: Mapping[str, Collection[str]], offset: int
) -> Finding:
    """T207 at the fault. ``known``: by code of an indicator, or of what shares its fields, the fields it may name."""
    for code, fields in known.items():
        for field in sorted(fields, key=len, reverse=True):
            key = re.search(rf'(?:answer\(\s*")?(?<![\w.-]){re.escape(f"{code}.{field}")}(?![\w-])(?:"\s*\))?', text)
            if key is not None:
                values = {"expected": _BY_CODE(name=field), "found": key[0], "cure": _WRITE(name=field)}
                return Finding(path, Code.T207, values, within=key.start(), length=len(key[0]))
    expected, cure = next(
        ((expected(), cure()) for start, expected, cure in _CALLS if error.found.startswith(start)),
        (_ALLOWED(), _ONLY()),
    )
    values = {"expected": expected, "found": error.found, "cure": cure}
    return Finding(path, Code.T207, values, within=offset + error.column)


_BY_CODE = Words("算式里只写填报项的编码 {name}", "the code of the field alone: {name}")
_WRITE = Words(
    "写成 {name}；“指标编码.填报项编码”是表格里的列名", "Write {name}; the longer key is for columns of tables"
)
_ALLOWED = Words(
    "填报项编码、数、+ - * / ( )、min max abs ln sqrt、pow(数, 2)、round floor ceil(数, 小数位)、"
    "if(条件, 甲, 乙)、first(甲, 乙)、blank(甲)、answered(甲)、比较、and or not、"
    'previous.编码、cohort_mean(编码)、cohort_quantile(编码, 0.75)、score("节点")',
    "names of fields, numbers, + - * / ( ), min max abs ln sqrt, pow(x, 2), round floor ceil(x, decimals), "
    "if(condition, a, b), first(a, b), blank(a), answered(a), comparisons, and or not, "
    'previous.code, cohort_mean(code), cohort_quantile(code, 0.75), score("node")',
)
_ONLY = Words("改成允许的写法；百分数写成小数，如 0.9", "Use only what is allowed; write 0.9 for 90%")
_PLACES = Words("小数位是 -8 到 10 的整数：round(数, 2)", "decimals from -8 to 10, a plain whole number: round(x, 2)")
_FEWER = Words("改小数位；要几位写几", "Write how many decimals there are to be")
_CALLS: tuple[tuple[str, Words, Words], ...] = (
    (
        "pow(",
        Words(
            "指数是大于 0、不大于 100 的数：pow(数, 2)，或两数相除：pow(数, 1/3)",
            "an exponent above 0 and at most 100: pow(x, 2), or one number over another: pow(x, 1/3)",
        ),
        Words("改指数；倒数用除法", "Change the exponent; for a reciprocal divide"),
    ),
    (
        "round_even(",
        Words(
            "小数位是 -8 到 10 的整数，里面不再套 round_even：round_even(数, 2)",
            "decimals from -8 to 10, and no round_even within: round_even(x, 2)",
        ),
        _FEWER,
    ),
    ("round(", _PLACES, _FEWER),
    ("floor(", _PLACES, _FEWER),
    ("ceil(", _PLACES, _FEWER),
    (
        "cohort_quantile(",
        Words(
            "一个填报项和一个大于 0、小于 1 的小数：cohort_quantile(编码, 0.75)",
            "one field, and a share above 0 and below 1: cohort_quantile(code, 0.75)",
        ),
        Words("改分位；0 用 cohort_min，1 用 cohort_max", "Change the share; for 0 use cohort_min, for 1 cohort_max"),
    ),
    (
        "cohort_",
        Words("本指标的一个填报项：cohort_mean(编码)", "one field of the indicator: cohort_mean(code)"),
        Words("括号里只写一个填报项的编码", "Only the code of one field between the brackets"),
    ),
    (
        "first(",
        Words(
            "几个不同的填报项，最后可以是一个数：first(甲, 乙, 0)",
            "fields that differ, the last one a number if you like: first(a, b, 0)",
        ),
        Words(
            "数放在最后；同一项不写两次；里面不用 if、blank、first",
            "A number last, nothing twice, and no if, blank or first within",
        ),
    ),
    (
        "blank(",
        Words("一个填报项：blank(编码)", "one field: blank(code)"),
        Words("括号里只写一个填报项，或 previous.编码", "Only one field, or previous.code, between the brackets"),
    ),
    (
        "answered(",
        Words("一个填报项：answered(编码)", "one field: answered(code)"),
        Words("括号里只写一个填报项，或 previous.编码", "Only one field, or previous.code, between the brackets"),
    ),
    (
        "answer(",
        Words("本指标的填报项，或上级的共用数据", "fields of this indicator, or shared figures from above"),
        Words(
            "别的指标的填报项，移到共同的上级组或指标体系的 fields，再写它的编码；answer 只用在组的 checks 里",
            "Move a field of another indicator to the `fields` of the group above both, and name its code; answer() "
            "stands in checks of groups and of the tree alone",
        ),
    ),
    ("/ 0", Words("不为 0 的除数", "a divisor other than 0"), Words("改除数", "Change the divisor")),
)
