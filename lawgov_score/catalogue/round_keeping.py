"""R27x: what a round remembers, proved; its backups and receipts."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

_RESTORE = Words(
    "停止使用这个文件夹，保留原样；用 round restore 从最近的备份恢复到新文件夹，核验后再把其后的材料补上",
    "Leave this folder as it is and stop using it; restore the last backup into a new one by round restore, verify it, "
    "then enter again what came after",
)
_RESTORE_ON_DESK = Words(
    "停止使用这个文件夹，保留原样；从最近的备份恢复到新文件夹，核验后再把其后的材料补上",
    "Leave this folder as it is and stop using it; restore the last backup into a new one, verify it, then enter again "
    "what came after",
)
_RESTORE_COMMAND = Words(
    "lawgov-score round restore 备份.zip 考核2026-恢复", "lawgov-score round restore backup.zip round-2026-restored"
)

ROUND_KEEPING: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R270: Entry(
            Severity.ERROR,
            Words("办理记录被改动过，或者缺了一段", "The record of events was changed, or a part of it is gone"),
            Words("一件接一件、指纹相符的记录", "events one after the other, each with its hash"),
            FOUND,
            _RESTORE,
            Words("用数据库软件改了一条记录的理由", "the reason of an event was changed in a database tool"),
            _RESTORE_COMMAND,
            on_desk=_RESTORE_ON_DESK,
        ),
        Code.R271: Entry(
            Severity.ERROR,
            Words("回执无效", "The receipt does not hold"),
            Words("由考核办密钥签名、一字未改的回执", "a receipt as the office signed it, every word"),
            FOUND,
            Words(
                "请持有人交来原件（文件本身，不要另抄）；数据文件夹里的回执无效的，从备份核对",
                "Ask for the original file, not a copy by hand; for one in the data folder, compare with a backup",
            ),
            Words("回执里的收到时间被改早了一天", "the time of receipt was set back by a day"),
            Words("发出时的回执文件", "the file as it was handed out"),
        ),
        Code.R272: Entry(
            Severity.ERROR,
            Words("公布的结果与重新计算的不同", "A publication is not what is computed from its files"),
            Words("逐字节相同的结果", "the same bytes"),
            FOUND,
            _RESTORE,
            Words("存档的排名表被换成另一份", "the kept ranking was replaced by another"),
            _RESTORE_COMMAND,
            on_desk=_RESTORE_ON_DESK,
        ),
        Code.R273: Entry(
            Severity.ERROR,
            Words("登记与办理记录不符", "What is registered is not what the events say"),
            Words("每项登记都与办理它时的记录一致", "rows that say what was recorded when they were made"),
            FOUND,
            _RESTORE,
            Words("用数据库软件把“退回”改成“受理”", "returned was changed to accepted in a database tool"),
            _RESTORE_COMMAND,
            on_desk=_RESTORE_ON_DESK,
        ),
        Code.R275: Entry(
            Severity.ERROR,
            Words("不是完好的轮次备份，什么也没有写入", "No sound backup of a round; nothing was written"),
            Words(
                "本程序写出的轮次备份（zip 文件），未经改动",
                "a backup of a round (a zip file) as this program wrote it",
            ),
            FOUND,
            Words(
                "换一份备份；用压缩软件打开后另存过的不能用，请用原文件",
                "Take another backup; one that an archiver opened and saved again cannot be used, the original can",
            ),
            Words("复制到一半的备份，或解开后重新压缩的", "a backup copied half, or unpacked and packed again"),
            _RESTORE_COMMAND,
        ),
        Code.R276: Entry(
            Severity.ERROR,
            Words(
                "数据在 PostgreSQL 中，本程序不能备份或恢复",
                "The data is in PostgreSQL, which this program neither backs up nor restores",
            ),
            Words("数据文件夹自带的 SQLite", "the SQLite of the data folder"),
            NOTHING,
            Words(
                "用数据库自己的工具（pg_dump、pg_restore）：先备份数据库，再复制数据文件夹；恢复以后，把新的数据库地址"
                "写进其中的文件 database，再运行 round verify",
                "Use the database's own tools (pg_dump, pg_restore): first the database, then a copy of the data "
                "folder; once restored, write the new address into its file database, and run round verify",
            ),
            Words(
                "数据在 PostgreSQL 时运行 round backup；设了 LAWGOV_DATABASE 时运行 round restore",
                "round backup of a round on PostgreSQL; round restore where LAWGOV_DATABASE is set",
            ),
            "pg_dump -Fc -f round.dump postgresql://lawgov@10.0.0.5/round2026; cp -a DATA copy",
            on_desk=Words(
                "用数据库自己的工具（pg_dump、pg_restore）：先备份数据库，再复制数据文件夹；恢复以后，"
                "把新的数据库地址写进其中的文件 database，再核验本轮",
                "Use the database's own tools (pg_dump, pg_restore): first the database, then a copy of the data "
                "folder; once restored, write the new address into its file database, and verify the round",
            ),
        ),
        Code.R277: Entry(
            Severity.ERROR,
            Words(
                "已有同名文件，没有覆盖，什么也没有写出",
                "Something of that name is there; it was not replaced, and nothing was written",
            ),
            Words("还没有的文件名，或空文件夹", "a name that is not taken, or an empty folder"),
            FOUND,
            Words("换一个名称，例如带上日期", "Name another, with the date in it"),
            Words(
                "lawgov-score round backup 考核2026 备份.zip（第二次）",
                "lawgov-score round backup round-2026 backup.zip, once more",
            ),
            Words(
                "lawgov-score round backup 考核2026 备份-0302.zip",
                "lawgov-score round backup round-2026 backup-0302.zip",
            ),
        ),
    }
)
