"""O1xx and X9xx: an output that could not be written, and bugs of ours."""

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
        "lawgov-score score … -o /只读/scorecard.xlsx",
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
        "磁盘已满时运行 lawgov-score score … --cards 目录",
        "腾出空间，或把输出放到另一个盘",
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
    Code.X900: Entry(
        Severity.ERROR,
        Words("程序内部错误", "A bug of ours"),
        NOTHING,
        FOUND,
        Words(
            "这不是您的错。请把上面的信息和所用的文件发给维护者",
            "Not your fault. Please report it with the text above and the files",
        ),
        "（任何未预料的异常）",
        "升级到最新版本，或报告问题",
    ),
}
