"""R245 to R249: publishing the results of a round."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

_PUBLISH = Words(
    "lawgov-score round publish 考核2026 --why 首次公布 --released-by 王某",
    "lawgov-score round publish round-2026 --why “first publication” --released-by Wang",
)

ROUND_PUBLISHING: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R245: Entry(
            Severity.ERROR,
            Words("没有尚未公布的终评计算", "There is no final run that is not yet published"),
            Words("上次公布以后的一次终评计算", "a final run since the last publication"),
            FOUND,
            Words(
                "先运行 lawgov-score round run 数据文件夹 --kind final；已经公布、没有更正的，不必再公布：要把公布过的"
                "文件再写一遍，写上第几次，如 lawgov-score round publish 数据文件夹 --number 1 -o 文件夹",
                "Run lawgov-score round run DATA --kind final. What is published and was not corrected stays "
                "published: its files are written out again by lawgov-score round publish DATA --number 1 -o DIR",
            ),
            Words("只做过试算就公布", "publishing after trial runs alone"),
            Words("lawgov-score round run 考核2026 --kind final", "lawgov-score round run round-2026 --kind final"),
            on_desk=Words(
                "先作终评计算；已经公布、没有更正的，不必再公布：公布过的文件可以再写出一遍",
                "Make the final run first. What is published and was not corrected stays published: its files can be "
                "written out again",
            ),
        ),
        Code.R246: Entry(
            Severity.ERROR,
            Words(
                "第 {n} 次计算以后又有变动，没有公布",
                "Something arrived after run {n}; nothing was published",
            ),
            Words("终评计算以后没有新的材料、登记和异议", "nothing new since the final run"),
            Words("{found:list}", "{found:list}"),
            Words(
                "再做一次终评计算（round run --kind final），看过结果再公布",
                "Make the final run again (round run --kind final), look at it, then publish",
            ),
            Words("终评以后收到一份补报，随即公布", "a workbook is received after the final run, then published"),
            Words("lawgov-score round run 考核2026 --kind final", "lawgov-score round run round-2026 --kind final"),
            on_desk=Words("再作一次终评计算，看过结果再公布", "Make the final run again, look at it, then publish"),
        ),
        Code.R247: Entry(
            Severity.ERROR,
            Words("现在还不能公布，或者已经归档", "It is not the time to publish, or the round is archived"),
            Words("轮次处于“终评”或“公布”", "a round that is in its final stage, or published"),
            Words("现为“{found}”", "it is “{found}”"),
            Words(
                "先用 round move 走到“终评”；已经公布的，更正就是再公布一次",
                "Bring the round to 终评 by round move; where it is published, a correction is another publication",
            ),
            Words("异议还没有办完就公布", "publishing while objections are heard"),
            Words("lawgov-score round move 考核2026 终评", "lawgov-score round move round-2026 final"),
            on_desk=Words(
                "先把轮次转到“终评”；已经公布的，更正就是再公布一次",
                "Bring the round to 终评 first; where it is published, a correction is another publication",
            ),
        ),
        Code.R248: Entry(
            Severity.ERROR,
            Words(
                "重新计算的结果与第 {n} 次计算存档的不同，没有公布",
                "What is computed now is not what run {n} kept; nothing was published",
            ),
            Words("逐字节相同的结果", "the same bytes"),
            Words("{found}", "{found}"),
            Words(
                "多半是其间程序换了版本：再做一次终评计算，看过结果再公布；版本没有变的，先运行 round verify",
                "Most often the program is another version now: make the final run again and look at it; if the "
                "version is the same, run round verify first",
            ),
            Words("用旧版做终评计算，升级后公布", "the final run is of one version, the publication of the next"),
            Words("lawgov-score round run 考核2026 --kind final", "lawgov-score round run round-2026 --kind final"),
            on_desk=Words(
                "多半是其间程序换了版本：再作一次终评计算，看过结果再公布；版本没有变的，先核验本轮",
                "Most often the program is another version now: make the final run again and look at it; if the "
                "version is the same, have the round verified first",
            ),
        ),
        Code.R249: Entry(
            Severity.ERROR,
            Words("更正公布须经领导同意", "The leader has to release a correction"),
            Words("同意公布的领导的姓名", "the name of the leader who released it"),
            NOTHING,
            Words("请领导同意后，加 --released-by 再公布", "Ask the leader, then publish with --released-by"),
            Words(
                "lawgov-score round publish 考核2026 --why 更正",
                "lawgov-score round publish round-2026 --why correction",
            ),
            _PUBLISH,
            on_desk=Words("请领导同意后，写明由谁同意，再公布", "Ask the leader, then publish and say who released it"),
        ),
    }
)
