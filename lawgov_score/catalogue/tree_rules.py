"""T24x: what a tree's rules can and cannot give."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import Entry, Severity
from lawgov_score.wording import Words

TREE_RULES: dict[Code, Entry] = {
    Code.T240: Entry(
        Severity.WARNING,
        Words("按这条规则得不到本项的满分", "The rule can never give all of the indicator's points"),
        Words("最高一档（或各项合计）能得 {points:points} 分", "a best outcome worth {points:points}"),
        Words("最多 {found:points} 分", "{found:points} at most"),
        Words(
            "核对分值与各档得分；方案原件如此的，可以不改",
            "Check the points against the scheme; if it is printed so, leave it",
        ),
        "points: 2\nrule: {kind: tiers, tiers: [{at_least: 50%, score: 1}]}",
        "points: 2\nrule: {kind: tiers, tiers: [{at_least: 50%, score: 2}]}",
    ),
}
