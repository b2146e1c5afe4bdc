"""R1xx: results that look suspicious. They stop nothing."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, Entry, Severity
from lawgov_score.wording import Words

RESULTS: dict[Code, Entry] = {
    Code.R101: Entry(
        Severity.WARNING,
        Words("填报率过低", "Coverage is low"),
        Words("不低于 {threshold:percent}", "at least {threshold:percent}"),
        Words(
            "{coverage:percent}（{answered} / {asked} 个填报项）",
            "{coverage:percent} ({answered} of {asked} fields)",
        ),
        Words(
            "得分仅供参考，不评等次；请督促补报", "The score is for reference only and gets no grade; ask for the rest"
        ),
        "qingshan-2020 只填了 12 个填报项",
        "补报后重新计分",
    ),
    Code.R102: Entry(
        Severity.NOTE,
        Words(
            "各单位该项得分全部相同，不起区分作用", "All units score the same here: the indicator tells nobody apart"
        ),
        Words("得分有高有低", "scores that differ"),
        Words("{units} 个单位均得 {score:points} 分", "{units} units, all with {score:points}"),
        Words("核对评分标准是否过宽或过严", "Check whether the scoring standard is too lenient or too strict"),
        "02-1 有 23 个单位，均得 1.5 分",
        "确属普遍做到的，可不处理；否则调整评分标准",
    ),
    Code.R103: Entry(
        Severity.WARNING,
        Words(
            "考核分组只有一个单位作答，无从与同组比较",
            "Only one unit of the cohort answered: nothing to compare it with",
        ),
        Words("同组至少两个单位有数据", "at least two units of the cohort with data"),
        Words("“{cohort}”只有 1 个", 'one in "{cohort}"'),
        Words(
            "该单位按同组最高（第一）计分；可并组后重新计分",
            "It is scored as the best of its cohort; merge cohorts if that is wrong",
        ),
        "双管单位组只有 1 个单位填报法律顾问履职件数",
        "并入相近的分组，或补报后重新计分",
    ),
    Code.R104: Entry(
        Severity.NOTE,
        Words("该项没有一个单位填报", "No unit answered this indicator"),
        Words("至少一个单位填报", "an answer from at least one unit"),
        Words("0 / {units} 个单位", "0 of {units} units"),
        Words("核对该项是否适用、填报项是否写得明白", "Check whether it applies and whether it is asked clearly"),
        "13-3 没有一个单位填报",
        "确不适用的，改 applies_to；否则督促补报",
    ),
    Code.R105: Entry(
        Severity.NOTE,
        Words("样本过少，比率不稳", "Small sample: the rate is unstable"),
        Words("不少于 {below}", "at least {below}"),
        FOUND,
        Words(
            "已按小样本规则处理或仅作提示，见评分标准",
            "Treated by the small-sample rule, or only flagged, as the standard says",
        ),
        "28-2 复议案件只有 8 件",
        "核对原始案卷；需要时另行认定",
    ),
    Code.R106: Entry(
        Severity.WARNING,
        Words("该单位有错误，未予计分", "The unit has errors and was not scored"),
        Words("没有错误的填报表", "a submission without errors"),
        Words("{errors} 个错误", "{errors} errors"),
        Words("更正后重新报送、重新计分", "Have it corrected, then score again"),
        "指标体系规定 invalid: withhold，而某单位有 2 个单元格填错",
        "退回更正后重新计分",
    ),
    Code.R107: Entry(
        Severity.WARNING,
        Words("触发一票否决：{veto}", "Veto triggered: {veto}"),
        Words("未发生该情形", "that it did not happen"),
        Words("{found}", "{found}"),
        Words("等次最高为“{grade}”；请考核办核实认定", 'Grade no higher than "{grade}"; the office should confirm'),
        "06-3 填报发生重大群体性事件 1 起",
        "核实无误的，维持；填报有误的，更正后重新计分",
    ),
}
