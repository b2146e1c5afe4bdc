"""R230 to R234, R238, R239: moving a round on, amending it, and what it carries over from the last one."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

ROUND_LEADING: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R230: Entry(
            Severity.ERROR,
            Words("期限已经过去，没有转", "The deadline is over: the round was not moved"),
            Words("晚于 {expected}", "later than {expected}"),
            FOUND,
            Words(
                "用 --until 写一个以后的期限；重新开放报送的，一定要写新的截止时间，不然开放了也收不进",
                "Give a later one by --until; a round that is opened again needs a new deadline, or nothing could be "
                "received",
            ),
            Words(
                "lawgov-score round move 考核2026 报送 --why 延期 --until 2026-03-01（今天是 3 月 5 日）",
                "lawgov-score round move round-2026 open --why later --until 2026-03-01, on the fifth",
            ),
            Words(
                "lawgov-score round move 考核2026 报送 --why 延期 --until 2026-03-10",
                "lawgov-score round move round-2026 open --why later --until 2026-03-10",
            ),
        ),
        Code.R231: Entry(
            Severity.ERROR,
            Words("转到“公布”要用公布命令", "A round is published by publishing"),
            Words("lawgov-score round publish", "lawgov-score round publish"),
            NOTHING,
            Words(
                "先作终评计算（round run --kind final），再运行 lawgov-score round publish：公布编号登记，状态随之改变",
                "Make the final run (round run --kind final), then lawgov-score round publish: that numbers what is "
                "published, and the round moves with it",
            ),
            Words(
                "lawgov-score round move 考核2026 公布 --why 已审定",
                "lawgov-score round move round-2026 published --why approved",
            ),
            Words(
                "lawgov-score round publish 考核2026 --why 已审定 --released-by 王某",
                "lawgov-score round publish round-2026 --why approved --released-by Wang",
            ),
        ),
    }
)
