"""A1xx: the office's own workbooks as files. A3xx: the results of the last edition."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, Entry, Severity
from lawgov_score.wording import Words

_FROM_TEMPLATE = Words(
    "请用 lawgov-score template 指标体系 --assessor 生成的工作簿填写",
    "Use the workbooks that lawgov-score template TREE --assessor writes",
)
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
        "评审打分.xlsx 里只剩“填写说明”",
        "恢复“评审打分”表",
    ),
    Code.A102: Entry(
        Severity.ERROR,
        Words("“{sheet}”表缺少“{heading}”一栏", "The sheet “{sheet}” has no column “{heading}”"),
        Words("{expected:list}", "{expected:list}"),
        Words("{found:list}", "{found:list}"),
        Words("恢复该栏的表头；各栏顺序可以调换，名称不能改", "Put the heading back; the order is free, names are not"),
        "“评分理由”一栏被删去",
        "单位、指标、评审人、评分、评分理由",
    ),
    Code.A103: Entry(
        Severity.ERROR,
        Words("工作簿属于另一套指标体系", "The workbook belongs to another tree"),
        Words("{expected}", "{expected}"),
        FOUND,
        _FROM_TEMPLATE,
        "考核屈家岭管理区，放进来的是五华区的评审打分表",
        "用本指标体系的评审打分表填写",
    ),
    Code.A104: Entry(
        Severity.ERROR,
        Words("工作簿属于指标体系的另一个版本", "The workbook belongs to another edition of the tree"),
        Words("{expected} 版", "edition {expected}"),
        Words("{found} 版", "edition {found}"),
        _FROM_TEMPLATE,
        "2018 年考核放进来的是 2017 年的加减分登记",
        "用 2018 年的工作簿登记",
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
        "某单位的填报表误放进考核机关的文件夹",
        "把它移到报送表的文件夹",
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
        "--assessor 指向了空文件夹",
        "--assessor 考核机关/2017",
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
        "报送表文件夹里有评审打分.xlsx",
        "lawgov-score score 指标体系 报送表 --assessor 考核机关",
    ),
    Code.A301: Entry(
        Severity.ERROR,
        Words("上年结果中没有 {name}", "The last edition's results have no {name}"),
        Words("ranking.csv、scores.csv、figures.csv", "ranking.csv, scores.csv and figures.csv"),
        FOUND,
        _OF_CSV,
        "--previous 指向了只有评分表的文件夹",
        "--previous out/2016（其中有 ranking.csv、scores.csv、figures.csv）",
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
        "上年结果由较早的版本写出，没有 figures.csv",
        "lawgov-score score 上年指标体系 上年报送表 --csv out/2016",
    ),
    Code.A303: Entry(
        Severity.ERROR,
        Words("{name} 缺少“{heading}”一栏", "{name} has no column “{heading}”"),
        Words("{expected:list}", "{expected:list}"),
        Words("{found:list}", "{found:list}"),
        _OF_CSV,
        "unit,name,cohort,total,rank,grade",
        "unit,name,cohort,score,rank,grade",
    ),
    Code.A304: Entry(
        Severity.WARNING,
        Words("{name} 有认不出的栏“{heading}”，未采用", "{name} has an unknown column “{heading}”; not used"),
        Words("{expected:list}", "{expected:list}"),
        FOUND,
        _OF_CSV,
        "ranking.csv 末尾手工加了一栏“备注”",
        "unit,name,cohort,score,rank,grade",
    ),
    Code.A305: Entry(
        Severity.ERROR,
        Words("“{heading}”应为数", "“{heading}” must be a number"),
        Words("{expected}", "{expected}"),
        FOUND,
        _OF_CSV,
        "score 一栏写着“八十六分”",
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
        "考核 2018 年，--previous 指向了另一个区的结果",
        "--previous out/qujialing-2017",
    ),
    Code.A307: Entry(
        Severity.ERROR,
        Words("同一行写了两次，且不一致：{key}", "The same line twice, differently: {key}"),
        Words("只有一行", "one line"),
        Words("“{found}”与“{other}”", "“{found}” and “{other}”"),
        _OF_CSV,
        "两次考核的 ranking.csv 被拼在一起",
        "每个单位一行",
    ),
}
