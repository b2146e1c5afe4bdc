"""T249 to T252: settings that would reward a fault, or a blank, silently."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

TREE_FAIRNESS: dict[Code, Entry] = {
    Code.T249: Entry(
        Severity.ERROR,
        Words(
            "{node} 是扣分项（weight: -1），没有发生时反而扣得最多",
            "{node} is taken off (weight: -1), and most is taken off where nothing happened",
        ),
        EXPECTED,
        FOUND,
        Words("{cure}", "{cure}"),
        "points: 4\nweight: -1\nrule: {kind: deduction, each: 2}",
        "points: 4\nweight: -1\nrule: {kind: count_cap, each: 2}",
    ),
    Code.T250: Entry(
        Severity.ERROR,
        Words(
            "得分低者靠前，而这一条会使受罚的单位更靠前", "Less is better here, and this moves a faulted unit forward"
        ),
        EXPECTED,
        FOUND,
        Words(
            "加分、扣分和否决按“低者靠前”反向计的，在顶层写 register: {{better: lower}}；只影响等次的写 fails 或 bars",
            "Where points of the register are to go the way of the total, write register: {{better: lower}} at the "
            "top; what is to change the grade alone is fails, or bars",
        ),
        "vetoes: [{code: V1, title: 弄虚作假, total_zero: true}]\npolicies: {rank: {better: lower, …}, …}",
        "register: {better: lower}\nvetoes: [{code: V1, title: 弄虚作假, total_zero: true}]\n"
        "policies: {rank: {better: lower, …}, …}",
    ),
    Code.T251: Entry(
        Severity.ERROR,
        Words("最后一个等次不能限名额", "The last grade cannot have a quota"),
        Words("名额只限前面的等次", "quotas on the grades before it"),
        FOUND,
        Words(
            "删去 quota：超出名额的单位没有更低的等次可去。名额之外另有等次的，在后面补上",
            "Remove the quota: who does not fit has no grade left to go to. Add the grade below it, if there is one",
        ),
        "grades:\n  - {name: 优秀, at_least: 90}\n  - {name: 良好, at_least: 0, quota: {share: 20%}}",
        "grades:\n  - {name: 优秀, at_least: 90, quota: {share: 20%}}\n  - {name: 良好, at_least: 0}",
    ),
    Code.T252: Entry(
        Severity.WARNING,
        Words(
            "{node}：未填报的不计入，少填反而可能得分更高", "{node}: what is blank is left out, so that blanks may pay"
        ),
        Words(
            "填报率的下限（coverage_at_least），写在该处、上级分组或 policies",
            "a least coverage (coverage_at_least), at the node, at a group around it, or under policies",
        ),
        FOUND,
        Words(
            "写 coverage_at_least，如 60%：填报不足的不计分或不评等次；方案原件如此的，在 waivers 写明理由",
            "Write coverage_at_least, such as 60%, below which there is no score or grade; if the printed scheme has "
            "none, waive it with the reason",
        ),
        "policies: {missing: exclude, …}",
        "policies: {missing: exclude, coverage_at_least: 60%, …}",
    ),
}
