"""N1xx: the notice that says how, to whom and until when a unit can object."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import Entry, Severity
from lawgov_score.wording import Words

NOTICE: dict[Code, Entry] = {
    Code.N101: Entry(
        Severity.ERROR,
        Words("提出异议的期限早于通知日期", "The deadline for objections is before the day of the notification"),
        Words("不早于通知日期 {notified}", "not before {notified}, the day of the notification"),
        Words("{deadline}", "{deadline}"),
        Words(
            "核对两个日期；改正以前，评分卡上的期限留空待填",
            "Check both days; until then cards leave the deadline blank",
        ),
        "notified: 2018-03-05\ndeadline: 2018-02-15",
        "notified: 2018-03-05\ndeadline: 2018-03-15",
    ),
}
