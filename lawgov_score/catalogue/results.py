"""R1xx: results that look suspicious. They stop nothing."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import Entry, Severity
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
        Words("qingshan-2020 只填了 12 个填报项", "qingshan-2020 answered only 12 fields"),
        Words("补报后重新计分", "score anew when the rest has come"),
    ),
    Code.R102: Entry(
        Severity.NOTE,
        Words(
            "各单位该项得分全部相同，不起区分作用", "All units score the same here: the indicator tells nobody apart"
        ),
        Words("得分有高有低", "scores that differ"),
        Words("{units} 个单位均得 {score:points} 分", "{units} units, all with {score:points}"),
        Words("核对评分标准是否过宽或过严", "Check whether the scoring standard is too lenient or too strict"),
        Words("02-1 有 23 个单位，均得 1.5 分", "23 units, and each has 1.5 at 02-1"),
        Words(
            "确属普遍做到的，可不处理；否则调整评分标准",
            "nothing, if all really did it; else a standard that tells them apart",
        ),
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
        Words("双管单位组只有 1 个单位填报法律顾问履职件数", "only one unit of the cohort answered 18-3"),
        Words("并入相近的分组，或补报后重新计分", "join it to a cohort alike, or score anew when the others have come"),
    ),
    Code.R104: Entry(
        Severity.NOTE,
        Words("该项没有一个单位填报", "No unit answered this indicator"),
        Words("至少一个单位填报", "an answer from at least one unit"),
        Words("0 / {units} 个单位", "0 of {units} units"),
        Words("核对该项是否适用、填报项是否写得明白", "Check whether it applies and whether it is asked clearly"),
        Words("13-3 没有一个单位填报", "nobody answered 13-3"),
        Words("确不适用的，改 applies_to；否则督促补报", "change applies_to if it does not apply; else ask for it"),
    ),
    Code.R105: Entry(
        Severity.NOTE,
        Words("样本过少，{treated}", "Small sample: {treated}"),
        Words("{enough}", "{enough}"),
        Words("{names:list}只有 {found}（{few}）", "only {found} of {names:list}, {few}"),
        Words("{treated}；需要时核对案卷", "{treated}; look into the files where needed"),
        Words("28-2 复议案件只有 8 件（不足 10 件），比率仅供参考", "28-2 rests on 8 cases, fewer than 10"),
        Words("核对原始案卷；需要时另行认定", "look into the files; decide by itself where needed"),
    ),
    Code.R106: Entry(
        Severity.WARNING,
        Words("该单位有错误，未予计分", "The unit has errors and was not scored"),
        Words("没有错误的填报表", "a submission without errors"),
        Words("{errors} 个错误", "{errors} errors"),
        Words("更正后重新报送、重新计分", "Have it corrected, then score again"),
        Words(
            "指标体系规定 invalid: withhold，而某单位有 2 个单元格填错",
            "the tree says invalid: withhold, and a unit has 2 wrong cells",
        ),
        Words("退回更正后重新计分", "send it back, score anew"),
    ),
    Code.R107: Entry(
        Severity.WARNING,
        Words("触发一票否决{veto}", "Veto triggered: {veto}"),
        Words("未发生该情形", "that it did not happen"),
        Words("{found}", "{found}"),
        Words("{effects}{ask}", "{effects}{ask}"),
        Words("“06-3 突发事件处置”填报重大群体性事件 1 起", "“06-3 突发事件处置” reports one grave mass incident"),
        Words("核实无误的，维持；填报有误的，更正后重新计分", "it stands if it is true; else mend it and score anew"),
    ),
    Code.R108: Entry(
        Severity.WARNING,
        Words("几何平均遇到负数，无法计算", "A geometric mean of something negative cannot be worked out"),
        Words("各项不低于 {least}", "nothing below {least}"),
        Words("最低 {lowest}", "as low as {lowest}"),
        Words(
            "该项对该单位不出得分；请为下级设 floor，或加大 shift",
            "The node has no score for this unit; give what lies below a floor, or the mean a larger shift",
        ),
        Words("得分 -1、4 作几何平均", "a geometric mean of -1 and 4"),
        "aggregate: {way: geometric_mean, shift: 1}",
    ),
    Code.R109: Entry(
        Severity.WARNING,
        Words("调和平均遇到零或负数，无法计算", "A harmonic mean of zero or less cannot be worked out"),
        Words("各项都大于 0", "everything above 0"),
        Words("最低 {lowest}", "as low as {lowest}"),
        Words(
            "该项对该单位不出得分；请为下级设大于 0 的 floor，或改用其他汇总方式",
            "The node has no score for this unit; give what lies below a floor above 0, or choose another way",
        ),
        Words("得分 0、4 作调和平均", "a harmonic mean of 0 and 4"),
        "aggregate: mean",
    ),
    Code.R110: Entry(
        Severity.WARNING,
        Words("查表没有对应的行", "No line of the lookup table fits"),
        Words("表中有适用的行", "a line for it in the table"),
        Words(
            "{children} 项，合计 {sum}",
            "{children} children with a sum of {sum}",
        ),
        Words(
            "该项对该单位不出得分；请在 table 中补上该项数的行，最低一行的 at_least 要低到够用",
            "The node has no score for this unit; add lines for this number of children, the lowest one low enough",
        ),
        Words(
            "table 只有 children: 2 的行，而某单位 3 项都适用",
            "table has rows for children: 2 only, and 3 apply to a unit",
        ),
        Words(
            "table 补上 {children: 3, at_least: 0, score: 1} 等行",
            "rows such as {children: 3, at_least: 0, score: 1} added",
        ),
    ),
    Code.R111: Entry(
        Severity.WARNING,
        Words("该项的得分算不出来", "The node's score cannot be worked out"),
        Words("能得出数的算式或评分规则", "an expression or a rule that comes to a number"),
        Words(
            "除数为 0、对数无意义，或同组无从比较",
            "division by zero, a logarithm of nothing, or nobody to compare with",
        ),
        Words(
            "该项对该单位不出得分；请在算式中用 if(…, …, …) 把这种情形写明",
            "The node has no score for this unit; let the expression say what then holds: if(…, …, …)",
        ),
        Words('value: score("A") / score("B")，而 B 得 0 分', 'value: score("A") / score("B"), and B is 0'),
        'value: if(score("B") > 0, score("A") / score("B"), 0)',
    ),
    Code.R112: Entry(
        Severity.WARNING,
        Words("计入的下级权重合计不大于 0，无法平均", "The weights of what counts add up to nothing: there is no mean"),
        Words("权重合计大于 0", "weights that add up to more than 0"),
        Words("合计 {weight}", "{weight}"),
        Words(
            "该项对该单位不出得分；请核对各下级的 weight，以及该单位不适用哪些项",
            "The node has no score for this unit; check the weights, and what does not apply to it",
        ),
        Words("两个下级的权重为 1 和 -1", "two children with weights 1 and -1"),
        Words("改用正的权重；扣分项放在 sum 的节点下", "positive weights; what is taken off below a node of way sum"),
    ),
    Code.R113: Entry(
        Severity.WARNING,
        Words("该项有得分的下级过少，不出得分", "Too little below the node has a score: it has none"),
        Words("不低于 {threshold:percent}", "at least {threshold:percent}"),
        Words(
            "{coverage:percent}（{scored} / {applicable} 项）",
            "{coverage:percent} ({scored} of {applicable})",
        ),
        Words(
            "按未填报处理；漏填的请督促补报，因选了“未评”一类选项（如 NR、NU）而没有得分的，核对所选是否属实",
            "It counts as missing; ask for what was left blank, and check what was answered as not rated (NR, NU)",
        ),
        Words("coverage_at_least: 60%，而 5 项中只有 2 项有得分", "coverage_at_least: 60%, and 2 of 5 have a score"),
        Words("补报后重新计分", "score anew when the rest has come"),
    ),
    Code.R114: Entry(
        Severity.WARNING,
        Words(
            "改分所依据的原得分，与计算的不一致",
            "The score that was changed is not the one that was computed",
        ),
        Words("{computed:points} 分", "{computed:points}"),
        Words("{before:points} 分（{unit}，{node}）", "{before:points} ({unit}, {node})"),
        Words(
            "已按改后得分计分；数据可能在改分以后有变动，请核实该处改分是否仍然成立",
            "The changed score was taken; the figures may have moved since, check that the change still stands",
        ),
        Words("改分表写“原得分 0.5”，而系统算得 0.8", "a change says it was 0.5, and 0.8 was computed"),
        Words("核实后把原得分改为 0.8，或撤回改分", "0.8 as what it was, or the change withdrawn"),
    ),
    Code.R115: Entry(
        Severity.WARNING,
        Words("该项对该单位不适用，改分不起作用", "The indicator does not apply to the unit: the change has no effect"),
        Words("对该单位适用的指标", "an indicator that applies to the unit"),
        Words("{unit}，{node}", "{unit}, {node}"),
        Words(
            "该项不适用于此类单位，或其不适用申请已获认定；请撤回改分或认定",
            "It does not apply to such units, or a claim was granted; withdraw the change or the ruling",
        ),
        Words("某单位 23-2 已认定不适用，又改为 1.5 分", "23-2 was granted not applicable, and changed to 1.5"),
        Words("认定与改分只留其一", "one of the two"),
    ),
    Code.R116: Entry(
        Severity.WARNING,
        Words("没有一个单位得出总分", "No unit has a total"),
        Words("至少一个单位有总分", "at least one unit with a total"),
        Words("0 / {units} 个单位", "0 of {units} units"),
        Words(
            "核对缺项处理（policies.missing）、适用范围和汇总方式，并看其他提示",
            "Check policies.missing, what applies to whom and the way up the tree; see the other messages",
        ),
        Words("policies.missing: exclude，而各单位全部未填", "policies.missing: exclude, and nobody answered anything"),
        Words("补报后重新计分", "score anew when answers have come"),
    ),
    Code.R117: Entry(
        Severity.WARNING,
        Words("该项尚有单位未评定", "Some units are not reviewed yet"),
        Words("考核机关对每个单位都已评定", "every unit reviewed by the office"),
        Words("{units} 个单位未评定", "{units} units are not"),
        Words(
            "未评定的暂不得分；请在考核机关工作簿中补录后重新计分",
            "They get nothing for now; enter it in the office's workbook and score again",
        ),
        Words("40-1 由评审打分，有 3 个单位没有打分", "40-1 is judged, and 3 units have no mark"),
        Words("补录打分后重新计分", "score anew when they are marked"),
    ),
    Code.R118: Entry(
        Severity.NOTE,
        Words(
            "同组各单位数值全部相同，标准化无从区分",
            "All units of the cohort have the same value: nothing to spread out",
        ),
        Words("有高有低的数值", "values that differ"),
        Words("“{cohort}”{units} 个单位均为 {value}", '{units} units of "{cohort}", all with {value}'),
        Words("已按 all_equal 的规定计分；请核对数据", "Scored as all_equal says; check the figures"),
        Words("某组 6 个单位的办结率都是 100%", "all 6 units of a cohort have 100%"),
        Words("确属如此的，可不处理", "nothing, if that is so"),
    ),
    Code.R119: Entry(
        Severity.WARNING,
        Words("所填数据算不出指标值，该项不得分", "The figures come to no number: no points here"),
        Words("能算出数的填报值", "answers that come to a number"),
        Words("按 {found} 算不出数", "{found} comes to no number"),
        Words(
            "核对该项填报值，如对数不能取 0 或负数、数额是否过大",
            "Check the answers: no logarithm of zero or less, no number out of all bounds",
        ),
        Words("value: ln(x)，而某单位 x 填 0", "value: ln(x), and x is 0"),
        Words(
            "更正填报值后重新计分；确属如此的，改写算式",
            "score anew when the answer is mended; another expression if it is right",
        ),
    ),
    Code.R120: Entry(
        Severity.NOTE,
        Words("总分相同，按 {by:list} 分出先后", "Equal totals, told apart by {by:list}"),
        Words("总分不同", "totals that differ"),
        Words("{units:list} 均为 {total:points} 分", "{units:list}, all with {total:points}"),
        Words("请核对这几个单位的该项得分", "Check the scores of these units there"),
        Words(
            "甲、乙两单位总分都是 86.30，日常考核得分高的在前",
            "two units have 86.30, the one with more for daily work comes first",
        ),
        Words("无须处理；位次由 policies.rank.tie_breakers 决定", "nothing; policies.rank.tie_breakers says so"),
    ),
    Code.R121: Entry(
        Severity.WARNING,
        Words("“{field}”与上年相差百倍以上", "“{field}” is a hundred times last edition's, or a hundredth"),
        Words("与上年（{before}）同一量级，或者确有其事", "of the order of last edition's ({before}), or really so"),
        Words("{found}，是上年的 {times}", "{found}, {times} of last edition's"),
        Words(
            "核对小数点、百分号和计量单位（元与万元、件与万件）；确实如此的，在“说明”栏写明",
            "Check the point, the percent sign and the unit of measurement; where it is really so, say it under 说明",
        ),
        Words("上年经费 25 万元，本年填 250000", "25 (ten thousand yuan) last year, 250000 this year"),
        "25",
    ),
    Code.R122: Entry(
        Severity.WARNING,
        Words(
            "一票否决的判断项未填报，是否触发{vetoes:list}无从判断",
            "A blank leaves it open whether {vetoes:list} applies",
        ),
        Words("判断一票否决的填报项都已填报", "an answer to every question that a veto rests on"),
        Words("未填报：{found:list}", "blank: {found:list}"),
        Words(
            "请该单位补报；补报前等次随之而变的，列为暂定",
            "Have the unit answer; a grade that would change with the answer is provisional until then",
        ),
        Words("安全事故起数未填报，而发生 1 起即一票否决", "accidents left blank, where one is a veto"),
        Words("安全事故起数填 0", "0 accidents"),
    ),
    Code.R123: Entry(
        Severity.WARNING,
        Words("未填报的项目反而有利", "What was left blank pays"),
        Words("如实填报，或填报率达到下限", "an answer, or a coverage above the least"),
        Words("未填报或填报有误：{found:list}", "blank or invalid: {found:list}"),
        Words(
            "请该单位补报：扣分项空着不扣分，未填报不计入的空着不影响得分；补报前等次随之而变的，列为暂定",
            "Have the unit answer: a deduction left blank takes nothing off, and what is left out of the count costs "
            "nothing; a grade that would change with the answer is provisional until then",
        ),
        Words(
            "扣分项“未上报案件数”未填报，一分未扣", "cases not reported, a deduction, left blank: nothing is taken off"
        ),
        Words("未上报案件数填 2，扣 2 分", "2 cases not reported: 2 points taken off"),
    ),
    Code.R124: Entry(
        Severity.WARNING,
        Words("“{field}”是同组中位数的一千倍以上", "“{field}” is more than a thousand times the median of its cohort"),
        Words("与同组相近的数（中位数 {median}）", "a figure like those of the cohort (median {median})"),
        Words("{found}", "{found}"),
        Words("核对数量级和计量单位（件、万元）", "Check its order of magnitude and its measure"),
        Words("同组各单位 20 至 60 件，一个单位填 45,356 件", "20 to 60 cases in a cohort, and 45,356 in one unit"),
        Words("45", "45"),
    ),
    Code.R125: Entry(
        Severity.WARNING,
        Words("末几名的一票否决涉及本组过半的单位", "A veto of the last places strikes more than half of a cohort"),
        Words("不超过本组排名单位的一半", "at most half of those who have a place in the cohort"),
        Words(
            "“{cohort}”{placed} 个单位中的 {struck} 个：末 {places} 名",
            '{struck} of {placed} in "{cohort}": the last {places}',
        ),
        Words(
            "核对末几名是否合本组的单位数，以及得分是否大多相同；末尾并列的一同计入",
            "Check whether so many last places fit the cohort, and whether most scores are equal: equals count as one",
        ),
        Words("本组 4 个单位，末 3 名一票否决", "a cohort of four, and its last three are struck"),
        Words("减少末几名，或并入相近的分组", "fewer last places, or join the cohort to one alike"),
    ),
    Code.R129: Entry(
        Severity.WARNING,
        Words(
            "不知单位类型，而分值或评分标准因类型而不同，未予计分",
            "The unit's type is not known, and points or rules go by type: not scored",
        ),
        Words("单位类型：{expected:list}", "the type of the unit: {expected:list}"),
        Words("{found}", "{found}"),
        Words("在单位名册（--roster）写明该单位的类型", "Say the unit's type in the roster (--roster)"),
        Words("表格里的单位，没有给名册", "a unit of a table, and no roster"),
        Words("unit,name,type\n330100,甲县,area", "unit,name,type\n330100,County A,area"),
        on_desk=Words("在单位名册中写明该单位的类型", "Say the unit's type in the roster"),
    ),
}
