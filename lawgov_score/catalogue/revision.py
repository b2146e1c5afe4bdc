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
            Words("这个体系有 {n} 个错误，与本条一并列出", "{n} error(s) in this one, told together with this"),
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
            Words("有的指标用去年的填报数算不出来", "Items that last year's answers cannot score"),
            Words("新体系所问的，去年都填报过", "everything that the new tree asks was asked last year"),
            Words(
                "{n} 项：对所有单位都不计、不按零分的 {out:list}；仍按原标准计分的 {kept:list}",
                "{n} item(s): left out for all units, not scored as 0: {out:list}; by their old standard: {kept:list}",
            ),
            Words(
                "看结果的“不可比”一表，逐项写明缺少的数据和处理办法；要看这些项的影响，须先收齐新增的填报数",
                "See the sheet “Not comparable”: what is lacking of each, and what was done. To see what they move, "
                "collect first what is newly asked",
            ),
            Words("新体系增加了 05-3“复议纠错率”", "The new tree has a new item 05-3"),
            Words("按提示阅读结果，或补收后再试算", "Read the results so, or collect the figures and rehearse again"),
        ),
        Code.D122: Entry(
            Severity.WARNING,
            Words(
                "考核机关登记的有的事项，新体系里没有了", "Entries of the office about what the new tree does not have"
            ),
            Words("打分、改分、认定、登记的对象，新体系里都有", "the new tree has everything that they are about"),
            Words("{n} 条，涉及 {codes:list}", "{n} entries, about {codes:list}"),
            Words(
                "新体系确实取消了的，不必处理：按新体系不再计入；只是改了编码或级别名称的，先改回来再试算",
                "Where the new tree means to drop it, nothing is to be done: it counts no longer. Where only a code or "
                "the name of a level changed, change it back and rehearse again",
            ),
            Words(
                "新体系取消了加分项“先进集体”，去年登记过 3 条", "The new tree drops a bonus that was entered 3 times"
            ),
            Words("核对后照常使用结果", "Check, and use the results as they are"),
        ),
    }
)
