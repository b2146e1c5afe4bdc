"""R25x, R317, R322: objections to a result, how they are decided, and exceptions."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, Entry, Severity
from lawgov_score.wording import Words

ROUND_OBJECTIONS: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R234: Entry(
            Severity.ERROR,
            Words(
                "录入以后，已作的异议决定会不再计入，没有录入",
                "A decision in force would not count any more: nothing was entered",
            ),
            Words("{unit} {name} 的 {node} 按决定为 {score:points} 分", "{node} of {unit} {name} is {score:points}"),
            FOUND,
            Words(
                "在要录入的工作簿中删去该单位该指标的行；决定确须改变的，先用 round decide --again 另作决定",
                "Take the row of this unit and indicator out of the workbook; where the decision itself has to change, "
                "decide again first: round decide --again",
            ),
            Words(
                "第 1 号异议决定东乡 01-1 得 1.8 分以后，又录入“该项不适用”的认定",
                "01-1 was decided to be 1.8 on objection 1, and then a ruling comes that it does not apply",
            ),
            Words("不适用认定中删去东乡 01-1 一行", "the row of this unit is taken out of the rulings"),
            on_desk=Words(
                "在要录入的工作簿中删去该单位该指标的行；决定确须改变的，先另作决定",
                "Take the row of this unit and indicator out of the workbook; where the decision itself has to change, "
                "decide again first",
            ),
        ),
        Code.R241: Entry(
            Severity.ERROR,
            Words("已作的异议决定没有计入结果", "A decision in force does not count in the result"),
            Words("{unit} {name} 的 {node} 按决定为 {score:points} 分", "{node} of {unit} {name} is {score:points}"),
            FOUND,
            Words(
                "查明原因并更正（单位的填报表有错误或者没有报、该项认定为不适用、指标体系已修改），再作计算；"
                "不再按原决定改分的，用 round decide --again 另作决定。改好以前不能公布",
                "Find out why and see to it (the unit's workbook has errors or never came, the indicator was ruled not "
                "to apply, the tree was amended), then run again; where the decision is no more to count, decide again "
                "(round decide --again). Until then nothing is published",
            ),
            Words(
                "决定东乡 01-1 得 1.8 分以后，修改指标体系，删去 01-1",
                "01-1 was decided to be 1.8, and then the tree was amended and has no 01-1",
            ),
            Words(
                "lawgov-score round decide 考核2026 1 --outcome upheld --no-score --why 该项已取消 --again",
                "lawgov-score round decide round-2026 1 --outcome upheld --no-score --why 'no longer asked' --again",
            ),
            on_desk=Words(
                "查明原因并更正（单位的填报表有错误或者没有报、该项认定为不适用、指标体系已修改），再作计算；"
                "不再按原决定改分的，另作决定。改好以前不能公布",
                "Find out why and see to it (the unit's workbook has errors or never came, the indicator was ruled not "
                "to apply, the tree was amended), then run again; where the decision is no more to count, decide "
                "again. Until then nothing is published",
            ),
        ),
        Code.R250: Entry(
            Severity.ERROR,
            Words("现在不能{deed}", "This is not the time to {deed}"),
            Words("{expected}", "{expected}"),
            FOUND,
            Words("{hint}", "{hint}"),
            Words(
                "期限为5月15日17:30，5月18日才提出异议",
                "objections were due on 15 May at 17:30, and one is filed on 18 May",
            ),
            Words(
                "lawgov-score round object 考核2026 … --exception 台风停工，期限内无法送达",
                "lawgov-score round object round-2026 … --exception 'closed by a typhoon'",
            ),
        ),
        Code.R251: Entry(
            Severity.ERROR,
            Words("本轮考核没有这个单位", "There is no such unit in the round"),
            Words("名册中的单位编码", "the code of a unit of the roster"),
            FOUND,
            Words(
                "用 lawgov-score round status 查看单位编码{nearest}",
                "lawgov-score round status lists the codes{nearest}",
            ),
            "--unit XZ-99",
            "--unit XZ-01",
            on_desk=Words("核对单位编码{nearest}", "Check the code of the unit{nearest}"),
        ),
        Code.R252: Entry(
            Severity.ERROR,
            Words("{unit}的考核没有这一项", "{unit} is not assessed by this"),
            Words(
                "适用于该单位的指标，或者加减分、一票否决类别的编码",
                "the code of an indicator that applies to the unit, of a kind of bonus or penalty, or of a veto",
            ),
            FOUND,
            Words(
                "用 lawgov-score show 查看指标编码{nearest}",
                "lawgov-score show lists the codes{nearest}",
            ),
            "--indicator 01-9",
            "--indicator 01-1",
            on_desk=Words("核对指标编码{nearest}", "Check the code of the indicator{nearest}"),
        ),
        Code.R253: Entry(
            Severity.ERROR,
            Words("没有这个编号的异议", "There is no objection of this number"),
            Words("{expected}", "{expected}"),
            FOUND,
            Words(
                "用 lawgov-score round object 查看全部异议",
                "lawgov-score round object lists all of them",
            ),
            Words("lawgov-score round decide 考核2026 7", "lawgov-score round decide round-2026 7"),
            Words("lawgov-score round decide 考核2026 1", "lawgov-score round decide round-2026 1"),
            on_desk=Words("查看全部异议，核对编号", "Look through all objections, and check the number"),
        ),
        Code.R254: Entry(
            Severity.ERROR,
            Words("佐证材料读不出，异议没有登记", "The evidence cannot be read; the objection was not filed"),
            Words("文件，或者 https:// 开头的网址", "a file, or an address that begins with https://"),
            FOUND,
            Words(
                "核对文件名；几份材料先合并成一个文件（如 PDF、ZIP）",
                "Check the name; put several documents into one file first, a PDF or a ZIP",
            ),
            Words("--evidence 回复函.pdf（没有这个文件）", "--evidence reply.pdf, which is not there"),
            Words("--evidence 材料/回复函.pdf", "--evidence documents/reply.pdf"),
        ),
        Code.R255: Entry(
            Severity.ERROR,
            Words("决定与认定得分不相配", "Outcome and score do not go together"),
            Words("{expected}", "{expected}"),
            FOUND,
            Words("{hint}", "{hint}"),
            Words("--outcome upheld（没有写得分）", "--outcome upheld without a score"),
            "--outcome upheld --score 1.8",
        ),
        Code.R256: Entry(
            Severity.ERROR,
            Words("认定得分不在“{code} {indicator}”的得分范围之内", "Score outside of the range of {code} {indicator}"),
            Words("{least:points} 到 {most:points}", "{least:points} to {most:points}"),
            Words("{found:points}", "{found:points}"),
            Words(
                "写改后的得分本身，不写百分比，也不写增加多少分",
                "Write the score itself, no per cent and no difference",
            ),
            Words("--score 90（该项共 2 分）", "--score 90 where the indicator has 2 points"),
            "--score 1.8",
        ),
        Code.R257: Entry(
            Severity.ERROR,
            Words("这样改分不起作用，没有作出决定", "The change would not count; nothing was decided"),
            Words("改后得分为 {expected:points}", "a score of {expected:points} after the change"),
            Words("{found}", "{found}"),
            Words(
                "单位没有报送或者填报表有错误的，先解决填报表；该指标已认定不适用的，先在不适用认定中更正，"
                "用 round enter 重新录入，再作决定；单位已退出的，不改分（--no-score）",
                "Where the unit's workbook has errors or never came, see to that first; where the indicator was ruled "
                "not to apply, correct the ruling, enter that workbook again, then decide; of a unit that ended no "
                "score changes (--no-score)",
            ),
            Words("东乡没有报送，又决定 01-1 改为 1.8 分", "the unit sent nothing, and 01-1 is to be 1.8"),
            Words("东乡报送以后再作决定", "the unit's workbook is received, and then it is decided"),
            on_desk=Words(
                "单位没有报送或者填报表有错误的，先解决填报表；该指标已认定不适用的，先在不适用认定中更正，重新录入，"
                "再作决定；单位已退出的，不改分",
                "Where the unit's workbook has errors or never came, see to that first; where the indicator was ruled "
                "not to apply, correct the ruling, enter that workbook again, then decide; of a unit that ended no "
                "score changes",
            ),
        ),
        Code.R258: Entry(
            Severity.ERROR,
            Words("测算影响期间又有变动，没有作出决定", "Something changed while the effect was computed"),
            Words("从测算到决定没有变动", "nothing new between computation and decision"),
            FOUND,
            Words("再办理一次：影响会按新的材料重新测算", "Try again: the effect is computed anew"),
            Words("测算时另一个窗口收了一份填报表", "a workbook was received in another window meanwhile"),
            Words("再运行一次 lawgov-score round decide", "run lawgov-score round decide once more"),
        ),
        Code.R259: Entry(
            Severity.ERROR,
            Words("这件异议已经决定，这次没有改动", "The objection is decided already; nothing was changed"),
            Words("尚未决定的异议", "one that is not decided"),
            FOUND,
            Words(
                "确需另作决定的，加 --again：原决定仍然留存，注明已由新的决定代替",
                "To replace the decision add --again: the earlier one is kept and marked as replaced",
            ),
            Words("同一条 round decide 命令运行了两次", "one round decide was run twice"),
            Words(
                "lawgov-score round decide 考核2026 1 --outcome partly_upheld --score 1.6 --why 部分材料有效 --again",
                "lawgov-score round decide round-2026 1 --outcome partly_upheld --score 1.6 --why … --again",
            ),
            on_desk=Words(
                "确需另作决定的，注明代替原决定：原决定仍然留存，注明已由新的决定代替",
                "Where it has to be decided again, say that this replaces it: the earlier one is kept and marked as "
                "replaced",
            ),
        ),
        Code.R317: Entry(
            Severity.ERROR,
            Words(
                "告知单位的日期或者方式不对，没有记录",
                "The day or the way of telling the unit cannot be: nothing was recorded",
            ),
            EXPECTED,
            FOUND,
            Words(
                "写实际告知单位的那一天：不早于记下决定的那天，不晚于今天；并写明由谁、怎样告知",
                "Give the day on which the unit was told: not before the decision was recorded, not after today; and "
                "by whom and how",
            ),
            Words("3 月 5 日作的决定，写 3 月 2 日告知", "decided on 5 March, told on 2 March"),
            Words("3 月 5 日作的决定，写 3 月 6 日告知，李某送达", "decided on 5 March, told on 6 March, by hand"),
        ),
        Code.R322: Entry(
            Severity.ERROR,
            Words(
                "单位将因自己提出的异议而减分，没有作出决定",
                "The unit would lose points by its own objection: nothing was decided",
            ),
            Words("不低于 {expected:points} 分", "{expected:points} or more"),
            Words("{found:points} 分", "{found:points}"),
            Words(
                "核对认定的得分（同一单位对同一指标的另一件异议，可能已经改过分）；确应减分的，加 --lower；不改分的，"
                "结果写“不成立”，或者写 --no-score",
                "Check the score (another objection of the unit at the indicator may have changed it already); where "
                "it has to fall, add --lower; where nothing changes, decide that it is rejected, or write --no-score",
            ),
            Words("第 1 号异议已改为 15 分，第 4 号又定为 12 分", "15 by objection 1, then 12 by objection 4"),
            "--score 12 --lower",
            on_desk=Words(
                "核对认定的得分（同一单位对同一指标的另一件异议，可能已经改过分）；确应减分的，勾选“确认减分”；"
                "不改分的，结果选“不成立”，或者勾选“不直接改分”",
                "Check the score (another objection of the unit at the indicator may have changed it already); where "
                "it has to fall, tick that it does; where nothing changes, decide that it is rejected, or that no "
                "score is changed",
            ),
        ),
    }
)
