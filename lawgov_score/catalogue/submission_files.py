"""S1xx: faults of a submission, a table or a roster as a file. They stop only that file, or that unit."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, FROM_TEMPLATE, Entry, Severity
from lawgov_score.wording import Words

SUBMISSION_FILES: dict[Code, Entry] = {
    Code.S101: Entry(
        Severity.ERROR,
        Words("找不到文件或文件夹，或不能读取", "File or folder not found, or not readable"),
        Words("存在且有权读取的文件或文件夹", "a file or folder that exists and may be read"),
        FOUND,
        Words("核对路径和文件名是否写对，是否有读取权限", "Check the path, the name and the permission to read it"),
        Words(
            "lawgov-score check indicators/qujialing-2017 报送表",
            "lawgov-score check indicators/qujialing-2017 submisions",
        ),
        "lawgov-score check indicators/qujialing-2017 submissions/sample-round",
    ),
    Code.S102: Entry(
        Severity.ERROR,
        Words("没有可以计分的填报表", "No submission that could be scored"),
        Words("至少一个 .xlsx、.xlsm 或 .csv 填报表", "at least one .xlsx, .xlsm or .csv submission"),
        Words("0 个", "none"),
        Words(
            "核对是否选错了文件夹；填报表须直接放在该文件夹中，不看下级文件夹",
            "Check the folder; submissions must lie in it directly, folders below are not read",
        ),
        Words("submissions/2017/ 里只有一个 README.md", "submissions/2017/ holds nothing but a README.md"),
        Words("把各单位报来的填报表放进该文件夹", "put the units' workbooks into that folder"),
    ),
    Code.S103: Entry(
        Severity.ERROR,
        Words("不是工作簿或表格文件", "Not a workbook or a table"),
        Words(".xlsx 工作簿，或 .csv、.xlsx 表格", "an .xlsx workbook, or a .csv or .xlsx table"),
        FOUND,
        Words(
            "压缩包先解压，报里面的文件；其他的用 Excel 或 WPS 打开原件，另存为“Excel 工作簿 (*.xlsx)”后重新报送",
            "Unpack an archive and send what is in it; open anything else in a spreadsheet program and save it as an "
            "Excel workbook (*.xlsx)",
        ),
        Words("把一份 PDF 改名为 330100.xlsx 报来", "a PDF renamed to 330100.xlsx"),
        Words("报送填报表本身，不要报扫描件", "send the workbook itself, not a scan of it"),
    ),
    Code.S104: Entry(
        Severity.ERROR,
        Words("工作簿设有打开密码", "The workbook is protected by a password"),
        Words("不设打开密码的 .xlsx 工作簿", "an .xlsx workbook without a password to open it"),
        Words("加密的工作簿", "an encrypted workbook"),
        Words(
            "用密码打开后，在“文件—信息—保护工作簿”中清除打开密码，保存后重新报送",
            "Open it with its password, remove the password under File, Info, Protect Workbook, and save",
        ),
        Words("330100.xlsx 打开时要求输入密码", "330100.xlsx asks for a password when it is opened"),
        Words("清除打开密码后重新报送", "take the password off and send it again"),
    ),
    Code.S105: Entry(
        Severity.ERROR,
        Words("旧格式（.xls）的工作簿", "A workbook in the old .xls format"),
        Words(".xlsx 工作簿", "an .xlsx workbook"),
        Words(".xls（Excel 97—2003）", ".xls (Excel 97-2003)"),
        Words(
            "用 Excel 或 WPS 打开，另存为“Excel 工作簿 (*.xlsx)”后重新报送，只改扩展名不行",
            "Open it and save it as an Excel workbook (*.xlsx); renaming the file is not enough",
        ),
        "330100.xls",
        Words("330100.xlsx（另存而得）", "330100.xlsx (saved as .xlsx)"),
    ),
    Code.S106: Entry(
        Severity.ERROR,
        Words("工作簿已损坏，不能读取", "The workbook is damaged and cannot be read"),
        Words("能用 Excel 或 WPS 正常打开的工作簿", "a workbook that a spreadsheet program opens without repairs"),
        FOUND,
        Words(
            "用 Excel 或 WPS 打开并修复，另存后重新报送；传输中断的，请重新发送",
            "Open and repair it, save it anew; if the transfer broke off, send it again",
        ),
        Words("330100.xlsx 只收到一半", "only half of 330100.xlsx arrived"),
        Words("重新发送完整的文件", "send the whole file again"),
    ),
    Code.S107: Entry(
        Severity.ERROR,
        Words("工作簿异常，为安全起见未打开", "The workbook is not safe to open and was left closed"),
        Words("{expected}", "{expected}"),
        FOUND,
        Words(
            "把填报内容复制到新下载的填报表中（只粘贴数值），另存后重新报送",
            "Copy the answers into a fresh copy of the workbook (paste values only) and return that",
        ),
        Words("在第 1048576 行误留了一个空格", "a space left in row 1048576 by mistake"),
        Words("用新的填报表重新填写", "fill in a new workbook"),
    ),
    Code.S108: Entry(
        Severity.ERROR,
        Words("填报表属于另一个指标体系", "The workbook belongs to another indicator tree"),
        Words("指标体系 {expected}", "tree {expected}"),
        Words("指标体系 {found}", "tree {found}"),
        FROM_TEMPLATE,
        Words(
            "按 wuhua-2020 下发的表，报到了 qujialing-2017", "a workbook made for wuhua-2020, sent to qujialing-2017"
        ),
        Words("用 qujialing-2017 的填报表填写", "fill in the workbook of qujialing-2017"),
    ),
    Code.S109: Entry(
        Severity.ERROR,
        Words("填报表属于指标体系的另一版或另一年度", "The workbook belongs to another edition or year of the tree"),
        Words("{expected}", "{expected}"),
        FOUND,
        FROM_TEMPLATE,
        Words("2018 年考核报来了 2017 年的填报表", "a workbook of 2017 sent in for 2018"),
        Words("用 2018 年的填报表填写", "fill in the workbook of 2018"),
    ),
    Code.S110: Entry(
        Severity.ERROR,
        Words("看不出是哪个单位报的", "It does not say which unit it is from"),
        Words("封面“单位编码”一格写有单位编码", "the unit's code on the cover, beside “单位编码”"),
        FOUND,
        Words(
            "在封面“单位编码”右侧填写单位编码，或以单位编码作文件名",
            "Write the unit's code beside “单位编码” on the cover, or name the file by it",
        ),
        Words("新建文件 (1).xlsx，封面没有单位编码", "新建文件 (1).xlsx, without a unit code on its cover"),
        Words("330100.xlsx，封面单位编码 330100", "330100.xlsx, unit code 330100 on its cover"),
    ),
    Code.S111: Entry(
        Severity.ERROR,
        Words("单位不在名册中：{unit}", "Unit not in the roster: {unit}"),
        Words("名册中的单位编码", "a unit code of the roster"),
        FOUND,
        Words(
            "核对单位编码；确应参加考核的，先补入名册{nearest}",
            "Check the code; add the unit to the roster if it is to be assessed{nearest}",
        ),
        Words("名册里是 S-BAN-01，填报表写成 S-BAN-O1", "S-BAN-01 in the roster, S-BAN-O1 in the workbook"),
        Words("改为 S-BAN-01", "S-BAN-01"),
    ),
    Code.S112: Entry(
        Severity.ERROR,
        Words("同一单位报了不止一份：{unit}", "More than one submission for one unit: {unit}"),
        Words("每个单位一份", "one per unit"),
        Words("{n} 份：{files:list}", "{n}: {files:list}"),
        Words(
            "与该单位核实，只留下有效的一份{hint}。核实前该单位不计分",
            "Ask the unit which one counts and remove the others{hint}; until then it is not scored",
        ),
        Words("330100.xlsx 和 330100-修改.xlsx", "330100.xlsx and 330100-修改.xlsx"),
        Words("只留 330100-修改.xlsx", "330100-修改.xlsx only"),
    ),
    Code.S115: Entry(
        Severity.NOTE,
        Words("不是填报表，已跳过", "Not a submission; skipped"),
        Words("填报表（.xlsx、.xlsm 工作簿，或 .csv 表格）", "a submission (.xlsx, .xlsm or a .csv table)"),
        FOUND,
        Words("不必处理；有人正打开该文件的，请先保存关闭", "Nothing to do; if someone has it open, save and close it"),
        "~$330100.xlsx",
        Words("关闭 Excel 后该文件自动消失", "the file goes by itself when Excel is closed"),
    ),
    Code.S116: Entry(
        Severity.WARNING,
        Words(
            "名册中的单位没有可用的填报表：{name}（{unit}）",
            "Unit of the roster without a usable submission: {name} ({unit})",
        ),
        Words("一份填报表", "one submission"),
        Words("没有", "none"),
        Words("督促报送；名册有误的，从名册中删去", "Ask for it, or take the unit off the roster if it is wrong"),
        Words("名册有 24 个单位，只收到 23 份", "24 units in the roster, 23 workbooks received"),
        Words("补报后重新计分", "score anew when it has come"),
    ),
    Code.S117: Entry(
        Severity.ERROR,
        Words("表格中有认不出的栏：{column}", "A column that no field has: {column}"),
        Words("unit，或“指标编码.填报项代码”，如 {example}", "unit, or indicator code.field code, such as {example}"),
        FOUND,
        Words("改正栏名，或删去该栏{nearest}", "Mend the heading, or remove the column{nearest}"),
        "23-2.rates",
        "23-2.rate",
    ),
    Code.S118: Entry(
        Severity.WARNING,
        Words("工作簿含有{what}，已忽略", "The workbook holds {what}; ignored"),
        Words("只有填报值的工作簿", "a workbook with nothing but the answers"),
        Words("{what}", "{what}"),
        Words(
            "只取单元格中存着的值；引自其他文件的数请改为直接填写",
            "Only stored values are read; type in figures that are linked from other files",
        ),
        Words("填报值引用了 [统计.xlsx]Sheet1!B2", "an answer that refers to [统计.xlsx]Sheet1!B2"),
        Words("直接填写该数", "the number itself"),
    ),
    Code.S119: Entry(
        Severity.NOTE,
        Words("表格不是 UTF-8 编码，按 GB18030 读取", "The table is not UTF-8; read as GB18030"),
        Words("UTF-8", "UTF-8"),
        Words("GB18030（GBK）", "GB18030 (GBK)"),
        Words(
            "核对单位名称有无乱码；另存为“CSV UTF-8”更稳妥",
            "Check the names for garbled text; saving as CSV UTF-8 is safer",
        ),
        Words("Excel 中文版“另存为 CSV”得到的文件", "a CSV saved by a Chinese Excel"),
        Words("另存为“CSV UTF-8（逗号分隔）”", "saved as “CSV UTF-8 (comma delimited)”"),
    ),
    Code.S120: Entry(
        Severity.WARNING,
        Words("填报表下发后，指标体系有过改动", "The tree has changed since the workbook was sent out"),
        Words("按现行指标体系下发的填报表（指纹 {expected}）", "one of the tree as it is (fingerprint {expected})"),
        Words("按改动前的指标体系下发的（指纹 {found}）", "one of the tree as it was (fingerprint {found})"),
        Words(
            "对得上的填报项照常采用；对不上的逐项列出，请核对",
            "What still matches is used; what does not is listed row by row",
        ),
        Words(
            "填报表下发后，又给 23-2 增加了一个填报项",
            "23-2 was given one more field after the workbooks had been sent out",
        ),
        Words(
            "重新下发填报表，或确认改动不影响已填内容",
            "send out new workbooks, or make sure that the change does not bear on what is filled in",
        ),
    ),
    Code.S127: Entry(
        Severity.ERROR,
        Words("单位编码和单位名称不是同一个单位的，未采用", "Code and name are of different units; not used"),
        Words("{expected}", "{expected}"),
        Words("{found}", "{found}"),
        Words(
            "填报表每个单位一份，不能借用，封面不要改动；表格中每一行的编码、名称和数据要是同一个单位的（不要只给一栏排序）",
            "Each unit fills in its own workbook and leaves the cover alone; in a table, code, name and figures of "
            "a row are one unit's (sort whole rows)",
        ),
        Words(
            "下发给 S-BAN-01 的填报表，封面改成了 S-BAN-02",
            "the workbook made for S-BAN-01, its cover changed to S-BAN-02",
        ),
        Words("S-BAN-02 用下发给自己的填报表", "S-BAN-02 fills in the workbook made for it"),
    ),
    Code.S129: Entry(
        Severity.NOTE,
        Words("不是填报表格式，未读取", "Not in the form of a submission; not read"),
        Words(".xlsx、.xlsm 或 .csv 文件，直接放在该文件夹中", "an .xlsx, .xlsm or .csv file in the folder itself"),
        FOUND,
        Words(
            "里面有填报表的，请解压、取出或另存后放到该文件夹中；佐证材料不必处理",
            "If it holds submissions, unpack, move or save them into the folder; evidence may stay",
        ),
        Words("某单位把填报表打成压缩包 S-BAN-01.zip 报来", "a unit sent its workbook as S-BAN-01.zip"),
        Words("解压得到 S-BAN-01.xlsx", "S-BAN-01.xlsx, taken out of it"),
    ),
    Code.S168: Entry(
        Severity.WARNING,
        Words(
            "下级文件夹中有 {n} 份表格，没有读取",
            "A folder below holds {n} {n:workbook or table, which is|workbooks or tables, which are} not read",
        ),
        Words("填报表直接放在该文件夹中", "submissions in the folder itself"),
        Words("{found:list}", "{found:list}"),
        Words(
            "是补报的填报表，取出来与原来的放在一起，文件名要不同；不取出来，计分仍用原来的那一份",
            "Put corrected workbooks beside the first ones, under another name: now the first ones go on counting",
        ),
        Words("补报的放在 received/二报/330100.xlsx", "a corrected workbook in received/second/330100.xlsx"),
        Words("received/330100 补报.xlsx", "received/330100 corrected.xlsx"),
    ),
}
