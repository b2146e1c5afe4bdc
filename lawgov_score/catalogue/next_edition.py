"""D17x: a tree's folder as the one of the next edition."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, Entry, Severity
from lawgov_score.wording import Words

NEXT_EDITION: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.D170: Entry(
            Severity.WARNING,
            Words(
                "体系编码里有年份或版本，新版本照旧沿用",
                "The tree's code carries a year or an edition, and the new edition keeps it",
            ),
            Words(
                "体系编码一般不带年份，哪一年由 edition 和 year 说明",
                "a code without a year: edition and year say which one it is",
            ),
            Words("编码 {code}", "code {code}"),
            Words(
                "不必改：编码说的是哪个体系，各年一样，填报表、考核机关工作簿和权重方案凭它认出是同一体系的另一版。"
                "定要去掉年份的，在还没有下发填报表时改，以后各年不再变",
                "Nothing needs to be done: a code says which system it is, the same every year; by it workbooks and "
                "weight sets are known as those of another edition of this one. To drop the year, do so before any "
                "workbook is sent out, and keep the code from then on",
            ),
            'code: county-2025\nedition: "2026"\nyear: 2026',
            'code: county\nedition: "2026"\nyear: 2026',
        ),
        Code.D171: Entry(
            Severity.ERROR,
            Words("文件夹不是空的，没有写新版本", "The folder is not empty: no new edition was written"),
            Words("空文件夹，或还没有的文件夹", "an empty folder, or none yet"),
            Words("其中有 {name} 等 {n} 个文件或文件夹", "{n} {n:file or folder|files or folders} there, {name} first"),
            Words(
                "换一个文件夹名；要重新开始的，先把原有内容移走",
                "Name another folder; to begin anew, move what is there away first",
            ),
            "lawgov-score new tree/2026 --from tree/2025 --edition 2026",
            "lawgov-score new tree/2026-2 --from tree/2025 --edition 2026",
        ),
        Code.D172: Entry(
            Severity.ERROR,
            Words("版本或考核年度不能就地改换，没有写新版本", "Edition or year cannot be replaced where it stands"),
            Words('{key} 单独写在一行，如 {key}: "2026"', 'a line of its own, such as {key}: "2026"'),
            FOUND,
            Words("在原体系中把它写在一行上，再运行", "Write it on one line in the tree, then run this again"),
            Words("edition: >-\n  2025\n  修订版", "edition: >-\n  2025\n  revised"),
            Words('edition: "2025修订版"', 'edition: "2025 revised"'),
        ),
        Code.D173: Entry(
            Severity.ERROR,
            Words("新版本与原版本同名，没有写新版本", "The new edition is called as the old one: nothing was written"),
            Words("与原来不同的版本", "another name than that of the tree it is made from"),
            Words("原体系也是 {edition} 版", "the tree is edition {edition} already"),
            Words(
                "换一个 --edition：填报表凭版本分清是哪一版下发的；同一年度再改的，如 --edition 2026-2 --year 2026",
                "Name another --edition: workbooks are told apart by it. Within one year, such as --edition 2026-2 "
                "--year 2026",
            ),
            "lawgov-score new tree/2026 --from tree/2025 --edition 2025",
            "lawgov-score new tree/2026 --from tree/2025 --edition 2026",
        ),
        Code.D174: Entry(
            Severity.ERROR,
            Words("原体系有错误，没有写新版本", "A tree with errors: no new edition was made of it"),
            Words("没有错误的指标体系", "a tree without errors"),
            Words("这个体系有 {n} 个错误，一并列出", "{n} errors in it, listed with this"),
            Words("先用 lawgov-score lint 改到没有错误", "Mend it until lawgov-score lint is clean"),
            Words(
                "lawgov-score new tree/2026 --from 未完成的稿 --edition 2026",
                "lawgov-score new tree/2026 --from draft --edition 2026",
            ),
            Words(
                "lawgov-score lint 未完成的稿\nlawgov-score new tree/2026 --from 未完成的稿 --edition 2026",
                "lawgov-score lint draft\nlawgov-score new tree/2026 --from draft --edition 2026",
            ),
        ),
        Code.D175: Entry(
            Severity.WARNING,
            Words(
                "新的考核年度早于原体系，或者晚五年以上",
                "The new assessed year is not one of the next few after that of the tree",
            ),
            Words("{was} 年至其后五年以内", "{was}, or at most five years later"),
            Words("{year}", "{year}"),
            Words(
                "是写错的，删去新文件夹，写对 --edition 和 --year 再运行；确要这一年的，不必处理",
                "If it is a slip, remove the new folder and run this again with --edition and --year as meant; else "
                "there is nothing to do",
            ),
            "lawgov-score new tree/2026 --from tree/2025 --edition 2062",
            "lawgov-score new tree/2026 --from tree/2025 --edition 2026",
        ),
    }
)
