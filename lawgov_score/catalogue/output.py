"""O1xx and X9xx: outputs that could not be written, and bugs of the program."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

OUTPUT: dict[Code, Entry] = {
    Code.O101: Entry(
        Severity.ERROR,
        Words("不能写入", "Cannot be written"),
        Words("可以写入的文件夹", "a folder that can be written"),
        FOUND,
        Words(
            "换一个位置，或关闭正打开该文件的程序后重试；原有文件未改动",
            "Choose another place, or close the program that has the file open; nothing was changed",
        ),
        Words("lawgov-score score … -o /只读/scorecard.xlsx", "lawgov-score score … -o /read-only/scorecard.xlsx"),
        "lawgov-score score … -o out/scorecard.xlsx",
    ),
    Code.O102: Entry(
        Severity.ERROR,
        Words("磁盘空间不足，未写成", "The disk is full; nothing was written"),
        Words("足够的空间", "enough space"),
        FOUND,
        Words(
            "腾出空间后重试；原有文件未改动，未留下半个文件",
            "Free some space and try again; no half-written file was left",
        ),
        Words("磁盘已满时运行 lawgov-score score … --cards 目录", "lawgov-score score … --cards DIR on a full disk"),
        Words("腾出空间，或把输出放到另一个盘", "free some space, or write to another disk"),
    ),
    Code.O103: Entry(
        Severity.ERROR,
        Words("不是普通文件，未写入", "Not an ordinary file; nothing was written"),
        Words("普通文件的路径", "the path of an ordinary file"),
        FOUND,
        Words(
            "换一个文件名；要写到标准输出的，用 -o -",
            "Name another file; to write to standard output, use -o -",
        ),
        "lawgov-score score … -o /dev/stdout",
        "lawgov-score score … -o - > scorecard.xlsx",
    ),
    Code.O104: Entry(
        Severity.ERROR,
        Words("会覆盖本次运行要读取的文件，未写入", "Would replace a file that this run reads; nothing was written"),
        Words("不是输入文件的路径", "a path that is none of the inputs"),
        FOUND,
        Words(
            "换一个文件夹或文件名存放结果；输入文件未改动",
            "Name another folder or file for the results; the inputs were not changed",
        ),
        Words(
            "lawgov-score score 指标体系 报送表 --cards 报送表",
            "lawgov-score score TREE submissions --cards submissions",
        ),
        Words(
            "lawgov-score score 指标体系 报送表 --cards out/cards",
            "lawgov-score score TREE submissions --cards out/cards",
        ),
    ),
    Code.O105: Entry(
        Severity.ERROR,
        Words(
            "已有同名文件，内容不同（可能已经填写或公布），未覆盖",
            "A different file of that name is there (perhaps filled in, or published, already); it was not replaced",
        ),
        Words("空文件夹，或内容相同的文件", "an empty folder, or the same file"),
        FOUND,
        Words(
            "换一个文件夹；确认不要原有内容的，加 --overwrite 覆盖。本次一份都没有写入",
            "Name another folder, or add --overwrite where what is there is not needed; nothing at all was written",
        ),
        Words(
            "填好以后再次运行 lawgov-score template … -o 报送表；补报以后再次运行 lawgov-score score … -o 结果.xlsx",
            "lawgov-score template … -o submissions, once more after they were filled in; lawgov-score score … "
            "-o scorecard.xlsx, once more after a correction",
        ),
        Words("lawgov-score score … -o 第二次结果.xlsx", "lawgov-score score … -o second-scorecard.xlsx"),
        on_desk=Words(
            "换一个文件夹；确认不要原有内容的，注明覆盖。本次一份都没有写入",
            "Name another folder, or say that what is there may be replaced; nothing at all was written",
        ),
    ),
    Code.O113: Entry(
        Severity.ERROR,
        Words(
            "本次运行的几项输出是同一个文件，未写入", "Several outputs of this run are one file; nothing was written"
        ),
        Words("各项输出文件互不相同", "a file of its own for each output"),
        FOUND,
        Words("给其中一项换一个文件名或文件夹", "Give one of them another name or folder"),
        "lawgov-score score … -o out/330100.xlsx --cards out",
        "lawgov-score score … -o out/scorecard.xlsx --cards out/cards",
    ),
    Code.O114: Entry(
        Severity.WARNING,
        Words("没有制作退回用的标注副本", "No marked copy of this file was made"),
        Words(
            "能打开、能原样另存的 .xlsx 或 .xlsm 工作簿", "an .xlsx or .xlsm workbook that opens and saves faithfully"
        ),
        FOUND,
        Words("把核对结果中这个文件的问题逐条告知单位", "Tell the unit what the check says of this file"),
        Words("check --marked 时，330100.xlsx 已损坏", "check --marked, and 330100.xlsx is damaged"),
        Words("请单位重新报送完好的工作簿", "the unit sends a sound workbook"),
    ),
    Code.O115: Entry(
        Severity.WARNING,
        Words(
            "文件夹中还有以前的标注副本：现在没有问题，或者已有新的一份",
            "A marked copy of an earlier run: nothing is wrong any more, or a newer version is there",
        ),
        Words("只有本次制作的副本", "only the copies of this run"),
        FOUND,
        Words("不要再退回这一份；可以删去", "Do not send it back again; it may be deleted"),
        Words(
            "330100.xlsx 改正后再次 check --marked 同一文件夹",
            "check --marked to the same folder, once 330100.xlsx is clean",
        ),
        Words("每次写入新的文件夹", "a new folder each time"),
    ),
    Code.O116: Entry(
        Severity.ERROR,
        Words("系统允许同时打开的文件太少", "The system lets too few files be open at a time"),
        Words("至少 64 个", "at least 64"),
        Words("已到上限，打不开新的文件", "the limit is reached, and no further file can be opened"),
        Words("先执行 ulimit -n 256，再运行一次", "Run `ulimit -n 256` first, then the command again"),
        "ulimit -n 8",
        "ulimit -n 256",
    ),
    Code.O117: Entry(
        Severity.ERROR,
        Words("写结果的程序中途被系统结束，未写成", "The system ended a process that was writing; nothing was written"),
        Words("程序运行到底", "that the process runs to its end"),
        FOUND,
        Words(
            "多为内存不足：关闭其他程序后重试，或加 --jobs 1 一份一份地写；原有文件未改动，未留下半个文件",
            "Mostly for want of memory: close other programs and try again, or write in one process with --jobs 1; "
            "nothing was changed, and no half-written file was left",
        ),
        Words("内存不足时运行 lawgov-score score … --cards 目录", "lawgov-score score … --cards DIR short of memory"),
        "lawgov-score score … --cards out/cards --jobs 1",
        on_desk=Words(
            "多为内存不足：关闭其他程序后重试；原有文件未改动，未留下半个文件",
            "Mostly for want of memory: close other programs and try again; nothing was changed, and no half-written "
            "file was left",
        ),
    ),
    Code.O118: Entry(
        Severity.WARNING,
        Words(
            "文件夹中还有以前写出的网页、评分卡或变化表，本次没有更新",
            "Pages, cards or a table of changes of an earlier run, which this one did not renew",
        ),
        Words("只有本次写出的文件", "only what this run wrote"),
        FOUND,
        Words(
            "不要再发出：它们是以前的结果，可能写有检查发现和各单位的明细。{what}。公布网页只用 public 文件夹",
            "Hand them out no more: they hold earlier results, perhaps findings and what concerns one unit. {what}. "
            "Publish the folder public alone",
        ),
        Words(
            "名册删去 330100 后再次运行 score --cards 评分卡，其中已有 330100.xlsx",
            "score --cards cards, once more without the unit 330100, where 330100.xlsx still lies",
        ),
        Words("score --cards 一个新的文件夹", "score --cards to a new folder"),
    ),
    Code.O125: Entry(
        Severity.ERROR,
        Words(
            "已有同名文件，内容不同（可能已经填写），未覆盖",
            "A different file of that name is there (perhaps filled in already); it was not replaced",
        ),
        Words("新的文件夹，或内容相同的文件", "a new folder, or the same file"),
        FOUND,
        Words(
            "换一个文件夹。start 从不覆盖，本次什么都没有写入",
            "Name another folder: start replaces nothing, and nothing at all was written",
        ),
        Words(
            "填好单位名册以后再次运行 lawgov-score start 考核2026",
            "lawgov-score start round-2026, once more after the roster was filled in",
        ),
        Words("lawgov-score start 考核2027", "lawgov-score start round-2027"),
    ),
    Code.O126: Entry(
        Severity.WARNING,
        Words(
            "已有同名文件，不是程序写出后的原样（有人填过、改过，或从别处放来），未覆盖",
            "A file of that name is there, and not as this program wrote it (somebody wrote in it, or put it there); "
            "it was not replaced",
        ),
        Words("程序上次写出的原样，或没有同名文件", "the file as it was last written, or none"),
        Words("{name}，内容不是程序写出的那样", "{name}, with other contents"),
        Words(
            "单位改好报来的，移到收件的文件夹，与原来的放在一起，文件名不同；自己要留的，改名或移走。"
            "再核对一次就写出新的",
            "Move what a unit corrected and sent to the folder of what came, beside its first file, under another "
            "name; rename what you want to keep, or move it away. The next check then writes a new one",
        ),
        Words(
            "在 register.xlsx 里记了催报情况，再次运行 check --register register.xlsx --overwrite",
            "check --register register.xlsx --overwrite, once more after notes were made in register.xlsx",
        ),
        Words("register.xlsx 改名为 催报记录.xlsx，再次核对", "rename register.xlsx to reminders.xlsx, check again"),
    ),
    Code.O127: Entry(
        Severity.ERROR,
        Words(
            "已有同名的考核机关工作簿，内容不同（可能已经填写），未覆盖",
            "A different workbook of the office is there (perhaps filled in already); it was not replaced",
        ),
        Words("空文件夹，或内容相同的文件", "an empty folder, or the same file"),
        FOUND,
        Words(
            "已经在填的接着填，不必重新生成：后来才有的不适用申请、打分、登记，在表中另起一行写上。"
            "确认不要原有内容的，换一个文件夹，或者加 --overwrite。本次一份都没有写入",
            "Go on with what has been begun: a claim, a mark or an entry that came later is typed into a new row. "
            "Where what is there is not needed, name another folder, or add --overwrite. Nothing at all was written",
        ),
        Words(
            "打过分以后又有单位补报，再次运行 lawgov-score template … --assessor -o office",
            "lawgov-score template … --assessor -o office, once more after marks were entered",
        ),
        Words("在 office 的“不适用认定”中另起一行", "a new row in the rulings of office"),
        on_desk=Words(
            "已经在填的接着填，不必重新生成：后来才有的不适用申请、打分、登记，在表中另起一行写上。确认不要原有内容的，"
            "换一个文件夹，或者注明覆盖。本次一份都没有写入",
            "Go on with what has been begun: a claim, a mark or an entry that came later is typed into a new row. "
            "Where what is there is not needed, name another folder, or say that it may be replaced. Nothing at all "
            "was written",
        ),
    ),
    Code.O131: Entry(
        Severity.ERROR,
        Words("写入中断，这个文件未能恢复原状", "Writing stopped, and this file could not be put back as it was"),
        Words("没有写完的，一律恢复原状", "everything as it was where not all could be written"),
        FOUND,
        Words(
            "这个文件可能已是新的，其余输出仍是旧的：排除另列的写入问题后，加 --overwrite 重新运行一次",
            "This file may be new while the others are old: cure what could not be written, then run again with "
            "--overwrite",
        ),
        Words("写入一半时共享文件夹断开", "a shared folder that is lost in the middle of writing"),
        Words("重新连接后再运行一次", "connect again and run once more"),
        on_desk=Words(
            "这个文件可能已是新的，其余输出仍是旧的：排除另列的写入问题后，注明覆盖，再写一次",
            "This file may be new while the others are old: cure what could not be written, then write all of them "
            "again over what is there",
        ),
    ),
    Code.X900: Entry(
        Severity.ERROR,
        Words("程序内部错误", "A bug of ours"),
        NOTHING,
        FOUND,
        Words(
            "这不是您的错。请把上面的信息和所用的文件发给维护者",
            "Not your fault. Please report it with the text above and the files",
        ),
        Words("（任何未预料的异常）", "(anything that was not foreseen)"),
        Words("升级到最新版本，或报告问题", "use the newest version, or report it"),
    ),
}
