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
            Words("这个体系有 {n} 个错误，见上", "{n} error(s) in this one, told above"),
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
    }
)
