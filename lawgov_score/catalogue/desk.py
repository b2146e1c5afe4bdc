"""R30x: the desk (办公页面): forms, and long work."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

DESK: Mapping[Code, Entry] = MappingProxyType(
    {
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
    }
)
