"""V1xx and V2xx: differences between a scorecard and the tree and inputs that it is claimed to come from."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

_AGAIN = Words(
    "用当时的文件核验；要用现在的文件，重新计分", "Verify with the files of then, or score anew with those of now"
)
_ASK = Words(
    "请制表单位说明；应以重新计分的结果为准", "Ask the office that issued it; what is recomputed from the files counts"
)

VERIFICATION: dict[Code, Entry] = {
    Code.V101: Entry(
        Severity.ERROR,
        Words(
            "不是本程序输出的评分表，或者核验信息已被删去", "Not a scorecard of this program, or its manifest is gone"
        ),
        Words("lawgov-score score -o 写出的评分表", "a scorecard written by lawgov-score score -o"),
        Words("没有核验信息的工作簿", "a workbook without a manifest"),
        Words("取当时发布的原文件核验", "Take the file as it was published"),
        Words("lawgov-score verify 填报表.xlsx …", "lawgov-score verify SUBMISSION.xlsx …"),
        Words("lawgov-score verify 评分表.xlsx …", "lawgov-score verify SCORECARD.xlsx …"),
    ),
    Code.V102: Entry(
        Severity.ERROR,
        Words("核验信息的格式不认识", "The manifest has a format this program does not know"),
        Words("格式 {expected}", "format {expected}"),
        FOUND,
        Words("用写出评分表的那一版程序核验", "Verify with the version of the program that wrote it"),
        Words("评分表由更新的版本写出", "a scorecard of a later version"),
        Words("安装方法页所写的版本后再核验", "verify with the version that the method sheet names"),
    ),
    Code.V103: Entry(
        Severity.ERROR,
        Words("评分卡所属的单位这次没有计分", "The card's unit was not scored this time"),
        Words("该单位在所给文件中", "the unit among those of the files given"),
        Words("没有单位 {found}", "no unit {found}"),
        Words("补上该单位的填报表和单位名册再核验", "Give its submission and the roster too"),
        Words(
            "核验某单位的评分卡，却只给了别的单位的填报表", "a unit's card, verified with other units' submissions only"
        ),
        Words("给出当时的全部输入文件", "give all inputs of then"),
    ),
    Code.V201: Entry(
        Severity.ERROR,
        Words("指标体系与评分表所依据的不一致", "The tree is not the one the scorecard rests on"),
        EXPECTED,
        FOUND,
        _AGAIN,
        Words("计分以后又改了 01-functions.yaml", "01-functions.yaml was changed after scoring"),
        Words("取出计分时的指标体系再核验", "verify with the tree of then"),
    ),
    Code.V202: Entry(
        Severity.WARNING,
        Words("评分表由另一版程序写出，只核对数字", "Another version of the program wrote it: figures are compared"),
        Words("版本 {expected}", "version {expected}"),
        Words(
            "版本 {found}；措辞、公式写法、填报项数有 {n} 处不同",
            "version {found}; {n} cells {n:differs|differ} in words, in the spelling of formulas, or in how "
            "fields are counted",
        ),
        Words(
            "所有数字和名称另行逐一核对，不同的另行列出；要逐格核验，用当时的版本",
            "Numbers and names are compared, differences listed; to compare every cell use the version of then",
        ),
        Words("评分表由 0.1.0 写出，现为 0.2.0", "written by 0.1.0, verified by 0.2.0"),
        Words("数字一致的即可；要逐格核验，安装 0.1.0", "figures that agree are enough; for every cell install 0.1.0"),
    ),
    Code.V203: Entry(
        Severity.ERROR,
        Words("输入文件在计分以后改动过", "The input was changed after it was scored"),
        Words("指纹 {expected}", "fingerprint {expected}"),
        Words("指纹 {found}", "fingerprint {found}"),
        _AGAIN,
        Words("计分以后又改了某单位填报表的一个数", "a figure of a unit's workbook was changed after scoring"),
        Words("取当时收到的文件再核验", "verify with the file as received"),
    ),
    Code.V204: Entry(
        Severity.ERROR,
        Words("缺少{what}：计分时用了 {name}", "Not given: {what}; {name} was used when it was scored"),
        Words("{name}（指纹 {expected}）", "{name} (fingerprint {expected})"),
        Words("没有给出", "not given"),
        Words("{cure}", "{cure}"),
        Words("核验时少给一个单位的填报表", "one unit's workbook was not given"),
        Words("补上该填报表", "give it too"),
    ),
    Code.V205: Entry(
        Severity.ERROR,
        Words("评分表不依据这个输入文件", "The scorecard does not rest on this input"),
        Words("计分时读过的文件", "a file that was read then"),
        Words("指纹 {found}", "fingerprint {found}"),
        Words("从命令中去掉它；补报的应重新计分", "Leave it out, or score anew"),
        Words("核验时多给一份后来补报的填报表", "a workbook that came later was given too"),
        Words("去掉该文件", "leave it out"),
        on_desk=Words("把它拿掉；补报的应重新计分", "Leave it out, or score anew"),
    ),
    Code.V206: Entry(
        Severity.ERROR,
        Words("单元格与重新计算的不一致", "The cell differs from what is recomputed"),
        EXPECTED,
        FOUND,
        _ASK,
        Words("排名页 D7 由 86.30 改成了 88.30", "D7 of the ranking was changed from 86.30 to 88.30"),
        Words("恢复为 86.30", "86.30"),
    ),
    Code.V207: Entry(
        Severity.ERROR,
        Words("工作表多了或少了", "A sheet too many or too few"),
        EXPECTED,
        FOUND,
        _ASK,
        Words("删去了“失分”页", "the sheet 失分 was deleted"),
        Words("取原文件核验", "verify the file as published"),
    ),
    Code.V208: Entry(
        Severity.ERROR,
        Words("所给文件算不出结果，无从比较", "The files given come to no result to compare with"),
        Words("能够计分的指标体系和填报材料", "a tree and inputs that can be scored"),
        NOTHING,
        Words("先用 score 查看问题", "See what score says of them"),
        Words("指标体系有错误", "the tree has errors"),
        Words("改正后再核验", "verify when it is mended"),
    ),
    Code.V209: Entry(
        Severity.ERROR,
        Words("公式被数值替换", "A value stands in place of the formula"),
        EXPECTED,
        FOUND,
        _ASK,
        Words("评分卡明细页 H12 的公式被改成了 0.8", "H12 on the sheet Details of a card holds 0.8, no formula"),
        Words("恢复为公式", "put the formula back"),
    ),
    Code.V210: Entry(
        Severity.ERROR,
        Words("公式与重新写出的不一致", "The formula is another one"),
        EXPECTED,
        FOUND,
        _ASK,
        Words(
            "H12 的公式加了 0.2，显示的数仍是原来的",
            "0.2 was added in the formula of H12, the number shown is still the old one",
        ),
        Words("恢复原公式", "put the formula of then back"),
    ),
    Code.V211: Entry(
        Severity.ERROR,
        Words(
            "数字格式改动过，显示的可能不是实际的数",
            "The number format was changed: what is shown may not be the number",
        ),
        EXPECTED,
        FOUND,
        _ASK,
        Words('总分 59 的格式改成 "95.00"，看上去是 95.00', 'a total of 59 in the format "95.00" reads as 95.00'),
        Words("恢复为 0.00", "put 0.00 back"),
    ),
    Code.V212: Entry(
        Severity.ERROR,
        Words("批注与重新写出的不一致", "The note differs"),
        EXPECTED,
        FOUND,
        _ASK,
        Words("改动了某格的批注", "the note of a cell was changed"),
        Words("恢复原批注", "put the note of then back"),
    ),
    Code.V213: Entry(
        Severity.ERROR,
        Words("链接与重新写出的不一致", "The link differs"),
        EXPECTED,
        FOUND,
        _ASK,
        Words("排名页的链接改成了指向别处", "a link on the sheet Ranking leads elsewhere"),
        Words("恢复原链接", "put the link of then back"),
    ),
    Code.V214: Entry(
        Severity.ERROR,
        Words("有内容被隐藏或遮住", "Something is hidden"),
        EXPECTED,
        FOUND,
        _ASK,
        Words("隐藏了排名页第 9 行", "row 9 of the sheet Ranking was hidden"),
        Words("取消隐藏", "show it again"),
    ),
    Code.V215: Entry(
        Severity.ERROR,
        Words("表面多出遮盖物", "Something lies over the cells"),
        EXPECTED,
        FOUND,
        _ASK,
        Words("在总分上盖了一个写着 95.00 的文本框", "a text box that says 95.00 lies over the total"),
        Words("删去文本框", "take the box away"),
    ),
    Code.V216: Entry(
        Severity.ERROR,
        Words("公式所用的名称改动过", "A name that formulas use differs"),
        EXPECTED,
        FOUND,
        _ASK,
        Words("名称 总分 改为指向另一列", "the name Total stands for another column"),
        Words("恢复原名称", "put the name of then back"),
    ),
    Code.V217: Entry(
        Severity.ERROR,
        Words("其他单位和考核机关的文件与评分卡所依据的不一致", "Files of others are not those the card rests on"),
        EXPECTED,
        FOUND,
        Words(
            "给出当时的全部文件；要知道是哪一个，核验评分表",
            "Give all files of then; to learn which one differs verify the scorecard",
        ),
        Words("计分以后换了另一单位的填报表", "another unit's submission was replaced after the scores were made"),
        Words("取当时的文件再核验", "verify with the files of then"),
    ),
    Code.V218: Entry(
        Severity.ERROR,
        Words("缺少选项 {found}：计分时用了{what}", "Without the option {found}: {what} was used when it was scored"),
        Words("{found}", "{found}"),
        Words("没有给出", "not given"),
        Words("{cure}", "{cure}"),
        Words("计分时写了 --latest，核验时没有写", "scored with --latest, verified without"),
        Words("lawgov-score verify 评分表.xlsx … --latest", "lawgov-score verify SCORECARD.xlsx … --latest"),
    ),
}
