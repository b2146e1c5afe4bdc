"""What is said of how a round stands, on a screen as on a page: what is left to do, and what is not published."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.wording import Words

# By the keys of ``Status.open`` and ``reviewing.to_review``; each begins with its number, which a page prints large.
TO_DO: Mapping[str, Words] = MappingProxyType(
    {
        "units_without_submission": Words("{n} 个单位没有报送", "{n} without a submission"),
        "submissions_to_accept": Words("{n} 份待受理", "{n} to be accepted"),
        "submissions_returned": Words("{n} 份已退回、未再报", "{n} returned and not sent again"),
        "marks_missing": Words("{n} 处评审打分未到齐", "{n} with marks missing"),
        "workbooks_with_errors": Words(
            "{n} 份考核办工作簿有错误，有错误的行没有计入",
            "{n} of the office's workbooks with errors: those rows do not count",
        ),
        "figures_missing": Words("{n} 处考核办自己的数据没有录入", "{n} of the office's own figures missing"),
        "claims_waiting": Words("{n} 处“不适用”等待认定", "{n} claims of 不适用 {n:waits|wait} for a ruling"),
        "objections": Words("{n} 件异议没有决定", "{n} objections to be decided"),
        "objections_to_tell": Words(
            "{n} 件异议已有结果，待告知单位", "{n} decided or not admitted, units not told yet"
        ),
    }
)
UNPUBLISHED = Words(
    "第 {n} 次公布以后又有变动，没有公布：{what:list}", "Not published, and other than in publication {n}: {what:list}"
)


def each_once(open_: Mapping[str, int]) -> Mapping[str, int]:
    """What is left to do, an objection only once: to be decided, or its unit to be told."""
    return {**open_, "objections": open_["objections"] - open_["objections_to_tell"]}
