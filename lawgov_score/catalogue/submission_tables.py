"""S144 to S149 and S161: answers in more than one place, and faults of tables of units."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

SUBMISSION_TABLES: dict[Code, Entry] = {
    Code.S144: Entry(
        Severity.WARNING,
        Words("{found}也有填报内容，没有读取", "{found} holds answers as well, which were not read"),
        Words("填报内容都在一张看得见的“填报”表上", "every answer on the one visible sheet to fill in"),
        FOUND,
        Words(
            "要报的内容移到“填报”表相应的行；不要的删去这张表（隐藏的先取消隐藏）",
            "Move what is to be reported to its row on the sheet 填报; remove the rest (unhide it first)",
        ),
        Words("“填报”表外还有一张隐藏的“填报 (2)”", "a hidden sheet 填报 (2) beside 填报"),
        Words("只留“填报”一张表", "the sheet 填报 alone"),
    ),
    Code.S145: Entry(
        Severity.ERROR,
        Words("这是{found}，不是填报表", "This is {found}, no submission"),
        Words("单位报来的填报表，或每个单位一行的表格", "a unit's workbook, or a table with a row for each unit"),
        FOUND,
        Words(
            "移出报送文件夹；单位误把它当填报表报来的，请该单位报送填报表",
            "Take it out of the folder; a unit that sent it by mistake sends the workbook to fill in",
        ),
        Words("单位把上次发还的评分卡改名报来", "a unit sends back the card it was given"),
        Words("报送填报表", "the workbook to fill in"),
    ),
    Code.S146: Entry(
        Severity.ERROR,
        Words(
            "“{heading}”一栏由考核办填写，没有采用",
            "The column “{heading}” is the office's to fill in, and was not used",
        ),
        Words("只有单位填报的栏", "columns that the units answer"),
        Words("{code} {indicator}，由考核办填写", "{code} {indicator}, filled in by the office"),
        Words(
            "考核办的结果用 --assessor 给出的表填写；从这张表中删去这一栏",
            "Put the office's results into the workbooks given with --assessor; remove the column here",
        ),
        Words("单位的表格里有一栏社会评议得分", "a table of the units' answers with a column of the office's survey"),
        Words("社会评议得分填在考核办结果表", "the survey's results in the office's own workbook"),
        on_desk=Words(
            "考核办的结果填入考核办自己的工作簿；从这张表中删去这一栏",
            "Put the office's results into the office's own workbooks; remove the column here",
        ),
    ),
    Code.S147: Entry(
        Severity.WARNING,
        Words("考核年度与指标体系的年度相差一年以上：{unit}", "A year more than one off that of the tree: {unit}"),
        Words("{expected}（指标体系的年度）", "{expected}, the year of the tree"),
        FOUND,
        Words(
            "核对年度；期限和“考核年度”一类的数按这个年度计算",
            "Check the year: due dates and the like are worked out from it",
        ),
        Words("2025 年度的指标体系，名册写作 2052", "the tree is of 2025, the roster says 2052"),
        "2025",
    ),
    Code.S148: Entry(
        Severity.ERROR,
        Words("单位编码被表格软件改了样子，这一行没有采用", "A spreadsheet has changed the unit code; row not used"),
        Words("原样的单位编码，单元格格式为“文本”", "the code as it is, in a cell formatted as text"),
        FOUND,
        Words(
            "把“单位编码”一栏设为“文本”格式，按原编码重新填写{nearest}",
            "Format the column of codes as text and enter the codes anew{nearest}",
        ),
        Words("530102000000 成了 5.30E+11", "530102000000 has become 5.30E+11"),
        "530102000000",
    ),
    Code.S149: Entry(
        Severity.ERROR,
        Words("这一行的格数与表头不同，没有采用", "The row has not as many cells as there are headings; not used"),
        EXPECTED,
        FOUND,
        Words(
            "对照原件补齐或改正这一行；数中有逗号的（1,234），去掉逗号或加引号",
            "Complete or mend the row; where a number has a comma in it (1,234), take it out or put it in quotes",
        ),
        "unit,01-1.x,01-2.y\n330100,1,234,5",
        "unit,01-1.x,01-2.y\n330100,1234,5",
    ),
    Code.S161: Entry(
        Severity.ERROR,
        Words("表头有两行", "Two rows of headings"),
        Words("表头只有一行，下面每个单位一行", "one row of headings, then a row for each unit"),
        FOUND,
        Words("只留写有填报项编码的一行表头", "Keep only the row of headings that names the questions by code"),
        "unit,01-1.x\ncode,cases\n330100,8",
        "unit,01-1.x\n330100,8",
    ),
}
