"""A1xx: the office's own workbooks as files. A3xx: the results of the last edition."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, Entry, Severity
from lawgov_score.wording import Words

_FROM_TEMPLATE = Words(
    "请用 lawgov-score template 指标体系 --assessor 生成的工作簿填写",
    "Use the workbooks that lawgov-score template TREE --assessor writes",
)
_CURE = Words("{cure}", "{cure}")  # of our own tables another one than of an office's ranking
_OF_CSV = Words(
    "请用上一次考核 lawgov-score score --csv 写出的文件夹，不要改动其中的文件",
    "Use the folder that lawgov-score score --csv wrote for the last edition, as it was written",
)

ASSESSOR_FILES: dict[Code, Entry] = {
    Code.A101: Entry(
        Severity.ERROR,
        Words("缺少工作表“{sheet}”", "The sheet “{sheet}” is missing"),
        Words("名为“{sheet}”的工作表，或表头相同的工作表", "a sheet “{sheet}”, or one with its headings"),
        Words("{found:list}", "{found:list}"),
        Words("恢复该工作表；没有内容要登记的，把整个工作簿移出文件夹", "Put it back, or take the workbook away"),
        Words("评审打分.xlsx 里只剩“填写说明”", "nothing but 填写说明 is left in 评审打分.xlsx"),
        Words("恢复“评审打分”表", "put the sheet 评审打分 back"),
    ),
    Code.A102: Entry(
        Severity.ERROR,
        Words("“{sheet}”表缺少“{heading}”一栏", "The sheet “{sheet}” has no column “{heading}”"),
        Words("{expected:list}", "{expected:list}"),
        Words("{found:list}", "{found:list}"),
        Words(
            "恢复该栏的表头，写原名或者通用的别名（docs/office-workbooks.md 列出）；各栏顺序可以调换",
            "Put the heading back, by its name or another that docs/office-workbooks.md lists; the order is free",
        ),
        Words("“评分理由”一栏被删去", "the column 评分理由 was deleted"),
        Words("单位、指标、评审人、评分、评分理由", "单位, 指标, 评审人, 评分, 评分理由"),
    ),
    Code.A103: Entry(
        Severity.ERROR,
        Words("工作簿属于另一套指标体系", "The workbook belongs to another tree"),
        Words("{expected}", "{expected}"),
        FOUND,
        _FROM_TEMPLATE,
        Words("考核屈家岭管理区，放进来的是五华区的评审打分表", "the marks of Wuhua among the files for Qujialing"),
        Words("用本指标体系的评审打分表填写", "the marks entered in this tree's own workbook"),
        on_desk=Words(
            "请用本轮考核办工作簿的空白表填写",
            "Use the blank workbooks of the office that were made for this assessment",
        ),
    ),
    Code.A104: Entry(
        Severity.ERROR,
        Words("工作簿属于指标体系的另一个版本", "The workbook belongs to another edition of the tree"),
        Words("{expected} 版", "edition {expected}"),
        Words("{found} 版", "edition {found}"),
        _FROM_TEMPLATE,
        Words("2018 年考核放进来的是 2017 年的加减分登记", "the register of 2017 among the files of 2018"),
        Words("用 2018 年的工作簿登记", "the register of 2018"),
        on_desk=Words(
            "请用本轮考核办工作簿的空白表填写",
            "Use the blank workbooks of the office that were made for this assessment",
        ),
    ),
    Code.A105: Entry(
        Severity.ERROR,
        Words("认不出是考核机关的哪一种工作簿，未采用", "Not one of the office's own workbooks; not used"),
        Words(
            "评审打分、复核改分、不适用认定、加减分登记、考核机关填报项之一",
            "marks, changes, rulings on not applicable, the register, or the office's own figures",
        ),
        Words("工作表 {found:list}", "sheets {found:list}"),
        Words(
            "用 template --assessor 生成的工作簿填写；不是考核机关工作簿的，移出该文件夹",
            "Use the workbooks of template --assessor; take anything else out of the folder",
        ),
        Words("某单位的填报表误放进考核机关的文件夹", "a unit's workbook in the office's folder"),
        Words("把它移到报送表的文件夹", "moved to the folder of submissions"),
        on_desk=Words(
            "用考核办工作簿的空白表填写；不是考核机关工作簿的，不要选",
            "Use the blank workbooks of the office; leave anything else out",
        ),
    ),
    Code.A106: Entry(
        Severity.ERROR,
        Words("文件夹中没有考核机关的工作簿", "No workbook of the office in the folder"),
        Words("至少一个 .xlsx、.xlsm 或 .csv 文件", "at least one .xlsx, .xlsm or .csv file"),
        Words("0 个", "none"),
        Words(
            "核对是否选错了文件夹；工作簿须直接放在该文件夹中，不看下级文件夹",
            "Check the folder; workbooks must lie in it directly, folders below are not read",
        ),
        Words("--assessor 指向了空文件夹", "--assessor names an empty folder"),
        Words("--assessor 考核机关/2017", "--assessor office/2017"),
    ),
    Code.A107: Entry(
        Severity.WARNING,
        Words("考核机关的工作簿放在了填报表中，未采用", "A workbook of the office among the submissions; not used"),
        Words("各单位的填报表", "submissions of units"),
        Words("考核机关的“{found}”", "the office's “{found}”"),
        Words(
            "移到另一个文件夹，计分时用 --assessor 指明该文件夹",
            "Move it to a folder of its own and name that after --assessor",
        ),
        Words("报送表文件夹里有评审打分.xlsx", "评审打分.xlsx lies among the submissions"),
        Words(
            "lawgov-score score 指标体系 报送表 --assessor 考核机关",
            "lawgov-score score TREE submissions --assessor office",
        ),
        on_desk=Words(
            "移出单位报送的文件夹，作为考核办的工作簿录入",
            "Take it out of the folder of submissions, and enter it as a workbook of the office",
        ),
    ),
    Code.A108: Entry(
        Severity.WARNING,
        Words("表中有认不出的栏“{column}”，该栏没有读取", "A column that no form has: “{column}”; it is not read"),
        Words("{expected:list}", "{expected:list}"),
        FOUND,
        Words(
            "表头写错的，改正后重新计分；只供本机关备查的栏可以保留{nearest}",
            "Mend the heading if it is meant to count; a column kept for yourselves may stay{nearest}",
        ),
        Words("“次数”一栏被改名为“数量”", "the column 次数 renamed to 数量"),
        Words("次数", "次数"),
    ),
    Code.A109: Entry(
        Severity.WARNING,
        Words("与另一个文件完全相同，只读取一次", "The same as another file; read once"),
        Words("每个工作簿只放一份", "one copy of each workbook"),
        Words("内容与 {found} 相同", "the same content as {found}"),
        Words("把多余的一份移出文件夹", "Take the second copy out of the folder"),
        Words("加减分登记.xlsx 和加减分登记 - 副本.xlsx", "加减分登记.xlsx and 加减分登记 - 副本.xlsx"),
        Words("只留加减分登记.xlsx", "加减分登记.xlsx only"),
    ),
    Code.A110: Entry(
        Severity.ERROR,
        Words("“{heading}”有两栏，该表未采用", "Two columns say “{heading}”; the sheet is not used"),
        Words("一栏", "one column"),
        Words("{found:list}", "{found:list}"),
        Words("只留有效的一栏，删去另一栏或改名", "Keep the one that counts, remove or rename the other"),
        Words("既有“评分”，又有“分数”", "both 评分 and 分数"),
        Words("评分（一栏）", "评分, one column"),
    ),
    Code.A111: Entry(
        Severity.WARNING,
        Words(
            "工作表“{sheet}”没有可用的表头，没有读取", "The sheet “{sheet}” has no headings that are known; not read"
        ),
        Words("与模板相同的表头", "the headings of the template"),
        Words("第一行内容：{found:list}", "its first row: {found:list}"),
        Words(
            "续表须重写表头，或把各行接到前一张表的下方；与考核无关的，可以保留",
            "Repeat the headings on a sheet that goes on, or move its rows below the first; anything else may stay",
        ),
        Words("评审打分表后面另有一张没有表头的续表", "a second sheet of marks without headings"),
        Words("把续表的各行移到评审打分表的下方", "its rows moved below those of the first"),
    ),
    Code.A112: Entry(
        Severity.WARNING,
        Words("{said}", "{said}"),
        Words("一本登记，或者互不重复的几本", "one register, or several that share no row"),
        Words("{files:list}", "{files:list}"),
        Words("{hint}", "{hint}"),
        Words(
            "加减分登记.xlsx（3月1日保存）和加减分登记（更正）.xlsx（3月5日保存）有 12 行相同",
            "加减分登记.xlsx, saved on 1 March, and a corrected copy of 5 March, 12 rows the same in both",
        ),
        Words("只留加减分登记（更正）.xlsx，或者计分时加 --latest", "only the corrected copy, or --latest"),
    ),
    Code.A301: Entry(
        Severity.ERROR,
        Words("上年结果中没有 {name}", "The last edition's results have no {name}"),
        Words("ranking.csv、scores.csv、figures.csv", "ranking.csv, scores.csv and figures.csv"),
        FOUND,
        _OF_CSV,
        Words("--previous 指向了只有评分表的文件夹", "--previous names a folder with nothing but a scorecard"),
        Words(
            "--previous out/2016（其中有 ranking.csv、scores.csv、figures.csv）",
            "--previous out/2016 (with ranking.csv, scores.csv, figures.csv)",
        ),
        on_desk=Words(
            "请用上一次考核写出的成绩表文件夹，不要改动其中的文件",
            "Use the folder of tables that was written for the last edition, as it was written",
        ),
    ),
    Code.A302: Entry(
        Severity.WARNING,
        Words(
            "上年结果中没有 figures.csv，上年的填报值和指标值一律按“没有记录”处理",
            "The last edition's results have no figures.csv; all its figures count as not on record",
        ),
        Words("ranking.csv、scores.csv、figures.csv", "ranking.csv, scores.csv and figures.csv"),
        FOUND,
        Words(
            "用上年的指标体系和填报表重新计分，加 --csv 写出三个文件",
            "Score the last edition again with --csv; it writes all three files",
        ),
        Words(
            "上年结果由较早的版本写出，没有 figures.csv",
            "last edition's results are of an older version and have no figures.csv",
        ),
        Words(
            "lawgov-score score 上年指标体系 上年报送表 --csv out/2016",
            "lawgov-score score LAST-TREE LAST-INPUTS --csv out/2016",
        ),
        on_desk=Words(
            "用上年的指标体系和填报表重新计分，三个文件都会写出",
            "Score the last edition again; that writes all three files",
        ),
    ),
    Code.A303: Entry(
        Severity.ERROR,
        Words("{name} 缺少“{heading}”一栏", "{name} has no column “{heading}”"),
        Words("{expected:list}", "{expected:list}"),
        Words("{found:list}", "{found:list}"),
        _CURE,
        "unit,name,cohort,grade",
        "unit,name,cohort,score,rank,grade",
    ),
    Code.A304: Entry(
        Severity.WARNING,
        Words("{name} 有认不出的栏“{heading}”，未采用", "{name} has an unknown column “{heading}”; not used"),
        Words("{expected:list}", "{expected:list}"),
        FOUND,
        _CURE,
        Words("ranking.csv 末尾手工加了一栏“备注”", "a column 备注 added to ranking.csv by hand"),
        "unit,name,cohort,score,rank,grade",
    ),
    Code.A305: Entry(
        Severity.ERROR,
        Words("“{heading}”应为数", "“{heading}” must be a number"),
        Words("{expected}", "{expected}"),
        FOUND,
        _CURE,
        Words("score 一栏写着“八十六分”", "score says 八十六分"),
        "86.30",
    ),
    Code.A306: Entry(
        Severity.WARNING,
        Words(
            "上年结果的指标编码与本指标体系没有一个相同",
            "The last edition's results have no node code in common with this tree",
        ),
        Words("{expected} 上一版的结果", "results of the edition before {expected}"),
        Words("{found} 的结果", "results of {found}"),
        Words(
            "核对是否选错了文件夹；编码全部改过的，上年的得分和指标值对不上，只比较位次和总分",
            "Check the folder; where all codes have changed, only places and totals can be compared",
        ),
        Words("考核 2018 年，--previous 指向了另一个区的结果", "--previous names the results of another district"),
        "--previous out/qujialing-2017",
    ),
    Code.A307: Entry(
        Severity.ERROR,
        Words(
            "同一行写了两次，且不一致，各行都没有采用：{key}",
            "The same line twice, differently; none of them is used: {key}",
        ),
        Words("只有一行", "one line"),
        Words("“{found}”与“{other}”", "“{found}” and “{other}”"),
        _CURE,
        Words("两次考核的 ranking.csv 被拼在一起", "ranking.csv of two editions, one below the other"),
        Words("每个单位一行", "one row a unit"),
    ),
    Code.A308: Entry(
        Severity.WARNING,
        Words(
            "今年的 {of} 个单位中，只有 {n} 个在上年结果里；其余一律按“没有记录”处理",
            "Of this year's {of} units only {n} {n:is|are} in the last edition's results; the others count as "
            "not on record",
        ),
        Words("今年的单位，如 {expected:list}", "units of this year, such as {expected:list}"),
        Words("上年的单位，如 {found:list}", "units of the last edition, such as {found:list}"),
        Words(
            "核对是否选错了文件夹、单位编码是否改过；CSV 文件用表格软件打开再保存，编码开头的 0 会丢失（001 变成 1），"
            "请改用 --csv 写出的原文件",
            "Check the folder, and whether codes of units have changed; a spreadsheet program that saves a CSV file "
            "again drops leading zeros (001 becomes 1): use the files as --csv wrote them",
        ),
        Words("上年结果用表格软件另存过，单位编码 001 成了 1", "saved again by a spreadsheet, unit code 001 became 1"),
        Words("--previous out/2016（--csv 写出后未改动）", "--previous out/2016 (as --csv wrote it)"),
        on_desk=Words(
            "核对是否选错了文件夹、单位编码是否改过；CSV 文件用表格软件打开再保存，编码开头的 0 会丢失（001 变成 1），"
            "请改用写出的原文件",
            "Check the folder, and whether codes of units have changed; a spreadsheet program that saves a CSV file "
            "again drops leading zeros (001 becomes 1): use the files as they were written",
        ),
    ),
    Code.A309: Entry(
        Severity.WARNING,
        Words(
            "{of} 项指标要与上年比较，只有 {n} 项在上年结果里有数；其余一律按“没有记录”处理",
            "Of {of} indicators that {of:looks|look} at the last edition only {n} {n:has|have} figures there; "
            "the others count as not on record",
        ),
        Words("有 {expected:list} 的数", "figures of {expected:list}"),
        Words("{found:list}", "{found:list}"),
        Words(
            "核对是否选错了文件夹、指标编码和填报项编码是否改过；表格软件会把 1-2 这样的编码改成日期，"
            "请用 --csv 写出的原文件",
            "Check the folder, and whether codes of indicators or fields have changed; spreadsheet programs turn codes "
            "like 1-2 into dates: use the files as --csv wrote them",
        ),
        Words(
            "figures.csv 用表格软件另存过，指标编码 01-1 成了 1月1日",
            "figures.csv saved again by a spreadsheet, code 01-1 became 1 January",
        ),
        Words("--previous out/2016（--csv 写出后未改动）", "--previous out/2016 (as --csv wrote it)"),
        on_desk=Words(
            "核对是否选错了文件夹、指标编码和填报项编码是否改过；表格软件会把 1-2 这样的编码改成日期，请用写出的原文件",
            "Check the folder, and whether codes of indicators or fields have changed; spreadsheet programs turn codes "
            "like 1-2 into dates: use the files as they were written",
        ),
    ),
    Code.A310: Entry(
        Severity.ERROR,
        Words("{name} 的这一行没有采用", "This line of {name} is not used"),
        Words("{expected}", "{expected}"),
        Words("{found}", "{found}"),
        _CURE,
        Words("figures.csv 的一行没有单位编码：,01-2,taken,5", "a row of figures.csv without a unit: ,01-2,taken,5"),
        "001,01-2,taken,5",
    ),
    Code.A311: Entry(
        Severity.ERROR,
        Words(
            "不是本次考核以前运行的结果，或者已不完整，没有比较",
            "Not the results of an earlier run of this assessment, or not all of them: nothing is compared",
        ),
        Words(
            "{expected} 的 ranking.csv、scores.csv、figures.csv，各单位、各指标齐全",
            "ranking.csv, scores.csv and figures.csv of {expected}, of every unit and node",
        ),
        FOUND,
        Words(
            "--since 后写上一次运行 score --csv 的文件夹，写出后没有改动过的（上年的结果写在 --previous 后）",
            "Name after --since the folder that an earlier `score --csv` of this assessment wrote, as it wrote it; "
            "last year's results come after --previous",
        ),
        Words("--since 指向了只有评分表的文件夹", "--since names a folder with nothing but a scorecard"),
        "--since out/first/csv",
        on_desk=Words(
            "用本次考核上一次计算写出的成绩表文件夹，写出后没有改动过的",
            "Use the folder of tables that an earlier run of this assessment wrote, as it wrote it",
        ),
    ),
    Code.A312: Entry(
        Severity.NOTE,
        Words(
            "上年结果只有排名：只比较位次和总分，上年的得分和指标值按“没有记录”处理",
            "Of the last edition there is a ranking alone: places and totals are compared, its scores and figures "
            "count as not on record",
        ),
        Words(
            "排名；有评分结果的，另有 scores.csv、figures.csv",
            "a ranking; scores.csv and figures.csv too, where it was scored by this program",
        ),
        Words("只有排名", "a ranking alone"),
        Words(
            "首次使用时这样即可；上年也用本程序评分的，用 score --csv 写出的文件夹",
            "Enough in the first year; where the last edition was scored by this program, name its folder of score "
            "--csv",
        ),
        Words("--previous 上年排名.xlsx", "--previous last-ranking.xlsx"),
        "--previous out/2016",
        on_desk=Words(
            "首次使用时这样即可；上年也用本程序评分的，用那一次写出的成绩表文件夹",
            "Enough in the first year; where the last edition was scored by this program, use the folder of tables it "
            "wrote",
        ),
    ),
    Code.A313: Entry(
        Severity.ERROR,
        Words(
            "上年结果中的名称是今年几个单位的名称，这一行没有采用：{unit}",
            "A name in the last edition's results that several units of today have; the line is not used: {unit}",
        ),
        Words("单位编码", "the code of a unit"),
        Words("{found:list}", "{found:list}"),
        Words("加一栏“单位编码”，写明是哪一个", "Add a column 单位编码 that says which one is meant"),
        Words(
            "上年排名只写“司法所”，今年名册中有三个司法所",
            "司法所 in last year's ranking, where three units have that name today",
        ),
        Words("单位编码 S-01，单位名称 司法所", "unit S-01, name 司法所"),
    ),
    Code.A314: Entry(
        Severity.ERROR,
        Words("这是{found}，不是上年结果的表格", "This is {found}, not a table of last year's results"),
        Words(
            "计分时写出的成绩表文件夹，或一份排名（.csv 或 .xlsx）",
            "the folder of tables of a scoring run, or a ranking (.csv or .xlsx)",
        ),
        FOUND,
        Words(
            "用上年的指标体系和填报表重新计分，加 --csv，再用写出的文件夹；只比较位次的，"
            "另做一张只有单位、得分、位次三栏的表",
            "Score the last edition again with --csv and name that folder; for places alone, make a table of unit, "
            "score and place",
        ),
        Words("--previous 上年评分表.xlsx", "--previous last-scorecard.xlsx"),
        "--previous out/2016",
        on_desk=Words(
            "用上年的指标体系和填报表重新计分，再用写出的文件夹；只比较位次的，另做一张只有单位、得分、位次三栏的表",
            "Score the last edition again and use the folder it writes; for places alone, make a table of unit, score "
            "and place",
        ),
    ),
    Code.A316: Entry(
        Severity.WARNING,
        Words(
            "上年排名中有 {n} 行对不上今年的单位，没有采用；今年有 {of} 个单位在上年排名中没有找到",
            "{n} rows of last year's ranking {n:is|are} of no unit of today; {of} of today's units {of:is|are} "
            "not in it",
        ),
        Words("今年的单位编码或名称，如 {expected:list}", "a code or name of today, such as {expected:list}"),
        Words("{found:list}", "{found:list}"),
        Words(
            "是今年的单位、只是名称不同的，把上年排名中的名称改成名册上的；已撤并的不必处理",
            "Where one is a unit of today under another name, write the name of the roster; units that are gone need "
            "nothing",
        ),
        Words(
            "名册上是“市场监管局”，上年排名写的是“市监局”", "市监局 in last year's ranking, 市场监管局 in the roster"
        ),
        Words("上年排名中改成“市场监管局”", "市场监管局 in last year's ranking"),
    ),
    Code.A317: Entry(
        Severity.ERROR,
        Words("没有这个文件或文件夹，上年结果没有采用", "No such file or folder; there are no results of last year"),
        Words("计分时写出的成绩表文件夹，或一份排名", "the folder of tables of a scoring run, or a ranking"),
        Words("{found}", "{found}"),
        Words("核对 --previous 后面的路径", "Check the path behind --previous"),
        Words(
            "--previous ../考核2025，实际是 ../考核2025/second/csv",
            "--previous ../round-2025 for ../round-2025/second/csv",
        ),
        "--previous ../round-2025/second/csv",
        on_desk=Words("核对上年结果的路径", "Check the path of last year's results"),
    ),
    Code.A320: Entry(
        Severity.WARNING,
        Words(
            "用来对比的结果是另一版或另一年度的，比较的是两次不同的考核",
            "The results to compare with are of another edition or year: two different assessments are compared",
        ),
        Words("{expected}", "{expected}"),
        FOUND,
        Words(
            "要看订正前后的变化，写本次考核上一次运行的文件夹；上年的结果写在 --previous 后。"
            "版本名称订正过的，不必处理",
            "To see what a correction changed, name the folder of an earlier run of this assessment; last year's "
            "results come after --previous. Where the name of the edition was corrected there is nothing to do",
        ),
        Words("--since 指向了上年结果的文件夹", "--since names the folder of last year's results"),
        "--since out/first/csv",
        on_desk=Words(
            "要看订正前后的变化，用本次考核上一次计算的结果。版本名称订正过的，不必处理",
            "To see what a correction changed, use the results of an earlier run of this assessment. Where the name of "
            "the edition was corrected there is nothing to do",
        ),
    ),
}
