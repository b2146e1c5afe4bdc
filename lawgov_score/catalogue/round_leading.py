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
                "用 --until 写一个以后的期限；原来的期限已过的，一定要写新的",
                "Give a later one by --until; where the former is over, a new one is needed",
            ),
            Words(
                "lawgov-score round move 考核2026 报送 --why 延期 --until 2026-03-01（今天是 3 月 5 日）",
                "lawgov-score round move round-2026 open --why later --until 2026-03-01, on the fifth",
            ),
            Words(
                "lawgov-score round move 考核2026 报送 --why 延期 --until 2026-03-10",
                "lawgov-score round move round-2026 open --why later --until 2026-03-10",
            ),
            on_desk=Words(
                "写一个以后的期限；原来的期限已过的，一定要写新的",
                "Give a later one; where the former is over, a new one is needed",
            ),
        ),
        Code.R231: Entry(
            Severity.ERROR,
            Words("转到“公布”要办公布", "A round is published by publishing"),
            Words("终评计算以后的公布", "a publication, after the final run"),
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
            on_desk=Words(
                "先作终评计算，再办公布：公布编号登记，状态随之改变",
                "Make the final run, then publish: that numbers what is published, and the round moves with it",
            ),
        ),
        Code.R232: Entry(
            Severity.ERROR,
            Words(
                "这是另一套指标体系，或者另一年度的：没有修改",
                "That is another scheme, or another year: nothing was amended",
            ),
            Words("本轮的体系和年度：{expected}", "scheme and year of this round: {expected}"),
            FOUND,
            Words(
                "一轮的体系编码和年度不能换：回执、办理记录和公布都以 {name} 称呼本轮，换了就核验不了。改错字、分值、"
                "填报项的，保留编码和年度；要换一套体系的，另建一轮",
                "Code and year of a round stay: receipts, events and publications call it {name}, and could not be "
                "verified otherwise. Keep both where titles, points or questions are mended; for another scheme make "
                "another round",
            ),
            Words(
                "lawgov-score round amend 考核2026 --tree 体系2027 --why 更新（编码或年度不同）",
                "lawgov-score round amend round-2026 --tree TREE-2027 --why renewed, with another code or year",
            ),
            Words(
                "lawgov-score round amend 考核2026 --tree 体系2026改 --why 更正错字",
                "lawgov-score round amend round-2026 --tree TREE-2026-mended --why misprint",
            ),
        ),
        Code.R233: Entry(
            Severity.ERROR,
            Words("修改体系或名册须写明理由", "An amendment needs a reason"),
            Words("理由，一两句话", "a reason, a sentence or two"),
            NOTHING,
            Words("写明理由：它记入办理记录，也给要重报的单位看", "Give one: it goes on record, and units read it"),
            Words("修改名册，理由一栏空着", "an amendment of the roster with a blank reason"),
            Words("理由：两个乡合并（某政发〔2026〕3 号）", "reason: two townships were merged"),
        ),
        Code.R238: Entry(
            Severity.ERROR,
            Words("这里没有上一轮的结果", "There are no results of a round before"),
            Words(
                "上一轮的数据文件夹，或者成绩表的文件夹（计分或者公布时写出的）",
                "the data folder of the last round, or a folder of its tables, as scoring or publishing wrote it",
            ),
            FOUND,
            Words(
                "核对文件夹名；没有上一轮的，不写 --previous",
                "Check the name; where there was none, leave --previous out",
            ),
            Words("--previous 考核2025（只有几份 Word 文件）", "--previous round-2025, with documents alone"),
            Words("--previous 考核2025公布（其中有 ranking.csv）", "--previous published-2025, with ranking.csv"),
            on_desk=Words(
                "核对文件夹；没有上一轮的，不填", "Check the folder; where there was no round before, leave it blank"
            ),
        ),
        Code.R239: Entry(
            Severity.ERROR,
            Words("所说的上一轮不在本轮之前", "The round before is not before this one"),
            Words("早于 {expected} 年度", "a year before {expected}"),
            Words("{found} 年度", "{found}"),
            Words(
                "核对 --previous 的文件夹，以及指标体系的年度或者 --year",
                "Check the folder of --previous, and the year of the tree or --year",
            ),
            Words(
                "round new 考核2026 … --previous 考核2026（同一年的）",
                "round new round-2026 … --previous another-of-2026",
            ),
            Words("round new 考核2026 … --previous 考核2025", "round new round-2026 … --previous round-2025"),
            on_desk=Words(
                "核对上一轮的文件夹，以及指标体系或者本轮的年度",
                "Check the folder of the round before, and the year of the tree or of this round",
            ),
        ),
    }
)
