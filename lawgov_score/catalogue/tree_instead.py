"""T270, T271, T290 and T296: what an indicator gives where it does not apply."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

TREE_INSTEAD: dict[Code, Entry] = {
    Code.T270: Entry(
        Severity.ERROR,
        Words(
            "取同组平均，与同组没有可取平均的怎么办，须一起写明",
            "The cohort's mean, and what there is where it is a mean of nobody, go together",
        ),
        EXPECTED,
        FOUND,
        Words("{cure}", "{cure}"),
        "may_not_apply: true\nwhen_not_applicable: cohort_mean",
        "may_not_apply: true\nwhen_not_applicable: cohort_mean\nno_mean: zero",
    ),
    Code.T296: Entry(
        Severity.ERROR,
        Words(
            "不适用时按达到目标值计，而这条规则没有目标值",
            "What does not apply is scored as if the target were reached, and this rule has none",
        ),
        Words(
            "有目标值的规则：proportional、shortfall、excess 的 target，linear、rating 的 full_at，"
            "all_or_nothing 的 at_least、at_most",
            "a rule with a target: target of proportional, shortfall and excess, full_at of linear and rating, "
            "at_least and at_most of all_or_nothing",
        ),
        FOUND,
        Words("写 full（满分）、cohort_mean 或比率如 60%", "Write full, cohort_mean, or a share such as 60%"),
        "rule: {kind: deduction, each: 1}\nmay_not_apply: true\nwhen_not_applicable: target",
        "rule: {kind: deduction, each: 1}\nmay_not_apply: true\nwhen_not_applicable: full",
    ),
    Code.T271: Entry(
        Severity.ERROR,
        Words(
            "写了不适用时得多少分，但没有单位会这样不适用",
            "It says what units get to which it does not apply, and there can be no such unit",
        ),
        EXPECTED,
        FOUND,
        Words(
            "删去这一条；或补上使本项不适用的写法：applies_to、may_not_apply: true、选项的 counts_as: not_applicable",
            "Remove it, or add what makes the indicator not apply: applies_to, may_not_apply: true, or counts_as: "
            "not_applicable at an option",
        ),
        "applies_to: all\nwhen_not_applicable: {type: full}",
        "applies_to: [town]\nwhen_not_applicable: {type: full}",
    ),
    Code.T290: Entry(
        Severity.WARNING,
        Words(
            "{node} 不适用的类型取同组平均，而 {cohorts:list} 没有适用本项的单位，总是按 no_mean 计",
            "{node}: types that it does not apply to get the mean of their cohort, and it applies to nobody in "
            "{cohorts:list}, so that it is always as no_mean says",
        ),
        Words("同组有适用本项的类型：{types:list}", "a type in the cohort that it applies to: {types:list}"),
        FOUND,
        Words(
            "直接写明得多少，如 when_not_applicable: {{type: 60%}}；确要按 no_mean 计的，或单位名册另行分组的，可不改",
            "Say what they get, such as when_not_applicable: {{type: 60%}}; nothing to do where no_mean is what is "
            "meant, or where the roster puts units into other cohorts",
        ),
        "applies_to: [town]     # unit_types: [bureau]\nwhen_not_applicable: {type: cohort_mean}",
        "applies_to: [town]     # unit_types: [bureau]\nwhen_not_applicable: {type: 60%}",
    ),
}
