"""D1xx: two editions of a tree beside one another."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import Entry, Severity
from lawgov_score.wording import Words

REVISION: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.D101: Entry(
            Severity.WARNING,
            Words("两个指标体系没有相同的编码，无法逐项对应", "The two trees have no code in common"),
            Words("同一体系的两个版本：没有改动的指标，编码不变", "two editions of a tree: what stays keeps its code"),
            Words(
                "{old} 与 {new} 没有一个相同编码的指标或类别：每一项都列为删除或新增",
                "{old} and {new} share no code of a node: everything is listed as removed or new",
            ),
            Words(
                "核对两个路径是否写对；确是同一体系而整体改了编码的，先改回原编码，再比较",
                "Check both paths. If it is one tree with all codes changed, give it the old codes and compare again",
            ),
            Words("lawgov-score diff qujialing-2017 wuhua-2020", "lawgov-score diff qujialing-2017 wuhua-2020"),
            Words("lawgov-score diff 2025/tree 2026/tree", "lawgov-score diff 2025/tree 2026/tree"),
        ),
        Code.D102: Entry(
            Severity.ERROR,
            Words("指标体系有错误，没有比较", "A tree with errors: nothing was compared"),
            Words("两个都没有错误的指标体系", "two trees without errors"),
            Words("这个体系有 {n} 个错误，一并列出", "{n} errors in this one, listed with this"),
            Words("先用 lawgov-score lint 改到没有错误，再比较", "Mend it until lawgov-score lint is clean"),
            Words("lawgov-score diff 2025/tree 2026/未完成的稿", "lawgov-score diff 2025/tree 2026/draft"),
            Words(
                "lawgov-score lint 2026/未完成的稿\nlawgov-score diff 2025/tree 2026/未完成的稿",
                "lawgov-score lint 2026/draft\nlawgov-score diff 2025/tree 2026/draft",
            ),
        ),
        Code.D103: Entry(
            Severity.ERROR,
            Words("对照表里有人写过意见，没有覆盖", "Somebody wrote in the comparison: it was not replaced"),
            Words("程序上次写出的原样，或没有同名文件", "the file as it was last written, or none"),
            Words("{name}，内容不是程序写出的那样", "{name}, with other contents"),
            Words(
                "换一个文件名写出；不再要的，先改名或移走",
                "Write to another name, or rename this one, or move it away",
            ),
            Words(
                "在 changes.xlsx 的“意见”栏写了意见，再次运行 diff … -o changes.xlsx --overwrite",
                "diff … -o changes.xlsx --overwrite, after remarks were written into changes.xlsx",
            ),
            Words("lawgov-score diff old new -o changes-2.xlsx", "lawgov-score diff old new -o changes-2.xlsx"),
        ),
        Code.D120: Entry(
            Severity.ERROR,
            Words(
                "两个指标体系没有相同的编码，无从试算", "The two trees have no code in common: nothing was rehearsed"
            ),
            Words("同一体系的两个版本：没有改动的指标，编码不变", "two editions of a tree: what stays keeps its code"),
            Words(
                "{old} 与 {new} 没有一个相同编码的指标或类别：按 {old} 填报的数，{new} 一项也用不上",
                "{old} and {new} share no code of a node: nothing that was answered to {old} serves {new}",
            ),
            Words(
                "核对两个路径是否写对；确是同一体系而整体改了编码的，先改回原编码，再试算",
                "Check both paths. If it is one tree with all codes changed, give it the old codes and rehearse again",
            ),
            Words(
                "lawgov-score rehearse qujialing-2017 wuhua-2020 收到的填报表",
                "lawgov-score rehearse qujialing-2017 wuhua-2020 received",
            ),
            Words(
                "lawgov-score rehearse 2025/tree 2026/tree 2025/收到的填报表",
                "lawgov-score rehearse 2025/tree 2026/tree 2025/received",
            ),
        ),
        Code.D121: Entry(
            Severity.WARNING,
            Words("有的指标不能用去年的数据计分", "Items that last year's answers cannot score"),
            Words("新体系要求填报的，去年都填报过", "everything that the new tree asks was asked last year"),
            Words(
                "{n} 项。对所有单位都不计分（不按零分处理）的：{out:list}；仍按原标准计分的：{kept:list}",
                "{n} items: left out for all units, not scored as 0: {out:list}; by their old standard: {kept:list}",
            ),
            Words(
                "见试算结果的“不可比”，那里逐项写明原因和处理办法；要看这些指标的影响，须先收齐新增的填报数据",
                "See the sheet “Not comparable”: what is lacking of each, and what was done. To see what they move, "
                "collect first what is newly asked",
            ),
            Words("新体系增加了 05-3“复议纠错率”", "The new tree has a new item 05-3"),
            Words("按提示阅读结果，或补收后再试算", "Read the results so, or collect the figures and rehearse again"),
        ),
        Code.D122: Entry(
            Severity.WARNING,
            Words(
                "考核机关登记的事项，有的新体系里没有，或不再适用于该单位",
                "Entries of the office about what the new tree does not have, or no longer asks of the unit",
            ),
            Words("打分、改分、认定、登记的对象，新体系里都有", "the new tree has everything that they are about"),
            Words("{n} 条，涉及 {codes:list}", "{n} entries, about {codes:list}"),
            Words(
                "新体系确已取消的，不必处理，按新体系不再计入；只是编码或级别名称改了的，先改回来再试算",
                "Where the new tree means to drop it, nothing is to be done: it counts no longer. Where only a code or "
                "the name of a level changed, change it back and rehearse again",
            ),
            Words(
                "新体系取消了加分项“先进集体”，去年登记过 3 条", "The new tree drops a bonus that was entered 3 times"
            ),
            Words("核对后照常使用结果", "Check, and use the results as they are"),
        ),
        Code.D123: Entry(
            Severity.WARNING,
            Words("有的去年的填报数，不在新体系的限值之内", "Answers of last year that the new tree would not take"),
            Words(
                "去年的填报数都在新体系的上下限之内，件数都是整数",
                "what was answered last year keeps the bounds of the new tree, and counts are whole numbers",
            ),
            Words(
                "{n} 项、共 {units} 处填报数：{codes:list}；仍照去年的数试算",
                "{n} items, {units} answers of units: {codes:list}; tried as they were answered",
            ),
            Words(
                "看结果的“不可比”一表，逐项写明是哪个填报项。确要收紧限值的，要想好这些单位明年怎么填；限值写错的，改正后再试算",
                "See the sheet “Not comparable” for the fields. Where the bound is meant, think of what these "
                "units are to answer next year; where it is a slip, mend it and rehearse again",
            ),
            Words(
                "新体系规定“培训次数”不超过 12，去年有 3 个单位填了更多",
                "The new tree allows 12 trainings at most, and 3 units had answered more",
            ),
            Words(
                "核对限值后照常使用结果，或改正限值再试算", "Check the bound; use the results, or mend it and rehearse"
            ),
        ),
        Code.D124: Entry(
            Severity.WARNING,
            Words("有的单位，新体系里没有它的类型或分组", "Units whose type or cohort the new tree does not know"),
            Words("名册里的类型、分组，新体系都有", "the new tree has the types and cohorts of the roster"),
            Words(
                "{n} 个单位：{units:list}；类型没有了的，按各项都适用试算；分组没有了的，仍在原来的组里排位次",
                "{n} units: {units:list}. Whose type is gone is tried as if everything applied; whose cohort is gone "
                "is placed in the old one",
            ),
            Words(
                "给出新体系的名册：--new-roster 文件；体系写错的，改正后再试算",
                "Give the roster of the new tree: --new-roster FILE; where the tree is wrong, mend it and rehearse",
            ),
            Words(
                "lawgov-score rehearse 2025/tree 2026/tree 2025/收到的填报表 --roster 2025/名册.csv",
                "lawgov-score rehearse 2025/tree 2026/tree 2025/received --roster 2025/roster.csv",
            ),
            Words(
                "lawgov-score rehearse 2025/tree 2026/tree 2025/收到的填报表 --roster 2025/名册.csv "
                "--new-roster 2026/名册.csv",
                "lawgov-score rehearse 2025/tree 2026/tree 2025/received --roster 2025/roster.csv "
                "--new-roster 2026/roster.csv",
            ),
        ),
        Code.D125: Entry(
            Severity.ERROR,
            Words(
                "两份名册没有相同的单位编码，无从试算", "The two rosters have no unit in common: nothing was rehearsed"
            ),
            Words("同一批单位的两份名册：没有撤并的单位，编码不变", "units that stay keep their codes"),
            Words(
                "去年的名册 {old} 个单位，新名册 {new} 个单位，没有一个编码相同",
                "{old} units in last year's roster and {new} in the new one, and no code in both",
            ),
            Words(
                "核对两份名册是否拿错；单位编码整体改了的，新名册先用原编码，再试算",
                "Check both files. If all codes of units changed, use the old codes in the new roster and rehearse",
            ),
            Words(
                "--roster 2025/名册.csv --new-roster 外县/名册.csv",
                "--roster 2025/roster.csv --new-roster other/roster.csv",
            ),
            Words(
                "--roster 2025/名册.csv --new-roster 2026/名册.csv",
                "--roster 2025/roster.csv --new-roster 2026/roster.csv",
            ),
        ),
        Code.D126: Entry(
            Severity.ERROR,
            Words("两个指标体系的编码不同，试算的增减不能作为结论", "Trees with different codes: nothing is concluded"),
            Words(
                "同一体系的两个版本，tree.yaml 的 code 相同：年度写在 edition 和 year，不写进编码",
                "two editions of a tree, with one code in tree.yaml: the year stands in edition and year, not in it",
            ),
            Words(
                "原 {old}，新 {new}：编号相同的指标未必是同一项",
                "old {old}, new {new}: what has the same number need not be the same item",
            ),
            Words(
                "先核对两个路径是否写对；确是同一体系的，新版的 code 改回与原版相同，再试算",
                "Check both paths. If it is one tree, give the new edition the code of the old one and rehearse again",
            ),
            Words(
                "lawgov-score rehearse qujialing-2017 bazhong-2017 收到的填报表",
                "lawgov-score rehearse qujialing-2017 bazhong-2017 received",
            ),
            Words(
                "lawgov-score rehearse 2025/tree 2026/tree 2025/收到的填报表",
                "lawgov-score rehearse 2025/tree 2026/tree 2025/received",
            ),
        ),
        Code.D127: Entry(
            Severity.ERROR,
            Words("没有一个单位能作比较，试算没有结论", "Not one unit could be compared: nothing is concluded"),
            Words("至少一个单位按两个体系都有得分", "at least one unit with a total by both trees"),
            Words("{n} 个单位，没有一个按两个体系都有得分", "{n} units, none with a total by both trees"),
            Words(
                "核对两个路径和填报表是否对应；新体系问的去年都没有问过的，无从试算，须先收齐新增的填报数",
                "Check that both paths and the inputs belong together. Where the new tree asks nothing that was asked "
                "last year, collect what is newly asked first",
            ),
            Words("新体系把每一项都换了填报项", "A new tree that asks something else of every item"),
            Words("补收新增的填报数后再试算", "Collect the figures and rehearse again"),
        ),
    }
)
