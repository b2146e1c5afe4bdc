"""S12x and S13x: faults in identifying units: rosters, tables, units. They stop only that table, or that unit."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, Entry, Severity
from lawgov_score.wording import Words

SUBMISSION_UNITS: dict[Code, Entry] = {
    Code.S134: Entry(
        Severity.ERROR,
        Words("看不出单位类型，表上又缺少部分填报项", "The type of the unit is not known, and questions are missing"),
        Words("单位类型：{expected:list}", "the type of the unit: {expected:list}"),
        Words(
            "表上没有的填报项 {n} 个，无从判断是不适用还是被删去", "{n} questions are not there: not asked, or removed?"
        ),
        Words(
            "在封面“单位类型”右边写明类型，填报表用下发的原件，不要另建工作簿；考核办可用 --roster 给出单位名册",
            "Say the type on the cover beside 单位类型, and fill in the workbook that was sent out; or the office "
            "gives a --roster",
        ),
        Words(
            "把填报表复制到新工作簿，封面和隐藏的标识表都没有了", "copied into a new workbook without cover and stamp"
        ),
        Words("在下发的原件上填报", "filled in in the workbook that was sent out"),
        on_desk=Words(
            "在封面“单位类型”右边写明类型，填报表用下发的原件，不要另建工作簿；考核办可在单位名册中写明",
            "Say the type on the cover beside 单位类型, and fill in the workbook that was sent out; or the office says "
            "it in the roster",
        ),
    ),
    Code.S140: Entry(
        Severity.WARNING,
        Words(
            "同一单位报了不止一份，采用最后保存的这一份：{unit}", "Several submissions for {unit}; the newest counts"
        ),
        Words("每个单位一份", "one per unit"),
        Words("{n} 份：{files:list}", "{n}: {files:list}"),
        Words(
            "与该单位核实后，把不用的移出文件夹；保存时间是文件自己记载的，电脑时钟不准的会有误",
            "Ask the unit, and take the others away; the time is the file's own word, as right as that computer was",
        ),
        Words("加 --latest，330100.xlsx 和 330100-修改.xlsx", "--latest, with 330100.xlsx and 330100-修改.xlsx"),
        Words("只留 330100-修改.xlsx", "330100-修改.xlsx only"),
    ),
    Code.S169: Entry(
        Severity.WARNING,
        Words(
            "同一单位最后报来的一份不能采用，暂按以前的一份计分：{unit}",
            "The newest submission of {unit} cannot be used; an earlier one counts meanwhile",
        ),
        Words("最后报来的一份能够采用", "a newest submission that can be used"),
        Words("{n} 份：{files:list}", "{n}: {files:list}"),
        Words(
            "按另列的问题请该单位重报；重报以前，得分是以前那一份的",
            "Have the unit send it anew, by the problems that are told; until then the earlier one is scored",
        ),
        Words("加 --latest，330100-修改.xlsx 没有“填报”表", "--latest, where 330100-修改.xlsx has no fill-in sheet"),
        Words("重报的 330100-再改.xlsx", "330100-再改.xlsx, sent anew"),
    ),
    Code.S141: Entry(
        Severity.WARNING,
        Words(
            "同一单位报了几份，内容相同，按一份采用：{unit}", "Several submissions for {unit}, all the same; one counts"
        ),
        Words("每个单位一份", "one per unit"),
        Words("共 {n} 份，另有 {files:list}", "{n} in all; the others: {files:list}"),
        Words("把重复的移出文件夹", "Take the others away"),
        Words(
            "330100.xlsx 和 330100 (1).xlsx，填报内容完全相同", "330100.xlsx and 330100 (1).xlsx, with the same answers"
        ),
        Words("只留 330100.xlsx", "330100.xlsx only"),
    ),
    Code.S142: Entry(
        Severity.WARNING,
        Words("与另一单位的填报数雷同，请核实", "The figures are those of another unit, to the last digit"),
        Words("各单位自己的数据", "the unit's own figures"),
        Words(
            "两单位都填的 {of} 个可比的数中有 {n} 个完全相同，如 {examples:list}",
            "{n} of the {of} figures that both gave {n:is|are} equal, such as {examples:list}",
        ),
        Words(
            "与两个单位核实各自的原始数据；确属同一来源（如合署办公）的，可以不改",
            "Ask both units for their sources; where they share one (offices under one roof), leave it",
        ),
        Words("330102.xlsx 由 330101.xlsx 改名、改封面而来", "330102.xlsx is 330101.xlsx under another name and cover"),
        Words("330102 按本单位的数据重新填报", "330102 fills in its own figures"),
    ),
    Code.S143: Entry(
        Severity.WARNING,
        Words("填报表不是现行一版，已逐题比对", "Not the workbook of this edition; compared question by question"),
        Words("{expected}", "{expected}"),
        Words("{found}：{told}", "{found}: {told}"),
        Words(
            "核实所填确为本年度数据{hint}",
            "Ask whether the figures are those of the assessed year{hint}",
        ),
        Words("2018 年考核，报来的是在 2017 年表上填的数据", "figures for 2018, filled in in the workbook of 2017"),
        Words("用 2018 年的填报表填写", "fill in the workbook of 2018"),
    ),
    Code.S137: Entry(
        Severity.WARNING,
        Words("表格只有表头，没有一个单位", "The table has headings and not a single unit"),
        Words("表头以下每个单位一行", "a row for every unit below the headings"),
        Words("表头以下没有内容", "nothing below the headings"),
        Words(
            "还没有填的，先填好；导出时漏了数据行的，重新导出；不需要这张表的，移出文件夹",
            "Fill it in; export it again if the rows were lost; or take the file out of the folder",
        ),
        "unit,01-1.x",
        "unit,01-1.x\n330100,0.953",
    ),
    Code.S139: Entry(
        Severity.NOTE,
        Words("{outcome}", "{outcome}"),
        Words("全部改正", "all of them solved"),
        FOUND,
        Words("{hint}", "{hint}"),
        Words("退回 5 项，单位改了 4 项后报来", "returned with 5 problems; the unit solved 4"),
        Words("余下的一项也改正", "the last one solved too"),
    ),
    Code.S121: Entry(
        Severity.ERROR,
        Words("表格缺少“{heading}”栏", "The table lacks the column “{heading}”"),
        Words("{expected}", "{expected}"),
        Words("表头：{found:list}", "headings: {found:list}"),
        Words("补上该栏，第一行写栏名", "Add the column; the first row holds the headings"),
        "编号,单位名称,类型",
        "unit,name,type,cohort",
    ),
    Code.S122: Entry(
        Severity.ERROR,
        Words("单位编码重复：{unit}", "Unit code used twice: {unit}"),
        Words("每个编码只出现一次", "each code once"),
        FOUND,
        Words("删去重复的一行，或改正编码", "Remove the repeated row, or mend the code"),
        Words("S-BAN-01 出现两次", "S-BAN-01 twice"),
        "S-BAN-01、S-BAN-02",
    ),
    Code.S123: Entry(
        Severity.ERROR,
        Words("指标体系没有这个单位类型", "The tree has no such unit type"),
        Words("{expected:list}", "{expected:list}"),
        FOUND,
        Words("改为上列类型的名称或编码{nearest}", "Use the code or name of one of these types{nearest}"),
        Words("type 写作 街道", "type says 街道"),
        Words("subdistrict 或 办事处", "subdistrict or 办事处"),
    ),
    Code.S124: Entry(
        Severity.ERROR,
        Words("指标体系没有这个考核分组", "The tree has no such cohort"),
        Words("{expected:list}；或留空，按单位类型归组", "{expected:list}; or blank, to go by the unit's type"),
        FOUND,
        Words("改为上列分组的名称或编码{nearest}", "Use the code or name of one of these cohorts{nearest}"),
        Words("cohort 写作 街道组", "cohort says 街道组"),
        Words("subdistricts 或 办事处组", "subdistricts or 办事处组"),
    ),
    Code.S125: Entry(
        Severity.ERROR,
        Words("“{heading}”一格为空或不合要求", "The cell under “{heading}” is empty or malformed"),
        Words("{expected}", "{expected}"),
        FOUND,
        Words("补填或改正该格", "Fill in or mend the cell"),
        Words("单位编码为空", "no unit code"),
        "S-BAN-01",
    ),
    Code.S126: Entry(
        Severity.WARNING,
        Words("填报表的单位类型与名册不一致", "The workbook's unit type differs from the roster's"),
        Words("{expected}（名册）", "{expected} (roster)"),
        Words("{found}（填报表）", "{found} (workbook)"),
        Words(
            "以名册为准计分；下发后改过类型的，请按新类型重新下发填报表",
            "The roster counts; send out the workbook again if the type was changed",
        ),
        Words(
            "名册已改为“有执法权部门”，填报表仍是“办事处”",
            "the roster now says 有执法权部门, the workbook still 办事处",
        ),
        Words("按新类型重新下发填报表", "send out a workbook for the new type"),
    ),
    Code.S130: Entry(
        Severity.WARNING,
        Words("文件名是另一个单位的", "The file is named after another unit"),
        Words("{expected}（表内所写的单位）", "{expected}, the unit named inside"),
        Words("{found}（文件名）", "{found}, by the name of the file"),
        Words(
            "与两个单位核实是否错用了填报表；按表内所写的单位计分",
            "Ask both units whether the wrong workbook was used; it is scored for the unit named inside",
        ),
        Words("S-BAN-02.xlsx 是下发给 S-BAN-01 的填报表", "S-BAN-02.xlsx is the workbook made for S-BAN-01"),
        Words("S-BAN-02 用下发给自己的填报表", "S-BAN-02 fills in the workbook made for it"),
    ),
    Code.S131: Entry(
        Severity.WARNING,
        Words("单位编码不便作文件名：{unit}", "Unit code that makes no file name of its own: {unit}"),
        Words(
            "编码作文件名时各不相同（不分大小写，/ 等符号都成为 _）",
            "codes that differ as file names (where A is a, and / and the like become _)",
        ),
        FOUND,
        Words("可照常使用；填报表和评分卡写作 {name}", "Nothing need be done; its files are called {name}"),
        Words("a/b 和 a_b", "a/b and a_b"),
        Words("a-b1 和 a-b2", "a-b1 and a-b2"),
    ),
    Code.S132: Entry(
        Severity.WARNING,
        Words(
            "单位报来的填报表都不能采用，未计分：{name}（{unit}）",
            "None of the unit's submissions can be used; not scored: {name} ({unit})",
        ),
        Words("一份可用的填报表", "one submission that can be used"),
        Words("{files:list}", "{files:list}"),
        Words("按各文件的错误逐一更正后重新报送", "Mend what is said of these files, then return the workbook"),
        Words(
            "330100.xlsx 缺少填报的工作表，该单位没有别的填报表",
            "330100.xlsx lacks the sheet to fill in, and the unit sent nothing else",
        ),
        Words("重新报送完整的工作簿", "send the whole workbook again"),
    ),
}
