"""R22x: what units send to a round, and what goes back to them."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

ROUND_RECEIVING: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R220: Entry(
            Severity.ERROR,
            Words("本轮现在不收件", "The round receives nothing now"),
            Words("“报送”，或者截止以后另有批准的", "“open”, or a leave after it was closed"),
            Words("现为“{found}”", "it is “{found}”"),
            Words(
                "还在筹备的，先开始报送：lawgov-score round move 数据文件夹 报送 --until 截止日期 --why 理由；已经归档"
                "的不再收件",
                "Where it is being prepared, open it first: lawgov-score round move DATA open --until DAY --why TEXT. "
                "An archived round receives nothing more",
            ),
            Words("筹备期间运行 lawgov-score round receive 考核2026 报来", "round receive while it is being prepared"),
            Words(
                "lawgov-score round move 考核2026 报送 --until 2026-12-20 --why 年度考核开始，再收件",
                "lawgov-score round move DATA open --until 2026-12-20 --why 'the year begins', then receive",
            ),
            on_desk=Words(
                "还在筹备的，先写明截止时间和理由，开始报送；已经归档的不再收件",
                "Where it is being prepared, open it first, with a deadline and a reason. An archived round receives "
                "nothing more",
            ),
        ),
        Code.R221: Entry(
            Severity.ERROR,
            Words(
                "{name}（{unit}）在报送截止以后报来，未收", "{name} ({unit}) sent this after the closing: not received"
            ),
            Words("{expected}以前报来，或者经考核办批准延期", "sent before {expected}, or with a leave of the office"),
            Words("本轮现为“{found}”，该单位没有批准的延期", "the round is “{found}”, and the unit has no leave"),
            Words(
                "同意延期的，先登记再收：lawgov-score round leave {folder} --unit {unit} --until 日期 --why 理由",
                "If the unit may still send, say so first, then receive it again: lawgov-score round leave {folder} "
                "--unit {unit} --until DAY --why TEXT",
            ),
            Words("截止第二天报来的填报表", "a workbook that came the day after"),
            Words(
                "lawgov-score round leave 考核2026 --unit XZ-01 --until 2026-03-20 --why 断网两天",
                "lawgov-score round leave DATA --unit XZ-01 --until 2026-03-20 --why 'two days offline'",
            ),
            on_desk=Words(
                "同意延期的，先给 {unit} 登记延期，写明日期和理由，再收",
                "If the unit may still send, grant {unit} more time first, with a day and a reason, then receive it "
                "again",
            ),
        ),
        Code.R222: Entry(
            Severity.ERROR,
            Words(
                "{name}（{unit}）的第 {n} 次报送已经受理，未收新的",
                "Submission {n} of {name} ({unit}) was accepted already: the new one was not received",
            ),
            Words("受理以前报来，或者经考核办批准重报", "sent before it was accepted, or with a leave of the office"),
            NOTHING,
            Words(
                "确须重报的，先登记再收：lawgov-score round leave {folder} --unit {unit} --until 日期 --why 理由",
                "If it has to be sent anew, say so first, then receive it again: lawgov-score round leave {folder} "
                "--unit {unit} --until DAY --why TEXT",
            ),
            Words("受理以后单位又发来一份", "another workbook after the first was accepted"),
            Words(
                "lawgov-score round leave 考核2026 --unit XZ-01 --until 2026-03-20 --why 数据更正",
                "lawgov-score round leave DATA --unit XZ-01 --until 2026-03-20 --why 'figures corrected'",
            ),
            on_desk=Words(
                "确须重报的，先给 {unit} 登记延期，写明日期和理由，再收",
                "If it has to be sent anew, grant {unit} more time first, with a day and a reason, then receive it "
                "again",
            ),
        ),
        Code.R223: Entry(
            Severity.NOTE,
            Words("与第 {n} 次报送完全相同，不再登记", "The same as submission {n}, to the letter: nothing was done"),
            Words("内容有改动的文件", "a file that says something else"),
            Words("{found} 已经收到，回执仍然有效", "received {found}; its receipt holds"),
            Words(
                "不必处理；单位本想报新的一份的，请其核对发来的文件",
                "Nothing is to be done, unless the unit meant another file",
            ),
            Words("同一封邮件下载了两次", "a mail that was saved twice"),
            Words("发来改过的那一份", "the file that was changed"),
        ),
        Code.R224: Entry(
            Severity.ERROR,
            Words("文件在收件时变了，未收", "The file changed while it was received: nothing was kept"),
            Words("与核对时相同的文件", "the file that was checked"),
            FOUND,
            Words(
                "等文件复制或下载完，关闭打开它的程序，再收一次",
                "Wait for it to be copied, close what has it open, receive it again",
            ),
            Words("边下载边收件", "a file that was still being downloaded"),
            Words("下载完再收", "receive it when it is there"),
        ),
        Code.R225: Entry(
            Severity.ERROR,
            Words("不是一个单位的填报表，未收", "Not the workbook of one unit: it was not received"),
            Words("下发的填报表，一个单位一个文件（.xlsx）", "the workbook that was handed out, one a unit (.xlsx)"),
            FOUND,
            Words(
                "请单位用下发的填报表报送；考核办自己掌握的数据用 lawgov-score round enter 录入",
                "Ask units for the workbook that was handed out; what the office knows itself goes in by lawgov-score "
                "round enter",
            ),
            Words("汇总.csv，一行一个单位", "all.csv, a row for each unit"),
            Words("XZ-01 东乡.xlsx", "XZ-01 East.xlsx"),
            on_desk=Words(
                "请单位用下发的填报表报送；考核办自己掌握的数据，由考核办录入",
                "Ask units for the workbook that was handed out; what the office knows itself it enters itself",
            ),
        ),
        Code.R226: Entry(
            Severity.WARNING,
            Words(
                "与退回的第 {n} 次报送完全相同，没有再登记",
                "The same as submission {n}, which was returned: it was not received anew",
            ),
            Words("按退回的标注改过的文件", "a file that was mended as the returned copy says"),
            NOTHING,
            Words(
                "请问单位是否发错了文件；单位坚持原来的填报的，写明再收：lawgov-score round receive {folder} 文件 "
                "--again",
                "Ask whether the unit sent the wrong file; where it stands by it: lawgov-score round receive {folder} "
                "FILE --again",
            ),
            Words("退回后原样发来", "a returned workbook that came back as it was"),
            Words("改过再发来", "mended, then sent"),
            on_desk=Words(
                "请问单位是否发错了文件；单位坚持原来的填报的，再收一次，并注明以这一份为准",
                "Ask whether the unit sent the wrong file; where it stands by it, receive it once more as the one that "
                "counts",
            ),
        ),
        Code.R290: Entry(
            Severity.WARNING,
            Words("与第 {n} 次报送完全相同，没有再登记", "The same as submission {n}: it was not received anew"),
            Words("还没有收过的文件", "a file that has not come before"),
            FOUND,
            Words(
                "不必处理；确要改为采用这一份的：lawgov-score round receive {folder} 文件 --again",
                "Nothing is to be done; where it is to count from now on: lawgov-score round receive {folder} FILE "
                "--again",
            ),
            Words("收过更正以后，把原来的文件夹又收一次", "a folder that is received again after a correction came"),
            Words("只收新来的文件", "receive what is new"),
            on_desk=Words(
                "不必处理；确要改为采用这一份的，再收一次，并注明以这一份为准",
                "Nothing is to be done; where it is to count from now on, receive it once more as the one that counts",
            ),
        ),
        Code.R227: Entry(
            Severity.ERROR,
            Words("没有可以办理的报送", "Nothing has come that this could be done to"),
            Words("{expected:list}", "{expected:list}"),
            FOUND,
            Words(
                "用 lawgov-score round status 查看各单位的状态",
                "lawgov-score round status shows where each unit stands",
            ),
            Words("lawgov-score round accept 考核2026 --unit XZ-09", "lawgov-score round accept DATA --unit XZ-09"),
            Words("lawgov-score round accept 考核2026 --unit XZ-01", "lawgov-score round accept DATA --unit XZ-01"),
            on_desk=Words(
                "查看各单位的状态，只选状态相符的", "See where each unit stands, and choose those that are so far"
            ),
        ),
        Code.R228: Entry(
            Severity.ERROR,
            Words("报回的期限已经过去", "The moment to send back by has passed"),
            Words("{expected} 以后的时间", "a moment after {expected}"),
            FOUND,
            Words("写一个以后的日期", "Give a later one"),
            Words("--until 2025-03-20", "--until 2025-03-20"),
            Words("--until 2026-03-20", "--until 2026-03-20"),
        ),
        Code.R291: Entry(
            Severity.ERROR,
            Words(
                "{name}（{unit}）报来的是别的年度的填报表，未收",
                "{name} ({unit}) sent a workbook of another year: it was not received",
            ),
            Words("{expected}", "{expected}"),
            FOUND,
            Words(
                "请单位用本年度下发的填报表重新报送；确认内容是本年度的，写明理由再收：lawgov-score round receive "
                "{folder} 文件 --exception 理由",
                "Ask the unit for the workbook of this year; where its figures are of this year after all: "
                "lawgov-score round receive {folder} FILE --exception TEXT",
            ),
            Words("今年又发来去年的填报表", "last year's workbook, sent again"),
            Words("今年下发的填报表", "the workbook that was handed out this year"),
            on_desk=Words(
                "请单位用本年度下发的填报表重新报送；确认内容是本年度的，写明理由再收",
                "Ask the unit for the workbook of this year; where its figures are of this year after all, receive it "
                "with the reason",
            ),
        ),
        Code.R292: Entry(
            Severity.WARNING,
            Words(
                "{name}（{unit}）一次来了几份，分不清哪一份是后来的，采用 {file}",
                "Several files of {name} ({unit}) came together, and nothing says which is the latest: {file} counts",
            ),
            Words("各份都记有保存时间，先后分明", "files of which each says when it was saved, one after the other"),
            Words("{files:list}", "{files:list}"),
            Words(
                "请问单位以哪一份为准；要采用另一份的：lawgov-score round receive {folder} 那一份 --again",
                "Ask the unit which it is; for another one: lawgov-score round receive {folder} FILE --again",
            ),
            Words("同一单位的两份在同一秒保存", "two files of a unit that were saved in the same second"),
            Words("只收单位说定的一份", "the one that the unit means"),
            on_desk=Words(
                "请问单位以哪一份为准；要采用另一份的，把那一份再收一次，并注明以它为准",
                "Ask the unit which it is; another one is received once more as the one that counts",
            ),
        ),
        Code.R293: Entry(
            Severity.WARNING,
            Words(
                "{name}（{unit}）这一份比先收的第 {n} 次报送保存得早，按后收的采用",
                "This file of {name} ({unit}) was saved before submission {n}, which came first; it counts, as it came "
                "last",
            ),
            Words("比先收的那一份保存得晚", "a file saved after the one before it"),
            Words("{files:list}", "{files:list}"),
            Words(
                "请问单位以哪一份为准；要采用先收的那一份的：lawgov-score round receive {folder} 那一份 --again",
                "Ask the unit which it is; for the earlier one: lawgov-score round receive {folder} FILE --again",
            ),
            Words("更正已经收过，又收到先前的一份", "an older file that comes in after its correction"),
            Words("更正以后的那一份", "the corrected one"),
            on_desk=Words(
                "请问单位以哪一份为准；要采用先收的那一份的，把它再收一次，并注明以它为准",
                "Ask the unit which it is; the earlier one is received once more as the one that counts",
            ),
        ),
        Code.R294: Entry(
            Severity.WARNING,
            Words(
                "表里写的是 {name}（{unit}），文件名 {file} 却是别的单位的，按表里写的登记",
                "The workbook says {name} ({unit}), but {file} is the name of another unit; it was received as it says",
            ),
            Words("文件名和表里写的是同一个单位", "a file called by the unit that it is of"),
            FOUND,
            Words(
                "问两个单位，这一份是谁的；拿错了表的，请其用自己的填报表重报",
                "Ask both units whose it is; who took the wrong form sends its own",
            ),
            Words("教育局用了财政局的填报表", "one unit filled in the form of another"),
            Words("各用各的填报表", "each unit in its own form"),
        ),
        Code.R295: Entry(
            Severity.WARNING,
            Words(
                "考核办退回这份填报表，请按“实为”一栏的意见办理",
                "The office returns this workbook, as said under found",
            ),
            Words("按意见改好或者说明以后再报", "sent again when that is mended or answered"),
            FOUND,
            Words("按意见修改；不清楚的，问考核办", "Mend what is said; where it is not clear, ask the office"),
            Words("请把 01-1 的佐证材料目录附上", "please add the list of evidence for 01-1"),
            Words("附上目录后再报", "sent again with the list"),
        ),
        Code.R216: Entry(
            Severity.WARNING,
            Words("一题也没有填，可能发错了空表", "Nothing is filled in: an empty form may have been sent by mistake"),
            Words("填好的填报表", "a workbook that was filled in"),
            NOTHING,
            Words(
                "已经收下，作为该单位的现行报送；请问单位是否发错了文件，发错的请其重报，或者退回",
                "It was received, and is what counts of the unit now; ask whether it sent the wrong file, and have it "
                "sent anew, or return it",
            ),
            Words("把下发的空表原样发来", "the form as it was handed out"),
            Words("填好后另存的那一份", "the one that was filled in and saved"),
        ),
        Code.R229: Entry(
            Severity.ERROR,
            Words(
                "已登记退回 {n} 份（{units:list}），退回副本却没有放进文件夹",
                "{n} {n:was|were} returned ({units:list}), and their marked copies are not in the folder",
            ),
            Words("副本在文件夹里，再发给单位", "the copies in the folder, to be sent to the units"),
            NOTHING,
            Words(
                "先解决上面说的写入问题，再把同一命令运行一次：不会重复退回，只补做副本",
                "Mend what prevents writing, above, and run the same command once more: nothing is returned twice, and "
                "the copies are made again",
            ),
            Words("副本就要放进去的时候，U 盘被拔掉了", "the disk was taken away as the copies were about to appear"),
            Words("lawgov-score round return 考核2026 -o 退回", "lawgov-score round return DATA -o DIR"),
            on_desk=Words(
                "先解决上面说的写入问题，再退回一次：不会重复退回，只补做副本",
                "Mend what prevents writing, above, and return them once more: nothing is returned twice, and the "
                "copies are made again",
            ),
        ),
    }
)
