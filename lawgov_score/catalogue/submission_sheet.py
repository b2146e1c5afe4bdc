"""S113, S114, S128 to S135: faults of the fill-in sheet and its headings."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, FROM_TEMPLATE, Entry, Severity
from lawgov_score.wording import Words

_QUOTED = Words("“{found}”", "“{found}”")

SUBMISSION_SHEET: dict[Code, Entry] = {
    Code.S113: Entry(
        Severity.ERROR,
        Words("缺少填报的工作表", "The sheet to fill in is missing"),
        Words("有“编码”“填报项”“填报值”三栏的工作表", "a sheet with the columns 编码, 填报项 and 填报值"),
        Words("工作表：{found:list}", "sheets: {found:list}"),
        FROM_TEMPLATE,
        Words("只报了“填报说明”一张表", "only the sheet 填报说明 was sent"),
        Words("报送完整的工作簿", "send the whole workbook"),
    ),
    Code.S114: Entry(
        Severity.ERROR,
        Words("表头缺少“{heading}”栏", "Heading “{heading}” is missing"),
        Words("{expected}", "{expected}"),
        FOUND,
        Words("{hint}", "{hint}"),
        Words("“填报值”被改成“填报数据（2018年）”", "the heading 填报值 was changed to 填报数据（2018年）"),
        Words("填报值", "填报值"),
    ),
    Code.S128: Entry(
        Severity.ERROR,
        Words("“{heading}”栏出现两次", "Two columns headed “{heading}”"),
        Words("一栏", "one column"),
        Words("{found:list}", "{found:list}"),
        Words(
            "只留有效的一栏，删去另一栏或改名；在此之前两栏都不采用",
            "Keep the one that counts, remove or rename the other; until then neither is used",
        ),
        Words("“填报值”右侧又加了一栏“填报值”", "a second column 填报值 beside 填报值"),
        Words("填报值（一栏），其余写在“说明”栏", "one column 填报值, all else under 说明"),
    ),
    Code.S133: Entry(
        Severity.NOTE,
        Words("表头改了名，按“{heading}”一栏读取", "A renamed heading, taken for “{heading}”"),
        Words("{heading}", "{heading}"),
        _QUOTED,
        Words("读错了的，请把表头改回原样", "Where that is wrong, put the heading back as it was"),
        Words("“填报值”改成了“填报数”", "填报值 renamed to 填报数"),
        Words("填报值", "填报值"),
    ),
    Code.S135: Entry(
        Severity.WARNING,
        Words("“{found}”栏未读取，只读了“{heading}”栏", "The column “{found}” was not read, only “{heading}” was"),
        Words("内容都在“{heading}”一栏", "everything under “{heading}”"),
        Words("自行增加的“{found}”栏中有内容", "an added column “{found}” with something in it"),
        Words(
            "这一栏中要报的内容，移到“{heading}”栏；不需要报的，删去这一栏",
            "Move what is to be reported to “{heading}”, or remove the column",
        ),
        Words("“填报值”旁边加了一栏“数值”", "a column 数值 added beside 填报值"),
        Words("数都填在“填报值”栏", "all figures under 填报值"),
    ),
}
