"""R28x: documents of the year, and the templates that an office edits."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

_ON_ITS_OWN = Words("{排名表} 单独成段", "{ranking} as a paragraph of its own")
_EDITED = Words(
    "在 Word、WPS 中改好模板，保存后再交一次",
    "Correct the template in Word or WPS, save it and hand it in again",
)

DOCUMENTS: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R280: Entry(
            Severity.WARNING,
            Words(
                "{kind}中有还不知道的，留作空白：{fields:list}",
                "Not known yet, so that the {kind} has blanks: {fields:list}",
            ),
            Words("轮次或告知事项中有这一项", "the round or its notice has it"),
            Words("{n} 份文书中是空白", "a blank; documents: {n}"),
            Words(
                "考核办、联系电话、地址、异议方式：写在 notice.yaml 中，用 round amend --notice 换；期限：办到那一"
                "步才有；"
                "公示期：在文书上填写。填好再发",
                "Office, telephone, address and way stand in notice.yaml (round amend --notice); a deadline is "
                "there once "
                "the round has come so far; the days of a public notice are written in by hand. Fill it in before "
                "sending",
            ),
            Words("还没有定报送期限，就印通知", "the notice is made before anybody has said until when to send"),
            Words(
                "lawgov-score round move 考核2026 报送 --until 2026-03-20 --why 年度考核开始",
                "lawgov-score round move round-2026 open --until 2026-03-20 --why 'the year begins'",
            ),
            on_desk=Words(
                "考核办、联系电话、地址、异议方式：在“修改名册、体系、告知事项”填写；期限：办到那一步才有；"
                "公示期：在文书上填写。填好再发",
                "Office, telephone, address and way are filled in where the notice is amended; a deadline is there "
                "once the round has come so far; the days of a public notice are written in by hand. Fill it in before "
                "sending",
            ),
        ),
        Code.R281: Entry(
            Severity.ERROR,
            Words("还没有可以写成{kind}的内容", "There is nothing yet for a {kind}"),
            Words("轮次中已有所写的事", "what it tells has happened in the round"),
            FOUND,
            Words("{hint}", "{hint}"),
            Words("没有退回过填报表，就印退回函", "letters of return, and no workbook is returned"),
            Words("lawgov-score round return 考核2026 -o 退回", "lawgov-score round return round-2026 -o returned"),
        ),
        Code.R282: Entry(
            Severity.ERROR,
            Words("模板中没有“{found}”这个字段", "A template names no field “{found}”"),
            Words("{expected:list}", "{expected:list}"),
            FOUND,
            Words("改成现有的字段{nearest}；段落数就是行数", "Name one of the fields{nearest}; a paragraph is a line"),
            Words("请于{报送截至}前报送", "Please send it before {submit_till}"),
            Words("请于{报送期限}前报送", "Please send it before {submit_by}"),
        ),
        Code.R283: Entry(
            Severity.ERROR,
            Words("模板中的花括号不成对", "A brace in a template has no other half"),
            Words("成对的花括号，中间是字段名", "a pair of braces with a field between"),
            NOTHING,
            _EDITED,
            Words("请于{报送期限前报送", "Please send it before {submit_by"),
            Words("请于{报送期限}前报送", "Please send it before {submit_by}"),
        ),
        Code.R284: Entry(
            Severity.ERROR,
            Words("模板不能用", "A template cannot be used"),
            Words("不带宏的 .docx 文件", "a .docx file without macros"),
            FOUND,
            Words(
                "在 Word、WPS 中另存为 .docx；原来的模板用 --write-templates 再写一份",
                "Save it as .docx in Word or WPS; --write-templates writes the templates once more",
            ),
            Words("把 .doc 改名成 通知.docx", "a .doc file, renamed to notice.docx"),
            Words("在 WPS 中打开，另存为 .docx", "opened in WPS and saved as .docx"),
            on_desk=Words(
                "在 Word、WPS 中另存为 .docx；原来的模板在本页下载",
                "Save it as .docx in Word or WPS; the template can be downloaded from this page",
            ),
        ),
        Code.R285: Entry(
            Severity.ERROR,
            Words(
                "模板中有修订痕迹或批注，会随文书发出去",
                "A template has tracked changes or comments, which would go out",
            ),
            Words("已接受或拒绝全部修订，没有批注", "all changes accepted or rejected, and no comments"),
            NOTHING,
            Words(
                "在“审阅”中接受或拒绝全部修订，删去批注，保存后再交一次",
                "Accept or reject all changes, delete the comments, save it and hand it in again",
            ),
            Words("打开修订改了模板，直接保存", "edited with “track changes” on, and saved"),
            Words("审阅 → 接受所有修订 → 保存", "Review → accept all changes → save"),
        ),
        Code.R286: Entry(
            Severity.ERROR,
            Words("“{name}”是一张表，不能写在一句话中间", "“{name}” is a table and cannot stand within a sentence"),
            Words("单独成段", "a paragraph of its own"),
            NOTHING,
            _EDITED,
            Words("名次如下：{排名表}", "The places: {ranking}"),
            _ON_ITS_OWN,
        ),
        Code.R287: Entry(
            Severity.WARNING,
            Words("模板中没有{expected:list}", "A template does not name {expected:list}"),
            Words("{expected:list}", "{expected:list}"),
            NOTHING,
            Words(
                "改模板时多半误删了这个字段：补上；确实要手写的，不必理会",
                "Most often it was deleted while the template was edited: put it back, unless it is written by hand",
            ),
            Words("退回函的模板删去了“请于{重报期限}前……”一段", "the letter of return has lost “… before {due}”"),
            Words("请于{重报期限}前更正后重新报送。", "Please send it anew before {due}."),
        ),
        Code.R288: Entry(
            Severity.WARNING,
            Words(
                "模板中有网页上显示不出的内容（自动编号、图片、文本框、脚注）",
                "A template has what its page in HTML cannot show (automatic numbers, pictures, text boxes, notes)",
            ),
            Words("只有文字和表格", "text and tables alone"),
            NOTHING,
            Words(
                "发 .docx 的不受影响；要用网页的，序号用键盘输入，不用自动编号",
                "The .docx has all of it; for the page, type numbers instead of having Word make them",
            ),
            Words("WPS 把“一、”变成了自动编号", "Word turned “1.” into an automatic number"),
            Words("撤销自动编号，输入“一、”", "undo the automatic number and type “1.”"),
        ),
        Code.R289: Entry(
            Severity.ERROR,
            Words("文书已经登记，文件没有写出来", "The documents are on record, and their files could not be written"),
            Words("登记过的都交到经办人手里", "what is on record is in somebody's hands"),
            NOTHING,
            Words(
                "排除上面所说的原因，再运行一次同一命令", "See to what is said above, and run the same command again"
            ),
            Words("写文件时磁盘满了", "the disk was full when the files were moved to their place"),
            Words(
                "lawgov-score round document 考核2026 退回函 -o 退回函",
                "lawgov-score round document round-2026 return -o letters",
            ),
            on_desk=Words("排除上面所说的原因，再印一次", "See to what is said above, and make them again"),
        ),
    }
)
