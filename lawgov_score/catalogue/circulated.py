"""N13x: the table of a tree that a committee circulates, as it comes back."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import Entry, Severity
from lawgov_score.wording import Words

CIRCULATED: dict[Code, Entry] = {
    Code.N130: Entry(
        Severity.ERROR,
        Words("不是由 export 写出的指标体系表", "Not a table that export wrote"),
        Words("由 lawgov-score export 写出的 .xlsx 工作簿", "an .xlsx workbook written by lawgov-score export"),
        Words(
            "没有导出时写入的隐藏工作表，或者它的内容不全",
            "no hidden sheet of an export in it, or one that is not whole",
        ),
        Words(
            "在导出的工作簿里改，用“另存为”保存整个工作簿；不要把表复制到新建的工作簿里",
            "Make changes in the exported workbook and save the whole of it; do not copy the sheet into a new workbook",
        ),
        Words("把“指标体系”表复制到新工作簿后送回", "The sheet, copied into a new workbook and sent back"),
        "lawgov-score export TREE -o tree.xlsx",
    ),
    Code.N131: Entry(
        Severity.ERROR,
        Words("导出的表是另一种格式，本程序读不了", "An exported table of another format, which cannot be read"),
        Words("格式 {expected}", "format {expected}"),
        Words("格式 {found}（由 {program} 版写出）", "format {found} (written by version {program})"),
        Words(
            "用写出它的版本读回，或用本程序重新导出，再把改动填进去",
            "Read it with the version that wrote it, or export anew and enter the changes again",
        ),
        Words("由更新的版本导出的表", "a table that a newer version exported"),
        "lawgov-score export TREE -o tree.xlsx --overwrite",
    ),
    Code.N132: Entry(
        Severity.ERROR,
        Words("找不到指标体系表的表头“{missing:list}”", "The heading of the table is not there: {missing:list}"),
        Words("工作表“{expected}”，表头与导出时一样", "the sheet “{expected}”, headed as it was exported"),
        Words("{found}", "{found}"),
        Words(
            "恢复这张表和它的表头（可以重新导出一份对照）；工作表可以改名，各栏可以换位置，表头不能改",
            "Put the sheet and its headings back (export anew to compare); a sheet may be renamed, a heading may not",
        ),
        Words("删去了“编码”一栏，或者表头一行", "the column of codes, or the row of headings, was deleted"),
        Words("序号｜编码｜方面｜类｜小项｜分值｜……", "No. | Code | … | Points | …"),
    ),
    Code.N133: Entry(
        Severity.ERROR,
        Words("两栏的表头都是“{heading}”", "Two columns are headed “{heading}”"),
        Words("每个表头一栏", "each heading once"),
        Words("{found:list}", "{found:list}"),
        Words("删去多出的一栏，或给它另起一个表头", "Delete the column that is too many, or give it another heading"),
        Words("复制了“分值”一栏作比较", "the column of points, copied for comparison"),
        Words("分值｜原分值", "Points | Points before"),
    ),
    Code.N134: Entry(
        Severity.ERROR,
        Words("这个文件不能取回", "This file cannot be taken back"),
        Words("由 lawgov-score export 写出的 .xlsx 工作簿", "an .xlsx workbook written by lawgov-score export"),
        Words("{found}", "{found}"),
        Words(
            "导出的文档只供印发；改动写进同一体系导出的 .xlsx，再取回那一份",
            "A document is only to be read: enter the changes in the exported .xlsx and take that one back",
        ),
        Words("lawgov-score import tree.docx TREE", "lawgov-score import tree.docx TREE"),
        "lawgov-score export TREE -o tree.xlsx",
    ),
}
