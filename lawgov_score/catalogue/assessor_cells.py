"""A2xx: one cell of the office's own workbooks. An error leaves that row out; the others are still read."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

_TEXT_FOUND = Words("“{found}”", "“{found}”")
_FROM_LIST = Words("从下拉列表中选择{nearest}", "Choose from the list{nearest}")

ASSESSOR_CELLS: dict[Code, Entry] = {
    Code.A201: Entry(
        Severity.ERROR,
        Words("认不出是哪个被考核单位，该行未采用", "Cannot tell which unit this is; the row is not used"),
        Words("名册中单位的编码或名称", "the code or name of a unit of the roster"),
        _TEXT_FOUND,
        _FROM_LIST,
        Words("司法局（名册中的名称是“区司法局”）", "司法局, where the roster says 区司法局"),
        Words("区司法局", "区司法局"),
    ),
    Code.A202: Entry(
        Severity.ERROR,
        Words("指标体系没有这个指标，该行未采用", "The tree has no such indicator; the row is not used"),
        Words("三级指标（小项）的编码", "the code of an indicator"),
        _TEXT_FOUND,
        Words(
            "从下拉列表中选择；编码被自动改成日期的，把单元格设为“文本”后重填{nearest}",
            "Choose from the list; where a code turned into a date, set the cell to text and type it again{nearest}",
        ),
        Words("5月4日（由 05-4 自动变成）", "4 May (what became of 05-4)"),
        "05-4",
    ),
    Code.A203: Entry(
        Severity.ERROR,
        Words("“{code} {indicator}”不由评审打分，该行未采用", "“{code} {indicator}” is not judged; row not used"),
        Words("计分方式为“评审打分”的指标", "an indicator whose rule is judged"),
        Words("计分方式为“{found}”", "its rule is “{found}”"),
        Words(
            "要改动由填报值算出的得分，登记在“复核改分”表",
            "To change a score that was worked out, use the workbook of changes",
        ),
        Words("给按比例计分的 23-2 打了 1.5 分", "a mark of 1.5 for 23-2, which is scored in proportion"),
        Words(
            "在“复核改分”表登记：23-2，原得分 1.33，改后得分 1.50", "entered under 复核改分: 23-2, from 1.33 to 1.50"
        ),
    ),
    Code.A204: Entry(
        Severity.ERROR,
        Words("“{column}”应为数，该行未采用", "“{column}” must be a number; the row is not used"),
        Words("数，如 {example}", "a number such as {example}"),
        _TEXT_FOUND,
        Words("只填一个确切的数，理由写在理由栏{hint}", "Give one exact number; reasons go in their own column{hint}"),
        Words("约8分", "约8分 (about 8)"),
        "8",
    ),
    Code.A205: Entry(
        Severity.ERROR,
        Words(
            "“{column}”超出“{code} {indicator}”的范围，该行未采用",
            "“{column}” is out of range for “{code} {indicator}”; the row is not used",
        ),
        Words("{expected}", "{expected}"),
        FOUND,
        Words("核对指标和分数，改正填错的一格", "Check the indicator and the number, and mend the wrong one"),
        Words("满分 2 分的指标评了 8 分", "a mark of 8 where there are 2 points"),
        "1.6",
    ),
    Code.A206: Entry(
        Severity.ERROR,
        Words("没有填“{column}”，该行未采用", "“{column}” is blank; the row is not used"),
        Words("{expected}", "{expected}"),
        Words("（空）", "(blank)"),
        Words("补填该格；整行不要的，把整行清空", "Fill it in, or clear the whole row"),
        Words("评分 4.5，评分理由为空", "a mark of 4.5, no reason"),
        Words(
            "评分 4.5，评分理由：方案已印发，未开展评估",
            "a mark of 4.5, reason: the plan was issued, not yet evaluated",
        ),
    ),
    Code.A207: Entry(
        Severity.ERROR,
        Words(
            "评审人“{reviewer}”给同一单位的“{code} {indicator}”打了两次分，两次都未采用",
            "“{reviewer}” marked “{code} {indicator}” of one unit twice; neither mark is used",
        ),
        Words("每个评审人对一个单位的一项指标只打一次分", "one mark by a reviewer for a unit and indicator"),
        Words("{found} 和 {other}", "{found} and {other}"),
        Words("与评审人核对，只留一行", "Ask the reviewer and keep one row"),
        Words("张三给区司法局 05-1 打了 4 分，又打了 3.5 分", "one reviewer gave 05-1 4 points, and 3.5"),
        Words("只留 4 分的一行", "only the row with 4"),
    ),
    Code.A208: Entry(
        Severity.ERROR,
        Words(
            "同一单位的“{code} {indicator}”登记了两次，两次都未采用",
            "“{code} {indicator}” of one unit is entered twice; neither entry is used",
        ),
        Words("一个单位的一项指标只登记一次", "one entry for a unit and indicator"),
        Words("{found} 和 {other}", "{found} and {other}"),
        Words("核对后只留一行", "Keep the right row"),
        Words("区司法局 23-2 先改为 1.5 分，又改为 1.2 分", "23-2 changed to 1.5, and to 1.2"),
        Words("只留最后认定的一行，理由写清经过", "only the last row, its reason telling how it came about"),
    ),
    Code.A209: Entry(
        Severity.ERROR,
        Words("“{code} {indicator}”不允许不适用，该行未采用", "“{code} {indicator}” always applies; row not used"),
        Words("指标体系写明可以不适用的指标", "an indicator that the tree says may not apply"),
        NOTHING,
        Words(
            "核对指标编码；确应允许不适用的，先在指标体系中写明 may_not_apply: true",
            "Check the code; if it should be possible, say may_not_apply: true in the tree first",
        ),
        Words(
            "认定 01-2 不适用，而 01-2 对各单位一律适用", "01-2 granted not applicable, though it applies to everybody"
        ),
        Words("改为单位实际申请不适用的指标", "an indicator that the unit claimed not to apply"),
    ),
    Code.A210: Entry(
        Severity.WARNING,
        Words(
            "{unit} 没有申请“{code} {indicator}”不适用，认定不起作用",
            "{unit} did not claim that “{code} {indicator}” does not apply; the ruling has no effect",
        ),
        Words("填报表中填了“不适用”的指标", "an indicator that the unit answered with “n/a”"),
        Words("“{found}”", "“{found}”"),
        Words("核对单位和指标是否填错；确属误登的，删去该行", "Check the unit and the indicator, or remove the row"),
        Words("单位填了 0，考核机关认定“同意不适用”", "the unit wrote 0, the office granted 不适用"),
        Words(
            "删去该行，或请单位在填报表中改填“不适用”并说明理由",
            "delete the row, or let the unit claim 不适用 and say why",
        ),
    ),
    Code.A211: Entry(
        Severity.ERROR,
        Words("“{column}”应填“同意”或“不同意”，该行未采用", "“{column}” must be granted or refused; row not used"),
        Words("同意 或 不同意", "granted or refused"),
        _TEXT_FOUND,
        Words("从下拉列表中选择；其他意见写在理由栏", "Choose from the list; anything else goes under the reason"),
        Words("原则同意", "原则同意 (agreed in principle)"),
        Words("同意", "同意 (granted)"),
    ),
    Code.A212: Entry(
        Severity.ERROR,
        Words("没有这一类加减分或一票否决，该行未采用", "No such kind of bonus, penalty or veto; the row is not used"),
        Words("{expected:list}", "{expected:list}"),
        _TEXT_FOUND,
        _FROM_LIST,
        "A9",
        "A1",
    ),
    Code.A213: Entry(
        Severity.ERROR,
        Words("“{kind}”的级别不对，该行未采用", "The level of “{kind}” is not right; the row is not used"),
        Words("{expected:list}", "{expected:list}"),
        _TEXT_FOUND,
        Words(
            "不分级别的类别，清空该格；分级别的，按事项的实际级别从列表中选择",
            "Clear the cell where the kind has no levels; otherwise choose the level that the matter really has",
        ),
        Words("表彰奖励，级别“部级”", "an award of level 部级"),
        Words("表彰奖励，级别“国家级”", "an award of level 国家级"),
    ),
    Code.A214: Entry(
        Severity.ERROR,
        Words("“{column}”应为日期，该行未采用", "“{column}” must be a date; the row is not used"),
        Words("日期，如 2018-03-30", "a date such as 2018-03-30"),
        _TEXT_FOUND,
        Words("写明年、月、日", "Give year, month and day"),
        Words("3月底", "3月底 (end of March)"),
        "2018-03-30",
    ),
    Code.A215: Entry(
        Severity.WARNING,
        Words("登记事项没有写依据材料", "No evidence for an entry of the register"),
        Words("文件名称和文号，或其他依据", "documents with their numbers"),
        Words("（空）", "(blank)"),
        Words("补填依据材料；该行照常计入", "Name the evidence; the entry counts all the same"),
        Words("加 2 分，依据材料为空", "2 points added, no evidence"),
        Words("国办发〔2018〕3号", "国办发〔2018〕3号"),
    ),
    Code.A216: Entry(
        Severity.ERROR,
        Words("“{column}”应为正整数，该行未采用", "“{column}” must be a positive whole number; the row is not used"),
        Words("1、2、3……，或者空白。{expected}", "1, 2, 3, …, or nothing. {expected}"),
        _TEXT_FOUND,
        Words("填正整数，或者留空", "Write a whole number, or nothing"),
        "0.5",
        "1",
    ),
    Code.A217: Entry(
        Severity.WARNING,
        Words("与另一行完全相同，两行都已计入", "The same as another row; both are counted"),
        Words("一件事登记一次", "one entry for one matter"),
        _TEXT_FOUND,
        Words(
            "是同一件事的删去一行；确有两次的，合为一行，次数填 2",
            "Remove one, or write one row with times 2",
        ),
        Words("同一天同一份通报登记了两行", "the same notice in two rows of one day"),
        Words("只留一行", "one row"),
    ),
    Code.A218: Entry(
        Severity.WARNING,
        Words("“{code} {indicator}”不适用于 {unit}，未采用", "“{code} {indicator}” does not apply to {unit}; not used"),
        Words("适用于该类单位的指标", "an indicator that applies to units of this type"),
        _TEXT_FOUND,
        Words("核对单位和指标是否填错", "Check the unit and the indicator"),
        Words("给没有执法职能的部门打了执法案卷的分", "a mark for case files of a department that enforces nothing"),
        Words("删去该行", "delete the row"),
    ),
    Code.A219: Entry(
        Severity.ERROR,
        Words("与另一张表中的一行完全相同，只计一次", "The same as a row of another sheet or file; counted once"),
        Words("一件事登记一次", "one entry for one matter"),
        _TEXT_FOUND,
        Words(
            "删去重复的一行；确是两次的，合为一行，次数填 2",
            "Remove one; if it did happen twice, write one row with times 2",
        ),
        Words("两个人分头登记了同一份通报", "two people registered the same notice"),
        Words("只留一行", "one row"),
    ),
    Code.A220: Entry(
        Severity.ERROR,
        Words("“{column}”与“{other}”不一致，该行未采用", "“{column}” and “{other}” do not agree; the row is not used"),
        Words("{expected}", "{expected}"),
        _TEXT_FOUND,
        Words("核对编码和名称，改正填错的一格", "Check code and name, and mend the wrong one"),
        Words("单位编码 B-1（甲局），单位名称“乙局”", "unit code B-1 (甲局), unit name 乙局"),
        Words("单位编码 B-1，单位名称“甲局”", "unit code B-1, unit name 甲局"),
    ),
    Code.A221: Entry(
        Severity.WARNING,
        Words(
            "同一单位的“{code} {indicator}”有先后几次登记，以最后保存的为准：{files:list}",
            "“{code} {indicator}” of one unit was entered more than once; the entry saved last counts: {files:list}",
        ),
        Words("一次，或者后一份是更正", "one entry, or a correction"),
        Words("先为 {other}，后为 {found}", "{other} before, {found} after"),
        Words(
            "核对后一份是否确为更正；先前的工作簿移出文件夹，就不再提示",
            "See that the later one is the correction; with the earlier workbook taken away nothing is said",
        ),
        Words(
            "评审打分.xlsx（3月1日保存）打 4 分，评审打分（更正）.xlsx（3月5日保存）打 3.5 分，加了 --latest",
            "评审打分.xlsx, saved on 1 March, says 4, a corrected copy of 5 March says 3.5, with --latest",
        ),
        Words("只留评审打分（更正）.xlsx", "only the corrected copy"),
    ),
    Code.A222: Entry(
        Severity.WARNING,
        Words(
            "同一份文件“{found}”登记在几行，各行都已计入", "One document, “{found}”, on several rows; all are counted"
        ),
        Words("同一单位的一份文件登记一次", "one row for a document of one unit"),
        Words("{matters}", "{matters}"),
        Words(
            "是同一件事的，只留一行{hint}；一份文件确有几件事的，不必改动",
            "If it is one matter, keep one row{hint}; a document may hold several matters",
        ),
        Words(
            "“获评示范单位”和“全省表彰”两行的依据材料都是省发〔2017〕1号",
            "two rows, 获评示范单位 and 全省表彰, both with the evidence 省发〔2017〕1号",
        ),
        Words("只留“获评示范单位”一行", "the row 获评示范单位 alone"),
    ),
    Code.A223: Entry(
        Severity.WARNING,
        Words(
            "{unit} 对“{code} {indicator}”的申请与认定时不同，该认定未采用",
            "{unit} claims something else of “{code} {indicator}” than was ruled on; the ruling is not used",
        ),
        Words("现在的申请：{expected}", "the claim as it is now: {expected}"),
        Words("认定时的申请：{found}", "the claim that was ruled on: {found}"),
        Words(
            "对现在的申请重新认定：用 template --assessor 重新生成认定表；仍写在这份上的，“单位申请”改成现在的"
            "文字或者清空",
            "Rule on the claim as it is now: make the workbook anew with template --assessor; on this one, give the "
            "unit's claim as it is now or clear that cell",
        ),
        Words(
            "同意了“审查数不适用：今年没有决策”，单位后来改报“决策数不适用：不归我管”",
            "审查数 was granted, “no decisions this year”; the unit now claims 决策数, “not our business”",
        ),
        Words("对“决策数不适用：不归我管”另作认定", "a ruling on the claim of 决策数"),
        on_desk=Words(
            "对现在的申请重新认定：重新取一份空白的认定表；仍写在这份上的，“单位申请”改成现在的文字或者清空",
            "Rule on the claim as it is now: take a blank workbook anew; on this one, give the unit's claim as it is "
            "now or clear that cell",
        ),
    ),
    Code.A224: Entry(
        Severity.ERROR,
        Words(
            "“{code} {indicator}”在另一份中有一行未采用，不能确定以哪一份为准，都不计，仍待办：{files:list}",
            "A row for “{code} {indicator}” in another file cannot be used; which counts is not known, so neither "
            "does, and it is still to be done: {files:list}",
        ),
        Words("改正后可以采用的一行，或者只留一份", "that row mended, or one file alone"),
        Words("可以采用的一份为 {found}", "{found} in the other file"),
        Words(
            "按该行的错误改正；那一份不要的，移出文件夹",
            "Mend that row as its own message says, or take its file away",
        ),
        Words(
            "先同意、后一份改为不同意而漏填日期，加了 --latest",
            "granted first, refused in a later copy without a date, with --latest",
        ),
        Words("后一份补填日期", "the later copy with its date"),
    ),
    Code.A225: Entry(
        Severity.WARNING,
        Words(
            "登记事项的日期不在考核年度内，是否写错了年份？已计入",
            "The day of an entry lies outside the assessed year: another year? It counts",
        ),
        Words("{year} 年的日期", "a day of {year}"),
        Words("{found:date}", "{found:date}"),
        Words(
            "核对年份；不属于本考核年度的，删去该行；确应计入的，不必改",
            "Check the year; remove the row if the matter belongs to another year, leave it if it counts",
        ),
        Words("考核 2026 年，发生日期 2025-07-03", "assessed year 2026, and 2025-07-03 given"),
        "2026-07-03",
    ),
    Code.A226: Entry(
        Severity.WARNING,
        Words(
            "{unit} 的“{code} {indicator}”填报与评审时不同，该分照计",
            "{unit} says something else of “{code} {indicator}” than the reviewer read; the mark counts",
        ),
        Words("现在的填报：{expected}", "what it says now: {expected}"),
        Words("评审时的填报：{found}", "what the reviewer read: {found}"),
        Words(
            "请评审人看过现在的填报后确认或者改分；确认的，把“单位填报”一格改成现在的文字或者清空",
            "Let the reviewer look at what it says now; where the mark stands, give the unit's figures as they are now "
            "or clear that cell",
        ),
        Words("评审时单位填案卷数 12 件，后来改报 2 件", "the reviewer read 12 files, the unit now says 2"),
        Words("评审人重看后，按 2 件打分", "a mark that was given on 2 files"),
    ),
}
