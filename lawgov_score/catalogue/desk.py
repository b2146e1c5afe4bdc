"""R30x, R31x, R323: the desk (办公页面): forms, and long work."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

DESK: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R300: Entry(
            Severity.ERROR,
            Words("网址里没有本机办公页面的密钥", "The address does not carry the key of this desk"),
            Words("启动时显示的网址，带有 key=……", "the address shown at the start, with key=…"),
            NOTHING,
            Words(
                "从启动窗口里复制完整的网址再打开；换了浏览器或者清了浏览记录的，也要这样打开一次",
                "Copy the whole address from the window in which the desk was begun, and open it; so too, once, in "
                "another browser",
            ),
            Words("直接打开 http://127.0.0.1:8233/", "open http://127.0.0.1:8233/"),
            Words("打开 http://127.0.0.1:8233/?key=……", "open http://127.0.0.1:8233/?key=…"),
        ),
        Code.R301: Entry(
            Severity.ERROR,
            Words(
                "这个表单不是从本机的办公页面提交的，没有办理", "No page of this desk sent this form: nothing was done"
            ),
            Words("先打开页面，再在页面上提交", "a form that is sent from its page"),
            FOUND,
            Words(
                "重新打开这一页再提交；浏览器禁用了 Cookie 的，请允许本机网址使用",
                "Open the page anew and send it from there; allow cookies for this machine where the browser "
                "blocks them",
            ),
            Words("别的网站的网页向本机提交", "a page of another site sends a form to this machine"),
            Words("在办公页面上提交", "send it from the desk"),
        ),
        Code.R302: Entry(
            Severity.ERROR,
            Words("数据文件夹不在了", "The data folder is not there any more"),
            Words("启动时打开的数据文件夹", "the data folder that was opened at the start"),
            NOTHING,
            Words(
                "看移动硬盘、共享盘是否还连着，文件夹有没有改名、移走；放回原处以后刷新本页，接着办",
                "See whether its disk is connected, and whether the folder was renamed or moved. Put it back, load "
                "this page anew, and go on",
            ),
            Words("办公期间拔掉了移动硬盘", "the disk is unplugged meanwhile"),
            Words("重新接上，刷新本页", "plug it in again, and load the page anew"),
        ),
        Code.R303: Entry(
            Severity.ERROR,
            Words("表单的标记不对，没有办理", "The form does not carry its token: nothing was done"),
            Words("打开页面时表单带有的标记，原样发回", "the token that the form had when its page was opened"),
            FOUND,
            Words("重新打开这一页，再填、再提交", "Open the page anew, fill in the form and send it again"),
            Words("另存到本机的网页，改过以后再提交", "a page that was saved, edited and sent from there"),
            Words("在办公页面中打开这一页，再提交", "open the page at the desk and send the form from there"),
        ),
        Code.R304: Entry(
            Severity.ERROR,
            Words("任务办理中断了 {n} 次，没有办成", "The work was broken off {n} times and is not done"),
            Words("办理期间程序没有被关掉，内存够用", "a program that is not ended meanwhile, and enough memory"),
            NOTHING,
            Words(
                "先看电脑是否关过机、内存和磁盘是否够用，再办一次；仍然中断的，把任务编号告诉维护人员",
                "See whether the machine was switched off, or short of memory or disk; then do it again. If it is "
                "broken off once more, tell whoever looks after the program the number of the job",
            ),
            Words("计算期间三次断电", "the power fails three times during a run"),
            Words("恢复供电以后再计算一次", "run it again when the power is back"),
        ),
        Code.R305: Entry(
            Severity.ERROR,
            Words("任务不能再办，没有办", "The work cannot be done any more, and was not done"),
            Words("上传的文件都在，直到任务办完", "the files that were sent, until the work has ended"),
            FOUND,
            Words("重新办一次：把文件再上传一遍", "Do it again: send the files once more"),
            Words(
                "备份时还有任务等候办理，后来从这份备份恢复",
                "a backup that was made while work was waiting, and is restored later",
            ),
            Words("恢复以后在办公页面重新办理", "do it again at the desk of the restored folder"),
        ),
        Code.R306: Entry(
            Severity.ERROR,
            Words("这一栏没有填好", "The field is not filled in as it should be"),
            EXPECTED,
            FOUND,
            Words("改好这一栏再提交", "Correct the field and send the form again"),
            Words("日期写成“下周五”", "next Friday"),
            Words("2026-03-20", "2026-03-20"),
        ),
        Code.R307: Entry(
            Severity.ERROR,
            Words("端口已被占用，没有启动", "The port is taken: the desk was not begun"),
            Words("一个空着的端口", "a port that is free"),
            FOUND,
            Words(
                "办公页面可能已经开着：看别的窗口；要另开的，用 --port 换一个端口",
                "The desk may be open already, in another window; to begin another one, name another --port",
            ),
            Words("lawgov-score serve 考核2026", "lawgov-score serve round-2026"),
            Words("lawgov-score serve 考核2026 --port 8234", "lawgov-score serve round-2026 --port 8234"),
            on_desk=Words("办公页面可能已经开着：看别的窗口", "The desk may be open already, in another window"),
        ),
        Code.R308: Entry(
            Severity.ERROR,
            Words("数据库出错，没有办理", "The database failed: nothing was done"),
            Words("能够读写的数据库", "a database that can be read and written"),
            FOUND,
            Words(
                "先看磁盘是否已满、是否只读，再刷新本页；还是这样的，备份数据文件夹，把这段话告诉维护人员",
                "See whether the disk is full or read-only, then load the page anew. If it stays so, back up the "
                "data folder and tell whoever looks after the program",
            ),
            Words("磁盘坏了一块", "a damaged disk"),
            Words("换一块磁盘，从备份恢复", "restore the backup to another disk"),
        ),
        Code.R309: Entry(
            Severity.ERROR,
            Words("没有这一页", "There is no such page"),
            Words("办公页面上的链接", "an address that the desk links to"),
            NOTHING,
            Words("回到总览，从上面的各页进入", "Go back to the overview and on from there"),
            Words("/submision/", "/submision/"),
            Words("/submissions/", "/submissions/"),
        ),
        Code.R311: Entry(
            Severity.ERROR,
            Words("“{field}”没有填", "“{field}” is empty"),
            EXPECTED,
            NOTHING,
            Words("填好再提交", "Fill it in and send the form again"),
            Words("准予延期，理由一栏空着", "more time is granted with a blank reason"),
            Words("理由：系统停机两天", "reason: the system was down for two days"),
        ),
        Code.R312: Entry(
            Severity.ERROR,
            Words("“{field}”写的时间已经过去", "“{field}” is over already"),
            Words("晚于 {expected}", "later than {expected}"),
            FOUND,
            Words("写一个以后的日期和时间", "Give a day and an hour to come"),
            Words("3 月 5 日准予延期到 3 月 1 日", "on 5 March, more time until 1 March"),
            Words("3 月 5 日准予延期到 3 月 10 日", "on 5 March, more time until 10 March"),
        ),
        Code.R313: Entry(
            Severity.ERROR,
            Words("{name}（{unit}）现在没有延期，没有什么可收回", "{name} ({unit}) has no leave that could be ended"),
            Words("一次还有效的延期", "a leave that is good still"),
            NOTHING,
            Words(
                "看延期的清单：它可能已过、已用，或者已经收回", "See the list of leaves: it may be over, used or ended"
            ),
            Words("两个人先后收回同一次延期", "two people end the same leave one after the other"),
            Words("只收回一次", "it is ended once"),
        ),
        Code.R314: Entry(
            Severity.ERROR,
            Words("“{name}”没有读成，没有采用", "{name} could not be read and is not used"),
            Words("{expected}", "{expected}"),
            FOUND,
            Words(
                "看交来的是不是要交的那一份；是的，把内容粘贴（只粘贴数值）到本程序生成的空白表里，或者拆成几份再交；"
                "电脑正忙时，等一会儿再交一次",
                "See whether it is the file that was meant. If it is, paste its values into a blank file made here, "
                "or split it. Where the machine is busy, hand it in again later",
            ),
            Words("名册里粘贴了一整行几千万个逗号", "a roster with one line of many millions of commas"),
            Words("只留单位编码、名称、类型几栏", "the columns of code, name and type alone"),
        ),
        Code.R315: Entry(
            Severity.ERROR,
            Words("一次交来的文件太大，一份也没有打开", "The files are too large together: none was opened"),
            Words("一次合计不超过 {expected} MB", "at most {expected} MB at once"),
            Words("到“{name}”为止已超过", "exceeded with {name}"),
            Words("分几次交；不是要交的文件去掉", "Hand them in one after the other, and leave out what is not meant"),
            Words("一次选了 30 份各 10 MB 的工作簿", "30 workbooks of 10 MB each at once"),
            Words("分两次，各 15 份", "15 at a time"),
        ),
        Code.R318: Entry(
            Severity.ERROR,
            Words("这个期限要再确认一次，还没有办", "The deadline wants a second press: nothing was done"),
            NOTHING,
            Words("{found:list}", "{found:list}"),
            Words(
                "确实定在这个时间的，再按一次；不是的，改好再按",
                "Press once more if it was meant; else set another day first",
            ),
            Words("报送截止定在元旦假期里", "submissions until a day in the holidays"),
            Words("改到假期以后的工作日", "a working day after them"),
        ),
        Code.R319: Entry(
            Severity.ERROR,
            Words("报送截止没有改动", "The deadline of submissions is no other"),
            Words("与现在不同的日期和时间", "a day and an hour other than now"),
            Words("现为：{found}", "now: {found}"),
            Words(
                "在“报送截止”一栏写新的日期和时间（命令行写 --until）；只给个别单位的，办理延期",
                "Give the new day and hour (--until on the command line); for single units grant more time",
            ),
            Words("处于“报送”时再转到“报送”，没有写新的期限", "an open round is opened again without another deadline"),
            Words(
                "lawgov-score round move 考核2026 报送 --until 2026-12-25 --why 系统停机",
                "lawgov-score round move DATA open --until 2026-12-25 --why 'the network was down'",
            ),
            on_desk=Words(
                "在“报送截止”一栏写新的日期和时间；只给个别单位的，在“单位”页办理延期",
                "Give the new day and hour; for single units grant more time on the page of units",
            ),
        ),
        Code.R323: Entry(
            Severity.ERROR,
            Words(
                "告知事项既选了文件，又改了各栏，没有核对",
                "The notice was given both as a file and in the fields: nothing was looked at",
            ),
            Words("文件或者各栏，二者之一", "a file or the fields, one of them"),
            FOUND,
            Words(
                "用文件的，不改各栏；改各栏的，不选告知事项文件。其他文件须重新选",
                "Leave the fields as they are, or choose no file of the notice. Other files have to be chosen again",
            ),
            Words("选了 notice.yaml，又改了联系电话", "notice.yaml was chosen, and the telephone changed too"),
            Words("只改联系电话", "the telephone alone is changed"),
        ),
    }
)
