"""R235 to R239, R240 to R244, R26x: what the office enters, runs, the archive, and an exported round."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

ROUND_RUNNING: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R235: Entry(
            Severity.ERROR,
            Words("本轮已归档，没有改动", "The round is archived: nothing was changed"),
            Words("归档以前的轮次", "a round that is not archived yet"),
            NOTHING,
            Words(
                "归档以后不再改动；归档以前发现要改的，先录入、再计算、另作公布，然后归档",
                "Nothing changes after the archive: enter, run and publish a correction before it",
            ),
            Words("归档一个月后补输一份改分表", "a workbook of changes a month after the archive"),
            Words("归档以前录入", "enter it before the archive"),
        ),
        Code.R236: Entry(
            Severity.ERROR,
            Words(
                "两份工作簿会用同一个名字“{name}”，没有录入",
                "Two workbooks would have one name, {name}: nothing was entered",
            ),
            Words(
                "每份工作簿一个名字；同名的，后录入的替换先录入的",
                "a name for each: of one name the later replaces the earlier",
            ),
            NOTHING,
            Words("把其中一份改名后再录入", "Rename one of them"),
            Words(
                "lawgov-score round enter 考核2026 甲科/打分.xlsx 乙科/打分.xlsx",
                "lawgov-score round enter round-2026 first/marks.xlsx second/marks.xlsx",
            ),
            Words(
                "lawgov-score round enter 考核2026 甲科打分.xlsx 乙科打分.xlsx",
                "lawgov-score round enter round-2026 marks-first.xlsx marks-second.xlsx",
            ),
        ),
        Code.R237: Entry(
            Severity.ERROR,
            Words(
                "核对期间又有人录入了工作簿，这次没有录入",
                "Another workbook was entered meanwhile: nothing was entered",
            ),
            Words(
                "核对时与录入时，考核办的工作簿没有变", "the same workbooks of the office while checking and entering"
            ),
            NOTHING,
            Words("再运行一次：会连同刚才录入的一起核对", "Run it once more: it is then checked beside what just came"),
            Words("两个人同时各录入一份", "two people enter a workbook each at the same moment"),
            Words("后一个人再运行一次", "the second runs it again"),
        ),
        Code.R242: Entry(
            Severity.ERROR,
            Words("没有一行可以采用，没有录入", "Not one row can be used: it was not entered"),
            Words(
                "至少一行可以采用；先前录入的照旧计入", "one row of use at least; what was entered before still counts"
            ),
            NOTHING,
            Words(
                "更正列出的问题再录入；是要撤回先前录入的，用 round enter --withdraw",
                "See to the problems listed and enter it again; to take back what was entered: round enter --withdraw",
            ),
            Words(
                "同一评审人的打分又录入一份，另取名字：两份互相矛盾，都不能采用",
                "the marks of one reviewer once more under another name: they contradict one another, none can be used",
            ),
            Words("用原来的文件名录入，替换先前那一份", "under the name of the first, which it replaces"),
            on_desk=Words(
                "更正下面列出的问题再录入；是要撤回先前录入的，办理撤回",
                "See to the problems below and enter it again; what was entered before can be taken back",
            ),
        ),
        Code.R243: Entry(
            Severity.ERROR,
            Words("没有录入过这个名字的工作簿", "No workbook of this name is entered"),
            Words("{expected:list}", "{expected:list}"),
            FOUND,
            Words("照上面列出的名字写", "Write one of the names listed above"),
            Words(
                "lawgov-score round enter 考核2026 --withdraw 打分",
                "lawgov-score round enter round-2026 --withdraw marks",
            ),
            Words(
                "lawgov-score round enter 考核2026 --withdraw 打分.xlsx",
                "lawgov-score round enter round-2026 --withdraw marks.xlsx",
            ),
        ),
        Code.R260: Entry(
            Severity.ERROR,
            Words("导出的文件夹不是空的，没有导出", "The folder to export to is not empty: nothing was exported"),
            Words("空文件夹，或还没有的文件夹", "an empty folder, or one that is not there yet"),
            Words("{n} 个文件，如“{name}”", "{n} files, such as {name}"),
            Words(
                "换一个文件夹。旧文件留在里面，会与这一轮的混在一起算分",
                "Take another folder: what lies there would be scored together with this round",
            ),
            Words("lawgov-score round export 考核2026 桌面", "lawgov-score round export round-2026 Desktop"),
            Words(
                "lawgov-score round export 考核2026 桌面/考核2026导出",
                "lawgov-score round export round-2026 Desktop/round",
            ),
        ),
        Code.R261: Entry(
            Severity.ERROR,
            Words("导出以后这里被改动过，没有导入", "Changed since it was exported: nothing was imported"),
            Words("导出时的内容，sha256 为 {expected}", "the content of the export, sha256 {expected}"),
            FOUND,
            Words(
                "用没有动过的一份，或请导出的人重新导出；要改的事在数据文件夹里用命令办，不改导出的文件",
                "Take an untouched copy, or ask for another export; changes are made by commands in the data folder",
            ),
            Words(
                "打开 received/330100.xlsx 改了一个数再导入",
                "a figure in received/330100.xlsx was changed before the import",
            ),
            Words("重新导出，不作改动地拷过去", "export again, and carry it over as it is"),
            on_desk=Words(
                "用没有动过的一份，或请导出的人重新导出；要改的事在原来的轮次里办，不改导出的文件",
                "Take an untouched copy, or ask for another export; changes are made in the round itself, not in "
                "exported files",
            ),
        ),
        Code.R262: Entry(
            Severity.ERROR,
            Words("这里没有导出的轮次", "There is no exported round here"),
            Words("导出的轮次（文件夹），其中有 {expected}", "the folder of an exported round, with {expected}"),
            FOUND,
            Words(
                "核对文件夹；数据文件夹本身不用导入，用 round backup 和 round restore 搬",
                "Check the folder; a data folder itself is not imported: round backup and round restore carry it",
            ),
            Words("lawgov-score round import 考核2026 新考核", "lawgov-score round import round-2026 other"),
            Words("lawgov-score round import 考核2026导出 新考核", "lawgov-score round import round-2026-export other"),
            on_desk=Words(
                "核对文件夹；数据文件夹本身不用导入，靠备份和恢复搬",
                "Check the folder; a data folder itself is not imported: a backup carries it, restored there",
            ),
        ),
        Code.R263: Entry(
            Severity.ERROR,
            Words("导出的轮次前后不符，没有导入", "The exported round does not hold together: nothing was imported"),
            Words(
                "事件一件接一件，回执、文件、公布都与记录相符",
                "events in an unbroken chain; receipts, files and publications as they are on record",
            ),
            FOUND,
            Words(
                "不要用这一份。到导出的机器上运行 lawgov-score round verify，查明从哪一件起不符",
                "Do not use it. Run lawgov-score round verify where it was exported to see from where on it fails",
            ),
            Words(
                "删去 events.jsonl 中的一行，再重做封条", "a line of events.jsonl is taken out, and the seal made anew"
            ),
            Words("用没有动过的一份", "an untouched copy"),
            on_desk=Words(
                "不要用这一份。请在导出的机器上核验本轮，查明从哪一件起不符",
                "Do not use it. Have the round verified where it was exported, to see from where on it fails",
            ),
        ),
        Code.R264: Entry(
            Severity.ERROR,
            Words("由更新的版本导出，没有导入", "Exported by a later version: nothing was imported"),
            Words("不晚于 {expected} 的导出", "an export no later than {expected}"),
            FOUND,
            Words("把本机的程序升级后再导入", "Upgrade the program on this machine"),
            Words("甲机已升级，乙机还是旧版本", "one machine was upgraded and the other was not"),
            "pip install --upgrade lawgov-score[portal]",
        ),
        Code.R240: Entry(
            Severity.ERROR,
            Words("计算没有完成，什么也没有改动", "The computation did not come to an end; nothing was changed"),
            Words("计算进程正常结束", "a process that ends by itself"),
            FOUND,
            Words(
                "多半是内存不足，或者进程被系统结束：关掉别的程序再运行一次；仍不行的，round export 导出后用 score "
                "计算，看停在哪一步",
                "Most often memory ran out, or the system ended the process: close other programs and try again; if it "
                "stays so, export the round and run score on it to see where it stops",
            ),
            Words("内存只有 1 GB 的机器上计算三千个单位", "three thousand units on a machine with 1 GB of memory"),
            Words("换一台内存大些的机器，或者关掉别的程序", "a machine with more memory, or fewer programs open"),
            on_desk=Words(
                "多半是内存不足，或者进程被系统结束：关掉别的程序再计算一次；仍不行的，换一台内存大些的机器",
                "Most often memory ran out, or the system ended the process: close other programs and try again; if it "
                "stays so, take a machine with more memory",
            ),
        ),
        Code.R244: Entry(
            Severity.ERROR,
            Words("最近一次公布以后又有变动，没有归档", "Something is not published; the round was not archived"),
            Words("现行的材料和终评计算与最近一次公布相同", "what counts, and the final run, as they were published"),
            Words("{found:list}", "{found:list}"),
            Words(
                "归档以后不能再公布：再作一次终评计算（round run --kind final），另作公布（round publish），然后归档；"
                "确实不公布的，加上 --leave-unpublished，没有公布的是什么记入理由",
                "Nothing is published after the archive: make a final run (round run --kind final), publish it (round "
                "publish), then archive; or leave it out by --leave-unpublished: the reason then says what",
            ),
            Words("公布以后改了打分，随即归档", "marks are changed after the publication, then the round is archived"),
            Words(
                "lawgov-score round publish 考核2026 --why 更正打分 --released-by 王某",
                "lawgov-score round publish round-2026 --why “marks corrected” --released-by Wang",
            ),
            on_desk=Words(
                "归档以后不能再公布：再作一次终评计算，另作公布，然后归档；确实不公布的，注明不再公布，"
                "没有公布的是什么记入理由",
                "Nothing is published after the archive: make a final run, publish it, then archive; or say that it is "
                "left out: the reason then says what",
            ),
        ),
    }
)
